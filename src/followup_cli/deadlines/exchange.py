"""Write a reading as EDTF."""

from datetime import date

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
