"""`--language`: all that is said around the plan's own words is in the reader's language."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from followup_cli.formats.phrases import day_in_words, en, kk, ru, say, speaking
from tests.conftest import ROOT, Followup
from tests.plan.test_any_plan import SHAPES, dataset

SOURCE = ROOT / "src" / "followup_cli"
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


QUESTIONS = [
    "report plan",
    "report overview --versus 2023-01-01",
    "report brief --versus 2023-01-01",
    "report slippage",
    "list --versus 2023-01-01 --state unreported,open --due 2023 --has updates",
    "list --occurrences --not-agency MW",
    "count --by state,section --percent",
    "count --by state --every year",
    "count --by role --versus 2023-01-01",
    "agencies",
    "timeline",
    "show 2",
    "status",
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("language", BOOKS)
def test_an_answer_to_people_is_in_the_language(followup: Followup, language: str, question: str) -> None:
    plan = PLANS["changing"]
    args = ("--language", language, "--as-of", "2024-07-01", "--data", str(plan))
    names = {"due", "the", "last", "day"}  # how a rule reads a deadline is said in English
    for name in ("markdown", "table", "html"):
        said = followup(*question.split(), "-f", name, *args).out
        words = Words(said).english if name == "html" else latin(said)
        assert words <= {*own_words(plan), *names, *NAMES}, name


def latin(text: str) -> set[str]:
    """Give the words in Latin letters of a text, without drawings, addresses, and commands to type next."""
    return set(
        re.findall(r"[A-Za-z]{3,}", re.sub(r"x{5,}|https?://\S+|<br>|(Далее|Әрі қарай):.*", " ", text))
    )


def test_every_phrase_of_the_program_is_in_the_books() -> None:
    asked = {phrase for path in SOURCE.rglob("*.py") for phrase in phrases_of(path)}
    asked |= {
        phrase
        for path in SOURCE.rglob("*.html")
        for phrase in re.findall(r"""\bt\("([^"]+)"[,)]""", path.read_text(encoding="utf-8"))
    }

    assert len(asked) > 150
    for book in BOOKS.values():
        assert {phrase for phrase in asked - book.keys() if re.sub(r"\{\w+\}", "", phrase)} == set()


def phrases_of(path: Path) -> Iterator[str]:
    """Give the phrases that a module says: what stands in `Phrase("…")` and `say("…")` of the phrases."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {"Phrase", "marked_up"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("formats.phrases"):
            names |= {alias.name for alias in node.names} & {"say", "told"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            for each in node.args[:1]:
                words = [each.body, each.orelse] if isinstance(each, ast.IfExp) else [each]
                yield from (
                    w.value for w in words if isinstance(w, ast.Constant) and isinstance(w.value, str)
                )


def test_the_plan_s_own_words_are_never_put_into_another_language(followup: Followup, tmp_path: Path) -> None:
    text = (PLANS["changing"] / "activities.yaml").read_text(encoding="utf-8")
    data = dataset(tmp_path / "data", text.replace("title: Water}", "title: Delivered}"))
    (data / "agencies.yaml").write_bytes((PLANS["changing"] / "agencies.yaml").read_bytes())

    sections = followup(
        "report", "overview", "--language", "ru", "--as-of", "2024-07-01", "--data", str(data)
    )

    assert "| A | Delivered |" in sections.out


def test_a_workbook_and_a_calendar_speak_too(followup: Followup, tmp_path: Path) -> None:
    args = ("--language", "ru", "--as-of", "2024-07-01", "--data", str(PLANS["changing"]))
    assert followup("export", "-o", str(tmp_path / "plan.xlsx"), *args).code == 0
    assert followup("list", "-o", str(tmp_path / "list.xlsx"), *args).code == 0
    calendar = (
        followup("export", "-f", "ics", *args)
        .out.replace("\r\n ", "")
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )

    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["Ожидаемые результаты"]
    rows = list(sheet.iter_rows(values_only=True))
    assert {"срок истекает", "состояние"} <= set(rows[0])
    assert isinstance(rows[1][list(rows[0]).index("срок истекает")], datetime)  # a day is still a day
    assert "срок идёт" in {row[list(rows[0]).index("состояние")] for row in rows}
    assert "форма завершения" in [
        c.value for c in openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0][1]
    ]
    assert "Состояние на 1 июля 2024 г.: срок идёт" in calendar


def test_a_block_of_markdown_is_in_the_language_it_names(followup: Followup, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- followup:begin count --by state --as-of 2024-07-01 --language kk -->\n<!-- followup:end -->\n",
        encoding="utf-8",
    )

    assert followup("render", str(page), "--data", str(PLANS["shipped"])).code == 0
    assert "| мерзімі өтті, орындалуы хабарланбаған |" in page.read_text(encoding="utf-8")
    assert followup("render", "--check", str(page), "--data", str(PLANS["shipped"])).code == 0


def test_every_book_says_the_same_phrases_with_the_same_values() -> None:
    assert BOOKS["ru"].keys() == BOOKS["kk"].keys()
    for book in (*BOOKS.values(), en.PHRASES):
        for phrase, said in book.items():
            values = set(re.findall(r"\{\w+\}", phrase))
            for form in (said,) if isinstance(said, str) else said.values():
                named = {f"{{{name}}}" for name in re.findall(r"\{(\w+)(?::\w+)?\}", form)}
                assert named == values, phrase


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
        ("kk", "2026-11-01", "2026 жылғы 1 қараша"),
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


@pytest.mark.parametrize(
    ("language", "said", "short", "never"),
    [
        ("ru", "сообщений о статусе исполнения после него здесь нет", "не сообщено", "сведений нет"),
        ("kk", "орындалу мәртебесі туралы хабар мұнда жоқ", "хабарланбаған", "дерек жоқ"),
    ],
)
def test_of_the_unreported_no_status_is_known_which_is_not_nothing(
    followup: Followup, language: str, said: str, short: str, never: str
) -> None:
    day = ("--as-of", "2026-11-28", "--language", language)
    page = followup("report", "-f", "html", *day).out
    texts = [page, *(followup("report", name, *day).out for name in ("overview", "brief"))]

    assert said in page
    assert f">{short}</text>" in page  # beside a row of the timeline there is little room
    assert f"| {short} |" in texts[1]  # and at the head of a column
    assert not [text for text in texts if never in text]


def test_data_have_the_same_names_in_every_language(followup: Followup) -> None:
    data = followup("list", "-f", "json", "--language", "ru")
    assert "срок истекает" in followup("list", "--language", "ru").out  # to be read, in a pipe too
    filled_in = followup("request", "GPO", "-f", "markdown", "--language", "ru")
    unknown = followup("site", "-o", "x", "--language", "fr")

    assert (data.code, data.out, filled_in.code, unknown.code) == (2, "", 2, 2)
    assert "the names in `json` are the same in every language" in data.err
    assert "read back by the names of its columns" in filled_in.err
    assert "the languages are en, ru, kk" in unknown.err


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0-інің"),
        (1, "1-інің"),
        (2, "2-сінің"),
        (6, "6-сының"),
        (10, "10-ының"),
        (17, "17-сінің"),
        (29, "29-ының"),
        (50, "50-інің"),
        (100, "100-інің"),
        (1000, "1\u00a0000-ының"),
    ],
)
def test_a_kazakh_number_has_the_ending_of_its_last_word(number: int, said: str) -> None:
    phrase = "Where it stands: {number} of {n} deliverables known to be delivered"
    with speaking("kk"):
        assert (
            say(phrase, number=number, n=2000) == f"Жағдайы: 2\u00a0000 нәтиженің {said} орындалғаны белгілі"
        )


@pytest.mark.parametrize(
    ("language", "headline", "motto"),
    [
        (
            "en",
            "1 of 29 deliverables known to be delivered as of 2026-11-28.",
            "not to say that nothing was done",
        ),
        (
            "ru",
            "Известно об исполнении 1 из 29 результатов на 28 ноября 2026 г.",
            "Отсутствие сообщений не означает, что ничего не сделано.",
        ),
        (
            "kk",
            "2026 жылғы 28 қарашадағы жағдай бойынша 29 нәтиженің 1-інің орындалғаны белгілі.",
            "Хабардың болмауы орындалмады дегенді білдірмейді.",
        ),
    ],
)
def test_the_first_page_says_how_much_is_known_and_once_that_silence_is_not_failure(
    followup: Followup, tmp_path: Path, language: str, headline: str, motto: str
) -> None:
    assert followup("site", "-o", str(tmp_path), "--as-of", "2026-11-28", "--language", language).code == 0
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    said = re.sub(r"\s", " ", re.sub("<[^>]*>", "", text))

    assert headline in said
    assert said.count(motto) == 1
    assert 'href="#state=unreported&amp;has=updates"' in text


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-11-28", "28 қарашадағы"), ("2026-09-01", "1 қыркүйектегі"), ("2026-04-30", "30 сәуірдегі")],
)
def test_a_kazakh_day_has_the_ending_of_its_month(followup: Followup, day: str, said: str) -> None:
    out = followup("report", "-f", "html", "--language", "kk", "--as-of", day).out

    assert f"2026 жылғы {said} жағдай бойынша 29 нәтиженің" in re.sub("<[^>]*>", "", out).replace(
        "\u00a0", " "
    )
