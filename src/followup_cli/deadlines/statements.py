"""From clauses to a statement: shared parts are filled in, bounds are paired, and the kind is settled."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from .calendar import NoSuchPeriodError, last_of_month
from .model import ADOPTION, Cycle, DeadlineKind, Edge, Length, NotUnderstoodError, Period
from .sketches import Clause, Sketch

UPPER = ("by", "before", "to")
LOWER = ("from", "after")
# The separators over which one bound governs a list.
LIST = (",", "&", ",&")
# The number by which a spreadsheet counts the first day of 2000; the double of it is in 2100.
_SERIAL = 36526
SAME_PART = "may begin with that part of the first year, or name it in each of these years"


@dataclass(slots=True)
class Statement:
    """Hold one deadline before it has dates; a period that is both ends is `window`."""

    kind: DeadlineKind
    lower: Edge | None = None
    upper: Edge | None = None
    cycle: Cycle | None = None
    length: Length | None = None
    parts: list["Statement"] = field(default_factory=list)
    clause: Clause | None = None
    window: Edge | None = None
    ends: tuple[Edge, Edge] | None = None
    """Both ends of a range that one bound governs, which must not run backwards: "by 2023-2025"."""

    @property
    def relative(self) -> bool:
        """Tell whether an end is counted from the adoption date."""
        return any(e and e.period.year is None for e in (self.lower, self.upper, self.window))

    @property
    def fiscal(self) -> bool:
        """Tell whether an end is of a fiscal year."""
        return any(e and e.period.fiscal for e in (self.lower, self.upper, self.window))

    @property
    def split(self) -> bool:
        """Tell whether an end is of a year that is written in two."""
        return any(e and e.period.split for e in (self.lower, self.upper, self.window))


def fail(clause: Clause, reason: str, message: str) -> NotUnderstoodError:
    """Return the refusal of a clause."""
    return NotUnderstoodError(reason, message, clause.start, clause.end)


# -- labels, weekdays, containers


def settle(clauses: list[Clause]) -> list[Clause]:
    """Apply labels to the dates they introduce, and join what was written apart."""
    if len(clauses) == 1 and clauses[0].name == "dates" and clauses[0].single:
        return clauses
    kept: list[Clause] = []
    for clause in _labels(clauses):
        before = kept[-1] if kept else None
        if clause.name == "weekday":
            if before is None or before.name != "dates" or before.sketches[-1].weekday is not None:
                raise fail(clause, "leftover", "a weekday needs its date")
            before.sketches[-1].weekday = int(clause.value)
            before.end = clause.end
            continue
        kept.append(clause)
    return _containers(kept)


def _labels(clauses: list[Clause]) -> list[Clause]:
    kept: list[Clause] = []
    label = ""
    for at, clause in enumerate(clauses):
        if clause.name == "label":
            # "first report due": of two labels in a row, the one of the first time says more.
            label = label if label == "first" else clause.value
            if at + 1 < len(clauses):
                continue
            if not kept:
                raise fail(clause, "incomplete", "nothing follows")
            _label(kept[-1], label)
            continue
        _label(clause, label)
        label = ""
        kept.append(clause)
    return kept


def _label(clause: Clause, label: str) -> None:
    """Make a bound of what a label introduces, unless it has one."""
    clause.label = label
    if clause.name != "dates" or clause.bound not in ("", "in"):
        return
    if label == "start":
        clause.bound = "from"
    elif label in ("due", "report", "first") and clause.single and not clause.during:
        clause.bound = "by"
        # "Deadline: beginning of 2024" is no "by the beginning of 2024".
        sketch = clause.sketches[0]
        sketch.point = "early" if sketch.point == "begin" else sketch.point


def _containers(clauses: list[Clause]) -> list[Clause]:
    """Let a year that comes first hold what follows: "2023: Q1, Q3", "2023 (IV квартал)"."""
    dates = [c for c in clauses if c.name == "dates"]
    for clause in dates:
        if len(clause.sketches) == 2 and clause.sketches[0].bare_year and clause.sketches[1].undated:
            clause.sketches[1].year = clause.sketches[0].year
            del clause.sketches[0]
    for left, right in zip(dates[-2::-1], dates[:0:-1], strict=True):
        _school_years(left, right)
    if not _holds(clauses, dates):
        return clauses
    head = dates[0]
    for clause in dates[1:]:
        for sketch in clause.sketches:
            sketch.year = head.sketches[0].year
    dates[1].during = dates[1].during or head.during
    dates[1].sep = head.sep
    return clauses[1:]


def _school_years(left: Clause, right: Clause) -> None:
    """Let "academic years" name all of a list: "2022-2023 and 2023-2024 academic years"."""
    marker, first = right.sketches[0].marker, left.sketches[0]
    if not marker or right.sep not in LIST:
        return
    if left.single and first.year2 and not first.finer:
        first.marker = first.marker or marker
    if not all(s.bare_year for s in left.sketches):
        return
    if marker == "fiscal" and left.single:
        left.sketches[0].marker = marker
        return
    if len(left.sketches) != 2 or left.sketches[1].year != left.sketches[0].year + 1:
        if marker == "fiscal":
            return
        raise fail(left, "ambiguous", "may be academic years or not")
    left.sketches[0].year2, left.sketches[0].marker = left.sketches[1].year, marker
    del left.sketches[1]


def _holds(clauses: list[Clause], dates: list[Clause]) -> bool:
    """Tell whether the first clause is a year, and all other dates are without one."""
    if len(dates) < 2 or clauses[:2] != dates[:2]:
        return False
    head, second = dates[0], dates[1]
    if not (head.single and head.sketches[0].bare_year) or head.bound not in ("", "in") or head.post:
        return False
    alone = len(clauses) == 2 and second.single
    open_ = not second.sep and second.bound in ("", "in")
    joined = open_ or second.sep in (",", ":", "(") or (alone and second.sep == "/")
    return joined and all(sketch.undated for clause in dates[1:] for sketch in clause.sketches)


# -- shared parts


def fill(sketches: list[Sketch]) -> None:
    """Take a missing number's unit, month and year from the right, or from a year that came first."""
    if len(sketches) < 2:
        return
    backwards = list(zip(sketches[-2::-1], sketches[:0:-1], strict=True))
    whole = [sketch.dated for sketch in sketches]
    for left, right in backwards:
        _from_right(left, right)
        # "March; 2023" may be March 2023 or not.
        _year_from(left, right)
    for (left, right), dated in zip(pairwise(sketches), whole, strict=False):
        _from_left(right, left, apart=dated and right.dated)
        if left.year_first and not right.dated and (left.finer or left.point):
            _year_from(right, left)
            right.year_first = True
    for left, right in backwards:
        _year_from(left, right)


def _year_from(sketch: Sketch, other: Sketch) -> None:
    """Take a missing year from a neighbour that names more than a year."""
    if sketch.dated or not (other.finer or other.point):
        return
    sketch.year, sketch.shift, sketch.year2 = other.year, other.shift, sketch.year2 or other.year2
    sketch.marker = sketch.marker or other.marker
    if other.current and not sketch.finer:
        sketch.current = other.current


def _count(sketch: Sketch, other: Sketch, units: list[tuple[str, int]]) -> None:
    """Let a number alone count what its neighbour counts: "I-III quarters", "1 and 15 March"."""
    if units:
        sketch.units, sketch.num = [(units[0][0], sketch.num), *units[1:]], 0
    elif other.day:
        sketch.day, sketch.month, sketch.num = sketch.num, other.month, 0


def _from_right(sketch: Sketch, right: Sketch) -> None:
    if sketch.num:
        # "1 2023" is no day of the month that comes later.
        if sketch.year_first or not sketch.dated:
            _count(sketch, right, right.units)
            sketch.month = sketch.month or (right.month if sketch.units else 0)
    elif sketch.point and not sketch.finer and not sketch.dated:
        sketch.units, sketch.month, sketch.season = list(right.units), right.month, right.season
        sketch.day = right.day
    elif sketch.day and not sketch.month:
        sketch.month = right.month
    elif sketch.units and not sketch.month:
        _share(sketch, right)


def _from_left(sketch: Sketch, left: Sketch, *, apart: bool) -> None:
    """Take what is missing from the left; not the month where both are `apart`, with years of their own."""
    if apart and left.day:
        return  # "15 June 2023, 24 2024" is no day of June
    if sketch.num:
        _count(sketch, left, left.units[:1])
    elif sketch.day and not sketch.month and left.day:
        sketch.month = left.month


def _share(sketch: Sketch, right: Sketch) -> None:
    """Take the month, or the larger part of the year, from a neighbour that counts the same unit."""
    if right.units and sketch.units[0][0] == right.units[0][0]:
        sketch.month = right.month
        if len(sketch.units) < len(right.units):
            sketch.units = [sketch.units[0], *right.units[1:]]


# -- bounds


def edge(clause: Clause, sketch: Sketch, bound: str = "") -> Edge:
    """Return the edge that a sketch names.

    Raises:
        NotUnderstoodError: It names none.
    """
    if not sketch.dated:
        what = "the year" if sketch.finer or sketch.point else "the date"
        message = f"{what} is missing"
        if _SERIAL <= sketch.num <= 2 * _SERIAL:
            shown = date(1899, 12, 30) + timedelta(days=sketch.num)
            message = f"is a number; a spreadsheet shows it as {shown}"
        raise NotUnderstoodError("no-year", message, sketch.start, max(sketch.end, sketch.start + 1))
    try:
        period = sketch.period()
    except NoSuchPeriodError as error:
        raise NotUnderstoodError(error.reason, str(error), sketch.start, sketch.end) from error
    if period.unit == "day" and period.n == -1 and period.year:
        day = last_of_month(period.year, period.month).day
        period = Period("day", period.year, day, period.month)
    if sketch.bare and _is_of_a_year(clause, sketch):
        raise NotUnderstoodError("no-year", "the year is missing", sketch.start, sketch.end)
    if sketch.tail:
        raise fail(clause, "leftover", "belongs to something that recurs")
    return Edge(period, _point(clause, sketch, bound, period), bound in ("before", "after"))


def _is_of_a_year(clause: Clause, sketch: Sketch) -> bool:
    """Tell whether "the year" alone cannot be the adoption's: "March of the year", "the year"."""
    named = sketch.month or sketch.season or sketch.day
    return bool(named) or not (sketch.finer or sketch.point or clause.during or sketch.year)


def _point(clause: Clause, sketch: Sketch, bound: str, period: Period) -> str | None:
    point = sketch.point
    if point == "begin":
        if bound == "after":
            raise fail(clause, "ambiguous", "may be after the first day or after the first months")
        point = "early" if bound in ("", "in") else "begin"
    if point and period.unit == "day":
        raise NotUnderstoodError("no-such-period", "a day has no such part", sketch.start, sketch.end)
    return point


def date_statements(clauses: list[Clause]) -> list[Statement]:
    """Return the statements that clauses of dates make, bounds paired, in their order."""
    if len(clauses) == 1:
        return [_statement(clauses[0])]
    clauses = _paired(clauses)
    _distribute(clauses)
    for clause in clauses[1:]:
        if not clause.sep.strip("(:"):
            raise fail(clause, "leftover", "is not joined to what comes before")
    _unambiguous(clauses)
    return [_statement(clause) for clause in clauses]


def _paired(clauses: list[Clause]) -> list[Clause]:
    kept: list[Clause] = []
    for clause in clauses:
        before = kept[-1] if kept else None
        if before is not None and _pairs(before, clause):
            before.sketches = [before.sketches[0], clause.sketches[-1]]
            before.value = f"{before.bound}-{clause.bound}"
            before.during = before.during or clause.during
            before.end, before.bound = clause.end, "range"
            continue
        kept.append(clause)
    if len(kept) == 2 and kept[0].bound in UPPER and kept[1].bound in LOWER:
        upper, lower = kept
        if upper.single and lower.single:
            lower.sketches.append(upper.sketches[0])
            lower.value = f"{lower.bound}-{upper.bound}"
            lower.bound, lower.sep = "range", upper.sep
            return [lower]
    return kept


def _pairs(before: Clause, clause: Clause) -> bool:
    """Tell whether two clauses are the two ends of one range."""
    if not before.single or not (clause.single or clause.bound == "between"):
        return False
    if before.bound in LOWER:
        ends = clause.bound in ("", "in") and clause.sketches[0].point == "end" and not clause.during
        return clause.bound in UPPER or ends
    if before.bound not in ("", "in") or before.post:
        return False
    if clause.bound == "to":
        return clause.sep == "" and not clause.post
    return clause.bound == "between" and clause.post and clause.single and clause.sep == "&"


def _distribute(clauses: list[Clause]) -> None:
    """Let one bound govern a list: "by March and June 2023", "1 наурызға және 1 маусымға дейін"."""
    for left, right in pairwise(clauses):
        if not right.bound and right.sep in LIST:
            if not left.post and _shares(left, right):
                _refuse_apart(left, right)
                right.bound = left.bound
            right.during = right.during or left.during
    for left, right in zip(clauses[-2::-1], clauses[:0:-1], strict=True):
        if not left.bound and right.sep in LIST and right.post and _shares(right, left):
            _refuse_apart(right, left)
            left.bound, left.post = right.bound, True


def _shares(bounded: Clause, other: Clause) -> bool:
    """Tell whether an upper bound may govern a neighbour of its clause too."""
    return bounded.bound in UPPER and bounded.single and other.single


def _refuse_apart(bounded: Clause, other: Clause) -> None:
    """Refuse "before 1 March 2023, June 2023": before that too, or in it."""
    if bounded.bound == "before" and bounded.sketches[0].dated and other.sketches[0].dated:
        raise fail(other, "ambiguous", "may be a bound too, or a time of its own")


def _unambiguous(clauses: list[Clause]) -> None:
    """Refuse "June 2023, 2024": a year, or June of that year; "from 2023 and 2024": which of them begins it."""
    for left, right in pairwise(clauses):
        bounds = {left.bound, right.bound}
        years = left.sketches[-1].bare_year and right.sketches[0].bare_year
        if right.sep in LIST and years and "" in bounds and bounds & set(LOWER):
            raise fail(right, "ambiguous", "may be a second start, or a year of its own")
        last = left.sketches[-1]
        if right.sep not in (*LIST, "/") or not (last.finer or last.point) or last.year_first:
            continue
        if right.sketches[0].bare_year and right.bound == left.bound:
            raise fail(right, "ambiguous", "may be a whole year or the same part of it")


def _same_part(clause: Clause) -> None:
    """Refuse "Q4 2022-2025": from Q4 2022 to 2025, or Q4 of each of these years."""
    first, last = clause.sketches[0], clause.sketches[-1]
    if first.finer:
        years = first.year and last.bare_year
    else:
        years = first.bare_year and first.end - first.start == 1 and last.finer and last.year_first
    if years and not last.isoweek:
        raise fail(clause, "ambiguous", SAME_PART)


def _statement(clause: Clause) -> Statement:
    first, last = clause.sketches[0], clause.sketches[-1]
    bound = clause.bound
    if clause.single and bound != "between":
        return _single(clause, first, bound)
    if not clause.value and bound != "between":
        _same_part(clause)
    if bound in UPPER:
        lower, upper = edge(clause, first, bound), edge(clause, last, bound)
        if lower.period.unit != upper.period.unit:
            raise fail(clause, "ambiguous", "is bounded by two different periods")
        ends = replace(lower, strict=False), replace(upper, strict=False)
        nearest = lower if bound == "before" else upper
        return Statement(DeadlineKind.BY, None, nearest, clause=clause, ends=ends)
    if clause.single:
        raise fail(clause, "incomplete", "names only one end of a range")
    lower_bound, _, upper_bound = clause.value.partition("-")
    lower, upper = edge(clause, first, lower_bound), edge(clause, last, upper_bound)
    kind = DeadlineKind.WITHIN if clause.during else DeadlineKind.RANGE
    return Statement(kind, lower, upper, clause=clause)


def _single(clause: Clause, sketch: Sketch, bound: str) -> Statement:
    named = edge(clause, sketch, bound)
    if bound in LOWER:
        return Statement(DeadlineKind.SINCE, named, clause=clause)
    if bound in UPPER or named.point in ("mid", "end"):
        return Statement(DeadlineKind.BY, None, named, clause=clause)
    kind = DeadlineKind.WITHIN if clause.during else DeadlineKind.ON
    return Statement(kind, window=named, clause=clause)


# -- what the clauses say together


def fill_clauses(clauses: list[Clause]) -> None:
    """Fill in what the periods of all clauses share."""
    fill([sketch for clause in clauses for sketch in clause.sketches])


def several(clauses: list[Clause]) -> Statement:
    """Return what clauses of dates alone say: one deadline, several, or, without any, that there is none."""
    if not clauses:
        return Statement(DeadlineKind.UNDETERMINED)
    statements = date_statements(clauses)
    return statements[0] if len(statements) == 1 else Statement(DeadlineKind.MULTIPLE, parts=statements)


def outer(statements: list[Statement], clauses: list[Clause]) -> Statement:
    """Return the bounds of years that follow each other ("in 2023 and 2024"), or the one statement.

    Raises:
        NotUnderstoodError: There is a second time, which is not the next year.
    """
    first, last = statements[0], statements[-1]
    _refuse_two_ends(clauses)
    if len(statements) == 1:
        return first
    for left, right in pairwise(statements):
        years = [_year_of(left.window or left.upper), _year_of(right.window or right.lower)]
        open_ = (left.window or left.lower) is None or (right.window or right.upper) is None
        if open_ or not all(years):
            raise fail(clauses[1], "ambiguous", "is a second time for what recurs")
        if years[0] + 1 != years[1]:
            raise fail(clauses[1], "ambiguous", "leaves out a year of what recurs")
    return Statement(first.kind, first.window or first.lower, last.window or last.upper, clause=first.clause)


def _refuse_two_ends(clauses: list[Clause]) -> None:
    for clause in clauses:
        if clause.bound in UPPER and len(clause.sketches) > 1:
            raise fail(clause, "ambiguous", "may end with the first of these years or with the last")


def _year_of(edge: Edge | None) -> int:
    """Return the year that an edge is, or 0."""
    whole = edge is not None and not edge.point and not edge.strict and edge.period.unit == "year"
    return (edge.period.year or 0) if edge is not None and whole else 0


def ongoing(clauses: list[Clause]) -> Statement:
    """Return permanent work, with the bounds that are written."""
    for clause in clauses:
        if clause.name in ("span", "event"):
            raise fail(clause, "leftover", "does not fit what is ongoing")
        if clause.label in ("first", "report"):
            raise fail(clause, "ambiguous", "is the day of a report, and not the end of what is ongoing")
        if clause.name == "dates" and clause.sep.endswith("&") and clause.bound in ("", "in"):
            raise fail(clause, "ambiguous", "may bound what is ongoing or be a deadline besides")
    dates = [c for c in clauses if c.name == "dates"]
    if not dates:
        return Statement(DeadlineKind.ONGOING)
    bounds = outer(date_statements(dates), dates)
    return Statement(
        DeadlineKind.ONGOING, bounds.lower, bounds.upper, clause=bounds.clause, window=bounds.window
    )


def relative(clauses: list[Clause], from_date: Callable[[Edge, Length], Statement]) -> Statement:
    """Return what is counted from an event: a length of time, its event, or an event alone.

    Args:
        clauses: All clauses of the phrase.
        from_date: Gives what a length says that is counted from a date.
    """
    lengths, events, dates = ([c for c in clauses if c.name == name] for name in ("span", "event", "dates"))
    if not events and _opens(lengths, dates):
        lengths[0].anchor, dates = dates[0].sketches[0], []
    if not lengths and _pairs_event(events, dates):
        return _from_event(events[0], dates[0])
    _refuse_second(lengths, events, dates)
    if not lengths:
        return Statement(DeadlineKind.RELATIVE, length=_event_alone(events[0]), clause=events[0])
    return _counted(lengths[0], events, from_date)


def _counted(
    clause: Clause, events: list[Clause], from_date: Callable[[Edge, Length], Statement]
) -> Statement:
    """Return what a length of time says, counted from an event, a date or the adoption."""
    if events and events[0].bound in ("by", "to") and not events[0].sep:
        # "за 2 недели до выборов" ends before a day that is not known.
        before = Length("due", days=-1, event=events[0].value)
        return Statement(DeadlineKind.RELATIVE, length=before, clause=events[0])
    event = (events or [clause])[0].value or "adoption"
    length = Length(clause.sides, clause.months, clause.days, clause.workdays, event)
    if clause.anchor is None:
        return Statement(DeadlineKind.RELATIVE, length=length, clause=clause)
    anchor = edge(clause, clause.anchor, "from")
    if anchor.period.unit != "day" and anchor.point not in ("begin", "mid", "end"):
        raise fail(clause, "ambiguous", "counts from a period, which may be its first day or its last")
    return from_date(anchor, length)


def _opens(lengths: list[Clause], dates: list[Clause]) -> bool:
    """Tell whether one length of time is counted from one date: "from 1 March 2023, within 3 months"."""
    if len(lengths) != 1 or len(dates) != 1 or lengths[0].sides != "both":
        return False
    return dates[0].bound == "from" and dates[0].single


def _pairs_event(events: list[Clause], dates: list[Clause]) -> bool:
    """Tell whether an event and a date are the two ends of one range: "from adoption until 2025"."""
    if len(events) != 1 or len(dates) != 1 or dates[0].start < events[0].start:
        return False
    return events[0].bound in LOWER and dates[0].bound in UPPER and dates[0].single


def _from_event(event: Clause, until: Clause) -> Statement:
    if event.value != "adoption":
        raise fail(event, "ambiguous", "has no known day, and the date after it may be its own")
    lower = Edge(ADOPTION, strict=event.bound == "after")
    upper = edge(until, until.sketches[0], until.bound)
    return Statement(DeadlineKind.RANGE, lower, upper, clause=until)


def _refuse_second(lengths: list[Clause], events: list[Clause], dates: list[Clause]) -> None:
    """Refuse a date beside a length of time, a second length, or a second event."""
    named = bool(lengths and events and lengths[0].value)
    extra = dates or lengths[1:] or events[1:] or (events if named else [])
    if extra:
        raise fail(extra[0], "ambiguous", "is a second deadline")


def _event_alone(clause: Clause) -> Length:
    if clause.bound in LOWER:
        return Length("start", days=int(clause.bound == "after"), event=clause.value)
    return Length("due", days=-int(clause.bound == "before"), event=clause.value)
