"""Updates go into the text of the plan, or are marked as wrong: only lines are added, and the result is proved right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from followup_cli.changes.comparing import compare
from followup_cli.changes.telling import tell
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.files import read_data
from followup_cli.findings import Finding, Fix, Severity, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import Draft, decode_all, from_texts
from followup_cli.plan.records import Update
from followup_cli.plan.values import days_of, shown
from followup_cli.rules import check
from followup_cli.text.splicing import added_items, added_key, edited, last_character
from followup_cli.text.writing import flow


@dataclass(frozen=True, slots=True)
class Target:
    """A deliverable's id, and where its activity and it stand in the lists of the file."""

    id: str
    path: Steps


def choose_target(dataset: Dataset, text: str) -> Target:
    """Find the deliverable that an id names; an activity's number will do if it has only one.

    Raises:
        FollowupError: if it names none, or several.
    """
    sought = text.strip().removeprefix("#")
    numbers = [activity.id for activity in dataset.activities]
    number, _, part = (sought, "", "") if sought in numbers else sought.rpartition(".")
    if number not in numbers:
        near = nearest(sought, numbers)
        hint = f"did you mean `{near}`? " if near else ""
        hint += f"activities go from {numbers[0]} to {numbers[-1]}"
        raise FollowupError(f"there is no deliverable `{text[:60]}`", hint)
    index = numbers.index(number)
    deliverables = dataset.activities[index].deliverables
    ids = [f"{number}.{each}" for each in range(1, len(deliverables) + 1)]
    if not part and len(ids) > 1:
        outcomes = ", ".join(
            f"{i} ({d.outcome or d.deadline or d.title or 'no words'})"
            for i, d in zip(ids, deliverables, strict=True)
        )
        raise FollowupError(f"activity {number} has {len(ids)} deliverables", f"name one of {outcomes}")
    if part and sought not in ids:
        raise FollowupError(f"there is no deliverable `{sought}`", f"activity {number} has {', '.join(ids)}")
    chosen = ids.index(sought) if part else 0
    return Target(ids[chosen], ("activities", index, "deliverables", chosen))


@dataclass(frozen=True, slots=True)
class Opened:
    """The files as they were read, and what they say; they have no errors."""

    folder: Path
    contents: dict[PlanFile, bytes]
    draft: Draft
    dataset: Dataset
    findings: list[Finding]


def open_files(folder: Path, opened: Opened | None = None) -> Opened:
    """Read the files of a dataset, or give them as they were opened if no byte has changed.

    Raises:
        FollowupError: if they cannot be read, or have errors.
    """
    contents = {name: read_data(folder / name.value) for name in PlanFile}
    if opened is not None and opened.contents == contents:
        return opened
    draft = from_texts(decode_all(contents), folder.as_posix())
    findings = check(draft)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if draft.dataset is None or errors:
        first = f"{errors[0].file}:{errors[0].line}: {errors[0].message}" if errors else "it cannot be read"
        hint = f"`followup validate --data {folder.as_posix()}` shows what to mend first"
        raise FollowupError(f"the dataset has errors; the first: {first}", hint)
    return Opened(folder, contents, draft, draft.dataset, findings)


class Stretch(NamedTuple):
    """The lines of a file that an update takes: the entry that has it, the first line and the last, from 1."""

    id: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file before and after it was changed, the lines that are new, and what changed in words: of each entry a line."""

    before: bytes
    after: bytes
    added: tuple[Stretch, ...]
    words: tuple[str, ...]

    @property
    def whole_lines(self) -> bool:
        """Tell whether only whole lines were put in, so that deleting them is all it takes to go back."""
        old, new = self.before.splitlines(), self.after.splitlines()
        for each in reversed(self.added):
            del new[each.first - 1 : each.last]
        return new == old

    @property
    def places(self) -> list[int]:
        """Give for each line of words the first line that is new in the entry that it is about."""
        first = {each.id: each.first for each in reversed(self.added)}
        return [first.get(words.partition(":")[0], 1) for words in self.words]

    def difference(self, name: str) -> str:
        """Show the change as a unified diff."""
        from followup_cli.text.differing import difference

        return "".join(f"{line}\n" for line in difference(self.before.decode(), self.after.decode(), name))


class Edit(NamedTuple):
    """A change of the text in one entry, and what it makes of the data at a path."""

    target: Target
    fix: Fix
    path: Steps
    change: Callable[[Any], Any]


def add(opened: Opened, updates: Sequence[tuple[Target, dict[str, Any]]]) -> Recorded:
    """Add updates to the file, all or none, and prove that the result is right.

    Raises:
        FollowupError: if the text cannot be kept, or the result would have a new finding.
    """
    added, refused = add_all(opened, updates)
    if added is None:
        finding = refused[0][2]
        raise FollowupError(f"{finding.message}; nothing was written", finding.hint)
    return added


def add_all(
    opened: Opened, updates: Sequence[tuple[Target, dict[str, Any]]]
) -> tuple[Recorded | None, list[tuple[int | None, str, Finding]]]:
    """Add updates to the file as `add` does, and tell all that would be newly wrong.

    Returns:
        What was done, None if the result would have a new finding; and these findings, each with the index of
        the update that it is about, if it is about one, and the key in it.

    Raises:
        FollowupError: if the text cannot be kept.
    """
    document = opened.draft.documents[PlanFile.ACTIVITIES]
    # Where each update goes: the list of its deliverable, and how many of those that are there go before it.
    places: dict[tuple[Target, int], list[int]] = {}
    for number, (target, update) in sorted(enumerate(updates), key=lambda each: _known(each[1][1])):
        index = sum(days_of(each.date)[1] <= _known(update) for each in updates_of(opened.dataset, target))
        places.setdefault((target, index), []).append(number)
    edits: list[Edit] = []
    paths: dict[int, Steps] = {}
    for target, index in sorted(places, key=lambda place: (place[0].path, -place[1])):
        numbers, path = places[target, index], (*target.path, "updates")
        items = [updates[number][1] for number in numbers]
        fix = added_items(document, path, index, items)
        edits.append(Edit(target, fix, path, partial(_with_items, index, items)))
        earlier = sum(len(places[each]) for each in places if each[0] == target and each[1] < index)
        paths |= {number: (*path, index + earlier + i) for i, number in enumerate(numbers)}
    after, result, findings = made(opened, edits)
    if findings:
        return None, [(*_about(result, finding, paths), finding) for finding in findings]
    return recorded(opened, edits, after, result), []


def _known(update: Mapping[str, Any]) -> str:
    return days_of(update["date"])[1]


def _with_items(index: int, items: list[Any], there: Any) -> list[Any]:
    there = list(there or ())
    return [*there[:index], *items, *there[index:]]


def _about(result: Draft, finding: Finding, paths: Mapping[int, Steps]) -> tuple[int | None, str]:
    """Tell the number of the update in whose text a finding is, and the key under which it stands there."""
    document = result.documents[PlanFile.ACTIVITIES]
    for number, path in paths.items():
        node = document.node(path)
        if node is None:
            continue
        last = node.place.line + document.text.count("\n", node.start, last_character(document.text, node))
        if node.place.line <= finding.line <= last:
            keys = [key.value for key, _ in node.value if key.place[:2] <= finding.position[:2]]
            return number, keys[-1] if keys else ""
    return None, ""


def choose_update(opened: Opened, target: Target, text: str) -> Update:
    """Find the update of a deliverable that is to be retracted: by its date as the file has it, or its number from 1.

    Raises:
        FollowupError: if there is none, if there are several, or if it is retracted already.
    """
    updates = updates_of(opened.dataset, target)
    said = {
        number: ", ".join(filter(None, (each.date, each.status, each.for_, shown(each.note or ""))))
        for number, each in enumerate(updates, 1)
    }
    number = text.removeprefix("#")
    named = [n for n, each in enumerate(updates, 1) if text == each.date or number == str(n)]
    standing = [n for n in named if updates[n - 1].retracted is None]
    if len(standing) == 1:
        return updates[standing[0] - 1]
    if named and not standing:
        raise FollowupError(
            f"the update `{text}` of {target.id} is retracted already", "nothing is left to do"
        )
    choices = "; ".join(f"{n} ({said[n]})" for n in standing or said)
    if standing:
        raise FollowupError(f"{target.id} has {len(standing)} updates of {text}", f"name one of {choices}")
    hint = f"its updates are {choices}" if said else "there is nothing to retract"
    raise FollowupError(f"{target.id} has no update `{text[:60]}`", hint)


def retract(opened: Opened, target: Target, update: Update, retracted: dict[str, str]) -> Recorded:
    """Mark an update as wrong; it stays where it is.

    Raises:
        FollowupError: if it is no longer there, the text cannot be kept, or the result would have a new finding.
    """
    updates = updates_of(opened.dataset, target)
    if update not in updates:
        raise _changed_meanwhile()
    path = (*target.path, "updates", updates.index(update))
    line = f"retracted: {flow(retracted)}"
    fix = added_key(opened.draft.documents[PlanFile.ACTIVITIES], path, (), line)
    edit = Edit(target, fix, path, lambda before: {**before, "retracted": retracted})
    after, result, findings = made(opened, [edit])
    if findings:
        raise FollowupError(f"{findings[0].message}; nothing was written", findings[0].hint)
    return recorded(opened, [edit], after, result)


def made(opened: Opened, edits: Sequence[Edit]) -> tuple[bytes, Draft, list[Finding]]:
    """Make changes of the file, and prove that it says what they mean: its bytes, what is read of them, what is newly wrong."""
    file = PlanFile.ACTIVITIES
    before, document = opened.contents[file], opened.draft.documents[file]
    meant = document.data
    for edit in edits:
        meant = _with(meant, edit.path, edit.change)
    after = edited(before, [edit.fix for edit in edits], meant, document.file)
    result = from_texts(decode_all(opened.contents | {file: after}), opened.folder.as_posix())
    old_findings = {(finding.code, finding.message) for finding in opened.findings}
    new = [finding for finding in check(result) if (finding.code, finding.message) not in old_findings]
    return after, result, new


def recorded(opened: Opened, edits: Sequence[Edit], after: bytes, result: Draft) -> Recorded:
    """Say which lines are new, and what changed in words."""
    assert result.dataset is not None
    document = opened.draft.documents[PlanFile.ACTIVITIES]
    added, moved = [], 0
    for edit in sorted(edits, key=lambda edit: edit.fix):
        # The added text begins with a line break where it follows a line, with its first letter where not.
        text = edit.fix.text
        first = document.text.count("\n", 0, edit.fix.start) + 1 + (text[:1] in "\r\n") + moved
        added.append(Stretch(edit.target.id, first, first + text.strip("\r\n").count("\n")))
        moved += text.count("\n") - document.text.count("\n", edit.fix.start, edit.fix.end)
    # All activities but those in question are left out.
    activities = sorted({int(edit.target.path[1]) for edit in edits})
    old, new = (
        replace(dataset, activities=tuple(dataset.activities[index] for index in activities))
        for dataset in (opened.dataset, result.dataset)
    )
    words = tuple(f"{each.id}: {'; '.join(each.lines)}" for each in tell(compare(old, new), old, new))
    return Recorded(opened.contents[PlanFile.ACTIVITIES], after, tuple(added), words)


def updates_of(dataset: Dataset, target: Target) -> tuple[Update, ...]:
    """Give the updates that a deliverable has by now; someone may have written since it was looked up."""
    _, activity, _, deliverable = target.path
    ids = [f"{each.id}" for each in dataset.activities]
    if ids[int(activity) : int(activity) + 1] == [target.id.rpartition(".")[0]]:
        deliverables = dataset.activities[int(activity)].deliverables
        if int(deliverable) < len(deliverables):
            return deliverables[int(deliverable)].updates
    raise _changed_meanwhile()


def _changed_meanwhile() -> FollowupError:
    return FollowupError("the dataset was changed in the meantime; nothing was written", "run it again")


def _with(data: Any, path: Steps, change: Callable[[Any], Any]) -> Any:
    """Give the data with what is at a path changed, the rest as it is."""
    if not path:
        return change(data)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_with(each, rest, change) if i == step else each for i, each in enumerate(data)]
    return {**data, step: _with(data.get(step), rest, change)}
