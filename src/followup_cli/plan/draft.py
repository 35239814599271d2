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
from followup_cli.findings import START, Fix, Mistake, Position, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.shape import Written, check_shape
from followup_cli.text.characters import decode
from followup_cli.text.document import UNREAD, Document
from followup_cli.text.parsing import parse


@dataclass(frozen=True)
class Draft:
    """What could be read of a dataset, whether or not it is right.

    `raw` holds the data of each file in which everything has the right shape: what had not was taken
    out (a misspelt key is read as what it means), so that rules can look at all the rest. Keys may
    be missing, and items of lists may be None. `written` tells where in the text it is that something is read elsewhere.
    `before` is an earlier state of the dataset to be held against, if there is one. In `gathered` rules leave
    what other rules need too.
    """

    documents: Mapping[PlanFile, Document]
    raw: Mapping[PlanFile, dict[str, Any]]
    mistakes: tuple[Mistake, ...]
    dataset: Dataset | None
    written: Mapping[tuple[PlanFile, Steps], Steps | str] = field(default_factory=dict)
    before: "Draft | None" = None
    gathered: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def mistakes_of(self, rule: str) -> Iterator[Mistake]:
        """Go through what is wrong with the files, as texts and in their shape, for one rule."""
        for file, document in self.documents.items():
            yield from (each._replace(file=file) for each in document.problems if each.rule == rule)
        yield from (each for each in self.mistakes if each.rule == rule)

    @property
    def is_format_1(self) -> bool:
        """Tell whether the plan is written in format 1."""
        return self.raw[PlanFile.ACTIVITIES].get("schema") == "1"

    def at(self, path: Steps, file: PlanFile = PlanFile.ACTIVITIES) -> Any:
        """Give the value at a path, which must be there."""
        value: Any = self.raw[file]
        for step in path:
            value = value[step]
        return value

    def place(self, file: PlanFile, path: Steps) -> Position:
        """Find where the value at a path stands."""
        return self.documents[file].place(self._written(file, path))

    def locate(self, mistake: Mistake) -> tuple[Position, Fix | None]:
        """Find where a mistake stands, and the change of the text that mends it."""
        if isinstance(mistake.at, Position) or isinstance(mistake.fix, Fix):
            return mistake.place, mistake.fix if isinstance(mistake.fix, Fix) else None
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
        if not self.written:
            return path
        place: Steps = ()
        for end, step in enumerate(path, 1):
            where = self.written.get((file, path[:end]), step)
            place = where if isinstance(where, tuple) else (*place, where)
        return place


def read_folder(folder: Path) -> dict[PlanFile, str | Mistake]:
    """Read the texts of a dataset's files, or say why one cannot be read."""
    contents: dict[PlanFile, bytes] = {}
    unread: dict[PlanFile, str | Mistake] = {}
    for name in PlanFile:
        try:
            contents[name] = read_data(folder / name.value)
        except UnreadableError as error:
            message = f"the file cannot be read: {error.reason}"
            unread[name] = Mistake("unreadable-file", START, message, error.hint)
    return decode_all(contents) | unread


def decode_all(contents: Mapping[PlanFile, bytes]) -> dict[PlanFile, str | Mistake]:
    """Decode the bytes of a dataset's files, or say why one cannot be decoded."""
    texts: dict[PlanFile, str | Mistake] = {}
    for name, content in contents.items():
        text, problem = decode(content)
        texts[name] = text if problem is None else problem
    return texts


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the cyclic collector still: while millions of objects are made, it only costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def from_texts(
    texts: Mapping[PlanFile, str | Mistake], shown_in: str = "data", *, keep: bool = True
) -> Draft:
    """Read a dataset from the texts of its files.

    Args:
        texts: per file its text, or the problem that kept it from being read.
        shown_in: the folder that findings name.
        keep: whether to make a dataset of what is right; without, a large plan needs half the memory.
    """
    with _collector_off():
        documents: dict[PlanFile, Document] = {}
        raw: dict[PlanFile, dict[str, Any]] = {}
        models: dict[PlanFile, Any] = {}
        mistakes: list[Mistake] = []
        written: Written = {}
        for name in PlanFile:
            text = texts[name]
            path = f"{shown_in}/{name.value}" if shown_in not in ("", ".") else name.value
            if isinstance(text, Mistake):
                documents[name] = Document(path, "", UNREAD, (text,))
            else:
                documents[name] = parse(text, path)
            raw[name] = {}
            if documents[name].data is not UNREAD and documents[name].data is not None:
                raw[name], models[name] = check_shape(name, documents[name], mistakes, written, keep=keep)
        clean = all(document.clean for document in documents.values())
        dataset = _assemble(models) if clean and not mistakes else None
        return Draft(documents, raw, tuple(mistakes), dataset, written)


def _assemble(models: Mapping[PlanFile, Any]) -> Dataset | None:
    plan, agencies = models.get(PlanFile.ACTIVITIES), models.get(PlanFile.AGENCIES)
    if plan is None or agencies is None:
        return None
    return Dataset(
        plan.version,
        plan.plan,
        plan.sections,
        plan.activities,
        agencies.agencies,
        format=plan.schema_version,
    )
