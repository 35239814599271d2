"""The card of an activity or a deliverable: the plan's words, how they were read, what was reported."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.glossary import STATE_MEANINGS, BearsOn, EvidenceKind, Role, State, Status
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import Where
from followup_cli.questions.listing import listing
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Page, Phrase, Table

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
        "SELECT w.id, w.wording, w.title, d.id, w.number FROM moment AS m CROSS JOIN activity AS w"
        " ON w.since <= m.words AND m.words < w.until"
        " LEFT JOIN deliverable AS d ON d.wording = w.wording WHERE {} ORDER BY w.position, d.position"
    )
    rows = picture.rows(query.format("CAST(w.id AS TEXT) IN (?, ?)"), [sought, number])
    rows = rows or picture.rows(query.format("names(w.number, w.title, ?)"), [sought])
    whole = [row for row in rows if sought == str(row[0])] or [row for row in rows if str(row[0]) != number]
    exact = whole or [row for row in rows if row[3] == sought]
    if any(row[1] != exact[0][1] for row in exact):
        listed = ", ".join(dict.fromkeys(f"{row[0]} ({row[2]})" for row in exact[:12]))
        raise FollowupError(f"`{text}` means more than one activity", f"choose one of {listed}")
    if not exact:
        raise _nothing(picture, sought, _ids(rows), is_activity=bool(rows))
    activity, wording, title, *_ = exact[0]
    return Subject(activity, wording, _ids(exact), bool(whole), title)


def _ids(rows: Iterable[tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(row[3] for row in rows if row[3])


def _nothing(picture: Picture, sought: str, ids: tuple[str, ...], *, is_activity: bool) -> FollowupError:
    """Say that an id names nothing, and what there is."""
    if not is_activity:
        around = picture.rows(_OTHER_DAYS, [sought, sought.rpartition(".")[0]])
        if around and around[0][0]:
            return FollowupError(
                f"activity `{around[0][0]}` is not in the plan on this day", _when(*around[0][1:])
            )
        return FollowupError(f"there is no activity or deliverable `{sought}`", _hint(picture, sought))
    there = f"there {'are' if ids[1:] else 'is'} {', '.join(ids)}" if ids else "the activity has none"
    return FollowupError(f"there is no deliverable `{sought}`", there)


_OTHER_DAYS = (
    "SELECT id, min(since), max(until), max(until) <= (SELECT words FROM moment) FROM activity"
    " WHERE CAST(id AS TEXT) IN (?, ?)"
)


def _when(since: str, until: str, gone: int) -> str:
    """Say on which days an activity is in the plan."""
    if gone:
        return (
            f"an act repealed it from {until} on: ask for an earlier day, such as `--as-of {_before(until)}`"
        )
    return f"an act put it in on {since}: ask for a later day"


def _before(day: str) -> date:
    return date.fromisoformat(day) - timedelta(days=1)


def _hint(picture: Picture, sought: str) -> str:
    ids = picture.rows("SELECT CAST(id AS TEXT) FROM activities ORDER BY position")
    if not ids:
        return "the plan has none on this day"
    parts = picture.rows("SELECT id FROM standing ORDER BY position")
    near = nearest(sought, dict.fromkeys(name for (name,) in (*ids, *parts)))
    hint = f"did you mean `{near}`? " if near else ""
    if sought.upper() in picture.agencies:
        hint = f"`followup agencies {sought.upper()}` shows the agency; "
    return f"{hint}activities go from {ids[0][0]} to {ids[-1][0]}"


def card(picture: Picture, subject: Subject) -> Page:
    """Make the card of an activity, with the deliverables that are named."""
    parts = (_about, _deliverables, _occurrences, _agencies, _other, _updates)
    made = (part(picture, subject) for part in parts)
    tables = tuple(table for table in made if table.rows or table.name not in ("other", "occurrences"))
    about = picture.provenance(Phrase("activity {id}", id=subject.activity), len(subject.ids))
    return Page(Phrase("Activity {id}", id=subject.activity), tables, main="deliverables", provenance=about)


def _about(picture: Picture, subject: Subject) -> Table:
    query = "SELECT number, section, title, points, others FROM activity WHERE wording = ?"
    number, section, title, points, others = picture.rows(query, [subject.wording])[0]
    printed = () if number == str(subject.activity) else ((Column("number"), number),)
    columns = (
        Column("activity", Kind.NUMBER if isinstance(subject.activity, int) else Kind.TEXT),
        *(column for column, _ in printed),
        Column("section"),
        Column("title"),
        Column("points", Kind.LIST),
        Column("others"),
        Column("as_of", Kind.DATE),
        Column("at"),
    )
    heading = f"{section}. {picture.section_title(section)}" if section else None
    words = (heading, title, read_cell(Kind.LIST, points), others)
    row = (subject.activity, *(cell for _, cell in printed), *words, picture.as_of, picture.revision)
    return Table("activity", "", columns, [row], record=True)


def _deliverables(picture: Picture, subject: Subject) -> Table:
    query = "SELECT 1 FROM standing WHERE wording = ? AND title <> activity_title"
    own_titles = picture.rows(query, [subject.wording])
    names = ["id", "number", *(["title"] if own_titles else []), "outcome", "starts", "deadline", *_READ]
    listed = listing(picture, [FIELDS[name] for name in names], subject.condition)
    numbers = {row[1] for row in listed.rows} - {str(subject.activity)}
    made = _without(listed, {"starts"} | (set() if numbers else {"number"}))
    names = [column.name for column in made.columns]
    rule, state = names.index("rule"), names.index("state")
    read_by = dict(picture.rows("SELECT name, meaning FROM rule"))
    columns = (
        *made.columns,
        Column("read_by", label="how the deadline was read", keep=1),
        Column("meaning", keep=1, words=tuple(STATE_MEANINGS.values())),
    )
    rows = [(*row, read_by.get(row[rule], ""), STATE_MEANINGS[State(str(row[state]))]) for row in made.rows]
    return Table("deliverables", "Deliverables", columns, rows, cards=True)


def _occurrences(picture: Picture, subject: Subject) -> Table:
    fields = [FIELDS[name] for name in ("id", "start", "due", "status", "status_date", "state", "days_left")]
    condition = subject.condition
    marks = ", ".join("?" * len(subject.ids))
    rest = (
        "FROM happening AS standing WHERE wording = ? AND occurrence IS NOT NULL AND position IN"  # noqa: S608
        f" (SELECT position FROM deliverable WHERE id IN ({marks})) ORDER BY position, due"
    )
    rows = picture.cells(fields, rest, condition.values)
    return Table("occurrences", "Period by period", picture.columns(fields), rows)


def _without(table: Table, names: set[str]) -> Table:
    """Leave out those of some columns in which nothing stands, and `number` where it is named."""
    gone = [
        at
        for at, column in enumerate(table.columns)
        if column.name in names and (column.name == "number" or not any(row[at] for row in table.rows))
    ]

    def rest(row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(cell for at, cell in enumerate(row) if at not in gone)

    return replace(table, columns=rest(table.columns), rows=[rest(row) for row in table.rows])


def _agencies(picture: Picture, subject: Subject) -> Table:
    query = (
        "SELECT agency, name, role, mark, d.id, CASE a.position WHEN 1 THEN 'first-listed' END, successors"
        " FROM assignment AS a JOIN agency ON code = agency LEFT JOIN deliverable AS d"
        " ON d.wording = a.wording AND d.position = a.deliverable WHERE a.wording = ? ORDER BY a.position"
    )
    rows: list[tuple[Cell, ...]] = [
        (*row[:-1], read_cell(Kind.LIST, row[-1])) for row in picture.rows(query, [subject.wording])
    ]
    consent = rows and all(row[2] == Role.AS_AGREED for row in rows)
    columns = (
        Column("agency"),
        Column("name", keep=8),
        Column("role", keep=9, words=tuple(Role)),
        Column("mark", keep=4),
        Column("deliverable", keep=9),
        Column("position", keep=3, words=("first-listed",)),
        Column("successors", Kind.LIST, keep=2),
    )
    title = "Agencies: no lead, all take part by consent (as agreed)" if consent else "Agencies"
    if picture.about.format == 1:  # whose only mark is that of its role
        rows = [(*row[:3], None, *row[4:]) for row in rows]
    table = Table("agencies", title, columns, rows, empty="the plan names none")
    return _without(table, {"deliverable", "mark"})


def _other(picture: Picture, subject: Subject) -> Table:
    query = (
        "SELECT d.id, heading, text FROM other_text AS o LEFT JOIN deliverable AS d"
        " ON d.wording = o.wording AND d.position = o.deliverable WHERE o.wording = ? ORDER BY o.rowid"
    )
    columns = (Column("deliverable"), Column("heading"), Column("text"))
    rows = picture.rows(query, [subject.wording])
    return _without(Table("other", "Other columns of the plan", columns, rows), {"deliverable"})


def _updates(picture: Picture, subject: Subject) -> Table:
    columns = (
        Column("id"),
        Column("date", Kind.DATE),
        Column("status", keep=8, words=tuple(Status)),
        Column("reported_as", keep=6),
        Column("note", keep=7),
        Column("period", label="for", keep=8),
        Column("retracted", keep=9),
        Column("bears_on", keep=6, words=tuple(BearsOn)),
        Column("publisher", keep=4),
        Column("kind", keep=2, words=tuple(EvidenceKind)),
        Column("act", keep=2),
        Column("url", Kind.LINK, keep=5),
    )
    query = (
        "SELECT u.deliverable, u.date, u.status, u.reported_as, u.note, u.period, u.retraction,"  # noqa: S608
        " e.bears_on, e.publisher, e.kind, e.act, e.url"
        " FROM updates AS u LEFT JOIN evidence AS e ON e.update_id = u.id"
        f" WHERE u.deliverable IN ({', '.join('?' * len(subject.ids))}) ORDER BY u.id, e.id"
    )
    rows = [(row[0], read_cell(Kind.DATE, row[1]), *row[2:]) for row in picture.rows(query, subject.ids)]
    empty = "nothing is noted by this day; silence is not failure"
    table = Table("updates", "Updates and evidence", columns, rows, empty=empty, cards=True)
    return _without(table, {"reported_as", "period", "retracted"})
