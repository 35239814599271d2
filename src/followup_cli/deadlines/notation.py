"""ISO 8601 and EDTF: the notations that are no language, read and written."""

import re
from datetime import date

from .cycles import cycle_of
from .model import DeadlineKind, Edge, Length, NotUnderstoodError, Period
from .statements import Statement

# A date of EDTF: a year, a month or its code, a day, a week; unknown digits; signs of approximation.
_DATE = r"[~?%]?\d{2}[\dx]{2}[~?%]?(?:-[~?%]?[\dx]{2}[~?%]?(?:-[~?%]?[\dx]{2}[~?%]?)?|-w\d{2}(?:-\d)?)?"
_LENGTH = r"p(?=[\dt])(?:\d+y)?(?:\d+m)?(?:\d+w)?(?:\d+d)?(?:t\d+h)?"
_INTERVAL = re.compile(
    rf"(?P<a>{_DATE}|\.\.|open|unknown|{_LENGTH}|)/(?P<b>{_DATE}|\.\.|open|unknown|{_LENGTH}|)\Z"
)
_RECURRING = re.compile(rf"r/(?:(?P<a>{_DATE})/)?(?P<p>{_LENGTH})(?:/(?P<b>{_DATE}))?\Z")
_SET = re.compile(r"(?:\{(?P<all>[^{}]*)\}|\[(?P<one>[^\[\]]*)\])\Z")
_MEMBER = re.compile(rf"(?P<a>{_DATE}|)(?P<to>\.\.)?(?P<b>{_DATE}|)\Z")
_SINGLE = re.compile(rf"{_DATE}\Z")
_LENGTH_ALONE = re.compile(rf"{_LENGTH}\Z")
_PARTS = re.compile(r"(\d+)([ymwdh])")
_SIGNS = re.compile("[~?%]")
_OPEN = ("", "..", "open", "unknown")
_SUB_YEAR = {33 + n: ("quarter", n + 1) for n in range(4)} | {37 + n: ("third", n + 1) for n in range(3)}
_SUB_YEAR |= {40 + n: ("half", n + 1) for n in range(2)} | {21 + n: ("season", n + 1) for n in range(3)}
_LIKELY = re.compile(r"[/x{\[]")
_LEADING = re.compile(r"\s*(?:pt?\d|\d{4}-w)")


def fail(reason: str, message: str) -> NotUnderstoodError:
    """Return the refusal of a whole notation."""
    return NotUnderstoodError(reason, message, 0, 10**6)


def read(norm: str) -> tuple[Statement, bool] | None:
    """Return what an interval, a set, a duration or unknown digits say, and whether approximately.

    None if the text is no such notation: plain dates are read by the grammar.
    """
    if not (_LIKELY.search(norm) or ".." in norm or _LEADING.match(norm)):
        return None
    text = "".join(norm.split())
    statement = _interval(text) or _recurring(text) or _set(text)
    if statement is None and "x" in text and _SINGLE.match(text):
        edge = _edge(text)
        statement = Statement(DeadlineKind.ON, window=edge)
    if statement is None and _LENGTH_ALONE.match(text):
        statement = Statement(DeadlineKind.RELATIVE, length=_length(text, "adoption"))
    return (statement, bool(_SIGNS.search(text))) if statement else None


def _interval(text: str) -> Statement | None:
    match = _INTERVAL.match(text)
    if not match or _is_grammar(text):
        return None
    a, b = match["a"], match["b"]
    if a in _OPEN and b in _OPEN:
        raise fail("incomplete", "names no end")
    if b in _OPEN or a in _OPEN:
        written = a if b in _OPEN else b
        if written.startswith("p"):
            raise fail("incomplete", "a length of time needs a date")
        edge = _edge(written)
        return Statement(DeadlineKind.SINCE, edge) if b in _OPEN else Statement(DeadlineKind.BY, None, edge)
    if a.startswith("p") and b.startswith("p"):
        raise fail("incomplete", "names no date")
    if b.startswith("p"):
        return Statement(DeadlineKind.RANGE, _edge(a), length=_length(b, "adoption"))
    if a.startswith("p"):
        raise fail("leftover", "a length of time is read only after a date")
    return Statement(DeadlineKind.RANGE, _edge(a), _edge(b))


def _is_grammar(text: str) -> bool:
    """Tell whether the text is a month or a pair of years with a slash ("2022/08", "2022/23")."""
    return re.fullmatch(r"\d{4}/\d{2}", text) is not None


def _recurring(text: str) -> Statement | None:
    match = _RECURRING.match(text)
    if not match:
        return None
    lengths = _PARTS.findall(match["p"])
    if len(lengths) != 1:
        raise fail("no-such-period", "is no regular frequency")
    n, unit = (
        int(lengths[0][0]),
        {"y": "year", "m": "month", "w": "week", "d": "day", "h": "hour"}[lengths[0][1]],
    )
    if unit == "month" and "t" in match["p"]:
        raise fail("no-such-period", "is no regular frequency")
    cycle = cycle_of(1, n, unit)
    if cycle is None:
        raise fail("no-such-period", "is no regular frequency")
    lower = _edge(match["a"]) if match["a"] else None
    upper = _edge(match["b"]) if match["b"] else None
    return Statement(DeadlineKind.RECURRING, lower, upper, cycle=cycle)


def _set(text: str) -> Statement | None:
    match = _SET.match(text)
    if not match:
        return None
    parts: list[Statement] = []
    for member in (match["all"] if match["all"] is not None else match["one"]).split(","):
        found = _MEMBER.match(member)
        if not found or not member or (found["b"] and not found["to"]):
            if parts or "x" in member or _SINGLE.match(member):
                raise fail("leftover", "has a member that is no date")
            return None
        parts.append(_member(found["a"], found["to"], found["b"]))
    return parts[0] if len(parts) == 1 else Statement(DeadlineKind.MULTIPLE, parts=parts)


def _member(a: str, to: str | None, b: str) -> Statement:
    if to is None:
        edge = _edge(a)
        return Statement(DeadlineKind.ON, window=edge)
    if not a and not b:
        raise fail("incomplete", "names no end")
    if not a:
        return Statement(DeadlineKind.BY, None, _edge(b))
    return Statement(DeadlineKind.RANGE, _edge(a), _edge(b)) if b else Statement(DeadlineKind.SINCE, _edge(a))


def _length(text: str, event: str) -> Length:
    months = days = 0
    for number, unit in _PARTS.findall(text):
        n = int(number)
        if unit == "h" and n % 24:
            raise fail("no-such-period", "is no whole number of days")
        months += {"y": 12, "m": 1}.get(unit, 0) * n
        days += {"w": 7, "d": 1}.get(unit, 0) * n + (n // 24 if unit == "h" else 0)
    if not months and not days:
        raise fail("no-such-period", "is no length of time")
    if months > 1200 or days > 36500:
        raise fail("no-such-period", "is longer than a hundred years")
    return Length("both", months, days, event=event)


def _edge(text: str) -> Edge:
    """Return what a date of EDTF names."""
    text = _SIGNS.sub("", text)
    if "-w" in text:
        return _week(text)
    year, month, day_ = (*text.split("-"), "", "")[:3]
    if "x" in year:
        if month or not re.fullmatch(r"\d\d\dx|\d\dxx", year):
            raise fail("leftover", "has unknown digits before known ones")
        return Edge(Period("century" if year.endswith("xx") else "decade", _year(year.replace("x", "0"))))
    if month in ("", "xx") and day_ in ("", "xx"):
        return Edge(Period("year", _year(year)))
    if "x" in month:
        raise fail("leftover", "has unknown digits in the middle")
    number = int(month)
    if number in _SUB_YEAR and not day_:
        unit, n = _SUB_YEAR[number]
        return Edge(Period(unit, _year(year), n))
    if not 1 <= number <= 12:
        raise fail("no-such-period", "has no month from 1 to 12")
    if not day_ or day_ == "xx":
        return Edge(Period("month", _year(year), 0, number))
    if "x" in day_:
        raise fail("leftover", "has an unknown digit in a day")
    return Edge(Period("day", _year(year), int(day_), number))


def _week(text: str) -> Edge:
    year, week, *day = text.replace("w", "").split("-")
    if not day:
        return Edge(Period("week", _year(year), int(week)))
    try:
        named = date.fromisocalendar(_year(year), int(week), int(day[0]))
    except ValueError as error:
        raise fail("no-such-day", "is no day of a week") from error
    return Edge(Period("day", named.year, named.day, named.month))


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 2199:
        raise fail("no-such-period", "is no year from 1900 to 2199")
    return year
