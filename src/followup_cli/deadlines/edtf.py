"""Write a reading as EDTF, and a recurrence as days."""

from datetime import date, datetime, time

from .model import Deadline, Edge, Kind
from .phrasing import plain


def edtf(deadline: Deadline) -> str | None:
    """Write the window of a reading as EDTF (ISO 8601-2), or None if it has none.

    A multiple deadline whose parts are open is None: a set of EDTF has no such member in its grammar.
    """
    if deadline.kind is Kind.MULTIPLE:
        parts = [edtf(part) for part in deadline.parts]
        if any(part is None or "/" in part for part in parts):
            return None
        return "{" + ",".join(part for part in parts if part) + "}"
    if deadline.start is None and deadline.due is None:
        return None
    lower, upper = deadline.lower, deadline.upper
    sign = "~" if deadline.approximate else ""
    if lower is not None and lower is upper:
        single = _edtf_period(lower)
        if single:
            return single + sign
    start = _edtf_end(lower, deadline.start)
    due = _edtf_end(upper, deadline.due)
    if start == due and start != "..":
        return start + sign
    return "/".join(end if end == ".." else end + sign for end in (start, due))


def _edtf_end(edge: Edge | None, day: date | None) -> str:
    """Return an end of an interval, where only years, months and days may stand."""
    if day is None:
        return ".."
    named = edge is not None and edge.point is None and not edge.strict and not edge.period.fiscal
    if edge is not None and named and edge.period.unit in ("year", "month") and edge.period.year is not None:
        return _edtf_period(edge) or day.isoformat()
    return day.isoformat()


def _edtf_period(edge: Edge) -> str | None:
    """Return the code of a period that has one."""
    edge = plain(edge)
    period = edge.period
    year, n = period.year, period.n
    if year is None or edge.point or period.fiscal:
        return None
    count = {"quarter": 4, "third": 3, "half": 2}.get(period.unit, 0)
    if count:
        return f"{year}-{({4: 32, 3: 36, 2: 39}[count]) + (count if n == -1 else n)}"
    if period.unit == "season" and n != 4:
        return f"{year}-{20 + n}" if year % 100 >= 20 + n else None
    if period.unit == "decade":
        return f"{year // 10}X"
    if period.unit == "century":
        return f"{year // 100}XX"
    if period.unit == "year":
        return str(year)
    if period.unit == "month":
        return f"{year}-{period.month:02}"
    return None


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
