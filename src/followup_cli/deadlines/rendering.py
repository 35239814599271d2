"""Write a reading as a canonical phrase in any language."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import ModuleType

from .lexicon import LANGUAGES
from .model import Cycle, Deadline, Edge, Kind, Period, Span
from .periods import lower_day, upper_day

_ROMAN = ("", "I", "II", "III", "IV")
# What an early or a late part of a year or a month is called otherwise.
_SHARES = {("year", "early"): ("third", 1), ("year", "late"): ("third", 3)}
_SHARES |= {("month", "early"): ("ten-days", 1), ("month", "late"): ("ten-days", 3)}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def phrase(deadline: Deadline, lang: str) -> str:
    """Write a reading in the canonical words of a language; reading them gives the same reading.

    Args:
        deadline: What `read` returned.
        lang: The language to write, a key of `LANGUAGES`.
    """
    language = LANGUAGES[lang]
    text = _phrase(deadline, language)
    if deadline.approximate and text.endswith("X"):
        return f"{text}~"
    return str(language.SAY["approximate"]).format(text) if deadline.approximate else text


def _phrase(deadline: Deadline, language: ModuleType) -> str:
    if deadline.kind is Kind.MULTIPLE:
        return "; ".join(_phrase(_as_range(part), language) for part in deadline.parts)
    if deadline.kind is Kind.UNDETERMINED:
        return str(language.SAY["undetermined"])
    if deadline.span is not None:
        return _span(deadline.span, language)
    bounds = _bounds(deadline, language)
    if deadline.kind is Kind.ONGOING:
        return ", ".join(filter(None, (language.SAY["ongoing"], bounds)))
    if deadline.cycle is not None:
        return ", ".join(filter(None, (_cycle(deadline.cycle, language), bounds)))
    return bounds


# -- dates


def _day(day: date) -> Edge:
    return Edge(Period("day", day.year, day.day, day.month))


def plain(edge: Edge) -> Edge:
    """Return the same days with no "early" and no "late", which not every language has."""
    share = _SHARES.get((edge.period.unit, edge.point or ""))
    if share is None or edge.period.fiscal:
        return edge
    period = edge.period
    return Edge(Period(share[0], period.year, share[1], period.month, period.shift), None, edge.strict)


def _as_range(part: Deadline) -> Deadline:
    """Return a part of a list with days for what only a notation names, and no list of words: `201X`."""
    return replace(part, kind=Kind.RANGE) if part.lower and _unnamed(part.lower) else part


def _lower(edge: Edge) -> Edge:
    """Return an edge that says in every language where something starts."""
    if not edge.strict and edge.point in ("early", "begin"):
        edge = Edge(edge.period)
    elif edge.strict and edge.point == "end":
        edge = Edge(edge.period, None, strict=True)
    edge = plain(edge)
    dated = edge.period.year is not None and (edge.point in ("early", "late", "begin") or _unnamed(edge))
    day = lower_day(edge, None) if dated else None
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
    day = upper_day(edge, None) if dated else None
    return _day(day) if day else edge


def _unnamed(edge: Edge) -> bool:
    return edge.period.unit in ("decade", "century") and edge.period.year is not None


def _bounds(deadline: Deadline, language: ModuleType) -> str:
    lower, upper = deadline.lower, deadline.upper
    if lower is not None and lower is upper:
        return _one(deadline, lower, language)
    if lower is None and upper is None:
        return ""
    say = language.SAY
    if lower is None or upper is None:
        edge = _upper(upper) if upper else _lower(lower)  # type: ignore[arg-type]
        before, after = ("before", "by") if upper else ("after", "from")
        return str(say[before if edge.strict else after]).format_map(_forms(edge, language))
    lower, upper = _lower(lower), _upper(upper)
    a, b = _forms(lower, language), _forms(upper, language)
    if deadline.kind is Kind.WITHIN and not lower.strict and not upper.strict:
        # "FY 2014 - 31 December 2019" is no range: its first end may be the year 2014/31.
        if lower.point or upper.point or (lower.period.unit == "day") != (upper.period.unit == "day"):
            a, b = (
                _forms(_day(day), language) if day else forms
                for day, forms in ((deadline.start, a), (deadline.due, b))
            )
        return str(say["within range"]).format(a=a, b=b)
    if lower.strict or upper.strict:
        start = say["after" if lower.strict else "from"].format_map(a)
        return f"{start}, {say['before' if upper.strict else 'by'].format_map(b)}"
    if all(
        e.period.unit == "year" and e.period.year and not e.point and not e.period.fiscal
        for e in (lower, upper)
    ):
        return str(say["years"]).format(lower.period.year, upper.period.year)
    return str(say["range"]).format(a=a, b=b)


def _one(deadline: Deadline, edge: Edge, language: ModuleType) -> str:
    """Write a period that gives both days."""
    edge = plain(edge)
    if _unnamed(edge) and edge.period.year:
        if deadline.kind is Kind.ON:
            digits = f"{edge.period.year}"
            return digits[:3] + "X" if edge.period.unit == "decade" else digits[:2] + "XX"
        days = [_forms(_day(day), language) for day in (deadline.start, deadline.due) if day]
        return str(language.SAY["within range" if deadline.kind is Kind.WITHIN else "range"]).format(
            a=days[0], b=days[1]
        )
    forms = _forms(edge, language)
    return str(language.SAY["within"]).format_map(forms) if deadline.kind is Kind.WITHIN else forms["name"]


def _forms(edge: Edge, language: ModuleType) -> dict[str, str]:
    """Return an edge in every form of a language."""
    forms = _period(edge.period, language)
    if edge.point is None:
        return forms
    point = language.POINTS[edge.point]
    return {form: template.format_map(forms) for form, template in zip(language.FORMS, point, strict=True)}


def _period(period: Period, language: ModuleType) -> dict[str, str]:
    """Return a period in every form of a language."""
    unit, n = period.unit, period.n
    if unit == "day" and n == -1:
        unit = "days"
    name = "fiscal" if period.fiscal and unit == "year" else unit
    if period.year is None and not n and not period.month and name in language.CURRENT:
        written = language.CURRENT[name][period.shift].split("|")
        return dict(
            zip(language.FORMS, written if len(written) > 1 else written * len(language.FORMS), strict=True)
        )
    words = _words(period, language)
    if unit == "season" and n == 4:
        name = "winter"
    if n < 0 and f"last {unit}" in language.PERIODS:
        name = f"last {unit}"
    forms = {}
    for form, template in zip(language.FORMS, language.PERIODS[name], strict=True):
        forms[form] = template.format_map(words)
    return forms


def _words(period: Period, language: ModuleType) -> dict[str, str | int]:
    year = period.year
    index = 0 if year is not None else 1 + period.shift
    n = abs(period.n)
    last = {"quarter": 4, "half": 2, "third": 3, "ten-days": 3, "half-month": 2}
    if period.n == -1 and period.unit in last:
        n = last[period.unit]
    words: dict[str, str | int] = {
        "y": year or 0,
        "yy": f"{((year or 0) + 1) % 100:02}",
        "Y": language.YEAR[index].format(y=year),
        "n": n,
        "O": language.ORDINALS[n] if n < len(language.ORDINALS) else n,
        "R": _ROMAN[n] if n < len(_ROMAN) else n,
    }
    if period.fiscal and period.unit != "year":
        words["Y"] = _period(Period("year", year, fiscal=True, shift=period.shift), language)[
            language.FORMS[-1 if len(language.FORMS) == 2 else 0]
        ]
    for form in language.FORMS:
        if period.month:
            words[form] = language.MONTHS[form][period.month - 1]
        if period.unit == "season":
            words["season" if form == "name" else f"season_{form}"] = language.SEASONS[form][period.n]
    return words


# -- durations and recurrences


def _span(span: Span, language: ModuleType) -> str:
    say: Mapping[str, str] = language.SAY
    if not span.months and not span.workdays and -1 <= span.days <= 1 and span.sides != "both":
        bound = {("start", 0): "from", ("start", 1): "after", ("due", 0): "by"}.get(
            (span.sides, span.days), "before"
        )
        return say[f"{bound} {span.event}"]
    amounts = [(span.months, "months"), (span.days, "days"), (span.workdays, "workdays")]
    pieces = [
        say[unit].format(n, n).split("|") if "|" in say[unit] else [say[unit].format(n)]
        for n, unit in amounts
        if n
    ]
    name = say["join"].join(piece[0] for piece in pieces)
    last = say["join"].join([piece[0] for piece in pieces[:-1]] + [pieces[-1][-1]])
    side = {"both": "within", "due": "due", "start": "from"}[span.sides]
    if span.event == "adoption":
        return say[f"{side} span"].format_map({"name": name, "from": last})
    return say[f"{side} span after"].format_map({"name": name, "from": last, "event": say["other"]})


def _cycle(cycle: Cycle, language: ModuleType) -> str:
    cycles: Mapping[str, str] = language.CYCLES
    if cycle.weekday:
        return cycles["weekday"].format(language.WEEKDAYS[_WEEKDAYS.index(cycle.weekday)])
    days = ",".join(map(str, cycle.days))
    if not cycle.months and f"{cycle.freq} on {days}" in cycles and cycle.interval == 1:
        return cycles[f"{cycle.freq} on {days}"]
    often = cycles.get(f"{cycle.freq} {cycle.interval}") or cycles[cycle.freq].format(cycle.interval)
    if not cycle.days:
        return often
    if not cycle.months:
        when = [cycles["last day"] if day == -1 else cycles["day"].format(day) for day in cycle.days]
        return f"{often}, {language.SAY['join'].join(when)}"
    when = []
    for month in cycle.months:
        words = {form: language.MONTHS[form][month - 1] for form in language.FORMS}
        day = cycle.days[0]
        when.append(
            cycles["last of month" if day == -1 else "day of month"].format_map({"n": str(day), **words})
        )
    return f"{often}, {language.SAY['join'].join(when)}"
