"""Whatever is saved says what it is of; and a CSV for a spreadsheet is what the spreadsheet makes of it."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from followup_cli.formats import Screen
from followup_cli.formats.separated import csv as as_csv
from followup_cli.table import Column, Kind, Table
from tests.conftest import Followup

DAY = ("--as-of", "2023-02-01")
PLAN = "Follow-up Plan for Human Rights and the Rule of Law (kz-2022-258)"


@pytest.mark.parametrize("ending", ["md", "html"])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["list", "--agency", "GPO", "--state", "unreported"], "13 of 29 deliverables · agency GPO, state unreported"),
        (["list", "--due", "first half of 2022"], "1 of 29 deliverables · due 2022-01-01 to 2022-06-30"),
        (["list", "--no-lead"], "2 of 29 deliverables · no lead"),
        (["list", "--status", "none", "--search", "torture"], "1 of 29 deliverables · status none, search torture"),
        (["count", "--by", "state", "--section", "6"], "3 of 29 deliverables · section VI"),
        (["timeline", "--due-before", "2022-07-01"], "due before 2022-07-01"),
        (["agencies"], "as of 2023-02-01"),
        (["agencies", "GPO"], "18 of 29 deliverables · agency GPO"),
        (["show", "24"], "2 of 29 deliverables · activity 24"),
        (["status"], "29 of 29 deliverables"),
        (["report", "slippage"], "as of 2023-02-01"),
        (["sql", "select 1"], "as of 2023-02-01"),
    ],
)  # fmt: skip
def test_a_saved_page_says_what_it_is_of(
    followup: Followup, tmp_path: Path, question: list[str], said: str, ending: str
) -> None:
    file = tmp_path / f"page.{ending}"
    result = followup(*question, *DAY, "-o", str(file))
    assert result.code == 0, result.err
    text = re.sub("</?time>", "", file.read_text(encoding="utf-8"))
    caption = next(line for line in text.splitlines() if PLAN in line and "data 1" in line)
    assert said in caption
    assert "as of 2023-02-01 · data 1.0.0" in caption


def test_json_is_wrapped_when_asked(followup: Followup) -> None:
    question = ("list", "--agency", "GPO", "--fields", "id", *DAY, "--format", "json")
    rows = json.loads(followup(*question).out)
    assert json.loads(followup(*question, "--provenance").out) == {
        "as_of": "2023-02-01",
        "plan": "kz-2022-258",
        "version": "1.0.0",
        "revision": None,
        "selection": "agency GPO",
        "total": 29,
        "rows": rows,
    }


def test_json_of_a_page_is_wrapped_when_asked(followup: Followup) -> None:
    tables = json.loads(followup("status", *DAY, "--format", "json").out)
    wrapped = json.loads(followup("status", *DAY, "--format", "json", "--provenance").out)
    assert wrapped["rows"] == tables
    assert (wrapped["selection"], wrapped["total"]) == (None, 29)


@pytest.mark.parametrize(("ending", "separator"), [("csv", ","), ("tsv", "\t")])
def test_rows_say_their_day_and_edition_when_asked(followup: Followup, ending: str, separator: str) -> None:
    question = ("list", "--section", "VI", "--fields", "id,state", *DAY, "--format", ending)
    assert followup(*question).out.splitlines()[0] == separator.join(["id", "state"])
    head, *rows = followup(*question, "--provenance").out.splitlines()
    assert head == separator.join(["id", "state", "as_of", "version"])
    assert len(rows) == 3
    assert all(row.endswith(separator.join(["2023-02-01", "1.0.0"])) for row in rows)


def test_columns_that_say_so_already_are_not_repeated(followup: Followup) -> None:
    result = followup("sql", "select version, id from plan", *DAY, "--format", "csv", "--provenance")
    assert result.out == "id,as_of,version\nkz-2022-258,2023-02-01,1.0.0\n"


def test_a_text_says_it_when_asked(followup: Followup) -> None:
    result = followup("list", "--section", "VI", *DAY, "--format", "table", "--provenance")
    assert (
        result.out.splitlines()[-1]
        == f"{PLAN} · 3 of 29 deliverables · section VI · as of 2023-02-01 · data 1.0.0"
    )


def test_what_is_of_no_plan_cannot_say_of_which(followup: Followup) -> None:
    result = followup("deadline", "2022", "--provenance")
    assert (result.code, result.out) == (2, "")
    assert "of no plan" in result.err


# -- for a spreadsheet -------------------------------------------------------------------------------


def test_excel_reads_letters_and_ids_as_they_are(followup: Followup) -> None:
    result = followup("list", *DAY, "--fields", "id,due,deadline,activity", "--excel")
    assert result.out.startswith("\ufeffid,due,deadline,activity\n")
    rows = list(csv.reader(StringIO(result.out[1:])))
    assert rows[3] == ["'3.1", "2022-08-31", "'August 2022", "3"]


def excel(cell: str | tuple[str, ...]) -> str:
    kind = Kind.LIST if isinstance(cell, tuple) else Kind.TEXT
    table = Table("x", "", (Column("a", kind),), [(cell,)])
    return list(csv.reader(StringIO(as_csv(table, Screen(excel=True))[1:])))[1][0]


@pytest.mark.parametrize(
    "text",
    [
        "1.10", "3-4", "007", "1e5", "2022", "July 2023", "31 December 2022", "Mar-5", "31 декабря", "май 2023", "10:30",
        "5%", "$5", "(3)", "12 PM", "2022 жел", "1/2", "1 000,5", "+7", "-1",
    ],
)  # fmt: skip
def test_a_text_that_looks_like_a_number_or_a_day_stays_a_text(text: str) -> None:
    assert excel(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["Draft Law", "by 2022", "Q3 2022", "24 months", "IV", "3(a)", "May", "", "10 bodies"]
)
def test_other_texts_stay_bare(text: str) -> None:
    assert excel(text) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_item_of_a_list_is_run(start: str) -> None:
    formula = f"{start}HYPERLINK(1)"
    assert excel((formula, "fine", formula)) == f"'{formula}; fine; '{formula}"
    assert excel(formula) == f"'{formula}"
    plain = as_csv(Table("x", "", (Column("a", Kind.LIST),), [(("a", formula),)]), Screen())
    assert plain == f'a\n"a; \'{formula}"\n'


@pytest.mark.parametrize("text", ["a;b", "a,b", 'say "a"', "two\nlines", " led", "a\tb", "a\r"])
def test_what_could_part_a_cell_is_quoted(text: str) -> None:
    written = as_csv(Table("x", "", (Column("a"),), [(text,)]), Screen())
    assert written.partition("\n")[2] == '"' + text.replace('"', '""') + '"\n'
    assert list(csv.reader(StringIO(written, newline="")))[1] == [text]


def test_only_csv_is_for_excel(followup: Followup, tmp_path: Path) -> None:
    result = followup("list", "--excel", "--format", "json")
    assert (result.code, result.out) == (2, "")
    assert "`json`" in result.err
    file = tmp_path / "list.csv"
    assert followup("list", "--excel", *DAY, "-o", str(file)).code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
