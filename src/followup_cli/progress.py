"""What is true of each deliverable as of a date: its status, its state, the days left.

Silence is not failure: a deadline that passed with nothing reported is `unreported`, never `overdue`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from followup_cli.dataset import Dataset
from followup_cli.deadlines import read
from followup_cli.models import Update
from followup_cli.words import Role, State, Status

SOON = 30  # days


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dataset says of one deliverable, on whatever day it is looked at.

    `opens` is the first day of the window; without a start it begins with the plan's adoption.
    `reports` are the dates of its updates with their status, if they have one, oldest first.
    """

    id: str
    activity: int
    section: str
    title: str
    activity_title: str
    points: tuple[str, ...]
    outcome: str
    deadline: str
    start: date | None
    due: date | None
    kind: str
    rule: str
    recurrence: str | None
    opens: date
    agencies: tuple[str, ...]
    lead: tuple[str, ...]
    as_agreed: tuple[str, ...]
    others: str | None
    reports: tuple[tuple[date, Status | None], ...]
    evidence: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One deliverable as of a date; `days_left` counts to the due date and is negative once passed."""

    facts: Facts
    as_of: date
    status: Status | None
    status_date: date | None
    last_update: date | None
    state: State
    days_left: int | None


def facts(dataset: Dataset) -> tuple[Facts, ...]:
    """List what the dataset says of each deliverable, in the plan's order."""
    plan = dataset.plan
    found = []
    for identifier, activity, deliverable in dataset.deliverables():
        deadline = read(deliverable.deadline, lang=plan.language.value, adopted=plan.adopted)
        found.append(
            Facts(
                id=identifier,
                activity=activity.id,
                section=activity.section,
                title=deliverable.title or activity.title,
                activity_title=activity.title,
                points=activity.points,
                outcome=deliverable.outcome,
                deadline=deliverable.deadline,
                start=deadline.start,
                due=deadline.due,
                kind=deadline.kind.value,
                rule=deadline.rule,
                recurrence=deadline.recurrence,
                opens=deadline.start or plan.adopted,
                agencies=tuple(a.agency for a in activity.agencies),
                lead=tuple(a.agency for a in activity.agencies if a.role is Role.LEAD),
                as_agreed=tuple(a.agency for a in activity.agencies if a.role is Role.AS_AGREED),
                others=activity.others,
                reports=tuple((u.date, u.status) for u in deliverable.updates),
                evidence=sum(len(u.evidence) for u in deliverable.updates),
            )
        )
    return tuple(found)


def standing(facts: Facts, as_of: date, soon: int = SOON) -> Standing:
    """Judge one deliverable as of a date: only what was dated on or before it counts.

    Args:
        facts: what the dataset says.
        as_of: the day everything is judged from.
        soon: how many days before its due date a deliverable is due soon.
    """
    known = [(day, status) for day, status in facts.reports if day <= as_of]
    status_date, status = next(((d, s) for d, s in reversed(known) if s is not None), (None, None))
    return Standing(
        facts=facts,
        as_of=as_of,
        status=status,
        status_date=status_date,
        last_update=known[-1][0] if known else None,
        state=state(facts, status, status_date, as_of, soon),
        days_left=(facts.due - as_of).days if facts.due else None,
    )


def state(facts: Facts, status: Status | None, status_date: date | None, as_of: date, soon: int) -> State:
    """Derive the state from the window and the last status reported."""
    due = facts.due
    if status is Status.DELIVERED and status_date is not None:
        return State.DELIVERED if due is None or status_date <= due else State.DELIVERED_LATE
    if status is Status.ABANDONED:
        return State.ABANDONED
    if due is None:
        return State.UPCOMING if facts.start and as_of < facts.start else State.UNDATED
    if due < as_of:
        return State.UNREPORTED if status is None else State.OVERDUE
    if due <= as_of + timedelta(days=soon):
        return State.DUE_SOON
    return State.OPEN if facts.opens <= as_of else State.UPCOMING


def follow_up(dataset: Dataset, as_of: date, soon: int = SOON) -> tuple[Standing, ...]:
    """Judge every deliverable of a plan as of a date, in the plan's order."""
    return tuple(standing(each, as_of, soon) for each in facts(dataset))


def known_updates(updates: tuple[Update, ...], as_of: date) -> tuple[Update, ...]:
    """Keep the updates dated on or before a day."""
    return tuple(update for update in updates if update.date <= as_of)
