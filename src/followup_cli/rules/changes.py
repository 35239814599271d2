"""FU6xx: what changed since an earlier state of the dataset, and may not change unsaid.

These rules say something only where a Draft has a state `before` it: `validate --since REVISION`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import (
    ActivityField,
    AgencyField,
    DeliverableField,
    PlanField,
    PlanFile,
    SectionField,
)
from followup_cli.plan.draft import Draft
from followup_cli.plan.second_texts import by_language
from followup_cli.plan.values import shown
from followup_cli.rules.pairs import Matched, Pair, Raw, Words, difference, is_sure, match, may_say, words
from followup_cli.rules.slips import entry_words, field_words, is_mistyped, is_named
from followup_cli.rules.walks import ACTIVITIES, AGENCIES, PLAN, Mistakes, once, walk
from followup_cli.text.writing import flow

_WHOLE = ("added", "repealed")
# Of the plan: records of several texts, each told by itself; new ones of the last may be added freely.
_PARTS = ("source", "pursuant_to", "columns", "roles", "statuses", "fiscal_year")
_ADDABLE = ("roles", "statuses", "fiscal_year", "day_first")
_ACTIVITY = ("title", "deliverables")  # by which one is known whose id was changed
_AMENDED = tuple(dict.fromkeys((*map(str, DeliverableField), *map(str, ActivityField))))
_SHOWN = 60  # characters of a text that a message shows


class Compared(NamedTuple):
    """Two states of a dataset, and their records in pairs."""

    before: Draft
    after: Draft
    sections: Matched
    activities: Matched
    agencies: Matched
    deliverables: list[tuple[Pair, Matched]]  # of each activity


@once
def _compared(draft: Draft) -> Compared | None:
    """Hold a draft against the state before it, once for all rules."""
    before = draft.before
    if before is None:
        return None

    def records(file: PlanFile, name: str, key: str, *texts: str) -> Matched:
        was, now = (((name,), each.raw[file].get(name)) for each in (before, draft))
        keys = (lambda _, record: record.get(key), lambda _, record: _told(record, texts))
        matched = match(was, now, keys)
        gone = [each for each in matched.gone if not may_say(draft, file, str(each[2].get(key)))]
        new = [each for each in matched.new if not may_say(before, file, str(each[1].get(key)))]
        return Matched(matched.pairs, gone, new)

    listed = records(PLAN, "activities", "id", *_ACTIVITY)
    return Compared(
        before,
        draft,
        records(PLAN, "sections", "id", "title"),
        listed,
        records(AGENCIES, "agencies", "code", "name"),
        [(pair, _deliverables(before, draft, pair)) for pair in listed.pairs],
    )


def _told(record: Raw, names: Iterable[str]) -> str | None:
    """Give what texts of a record say, of its deliverables the words; None if one is missing."""
    parts = []
    for name in names:
        value = record.get(name)
        if name == "deliverables":
            value = [_told(each, ("outcome", "deadline")) for each in value or () if type(each) is dict]
        parts.append(words(value))
    return None if None in parts else repr(parts)


def _deliverables(before: Draft, after: Draft, activity: Pair) -> Matched:
    """Pair the deliverables of an activity: by their words and place, by their words, by their place."""
    name = "deliverables"
    was, now = activity.was.get(name), activity.now.get(name)

    def text(_: int, record: Raw) -> str | None:
        said = [words(record.get(field)) for field in ("title", "outcome", "deadline")]
        return repr(said) if any(said) else None

    keys = (lambda index, record: (index, text(index, record)), text, lambda index, _: index)
    matched = match(((*activity.was_path, name), was), ((*activity.path, name), now), keys)
    sides = ((before, activity.was_path, was), (after, activity.path, now))
    sure = [
        is_sure(draft, PLAN, path, name, None) and None not in (items or ()) for draft, path, items in sides
    ]
    return Matched(matched.pairs, matched.gone if sure[1] else [], matched.new if sure[0] else [])


def unaccounted_change(draft: Draft) -> Mistakes:
    """Report a change of the plan's own words that nothing accounts for.

    Nobody moves a deadline quietly. Where an act changed the plan, an amendment keeps what the words were,
    from which day they are new, and by which act. Where the words had been copied wrongly, an entry under
    `corrections` says so and cites the source; it has `field`, `was`, `date` and `url`, and no `act`. That
    holds of all that was copied: activities and deliverables, titles of sections, names of agencies, and the
    plan's id, title, act, day of adoption, source, and the acts it follows from; and of what its marks, its words
    of status and its years are read as.

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
    it = _compared(draft)
    if it is None:
        return
    yield from _plan_changes(it)
    yield from _record_changes(it, PLAN, it.sections, SectionField, "section")
    for path, _, section in it.sections.gone:
        yield _removal(path, f"section {section.get('id')}", "restore it, with its activities")
    yield from _record_changes(it, PLAN, it.activities, ActivityField, "activity")
    for path, activity in it.activities.new:
        if activity.get("id") is None:
            continue
        yield from _addition((*path, "id"), f"activity {activity.get('id')}", activity)
    listed = (
        {_told(each, _ACTIVITY) for _, each in walk(draft, *ACTIVITIES)} - {None}
        if it.activities.gone
        else ()
    )
    for path, _, activity in it.activities.gone:
        # One that has the id of another now, has a finding of its own.
        if _told(activity, _ACTIVITY) not in listed:
            yield _removal(path, f"activity {activity.get('id')}")
    for activity_pair, deliverables in it.deliverables:
        yield from _deliverable_changes(it, activity_pair, deliverables)
    yield from _record_changes(it, AGENCIES, it.agencies, AgencyField, "agency")


def _plan_changes(it: Compared) -> Iterator[Mistake]:
    was, now = (each.raw[PLAN].get("plan") for each in (it.before, it.after))
    if type(was) is not dict or type(now) is not dict:
        return
    pair = Pair(("plan",), was, ("plan",), now)
    fields = [each for each in PlanField if each not in _PARTS and (each not in _ADDABLE or each in was)]
    yield from _field_changes(it, PLAN, pair, fields)
    for name in _PARTS:
        yield from _part_changes(it, pair, name)


def _part_changes(it: Compared, pair: Pair, name: str) -> Iterator[Mistake]:
    """Find the changed texts of a part of what is said of the plan."""
    said = [(each.get("field"), words(each.get("was"))) for each in _new_entries(pair.was, pair.now)]
    earlier, later = (dict(_leaves(record.get(name), (name,))) for record in (pair.was, pair.now))
    for path in dict.fromkeys((*earlier, *later)):
        was, now = words(earlier.get(path)), words(later.get(path))
        part = Pair(("plan", *path[:-1]), {}, ("plan", *path[:-1]), {})
        accounted = (name, was) in said or (name in _ADDABLE and was is None)
        if was != now and not accounted and _are_sure(it, PLAN, part, str(path[-1]), was, now):
            message = _message(".".join(step or '""' for step in path if isinstance(step, str)), was, now)
            hint = _remedy(name, was, part, amendable=False)
            yield Mistake("unaccounted-change", ("plan", *path), message, hint)


def _leaves(value: Any, path: Steps) -> Iterator[tuple[Steps, str]]:
    """Go through the texts in a value, each with its path in it."""
    if type(value) is dict or type(value) is list:
        for step, part in value.items() if type(value) is dict else enumerate(value):
            yield from _leaves(part, (*path, step))
    elif value is not None:
        yield path, str(value)


def _record_changes(
    it: Compared, file: PlanFile, matched: Matched, fields: Iterable[str], what: str
) -> Iterator[Mistake]:
    """Find changed ids and words of the records of a list."""
    key = "code" if file is AGENCIES else "id"
    ids = [{pair.was.get(key) for pair in matched.pairs}, {pair.now.get(key) for pair in matched.pairs}]
    for pair in matched.pairs:
        was, now = pair.was.get(key), pair.now.get(key)
        # An id that another has too, or that is still referred to, is a mistake with a finding of its own.
        has_finding = was is None or is_named(it.after, what, was) or was in ids[1] or now in ids[0]
        if was != now and not has_finding and _are_sure(it, file, pair, key, was, now):
            message = f"the {key} of {what} `{was}` was changed to `{now}`"
            hint = f"restore it: it is by its {key} that {what} `{was}` is referred to"
            yield Mistake("unaccounted-change", (*pair.path, key), message, hint, file=file)
        yield from _field_changes(it, file, pair, fields)


def _deliverable_changes(it: Compared, activity: Pair, matched: Matched) -> Iterator[Mistake]:
    identifier = activity.now.get("id")
    cut = [path for path, record in matched.new if _is_cut_off(matched.pairs, path, record)]
    for path in cut:
        message, hint = "this dash cuts the deliverable above it in two", "write two blanks in place of `- `"
        yield Mistake("unaccounted-change", path, message, hint, instead_of="lost-key")
    for pair in matched.pairs:
        if not any(_is_before(pair.path, path) for path in cut):
            yield from _field_changes(it, PLAN, pair, DeliverableField)
    for path, was_path, _ in matched.gone:
        yield _removal(path, f"deliverable {identifier}.{int(was_path[-1]) + 1}")
    unsaid = [
        mistake
        for path, record in matched.new
        if path not in cut
        for mistake in _addition(path, f"deliverable {identifier}.{int(path[-1]) + 1}", record)
    ]
    yield from unsaid
    if not (matched.gone or unsaid or cut):
        yield from _reordered(identifier, matched)


def _reordered(identifier: Any, matched: Matched) -> Iterator[Mistake]:
    """Find the first deliverable that has the place of another."""
    moved = next((pair for pair in matched.pairs if pair.was_path[-1] != pair.path[-1]), None)
    if moved is not None:
        was, now = (f"{identifier}.{int(path[-1]) + 1}" for path in (moved.was_path, moved.path))
        hint = "keep the order, and put a new one at the end: deliverables are cited by their place"
        yield Mistake("unaccounted-change", moved.path, f"deliverable {was} has become {now}", hint)


def _is_cut_off(pairs: Sequence[Pair], path: Steps, record: Raw) -> bool:
    """Tell whether all that a new deliverable says is what the one above it said, and says no more."""
    above = next((pair for pair in pairs if _is_before(pair.path, path)), None)
    if above is None or record.keys() & above.now.keys():
        return False
    return all(words(above.was.get(key)) == words(value) for key, value in record.items() if key != "updates")


def _is_before(path: Steps, other: Steps) -> bool:
    return path[:-1] == other[:-1] and int(path[-1]) == int(other[-1]) - 1


def _field_changes(it: Compared, file: PlanFile, pair: Pair, fields: Iterable[str]) -> Iterator[Mistake]:
    """Find the fields that changed with no new entry that says what they were."""
    entries = _new_entries(pair.was, pair.now)
    for field in map(str, fields):
        if field in _WHOLE or pair.was.get(field) == pair.now.get(field):
            continue
        was, now = field_words(it.before, it.after, field, pair)
        if was == now or not _are_sure(it, file, pair, field, pair.was.get(field), pair.now.get(field)):
            continue
        if any(each.get("field") == field and entry_words(field, each) == was for each in entries):
            continue
        path, message = _difference(pair, field, was, now)
        amendable = file is PLAN and pair.path[0] == "activities"
        hint, instead = _remedy(field, was, pair, amendable=amendable), "wrong-amendment"
        other = next((each for each in entries if each.get("field") == field), None)
        if is_mistyped(it.after, field, was, now):
            hint, instead = f"write `{was}`", "unreadable-deadline"
        elif other is not None and was is not None:
            message += f": its new entry has {_words_of(other)}"
            hint = f"write `{flow({'was': was})[1:-1]}` in that entry"
        yield Mistake("unaccounted-change", path, message, hint, file=file, instead_of=instead)


def _words_of(entry: Raw) -> str:
    """Name the words that an entry has, which are not those that were."""
    return f"other words (`{shown(str(entry['was']))}`)" if entry.get("was") else "no `was`"


def _difference(pair: Pair, field: str, was: Words, now: Words) -> tuple[Steps, str]:
    """Point at what is different in a field, an item of a list where it is one, and say how."""
    message, path = _message(field, was, now), (*pair.path, field)
    if not (type(now) is tuple and type(was) is tuple):
        return path, message
    index, value = difference(was, now), pair.now[field]
    steps = list(value) if type(value) is dict else range(len(value))
    if len(was) == len(now) and was[index + 1 :] == now[index + 1 :] and len(flow(now)) > _SHOWN:
        message = _message(f"{field}: {index + 1}", was[index], now[index])
    return (*path, steps[min(index, len(now) - 1)]), message


def _are_sure(it: Compared, file: PlanFile, pair: Pair, field: str, was: Any, now: Any) -> bool:
    return is_sure(it.before, file, pair.was_path, field, was) and is_sure(
        it.after, file, pair.path, field, now
    )


def _new_entries(was: Raw, now: Raw) -> list[Raw]:
    """List the amendments and corrections that were not there before."""
    entries = [each for name in ("amendments", "corrections") for each in now.get(name) or ()]
    old = [_said(each) for name in ("amendments", "corrections") for each in was.get(name) or ()]
    return [each for each in entries if type(each) is dict and _said(each) not in old]


def _said(entry: Any) -> dict[str, Words]:
    return {key: words(value) for key, value in entry.items()} if type(entry) is dict else {}


def _message(name: str, was: Words, now: Words) -> str:
    texts = [each if each is None or isinstance(each, str) else flow(each) for each in (was, now)]
    quoted = ["absent" if each is None else f"`{each}`" for each in _excerpts(*texts)]
    return f"`{name}` was {quoted[0]} and nothing says why it is {quoted[1]}"


def _excerpts(was: str | None, now: str | None) -> tuple[str | None, str | None]:
    """Cut two texts to what fits into a message, from the words before the first difference on."""
    start = 0
    if was is not None and now is not None and max(len(was), len(now)) > _SHOWN:
        start = was.rfind(" ", 0, max(difference(was, now) - 20, 0)) + 1
    dots = "…" if start else ""
    return was and dots + shown(was[start:]), now and dots + shown(now[start:])


def _remedy(field: str, was: Words, pair: Pair, *, amendable: bool) -> str:
    """Say what to write, in the words of the file."""
    said = flow({"field": field} | ({} if was is None else {"was": was})).removeprefix("{")
    others = [each for each in _AMENDED if pair.was.get(each) != pair.now.get(each) and each != field]
    if amendable and (others or pair.now.get("amendments")):
        return (
            f'if an act changed it, add to its `amendments:` the line `- {{date: DAY, act: "ACT", url: ADDRESS, {said}`; '
            "if it was copied wrongly, the same without `act` to its `corrections:`; else restore it"
        )
    if not amendable:
        return f"restore it; if it was copied wrongly, add `corrections: [{{date: DAY, url: ADDRESS, {said}]`"
    return (
        f'if an act changed it, add `amendments: [{{date: DAY, act: "ACT", url: ADDRESS, {said}]`; if it was copied '
        "wrongly, `corrections` with the same, without `act`; else restore it"
    )


def _addition(path: Steps, name: str, record: Raw) -> Iterator[Mistake]:
    entries = (*(record.get("amendments") or ()), *(record.get("corrections") or ()))
    if not any(type(each) is dict and each.get("field") == "added" for each in entries):
        hint = (
            'add `amendments` with `{date: DAY, act: "ACT", url: ADDRESS, field: added}`; if it had been left '
            "out by mistake, `corrections` with the same, without `act`"
        )
        yield Mistake("unaccounted-change", path, f"{name} is new, and nothing says why", hint)


def _removal(path: Steps, name: str, hint: str | None = None) -> Mistake:
    hint = hint or (
        "restore it; if an act repealed it, add `amendments` with "
        '`{date: DAY, act: "ACT", url: ADDRESS, field: repealed}`'
    )
    return Mistake("unaccounted-change", path, f"{name} is gone from the file", hint)


def rewritten_record(draft: Draft) -> Mistakes:
    """Report an update, amendment or correction that was changed or taken out.

    They are only ever added, so that any day's picture can be seen again. If one turns out to be wrong, a
    later one says so, or `retracted` on an update. Evidence may be added to an update, and what is not yet
    known of a piece of evidence (its title, an archived copy) may be filled in. A link that was wrong is mended
    where `corrections` of the piece of evidence keeps it: `{date: DAY, field: url, was: ADDRESS}`, which
    `followup amend ID --correct --evidence ADDRESS --to ADDRESS` writes.

    Bad:
        - date: 2023-01-20
          status: in-progress
          note: The draft was finished.

    Good:
        - date: 2023-01-20
          status: in-progress
          note: The draft was published for discussion.
    """
    it = _compared(draft)
    if it is None:
        return
    for file, pair in _all_pairs(it):
        yield from _lost_entries(it, file, pair)
    for _, deliverables in it.deliverables:
        for pair in deliverables.pairs:
            yield from _lost_updates(it, pair)


def _all_pairs(it: Compared) -> Iterator[tuple[PlanFile, Pair]]:
    """Go through all records that are in both states: the plan, sections, activities, agencies, deliverables."""
    was, now = (each.raw[PLAN].get("plan") for each in (it.before, it.after))
    if type(was) is dict and type(now) is dict:
        yield PLAN, Pair(("plan",), was, ("plan",), now)
    yield from ((PLAN, pair) for pair in (*it.sections.pairs, *it.activities.pairs))
    yield from ((AGENCIES, pair) for pair in it.agencies.pairs)
    yield from ((PLAN, pair) for _, deliverables in it.deliverables for pair in deliverables.pairs)


def outdated_text(draft: Draft) -> Mistakes:
    """Warn of a text in another language that stayed when the plan's words changed.

    A text under `also` is one of the words beside it. Where an act or a correction changed these, the text
    is of words that are no longer there, and would be shown in their place.

    Bad:
        also: {kk: {deadline: 2023 жылғы тамыз}}

    Good:
        also: {kk: {deadline: 2022-2025 жылдар}}
    """
    it = _compared(draft)
    for file, pair in _all_pairs(it) if it else ():
        before = dict(by_language(pair.was))
        texts = ((language, *each) for language, some in by_language(pair.now) for each in some.items())
        for language, field, text in texts:
            stayed = before.get(language, {}).get(field) == text
            if stayed and pair.was.get(field) != pair.now.get(field):
                message = f"the words of `{field}` changed, and their text in `{language}` did not"
                at = (*pair.path, "also", language, field)
                yield Mistake(
                    "outdated-text",
                    at,
                    message,
                    "write the text of the new words",
                    file=file,
                    instead_of="contradicted-text",
                )


def _lost_entries(it: Compared, file: PlanFile, pair: Pair) -> Iterator[Mistake]:
    for name in ("amendments", "corrections"):
        entries = pair.now.get(name) or ()
        if not pair.was.get(name) or not is_sure(it.after, file, pair.path, name, pair.now.get(name)):
            continue
        kept = [_said(each) for each in entries]
        for entry in pair.was[name]:
            if type(entry) is dict and not any(_said(entry).items() <= each.items() for each in kept):
                field, day = entry.get("field"), entry.get("date")
                message = f"the entry of {day} on `{field}` was changed or taken out of `{name}`"
                hint = "restore it; a further entry can say what was wrong"
                where = (*pair.path, name) if entries else pair.path
                yield Mistake("rewritten-record", where, message, hint, file=file)


def _lost_updates(it: Compared, pair: Pair) -> Iterator[Mistake]:
    """Find the updates that no later one keeps whole; each keeps one."""
    before, after = pair.was.get("updates") or (), pair.now.get("updates") or ()
    if not before or not is_sure(it.after, PLAN, pair.path, "updates", pair.now.get("updates")):
        return
    whole = is_sure(it.before, PLAN, pair.was_path, "updates", before)
    rest = [each for each in after if type(each) is dict]
    lost: list[Raw] = []
    for update in (each for each in before if type(each) is dict):
        kept = next((each for each in rest if _keeps(update, each, whole=whole)), None)
        if kept is not None:
            rest.remove(kept)
        else:
            lost.append(update)
    # Only what no other keeps may be one that was changed.
    for update in lost:
        yield _lost_update(pair.path, after, rest, update)


def _lost_update(path: Steps, updates: Sequence[Any], rest: Sequence[Raw], lost: Raw) -> Mistake:
    """Tell of an update that none of the rest keeps, at the one that is probably it."""
    near = _nearest(rest, lost)
    index = next((index for index, each in enumerate(updates) if each is near), len(updates) - 1)
    message = f"the update of {lost.get('date')} was {_what_changed(lost, near)}"
    hint = 'restore it; `retracted: {date: DAY, note: "TEXT"}` on it, or a later update, says what was wrong'
    if near is not None and "evidence" in message:
        hint = (
            "restore it; a wrong link is mended where `corrections: [{date: DAY, field: url, was: ADDRESS}]` of that "
            "piece of evidence keeps it"
        )
    return Mistake("rewritten-record", (*path, "updates", index) if updates else path, message, hint)


def _nearest(rest: Sequence[Raw], lost: Raw) -> Raw | None:
    """Find the update that is probably the changed one, of those that are no other's."""
    alike = [sum(words(each.get(key)) == words(lost[key]) for key in lost) for each in rest]
    return rest[alike.index(max(alike))] if any(alike) else None


def _what_changed(lost: Raw, near: Raw | None) -> str:
    """Say what became of an update, and what it said, so that it can be restored."""
    if near is None:
        return "taken out"
    keys = [
        key for key in (*lost, *near) if key != "evidence" and words(lost.get(key)) != words(near.get(key))
    ]
    if not keys:
        return "changed in its evidence"
    was, key = lost.get(keys[0]), keys[0]
    if was is None:
        return f"changed: `{key}` was put in"
    return f"changed: its `{key}` was `{shown(str(was))}`"


def _keeps(before: Raw, after: Raw, *, whole: bool) -> bool:
    """Tell whether an update still says what one said; evidence may have been added, or that it was wrong."""
    later = {"evidence"} if "retracted" in before else {"evidence", "retracted"}
    keys = (before.keys() | after.keys() if whole else before.keys()) - later
    if any(words(before.get(key)) != words(after.get(key)) for key in keys):
        return False
    old, new = (
        [each for each in update.get("evidence") or () if type(each) is dict] for update in (before, after)
    )
    return all(any(_keeps_evidence(each, other) for other in new) for each in old)


def _keeps_evidence(before: Raw, after: Raw) -> bool:
    """Tell whether a piece of evidence still says what one said, or says beside it what was mended."""
    old, new = ([_said(each) for each in record.get("corrections") or ()] for record in (before, after))
    if not all(each in new for each in old):
        return False
    mended = [(each.get("field"), each.get("was")) for each in new if each not in old]
    kept = _said(after)
    return all(
        kept.get(key) == value or (key, value) in mended
        for key, value in _said(before).items()
        if key != "corrections"
    )
