"""What is said of a deliverable on a day: the page of states, a plain reading of its rules, and the store."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_cli.glossary import Role, State, Status
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import from_texts, read_folder
from followup_cli.plan.records import Update
from followup_cli.store.standing import LEAST_ADVANCED
from tests.pictures import picture_of, standing

ROOT = Path(__file__).parents[2]
ADOPTED = date(2022, 4, 28)
NEVER = date.min


@cache
def shipped() -> Dataset:
    draft = from_texts(read_folder(ROOT / "data"))
    assert draft.dataset is not None
    return draft.dataset


class Report(NamedTuple):
    """What was reported: a day, a month, a year, or "../" and a day; and a status, if there was one."""

    when: str
    status: Status | None

    @property
    def earliest(self) -> date:
        """The first day that it may mean."""
        return NEVER if self.when.startswith("../") else date.fromisoformat(f"{self.when}-01-01"[:10])

    @property
    def latest(self) -> date:
        """The last day that it may mean."""
        when = self.when.removeprefix("../")
        if len(when) == 10:
            return date.fromisoformat(when)
        year, month = int(when[:4]), int(when[5:] or 12)
        return date(year, month, monthrange(year, month)[1])


class Window(NamedTuple):
    """The days that a deadline gives, and whether they are not known."""

    start: date | None
    due: date | None
    unread: bool = False


def judged(window: Window, reports: list[Report], as_of: date, soon: int) -> State:
    """Follow the rules of the page in plain words: no store, no query."""
    known = sorted(
        (r for r in reports if r.status is not None and r.latest <= as_of), key=lambda report: report.latest
    )
    start, due = window.start, window.due
    status = known[-1].status if known else None
    run = list(
        takewhile(lambda r: (r.status is Status.DELIVERED) == (status is Status.DELIVERED), known[::-1])
    )
    if status is Status.DELIVERED:
        return State.DELIVERED_LATE if due and min(r.earliest for r in run) > due else State.DELIVERED
    if status is Status.ABANDONED:
        return State.ABANDONED
    if window.unread:
        return State.UNREAD
    if due is None:
        return State.UPCOMING if start and start > as_of else State.UNDATED
    if due < as_of:
        return State.OVERDUE if any(r.earliest > due for r in run) else State.UNREPORTED
    if (due - as_of).days <= soon:
        return State.DUE_SOON
    return State.OPEN if (start or ADOPTED) <= as_of else State.UPCOMING


def one_deliverable(deadline: str, reports: list[Report]) -> Dataset:
    """Make a plan of one deliverable."""
    dataset = shipped()
    updates = tuple(
        Update.model_construct(
            date=r.when,
            status=r.status,
            reported_as=None,
            note="a fact",
            for_=None,
            evidence=(),
            retracted=None,
        )
        for r in reports
    )
    activity = dataset.activities[0]
    deliverable = activity.deliverables[0].model_copy(
        update={"deadline": deadline, "updates": updates, "amendments": (), "corrections": ()}
    )
    return replace(dataset, activities=(activity.model_copy(update={"deliverables": (deliverable,)}),))


def examples() -> list[tuple[str, str, str, str]]:
    """Read the lines of examples from the page: deadline, reported, as of, state."""
    text = (ROOT / "docs" / "reference" / "states.md").read_text(encoding="utf-8")
    lines = re.findall(r"(?m)^\|(.*)\|$", text.partition("## Examples")[2])[2:]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [(deadline, reported, as_of, state) for deadline, reported, as_of, state, _ in cells]


@pytest.mark.parametrize(("deadline", "reported", "as_of", "state"), examples())
def test_each_example_of_the_page_holds(deadline: str, reported: str, as_of: str, state: str) -> None:
    parts = [part.split() for part in reported.split(";") if part.strip()]
    reports = [Report(when, None if status == "–" else Status(status)) for when, status in parts]

    picture = picture_of(one_deliverable(deadline, reports), date.fromisoformat(as_of))

    ((start, due, unread, found),) = standing(picture, "start, due, unread, state")
    assert found == state
    first, last = (date.fromisoformat(str(day)) if day else None for day in (start, due))
    window = Window(first, last, bool(unread))
    assert judged(window, reports, date.fromisoformat(as_of), 30) == state


def test_the_page_has_an_example_of_each_state() -> None:
    assert {state for _, _, _, state in examples()} == {str(state) for state in State}


DAYS = st.dates(date(2022, 1, 1), date(2023, 6, 30))
REPORTS = st.builds(
    Report,
    DAYS.map(str)
    | DAYS.map(lambda day: f"{day:%Y-%m}")
    | DAYS.map(lambda day: f"{day:%Y}")
    | DAYS.map(lambda day: f"../{day}"),
    st.none() | st.sampled_from(Status),
)
DEADLINES = st.sampled_from(
    [
        "September 2022",
        "by 31 December 2022",
        "ongoing",
        "2022-2023",
        "starting from September 2022",
        "Augst 2022",
    ]
)


@settings(max_examples=300)
@given(DEADLINES, st.lists(REPORTS, max_size=5), DAYS, st.integers(0, 60))
def test_the_store_follows_the_rules(deadline: str, reports: list[Report], as_of: date, soon: int) -> None:
    picture = picture_of(one_deliverable(deadline, reports), as_of, soon)

    columns = "start, due, unread, state, status, days_left"
    ((start, due, unread, state, status, days_left),) = standing(picture, columns)

    first, last = (date.fromisoformat(str(day)) if day else None for day in (start, due))
    window = Window(first, last, bool(unread))
    assert state == judged(window, reports, as_of, soon)
    settled = status in (Status.DELIVERED, Status.ABANDONED)
    assert days_left == (None if settled or window.due is None else (window.due - as_of).days)


@given(DEADLINES, st.lists(REPORTS, max_size=5), DAYS)
def test_the_future_never_changes_the_past(deadline: str, reports: list[Report], as_of: date) -> None:
    known = [report for report in reports if report.latest <= as_of]
    columns = "state, status, status_date, last_update, updates"

    seen = standing(picture_of(one_deliverable(deadline, reports), as_of), columns)

    assert seen == standing(picture_of(one_deliverable(deadline, known), as_of), columns)


@given(st.lists(REPORTS, max_size=3), st.lists(REPORTS, max_size=3), DAYS)
def test_an_activity_is_as_far_as_its_least_advanced_deliverable(
    first: list[Report], second: list[Report], as_of: date
) -> None:
    one, other = (one_deliverable("September 2022", reports) for reports in (first, second))
    both = (*one.activities[0].deliverables, *other.activities[0].deliverables)
    plan = replace(one, activities=(one.activities[0].model_copy(update={"deliverables": both}),))

    picture = picture_of(plan, as_of)

    states = [State(str(state)) for (state,) in standing(picture, "state")]
    assert picture.rows("SELECT state FROM advance") == [(min(states, key=LEAST_ADVANCED.index),)]
    assert sorted(LEAST_ADVANCED) == sorted(State)


def test_a_later_update_without_a_status_changes_no_status() -> None:
    reports = [Report("2022-09-02", Status.IN_PROGRESS), Report("2022-09-09", None)]

    picture = picture_of(one_deliverable("September 2022", reports), date(2022, 9, 10))

    assert standing(picture, "status, status_date, last_update, updates") == [
        ("in-progress", "2022-09-02", "2022-09-09", 2)
    ]


def test_due_soon_is_adjustable() -> None:
    plan = one_deliverable("September 2022", [])

    assert standing(picture_of(plan, date(2022, 9, 15), soon=10), "state") == [("open",)]
    assert standing(picture_of(plan, date(2022, 9, 15), soon=15), "state") == [("due-soon",)]
    assert standing(picture_of(plan, date.max - timedelta(1), soon=400), "state") == [("unreported",)]


PERIODS = ("2022", "2023", "2024", "2025")
OF_PERIODS = st.lists(st.tuples(st.sampled_from(PERIODS[:3]), REPORTS), max_size=6)


def recurring(reports: list[tuple[str, Report]]) -> Dataset:
    """Make a plan of what is due at the end of every year from 2022 to 2025."""
    plan = one_deliverable("annually until 2025", [report for _, report in reports])
    activity = plan.activities[0]
    deliverable = activity.deliverables[0]
    updates = tuple(
        update.model_copy(update={"for_": period})
        for update, (period, _) in zip(deliverable.updates, reports, strict=True)
    )
    deliverable = deliverable.model_copy(update={"updates": updates})
    return replace(plan, activities=(activity.model_copy(update={"deliverables": (deliverable,)}),))


@settings(max_examples=200)
@given(OF_PERIODS, st.dates(date(2022, 1, 1), date(2027, 1, 1)))
def test_what_recurs_is_where_its_oldest_unsettled_period_is(
    reports: list[tuple[str, Report]], as_of: date
) -> None:
    picture = picture_of(recurring(reports), as_of)
    states = {}
    for year in PERIODS:
        start = max(date(int(year), 1, 1), ADOPTED)
        window = Window(start, date(int(year), 12, 31))
        own = [report for period, report in reports if period == year]
        states[year] = judged(window, own, as_of, 30)

    shown = picture.rows("SELECT occurrence, state FROM happening ORDER BY due")
    assert shown == [(year, str(state)) for year, state in states.items()]
    late = [year for year in PERIODS if states[year] in (State.OVERDUE, State.UNREPORTED)]
    ahead = [year for year in PERIODS if date(int(year), 12, 31) >= as_of]
    year = (late or ahead or PERIODS[-1:])[0]
    assert standing(picture, "occurrence, due, state") == [(year, f"{year}-12-31", str(states[year]))]


def test_what_recurs_without_a_period_reported_is_judged_as_a_whole() -> None:
    plan = one_deliverable("annually until 2025", [Report("2023-05-01", Status.ABANDONED)])

    assert standing(picture_of(plan, date(2023, 6, 1)), "occurrence, state") == [(None, "abandoned")]


@pytest.mark.parametrize(
    ("identifier", "day", "state"),
    [
        ("24.2", "2023-05-10", State.UPCOMING),
        ("24.2", "2024-07-04", State.UPCOMING),
        ("24.2", "2024-07-05", State.DELIVERED),
        ("3.1", "2022-08-31", State.DUE_SOON),
        ("3.1", "2022-09-01", State.UNREPORTED),
        ("15.1", "2025-01-01", State.OPEN),
        # Evidence that is only context is no report on the deliverable.
        ("24.1", "2022-10-01", State.UNREPORTED),
    ],
)
def test_the_plan_day_by_day(identifier: str, day: str, state: State) -> None:
    rows = standing(picture_of(shipped(), date.fromisoformat(day)), "id, state")

    assert (identifier, state) in rows


def test_the_counts_of_the_plan() -> None:
    dataset = shipped()
    assignments = [a for activity in dataset.activities for a in activity.agencies]

    assert len(dataset.activities) == 27
    assert len(dataset.sections) == 8
    assert sum(1 for _ in dataset.deliverables()) == 29
    assert len(dataset.agencies) == 28
    assert len(assignments) == 126
    role_of = dataset.plan.role_of
    assert sum(role_of(a) is Role.AS_AGREED for a in assignments) == 43
    agreed = [a for a in dataset.activities if all(role_of(x) is Role.AS_AGREED for x in a.agencies)]
    assert [a.id for a in agreed] == ["11", "14"]
