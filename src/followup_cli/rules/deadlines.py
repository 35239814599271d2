"""FU4xx: deadlines."""

from collections.abc import Callable, Iterator
from typing import Any

from followup_cli.deadlines import Deadline, DeadlineError
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import (
    DELIVERABLES,
    Mistakes,
    adopted,
    is_adoption_doubtful,
    read_text,
    readings,
    walk,
)

Reading = Deadline | DeadlineError


def _deadlines(draft: Draft, wanted: Callable[[Reading], bool]) -> Iterator[tuple[Steps, Reading]]:
    """Find the deadlines whose reading is wanted, each with its path."""
    by_text = {text: reading for text, reading in readings(draft).items() if wanted(reading)}
    if by_text:
        for path, deliverable in walk(draft, *DELIVERABLES):
            if deliverable.get("deadline") in by_text:
                yield (*path, "deadline"), by_text[deliverable["deadline"]]


def _unread(draft: Draft) -> Iterator[tuple[Steps, DeadlineError]]:
    """Find the deadlines and starts that no rule reads and no editor has read."""
    for path, reading in _deadlines(draft, lambda reading: isinstance(reading, DeadlineError)):
        if isinstance(reading, DeadlineError) and "read" not in draft.at(path[:-1]):
            yield path, reading
    amendments = walk(draft, *DELIVERABLES, "amendments", "*")
    earlier = (
        (path, each, "was") for path, each in amendments if each.get("field") in ("deadline", "starts")
    )
    starts = ((path, each, "starts") for path, each in walk(draft, *DELIVERABLES) if "starts" in each)
    for path, record, key in (*starts, *earlier):
        text = record.get(key)
        error = read_text(draft, text) if type(text) is str and "read" not in record else None
        if isinstance(error, DeadlineError):
            yield (*path, key), error


def unreadable_deadline(draft: Draft) -> Mistakes:
    """Warn of a deadline that no rule can read.

    The reader is strict: a wrong date in a follow-up report is worse than a question to the editor. The words
    of the plan stay as they are: `read` beside them says how they are read, by a `start` and a `due` day, or
    `none` where they name no day. Until then the deliverable is `unread`. `followup deadline "PHRASE"` tells
    how a phrase is read.

    Bad:
        deadline: Augst 2023

    Good:
        deadline: August 2023
    """
    for path, error in _unread(draft):
        if error.reason != "reversed":
            yield _mistake(draft, "unreadable-deadline", path, error)


def reversed_deadline(draft: Draft) -> Mistakes:
    """Warn of a deadline that ends before it begins.

    Bad:
        deadline: 2025-2022

    Good:
        deadline: 2022-2025
    """
    for path, error in _unread(draft):
        if error.reason == "reversed":
            yield _mistake(draft, "reversed-deadline", path, error)


def _mistake(draft: Draft, rule: str, path: Steps, error: DeadlineError) -> Mistake:
    phrase = f"`{shown(error.text)}`: "
    name = "start" if path[-1] == "starts" else "deadline"
    message = f"{name} {phrase}{error.message.removeprefix(phrase)}"
    remedy = (
        "" if draft.is_format_1 else f"add `{_read(draft, error.suggestion)}` on a line of its own below it"
    )
    if error.suggestion:
        message += f"; did you mean `{shown(error.suggestion)}`?"
        hint = f"write `{shown(error.suggestion)}`" + (f" if the plan does; else {remedy}" if remedy else "")
    else:
        hint = f"{remedy}, or `read: none` if it names no day" if remedy else ""
        hint = hint or "`followup deadline -h` shows what can be read"
    return Mistake(rule, path, message, hint, span=(error.start, error.end))


def _read(draft: Draft, phrase: str | None) -> str:
    """Write the days of a phrase as the data does; without one, what is to be filled in."""
    reading = read_text(draft, phrase) if phrase else None
    days = {"start": reading.start, "due": reading.due} if isinstance(reading, Deadline) else {}
    said = ", ".join(f"{name}: {day}" for name, day in days.items() if day)
    return f"read: {{{said or 'due: YEAR-MONTH-DAY'}}}"


def contradicted_reading(draft: Draft) -> Mistakes:
    """Warn of a `read` that contradicts what the deadline says by rule.

    Where the phrase can be read, there is no need for it; one of the two is mistyped.

    Bad:
        deadline: By the end of 2024
        read: {due: 2025-12-31}

    Good:
        deadline: As soon as they stand
        read: {due: 2025-12-31}
    """
    for path, record in walk(draft, *DELIVERABLES):
        if "read" in record:
            key, said = _contradiction(draft, record)
            if said:
                message = f"`read` says {said} of `{shown(record[key])}`"
                hint = "check both, or delete `read`"
                yield Mistake("contradicted-reading", (*path, "read"), message, hint)


def _contradiction(draft: Draft, record: dict[str, Any]) -> tuple[str, str]:
    """Tell which words of a deliverable say other days than its `read`, and what days."""
    is_none = record["read"] == "none"
    days = {} if is_none else record["read"]
    for name, key in (("due", "deadline"), ("start", "starts" if "starts" in record else "deadline")):
        reading = read_text(draft, record[key]) if record.get(key) else None
        day = getattr(reading, name) if isinstance(reading, Deadline) else None
        if day and (is_none or days.get(name, str(day)) != str(day)):
            return key, f"`{'none' if is_none else f'{name}: {days[name]}'}`, and the rules read `{day}`"
    return "", ""


def deadline_before_adoption(draft: Draft) -> Mistakes:
    """Warn of a deadline that was past when the plan was adopted.

    Bad:
        deadline: August 2021

    Good:
        deadline: August 2023
    """
    day = adopted(draft)
    if day is None or is_adoption_doubtful(draft):
        return
    for path, reading in _deadlines(draft, lambda r: isinstance(r, Deadline) and (r.due or day) < day):
        if isinstance(reading, Deadline):
            message = (
                f"the deadline `{shown(reading.text)}` ({reading.due}) is before the plan's adoption ({day})"
            )
            yield Mistake("deadline-before-adoption", path, message, "check the year")


def adoption_too_late(draft: Draft) -> Mistakes:
    """Report a day of adoption that is later than most of the plan's deadlines and updates.

    Relative deadlines count from it; what else is dated before it is not reported one by one.

    Bad:
        adopted: 2032-04-28

    Good:
        adopted: 2022-04-28
    """
    if is_adoption_doubtful(draft):
        message = (
            f"the day of adoption ({adopted(draft)}) is later than most deadlines and updates of the plan"
        )
        yield Mistake("adoption-too-late", ("plan", "adopted"), message, "check the year")
