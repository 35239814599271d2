"""The plan as it was in force on a day: its words today, less the amendments that came later."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from followup_cli.plan.dataset import Dataset
from followup_cli.plan.records import Activity, Amendment, Deliverable
from followup_cli.plan.values import read_former_assignment

R = TypeVar("R", Activity, Deliverable)
ADDED, REPEALED = "added", "repealed"
AS_ENACTED = date.min  # before any amendment: the plan as it was adopted
_UNKNOWN = date.min + timedelta(days=1)


def day_of(amendment: Amendment) -> date:
    """Give the first day of new words; one that is not known is after the adopted words and before all days."""
    return amendment.date or _UNKNOWN


def in_force(dataset: Dataset, as_of: date) -> Dataset:
    """Give the dataset with the plan's words, activities and deliverables in force on a day.

    A deliverable that was not in force keeps its number, so that 24.2 is 24.2 on every day.
    """
    if not any(_amendments(activity) for activity in dataset.activities):
        return dataset
    activities, left_out, marks = [], set(), dataset.plan.roles
    for activity in dataset.activities:
        deliverables = []
        for number, deliverable in enumerate(activity.deliverables, 1):
            deliverables.append(_as_it_was(deliverable, deliverable.amendments, as_of, marks))
            if not _is_in_force(deliverable.amendments, as_of):
                left_out.add(f"{activity.id}.{number}")
        if _is_in_force(activity.amendments, as_of):
            words = _as_it_was(activity, activity.amendments, as_of, marks)
            activities.append(words.model_copy(update={"deliverables": tuple(deliverables)}))
    return replace(dataset, activities=tuple(activities), not_in_force=frozenset(left_out))


def words_until(amendments: Iterable[Amendment], as_of: date) -> dict[str, Any]:
    """Give the fields that later amendments changed, with what each said on a day."""
    words: dict[str, Any] = {}
    for amendment in sorted(amendments, key=day_of):
        if day_of(amendment) > as_of and amendment.field not in (ADDED, REPEALED, *words):
            words[str(amendment.field)] = amendment.was
            if amendment.field == "deadline":  # how it is read was said of other words
                words["read"] = getattr(amendment, "read", None)
    return words


def _amendments(activity: Activity) -> bool:
    return bool(activity.amendments) or any(each.amendments for each in activity.deliverables)


def _as_it_was(record: R, amendments: Sequence[Amendment], as_of: date, marks: Container[str]) -> R:
    words = words_until(amendments, as_of)
    if not words:
        return record
    if "agencies" in words:
        words["agencies"] = tuple(read_former_assignment(text, marks) for text in words["agencies"] or ())
    if "points" in words:
        words["points"] = words["points"] or ()
    if "other" in words:
        columns = (text.partition(": ") for text in words["other"] or ())
        words["other"] = {heading: text for heading, _, text in columns} or None
    return record.model_copy(update=words)


def _is_in_force(amendments: Iterable[Amendment], as_of: date) -> bool:
    """Tell whether an entry was in the plan on a day: by what last put it in or took it out, if anything did."""
    moves = sorted((day_of(each), each.field) for each in amendments if each.field in (ADDED, REPEALED))
    past = [field for day, field in moves if day <= as_of]
    if past:
        return past[-1] == ADDED
    return not moves or moves[0][1] != ADDED
