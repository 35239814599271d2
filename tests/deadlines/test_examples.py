"""Every example row is read, or refused, as it says."""

from datetime import date

import pytest

from followup_cli.deadlines import (
    LANGUAGES,
    RULES,
    Calendar,
    Deadline,
    DeadlineError,
    DeadlineKind,
    edtf,
    phrase,
    read,
)

from .cases import ADOPTED, CASES, READ, REFUSED, Case, settled, siblings, unseen


def iso(day: date | None, none: str = "") -> str:
    return day.isoformat() if day else none


def reading_of(deadline: Deadline) -> tuple[str, ...]:
    parts = ";".join(f"{iso(part.start, '..')}/{iso(part.due, '..')}" for part in deadline.parts)
    return (deadline.kind.value, iso(deadline.start), iso(deadline.due), deadline.recurrence or "", parts)


@pytest.mark.parametrize("case", unseen(), ids=lambda case: case.phrase)
def test_a_phrase_written_apart_from_the_reader(case: Case) -> None:
    try:
        deadline = read(case.phrase, adopted=ADOPTED)
    except DeadlineError:
        assert case.kind == "error"
    else:
        assert reading_of(deadline)[:4] == case.reading[:4]


@pytest.mark.parametrize("case", READ, ids=lambda case: case.phrase)
def test_a_phrase_is_read(case: Case) -> None:
    deadline = read(case.phrase, adopted=ADOPTED)
    assert reading_of(deadline) == case.reading
    assert deadline.approximate == case.approximate
    assert deadline.text == case.phrase
    assert deadline.rule in RULES


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.phrase)
def test_a_phrase_is_refused(case: Case) -> None:
    with pytest.raises(DeadlineError) as refusal:
        read(case.phrase, adopted=ADOPTED)
    error = refusal.value
    assert case.reason in ("", error.reason)
    assert error.text == case.phrase
    assert 0 <= error.start <= error.end <= len(case.phrase)
    assert error.message == str(error)
    assert not error.message.endswith(".")
    assert len(error.message) < 200
    if error.suggestion is not None:
        read(error.suggestion, adopted=ADOPTED)


@pytest.mark.parametrize(("calendar", "case"), settled(), ids=str)
def test_a_plan_settles_its_fiscal_years_and_dates(calendar: Calendar, case: Case) -> None:
    try:
        deadline = read(case.phrase, calendar=calendar)
    except DeadlineError:
        assert case.kind == "error"
        return
    assert reading_of(deadline) == case.reading
    for lang in LANGUAGES:
        again = read(phrase(deadline, lang), lang=lang, calendar=calendar)
        assert reading_of(again)[1:] == case.reading[1:], phrase(deadline, lang)


@pytest.mark.parametrize(("calendar", "case"), siblings(), ids=str)
def test_a_sibling_of_a_real_phrase(calendar: Calendar, case: Case) -> None:
    try:
        deadline = read(case.phrase, calendar=calendar)
    except DeadlineError:
        assert case.kind == "error"
        return
    assert reading_of(deadline)[:4] == case.reading[:4]
    for lang in LANGUAGES:
        again = read(phrase(deadline, lang), lang=lang, calendar=calendar)
        assert reading_of(again)[1:] == reading_of(deadline)[1:], phrase(deadline, lang)


def test_the_language_may_be_named() -> None:
    for case in READ:
        if case.lang in LANGUAGES:
            named = read(case.phrase, lang=case.lang, adopted=ADOPTED)
            assert reading_of(named) == case.reading, case.phrase


def test_the_readings_of_a_kind_have_the_fields_of_the_kind() -> None:
    for case in READ:
        check_invariants(read(case.phrase, adopted=ADOPTED))
        check_invariants(read(case.phrase))


def check_invariants(deadline: Deadline) -> None:
    kind, start, due = deadline.kind, deadline.start, deadline.due
    assert start is None or due is None or start <= due or kind is DeadlineKind.MULTIPLE, deadline
    assert (
        (kind is DeadlineKind.RECURRING) == (deadline.recurrence is not None) == (deadline.cycle is not None)
    )
    assert (len(deadline.parts) > 1) == (kind is DeadlineKind.MULTIPLE)
    assert all(not part.parts for part in deadline.parts)
    if kind is DeadlineKind.BY:
        assert start is None
        assert due is not None
    if kind is DeadlineKind.SINCE:
        assert start is not None
        assert due is None
    if kind in (DeadlineKind.ON, DeadlineKind.WITHIN, DeadlineKind.RANGE):
        assert start is not None
        assert due is not None
    if kind is DeadlineKind.UNDETERMINED:
        assert start is None
        assert due is None


def test_relative_phrases_have_no_dates_without_the_adoption_date() -> None:
    for case in READ:
        if case.kind == "relative":
            deadline = read(case.phrase)
            assert (deadline.kind, deadline.start, deadline.due) == (DeadlineKind.RELATIVE, None, None), (
                case.phrase
            )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_canonical_phrase_says_the_same(lang: str) -> None:
    for adopted in (ADOPTED, None):
        for case in READ:
            deadline = read(case.phrase, adopted=adopted)
            words = phrase(deadline, lang)
            again = read(words, lang=lang, adopted=adopted)
            assert reading_of(again) == reading_of(deadline), (case.phrase, words)
            assert again.approximate == deadline.approximate, (case.phrase, words)


def test_edtf_says_the_same_window() -> None:
    for case in READ:
        deadline = read(case.phrase, adopted=ADOPTED)
        code = edtf(deadline)
        if code is not None:
            again = read(code)
            window = (again.start, again.due, again.approximate)
            assert window == (deadline.start, deadline.due, deadline.approximate), (case.phrase, code)


def test_every_rule_is_reached() -> None:
    reached = {read(case.phrase, adopted=ADOPTED).rule for case in READ}
    assert set(RULES) - reached == set()


def test_examples_are_distinct() -> None:
    phrases = [case.phrase for case in CASES]
    assert len(set(phrases)) == len(phrases)
