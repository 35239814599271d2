"""The tables and views of `followup sql` as a file of their own."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date

from followup_cli.store import tables
from followup_cli.table import Cell, Column, Kind, Page, Table

# As the indexes of the store, of the tables of the file.
_LOOKUPS = (
    "CREATE INDEX assignments_by_agency ON assignments (agency, activity)",
    "CREATE INDEX deliverables_by_activity ON deliverables (activity)",
    "CREATE INDEX updates_by_deliverable ON updates (deliverable)",
    "CREATE INDEX evidence_by_update ON evidence (update_id)",
)
_SQL_TYPES = {Kind.NUMBER: "INTEGER", Kind.FLAG: "INTEGER", Kind.DATE: "DATE"}


def database_file(page: Page) -> dict[str, bytes]:
    """Write a whole plan as a database of its own, which explains itself in the comments of its schema."""
    keys = {t.name: column.name for t in page.tables for column in reversed(t.columns) if column.key}
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in page.tables:
            connection.execute(_definition(table, keys))
            marks = ", ".join("?" * len(table.columns))
            rows = (map(_stored, row) for row in table.rows)
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", map(tuple, rows))  # noqa: S608
        for statement in (*_LOOKUPS, *(view.view() for view in tables.USUAL_VIEWS)):
            connection.execute(statement)
        if page.provenance:
            # The texts in other languages are a table of their own.
            names, cells = page.provenance._fields[:-1], page.provenance[:-1]
            connection.execute(f"CREATE TABLE provenance (  -- What all this is of\n  {', '.join(names)})")
            marks = ", ".join("?" * len(names))
            values = [_stored(cell) for cell in cells]
            connection.execute(f"INSERT INTO provenance VALUES ({marks})", values)  # noqa: S608
        tables.add_search(connection)
        connection.commit()
        connection.execute("VACUUM")
        return {"": connection.serialize()}


def _stored(cell: Cell) -> str | int | float | None:
    if isinstance(cell, tuple):
        return json.dumps([str(part) for part in cell], ensure_ascii=False) if cell else None
    return cell.isoformat() if isinstance(cell, date) else cell


def _definition(table: Table, keys: Mapping[str, str]) -> str:
    """Write the statement that makes a table of a page, with its documentation.

    Args:
        table: the table.
        keys: the column that is the key of each table that others refer to.
    """
    key = [column.name for column in table.columns if column.key]
    lines = [
        (
            f"  {column.name} {_constraints(column, kind, key, keys)}",
            column.meaning + ("; a JSON array" if kind is Kind.LIST else ""),
        )
        for column, kind in zip(table.columns, table.kinds(), strict=True)
    ]
    if len(key) > 1:
        lines.append((f"  PRIMARY KEY ({', '.join(key)})", ""))
    body = [
        sql + ("," if number < len(lines) else "") + (f"  -- {note}" if note else "")
        for number, (sql, note) in enumerate(lines, 1)
    ]
    return "\n".join([f"CREATE TABLE {table.name} (  -- {table.meaning}", *body, ")"])


def _constraints(column: Column, kind: Kind, key: list[str], keys: Mapping[str, str]) -> str:
    parts = [_SQL_TYPES.get(kind, "TEXT")]
    if key == [column.name]:
        parts.append("PRIMARY KEY")
    if column.required and parts != ["INTEGER", "PRIMARY KEY"]:
        parts.append("NOT NULL")
    if column.reference:
        parts.append(f"REFERENCES {column.reference} ({keys[column.reference]})")
    if column.words:
        words = ", ".join(f"'{word}'" for word in column.words)
        parts.append(f"CHECK ({column.name} IN ({words}))")
    return " ".join(parts)
