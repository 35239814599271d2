"""The plan in time, as of a date: which window each deliverable has, on an axis of whole years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from followup_cli.glossary import State
from followup_cli.store.progress import Standing

# How far from the plan's own years the as-of day may be and still be on the axis.
_STRETCH = 2


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole years from `first` (1 January) to `last` (31 December)."""

    first: date
    last: date

    def at(self, day: date, *, end: bool = False) -> float:
        """Place a day on the axis: 0 is its beginning, 1 its end; `end` means the end of that day.

        Days off the axis are placed at its ends.
        """
        days = (day - self.first).days + (1 if end else 0)
        return min(1.0, max(0.0, days / ((self.last - self.first).days + 1)))

    def years(self) -> list[date]:
        """List the first days of the years."""
        return [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]

    def quarters(self) -> list[date]:
        """List the first days of the quarters."""
        return [date(year.year, month, 1) for year in self.years() for month in (1, 4, 7, 10)]

    def holds(self, day: date) -> bool:
        """Tell whether a day is on the axis."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Span:
    """One deliverable in time: its window from `start` to `due`, both inclusive.

    `start` is the plan's adoption where the deadline names none (`stated` is False then); `due` is None
    for what has no due date.
    """

    id: str
    activity: int
    section: str
    title: str
    start: date
    stated: bool
    due: date | None
    state: State
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All deliverables in the plan's order, the axis that shows them, and the day they are judged as of."""

    axis: Axis
    as_of: date
    spans: tuple[Span, ...]


def timeline(standings: Iterable[Standing], as_of: date) -> Timeline:
    """Lay out deliverables in time as of a date."""
    spans = tuple(
        Span(
            id=s.facts.id,
            activity=s.facts.activity,
            section=s.facts.section,
            title=s.facts.title,
            start=s.facts.opens if s.facts.due is None else min(s.facts.opens, s.facts.due),
            stated=s.facts.start is not None,
            due=s.facts.due,
            state=s.state,
            days_left=s.days_left,
        )
        for s in standings
    )
    return Timeline(_axis(spans, as_of), as_of, spans)


def _axis(spans: tuple[Span, ...], as_of: date) -> Axis:
    years = [span.start.year for span in spans] + [span.due.year for span in spans if span.due]
    first, last = (min(years), max(years)) if years else (as_of.year, as_of.year)
    if first - _STRETCH <= as_of.year <= last + _STRETCH:
        first, last = min(first, as_of.year), max(last, as_of.year)
    return Axis(date(first, 1, 1), date(last, 12, 31))
