"""`list`: the analyst's questions, one command each."""

import csv
import io
import json
from html import unescape
from pathlib import Path

import pytest

from followup_cli.formats import FORMATS
from followup_cli.questions.fields import USUAL
from tests.conftest import Followup
from tests.plan.test_any_plan import SHAPES, dataset

FIRST_KEYS = [
    "id", "activity", "number", "section", "title", "outcome", "deadline", "start", "due", "lead", "partners",
    "as_agreed", "agencies", "others", "status", "status_date", "state", "days_left",
]  # fmt: skip


def ids(followup: Followup, *args: str) -> list[str]:
    result = followup("list", "--as-of", "2023-01-01", *args, "--format", "json")
    assert result.code == 0, result.err
    return [row["id"] for row in json.loads(result.out)]


def test_json_is_one_object_per_deliverable_with_documented_keys(followup: Followup) -> None:
    rows = json.loads(followup("list", "--as-of", "2022-12-01", "--format", "json").out)

    assert len(rows) == 29
    assert all(list(row) == FIRST_KEYS for row in rows)
    assert rows[3] == {
        "id": "4.1",
        "activity": 4,
        "number": "4",
        "section": "II",
        "title": rows[3]["title"],
        "outcome": "Information to the Presidential Administration",
        "deadline": "By the end of 2022",
        "start": None,
        "due": "2022-12-31",
        "lead": ["MIPD"],
        "partners": [],
        "as_agreed": ["NCWAFDP"],
        "agencies": ["MIPD", "NCWAFDP"],
        "others": "other central bodies, quasi-state organizations",
        "status": None,
        "status_date": None,
        "state": "due-soon",
        "days_left": 30,
    }


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--due", "first half of 2022"), ["23.1"]),
        (("--due", "2025"), ["15.1", "24.2"]),
        (("--due", "2025", "--due", "August 2022"), ["3.1", "15.1", "24.2"]),
        (("--due-before", "2022-08-31"), ["23.1"]),
        (("--due-before", "September 2022"), ["3.1", "23.1"]),
        (("--due-after", "2023"), ["15.1", "24.2", "27.1"]),
        (("--no-lead",), ["11.1", "14.1"]),
        (("--agency", "ARDFM"), ["7.1"]),
        (("--agency", "gpo", "--role", "as-agreed", "--section", "I"), ["1.1", "2.1"]),
        (("--agency", "General Prosecutor", "--role", "lead"), []),
        (("--agency", "МIA", "--section", "VII"), ["26.1"]),
        (("--section", "traffick"), ["24.1", "24.2", "25.1"]),
        (("--section", "6", "--section", "vii"), ["24.1", "24.2", "25.1", "26.1"]),
        (("--outcome", "draft law"), ["5.1", "6.1", "19.1", "24.1", "24.2"]),
        (("--agency", "MFA", "--and-agency", "GPO", "--not-agency", "MH"), ["24.1", "24.2"]),
        (("--and-agency", "MFA", "--and-agency", "GPO", "--and-agency", "MH"), ["25.1", "27.1"]),
        (("--first", "NCHR"), ["23.1"]),
        (("--search", "TORTURE"), ["14.1"]),
        (("--search", "article 131"), ["12.1"]),
        (("--search", "children women"), ["1.1"]),
        (("--search", '"women and children"'), ["1.1"]),
        (("--search", "«children women»"), []),
        (("--search", "convention 190", "--search", "torture"), ["2.1", "14.1"]),
        (("--search", '"no. 190'), ["2.1"]),
        (("--status", "in-progress", "--as-of", "2023-06-01"), ["24.2"]),
        (("--status", "delivered", "--as-of", "2024-07-04"), []),
        (("--status", "delivered", "--as-of", "2024-07-05"), ["24.2"]),
        (("--status", "none", "--due", "2025"), ["15.1", "24.2"]),
        (("--state", "upcoming", "--state", "open", "--section", "VI"), ["24.2", "25.1"]),
        (("--sort", "-due", "--due-after", "2023"), ["15.1", "24.2", "27.1"]),
        (("--sort", "due,-id", "--section", "I", "--section", "II"), ["3.1", "4.1", "1.1", "2.1"]),
    ],
)
def test_filters(followup: Followup, args: tuple[str, ...], expected: list[str]) -> None:
    assert ids(followup, *args) == expected


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ("--has status", "1.1 2.2 3.1 4.1 4.2 5.3"),
        ("--has updates", "1.1 2.2 3.1 3.2 4.1 4.2 5.3"),
        ("--has evidence", "2.2 3.1"),
        ("--has evidence,status", "1.1 2.2 3.1 4.1 4.2 5.3"),
        ("--has evidence --evidence-kind act", ""),  # that of what was retracted counts for nothing
        ("--evidence-kind official_page", "2.2"),
        ("--has updates --stale 400", "1.1 2.2 3.2 4.1"),
        ("--stale 0 --without updates", "5.1 5.2 6.1"),
        ("--amended", "1.1 6.1"),
        ("--amended --as-enacted", ""),
        ("--evidence-kind official_page,official_report", "2.2 3.1"),
        ("--without updates", "5.1 5.2 6.1"),
        ("--without status", "3.2 5.1 5.2 6.1"),
        ("--without evidence --has status", "1.1 4.1 4.2 5.3"),
        ("--state unreported --has updates --without status", "3.2"),
        ("--has evidence --as-of 2022-10-20", "2.2"),
        ("--has evidence --as-of 2022-10-19", ""),
        ("--evidence-kind act --as-of 2024-11-30", "6.1"),
        ("--occurrences --has evidence", "2.2 3.1@2022"),
        ("--occurrences --has updates --search figures", "3.2@2022-Q4"),
        ("--occurrences --without updates --search annual", "3.1@2024 3.1@2025"),
    ],
)
def test_what_is_on_record_selects(followup: Followup, args: str, expected: str) -> None:
    result = followup(
        "list", "--as-of", "2024-07-01", *args.split(), "--fields", "id", "--data", "tests/changing_plan"
    )
    assert result.out.split()[1:] == expected.split(), result.err


def test_the_plans_other_columns_select(followup: Followup, tmp_path: Path) -> None:
    data = dataset(tmp_path / "data", SHAPES["open_government"].read_text(encoding="utf-8"))
    headings = {
        cell["heading"]: cell["text"]
        for cell in json.loads(
            followup("sql", "SELECT heading, text FROM other", "--data", str(data), "-f", "json").out
        )
    }
    heading, text = next(iter(headings.items()))

    found = followup("list", "--other", f"{heading}={text.split()[0]}", "--count", "--data", str(data))
    assert int(found.out) >= 1
    assert followup("list", "--other", f"{heading}=nowhere", "--count", "--data", str(data)).out == "0\n"
    refused = followup("list", "--other", f"{heading[:-1]}=x", "--data", str(data))
    assert (refused.code, f"did you mean `{heading}`?" in refused.err) == (2, True)


def test_what_can_be_on_record_is_named(followup: Followup) -> None:
    result = followup("list", "--has", "evidnce")
    assert (result.code, result.out) == (2, "")
    assert "did you mean `evidence`?" in result.err
    assert (
        "has evidence, evidence kind act"
        in followup("count", "--has", "evidence", "--evidence-kind", "act", "-f", "markdown").out
    )


def test_unreported_lists_what_was_due_and_passed_in_silence(followup: Followup) -> None:
    found = ids(followup, "--state", "unreported")

    assert len(found) == 21
    assert set(found) == set(ids(followup, "--due-before", "2023-01-01"))


def test_ids_sort_as_numbers(followup: Followup) -> None:
    assert ids(followup, "--sort", "-id")[:3] == ["27.1", "26.1", "25.1"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--agency", "justice"), ("MJ", "AJ")),
        (("--agency", "MOJ"), ("MJ",)),
        (("--agency", "MLPS"), ("MLSP",)),
        (("--agency", "ministry of magic"), ("APS",)),
        (("--state", "unreportd"), ("unreported",)),
        (("--status", "done"), ("not-started", "abandoned")),
        (("--role", "leed"), ("lead",)),
        (("--section", "IX"), ("VIII",)),
        (("--fields", "id,tittle"), ("title",)),
        (("--sort", "dew"), ("due",)),
        (("--format", "jsn"), ("json",)),
        (("--due", "Q5 2022"), ("Q5 2022",)),
        (("--as-of", "2023-02-30"), ("2023-02-30",)),
        (("--data", "nowhere"), ("nowhere",)),
    ],
)
def test_an_unknown_value_is_refused_with_the_candidates(
    followup: Followup, args: tuple[str, ...], said: tuple[str, ...]
) -> None:
    result = followup("list", *args)

    assert result.code == 2
    assert result.out == ""
    assert all(word in result.err for word in said), result.err


def test_count_names_its_denominator(followup: Followup) -> None:
    assert followup("list", "--count", "--as-of", "2023-01-01", "--state", "unreported").out == "21\n"
    counted = followup(
        "list", "--count", "--as-of", "2023-01-01", "--state", "unreported", "--format", "json"
    )
    assert json.loads(counted.out) == {"deliverables": 21, "of": 29}


def test_an_empty_answer_explains_itself(followup: Followup) -> None:
    result = followup("list", "--status", "delivered", "--as-of", "2024-07-04", "--format", "json")

    assert (result.code, result.out) == (0, "[]\n")
    assert "0 of 29" in result.err


HARD = (
    "A [draft] of | pipes, *stars*, <b>tags</b>, [/x] and \\ @gpo #12 `code` Қазақстан “quoted” "
    + "long " * 60
)


@pytest.fixture
def hard(plan: Path) -> Path:
    path = plan / "activities.yaml"
    text = path.read_text(encoding="utf-8")
    title = "Establishment of a Working Group on the Protection of Human Rights Defenders"
    assert title in text
    quoted = HARD.strip().replace("'", "''")
    path.write_text(text.replace(title, f"'{quoted}'"), encoding="utf-8")
    return plan


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.gives == "text"])
def test_no_format_loses_a_character(followup: Followup, hard: Path, name: str) -> None:
    result = followup("list", "--data", str(hard), "--due", "first half of 2022", "--format", name)
    out, title = result.out, HARD.strip()

    match name:
        case "json":
            assert json.loads(out)[0]["title"] == title
        case "jsonl":
            assert json.loads(out)["title"] == title
        case "csv":
            assert next(csv.DictReader(io.StringIO(out)))["title"] == title
        case "markdown":
            html = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False}).render(out)
            assert title in unescape(html.replace("<!-- -->", ""))
        case "html":
            assert title in unescape(out)
        case _:
            assert title in out


def test_a_pipe_gets_tabs_and_every_field(followup: Followup) -> None:
    lines = followup("list", "--as-of", "2023-01-01").out.splitlines()

    assert lines[0].split("\t") == list(USUAL) == FIRST_KEYS
    assert len(lines) == 30
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_a_terminal_is_never_overrun(followup: Followup, width: int) -> None:
    result = followup("list", "--as-of", "2023-01-01", terminal=width)

    plain = result.out.replace("\x1b", "")
    assert result.code == 0
    assert plain.count("\n") > 29


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "tsv", "md", "txt"])
def test_the_ending_of_the_file_picks_the_format(followup: Followup, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"

    result = followup("list", "--as-of", "2023-01-01", "--output", str(file))

    assert (result.code, result.out) == (0, "")
    name = next(name for name, format_ in FORMATS.items() if f".{ending}" in format_.endings)
    assert file.read_text(encoding="utf-8") == followup("list", "--as-of", "2023-01-01", "--format", name).out


def test_fields_help_lists_what_there_is(followup: Followup) -> None:
    out = followup("list", "--fields", "help").out

    assert "days_left" in out
    assert "negative once passed" in out


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("first half of 2024", "2024-01-01 to 2024-06-30"),
        ("within 30 days", "2024-03-01 to 2024-03-31"),
        ("this year", "2024-01-01 to 2024-12-31"),
        ("today", "2024-03-01"),
    ],
)
def test_the_days_that_a_phrase_gave_are_said(followup: Followup, phrase: str, days: str) -> None:
    result = followup("list", "--as-of", "2024-03-01", "--due", phrase, "--format", "csv")

    assert f"`{phrase}`: {days}\n" in result.err


def test_a_plan_that_lies_elsewhere_is_never_answered_for_unsaid(followup: Followup, tmp_path: Path) -> None:
    assert "comes with followup" in followup("list", "--count", cwd=tmp_path).err
    assert "comes with followup" not in followup("list", "--count").err
