"""What pydantic says of data, in our words: one Mistake for a wrong value, an unknown or a missing key."""

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from followup_cli.choosing import distance, meant_by
from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import ActivityField, DeliverableField
from followup_cli.plan.records import Record, keys_at, required_keys_at
from followup_cli.plan.values import shown

# Where a key belongs that stands one level off.
_HOMES = {
    key: home
    for home, keys in (
        ("a deliverable", "outcome deadline starts read updates"),
        ("an update", "status reported_as note evidence retracted"),
        ("an item of `evidence`", "url publisher kind bears_on published accessed quote archive"),
        ("an activity", "section agencies deliverables others points"),
        ("`plan`", "adopted language timezone roles fiscal_year day_first statuses columns expect"),
    )
    for key in keys.split()
}
_EXPECTED = {
    "string_type": ("must be a text", "write plain text after `: `"),
    "dict_type": ("must have keys of its own", "write `name: value` lines below it, indented further"),
    "tuple_type": ("must be a list", "write one item a line, each after `- `, or `[a, b]`"),
    "too_short": ("has no items", "write at least one"),
    "model_type": ("must have keys of its own", "write `name: value` lines below it"),
    "string_pattern_mismatch": ("has a character that a code cannot have", "use letters and digits"),
}
_RULES = {
    "mark": "unknown-mark",
    "assignment": "unknown-mark",
    "word": "unknown-word",
    "role": "unknown-word",
}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class Fault(NamedTuple):
    """One thing that pydantic says: of which kind, at which path, and what it says besides."""

    kind: str
    path: Steps
    context: Mapping[str, Any]


def missing_key(path: Steps) -> Mistake:
    """Say that a record lacks a key."""
    return Mistake("missing-key", path[:-1], f"the key `{path[-1]}` is missing", f"add `{path[-1]}: …` here")


def unknown_key(
    model: type[Record], path: Steps, neighbours: Collection[str], missing: Collection[Steps]
) -> tuple[Mistake, str | None, list[Steps]]:
    """Say what an unknown key may be.

    Args:
        model: the model of the file.
        path: where the key stands.
        neighbours: the other keys of its record.
        missing: the paths of all keys that are missing.

    Returns:
        The mistake, the key that was surely meant, and the missing keys that are the same mistake.
    """
    key, keys = str(path[-1]), keys_at(model, path[:-1])
    suggestion = meant_by(key, {name: "" for name in keys if name not in neighbours})
    message, word = f"unknown key `{shown(key)}`{suggestion.remark}", suggestion.word
    if word is not None:
        slip = suggestion.sure or (len(word) > 4 and distance(key, word) == 1)
        mistake = Mistake("unknown-key", path, message, suggestion.hint, word if slip else None, key=True)
        return mistake, word, []
    if key in keys:
        return Mistake("unknown-key", path, message, "delete it", key=True), None, []
    if key in _HOMES:
        return _astray(path, key, missing)
    beside = [name for name in keys if (*path[:-1], name) in missing]
    if beside:
        return _other_name(path, message, beside), None, [(*path[:-1], beside[0])]
    hint = suggestion.hint or _keys_here(key, keys)
    return Mistake("unknown-key", path, message, hint, key=True), None, []


def _keys_here(key: str, keys: Collection[str]) -> str:
    """Say what can stand in place of an unknown key; one of several words may be the text above, going on."""
    others = f"the keys here are {', '.join(f'`{name}`' for name in keys)}" if keys else "delete it"
    if " " in key:
        return f"if the text above goes on here, put it on one line, in double quotes; else {others}"
    return others


def _astray(path: Steps, key: str, missing: Collection[Steps]) -> tuple[Mistake, None, list[Steps]]:
    """Say where a key belongs; it is missing there, and that is the same mistake."""
    lost = [each for each in missing if each[-1] == key and _is_around(each, path)]
    message, hint = f"the key `{key}` does not belong here", f"it belongs in {_HOMES[key]}"
    hint += ": move it there, and indent it like its neighbours"
    return Mistake("unknown-key", path, message, hint, key=True), None, lost


def _other_name(path: Steps, message: str, missing: list[str]) -> Mistake:
    """Say that a key which is missing may go by the name of an unknown one."""
    names = [f"`{name}`" for name in missing]
    message += f", and {' and '.join(names)} {'is' if len(names) == 1 else 'are'} missing"
    hint = f"write {' or '.join(names)} in its place, if that is what it says; else delete it"
    return Mistake("unknown-key", path, message, hint, key=True)


def _is_around(lost: Steps, stray: Steps) -> bool:
    """Tell whether one path's record is in the other's, or around it."""
    records = sorted((lost[:-1], stray[:-1]), key=len)
    return records[1][: len(records[0])] == records[0]


def wrong_value(
    model: type[Record], value: Any, kind: str, path: Steps, context: Mapping[str, Any]
) -> tuple[Mistake, Any]:
    """Say what is wrong with a value; give the value that was surely meant as well, or None."""
    name = _named(path)
    if kind == "newer_key":
        message = f"{name} is a key of format 2, and the file says `schema: 1`"
        hint = "`followup validate --fix` raises the rest of the file to format 2; then write it"
        return Mistake("unknown-key", path, message, hint, key=True), None
    if "hint" in context:
        rule, fix, span = _RULES.get(kind, "wrong-value"), context.get("fix"), context.get("span")
        mistake = Mistake(rule, path, context["message"], context["hint"], fix, span=span)
        return mistake, context.get("meant")
    if kind in ("enum", "literal_error"):
        words = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        suggestion = meant_by(shown(value), dict.fromkeys(words, ""))
        hint = suggestion.hint or f"write one of {', '.join(f'`{word}`' for word in words)}"
        message = f"{name} cannot be `{shown(value)}`{suggestion.remark}"
        meant = suggestion.word if suggestion.sure else None
        home = _home_of_entry(path, str(value))
        if home:
            hint = f"move this entry into the {home}, if it tells of that"
        return Mistake("unknown-word", path, message, hint, meant), meant
    kind = "model_type" if kind == "model_attributes_type" else kind
    message, hint = _EXPECTED.get(kind, ("cannot be read", "compare with the other entries"))
    if kind in ("model_type", "tuple_type"):
        hint = _as_record(model, value, path, is_list=kind == "tuple_type") or hint
    elif kind == "string_type" and type(value) is dict:
        hint = "put the whole text in double quotes: a `: ` in it makes a name and a value of it"
        if _is_item(path) and value.keys() <= set(keys_at(model, path[:-2])):
            hint = f"if a record begins here, align its `- ` with those of `{path[0]}`; else {hint}"
    return Mistake("wrong-value", path, f"{name} {message}", hint), None


def _home_of_entry(path: Steps, field: str) -> str:
    """Tell whether an amendment or a correction is of a deliverable and stands at its activity, or the reverse."""
    if len(path) < 3 or path[-1] != "field" or path[-3] not in ("amendments", "corrections"):
        return ""
    homes = {"deliverable": DeliverableField, "activity": ActivityField}
    return next((name for name, fields in homes.items() if field in list(fields)), "")


def empty_value(path: Steps, line: str) -> Mistake:
    """Say that a value is empty; a sign on its line may hide the text, or a comma cut it off.

    Args:
        path: where the value is missing.
        line: the line that its key stands on.
    """
    name = _named(path)
    if re.match(r"[^#]*[:-]\s+#\w", line):
        hint = "put the whole text in double quotes"
        return Mistake("wrong-value", path, f"{name} is empty: `#` begins a comment", hint)
    glued = re.fullmatch(r"([a-z_]+):(.*)", str(path[-1]))
    if glued:
        message = f"there is no space behind the colon of `{shown(str(path[-1]))}`"
        return Mistake("unknown-key", path, message, f"write `{glued[1]}: {shown(glued[2])}`", key=True)
    # A piece between two commas, or between the last one and the brace, that has no colon.
    piece = re.search(r"\{.*,\s*" + re.escape(str(path[-1])) + r"\s*[,}]", line)
    if not _is_item(path) and (piece or " " in str(path[-1])):
        message = f"{name} is no key with a value: inside `{{…}}` a comma ends the text before it"
        return Mistake("unknown-key", path, message, "put the text with the comma in double quotes", key=True)
    hint = "write its value" + ("" if _is_item(path) else ", or take the key out if it is optional")
    return Mistake("wrong-value", path, f"{name} is empty", hint)


def _as_record(model: type[Record], value: Any, path: Steps, *, is_list: bool) -> str | None:
    """Say how to write as a record, or as a list of one, what stands in its place."""
    item = (*path, 0) if is_list else path
    needed, dash = required_keys_at(model, item), "- " if is_list else ""
    if not needed:
        return None
    if type(value) is dict:
        return "it is a list: put `[` and `]` around braces `{…}`; else write `- ` before the first key, and indent the others like it"
    key = _key_of_text(model, value, item, needed)
    lines = [f"`{name}: {shown(value) if name == key else '…'}`" for name in needed]
    if key is None and dash:
        return f"write it as a list: {lines[0].replace('`', '`- ', 1)} on a line below, and below that {', '.join(lines[1:])}"
    if key is None:
        where = "in its place" if _is_item(path) else "below it"
        return f"write {', '.join(lines)} {where}, each on a line of its own"
    first, *others = lines if key in needed else [*lines, f"`{key}: {shown(value)}`"]
    return f"write {first.replace('`', '`' + dash, 1)} in its place, and below it {', '.join(others)}"


def _key_of_text(model: type[Record], value: Any, item: Steps, needed: Collection[str]) -> str | None:
    """Tell which key of a record a text is most likely the value of."""
    if type(value) is not str:
        return None
    if _ADDRESS.fullmatch(value) and "url" in needed:
        return "url"
    return "note" if "note" in keys_at(model, item) and " " in value else None


def _is_item(path: Steps) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _named(path: Steps) -> str:
    """Name the value at a path as its key, or as an item of a list."""
    if not path:
        return "the file"
    if not _is_item(path):
        return f"`{path[-1]}`"
    return f"this item of `{path[-2]}`" if len(path) > 1 else "this item"
