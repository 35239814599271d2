"""Write a reading as a canonical phrase in any language."""

from dataclasses import replace
from datetime import date

from .calendar import Calendar, lower_day, upper_day
from .model import ADOPTION, WEEKDAYS, Cycle, Deadline, DeadlineKind, Edge, Length, Period
from .vocabulary import LANGUAGES, forms

_ROMAN = ("", "I", "II", "III", "IV")
# What an early or a late part of a year or a month is called otherwise.
_SHARES = {("year", "early"): ("third", 1), ("year", "late"): ("third", 3)}
_SHARES |= {("month", "early"): ("ten-days", 1), ("month", "late"): ("ten-days", 3)}
_LAST = {"quarter": 4, "half": 2, "third": 3, "ten-days": 3, "half-month": 2}
# Before and after an event: "by adoption", "after completion".
_EVENT_BOUNDS = {("both", 0): "after", ("start", 0): "from", ("start", 1): "after", ("due", 0): "by"}


def phrase(deadline: Deadline, lang: str) -> str:
    """Write a reading in the canonical words of a language; reading them gives the same reading.

    Args:
        deadline: What `read` returned.
        lang: The language to write, a key of `LANGUAGES`.
    """
    writer = _Writer(lang)
    text = writer.deadline(deadline)
    if not deadline.approximate:
        return text
    return f"{text}~" if text.endswith("X") else writer.say["approximate"].format(text)


def plain(edge: Edge) -> Edge:
    """Return the same days with no "early" and no "late", which not every language has."""
    share = _SHARES.get((edge.period.unit, edge.point or ""))
    if share is None or edge.period.fiscal:
        return edge
    period = edge.period
    return Edge(Period(share[0], period.year, share[1], period.month, period.shift), None, edge.strict)


def _day(day: date) -> Edge:
    return Edge(Period("day", day.year, day.day, day.month))


def _unnamed(edge: Edge) -> bool:
    """Tell whether no language has a word for a period: ten or a hundred years by their digits."""
    return edge.period.unit in ("decade", "century") and edge.period.year is not None


def _lower(edge: Edge) -> Edge:
    """Return an edge that says in every language where something starts."""
    if not edge.strict and edge.point in ("early", "begin"):
        edge = Edge(edge.period)
    elif edge.strict and edge.point == "end":
        edge = Edge(edge.period, None, strict=True)
    edge = plain(edge)
    dated = edge.period.year is not None and (edge.point in ("early", "late", "begin") or _unnamed(edge))
    day = lower_day(edge, Calendar()) if dated else None
    return _day(day) if day else edge


def _upper(edge: Edge) -> Edge:
    """Return an edge that says in every language when something is due."""
    if not edge.strict and edge.point == "late":
        edge = Edge(edge.period)
    elif edge.strict and edge.point in ("early", "begin"):
        edge = Edge(edge.period, None, strict=True)
    elif edge.strict and edge.point in ("mid", "end"):
        edge = Edge(edge.period, edge.point)
    edge = plain(edge)
    dated = edge.period.year is not None and (edge.point in ("early", "late") or _unnamed(edge))
    day = upper_day(edge, Calendar()) if dated else None
    return _day(day) if day else edge


class _Writer:
    """Write readings in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.language = LANGUAGES[lang]
        self.say: dict[str, str] = self.language.SAY

    def deadline(self, deadline: Deadline) -> str:
        """Write a reading, whether approximate or not."""
        if deadline.kind is DeadlineKind.MULTIPLE:
            # "201X" is read only where it stands alone.
            parts = (
                replace(p, kind=DeadlineKind.RANGE) if p.window and _unnamed(p.window) else p
                for p in deadline.parts
            )
            return "; ".join(map(self.deadline, parts))
        if deadline.kind is DeadlineKind.UNDETERMINED:
            return self.say["undetermined"]
        if deadline.length is not None:
            return self.length(deadline.length)
        bounds = self.bounds(self.unfiscal(deadline))
        first = ""
        if deadline.kind is DeadlineKind.ONGOING:
            first = self.say["ongoing"]
        elif deadline.cycle is not None:
            first = self.cycle(deadline.cycle)
            if deadline.cycle.then and deadline.lower and deadline.upper:
                until, begun = self.last(_upper(deadline.upper)), self.last(deadline.lower)
                return f"{first}, {until}, {self.say['first'].format(begun)}"
            if deadline.cycle.then and deadline.lower:
                return self.say["then"].format(self.last(deadline.lower), first)
        return ", ".join(filter(None, (first, bounds)))

    def unfiscal(self, deadline: Deadline) -> Deadline:
        """Return a reading with days for fiscal years, where the language has them for calendar years."""
        edges = (deadline.lower, deadline.upper, deadline.window)
        if "calendar_fiscal" not in self.language.TRAITS or not any(e and e.period.fiscal for e in edges):
            return deadline
        start, due = (_day(day) if day else None for day in (deadline.start, deadline.due))
        return replace(deadline, lower=start, upper=due, window=None)

    # -- dates

    def bounds(self, deadline: Deadline) -> str:
        """Write the dates of a reading."""
        lower, upper = deadline.lower, deadline.upper
        if deadline.window is not None and deadline.cycle and deadline.cycle.months:
            # "by the end of January, 2022" would be one January.
            return self.say["within"].format_map(self.edge(plain(deadline.window)))
        if deadline.window is not None:
            return self.one(deadline, deadline.window)
        if lower is not None and upper is not None:
            return self.two(deadline, _lower(lower), _upper(upper))
        return self.last(_upper(upper)) if upper else self.first(_lower(lower)) if lower else ""

    def first(self, edge: Edge) -> str:
        """Write a lower bound."""
        return self.say["after" if edge.strict else "from"].format_map(self.edge(edge))

    def last(self, edge: Edge) -> str:
        """Write an upper bound."""
        return self.say["before" if edge.strict else "by"].format_map(self.edge(edge))

    def two(self, deadline: Deadline, lower: Edge, upper: Edge) -> str:
        """Write a range."""
        if lower.period == ADOPTION:
            return f"{self.say['after adoption' if lower.strict else 'from adoption']}, {self.last(upper)}"
        if lower.strict or upper.strict:
            return f"{self.first(lower)}, {self.last(upper)}"
        a, b = self.edge(lower), self.edge(upper)
        units = (lower.period.unit, upper.period.unit)
        points = lower.point or upper.point
        if deadline.kind is DeadlineKind.WITHIN:
            # "FY 2014 - 31 December 2019" is no range: its first end may be the year 2014/31.
            if (points or units[0] != units[1]) and deadline.start:
                a = self.edge(_day(deadline.start))
                b = self.edge(_day(deadline.due)) if deadline.due else b
            return self.say["within range"].format(a=a, b=b)
        years = (lower.period.year, upper.period.year)
        if units == ("year", "year") and all(years) and not (lower.period.fiscal or points):
            return self.say["years"].format(*years)
        return self.say["range"].format(a=a, b=b)

    def one(self, deadline: Deadline, edge: Edge) -> str:
        """Write a period that gives both days."""
        edge = plain(edge)
        if _unnamed(edge) and deadline.kind is DeadlineKind.ON:
            digits = f"{edge.period.year}"
            return digits[:3] + "X" if edge.period.unit == "decade" else digits[:2] + "XX"
        if _unnamed(edge) and deadline.start and deadline.due:
            a, b = (self.edge(_day(day)) for day in (deadline.start, deadline.due))
            return self.say["within range" if deadline.kind is DeadlineKind.WITHIN else "range"].format(
                a=a, b=b
            )
        written = self.edge(edge)
        return (
            self.say["within"].format_map(written)
            if deadline.kind is DeadlineKind.WITHIN
            else written["name"]
        )

    def edge(self, edge: Edge) -> dict[str, str]:
        """Return an edge in every case of the language."""
        written = self.period(edge.period)
        if edge.point is None:
            return written
        point = forms(self.language.POINTS[edge.point], self.lang)
        return {case: template.format_map(written) for case, template in point.items()}

    def period(self, period: Period) -> dict[str, str]:
        """Return a period in every case of the language."""
        unit, n = period.unit, period.n
        if unit == "day" and n == -1:
            unit = "days"
        name = "fiscal" if period.fiscal and unit == "year" else unit
        if period.year is None and not n and not period.month and name in self.language.CURRENT:
            return forms(self.language.CURRENT[name].split("||")[period.shift], self.lang)
        if unit == "season" and n == 4:
            name = "winter"
        if n < 0 and f"last {unit}" in self.language.PERIODS:
            name = f"last {unit}"
        words = self.words(period)
        return {
            case: template.format_map(words)
            for case, template in forms(self.language.PERIODS[name], self.lang).items()
        }

    def words(self, period: Period) -> dict[str, str | int]:
        """Return what the templates of periods are filled with."""
        n = abs(period.n)
        if period.n == -1 and period.unit in _LAST:
            n = _LAST[period.unit]
        ordinals = ["", *self.language.ORDINALS.split()]
        words: dict[str, str | int] = {
            **self.year(period),
            "n": n,
            "O": ordinals[n] if n < len(ordinals) else n,
            "R": _ROMAN[n] if n < len(_ROMAN) else n,
        }
        if period.month:
            words.update(self.month(period.month))
        if period.unit == "season":
            season = forms(self.language.SEASONS.split()[period.n - 1], self.lang)
            words |= {"season" if case == "name" else f"season_{case}": word for case, word in season.items()}
        return words

    def year(self, period: Period) -> dict[str, str]:
        """Return the year of a period: alone, its next one in two digits, and as it stands beside a part of it."""
        year = period.year
        if period.fiscal and period.unit != "year":
            fiscal = self.period(replace(period, unit="year", n=0))
            return {"Y": fiscal["of" if len(fiscal) == 2 else "name"]}
        if year is None:
            return {"Y": self.language.YEAR.split("|")[1 + period.shift]}
        written = f"{year - 1}/{year % 100:02}" if period.split else str(year)
        beside = self.language.YEAR.split("|")[0].format(y=written)
        return {"y": written, "yy": f"{(year + 1) % 100:02}", "Y": beside}

    def month(self, month: int) -> dict[str, str]:
        """Return the name of a month in every case."""
        return forms(self.language.MONTHS.split()[month - 1], self.lang)

    # -- lengths of time and recurrences

    def length(self, length: Length) -> str:
        """Write a length of time, or the event alone that it is counted from."""
        is_short = not length.months and not length.workdays and -1 <= length.days <= 1
        if is_short and (length.sides != "both" or not length.days):
            return self.say[f"{_EVENT_BOUNDS.get((length.sides, length.days), 'before')} {length.event}"]
        amounts = ((length.months, "months"), (length.days, "days"), (length.workdays, "workdays"))
        pieces = [self.say[unit].format(n, n).split("|") for n, unit in amounts if n]
        names = [piece[0] for piece in pieces]
        words = {"name": self.say["join"].join(names)}
        words["from"] = self.say["join"].join([*names[:-1], pieces[-1][-1]])
        side = {"both": "within", "due": "due", "start": "from"}[length.sides]
        if length.event == "adoption":
            return self.say[f"{side} span"].format_map(words)
        return self.say[f"{side} span after"].format_map({**words, "event": self.say["other"]})

    def cycle(self, cycle: Cycle) -> str:
        """Write how often something recurs, and the days within the cycle."""
        cycles: dict[str, str] = self.language.CYCLES
        if cycle.weekday:
            return cycles["weekday"].format(self.language.WEEKDAYS.split()[WEEKDAYS.index(cycle.weekday)])
        days = ",".join(map(str, cycle.days))
        if not cycle.months and f"{cycle.freq} on {days}" in cycles and cycle.interval == 1:
            return cycles[f"{cycle.freq} on {days}"]
        often = cycles.get(f"{cycle.freq} {cycle.interval}") or cycles[cycle.freq].format(cycle.interval)
        if not cycle.days:
            return often
        when = [cycles["last day"] if day == -1 else cycles["day"].format(day) for day in cycle.days]
        if cycle.months:
            day = cycle.days[0]
            template = cycles["last of month" if day == -1 else "day of month"]
            when = [template.format_map({"n": str(day), **self.month(month)}) for month in cycle.months]
        return f"{often}, {self.say['join'].join(when)}"
