"""A dataset as of a date as an SQLite database: tables with keys, views for the usual questions, search.

The definitions below are the documentation too: `schema` lists them, and the statements that make the
tables carry them as comments, so that an exported file explains itself.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from followup_cli.store.relations import RELATIONS, Attribute, Relation, Subject
from followup_cli.table import Cell, Column, Kind, Table

_TYPES = {Kind.NUMBER: "INTEGER", Kind.FLAG: "INTEGER"}


class View(NamedTuple):
    """A usual question: its name, what it answers, its columns, the query."""

    name: str
    meaning: str
    columns: tuple[str, ...]
    query: str

    def statement(self) -> str:
        """Write the statement that makes the view, with its documentation."""
        return f"CREATE VIEW {self.name} AS  -- {self.meaning}\n{self.query}"


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


def build(connection: sqlite3.Connection, subject: Subject) -> None:
    """Fill an empty database with a dataset as of a date, in one transaction."""
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.execute("BEGIN")
        for relation in RELATIONS.values():
            connection.execute(statement(relation))
            rows = [tuple(_stored(cell) for cell in row) for row in relation.rows(subject)]
            _insert(connection, relation.name, rows)
        for index_or_view in (
            "CREATE INDEX assignments_by_agency ON assignments (agency, activity)",
            "CREATE INDEX deliverables_by_activity ON deliverables (activity)",
            "CREATE INDEX updates_by_deliverable ON updates (deliverable)",
            "CREATE INDEX evidence_by_update ON evidence (update_id)",
            *(view.statement() for view in VIEWS),
        ):
            connection.execute(index_or_view)
        if has_search(connection):
            _search(connection, subject)


def has_search(connection: sqlite3.Connection) -> bool:
    """Tell whether this SQLite can search full text."""
    return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def statement(relation: Relation) -> str:
    """Write the statement that makes a relation's table, with its documentation."""
    columns = [(f"  {a.name} {_definition(relation, a)}", a.meaning) for a in relation.attributes]
    if len(relation.key) > 1:
        columns.append((f"  PRIMARY KEY ({', '.join(relation.key)})", ""))
    body = [
        sql + ("," if number < len(columns) else "") + (f"  -- {note}" if note else "")
        for number, (sql, note) in enumerate(columns, 1)
    ]
    return "\n".join([f"CREATE TABLE {relation.name} (  -- {relation.meaning}", *body, ")"])


def _definition(relation: Relation, attribute: Attribute) -> str:
    parts = [_TYPES.get(attribute.kind, "TEXT")]
    if relation.key == (attribute.name,):
        parts.append("PRIMARY KEY")
    if attribute.required and parts != ["INTEGER", "PRIMARY KEY"]:
        parts.append("NOT NULL")
    for column, other in relation.references:
        if column == attribute.name:
            parts.append(f"REFERENCES {other} ({RELATIONS[other].key[0]})")
    if attribute.words:
        words = ", ".join(f"'{word}'" for word in attribute.words)
        parts.append(f"CHECK ({attribute.name} IN ({words}))")
    return " ".join(parts)


def schema() -> Table:
    """List the tables and views, each followed by its columns."""
    rows: list[tuple[Cell, ...]] = []
    for relation in RELATIONS.values():
        rows.append((relation.name, None, "table", relation.meaning))
        rows += [(relation.name, a.name, _plain_type(relation, a), a.meaning) for a in relation.attributes]
    for view in VIEWS:
        rows.append((view.name, None, "view", f"{view.meaning}: {', '.join(view.columns)}"))
    rows.append((SEARCH, None, "search", f"{_SEARCH_MEANING}; columns: id, {', '.join(_SEARCHED)}"))
    columns = (Column("table"), Column("column"), Column("type", keep=3), Column("meaning"))
    return Table("schema", "Tables and columns of followup sql", columns, rows)


def names() -> dict[str, tuple[str, ...]]:
    """Give the columns of every table and view."""
    known = {name: tuple(a.name for a in relation.attributes) for name, relation in RELATIONS.items()}
    return {**known, **{view.name: view.columns for view in VIEWS}, SEARCH: ("id", *_SEARCHED)}


def _plain_type(relation: Relation, attribute: Attribute) -> str:
    kind = _TYPES.get(attribute.kind, "TEXT").lower()
    if relation.key == (attribute.name,):
        return f"{kind}, key"
    referred = [other for column, other in relation.references if column == attribute.name]
    return f"{kind}, of {referred[0]}" if referred else kind


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


def _search(connection: sqlite3.Connection, subject: Subject) -> None:
    columns = ", ".join(_SEARCHED)
    connection.execute(
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5"
        f"(id UNINDEXED, {columns}, tokenize = 'unicode61 remove_diacritics 2')"
    )
    notes: dict[str, list[str]] = {}
    for _, identifier, update in subject.updates():
        notes.setdefault(identifier, []).append(update.note or "")
    rows = []
    for facts in (standing.facts for standing in subject.standings):
        texts = (facts.title, facts.activity_title, _stored(facts.points), facts.outcome)
        rows.append((facts.id, *texts, "; ".join(filter(None, notes.get(facts.id, ()))) or None))
    _insert(connection, SEARCH, rows)
