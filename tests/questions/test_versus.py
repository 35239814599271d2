"""`--versus`: two days compared, in every answer the same."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_cli.glossary import State
from followup_cli.plan.draft import from_texts, read_folder
from followup_cli.questions.counting import counts_of_two_days
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import Filters
from followup_cli.questions.listing import listing
from followup_cli.questions.versus import compared, listing_of_two_days, moved
from tests.conftest import ROOT, Followup
from tests.pictures import picture_of

CHANGING = ROOT / "tests" / "changing_plan"
DAYS = st.dates(date(2022, 1, 1), date(2026, 1, 1))


def rows(followup: Followup, *args: str, data: Path = CHANGING) -> Any:
    result = followup(*args, "--data", str(data), "--format", "json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_what_moved_says_why_and_what_was_learnt(followup: Followup) -> None:
    answer = rows(followup, "list", "--versus", "2022-12-01", "--as-of", "2024-07-01")

    told = {row["id"]: (row["then"], row["now"], row["reason"], row["learnt"]) for row in answer}
    assert told == {
        "1.1": ("unreported", "open", "deadline moved from by 30 November 2022 to by 31 December 2024 by Decree No. 9", ["2023-03-01"]),
        "2.2": ("delivered", "overdue", "reported in-progress on 2023-05-02", ["2023-05-02"]),
        "3.1": ("due-soon", "overdue", "reported in-progress for 2023 on 2024-02-10", ["2022-12-20", "2024-02-10"]),
        "3.2": ("unreported", "unreported", None, ["2023-02-01"]),
        "4.1": ("open", "unreported", "due 2023-06-30", ["2023-05-10"]),
        "4.2": ("open", "overdue", "reported on-hold, of 2023-10", ["2023-10"]),  # what was retracted is not learnt
        "5.1": ("unread", "unread", None, []),
        "5.2": ("undated", "undated", None, []),
        "5.3": ("open", "abandoned", "reported abandoned on 2024-05-01", ["2024-05-01"]),
        "6.1": (None, "open", "added", []),
        "2.1": ("open", None, "repealed", []),
        "7.1": ("due-soon", None, "repealed", []),
    }  # fmt: skip
    assert all(row["moved"] == (row["then"] != row["now"]) for row in answer)


def test_what_left_a_selection_is_shown_as_well_as_what_came_in(followup: Followup) -> None:
    days = ("--versus", "2022-12-01", "--as-of", "2024-07-01")
    unreported = rows(followup, "list", "--state", "unreported", *days)
    assert [row["id"] for row in unreported] == ["1.1", "3.2", "4.1"]
    assert [row["id"] for row in rows(followup, "list", "--agency", "MH", *days)] == [
        "1.1",
        "3.1",
        "3.2",
        "7.1",
    ]
    by_due = rows(followup, "list", "--agency", "MJ", "--sort", "-due", "--fields", "due,id", *days)
    assert [list(row)[:2] for row in by_due] == [["due", "id"]] * 5
    assert [row["id"] for row in by_due] == ["5.3", "4.1", "4.2", "5.1", "5.2"]


def test_periods_are_compared_each_with_itself(followup: Followup) -> None:
    answer = rows(
        followup,
        "list",
        "--occurrences",
        "--search",
        "annual",
        "--versus",
        "2022-12-01",
        "--as-of",
        "2024-07-01",
    )
    assert [(row["id"], row["then"], row["now"], row["learnt"]) for row in answer] == [
        ("3.1@2022", "due-soon", "delivered", ["2022-12-20"]),
        ("3.1@2023", "upcoming", "overdue", ["2024-02-10"]),
        ("3.1@2024", "upcoming", "open", []),
        ("3.1@2025", "upcoming", "upcoming", []),
    ]


@given(DAYS, DAYS, st.booleans(), st.sampled_from(["state", "section", "agency", "status", "outcome"]))
def test_the_columns_add_up(one: date, other: date, by_occurrence: bool, field: str) -> None:
    then, now = min(one, other), max(one, other)
    dataset = from_texts(read_folder(CHANGING)).dataset
    assert dataset is not None
    import dataclasses

    picture = dataclasses.replace(picture_of(dataset, now), by_occurrence=by_occurrence, versus=then)
    pairs = compared(picture)
    total = counts_of_two_days(picture, (), Filters()).by_name()[0]
    counted = counts_of_two_days(picture, (field,), Filters()).by_name()

    assert total == {
        "then": sum(each.then is not None for each in pairs.values()),
        "now": sum(each.now is not None for each in pairs.values()),
        "moved": sum(each.moved for each in pairs.values()),
        "learnt": sum(len(each.learnt) for each in pairs.values()),
    }
    if field != "agency":  # a deliverable of two agencies counts for both
        assert {name: sum(row[name] for row in counted) for name in total} == total  # type: ignore[misc]
    assert (
        len(moved(picture).rows)
        == total["moved"]
        == sum(bool(row["moved"]) for row in listing_of_two_days(picture, [FIELDS["id"]]).by_name())
    )
    # Each day is told as that day alone is, and the picture is of the later one again.
    for day, side in ((then, "then"), (now, "now")):
        alone = dataclasses.replace(picture_of(dataset, day), by_occurrence=by_occurrence)
        listed: Any = listing(alone, [FIELDS["id"], FIELDS["state"]]).rows
        assert {id_: getattr(each, side) for id_, each in pairs.items() if getattr(each, side)} == dict(
            listed
        )
    assert picture.rows("SELECT as_of FROM moment") == [(now.isoformat(),)]


def test_the_overview_and_its_counts_are_of_both_days(followup: Followup) -> None:
    days = ("--versus", "2022-12-01", "--as-of", "2024-07-01")
    page = rows(followup, "status", *days)
    counted = rows(followup, "count", "--by", "state", *days)
    same = [{name: row[name] for name in ("state", "then", "now", "learnt")} for row in counted]
    assert [{name: row[name] for name in same[0]} for row in page["compared"]] == same
    assert all(row["then"] + row["moved"] - row["left"] == row["now"] for row in page["compared"])
    gone = sum(row["now"] is None for row in page["moved"])
    assert (
        sum(row["left"] for row in page["compared"]) - sum(row["moved"] for row in page["compared"])
        == gone - 1
    )
    assert {row["state"]: row["deliverables"] for row in page["states"]} == {
        row["state"]: row["now"] for row in counted if row["now"]
    }
    assert [row["state"] for row in counted] == [
        state for state in State if state in {row["state"] for row in counted}
    ]
    assert len(page["moved"]) == sum(row["moved"] for row in counted) == 9
    assert len(page["learnt"]) == sum(row["learnt"] for row in counted) == 8
    assert page["moved"] == rows(followup, "report", "overview", *days)["moved"]


@pytest.mark.parametrize("command", [["list"], ["status"], ["count", "--by", "state"], ["report", "brief"]])
def test_what_is_saved_names_both_days(followup: Followup, tmp_path: Path, command: list[str]) -> None:
    asked = (*command, "--versus", "2022-12-01", "--as-of", "2024-07-01", "--data", str(CHANGING))
    assert "as of 2024-07-01, versus 2022-12-01" in followup(*asked, "--format", "markdown").out
    wrapped = json.loads(followup(*asked, "--format", "json", "--provenance").out)
    assert (wrapped["as_of"], wrapped["versus"]) == ("2024-07-01", "2022-12-01")
    table = list(csv.DictReader(io.StringIO(followup(*asked, "--format", "csv", "--provenance").out)))
    assert {(row["as_of"], row["versus"]) for row in table} == {("2024-07-01", "2022-12-01")}
    for width in (40, 80, 200):
        screen = followup(*asked, "--no-pager", "--color", "never", terminal=width)
        assert [
            line for line in screen.out.splitlines() if len(line) > width and "followup " not in line
        ] == []


@pytest.mark.parametrize("command", [["status"], ["report", "overview"], ["report", "brief"]])
def test_one_table_of_two_days_is_the_comparison(followup: Followup, command: list[str]) -> None:
    asked = (*command, "--versus", "2022-12-01", "--as-of", "2024-07-01", "--data", str(CHANGING))

    table = list(csv.DictReader(io.StringIO(followup(*asked, "--format", "csv").out)))
    assert {"then", "now"} <= table[0].keys()


def test_of_two_deliverables_of_one_title_the_outcome_is_named(followup: Followup) -> None:
    title = "Introduction of the draft law on combating human trafficking in the Republic of Kazakhstan"
    days = ("--versus", "2022-06-01", "--as-of", "2025-05-01")
    page = rows(followup, "status", *days, data=ROOT / "data")
    names = {row["id"]: row["title"] for row in (*page["moved"], *page["unreported"], *page["delivered"])}
    assert names["24.1"] == f"{title}: Concept on the Draft Law"
    assert names["24.2"] == f"{title}: Draft Law"
    assert names["23.1"] == "Establishment of a Working Group on the Protection of Human Rights Defenders"
    timeline = rows(followup, "timeline", data=ROOT / "data")
    assert (
        names.items()
        >= {row["id"]: row["title"] for row in timeline if row["id"] in ("24.1", "23.1")}.items()
    )


def test_only_what_has_moved(followup: Followup) -> None:
    asked = ("list", "--versus", "2022-12-01", "--as-of", "2024-07-01", "--data", str(CHANGING))
    moved = [row for row in rows(followup, *asked) if row["moved"]]

    assert rows(followup, *asked, "--moved") == moved
    assert len(moved) == 9
    alone = followup("list", "--moved", "--data", str(CHANGING))
    assert (alone.code, alone.out) == (2, "")
    assert "add `--versus DATE`" in alone.err


def test_the_total_counts_what_is_in_the_plan_on_either_day(followup: Followup) -> None:
    asked = ("list", "--versus", "2022-12-01", "--as-of", "2024-07-01", "--data", str(CHANGING))
    assert "12 of 12 deliverables" in followup(*asked, "--format", "markdown").out


def test_the_days_of_a_phrase_are_said(followup: Followup) -> None:
    result = followup("count", "--versus", "Q1 2024", "--as-of", "2024-07-01", "--data", str(CHANGING))
    assert "`Q1 2024`: 2024-01-01 to 2024-03-31" in result.err
    assert result.code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["list", "--versus", "2024-07-01"], "`--versus 2024-07-01` is not before 2024-07-01"),
        (["count", "--versus", "2024"], "is not before 2024-07-01"),
        (["status", "--versus", ""], "empty value"),
        (["status", "--versus", "no day"], "is not a date"),
        (["list", "--count", "--versus", "2022-12-01"], "`followup count --versus DATE` counts on two"),
        (["list", "--state", "delivered-late", "--versus", "2022-12-01"], "0 of 10 · as of 2024-07-01, versus 2022-12-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said(followup: Followup, args: list[str], said: str) -> None:
    result = followup(*args, "--as-of", "2024-07-01", "--data", str(CHANGING))
    assert said in result.err
