"""FU4xx: deadlines."""

from collections.abc import Iterator

from followup_cli.dataset import Draft
from followup_cli.deadlines import Deadline, DeadlineError, read
from followup_cli.models import shown
from followup_cli.rules.records import PLAN, Found, adopted, deliverables, plan
from followup_cli.shape import Mistake
from followup_cli.source import Steps


def _read_all(draft: Draft) -> Iterator[tuple[Steps, Deadline | DeadlineError]]:
    """Read every deadline once, each with its path."""
    language, day = plan(draft).get("language") or "en", adopted(draft)
    readings: dict[str, Deadline | DeadlineError] = {}
    for path, deliverable in deliverables(draft):
        text = deliverable.get("deadline")
        if text is None:
            continue
        if text not in readings:
            try:
                readings[text] = read(text, lang=language, adopted=day)
            except DeadlineError as error:
                readings[text] = error
        yield (*path, "deadline"), readings[text]


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
    for path, reading in _read_all(draft):
        if isinstance(reading, DeadlineError) and reading.reason != "reversed":
            yield _mistake("unreadable-deadline", path, reading)


def reversed_deadline(draft: Draft) -> Found:
    """Report a deadline that ends before it begins.

    Bad:
        deadline: 2025-2022

    Good:
        deadline: 2022-2025
    """
    for path, reading in _read_all(draft):
        if isinstance(reading, DeadlineError) and reading.reason == "reversed":
            yield _mistake("reversed-deadline", path, reading)


def _mistake(rule: str, path: Steps, error: DeadlineError) -> Mistake:
    phrase = f"`{shown(error.text)}`: "
    message = f"deadline {phrase}{error.message.removeprefix(phrase)}"
    hint = "`followup deadline -h` shows what can be read"
    if error.suggestion:
        message += f"; did you mean `{shown(error.suggestion)}`?"
        hint = f"write `{shown(error.suggestion)}`"
    return Mistake(rule, PLAN, path, message, hint, span=(error.start, error.end))


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
    for path, reading in _read_all(draft):
        if isinstance(reading, Deadline) and reading.due is not None and reading.due < day:
            message = (
                f"the deadline `{shown(reading.text)}` ({reading.due}) is before the plan's adoption ({day})"
            )
            yield Mistake("deadline-before-adoption", PLAN, path, message, "check the year")
