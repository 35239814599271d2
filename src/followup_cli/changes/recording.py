"""An update goes into the text of the plan, or is marked as wrong: only lines are added, and the result is proved right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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
from followup_cli.text.splicing import added_item, added_key, edited
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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file before and after an update was added, the lines that are new, and what changed in words."""

    before: bytes
    after: bytes
    first: int
    last: int
    words: str

    @property
    def whole_lines(self) -> bool:
        """Tell whether only whole lines were put in, so that deleting them is all it takes to go back."""
        old, new = self.before.splitlines(), self.after.splitlines()
        return new[: self.first - 1] + new[self.last :] == old

    def difference(self, name: str) -> str:
        """Show the change as a unified diff."""
        from difflib import unified_diff

        old, new = (text.decode("utf-8").splitlines(keepends=True) for text in (self.before, self.after))
        names = (name, name) if name.startswith("/") else (f"a/{name}", f"b/{name}")
        lines = [line.rstrip("\r\n") + "\n" for line in unified_diff(old, new, *names)]
        return "".join(lines)


def add(opened: Opened, target: Target, update: dict[str, Any]) -> Recorded:
    """Add an update to the file, and prove that the result is right.

    Raises:
        FollowupError: if the text cannot be kept, or the result would have a new finding.
    """
    path = (*target.path, "updates")
    day = days_of(update["date"])[1]
    index = sum(days_of(each.date)[1] <= day for each in _updates(opened.dataset, target))
    fix = added_item(opened.draft.documents[PlanFile.ACTIVITIES], path, index, update)

    def with_update(updates: Any) -> list[Any]:
        items = list(updates or ())
        return [*items[:index], update, *items[index:]]

    return _recorded(opened, target, fix, path, with_update)


def choose_update(opened: Opened, target: Target, text: str) -> Update:
    """Find the update of a deliverable that is to be retracted: by its date as the file has it, or its number from 1.

    Raises:
        FollowupError: if there is none, if there are several, or if it is retracted already.
    """
    updates = _updates(opened.dataset, target)
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
    updates = _updates(opened.dataset, target)
    if update not in updates:
        raise _changed_meanwhile()
    path = (*target.path, "updates", updates.index(update))
    line = f"retracted: {flow(retracted)}"
    fix = added_key(opened.draft.documents[PlanFile.ACTIVITIES], path, (), line)
    return _recorded(opened, target, fix, path, lambda before: {**before, "retracted": retracted})


def _recorded(
    opened: Opened, target: Target, fix: Fix, path: Steps, change: Callable[[Any], Any]
) -> Recorded:
    """Make the change of a file that a fix is and that changes what is at a path, and prove that it is right."""
    file = PlanFile.ACTIVITIES
    before, document = opened.contents[file], opened.draft.documents[file]
    after = edited(before, [fix], _with(document.data, path, change), document.file)
    result = from_texts(decode_all(opened.contents | {file: after}), opened.folder.as_posix())
    old_findings = {(finding.code, finding.message) for finding in opened.findings}
    for finding in check(result):
        if (finding.code, finding.message) not in old_findings:
            raise FollowupError(f"{finding.message}; nothing was written", finding.hint)
    assert result.dataset is not None
    # The added text begins with a line break where it follows a line, with its first letter where not.
    first = document.text.count("\n", 0, fix.start) + 1 + (fix.text[:1] in "\r\n")
    last = first + fix.text.strip("\r\n").count("\n")
    # All activities but the one in question are left out.
    activity = int(target.path[1])
    old, new = (
        replace(d, activities=d.activities[activity : activity + 1]) for d in (opened.dataset, result.dataset)
    )
    words = "; ".join(line for each in tell(compare(old, new), old, new) for line in each.lines)
    return Recorded(before, after, first, last, f"{target.id}: {words}")


def _updates(dataset: Dataset, target: Target) -> tuple[Update, ...]:
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
