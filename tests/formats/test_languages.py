"""`--language`: all that is said around the plan's own words is in the reader's language."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from followup_cli.formats.phrases import day_in_words, en, kk, ru, say, speaking
from tests.conftest import ROOT, Followup
from tests.plan.test_any_plan import SHAPES, dataset

BOOKS = {"ru": ru.PHRASES, "kk": kk.PHRASES}
PLANS = {"shipped": ROOT / "data", "changing": ROOT / "tests" / "changing_plan"}
# Names of formats and files, in every language what they are.
NAMES = {
    "JSON",
    "CSV",
    "SVG",
    "Excel",
    "SQLite",
    "html",
    "json",
    "datapackage",
    "atom",
    "ics",
    "xlsx",
    "sqlite",
    "jsonl",
    "svg",
}


class Words(HTMLParser):
    """The words of a page that are said to be in its language, attributes that are read out among them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = tag in ("style", "script", "code", "a", "abbr", "title", "q", "b") or given.get("lang") == "en"
        other = own or any(other for _, other in self.open)
        if tag not in ("meta", "link", "input", "br", "rect", "use", "circle", "path", "line"):
            self.open.append((tag, other if given.get("lang") not in ("ru", "kk") else False))
        if not other:
            self.found += [
                given.get("aria-label") or "",
                given.get("data-all") or "",
                given.get("data-some") or "",
            ]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(other for _, other in self.open):
            self.found.append(data)

    @property
    def english(self) -> set[str]:
        text = re.sub(r"\{\w+\}|[A-Za-z]+…", " ", " ".join(self.found))
        return set(re.findall(r"[A-Za-z]{3,}", text)) - NAMES


def own_words(plan: Path) -> set[str]:
    """Give the words of the data: what is quoted of them may stand anywhere."""
    text = "".join((plan / name).read_text(encoding="utf-8") for name in ("activities.yaml", "agencies.yaml"))
    return set(re.findall(r"[A-Za-z]{3,}", text))


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("language", BOOKS)
def test_nothing_of_a_page_is_left_in_english(
    followup: Followup, tmp_path: Path, language: str, plan: str
) -> None:
    args = ("--language", language, "--as-of", "2024-07-01", "--data", str(PLANS[plan]))
    assert followup("site", "-o", str(tmp_path / "site"), *args).code == 0
    assert followup("report", "-o", str(tmp_path / "site" / "report.html"), *args).code == 0

    for path in (tmp_path / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in text
        assert Words(text).english <= {"kz", *own_words(PLANS[plan])}, path.name


@pytest.mark.parametrize(("language", "plan"), [("ru", "ru_decree"), ("kk", "kk_roadmap")])
def test_of_a_plan_in_the_language_no_word_is_latin(
    followup: Followup, tmp_path: Path, language: str, plan: str
) -> None:
    data = dataset(tmp_path / "data", SHAPES[plan].read_text(encoding="utf-8"))

    for day in ("2000-01-01", "2024-07-01", "2030-01-01"):
        folder = tmp_path / day
        assert followup("site", "-o", str(folder), "--as-of", day, "--data", str(data)).code == 0
        for path in folder.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert f'<html lang="{language}">' in text
            assert Words(text).english <= {"Body", plan.partition("_")[2]}, path.name


def test_every_book_says_the_same_phrases_with_the_same_values() -> None:
    assert BOOKS["ru"].keys() == BOOKS["kk"].keys()
    for book in (*BOOKS.values(), en.PHRASES):
        for phrase, said in book.items():
            values = set(re.findall(r"\{\w+\}", phrase))
            for form in (said,) if isinstance(said, str) else said.values():
                assert set(re.findall(r"\{\w+\}", form)) == values, phrase


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "1 day ago"),
        ("en", 1401, "1,401 days ago"),
        ("ru", 1, "1 день назад"),
        ("ru", 3, "3 дня назад"),
        ("ru", 11, "11 дней назад"),
        ("ru", 1401, "1\u00a0401 день назад"),
        ("kk", 5, "5 күн бұрын"),
    ],
)
def test_numbers_and_their_plurals(language: str, number: int, said: str) -> None:
    with speaking(language):
        assert say("{n} days ago", n=number) == said


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("en", "2026-11-01", "2026-11-01"),
        ("ru", "2026-11-01", "1 ноября 2026 г."),
        ("kk", "2026-11-01", "2026 ж. 1 қараша"),
        ("ru", "2022", "2022"),
        ("ru", "../2022-12-01", "1 декабря 2022 г. или ранее"),
    ],
)
def test_days_are_written_as_the_language_does(language: str, day: str, said: str) -> None:
    with speaking(language):
        assert day_in_words(day).replace("\u202f", " ").replace("\u00a0", " ") == said


def test_a_plan_is_published_in_its_own_language_unless_told_otherwise(
    followup: Followup, plan: Path
) -> None:
    file = plan / "activities.yaml"
    file.write_text(file.read_text("utf-8").replace("language: en", "language: ru"), encoding="utf-8")

    def page(*args: str) -> str:
        return followup("report", "-f", "html", "--as-of", "2024-07-01", *args, "--data", str(plan)).out

    assert '<html lang="ru">' in page()
    assert '<html lang="en">' in page("--language", "en")


def test_what_is_not_in_a_language_is_refused(followup: Followup) -> None:
    other = followup("report", "overview", "--language", "ru")
    unknown = followup("site", "-o", "x", "--language", "fr")

    assert (other.code, other.out, unknown.code) == (2, "", 2)
    assert "`followup site`" in other.err
    assert "the languages are en, ru, kk" in unknown.err
