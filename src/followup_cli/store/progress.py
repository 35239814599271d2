"""What is true of each deliverable as of a date: its status, its state, the days left.

Silence is not failure: a deadline that passed with nothing reported is `unreported`, never `overdue`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from followup_cli.glossary import State, Status
from followup_cli.store.register import Facts, facts

if TYPE_CHECKING:
    from followup_cli.plan.dataset import Dataset
    from followup_cli.plan.records import Update

SOON = 30  # days


class Standing(NamedTuple):
    """One deliverable as of a date; `days_left` counts to the due date and is negative once passed."""

    facts: Facts
    as_of: date
    status: Status | None
    status_date: date | None
    last_update: date | None
    state: State
    days_left: int | None


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
    return judged(facts(dataset), as_of, soon)


def judged(facts: Iterable[Facts], as_of: date, soon: int = SOON) -> tuple[Standing, ...]:
    """Judge deliverables as of a date, in their order."""
    return tuple(standing(each, as_of, soon) for each in facts)


def known_updates(updates: tuple[Update, ...], as_of: date) -> tuple[Update, ...]:
    """Keep the updates dated on or before a day."""
    return tuple(update for update in updates if update.date <= as_of)
