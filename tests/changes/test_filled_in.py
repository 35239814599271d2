"""A table that someone filled in: all of its updates are recorded, or none, and no other byte moves."""

import csv
import difflib
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from followup_cli.changes.recording import add_all, choose_target, open_files
from followup_cli.glossary import Status
from tests.conftest import ROOT, Followup

HEAD = "id,status,date,note,evidence,publisher,kind,act,bears_on"


def text_of(plan: Path) -> str:
    return (plan / "activities.yaml").read_bytes().decode()


def only_added(before: str, after: str) -> list[str]:
    """Give the lines that are new, after seeing that all others stand as they stood."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert not [line for line in lines if line.startswith("- ")]
    return [line[2:].strip() for line in lines if line.startswith("+ ")]


def filled(folder: Path, *rows: str, head: str = HEAD) -> str:
    path = folder / "filled.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return str(path)


def test_each_row_is_an_update_of_its_deliverable(followup: Followup, plan: Path, tmp_path: Path) -> None:
    before = text_of(plan)
    table = filled(
        tmp_path,
        "24.1,,2023-01-20,It was discussed.,,,,,",
        "5.1,delivered,2022-12-20,,https://example.org/law,Gazette,act,Law No. 12,deliverable",
        "3,in-progress,2022-08-01,,,,,,",
        "6.1,,,,,,,,",
        "24.1,,2023-01-10,It was sent.,,,,,",
    )

    result = followup("record", "--from", table, "--data", str(plan), "--accessed", "2024-01-01")

    assert result.code == 0
    assert "4 of 5 rows hold an update" in result.err
    added = only_added(before, text_of(plan))
    assert [line for line in added if line.startswith("- date")] == [
        "- date: 2022-08-01",
        "- date: 2022-12-20",
        "- date: 2023-01-10",
        "- date: 2023-01-20",
    ]
    assert "5.1: status none → delivered, with evidence" in result.out
    assert followup("validate", "--data", str(plan)).code == 0


def test_every_mistake_is_said_at_its_cell_and_nothing_is_written(
    followup: Followup, plan: Path, tmp_path: Path
) -> None:
    before = text_of(plan)
    table = filled(
        tmp_path,
        "5.1,delivred,2022-12-20,,,,,,",
        "6.1,,2199-01-01,Later.,,,,,",
        "7.1,in-progress,,,,,,,",
        "99.1,,2022-01-01,Who?,,,,,",
        "8.1,delivered,2022-12-20,,,,,,",
        "9.1,,2022-12-20,,,Gazette,,,",
        "10.1,,2022-12-20,Well.,,,,,",
    )

    result = followup("record", "--from", table, "--data", str(plan))

    said = [line.removeprefix(f"{table}, ") for line in result.err.splitlines()]
    assert (result.code, result.out, text_of(plan)) == (2, "", before)
    assert [line.partition(":")[0] for line in said[:6]] == [
        "line 2, column 2 (`status`)",
        "line 3, column 3 (`date`)",
        "line 4, column 3 (`date`)",
        "line 5, column 1 (`id`)",
        "line 7, column 6 (`publisher`)",
        "line 6, column 2 (`status`)",
    ]
    assert "did you mean `delivered`?" in said[0]
    assert "--date" in said[2]
    assert "no evidence that bears on the deliverable" in said[5]
    assert said[6] == "error: 6 mistakes in 7 rows; nothing was written"


def test_a_table_that_comes_twice_adds_nothing(followup: Followup, plan: Path, tmp_path: Path) -> None:
    table = filled(tmp_path, "5.1,in-progress,2022-12-20,Sent.,,,,,", "6.1,,2023-01-01,Later.,,,,,")
    asked = ("record", "--from", table, "--data", str(plan))
    followup(*asked)
    once = text_of(plan)

    again = followup(*asked)

    assert (again.code, text_of(plan)) == (0, once)
    assert "2 rows say what is recorded already" in again.err


def test_a_comma_in_a_text_without_quotes_is_told(followup: Followup, plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "filled.csv"
    table.write_text("id,status,date,note\n5.1,in-progress,2024-01-02,Sent, with annexes\n", encoding="utf-8")
    before = text_of(plan)

    result = followup("record", "--from", str(table), "--data", str(plan))

    assert (result.code, text_of(plan)) == (2, before)
    assert "line 2, column 5: `with annexes` stands in no column" in result.err


def test_a_table_saved_by_a_russian_office_is_read(followup: Followup, plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "filled.csv"
    table.write_bytes("id;status;date;note\n5.1;in-progress;2024-01-02;Исполнено\n".encode("cp1251"))

    assert followup("record", "--from", str(table), "--data", str(plan)).code == 0
    assert "note: Исполнено\n" in text_of(plan)


def test_the_table_of_list_is_taken_with_columns_beside_its_own(
    followup: Followup, plan: Path, tmp_path: Path
) -> None:
    out = followup("list", "--format", "csv", "--excel", "--as-of", "2025-01-01", "--data", str(plan)).out
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([*rows[0], "Date", "Note"])
        writer.writerows([*row, "2025-02-01", f"Said of {row[4]}"] for row in rows[1:])
    before = text_of(plan)

    result = followup("record", "--from", str(path), "--data", str(plan))

    assert result.code == 0
    # A status that is on record already is not reported once more.
    assert not [line for line in only_added(before, text_of(plan)) if line.startswith("status")]
    records = json.loads(followup("list", "--has", "updates", "--data", str(plan), "--format", "json").out)
    assert len(records) == len(rows) - 1


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        ("id,notes,date", "5.1,x,2023-01-01", "no column `notes`; did you mean `note`?"),
        ("number,note,date", "5.1,x,2023-01-01", "has no column `id`"),
        ("id,note,note", "5.1,x,y", "two columns `note`"),
        ("id,outcome,note,date", "5.1,Another thing,x,2023-01-01", "is it another deliverable?"),
        ("id,note,date,evidence", "5.1,x,2023-01-01,https://a.org", "needs `publisher` and `kind`"),
        ("id,note,date", "5.1,x,03/04/2022", "write 2022-04-03 or 2022-03-04"),
    ],
)
def test_what_would_be_lost_or_misplaced_is_refused(
    followup: Followup, plan: Path, tmp_path: Path, head: str, row: str, said: str
) -> None:
    before = text_of(plan)

    result = followup("record", "--from", filled(tmp_path, row, head=head), "--data", str(plan))

    assert (result.code, text_of(plan)) == (2, before)
    assert said in result.err


def test_a_column_of_another_purpose_is_named(followup: Followup, plan: Path, tmp_path: Path) -> None:
    table = filled(tmp_path, "5.1,2023-01-01,x,red", head="id,date,note,colour")

    assert "(colour)" in followup("record", "--from", table, "--dry-run", "--data", str(plan)).err


def test_a_request_is_filled_in_and_taken_back(followup: Followup, plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "gpo.xlsx"
    assert followup("request", "GPO", "--as-of", "2023-02-01", "-o", str(path), "--data", str(plan)).code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["Request"]
    place = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
    lists = {str(each.sqref)[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists[get_column_letter(place["status"])] == f'"{",".join(Status)}"'
    identifier = sheet.cell(2, place["id"]).value
    sheet.cell(2, place["status"]).value = "in-progress"
    sheet.cell(2, place["date"]).value = date(2023, 1, 31)
    sheet.cell(2, place["date"]).number_format = "dd.mm.yyyy"
    book.save(path)
    before = text_of(plan)

    result = followup("record", "--from", str(path), "--data", str(plan))

    assert result.code == 0, result.err
    added = only_added(before, text_of(plan))
    assert added[-2:] == ["- date: 2023-01-31", "status: in-progress"]
    assert f"{identifier}: status" in result.out


def test_a_request_asks_about_what_is_not_settled(followup: Followup) -> None:
    def ids(*args: str) -> set[str]:
        out = followup("request", *args, "--as-of", "2025-01-01", "--format", "json").out
        return {row["id"] for row in json.loads(out)}

    def listed(*args: str) -> set[str]:
        out = followup("list", *args, "--as-of", "2025-01-01", "--format", "json").out
        return {row["id"] for row in json.loads(out)}

    settled = ("--state", "delivered", "--state", "delivered-late", "--state", "abandoned")
    assert ids("MJ", "--settled") == listed("--agency", "MJ")
    assert ids("MJ") == listed("--agency", "MJ") - listed("--agency", "MJ", *settled)


NOTE = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(str.strip)
OPENED = open_files(ROOT / "data")
IDS = [identifier for identifier, _, _ in OPENED.dataset.deliverables()]


@given(
    st.lists(st.tuples(st.sampled_from(IDS), st.dates(date(2023, 1, 1), date(2026, 1, 1)), NOTE), max_size=8)
)
def test_whatever_is_added_stands_in_order_of_date_and_nothing_else_moves(
    rows: list[tuple[str, object, str]],
) -> None:
    updates = [
        (choose_target(OPENED.dataset, identifier), {"date": str(day), "note": " ".join(note.split())})
        for identifier, day, note in rows
    ]

    recorded, refused = add_all(OPENED, updates)

    if recorded is None:  # the same thing said twice, or a letter that no text may have
        assert refused
        return
    before, after = (text.decode().splitlines() for text in (recorded.before, recorded.after))
    for stretch in reversed(recorded.added):
        del after[stretch.first - 1 : stretch.last]
    assert after == before
