"""The card of an activity or a deliverable: the plan's words, how they were read, what was reported."""

from typing import NamedTuple

from followup_cli.choosing import nearest
from followup_cli.deadlines import RULES
from followup_cli.errors import FollowupError
from followup_cli.glossary import STATE_MEANINGS, State
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import Where
from followup_cli.questions.listing import listing
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Page, Table

_READ = ["start", "due", "status", "status_date", "state", "days_left", "kind", "rule", "recurrence"]


class Subject(NamedTuple):
    """What an id names: an activity, and of its deliverables one or, as `whole`, all that are in force."""

    activity: int | str
    wording: int
    ids: tuple[str, ...]
    whole: bool
    title: str

    @property
    def condition(self) -> Where:
        """Select the deliverables."""
        marks = ", ".join("?" * len(self.ids))
        return Where(f"wording = ? AND id IN ({marks})", (self.wording, *self.ids))


def find(picture: Picture, text: str) -> Subject:
    """Find the activity or the deliverable that an id names.

    Raises:
        FollowupError: if there is none.
    """
    sought = text.strip().removeprefix("#")
    number, _, _ = sought.rpartition(".")
    query = (
        "SELECT id, activity, wording, title FROM standing WHERE CAST(activity AS TEXT) IN (?, ?)"
        " ORDER BY position"
    )
    rows = picture.rows(query, [sought, number])
    whole = [row for row in rows if str(row[1]) == sought]
    exact = whole or [row for row in rows if row[0] == sought]
    if exact:
        _, activity, wording, title = exact[0]
        return Subject(activity, wording, tuple(row[0] for row in exact), bool(whole), title)
    if rows:
        are = "are" if rows[1:] else "is"
        raise FollowupError(
            f"there is no deliverable `{text}`", f"there {are} {', '.join(r[0] for r in rows)}"
        )
    raise FollowupError(f"there is no activity or deliverable `{text}`", _hint(picture, sought))


def _hint(picture: Picture, sought: str) -> str:
    ids = picture.rows("SELECT CAST(activity AS TEXT), id FROM standing ORDER BY position")
    if not ids:
        return "the plan has none on this day"
    near = nearest(sought, dict.fromkeys(name for row in ids for name in row))
    hint = f"did you mean `{near}`? " if near else ""
    if sought.upper() in picture.agencies:
        hint = f"`followup agencies {sought.upper()}` shows the agency; "
    return f"{hint}activities go from {ids[0][0]} to {ids[-1][0]}"


def card(picture: Picture, subject: Subject) -> Page:
    """Make the card of an activity, with the deliverables that are named."""
    parts = (_about, _deliverables, _agencies, _updates)
    tables = tuple(part(picture, subject) for part in parts)
    about = picture.provenance(f"activity {subject.activity}", len(subject.ids))
    return Page(f"Activity {subject.activity}", tables, main="deliverables", provenance=about)


def _about(picture: Picture, subject: Subject) -> Table:
    query = "SELECT section, title, points, others FROM activity WHERE wording = ?"
    section, title, points, others = picture.rows(query, [subject.wording])[0]
    columns = (
        Column("activity", Kind.NUMBER if isinstance(subject.activity, int) else Kind.TEXT),
        Column("section"),
        Column("title"),
        Column("points", Kind.LIST),
        Column("others"),
        Column("as_of", Kind.DATE),
        Column("at"),
    )
    words = (f"{section}. {picture.sections[section]}", title, read_cell(Kind.LIST, points), others)
    row = (subject.activity, *words, picture.as_of, picture.revision)
    return Table("activity", "", columns, [row], record=True)


def _deliverables(picture: Picture, subject: Subject) -> Table:
    query = "SELECT 1 FROM standing WHERE wording = ? AND title <> activity_title"
    own_titles = picture.rows(query, [subject.wording])
    names = ["id", *(["title"] if own_titles else []), "outcome", "deadline", *_READ]
    made = listing(picture, [FIELDS[name] for name in names], subject.condition)
    rule, state = names.index("rule"), names.index("state")
    columns = (
        *made.columns,
        Column("read_by", label="how the deadline was read", keep=1),
        Column("meaning", keep=1),
    )
    rows = [
        (*row, RULES.get(str(row[rule]), ""), STATE_MEANINGS[State(str(row[state]))]) for row in made.rows
    ]
    return Table("deliverables", "Deliverables", columns, rows, cards=True)


def _agencies(picture: Picture, subject: Subject) -> Table:
    query = (
        "SELECT agency, name, role, CASE a.position WHEN 1 THEN 'first-listed' END, successors"
        " FROM assignment AS a JOIN agency ON code = agency WHERE wording = ? ORDER BY a.position"
    )
    rows: list[tuple[Cell, ...]] = [
        (*row[:-1], read_cell(Kind.LIST, row[-1])) for row in picture.rows(query, [subject.wording])
    ]
    consent = (
        "" if any(row[2] == "lead" for row in rows) else ": no lead, all take part by consent (as agreed)"
    )
    columns = (
        Column("agency"),
        Column("name", keep=8),
        Column("role", keep=9),
        Column("position", keep=3),
        Column("successors", Kind.LIST, keep=2),
    )
    return Table("agencies", f"Agencies{consent}", columns, rows)


def _updates(picture: Picture, subject: Subject) -> Table:
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
    query = (
        "SELECT u.deliverable, u.date, u.status, u.note, e.bears_on, e.publisher, e.kind, e.act, e.url"  # noqa: S608
        " FROM updates AS u LEFT JOIN evidence AS e ON e.update_id = u.id"
        f" WHERE u.deliverable IN ({', '.join('?' * len(subject.ids))}) ORDER BY u.id, e.id"
    )
    rows = [(row[0], read_cell(Kind.DATE, row[1]), *row[2:]) for row in picture.rows(query, subject.ids)]
    empty = "nothing is noted by this day; silence is not failure"
    return Table("updates", "Updates and evidence", columns, rows, empty=empty, cards=True)
