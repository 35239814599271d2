"""What recurs falls due once in each of its periods."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_cli.deadlines import Calendar, Occurrence, occurrences, periods, read

from .cases import ADOPTED, READ
from .test_properties import EXAMPLES

CALENDAR = Calendar(ADOPTED)
RECURRING = sorted({case.phrase for case in READ if case.kind == "recurring"})


def of(text: str, until: str = "2024-06-01", calendar: Calendar = CALENDAR) -> tuple[Occurrence, ...]:
    return periods(read(text, calendar=calendar), calendar=calendar, until=date.fromisoformat(until))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("annually", "2022 2022-12-31, 2023 2023-12-31"),
        ("annually, by 1 March", "2023 2023-03-01, 2024 2024-03-01"),
        ("annually by 31 December", "2022 2022-12-31, 2023 2023-12-31"),
        ("annually until June 2023", "2022 2022-12-31, 2023 2023-06-30"),
        ("annually by 25 December until June 2024", "2022 2022-12-25, 2023 2023-12-25"),
        ("annually from July 2023", "2023 2023-12-31, 2024 2024-12-31"),
        ("annually, beginning 31 March 2023", "2023 2023-03-31, 2024 2024-03-31, 2025 2025-03-31"),
        ("every two years", "2023 2023-12-31, 2025 2025-12-31"),
        ("every two years from 2023", "2023 2023-12-31, 2025 2025-12-31"),
        ("every two years, by 1 March", "2024 2024-03-01"),
        ("half-yearly, 2023", "2023-H1 2023-06-30, 2023-H2 2023-12-31"),
        ("quarterly in 2023", "2023-Q1 2023-03-31, 2023-Q2 2023-06-30, 2023-Q3 2023-09-30, 2023-Q4 2023-12-31"),
        (
            "quarterly in 2023, by the 10th of the month after the quarter",
            "2023-Q1 2023-04-10, 2023-Q2 2023-07-10, 2023-Q3 2023-10-10, 2023-Q4 2024-01-10",
        ),
        ("by the end of each quarter", "2022-Q2 2022-06-30, 2022-Q3 2022-09-30"),
        ("monthly, from January to April 2024", "2024-01 2024-01-31, 2024-02 2024-02-29, 2024-03 2024-03-31"),
        ("monthly by the 31st, 2023", "2023-01 2023-01-31, 2023-02 2023-02-28, 2023-03 2023-03-31"),
        ("monthly by the 30th, 2024", "2024-01 2024-01-30, 2024-02 2024-02-29, 2024-03 2024-03-30"),
        ("every 5 months", "2022-08 2022-08-31, 2023-01 2023-01-31"),
        ("декабрь, 2022-2023 годы", "2022 2022-12-31, 2023 2023-12-31"),
        ("twice a year, by 1 March and 1 September", "2022-09 2022-09-01, 2023-03 2023-03-01"),
        ("by the 15th of the second month following the quarter", "2022-05 2022-05-15, 2022-08 2022-08-15"),
        ("Доклад – до 1 июля 2023 г., далее – один раз в полугодие", "2023-H2 2023-07-01, 2024-H1 2024-01-01"),
        ("by 31 January 2023 and monthly thereafter", "2023-01 2023-01-31, 2023-02 2023-02-28, 2023-03 2023-03-31"),
        ("quarterly (first report by 1 April 2023)", "2023-Q2 2023-04-01, 2023-Q3 2023-07-01"),
        ("by 29 February 2024 and annually thereafter", "2024 2024-02-29, 2025 2025-02-28"),
        ("within 30 days of the date of this order and annually thereafter", "2022 2022-05-28, 2023 2023-05-28"),
        ("weekly", "2022-W17 2022-05-01, 2022-W18 2022-05-08"),
        ("every Monday", "2022-W18 2022-05-02, 2022-W19 2022-05-09"),
        ("every 90 days", "2022-07-27 2022-07-27, 2022-10-25 2022-10-25"),
        ("daily from 1 March 2023", "2023-03-01 2023-03-01, 2023-03-02 2023-03-02"),
        ("twice a month", "2022-04-30 2022-04-30, 2022-05-15 2022-05-15"),
    ],
)  # fmt: skip
def test_each_period_has_its_label_and_its_day(text: str, first: str) -> None:
    wanted = first.split(", ")
    assert [f"{one.label} {one.due}" for one in of(text, "2025-01-01")][: len(wanted)] == wanted


def test_the_last_one_has_begun() -> None:
    assert [one.label for one in of("annually", "2024-01-01")] == ["2022", "2023", "2024"]
    assert [one.label for one in of("annually", "2023-12-31")] == ["2022", "2023"]
    assert of("annually from 2025", "2024-12-31") == ()
    assert of("every five years from 2025", "2024-12-31") == ()
    assert [one.label for one in of("monthly, 2023-2024", "2199-12-31")][-1] == "2024-12"


def test_what_does_not_recur_or_begins_on_no_known_day_has_none() -> None:
    assert of("by 2025") == ()
    assert of("ongoing") == ()
    assert of("annually", calendar=Calendar()) == ()
    assert [one.label for one in of("annually from 2023", calendar=Calendar())] == ["2023", "2024"]


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(RECURRING), st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_occurrences_follow_each_other_inside_the_bounds(text: str, adopted: date, length: int) -> None:
    calendar = Calendar(adopted)
    deadline = read(text, calendar=calendar)
    until = adopted + timedelta(days=length)
    all_of_them = periods(deadline, calendar=calendar, until=until)
    since = deadline.start or adopted
    for one in all_of_them:
        assert since <= one.start <= min(one.end, one.due)
        assert one.start <= until
        assert deadline.due is None or one.end <= deadline.due
    for one, following in pairwise(all_of_them):
        assert one.end < following.start
        assert one.due < following.due
    assert len({one.label for one in all_of_them}) == len(all_of_them)
    # What has begun by a day does not change when more is asked for.
    more = periods(deadline, calendar=calendar, until=until + timedelta(days=400))
    assert more[: len(all_of_them)] == all_of_them


def test_the_days_alone() -> None:
    days = occurrences(read("annually until 2024"), adopted=date(2022, 4, 28), until=date(2030, 1, 1))

    assert days == [date(2022, 12, 31), date(2023, 12, 31), date(2024, 12, 31)]
    assert occurrences(read("2024"), adopted=None, until=date(2030, 1, 1)) == []
