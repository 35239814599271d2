"""FU4xx: deadlines."""

from collections.abc import Callable, Iterator

from followup_cli.deadlines import Deadline, DeadlineError
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import Found, adopted, deliverables, readings

Reading = Deadline | DeadlineError


def _those(draft: Draft, wanted: Callable[[Reading], bool]) -> Iterator[tuple[Steps, Reading]]:
    """Find the deadlines whose reading is wanted, each with its path."""
    found = {text: reading for text, reading in readings(draft).items() if wanted(reading)}
    if found:
        for path, deliverable in deliverables(draft):
            if deliverable.get("deadline") in found:
                yield (*path, "deadline"), found[deliverable["deadline"]]


def unreadable_deadline(draft: Draft) -> Found:
    """Report a deadline that no rule can read.

    The reader is strict: a wrong date in a follow-up report is worse than a question to the editor.
    `followup deadline "PHRASE"` tells how a phrase is read. If the plan itself is unclear, keep its words
    as the `title` or in a `note`, and write the deadline that is meant.

    Bad:
        deadline: Augst 2023

    Good:
        deadline: August 2023
    """
    for path, reading in _those(draft, lambda r: isinstance(r, DeadlineError) and r.reason != "reversed"):
        yield _mistake("unreadable-deadline", path, reading)


def reversed_deadline(draft: Draft) -> Found:
    """Report a deadline that ends before it begins.

    Bad:
        deadline: 2025-2022

    Good:
        deadline: 2022-2025
    """
    for path, reading in _those(draft, lambda r: isinstance(r, DeadlineError) and r.reason == "reversed"):
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


def deadline_before_adoption(draft: Draft) -> Found:
    """Warn of a deadline that was past when the plan was adopted.

    Bad:
        deadline: August 2021

    Good:
        deadline: August 2023
    """
    day = adopted(draft)
    if day is None:
        return
    for path, reading in _those(draft, lambda r: isinstance(r, Deadline) and (r.due or day) < day):
        if isinstance(reading, Deadline):
            message = (
                f"the deadline `{shown(reading.text)}` ({reading.due}) is before the plan's adoption ({day})"
            )
            yield Mistake("deadline-before-adoption", path, message, "check the year")
