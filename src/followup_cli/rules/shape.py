"""FU2xx: keys, values, and counts."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from followup_cli.choosing import meant_by
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import (
    ACTIVITIES,
    DELIVERABLES,
    PLAN,
    Mistakes,
    left_out,
    plan,
    ranges,
    runs,
    walk,
)

_SURE_OF = 20  # deliverables by which it is known what all of a plan's have
_FEW = 2  # of them, that may have lost something
_COLUMNS = (
    "number",
    "title",
    "outcome",
    "starts",
    "deadline",
    "agencies",
    "partners",
)  # of a plan's own table


def unknown_key(draft: Draft) -> Mistakes:
    """Report a key that the format does not know.

    A misspelt key is read as the one that was meant, so that the rest of the record is still checked and
    there is one message for one mistake.

    Bad:
        dedline: By the end of 2022

    Good:
        deadline: By the end of 2022
    """
    for first, *others in runs(draft.mistakes_of("unknown-key"), _astray_together):
        if others:
            names = ", ".join(f"`{shown(str(each.path[-1]))}`" for each in (first, *others))
            hint = (first.hint or "").replace("it belongs", "they belong").replace(" it ", " them ")
            yield first._replace(message=f"the keys {names} do not belong here", hint=hint)
        else:
            yield first


def _astray_together(a: Mistake, b: Mistake) -> bool:
    """Tell whether two keys of one record belong to one other place."""
    astray = "does not belong here" in a.message and a.hint == b.hint
    return astray and a.file is b.file and a.path[:-1] == b.path[:-1]


def missing_key(draft: Draft) -> Mistakes:
    """Report a key that a record must have.

    Bad:
        - code: MH

    Good:
        - code: MH
          name: Ministry of Health
    """
    return draft.mistakes_of("missing-key")


def wrong_value(draft: Draft) -> Mistakes:
    """Report a value of the wrong sort.

    A list in place of a text, a day that is not in the calendar, a blank. Every value is read as the text
    that was typed: nothing is guessed to be a date or a number.

    Bad:
        date: 2022-06-31

    Good:
        date: 2022-06-30
    """
    return draft.mistakes_of("wrong-value")


def unknown_word(draft: Draft) -> Mistakes:
    """Report a word outside a closed vocabulary.

    The statuses are `not-started`, `in-progress`, `on-hold`, `partly-delivered`, `delivered` and `abandoned`;
    evidence has a `kind` and says what it `bears_on`.

    Bad:
        status: in-progres

    Good:
        status: in-progress
    """
    return draft.mistakes_of("unknown-word")


def format_version(draft: Draft) -> Mistakes:
    """Report a dataset in a version of the format that this program does not read.

    Versions 1 and 2 are read; `followup validate --fix` raises 1 to 2.

    Bad:
        schema: 3

    Good:
        schema: 2
    """
    version = draft.raw[PLAN].get("schema")
    if version not in (None, "1", "2"):
        message = f"the format's version `{shown(version)}` is not known"
        yield Mistake("format-version", ("schema",), message, "write `schema: 2`, or update `followup`")


def lost_key(draft: Draft) -> Mistakes:
    """Warn of a deliverable or two without an outcome or a deadline, where all the others have one.

    A plan need not give any; but a line is easily lost. `read: none` says that there surely is no deadline.

    Bad:
        - outcome: Report

    Good:
        - outcome: Report
          deadline: August 2023
    """
    deliverables = walk(draft, *DELIVERABLES)
    if len(deliverables) < _SURE_OF or draft.is_format_1 or not draft.documents[PLAN].clean:
        return
    unclear = {mistake.path[:4] for mistake in draft.mistakes}
    for path in _split(deliverables):
        message = "this dash begins a deliverable of its own, without an `outcome`"
        hint = "if the line belongs to the one above, write two blanks in place of `- `"
        yield Mistake("lost-key", path, message, hint)
        unclear |= {path, (*path[:-1], int(path[-1]) - 1)}
    for key in ("outcome", "deadline"):
        without = [
            (path, record) for path, record in deliverables if key not in record and "read" not in record
        ]
        if 0 < len(without) <= _FEW:
            for path in (path for path, _ in without if path not in unclear):
                others = len(deliverables) - len(without)
                message = f"this deliverable has no `{key}`, and {others} others have one"
                yield Mistake("lost-key", path, message, f"add `{key}: …`, if the plan gives one")


def _split(deliverables: list[tuple[Steps, dict[str, Any]]]) -> Iterator[Steps]:
    """Find the second halves of deliverables that a dash too many has divided: they share no key."""
    for (before, first), (path, second) in pairwise(deliverables):
        without = "outcome" not in second and "deadline" not in first
        if without and path[:-1] == before[:-1] and not first.keys() & second.keys():
            yield path


def unexpected_count(draft: Draft) -> Mistakes:
    """Report counts that differ from those the plan itself states under `plan.expect`.

    A line that was dropped from a long file is easily missed; the plan's own count is the cheapest check
    there is. Leave `expect` out if the plan states none.

    Bad:
        activities: 27

    Good:
        activities: 3
    """
    expected = plan(draft).get("expect")
    if type(expected) is not dict or not draft.documents[PLAN].clean:
        return
    for name, number in _counts(draft).items():
        text = expected.get(name)
        items = draft.raw[PLAN].get(name) or ()
        # Twice the same number: the copy is the mistake, not the count.
        if text is None or int(text) in (number, len(items)):
            continue
        message = f"the plan states {text} {name}, the dataset has {number}"
        gaps = left_out(draft) if name == "activities" else []
        if sum(last - first + 1 for first, last in gaps) == int(text) - number:
            message += f"; {ranges(gaps)} {'is' if int(text) - number == 1 else 'are'} not there"
        hint = f"compare the {name} with the plan, or correct the count"
        yield Mistake("unexpected-count", ("plan", "expect", name), message, hint)


def _counts(draft: Draft) -> dict[str, int]:
    """Count what can be counted; what is there twice has a finding of its own, and counts once."""
    counts = {}
    for name in ("activities", "sections"):
        ids = [item.get("id") if type(item) is dict else None for item in draft.raw[PLAN].get(name) or ()]
        counts[name] = len(set(ids) - {None}) + ids.count(None)
    if not any(mistake.path[:1] == ("activities",) for mistake in draft.mistakes):
        counts["deliverables"] = len(walk(draft, *DELIVERABLES))
    return counts


def unknown_column(draft: Draft) -> Mistakes:
    """Report a column under `plan.columns` that no activity or deliverable has.

    The keys are `number`, `title`, `outcome`, `starts`, `deadline`, `agencies` and `partners`, and the
    headings under `other`; each has the plan's own heading.

    Bad:
        Sum: Sum, in millions

    Good:
        Cost: Sum, in millions
    """
    columns = plan(draft).get("columns") or {}
    if set(columns) <= set(_COLUMNS):
        return
    others: dict[str, str] = {}
    for steps in (ACTIVITIES, DELIVERABLES):
        for _, record in walk(draft, *steps):
            others |= dict.fromkeys(record.get("other") or (), "")
    for name in columns:
        if name not in _COLUMNS and name not in others:
            suggestion = meant_by(name, others | dict.fromkeys(_COLUMNS, ""))
            message = f"no activity has a column `{shown(name)}`{suggestion.remark}"
            hint = (
                suggestion.hint
                or f"write one of {', '.join(f'`{each}`' for each in _COLUMNS)}, or a heading under `other`"
            )
            fix = suggestion.word if suggestion.sure else None
            yield Mistake("unknown-column", ("plan", "columns", name), message, hint, fix, key=True)


def unknown_timezone(draft: Draft) -> Mistakes:
    """Report a time zone that does not exist.

    "Today" is the date in the plan's own time zone, wherever the program runs.

    Bad:
        timezone: Asia/Almata

    Good:
        timezone: Asia/Almaty
    """
    name = plan(draft).get("timezone")
    if name is None:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from zoneinfo import available_timezones

        suggestion = meant_by(shown(name), dict.fromkeys(sorted(available_timezones()), ""))
        message = f"unknown time zone `{shown(name)}`{suggestion.remark}"
        hint = suggestion.hint or (
            "write the one that is meant" if suggestion.remark else "write it as `Asia/Almaty`"
        )
        yield Mistake("unknown-timezone", ("plan", "timezone"), message, hint)
