"""Two datasets become changes, by id and field.

Order in a file, blanks, wrapping and quoting are no change; the order of an activity's agencies is, because
the plan's order has a meaning. `compare(b, a)` is `compare(a, b)` turned round.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from followup_cli.glossary import BearsOn, EvidenceField
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.records import Activity, Correction, Deliverable, Evidence, Record, Update
from followup_cli.plan.values import Assignment

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound=Record)


class What(StrEnum):
    """What sort of record a change is in."""

    DATASET = "dataset"
    PLAN = "plan"
    SECTION = "section"
    ACTIVITY = "activity"
    DELIVERABLE = "deliverable"
    AGENCY = "agency"


class How(StrEnum):
    """Whether something is new, gone, or different."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: in which record, in which field and item of it, what it was and is.

    A record that is new or gone has the field "". `before` and `after` are texts as the data writes them;
    lists are tuples.
    """

    what: What
    id: str
    field: str
    how: How
    item: str | None = None
    before: str | tuple[str, ...] | None = None
    after: str | tuple[str, ...] | None = None


def compare(before: Dataset, after: Dataset) -> tuple[Change, ...]:
    """List what differs between two datasets, in the plan's order."""
    return (
        *_fields(What.DATASET, "", {"version": before.version}, {"version": after.version}),
        *_plain(What.PLAN, "", before.plan, after.plan),
        *_records(
            What.SECTION, _by(before.sections, _id), _by(after.sections, _id), partial(_plain, What.SECTION)
        ),
        *_records(What.ACTIVITY, _by(before.activities, _id), _by(after.activities, _id), _activity),
        *_records(
            What.AGENCY, _by(before.agencies, _code), _by(after.agencies, _code), partial(_plain, What.AGENCY)
        ),
    )


def _id(record: Any) -> str:
    return str(record.id)


def _code(record: Any) -> str:
    return str(record.code)


def _by(records: Iterable[V], key: Callable[[V], K]) -> dict[K, V]:
    return {key(record): record for record in records}


def _union(before: Mapping[K, Any], after: Mapping[K, Any]) -> list[K]:
    """List the keys of two mappings: by their numbers, or in the order of the later one, then those that are gone."""
    return sorted({**after, **before}, key=lambda key: _numbers(str(key)))


def _numbers(text: str) -> list[int]:
    """Give the numbers of an id that begins with one: 2 comes before 10, and 11.2 before 11.10."""
    return [int(number) for number in re.findall("[0-9]+", text)] if text[:1].isdecimal() else []


def _records(
    what: What,
    before: Mapping[str, V],
    after: Mapping[str, V],
    inside: Callable[[str, V, V], Iterator[Change]],
) -> Iterator[Change]:
    for key in _union(before, after):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield _whole(what, key, old, new)
        else:
            yield from inside(key, old, new)


def _whole(what: What, key: str, old: Any, new: Any) -> Change:
    how = How.ADDED if old is None else How.REMOVED
    return Change(what, key, "", how, before=_name(old), after=_name(new))


def _name(record: Any) -> str | None:
    if record is None:
        return None
    name = getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "outcome", "")
    return _line(str(name))


def _fields(what: What, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Compare plain fields, in the order in which the records name them."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new:
            how = How.CHANGED if old and new else How.ADDED if new else How.REMOVED
            yield Change(what, key, name, how, before=old or None, after=new or None)


def _texts(record: Record, *left_out: str) -> dict[str, str | tuple[str, ...] | None]:
    """Give the fields of a record as texts."""
    fields = type(record).model_fields
    return {
        field.alias or name: _text(getattr(record, name))
        for name, field in fields.items()
        if name not in left_out
    }


def _text(value: Any) -> str | tuple[str, ...] | None:
    if value is None or value == {}:
        return None
    if isinstance(value, dict):
        return tuple(f"{key}: {joined(_text(part))}" for key, part in value.items())
    if isinstance(value, tuple) and not isinstance(value, Assignment):
        return tuple(str(_text(part)) for part in value)
    if isinstance(value, Record):
        return "; ".join(f"{name}: {text}" for name, text in _texts(value).items() if text)
    return value.isoformat() if isinstance(value, date) else _line(str(value))


def _line(text: str | None) -> str:
    """Write a text with one blank wherever it has any, as it is read."""
    return " ".join((text or "").split())


def _plain(what: What, key: str, old: Record, new: Record) -> Iterator[Change]:
    """Compare records that have nothing but fields and corrections."""
    yield from _fields(what, key, _texts(old, "corrections"), _texts(new, "corrections"))
    yield from _entries(what, key, old, new)


def _activity(key: str, old: Activity, new: Activity) -> Iterator[Change]:
    kept_apart = ("id", "deliverables", "agencies", "amendments", "corrections")
    yield from _fields(What.ACTIVITY, key, _texts(old, *kept_apart), _texts(new, *kept_apart))
    yield from _agencies(What.ACTIVITY, key, old.agencies, new.agencies)
    yield from _entries(What.ACTIVITY, key, old, new)
    before = {f"{key}.{number}": each for number, each in enumerate(old.deliverables, 1)}
    after = {f"{key}.{number}": each for number, each in enumerate(new.deliverables, 1)}
    yield from _records(What.DELIVERABLE, before, after, _deliverable)


def _deliverable(key: str, old: Deliverable, new: Deliverable) -> Iterator[Change]:
    kept_apart = ("agencies", "updates", "amendments", "corrections")
    yield from _fields(What.DELIVERABLE, key, _texts(old, *kept_apart), _texts(new, *kept_apart))
    yield from _agencies(What.DELIVERABLE, key, old.agencies, new.agencies)
    before, after = {"status": last_status(old)}, {"status": last_status(new)}
    yield from _fields(What.DELIVERABLE, key, before, after)
    yield from _updates(key, old.updates, new.updates)
    yield from _entries(What.DELIVERABLE, key, old, new)


def last_status(deliverable: Deliverable) -> str | None:
    """Give the status that was reported last, on whatever day."""
    counted = (u.status for u in reversed(deliverable.updates) if u.status and not u.retracted)
    return next((status.value for status in counted), None)


def _agencies(what: What, key: str, old: Sequence[Assignment], new: Sequence[Assignment]) -> Iterator[Change]:
    before, after = {a.agency: a for a in old}, {a.agency: a for a in new}
    for code in sorted({*before, *after}):
        was = str(before[code]) if code in before else None
        is_ = str(after[code]) if code in after else None
        if was != is_:
            how = How.ADDED if was is None else How.REMOVED if is_ is None else How.CHANGED
            yield Change(what, key, "agencies", how, code, was, is_)
    common_before = tuple(code for code in before if code in after)
    common_after = tuple(code for code in after if code in before)
    if common_before != common_after:
        yield Change(what, key, "agencies", How.MOVED, None, tuple(before), tuple(after))


def _updates(key: str, old: Sequence[Update], new: Sequence[Update]) -> Iterator[Change]:
    """Compare updates as a whole: one that was rewritten is one gone and one new, but for its evidence."""

    def core(update: Update) -> tuple[str, ...]:
        said = (update.status or "", update.reported_as or "", update.for_ or "", update.note)
        return (update.date, *map(_line, said))

    before, after = _counted(old, core), _counted(new, core)
    for each in sorted({*before, *after}):
        was, is_ = before.get(each), after.get(each)
        day = each[0][0]
        if was is None or is_ is None:
            how = How.ADDED if was is None else How.REMOVED
            old_text, new_text = (_said(u) if u else None for u in (was, is_))
            yield Change(What.DELIVERABLE, key, "updates", how, day, old_text, new_text)
        else:
            if was.retracted is None and is_.retracted is not None:
                how, note = How.CHANGED, _line(is_.retracted.note)
                yield Change(What.DELIVERABLE, key, "updates", how, day, _said(was), f"retracted: {note}")
            yield from _evidence(key, day, was.evidence, is_.evidence)


def _counted(records: Iterable[R], core: Callable[[R], K]) -> dict[tuple[K, int], R]:
    """Key records by what they say; equal ones are told apart by a number that order has no part in."""
    keyed: dict[tuple[K, int], R] = {}
    for record in sorted(records, key=_whatever_order):
        number = 0
        while (core(record), number) in keyed:
            number += 1
        keyed[core(record), number] = record
    return keyed


def _whatever_order(record: Record) -> str:
    """Write a record as a text that the order of its lists has no part in."""
    return repr([sorted(v) if isinstance(v, tuple) else v for v in _texts(record).values()])


def _said(update: Update) -> str:
    """Tell an update in one line."""
    parts = [update.status.value] if update.status else []
    parts += [f"“{update.reported_as}”"] if update.reported_as else []
    parts += [_line(update.note)] if update.note else []
    line = ": ".join(parts) or "evidence only"
    shows = {each.bears_on for each in update.evidence}
    if BearsOn.DELIVERABLE in shows:
        return f"{line} [with evidence]"
    return f"{line} [evidence of {' and '.join(sorted(shows))}]" if shows else f"{line} [no evidence]"


def _evidence(key: str, day: str, old: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[Change]:
    before, after = (_counted(each, _first_address) for each in (old, new))
    for url, number in sorted({*before, *after}):
        was, is_ = before.get((url, number)), after.get((url, number))
        if was != is_:
            how = How.ADDED if was is None else How.REMOVED if is_ is None else How.CHANGED
            texts = [_text(each) if each else None for each in (was, is_)]
            yield Change(What.DELIVERABLE, key, "evidence", how, f"{day} {url}", texts[0], texts[1])


def _first_address(evidence: Evidence) -> str:
    """Give the address that a piece of evidence first had: by it, it is the same after a correction."""
    return next((c.was for c in evidence.corrections if c.field is EvidenceField.URL), evidence.url)


def _entries(what: What, key: str, old: Any, new: Any) -> Iterator[Change]:
    """Compare amendments and corrections: each is there or not."""
    for name in ("amendments", "corrections"):
        before, after = ({_entry(each): each for each in getattr(r, name, ())} for r in (old, new))
        for entry in sorted({*before, *after}):
            if (entry in before) != (entry in after):
                how = How.ADDED if entry in after else How.REMOVED
                each = (after if entry in after else before)[entry]
                was = entry if entry in before else None
                yield Change(what, key, name, how, each.field, was, entry if entry in after else None)


def _entry(entry: Any) -> str:
    was = f" (until then: {joined(_text(entry.was))})" if entry.was else ""
    if isinstance(entry, Correction):
        note = f": {_line(entry.note)}" if entry.note else ""
        return f"{entry.field} corrected on {entry.date} by {entry.url}{was}{note}"
    by = ", ".join(_line(part) for part in (entry.act, entry.url) if part)
    since = entry.date or "a day that is not known"
    return f"{entry.field} amended from {since}{f' by {by}' if by else ''}{was}"


def joined(value: str | tuple[str, ...] | None) -> str:
    """Write what a change holds as one text."""
    return "; ".join(value) if isinstance(value, tuple) else value or ""
