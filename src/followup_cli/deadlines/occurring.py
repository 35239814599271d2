"""A recurrence as its occurrences: one for each period, with the days it covers and the day it is due."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .calendar import ONE, Calendar, add_months, last_of_month, month_days
from .model import WEEKDAYS, Cycle, Deadline


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Hold one occurrence of what recurs.

    `start` and `end` are the first and the last day that it covers, both inside; `due` is the day it falls
    due, after `end` where a quarter is reported in the month after it. `label` names it, as an update does:
    `2023`, `2023-H1`, `2023-Q1`, `2023-03`, `2023-W05`, or the day it is due. No two of a deadline have one
    label.
    """

    start: date
    end: date
    due: date
    label: str


def occurrences(deadline: Deadline, *, adopted: date | None, until: date) -> list[date]:
    """Return the days on which a recurring deadline falls due by `until`, in order; none of any other."""
    found = periods(deadline, calendar=Calendar(adopted), until=until)
    return [each.due for each in found if each.due <= until]


def periods(deadline: Deadline, *, calendar: Calendar, until: date) -> tuple[Occurrence, ...]:
    """Return the occurrences of a recurring deadline that have begun by `until`; none of any other.

    They run from its start, or from the adoption where it has none, to its due date; without either day there
    are none. What names no day is due on the last day of its year, half, quarter, month or week; but where it
    begins with a first deadline, or on a day that opens none of these, on that day and then at its interval.
    Of several years the first is the one that is named, or else the last of the first several. A day that a
    month does not have is its last one.
    """
    since, cycle = deadline.start or calendar.adopted, deadline.cycle
    if cycle is None or since is None:
        return ()
    last = deadline.due or date.max
    found: list[Occurrence] = []
    for one in _all(deadline, cycle, since):
        if max(one.start, since) > min(until, last):
            break
        late = last < one.due <= one.end
        if min(one.end, one.due) < since or (late and (cycle.days or cycle.weekday)):
            continue
        due = last if late else one.due
        found.append(replace(one, start=max(one.start, since), end=min(one.end, max(due, last)), due=due))
    return tuple(found)


def _all(deadline: Deadline, cycle: Cycle, since: date) -> Iterator[Occurrence]:
    """Yield what recurs from the period that holds a day on, to the end of the calendar."""
    stated, months = deadline.start is not None, cycle.interval * (12 if cycle.freq == "YEARLY" else 1)
    on_a_day = deadline.lower is not None and deadline.lower.period.unit == "day"
    opens = since.day == 1 and (since.month - 1) % months == 0
    try:
        if cycle.freq in ("DAILY", "WEEKLY"):
            yield from (_weeks if cycle.freq == "WEEKLY" else _days)(cycle, since, stated)
        elif cycle.months:
            yield from _days_of_years(cycle, since, stated)
        elif len(cycle.days) > 1:
            yield from _days_of_months(cycle, since)
        elif cycle.then or (on_a_day and not opens and not cycle.days):
            yield from _from_a_day(months, since)
        else:
            yield from _periods(cycle, months, since, stated)
    except (ValueError, OverflowError):
        # The calendar ends.
        return


def _label(day: date, months: int) -> str:
    """Return the name of the period of so many months that ends with a day."""
    part = {3: f"Q{(day.month + 2) // 3}", 6: f"H{(day.month + 5) // 6}"}.get(months, f"{day:%m}")
    return str(day.year) if months % 12 == 0 else f"{day.year}-{part}"


def _day_of(year: int, month: int, day: int) -> date:
    """Return a day of a month, or its last if there is none."""
    last = last_of_month(year, month)
    return last.replace(day=day) if 0 < day < last.day else last


def _periods(cycle: Cycle, months: int, since: date, stated: bool) -> Iterator[Occurrence]:  # noqa: FBT001
    """Yield the months, quarters, halves and years of the calendar; a day of more than a month is of the next."""
    day = cycle.days[0] if cycle.days else -1
    cell = months if 12 % months == 0 else 12 if months % 12 == 0 else 1
    at = (since.year * 12 + since.month - 1) // cell * cell + (0 if stated else months - cell)
    while True:
        _, end = month_days(at // 12, at % 12 + 1, cell)
        due = end + ONE if day != -1 and months > 1 else end
        start = add_months(end + ONE, -months)
        yield Occurrence(start, end, _day_of(due.year, due.month, day), _label(end, months))
        at += months


def _from_a_day(months: int, since: date) -> Iterator[Occurrence]:
    """Yield what is due on a day, and again so many months after it."""
    start, n = since, 0
    while True:
        due = add_months(since, n * months)
        yield Occurrence(start, due, due, _label(due, months))
        start, n = due + ONE, n + 1


def _days_of_years(cycle: Cycle, since: date, stated: bool) -> Iterator[Occurrence]:  # noqa: FBT001
    """Yield what is due in certain months of a year, each after the month before; or once in a year."""
    once, day = len(cycle.months) == 1, cycle.days[0] if cycle.days else -1
    year = since.year + (_day_of(since.year, cycle.months[-1], day) < since)
    year += 0 if stated else cycle.interval - 1
    before = add_months(date(year, 1, 1), cycle.months[-1] - 12 * cycle.interval)
    while True:
        for month in cycle.months:
            due, end = _day_of(year, month, day), last_of_month(year, 12 if once else month)
            start = date(year - cycle.interval + 1, 1, 1) if once else before
            yield Occurrence(start, end, due, _label(end, 12 if once else 1))
            before = last_of_month(year, month) + ONE
        year += cycle.interval


def _days_of_months(cycle: Cycle, since: date) -> Iterator[Occurrence]:
    """Yield what is due on several days of each month."""
    at, start = since.year * 12 + since.month - 1, since
    while True:
        for day in cycle.days:
            due = _day_of(at // 12, at % 12 + 1, day)
            if due >= start:
                yield Occurrence(start, due, due, due.isoformat())
                start = due + ONE
        at += cycle.interval


def _weeks(cycle: Cycle, since: date, _stated: bool) -> Iterator[Occurrence]:  # noqa: FBT001
    """Yield what is due every so many weeks, on a weekday or on Sunday."""
    start, weekday = since - since.weekday() * ONE, WEEKDAYS.index(cycle.weekday or "SU")
    while True:
        last = start + timedelta(weeks=cycle.interval - 1)
        year, week, _ = last.isocalendar()
        yield Occurrence(start, last + 6 * ONE, last + weekday * ONE, f"{year}-W{week:02}")
        start += timedelta(weeks=cycle.interval)


def _days(cycle: Cycle, since: date, stated: bool) -> Iterator[Occurrence]:  # noqa: FBT001
    """Yield what is due every so many days, first on the day that is stated."""
    start, due = since, since + timedelta(days=0 if stated or cycle.interval == 1 else cycle.interval)
    while True:
        yield Occurrence(start, due, due, due.isoformat())
        start, due = due + ONE, due + timedelta(days=cycle.interval)
