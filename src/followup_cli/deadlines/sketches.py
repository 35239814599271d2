"""What is written of a period before it is known to be one, and the clauses it stands in."""

from dataclasses import dataclass, field
from datetime import date

from .calendar import NoSuchPeriodError
from .model import Cycle, Period

# How many months each part of the year has that can hold a month or a day.
_HOLDERS = {"quarter": 3, "third": 4, "half": 6, "year": 12}
_OF_A_MONTH = {
    "week": "month-week",
    "half": "half-month",
    "ten-days": "ten-days",
    "days": "days",
    "day": "day",
}
_OF_A_YEAR = {"week", "quarter", "third", "half", "months"}


@dataclass(slots=True)
class Sketch:
    """Collect what is written of one period; the year, the month or the unit may be missing."""

    start: int
    end: int = 0
    num: int = 0
    """A number with nothing to number yet: "I" in "I-III quarters"."""
    ordinal: bool = False
    """Whether that number was an ordinal, as a day of the month is."""
    day: int = 0
    month: int = 0
    year: int = 0
    year2: int = 0
    decade: int = 0
    units: list[tuple[str, int]] = field(default_factory=list)
    season: int = 0
    point: str | None = None
    shift: int | None = None
    """How many years, or units, after the adoption's."""
    bare: bool = False
    """Whether only the word for the unit was written: "the year"."""
    current: str = ""
    """The unit that is counted from the adoption date: "this month"."""
    holder: str = ""
    """A unit without a number that holds the rest: "the 10th of the month"."""
    marker: str = ""
    """academic or fiscal."""
    isoweek: tuple[int, int, int | None] | None = None
    weekday: int | None = None
    year_first: bool = False
    tail: bool = False
    """Whether words like "of the month after the quarter" were dropped."""
    apart: bool = False
    """Whether a comma sets the year apart: "December, 2022-2023"; not in "December 1, 2022"."""
    next_month: bool = False
    """Whether those words name the month after."""
    ablative: bool = False

    @property
    def finer(self) -> bool:
        """Tell whether something within a year is named."""
        return bool(self.num or self.day or self.month or self.units or self.season)

    @property
    def dated(self) -> bool:
        """Tell whether the year is known, or counted from the adoption date."""
        return bool(self.year or self.decade or self.isoweek) or self.shift is not None

    @property
    def empty(self) -> bool:
        """Tell whether nothing was written."""
        return not (self.finer or self.dated or self.point or self.weekday is not None or self.marker)

    @property
    def bare_year(self) -> bool:
        """Tell whether it is a year of the calendar and nothing else."""
        return bool(self.year) and not (self.finer or self.point or self.marker or self.year2)

    @property
    def undated(self) -> bool:
        """Tell whether it is a part of a year, and the year is missing."""
        return self.finer and not self.dated

    @property
    def counted(self) -> bool:
        """Tell whether it is a period counted from the adoption date, and no part of it."""
        return self.shift is not None and not (self.finer or self.holder)

    def period(self) -> Period:
        """Return the period that is named.

        Raises:
            NoSuchPeriodError: The parts do not make a period.
        """
        if self.isoweek:
            return self._week()
        if self.decade or self.current:
            return self._alone()
        if self.holder:
            raise NoSuchPeriodError(f"does not say which {self.holder}", "incomplete")
        if self.season:
            return self._season()
        if self.year2 or self.marker == "academic":
            return self._two_years()
        units = self._units()
        if self.num:
            raise NoSuchPeriodError("a number has nothing to count", "incomplete")
        return self._in_month(units) if self.month else self._in_year(units)

    def _alone(self) -> Period:
        unit = self.current or "decade"
        if self.finer or self.year:
            raise NoSuchPeriodError(f"a {unit} has no such part")
        return Period(unit, self.decade or None, shift=self.shift or 0)

    def _in_year(self, units: list[tuple[str, int]]) -> Period:
        if self.day:
            raise NoSuchPeriodError("a day needs its month", "incomplete")
        unit, n = units[0] if units else ("year", 0)
        if len(units) > 1 or unit not in (*_OF_A_YEAR, "year"):
            raise NoSuchPeriodError("a year has no such part")
        return Period(unit, self.year or None, n, 0, self.shift or 0, self.marker == "fiscal")

    def _in_month(self, units: list[tuple[str, int]]) -> Period:
        if self.marker == "fiscal":
            raise NoSuchPeriodError("a month has no fiscal year")
        units = [*units, ("day", self.day)] if self.day else units
        unit, n = units[0] if units else ("", 0)
        if len(units) > 1 or (units and unit not in _OF_A_MONTH):
            raise NoSuchPeriodError("a month has no such part")
        return Period(_OF_A_MONTH.get(unit, "month"), self.year or None, n, self.month, self.shift or 0)

    def _week(self) -> Period:
        year, week, weekday = self.isoweek or (0, 0, None)
        if self.finer or self.year:
            raise NoSuchPeriodError("a week has no such part")
        if weekday is None:
            return Period("week", year, week)
        try:
            day = date.fromisocalendar(year, week, weekday)
        except ValueError as error:
            raise NoSuchPeriodError(
                f"there is no such day in week {week} of {year}", "no-such-day"
            ) from error
        return Period("day", day.year, day.day, day.month)

    def _season(self) -> Period:
        if self.month or self.day or self.units or self.num or self.marker:
            raise NoSuchPeriodError("a season has no such part")
        if self.season == 4 and self.year2 != self.year + 1:
            raise NoSuchPeriodError("a winter has two years, as in `winter 2022/23`", "ambiguous")
        if self.season != 4 and self.year2:
            raise NoSuchPeriodError("only a winter has two years")
        return Period("season", self.year or None, self.season, 0, self.shift or 0)

    def _two_years(self) -> Period:
        fiscal = self.marker != "academic"
        if self.finer and not (fiscal and self.units and self.year2 == self.year + 1):
            raise NoSuchPeriodError("a year in two calendar years has no such part")
        if self.year2 != self.year + 1:
            what = "a split year" if fiscal else "an academic year"
            raise NoSuchPeriodError(f"{what} has two years in a row, as in `2022/23`", "ambiguous")
        if not fiscal:
            return Period("academic-year", self.year)
        unit, n = self.units[0] if self.units else ("year", 0)
        if len(self.units) > 1 or unit not in (*_OF_A_YEAR, "year") or self.month or self.day or self.num:
            raise NoSuchPeriodError("a year in two calendar years has no such part")
        # Where both years are written, nothing needs to be known of what a fiscal year is named by.
        return Period(unit, self.year2, n, fiscal=True, split=True)

    def _units(self) -> list[tuple[str, int]]:
        """Return the named parts; a month or a day of a part of the year becomes a month, a day."""
        units = list(self.units)
        if len(units) == 2 and units[0][0] in _HOLDERS and units[1][0] in ("month", "day"):
            units.reverse()
        holder = units[1] if len(units) == 2 else ("year", 1)
        first = units[0][0] if units else ""
        if first == "month" and holder[0] in _HOLDERS:
            if self.month and len(units) == 1:
                raise NoSuchPeriodError("a month has no such part")
            self.month = _nth_month(holder, units[0][1])
            return []
        if "month" in (first, holder[0]):
            return self._month_of(units, 0 if first == "month" else 1)
        if first == "day" and not self.month and units[0][1] in (1, -1):
            self.month = _nth_month(holder, units[0][1])
            return units[:1]
        return units

    def _month_of(self, units: list[tuple[str, int]], at: int) -> list[tuple[str, int]]:
        if at == 0 and self.month:
            raise NoSuchPeriodError("a month has no such part")
        self.month = _nth_month(("year", 1), units[at][1])
        return units[:at] + units[at + 1 :]


def _nth_month(holder: tuple[str, int], n: int) -> int:
    """Return the number in its year of the nth month of a part of it, -1 being the last."""
    unit, number = holder
    length = _HOLDERS.get(unit, 0)
    if not length:
        raise NoSuchPeriodError("a period has no such part")
    count = 12 // length
    number = count if number == -1 else number
    n = length if n == -1 else n
    if not 1 <= number <= count:
        raise NoSuchPeriodError(f"there is no {unit} {number}")
    if not 1 <= n <= length:
        raise NoSuchPeriodError(f"there is no month {n} in a {unit}")
    return (number - 1) * length + n


@dataclass(slots=True)
class Clause:
    """Collect one statement of a phrase.

    `name` is dates, cycle, ongoing, undetermined, span, event, label, weekday or tail. `bound` is the
    word that governs the dates: by, before, to, from, after, between, in, or nothing.
    """

    name: str
    start: int
    end: int = 0
    sep: str = ""
    """The separator before it: `,`, `;`, `/`, `&` for "and", `(`, `:`, or nothing."""
    bound: str = ""
    during: bool = False
    later: bool = False
    """Whether it begins with a word for "so much later": "in", "через"."""
    post: bool = False
    inside: bool = False
    """Whether it stands in brackets."""
    sketches: list[Sketch] = field(default_factory=list)
    cycle: Cycle | None = None
    marker: str = ""
    """The year that is not the calendar's, and that a cycle comes every: academic or fiscal."""
    after: bool = False
    """Whether a cycle comes after a first deadline: "X, and every two years thereafter"."""
    one: bool = False
    """Whether its bound takes one period and no range: "starting in"."""
    count: int = 1
    value: str = ""
    label: str = ""
    """The label before it: due, report, first, start or none."""
    sides: str = ""
    months: int = 0
    days: int = 0
    workdays: int = 0
    anchor: Sketch | None = None

    @property
    def neighbours(self) -> bool:
        """Tell whether it is two calendar years that follow each other."""
        years = [sketch.year for sketch in self.sketches if sketch.bare_year]
        return len(years) == len(self.sketches) == 2 and years[0] + 1 == years[1]

    @property
    def bare_year(self) -> bool:
        """Tell whether it is one year of the calendar and nothing else."""
        return self.name == "dates" and self.single and self.sketches[0].bare_year and not self.bound

    @property
    def single(self) -> bool:
        """Tell whether it names one period."""
        return len(self.sketches) == 1
