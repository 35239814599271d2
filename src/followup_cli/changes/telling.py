"""Changes in words, as a reviewer would put them: what moved, by how much, on what grounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from followup_cli.changes.comparing import Change, How, What, joined
from followup_cli.deadlines import DeadlineError
from followup_cli.glossary import counted
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.reading import read_phrase


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """What changed in one record, in words: one line each."""

    what: What
    id: str
    lines: tuple[str, ...]


def tell(changes: Iterable[Change], before: Dataset, after: Dataset) -> list[RecordChanges]:
    """Say changes in words, grouped by record."""
    groups = groupby(changes, key=lambda change: (change.what, change.id))
    return [
        RecordChanges(what, key, tuple(_lines(list(group), before, after))) for (what, key), group in groups
    ]


def _lines(group: list[Change], before: Dataset, after: Dataset) -> Iterator[str]:
    status = next((c for c in group if c.field == "status"), None)
    if status is not None:
        yield _status_words(status, group)
    for change in group:
        if change.field == "deadline":
            yield _deadline_words(change, group, before, after)
        elif change.field == "agencies":
            yield from _agency_words(change)
        elif change is not status:
            yield _plain_words(change)


def _status_words(status: Change, group: list[Change]) -> str:
    """Lead with the status, on what evidence, and whether the deadline stood still meanwhile."""
    new = [c for c in group if c.field == "updates" and c.how is How.ADDED and isinstance(c.after, str)]
    backed = [c for c in new if str(c.after).startswith(str(status.after))]
    with_it = ""
    if backed:
        with_it = (
            ", with evidence"
            if any("[with evidence]" in str(c.after) for c in backed)
            else ", without evidence"
        )
    moved = any(c.field == "deadline" for c in group)
    line = f"status {status.before or 'none'} → {status.after or 'none'}{with_it}"
    return line if moved else f"{line}; deadline unchanged"


def _deadline_words(change: Change, group: list[Change], before: Dataset, after: Dataset) -> str:
    sides = (f"“{side}”" if side else "none" for side in (change.before, change.after))
    line = f"deadline {' → '.join(sides)}"
    old, new = _due(before, change.before), _due(after, change.after)
    if old and new and old != new:
        moved = counted(abs((new - old).days), "days")
        line += f" (due {old} → {new}, {moved} {'later' if new > old else 'earlier'})"
    reasons = [c for c in group if c.field in ("amendments", "corrections") and c.item == "deadline"]
    return line if any(c.how is How.ADDED for c in reasons) else f"{line}, by no amendment"


def _due(dataset: Dataset, phrase: Any) -> date | None:
    try:
        deadline = read_phrase(dataset.plan, str(phrase))
    except DeadlineError:
        return None
    due: date | None = deadline.due
    return due


def _agency_words(change: Change) -> Iterator[str]:
    if change.how is How.MOVED:
        assert isinstance(change.before, tuple)
        assert isinstance(change.after, tuple)
        stay = _longest_common(change.before, change.after)
        for code in change.after:
            if code in change.before and code not in stay:
                was, is_ = change.before.index(code) + 1, change.after.index(code) + 1
                yield f"agency {code} moved from place {was} to {is_}"
        if change.before[0] != change.after[0]:
            yield f"first-listed {change.before[0]} → {change.after[0]}"
    elif change.how is How.CHANGED:
        yield f"agency {change.before} → {change.after}"
    else:
        yield f"agency {change.after or change.before} {change.how.value}"


def _longest_common(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Find the most codes that have the same order in both."""
    place = {code: index for index, code in enumerate(before)}
    runs: list[tuple[str, ...]] = [()]
    for code in after:
        if code in place:
            earlier = [run for run in runs if not run or place[run[-1]] < place[code]]
            longest: tuple[str, ...] = max(earlier, key=len)
            runs.append((*longest, code))
    most: tuple[str, ...] = max(runs, key=len)
    return set(most)


def _parts_changed(change: Change) -> str:
    """Name the parts of a piece of evidence that are not what they were."""
    sides = [joined(side).split("; ") for side in (change.before, change.after)]
    was, now = ("; ".join(p for p in side if p not in other) for side, other in (sides, sides[::-1]))
    return f"“{was}” → “{now}”" if was and now else f"“{now}” added" if now else f"“{was}” removed"


def _plain_words(change: Change) -> str:
    name = change.field.replace("_", " ")
    if not change.field:
        return f"{change.what.value} {change.how.value}: {joined(change.after or change.before)}"
    if change.field == "updates":
        # What changes of an update is that it is retracted.
        how = "" if change.how is How.CHANGED else f"{change.how.value}: "
        return f"update {change.item} {how}{joined(change.after or change.before)}"
    if change.field == "evidence":
        line = f"evidence {change.how.value} in the update of {change.item}"
        return line if change.how is not How.CHANGED else f"{line}: {_parts_changed(change)}"
    if change.field in ("amendments", "corrections"):
        end = "" if change.how is How.ADDED else " (entry removed)"
        return f"{joined(change.after or change.before)}{end}"
    if change.how is How.CHANGED:
        return f"{name} “{joined(change.before)}” → “{joined(change.after)}”"
    return f"{name} {change.how.value}: {joined(change.after or change.before)}"
