"""A dataset as of a date as an SQLite database: tables with keys, views for the usual questions, search.

The definitions below are the documentation too: `schema` lists them, and the statements that make the
tables carry them as comments, so that an exported file explains itself.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from followup_cli.dataset import Dataset
from followup_cli.fields import FIELDS
from followup_cli.progress import Standing, known_updates
from followup_cli.table import Cell, Column, Kind, Table

_TYPES = {Kind.NUMBER: "INTEGER"}


class Attribute(NamedTuple):
    """A column: its name, its type and constraint in SQL, what it holds."""

    name: str
    type: str
    meaning: str


class Relation(NamedTuple):
    """A table: its name, what one row is, its columns, its keys in SQL."""

    name: str
    meaning: str
    columns: tuple[Attribute, ...]
    keys: tuple[str, ...] = ()

    def statement(self) -> str:
        """Write the statement that makes the table, with its documentation."""
        lines = [(f"  {column.name} {column.type}", column.meaning) for column in self.columns]
        lines += [(f"  {key}", "") for key in self.keys]
        body = [
            sql + ("," if number < len(lines) else "") + (f"  -- {note}" if note else "")
            for number, (sql, note) in enumerate(lines, 1)
        ]
        return "\n".join([f"CREATE TABLE {self.name} (  -- {self.meaning}", *body, ")"])


class View(NamedTuple):
    """A usual question: its name, what it answers, its columns, the query."""

    name: str
    meaning: str
    columns: tuple[str, ...]
    query: str

    def statement(self) -> str:
        """Write the statement that makes the view, with its documentation."""
        return f"CREATE VIEW {self.name} AS  -- {self.meaning}\n{self.query}"


def _attributes(*lines: str) -> tuple[Attribute, ...]:
    return tuple(Attribute(*(part.strip() for part in line.split("|"))) for line in lines)


# A text of several values has "; " between them; the ids of the fields are their names everywhere.
_FIELD_NOTES = {
    "id": "TEXT PRIMARY KEY",
    "activity": "INTEGER NOT NULL REFERENCES activities (id)",
    "section": "TEXT NOT NULL REFERENCES sections (id)",
}
RELATIONS = (
    Relation(
        "plan",
        "the plan as a whole; one row",
        _attributes(
            "id | TEXT PRIMARY KEY | short name of the dataset",
            "title | TEXT NOT NULL | title of the plan",
            "act | TEXT NOT NULL | the act that adopted it",
            "adopted | TEXT NOT NULL | day of adoption; relative deadlines count from it",
            "country | TEXT | ISO 3166 code",
            "language | TEXT NOT NULL | language of the deadlines",
            "timezone | TEXT NOT NULL | where `today` is",
            "pursuant_to | TEXT | acts that it follows from",
            "source_publisher | TEXT | who published the text",
            "source_url | TEXT | where the text was taken from",
            "source_published | TEXT | day the text was published",
            "version | TEXT NOT NULL | edition of the dataset",
            "as_of | TEXT NOT NULL | day that everything here is judged as of",
        ),
    ),
    Relation(
        "sections",
        "a numbered part of the plan",
        _attributes(
            "id | TEXT PRIMARY KEY | its number in the plan",
            "position | INTEGER NOT NULL | its place in the plan, from 1",
            "title | TEXT NOT NULL | its heading",
        ),
    ),
    Relation(
        "agencies",
        "a body that the plan names",
        _attributes(
            "code | TEXT PRIMARY KEY | its abbreviation",
            "position | INTEGER NOT NULL | its place in the list of agencies, from 1",
            "name | TEXT NOT NULL | its name, in the plan's words",
            "aliases | TEXT | other spellings of it",
            "listed | INTEGER NOT NULL | 1: the code is the plan's; 0: it is ours",
            "successors | TEXT | who answers for it today",
        ),
    ),
    Relation(
        "activities",
        "one numbered commitment",
        _attributes(
            "id | INTEGER PRIMARY KEY | its number in the plan",
            "section | TEXT NOT NULL REFERENCES sections (id) | its section",
            "title | TEXT NOT NULL | what is to be done, in the plan's words",
            "points | TEXT | the points listed under the title",
            "others | TEXT | an open group at the end of its agencies, in the plan's words",
        ),
    ),
    Relation(
        "assignments",
        "an agency in an activity",
        _attributes(
            "activity | INTEGER NOT NULL REFERENCES activities (id) | the activity",
            "agency | TEXT NOT NULL REFERENCES agencies (code) | the agency",
            "role | TEXT NOT NULL CHECK (role IN ('lead', 'as-agreed')) | lead, or as-agreed: takes part by consent",
            "position | INTEGER NOT NULL | its place in the activity's list, from 1; the first convenes the work",
        ),
        ("PRIMARY KEY (activity, position)", "UNIQUE (activity, agency)"),
    ),
    Relation(
        "deliverables",
        "one outcome of an activity, with its deadline and its state as of the day",
        tuple(
            Attribute(f.name, _FIELD_NOTES.get(f.name, _TYPES.get(f.kind, "TEXT")), f.meaning)
            for f in FIELDS.values()
        ),
    ),
    Relation(
        "updates",
        "a dated entry about a deliverable; only those known on the day",
        _attributes(
            "id | INTEGER PRIMARY KEY | number in this database",
            "deliverable | TEXT NOT NULL REFERENCES deliverables (id) | the deliverable",
            "date | TEXT NOT NULL | day the fact held",
            "status | TEXT | what is reported; none if it only notes a fact",
            "note | TEXT | the fact, in a sentence",
        ),
    ),
    Relation(
        "evidence",
        "what backs an update",
        _attributes(
            "id | INTEGER PRIMARY KEY | number in this database",
            "update_id | INTEGER NOT NULL REFERENCES updates (id) | the update",
            "deliverable | TEXT NOT NULL REFERENCES deliverables (id) | the deliverable",
            "url | TEXT NOT NULL | address of the page",
            "publisher | TEXT NOT NULL | who published it",
            "kind | TEXT NOT NULL | act, official_page, official_report, un_document, ngo_report or news",
            "bears_on | TEXT NOT NULL | what it shows: deliverable, result or context",
            "title | TEXT | title of the page",
            "act | TEXT | number of the act",
            "published | TEXT | day it was published",
            "accessed | TEXT | day it was read",
            "quote | TEXT | the words that matter",
            "archive | TEXT | address of an archived copy",
        ),
    ),
)
_COUNTED = """  count(DISTINCT d.activity) AS activities, count(*) AS deliverables,
  sum(d.state IN ('delivered', 'delivered-late')) AS delivered,
  sum(d.state = 'overdue') AS overdue, sum(d.state = 'unreported') AS unreported"""
_COUNTS = ("activities", "deliverables", "delivered", "overdue", "unreported")
_BRIEF = ("id", "section", "title", "outcome", "due", "days_left", "lead", "as_agreed", "state")
VIEWS = (
    View(
        "carried",
        "a deliverable of an agency, with its role",
        ("agency", "name", "role", "position", *_BRIEF),
        "SELECT s.agency, a.name, s.role, s.position, "
        + ", ".join(f"d.{name}" for name in _BRIEF)
        + "\nFROM assignments s JOIN agencies a ON a.code = s.agency"
        " JOIN deliverables d ON d.activity = s.activity",
    ),
    View(
        "by_agency",
        "what each agency carries, by state",
        ("agency", "name", "lead_activities", "as_agreed_activities", *_COUNTS),
        "SELECT a.code AS agency, a.name,\n"
        "  count(DISTINCT s.activity) FILTER (WHERE s.role = 'lead') AS lead_activities,\n"
        "  count(DISTINCT s.activity) FILTER (WHERE s.role = 'as-agreed') AS as_agreed_activities,\n"
        + _COUNTED
        + "\nFROM agencies a JOIN assignments s ON s.agency = a.code"
        " JOIN deliverables d ON d.activity = s.activity\nGROUP BY a.code ORDER BY a.position",
    ),
    View(
        "by_section",
        "each section, by state",
        ("section", "title", *_COUNTS),
        "SELECT c.id AS section, c.title,\n"
        + _COUNTED
        + "\nFROM sections c JOIN deliverables d ON d.section = c.id\nGROUP BY c.id ORDER BY c.position",
    ),
    View(
        "unreported",
        "deadline passed, no status ever reported; the latest first",
        _BRIEF,
        f"SELECT {', '.join(_BRIEF)}\nFROM deliverables WHERE state = 'unreported' ORDER BY due DESC, activity, id",
    ),
    View(
        "overdue",
        "deadline passed, reported as not delivered; the latest first",
        _BRIEF,
        f"SELECT {', '.join(_BRIEF)}\nFROM deliverables WHERE state = 'overdue' ORDER BY due DESC, activity, id",
    ),
    View(
        "ahead",
        "due on the day or later and not delivered; the next first",
        _BRIEF,
        f"SELECT {', '.join(_BRIEF)}\nFROM deliverables WHERE state IN ('due-soon', 'open', 'upcoming')"
        " ORDER BY due, activity, id",
    ),
)
SEARCH = "search"
_SEARCHED = ("title", "activity_title", "points", "outcome", "notes")
_SEARCH_MEANING = (
    "full-text search: SELECT id FROM search WHERE search MATCH 'torture' (FTS5; needs an SQLite that has it)"
)


def build(
    connection: sqlite3.Connection, dataset: Dataset, standings: Iterable[Standing], as_of: date
) -> None:
    """Fill an empty database with a dataset as of a date, in one transaction."""
    standings = tuple(standings)
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.execute("BEGIN")
        for relation in RELATIONS:
            connection.execute(relation.statement())
        _plan(connection, dataset, as_of)
        _activities(connection, dataset)
        rows = [tuple(_stored(field.get(s)) for field in FIELDS.values()) for s in standings]
        _insert(connection, "deliverables", rows)
        notes = _updates(connection, dataset, as_of)
        for statement in (
            "CREATE INDEX assignments_by_agency ON assignments (agency, activity)",
            "CREATE INDEX deliverables_by_activity ON deliverables (activity)",
            "CREATE INDEX updates_by_deliverable ON updates (deliverable)",
            "CREATE INDEX evidence_by_update ON evidence (update_id)",
            *(view.statement() for view in VIEWS),
        ):
            connection.execute(statement)
        if has_search(connection):
            _search(connection, standings, notes)


def has_search(connection: sqlite3.Connection) -> bool:
    """Tell whether this SQLite can search full text."""
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def schema() -> Table:
    """List the tables and views, each followed by its columns."""
    rows: list[tuple[Cell, ...]] = []
    for relation in RELATIONS:
        rows.append((relation.name, None, "table", relation.meaning))
        rows += [(relation.name, c.name, _plain_type(c.type), c.meaning) for c in relation.columns]
    for view in VIEWS:
        rows.append((view.name, None, "view", f"{view.meaning}: {', '.join(view.columns)}"))
    rows.append((SEARCH, None, "search", f"{_SEARCH_MEANING}; columns: id, {', '.join(_SEARCHED)}"))
    columns = (Column("table"), Column("column"), Column("type", keep=3), Column("meaning"))
    return Table("schema", "Tables and columns of followup sql", columns, rows)


def names() -> dict[str, tuple[str, ...]]:
    """Give the columns of every table and view."""
    known = {relation.name: tuple(c.name for c in relation.columns) for relation in RELATIONS}
    return {**known, **{view.name: view.columns for view in VIEWS}, SEARCH: ("id", *_SEARCHED)}


def _plain_type(sql: str) -> str:
    words = sql.split(" REFERENCES ")
    kind = words[0].split()[0].lower()
    if "PRIMARY KEY" in sql:
        return f"{kind}, key"
    return f"{kind}, of {words[1].split()[0]}" if len(words) > 1 else kind


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - a name of ours


def _stored(cell: Cell) -> str | int | float | None:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, tuple):
        return "; ".join(str(part) for part in cell) or None
    return str(cell) if isinstance(cell, str) else cell


def _plan(connection: sqlite3.Connection, dataset: Dataset, as_of: date) -> None:
    plan, source = dataset.plan, dataset.plan.source
    pursuant = "; ".join(f"{act.act} of {act.date}" for act in plan.pursuant_to) or None
    published = _stored(source.published) if source else None
    publisher, url = (source.publisher, source.url) if source else (None, None)
    facts = (plan.id, plan.title, plan.act, _stored(plan.adopted), plan.country, plan.language.value)
    rest = (plan.timezone, pursuant, publisher, url, published, dataset.version, as_of.isoformat())
    _insert(connection, "plan", [(*facts, *rest)])
    _insert(connection, "sections", [(s.id, n, s.title) for n, s in enumerate(dataset.sections, 1)])


def _activities(connection: sqlite3.Connection, dataset: Dataset) -> None:
    agencies = [
        (a.code, n, a.name, _stored(a.aliases), int(a.listed), _stored(tuple(s.name for s in a.successors)))
        for n, a in enumerate(dataset.agencies, 1)
    ]
    _insert(connection, "agencies", agencies)
    activities = [(a.id, a.section, a.title, _stored(a.points), a.others) for a in dataset.activities]
    _insert(connection, "activities", activities)
    assignments = [
        (activity.id, named.agency, named.role.value, n)
        for activity in dataset.activities
        for n, named in enumerate(activity.agencies, 1)
    ]
    _insert(connection, "assignments", assignments)


def _updates(connection: sqlite3.Connection, dataset: Dataset, as_of: date) -> dict[str, str]:
    updates: list[tuple[object, ...]] = []
    evidence: list[tuple[object, ...]] = []
    notes: dict[str, str] = {}
    for identifier, _, deliverable in dataset.deliverables():
        for update in known_updates(deliverable.updates, as_of):
            number, status = len(updates) + 1, update.status.value if update.status else None
            updates.append((number, identifier, update.date.isoformat(), status, update.note))
            notes[identifier] = "; ".join(filter(None, (notes.get(identifier), update.note)))
            for e in update.evidence:
                head = (len(evidence) + 1, number, identifier, e.url, e.publisher, e.kind.value)
                days = (_stored(e.published), _stored(e.accessed))
                evidence.append((*head, e.bears_on.value, e.title, e.act, *days, e.quote, e.archive))
    _insert(connection, "updates", updates)
    _insert(connection, "evidence", evidence)
    return notes


def _search(connection: sqlite3.Connection, standings: Iterable[Standing], notes: dict[str, str]) -> None:
    columns = ", ".join(_SEARCHED)
    connection.execute(
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5"
        f"(id UNINDEXED, {columns}, tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = []
    for s in standings:
        f = s.facts
        texts = (f.title, f.activity_title, _stored(f.points), f.outcome, notes.get(f.id))
        rows.append((f.id, *texts))
    _insert(connection, SEARCH, rows)
