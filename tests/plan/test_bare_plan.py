"""A plan that says little is published as it is: nothing is lost, and nothing is made of what is not there."""

import json
from pathlib import Path

import pytest

from followup_cli.formats.files import EXPORTS
from followup_cli.questions.reports import REPORTS
from tests.conftest import Followup

DAY = ("--as-of", "2024-01-01")
BARE = """\
schema: 2
version: 0.1.0
plan:
  id: план
  title: Reform
  language: en
  timezone: UTC
sections: []
activities:
  - id: 3(a)
    title: Clean the river
    deliverables:
      - deadline: whenever the river allows it
      - outcome: Law
        deadline: 2023-09-01
        amendments: [{date: 2023-02-01, act: Act No. 7, url: https://example.org/7, field: deadline, was: May 2023}]
        updates:
          - date: ../2023-06-01
            status: in-progress
            reported_as: on track
            evidence: [{url: https://example.org/a, publisher: P, kind: news, bears_on: deliverable, accessed: 2023-07-01}]
          - {date: 2023-03, note: Not so., retracted: {date: 2023-08-01, note: a mistake}}
    agencies: [MJ]
  - id: 4
    title: Other
    deliverables:
      - {}
"""


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "activities.yaml").write_text(BARE, encoding="utf-8")
    (folder / "agencies.yaml").write_text("agencies:\n  - code: MJ\n    name: Ministry\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_takes_it(followup: Followup, bare: Path, tmp_path: Path, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    out = tmp_path / "out"
    result = followup("export", "-f", name, "-o", str(out), "--data", str(bare), *DAY)
    assert result.code == 0, result.err
    files = [out] if out.is_file() else list(out.rglob("*.*"))
    assert not any(b"None" in file.read_bytes() for file in files)
    if name == "datapackage":
        frictionless = pytest.importorskip("frictionless")
        report = frictionless.Package(str(out / "datapackage.json")).validate()
        assert report.valid, report.flatten(["message"])


@pytest.mark.parametrize("name", sorted(set(REPORTS) - {"agency"}))
@pytest.mark.parametrize("form", ["markdown", "html", "table"])
def test_every_report_takes_it(followup: Followup, bare: Path, name: str, form: str) -> None:
    result = followup("report", name, "--data", str(bare), *DAY, "-f", form)
    assert result.code == 0, result.err
    assert "None" not in result.out


def test_the_page_shows_every_deliverable_and_all_that_is_known(followup: Followup, bare: Path) -> None:
    page = followup("report", "--data", str(bare), *DAY, "-f", "html").out
    assert all(f'id="d{each}"' in page for each in ("3(a).1", "3(a).2", "4.1"))
    assert "whenever the river allows it" in page
    assert "no deadline is given" in page
    assert '<s>May 2023</s>; by <a href="https://example.org/7"' in page
    assert "<q>on track</q>" in page
    assert "Not so.</s> retracted <time>2023-08-01</time>: a mistake" in page
    assert 'title="Ministry">MJ</abbr>' in page


def test_the_report_has_what_the_page_has(followup: Followup, bare: Path) -> None:
    tables = json.loads(followup("report", "--data", str(bare), *DAY, "-f", "json").out)
    assert [row["id"] for row in tables["deliverables"]] == ["3(a).1", "3(a).2", "4.1"]
    assert {"points", "others", "deadline"} <= tables["deliverables"][0].keys()
    assert [(r["id"], r["date"], r["field"], r["was"], r["now"], r["act"]) for r in tables["amendments"]] == [
        ("3(a).2", "2023-02-01", "deadline", "May 2023", "2023-09-01", "Act No. 7")
    ]
    facts = {row["note"]: row for row in tables["updates"]}
    assert facts["Not so."]["retracted"] == "2023-08-01"
    assert facts[None]["url"] == "https://example.org/a"
