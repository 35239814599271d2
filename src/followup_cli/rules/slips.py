"""What a field of the plan's words says, before and after, where a slip with a finding of its own is no change.

Whoever mends a deadline that was mistyped need not account for new words of the plan. The same holds for
sections and agencies that there are not.
"""

from collections.abc import Iterable

from followup_cli.deadlines import DeadlineError
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import AS_AGREED, split_assignment
from followup_cli.rules.pairs import Pair, Raw, Words, may_say, words
from followup_cli.rules.walks import ACTIVITIES, AGENCIES, PLAN, codes, once, plan, readings, walk


def field_words(before: Draft, after: Draft, field: str, pair: Pair) -> tuple[Words, Words]:
    """Give the words of a field as they were and as they are, less slips."""
    was, now = words(pair.was.get(field)), words(pair.now.get(field))
    if field == "language":
        return was or "en", now or "en"
    if field == "agencies" and isinstance(was, tuple) and isinstance(now, tuple):
        return _agencies(before, after, was, now)
    return was, was if was != now and _is_slip(before, after, field, was, now) else now


def _is_slip(before: Draft, after: Draft, field: str, was: Words, now: Words) -> bool:
    """Tell whether the one words are those that were meant by the other."""
    if field == "section":
        return _is_unknown(before, PLAN, was) or _is_unknown(after, PLAN, now)
    # What was mistyped may be mended; what is mistyped now is a change, as the rule for deadlines only warns.
    return field == "deadline" and None not in (was, now) and _suggestion(before, was) == now


def is_mistyped(draft: Draft, field: str, was: Words, now: Words) -> bool:
    """Tell whether a deadline is what it was but for a slip, so that the words it was are its remedy."""
    return field == "deadline" and was is not None and _suggestion(draft, now) == was


def entry_words(field: str, entry: Raw) -> Words:
    """Give what an entry says the words were; marks of other languages are read as the one mark they are."""
    was = words(entry.get("was"))
    return _listed(map(_assigned, was)) if field == "agencies" and isinstance(was, tuple) else was


def _is_unknown(draft: Draft, file: PlanFile, identifier: Words) -> bool:
    """Tell whether there surely is no section, or no agency, of an id; mistakes may hide one."""
    ids = _section_ids(draft) if file is PLAN else _agency_names(draft)
    return bool(ids) and identifier not in ids and not may_say(draft, file, str(identifier))


@once
def _section_ids(draft: Draft) -> set[Words]:
    return {each.get("id") for _, each in walk(draft, "sections", "*")}


@once
def _agency_names(draft: Draft) -> dict[Words, Words]:
    return {each.get("code"): words(each.get("name")) for _, each in walk(draft, "agencies", "*")}


@once
def _codes_by_name(draft: Draft) -> dict[Words, str]:
    return {name: str(code) for code, name in _agency_names(draft).items() if name}


@once
def _named(draft: Draft) -> dict[str, set[str]]:
    return {
        "section": {each["section"] for _, each in walk(draft, *ACTIVITIES) if each.get("section")},
        "agency": set(codes(draft).values()),
    }


def is_named(draft: Draft, what: str, identifier: str) -> bool:
    """Tell whether an activity names a section or an agency."""
    return identifier in _named(draft).get(what, ())


def _suggestion(draft: Draft, phrase: Words) -> Words:
    """Give the deadline that was probably meant by one that cannot be read."""
    error = _unreadable(draft).get(phrase)
    return words(error.suggestion) if error else None


@once
def _unreadable(draft: Draft) -> dict[Words, DeadlineError]:
    errors = ((text, error) for text, error in readings(draft).items() if isinstance(error, DeadlineError))
    return {words(text): error for text, error in errors}


def _agencies(before: Draft, after: Draft, was: tuple[str, ...], now: tuple[str, ...]) -> tuple[Words, Words]:
    """Compare two lists of agencies; what became of an agency's code everywhere is told of the agency itself.

    A code that is unknown is a slip, where no other was put in or left out.
    """
    names, names_now = _agency_names(before), _agency_names(after)
    codes_now = _codes_by_name(after)
    earlier, later = ([_assigned(text) for text in words] for words in (was, now))
    marks = dict(later), dict(earlier)
    earlier, later = (
        [(code, mark if mark in _marks(draft) else others.get(code, mark)) for code, mark in side]
        for draft, side, others in zip((before, after), (earlier, later), marks, strict=True)
    )
    earlier = [
        (code if code in names_now else codes_now.get(names.get(code), code), mark) for code, mark in earlier
    ]
    if len(earlier) == len(later):
        later = [
            old if _is_unknown(before, AGENCIES, code) or _is_unknown(after, AGENCIES, new[0]) else new
            for (code, _), old, new in zip(map(_assigned, was), earlier, later, strict=True)
        ]
    return _listed(earlier), _listed(later)


@once
def _marks(draft: Draft) -> set[str]:
    """Give the marks of which it is known what they mean; any other is a mistake of its own."""
    return {"", *AS_AGREED, *(plan(draft).get("roles") or {})}


def _assigned(text: str) -> tuple[str, str]:
    """Split off the mark; the marks of consent in all languages are one."""
    code, mark = split_assignment(text)
    return code, AS_AGREED[0] if mark in AS_AGREED else mark or ""


def _listed(assigned: Iterable[tuple[str, str]]) -> Words:
    marks: dict[str, str] = {}
    for code, mark in assigned:
        marks.setdefault(code, mark)  # an agency that is named twice is a mistake of its own
    return tuple(f"{code} ({mark})" if mark else code for code, mark in marks.items())
