"""What a plan settles about its dates, and the days that a deadline of it means."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from followup_cli.deadlines import LANGUAGES, Calendar, Deadline, DeadlineError, Occurrence, periods, read
from followup_cli.plan.records import Deliverable, Plan

_YEARS = 10  # of what recurs without an end
_MOST = 4_000  # occurrences of one deliverable: more than one a day in these years
AS_READ = "as-read"  # the rule of a window that an editor wrote


class Timing(NamedTuple):
    """The days of a deliverable, both included, and how they were found.

    `kind`, `rule` and `recurrence` are those of the deadline. `is_unread` tells of a deadline that says
    something which nobody has read: its days are not known. Of what recurs without an end `occurrences` has the first years.
    """

    start: date | None = None
    due: date | None = None
    kind: str = ""
    rule: str = ""
    recurrence: str | None = None
    is_unread: bool = False
    occurrences: tuple[Occurrence, ...] = ()


def calendar_of(plan: Plan) -> Calendar:
    """Give what a plan settles about its dates."""
    fiscal = plan.fiscal_year
    begins, named_by = (fiscal.begins, fiscal.named_by) if fiscal else (None, "end")
    return Calendar(plan.adopted, begins, named_by, plan.day_first)


def reader_of(language: str) -> str:
    """Give the reader for the deadlines of a language; where there is none, only digits are read."""
    code = language.partition("-")[0].lower()
    return code if code in LANGUAGES else "zxx"


def read_phrase(plan: Plan, text: str) -> Deadline:
    """Read a deadline in the words of a plan.

    Raises:
        DeadlineError: if it cannot be read.
    """
    return read(text, lang=reader_of(plan.language), calendar=calendar_of(plan))


def timing_of(plan: Plan, deliverable: Deliverable) -> Timing:
    """Give the days of a deliverable: as an editor read them, else as the deadline and the start say."""
    first = _first_day(plan, deliverable.starts)
    if deliverable.read is not None:
        start, due = deliverable.read.start, deliverable.read.due
        kind = "range" if start and due else "by" if due else "since" if start else "undetermined"
        return Timing(start or first, due, kind, AS_READ)
    if deliverable.deadline is None:
        return Timing(first, None, "since" if first else "")
    try:
        deadline = read_phrase(plan, deliverable.deadline)
    except DeadlineError:
        return Timing(first, is_unread=True)
    start = first if first and not (deadline.due and deadline.due < first) else deadline.start
    times = _times(deadline, plan, start or plan.adopted)
    return Timing(
        start, deadline.due, deadline.kind.value, deadline.rule, deadline.recurrence, occurrences=times
    )


def _times(deadline: Deadline, plan: Plan, since: date | None) -> tuple[Occurrence, ...]:
    if deadline.recurrence is None or since is None:
        return ()
    return _since(deadline, calendar_of(plan), since)


@lru_cache(maxsize=64)  # many deliverables have the same words, and their occurrences are many
def _since(deadline: Deadline, calendar: Calendar, since: date) -> tuple[Occurrence, ...]:
    until = date(min(since.year + _YEARS, date.max.year), 12, 31)
    times = periods(deadline, calendar=calendar, until=min(until, deadline.due or until))
    return tuple(each for each in times if each.due >= since)[:_MOST]


def _first_day(plan: Plan, text: str | None) -> date | None:
    """Read a start: the first day of what it names."""
    if text is None:
        return None
    try:
        deadline = read_phrase(plan, text)
    except DeadlineError:
        return None
    return deadline.start or deadline.due
