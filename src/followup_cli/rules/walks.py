"""What rules look at: the records of a Draft, each with its path."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from followup_cli.deadlines import Deadline, DeadlineError, read
from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import split_assignment

Found = Iterator[Mistake]
Records = Iterator[tuple[Steps, dict[str, Any]]]
PLAN, AGENCIES = PlanFile.ACTIVITIES, PlanFile.AGENCIES
T = TypeVar("T")


def once(gather: Callable[[Draft], T]) -> Callable[[Draft], T]:
    """Make a function gather something of a draft once, for all rules that look at it."""

    @wraps(gather)
    def gathered(draft: Draft) -> T:
        if gather not in draft.gathered:
            draft.gathered[gather] = gather(draft)
        known: T = draft.gathered[gather]
        return known

    return gathered


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
    return of_list(draft.raw[AGENCIES].get("agencies"), ("agencies",))


def deliverables(draft: Draft) -> Records:
    """Go through the deliverables of all activities."""
    for path, activity in activities(draft):
        yield from of_list(activity.get("deliverables"), (*path, "deliverables"))


@once
def _rare(draft: Draft) -> dict[str, list[tuple[Steps, dict[str, Any]]]]:
    """Gather the entries of lists that few records have, in one walk through all of them."""
    found: dict[str, list[tuple[Steps, dict[str, Any]]]] = {name: [] for name in _RARE}
    for records in (activities(draft), deliverables(draft)):
        for path, record in records:
            if not _RARE.isdisjoint(record):
                for name in _RARE.intersection(record):
                    found[name] += of_list(record[name], (*path, name))
    return found


_RARE = frozenset(("updates", "amendments", "corrections"))


def updates(draft: Draft) -> Records:
    """Go through the updates of all deliverables."""
    return iter(_rare(draft)["updates"])


def entries(draft: Draft, name: str) -> Records:
    """Go through the `amendments` or `corrections` of activities and deliverables."""
    return iter(_rare(draft)[name])


def evidence(draft: Draft) -> Records:
    """Go through the evidence of all updates."""
    for path, update in updates(draft):
        if "evidence" in update:
            yield from of_list(update["evidence"], (*path, "evidence"))


@once
def assigned(draft: Draft) -> Counter[str]:
    """Count how often each text stands in a list of agencies."""
    return Counter(
        text for _, activity in activities(draft) for text in activity.get("agencies") or () if text
    )


@once
def codes(draft: Draft) -> dict[str, str]:
    """Give the code in each text that stands in a list of agencies, or what stands in its place."""
    return {text: split_assignment(text)[0] for text in assigned(draft)}


def assignments(draft: Draft) -> Iterator[tuple[Steps, int, str]]:
    """Go through all assignments: path of the activity, index, code."""
    code_of = codes(draft)
    for path, activity in activities(draft):
        for index, text in enumerate(activity.get("agencies") or ()):
            if text is not None:
                yield path, index, code_of[text]


def plan(draft: Draft) -> dict[str, Any]:
    """Give what is known of the plan as a whole."""
    record = draft.raw[PLAN].get("plan")
    return record if type(record) is dict else {}


@once
def readings(draft: Draft) -> dict[str, Deadline | DeadlineError]:
    """Read every deadline once, by its text."""
    language, day = plan(draft).get("language") or "en", adopted(draft)
    texts = {deliverable.get("deadline"): None for _, deliverable in deliverables(draft)}
    found: dict[str, Deadline | DeadlineError] = {}
    for text in texts:
        if text is not None:
            try:
                found[text] = read(text, lang=language, adopted=day)
            except DeadlineError as error:
                found[text] = error
    return found


def adopted(draft: Draft) -> date | None:
    """Give the day of the plan's adoption."""
    text = plan(draft).get("adopted")
    return date.fromisoformat(text) if text else None
