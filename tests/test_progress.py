"""What is true of a deliverable as of a date."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_cli.glossary import State, Status
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import from_texts, read_folder
from followup_cli.store.progress import follow_up, standing
from followup_cli.store.register import Facts

ADOPTED, START, DUE = date(2022, 4, 28), date(2022, 9, 1), date(2022, 9, 30)


def facts(*reports: tuple[date, Status | None], start: date | None = START, due: date | None = DUE) -> Facts:
    return Facts(
        id="1.1", activity=1, section="I", title="t", activity_title="t", points=(), outcome="o", deadline="d",
        start=start, due=due, kind="on", rule="month", recurrence=None, opens=start or ADOPTED,
        agencies=("A",), lead=("A",), as_agreed=(), others=None, reports=reports, evidence=0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    draft = from_texts(read_folder(Path(__file__).parents[1] / "data"))
    assert draft.dataset is not None
    return draft.dataset


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (date(2022, 8, 30), State.UPCOMING),
        (date(2022, 8, 31), State.DUE_SOON),
        (date(2022, 9, 1), State.DUE_SOON),
        (DUE, State.DUE_SOON),
        (date(2022, 10, 1), State.UNREPORTED),
    ],
)
def test_a_window_passes_in_silence(as_of: date, state: State) -> None:
    assert standing(facts(), as_of).state is state


def test_due_soon_is_adjustable() -> None:
    assert standing(facts(), date(2022, 9, 15), soon=10).state is State.OPEN


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTLY_DELIVERED])
def test_overdue_needs_a_report_and_silence_is_not_failure(status: Status) -> None:
    reported = facts((date(2022, 9, 10), status))

    assert standing(reported, date(2022, 10, 1)).state is State.OVERDUE
    assert standing(facts((date(2022, 9, 10), None)), date(2022, 10, 1)).state is State.UNREPORTED


def test_delivered_on_the_due_date_is_not_late() -> None:
    assert standing(facts((DUE, Status.DELIVERED)), date(2023, 1, 1)).state is State.DELIVERED
    late = facts((DUE + timedelta(days=1), Status.DELIVERED))
    assert standing(late, date(2023, 1, 1)).state is State.DELIVERED_LATE
    assert standing(late, DUE).state is State.DUE_SOON


def test_without_a_due_date_nothing_is_ever_late() -> None:
    ongoing = facts(start=None, due=None)
    assert standing(ongoing, date(2030, 1, 1)).state is State.UNDATED
    assert standing(ongoing, date(2030, 1, 1)).days_left is None
    delivered = facts((date(2029, 1, 1), Status.DELIVERED), start=None, due=None)
    assert standing(delivered, date(2030, 1, 1)).state is State.DELIVERED


def test_a_later_update_without_a_status_changes_no_status() -> None:
    known = standing(
        facts((date(2022, 9, 2), Status.IN_PROGRESS), (date(2022, 9, 9), None)), date(2022, 9, 10)
    )

    assert (known.status, known.status_date) == (Status.IN_PROGRESS, date(2022, 9, 2))
    assert known.last_update == date(2022, 9, 9)


@given(
    st.lists(
        st.tuples(st.dates(date(2022, 1, 1), date(2026, 1, 1)), st.none() | st.sampled_from(Status)),
        max_size=5,
    ),
    st.dates(date(2022, 1, 1), date(2026, 1, 1)),
)
def test_the_future_never_changes_the_past(reports: list[tuple[date, Status | None]], as_of: date) -> None:
    reports.sort(key=lambda report: report[0])
    known = [report for report in reports if report[0] <= as_of]

    seen, alone = standing(facts(*reports), as_of), standing(facts(*known), as_of)

    assert (seen.state, seen.status, seen.last_update) == (alone.state, alone.status, alone.last_update)


def test_the_plan_day_by_day(dataset: Dataset) -> None:
    def state(identifier: str, day: str) -> State:
        return next(s.state for s in follow_up(dataset, date.fromisoformat(day)) if s.facts.id == identifier)

    assert state("24.2", "2023-05-10") is State.UPCOMING
    assert state("24.2", "2024-07-04") is State.UPCOMING
    assert state("24.2", "2024-07-05") is State.DELIVERED
    assert state("3.1", "2022-08-31") is State.DUE_SOON
    assert state("3.1", "2022-09-01") is State.UNREPORTED
    assert state("15.1", "2025-01-01") is State.OPEN
    # Evidence that is only context is no report on the deliverable.
    assert state("24.1", "2022-10-01") is State.UNREPORTED


def test_the_counts_of_the_plan(dataset: Dataset) -> None:
    assignments = [a for activity in dataset.activities for a in activity.agencies]

    assert len(dataset.activities) == 27
    assert len(dataset.sections) == 8
    assert sum(1 for _ in dataset.deliverables()) == 29
    assert len(dataset.agencies) == 28
    assert len(assignments) == 126
    assert sum(a.role.value == "as-agreed" for a in assignments) == 43
    assert [a.id for a in dataset.activities if all(x.role.value == "as-agreed" for x in a.agencies)] == [
        11,
        14,
    ]
