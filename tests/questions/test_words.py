"""No sentence claims more than the data: what is said before a plan is in force, of the silent, of who answers."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Followup

CHANGING = ("--data", str(ROOT / "tests" / "changing_plan"))
NOT_YET = "when the plan is not yet in force"
ASKING = {
    "status": ["status"],
    "list": ["list"],
    "count": ["count", "--by", "state"],
    "show": ["show", "1"],
    "agencies": ["agencies"],
    "timeline": ["timeline"],
    "report plan": ["report"],
    "report overview": ["report", "overview"],
    "report brief": ["report", "brief"],
    "report agency": ["report", "agency", "MJ"],
}


@pytest.mark.parametrize("command", ASKING.values(), ids=ASKING)
def test_before_its_adoption_a_plan_is_not_in_force_and_every_answer_says_so(
    followup: Followup, command: list[str]
) -> None:
    for day, is_said in (("2022-04-27", True), ("2022-04-28", False)):
        result = followup(*command, "--as-of", day, *CHANGING, "--format", "markdown")
        assert (NOT_YET in result.err, NOT_YET in result.out) == (is_said, is_said)


@pytest.mark.parametrize("form", ["ics", "xlsx"])
def test_an_export_from_before_its_adoption_says_so(followup: Followup, tmp_path: Path, form: str) -> None:
    result = followup("export", "-f", form, "--as-of", "2022-04-27", *CHANGING, "-o", str(tmp_path / "x"))
    assert NOT_YET in result.err
    page = tmp_path / "page.html"
    followup("report", "--as-of", "2022-04-27", *CHANGING, "-o", str(page))
    assert NOT_YET in page.read_text(encoding="utf-8")


def test_what_is_on_record_of_the_silent_stands_beside_them(followup: Followup) -> None:
    day = ("--as-of", "2024-01-15", *CHANGING, "--format", "json")
    noted = {
        "3.1": ("2022-12-20", "2022: The first report came out."),
        "4.1": ("2023-05-10", "The draft waits for the budget."),
        "3.2": ("2023-02-01", "2022-Q4: Figures were promised."),
    }
    for command in (["status"], ["report", "brief"], ["report", "overview"]):
        rows = json.loads(followup(*command, *day).out)["unreported"]
        assert {row["id"]: (row["last_update"], row["last_note"]) for row in rows} == noted
    rows = json.loads(followup("report", "agency", "MH", *day).out)["unreported"]
    assert {row["id"]: (row["last_update"], row["last_note"]) for row in rows} == {
        id_: noted[id_] for id_ in ("3.1", "3.2")
    }
    rows = json.loads(followup("report", "plan", *day).out)["deliverables"]
    assert {row["id"]: row["last_note"] for row in rows if row["state"] == "unreported"} == {
        id_: note for id_, (_, note) in noted.items()
    }


def test_what_recurs_shows_its_period_where_states_are_listed(followup: Followup) -> None:
    page = json.loads(followup("status", "--as-of", "2024-03-15", *CHANGING, "--format", "json").out)
    assert [(row["id"], row["occurrence"]) for row in page["overdue"]] == [
        *(("3.1", "2023"), ("4.2", None), ("2.2", None))
    ]
    assert [row["occurrence"] for row in page["unreported"]] == [None, "2022-Q2"]
    assert "2022-Q2" in followup("list", "--as-of", "2024-03-15", *CHANGING, terminal=120).out
    # In a plan in which nothing recurs there is no such column.
    assert "occurrence" not in followup("status", "--as-of", "2022-12-01", "--format", "json").out


def bodies(folder: Path, roles: str) -> tuple[str, str]:
    """Make a plan whose bodies have the roles that some lines say."""
    folder.mkdir()
    (folder / "activities.yaml").write_text(
        f"schema: 2\nversion: 0.1.0\nplan: {{id: p, title: P, timezone: UTC, language: en{roles}}}\n"
        "activities:\n  - id: 1\n    title: Build a bridge\n    deliverables: [{outcome: Bridge, deadline: by 31 December 2023}]\n"
        "    agencies: [MT, MF]\n"
    )
    (folder / "agencies.yaml").write_text(
        "agencies: [{code: MT, name: Transport}, {code: MF, name: Finance}]\n"
    )
    return ("--data", str(folder))


def test_who_is_in_charge_is_said_only_where_the_plan_says_it(followup: Followup, tmp_path: Path) -> None:
    unstated, stated = bodies(tmp_path / "a", ""), bodies(tmp_path / "b", ', roles: {"": lead}')
    day = ("--as-of", "2024-06-01")
    for command in (["status"], ["list"], ["report", "overview"]):
        shown = followup(*command, *day, *unstated, "--wide", "--color", "never", terminal=200).out
        assert "first-listed" in shown
        assert not re.search(r"\blead\b", shown)
        assert re.search(
            r"\blead\b", followup(*command, *day, *stated, "--wide", "--color", "never", terminal=200).out
        )
    plan = json.loads(followup("report", "plan", *day, *unstated, "--format", "json").out)["deliverables"][0]
    assert (plan["first"], plan["agencies"], "lead" in plan) == ("MT", ["MT", "MF"], False)
    for data, said in ((unstated, "Bodies: MT\\, MF"), (stated, "In charge: MT\\, MF")):
        calendar = followup("export", "-f", "ics", *day, *data).out.replace("\r\n ", "")
        assert said in calendar
        assert "No body is named" not in calendar


def test_that_a_role_is_by_consent_is_explained_where_there_is_one(followup: Followup) -> None:
    assert "As agreed" not in followup("report", "--as-of", "2024-01-15", *CHANGING).out
    assert "As agreed: the body takes part by consent." in followup("report", "--as-of", "2024-01-15").out


def test_an_empty_answer_names_the_condition_and_what_it_is_about(followup: Followup) -> None:
    said = followup(
        "list", "--occurrences", "--state", "delivered-late", "--as-of", "2024-01-15", *CHANGING
    ).err
    assert "no occurrence matches `--state`: 0 of " in said
    assert (
        "when the plan is not yet in force"
        in followup("list", "--state", "open", "--as-of", "2022-01-01", *CHANGING).err
    )


def test_of_two_updates_of_one_day_the_last_written_is_the_last_note(followup: Followup, plan: Path) -> None:
    file = plan / "activities.yaml"
    updates = "[{date: 2023-01-01, note: First}, {date: 2023-01-01, reported_as: Behind}]"
    text = file.read_text(encoding="utf-8").replace("schema: 1", "schema: 2")
    august = "        deadline: August 2022\n"
    file.write_text(text.replace(august, f"{august}        updates: {updates}\n", 1), encoding="utf-8")

    asked = ("list", "--has", "updates", "--section", "II", "--fields", "last_note", "-f", "json")
    assert json.loads(followup(*asked, "--data", str(plan)).out) == [{"last_note": "Behind"}]
