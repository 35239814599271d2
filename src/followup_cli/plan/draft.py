"""Two texts become a Draft, and a Draft without mistakes in its shape becomes a Dataset.

Reading starts from text, so a dataset as it stood at a git revision is read in the same way, and an edit
makes new text, which is read again.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from followup_cli.files import UnreadableError, read_data
from followup_cli.findings import START, Fix, Position, Problem
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.shape import Mistake, check_shape
from followup_cli.text.characters import decode
from followup_cli.text.document import UNREAD, Document, Steps
from followup_cli.text.parsing import parse


@dataclass(frozen=True)
class Draft:
    """What could be read of a dataset, whether or not it is right.

    `raw` holds the data of each file in which everything has the right shape: what had not was taken
    out (a misspelt key is read as what it means), so that rules can look at all the rest. Keys may
    be missing, and items of lists may be None. `renamed` tells how a misspelt key is really written.
    `before` is an earlier state of the dataset to be held against, if there is one. `readable` is what is
    left of the dataset when mistakes are taken out, if that is a dataset. In `gathered` rules leave what
    other rules need too.
    """

    documents: Mapping[PlanFile, Document]
    raw: Mapping[PlanFile, dict[str, Any]]
    mistakes: tuple[Mistake, ...]
    dataset: Dataset | None
    renamed: Mapping[tuple[PlanFile, Steps], str] = field(default_factory=dict)
    before: Dataset | None = None
    readable: Dataset | None = None
    gathered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def text_problems(self, rule: str) -> Iterator[tuple[PlanFile, Problem]]:
        """Go through what is wrong with the files as text, for one rule."""
        for name, document in self.documents.items():
            for problem in document.problems:
                if problem.rule == rule:
                    yield name, problem

    def place(self, file: PlanFile, path: Steps) -> Position:
        """Find where the value at a path stands."""
        return self.documents[file].place(self._written(file, path))

    def locate(self, mistake: Mistake) -> tuple[Position, Fix | None]:
        """Find where a mistake stands, and the change of the text that mends it."""
        document = self.documents[mistake.file]
        path = self._written(mistake.file, mistake.path)
        place = document.place(path, key=mistake.key)
        node = document.key_node(path) if mistake.key else document.node(path)
        if node is None or node.kind != "scalar" or node.value is None or node.style not in ("", "'", '"'):
            return place, None
        quote = 1 if node.style else 0
        raw = document.text[node.start + quote : node.end - quote]
        if raw != node.value or place.line != place.end_line:
            return place, None
        start, end = (0, len(raw))
        if mistake.span:
            start, end = min(mistake.span[0], len(raw)), min(mistake.span[1], len(raw))
            column = place.column + quote
            place = Position(place.line, column + start, place.line, column + max(end, start + 1))
        if mistake.fix is None:
            return place, None
        return place, Fix(node.start + quote + start, node.start + quote + end, mistake.fix)

    def record(self, file: PlanFile, path: Steps) -> str:
        """Name the entry that a path leads into: "24", "24.2", a section's id or an agency's code."""
        if len(path) < 2 or not isinstance(path[1], int):
            return ""
        entry = self.raw[file].get(str(path[0]))
        record = entry[path[1]] if type(entry) is list and path[1] < len(entry) else None
        name = str((record.get("id") or record.get("code") or "") if type(record) is dict else "")
        deliverable = path[3] if path[2:3] == ("deliverables",) and len(path) > 3 else None
        if name and isinstance(deliverable, int):
            return f"{name}.{deliverable + 1}"
        return name

    def _written(self, file: PlanFile, path: Steps) -> Steps:
        """Give a path as the file spells it."""
        if not self.renamed:
            return path
        return tuple(self.renamed.get((file, path[: i + 1]), step) for i, step in enumerate(path))


def read_folder(folder: Path) -> dict[PlanFile, str | Problem]:
    """Read the texts of a dataset's files, or say why one cannot be read."""
    contents: dict[PlanFile, bytes] = {}
    unread: dict[PlanFile, str | Problem] = {}
    for name in PlanFile:
        try:
            contents[name] = read_data(folder / name.value)
        except UnreadableError as error:
            message = f"the file cannot be read: {error.reason}"
            unread[name] = Problem("unreadable-file", START, message, error.hint)
    return decode_all(contents) | unread


def decode_all(contents: Mapping[PlanFile, bytes]) -> dict[PlanFile, str | Problem]:
    """Decode the bytes of a dataset's files, or say why one cannot be decoded."""
    texts: dict[PlanFile, str | Problem] = {}
    for name, content in contents.items():
        text, problem = decode(content)
        texts[name] = text if problem is None else problem
    return texts


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the cyclic collector still: while millions of objects are made, it only costs time.

    Nor has it anything to find among them later: they refer to each other in one direction.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def from_texts(texts: Mapping[PlanFile, str | Problem], shown_in: str = "data") -> Draft:
    """Read a dataset from the texts of its files.

    Args:
        texts: per file its text, or the problem that kept it from being read.
        shown_in: the folder that findings name.
    """
    with _collector_off():
        documents: dict[PlanFile, Document] = {}
        raw: dict[PlanFile, dict[str, Any]] = {}
        models: dict[PlanFile, Any] = {}
        mistakes: list[Mistake] = []
        renamed: dict[tuple[PlanFile, Steps], str] = {}
        for name in PlanFile:
            text = texts[name]
            path = f"{shown_in}/{name.value}" if shown_in not in ("", ".") else name.value
            if isinstance(text, Problem):
                documents[name] = Document(path, "", UNREAD, (text,))
            else:
                documents[name] = parse(text, path)
            data = documents[name].data
            if data is UNREAD or data is None:
                raw[name] = {}
                continue
            models[name] = check_shape(name, data, mistakes, renamed)
            raw[name] = data if type(data) is dict else {}
        clean = all(document.clean for document in documents.values())
        readable = _assemble(models)
        dataset = readable if clean and not mistakes else None
        return Draft(documents, raw, tuple(mistakes), dataset, renamed, readable=readable)


def _assemble(models: Mapping[PlanFile, Any]) -> Dataset | None:
    plan, agencies = models.get(PlanFile.ACTIVITIES), models.get(PlanFile.AGENCIES)
    if plan is None or agencies is None:
        return None
    return Dataset(plan.version, plan.plan, plan.sections, plan.activities, agencies.agencies)
