"""What rules look at: the records of a Draft, each with its path."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from followup_cli.dataset import Draft
from followup_cli.models import Files, split_assignment
from followup_cli.shape import Mistake
from followup_cli.source import Problem, Steps

Found = Iterator[Mistake | tuple[Files, Problem]]
Records = Iterator[tuple[Steps, dict[str, Any]]]
PLAN, BODIES = Files.ACTIVITIES, Files.AGENCIES


def of_list(container: Any, path: Steps) -> Records:
    """Go through the mappings of a list, each with its path."""
    for index, record in enumerate(container or ()):
        if type(record) is dict:
            yield (*path, index), record


def activities(draft: Draft) -> Records:
    """Go through the activities."""
    return of_list(draft.raw[PLAN].get("activities"), ("activities",))


def sections(draft: Draft) -> Records:
    """Go through the sections."""
    return of_list(draft.raw[PLAN].get("sections"), ("sections",))


def agencies(draft: Draft) -> Records:
    """Go through the agencies."""
    return of_list(draft.raw[BODIES].get("agencies"), ("agencies",))


def deliverables(draft: Draft) -> Records:
    """Go through the deliverables of all activities."""
    for path, activity in activities(draft):
        yield from of_list(activity.get("deliverables"), (*path, "deliverables"))


def updates(draft: Draft) -> Records:
    """Go through the updates of all deliverables."""
    for path, deliverable in deliverables(draft):
        if "updates" in deliverable:
            yield from of_list(deliverable["updates"], (*path, "updates"))


def evidence(draft: Draft) -> Records:
    """Go through the evidence of all updates."""
    for path, update in updates(draft):
        if "evidence" in update:
            yield from of_list(update["evidence"], (*path, "evidence"))


def entries(draft: Draft, name: str) -> Records:
    """Go through the `amendments` or `corrections` of activities and deliverables."""
    if name not in draft.documents[PLAN].text:
        return
    for path, activity in activities(draft):
        if name in activity:
            yield from of_list(activity[name], (*path, name))
        for steps, deliverable in of_list(activity.get("deliverables"), (*path, "deliverables")):
            if name in deliverable:
                yield from of_list(deliverable[name], (*steps, name))


def assignments(draft: Draft) -> Iterator[tuple[Steps, int, str, str | None]]:
    """Go through all assignments: path of the activity, index, code, mark."""
    for path, activity in activities(draft):
        for index, text in enumerate(activity.get("agencies") or ()):
            if text is not None:
                yield (path, index, *split_assignment(text))


def plan(draft: Draft) -> dict[str, Any]:
    """Give what is known of the plan as a whole."""
    record = draft.raw[PLAN].get("plan")
    return record if type(record) is dict else {}


def adopted(draft: Draft) -> date | None:
    """Give the day of the plan's adoption."""
    text = plan(draft).get("adopted")
    return date.fromisoformat(text) if text else None
