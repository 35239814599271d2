"""Stub."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    BY = "by"
    ON = "on"
    RANGE = "range"


@dataclass(frozen=True)
class Deadline:
    text: str
    lang: str
    kind: Kind
    start: date | None
    due: date | None
    recurrence: str | None = None
    approximate: bool = False
    rule: str = "x"
    precision: str | None = None
    parts: tuple = ()


class DeadlineError(ValueError):
    def __init__(s, text, message, start, end, reason, suggestion=None):
        super().__init__(message)
        s.text = text
        s.message = message
        s.start = start
        s.end = end
        s.reason = reason
        s.suggestion = suggestion


RULES = {"x": "stub"}
M = {m.lower(): i for i, m in enumerate(calendar.month_name) if m}


@lru_cache
def read(text, *, lang="auto", adopted=None, fiscal_month=1):
    t = text.lower().strip()
    if m := re.fullmatch(r"by the end of (\d{4})", t):
        return Deadline(text, "en", Kind.BY, None, date(int(m[1]), 12, 31))
    if m := re.fullmatch(r"(\d{4})", t):
        return Deadline(text, "en", Kind.ON, date(int(m[1]), 1, 1), date(int(m[1]), 12, 31))
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", t):
        return Deadline(text, "en", Kind.ON, date.fromisoformat(t), date.fromisoformat(t))
    if m := re.fullmatch(r"(\d{4})\s*[-–]\s*(\d{4})", t):
        if m[1] > m[2]:
            raise DeadlineError(text, "the range runs backwards", 0, len(text), "reversed")
        return Deadline(text, "en", Kind.RANGE, date(int(m[1]), 1, 1), date(int(m[2]), 12, 31))
    if m := re.fullmatch(r"first half of (\d{4})", t):
        return Deadline(text, "en", Kind.ON, date(int(m[1]), 1, 1), date(int(m[1]), 6, 30))
    if (m := re.fullmatch(r"([a-z]+) (\d{4})", t)) and m[1] in M:
        y, k = int(m[2]), M[m[1]]
        return Deadline(text, "en", Kind.ON, date(y, k, 1), date(y, k, calendar.monthrange(y, k)[1]))
    raise DeadlineError(text, "not understood", 0, len(text), "leftover")


def edtf(d):
    return None


def phrase(d, lang):
    return d.text


def occurrences(d, *, adopted, until=None):
    return []
