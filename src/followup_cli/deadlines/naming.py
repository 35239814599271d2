"""The rules that read phrases: their names, and what each means."""

from .model import ADOPTION, Deadline, DeadlineKind, Edge

# What a name says of each unit.
_UNITS = {
    "day": ("day", "a day"),
    "days": ("first-or-last-days", "the first or the last days of a month"),
    "week": ("week", "an ISO week"),
    "month-week": ("week-of-month", "a week of a month: days 1-7, 8-14, 15-21, 22-28, or the last seven"),
    "ten-days": ("ten-days", "a third of a month: days 1-10, 11-20, 21 to the last"),
    "half-month": ("half-month", "a half of a month: days 1-15, 16 to the last"),
    "month": ("month", "a month"),
    "months": ("first-or-last-months", "the first or the last months of a year"),
    "season": ("season", "a meteorological season"),
    "quarter": ("quarter", "a quarter"),
    "third": ("third", "a third of a year: four months"),
    "half": ("half-year", "a half-year"),
    "year": ("year", "a year"),
    "academic-year": ("academic-year", "an academic year: 1 September to 31 August"),
    "decade": ("decade", "ten years"),
    "century": ("century", "a hundred years"),
}
_POINTS = {
    "early": ("early", "the first four months of a year, or the first ten days of a month"),
    "late": ("late", "the last four months of a year, or a month from day 21"),
    "mid": ("middle", "30 June of a year, or the 15th of a month"),
    "end": ("end", "the last day of a period"),
    "begin": ("beginning", "the first day of a period"),
}
_FREQUENCIES = {
    "YEARLY 1": "yearly",
    "MONTHLY 1": "monthly",
    "MONTHLY 3": "quarterly",
    "MONTHLY 6": "half-yearly",
    "WEEKLY 1": "weekly",
    "DAILY 1": "daily",
    "YEARLY": "every-n-years",
    "MONTHLY": "every-n-months",
    "WEEKLY": "every-n-weeks",
    "DAILY": "every-n-days",
}

RULES: dict[str, str] = {
    **{name: f"{what}: its first day to its last" for name, what in _UNITS.values()},
    "early": f"{_POINTS['early'][1]}",
    "late": f"{_POINTS['late'][1]}",
    "within-period": "a period after `during` or `within`: its first day to its last",
    "within-range": "two bounds after `during` or `within`",
    **{f"by-{name}": f"due on the last day of {what}" for name, what in _UNITS.values()},
    **{
        f"by-end-of-{name}": f"due on the last day of {what}"
        for name, what in _UNITS.values()
        if name not in ("day", "century")
    },
    **{f"by-{name}": f"due on {what}" for name, what in (_POINTS["mid"], _POINTS["begin"])},
    **{f"by-{name}": f"due on the last day of {what}" for name, what in (_POINTS["early"], _POINTS["late"])},
    "before": "due on the day before the first day of a period",
    **{f"from-{name}": f"starts on the first day of {what}" for name, what in _UNITS.values()},
    "from-point": "starts on the first day of an early or late part, on the last day, or after the middle",
    "after": "starts on the day after the last day of a period",
    **{f"{name}-range": f"two bounds, each {what}" for name, what in _UNITS.values()},
    "mixed-range": "two bounds of different units, or bounds that are points",
    **{name: f"recurs {name.replace('-', ' ')}" for name in _FREQUENCIES.values()},
    **{
        f"{name}-on-day": f"recurs {name.replace('-', ' ')}, on a day within the cycle"
        for name in _FREQUENCIES.values()
        if name not in ("every-n-weeks", "daily", "every-n-days")
    },
    "ongoing": "permanent work with no bounds",
    "ongoing-bounded": "permanent work with bounds",
    "within-duration": "a length of time that opens at the adoption date",
    "after-duration": "due a length of time after the adoption date",
    "from-duration": "starts a length of time after the adoption date",
    "from-adoption": "starts at or after the adoption",
    "by-adoption": "due at or before the adoption",
    "other-event": "counted from an event with no known date",
    "current-period": "a period counted from the adoption year",
    "undetermined": "a formula that says that there is no date",
    "no-text": "a cell of a dash, dots or a question mark",
    "list": "several deadlines in one text",
}


def name_rule(reading: Deadline) -> str:
    """Return the name of the rule that gives a reading, a key of `RULES`."""
    if reading.kind is DeadlineKind.MULTIPLE:
        return "list"
    if reading.kind is DeadlineKind.UNDETERMINED:
        return "undetermined"
    if reading.cycle is not None:
        cycle = reading.cycle
        name = _FREQUENCIES.get(f"{cycle.freq} {cycle.interval}") or _FREQUENCIES[cycle.freq]
        return f"{name}-on-day" if cycle.days or cycle.weekday else name
    if reading.kind is DeadlineKind.ONGOING:
        return "ongoing-bounded" if reading.lower or reading.upper or reading.window else "ongoing"
    if reading.length is not None:
        return _span_rule(reading)
    if reading.lower is not None and reading.lower.period == ADOPTION:
        return "from-adoption"
    return "current-period" if reading.kind is DeadlineKind.RELATIVE else _dates_rule(reading)


def _span_rule(reading: Deadline) -> str:
    span = reading.length
    if span is None or span.event == "other":
        return "other-event"
    if not span.months and not span.workdays and abs(span.days) <= 1 and span.sides != "both":
        return "from-adoption" if span.sides == "start" else "by-adoption"
    return {"both": "within-duration", "due": "after-duration", "start": "from-duration"}[span.sides]


def _dates_rule(reading: Deadline) -> str:
    lower, upper, window = reading.lower, reading.upper, reading.window
    if window is not None:
        if reading.kind is DeadlineKind.WITHIN:
            return "within-period"
        return _POINTS[window.point][0] if window.point else _UNITS[window.period.unit][0]
    if lower is None or upper is None:
        return _upper_rule(upper) if upper else _lower_rule(lower) if lower else "undetermined"
    if reading.kind is DeadlineKind.WITHIN:
        return "within-range"
    same = lower.period.unit == upper.period.unit and not (
        lower.point or upper.point or lower.strict or upper.strict
    )
    return f"{_UNITS[lower.period.unit][0]}-range" if same else "mixed-range"


def _upper_rule(edge: Edge) -> str:
    if edge.strict and edge.point not in ("end", "mid"):
        return "before"
    if edge.point and edge.point != "end":
        return f"by-{_POINTS[edge.point][0]}"
    return f"by-{'end-of-' if edge.point else ''}{_UNITS[edge.period.unit][0]}"


def _lower_rule(edge: Edge) -> str:
    if edge.strict:
        return "after"
    return "from-point" if edge.point and edge.point != "begin" else f"from-{_UNITS[edge.period.unit][0]}"
