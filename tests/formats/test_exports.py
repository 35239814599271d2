"""`export`, `badge`: the plan in the files that others use, read back by the programs that read them."""

import csv
import io
import json
import re
import shlex
import sqlite3
import sys
import warnings
import xml.etree.ElementTree as ET
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from dateutil.rrule import rrulestr

from followup_cli.deadlines import Calendar, periods, read
from followup_cli.formats.files import EXPORTS
from followup_cli.store.tables import RELATIONS
from tests.conftest import Followup

AS_OF = ("--as-of", "2026-11-01")
SIZES = {"sections": 8, "activities": 27, "deliverables": 29, "agencies": 28, "assignments": 126}


def export(followup: Followup, path: Path, *options: str) -> Path:
    result = followup("export", "-o", str(path), *AS_OF, *options)
    assert (result.code, result.out) == (0, ""), result.err
    return path


def content(path: Path) -> dict[str, bytes]:
    """Read a file, or all files of a folder."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_data_gives_the_same_bytes(followup: Followup, tmp_path: Path, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    first = export(followup, tmp_path / "first", "-f", name)
    second = export(followup, tmp_path / "second", "-f", name)

    assert content(first) == content(second)
    assert all(content(first).values())


@pytest.mark.parametrize("name", [name for name, export in EXPORTS.items() if export.gives == "text"])
def test_a_pipe_gets_what_a_file_gets(followup: Followup, tmp_path: Path, name: str) -> None:
    path = export(followup, tmp_path / "file", "-f", name)

    assert followup("export", "-f", name, *AS_OF).out.encode() == path.read_bytes()


@pytest.mark.parametrize("asked", [("-f", "csv"), ("-o", "plan.md"), ("-o", "plan.tsv")])
def test_a_format_of_one_table_leads_to_list(followup: Followup, asked: tuple[str, ...]) -> None:
    result = followup("export", *asked)

    assert result.code == 2
    assert "`followup list -f " in result.err


def test_a_workbook_is_not_put_on_a_terminal(followup: Followup) -> None:
    result = followup("export", "-f", "xlsx", terminal=80)

    assert (result.code, result.out) == (2, "")
    assert "-o PATH" in result.err


# -- Excel -------------------------------------------------------------------------------------------


@pytest.fixture
def book(followup: Followup, tmp_path: Path) -> Any:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")
    return openpyxl.load_workbook(export(followup, tmp_path / "plan.xlsx"))


def test_the_workbook_has_a_sheet_per_table_and_a_legend(book: Any) -> None:
    assert book.sheetnames[0] == "Deliverables"
    assert set(book.sheetnames) == {name.capitalize() for name in RELATIONS} | {"Legend"}
    for name, size in SIZES.items():
        assert book[name.capitalize()].max_row == size + 1
    meanings = {row[2] for row in book["Legend"].iter_rows(values_only=True)}
    assert all(f.column.meaning in meanings for relation in RELATIONS.values() for f in relation.fields)


def test_dates_are_dates_and_numbers_are_numbers(book: Any) -> None:
    sheet = book["Deliverables"]
    rows = list(sheet.iter_rows(values_only=True))
    row = dict(zip(rows[0], next(row for row in rows if row[0] == "24.2"), strict=True))

    assert row["due"] == datetime(2025, 4, 30)  # noqa: DTZ001 - Excel knows no zones
    assert (row["activity"], row["days left"], row["state"]) == (24, None, "delivered")
    assert isinstance(row["id"], str)


def test_the_header_stays_and_filters(book: Any) -> None:
    for name in ("Deliverables", "Agencies", "Evidence"):
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(sheet.column_dimensions[letter].width >= 8 for letter in "ABC")


def test_a_sheet_prints_its_rows_under_their_headings_and_says_what_it_is(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.oddFooter.left.text.startswith(
            "Follow-up Plan for Human Rights and the Rule of Law (kz-2022-258)"
        )
        if sheet.title != "Legend":
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.print_area.endswith(f"${sheet.max_row}")
    assert "29 of 29 deliverables · as of 2026-11-01 · data 1.0.0" in book.properties.description
    assert {p.name: p.value for p in book.custom_doc_props.props} == {
        "as_of": "2026-11-01", "plan": "kz-2022-258", "version": "1.0.0", "total": 29,
    }  # fmt: skip


def test_only_addresses_of_the_web_are_links(followup: Followup, plan: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    titles = (
        "javascript:alert(1)",
        "http://e.org/a b",
        "see https://e.org",
        "file:///etc/passwd",
        '=HYPERLINK("http://e.org")',
    )
    outcomes = iter(titles)
    text = re.sub("(?m)- outcome: (.*)", lambda m: f"- outcome: {json.dumps(next(outcomes, m[1]))}", text)
    file.write_text(text, encoding="utf-8")
    book = openpyxl.load_workbook(export(followup, tmp_path / "plan.xlsx", "--data", str(plan)))

    cells = [cell for row in book["Deliverables"].iter_rows() for cell in row]
    assert set(titles) <= {cell.value for cell in cells}
    assert [cell.value for cell in cells if cell.hyperlink or cell.data_type == "f"] == []
    addresses = [row[3] for row in book["Evidence"].iter_rows(min_row=2)]
    assert addresses
    assert all(cell.hyperlink.target == cell.value for cell in addresses)


# -- iCalendar ---------------------------------------------------------------------------------------


def events(text: bytes) -> dict[str, Any]:
    icalendar = pytest.importorskip("icalendar")
    found = list(icalendar.Calendar.from_ical(text).walk("VEVENT"))
    by_uid = {str(event["uid"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def test_the_calendar_shows_each_due_date_as_one_whole_day(followup: Followup, tmp_path: Path) -> None:
    text = export(followup, tmp_path / "plan.ics").read_bytes()
    found = events(text)

    assert len(found) == 29
    event = found["24.2@kz-2022-258"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2025, 4, 30), date(2025, 5, 1))
    assert "2025-04-01 to 2025-04-30" in event["description"]
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")


def test_a_later_export_changes_events_and_adds_none(followup: Followup, tmp_path: Path) -> None:
    before = events(export(followup, tmp_path / "a.ics", "--as-of", "2022-12-01").read_bytes())
    after = events(export(followup, tmp_path / "b.ics").read_bytes())

    assert before.keys() == after.keys()
    known = before["24.2@kz-2022-258"], after["24.2@kz-2022-258"]
    assert [event["sequence"] for event in known] == [0, 2]
    # The day that it is told as of, not the clock's, and a second for each change known on it.
    assert [event["dtstamp"].dt for event in known] == [
        datetime(2022, 12, 1, tzinfo=UTC),
        datetime(2026, 11, 1, 0, 0, 2, tzinfo=UTC),
    ]
    assert [str(event["status"]) for event in known] == ["CONFIRMED", "CONFIRMED"]
    assert known[1]["summary"].endswith(" (delivered)")


def shown_days(event: Any) -> list[date]:
    """Expand an event as RFC 5545 says: the first day counts, whatever the rule."""
    first = datetime.combine(event["dtstart"].dt, time())
    days = {first.date()}
    if "rrule" in event:
        days |= {day.date() for day in rrulestr(event["rrule"].to_ical().decode(), dtstart=first)}
    if "rdate" in event:
        days |= {day.dt for day in event["rdate"].dts}
    return sorted(days)


@pytest.mark.parametrize(
    "deadline",
    [
        "annually until 2025", "2023-2025, annually by 25 December", "monthly, 2023-2024", "monthly by the 30th until 2026",
        "monthly by the 29th, 2023-2024", "quarterly until 2025", "biannually until 2029", "every two years until 2030",
        "quarterly, by the 15th day of the month following the reporting quarter, 2023-2024", "weekly until 2023",
        "every second week until 2023", "every 10 days until 2023", "2 times a month until 2024", "every 18 months until 2030",
        "annually, 1 March and 1 September", "1 March 2023, then annually", "15 June 2023, then every 6 months", "annually",
    ],
)  # fmt: skip
def test_what_recurs_is_shown_on_the_days_on_which_it_is_due(
    followup: Followup, plan: Path, tmp_path: Path, deadline: str
) -> None:
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8").replace("deadline: August 2022", f"deadline: {deadline}")
    file.write_text(text, encoding="utf-8")

    event = events(export(followup, tmp_path / "plan.ics", "--data", str(plan)).read_bytes())[
        "3.1@kz-2022-258"
    ]

    adopted = date(2022, 4, 28)
    times = periods(read(deadline, adopted=adopted), calendar=Calendar(adopted), until=date(2032, 12, 31))
    assert len(times) > 1
    last = date(2032, 12, 31)
    assert [day for day in shown_days(event) if day <= last] == [e.due for e in times if e.due <= last]


def merged(*exports: bytes) -> dict[str, Any]:
    """Take calendars in as a client does: of each identifier the event with the highest number is kept."""
    kept: dict[str, Any] = {}
    for each in exports:
        for uid, event in events(each).items():
            rank = (event["sequence"], event["dtstamp"].dt)
            if uid not in kept or rank >= (kept[uid]["sequence"], kept[uid]["dtstamp"].dt):
                kept[uid] = event
    return kept


def test_a_client_that_takes_it_in_twice_shows_each_event_once_at_its_new_day(
    followup: Followup, plan: Path, tmp_path: Path
) -> None:
    before = export(followup, tmp_path / "a.ics", "--data", str(plan), "--as-of", "2022-12-01").read_bytes()
    file = plan / "activities.yaml"
    act = "date: 2023-06-01, act: Decree No. 9, url: https://example.org/9"
    text = file.read_text(encoding="utf-8")
    changes = {"By the end of 2022": "as necessary", "By the end of 2023": "March 2024", "August 2022": None}
    for old, new in changes.items():
        field = f"field: deadline, was: {old}" if new else "field: repealed"
        text = text.replace(
            f"deadline: {old}\n", f"deadline: {new or old}\n        amendments: [{{{act}, {field}}}]\n", 1
        )
    file.write_text(text, encoding="utf-8")
    after = export(followup, tmp_path / "b.ics", "--data", str(plan), "--as-of", "2023-07-01").read_bytes()

    for order in ((before, after), (after, before), (before, after, after)):
        shown = {uid.split("@")[0]: event for uid, event in merged(*order).items()}
        assert len(shown) == 29
        assert {id_: str(shown[id_]["status"]) for id_ in ("1.1", "2.1", "3.1", "4.1")} == {
            "1.1": "CANCELLED",  # it has no day any more
            "2.1": "CONFIRMED",
            "3.1": "CANCELLED",
            "4.1": "CONFIRMED",
        }
        assert shown["2.1"]["dtstart"].dt == date(2024, 3, 31)
        assert all(event["sequence"] == 1 for id_, event in shown.items() if id_ in ("1.1", "2.1", "3.1"))


def test_a_calendar_reminds_of_what_is_to_come_and_not_settled(followup: Followup, tmp_path: Path) -> None:
    day = ("--as-of", "2025-01-01")
    found = events(export(followup, tmp_path / "plan.ics", *day, "--remind", "14").read_bytes())

    alarms = {uid.split("@")[0]: event.walk("VALARM") for uid, event in found.items() if event.walk("VALARM")}
    assert alarms.keys() == {"15.1"}
    assert [alarm["trigger"].dt for alarm in alarms["15.1"]] == [timedelta(days=-14)]
    later = events(export(followup, tmp_path / "later.ics", "--remind", "14").read_bytes())
    assert not any(event.walk("VALARM") for event in later.values())
    refused = followup("export", "-o", str(tmp_path / "plan.xlsx"), "--remind", "14")
    assert (refused.code, (tmp_path / "plan.xlsx").exists()) == (2, False)
    assert "`xlsx`" in refused.err


def test_a_calendar_of_one_body(followup: Followup, tmp_path: Path) -> None:
    found = events(export(followup, tmp_path / "mfa.ics", "--agency", "MFA").read_bytes())

    assert {uid.split("@")[0] for uid in found} == {"24.1", "24.2", "25.1", "26.1", "27.1"}


# -- SQLite, Data Package, Parquet, JSON Lines --------------------------------------------------------


def test_the_database_is_sound_and_answers(followup: Followup, tmp_path: Path) -> None:
    path = export(followup, tmp_path / "plan.sqlite")

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, size in SIZES.items():
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (size,)
        assert connection.execute("SELECT count(*) FROM unreported").fetchone() == (28,)


def test_the_package_is_valid(followup: Followup, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless checks the Data Package")
    folder = export(followup, tmp_path / "package", "-f", "datapackage")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the checker's own libraries
        report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["message"])
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks}.items() >= SIZES.items()


@pytest.mark.parametrize("name", ["xlsx", "ics", "sqlite", "datapackage", "parquet"])
def test_every_file_says_what_is_selected(followup: Followup, tmp_path: Path, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    files = content(export(followup, tmp_path / "out", "-f", name, "--section", "VI", "--at", "HEAD"))
    for path, written in files.items():
        if path.endswith(".csv"):
            continue
        if name == "xlsx":
            with zipfile.ZipFile(io.BytesIO(written)) as book:
                written = book.read("docProps/core.xml") + book.read("docProps/custom.xml")  # noqa: PLW2901
        text = written.replace(b"\r\n ", b"").decode("utf-8", "replace")
        assert "section VI" in text
        assert "HEAD" in text


def test_packages_of_plans_in_any_script_have_names_of_their_own(
    followup: Followup, plan: Path, tmp_path: Path
) -> None:
    names = set()
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    for identifier in ("план", "жоспар", "Rivers"):
        file.write_text(text.replace("id: kz-2022-258", f"id: {identifier}"), encoding="utf-8")
        folder = export(followup, tmp_path / identifier, "-f", "datapackage", "--data", str(plan))
        names.add(json.loads((folder / "datapackage.json").read_bytes())["name"])
    assert len(names) == 3
    assert "rivers" in names
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)


def test_the_package_describes_every_column(followup: Followup, tmp_path: Path) -> None:
    folder = export(followup, tmp_path / "package", "-f", "datapackage")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in package["resources"]:
        table = (folder / resource["path"]).read_text(encoding="utf-8")
        fields = resource["schema"]["fields"]
        assert next(csv.reader(io.StringIO(table))) == [field["name"] for field in fields]
        assert all(field["description"] for field in fields)
        assert resource["bytes"] == len(table.encode())


def test_parquet_has_types_that_duckdb_sees(followup: Followup, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow writes Parquet")
    duckdb = pytest.importorskip("duckdb", reason="DuckDB reads Parquet")
    folder = export(followup, tmp_path / "parquet", "-f", "parquet")

    with closing(duckdb.connect()) as connection:
        table = f"read_parquet('{folder}/deliverables.parquet')"
        types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM {table}").fetchall()}
        one = connection.execute(f"SELECT due, lead, days_left FROM {table} WHERE id = '24.2'").fetchone()
    assert {name: types[name] for name in ("id", "activity", "due", "lead", "state")} == {
        "id": "VARCHAR",
        "activity": "BIGINT",
        "due": "DATE",
        "lead": "VARCHAR[]",
        "state": "VARCHAR",
    }
    assert one == (date(2025, 4, 30), ["MLSP", "MIA", "MJ", "MFA"], None)


def test_json_lines_hold_every_row(followup: Followup, tmp_path: Path) -> None:
    lines = export(followup, tmp_path / "plan.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]

    assert {name: sum(row["table"] == name for row in rows) for name in SIZES} == SIZES


# -- the command -------------------------------------------------------------------------------------


def test_a_library_that_is_not_there_is_named_with_what_installs_it(
    followup: Followup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    result = followup("export", "-f", "parquet", "-o", str(tmp_path / "tables"))

    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "error: the format `parquet` needs the library pyarrow\n"
        f"hint: `{shlex.quote(sys.executable)} -m pip install pyarrow`\n"
    )
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-f", "excel"), "there is no export format `excel`"),
        ((), "no format is named"),
        (("-o", "plan.docx"), "no format is named"),
        (("-f", "datapackage"), "needs a folder"),
        (("-f", "ics", "-o", "data/agencies.yaml"), "a dataset's own file"),
        (("-f", "ics", "-o", "no/such/folder.ics"), "cannot be written"),
    ],
)
def test_a_request_that_cannot_be_met_is_one_sentence(
    followup: Followup, options: tuple[str, ...], said: str
) -> None:
    result = followup("export", *options)

    assert result.code == 2
    assert said in result.err


def test_a_folder_with_other_files_is_left_alone(followup: Followup, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")

    result = followup("export", "-f", "datapackage", "-o", str(tmp_path))

    assert result.code == 2
    assert "thesis.txt" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_earlier_package_is_brought_up_to_date(followup: Followup, tmp_path: Path) -> None:
    export(followup, tmp_path / "p", "-f", "datapackage", "--as-of", "2022-12-01")
    export(followup, tmp_path / "p", "-f", "datapackage")
    export(followup, tmp_path / "new", "-f", "datapackage")

    assert content(tmp_path / "p") == content(tmp_path / "new")


# -- pictures ----------------------------------------------------------------------------------------


def test_the_badge_says_how_much_is_delivered(followup: Followup) -> None:
    out = followup("badge", *AS_OF).out

    assert ET.fromstring(out).get("aria-label") == "plan: 1 of 29 delivered · 28 unreported"
    assert out == followup("badge", *AS_OF).out


def test_the_timeline_is_a_picture_with_words(followup: Followup, tmp_path: Path) -> None:
    path = tmp_path / "timeline.svg"
    followup("timeline", "-o", str(path), *AS_OF)
    picture = ET.parse(path).getroot()
    space = "{http://www.w3.org/2000/svg}"

    texts = [text.text for text in picture.iter(f"{space}text")]
    title, described = picture.find(f"{space}title"), picture.find(f"{space}desc")
    assert title is not None
    assert described is not None
    assert picture.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    assert texts.count("unreported") == 28
    assert {"24.1", "24.2", "as of 2026-11-01"} <= set(texts)
    # Of two deliverables of one title, the outcome is seen beside it; names are cut at words.
    assert {
        "Introduction of…: Concept on the Draft Law",
        "Introduction of the draft law on…: Draft Law",
    } <= set(texts)
    assert "Follow-up Plan for Human Rights and the Rule of Law" in texts
    assert any(
        "1 of 29 delivered · 28 unreported · 29 of 29 deliverables · as of" in str(text) for text in texts
    )
    assert path.read_text(encoding="utf-8") == followup("timeline", "-f", "svg", *AS_OF).out


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("question", ["count --by agency,state", "count --by state --occurrences", "export"])
def test_no_two_columns_of_a_sheet_share_a_heading(
    followup: Followup, tmp_path: Path, question: str, language: str
) -> None:
    file = tmp_path / "answer.xlsx"
    asked = (*question.split(), "--as-of", "2024-07-01", "--language", language)
    assert followup(*asked, "-o", str(file)).code == 0

    for sheet in openpyxl.load_workbook(file):
        headings = [cell.value for cell in sheet[1]]
        assert len(set(headings)) == len(headings), sheet.title
        assert all(sheet.cell(row, 3).value for row in range(2, sheet.max_row + 1)) or len(headings) != 3


def test_the_summary_of_an_event_is_short_and_its_description_whole(
    followup: Followup, tmp_path: Path
) -> None:
    found = events(export(followup, tmp_path / "plan.ics").read_bytes())

    assert str(found["24.2@kz-2022-258"]["summary"]) == "✓ 24.2 Draft Law (delivered)"
    title = "Introduction of the draft law on combating human trafficking in the Republic of Kazakhstan"
    assert title in found["24.2@kz-2022-258"]["description"]
    assert max(len(event["summary"]) for event in found.values()) <= 100
    cut = [str(event["summary"]).removesuffix("…") for event in found.values() if "…" in event["summary"]]
    for name in cut:
        identifier, _, begun = name.partition(" ")
        assert f"{begun} " in str(found[f"{identifier}@kz-2022-258"]["description"]).replace(",", " ,")


def test_the_workbook_of_a_report_says_what_it_is_of_and_speaks(followup: Followup, tmp_path: Path) -> None:
    file = tmp_path / "brief.xlsx"
    assert followup("report", "brief", "-o", str(file), "--language", "ru", "--as-of", "2026-11-01").code == 0
    book = openpyxl.load_workbook(file)

    assert book.sheetnames == ["По состоянию", "Исполнено", "Не сообщено", "Сведения", "Пояснения"]
    first = list(book.worksheets[0].iter_rows(values_only=True))
    assert "Follow-up Plan for Human Rights and the Rule of Law (kz-2022-258)" in str(first[0][0])
    assert "1 ноября 2026" in str(first[0][0]).replace("\u00a0", " ")
    assert first[2][0] == "состояние"
    assert book.worksheets[0].freeze_panes == "B4"


def test_the_timeline_has_a_key(followup: Followup) -> None:
    picture = followup("timeline", "-f", "svg", *AS_OF).out
    assert (
        "bar: the deadline's window · mark: the state · dotted line: up to a deadline without a start"
        in picture
    )
