"""Names and words as people type them: folded, in any script, by their beginnings."""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_cli.choosing import choose, mentions, words
from followup_cli.errors import FollowupError
from followup_cli.glossary import State
from followup_cli.questions.names import choose_agency, choose_each, choose_section, read_window

AGENCIES = {
    "MJ": ("Ministry of Justice", "Minjust"),
    "AJ": ("Academy of Justice",),
    "MTI": ("Ministry of Trade, Industry and Works",),
    "МЗ": ("Министерство здравоохранения, Қазақстан",),
}
SECTIONS = {"I": "Equality before the law", "II": "Fight against торговли людьми", "1.2": "Law and order"}


@pytest.mark.parametrize(
    ("text", "sought", "there"),
    [
        ("Report to the UN bodies", "UN", True),
        ("Councils, funds and punishment", "UN", False),
        ("Councils, funds and punishment", "fund", True),
        ("Councils, funds and punishment", "funds and pun", True),
        ("Councils, funds and punishment", "fund and punishment", False),
        ("Отчёт и ещё один", "отчет", True),
        ("Отчет и еще один", "ЕЩЁ", True),
        (unicodedata.normalize("NFD", "Защита прав детей"), "детей", True),
        ("Защита прав детей", unicodedata.normalize("NFD", "детей"), True),
        ("Мои дети", "мой", False),
        ("Қазақстан Үкіметі", "үкімет", True),
        ("Їжа й ґрунт", "ҐРУНТ", True),
        ("Êtat civil à Zürich", "etat civil a zurich", True),
        ("Straße", "STRASSE", True),
        ("Prosecutor’s Office", "prosecutor's off", True),
        ("anti-corruption", "anti corruption", True),
        ("in\u00advisible", "invisible", True),
        ("保护人权的计划", "人权", True),
        ("हिन्दी भाषा", "हिन्दी", True),
        ("article 131-1", "131-1", True),
        ("anything", "...", False),
        ("Reports under the law", "UN", False),
        ("Reports to the UN", "un", True),
        ("Мониторинг", "мо", False),
    ],
)
def test_words_are_searched_by_their_beginnings(text: str, sought: str, there: bool) -> None:
    assert mentions(words(text), words(sought)) is there


@given(st.text())
def test_however_a_text_is_composed_its_words_are_the_same(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(text) == words(words(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mj", "MJ"),
        ("МJ", "MJ"),
        ("minjust", "MJ"),
        ("ministry of just", "MJ"),
        ("Academy", "AJ"),
        ("Ministry of Trade, Industry and Works", "MTI"),
        ("trade, industry", "MTI"),
        ("мз", "МЗ"),
        ("ҚАЗАҚ", "МЗ"),
    ],
)
def test_an_agency_is_named_by_code_name_or_words_of_it(text: str, code: str) -> None:
    assert choose_agency(AGENCIES, text) == code


@pytest.mark.parametrize("text", ["justice", "ministry", "ustice", "", " ", ",", "MJJJ"])
def test_what_names_no_agency_or_several_is_refused(text: str) -> None:
    with pytest.raises(FollowupError):
        choose_agency(AGENCIES, text)


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (["MJ,AJ"], ("MJ", "AJ")),
        (["MJ, academy"], ("MJ", "AJ")),
        (["trade, industry", "mj,mj"], ("MTI", "MJ")),
        (["MJ,"], ("MJ",)),
        (["MJ,XX"], None),
    ],
)
def test_a_comma_stands_in_a_name_or_between_names(texts: list[str], codes: tuple[str, ...] | None) -> None:
    one: Callable[[str], str] = lambda text: choose_agency(AGENCIES, text)  # noqa: E731
    if codes is None:
        with pytest.raises(FollowupError):
            choose_each(one, texts)
    else:
        assert choose_each(one, texts) == codes


@pytest.mark.parametrize(
    ("text", "section"),
    [("ii", "II"), ("2", "II"), ("equal", "I"), ("людьми", "II"), ("1.2", "1.2"), ("ІІ", "II")],
)
def test_a_section_is_named_by_id_place_or_words(text: str, section: str) -> None:
    assert choose_section(SECTIONS, text) == section


@pytest.mark.parametrize("text", ["law", "quality", "", "9", "III"])
def test_what_names_no_section_or_several_is_refused(text: str) -> None:
    with pytest.raises(FollowupError):
        choose_section(SECTIONS, text)


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("today", "2024-03-01", "2024-03-01"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("next quarter", "2024-04-01", "2024-06-30"),
        ("within 90 days", "2024-03-01", "2024-05-30"),
        ("в этом году", "2024-01-01", "2024-12-31"),
        ("first half of 2022", "2022-01-01", "2022-06-30"),
    ],
)
def test_relative_words_count_from_the_day_they_are_asked_of(phrase: str, first: str, last: str) -> None:
    assert read_window(phrase, date(2024, 3, 1)) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("word", ["due-soon", "DUE SOON", "due_soon", " due-soon ", "duе-sооn"])
def test_a_word_is_chosen_by_its_looks(word: str) -> None:
    assert choose(word, State, "state") is State.DUE_SOON


@pytest.mark.parametrize(
    ("word", "hint"),
    [("opeen", "did you mean `open`?"), ("whatever", "the states are"), ("", "the states are")],
)
def test_a_word_that_is_none_is_answered_with_those_there_are(word: str, hint: str) -> None:
    with pytest.raises(FollowupError) as refusal:
        choose(word, State, "state")

    assert refusal.value.message == f"there is no state `{word}`"
    assert hint in str(refusal.value.hint)


@pytest.mark.parametrize(
    ("phrases", "first", "last"),
    [
        ("yesterday|вчера|кеше", "2024-03-30", "2024-03-30"),
        ("last month|прошлый месяц|өткен ай", "2024-02-01", "2024-02-29"),
        ("this quarter|этот квартал|осы тоқсан", "2024-01-01", "2024-03-31"),
        ("next year|следующий год|келесі жыл", "2025-01-01", "2025-12-31"),
        ("last week|прошлую неделю|өткен апта", "2024-03-18", "2024-03-24"),
        ("last 30 days|the past 30 days|последние 30 дней|соңғы 30 күн", "2024-03-02", "2024-03-31"),
        ("last 1 month|последние 1 месяц", "2024-03-01", "2024-03-31"),
        ("30 days ago|30 дней назад|30 күн бұрын", "2024-03-01", "2024-03-01"),
        ("1 month ago|1 месяц назад", "2024-02-29", "2024-02-29"),
        ("2022-01..2022-06|2022-01 .. 2022-Q2", "2022-01-01", "2022-06-30"),
        ("last month..today", "2024-02-01", "2024-03-31"),
        ("..2022-06", None, "2022-06-30"),
        ("2024..", "2024-01-01", None),
    ],
)
def test_what_counts_from_the_day_that_is_asked_about(
    phrases: str, first: str | None, last: str | None
) -> None:
    for phrase in phrases.split("|"):
        window = read_window(phrase, date(2024, 3, 31))
        assert tuple(each and each.isoformat() for each in window) == (first, last), phrase


@pytest.mark.parametrize("phrase", ["2023..2022", "9999 years ago", "..", "last 3 fortnights", "3 ago"])
def test_a_window_that_is_none_is_refused(phrase: str) -> None:
    with pytest.raises(FollowupError):
        read_window(phrase, date(2024, 3, 31))
