"""`history`: the life of an activity or deliverable."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from typer import Argument

from followup_cli import git
from followup_cli.app.asking import ask
from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.session import data_folder
from followup_cli.app.streams import Answer, say
from followup_cli.changes.comparing import Change, compare
from followup_cli.changes.telling import tell
from followup_cli.errors import FollowupError
from followup_cli.git import Commit
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import decode_all, from_texts
from followup_cli.questions.card import find
from followup_cli.questions.earlier import commit_of, day_zone, names_of_plan
from followup_cli.questions.history import events
from followup_cli.table import Cell, Column, Kind, Page, Phrase, Table

EXAMPLES = """Examples:

  followup history 24

  followup history 24.2 --as-of 2024-12-31

  followup history 24.2 --format json
"""


def run(
    question: Question,
    options: OutputOptions,
    id: Annotated[str, Argument(metavar="ID", help="An activity (24) or one of its deliverables (24.2).")],  # noqa: A002
) -> Answer:
    """Show the life of an activity or deliverable: the plan, amendments, updates, and the commits that touched it."""
    picture = ask(question)
    subject = find(picture, id)
    owner = str(subject.activity)
    wanted = {*subject.ids, owner} if subject.whole else set(subject.ids)
    title = (
        Phrase("Activity {id}", id=owner) if subject.whole else Phrase("Deliverable {id}", id=subject.ids[0])
    )
    page = Page(
        Phrase("{what}: {title}, {moment}", what=title, title=subject.title, moment=picture.moment),
        (events(picture, subject), _commits(data_folder(question.data), question.at, owner, wanted)),
        main="events",
        provenance=picture.provenance(),
    )
    return Answer(page, options, pipe="table")


def _commits(folder: Path, at: str | None, activity: str, ids: set[str]) -> Table:
    """Lay out the commits that changed what the dataset says of these ids, newest first."""
    columns = (
        Column("commit"),
        Column("date", Kind.DATE),
        Column("author", keep=4),
        Column("subject", keep=5),
        Column("changed", label="what changed", keep=8),
    )
    try:
        head = commit_of(folder, at or "HEAD")
        touched, blobs = git.commits(folder, names_of_plan(folder, head), head, day_zone(folder))
        contents = git.read_blobs(folder, blobs.values())
    except FollowupError as error:
        why = f"{error.message}: {error.hint}" if error.hint else error.message
        return Table("commits", "Commits", columns, (), empty=why)
    if any(commit.cut for commit in touched):
        say(
            "note: this clone is shallow, so earlier commits are not told; `git fetch --unshallow` brings them"
        )
    states = {blob: _state(content, activity) for blob, content in contents.items()}
    said = {commit: states[blob] for commit, blob in blobs.items()}
    for commit in reversed(touched):
        # Where the file could not be read, what it said before still stands.
        if said.get(commit.hash) is None and commit.parents:
            said[commit.hash] = said.get(commit.parents[0])
    rows: list[tuple[Cell, ...]] = []
    for commit in touched:
        words = "" if commit.cut else _changed(commit, said, ids)
        if words:
            rows.append((commit.hash[:10], commit.day, commit.author, commit.subject, words))
    return Table("commits", "Commits that touched it", columns, rows, empty="no commit touched it")


def _state(content: bytes, activity: str) -> Dataset | None:
    """Read what the file said, with no more than the activity in question."""
    texts = decode_all({PlanFile.ACTIVITIES: content, PlanFile.AGENCIES: _NO_AGENCIES})
    dataset = from_texts(texts).dataset
    if dataset is None:
        return None
    return replace(dataset, activities=tuple(a for a in dataset.activities if str(a.id) == activity))


_NO_AGENCIES = b"agencies: [{code: X, name: X}]\n"


def _changed(commit: Commit, said: dict[str, Dataset | None], ids: set[str]) -> str:
    """Tell what a commit changed; a merge, only what differs from all that was merged."""
    after = said.get(commit.hash)
    if after is None:
        return ""
    sides = [said.get(parent) or replace(after, activities=()) for parent in commit.parents or ("",)]
    changes = [change for change in compare(sides[0], after) if change.id in ids or _whole(change.id, ids)]
    for side in sides[1:]:
        own = {_subject(change) for change in compare(side, after)}
        changes = [change for change in changes if _subject(change) in own]
    return "; ".join(line for each in tell(changes, sides[0], after) for line in each.lines)


def _subject(change: Change) -> tuple[str, ...]:
    return change.what, change.id, change.field, change.item or ""


def _whole(identifier: str, ids: set[str]) -> bool:
    """Tell whether a change is of the activity that all ids lie in."""
    return all(each == identifier or each.rpartition(".")[0] == identifier for each in ids)
