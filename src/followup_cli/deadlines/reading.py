"""Read a phrase: choose the language, parse, combine, and give the days."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from . import notation
from .clauses import Clauses
from .combine import Combiner, Statement, fail, fill, settle
from .drafts import Clause
from .letters import Line, normalise, spell
from .model import Deadline, DeadlineError, Edge, Kind, NotUnderstoodError, Period, Span, quote
from .naming import name_rule
from .periods import ONE, PRECISION, NoSuchPeriodError, add_months, add_workdays, lower_day, upper_day, window
from .recurring import each_year, outer, recurring, set_apart
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


def read(text: str, *, lang: str = "auto", adopted: date | None = None, fiscal_month: int = 1) -> Deadline:
    """Read a deadline phrase.

    Args:
        text: The phrase, as the plan writes it.
        lang: Its language, a key of `LANGUAGES`, or auto.
        adopted: The day the plan was adopted; without it, what is counted from it has no dates.
        fiscal_month: The first month of the fiscal year; where it is not January, a fiscal year has the
            number of the calendar year it ends in.

    Raises:
        DeadlineError: The text is not a deadline, or not one deadline.
    """
    if len(text) > LONGEST:
        raise DeadlineError(text, f"the text is longer than {LONGEST} characters", "too-long")
    return _read(text, lang, adopted, fiscal_month)


@lru_cache(maxsize=8192)
def _read(text: str, lang: str, adopted: date | None, fiscal_month: int) -> Deadline:
    if lang != "auto" and lang != "zxx" and lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}: choose one of auto, {', '.join(LANGUAGES)}")
    if not 1 <= fiscal_month <= 12:
        raise ValueError(f"a fiscal year begins in a month from 1 to 12, not {fiscal_month}")
    options = (adopted, fiscal_month)
    normal = normalise(text)
    found: list[Deadline] = []
    errors: list[tuple[int, DeadlineError]] = []
    for code in _candidates(text) if lang == "auto" else (lang,):
        if found and not _knows_all(normal[0], code):
            continue
        reader = Reader(text, normal, code, *options)
        try:
            found.append(reader.read())
        except DeadlineError as refusal:
            errors.append((reader.unknown, refusal))
    if not found:
        error = min(errors, key=lambda pair: pair[0])[1]
        langs = tuple(LANGUAGES) if lang == "auto" else (lang,)
        error.offer(
            lambda reason: suggest(text, reason, langs, adopted, lambda other: _reads(other, lang, *options))
        )
        raise error
    first = found[0]
    for other in found[1:]:
        if _says(first) != _says(other):
            message = (
                f"{quote(text)} may be read as `{first.lang}` or as `{other.lang}`, with different results"
            )
            raise DeadlineError(text, message, "ambiguous")
    return first


def _says(reading: Deadline) -> tuple[object, ...]:
    """Return what a reading says, whatever its words."""
    return (reading.kind, reading.start, reading.due, reading.recurrence, *map(_says, reading.parts))


def _reads(text: str, lang: str, adopted: date | None, fiscal_month: int) -> bool:
    """Tell whether a phrase is read, in one of its languages."""
    normal = normalise(text)
    for code in _candidates(text) if lang == "auto" else (lang,):
        try:
            Reader(text, normal, code, adopted, fiscal_month).read()
        except DeadlineError:
            continue
        return True
    return False


def _knows_all(norm: str, lang: str) -> bool:
    """Tell whether every word of a phrase is a word of the language."""
    return vocabulary(lang).parts.issuperset(_WORD.findall(norm))


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
        self,
        text: str,
        normal: tuple[str, list[int] | None],
        lang: str,
        adopted: date | None,
        fiscal_month: int,
    ) -> None:
        self.text = text
        self.lang = lang
        self.adopted = adopted
        self.fiscal_month = fiscal_month
        self.norm, self.offsets = normal
        self.tokens = Line()
        self.unknown = 0
        self.approximate = False

    def read(self) -> Deadline:
        """Return the reading, or raise DeadlineError."""
        if not self.norm.strip():
            raise DeadlineError(self.text, "the text is empty", "empty")
        if _NOTHING.match(self.norm):
            return Deadline(self.text, "zxx", Kind.UNDETERMINED, rule="no-text")
        try:
            noted = notation.read(self.norm)
            if noted is None:
                statement = self._parse()
            else:
                statement, self.approximate = noted
                if statement.span and statement.lower:
                    statement = from_date(statement.lower, statement.span, self.fiscal_month)
            return self._resolve(statement)
        except NotUnderstoodError as error:
            raise self._error(error) from None
        except NoSuchPeriodError as error:
            whole = NotUnderstoodError(error.reason, str(error), 0, len(self.text))
            raise self._error(whole) from None

    def _parse(self) -> Statement:
        norm = self.norm
        if ")" in norm and "(" not in norm:
            norm = _FOOTNOTE.sub(lambda m: " " * len(m[0]), norm)
        words = vocabulary(self.lang)
        self.tokens = spell(norm, words)
        self.unknown = self.tokens.unknown
        self.approximate = self.tokens.approximate
        parser = Clauses(self.tokens, articles=words.articles, postfix=words.postfix)
        parser.event_endings = words.event_endings
        clauses = parser.read()
        if not clauses:
            raise NotUnderstoodError("incomplete", "says no date", 0, max(1, len(self.tokens.spans)))
        return combine(settle(clauses), parser.implied, Combiner(self.fiscal_month))

    def _error(self, error: NotUnderstoodError) -> DeadlineError:
        spans = self.tokens.spans
        start, end = 0, len(self.norm)
        if spans:
            first = min(error.start, len(spans) - 1)
            last = min(max(error.end, error.start + 1), len(spans)) - 1
            start, end = spans[first][0], spans[max(first, last)][1]
        said = quote(self.norm[start:end])
        if self.offsets is not None:
            start, end = self.offsets[start], self.offsets[end]
            said = quote(self.text[start:end])
        else:
            said = quote(self.text[start:end])
        return DeadlineError(self.text, f"{said}: {error}", error.reason, start, end)

    # -- days

    def _resolve(self, statement: Statement) -> Deadline:
        parts = tuple(self._resolve(part) for part in statement.parts)
        start = due = None
        if parts:
            starts = [part.start for part in parts]
            dues = [part.due for part in parts]
            start = min(s for s in starts if s) if all(starts) else None
            due = max((d for d in dues if d), default=None)
        lower, upper, span = statement.lower, statement.upper, statement.span
        relative = any(e and e.period.year is None for e in (lower, upper))
        try:
            if lower is not None and lower is upper:
                start, due = window(lower, self.adopted, self.fiscal_month) or (None, None)
            elif lower is not None:
                start = lower_day(lower, self.adopted, self.fiscal_month)
            if upper is not None and lower is not upper:
                due = upper_day(upper, self.adopted, self.fiscal_month)
            if span is not None:
                start, due = span_days(span, self.adopted)
        except NoSuchPeriodError as error:
            clause = statement.clause
            raise NotUnderstoodError(
                error.reason, str(error), clause.start if clause else 0, clause.end if clause else 10**6
            ) from error
        except (ValueError, OverflowError) as error:
            raise NotUnderstoodError("no-such-period", "is outside the calendar", 0, 10**6) from error
        if start and due and start > due and not parts:
            clause = statement.clause
            raise NotUnderstoodError(
                "reversed", "runs backwards", clause.start if clause else 0, clause.end if clause else 10**6
            )
        self._weekdays(statement)
        kind = statement.kind
        if relative and kind not in (Kind.RECURRING, Kind.ONGOING, Kind.MULTIPLE):
            kind = Kind.RELATIVE
            if self.adopted is None:
                start = due = None
        deciding = upper or lower
        reading = Deadline(
            text=self.text,
            lang=self.lang if self.tokens.wordy else "zxx",
            kind=kind,
            start=start,
            due=due,
            recurrence=str(statement.cycle) if statement.cycle else None,
            approximate=self.approximate,
            precision=PRECISION[deciding.period.unit] if deciding else parts[-1].precision if parts else None,
            parts=parts,
            lower=lower,
            upper=upper,
            cycle=statement.cycle,
            span=span,
        )
        object.__setattr__(reading, "rule", name_rule(reading))
        return reading

    @staticmethod
    def _weekdays(statement: Statement) -> None:
        clause = statement.clause
        if clause is None:
            return
        for draft in clause.drafts:
            if draft.weekday is None:
                continue
            if not (draft.year and draft.month and draft.day):
                raise fail(clause, "leftover", "a weekday needs its date")
            if date(draft.year, draft.month, draft.day).weekday() != draft.weekday:
                raise NotUnderstoodError("weekday", "is another weekday", draft.start, draft.end)


def span_days(span: Span, since: date | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of a length of time, where the day of its event is known."""
    if since is None or span.event == "other":
        return None, None
    end = add_workdays(add_months(since, span.months) + ONE * span.days, span.workdays)
    if span.sides == "both":
        return since, end
    return (end, None) if span.sides == "start" else (None, end)


def combine(clauses: list[Clause], implied: str, combiner: Combiner) -> Statement:
    """Return the one statement that the clauses make."""
    names = {clause.name for clause in clauses}
    if "cycle" in names or (implied and names <= {"dates", "tail"} and implied != "report"):
        odd = names - {"cycle", "dates", "ongoing", "tail", "undetermined"}
        rest = [c for c in clauses if c.name not in ("tail", "ongoing", "undetermined")]
        if odd:
            raise fail(next(c for c in clauses if c.name in odd), "leftover", "does not fit what recurs")
        return recurring(rest, implied, combiner)
    if names == {"tail"} and clauses[0].value == "other":
        return Statement(Kind.RELATIVE, span=Span(clauses[0].sides, event="other"), clause=clauses[0])
    if "tail" in names:
        raise fail(next(c for c in clauses if c.name == "tail"), "incomplete", "says no frequency")
    dates = [c for c in clauses if c.name == "dates"]
    dates = set_apart(dates) if len(dates) == 1 else dates
    if names == {"dates"} and each_year(dates):
        return recurring(dates, "year", combiner)
    fill([d for c in dates for d in c.drafts])
    if "undetermined" in names and names != {"undetermined"} and "ongoing" not in names:
        odd_one = next(c for c in clauses if c.name == "undetermined")
        if odd_one.value != "need" or names != {"undetermined", "dates"}:
            raise fail(odd_one, "ambiguous", "says that there is no date, and the rest says one")
    if "ongoing" in names:
        return _ongoing(clauses, dates, combiner)
    if names & {"span", "event"}:
        return _relative([c for c in clauses if c.name in ("span", "event")], dates, combiner)
    if not dates:
        return Statement(Kind.UNDETERMINED)
    found = combiner.dates(dates)
    return found[0] if len(found) == 1 else Statement(Kind.MULTIPLE, parts=found)


def _ongoing(clauses: list[Clause], dates: list[Clause], combiner: Combiner) -> Statement:
    for clause in clauses:
        if clause.name in ("span", "event"):
            raise fail(clause, "leftover", "does not fit what is ongoing")
    if not dates:
        return Statement(Kind.ONGOING)
    found = combiner.dates(dates)
    lower, upper = outer(found, dates)
    return Statement(Kind.ONGOING, lower, upper, clause=found[0].clause)


def _relative(spans: list[Clause], dates: list[Clause], combiner: Combiner) -> Statement:
    """Return what is counted from an event: a length of time, its event, or an event alone."""
    lengths = [c for c in spans if c.name == "span"]
    events = [c for c in spans if c.name == "event"]
    if len(dates) == len(lengths) == 1 and not events and _opens(dates[0]) and lengths[0].sides == "both":
        lengths[0].anchor, dates = dates[0].drafts[0], []
    if dates or len(lengths) > 1 or len(events) > 1 or (lengths and events and lengths[0].value):
        extra = (dates or lengths[1:] or events[1:] or events)[0]
        raise fail(extra, "ambiguous", "is a second deadline")
    event = events[0] if events else None
    if not lengths:
        return Statement(Kind.RELATIVE, span=_event_alone(spans[0]), clause=event)
    clause = lengths[0]
    name = (event.value if event else clause.value) or "adoption"
    span = Span(clause.sides, clause.months, clause.days, clause.workdays, name)
    if clause.anchor is None:
        return Statement(Kind.RELATIVE, span=span, clause=clause)
    fill([clause.anchor])
    anchor = combiner.edge(clause, clause.anchor, "from")
    if anchor.period.unit != "day" and anchor.point not in ("begin", "mid", "end"):
        raise fail(clause, "ambiguous", "counts from a period, which may be its first day or its last")
    return from_date(anchor, span, combiner.fiscal_month)


def from_date(anchor: Edge, span: Span, fiscal_month: int) -> Statement:
    """Return what a length of time gives that is counted from a date: days, and no more a length.

    Raises:
        NotUnderstoodError: The date is itself counted from the adoption.
    """
    try:
        since = lower_day(anchor, None, fiscal_month)
        start, due = span_days(span, since)
    except (ValueError, OverflowError) as error:
        raise NotUnderstoodError("no-such-day", str(error), 0, 10**6) from error
    if since is None:
        raise NotUnderstoodError("ambiguous", "counts from a date that is not known", 0, 10**6)
    lower, upper = (Edge(Period("day", d.year, d.day, d.month)) if d else None for d in (start, due))
    if span.sides == "both":
        return Statement(Kind.RANGE, anchor, upper)
    return Statement(Kind.BY, None, upper) if upper else Statement(Kind.SINCE, lower)


def _opens(clause: Clause) -> bool:
    """Tell whether a clause is one lower bound, from which a length of time may be counted."""
    return clause.bound == "from" and len(clause.drafts) == 1


def _event_alone(clause: Clause) -> Span:
    if clause.bound in ("from", "after"):
        return Span("start", days=int(clause.bound == "after"), event=clause.value)
    return Span("due", days=-int(clause.bound == "before"), event=clause.value)
