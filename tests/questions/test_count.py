"""`count`: deliverables and activities by any field, each with its denominator."""

import json

import pytest

from followup_cli.questions.fields import FIELDS
from tests.conftest import Followup

DAY = ("--as-of", "2026-11-01")


def count(followup: Followup, *args: str) -> list[dict[str, object]]:
    result = followup("count", *args, *DAY, "--format", "json")
    assert result.code == 0, result.err
    groups: list[dict[str, object]] = json.loads(result.out)
    return groups


def test_by_state(followup: Followup) -> None:
    assert count(followup, "--by", "state") == [
        {
            "state": "delivered",
            "deliverables": 1,
            "of_deliverables": 29,
            "activities": 0,  # the other deliverable of it is less advanced
            "of_activities": 27,
        },
        {
            "state": "unreported",
            "deliverables": 28,
            "of_deliverables": 29,
            "activities": 27,
            "of_activities": 27,
        },
    ]


def test_sections_come_in_the_plans_order(followup: Followup) -> None:
    groups = count(followup, "--by", "section")
    assert [g["section"] for g in groups] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    assert sum(int(str(g["deliverables"])) for g in groups) == 29


def test_each_member_of_a_list_counts(followup: Followup) -> None:
    by_agency = {
        g["agency"]: g["activities"] for g in count(followup, "--by", "agency", "--role", "as-agreed")
    }
    assert (by_agency["GPO"], by_agency["NCHR"]) == (17, 8)
    assert by_agency == {
        g["as_agreed"]: g["activities"] for g in count(followup, "--by", "as_agreed") if g["as_agreed"]
    }


def test_what_has_no_lead_is_counted_too(followup: Followup) -> None:
    groups = count(followup, "--by", "lead")
    assert next(g for g in groups if g["lead"] is None)["activities"] == 2


def test_role_is_that_of_the_agency_selected(followup: Followup) -> None:
    assert [g["role"] for g in count(followup, "--by", "role", "--agency", "GPO")] == ["as-agreed"]


def test_an_agency_is_counted_with_its_role(followup: Followup) -> None:
    groups = count(followup, "--by", "agency,role")
    assert {"agency": "GPO", "role": "lead"}.items() not in [set(g.items()) for g in groups]
    assert sum(int(str(g["activities"])) for g in groups) == 126


def test_the_whole_is_what_was_selected(followup: Followup) -> None:
    groups = count(followup, "--by", "state", "--section", "VI")
    assert {g["of_deliverables"] for g in groups} == {3}


def test_two_fields_are_laid_across_each_other(followup: Followup) -> None:
    markdown = followup("count", "--by", "section,state", *DAY, "--format", "markdown").out
    assert markdown.splitlines()[0] == "| section | delivered | unreported | deliverables | of |"
    assert "| VI | 1 | 2 | 3 | 29 |" in markdown
    assert {"section", "state"} <= set(count(followup, "--by", "section,state")[0])


def test_sorted_by_a_column_of_the_answer(followup: Followup) -> None:
    groups = count(followup, "--by", "agency", "--sort", "-activities")
    numbers = [int(str(g["activities"])) for g in groups]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("field", [*FIELDS, "agency", "role"])
def test_every_field_can_be_counted_by(followup: Followup, field: str) -> None:
    groups = count(followup, "--by", field)
    assert all(set(g) >= {field, "deliverables", "activities"} for g in groups)


def test_without_a_field_the_totals(followup: Followup) -> None:
    total = followup("count", *DAY, "--agency", "GPO", "--format", "json")
    assert json.loads(total.out) == {
        "deliverables": 18, "of_deliverables": 29, "activities": 17, "of_activities": 27
    }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--by", "agancy"), "did you mean `agency`?"),
        (("--by", "state,section,role"), "one field or by two"),
        (("--by", "state,state"), "one field or by two"),
        (("--by", "state", "--sort", "deliverable"), "did you mean `deliverables`?"),
    ],
)
def test_what_cannot_be_counted_by(followup: Followup, args: tuple[str, ...], said: str) -> None:
    result = followup("count", *args)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


# -- shares, totals, time ----------------------------------------------------------------------------


def test_shares_are_of_all_or_of_what_shares_the_first_value(followup: Followup) -> None:
    assert {g["state"]: g["percent"] for g in count(followup, "--by", "state", "--percent")} == {
        "delivered": 3.4,
        "unreported": 96.6,
    }
    # A deliverable of three agencies counts for each, and is a share of what that agency carries.
    for group in count(followup, "--by", "agency,state", "--percent"):
        carried = [g for g in count(followup, "--by", "agency") if g["agency"] == group["agency"]]
        whole = carried[0]["deliverables"]
        assert group["percent_of_agency"] == round(100 * int(str(group["deliverables"])) / int(str(whole)), 1)


@pytest.mark.parametrize("by", ["section,state", "agency,state", "state,outcome"])
def test_below_a_cross_table_stands_what_there_is_in_all(followup: Followup, by: str) -> None:
    lines = followup("count", "--by", by, "--as-of", "2023-01-01", "--format", "markdown").out.splitlines()
    heads, *rows, last = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][:1] + [
        line.strip("| ").split(" | ") for line in lines if line.startswith("| ")
    ][2:]

    assert (last[0], last[-2:]) == ("all", ["29", "29"])
    for place in range(1, len(heads) - 2):
        alone = followup("count", "--by", by.split(",")[1], "--as-of", "2023-01-01", "-f", "json").out
        numbers = {str(g[by.split(",")[1]]): g["deliverables"] for g in json.loads(alone)}
        assert int(last[place]) == numbers[heads[place]]
        if not by.startswith("agency"):
            assert int(last[place]) == sum(int(row[place]) for row in rows)


def test_over_time_each_day_counts_what_was_known_on_it(followup: Followup) -> None:
    found = json.loads(followup("count", "--every", "quarter", "--as-of", "2023-05-15", "-f", "json").out)

    days = list(dict.fromkeys(group["on"] for group in found))
    assert days == ["2022-06-30", "2022-09-30", "2022-12-31", "2023-03-31", "2023-05-15"]
    for day in days:
        on_it = json.loads(followup("count", "--by", "state", "--as-of", day, "-f", "json").out)
        assert [(g["state"], g["deliverables"], g["of_deliverables"]) for g in on_it] == [
            (g["state"], g["deliverables"], g["of_deliverables"])
            for g in found
            if g["on"] == day and g["deliverables"]
        ]
    # A state of which there is none on a day is counted too, so that a chart has no gaps.
    assert len(found) == len(days) * len({group["state"] for group in found})


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--every", "week"], "the periods are month, quarter, year"),
        (["--every", "month", "--by", "state,section"], "one field"),
        (["--every", "month", "--versus", "2022-06-01"], "leave out `--versus`"),
        (["--since", "2022"], "add `--every month`"),
        (["--every", "year", "--since", "2030"], "name an earlier day"),
        (["--every", "month", "--since", "1950"], "days to count on"),
        (["--percent", "--by", "state", "--versus", "2022-06-01"], "of one day"),
    ],
)
def test_ways_to_count_that_do_not_fit_are_refused(followup: Followup, args: list[str], said: str) -> None:
    result = followup("count", *args, *DAY)

    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_share_stands_beside_the_number_that_it_is_of(followup: Followup) -> None:
    asked = (
        "count",
        "--by",
        "agency,state",
        "--percent",
        "--agency",
        "MIA",
        "--as-of",
        "2024-08-01",
        "-f",
        "json",
    )

    for group in json.loads(followup(*asked).out):
        assert group["percent_of_agency"] == round(100 * group["deliverables"] / group["of_agency"], 1)


def test_shares_can_be_sorted_by(followup: Followup) -> None:
    found = json.loads(
        followup("count", "--by", "agency", "--percent", "--sort", "-percent", "-f", "json").out
    )

    shares = [group["percent"] for group in found]
    assert shares == sorted(shares, reverse=True)
