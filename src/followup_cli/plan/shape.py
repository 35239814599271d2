"""Data is held against the models: what has not the right shape becomes one Mistake each."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from followup_cli.choosing import distance, meant_by
from followup_cli.glossary import PlanFile
from followup_cli.plan.records import ActivitiesFile, AgenciesFile, Record
from followup_cli.plan.values import shown
from followup_cli.text.document import MAX_PROBLEMS, UNREAD, Steps


class Mistake(NamedTuple):
    """Something wrong at a path of a file: the rule's name, where, what, and the remedy.

    `key` points at the key instead of its value; `span` at a part of a text, by its characters. `fix` is
    what to write in its place, where that is sure.
    """

    rule: str
    file: PlanFile
    path: Steps
    message: str
    hint: str | None = None
    key: bool = False
    span: tuple[int, int] | None = None
    fix: str | None = None


_MODELS: dict[PlanFile, type[Record]] = {PlanFile.ACTIVITIES: ActivitiesFile, PlanFile.AGENCIES: AgenciesFile}


def check_shape(
    file: PlanFile, data: Any, mistakes: list[Mistake], renamed: dict[tuple[PlanFile, Steps], str]
) -> Record | None:
    """Hold data against the models; note each mistake once, and take it out of the data.

    After a mistake is taken out the data is held against the models again, for what it hid. Where there is
    no end of them the data is emptied: nothing can be said of what is left.
    """
    own: list[Mistake] = []
    try:
        return _fit(file, data, own, renamed)
    except _TooManyError:
        data.clear()
        return None
    finally:
        mistakes += own


class _TooManyError(Exception):
    """So much is wrong with a file that reading on says nothing new."""


def _note(mistakes: list[Mistake], mistake: Mistake) -> None:
    mistakes.append(mistake)
    if len(mistakes) > MAX_PROBLEMS:
        raise _TooManyError


def _fit(
    file: PlanFile, data: Any, mistakes: list[Mistake], renamed: dict[tuple[PlanFile, Steps], str]
) -> Record | None:
    model = _MODELS[file]
    gone: set[Steps] = set()
    _cut_short(model, data)
    if not _complete(data):
        _drop_unread(file, data, (), gone, mistakes)
    while True:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            found = [
                (e["type"], tuple(e["loc"]), e.get("ctx") or {})
                for e in error.errors(include_url=False, include_input=False)
                # A list of mistakes only is too short for pydantic, not for a reader.
                if e["type"] != "too_short" or not _at(data, tuple(e["loc"]))
            ]
        except (RecursionError, ValueError):  # pragma: no cover - depth and size are bounded by the reader
            return None
        missing = {steps for kind, steps, _ in found if kind == "missing"} - gone
        before = len(gone)
        for kind, steps, _ in found:
            if kind == "extra_forbidden":
                _note(mistakes, _unknown_key(model, file, data, steps, missing, gone, renamed))
        for kind, steps, context in found:
            if kind in ("missing", "extra_forbidden") or steps in gone:
                continue
            _note(mistakes, _wrong_value(file, data, kind, steps, context))
            _replace(data, steps, context.get("meant"))
            if "meant" not in context:
                gone.add(steps)
        for steps in sorted(missing - gone, key=str):
            message, hint = f"the key `{steps[-1]}` is missing", f"add `{steps[-1]}: …` here"
            _note(mistakes, Mistake("missing-key", file, steps[:-1], message, hint))
            gone.add(steps)
        if len(gone) == before and all(kind == "missing" or steps in gone for kind, steps, _ in found):
            return None


def _cut_short(model: type[Record], data: Any) -> None:
    """Leave off what follows more broken records than are reported, lest errors without end fill the memory."""
    for name, field in model.model_fields.items():
        record = _model_in(field.annotation)
        items = data.get(field.alias or name) if type(data) is dict else None
        if record is None or type(items) is not list or len(items) <= MAX_PROBLEMS:
            continue
        needed = {inner.alias or key for key, inner in record.model_fields.items() if inner.is_required()}
        broken = 0
        for index, item in enumerate(items):
            if item is not None and (type(item) is not dict or not needed <= item.keys()):
                broken += 1
                if broken > MAX_PROBLEMS:
                    del items[index + 1 :]
                    break


def _complete(data: Any) -> bool:
    """Tell whether no value is empty or could not be read; most data is so, and this is quick."""
    containers = [data] if type(data) in (dict, list) else []
    while containers:
        container = containers.pop()
        for value in container.values() if type(container) is dict else container:
            if type(value) is not str:
                if value is None or value is UNREAD:
                    return False
                containers.append(value)
    return True


def _drop_unread(file: PlanFile, data: Any, path: Steps, gone: set[Steps], mistakes: list[Mistake]) -> None:
    """Take out the values that have a finding of their own already, and those that are empty."""
    items: Iterable[tuple[Any, Any]] = ()
    if type(data) is dict:
        items = list(data.items())
    elif type(data) is list:
        items = list(enumerate(data))
    for key, value in items:
        steps = (*path, key)
        if value is UNREAD or value is None:
            _replace(data, (key,), None)
            gone.add(steps)
            if value is None:
                _note(mistakes, _wrong_value(file, data, "empty", steps, {}))
        elif type(value) in (dict, list):
            _drop_unread(file, value, steps, gone, mistakes)


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _replace(data: Any, steps: Steps, value: Any) -> None:
    """Put a value in place of another; None takes it out, so that the others of a list keep their indexes."""
    parent: Any = _at(data, steps[:-1]) if steps else None
    if type(parent) is dict and value is None:
        parent.pop(steps[-1], None)
    elif type(parent) in (dict, list):
        parent[steps[-1]] = value


def _unknown_key(
    model: type[Record],
    file: PlanFile,
    data: Any,
    steps: Steps,
    missing: set[Steps],
    gone: set[Steps],
    renamed: dict[tuple[PlanFile, Steps], str],
) -> Mistake:
    """Note an unknown key, and read it as the key that was meant where that is clear."""
    parent, key = _at(data, steps[:-1]), str(steps[-1])
    known = _keys_at(model, steps[:-1])
    meant = meant_by(key, {name: "" for name in known if name not in parent})
    value = parent.pop(key)
    word, message = meant.word, f"unknown key `{shown(key)}`{meant.remark}"
    if word is not None:
        parent[word] = value
        steps_meant = (*steps[:-1], word)
        missing.discard(steps_meant)
        gone.discard(steps_meant)
        renamed[file, steps_meant] = key
        slip = meant.sure or (len(word) > 4 and distance(key, word) == 1)
        return Mistake("unknown-key", file, steps, message, meant.hint, key=True, fix=word if slip else None)
    home = _HOMES.get(key)
    if home is not None and key not in known:
        # It is missing where it belongs; that is the same mistake.
        for lost in [lost for lost in missing if lost[-1] == key and _near(lost, steps)]:
            missing.discard(lost)
            gone.add(lost)
        message = f"the key `{key}` does not belong here"
        hint = f"it belongs in {home}: indent it like its neighbours there"
        return Mistake("unknown-key", file, steps, message, hint, key=True)
    if key in known:
        return Mistake("unknown-key", file, steps, message, "delete it", key=True)
    hint = f"the keys here are {', '.join(f'`{name}`' for name in known)}" if known else "delete it"
    return Mistake("unknown-key", file, steps, message, meant.hint or hint, key=True)


# Where a key belongs that stands one level off.
_HOMES = {
    "outcome": "a deliverable",
    "deadline": "a deliverable",
    "updates": "a deliverable",
    "status": "an update",
    "note": "an update",
    "evidence": "an update",
    "bears_on": "an item of `evidence`",
    "section": "an activity",
    "agencies": "an activity",
    "deliverables": "an activity",
    "others": "an activity",
    "points": "an activity",
}


def _near(lost: Steps, found: Steps) -> bool:
    """Tell whether one path's record is in the other's, or around it."""
    records = sorted((lost[:-1], found[:-1]), key=len)
    return records[1][: len(records[0])] == records[0]


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


def _wrong_value(file: PlanFile, data: Any, kind: str, steps: Steps, context: Mapping[str, Any]) -> Mistake:
    """Turn what pydantic says of a value into our words."""
    value, name = _at(data, steps), _named(steps)
    if kind == "empty":
        message, hint = (
            f"{name} is empty",
            "write its value" + ("" if _is_item(steps) else ", or take the key out if it is optional"),
        )
        return Mistake("wrong-value", file, steps, message, hint)
    if "hint" in context:
        rule = {"mark": "unknown-mark", "assignment": "unknown-mark"}.get(kind, "wrong-value")
        return Mistake(
            rule,
            file,
            steps,
            context["message"],
            context["hint"],
            span=context.get("span"),
            fix=context.get("fix"),
        )
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        meant = meant_by(shown(value), dict.fromkeys(words, ""))
        hint = meant.hint or f"write one of {', '.join(f'`{w}`' for w in words)}"
        message = f"{name} cannot be `{shown(value)}`{meant.remark}"
        return Mistake("unknown-word", file, steps, message, hint, fix=meant.word if meant.sure else None)
    message, hint = _EXPECTED.get(kind, ("cannot be read", "compare with the other entries"))
    return Mistake("wrong-value", file, steps, f"{name} {message}", hint)


_EXPECTED = {
    "string_type": ("must be a text", "write plain text after `: `"),
    "tuple_type": ("must be a list", "write one item a line, each after `- `, or `[a, b]`"),
    "too_short": ("has no items", "write at least one"),
    "model_type": ("must have keys of its own", "write `name: value` lines below it"),
    "model_attributes_type": ("must have keys of its own", "write `name: value` lines below it"),
    "string_pattern_mismatch": ("has a character that a code cannot have", "use letters and digits"),
}


def _is_item(steps: Steps) -> bool:
    return bool(steps) and isinstance(steps[-1], int)


def _named(steps: Steps) -> str:
    """Name the value at a path as its key, or as an item of a list."""
    if not steps:
        return "the file"
    if not _is_item(steps):
        return f"`{steps[-1]}`"
    return f"this item of `{steps[-2]}`" if len(steps) > 1 else "this item"
