"""FU4xx: deadlines."""

from collections.abc import Callable, Iterator

from followup_cli.deadlines import Deadline, DeadlineError
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import (
    DELIVERABLES,
    Mistakes,
    adopted,
    is_adoption_doubtful,
    readings,
    walk,
)

Reading = Deadline | DeadlineError


def _deadlines(draft: Draft, wanted: Callable[[Reading], bool]) -> Iterator[tuple[Steps, Reading]]:
    """Find the deadlines whose reading is wanted, each with its path."""
    by_text = {text: reading for text, reading in readings(draft).items() if wanted(reading)}
    if by_text:
        for path, deliverable in walk(draft, *DELIVERABLES):
            if deliverable.get("deadline") in by_text:
                yield (*path, "deadline"), by_text[deliverable["deadline"]]


def unreadable_deadline(draft: Draft) -> Mistakes:
    """Report a deadline that no rule can read.

    The reader is strict: a wrong date in a follow-up report is worse than a question to the editor.
    `followup deadline "PHRASE"` tells how a phrase is read. If the plan itself is unclear, keep its words
    as the `title` or in a `note`, and write the deadline that is meant.

    Bad:
        deadline: Augst 2023

    Good:
        deadline: August 2023
    """
    for path, reading in _deadlines(draft, lambda r: isinstance(r, DeadlineError) and r.reason != "reversed"):
        yield _mistake("unreadable-deadline", path, reading)


def reversed_deadline(draft: Draft) -> Mistakes:
    """Report a deadline that ends before it begins.

    Bad:
        deadline: 2025-2022

    Good:
        deadline: 2022-2025
    """
    for path, reading in _deadlines(draft, lambda r: isinstance(r, DeadlineError) and r.reason == "reversed"):
        yield _mistake("reversed-deadline", path, reading)


def _mistake(rule: str, path: Steps, error: Reading) -> Mistake:
    assert isinstance(error, DeadlineError)
    phrase = f"`{shown(error.text)}`: "
    message = f"deadline {phrase}{error.message.removeprefix(phrase)}"
    hint = "`followup deadline -h` shows what can be read"
    if error.suggestion:
        message += f"; did you mean `{shown(error.suggestion)}`?"
        hint = f"write `{shown(error.suggestion)}`"
    return Mistake(rule, path, message, hint, span=(error.start, error.end))


def deadline_before_adoption(draft: Draft) -> Mistakes:
    """Warn of a deadline that was past when the plan was adopted.

    Bad:
        deadline: August 2021

    Good:
        deadline: August 2023
    """
    day = adopted(draft)
    if day is None or is_adoption_doubtful(draft):
        return
    for path, reading in _deadlines(draft, lambda r: isinstance(r, Deadline) and (r.due or day) < day):
        if isinstance(reading, Deadline):
            message = (
                f"the deadline `{shown(reading.text)}` ({reading.due}) is before the plan's adoption ({day})"
            )
            yield Mistake("deadline-before-adoption", path, message, "check the year")


def adoption_too_late(draft: Draft) -> Mistakes:
    """Report a day of adoption that is later than most of the plan's deadlines and updates.

    Relative deadlines count from it; what else is dated before it is not reported one by one.

    Bad:
        adopted: 2032-04-28

    Good:
        adopted: 2022-04-28
    """
    if is_adoption_doubtful(draft):
        message = (
            f"the day of adoption ({adopted(draft)}) is later than most deadlines and updates of the plan"
        )
        yield Mistake("adoption-too-late", ("plan", "adopted"), message, "check the year")
