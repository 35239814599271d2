"""SQLite: the tables and views of `followup sql` as a file."""

import sqlite3
from contextlib import closing

from followup_cli.formats.files import Files
from followup_cli.store import tables as database
from followup_cli.store.relations import Subject


def sqlite(subject: Subject) -> Files:
    """Write a database that explains itself in the comments of its schema."""
    with closing(sqlite3.connect(":memory:")) as connection:
        database.build(connection, subject)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("VACUUM")
        return {"": connection.serialize()}
