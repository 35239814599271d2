"""Recurrences: how often, on which day of the cycle, and between which bounds."""

from datetime import date
from itertools import pairwise

from .calendar import Calendar, NoSuchPeriodError, last_of_month, upper_day, window
from .cycles import MONTHS
from .model import WEEKDAYS, Cycle, DeadlineKind, Edge, NotUnderstoodError, Period
from .sketches import Clause, Sketch
from .statements import LOWER, UPPER, Statement, date_statements, fail, fill, outer

YEARLY = Cycle("YEARLY")
_IMPLIED = {
    "week": Cycle("WEEKLY"), "month": Cycle("MONTHLY"), "months": Cycle("MONTHLY"),
    "quarter": Cycle("MONTHLY", 3), "half": Cycle("MONTHLY", 6), "year": YEARLY,
}  # fmt: skip
# The day of the month that a part of any month, or a point in it, stands for: its last one.
_DAY_OF_MONTH = {
    ("week", 1): 7, ("week", 2): 14, ("week", 3): 21, ("week", 4): 28, ("week", -1): -1,
    ("ten-days", 1): 10, ("ten-days", 2): 20, ("ten-days", 3): -1, ("ten-days", -1): -1,
    ("half", 1): 15, ("half", 2): -1, ("half", -1): -1,
    ("early", 0): 10, ("begin", 0): 10, ("mid", 0): 15, ("late", 0): -1, ("end", 0): -1, ("", 0): -1,
}  # fmt: skip
# The shortest that a cycle of each frequency lasts, in days.
_SHORTEST = {"YEARLY": 365, "MONTHLY": 28, "WEEKLY": 7, "DAILY": 1}
# A year to count in: not a leap year, so that 29 February is refused.
_ANY_YEAR = 2001

# A date within the cycle, with the clause that it stands in.
Inner = list[tuple[Clause, Sketch]]


def recurring(clauses: list[Clause], implied: str, calendar: Calendar) -> Statement:
    """Return the recurrence that the clauses state."""
    cycles = [c for c in clauses if c.name == "cycle"]
    cycle = _one_cycle(cycles, implied)
    inner: Inner = []
    bounds: list[Clause] = []
    ends: list[Clause] = []
    for clause in _dates(clauses, ends):
        _sort(clause, cycle, inner, bounds, ends=any(clause is end for end in ends))
    for marker in (c.marker for c in cycles if c.marker):
        for _, sketch in inner:
            sketch.marker = "" if sketch.finer else marker
    _refuse_joined(bounds, cycles)
    every = bool(cycles) and cycles[0].value == "every"
    count = max((c.count for c in cycles), default=1)
    statement = Statement(DeadlineKind.RECURRING)
    statement.cycle = _with_days(cycle, inner, count, calendar, every=every) if inner else cycle
    if bounds:
        _bound(statement, bounds, cycle, calendar)
    return statement


def _refuse_joined(bounds: list[Clause], cycles: list[Clause]) -> None:
    """Refuse "by 1 March 2024 and annually", "annually, report due 1 March 2024": until then, or first then."""
    for clause in bounds:
        if clause.label == "report":
            raise fail(clause, "ambiguous", "may end what recurs or be one of its times")
        if clause.bound in UPPER and any(c.sep.endswith("&") and c.start > clause.start for c in cycles):
            raise fail(clause, "ambiguous", "may end what recurs or be the first time")
        joined = any(clause.sep.endswith("&") and c.end <= clause.start for c in cycles)
        if joined and clause is bounds[0] and clause.bound in ("", "in"):
            raise fail(clause, "ambiguous", "may bound what recurs or be a deadline besides")


# -- a part of each of several years


def set_apart(clauses: list[Clause]) -> list[Clause]:
    """Return the part of a year and the years that a comma sets apart: "December, 2022-2025"."""
    clause = clauses[0]
    if len(clause.sketches) != 2 or not clause.sketches[0].apart or clause.sketches[1].finer or clause.post:
        return clauses
    part, last = clause.sketches
    years = [Sketch(part.start, last.end, year=part.year), last]
    part.year, part.apart = 0, False
    alone = Clause(
        "dates", clause.start, clause.end, clause.sep, clause.bound, clause.during, sketches=[part]
    )
    return [alone, Clause("dates", clause.start, clause.end, ",", sketches=years)]


def each_year(clauses: list[Clause]) -> bool:
    """Tell whether a part of a year is set apart from a range of years: "December, 2022-2025"."""
    if len(clauses) != 2 or clauses[1].sep != ",":
        return False
    years, part = sorted(clauses, key=lambda c: -len(c.sketches))
    if len(years.sketches) != 2 or not part.single or not part.sketches[0].undated:
        return False
    in_years = years.bound in ("", "in") and all(sketch.bare_year for sketch in years.sketches)
    return in_years and part.bound in ("", "in", "by", "to")


# -- how often


def _one_cycle(cycles: list[Clause], implied: str) -> Cycle:
    distinct = [c for at, c in enumerate(cycles) if all(c.cycle != other.cycle for other in cycles[:at])]
    if len(distinct) == 2:
        distinct = _finer(distinct) or distinct
    if len(distinct) > 1:
        raise fail(distinct[1], "ambiguous", "is a second frequency")
    cycle = distinct[0].cycle if distinct else _IMPLIED.get(implied)
    if cycle is None:
        raise NotUnderstoodError("incomplete", "says no frequency", 0, 10**6)
    return cycle


def _finer(cycles: list[Clause]) -> list[Clause]:
    """Return the one of two frequencies that says more: "annually, twice a year", "weekly on each Monday"."""
    counted = [c for c in cycles if c.cycle != YEARLY]
    if len(counted) == 1 and counted[0].count > 1:
        return counted
    weekdays = [c for c in cycles if c.cycle and c.cycle.weekday]
    weekly = any(c.cycle == Cycle("WEEKLY") for c in cycles)
    return weekdays if weekly and len(weekdays) == 1 else []


# -- which dates are within the cycle, and which bound it


def _dates(clauses: list[Clause], ends: list[Clause]) -> list[Clause]:
    """Return the clauses of dates; of a range within the cycle, its last end. Add the ends of others to `ends`."""
    dates = [c for c in clauses if c.name == "dates"]
    for left, right in pairwise(list(dates)):
        if left.bound not in LOWER or right.bound not in UPPER:
            continue
        both = [*left.sketches, *right.sketches]
        dated = [sketch.dated for sketch in both]
        if all(dated):
            ends += [left, right]
        elif any(dated):
            if not right.sketches[0].dated or right.sketches[-1].finer:
                fill(both)
        elif left.single and right.single:
            fill(both)
            dates.remove(left)
            right.sep = left.sep or right.sep
    return dates


def _sort(clause: Clause, cycle: Cycle, inner: Inner, bounds: list[Clause], *, ends: bool) -> None:
    """Sort the dates of a clause into those within the cycle and those that bound it."""
    sketches, last = clause.sketches, clause.sketches[-1]
    part = _part_of_two_years(clause)
    if part is not None:
        years = [Sketch(s.start, s.end, year=s.year) for s in sketches]
        part.year = 0
        inner.append((clause, part))
        bounds.append(Clause("dates", clause.start, clause.end, clause.sep, sketches=years))
    elif (
        ends
        or any(s.year or s.decade or s.isoweek for s in sketches)
        or (last.counted and _encloses(clause, last, cycle))
    ):
        bounds.append(clause)
    elif inner and not clause.sep.strip("(:"):
        raise fail(clause, "leftover", "is not joined to what comes before")
    else:
        fill(sketches)
        inner.append((clause, last))


def _part_of_two_years(clause: Clause) -> Sketch | None:
    """Return what "December 2022-2025", "2022-2025 жылдардың желтоқсанында" name in each of these years."""
    finer = [sketch for sketch in clause.sketches if sketch.finer]
    years = len(clause.sketches) == 2 and all(sketch.year for sketch in clause.sketches)
    return finer[0] if years and len(finer) == 1 and clause.bound in ("", "in", "by", "to") else None


def _encloses(clause: Clause, sketch: Sketch, cycle: Cycle) -> bool:
    """Tell whether a period counted from the adoption's bounds something that recurs within it.

    Raises:
        NotUnderstoodError: It may as well be a day within the cycle.
    """
    named = bool(sketch.shift) or sketch.current == "decade"
    if sketch.tail or not (named or sketch.current):
        return _whole_year(clause, sketch, cycle)
    lasts = cycle.interval * {"YEARLY": 12, "MONTHLY": 1}.get(cycle.freq, 0)
    longer = MONTHS.get(sketch.current or "year", 0) > lasts
    if _is_whole(clause, sketch) and ((named and longer) or (sketch.shift and clause.bound in LOWER)):
        return True
    # "Monthly, by the end of the quarter", "annually, by the end of next year"
    if named or (longer and lasts and sketch.point == "end"):
        raise fail(clause, "ambiguous", "may end what recurs or be a day of it")
    return False


def _whole_year(clause: Clause, sketch: Sketch, cycle: Cycle) -> bool:
    """Tell whether "the year" is the adoption's, and not every one in which something recurs."""
    if sketch.current or cycle.freq == "YEARLY":
        return False
    return _is_whole(clause, sketch)


def _is_whole(clause: Clause, sketch: Sketch) -> bool:
    """Tell whether a period is named as a whole, or one of its two ends."""
    return sketch.point in (None, "end") or (sketch.point == "begin" and bool(clause.bound))


def _bound(statement: Statement, bounds: list[Clause], cycle: Cycle, calendar: Calendar) -> None:
    """Read the first and the last day between which something recurs."""
    fill([s for c in bounds for s in c.sketches])
    stated = outer(date_statements(bounds), bounds)
    statement.lower, statement.upper, statement.window = stated.lower, stated.upper, stated.window
    if stated.window is not None and stated.window.period.year is not None:
        days = window(stated.window, calendar)
        least = _SHORTEST[cycle.freq] * cycle.interval
        if days and (days[1] - days[0]).days + 1 < least:
            raise fail(bounds[0], "ambiguous", "is shorter than the time between two occurrences")


# -- the days within the cycle


def _with_days(cycle: Cycle, inner: Inner, count: int, calendar: Calendar, *, every: bool) -> Cycle:
    """Return the cycle with the dates within it, or refuse dates that no single rule gives."""
    clause, sketches = inner[0][0], [sketch for _, sketch in inner]
    fill(sketches)
    _refuse_loose(inner, every=every)
    if any(sketch.weekday is not None for sketch in sketches):
        return _on_weekday(clause, cycle, sketches)
    of_year = [_of_year(c, s, calendar) for c, s in inner if s.month or s.season or _part_of_year(s, cycle)]
    if of_year and len(of_year) == len(inner):
        return _yearly(clause, cycle, of_year)
    if cycle.freq == "YEARLY":
        raise fail(clause, "incomplete", "needs a month")
    if cycle.freq != "MONTHLY" or cycle.days or of_year or count > 1:
        raise fail(clause, "ambiguous", "does not fit the frequency")
    return _monthly(cycle, inner, sketches)


def _on_weekday(clause: Clause, cycle: Cycle, sketches: list[Sketch]) -> Cycle:
    if len(sketches) > 1 or sketches[0].finer or cycle != Cycle("WEEKLY"):
        raise fail(clause, "ambiguous", "is no single day of the cycle")
    return Cycle("WEEKLY", weekday=WEEKDAYS[sketches[0].weekday or 0])


def _monthly(cycle: Cycle, inner: Inner, sketches: list[Sketch]) -> Cycle:
    """Return the rule of days in a month, or in a counted month of a longer cycle."""
    clause, long = inner[0][0], cycle.interval > 1
    if long and any(_is_part(c, s) for c, s in inner):
        raise fail(clause, "vague", "is defined for a month, not for a longer cycle")
    days = {_of_month(c, s) for c, s in inner}
    counted = {n for sketch in sketches for unit, n in sketch.units if unit == "month"}
    if long and not counted and days == {-1} and all(sketch.next_month for sketch in sketches):
        counted = {1}
    if counted and (counted, days) != ({-1}, {-1}):
        return _in_counted_month(clause, cycle, sketches, counted, days)
    return Cycle("MONTHLY", cycle.interval, (), tuple(sorted(days, key=lambda day: day % 100)))


def _refuse_loose(inner: Inner, *, every: bool) -> None:
    """Refuse a number or a point alone that is no day of the cycle, as it is beside "every"."""
    for clause, sketch in inner:
        point = bool(sketch.point) and not (sketch.finer or sketch.dated or sketch.holder)
        loose = (sketch.num and not (sketch.ordinal and every)) or (point and not every)
        if loose and not clause.bound:
            raise fail(clause, "leftover", "is no day of the cycle")


def _is_part(clause: Clause, sketch: Sketch) -> bool:
    """Tell whether an early, middle or late part is named, which a quarter does not have."""
    begins = sketch.point == "begin" and clause.bound not in ("by", "to")
    return begins or sketch.point in ("early", "late", "mid")


def _part_of_year(sketch: Sketch, cycle: Cycle) -> bool:
    units = {unit for unit, _ in sketch.units}
    if cycle.freq == "YEARLY":
        return bool(units) or not sketch.finer
    return bool(units & {"quarter", "half", "third"}) and not sketch.holder


def _in_counted_month(
    clause: Clause, cycle: Cycle, sketches: list[Sketch], counted: set[int], days: set[int]
) -> Cycle:
    """Return the rule of a day in the second month of, or after, every quarter."""
    length = cycle.interval
    month = length if counted == {-1} else min(counted)
    if length not in (3, 6) or len(counted) > 1 or len(days) > 1 or not 1 <= month <= length:
        raise fail(clause, "ambiguous", "names a month that the frequency does not have")
    if not all(sketch.tail or sketch.holder for sketch in sketches):
        raise fail(clause, "incomplete", "does not say of what the month is")
    return Cycle("YEARLY", 1, tuple(range(month, 13, length)), tuple(days))


def _yearly(clause: Clause, cycle: Cycle, dates: list[tuple[int, int]]) -> Cycle:
    """Return the rule of dates in any year, each a month and a day."""
    months = tuple(sorted({month for month, _ in dates}))
    days = {day for _, day in dates}
    if len(days) > 1 and all(day in (-1, last_of_month(_ANY_YEAR, month).day) for month, day in dates):
        days = {-1}
    if len(days) > 1 or len(months) < len(dates):
        raise fail(clause, "ambiguous", "names days that no single rule gives")
    if cycle.freq == "YEARLY":
        return Cycle("YEARLY", cycle.interval, months, tuple(days))
    if cycle.freq != "MONTHLY" or cycle.interval * len(months) != 12:
        raise fail(clause, "ambiguous", "does not fit the frequency")
    return Cycle("YEARLY", 1, months, tuple(days))


def _of_year(clause: Clause, sketch: Sketch, calendar: Calendar) -> tuple[int, int]:
    """Return the month and the day of the month, -1 for the last, that a date in any year stands for."""
    _refuse_ends(clause, sketch)
    last = sketch.day == -1 or sketch.units[:1] == [("day", -1)]
    sketch.year, sketch.shift, sketch.current, sketch.tail = _ANY_YEAR, None, "", False
    if sketch.season == 4 or sketch.marker == "academic":
        sketch.year2 = _ANY_YEAR + 1
    early = sketch.point == "begin" and clause.bound not in UPPER
    named = Edge(_period_of(clause, sketch), "early" if early else sketch.point, clause.bound == "before")
    day = _upper_day(clause, named, calendar)
    if day is None or named.period.unit == "week":
        raise fail(clause, "ambiguous", "is no day of the cycle")
    ends = day == last_of_month(day.year, day.month) and named.point not in ("begin", "mid")
    if not named.strict:
        ends = last or (ends and named.period.unit != "day")
    return day.month, -1 if ends else day.day


def _refuse_ends(clause: Clause, sketch: Sketch) -> None:
    if clause.bound in LOWER:
        raise fail(clause, "ambiguous", "is no day of the cycle")
    if sketch.current and sketch.finer:
        raise fail(clause, "leftover", "names two periods")


def _upper_day(clause: Clause, named: Edge, calendar: Calendar) -> date | None:
    try:
        return upper_day(named, calendar)
    except NoSuchPeriodError as error:
        raise fail(clause, error.reason, str(error)) from error


def _period_of(clause: Clause, sketch: Sketch) -> Period:
    try:
        return sketch.period()
    except NoSuchPeriodError as error:
        raise fail(clause, error.reason, str(error)) from error


def _of_month(clause: Clause, sketch: Sketch) -> int:
    """Return the day of the month, -1 for the last, that a date in any month stands for."""
    if clause.bound in ("before", "after", "from"):
        raise fail(clause, "ambiguous", "is no day of the cycle")
    units = [(unit, n) for unit, n in sketch.units if unit != "month"]
    day = sketch.day or sketch.num
    if day:
        units.append(("day", day))
    if sketch.point:
        units.append((sketch.point, 0))
    unit, n = units[0] if units else ("", 0)
    if len(units) > 1:
        raise fail(clause, "no-such-period", "is no day of the cycle")
    if unit == "day":
        if n != -1 and not 1 <= n <= 31:
            raise fail(clause, "no-such-day", "is no day of a month")
        return n
    if unit == "begin" and clause.bound in ("by", "to"):
        return 1
    if (unit, n) not in _DAY_OF_MONTH:
        raise fail(clause, "no-such-period", "is no day of the cycle")
    return _DAY_OF_MONTH[unit, n]
