"""`followup deadline` takes what a plan settles about its dates."""

import json

import pytest

from tests.conftest import Followup


@pytest.mark.parametrize(
    ("phrase", "options", "days"),
    [
        ("Q2 FY2025", ("--fiscal-year", "10/end"), ("2025-01-01", "2025-03-31")),
        ("Q2 FY2025", ("--fiscal-year", "4/start"), ("2025-07-01", "2025-09-30")),
        ("2024-25", ("--fiscal-year", "7"), ("2024-07-01", "2025-06-30")),
        ("03/04/2024", ("--day-first",), ("2024-04-03", "2024-04-03")),
        ("03/04/2024", ("--month-first",), ("2024-03-04", "2024-03-04")),
    ],
)
def test_a_setting_of_the_plan_is_an_option(
    followup: Followup, phrase: str, options: tuple[str, ...], days: tuple[str, str]
) -> None:
    result = followup("deadline", phrase, *options, "--format", "json")
    (row,) = json.loads(result.out)
    assert (row["start"], row["due"]) == days
    assert followup("deadline", phrase).code == 1


@pytest.mark.parametrize("text", ["13/end", "0", "10/autumn", "October", ""])
def test_a_fiscal_year_that_is_none_is_refused(followup: Followup, text: str) -> None:
    result = followup("deadline", "FY2025", "--fiscal-year", text)
    assert result.code == 2
    assert "10/end" in result.err or "empty" in result.err


def test_only_one_of_two_orders_can_be_first(followup: Followup) -> None:
    assert followup("deadline", "03/04/2024", "--day-first", "--month-first").code == 2
