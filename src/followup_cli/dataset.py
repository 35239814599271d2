"""Two texts become a Draft, and a Draft without mistakes in its shape becomes a Dataset.

A Dataset never changes: an edit makes new text, which is read again. Reading starts from text, so a
dataset as it stood at a git revision is read in the same way.
"""

import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from followup_cli.findings import Position
from followup_cli.models import (
    ActivitiesFile,
    Activity,
    AgenciesFile,
    Agency,
    Deliverable,
    Files,
    Plan,
    Record,
    Section,
    shown,
)
from followup_cli.source import UNREAD, Document, Problem, Steps, decode, parse, read_text
from followup_cli.suggestions import nearest


class Mistake(NamedTuple):
    """Something wrong at a path of a file: the rule's name, where, what, and the remedy.

    `key` points at the key instead of its value; `span` at a part of a text, by its characters.
    """

    rule: str
    file: Files
    path: Steps
    message: str
    hint: str | None = None
    key: bool = False
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Dataset:
    """A plan, what was reported of it, and the bodies it names.

    `not_in_force` are the ids of deliverables that stand in an activity but not in the plan on the day in
    question: an act adds them later, or has repealed them.
    """

    version: str
    plan: Plan
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    agencies: tuple[Agency, ...]
    not_in_force: frozenset[str] = frozenset()

    @cached_property
    def activity_by_id(self) -> dict[int, Activity]:
        """Find an activity by its number."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """Find a section by its id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def agency_by_code(self) -> dict[str, Agency]:
        """Find an agency by its code."""
        return {agency.code: agency for agency in self.agencies}

    def deliverables(self) -> Iterator[tuple[str, Activity, Deliverable]]:
        """Go through all deliverables in the plan's order, each with its id ("24.2") and activity."""
        for activity in self.activities:
            for number, deliverable in enumerate(activity.deliverables, 1):
                identifier = f"{activity.id}.{number}"
                if identifier not in self.not_in_force:
                    yield identifier, activity, deliverable


@dataclass(frozen=True)
class Draft:
    """What could be read of a dataset, whether or not it is right.

    `raw` holds the data of each file in which everything has the right shape: what had not was taken
    out (a misspelt key is read as what it means), so that rules can look at all the rest. Keys may
    be missing, and items of lists may be None.
    """

    documents: Mapping[Files, Document]
    raw: Mapping[Files, dict[str, Any]]
    mistakes: tuple[Mistake, ...]
    dataset: Dataset | None

    def text_problems(self, rule: str) -> Iterator[tuple[Files, Problem]]:
        """Go through what is wrong with the files as text, for one rule."""
        for name, document in self.documents.items():
            for problem in document.problems:
                if problem.rule == rule:
                    yield name, problem

    def place(self, mistake: Mistake) -> Position:
        """Find where a mistake stands."""
        document = self.documents[mistake.file]
        place = document.place(mistake.path, key=mistake.key)
        if mistake.span and place.line == place.end_line and not mistake.key:
            node = document.node(mistake.path)
            if node is not None and node.kind == "scalar" and node.style in ("", "'", '"'):
                quote = 1 if node.style else 0
                raw = document.text[node.start + quote : node.end - quote]
                if raw == node.value:
                    start, end = mistake.span
                    column = place.column + quote
                    return Position(place.line, column + start, place.line, column + max(end, start + 1))
        return place


def read_folder(folder: Path) -> dict[Files, str | Problem]:
    """Read the texts of a dataset's files, or say why one cannot be read."""
    texts: dict[Files, str | Problem] = {}
    for name in Files:
        text, problem = read_text(folder / name.value)
        texts[name] = text if problem is None else problem
    return texts


def decode_all(contents: Mapping[Files, bytes]) -> dict[Files, str | Problem]:
    """Decode the bytes of a dataset's files, or say why one cannot be decoded."""
    texts: dict[Files, str | Problem] = {}
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


_MODELS: dict[Files, type[Record]] = {Files.ACTIVITIES: ActivitiesFile, Files.AGENCIES: AgenciesFile}


def from_texts(texts: Mapping[Files, str | Problem], shown_in: str = "data") -> Draft:
    """Read a dataset from the texts of its files.

    Args:
        texts: per file its text, or the problem that kept it from being read.
        shown_in: the folder that findings name.
    """
    with _collector_off():
        documents: dict[Files, Document] = {}
        raw: dict[Files, dict[str, Any]] = {}
        models: dict[Files, Any] = {}
        mistakes: list[Mistake] = []
        for name in Files:
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
            models[name] = _check_shape(name, data, mistakes)
            raw[name] = data if type(data) is dict else {}
        dataset = _assemble(models) if not mistakes else None
        return Draft(documents, raw, tuple(mistakes), dataset)


def _assemble(models: Mapping[Files, Any]) -> Dataset | None:
    plan, agencies = models.get(Files.ACTIVITIES), models.get(Files.AGENCIES)
    if plan is None or agencies is None:
        return None
    return Dataset(plan.version, plan.plan, plan.sections, plan.activities, agencies.agencies)


def _check_shape(file: Files, data: Any, mistakes: list[Mistake]) -> Record | None:
    """Hold data against the models; note each mistake once, and take it out of the data.

    After a mistake is taken out the data is held against the models again, for what it hid.
    """
    model = _MODELS[file]
    gone: set[Steps] = set()
    _drop_unread(data, (), gone)
    while True:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            found = [
                (e["type"], tuple(e["loc"]), e.get("ctx") or {})
                for e in error.errors(include_url=False, include_input=False)
            ]
        except (RecursionError, ValueError):  # pragma: no cover - depth and size are bounded by the reader
            return None
        extra = [steps for kind, steps, _ in found if kind == "extra_forbidden"]
        missing = {steps for kind, steps, _ in found if kind == "missing"} - gone
        progress = False
        for steps in extra:
            progress = True
            mistakes.append(_unknown_key(model, file, data, steps, missing, gone))
        for kind, steps, context in found:
            if kind in ("missing", "extra_forbidden") or steps in gone:
                continue
            progress = True
            mistakes.append(_wrong_value(file, data, kind, steps, context))
            _take_out(data, steps)
            gone.add(steps)
        for steps in sorted(missing - gone, key=str):
            message, hint = f"the key `{steps[-1]}` is missing", f"add `{steps[-1]}: …` here"
            mistakes.append(Mistake("missing-key", file, steps[:-1], message, hint))
            gone.add(steps)
        if not progress:
            return None


def _drop_unread(data: Any, path: Steps, gone: set[Steps]) -> None:
    """Take out the values that have a finding of their own already."""
    items: Iterable[tuple[Any, Any]] = ()
    if type(data) is dict:
        items = list(data.items())
    elif type(data) is list:
        items = list(enumerate(data))
    for key, value in items:
        steps = (*path, key)
        if value is UNREAD:
            _set_gone(data, key)
            gone.add(steps)
        elif type(value) in (dict, list):
            _drop_unread(value, steps, gone)


def _set_gone(container: Any, key: Any) -> None:
    if type(container) is dict:
        container.pop(key, None)
    else:
        container[key] = None  # the others keep their indexes


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _take_out(data: Any, steps: Steps) -> None:
    parent = _at(data, steps[:-1]) if steps else None
    if type(parent) in (dict, list):
        _set_gone(parent, steps[-1])


def _unknown_key(
    model: type[Record], file: Files, data: Any, steps: Steps, missing: set[Steps], gone: set[Steps]
) -> Mistake:
    """Note an unknown key, and read it as the key that was meant where that is clear."""
    parent, key = _at(data, steps[:-1]), str(steps[-1])
    known = _keys_at(model, steps[:-1])
    meant = nearest(key, [name for name in known if name not in parent])
    value = parent.pop(key)
    if meant is None:
        hint = f"the keys here are {', '.join(f'`{name}`' for name in known)}" if known else "delete it"
        if key in known:
            hint = "delete it"
        return Mistake("unknown-key", file, steps, f"unknown key `{shown(key)}`", hint, key=True)
    parent[meant] = value
    missing.discard((*steps[:-1], meant))
    gone.discard((*steps[:-1], meant))
    message = f"unknown key `{shown(key)}`; did you mean `{meant}`?"
    return Mistake("unknown-key", file, steps, message, f"write `{meant}`", key=True)


def _keys_at(model: type[BaseModel], steps: Steps) -> list[str]:
    """List the keys that the model at a path knows."""
    for step in steps:
        if isinstance(step, int):
            continue
        field = next((f for name, f in model.model_fields.items() if step in (name, f.alias)), None)
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for arg in getattr(annotation, "__args__", ()) if (m := _model_in(arg))), None)


def _wrong_value(file: Files, data: Any, kind: str, steps: Steps, context: Mapping[str, Any]) -> Mistake:
    """Turn what pydantic says of a value into our words."""
    value, name = _at(data, steps), _named(steps)
    if "hint" in context:
        rule = {"mark": "unknown-mark", "assignment": "unknown-mark"}.get(kind, "wrong-value")
        return Mistake(rule, file, steps, context["message"], context["hint"])
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        meant = nearest(shown(value), words)
        message = f"{name} cannot be `{shown(value)}`" + (f"; did you mean `{meant}`?" if meant else "")
        return Mistake(
            "unknown-word", file, steps, message, f"write one of {', '.join(f'`{w}`' for w in words)}"
        )
    message, hint = _EXPECTED.get(kind, ("cannot be read", "compare with the other entries"))
    if value is None:
        message, hint = "is empty", f"write its value, or delete the key; {hint}"
    return Mistake("wrong-value", file, steps, f"{name} {message}", hint)


_EXPECTED = {
    "string_type": ("must be a text", "write plain text after `: `"),
    "tuple_type": ("must be a list", "write one item a line, each after `- `, or `[a, b]`"),
    "too_short": ("has no items", "write at least one"),
    "model_type": ("must have keys of its own", "write `name: value` lines below it"),
    "string_pattern_mismatch": ("has a character that a code cannot have", "use letters and digits"),
}


def _named(steps: Steps) -> str:
    """Name the value at a path as its key, or as an item of a list."""
    if not steps:
        return "the file"
    return f"`{steps[-1]}`" if isinstance(steps[-1], str) else f"this item of `{steps[-2]}`"
