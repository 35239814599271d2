"""Read a phrase: choose the language, parse, combine, and give the days."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from . import notation
from .calendar import (
    PRECISION,
    Calendar,
    NoSuchPeriodError,
    length_days,
    lower_day,
    upper_day,
    window,
)
from .clauses import Clauses
from .letters import Line, normalise, spell
from .model import Deadline, DeadlineError, DeadlineKind, Edge, Length, NotUnderstoodError, Period, quote
from .naming import name_rule
from .recurring import each_year, recurring, set_apart
from .sketches import Clause
from .statements import (
    LOWER,
    UPPER,
    Statement,
    date_statements,
    fail,
    fill,
    fill_clauses,
    ongoing,
    relative,
    settle,
    several,
)
from .suggesting import suggest
from .vocabulary import LANGUAGES, vocabulary

LONGEST = 2000
_NOTHING = re.compile(r"[\s.?_–-]*\Z")
_CYRILLIC = re.compile("[а-яёәғқңөұүһіА-ЯЁӘҒҚҢӨҰҮҺІ]")
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_LATIN_WORD = re.compile(r"[a-z]{3}", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FOOTNOTE = re.compile(r"^\s*\d{1,2}\)\s+|(?<=[^\W\d])\s*\d\)\s*\Z|\s+\d\)\s*\Z|\*+\)")
_ANOTHER = "says another time than the words before it"
# Every fiscal year that a plan may have.
_FISCAL = [Calendar(None, month, named_by) for month in range(1, 13) for named_by in ("end", "start")]
# The end of a refusal that is of the whole text.
WHOLE = 10**6


def read(
    text: str, *, lang: str = "auto", adopted: date | None = None, calendar: Calendar | None = None
) -> Deadline:
    """Read a deadline phrase.

    Args:
        text: The phrase, as the plan writes it.
        lang: Its language, a key of `LANGUAGES`, or auto.
        adopted: The day the plan was adopted; without it, what is counted from it has no dates.
        calendar: All that the plan settles, instead of `adopted` alone.

    Raises:
        DeadlineError: The text is not a deadline, or not one deadline.
    """
    if len(text) > LONGEST:
        raise DeadlineError(text, f"the text is longer than {LONGEST} characters", "too-long")
    return _read(text, lang, calendar or _calendar(adopted))


# A calendar of its own for each phrase would take longer than to look up one that was read before.
_calendar = lru_cache(maxsize=8)(Calendar)


_MANY = r"(?:\b[qhtw]|quarters?|weeks?|кв\w*|тоқсан\w*|недел\w*)\.?\s*\d{1,2}\s*[-–—,]\s*\d{1,2}\s*[./]\s*(?:19|20)\d\d"
_SHARED = r"(?<![\d./-])\d{1,2}/\d{1,2}\s*(?:[-–—]|to|and|по|до|и)\s*\d{1,2}/\d{1,2}/(?:19|20)\d\d"
_LENGTHS = r"\b(?:from|от|с)\s+\d{1,2}\s+(?:to|до)\s+\d{1,2}\s+(?:months?|years?|weeks?|days?|месяц|год|лет|недел|дн)"
_NO_LATER = re.compile(r".+?\b(?:no\s+later\s+than|not\s+later\s+than|не\s+позднее|не\s+позже)\b")
# What is refused as a whole, since a part of it looks like another date.
_DOUBTFUL = (
    (
        re.compile(_MANY),
        "the number before the year may be a month: write the year apart, as in `Q1-Q4 2024`",
    ),
    (re.compile(_SHARED), "only the second date has a year: write both in full"),
    (re.compile(_LENGTHS), "a length between two is no day: write the longest, as in `within 6 months`"),
)


@lru_cache(maxsize=8192)
def _read(text: str, lang: str, calendar: Calendar) -> Deadline:
    if lang not in ("auto", "zxx", *LANGUAGES):
        raise ValueError(f"unknown language {lang!r}: choose one of auto, {', '.join(LANGUAGES)}")
    normal = normalise(text)
    readings: list[Deadline] = []
    errors: list[tuple[int, DeadlineError]] = []
    for code in _candidates(text) if lang == "auto" else (lang,):
        if readings and not vocabulary(code).parts.issuperset(_WORD.findall(normal[0])):
            continue
        reader = Reader(text, normal, code, calendar)
        try:
            readings.append(reader.read())
        except DeadlineError as refusal:
            errors.append((reader.line.unknown, refusal))
    both = None if readings else _in_two_languages(text, calendar)
    if both is not None:
        return both
    if not readings:
        error = min(errors, key=lambda pair: pair[0])[1]
        langs = tuple(LANGUAGES) if lang == "auto" else (lang,)
        raise error.offering(
            lambda reason: suggest(
                text, reason, langs, calendar.adopted, lambda other: _reads(other, lang, calendar)
            )
        )
    first = readings[0]
    for other in readings[1:]:
        if _says(first) != _says(other):
            message = (
                f"{quote(text)} may be read as `{first.lang}` or as `{other.lang}`, with different results"
            )
            raise DeadlineError(text, message, "ambiguous")
    return first


def _in_two_languages(text: str, calendar: Calendar) -> Deadline | None:
    """Read one deadline that is written twice: "IV квартал 2027 года / 2027 жылдың IV тоқсаны"."""
    halves = re.split(r"\s+/\s+", text.strip())
    if len(halves) != 2:
        return None
    try:
        first, second = (_read(half.strip(), "auto", calendar) for half in halves)
    except DeadlineError:
        return None
    if "zxx" in (first.lang, second.lang) or first.lang == second.lang:
        return None
    if _says(first) != _says(second):
        raise DeadlineError(text, f"{quote(text)}: the two languages say different deadlines", "ambiguous")
    return replace(first, text=text)


def _says(reading: Deadline) -> tuple[object, ...]:
    """Return what a reading says, whatever its words."""
    return (reading.kind, reading.start, reading.due, reading.recurrence, *map(_says, reading.parts))


def _reads(text: str, lang: str, calendar: Calendar) -> bool:
    """Tell whether a phrase is read, in one of its languages."""
    normal = normalise(text)
    for code in _candidates(text) if lang == "auto" else (lang,):
        try:
            Reader(text, normal, code, calendar).read()
        except DeadlineError:
            continue
        return True
    return False


def _candidates(text: str) -> Iterator[str]:
    """Yield the languages that the letters of a text allow, the likeliest first."""
    if not text.isascii() and _CYRILLIC.search(text):
        yield from ("kk", "ru") if _KAZAKH.search(text) else ("ru", "kk")
        if _LATIN_WORD.search(text):
            yield "en"
    else:
        yield "en" if _LATIN.search(text) else "zxx"


class Reader:
    """Read one phrase in one language."""

    def __init__(
        self, text: str, normal: tuple[str, list[int] | None], lang: str, calendar: Calendar
    ) -> None:
        self.text = text
        self.lang = lang
        self.calendar = calendar
        self.norm, self.offsets = normal
        self.line = Line()
        self.approximate = False

    def read(self) -> Deadline:
        """Return the reading, or raise DeadlineError."""
        if not self.norm.strip():
            raise DeadlineError(self.text, "the text is empty", "empty")
        if _NOTHING.match(self.norm):
            return Deadline(self.text, "zxx", DeadlineKind.UNDETERMINED, rule="no-text")
        for pattern, message in _DOUBTFUL:
            if found := pattern.search(self.norm):
                raise DeadlineError(self.text, f"{quote(found[0])}: {message}", "ambiguous")
        try:
            noted = notation.read(self.norm)
            if noted is None:
                statement = self._parse()
            else:
                statement, self.approximate = noted
                if statement.length and statement.lower:
                    statement = self._from_date(statement.lower, statement.length)
            reading = self._resolve(statement)
        except NotUnderstoodError as error:
            raise self._error(error) from None
        except NoSuchPeriodError as error:
            raise self._error(NotUnderstoodError(error.reason, str(error), 0, WHOLE)) from None
        if _NO_LATER.match(self.norm) and _are_two_ends(reading.parts):
            raise DeadlineError(self.text, f"{quote(self.text)}: says two last days of one time", "ambiguous")
        return reading

    def _parse(self) -> Statement:
        norm = self.norm
        if ")" in norm and "(" not in norm:
            norm = _FOOTNOTE.sub(lambda m: " " * len(m[0]), norm)
        words = vocabulary(self.lang)
        self.line = spell(norm, words, day_first=self.calendar.day_first)
        self.approximate = self.line.approximate
        parser = Clauses(self.line, words)
        clauses = parser.read()
        if not clauses:
            raise NotUnderstoodError("incomplete", "says no date", 0, max(1, len(self.line.spans)))
        clauses = settle(clauses)
        names = {clause.name for clause in clauses if clause.inside}
        if "dates" in names and not any(clause.name == "cycle" for clause in clauses):
            clauses = self._without_glosses(clauses)
        self._spread_fiscal(clauses)
        return self._combine(clauses, parser.implied)

    def _without_glosses(self, clauses: list[Clause]) -> list[Clause]:
        """Return the clauses without dates in brackets that say what is before them again.

        A date beside a length of time or an event decides: "within 90 days (15 January 2018)".

        Raises:
            NotUnderstoodError: They say something else.
        """
        clauses = _closed(clauses)
        for at, gloss in enumerate(clauses):
            before, after = clauses[at - 1], clauses[at + 1 :]
            if not at or not gloss.inside or before.inside or gloss.name != "dates":
                continue
            if before.name in ("span", "event") and all(sketch.year for sketch in gloss.sketches):
                return [
                    *clauses[: at - 1],
                    _deciding(before, gloss),
                    *(c for c in after if c.name != "event"),
                ]
            if before.name == "dates":
                split = before.sketches[-1].undated and bool(after) and after[0].bare_year
                if split:
                    before.sketches[-1].year = after[0].sketches[0].year
                return [*clauses[: at - 1], self._agreed(before, gloss), *after[split:]]
        return clauses

    def _agreed(self, clause: Clause, gloss: Clause) -> Clause:
        """Return a clause whose bracket says the same, or the bracket if only that can be counted."""
        fill(clause.sketches)
        fill(gloss.sketches)
        stated = date_statements([clause])[0]
        fiscal = stated.fiscal
        if fiscal and self.calendar.fiscal_month is None:
            return self._instead(clause, gloss, stated)
        # "Q1 FY2025 (October - December)": a fiscal year has its own calendar years.
        start, due = self._days(stated) if fiscal else (None, None)
        for sketch, day in ((gloss.sketches[-1], due or start), (gloss.sketches[0], start or due)):
            if not sketch.dated:
                sketch.year = day.year if day else clause.sketches[-1].year
        if not _agree(self._days(stated), self._days(date_statements([gloss])[0])):
            raise fail(gloss, "ambiguous", _ANOTHER)
        return clause

    def _instead(self, clause: Clause, gloss: Clause, stated: Statement) -> Clause:
        """Return the bracket that counts a fiscal year out: "FY2026 (April 2026 - March 2027)".

        Raises:
            NotUnderstoodError: It gives no year, or no fiscal year of that number has these days.
        """
        if not all(sketch.dated for sketch in gloss.sketches):
            self._days(stated)
        gloss.bound = gloss.bound or clause.bound or ("by" if stated.upper else "")
        days = self._days(date_statements([gloss])[0])
        # A year that is named by two calendar years is none.
        calendars = _FISCAL[2:] if stated.split else _FISCAL
        if not any(_agree(_days_in(stated, calendar), days) for calendar in calendars):
            raise fail(gloss, "ambiguous", _ANOTHER)
        return gloss

    def _spread_fiscal(self, clauses: list[Clause]) -> None:
        """Let "fiscal years" reach every year of a phrase; refuse two years that may be one fiscal year."""
        sketches = [sketch for clause in clauses for sketch in clause.sketches]
        if any(sketch.marker == "fiscal" for sketch in sketches):
            for sketch in sketches:
                sketch.marker = "fiscal" if sketch.bare_year else sketch.marker
        elif self.calendar.fiscal_month not in (None, 1):
            for clause in clauses:
                if clause.bound in ("", "in", "by", "to") and clause.neighbours:
                    raise fail(clause, "ambiguous", "may be two calendar years or one fiscal year")

    def _error(self, error: NotUnderstoodError) -> DeadlineError:
        spans = self.line.spans
        start, end = 0, len(self.norm)
        if spans:
            first = min(error.start, len(spans) - 1)
            last = min(max(error.end, error.start + 1), len(spans)) - 1
            start, end = spans[first][0], spans[max(first, last)][1]
        if self.offsets is not None:
            start, end = self.offsets[start], self.offsets[end]
        return DeadlineError(self.text, f"{quote(self.text[start:end])}: {error}", error.reason, start, end)

    # -- what the clauses say

    def _combine(self, clauses: list[Clause], implied: str) -> Statement:
        """Return the one statement that the clauses make."""
        names = {clause.name for clause in clauses}
        if _recurs(names, implied):
            return self._recurring(clauses, names, implied)
        if "tail" in names:
            return _of_other_event(clauses, names)
        dates = [c for c in clauses if c.name == "dates"]
        dates = set_apart(dates) if len(dates) == 1 else dates
        if names == {"dates"} and each_year(dates):
            return recurring(dates, "year", self.calendar)
        fill_clauses(dates)
        _refuse_no_date(clauses, names)
        if "ongoing" in names:
            return ongoing(clauses)
        if names & {"span", "event"}:
            return relative(clauses, self._from_date)
        return several(dates)

    def _recurring(self, clauses: list[Clause], names: set[str], implied: str) -> Statement:
        """Return what recurs, after a first deadline, from a time after the adoption, or by itself."""
        if any(clause.after for clause in clauses):
            return self._first_then(clauses)
        if any(clause.label == "first" for clause in clauses):
            return self._begun(clauses, implied)
        if "span" in names:
            return self._opened(clauses)
        _refuse_others(clauses, {"cycle", "dates", "ongoing", "tail", "undetermined"})
        rest = [c for c in clauses if c.name not in ("tail", "ongoing", "undetermined")]
        return recurring(rest, implied, self.calendar)

    def _first_then(self, clauses: list[Clause]) -> Statement:
        """Return a cycle that begins with a first deadline: "by December 2014 and every two years thereafter"."""
        cycles = [clause for clause in clauses if clause.name == "cycle"]
        if len(cycles) > 1 or clauses[-1] is not cycles[0]:
            raise fail(cycles[-1], "ambiguous", "is a second frequency")
        day, whole = self._first_day(clauses[:-1], cycles[0])
        statement = recurring(cycles, "", self.calendar)
        statement.lower = _edge_of(day)
        if statement.cycle:
            statement.cycle = replace(statement.cycle, then=bool(day and not whole))
        return statement

    def _begun(self, clauses: list[Clause], implied: str) -> Statement:
        """Return a cycle whose first time has a label: "annually, first report by 30 June 2023"."""
        first, *more = [clause for clause in clauses if clause.label == "first"]
        day, _ = self._first_day([first], first)
        statement = self._combine([clause for clause in clauses if clause is not first], implied)
        if more or statement.lower or statement.window:
            raise fail(first, "ambiguous", "is a second start")
        statement.lower = _edge_of(day)
        cycle = statement.cycle
        if cycle and not (cycle.days or cycle.weekday):
            statement.cycle = replace(cycle, then=day is not None)
        return statement

    def _first_day(self, clauses: list[Clause], named: Clause) -> tuple[date | None, bool]:
        """Return the day of a first deadline, and whether it is the beginning of a whole period."""
        first = self._combine(clauses, "")
        if first.parts or first.cycle:
            raise fail(named, "ambiguous", "comes after more than one deadline")
        start, due = self._days(first)
        whole = first.window is not None and first.window.period.unit != "day"
        day = start if whole else due or start
        if day is None and not first.relative and first.length is None:
            raise fail(named, "leftover", "comes after no date")
        return day, whole

    def _opened(self, clauses: list[Clause]) -> Statement:
        """Return a cycle that opens a length of time after the adoption, or goes on for one."""
        lengths = [clause for clause in clauses if clause.name == "span"]
        length = lengths[0]
        if len(lengths) > 1 or length.sides == "due" or length.anchor or length.value == "other":
            raise fail(lengths[-1], "leftover", "does not fit what recurs")
        start, due = self._days(relative(lengths, self._from_date))
        statement = self._combine([clause for clause in clauses if clause is not length], "")
        if statement.lower or statement.window or (due and statement.upper):
            raise fail(length, "ambiguous", "is a second time for what recurs")
        _refuse_short(length, statement)
        statement.lower, statement.upper = _edge_of(start), _edge_of(due) or statement.upper
        return statement

    def _from_date(self, anchor: Edge, length: Length) -> Statement:
        """Return what a length of time gives that is counted from a date: days, and no more a length.

        Raises:
            NotUnderstoodError: The date is itself counted from the adoption.
        """
        calendar = Calendar(None, self.calendar.fiscal_month, self.calendar.named_by)
        try:
            since = lower_day(anchor, calendar)
            start, due = length_days(length, since)
        except (ValueError, OverflowError) as error:
            raise NotUnderstoodError("no-such-day", str(error), 0, WHOLE) from error
        if since is None:
            raise NotUnderstoodError("ambiguous", "counts from a date that is not known", 0, WHOLE)
        lower, upper = _edge_of(start), _edge_of(due)
        if length.sides == "both":
            return Statement(DeadlineKind.RANGE, anchor, upper)
        return Statement(DeadlineKind.BY, None, upper) if upper else Statement(DeadlineKind.SINCE, lower)

    # -- days

    def _resolve(self, statement: Statement) -> Deadline:
        parts = tuple(self._resolve(part) for part in statement.parts)
        start, due = _around(parts) if parts else self._days(statement)
        if not parts and self._runs_backwards(statement, start, due):
            raise _of_clause(statement, "reversed", "runs backwards")
        _check_weekdays(statement)
        kind = statement.kind
        if statement.relative and kind not in (DeadlineKind.RECURRING, DeadlineKind.ONGOING):
            kind = DeadlineKind.RELATIVE
            if self.calendar.adopted is None:
                start = due = None
        precision = parts[-1].precision if parts else _precision(statement)
        reading = Deadline(
            text=self.text,
            lang=self.lang if self.line.wordy else "zxx",
            kind=kind,
            start=start,
            due=due,
            recurrence=str(statement.cycle) if statement.cycle else None,
            approximate=self.approximate,
            precision=precision,
            parts=parts,
            lower=statement.lower,
            upper=statement.upper,
            cycle=statement.cycle,
            length=statement.length,
            window=statement.window,
        )
        object.__setattr__(reading, "rule", name_rule(reading))
        return reading

    def _runs_backwards(self, statement: Statement, start: date | None, due: date | None) -> bool:
        """Tell whether a statement ends before it starts, or names its two ends in that order."""
        if statement.ends is not None:
            start, due = self._days(Statement(DeadlineKind.RANGE, *statement.ends))
        return bool(start and due and start > due)

    def _days(self, statement: Statement) -> tuple[date | None, date | None]:
        """Return the first and the last day of a statement."""
        try:
            return _days_in(statement, self.calendar)
        except NoSuchPeriodError as error:
            raise _of_clause(statement, error.reason, str(error)) from error
        except (ValueError, OverflowError) as error:
            raise NotUnderstoodError("no-such-period", "is outside the calendar", 0, WHOLE) from error


def _days_in(statement: Statement, calendar: Calendar) -> tuple[date | None, date | None]:
    """Return the first and the last day of a statement in a plan that settles something."""
    if statement.length is not None:
        return length_days(statement.length, calendar.adopted)
    if statement.window is not None:
        return window(statement.window, calendar) or (None, None)
    start = lower_day(statement.lower, calendar) if statement.lower else None
    return start, upper_day(statement.upper, calendar) if statement.upper else None


def _agree(days: tuple[date | None, date | None], others: tuple[date | None, date | None]) -> bool:
    """Tell whether two readings have the same ends; of a point, "30 June 2025 (end of the year)", one."""
    both = [pair for pair in zip(days, others, strict=True) if all(pair)]
    return bool(both) and all(day == other for day, other in both)


def _edge_of(day: date | None) -> Edge | None:
    return Edge(Period("day", day.year, day.day, day.month)) if day else None


def _precision(statement: Statement) -> str | None:
    """Return the unit of the deciding end."""
    deciding = statement.window or statement.upper or statement.lower
    return PRECISION[deciding.period.unit] if deciding else None


def _around(parts: tuple[Deadline, ...]) -> tuple[date | None, date | None]:
    """Return the first day of all parts, if each has one, and the last."""
    starts = [part.start for part in parts]
    return min(s for s in starts if s) if all(starts) else None, max(
        (p.due for p in parts if p.due), default=None
    )


def _of_clause(statement: Statement, reason: str, message: str) -> NotUnderstoodError:
    """Return the refusal of the clause of a statement, or of all."""
    clause = statement.clause
    return fail(clause, reason, message) if clause else NotUnderstoodError(reason, message, 0, WHOLE)


def _closed(clauses: list[Clause]) -> list[Clause]:
    """Return the clauses with one range for "(July to September)"."""
    kept = clauses[:1]
    for clause in clauses[1:]:
        before = kept[-1]
        ends = before.inside and clause.inside and clause.bound == "to" and not clause.sep
        if ends and before.name == clause.name == "dates" and before.bound in ("", "in", "from"):
            before.sketches += clause.sketches
            before.bound = ""
        else:
            kept.append(clause)
    return kept


def _deciding(clause: Clause, gloss: Clause) -> Clause:
    """Return the date in brackets that decides, with the bound of the length or the event before it."""
    if gloss.label in ("first", "report"):
        raise fail(gloss, "ambiguous", "is the day of a report, and no other name of the time before it")
    opens = clause.name == "event" and clause.bound in LOWER
    gloss.bound = gloss.bound or ("from" if opens else "by")
    gloss.sep = clause.sep
    return gloss


def _recurs(names: set[str], implied: str) -> bool:
    """Tell whether a frequency is stated, or alluded to: "of the reporting quarter"."""
    return "cycle" in names or (implied not in ("", "report") and names <= {"dates", "tail"})


def _of_other_event(clauses: list[Clause], names: set[str]) -> Statement:
    """Return a length of time counted from a cycle that is none of the plan's."""
    if names == {"tail"} and clauses[0].value == "other":
        length = Length(clauses[0].sides, event="other")
        return Statement(DeadlineKind.RELATIVE, length=length, clause=clauses[0])
    raise fail(next(c for c in clauses if c.name == "tail"), "incomplete", "says no frequency")


def _are_two_ends(parts: tuple[Deadline, ...]) -> bool:
    """Tell whether the second of two parts is a last day within the time of the first: "Q4 2024, no later than 15 December 2024"."""
    if len(parts) != 2 or parts[1].start or not (parts[0].due and parts[1].due):
        return False
    return (parts[0].start or date.min) <= parts[1].due <= parts[0].due


def _refuse_short(length: Clause, statement: Statement) -> None:
    """Refuse "annually, within 30 days", which says nothing of how long something goes on.

    "Monthly for two years" does: in it, something recurs at least twice, or three times "within" months.
    """
    cycle = statement.cycle
    if length.sides != "both" or cycle is None:
        return
    long = cycle.freq in ("YEARLY", "MONTHLY")
    least = cycle.interval * {"YEARLY": 12, "MONTHLY": 1, "WEEKLY": 7}.get(cycle.freq, 1)
    lasts = length.months if long else length.months * 30 + length.days
    times = 3 if length.during and length.months < 12 else 2
    if length.workdays or lasts < times * least:
        raise fail(length, "leftover", "does not fit what recurs")


def _refuse_others(clauses: list[Clause], names: set[str]) -> None:
    for clause in clauses:
        if clause.name not in names:
            raise fail(clause, "leftover", "does not fit what recurs")


def _refuse_no_date(clauses: list[Clause], names: set[str]) -> None:
    """Refuse "TBD" beside a date; a condition, "subject to funding", does not undo it."""
    if "undetermined" not in names or names == {"undetermined"} or "ongoing" in names:
        return
    clause = next(c for c in clauses if c.name == "undetermined")
    kept = names == {"undetermined", "dates"} and _stands_beside(clause, clauses)
    # "Upon request, within 30 days": the days are counted from the request.
    if not kept and (clause.value != "need" or clauses[0] is clause):
        raise fail(clause, "ambiguous", "says that there is no date, and the rest says one")


def _stands_beside(clause: Clause, clauses: list[Clause]) -> bool:
    """Tell whether what has no date says nothing against the dates beside it."""
    if clause.value == "now":
        # "Immediately, but no later than X" is X.
        others = [c for c in clauses if c is not clause]
        return all(c.bound in UPPER for c in others) and not any(c.sep.strip(",&") for c in clauses)
    if clause.value == "no-term":
        # In brackets it says what sort of deadline that is: "Q4 2023 (short term)".
        return any(c.inside for c in clauses)
    return clause.value in ("need", "request")


def _check_weekdays(statement: Statement) -> None:
    for sketch in statement.clause.sketches if statement.clause else ():
        if sketch.weekday is None:
            continue
        if not (sketch.year and sketch.month and sketch.day):
            raise fail(statement.clause, "leftover", "a weekday needs its date")  # type: ignore[arg-type]
        if date(sketch.year, sketch.month, sketch.day).weekday() != sketch.weekday:
            raise NotUnderstoodError("weekday", "is another weekday", sketch.start, sketch.end)
