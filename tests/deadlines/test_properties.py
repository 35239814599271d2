"""What holds for every phrase, and not only for the examples."""

import os
import time
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_cli.deadlines import (
    LANGUAGES,
    Calendar,
    Deadline,
    DeadlineError,
    DeadlineKind,
    edtf,
    phrase,
    read,
)
from followup_cli.deadlines.vocabulary import vocabulary

from .cases import ADOPTED, CASES, READ, REFUSED
from .test_examples import check_invariants, reading_of

# `FOLLOWUP_EXAMPLES=10000 pytest …` looks further than the everyday run.
EXAMPLES = int(os.environ.get("FOLLOWUP_EXAMPLES", "120"))
thorough = settings(max_examples=EXAMPLES, deadline=None)

WORDS = sorted({word for lang in LANGUAGES for word in vocabulary(lang).words})
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SIGNS = [
    *"-–,;/().:&+~?%'\"*[]{}",
    "..",
    "2022",
    "2023",
    "1",
    "15",
    "31",
    "32",
    "IV",
    "Q3",
    "H1",
    "12.2023",
    "01.09",
    "№",
]


def attempt(text: str, lang: str = "auto") -> Deadline | None:
    """Read a text, or check that it is refused properly."""
    refusal: DeadlineError
    try:
        deadline = read(text, lang=lang, adopted=ADOPTED)
    except DeadlineError as error:
        refusal = error
    else:
        check_invariants(deadline)
        return deadline
    assert 0 <= refusal.start <= refusal.end <= len(text)
    assert refusal.message
    assert "\n" not in refusal.message
    if refusal.suggestion is not None:
        read(refusal.suggestion, lang=lang, adopted=ADOPTED)
    return None


# -- any text


@thorough
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    attempt(text)


@thorough
@given(
    st.lists(st.sampled_from(WORDS) | st.sampled_from(SIGNS), max_size=9),
    st.sampled_from(["auto", *LANGUAGES]),
)
@example(["2022", "annually", "jan"], "en")
@example(["2022", "every other year", "jan"], "en")
def test_any_words_are_read_or_refused(words: list[str], lang: str) -> None:
    deadline = attempt(" ".join(words), lang)
    if deadline is not None:
        for other in LANGUAGES:
            again = read(phrase(deadline, other), lang=other, adopted=ADOPTED)
            assert reading_of(again) == reading_of(deadline)


@thorough
@given(st.sampled_from([case.phrase for case in CASES]), st.data())
def test_any_piece_of_a_phrase_is_read_or_refused(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    attempt(text[:end])
    attempt(text[start:])
    attempt(text[:start] + text[end:])


# -- the same words, typed otherwise


@thorough
@given(st.sampled_from(READ), st.sampled_from(["\u00a0", "  ", "\u2009", "\t", "\n"]))
def test_white_space_changes_nothing(case, space: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    spaced = space + case.phrase.strip().replace(" ", space) + space
    assert reading_of(read(spaced, adopted=ADOPTED)) == case.reading


@thorough
@given(st.sampled_from(READ), st.sampled_from("‐‑‒–—―−"))
def test_the_kind_of_dash_changes_nothing(case, dash: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    dashed = case.phrase.replace("-", dash).replace("–", dash)
    assert reading_of(read(dashed, adopted=ADOPTED)) == case.reading


@thorough
@given(st.sampled_from(READ))
def test_case_changes_nothing(case) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for text in (case.phrase.upper(), case.phrase.lower(), case.phrase.title().replace("'S", "'s")):
        assert reading_of(read(text, adopted=ADOPTED)) == case.reading


@thorough
@given(st.sampled_from(REFUSED))
def test_a_refusal_holds_in_any_spacing(case) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert attempt("  " + case.phrase.replace(" ", "\u00a0") + " ") is None


# -- dates

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
years = st.integers(1901, 2198)
months = st.integers(1, 12)


@st.composite
def periods(draw: st.DrawFn) -> str:
    """Name a period in English."""
    year, month = draw(years), draw(months)
    name = MONTHS[month - 1]
    return draw(
        st.sampled_from(
            [
                str(year),
                f"{name} {year}",
                f"Q{(month - 1) // 3 + 1} {year}",
                f"H{(month - 1) // 6 + 1} {year}",
                f"{('first', 'second', 'third')[(month - 1) // 4]} third of {year}",
                f"{('spring', 'summer', 'autumn')[month % 3]} {year}",
                f"first half of {name} {year}",
                f"{('first', 'second', 'third')[month % 3]} ten-day period of {name} {year}",
                f"last week of {name} {year}",
                f"week {month * 4} of {year}",
                f"{month + 10} {name} {year}",
                f"first {month} months of {year}",
                f"early {year}",
                f"late {name} {year}",
                f"academic year {year - 1}/{year % 100:02}",
            ]
        )
    )


@thorough
@given(periods())
def test_a_period_and_by_the_period_are_due_on_the_same_day(period: str) -> None:
    assert read(period).due == read(f"by {period}").due
    assert read(period).start == read(f"from {period}").start


@thorough
@given(periods(), periods(), st.sampled_from(["by", "before", "from", "after", "during"]), st.booleans())
def test_generated_readings_survive_every_language(a: str, b: str, bound: str, both: bool) -> None:
    text = f"{bound} {a}"
    if both:
        text = {"by": f"{a} - {b}", "before": f"from {a} to {b}", "during": f"during {a} - {b}"}.get(
            bound, f"{a}; {bound} {b}"
        )
    deadline = attempt(text)
    if deadline is None:
        return
    for lang in LANGUAGES:
        words = phrase(deadline, lang)
        assert reading_of(read(words, lang=lang)) == reading_of(deadline), words
    code = edtf(deadline)
    if code is not None:
        again = read(code)
        assert (again.start, again.due) == (deadline.start, deadline.due)


# -- whatever is read can be said

POINTS = {
    "en": ["{}", "early {}", "the beginning of {}", "mid {}", "the end of {}", "late {}"],
    "ru": ["{}", "начало {}", "середина {}", "конец {}"],
    "kk": ["{}", "{} басы", "{} ортасы", "{} соңы"],
}
PERIODS = {
    "en": "2014|FY 2014|FY 2014/15|fiscal year 2014|Q2 of FY 2014|second half of FY 2014"
    "|first 3 months of FY 2014|academic year 2014/15|academic year 1999/00|school year 2014-2015"
    "|winter 2014/15|summer 2014|2010s|201X|Q2 2014|last third of 2014|March 2014|first week of March 2014"
    "|the first half of March 2014|third ten-day period of May 2014|last 3 days of March 2014|week 5 of 2014"
    "|15 March 2014|this fiscal year|next year|this quarter|next decade",
    "ru": "2014 года|2014 финансового года|II квартала 2014 финансового года|текущего финансового года"
    "|первых трех месяцев 2014 финансового года|2014/15 учебного года|1999/00 учебного года|зимы 2014/15 года"
    "|II квартала 2014 года|марта 2014 года|второй декады марта 2014 года|следующего десятилетия"
    "|2010-х годов",
    "kk": "2014 жылдың|2014 қаржы жылының|2014 қаржы жылының II тоқсанының|осы қаржы жылының"
    "|2014/15 оқу жылының|1999/00 оқу жылының|2014 жылдың II тоқсанының|2014 жылғы наурыздың"
    "|келесі онжылдықтың",
}
FRAMES = {
    "en": "{a}|by {a}|before {a}|from {a}|after {a}|during {a}|{a} - {b}|from {a} to {b}|during {a} - {b}"
    "|after {a}, before {b}|{a}; {b}|{a} and {b}|annually from {a}|annually until {a}|annually, by {a}"
    "|every year in {a}|quarterly during {a}|quarterly from {a}|quarterly until {a}|monthly from {a} to {b}"
    "|monthly, {a} - {b}|every two years from {a} until {b}|ongoing from {a}|ongoing until {a}"
    "|approximately {a}|within 3 months after {a}",
    "ru": "{a}|до {a}|ранее {a}|с {a}|после {a}|в течение {a}|с {a} до {b}|{a} - {b}|{a}; {b}|ежегодно с {a}"
    "|ежегодно до {a}|ежеквартально в течение {a}|каждый год до {a}|постоянно до {a}|ориентировочно {a}",
    "kk": "{a}|{a} дейін|{a} бұрын|{a} бастап|{a} кейін|{a} ішінде|{a}; {b}|жыл сайын, {a} дейін"
    "|жыл сайын, {a} бастап|тоқсан сайын {a} ішінде|тұрақты, {a} дейін|шамамен {a}",
}


@settings(max_examples=10 * EXAMPLES, deadline=None)
@given(st.sampled_from(sorted(LANGUAGES)), st.sampled_from([ADOPTED, None]), st.data())
def test_whatever_is_read_can_be_said_in_every_language(
    lang: str, adopted: date | None, data: st.DataObject
) -> None:
    periods = st.sampled_from(PERIODS[lang].split("|"))
    a, b = (data.draw(st.sampled_from(POINTS[lang])).format(data.draw(periods)) for _ in "ab")
    text = data.draw(st.sampled_from(FRAMES[lang].split("|"))).format(a=a, b=b.replace("2014", "2016"))
    try:
        deadline = read(text, lang=lang, adopted=adopted)
    except DeadlineError:
        return
    for other in LANGUAGES:
        words = phrase(deadline, other)
        again = read(words, lang=other, adopted=adopted)
        assert reading_of(again) == reading_of(deadline), (text, words)
        assert again.approximate == deadline.approximate, (text, words)


@thorough
@given(days)
def test_a_day_is_read_in_every_notation(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.isoformat()}T23:59:59Z",
        f"{day.isoformat()}+05:00",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"{day.year} {MONTHS[day.month - 1]} {day.day}",
    ):
        deadline = read(text)
        assert (deadline.kind, deadline.start, deadline.due) == (DeadlineKind.ON, day, day), text
    for text in (f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}"):
        if day.day > 12 or day.day == day.month:
            assert read(text).start == day
        else:
            with pytest.raises(DeadlineError, match="day first or the month"):
                read(text)
    iso = day.isocalendar()
    if 1900 <= iso.year <= 2199:
        assert read(f"{iso.year}-W{iso.week:02}-{iso.weekday}").start == day


@thorough
@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)), st.integers(1, 400))
def test_working_days_are_mondays_to_fridays(adopted: date, count: int) -> None:
    due = read(f"within {count} working days", adopted=adopted).due
    assert due is not None
    assert due.weekday() < 5
    assert (
        sum((adopted + timedelta(days=n)).weekday() < 5 for n in range(1, (due - adopted).days + 1)) == count
    )


def test_the_same_day_of_the_month_or_the_last() -> None:
    assert read("within 1 month", adopted=date(2023, 1, 31)).due == date(2023, 2, 28)
    assert read("within 12 months", adopted=date(2024, 2, 29)).due == date(2025, 2, 28)


# -- options and limits


def test_a_fiscal_year_may_begin_in_another_month() -> None:
    april = read("FY 2022/23", calendar=Calendar(fiscal_month=4))
    assert (april.start, april.due) == (date(2022, 4, 1), date(2023, 3, 31))
    october = read("Q1 of FY 2023", calendar=Calendar(fiscal_month=10))
    assert (october.start, october.due) == (date(2022, 10, 1), date(2022, 12, 31))
    assert read("by the end of FY 2023", calendar=Calendar(fiscal_month=7)).due == date(2023, 6, 30)
    assert read("by the end of 2023", calendar=Calendar(fiscal_month=7)).due == date(2023, 12, 31)


def test_a_language_that_is_not_named_is_not_read() -> None:
    with pytest.raises(DeadlineError):
        read("до конца 2022 года", lang="en")
    assert read("2022-2025", lang="ru").lang == "zxx"
    with pytest.raises(ValueError, match="unknown language"):
        read("2022", lang="fr")


def test_a_long_text_is_refused_at_once() -> None:
    for text in ("2022 " * 200_000, "x" * 1_000_000, "(" * 1_000_000):
        began = time.process_time()
        with pytest.raises(DeadlineError) as refusal:
            read(text)
        assert refusal.value.reason == "too-long"
        assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "piece", ["2022, ", "1 ", "by ", "Q1 and ", "(", "- ", "1.", "2022-", "день ", "twenty ", "а", "~"]
)
def test_a_long_text_within_the_limit_takes_no_time(piece: str) -> None:
    text = (piece * 2000)[:2000]
    began = time.process_time()
    attempt(text)
    assert time.process_time() - began < 2


def test_what_ends_before_an_event_is_not_said_to_follow_it() -> None:
    counted_back = read("за 2 недели до выборов", lang="ru", adopted=ADOPTED)
    assert phrase(counted_back, "en") == "before completion"
    assert phrase(counted_back, "ru") == "ранее представления"
