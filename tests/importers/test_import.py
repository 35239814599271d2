"""Importing: a published plan becomes data, verbatim, with every doubt at its place."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from followup_cli.importers.approval import approval
from followup_cli.importers.encodings import decoded
from followup_cli.importers.pdf import joined
from followup_cli.importers.source import Cell, Grid, Paragraph
from tests.conftest import ROOT, Followup
from tests.importers import documents
from tests.importers.documents import Rows

HEADINGS = ["No.", "Action", "Output", "Deadline", "Responsible"]
PLAN = [
    HEADINGS,
    ["1", "Adopt the law on data", "Law adopted", "By the end of 2025", "Ministry of Justice"],
    [
        "2",
        "Train judges in the new procedure, in all regions of the country",
        "Report",
        "June 2026",
        "SC; MoH",
    ],
]


@dataclass(frozen=True)
class Import:
    """What an import wrote, and what it said."""

    folder: Path
    code: int
    doubts: list[dict[str, Any]]
    err: str

    @property
    def data(self) -> Any:
        return yaml.load((self.folder / "activities.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)

    @property
    def activities(self) -> list[dict[str, Any]]:
        return list(self.data["activities"])

    @property
    def agencies(self) -> dict[str, str]:
        text = (self.folder / "agencies.yaml").read_text(encoding="utf-8")
        return {each["code"]: each["name"] for each in yaml.load(text, yaml.BaseLoader)["agencies"]}

    def kinds(self, kind: str) -> list[str]:
        return [each["doubt"] for each in self.doubts if each["kind"] == kind]


Importing = Callable[..., Import]


@pytest.fixture
def imported(followup: Followup, tmp_path: Path) -> Importing:
    """Import a document: `imported("plan.html", content, "--language", "en")`."""

    def run(name: str, content: bytes | str, *args: str, folder: str = "data") -> Import:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        result = followup("import", str(file), "-o", str(tmp_path / folder), "--format", "json", *args)
        doubts = json.loads(result.out) if result.code == 0 else []
        return Import(tmp_path / folder, result.code, doubts, result.err)

    return run


def page(*rows: Sequence[str], before: str = "", after: str = "") -> str:
    """Write a page of one table from cells that may hold HTML, with a title above it."""
    lines = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows)
    return f"<h1>Plan</h1>{before}<table>{lines}</table>{after}"


def _cell(text: str) -> str:
    return text if text.startswith("<td") else f"<td>{text}</td>"


# What comes out


@pytest.mark.parametrize("name", list(documents.KINDS))
def test_the_same_plan_is_the_same_data_in_whatever_it_is_published(imported: Importing, name: str) -> None:
    result = imported(name, documents.KINDS[name]("Action Plan for Open Justice", PLAN))

    assert result.data["plan"]["title"] == "Action Plan for Open Justice"
    assert result.activities == [
        {
            "id": "1",
            "title": "Adopt the law on data",
            "deliverables": [{"outcome": "Law adopted", "deadline": "By the end of 2025"}],
            "agencies": ["MJ"],
        },
        {
            "id": "2",
            "title": "Train judges in the new procedure, in all regions of the country",
            "deliverables": [{"outcome": "Report", "deadline": "June 2026"}],
            "agencies": ["SC", "MoH"],
        },
    ]
    assert result.agencies == {"MJ": "Ministry of Justice", "SC": "SC", "MoH": "MoH"}
    assert "2 activities, 2 deliverables, 3 agencies; 0 of 2 deadlines unread" in result.err


@pytest.mark.parametrize("name", list(documents.KINDS))
def test_what_was_imported_validates_and_answers_at_once(
    imported: Importing, followup: Followup, name: str
) -> None:
    folder = str(imported(name, documents.KINDS[name]("Action Plan", PLAN)).folder)

    assert followup("validate", "--data", folder).code == 0
    status = followup("status", "--data", folder, "--as-of", "2026-01-15", "--format", "json")
    assert status.code == 0
    due = followup("list", "--data", folder, "--fields", "id,due", "--format", "csv").out
    assert "1.1,2025-12-31" in due


def test_standard_input_is_read_with_a_dash(followup: Followup, tmp_path: Path) -> None:
    content = documents.docx("Action Plan", PLAN)

    result = followup("import", "-", "-o", str(tmp_path / "data"), stdin=content)

    assert result.code == 0, result.err
    assert "Adopt the law on data" in (tmp_path / "data" / "activities.yaml").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(imported: Importing) -> None:
    result = imported("plan.html", documents.html("Action Plan", PLAN), "--dry-run")

    assert not result.folder.exists()
    assert "nothing was written" in result.err


def test_what_a_person_says_of_the_plan_is_taken(imported: Importing) -> None:
    rows = [HEADINGS, ["1", "Adopt", "Law", "within a month", "MJ"]]

    result = imported(
        "plan.csv",
        documents.csv("x", rows),
        "--title",
        "Our Plan",
        "--adopted",
        "2024-03-12",
        "--language",
        "en-GB",
    )

    plan = result.data["plan"]
    assert (plan["title"], plan["adopted"], plan["language"]) == ("Our Plan", "2024-03-12", "en-GB")
    assert result.doubts == []


def test_a_plan_that_says_no_title_has_the_name_of_its_document(imported: Importing) -> None:
    result = imported("tracker 2025.csv", "Ref,Action,Deadline\n1,Adopt,2025\n")

    assert result.data["plan"]["title"] == "tracker 2025"


# Rows


def test_sections_stand_in_each_other_to_any_depth(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            HEADINGS,
            ["<td colspan=5>Goal 1. Justice"],
            ["<td colspan=5>Objective 1.1. Courts"],
            ["1", "Adopt", "Law", "2025", "MJ"],
            ["<td colspan=5>Objective 1.2. Police"],
            ["2", "Train", "Report", "2025", "MIA"],
            ["<td colspan=5>Goal 2. Health"],
            ["3", "Vaccinate", "Report", "2025", "MH"],
        ),
    )

    titles = {each["id"]: (each["title"], each.get("in")) for each in result.data["sections"]}
    assert titles == {
        "1": ("Goal 1. Justice", None),
        "1.1": ("Objective 1.1. Courts", "1"),
        "1.2": ("Objective 1.2. Police", "1"),
        "2": ("Goal 2. Health", None),
    }
    assert [each["section"] for each in result.activities] == ["1.1", "1.2", "2"]


def test_headings_in_two_rows_and_what_repeats_or_numbers_them(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            ["<td rowspan=2>No.", "<td rowspan=2>Action", "<td colspan=2>Timescale", "<td rowspan=2>Lead"],
            ["Start", "Target date"],
            ["1", "2", "3", "4", "5"],
            ["1", "Adopt", "May 2024", "June 2025", "MJ"],
            ["No.", "Action", "Start", "Target date", "Lead"],
            ["2", "Train", "May 2025", "June 2026", "MIA"],
        ),
    )

    assert [each["deliverables"] for each in result.activities] == [
        [{"deadline": "June 2025", "starts": "May 2024"}],
        [{"deadline": "June 2026", "starts": "May 2025"}],
    ]
    assert "6 rows in (2 of activities, 4 of headings)" in result.err


RUSSIAN = ["№", "Мероприятие", "Форма завершения", "Срок", "Ответственный"]


@pytest.mark.parametrize(
    ("headings", "row", "left"),
    [
        (HEADINGS, ["", "Total", "", "", ""], "a total: Total"),
        (RUSSIAN, ["", "Итого:", "", "", ""], "a total: Итого:"),
        (
            HEADINGS,
            ["<td colspan=5>Target indicator: 40 courts"],
            "an indicator of its section, no activity: Target indicator: 40 courts",
        ),
        (HEADINGS, ["<td colspan=5>Note: reviewed every year"], "a note: Note: reviewed every year"),
    ],
)
def test_a_row_that_is_no_activity_is_left_out_and_told(
    imported: Importing, headings: list[str], row: list[str], left: str
) -> None:
    result = imported("plan.html", page(headings, ["1", "Adopt", "Law", "2025", "MJ"], row))

    assert len(result.activities) == 1
    assert result.kinds("left-out") == [left]
    assert "1 left out" in result.err


def test_a_section_that_holds_nothing_is_kept(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            HEADINGS, ["<td colspan=5>I. Courts"], ["<td colspan=5>II. Police"], ["1", "A", "b", "2025", "MJ"]
        ),
    )

    assert [each["title"] for each in result.data["sections"]] == ["I. Courts", "II. Police"]


def test_a_repealed_row_is_kept_without_anything_to_do(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            RUSSIAN,
            ["5.", "Принять закон", "закон", "2025 год", "МЮ"],
            ["6.", "<td colspan=4>Исключен постановлением от 12 марта 2024 года № 180"],
            ["6-1.", "Обучить судей", "отчет", "2026 год", "ВС"],
        ),
    )

    assert result.activities[1] == {
        "id": "6",
        "number": "6.",
        "title": "Исключен постановлением от 12 марта 2024 года № 180",
    }
    assert [each["id"] for each in result.activities] == ["5", "6", "6-1"]


def test_numbers_that_repeat_restart_or_are_missing_are_told(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            HEADINGS,
            ["<td colspan=5>Part A. Courts"],
            ["1", "Adopt", "Law", "2025", "MJ"],
            ["<td colspan=5>Part B. Police"],
            ["1", "Train", "Report", "2025", "MIA"],
            ["", "Buy cars", "Cars", "2025", "MIA"],
        ),
    )

    assert [(each["id"], each.get("number")) for each in result.activities] == [
        ("1", None),
        ("B-1", "1"),
        ("3", None),
    ]
    assert result.kinds("number") == ["the number `1` stands there again; its id is `B-1`"]


@pytest.mark.parametrize(
    ("title", "number", "words"),
    [
        ("1) adopt the law", "1)", "adopt the law"),
        ("1.1 Adopt the law", None, "Adopt the law"),
        ("Activity 1.1: Adopt the law", None, "Adopt the law"),
        ("C1.H1 Publicar", None, "Publicar"),
    ],
)
def test_a_number_at_the_head_of_the_title_is_the_number(
    imported: Importing, title: str, number: str | None, words: str
) -> None:
    result = imported("plan.html", page(["Action", "Deadline"], [title, "2025"]))

    (activity,) = result.activities
    assert activity["title"] == words
    assert activity.get("number") == number


def test_merged_cells_hold_for_all_rows_that_they_cover(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            ["Theme", *HEADINGS],
            [
                "<td rowspan=2>Courts",
                "<td rowspan=2>1",
                "<td rowspan=2>Adopt",
                "Draft",
                "2024",
                "<td rowspan=2>MJ",
            ],
            ["Law", "2025"],
            ["Police", "2", "Train", "Report", "2026", "MIA"],
        ),
    )

    first, second = result.activities
    assert first["deliverables"] == [
        {"outcome": "Draft", "deadline": "2024"},
        {"outcome": "Law", "deadline": "2025"},
    ]
    assert first["agencies"] == ["MJ"]
    assert [first["section"], second["section"]] == ["1", "2"]


def test_a_theme_that_is_written_once_holds_until_the_next(imported: Importing) -> None:
    rows = [
        ["Theme", "Ref", "Action", "Deadline"],
        ["Courts", "1", "Adopt", "2025"],
        ["", "2", "Train", "2025"],
        ["Police", "3", "Buy", "2026"],
    ]

    result = imported("plan.csv", documents.csv("Plan", rows))

    assert [each["section"] for each in result.activities] == ["1", "1", "2"]
    assert result.kinds("split") == [
        "`Theme` is written once for several rows: it was taken to hold until the next"
    ]


def test_outcomes_and_deadlines_that_stand_in_step_are_deliverables(imported: Importing) -> None:
    result = imported(
        "plan.html", page(HEADINGS, ["1", "Adopt", "Draft<br>Law", "May 2024<br>June 2025", "MJ"])
    )

    assert result.activities[0]["deliverables"] == [
        {"outcome": "Draft", "deadline": "May 2024"},
        {"outcome": "Law", "deadline": "June 2025"},
    ]


def test_a_table_for_each_commitment_gives_its_milestones(imported: Importing) -> None:
    document = Document()
    document.add_heading("Open Government Action Plan 2023-2025", 1)
    for number in (1, 2):
        table = document.add_table(0, 4)
        for label, words in (
            ("Number and Name of the Commitment", f"{number}. Commitment the {number}."),
            ("Commitment Start and End Date", "1 September 2023 – 31 August 2025"),
            ("Lead implementing agency", "Ministry of Justice"),
            ("Commitment budget", "none"),
        ):
            cells = table.add_row().cells
            cells[0].text = label
            cells[1].merge(cells[3]).text = words
        for row in (
            ("Milestone Activity", "Start Date", "End Date", "Responsible"),
            (f"{number}.1 Publish", "May 2023", "June 2024", "MoJ"),
            (f"{number}.2 Train", "May 2024", "June 2025", "MoF"),
        ):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)

    result = imported("plan.docx", stream.getvalue())

    assert [each["title"] for each in result.data["sections"]] == [
        "1. Commitment the 1.",
        "2. Commitment the 2.",
    ]
    assert [(each["id"], each["title"], each["section"]) for each in result.activities] == [
        ("1.1", "Publish", "1"),
        ("1.2", "Train", "1"),
        ("2.1", "Publish", "2"),
        ("2.2", "Train", "2"),
    ]
    first = result.activities[0]
    assert first["deliverables"] == [{"deadline": "June 2024", "starts": "May 2023"}]
    assert first["agencies"] == ["MoJ", {"agency": "MJ", "role": "lead"}]
    assert first["other"] == {
        "Commitment Start and End Date": "1 September 2023 – 31 August 2025",
        "Commitment budget": "none",
    }


# Columns


def test_what_stands_above_and_below_the_milestones_is_of_all_of_them(imported: Importing) -> None:
    def row(*cells: str) -> list[str]:
        return [*cells[:-1], f'<td colspan="{5 - len(cells)}">{cells[-1]}</td>']

    rows = [
        row("Compromiso 1. Portal de presupuestos"),
        row("Eje", "Transparencia"),
        row("Entidad responsable", "CGR"),
        row("Otras entidades", "AEPD; INE"),
        row("Fecha de inicio y de finalización", "2024 – 2026"),
        row("Descripción", "No hay información."),
        row("Hitos"),
        row("Hito", "Fecha de inicio", "Fecha de finalización", "Estado"),
        row("1.1 Publicar el presupuesto", "01/03/2024", "30/06/2024", "Completo"),
        row("1.2 Abrir el visor", "01/09/2024", "31/12/2024", "Limitado"),
        row("Nivel de cumplimiento", "Sustancial"),
        row("Observaciones", "Sin cambios."),
    ]
    result = imported("plan.html", page(*rows))

    assert result.data["sections"] == [{"id": "1", "title": "Compromiso 1. Portal de presupuestos"}]
    assert [each["id"] for each in result.activities] == ["1.1", "1.2"]
    for activity in result.activities:
        assert activity["agencies"] == [
            {"agency": "CGR", "role": "lead"},
            {"agency": "AEPD", "role": "partner"},
            {"agency": "INE", "role": "partner"},
        ]
        assert {key: text for key, text in activity["other"].items() if key != "Estado"} == {
            "Eje": "Transparencia",
            "Fecha de inicio y de finalización": "2024 – 2026",
            "Descripción": "No hay información.",
            "Nivel de cumplimiento": "Sustancial",
            "Observaciones": "Sin cambios.",
        }


@pytest.mark.parametrize(
    ("headings", "language"),
    [
        (["No.", "Action", "Output", "Timeline", "Owner(s)"], "en"),
        (["№ п/п", "Наименование мероприятия", "Форма завершения", "Срок исполнения", "Ответственные"], "ru"),
        (["Р/с №", "Іс-шаралардың атауы", "Аяқталу нысаны", "Орындалу мерзімі", "Жауаптылар"], "kk"),
        (["№", "Найменування заходу", "Індикатор виконання", "Строк виконання", "Відповідальні"], "uk"),
        (["N.º", "Actividad", "Producto", "Fecha límite", "Entidad"], "es"),
        (["N°", "Action", "Livrable", "Échéance", "Structure"], "fr"),
        (["Nr.", "Maßnahme", "Ergebnis", "Umsetzung bis", "Zuständigkeit¹"], "de"),
    ],
)
def test_columns_are_known_by_their_headings(imported: Importing, headings: list[str], language: str) -> None:
    result = imported("plan.html", documents.html("x", [headings, ["7", "words", "paper", "2025", "ABC"]]))

    assert result.data["plan"]["language"] == language
    assert result.activities == [
        {
            "id": "7",
            "title": "words",
            "deliverables": [{"outcome": "paper", "deadline": "2025"}],
            "agencies": ["ABC"],
        }
    ]


def test_what_has_no_column_of_ours_goes_to_other_under_its_heading(imported: Importing) -> None:
    rows = [[*HEADINGS, "Cost (£k)"], ["1", "Adopt", "Law", "2025", "MJ", "1,200"]]

    assert imported("plan.csv", documents.csv("x", rows)).activities[0]["other"] == {"Cost (£k)": "1,200"}


ODD = [
    ["Kode", "Hvad", "Bevis", "Hvornår"],
    ["a1", "Vedtag loven", "Lov", "2025"],
    ["a2", "Uddan", "Rapport", "2026"],
]


def test_a_person_says_what_columns_are_and_the_next_import_is_the_same(
    imported: Importing, tmp_path: Path
) -> None:
    said = [f"--column={each}" for each in ("number=Kode", "title=Hvad", "outcome=Bevis", "deadline=Hvornår")]
    result = imported("plan.csv", documents.csv("x", ODD), *said)

    assert result.activities[0] == {
        "id": "a1",
        "title": "Vedtag loven",
        "deliverables": [{"outcome": "Lov", "deadline": "2025"}],
    }
    mapping = result.folder / "import.yaml"
    assert "Bevis: outcome\n" in mapping.read_text(encoding="utf-8")
    again = imported("plan.csv", documents.csv("x", ODD), "--mapping", str(mapping), folder="again")
    assert again.activities == result.activities


def test_columns_whose_headings_nobody_knows_are_told_by_what_stands_in_them(imported: Importing) -> None:
    result = imported("plan.csv", documents.csv("x", ODD))

    assert [(each["id"], each["title"]) for each in result.activities] == [
        ("a1", "Vedtag loven"),
        ("a2", "Uddan"),
    ]
    assert [each["deliverables"][0]["deadline"] for each in result.activities] == ["2025", "2026"]
    assert len(result.kinds("column")) == 3


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--column", "outcome=Outptu"], "no column is headed `Outptu`\nhint: did you mean `Output`?"),
        (["--column", "result=Output"], "there is no field `result`"),
        (["--column", "Output"], "`Output` names no column"),
        (["--table", "table 9"], "there is no `table 9` in it, only `table 1`"),
        (["--adopted", "12.03.2024"], "`--adopted 12.03.2024` is not a day"),
        (["--act", "Decree"], "holds no dataset that an act could have changed"),
        (["--mapping", "nowhere.yaml"], "`nowhere.yaml` does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(imported: Importing, args: list[str], said: str) -> None:
    result = imported("plan.html", documents.html("x", PLAN), *args)

    assert result.code == 2
    assert said in result.err.replace("\n  hint", "\nhint")
    assert not result.folder.exists()


def test_a_document_without_a_plan_shows_the_headings_that_it_has(imported: Importing) -> None:
    result = imported("list.csv", "Name;Street\nA;B\n")

    assert result.code == 2
    assert "no table of a plan was found in it; its headings are `Name`, `Street`" in result.err
    assert '--column title="HEADING"' in result.err


def at_a_terminal(folder: Path, typed: str) -> str:
    """Import `plan.csv` at a terminal where lines are typed; gives all that was shown."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "dumb", "COLUMNS": "200"}
    command = [sys.executable, "-m", "followup_cli", "import", "plan.csv", "-o", "data"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        with suppress(OSError):
            while part := os.read(ours, 4096):
                shown += part
        process.wait(timeout=60)
        os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="terminals")
def test_at_a_terminal_it_shows_what_each_column_is_and_lets_it_be_changed(tmp_path: Path) -> None:
    rows = [["No.", "Action", "Evidence", "Deadline"], ["1", "Adopt", "Law", "2025"]]
    (tmp_path / "plan.csv").write_bytes(documents.csv("x", rows))

    shown = at_a_terminal(tmp_path, "9\n3\noutcom\n3\noutcome\n\n")

    assert re.search(r"3 +Evidence +other +Law", shown)
    assert "write a number from 1 to 4" in shown
    assert "did you mean `outcome`?" in shown
    assert "outcome: Law" in (tmp_path / "data" / "activities.yaml").read_text(encoding="utf-8")


# Words


def test_struck_out_words_are_what_the_plan_said_before(imported: Importing) -> None:
    result = imported("plan.html", page(HEADINGS, ["1", "Adopt", "Law", "<s>May 2024</s> June 2025", "MJ"]))

    assert result.activities[0]["deliverables"] == [
        {
            "outcome": "Law",
            "deadline": "June 2025",
            "amendments": [{"field": "deadline", "was": "May 2024"}],
        }
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "<s>31.12.2024</s> <s>30.06.2025</s> 30.11.2025",
        "<s>31.12.2024</s><br><del>30.06.2025</del><br>30.11.2025",
        '<p style="text-decoration: line-through">31.12.2024<br>30.06.2025</p>30.11.2025',
    ],
)
def test_several_struck_deadlines_are_what_the_plan_said_one_after_the_other(
    imported: Importing, followup: Followup, cell: str
) -> None:
    result = imported("plan.html", page(HEADINGS, ["1", "Build", "", cell, "MoF"]))

    (deliverable,) = result.activities[0]["deliverables"]
    assert deliverable == {
        "deadline": "30.11.2025",
        "amendments": [{"field": "deadline", "was": was} for was in ("31.12.2024", "30.06.2025")],
    }
    assert result.kinds("struck") == [
        "`31.12.2024 30.06.2025`: is struck out and was taken for what the plan said before"
    ]
    assert followup("validate", "--data", str(result.folder)).code == 0


def test_struck_deadlines_of_word_and_of_a_workbook_are_apart(imported: Importing) -> None:
    document = Document()
    table = document.add_table(2, 5)
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["1", "Build", "", "", "MoF"], strict=True):
        cell.text = text
    for text, is_struck in (("May 2024", True), (", ", False), ("June 2024", True), (" July 2024", False)):
        table.cell(1, 3).paragraphs[0].add_run(text).font.strike = is_struck
    stream = io.BytesIO()
    document.save(stream)
    book = Workbook()
    struck = InlineFont(strike=True)
    parts: list[str | TextBlock] = [
        *(TextBlock(struck, "May 2024"), "\n", TextBlock(struck, "June 2024"), "\nJuly 2024")
    ]
    book.worksheets[0].append(HEADINGS)
    book.worksheets[0].append(["1", "Build", "", CellRichText(parts), "MoF"])

    for name, content in (("plan.docx", stream.getvalue()), ("plan.xlsx", documents.saved(book))):
        (deliverable,) = imported(name, content, folder=name[5:]).activities[0]["deliverables"]
        assert deliverable["deadline"] == "July 2024"
        assert [each["was"] for each in deliverable["amendments"]] == ["May 2024", "June 2024"]


def test_a_struck_body_or_deadline_is_not_live(imported: Importing) -> None:
    rows = [
        ["1", "Build", "Road", "<s>2024</s>", "<s>MoF</s> MoH"],
        ["2", "Test", "Report", "2025", "<s>MoF</s>"],
    ]
    result = imported("plan.html", page(HEADINGS, *rows))

    first, second = result.activities
    assert first["deliverables"] == [
        {"outcome": "Road", "amendments": [{"field": "deadline", "was": "2024"}]}
    ]
    assert first["agencies"] == ["MoH"]
    assert "agencies" not in second
    assert list(result.agencies) == ["MoH"]
    assert result.kinds("struck") == [
        "`2024`: is struck out and was taken for what the plan said before",
        "`MoF`: is struck out and was left out",
        "`MoF`: is struck out and was left out",
    ]


def test_struck_out_words_of_titles_are_left_out_and_told(imported: Importing) -> None:
    rows = [
        HEADINGS,
        ["1", "Buy <s>20</s> 35 cars", "<del>Report</del> Contract", "2025", "MJ"],
        ["2", "<s>Withdrawn</s>", "Law", "<s>2025</s>", "MJ"],
    ]

    result = imported("plan.html", page(*rows))

    assert [each["title"] for each in result.activities] == ["Buy 35 cars", "Withdrawn"]
    assert result.activities[0]["deliverables"][0]["outcome"] == "Contract"
    assert result.kinds("struck") == [
        "`20`: is struck out and was left out",
        "`Report`: is struck out and was left out",
        "`Withdrawn`: all of it is struck out: it was taken as it stands",
        "`2025`: all of it is struck out: it was taken as it stands",
    ]


def test_a_line_above_the_table_says_of_which_day_its_status_is(imported: Importing) -> None:
    rows = [[*HEADINGS[:4], "Status"], ["1", "Open Wi-Fi", "Report", "• June 2025", "On track"]]

    result = imported("plan.html", page(*rows, before="<p>Status as of 30 September 2025</p>"))

    (deliverable,) = result.activities[0]["deliverables"]
    assert deliverable["deadline"] == "June 2025"
    assert [each["date"] for each in deliverable["updates"]] == ["../2025-09-30"]
    assert result.kinds("status") == []


def test_the_newer_of_two_columns_of_deadlines_holds(imported: Importing, followup: Followup) -> None:
    rows = [
        ["Ref", "Recommendation", "Original due date", "Revised due date"],
        ["24 AGS 03", "Approve the orders", "30/09/2024", "31/03/2025"],
        ["24 AGS 04", "Review the register", "30/11/2024", ""],
    ]

    result = imported("tracker.csv", documents.csv("Tracker", rows))

    first, second = result.activities
    assert first["deliverables"] == [
        {"deadline": "31/03/2025", "amendments": [{"field": "deadline", "was": "30/09/2024"}]}
    ]
    assert second["deliverables"] == [{"deadline": "30/11/2024"}]
    assert result.data["plan"]["day_first"] == "true"
    assert followup("validate", "--data", str(result.folder)).code == 0


def test_status_columns_are_what_was_reported_as_of_their_day_and_never_a_delivery(
    imported: Importing, followup: Followup
) -> None:
    rows = [
        ["Ref", "Action", "Deadline", "Status (30/06/2024)", "Status (31/12/2024)"],
        ["1", "Adopt", "2024", "On track", "Completed"],
        ["2", "Train", "2026", "-", "Delayed: the tender was appealed. It is open again."],
    ]

    result = imported("tracker.csv", documents.csv("Tracker", rows))

    first, second = result.activities
    assert first["deliverables"][0]["updates"] == [
        {"date": "../2024-06-30", "reported_as": "On track"},
        {"date": "../2024-12-31", "reported_as": "Completed"},
    ]
    assert second["deliverables"][0]["updates"] == [
        {"date": "../2024-12-31", "note": "Delayed: the tender was appealed. It is open again."}
    ]
    assert first["other"]["Status (31/12/2024)"] == "Completed"
    listed = followup("list", "--data", str(result.folder), "--as-of", "2025-06-01", "--format", "json").out
    assert "delivered" not in {each["state"] for each in json.loads(listed)}


@pytest.mark.parametrize(
    ("headings", "cells", "dates"),
    [
        (["Status", "Status date"], ["On track", "2024-05-06"], ["2024-05-06"]),
        (["Status at 31 March 2024"], ["On track"], ["../2024-03-31"]),
        (["Stand 31.12.2023"], ["läuft"], ["../2023-12-31"]),
        (["Status"], ["On track"], []),
        (["Status (01/02/2024)"], ["On track"], []),
    ],
)
def test_the_day_of_a_status(
    imported: Importing, headings: list[str], cells: list[str], dates: list[str]
) -> None:
    german = headings[0].startswith("Stand")
    own = ["Nr.", "Maßnahme", "Frist"] if german else ["Ref", "Action", "Deadline"]
    result = imported(
        "plan.csv", documents.csv("Tracker", [[*own, *headings], ["1", "Adopt", "2026", *cells]])
    )

    updates = result.activities[0]["deliverables"][0].get("updates", [])
    assert [each["date"] for each in updates] == dates
    assert bool(result.kinds("status")) is not bool(dates)


def test_roles_come_from_columns_words_bold_and_marks(imported: Importing) -> None:
    def agencies(headings: Sequence[str], *cells: str) -> list[Any]:
        table = page(["Action", "Deadline", *headings], ["Adopt", "2025", *cells], ["Train", "2025", *cells])
        return list(
            imported("plan.html", table, folder=str(len(headings)) + cells[0][:5]).activities[0]["agencies"]
        )

    lead, partner = {"agency": "MJ", "role": "lead"}, {"agency": "MF", "role": "partner"}
    assert agencies(["Lead agency", "Partners"], "MJ", "MF") == [lead, partner]
    assert agencies(["Responsible"], "Lead: MJ<br>Support: MF") == [lead, partner]
    assert agencies(["Responsible"], "<b>MJ</b>, MF") == [lead, "MF"]
    assert agencies(["Responsible"], "MJ, MF (as agreed)") == ["MJ", "MF (as agreed)"]
    assert agencies(["Responsible"], "MJ with MF") == ["MJ", partner]


def test_a_list_of_abbreviations_names_the_agencies(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            HEADINGS,
            ["1", "Adopt", "Law", "2025", "MJ, SC (as agreed)"],
            after="<p>Abbreviations:<br>MJ – Ministry of Justice<br>SC – Supreme Court</p>",
        ),
    )

    assert result.agencies == {"MJ": "Ministry of Justice", "SC": "Supreme Court"}
    assert result.data["plan"]["roles"] == {"as agreed": "as-agreed"}


def test_an_abbreviation_in_brackets_is_that_of_its_name_wherever_either_stands(imported: Importing) -> None:
    rows = (
        ("No.", "Activity", "Deadline", "Responsible"),
        ("1", "Aid", "2024", "LAS, Ministry of Justice (MoJ)"),
        ("2", "Law", "2024", "MoJ, MIA (GPI), Institute of Law (as agreed)"),
        ("3", "Court", "2024", "Legal Aid Service (LAS), Ministry of Justice, MIA"),
    )
    read = imported("plan.html", page(*rows))

    assert [each["agencies"] for each in read.activities] == [
        ["LAS", "MoJ"],
        ["MoJ", "MG", "IL (as agreed)"],
        ["LAS", "MoJ", "MIA"],
    ]
    assert read.agencies == {
        "LAS": "Legal Aid Service",
        "MoJ": "Ministry of Justice",
        "MG": "MIA (GPI)",
        "IL": "Institute of Law",
        "MIA": "MIA",
    }


def test_lines_between_tables_say_who_carries_out_what_stands_below(imported: Importing) -> None:
    table = "| Milestone | End date |\n|---|---|\n| {} | March 2024 |\n| {} | 2025 |\n"
    text = (
        "# Open Government Plan\n\n## Commitment 1: Money\n\nPublic money will be easy to follow.\n\nAt last.\n\n"
        "**Lead:** The Exchequer\n**Partners:** Fiscal Group; Audit Office\n\n"
        + table.format("Report", "Portal")
        + "\n## Commitment 2: Climate\n\nLead agency: Ministry of Climate\n\n"
        + table.format("Strategy", "Assembly")
    )
    read = imported("plan.md", text)

    names = read.agencies
    first = [{**each, "agency": names[each["agency"]]} for each in read.activities[0]["agencies"]]
    assert [each["agency"] for each in first] == ["The Exchequer", "Fiscal Group", "Audit Office"]
    assert [each["role"] for each in first] == ["lead", "partner", "partner"]
    assert read.activities[1]["agencies"] == read.activities[0]["agencies"]
    assert [names[each["agency"]] for each in read.activities[2]["agencies"]] == ["Ministry of Climate"]
    assert read.kinds("text") == [
        "text beside the tables is not in the data: “Public money will be easy to follow.”, and 1 more"
    ]


def test_what_the_plan_abbreviates_itself_is_no_code_of_another_body(imported: Importing) -> None:
    rows = [
        HEADINGS,
        ["1", "A", "b", "2025", "Office of the Attorney-General"],
        ["2", "B", "c", "2025", "OAG, MoF"],
        ["3", "C", "d", "2025", "Ministry of Water, in cooperation with the Ministry of Finance"],
        ["4", "D", "e", "2025", "Prosecutor's Office of Georgia and Ministry of the Interior"],
    ]

    result = imported("plan.csv", documents.csv("x", rows))

    assert [each["agencies"] for each in result.activities] == [
        ["OAG2"],
        ["OAG", "MoF"],
        ["MW", {"agency": "MF", "role": "partner"}],
        ["POG", "MI"],
    ]
    assert (result.agencies["OAG2"], result.agencies["MF"]) == (rows[1][4], "Ministry of Finance")


def test_bodies_on_lines_of_their_own_in_one_cell_are_between_commas_in_others(imported: Importing) -> None:
    rows = [
        HEADINGS,
        ["1", "A", "b", "2025", "MoJ, MoF, NGO Taza (as agreed)"],
        ["2", "B", "c", "2025", "SC (as agreed), GPO, MIA"],
        ["3", "C", "d", "2025", "MoJ\nILI"],
        ["4", "D", "e", "2025", "Minjust, Fund “Taza” (as agreed), bodies concerned"],
        ["5", "E", "f", "2025", "Ministry of Health, Labour and Social Affairs"],
    ]

    result = imported("plan.csv", documents.csv("x", rows))

    assert [each["agencies"] for each in result.activities] == [
        ["MoJ", "MoF", "NT (as agreed)"],
        ["SC (as agreed)", "GPO", "MIA"],
        ["MoJ", "ILI"],
        ["Minjust", "FT (as agreed)", "BC"],
        ["MHLSA"],
    ]


def test_words_without_a_heading_are_kept(imported: Importing) -> None:
    rows = [[*HEADINGS, ""], ["1", "A", "b", "2025", "MJ", "A remark"], ["2", "B", "c", "2025", "MJ", ""]]

    result = imported("plan.csv", documents.csv("x", rows))

    assert [each.get("other") for each in result.activities] == [{"column 6": "A remark"}, None]


def test_years_and_their_quarters_are_headings_without_merged_cells(imported: Importing) -> None:
    rows = [
        ["No", "Activity", "Responsible", "2024", "", "2025", ""],
        ["", "", "", "Q1", "Q2", "Q1", "Q2"],
        ["1", "Review the Act", "SDD", "x", "x", "", ""],
        ["2", "Train staff", "KSG", "", "", "", "x"],
    ]

    result = imported("plan.csv", documents.csv("x", rows))

    assert [each["deliverables"][0]["deadline"] for each in result.activities] == [
        "2024 Q1; 2024 Q2",
        "2025 Q2",
    ]


def test_titles_under_a_heading_that_nobody_knows_are_the_longest_texts(imported: Importing) -> None:
    rows = [
        ["Pillar", "No.", "Qualitative / quantitative x", "Responsible", "Deadline"],
        ["1. Economy", "1.1", "The law on parks is amended", "MEDD", "2025"],
        ["1. Economy", "1.2", "Rules are adopted by the ministry", "MF", "2026"],
    ]

    result = imported("plan.csv", documents.csv("x", rows))

    assert [each["title"] for each in result.activities] == [rows[1][2], rows[2][2]]
    assert [each["agencies"] for each in result.activities] == [["MEDD"], ["MF"]]
    assert result.kinds("column") == [
        "`Qualitative / quantitative x` was taken for the column of the title by what stands in it"
    ]


def test_a_sheet_of_abbreviations_may_have_headings(imported: Importing) -> None:
    book = Workbook()
    sheet, names = book.active, book.create_sheet("Abbreviations")
    assert sheet is not None
    for row in (["No.", "Activity", "Responsible", "Deadline"], [1, "Adopt", "MJ, MF", "2025"]):
        sheet.append(row)
    for row in (
        ["Short", "Institution"],
        ["MJ", "Ministry of Justice"],
        ["MF", "Ministry of Finance"],
        ["SC", "Supreme Court"],
    ):
        names.append(row)

    assert imported("plan.xlsx", documents.saved(book)).agencies == {
        "MJ": "Ministry of Justice",
        "MF": "Ministry of Finance",
    }


def test_numbered_deadlines_in_step_lose_the_numbers_of_what_they_stand_beside(imported: Importing) -> None:
    row = ["1", "A", "1. Law\n2. Order", "1. by 1 September 2024\n2. by 1 March 2025", "MJ"]

    (activity,) = imported("plan.csv", documents.csv("x", [HEADINGS, row])).activities

    assert [each["deadline"] for each in activity["deliverables"]] == [
        "by 1 September 2024",
        "by 1 March 2025",
    ]


def test_a_table_in_a_cell_is_a_part_of_its_words(imported: Importing) -> None:
    inner = "<table><tr><td>North</td><td>2</td></tr></table>"
    rows = [
        HEADINGS,
        ["1", f"Open centres{inner}", "Report", "2025", "MJ"],
        ["2", "Train", "Law", "2026", "MF"],
    ]
    document = Document()
    table = document.add_table(rows=0, cols=5)
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text.removesuffix(inner)
    nested = table.cell(1, 1).add_table(rows=1, cols=2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "North", "2"
    stream = io.BytesIO()
    document.save(stream)

    for n, (name, content) in enumerate([("a.html", page(*rows)), ("a.docx", stream.getvalue())]):
        read = imported(name, content, folder=f"data{n}").activities
        assert [each["title"] for each in read] == ["Open centres North 2", "Train"]
        assert [each["deliverables"] for each in read] == [
            [{"outcome": "Report", "deadline": "2025"}],
            [{"outcome": "Law", "deadline": "2026"}],
        ]
        assert [each["agencies"] for each in read] == [["MJ"], ["MF"]]


def test_an_activity_never_has_the_id_of_a_deliverable(imported: Importing, followup: Followup) -> None:
    numbers = ("1", "1.1", "1.2", "2", "2.1")
    rows = [HEADINGS, *([n, f"Do {n}", "Law", "2025", "MJ"] for n in numbers)]

    result = imported("plan.csv", documents.csv("x", rows))

    assert [each["id"] for each in result.activities] == ["1", "1-1", "1.2", "2", "2-1"]
    assert [each.get("number", each["id"]) for each in result.activities] == list(numbers)
    assert followup("validate", "--data", str(result.folder)).code == 0


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (
            [[*HEADINGS[:3], "Deadline", "Deadline"], ["1", "A", "b", "June 2025", "July 2026"]],
            "Deadline: July 2026",
        ),
        ([HEADINGS, ["1", "A", "b", "2025", ""], ["", "", "", "", "MF"]], "agencies: [MF]"),
        ([HEADINGS, ["1", "A", "b", "2025", "MJ", "more"]], "column 6: more"),
    ],
)
def test_what_stands_where_nobody_looks_is_kept(imported: Importing, rows: Any, kept: str) -> None:
    result = imported("plan.csv", documents.csv("x", rows))

    assert kept in (result.folder / "activities.yaml").read_text(encoding="utf-8")


def test_a_number_alone_is_left_out_and_told(imported: Importing) -> None:
    rows = [HEADINGS, ["1", "A", "b", "2025", "MJ"], ["2", "", "", "", ""], ["3", "C", "d", "2025", "MJ"]]

    result = imported("plan.csv", documents.csv("x", rows))

    assert "sections" not in result.data or result.data["sections"] == []
    assert result.kinds("left-out") == ["nothing but a number: 2"]


@pytest.mark.parametrize(
    "after",
    [
        "<p>MJ – Ministry of Justice; SC – Supreme Court.</p>",
        "<p>Note: MJ = Ministry of Justice; SC = Supreme Court</p>",
        "<p>Abbreviations:</p><p>MJ – Ministry of Justice</p><p>SC – Supreme Court</p>",
    ],
)
def test_abbreviations_stand_on_one_line_or_on_several(imported: Importing, after: str) -> None:
    result = imported("plan.html", page(HEADINGS, ["1", "Adopt", "Law", "2025", "MJ, SC"], after=after))

    assert result.agencies == {"MJ": "Ministry of Justice", "SC": "Supreme Court"}
    assert result.kinds("text") == []


def test_sections_above_the_headings_are_sections(imported: Importing) -> None:
    rows = [
        ["Goal 1: Independence", "", "", "", ""],
        ["Objective 1.1: Access", "", "", "", ""],
        HEADINGS,
        ["1", "A", "b", "2025", "MJ"],
        ["Objective 1.2: School", "", "", "", ""],
        HEADINGS,
        ["2", "B", "c", "2025", "MJ"],
    ]

    result = imported("plan.csv", documents.csv("Plan of a country", rows))

    sections = {each["id"]: each["title"] for each in result.data["sections"]}
    assert [sections[each["section"]] for each in result.activities] == [rows[1][0], rows[4][0]]
    assert [each.get("in") for each in result.data["sections"]] == [None, "1", "1"]
    assert result.data["plan"]["title"] == "Plan of a country"


def test_bodies_spelt_two_ways_are_told(imported: Importing) -> None:
    rows = [
        HEADINGS,
        ["1", "A", "b", "2025", "Ministry of Justice"],
        ["2", "B", "c", "2025", "Ministry of Justise"],
    ]

    (doubt,) = imported("plan.csv", documents.csv("x", rows)).kinds("agency")

    assert doubt == "`Ministry of Justice` and `Ministry of Justise` may be one body spelt two ways"


def test_lines_below_the_last_row_of_a_sheet_are_notes_or_abbreviations(imported: Importing) -> None:
    rows = [
        *PLAN,
        ["", "", "", "", ""],
        ["(1) All budgets are estimates.", "", "", "", ""],
        ["SC : Supreme Court", "", "", "", ""],
        ["MoH : Ministry of Health", "", "", "", ""],
    ]
    result = imported("plan.xlsx", documents.xlsx("Action Plan", rows))

    assert result.data["sections"] == []
    assert result.kinds("left-out") == ["a note: (1) All budgets are estimates."]
    assert result.agencies["SC"] == "Supreme Court"
    assert result.agencies["MoH"] == "Ministry of Health"


def test_a_workbook_in_two_languages_is_imported_again_into_its_folder(imported: Importing) -> None:
    book = Workbook()
    cover, first, second = book.worksheets[0], book.create_sheet("1 Wasser"), book.create_sheet("2 Floods")
    cover.append(["Stand / as of", "31.12.2024"])
    first.append(["Nr.", "Maßnahme", "Verantwortlich", "Frist", "Stand"])
    first.append(["1", "Messnetz bauen", "UBA", "30.06.2025", "in Arbeit"])
    first.append(["2", "Kataster anlegen", "UBA", "30.06.2026", "offen"])
    second.append(["Ref", "Action", "Lead", "Due date", "Status"])
    second.append(["1", "Update the maps", "EA", "22.12.2025", "on track"])
    content = documents.saved(book)

    written = (imported("plan.xlsx", content).folder / "activities.yaml").read_bytes()
    result = imported("plan.xlsx", content)

    assert result.code == 0
    assert (result.folder / "activities.yaml").read_bytes() == written
    updates = [each["deliverables"][0]["updates"] for each in result.activities]
    assert updates[2] == [{"date": "../2024-12-31", "reported_as": "on track"}]


def test_a_group_that_is_blank_in_some_rows_is_told(imported: Importing) -> None:
    rows = [["Theme", *HEADINGS], *([theme, *PLAN[1]] for theme in ("Roads", "Roads", "Homes", "", "Rail"))]
    filled = imported("plan.csv", documents.csv("Plan", rows), folder="filled")
    rows[1:] = [[theme, *PLAN[1]] for theme in ("Roads", "Homes", "", "Roads", "Roads")]
    blank = imported("plan.csv", documents.csv("Plan", rows), folder="blank")

    assert [each["section"] for each in filled.activities] == ["1", "1", "2", "2", "3"]
    assert filled.kinds("split") == [
        "`Theme` is written once for several rows: it was taken to hold until the next"
    ]
    assert [each.get("section") for each in blank.activities] == ["1", "2", None, "1", "1"]
    assert blank.kinds("section") == [
        "`Theme` is blank in 1 row, the first here: no section was taken from it"
    ]


def test_the_name_of_an_organisation_above_the_title_is_not_the_title(imported: Importing) -> None:
    rows = [["Westmarch Borough Council", *[""] * 4], ["Internal Audit – Agreed Actions Tracker", *[""] * 4]]
    result = imported("plan.csv", documents.csv("", [*rows, *PLAN]))

    assert result.data["plan"]["title"] == "Internal Audit – Agreed Actions Tracker"


def test_a_column_of_colours_does_not_replace_the_status_beside_it(imported: Importing) -> None:
    rows = [
        ["As at 30 September 2024 (Q2 2024/25)", *[""] * 5],
        ["Ref", "Action", "Owner", "Due date", "RAG", "Status"],
        ["1", "Mend the roof", "Works", "30/04/2025", "Red", "Overdue"],
    ]
    (activity,) = imported("plan.csv", documents.csv("Tracker of actions", rows)).activities

    assert activity["deliverables"][0]["updates"] == [{"date": "../2024-09-30", "reported_as": "Overdue"}]
    assert activity["other"] == {"RAG": "Red", "Status": "Overdue"}


def test_the_stop_of_an_abbreviated_word_is_a_part_of_the_name(imported: Importing) -> None:
    result = imported("plan.html", page(HEADINGS, ["1", "A", "b", "2025", "Lebenshilfe e. V."]))

    assert list(result.agencies.values()) == ["Lebenshilfe e. V."]


@pytest.mark.parametrize(
    ("line", "headings"),
    [
        ("Position as at 31 March 2025 (Q4)", ["Ref", "Action", "Owner", "Due date", "Status"]),
        (
            "Beschluss Nr. 112. Stand der Umsetzung: 31.03.2025",
            ["Nr.", "Maßnahme", "Zuständig", "Frist", "Stand"],
        ),
        ("Stand: 31.03.2025", ["Nr.", "Maßnahme", "Zuständig", "Frist", "Stand"]),
        (
            "Adopté le 28 mars 2024, version suivie au 31/03/2025",
            ["N°", "Action", "Pilote", "Échéance", "Statut"],
        ),
        (
            "Aprobado el 6 de febrero de 2024. Seguimiento a 31 de marzo de 2025.",
            ["N.º", "Medida", "Responsable", "Plazo", "Estado"],
        ),
        ("Станом на 31 березня 2025 року", ["№", "Захід", "Відповідальні", "Строк", "Стан виконання"]),
    ],
)
def test_the_day_of_the_status_is_found_in_any_language(
    imported: Importing, line: str, headings: list[str]
) -> None:
    content = page(headings, ["1", "Build the road", "MoF", "31.12.2025", "x"], before=f"<p>{line}</p>")

    (activity,) = imported("plan.html", content).activities

    assert activity["deliverables"][0]["updates"] == [{"date": "../2025-03-31", "reported_as": "x"}]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16", "koi8-r"])
def test_encodings_are_told_apart(imported: Importing, encoding: str) -> None:
    text = (
        "№ п/п;Наименование мероприятия;Форма завершения;Срок исполнения;Ответственные исполнители\n"
        + "".join(
            f"{n};Разработать проект закона о защите данных граждан;проект закона;декабрь 2025 года;Минюст\n"
            for n in range(1, 9)
        )
    )
    if encoding in ("cp1251", "koi8-r"):
        text = text.replace("№", "N")

    result = imported("plan.csv", text.encode(encoding))

    assert result.activities[0]["title"] == "Разработать проект закона о защите данных граждан"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac_cyrillic"])
@pytest.mark.parametrize(
    "words", ["Внесён в Мажилис", "Исполнено", "ИСПОЛНЕНО", "закон принят, II чтение", "«да»"]
)
def test_a_word_is_enough_to_tell_a_cyrillic_encoding(encoding: str, words: str) -> None:
    try:
        content = f"id,note\n1,{words}\n".encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no such letter")

    assert decoded(content) == f"id,note\n1,{words}\n"


@pytest.mark.parametrize("words", ["Müller draft", "été déjà", "Größe der Maßnahme", "“quoted”"])
def test_a_word_is_enough_to_tell_a_western_one(words: str) -> None:
    assert decoded(f"id,note\n1,{words}\n".encode("cp1252")) == f"id,note\n1,{words}\n"


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_letters_far_down_a_file_tell_its_encoding(encoding: str) -> None:
    text = "a,b,c\n" * 5_000 + "внесён в Мажилис, принят\n"

    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["undefined", "utf-16", "no-such-code"])
def test_an_encoding_that_cannot_be_is_not_believed(declared: str) -> None:
    text = f"<meta charset={declared}><p>Внесён в Мажилис</p>"

    assert decoded(text.encode("cp1251")) == text


def test_a_page_says_its_encoding_itself(imported: Importing) -> None:
    text = '<meta charset="windows-1252"><table><tr><td>Nr.<td>Maßnahme<td>Frist<tr><td>1<td>Prüfen – „sofort“<td>2025'

    assert imported("plan.html", text.encode("cp1252")).activities[0]["title"] == "Prüfen – „sofort“"


# Workbooks


def test_a_cell_of_a_workbook_gives_the_words_that_it_shows(imported: Importing) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Action", "Due date", "Cost", "Share"])
    rows: list[tuple[Any, str, Any, Any, Any]] = [
        (1.1, "General", date(2025, 3, 31), 2400, 0.5),
        (2.1, "0.00", date(2026, 3, 1), 45.5, 1),
        (3, "General", date(2025, 9, 30), None, None),
    ]
    patterns = ["dd/mm/yyyy", "mmm-yy", "mm-dd-yy"]
    for n, (ref, pattern, day, cost, share) in enumerate(rows, 2):
        sheet.append([ref, f"Action the {n}.", day, cost, share])
        sheet.cell(n, 1).number_format = pattern
        sheet.cell(n, 3).number_format = patterns[n - 2]
        sheet.cell(n, 5).number_format = "0%"

    result = imported("plan.xlsx", documents.saved(book))

    assert [each["id"] for each in result.activities] == ["1.1", "2.10", "3"]
    assert [each["deliverables"][0]["deadline"] for each in result.activities] == [
        "31/03/2025",
        "Mar-26",
        "2025-09-30",
    ]
    assert result.activities[0]["other"] == {"Cost": "2400", "Share": "50%"}


def test_a_day_that_a_workbook_holds_reads_what_its_words_do_not_tell(imported: Importing) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Action", "Start", "Finish"])
    rows = [
        ("mmm-yy", date(2026, 3, 1), "dd/mm/yyyy", date(2026, 4, 3)),
        ("General", "June 2026", "mmm-yy", date(2026, 9, 30)),
        ("mmm-yy", date(2026, 3, 1), "General", "by the end of 2026"),
        ("General", None, "yyyy-mm-dd", date(2026, 9, 30)),
        ("mmm-yy", date(2026, 3, 1), "General", "in due course"),
    ]
    for n, (first, start, last, end) in enumerate(rows, 2):
        sheet.append([n, f"Action {n}", start, end])
        sheet.cell(n, 3).number_format, sheet.cell(n, 4).number_format = first, last

    result = imported("plan.xlsx", documents.saved(book))
    made = [each["deliverables"][0] for each in result.activities]

    assert [each["deadline"] for each in made][:2] == ["03/04/2026", "Sep-26"]
    assert [each.get("read") for each in made] == [
        {"start": "2026-03-01", "due": "2026-04-03"},
        {"start": "2026-06-01", "due": "2026-09-30"},
        {"due": "2026-12-31", "start": "2026-03-01"},
        None,
        None,
    ]
    assert "1 of 5 deadlines unread" in result.err
    assert "no rule reads the deadline `Sep-26`: it was read by the day that the cell holds, 2026-09-30" in (
        result.kinds("read")
    )


def test_sheets_are_sections_and_what_is_hidden_is_told(imported: Importing) -> None:
    book = Workbook()
    for n, name in enumerate(["Justice", "Health", "Lists"]):
        sheet = book.create_sheet(name)
        sheet.append(["Ref", "Action", "Deadline"])
        sheet.append([f"{n}.1", f"Adopt {name}", "2025"])
        sheet.append([f"{n}.2", f"Train {name}", "2025"])
    book["Lists"].sheet_state = "hidden"
    book["Health"].row_dimensions[3].hidden = True
    book["Justice"].column_dimensions["C"].hidden = True
    del book["Sheet"]

    result = imported("plan.xlsx", documents.saved(book))

    assert [each["title"] for each in result.data["sections"]] == ["Justice", "Health"]
    assert [each["id"] for each in result.activities] == ["0.1", "0.2", "1.1", "1.2"]
    assert sorted(each["where"] for each in result.doubts if each["kind"] == "hidden") == [
        "sheet Health, row 3",
        "sheet Justice, column C",
        "sheet Lists",
    ]
    one = imported("plan.xlsx", documents.saved(book), "--sheet", "Health", folder="one")
    assert [each["id"] for each in one.activities] == ["1.1", "1.2"]


def test_part_of_a_cell_may_be_struck_out(imported: Importing) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Action", "Deadline"])
    sheet.append(["1", "Adopt", CellRichText(TextBlock(InlineFont(strike=True), "May 2024"), " June 2025")])

    (deliverable,) = imported("plan.xlsx", documents.saved(book)).activities[0]["deliverables"]

    assert deliverable == {"deadline": "June 2025", "amendments": [{"field": "deadline", "was": "May 2024"}]}


# Doubts


def test_a_doubt_names_its_place_in_the_document_and_in_what_was_written(
    imported: Importing, followup: Followup, tmp_path: Path
) -> None:
    rows = [*PLAN, ["3", "Buy cars", "Cars", "when there is money for it", "MIA"]]
    result = imported("plan.xlsx", documents.xlsx("Plan", rows))

    (doubt,) = [each for each in result.doubts if each["kind"] == "unread"]
    line = (result.folder / "activities.yaml").read_text(encoding="utf-8").splitlines()[doubt["line"] - 1]
    assert doubt["where"] == "sheet Sheet, cell D5"
    assert "when there is money for it" in line
    assert "1 of 3 deadlines unread; 1 doubt\n" in result.err
    shown = followup(
        "import", str(tmp_path / "plan.xlsx"), "-o", str(tmp_path / "x"), "--format", "markdown"
    ).out
    assert "| sheet Sheet, cell D5 |" in shown


WORDS = st.lists(
    st.sampled_from(["adopt", "Law", "train", "the", "No", "42", "é", "МЮ", "x,y", "a;b"]), max_size=4
)
CELL = WORDS.map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=8))
def test_no_row_and_no_word_vanishes(followup: Followup, tmp_path: Path, rows: Rows) -> None:
    table = [[*HEADINGS, "Notes"], ["1", "Adopt", "Law", "2025", "MJ", ""], *rows]
    file, folder = tmp_path / "plan.html", tmp_path / "data"
    file.write_bytes(documents.html("x", table))
    for each in folder.glob("*.yaml"):
        each.unlink()

    result = followup("import", str(file), "-o", str(folder), "--format", "json")

    assert result.code == 0, result.err
    went_in = sum(any(row) for row in table)
    counts = re.search(r"(\d+) rows in \((.*?)\)", result.err)
    assert counts
    assert int(counts[1]) == went_in == sum(map(int, re.findall(r"\d+", counts[2])))
    written = "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.yaml")) + result.out
    there = set(re.findall(r"\w+", written))
    assert set(re.findall(r"\w+", " ".join(" ".join(row) for row in table))) <= there
    assert followup("validate", "--data", str(folder)).code == 0


# Hostile documents

TABLE = "<table><tr><th>No</th><th>Action</th><th>Deadline</th></tr><tr><td>1</td><td>{}</td><td>2024</td></tr></table>"


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bomb.docx", archive(word__document_xml=b"0" * 250_000_000), "more in it than a plan"),
        ("nest.html", b"<div>" * 10_000 + TABLE.format("x").encode(), "tags within tags without end"),
        ("nest.html", TABLE.format("<b>" * 10_000).encode(), "larger than a plan"),
        ("cell.html", TABLE.format("x" * 5_000_000).encode(), "larger than a plan"),
        ("cell.csv", b"No,Action,Deadline\n1," + b"x" * 5_000_000 + b",2024\n", "larger than a plan"),
        ("wide.csv", b"a," * 3_000_000, "more cells than a plan has"),
        ("empty.csv", b"", "no table of a plan"),
        ("cut.xlsx", b"PK\x03\x04", "a damaged one"),
        ("junk.pdf", b"%PDF-1.4 junk", "no PDF that can be read"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"x" * 100, "save it as .docx or .xlsx"),
        (
            "picture.pdf",
            documents.pdf("A plan", [["x"]]).replace(b" re S", b" re n"),
            "no table with ruled lines",
        ),
        (
            "entities.xlsx",
            archive(
                **{
                    "[Content_Types]_xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
                },
                xl__workbook_xml=b"<workbook/>",
            ),
            "no workbook",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_document_is_refused_in_a_sentence(
    imported: Importing, name: str, content: bytes, said: str
) -> None:
    result = imported(name, content)

    assert result.code == 2
    assert said in result.err
    assert not result.folder.exists()


@pytest.mark.parametrize(
    "words",
    [
        "=HYPERLINK(&quot;http://x&quot;)",
        "<script>alert(1)</script>kept",
        "<img src='http://127.0.0.1:9/x'>kept",
    ],
)
def test_what_could_be_run_or_fetched_is_text(
    imported: Importing, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    import socket

    def refused(*_: object) -> None:
        raise AssertionError("no request to the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    title = imported("plan.html", TABLE.format(words)).activities[0]["title"]

    assert title in ('=HYPERLINK("http://x")', "kept")


def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    imported: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    result = imported("plan.docx", documents.docx("x", PLAN))

    assert result.code == 2
    assert "a Word document needs the library docx" in result.err
    assert "-m pip install lxml python-docx openpyxl" in result.err


def test_what_documents_are_read_with_is_the_extra() -> None:
    import tomllib

    from followup_cli.importers import LIBRARIES

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [each.partition(">")[0] for each in extras["optional-dependencies"]["import"]] == list(LIBRARIES)


def page_of_pdf(page: int, *rows: Sequence[str]) -> Grid:
    where = f"page {page}, table 1"
    cells = [
        tuple(Cell(text, f"{where}, row {y}, column {x}") for x, text in enumerate(row, 1))
        for y, row in enumerate(rows, 1)
    ]
    return Grid(where, tuple(cells))


HEADS = ("No", "Action", "Deadline")
NUMBERS = ("1", "2", "3")


def rows_of(blocks: Sequence[Grid | Paragraph]) -> list[tuple[str, ...]]:
    grids = [block for block in blocks if isinstance(block, Grid)]
    return [tuple(cell.text for cell in row) for grid in grids for row in grid.rows]


def test_a_row_that_the_end_of_a_page_cut_in_two_is_put_together() -> None:
    blocks, notes = joined(
        [
            page_of_pdf(1, HEADS, NUMBERS, ("1", "Train all", "2025")),
            page_of_pdf(2, HEADS, NUMBERS, ("", "police officers", ""), ("2", "Buy cars,", "2026")),
            page_of_pdf(3, HEADS, NUMBERS, ("", "Vans and Bicycles", ""), ("3", "Sell", "2027")),
        ]
    )

    assert rows_of(blocks) == [
        *(HEADS, NUMBERS, ("1", "Train all police officers", "2025")),
        *(HEADS, NUMBERS, ("2", "Buy cars, Vans and Bicycles", "2026")),
        *(HEADS, NUMBERS, ("3", "Sell", "2027")),
    ]
    assert [kind for _, kind, _ in notes] == ["split", "split"]


def test_a_row_that_may_be_cut_by_the_end_of_a_page_is_told() -> None:
    blocks, notes = joined(
        [
            page_of_pdf(1, HEADS, ("1", "Train all", "December")),
            page_of_pdf(2, HEADS, ("", "", "2025"), ("2", "Buy cars", "2026")),
            Paragraph("3. Sell the cars 2027", "page 2"),
            Paragraph("that are old, with", "page 2"),
            page_of_pdf(3, HEADS, ("", "a receipt", ""), ("4", "Stop", "2028")),
        ]
    )

    assert [row for row in rows_of(blocks) if row != HEADS] == [
        *(("1", "Train all", "December"), ("", "", "2025"), ("2", "Buy cars", "2026")),
        *(("", "a receipt", ""), ("4", "Stop", "2028")),
    ]
    told = "the row may be cut by the page break: look at the end of the page before"
    assert notes == [
        ("page 2, table 1, row 2, column 2", "split", told),
        (
            "page 3, table 1, row 2, column 2",
            "split",
            f"{told}, where “3. Sell the cars 2027 that are old, with” stands below the table",
        ),
    ]


def test_the_number_of_a_page_below_a_table_cuts_no_row() -> None:
    blocks, notes = joined(
        [
            page_of_pdf(1, HEADS, ("1", "Train all", "2025")),
            Paragraph("2 / 5", "page 1"),
            page_of_pdf(2, HEADS, ("2", "Buy cars", "2026")),
        ]
    )

    assert notes == []
    assert len(blocks) == 3


@pytest.mark.parametrize(
    ("cell", "agencies"),
    [
        ("HR & OD", ["HO"]),
        ("NADMO: Lead national institution", ["NADMO (Lead national institution)"]),
        ("MJ, MF<br>for information: SC", ["MJ", "MF", {"agency": "SC", "role": "partner"}]),
        ("Ministry of Health and Ministry of Justice", ["MH", "MJ"]),
        ("Ministry of Works and Housing", ["MWH"]),
    ],
)
def test_what_a_cell_of_bodies_says(imported: Importing, cell: str, agencies: list[Any]) -> None:
    result = imported("plan.html", page(["Action", "Deadline", "Responsible"], ["Adopt", "2025", cell]))

    assert result.activities[0]["agencies"] == agencies


def test_outputs_alone_are_what_the_plan_will_do_and_sentences_are_no_headings(imported: Importing) -> None:
    result = imported(
        "plan.html",
        page(
            ["UN Action Plan Outputs", "Indicators, Baseline, Target", "Role of Partners"],
            ["Output 3.1: Early warning in place", "Number of stations. Baseline: 2. Target: 10", "NADMO"],
        ),
    )

    (activity,) = result.activities
    assert (activity["id"], activity["title"]) == ("3.1", "Early warning in place")
    assert activity["other"] == {
        "Indicators, Baseline, Target": "Number of stations. Baseline: 2. Target: 10"
    }


def test_a_plan_without_bodies_and_days_is_published_whole(
    imported: Importing, followup: Followup, tmp_path: Path
) -> None:
    folder = str(imported("plan.csv", "Ref,Action,Outcome\n1,Adopt,Law\n2,Train,Report\n").folder)

    assert followup("validate", "--data", folder).code == 0
    for args in (["status"], ["agencies"], ["report", "-o", "r.html"], ["export", "-o", "x.xlsx"]):
        result = followup(*args, "--data", folder, cwd=tmp_path)
        assert result.code == 0, result.err


# A newer edition

NEWER = [
    HEADINGS,
    ["1", "Adopt the law on data", "Law adopted", "By the end of 2026", "Ministry of Justice"],
    [
        "2",
        "Train judges in the new procedure, in all regions of the country",
        "Report",
        "June 2026",
        "SC; MoH; MF",
    ],
    ["3", "Publish the decisions", "Portal", "2027", "SC"],
]


@pytest.fixture
def followed(imported: Importing) -> Import:
    """A dataset that was imported, and worked on since."""
    result = imported("plan.html", documents.html("Action Plan", PLAN))
    file = result.folder / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace(
        "      - {outcome: Law adopted, deadline: By the end of 2025}\n",
        "      # ours\n"
        "      - outcome: Law adopted\n"
        "        deadline: By the end of 2025\n"
        "        read: {due: 2025-12-30}\n"
        "        updates:\n"
        "          - {date: 2025-05-01, status: in-progress, note: A draft is public.}\n",
    )
    file.write_text(text, encoding="utf-8")
    return result


def test_a_newer_edition_keeps_what_was_done_since_and_shows_what_changed(
    imported: Importing, followed: Import, followup: Followup
) -> None:
    result = imported("plan.html", documents.html("Action Plan", NEWER))

    first, second, third = result.activities
    (deliverable,) = first["deliverables"]
    assert deliverable["deadline"] == "By the end of 2026"
    assert deliverable["read"] == {"due": "2025-12-30"}
    assert deliverable["updates"][0]["note"] == "A draft is public."
    assert "# ours\n" in (result.folder / "activities.yaml").read_text(encoding="utf-8")
    assert second["agencies"] == ["SC", "MoH", "MF"]
    assert third["title"] == "Publish the decisions"
    assert "1.1: deadline “By the end of 2025” → “By the end of 2026”" in result.err
    assert "new agency MF: MF" in result.err
    assert "amendments" not in deliverable


def test_with_the_act_the_changes_are_amendments(
    imported: Importing, followed: Import, followup: Followup
) -> None:
    result = imported(
        "plan.html", documents.html("Action Plan", NEWER), "--act", "Decree No. 7", "--date", "2025-09-01"
    )

    first, second, third = result.activities
    act = {"date": "2025-09-01", "act": "Decree No. 7"}
    assert first["deliverables"][0]["amendments"] == [
        {**act, "field": "deadline", "was": "By the end of 2025", "read": {"due": "2025-12-30"}}
    ]
    assert second["amendments"] == [{**act, "field": "agencies", "was": ["SC", "MoH"]}]
    assert third["amendments"] == [{**act, "field": "added"}]
    assert followup("validate", "--data", str(result.folder)).code == 0
    enacted = followup("list", "--data", str(result.folder), "--as-enacted", "--format", "csv").out
    assert "By the end of 2025" in enacted or "2025-12-3" in enacted


def test_the_same_edition_again_changes_no_byte(imported: Importing, followed: Import) -> None:
    before = {path: path.read_bytes() for path in followed.folder.iterdir()}

    result = imported("plan.html", documents.html("Action Plan", PLAN))

    assert {path: path.read_bytes() for path in result.folder.iterdir()} == before


def test_what_is_gone_from_the_newer_edition_is_kept_and_told(imported: Importing, followed: Import) -> None:
    result = imported("plan.html", documents.html("Action Plan", NEWER[:2]))

    assert [each["id"] for each in result.activities] == ["1", "2"]
    assert result.kinds("edition") == [
        "1.1: its `read` is of the earlier words; it was kept",
        "2 is not in the newer edition; it was kept",
    ]


def test_another_plan_with_the_same_numbers_is_refused(imported: Importing, followed: Import) -> None:
    before = (followed.folder / "activities.yaml").read_bytes()
    others = [
        [row[0], title, *row[2:]]
        for row, title in zip(PLAN[1:], ("Build a port", "Open schools"), strict=True)
    ]
    others = [[*row[:2], "Report on it", "May 2031", "XX"] for row in others]

    result = imported("other.html", documents.html("Another Plan", [HEADINGS, *others]))

    assert result.code == 2
    assert "the folder holds another plan" in result.err
    assert (followed.folder / "activities.yaml").read_bytes() == before


def test_what_was_reported_stays_with_its_deliverable(imported: Importing) -> None:
    def adopt(outcomes: str, deadlines: str) -> str:
        return page(
            HEADINGS,
            ["1", "Adopt the code", outcomes, deadlines, "MJ"],
            ["2", "Publish it", "Text", "2027", "MJ"],
        )

    first = imported("plan.html", adopt("Draft<br>Law", "May 2024<br>June 2025"))
    file = first.folder / "activities.yaml"
    delivered = "{outcome: Law, deadline: June 2025, updates: [{date: 2025-05-01, note: It was signed.}]}"
    file.write_text(
        file.read_text(encoding="utf-8").replace("{outcome: Law, deadline: June 2025}", delivered)
    )
    assert "It was signed" in file.read_text(encoding="utf-8")

    result = imported(
        "plan.html", adopt("Concept<br>Draft<br>Law", "May 2023<br>May 2024<br>June 2025"), *ACT
    )

    draft, law, concept = result.activities[0]["deliverables"]
    assert (draft["outcome"], law["outcome"], concept["outcome"]) == ("Draft", "Law", "Concept")
    assert law["updates"][0]["note"] == "It was signed."
    assert concept["amendments"][0]["field"] == "added"
    assert "updates" not in concept


def test_what_a_newer_edition_struck_out_is_kept(imported: Importing) -> None:
    imported("plan.html", page(HEADINGS, ["1", "Adopt the code", "Law", "May 2024", "MJ"]))

    result = imported(
        "plan.html", page(HEADINGS, ["1", "Adopt the code", "Law", "<s>May 2024</s> June 2025", "MJ"])
    )

    (deliverable,) = result.activities[0]["deliverables"]
    assert deliverable["deadline"] == "June 2025"
    assert deliverable["amendments"] == [{"field": "deadline", "was": "May 2024"}]


BODIES = ["Nr.", "Maßnahme", "Federführung", "Beteiligte", "Umsetzung bis", "Produkt", "Bemerkung"]
RAMP = ["1", "Rampe bauen", "MoF", "MoH", "30.06.2025", "Rampe", "offen"]
DOOR = ["2", "Tür bauen", "MoF", "MoH", "30.09.2025", "Tür", ""]
ACT = ("--act", "Beschluss 2", "--date", "2025-02-01")


def test_bodies_with_roles_of_their_columns_are_kept_by_an_amendment(
    imported: Importing, followup: Followup
) -> None:
    imported("plan.html", page(BODIES, RAMP, DOOR))
    result = imported("plan.html", page(BODIES, [*RAMP[:3], "MoH, MoJ", *RAMP[4:]], DOOR), *ACT)

    data = ("--data", str(result.folder))
    (amendment,) = result.activities[0]["amendments"]
    assert amendment["was"] == ["MoF (lead)", "MoH (partner)"]
    assert followup("validate", *data).code == 0
    asked = ("list", *data, "--fields", "id,lead,partners", "--format", "csv")
    assert '1.1,MoF,"MoH; MoJ"' in followup(*asked).out
    assert "1.1,MoF,MoH\n" in followup(*asked, "--as-enacted").out.replace("\r", "")


def test_an_import_names_the_errors_of_what_it_wrote(imported: Importing) -> None:
    file = imported("plan.html", page(BODIES, RAMP, DOOR)).folder / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("timezone: UTC", "timezone: Mars"), encoding="utf-8")

    (error,) = imported("plan.html", page(BODIES, RAMP, DOOR)).kinds("error")
    assert "activities.yaml: unknown time zone `Mars`" in error


@pytest.mark.parametrize("args", [(), ACT])
def test_what_the_newer_edition_no_longer_says_is_taken_out_and_told(
    imported: Importing, followup: Followup, args: tuple[str, ...]
) -> None:
    imported("plan.html", page(BODIES, RAMP, DOOR))
    emptied = [*RAMP[:2], "", "", "", "Rampe", ""]
    result = imported("plan.html", page(BODIES, emptied, [*DOOR[:4], "", "", ""]), *args)

    first, second = result.activities
    assert {"agencies", "other"}.isdisjoint(first)
    assert [set(each) - {"amendments"} for each in first["deliverables"]] == [{"outcome"}]
    assert [set(each) - {"amendments"} for each in second["deliverables"]] == [set()]
    for told in (
        "1: agencies [MoF (lead), MoH (partner)] → none",
        "1: Bemerkung “offen” → nothing",
        "1.1: deadline “30.06.2025” → nothing",
        "2.1: outcome “Tür” → nothing",
        "2.1: deadline “30.09.2025” → nothing",
    ):
        assert told in result.err
    assert followup("validate", "--data", str(result.folder)).code == 0
    amended = [each["field"] for each in first.get("amendments", ())]
    assert amended == (["agencies", "other"] if args else [])
    assert [each["was"] for each in second["deliverables"][0].get("amendments", ())] == (
        ["Tür", "30.09.2025"] if args else []
    )


def test_words_that_were_not_there_before_are_written(imported: Importing) -> None:
    imported("plan.html", page(BODIES, RAMP, [*DOOR[:4], "", "Tür", ""]))
    result = imported("plan.html", page(BODIES, RAMP, [*DOOR[:6], "neu"]))

    door = result.activities[1]
    assert door["deliverables"] == [{"outcome": "Tür", "deadline": "30.09.2025"}]
    assert door["other"] == {"Bemerkung": "neu"}
    assert "2.1: deadline “” → “30.09.2025”" in result.err


def test_a_column_that_the_newer_edition_has_not_is_told_once_and_its_words_are_kept(
    imported: Importing,
) -> None:
    imported("plan.html", page(BODIES, RAMP, DOOR))
    result = imported("plan.html", page(*[row[:6] for row in (BODIES, RAMP, DOOR)]))

    assert result.activities[0]["other"] == {"Bemerkung": "offen"}
    assert result.kinds("edition") == [
        "the newer edition has no column of the `Bemerkung`: what stood there was kept"
    ]


def test_printed_numbers_follow_the_newer_edition_and_what_is_new_stands_where_it_does(
    imported: Importing, followup: Followup
) -> None:
    imported("plan.html", page(BODIES, RAMP, DOOR))
    lift = ["2", "Aufzug bauen", "MoF", "", "2026", "Aufzug", ""]
    sign = ["1", "Schilder kaufen", "MoF", "", "2026", "Schilder", ""]
    result = imported("plan.html", page(BODIES, sign, ["2", *RAMP[1:]], lift, ["4", *DOOR[1:]]))

    said = [(each["id"], each.get("number"), each["title"]) for each in result.activities]
    assert said == [
        ("1-new", "1", "Schilder kaufen"),
        ("1", "2", "Rampe bauen"),
        ("2-2", "2", "Aufzug bauen"),
        ("2", "4", "Tür bauen"),
    ]
    assert "2: number “2” → “4”" in result.err
    assert followup("validate", "--data", str(result.folder)).code == 0


TRACKER = ["Ref", "Action", "Owner", "Due date", "Status"]


def tracker(day: str, *words: str) -> bytes:
    """Write a tracker with a line that says of which day its status is."""
    rows = [
        [f"{n}", f"Mend the roof of house {n}", "Works", "30/04/2025", word]
        for n, word in enumerate(words, 1)
    ]
    return documents.csv(
        f"Action tracker\n As at {day}".partition("\n")[0], [[f"As at {day}", "", "", "", ""], TRACKER, *rows]
    )


def test_words_of_status_of_a_later_day_are_updates(imported: Importing, followup: Followup) -> None:
    file = imported("plan.csv", tracker("30 September 2024", "In progress", "Not started")).folder
    path = file / "activities.yaml"
    own = "reported_as: In progress}\n          - {date: 2025-01-15, status: in-progress, note: Seen by us.}"
    text = path.read_text(encoding="utf-8")
    assert "- {date: ../2024-09-30, reported_as: In progress}" in text
    path.write_text(text.replace("reported_as: In progress}", own), encoding="utf-8")
    before = path.read_text(encoding="utf-8").splitlines()

    result = imported("plan.csv", tracker("31 December 2024", "Done", "Not started"))

    assert [each["deliverables"][0]["updates"] for each in result.activities] == [
        [
            {"date": "../2024-09-30", "reported_as": "In progress"},
            {"date": "../2024-12-31", "reported_as": "Done"},
            {"date": "2025-01-15", "status": "in-progress", "note": "Seen by us."},
        ],
        [
            {"date": "../2024-09-30", "reported_as": "Not started"},
            {"date": "../2024-12-31", "reported_as": "Not started"},
        ],
    ]
    assert "1.1: reported as of 2024-12-31: “Done”" in result.err
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == ["      Status: In progress"]
    assert followup("validate", "--data", str(file)).code == 0


def test_another_word_of_the_same_day_is_told(imported: Importing) -> None:
    imported("plan.csv", tracker("30 September 2024", "In progress"))
    result = imported("plan.csv", tracker("30 September 2024", "Done"))

    assert result.kinds("edition") == [
        "1.1: the newer edition reports “Done” as of 2024-09-30, the data something else: it was kept"
    ]


def test_a_newer_edition_lists_what_the_document_leaves_in_doubt(
    imported: Importing, followup: Followup
) -> None:
    vague = [*RAMP[:4], "wenn Geld da ist", *RAMP[5:]]
    file = imported("plan.html", page(BODIES, RAMP, DOOR)).folder / "activities.yaml"
    result = imported("plan.html", page(BODIES, vague, DOOR))

    (doubt,) = [each for each in result.doubts if each["kind"] == "unread"]
    assert "wenn Geld da ist" in file.read_text(encoding="utf-8").splitlines()[doubt["line"] - 1]
    assert "1 of 2 deadlines unread; 1 doubt\n" in result.err
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("wenn Geld da ist", "wenn Geld da ist, read: none"), encoding="utf-8")
    assert "0 of 2 deadlines unread; 0 doubts\n" in imported("plan.html", page(BODIES, vague, DOOR)).err


def test_another_plan_does_not_go_into_the_folder(imported: Importing, followed: Import) -> None:
    before = (followed.folder / "activities.yaml").read_bytes()
    other = [HEADINGS, *([f"{n}", f"Something else, {n}", "x", "2025", "MA"] for n in range(11, 15))]

    result = imported("other.html", documents.html("Other Plan", other))

    assert result.code == 2
    assert "0 of its 2 activities are in this document" in result.err
    assert (followed.folder / "activities.yaml").read_bytes() == before


@pytest.mark.parametrize("args", [(), ("--act", "Decree No. 7", "--date", "2025-09-01")])
def test_a_newer_edition_brings_sections_points_and_other_columns(
    imported: Importing, followup: Followup, args: tuple[str, ...]
) -> None:
    columns = ["No", "Action", "Output", "Deadline", "Owner", "Budget"]
    first = ["1", "Adopt the law:\n(a) draft it\n(b) table it", "Law", "2025", "MJ", "5"]
    second = ["2", "Train judges", "Report", "2026", "SC", "7"]
    law, courts = ['<td colspan="6">Section 1. Law</td>'], ['<td colspan="6">Section 2. Courts</td>']
    old = [columns, law, first, second]
    renamed = ['<td colspan="6">Section 1. Law and order</td>']
    longer = [
        "1",
        "Adopt the law:\n(a) draft it\n(b) table it in May\n(c) print it",
        "Law",
        "2025",
        "MJ",
        "6",
    ]
    new = [columns, renamed, longer, courts, second, ["3", "Build courts", "Court", "2027", "MF", "9"]]

    def published(rows: Sequence[Sequence[str]]) -> str:
        return page(*[[cell.replace("\n", "<br>") for cell in row] for row in rows])

    imported("plan.html", published(old))
    result = imported("plan.html", published(new), *args)

    assert result.data["sections"] == [
        {"id": "1", "title": "Section 1. Law and order"},
        {"id": "2", "title": "Section 2. Courts"},
    ]
    assert [each["section"] for each in result.activities] == ["1", "2", "2"]
    assert result.activities[0]["points"] == ["(a) draft it", "(b) table it in May", "(c) print it"]
    assert result.activities[0]["other"] == {"Budget": "6"}
    for told in (
        "section 1: title “Section 1. Law” → “Section 1. Law and order”",
        "section 2 is new: Section 2. Courts",
        "1: Budget “5” → “6”",
        "2: section “1” → “2”",
        "(b) table it” → “(a) draft it; (b) table it in May; (c) print it”",
    ):
        assert told in result.err
    assert followup("validate", "--data", str(result.folder)).code == 0


def test_names_that_differ_in_their_numbers_alone_are_no_two_spellings(imported: Importing) -> None:
    rows = [[f"{n}", "Mend the roof", "x", "2025", f"School No. {n}"] for n in range(1, 4)]

    assert not imported("plan.html", page(HEADINGS, *rows)).kinds("agency")


# The tutorial


def test_the_tutorial_says_what_is_said(followup: Followup, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "docs").mkdir()
    example = ROOT / "docs" / "import-example.html"
    (tmp_path / "docs" / example.name).write_bytes(example.read_bytes())
    said = {}
    for line in re.findall(r"^(followup .*)$", text, re.MULTILINE):
        result = followup(*shlex.split(line)[1:], cwd=tmp_path)
        assert result.code == 0, result.err
        said[line.split()[1]] = result

    command = re.search(r"^followup (import .*)$", text, re.MULTILINE)
    assert command
    first = followup(*shlex.split(command[1]), "-o", "x", cwd=tmp_path)
    assert first.out == shown[0]
    assert shown[1] in first.err
    assert "2.1" in said["status"].out


# The act above the table, and marks by quarters


@pytest.mark.parametrize(
    ("line", "language", "act", "day"),
    [
        ("Approved by Order No. 12 of 5 May 2023", "en", "Order No. 12 of 5 May 2023", "2023-05-05"),
        (
            "Adopted by the Cabinet on 3 February 2025",
            "en",
            "Cabinet on 3 February 2025",
            "2025-02-03",
        ),
        (
            "Приложение 2 к приказу Министра труда от 5 мая 2023 года № 158",
            "ru",
            "приказ Министра труда от 5 мая 2023 года № 158",
            "2023-05-05",
        ),
        (
            "Утверждён постановлением Правительства от 05.06.2023 № 7",
            "ru",
            "постановление Правительства от 05.06.2023 № 7",
            "2023-06-05",
        ),
        (
            "Үкіметтің 2024 жылғы 12 наурыздағы № 181 қаулысымен бекітілген",
            "kk",
            "Үкіметтің 2024 жылғы 12 наурыздағы № 181 қаулысы",
            "2024-03-12",
        ),
        (
            "ЗАТВЕРДЖЕНО розпорядженням Кабінету Міністрів від 18 січня 2023 р. № 77-р",
            "uk",
            "розпорядження Кабінету Міністрів від 18 січня 2023 р. № 77-р",
            "",
        ),
        ("Approved by the board", "en", "", ""),
        ("Approved by Order No. 1 of 5 May 2023, approved by Order No. 2 of 6 May 2023", "en", "", ""),
    ],
)
def test_the_act_that_approved_a_plan_is_found_above_its_table(
    line: str, language: str, act: str, day: str
) -> None:
    assert approval(line, language) == (act, day)


def test_the_day_of_the_act_is_offered_and_never_taken(imported: Importing) -> None:
    rows = [["No", "Action", "Deadline"], ["1", "Adopt the law", "within 3 months"]]
    before = "<p>Approved by Order No. 12<br>of 5 May 2023</p>"
    result = imported("plan.html", page(*rows, before=before))

    assert result.data["plan"]["act"] == "Order No. 12 of 5 May 2023"
    assert "adopted" not in result.data["plan"]
    (doubt,) = result.kinds("act")
    assert doubt.endswith("if that is the day of adoption, write `adopted: 2023-05-05`")


def test_quarters_under_a_year_in_which_a_row_is_marked_are_its_deadline(imported: Importing) -> None:
    rows = [
        ["Ref", "Action", "Owner", '<td colspan="2">2025</td>'],
        ["", "", "", "Q3", "Q4"],
        ["1", "Build it", "MF", "x", ""],
        ["2", "Run it", "MF", "x", "x"],
    ]
    rows[0][:3] = [f'<td rowspan="2">{heading}</td>' for heading in rows[0][:3]]
    del rows[1][:3]
    result = imported("plan.html", page(*rows))

    deadlines = [each["deliverables"][0]["deadline"] for each in result.activities]
    assert deadlines == ["2025 Q3", "2025 Q3; 2025 Q4"]


def test_measures_and_deadlines_in_step_in_one_row_are_deliverables_with_titles(imported: Importing) -> None:
    rows = [["No", "Action", "Deadline"], ["1", "Adopt a law<br>Train officers", "Q2 2025<br>May 2026"]]
    (activity,) = imported("plan.html", page(*rows)).activities

    assert activity["deliverables"] == [
        {"title": "Adopt a law", "deadline": "Q2 2025"},
        {"title": "Train officers", "deadline": "May 2026"},
    ]


def test_a_title_before_the_day_of_the_status_is_the_title(imported: Importing) -> None:
    rows = [["Audit tracker as at 31 March 2025", "", ""], ["No", "Recommendation", "Due date"]]
    rows += [["1", "Patch the servers", "30.06.2025"], ["2", "Train the clerks", "31.07.2025"]]
    content = documents.csv("", rows).removeprefix("\ufeff".encode())

    assert imported("plan.csv", content).data["plan"]["title"] == "Audit tracker"


@pytest.mark.parametrize(
    "headings",
    [
        ["Action No", "Policy objective", "Action", "Action owner", "Action deadline"],
        ["Ref", "Key objective", "Activity", "Project owner", "Activity timescale"],
    ],
)
def test_the_last_noun_of_an_english_heading_says_what_it_is(
    imported: Importing, headings: list[str]
) -> None:
    rows = [
        headings,
        ["1", "Be open", "Publish data", "MF", "June 2025"],
        ["2", "Be open", "Ask", "MJ", "2026"],
    ]
    result = imported("plan.html", page(*rows))
    first = result.activities[0]

    assert (first["title"], result.data["sections"][0]["title"]) == ("Publish data", "Be open")
    assert [*first["agencies"], first["deliverables"][0]["deadline"]] == ["MF", "June 2025"]
