"""From clauses to a reading: shared parts are filled in, bounds are paired, and the kind is settled."""

from dataclasses import dataclass, field
from itertools import pairwise

from .drafts import Clause, Draft
from .model import Cycle, Edge, Kind, NotUnderstoodError, Period, Span
from .periods import NoSuchPeriodError, last_of_month

_UPPER = ("by", "before", "to")
_LOWER = ("from", "after")
# The separators over which one bound governs a list.
_LIST = (",", "&", ",&")


@dataclass(slots=True)
class Statement:
    """Hold one deadline before it has dates."""

    kind: Kind
    lower: Edge | None = None
    upper: Edge | None = None
    cycle: Cycle | None = None
    span: Span | None = None
    parts: list["Statement"] = field(default_factory=list)
    clause: Clause | None = None


def fail(clause: Clause, reason: str, message: str) -> NotUnderstoodError:
    """Return the refusal of a clause."""
    return NotUnderstoodError(reason, message, clause.start, clause.end)


# -- labels, weekdays, containers


def settle(clauses: list[Clause]) -> list[Clause]:
    """Apply labels to the dates they introduce, and join what was written apart."""
    if len(clauses) == 1 and clauses[0].name == "dates" and len(clauses[0].drafts) == 1:
        return clauses
    clauses = _labels(clauses)
    kept: list[Clause] = []
    for clause in clauses:
        before = kept[-1] if kept else None
        if clause.name == "weekday":
            if before is None or before.name != "dates" or before.drafts[-1].weekday is not None:
                raise fail(clause, "leftover", "a weekday needs its date")
            before.drafts[-1].weekday = int(clause.value)
            before.end = clause.end
            continue
        kept.append(clause)
    return _containers(kept)


def _labels(clauses: list[Clause]) -> list[Clause]:
    kept: list[Clause] = []
    label = ""
    for at, clause in enumerate(clauses):
        if clause.name == "label":
            label = clause.value
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
    if clause.name != "dates" or clause.bound not in ("", "in"):
        return
    if label == "start":
        clause.bound = "from"
    elif label == "due" and len(clause.drafts) == 1 and not clause.during:
        clause.bound = "by"


def _containers(clauses: list[Clause]) -> list[Clause]:
    """Let a year that comes first hold what follows: "2023: Q1, Q3", "2023 (IV квартал)"."""
    dates = [c for c in clauses if c.name == "dates"]
    for clause in dates:
        if len(clause.drafts) == 2 and _bare_year(clause.drafts[0]) and _undated(clause.drafts[1]):
            clause.drafts[1].year = clause.drafts[0].year
            del clause.drafts[0]
    for left, right in zip(dates[-2::-1], dates[:0:-1], strict=True):
        _school_years(left, right)
    if _holds(clauses, dates):
        head = dates[0]
        for clause in dates[1:]:
            for draft in clause.drafts:
                draft.year = head.drafts[0].year
        dates[1].during = dates[1].during or head.during
        dates[1].sep = head.sep
        return clauses[1:]
    return clauses


def _school_years(left: Clause, right: Clause) -> None:
    """Let "academic years" name all of a list: "2022-2023 and 2023-2024 academic years"."""
    year = right.drafts[0]
    if year.marker != "academic" or right.sep not in _LIST or not all(map(_bare_year, left.drafts)):
        return
    if len(left.drafts) != 2 or left.drafts[1].year != left.drafts[0].year + 1:
        raise fail(left, "ambiguous", "may be academic years or not")
    left.drafts[0].year2, left.drafts[0].marker = left.drafts[1].year, "academic"
    del left.drafts[1]


def _holds(clauses: list[Clause], dates: list[Clause]) -> bool:
    """Tell whether the first clause is a year, and all other dates are without one."""
    if len(dates) < 2 or clauses[0] is not dates[0] or clauses[1] is not dates[1]:
        return False
    head, second = dates[0], dates[1]
    if len(head.drafts) > 1 or not _bare_year(head.drafts[0]) or head.bound not in ("", "in") or head.post:
        return False
    alone = len(clauses) == 2 and len(second.drafts) == 1
    joined = second.sep in (",", ":", "(") or (alone and second.sep == "/")
    joined = joined or (not second.sep and second.bound in ("", "in"))
    return joined and all(_undated(draft) for clause in dates[1:] for draft in clause.drafts)


def _bare_year(draft: Draft) -> bool:
    return bool(draft.year) and not (draft.finer or draft.point or draft.marker or draft.year2)


def _undated(draft: Draft) -> bool:
    return draft.finer and not draft.dated


def _same_part(clause: Clause) -> None:
    """Refuse "Q4 2022-2025": from Q4 2022 to 2025, or Q4 of each of these years."""
    first, last = clause.drafts[0], clause.drafts[-1]
    part = first if first.finer else last
    years = (
        _bare_year(last)
        if first.finer
        else (_bare_year(first) and first.end - first.start == 1 and last.finer and last.year_first)
    )
    if years and not part.isoweek and first.year and last.year:
        raise fail(
            clause,
            "ambiguous",
            "may begin with that part of the first year, or name it in each of these years",
        )


# -- shared parts


def fill(drafts: list[Draft]) -> None:
    """Take a missing number's unit, month and year from the right, or from a year that came first."""
    if len(drafts) < 2:
        return
    for left, right in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        _from_right(left, right)
    for left, right in pairwise(drafts):
        _from_left(right, left)
    for left, right in zip(drafts[-2::-1], drafts[:0:-1], strict=True):
        if not left.dated and (right.finer or right.point):
            _copy_year(left, right)


def _copy_year(draft: Draft, other: Draft) -> None:
    draft.year, draft.shift = other.year, other.shift
    draft.marker = draft.marker or other.marker
    if other.current and not draft.finer:
        draft.current = other.current


def _from_right(draft: Draft, right: Draft) -> None:
    if draft.num:
        if right.units:
            draft.units = [(right.units[0][0], draft.num), *right.units[1:]]
            draft.month, draft.num = draft.month or right.month, 0
        elif right.day:
            draft.day, draft.month, draft.num = draft.num, right.month, 0
    elif draft.point and not draft.finer and not draft.dated:
        draft.units, draft.month, draft.season = list(right.units), right.month, right.season
        draft.day = right.day
    elif draft.day and not draft.month:
        draft.month = right.month
    elif draft.units and right.units and draft.units[0][0] == right.units[0][0] and not draft.month:
        draft.month = right.month
        if len(draft.units) < len(right.units):
            draft.units = [draft.units[0], *right.units[1:]]
    # "March; 2023" may be March 2023 or not.
    if not draft.dated and (right.finer or right.point):
        _copy_year(draft, right)


def _from_left(draft: Draft, left: Draft) -> None:
    if draft.num:
        if left.units:
            draft.units, draft.num = [(left.units[0][0], draft.num)], 0
        elif left.day:
            draft.day, draft.month, draft.num = draft.num, left.month, 0
    elif draft.day and not draft.month and left.day:
        draft.month = left.month
    if not draft.dated and left.year_first and (left.finer or left.point):
        _copy_year(draft, left)
        draft.year_first = True


# -- bounds


class Combiner:
    """Combine the clauses of one phrase into one statement."""

    def __init__(self, fiscal_month: int) -> None:
        self.fiscal_month = fiscal_month

    def edge(self, clause: Clause, draft: Draft, bound: str = "") -> Edge:
        """Return the edge that a draft names.

        Raises:
            NotUnderstoodError: It names none.
        """
        if not draft.dated:
            what = "the year" if draft.finer or draft.point else "the date"
            raise NotUnderstoodError(
                "no-year", f"{what} is missing", draft.start, max(draft.end, draft.start + 1)
            )
        try:
            period = draft.period(self.fiscal_month)
        except NoSuchPeriodError as error:
            raise NotUnderstoodError(error.reason, str(error), draft.start, draft.end) from error
        if period.unit == "day" and period.n == -1 and period.year:
            day = last_of_month(period.year, period.month).day
            period = Period("day", period.year, day, period.month)
        point = draft.point
        named = draft.month or draft.season or draft.day
        if draft.bare and (named or not (draft.finer or point or clause.during or draft.year)):
            raise NotUnderstoodError("no-year", "the year is missing", draft.start, draft.end)
        if draft.tail:
            raise fail(clause, "leftover", "belongs to something that recurs")
        if point == "begin":
            if bound == "after":
                raise fail(clause, "ambiguous", "may be after the first day or after the first months")
            point = "early" if bound in ("", "in") else "begin"
        if point and period.unit == "day":
            raise NotUnderstoodError("no-such-period", "a day has no such part", draft.start, draft.end)
        return Edge(period, point, bound in ("before", "after"))

    def dates(self, clauses: list[Clause]) -> list[Statement]:
        """Return the statements that clauses of dates make, bounds paired, in their order."""
        if len(clauses) == 1:
            return [self._statement(clauses[0])]
        clauses = self._paired(clauses)
        self._distribute(clauses)
        for clause in clauses[1:]:
            if not clause.sep.strip("(:"):
                raise fail(clause, "leftover", "is not joined to what comes before")
        self._unambiguous(clauses)
        return [self._statement(clause) for clause in clauses]

    def _paired(self, clauses: list[Clause]) -> list[Clause]:
        kept: list[Clause] = []
        for clause in clauses:
            before = kept[-1] if kept else None
            if before is not None and self._pairs(before, clause):
                before.drafts = [before.drafts[0], clause.drafts[-1]]
                before.value = f"{before.bound}-{clause.bound}"
                before.during = before.during or clause.during
                before.end, before.bound = clause.end, "range"
                continue
            kept.append(clause)
        if len(kept) == 2 and kept[0].bound in _UPPER and kept[1].bound in _LOWER:
            upper, lower = kept
            if len(upper.drafts) == len(lower.drafts) == 1:
                lower.drafts.append(upper.drafts[0])
                lower.value = f"{lower.bound}-{upper.bound}"
                lower.bound, lower.sep = "range", upper.sep
                return [lower]
        return kept

    @staticmethod
    def _pairs(before: Clause, clause: Clause) -> bool:
        """Tell whether two clauses are the two ends of one range."""
        if len(before.drafts) != 1 or (len(clause.drafts) != 1 and clause.bound != "between"):
            return False
        if before.bound in _LOWER:
            ends = clause.bound in ("", "in") and clause.drafts[0].point == "end" and not clause.during
            return clause.bound in _UPPER or ends
        if before.bound in ("", "in") and not before.post:
            if clause.bound == "to":
                return clause.sep == "" and not clause.post
            if clause.bound == "between" and clause.post and len(clause.drafts) == 1:
                return clause.sep == "&"
        return False

    @staticmethod
    def _distribute(clauses: list[Clause]) -> None:
        """Let one bound govern a list: "by March and June 2023", "1 наурызға және 1 маусымға дейін"."""
        for left, right in pairwise(clauses):
            if right.bound or right.sep not in _LIST:
                continue
            if left.bound in _UPPER and not left.post and len(left.drafts) == len(right.drafts) == 1:
                right.bound = left.bound
            right.during = right.during or left.during
        for left, right in zip(clauses[-2::-1], clauses[:0:-1], strict=True):
            if left.bound or right.sep not in _LIST or not right.post or right.bound not in _UPPER:
                continue
            if len(left.drafts) == len(right.drafts) == 1:
                left.bound, left.post = right.bound, True

    @staticmethod
    def _unambiguous(clauses: list[Clause]) -> None:
        """Refuse "June 2023, 2024": the second may be a year, or June of that year."""
        for left, right in pairwise(clauses):
            named = left.drafts[-1].finer or left.drafts[-1].point
            if right.sep not in (*_LIST, "/") or not named or left.drafts[-1].year_first:
                continue
            if _bare_year(right.drafts[0]) and right.bound == left.bound:
                raise fail(right, "ambiguous", "may be a whole year or the same part of it")

    def _statement(self, clause: Clause) -> Statement:
        first, last = clause.drafts[0], clause.drafts[-1]
        bound = clause.bound
        if len(clause.drafts) == 1 and bound != "between":
            return self._single(clause, first, bound)
        if bound in ("by", "to", "before"):
            _same_part(clause)
            return Statement(
                Kind.BY, None, self.edge(clause, first if bound == "before" else last, bound), clause=clause
            )
        if bound == "after":
            return Statement(Kind.SINCE, self.edge(clause, last, bound), clause=clause)
        if len(clause.drafts) == 1:
            raise fail(clause, "incomplete", "names only one end of a range")
        if not clause.value and bound != "between":
            _same_part(clause)
        lower_bound, _, upper_bound = clause.value.partition("-")
        lower = self.edge(clause, first, lower_bound)
        upper = self.edge(clause, last, upper_bound)
        # "from the beginning of X" is its first day; written as a period it is the same day.
        kind = Kind.WITHIN if clause.during else Kind.RANGE
        return Statement(kind, lower, upper, clause=clause)

    def _single(self, clause: Clause, draft: Draft, bound: str) -> Statement:
        edge = self.edge(clause, draft, bound)
        if bound in _UPPER:
            return Statement(Kind.BY, None, edge, clause=clause)
        if bound in _LOWER:
            return Statement(Kind.SINCE, edge, clause=clause)
        if edge.point in ("mid", "end"):
            return Statement(Kind.BY, None, edge, clause=clause)
        return Statement(Kind.WITHIN if clause.during else Kind.ON, edge, edge, clause=clause)
