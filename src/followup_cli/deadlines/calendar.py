"""Named periods of the calendar: the first and the last day of each, and the points in it."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .model import Edge, Length, Period

Days = tuple[date, date]
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hold what a plan settles about its dates.

    `adopted` is the day of its adoption; without it, what is counted from it has no dates. `fiscal_month`
    is the first month of its fiscal year, and `named_by` says whether that has the number of the calendar
    year of its end or of its start; without the month no fiscal year is read. `day_first` settles dates in
    slashes and hyphens whose day and month can change places.
    """

    adopted: date | None = None
    fiscal_month: int | None = None
    named_by: str = "end"
    day_first: bool | None = None

    def __post_init__(self) -> None:
        if self.fiscal_month is not None and not 1 <= self.fiscal_month <= 12:
            raise ValueError(f"a fiscal year begins in a month from 1 to 12, not {self.fiscal_month}")
        if self.named_by not in ("start", "end"):
            raise ValueError(f"a fiscal year is named by its start or its end, not by `{self.named_by}`")


class NoSuchPeriodError(ValueError):
    """Say that the calendar has no such day or period; `reason` is the code of the refusal."""

    def __init__(self, message: str, reason: str = "no-such-period") -> None:
        super().__init__(message)
        self.reason = reason


def month_days(year: int, month: int, count: int = 1) -> Days:
    """Return the first day of a month and the last day of the `count` months that begin with it."""
    end = month + count - 1
    return date(year, month, 1), last_of_month(year + (end - 1) // 12, (end - 1) % 12 + 1)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Return the same day of the month, that many months on, or the last one if there is none."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_workdays(day: date, count: int) -> date:
    """Return the day that many Mondays to Fridays on; public holidays are not known."""
    if not count:
        return day
    weekday = day.weekday()
    if weekday > 4:
        day, weekday = day - (weekday - 4) * ONE, 4
    weeks, rest = divmod(count, 5)
    return day + timedelta(weeks=weeks, days=rest + (2 if weekday + rest > 4 else 0))


def _number(n: int, count: int, what: str) -> int:
    """Return the number of a part of a whole with `count` parts, -1 being the last."""
    if n == -1:
        return count
    if not 1 <= n <= count:
        raise NoSuchPeriodError(f"there is no {what} {n}: the last one is {count}")
    return n


def _day(year: int, month: int, n: int) -> Days:
    last = last_of_month(year, month).day
    if n != -1 and not 1 <= n <= last:
        raise NoSuchPeriodError(f"{year}-{month:02} has {last} days, not {n}", "no-such-day")
    day = date(year, month, last if n == -1 else n)
    return day, day


def _week(year: int, _month: int, n: int) -> Days:
    weeks = date(year, 12, 28).isocalendar().week
    first = date.fromisocalendar(year, _number(n, weeks, f"week of {year}"), 1)
    return first, first + timedelta(days=6)


def _month_week(year: int, month: int, n: int) -> Days:
    if n == -1:
        last = last_of_month(year, month)
        return last - timedelta(days=6), last
    n = _number(n, 4, "week of a month")
    return date(year, month, 7 * n - 6), date(year, month, 7 * n)


def _ten_days(year: int, month: int, n: int) -> Days:
    n = _number(n, 3, "ten-day period")
    last = last_of_month(year, month) if n == 3 else date(year, month, 10 * n)
    return date(year, month, 10 * n - 9), last


def _half_month(year: int, month: int, n: int) -> Days:
    if _number(n, 2, "half") == 1:
        return date(year, month, 1), date(year, month, 15)
    return date(year, month, 16), last_of_month(year, month)


def _days(year: int, month: int, n: int) -> Days:
    """Return the first `n` days of a month, or the last if `n` is negative."""
    last = last_of_month(year, month)
    if not 1 <= abs(n) <= last.day:
        raise NoSuchPeriodError(f"{year}-{month:02} has {last.day} days, not {abs(n)}", "no-such-day")
    return (date(year, month, 1), date(year, month, n)) if n > 0 else (last + (n + 1) * ONE, last)


def _months(year: int, _month: int, n: int) -> Days:
    """Return the first `n` months of a year, or the last if `n` is negative."""
    if not 1 <= abs(n) <= 12:
        raise NoSuchPeriodError(f"a year has 12 months, not {abs(n)}")
    return month_days(year, 1, n) if n > 0 else month_days(year, 13 + n, -n)


def _part(count: int, what: str) -> Callable[[int, int, int], Days]:
    length = 12 // count

    def days(year: int, _month: int, n: int) -> Days:
        return month_days(year, (_number(n, count, what) - 1) * length + 1, length)

    return days


# What each unit means, from (year, month, number). The year may be any from 1900 to 2199.
UNITS: dict[str, Callable[[int, int, int], Days]] = {
    "day": _day,
    "days": _days,
    "week": _week,
    "month-week": _month_week,
    "ten-days": _ten_days,
    "half-month": _half_month,
    "month": lambda year, month, _n: month_days(year, month),
    "months": _months,
    # Meteorological seasons of the northern hemisphere; winter belongs to the year it begins in.
    "season": lambda year, _month, n: month_days(year, 3 * n, 3),
    "quarter": _part(4, "quarter"),
    "third": _part(3, "third"),
    "half": _part(2, "half"),
    "year": lambda year, _month, _n: month_days(year, 1, 12),
    "academic-year": lambda year, _month, _n: month_days(year, 9, 12),
    "decade": lambda year, _month, _n: (date(year, 1, 1), date(year + 9, 12, 31)),
    "century": lambda year, _month, _n: (date(year, 1, 1), date(year + 99, 12, 31)),
}
# How finely each unit tells a date.
PRECISION = {unit: unit for unit in UNITS} | {
    "days": "day",
    "month-week": "week",
    "months": "month",
    "academic-year": "year",
    "century": "decade",
}
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


def _current(period: Period, adopted: date) -> Days:
    """Return the days of the unit that holds the adoption date, or one after it."""
    if period.unit == "week":
        monday = adopted - adopted.weekday() * ONE + timedelta(weeks=period.shift)
        return monday, monday + timedelta(days=6)
    length = _LENGTHS[period.unit]
    at = ((adopted.year * 12 + adopted.month - 1) // length + period.shift) * length
    return month_days(at // 12, at % 12 + 1, length)


def days_of(period: Period, calendar: Calendar) -> Days | None:
    """Return the first and the last day of a period.

    None if it is counted from the adoption date, and that is not known.

    Raises:
        NoSuchPeriodError: The calendar has no such day or period.
    """
    if period.fiscal:
        return _fiscal_days(period, calendar)
    year, adopted = period.year, calendar.adopted
    if year is None:
        if adopted is None:
            UNITS[period.unit](2024, period.month, period.n) if period.n or period.month else None
            return None
        if not period.n and not period.month:
            return (adopted, adopted) if period.unit == "day" else _current(period, adopted)
        year = adopted.year + period.shift
    return UNITS[period.unit](year, period.month, period.n)


def _fiscal_days(period: Period, calendar: Calendar) -> Days | None:
    month, adopted = calendar.fiscal_month, calendar.adopted
    if month is None:
        what = "may be two calendar years or a fiscal year" if period.split else "is a fiscal year"
        remedy = "write its months, as in `April 2023 - March 2024`"
        raise NoSuchPeriodError(
            f"{what}, and no setting says in which month that begins: {remedy}", "ambiguous"
        )
    if period.year is not None:
        ends = period.year + (not period.split and month > 1 and calendar.named_by == "start")
    elif adopted is not None:
        ends = adopted.year + (1 < month <= adopted.month) + period.shift
    else:
        return None
    first, last = UNITS[period.unit](ends, period.month, period.n)
    back = month - 13 if month > 1 else 0
    return add_months(first, back), add_months(last + ONE, back) - ONE


def _divisible(edge: Edge) -> None:
    """Refuse an early, middle or late part of what has none: it is defined for two units alone."""
    unit = "fiscal year" if edge.period.fiscal else edge.period.unit
    if edge.point in ("early", "mid", "late") and unit not in ("year", "month"):
        raise NoSuchPeriodError(
            f"{edge.point} is defined for a calendar year and for a month, not for a {unit}", "vague"
        )


def _named(edge: Edge, calendar: Calendar) -> None:
    """Refuse the early or late part of a decade or a fiscal year, though the bound needs only its end."""
    if edge.period.unit in ("decade", "century") or (edge.period.fiscal and calendar.fiscal_month):
        _divisible(edge)


def window(edge: Edge, calendar: Calendar) -> Days | None:
    """Return the days an edge names: its period, the early or late part of it, or a point in it."""
    _divisible(edge)
    days = days_of(edge.period, calendar)
    if days is None or edge.point is None:
        return days
    first, last = days
    if edge.point == "begin":
        return first, first
    if edge.point == "end":
        return last, last
    year = edge.period.unit == "year"
    if edge.point == "mid":
        day = add_months(first, 6) - ONE if year else first + 14 * ONE
        return day, day
    if edge.point == "early":
        return first, add_months(first, 4) - ONE if year else first + 9 * ONE
    return add_months(last + ONE, -4) if year else first + 20 * ONE, last


def lower_day(edge: Edge, calendar: Calendar) -> date | None:
    """Return the day that "from X" starts on, or "after X" if the edge is strict."""
    if edge.point == "early" and not edge.strict:
        _named(edge, calendar)
        edge = Edge(edge.period, "begin")
    days = window(edge, calendar)
    if days is None:
        return None
    # The middle of a period is the moment between its halves: what starts there starts the day after.
    return days[1] + ONE if edge.strict or edge.point == "mid" else days[0]


def upper_day(edge: Edge, calendar: Calendar) -> date | None:
    """Return the day that "by X" is due on, or "before X" if the edge is strict."""
    if edge.point == "late" and not edge.strict:
        _named(edge, calendar)
        edge = Edge(edge.period, "end")
    days = window(edge, calendar)
    if days is None:
        return None
    # "Before the end" and "before the middle" still hold on the day that the end or the middle is.
    return days[0] - ONE if edge.strict and edge.point not in ("end", "mid") else days[1]


def length_days(length: Length, since: date | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a length of time, where the day of its event is known."""
    if since is None or length.event == "other":
        return None, None
    end = add_workdays(add_months(since, length.months) + ONE * length.days, length.workdays)
    if length.sides == "both":
        return since, end
    return (end, None) if length.sides == "start" else (None, end)
