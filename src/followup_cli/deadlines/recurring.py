"""Recurrences: how often, on which day of the cycle, and between which bounds."""

from itertools import pairwise

from .combine import Combiner, Statement, fail, fill
from .drafts import Clause, Draft
from .model import Cycle, Edge, Kind
from .periods import NoSuchPeriodError, last_of_month, upper_day, window

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_IMPLIED = {
    "week": Cycle("WEEKLY"),
    "month": Cycle("MONTHLY"),
    "months": Cycle("MONTHLY"),
    "quarter": Cycle("MONTHLY", 3),
    "half": Cycle("MONTHLY", 6),
    "year": Cycle("YEARLY"),
}
# The day of the month that a part of any month stands for: its last one.
_DAY_OF_MONTH = {"week": {1: 7, 2: 14, 3: 21, 4: 28, -1: -1}, "ten-days": {1: 10, 2: 20, 3: -1, -1: -1}}
_DAY_OF_MONTH["half"] = {1: 15, 2: -1, -1: -1}
_POINT_OF_MONTH = {"early": 10, "begin": 10, "mid": 15, "late": -1, "end": -1}
# A year to count in: not a leap year, so that 29 February is refused.
_ANY_YEAR = 2001


def recurring(clauses: list[Clause], implied: str, combiner: Combiner) -> Statement:
    """Return the recurrence that the clauses state."""
    cycles = [c for c in clauses if c.name == "cycle"]
    cycle = _one_cycle(cycles, implied, clauses)
    inner: list[tuple[Clause, Draft]] = []
    bounds: list[Clause] = []
    ends: list[Clause] = []
    for clause in _ends(clauses, ends):
        _sort(clause, cycle, inner, bounds, ends=any(clause is end for end in ends))
    for marker in (c.marker for c in cycles if c.marker):
        for _, draft in inner:
            draft.marker = "" if draft.finer else marker
    statement = Statement(Kind.RECURRING)
    every = bool(cycles) and cycles[0].value == "every"
    count = max((c.count for c in cycles), default=1)
    statement.cycle = _with_days(cycle, inner, count, combiner.fiscal_month, every=every)
    if bounds:
        _bound(statement, bounds, cycle, combiner)
    return statement


def set_apart(clauses: list[Clause]) -> list[Clause]:
    """Return the part of a year and the years that a comma sets apart: "December, 2022-2025"."""
    clause = clauses[0]
    if len(clause.drafts) != 2 or not clause.drafts[0].apart or clause.drafts[1].finer or clause.post:
        return clauses
    part, last = clause.drafts
    years = [Draft(part.start, last.end, year=part.year), last]
    part.year, part.apart = 0, False
    alone = Clause("dates", clause.start, clause.end, clause.sep, clause.bound, clause.during, drafts=[part])
    return [alone, Clause("dates", clause.start, clause.end, ",", drafts=years)]


def each_year(clauses: list[Clause]) -> bool:
    """Tell whether a part of a year is set apart from a range of years: "December, 2022-2025"."""
    if len(clauses) != 2 or clauses[1].sep != ",":
        return False
    years, part = sorted(clauses, key=lambda c: -len(c.drafts))
    return (
        [len(years.drafts), len(part.drafts)] == [2, 1]
        and all(d.year and not (d.finer or d.point or d.marker or d.year2) for d in years.drafts)
        and years.bound in ("", "in")
        and part.bound in ("", "in", "by", "to")
        and part.drafts[0].finer
        and not part.drafts[0].dated
    )


def _one_cycle(cycles: list[Clause], implied: str, clauses: list[Clause]) -> Cycle:
    found = [c for at, c in enumerate(cycles) if all(c.cycle != other.cycle for other in cycles[:at])]
    # "annually, twice a year" says the year twice.
    finer = [c for c in found if c.cycle != Cycle("YEARLY")]
    if len(found) == 2 and len(finer) == 1 and finer[0].count > 1:
        found = finer
    weekdays = [c for c in found if c.cycle and c.cycle.weekday]
    if len(found) == 2 and len(weekdays) == 1 and any(c.cycle == Cycle("WEEKLY") for c in found):
        found = weekdays
    if len(found) > 1:
        raise fail(found[1], "ambiguous", "is a second frequency")
    cycle = found[0].cycle if found else _IMPLIED.get(implied)
    if cycle is None:
        raise fail(clauses[0], "incomplete", "says no frequency")
    return cycle


def _ends(clauses: list[Clause], ends: list[Clause]) -> list[Clause]:
    """Return the clauses of dates; of a range within the cycle, its last end. Add the ends of others to `ends`."""
    dates = [c for c in clauses if c.name == "dates"]
    for left, right in pairwise(list(dates)):
        if left.bound in ("from", "after") and right.bound in ("to", "by", "before"):
            if all(d.dated for d in (*left.drafts, *right.drafts)):
                ends += [left, right]
            elif any(d.dated for d in (*left.drafts, *right.drafts)):
                if not right.drafts[0].dated or right.drafts[-1].finer:
                    fill([*left.drafts, *right.drafts])
            elif len(left.drafts) == len(right.drafts) == 1:
                fill([*left.drafts, *right.drafts])
                dates.remove(left)
                right.sep = left.sep or right.sep
    return dates


def _sort(
    clause: Clause, cycle: Cycle, inner: list[tuple[Clause, Draft]], bounds: list[Clause], *, ends: bool
) -> None:
    """Sort the dates of a clause into those within the cycle and those that bound it."""
    drafts = clause.drafts
    finer = [d for d in drafts if d.finer]
    if (
        len(drafts) == 2
        and all(d.year for d in drafts)
        and len(finer) == 1
        and clause.bound in ("", "in", "by", "to")
    ):
        # "December 2022-2025", "2022-2025 жылдардың желтоқсанында": that month of each of these years.
        draft = finer[0]
        years = [Draft(d.start, d.end, year=d.year) for d in drafts]
        draft.year = 0
        inner.append((clause, draft))
        bounds.append(Clause("dates", clause.start, clause.end, clause.sep, drafts=years))
        return
    whole_year = not drafts[-1].finer and drafts[-1].shift is not None and not drafts[-1].current
    whole_year = whole_year and drafts[-1].point in (None, "begin" if clause.bound else "end", "end")
    if (
        any(d.year or d.decade or d.isoweek for d in drafts)
        or (whole_year and cycle.freq != "YEARLY")
        or ends
    ):
        bounds.append(clause)
        return
    if inner and not clause.sep.strip("(:"):
        raise fail(clause, "leftover", "is not joined to what comes before")
    fill(drafts)
    inner.append((clause, drafts[-1]))


def _only_point(draft: Draft) -> bool:
    return bool(draft.point) and not (draft.finer or draft.dated or draft.holder)


def _bound(statement: Statement, bounds: list[Clause], cycle: Cycle, combiner: Combiner) -> None:
    """Read the first and the last day between which something recurs."""
    fill([d for c in bounds for d in c.drafts])
    found = combiner.dates(bounds)
    lower, upper = outer(found, bounds)
    statement.lower, statement.upper = lower, upper
    if lower is not None and lower is upper and lower.period.year is not None:
        days = window(lower, None, combiner.fiscal_month)
        least = {"YEARLY": 365, "MONTHLY": 28}.get(
            cycle.freq, 7 if cycle.freq == "WEEKLY" else 1
        ) * cycle.interval
        if days and (days[1] - days[0]).days + 1 < min(least, 365):
            raise fail(bounds[0], "ambiguous", "is shorter than the time between two occurrences")


def outer(found: list[Statement], clauses: list[Clause]) -> tuple[Edge | None, Edge | None]:
    """Return the bounds of years that follow each other ("in 2023 and 2024"), or of the one statement."""
    for left, right in pairwise(found):
        ends = [e.period for e in (left.upper, right.lower) if e is not None and not e.point and not e.strict]
        if (
            len(ends) < 2
            or any(p.unit != "year" or p.year is None for p in ends)
            or left.lower is None
            or right.upper is None
        ):
            raise fail(clauses[1], "ambiguous", "is a second time for what recurs")
        if (ends[0].year or 0) + 1 != ends[1].year:
            raise fail(clauses[1], "ambiguous", "leaves out a year of what recurs")
    return found[0].lower, found[-1].upper


def _with_days(
    cycle: Cycle, inner: list[tuple[Clause, Draft]], count: int, fiscal_month: int, *, every: bool
) -> Cycle:
    """Return the cycle with the dates within it, or refuse dates that no single rule gives.

    A number or a point alone is a day of the cycle only beside "every": "the end of each month".
    """
    if not inner:
        return cycle
    clause = inner[0][0]
    drafts = [d for _, d in inner]
    fill(drafts)
    for stated, draft in inner:
        loose = (draft.num and not (draft.ordinal and every)) or (_only_point(draft) and not every)
        if loose and not stated.bound:
            raise fail(stated, "leftover", "is no day of the cycle")
    if any(d.weekday is not None for d in drafts):
        if len(drafts) > 1 or drafts[0].finer or cycle != Cycle("WEEKLY"):
            raise fail(clause, "ambiguous", "is no single day of the cycle")
        return Cycle("WEEKLY", weekday=WEEKDAYS[drafts[0].weekday or 0])
    of_year = [
        _of_year(c, d, fiscal_month) for c, d in inner if d.month or d.season or _part_of_year(d, cycle)
    ]
    if of_year and len(of_year) == len(inner):
        return _yearly(clause, cycle, of_year)
    if cycle.freq != "MONTHLY" or cycle.days or of_year or count > 1:
        message = "needs a month" if cycle.freq == "YEARLY" else "does not fit the frequency"
        raise fail(clause, "incomplete" if cycle.freq == "YEARLY" else "ambiguous", message)
    if cycle.interval > 1 and any(d.point in ("early", "late", "mid") or _begins(c, d) for c, d in inner):
        raise fail(clause, "vague", "is defined for a month, not for a longer cycle")
    days = {_of_month(c, d) for c, d in inner}
    counted = {n for _, d in inner for unit, n in d.units if unit == "month"}
    if cycle.interval > 1 and not counted and days == {-1} and all(d.next_month for d in drafts):
        counted = {1}
    if counted and (counted, days) != ({-1}, {-1}):
        return _in_counted_month(clause, cycle, drafts, counted, days)
    return Cycle("MONTHLY", cycle.interval, (), tuple(sorted(days, key=lambda day: day % 100)))


def _in_counted_month(
    clause: Clause, cycle: Cycle, drafts: list[Draft], counted: set[int], days: set[int]
) -> Cycle:
    """Return the rule of a day in the second month of, or after, every quarter."""
    length = cycle.interval
    month = {-1: length}.get(*[min(counted)] * 2)
    if length not in (3, 6) or len(counted) > 1 or len(days) > 1 or not 1 <= month <= length:
        raise fail(clause, "ambiguous", "names a month that the frequency does not have")
    if not all(d.tail or d.holder for d in drafts):
        raise fail(clause, "incomplete", "does not say of what the month is")
    return Cycle("YEARLY", 1, tuple(range(month, 13, length)), tuple(days))


def _begins(clause: Clause, draft: Draft) -> bool:
    return draft.point == "begin" and clause.bound not in ("by", "to")


def _part_of_year(draft: Draft, cycle: Cycle) -> bool:
    units = {unit for unit, _ in draft.units}
    if cycle.freq == "YEARLY":
        return bool(units) or not draft.finer
    return bool(units & {"quarter", "half", "third"}) and not draft.holder


def _yearly(clause: Clause, cycle: Cycle, found: list[tuple[int, int]]) -> Cycle:
    months = tuple(sorted({month for month, _ in found}))
    days = {day for _, day in found}
    if len(days) > 1 and all(day == -1 or last_of_month(_ANY_YEAR, month).day == day for month, day in found):
        days = {-1}
    if len(days) > 1 or len(months) < len(found):
        raise fail(clause, "ambiguous", "names days that no single rule gives")
    if cycle.freq == "YEARLY":
        return Cycle("YEARLY", cycle.interval, months, tuple(days))
    if cycle.freq != "MONTHLY" or cycle.interval * len(months) != 12:
        raise fail(clause, "ambiguous", "does not fit the frequency")
    return Cycle("YEARLY", 1, months, tuple(days))


def _of_year(clause: Clause, draft: Draft, fiscal_month: int) -> tuple[int, int]:
    """Return the month and the day of the month, -1 for the last, that a date in any year stands for."""
    if clause.bound in ("after", "from"):
        raise fail(clause, "ambiguous", "is no day of the cycle")
    strict = clause.bound == "before"
    if draft.current and draft.finer:
        raise fail(clause, "leftover", "names two periods")
    last = draft.day == -1 or draft.units[:1] == [("day", -1)]
    draft.year, draft.shift, draft.current, draft.tail = _ANY_YEAR, None, "", False
    if draft.season == 4 or draft.marker == "academic":
        draft.year2 = _ANY_YEAR + 1
    try:
        period = draft.period(fiscal_month)
        point = draft.point
        if point == "begin" and clause.bound not in ("by", "to", "before"):
            point = "early"
        day = upper_day(Edge(period, point, strict), None, fiscal_month)
    except NoSuchPeriodError as error:
        raise fail(clause, error.reason, str(error)) from error
    if day is None or period.unit == "week":
        raise fail(clause, "ambiguous", "is no day of the cycle")
    ends = day == last_of_month(day.year, day.month) and point not in ("begin", "mid")
    return day.month, -1 if (last and not strict) or (ends and (period.unit != "day" or strict)) else day.day


def _of_month(clause: Clause, draft: Draft) -> int:
    """Return the day of the month, -1 for the last, that a date in any month stands for."""
    if clause.bound in ("before", "after", "from"):
        raise fail(clause, "ambiguous", "is no day of the cycle")
    units = [(unit, n) for unit, n in draft.units if unit != "month"]
    day = draft.day or draft.num
    if day and not units and not draft.point:
        if not 1 <= day <= 31:
            raise fail(clause, "no-such-day", "is no day of a month")
        return day
    if len(units) == 1 and not day and not draft.point:
        unit, n = units[0]
        if unit == "day" and (n == -1 or 1 <= n <= 31):
            return n
        if n in _DAY_OF_MONTH.get(unit, {}):
            return _DAY_OF_MONTH[unit][n]
    if not units and not day:
        if draft.point == "begin" and clause.bound in ("by", "to"):
            return 1
        return _POINT_OF_MONTH[draft.point] if draft.point else -1
    raise fail(clause, "no-such-period", "is no day of the cycle")
