"""The records of two states of a dataset, each with what it was before.

Either state may have mistakes. What they hide is not known, and what is not known is no difference.
"""

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, NamedTuple

from followup_cli.findings import Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.rules.walks import of_list, once
from followup_cli.text.characters import FORBIDDEN

Raw = dict[str, Any]
Words = str | tuple[str, ...] | None
Key = Callable[[int, Raw], Hashable]


class Pair(NamedTuple):
    """A record as it was and as it is, and where each stands."""

    was_path: Steps
    was: Raw
    path: Steps
    now: Raw


class Matched(NamedTuple):
    """Two lists held against each other; a record that is gone comes with the place where it would stand."""

    pairs: list[Pair]
    gone: list[tuple[Steps, Steps, Raw]]  # where it would stand, where it stood, what it was
    new: list[tuple[Steps, Raw]]


def words(value: Any) -> Words:
    """Give a value as what it says: blanks and line breaks are one as another."""
    if type(value) is list:
        return tuple(" ".join(_text(part).split()) for part in value) or None
    if type(value) is dict:
        return words([f"{heading}: {text}" for heading, text in value.items()])
    return None if value is None else " ".join(str(value).split())


def _text(part: Any) -> str:
    """Write an item of a list; an agency with a role as one with a mark."""
    return f"{part.get('agency')} ({part.get('role')})" if type(part) is dict else str(part)


def difference(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Give the index at which two texts or lists begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def match(was: tuple[Steps, Any], now: tuple[Steps, Any], keys: Sequence[Key]) -> Matched:
    """Pair the records of two lists, each given with its path, by one key after another; None is no key."""
    before, after = (dict(of_list(items, path)) for path, items in (was, now))
    pairs: dict[Steps, Pair] = {}
    for key in keys:
        rest = _by_key(after, {pair.path for pair in pairs.values()}, key)
        for path, record in before.items():
            other = None if path in pairs else rest.pop(key(_index(path), record), None)
            if other is not None:
                pairs[path] = Pair(path, record, other, after[other])
    taken = dict.fromkeys(pair.path for pair in pairs.values())
    gone: list[tuple[Steps, Steps, Raw]] = []
    following = _end_of(now, taken)
    for path, record in reversed(before.items()):
        if path in pairs:
            following = pairs[path].path
        else:
            gone.append((following, path, record))
    new = [(path, record) for path, record in after.items() if path not in taken]
    return Matched(list(pairs.values()), gone[::-1], new)


def _by_key(records: dict[Steps, Raw], taken: set[Steps], key: Key) -> dict[Hashable, Steps]:
    """Find the records that are not taken by their keys; of several with one key the first."""
    rest = ((path, record) for path, record in reversed(records.items()) if path not in taken)
    return {its: path for path, record in rest if (its := key(_index(path), record)) is not None}


def _index(path: Steps) -> int:
    return int(path[-1])


def _end_of(now: tuple[Steps, Any], paths: Collection[Steps]) -> Steps:
    """Give the path of the last value of a list, or of the list if nothing of it is left."""
    path = max(paths, key=_index, default=now[0])
    value = now[1][path[-1]] if paths else None
    while value and type(value) in (dict, list):
        step = list(value)[-1] if type(value) is dict else len(value) - 1
        path, value = (*path, step), value[step]
    return path


def is_sure(draft: Draft, file: PlanFile, path: Steps, key: str, value: Any) -> bool:
    """Tell whether a value of a record, or that it has none, is what the text says, for all mistakes."""
    if type(value) is list and None in value:
        return False
    whole, inner = len(path), (*path, key)
    mistakes = [each.path for each in draft.mistakes if each.file == file and each.path[:whole] == path]
    if any(each[: whole + 1] == inner for each in mistakes):
        return False
    hidden = problems_within(draft, file, path)
    if value is None:
        return not hidden and not any(len(each) <= whole + 1 for each in mistakes)
    return not any(_hides(rule, message, key, value) for rule, message in hidden)


def _hides(rule: str, message: str, key: str, value: Any) -> bool:
    """Tell whether a problem may hide a part of a value, or another value under its key."""
    if rule in ("encoding", "invisible-character"):
        return type(value) in (list, dict)
    return rule == "duplicate-key" and f"`{key}`" in message


def problems_within(draft: Draft, file: PlanFile, path: Steps) -> list[tuple[str, str]]:
    """List what is wrong with the text of the top-level item that a record is in."""
    problems = [each for each in draft.documents[file].problems if each.rule != "odd-space"]
    if not problems or len(path) < 2 or path[0] == "plan":
        return [(each.rule, each.message) for each in problems]
    first = draft.place(file, path[:2]).line
    behind = draft.raw[file][str(path[0])][int(path[1]) + 1 :]
    nexts = (draft.place(file, (path[0], int(path[1]) + 1 + i)).line for i, each in enumerate(behind) if each)
    last = next((line for line in nexts if line > first), None)
    return [
        (each.rule, each.message)
        for each in problems
        if first <= each.place.line and (last is None or each.place.line < last)
    ]


def may_say(draft: Draft, file: PlanFile, identifier: str) -> bool:
    """Tell whether a record that could not be read may have an id all the same."""
    ids = _hidden_ids(draft)[file]
    return ids is None or identifier in ids


@once
def _hidden_ids(draft: Draft) -> dict[PlanFile, frozenset[str] | None]:
    """Gather the ids in the text of each file that has mistakes; None if there is no text at all."""
    ids: dict[PlanFile, frozenset[str] | None] = {}
    for file, document in draft.documents.items():
        right = document.clean and not any(each.file == file for each in draft.mistakes)
        text = "" if right else FORBIDDEN.sub("", document.text)
        ids[file] = frozenset(_ID.findall(text)) if document.text else None
    return ids


_ID = re.compile(r"""\b(?:id|code)['"]?[ \t]*:[ \t]*['"]?([^,'"#}\r\n]*[^,'"#}\s])""")
