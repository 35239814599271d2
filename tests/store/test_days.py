"""What an answer says on the very day on which something is so, and on the day before."""

import json
from pathlib import Path

import pytest

from tests.conftest import Followup


def asked(followup: Followup, plan: Path, *command: str) -> list[dict[str, object]]:
    result = followup(*command, "--data", str(plan), "-f", "json")
    assert result.code == 0, result.err
    rows: list[dict[str, object]] = json.loads(result.out)
    return rows


@pytest.mark.parametrize(("day", "number"), [("2022-06-14", 0), ("2022-06-15", 1)])
def test_an_update_is_known_from_its_day_on(followup: Followup, plan: Path, day: str, number: int) -> None:
    followup("record", "5.1", "--date", "2022-06-15", "--note", "Sent.", "--data", str(plan))

    query = "select note from updates where deliverable = '5.1'"
    assert len(asked(followup, plan, "sql", query, "--as-of", day)) == number


@pytest.mark.parametrize(("day", "number"), [("2024-12-29", 0), ("2024-12-30", 1)])
def test_what_is_repealed_is_so_from_its_day_on(
    followup: Followup, plan: Path, day: str, number: int
) -> None:
    repeal = (
        "amend",
        "7",
        "--repeal",
        "--date",
        "2024-12-30",
        "--act",
        "Decree",
        "--url",
        "https://example.org/d",
    )
    assert followup(*repeal, "--data", str(plan)).code == 0

    gone = asked(followup, plan, "sql", "select id from repealed", "--as-of", day)
    there = [row["id"] for row in asked(followup, plan, "list", "--as-of", day)]

    assert len(gone) == number
    assert ("7.1" in there) is (number == 0)


def test_the_last_of_two_updates_of_a_day_is_the_last_note(followup: Followup, plan: Path) -> None:
    for note in ("First.", "Second."):
        followup("record", "5.1", "--date", "2022-06-15", "--note", note, "--data", str(plan))

    listed = asked(followup, plan, "list", "--fields", "id,last_note")

    assert {row["id"]: row["last_note"] for row in listed}["5.1"] == "Second."


def test_the_reports_own_word_stands_where_there_is_no_note(followup: Followup, plan: Path) -> None:
    said = ("--date", "2022-06-15", "--reported-as", "Amber", "--status", "in-progress")
    followup("record", "5.1", *said, "--data", str(plan))

    listed = asked(followup, plan, "list", "--fields", "id,last_note")

    assert {row["id"]: row["last_note"] for row in listed}["5.1"] == "Amber"


@pytest.mark.parametrize(("day", "state"), [("2023-05-31", "upcoming"), ("2023-06-01", "undated")])
def test_what_has_a_beginning_alone_is_undated_from_its_day_on(
    followup: Followup, plan: Path, day: str, state: str
) -> None:
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("deadline: April 2025", "deadline: From 1 June 2023"), encoding="utf-8")

    listed = asked(followup, plan, "list", "--fields", "id,state", "--as-of", day)

    assert {row["id"]: row["state"] for row in listed}["24.2"] == state
