"""FU6xx: what changed since an earlier state of the dataset, and may not change unsaid.

These rules say something only where a Draft has a state `before` it: `validate --since REVISION`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import ActivityField, DeliverableField, PlanField, Role, SectionField
from followup_cli.plan.draft import Draft
from followup_cli.plan.records import Activity, Deliverable, Evidence, Update
from followup_cli.plan.values import Assignment, shown, split_assignment
from followup_cli.rules.walks import Found
from followup_cli.text.writing import flow

_WHOLE = ("added", "repealed")
Words = str | tuple[str, ...] | None


def unaccounted_change(draft: Draft) -> Found:
    """Report a change of the plan's own words that nothing accounts for.

    Nobody moves a deadline quietly. Where an act changed the plan, an amendment keeps what the words were,
    from which day they are new, and by which act. Where the words had been copied wrongly, an entry under
    `corrections` says so and cites the source; it has `field`, `was`, `date` and `url`, and no `act`.
    An activity or deliverable is never taken out of the file: where an act repealed it, an amendment with
    `field: repealed` says so; one that an act put in has an amendment with `field: added`.

    Bad:
        deadline: 2022-2025
        amendments:
          - date: 2023-02-15
            act: Government Decree No. 9
            url: https://example.org/decree-9
            field: outcome
            was: Survey

    Good:
        deadline: 2022-2025
        amendments:
          - date: 2023-02-15
            act: Government Decree No. 9
            url: https://example.org/decree-9
            field: outcome
            was: Survey
          - date: 2023-06-01
            act: Government Decree No. 14
            url: https://example.org/decree-14
            field: deadline
            was: August 2023
    """
    before, after = draft.before, draft.dataset
    if before is None or after is None:
        return
    yield from _fields(("plan",), before.plan, after.plan, PlanField)
    known = {section.id: section for section in before.sections}
    for index, section in enumerate(after.sections):
        if section.id in known:
            yield from _fields(("sections", index), known[section.id], section, SectionField)
    for index, activity in enumerate(after.activities):
        path: Steps = ("activities", index)
        earlier = before.activity_by_id.get(activity.id)
        if earlier is None:
            yield from _addition((*path, "id"), f"activity {activity.id}", activity)
        else:
            yield from _fields(path, earlier, activity, ActivityField)
            yield from _deliverables((*path, "deliverables"), earlier, activity)
    for identifier in before.activity_by_id.keys() - after.activity_by_id.keys():
        yield _removal(("activities",), f"activity {identifier}")


def _deliverables(path: Steps, before: Activity, after: Activity) -> Iterator[Mistake]:
    for index, deliverable in enumerate(after.deliverables):
        if index < len(before.deliverables):
            yield from _fields((*path, index), before.deliverables[index], deliverable, DeliverableField)
        else:
            yield from _addition((*path, index), f"deliverable {after.id}.{index + 1}", deliverable)
    for index in range(len(after.deliverables), len(before.deliverables)):
        yield _removal(path, f"deliverable {after.id}.{index + 1}")


def _fields(path: Steps, before: Any, after: Any, fields: Iterable[str]) -> Iterator[Mistake]:
    """Find the fields that changed with no new entry that says what they were."""
    entries = _new_entries(before, after)
    for field in fields:
        if field in _WHOLE:
            continue
        was, now = (_words(getattr(record, field)) for record in (before, after))
        if was == now:
            continue
        if not any(each.field == field and _earlier_words(each) == was for each in entries):
            message = f"`{field}` was {_quoted(was)} and nothing says why it is {_quoted(now)}"
            yield Mistake("unaccounted-change", (*path, str(field)), message, _remedy(field, was, after))


def _new_entries(before: Any, after: Any) -> list[Any]:
    """List the amendments and corrections that were not there before."""
    old = [*getattr(before, "amendments", ()), *before.corrections]
    return [each for each in (*getattr(after, "amendments", ()), *after.corrections) if each not in old]


def _earlier_words(entry: Any) -> Words:
    """Give what an entry says the words were; marks of other languages are read as the one mark they are."""
    if entry.field != "agencies" or not isinstance(entry.was, tuple):
        return entry.was or None
    codes = map(split_assignment, entry.was)
    return tuple(str(Assignment(code, Role.AS_AGREED if mark else Role.LEAD)) for code, mark in codes)


def _words(value: Any) -> Words:
    if isinstance(value, tuple):
        return tuple(str(part) for part in value) or None
    return None if value is None else str(value)


def _quoted(words: Words) -> str:
    if words is None:
        return "absent"
    return f"`{shown(words if isinstance(words, str) else flow(words))}`"


def _remedy(field: str, was: Words, after: Any) -> str:
    """Say what to write, in the words of the file."""
    said = {} if was is None else {"was": was}
    correction = flow({"date": "DAY", "url": "ADDRESS", "field": field} | said)
    if not hasattr(after, "amendments"):
        return f"restore it; if it was copied wrongly, add `corrections: [{correction}]`"
    amendment = flow({"date": "DAY", "act": "ACT", "url": "ADDRESS", "field": field} | said)
    return (
        f"if an act changed it, add `amendments: [{amendment}]`; if it was copied wrongly, `corrections` with "
        "the same less `act`; else restore it"
    )


def _addition(path: Steps, name: str, record: Activity | Deliverable) -> Iterator[Mistake]:
    if not any(each.field == "added" for each in (*record.amendments, *record.corrections)):
        hint = (
            "add `amendments` with `{date: DAY, act: ACT, url: ADDRESS, field: added}`; if it had been left "
            "out by mistake, `corrections` with the same but `act`"
        )
        yield Mistake("unaccounted-change", path, f"{name} is new, and nothing says why", hint)


def _removal(path: Steps, name: str) -> Mistake:
    hint = (
        "restore it; if an act repealed it, add `amendments` with "
        "`{date: DAY, act: ACT, url: ADDRESS, field: repealed}`"
    )
    return Mistake("unaccounted-change", path, f"{name} is gone from the file", hint)


def rewritten_record(draft: Draft) -> Found:
    """Report an update, amendment or correction that was changed or taken out.

    They are only ever added, so that any day's picture can be seen again. If one turns out to be wrong, a
    later one says so. Evidence may be added to an update, and what is not yet known of a piece of evidence
    (its title, an archived copy) may be filled in.

    Bad:
        - date: 2023-01-20
          status: in-progress
          note: The draft was finished.

    Good:
        - date: 2023-01-20
          status: in-progress
          note: The draft was published for discussion.
    """
    before, after = draft.before, draft.dataset
    if before is None or after is None:
        return
    for index, activity in enumerate(after.activities):
        earlier = before.activity_by_id.get(activity.id)
        if earlier is None:
            continue
        path: Steps = ("activities", index)
        yield from _lost_entries(path, earlier, activity)
        for number, (was, now) in enumerate(zip(earlier.deliverables, activity.deliverables, strict=False)):
            steps = (*path, "deliverables", number)
            yield from _lost_entries(steps, was, now)
            for update in _lost_updates(was.updates, now.updates):
                where = _nearest_update(now.updates, update)
                steps_to = (*steps, "updates", where) if where is not None else steps
                message = f"the update of {update.date} was changed or taken out"
                hint = "restore it, and add a later update that says what was wrong"
                yield Mistake("rewritten-record", steps_to, message, hint)


def _lost_entries(path: Steps, before: Any, after: Any) -> Iterator[Mistake]:
    for name in ("amendments", "corrections"):
        for entry in getattr(before, name):
            if entry not in getattr(after, name):
                message = f"the entry of {entry.date} on `{entry.field}` was changed or taken out of `{name}`"
                hint = "restore it; a further entry can say what was wrong"
                where = (*path, name) if getattr(after, name) else path
                yield Mistake("rewritten-record", where, message, hint)


def _lost_updates(before: Sequence[Update], after: Sequence[Update]) -> Iterator[Update]:
    """Find the updates that no later one keeps whole; each keeps one."""
    rest = list(after)
    for update in before:
        kept = next((each for each in rest if _keeps(update, each)), None)
        if kept is None:
            yield update
        else:
            rest.remove(kept)


def _keeps(before: Update, after: Update) -> bool:
    if (before.date, before.status, before.note) != (after.date, after.status, after.note):
        return False
    return all(any(_holds(old, new) for new in after.evidence) for old in before.evidence)


def _holds(before: Evidence, after: Evidence) -> bool:
    """Tell whether all that was said of a piece of evidence still is."""
    return all(value is None or getattr(after, name) == value for name, value in before)


def _nearest_update(updates: Sequence[Update], lost: Update) -> int | None:
    """Find where to point: at the update that is probably the changed one."""
    same = [index for index, each in enumerate(updates) if each.date == lost.date]
    return same[0] if same else len(updates) - 1 if updates else None
