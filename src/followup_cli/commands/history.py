"""`history`: the life of an activity or deliverable."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from typer import Argument

from followup_cli import git
from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.session import Asked, ask, data_folder
from followup_cli.app.streams import Answer, say
from followup_cli.changes.comparing import Change, compare
from followup_cli.changes.telling import tell
from followup_cli.commands.show import meant
from followup_cli.deadlines import read
from followup_cli.errors import FollowupError
from followup_cli.git import Commit
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import decode_all, from_texts
from followup_cli.plan.in_force import ADDED, AS_ENACTED, REPEALED, words_until
from followup_cli.plan.records import Activity, Deliverable, Update
from followup_cli.questions.earlier import commit_of, day_zone, names_of_plan
from followup_cli.store.progress import known_updates
from followup_cli.table import Cell, Column, Kind, Page, Table

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
    asked = ask(question)
    activity, standings = meant(asked, id)
    ids = [standing.facts.id for standing in standings]
    wanted = {*ids, str(activity.id)} if id.strip().removeprefix("#") == str(activity.id) else set(ids)
    title = f"{'Activity' if str(activity.id) in wanted else 'Deliverable'} {id.strip().removeprefix('#')}"
    commits = _commits(data_folder(question.data), question.at, wanted)
    page = Page(
        f"{title}: {standings[0].facts.title}, {asked.moment}",
        (_events(asked, activity, ids), commits),
        main="events",
    )
    return Answer(page, options, pipe="table")


def _events(asked: Asked, activity: Activity, ids: list[str]) -> Table:
    """Lay out what happened, oldest first: adoption, amendments, updates."""
    events: list[Event] = []
    events += _entries(asked, str(activity.id), activity)
    for number, deliverable in enumerate(activity.deliverables, 1):
        identifier = f"{activity.id}.{number}"
        if identifier in ids:
            events.append(_adopted(asked, identifier, deliverable))
            events += _entries(asked, identifier, deliverable)
            events += [_update(identifier, each) for each in known_updates(deliverable.updates, asked.as_of)]
    columns = (
        Column("date", Kind.DATE),
        Column("id"),
        Column("event"),
        Column("what", keep=8),
        Column("source", keep=5),
        Column("url", keep=2),
    )
    rows: list[tuple[Cell, ...]] = [*sorted(events, key=lambda event: event[0])]
    return Table("events", "What happened", columns, rows)


Event = tuple[date, str, str, str, str | None, str | None]  # day, id, what sort, what, source, address


def _adopted(asked: Asked, identifier: str, deliverable: Deliverable) -> Event:
    """Tell what the plan said when it was adopted, or what the act said that added the deliverable."""
    plan = asked.dataset.plan
    first = deliverable.model_copy(update=words_until(deliverable.amendments, AS_ENACTED))
    due = read(first.deadline, lang=plan.language.value, adopted=plan.adopted).due
    window = f"“{first.deadline}”, due {due}" if due else f"“{first.deadline}”"
    return (plan.adopted, identifier, "plan", f"{first.outcome}; {window}", plan.act, None)


def _entries(asked: Asked, identifier: str, record: Activity | Deliverable) -> list[Event]:
    events: list[Event] = []
    for each in record.amendments:
        if each.date <= asked.as_of:
            words = str(each.field)
            if each.field not in (ADDED, REPEALED):
                now = words_until(record.amendments, each.date).get(each.field, getattr(record, each.field))
                words = f"{each.field} “{_joined(each.was)}” → “{_joined(now)}”"
            events.append((each.date, identifier, "amendment", words, each.act, each.url))
    for mended in record.corrections:
        words = f"{mended.field}: the dataset had “{_joined(mended.was)}”"
        events.append((mended.date, identifier, "correction", words, mended.note, mended.url))
    return events


def _joined(words: Any) -> str:
    parts = words if isinstance(words, tuple) else (words,)
    return "; ".join(str(part) for part in parts if part is not None)


def _update(identifier: str, update: Update) -> Event:
    said = [str(update.status)] if update.status else []
    said += [update.note] if update.note else []
    source = "; ".join(each.act or each.publisher for each in update.evidence) or None
    urls = " ".join(each.url for each in update.evidence) or None
    return (update.date, identifier, "update", ": ".join(said) or "evidence", source, urls)


def _commits(folder: Path, at: str | None, ids: set[str]) -> Table:
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
    states = {blob: _state(content, ids) for blob, content in contents.items()}
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


def _state(content: bytes, ids: set[str]) -> Dataset | None:
    """Read what the file said, with no more than the activity in question."""
    texts = decode_all({PlanFile.ACTIVITIES: content, PlanFile.AGENCIES: _NO_AGENCIES})
    dataset = from_texts(texts).dataset
    if dataset is None:
        return None
    number = next(iter(ids)).partition(".")[0]
    return replace(dataset, activities=tuple(a for a in dataset.activities if str(a.id) == number))


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
    return all(each.partition(".")[0] == identifier for each in ids)
