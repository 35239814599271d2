"""`show`: one activity or deliverable, as a card."""

from typing import Annotated

from typer import Argument

from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.session import Asked, ask
from followup_cli.app.streams import Answer
from followup_cli.choosing import nearest
from followup_cli.deadlines import RULES as DEADLINE_RULES
from followup_cli.errors import FollowupError
from followup_cli.glossary import STATE_MEANINGS, Role
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.records import Activity, Update
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.query import table
from followup_cli.store.progress import Standing, known_updates
from followup_cli.table import Cell, Column, Kind, Page, Table

EXAMPLES = """Examples:

  followup show 24

  followup show 24.2 --as-of 2024-07-04

  followup show 12 --format json
"""


def run(
    question: Question,
    options: OutputOptions,
    id: Annotated[str, Argument(metavar="ID", help="An activity (24) or one of its deliverables (24.2).")],  # noqa: A002
) -> Answer:
    """Show all about one activity or deliverable: the plan's words, how they were read, what was reported."""
    asked = ask(question)
    activity, standings = meant(asked, id)
    return Answer(card(asked, activity, standings), options, pipe="table", pages=True)


def meant(asked: Asked, text: str) -> tuple[Activity, list[Standing]]:
    """Find an activity with all its deliverables, or with the one that is named.

    Raises:
        FollowupError: if there is none.
    """
    sought = text.strip().removeprefix("#")
    found = [s for s in asked.standings if sought in (s.facts.id, str(s.facts.activity))]
    if found:
        return asked.dataset.activity_by_id[found[0].facts.activity], found
    inside = [s.facts.id for s in asked.standings if str(s.facts.activity) == sought.partition(".")[0]]
    if inside:
        raise FollowupError(
            f"there is no deliverable `{text}`", f"there {'are' if inside[1:] else 'is'} {', '.join(inside)}"
        )
    ids = {s.facts.id for s in asked.standings} | {str(s.facts.activity) for s in asked.standings}
    near = nearest(sought, ids)
    first, last = asked.dataset.activities[0].id, asked.dataset.activities[-1].id
    hint = f"did you mean `{near}`? " if near else ""
    if sought.upper() in asked.dataset.agency_by_code:
        hint = f"`followup agencies {sought.upper()}` shows the agency; "
    raise FollowupError(
        f"there is no activity or deliverable `{text}`", f"{hint}activities go from {first} to {last}"
    )


def card(asked: Asked, activity: Activity, standings: list[Standing]) -> Page:
    """Make the card of an activity."""
    section = asked.dataset.section_by_id[activity.section]
    about = Table(
        "activity",
        "",
        (
            Column("activity", Kind.NUMBER),
            Column("section"),
            Column("title"),
            Column("points", Kind.LIST),
            Column("others"),
            Column("as_of", Kind.DATE),
            Column("at"),
        ),
        [
            (
                activity.id,
                f"{section.id}. {section.title}",
                activity.title,
                activity.points,
                activity.others,
                asked.as_of,
                asked.at,
            )
        ],
        record=True,
    )
    return Page(
        f"Activity {activity.id}",
        (
            about,
            _deliverables(standings),
            _agencies(asked.dataset, activity),
            _updates(asked, activity, standings),
        ),
        main="deliverables",
    )


def _deliverables(standings: list[Standing]) -> Table:
    own_titles = any(s.facts.title != s.facts.activity_title for s in standings)
    names = [
        "id",
        *(["title"] if own_titles else []),
        "outcome",
        "deadline",
        "start",
        "due",
        "status",
        "status_date",
        "state",
        "days_left",
        "kind",
        "rule",
        "recurrence",
    ]
    made = table(standings, [FIELDS[name] for name in names], title="Deliverables")
    columns = (
        *made.columns,
        Column("read_by", label="how the deadline was read", keep=1),
        Column("meaning", keep=1),
    )
    rows = [
        (*row, DEADLINE_RULES.get(s.facts.rule, ""), STATE_MEANINGS[s.state])
        for row, s in zip(made.rows, standings, strict=True)
    ]
    return Table("deliverables", "Deliverables", columns, rows, cards=True)


def _agencies(dataset: Dataset, activity: Activity) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, assignment in enumerate(activity.agencies):
        agency = dataset.agency_by_code[assignment.agency]
        successors = tuple(s.name for s in agency.successors)
        rows.append(
            (
                assignment.agency,
                agency.name,
                assignment.role.value,
                "first-listed" if number == 0 else None,
                successors,
            )
        )
    no_lead = all(a.role is Role.AS_AGREED for a in activity.agencies)
    title = "Agencies" + (": no lead, all take part by consent (as agreed)" if no_lead else "")
    columns = (
        Column("agency"),
        Column("name", keep=8),
        Column("role", keep=9),
        Column("position", keep=3),
        Column("successors", Kind.LIST, keep=2),
    )
    return Table("agencies", title, columns, rows)


def _updates(asked: Asked, activity: Activity, standings: list[Standing]) -> Table:
    columns = (
        Column("id"),
        Column("date", Kind.DATE),
        Column("status", keep=8),
        Column("note", keep=7),
        Column("bears_on", keep=6),
        Column("publisher", keep=4),
        Column("kind", keep=2),
        Column("act", keep=2),
        Column("url", Kind.LINK, keep=5),
    )
    rows: list[tuple[Cell, ...]] = []
    wanted = {s.facts.id for s in standings}
    for number, deliverable in enumerate(activity.deliverables, 1):
        identifier = f"{activity.id}.{number}"
        if identifier in wanted:
            for update in known_updates(deliverable.updates, asked.as_of):
                rows += _update_rows(identifier, update)
    return Table(
        "updates",
        "Updates and evidence",
        columns,
        rows,
        empty="nothing is noted by this day; silence is not failure",
        cards=True,
    )


def _update_rows(identifier: str, update: Update) -> list[tuple[Cell, ...]]:
    status = update.status.value if update.status else None
    head: tuple[Cell, ...] = (identifier, update.date, status, update.note)
    if not update.evidence:
        return [(*head, None, None, None, None, None)]
    return [(*head, e.bears_on.value, e.publisher, e.kind.value, e.act, e.url) for e in update.evidence]
