"""What a deadline phrase says: plain frozen values, with no grammar and no clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# A message quotes at most this much of a phrase.
_QUOTED = 60


class DeadlineKind(StrEnum):
    """Name what sort of statement a deadline is."""

    BY = "by"
    ON = "on"
    WITHIN = "within"
    RANGE = "range"
    SINCE = "since"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    RELATIVE = "relative"
    UNDETERMINED = "undetermined"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class Period:
    """Name a stretch of the calendar as it is written, before it becomes days.

    `unit` is a key of `periods.UNITS`. `n` is its number inside its year or month, -1 for the last.
    A period without a `year` is counted from the adoption date: `shift` years after it, or, where
    neither `n` nor `month` says more, `shift` units after the one that holds it, a day being that of the
    adoption itself. A fiscal period has the
    number that its plan gives it, or, if `split`, the calendar year it ends in.
    """

    unit: str
    year: int | None = None
    n: int = 0
    month: int = 0
    shift: int = 0
    fiscal: bool = False
    split: bool = False


# The day of the adoption.
ADOPTION = Period("day")


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold one written end of a deadline: a period, a point in it, and whether it is outside.

    `point` is early, begin, mid, end or late. `strict` is true after "before" and "after".
    """

    period: Period
    point: str | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Cycle:
    """Hold how often something recurs, and the day within the cycle; `str()` is an RRULE.

    `then` is true where it goes on from a first deadline: "by 1 July 2025, and annually thereafter".
    """

    freq: str
    interval: int = 1
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekday: str | None = None
    then: bool = False

    def __str__(self) -> str:
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.days)))
        if self.weekday:
            parts.append(f"BYDAY={self.weekday}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class Length:
    """Hold a length of time counted from an event.

    `sides` says which ends it gives: both, due or start. `event` is adoption or other; the day of another
    event is not known.
    """

    sides: str
    months: int = 0
    days: int = 0
    workdays: int = 0
    event: str = "adoption"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Hold the reading of one deadline phrase: the words, and the window of whole days they give.

    `start` and `due` are the first and the last day, both inside; each is None where the text gives
    none. `recurrence` is an iCalendar RRULE without DTSTART and UNTIL. `rule` names the rule that read
    the phrase, a key of `RULES`. `precision` is the unit of the deciding end.
    """

    text: str
    lang: str
    kind: DeadlineKind
    start: date | None = None
    due: date | None = None
    recurrence: str | None = None
    approximate: bool = False
    rule: str = ""
    precision: str | None = None
    parts: tuple["Deadline", ...] = ()
    lower: Edge | None = None
    upper: Edge | None = None
    cycle: Cycle | None = None
    length: Length | None = None
    window: Edge | None = None


class DeadlineError(ValueError):
    """Say why a phrase is not read, where, and what would be read instead.

    `start` and `end` bound the words that were not understood, in characters of `text`. `reason` is
    one of the short codes listed in docs/deadlines.md, and `suggestion` the nearest phrase that is read.
    Both are looked for when one of them is first asked for, and then stay.
    """

    def __init__(
        self,
        text: str,
        message: str,
        reason: str,
        start: int = 0,
        end: int | None = None,
        nearest: Callable[[str], tuple[str | None, str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.text = text
        self.message = message
        self.start = start
        self.end = len(text) if end is None else end
        self._reason = reason
        self._nearest = nearest

    @cached_property
    def _offer(self) -> tuple[str | None, str]:
        return self._nearest(self._reason) if self._nearest else (None, self._reason)

    @property
    def suggestion(self) -> str | None:
        """The nearest phrase that is read, or None."""
        return self._offer[0]

    @property
    def reason(self) -> str:
        """The code of the refusal; words left over are misspelt if there is a phrase that they may have been."""
        return self._offer[1] if self._reason == "leftover" else self._reason

    def offering(self, nearest: Callable[[str], tuple[str | None, str]]) -> "DeadlineError":
        """Return the same refusal, with what finds the nearest phrase that is read, and the reason then."""
        return DeadlineError(self.text, self.message, self._reason, self.start, self.end, nearest)


class NotUnderstoodError(ValueError):
    """Say which letters of a line are not understood; `reason` is the code of the refusal."""

    def __init__(self, reason: str, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.start = start
        self.end = end


def quote(text: str) -> str:
    """Return the text in back-ticks, shortened and on one line, for a message."""
    line = " ".join(text.replace("`", "'").split())
    return f"`{line[: _QUOTED - 1]}…`" if len(line) > _QUOTED else f"`{line}`"
