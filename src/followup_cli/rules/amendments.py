"""FU6xx: what is said of changes of the plan's words."""

from typing import Any

from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import Role
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import AS_AGREED, shown, split_assignment
from followup_cli.rules.pairs import words
from followup_cli.rules.walks import (
    ACTIVITIES,
    DELIVERABLES,
    Mistakes,
    entries,
    out_of_order,
    plan,
    walk,
)

_LISTS = ("agencies", "points", "other")
_NEEDED_IN_1 = ("section", "agencies", "outcome", "deadline")
_WHOLE = ("added", "repealed")


def wrong_amendment(draft: Draft) -> Mistakes:
    """Report an amendment whose `was` cannot be what the plan said.

    What an act changed is read back from it: the picture of an earlier day shows these words in place of
    today's. So agencies must be a list of known codes, and an entry that an act `added` or `repealed` was
    nothing but absent or present. An amendment that changes nothing, or repeals what is repealed, is a mistake.

    Bad:
        field: deadline
        was: [August 2023]

    Good:
        field: deadline
        was: August 2023
    """
    for name in ("amendments", "corrections"):
        for path, entry in entries(draft, name):
            if "field" not in entry or _is_unclear(draft, path):
                continue
            wrong = _wrong_words(draft, str(entry["field"]), entry.get("was"), is_activity=len(path) == 4)
            if wrong is not None and (name == "amendments" or entry["field"] in _WHOLE):
                where = (*path, "was") if "was" in entry else (*path, "field")
                yield Mistake("wrong-amendment", where, *wrong)
    for steps in (ACTIVITIES, DELIVERABLES):
        for path, record in walk(draft, *steps):
            yield from _void(path, record)


def _void(path: Steps, record: dict[str, Any]) -> Mistakes:
    """Find the amendments that change nothing: the words that were are those that follow; or repeal twice."""
    following: dict[str, Any] = {}
    for index, entry in reversed(list(enumerate(record.get("amendments") or ()))):
        if type(entry) is not dict or "field" not in entry:
            continue
        field, was = str(entry["field"]), entry.get("was")
        where = (*path, "amendments", index)
        if field == "repealed" and field in following:
            yield Mistake(
                "wrong-amendment",
                (*path, "amendments", following[field], "field"),
                "it is repealed already",
                "keep the first of the two",
            )
        elif was is not None and words(was) == words(following.get(field, record.get(field))):
            message = f"an amendment says that `{field}` was what it is: `{shown(str(was))}`"
            at = (*where, "was") if field in following else (*path, field)
            hint = "write the new words here, or the words until then in the amendment"
            yield Mistake("wrong-amendment", at, message, hint)
        following[field] = index if field == "repealed" else was


def _is_unclear(draft: Draft, path: tuple[str | int, ...]) -> bool:
    return any(mistake.path[: len(path)] == path for mistake in draft.mistakes)


def _wrong_words(draft: Draft, field: str, was: Any, *, is_activity: bool) -> tuple[str, str] | None:
    """Say what is wrong with the words that a field had, and what to write."""
    if field in _WHOLE:
        return (f"`{field}` has no earlier words", "delete the line `was`") if was else None
    if was is None:
        needed = _NEEDED_IN_1 if draft.is_format_1 else ()
        if field not in needed and not (field == "title" and is_activity):
            return None
        return f"an amendment of `{field}` must say what it was", "add `was: …` with the words until then"
    if (type(was) is list) != (field in _LISTS):
        form = "a list" if field in _LISTS else "one line"
        return f"`was` of `{field}` is not {form}", f"write {form}, as `{field}` itself is written"
    if field == "section":
        return _wrong_section(draft, was)
    return _wrong_agencies(draft, was) if field == "agencies" else None


def _wrong_section(draft: Draft, was: str) -> tuple[str, str] | None:
    listed = [str(section["id"]) for _, section in walk(draft, "sections", "*") if section.get("id")]
    return (
        None
        if was in listed
        else (f"there is no section `{shown(was)}`", f"write one of {', '.join(listed)}")
    )


def _wrong_agencies(draft: Draft, was: list[str]) -> tuple[str, str] | None:
    codes = {agency.get("code") for _, agency in walk(draft, "agencies", "*")}
    roles = plan(draft).get("roles") or {}
    for code, mark in map(split_assignment, was):
        # A role that the data gave stands behind its agency as a mark does: `MW (lead)`.
        if codes and (code not in codes or not (mark is None or mark in (*AS_AGREED, *Role, *roles))):
            return f"`{shown(code)}` in `was` is not an agency", "write codes, as `agencies` does"
    return None


def amendments_out_of_order(draft: Draft) -> Mistakes:
    """Report amendments that are not in the order of their dates, oldest first.

    Bad:
        - date: 2024-02-15
          act: Government Decree No. 9
          url: https://example.org/decree-9
          field: outcome
          was: Survey
        - date: 2023-06-01

    Good:
        - date: 2023-02-15
          act: Government Decree No. 9
          url: https://example.org/decree-9
          field: outcome
          was: Survey
        - date: 2023-06-01
    """
    for steps in (ACTIVITIES, DELIVERABLES):
        for path, day, latest in out_of_order(draft, *steps, "amendments", "*"):
            message = f"this amendment ({day}) is older than the one above it ({latest})"
            if day >= latest:
                message = f"this amendment ({day}) stands above older ones"
            yield Mistake("amendments-out-of-order", (*path, "date"), message, "sort amendments oldest first")
