"""An act's new words, or a mended copy, go into the text of the plan; the old words are kept beside them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from followup_cli.changes.recording import Edit, Opened, Recorded, Target, choose_target, made, recorded
from followup_cli.choosing import choose, nearest
from followup_cli.errors import FollowupError
from followup_cli.findings import Severity, Steps
from followup_cli.glossary import ActivityField, DeliverableField, PlanFile
from followup_cli.plan.values import shown
from followup_cli.rules import check, rules_named
from followup_cli.text.document import Document
from followup_cli.text.splicing import added_items, added_key, replaced
from followup_cli.text.writing import flow, scalar

LISTS = ("agencies", "points")
# What of a record is written word by word; `other` has parts of its own, and two say that a record came or went.
WORDS: dict[str, list[str]] = {
    "activity": [each.value for each in ActivityField if each not in ("other", "added", "repealed")],
    "deliverable": [each.value for each in DeliverableField if each not in ("other", "added", "repealed")],
}


def choose_record(opened: Opened, text: str, field: str | None) -> tuple[Target, str]:
    """Find the activity or the deliverable that is amended, and which of its words, none where it is repealed.

    An activity's number stands for its only deliverable where only that has such words.

    Raises:
        FollowupError: if an id names none, or the record has no such words.
    """
    numbers = [activity.id for activity in opened.dataset.activities]
    sought = text.strip().removeprefix("#")
    if sought not in numbers:
        target = choose_target(opened.dataset, text)
        return target, _field(field, "deliverable")
    words = {*WORDS["activity"], *WORDS["deliverable"]}
    name = str(choose(field, sorted(words), "field")) if field else ""
    if name and name not in WORDS["activity"]:
        return choose_target(opened.dataset, text), name
    return Target(sought, ("activities", numbers.index(sought))), name


def _field(field: str | None, kind: str) -> str:
    return str(choose(field, WORDS[kind], "field")) if field else ""


def amend(
    opened: Opened, target: Target, field: str, words: Sequence[str], entry: dict[str, str], *, under: str
) -> tuple[Recorded, list[str]]:
    """Write new words in the place of the old ones, which an entry beside them keeps; or that it was repealed.

    Args:
        opened: the dataset.
        target: the activity or the deliverable.
        field: which of its words; nothing where it is repealed as a whole.
        words: the new words: one text, or the items of a list.
        entry: what is said of the change: its date, act, url or note.
        under: `amendments` where an act changed the plan, `corrections` where it had been copied wrongly.

    Returns:
        What was done, and the warnings that the new words bring.

    Raises:
        FollowupError: if nothing would change, the text cannot be kept, or the result would have an error.
    """
    document = opened.draft.documents[PlanFile.ACTIVITIES]
    record = opened.draft.at(target.path)
    edits, said = [], {**entry, "field": field or "repealed"}
    if field:
        value: Any = list(words) if field in LISTS else words[0]
        was = record.get(field)
        _check_words(target, record, field, was, value)
        edits.append(_edit_of_words(document, target, field, value))
        said |= {"was": was} if was is not None else {}
    edits.append(_edit_of_entries(document, target, (*target.path, under), record.get(under) or (), said))
    return _written(opened, edits)


def correct_evidence(
    opened: Opened, target: Target, address: str, field: str, words: str, entry: dict[str, str]
) -> tuple[Recorded, list[str]]:
    """Mend what was written down wrongly of the evidence at an address, in all updates of a deliverable.

    Args:
        opened: the dataset.
        target: the deliverable.
        address: that of the evidence, as the dataset has it.
        field: what is mended: its address, or another key of a piece of evidence.
        words: what is right.
        entry: what is said of the correction: its date, and a note.

    Returns:
        What was done, and the warnings that it brings.

    Raises:
        FollowupError: if the deliverable has no such evidence, or nothing would change, or as for `amend`.
    """
    document = opened.draft.documents[PlanFile.ACTIVITIES]
    edits: list[Edit] = []
    for number, update in enumerate(opened.draft.at(target.path).get("updates") or ()):
        for place, piece in enumerate(update.get("evidence") or ()):
            if piece.get("url") != address:
                continue
            path = (*target.path, "updates", number, "evidence", place)
            if piece.get(field) is None:
                raise FollowupError(
                    f"this evidence of {target.id} has no `{field}` that could be wrong",
                    "what is not yet known is filled in by hand",
                )
            if str(piece[field]) == words:
                raise FollowupError(f"`{field}` is `{words}` already", "nothing is left to do")
            said = {"date": entry["date"], "field": field, "was": str(piece[field])} | entry
            edits += [
                Edit(target, replaced(document, (*path, field), words), (*path, field), lambda _: words),
                _edit_of_entries(
                    document, target, (*path, "corrections"), piece.get("corrections") or (), said
                ),
            ]
    if not edits:
        there = dict.fromkeys(
            str(piece.get("url"))
            for update in opened.draft.at(target.path).get("updates") or ()
            for piece in update.get("evidence") or ()
        )
        near = nearest(address, there)
        hint = f"did you mean `{near}`?" if near else f"`followup show {target.id}` shows its addresses"
        raise FollowupError(f"{target.id} has no evidence at `{address}`", hint)
    return _written(opened, edits)


def _written(opened: Opened, edits: Sequence[Edit]) -> tuple[Recorded, list[str]]:
    after, result, findings = made(opened, edits)
    since = replace(result, before=opened.draft, gathered={})
    findings = [*findings, *check(since, rules_named("outdated-text"))]
    errors = [each for each in findings if each.severity is Severity.ERROR]
    if errors:
        raise FollowupError(f"{errors[0].message}; nothing was written", errors[0].hint)
    warnings = [f"{each.code}: {each.message}" + (f"; {each.hint}" if each.hint else "") for each in findings]
    return recorded(opened, edits, after, result), warnings


def _edit_of_entries(
    document: Document, target: Target, path: Steps, there: Sequence[Any], said: dict[str, Any]
) -> Edit:
    """Put an entry behind those of its day and before."""
    index = sum(str(each.get("date") or "") <= said["date"] for each in there)
    fix = added_items(document, path, index, [said])
    return Edit(target, fix, path, lambda old: [*(old or ())[:index], said, *(old or ())[index:]])


def _check_words(target: Target, record: dict[str, Any], field: str, was: Any, value: Any) -> None:
    if was == value:
        raise FollowupError(f"these are the words of {target.id} already", "nothing is left to do")
    if isinstance(was, list) and any(type(each) is not str for each in was):
        raise FollowupError(
            f"`{field}` of {target.id} holds more than words",
            "edit it by hand; docs/following-up.md says how",
        )
    if field == "deadline" and record.get("read") is not None:
        raise FollowupError(
            f"the deadline of {target.id} has a `read` of its own, {shown(str(record['read']))}",
            "edit it by hand: `read` goes with the old words into the amendment",
        )


def _edit_of_words(document: Document, target: Target, field: str, value: Any) -> Edit:
    path: Steps = (*target.path, field)
    if document.node(path) is not None:
        fix = replaced(document, path, value)
    else:
        written = flow(value) if isinstance(value, list) else scalar(value)
        keys = ("outcome", "title", "id") if field != "outcome" else ("title", "id")
        fix = added_key(document, target.path, keys, f"{field}: {written}")
    return Edit(target, fix, path, lambda _: value)
