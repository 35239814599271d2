"""An update goes into the text of the plan: only lines are added, and the result is proved right."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from followup_cli.changes.comparing import compare
from followup_cli.changes.telling import tell
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.files import read_data
from followup_cli.findings import Finding, Severity, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import Draft, decode_all, from_texts
from followup_cli.plan.records import Update
from followup_cli.rules import check
from followup_cli.text.splicing import added_item, edited


@dataclass(frozen=True, slots=True)
class Place:
    """A deliverable's id, and where its activity and it stand in the lists of the file."""

    name: str
    path: Steps


def meant(dataset: Dataset, text: str) -> Place:
    """Find the deliverable that an id names; an activity's number will do if it has only one.

    Raises:
        FollowupError: if none or several are meant.
    """
    sought = text.strip().removeprefix("#")
    number, _, part = sought.partition(".")
    for index, activity in enumerate(dataset.activities):
        if str(activity.id) != number:
            continue
        ids = [f"{number}.{each}" for each in range(1, len(activity.deliverables) + 1)]
        if not part and len(ids) > 1:
            outcomes = ", ".join(
                f"{i} ({d.outcome})" for i, d in zip(ids, activity.deliverables, strict=True)
            )
            raise FollowupError(f"activity {number} has {len(ids)} deliverables", f"name one of {outcomes}")
        if not part or sought in ids:
            chosen = ids.index(sought) if part else 0
            return Place(ids[chosen], ("activities", index, "deliverables", chosen))
        raise FollowupError(f"there is no deliverable `{sought}`", f"activity {number} has {', '.join(ids)}")
    near = nearest(sought, [str(activity.id) for activity in dataset.activities])
    first, last = dataset.activities[0].id, dataset.activities[-1].id
    hint = f"did you mean `{near}`? " if near else ""
    raise FollowupError(
        f"there is no deliverable `{text[:60]}`", f"{hint}activities go from {first} to {last}"
    )


@dataclass(frozen=True, slots=True)
class State:
    """The files as they were read, and what they say; they have no errors."""

    folder: Path
    contents: dict[PlanFile, bytes]
    draft: Draft
    dataset: Dataset
    findings: list[Finding]


def read_state(folder: Path, known: State | None = None) -> State:
    """Read the files, or take what is known of them where no byte has changed.

    Raises:
        FollowupError: if they cannot be read, or have errors.
    """
    contents = {name: read_data(folder / name.value) for name in PlanFile}
    if known is not None and known.contents == contents:
        return known
    draft = from_texts(decode_all(contents), folder.as_posix())
    findings = check(draft)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if draft.dataset is None or errors:
        first = f"{errors[0].file}:{errors[0].line}: {errors[0].message}" if errors else "it cannot be read"
        hint = f"`followup validate --data {folder.as_posix()}` shows what to mend first"
        raise FollowupError(f"the dataset has errors; the first: {first}", hint)
    return State(folder, contents, draft, draft.dataset, findings)


def add(state: State, place: Place, update: dict[str, Any]) -> "Recorded":
    """Add an update to the file, and prove that the result is right.

    Raises:
        FollowupError: if the text cannot be kept, or the result would have a new finding.
    """
    file, path = PlanFile.ACTIVITIES, (*place.path, "updates")
    before, document = state.contents[file], state.draft.documents[file]
    index = sum(each.date.isoformat() <= update["date"] for each in _updates(state.dataset, place))
    fix = added_item(document, path, index, update)
    after = edited(before, [fix], _with_update(document.data, path, index, update), document.file)
    result = from_texts(decode_all(state.contents | {file: after}), state.folder.as_posix())
    known = [(finding.code, finding.message) for finding in state.findings]
    for finding in check(result):
        if (finding.code, finding.message) not in known:
            raise FollowupError(f"{finding.message}; nothing was written", finding.hint)
    assert result.dataset is not None
    # The added text begins with a line break where it follows a line, with its first letter where not.
    first = document.text.count("\n", 0, fix.start) + 1 + (fix.text[:1] in "\r\n")
    last = first + fix.text.strip("\r\n").count("\n")
    old, new = (_only(dataset, place) for dataset in (state.dataset, result.dataset))
    words = "; ".join(line for each in tell(compare(old, new), old, new) for line in each.lines)
    return Recorded(before, after, first, last, f"{place.name}: {words}")


def _only(dataset: Dataset, place: Place) -> Dataset:
    """Leave out all activities but the one in question."""
    return replace(dataset, activities=(dataset.activities[int(place.path[1])],))


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file before and after an update was added, the lines that are new, and what changed in words."""

    before: bytes
    after: bytes
    first: int
    last: int
    told: str

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


def _updates(dataset: Dataset, place: Place) -> tuple[Update, ...]:
    """Give the updates that a deliverable has by now; someone may have written since it was looked up."""
    _, activity, _, deliverable = (int(step) if isinstance(step, int) else 0 for step in place.path)
    found = dataset.activities[activity] if activity < len(dataset.activities) else None
    number = place.name.partition(".")[0]
    if found is None or str(found.id) != number or deliverable >= len(found.deliverables):
        raise FollowupError("the dataset was changed in the meantime; nothing was written", "run it again")
    return found.deliverables[deliverable].updates


def _with_update(data: Any, path: Steps, index: int, update: dict[str, Any]) -> Any:
    """Give the data with an update added, the rest as it is."""
    if not path:
        items = list(data or ())
        return [*items[:index], update, *items[index:]]
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_with_update(each, rest, index, update) if i == step else each for i, each in enumerate(data)]
    return {**data, step: _with_update(data.get(step), rest, index, update)}
