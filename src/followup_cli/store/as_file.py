"""The tables and views of `followup sql` as a file of their own."""

import json
import sqlite3
from contextlib import closing
from datetime import date

from followup_cli.store import tables
from followup_cli.table import Cell, Page


def as_file(page: Page) -> dict[str, bytes]:
    """Write a whole plan as a database of its own, which explains itself in the comments of its schema."""
    keys = {t.name: column.name for t in page.tables for column in reversed(t.columns) if column.key}
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in page.tables:
            connection.execute(tables.definition(table, keys))
            marks = ", ".join("?" * len(table.columns))
            rows = (map(_stored, row) for row in table.rows)
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", map(tuple, rows))  # noqa: S608
        for statement in (*tables.LOOKUPS, *(view.view() for view in tables.USUAL_VIEWS)):
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
