"""Write a reading as EDTF, and a recurrence as days."""

from datetime import date, datetime, time

from .model import Deadline, DeadlineKind, Edge
from .phrasing import plain

# The code of the first of each part of the year, and how many there are.
_CODES = {"quarter": (33, 4), "third": (37, 3), "half": (40, 2)}


def edtf(deadline: Deadline) -> str | None:
    """Write the window of a reading as EDTF (ISO 8601-2), or None if it has none.

    A multiple deadline whose parts are open is None: a set of EDTF has no such member in its grammar.
    """
    if deadline.kind is DeadlineKind.MULTIPLE:
        parts = [edtf(part) or "/" for part in deadline.parts]
        return None if any("/" in part for part in parts) else "{" + ",".join(parts) + "}"
    if deadline.start is None and deadline.due is None:
        return None
    start, due = _ends(deadline)
    sign = "~" if deadline.approximate else ""
    if start == due:
        return start + sign
    return "/".join(end if end == ".." else end + sign for end in (start, due))


def _ends(deadline: Deadline) -> tuple[str, str]:
    """Return the codes of both ends; they are the same where one code names the period."""
    named = deadline.window
    single = _period(named) if named else None
    if single:
        return single, single
    return _end(deadline.lower or named, deadline.start), _end(deadline.upper or named, deadline.due)


def _end(edge: Edge | None, day: date | None) -> str:
    """Return an end of an interval, where only years, months and days may stand."""
    if day is None:
        return ".."
    whole = edge is not None and not edge.strict and edge.period.unit in ("year", "month")
    return (_period(edge) if edge and whole else None) or day.isoformat()


def _period(edge: Edge) -> str | None:
    """Return the code of a period that has one."""
    edge = plain(edge)
    period = edge.period
    year, n = period.year, period.n
    if year is None or edge.point or period.fiscal:
        return None
    if period.unit in _CODES:
        first, count = _CODES[period.unit]
        return f"{year}-{first - 1 + (count if n == -1 else n)}"
    if period.unit == "season":
        return f"{year}-{20 + n}" if n != 4 and year % 100 >= 20 + n else None
    codes = {"decade": f"{year // 10}X", "century": f"{year // 100}XX", "year": str(year)}
    return codes.get(period.unit, f"{year}-{period.month:02}" if period.unit == "month" else None)


def occurrences(deadline: Deadline, *, adopted: date, until: date | None = None) -> list[date]:
    """Return the days on which a recurring deadline falls; none for any other.

    They run from the later of its start and the adoption date to its due date, or to `until` if that is
    earlier. A recurrence that names no day falls on the day it begins and then at its interval, as an
    RRULE does; one that names a day of every third or sixth month follows the quarters and halves of the
    calendar: the last day is that of their last month, any other one is in the month after them.

    Raises:
        ValueError: The recurrence has no due date, and no `until` was given.
    """
    if deadline.cycle is None:
        return []
    from dateutil.rrule import rrulestr

    ends = [day for day in (deadline.due, until) if day]
    if not ends:
        raise ValueError("a recurrence without a due date needs a last day to count to")
    first = since = max(deadline.start or adopted, adopted)
    cycle = deadline.cycle
    if cycle.freq == "MONTHLY" and cycle.days and cycle.interval > 1 and 12 % cycle.interval == 0:
        months = first.month if cycle.days == (-1,) else first.month - 1
        first = (
            first.replace(day=1, month=first.month - months % cycle.interval)
            if months % cycle.interval < first.month
            else date(first.year - 1, 12, 1)
        )
    rule = rrulestr(str(cycle), dtstart=datetime.combine(first, time()))
    last = datetime.combine(min(ends), time())
    return [moment.date() for moment in rule.between(datetime.combine(since, time()), last, inc=True)]
