"""`sql`: any question, in one line of SQL, put to the dataset as of a date."""

import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from math import isfinite
from time import monotonic
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.session import ask
from followup_cli.app.streams import Answer
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.store import tables as database
from followup_cli.table import Cell, Column, Kind, Table

EXAMPLES = """Examples:

  followup sql "select agency, unreported from by_agency order by unreported desc limit 5"

  followup sql "select id, title from search where search match 'torture'" --format json

  followup sql "select lead, count(*) n from deliverables group by lead" --as-of 2023-01-01

  followup sql --schema
"""
MAX_CELL = 1_000_000  # bytes in one value
MAX_ANSWER = 200_000_000  # characters in all values
_MEMORY = 1_000_000_000  # bytes that SQLite may hold
_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
# `data_version` is what the full-text search itself asks for.
_PRAGMAS = {"data_version", "table_info", "table_xinfo", "table_list", "foreign_key_list", "index_list"}
_REFUSED = {"load_extension", "fts3_tokenizer", "fts5_decode"}


def run(
    question: Question,
    options: OutputOptions,
    query: Annotated[
        str | None, Argument(metavar="[QUERY]", help="One SELECT; `-` reads it from standard input.")
    ] = None,
    schema: Annotated[bool, Option("--schema", help="Only list the tables and their columns.")] = False,
    timeout: Annotated[
        float, Option("--timeout", metavar="SECONDS", min=0.01, max=86_400, help="Give up after this time.")
    ] = 10.0,
) -> Answer:
    """Put a query to the dataset as of a date, as an SQLite database in memory.

    Nothing can be written, no file can be read, and no extension loaded.
    """
    if schema:
        return Answer(database.schema(), options)
    if query == "-":
        query = sys.stdin.read()
    if not query or not query.strip():
        raise FollowupError(
            "there is no query", '`followup sql "select * from plan"`; `--schema` lists the tables'
        )
    asked = ask(question)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        database.build(connection, asked.subject())
        return Answer(answer(connection, query, timeout), options)


def answer(connection: sqlite3.Connection, query: str, timeout: float) -> Table:
    """Run one query that can only read, within limits of time and size.

    Args:
        connection: a database made by `database.build`.
        query: one SELECT.
        timeout: seconds.

    Raises:
        FollowupError: if the query is wrong, would do more than read, or goes beyond a limit.
        KeyboardInterrupt: if the user interrupted it.
    """
    _confine(connection)
    until = monotonic() + timeout
    connection.set_progress_handler(lambda: int(monotonic() > until), 2_000)
    try:
        cursor = connection.execute(query)
        rows = _fetch(cursor, until)
    except (sqlite3.Error, sqlite3.Warning, MemoryError, UnicodeError, ValueError) as error:
        if str(error) != "interrupted":
            raise _refusal(error, query) from None
        if monotonic() <= until:
            raise KeyboardInterrupt from None
        raise FollowupError(
            f"the query took longer than {timeout:g} seconds", "allow it more with --timeout SECONDS"
        ) from None
    if cursor.description is None:
        raise FollowupError("the query asks for nothing", "write one SELECT")
    return Table("rows", "Rows", _columns([part[0] for part in cursor.description], rows), rows)


def _confine(connection: sqlite3.Connection) -> None:
    """Let a connection do nothing but read, and not without end."""
    connection.execute(f"PRAGMA hard_heap_limit = {_MEMORY}")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, MAX_CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)

    def allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_PRAGMA:
            return sqlite3.SQLITE_OK if (first or "").lower() in _PRAGMAS else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _REFUSED:
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY

    connection.set_authorizer(allow)


def _fetch(cursor: sqlite3.Cursor, until: float) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    size = 0
    for row in cursor:
        rows.append(tuple(_cell(value) for value in row))
        size += sum(len(value) if isinstance(value, str) else 8 for value in row)
        if size > MAX_ANSWER:
            raise FollowupError("the answer is too big", "ask for less, or add LIMIT to the query")
        if monotonic() > until:
            raise sqlite3.OperationalError("interrupted")
    return rows


def _cell(value: str | float | bytes | None) -> Cell:
    if isinstance(value, bytes):
        return value.hex()
    return value if not isinstance(value, float) or isfinite(value) else str(value)


def _columns(names: list[str], rows: list[tuple[Cell, ...]]) -> tuple[Column, ...]:
    """Name the columns, each differently, and see which hold numbers."""
    columns: list[Column] = []
    taken: set[str] = set()
    for index, name in enumerate(names):
        unique, number = name, 2
        while unique in taken:
            unique, number = f"{name}_{number}", number + 1
        taken.add(unique)
        cells = [row[index] for row in rows if row[index] is not None]
        numeric = bool(cells) and all(isinstance(cell, int | float) for cell in cells)
        columns.append(Column(unique, Kind.NUMBER if numeric else Kind.TEXT, label=unique, keep=8))
    return tuple(columns)


def _refusal(error: Exception, query: str) -> FollowupError:
    said = str(error)
    known = database.names()
    what, _, name = said.partition(": ")
    bare = name.rsplit(".", 1)[-1]
    if what == "no such table":
        return FollowupError(f"there is no table `{name}`", _near(bare, known, "tables"))
    if what == "no such column":
        columns = sorted({column for table in _tables_in(query, known) for column in known[table]})
        return FollowupError(f"there is no column `{name}`", _near(bare, columns, "columns"))
    if what == "no such function":
        return FollowupError(f"SQLite has no function `{name}`")
    if isinstance(error, MemoryError):
        return FollowupError("the query needs too much memory", "ask for less at a time")
    if any(word in said for word in ("not authorized", "authorization denied", "prohibited")):
        return FollowupError(
            "the query would do more than read", "write one SELECT; the data is changed in its files"
        )
    if "one statement at a time" in said:
        return FollowupError("there is more than one statement", "write one SELECT")
    said = said[:1].lower() + said[1:].rstrip(".")
    return FollowupError(
        f"SQLite does not take the query: {said[:300]}", "`followup sql --schema` lists the tables"
    )


def _tables_in(query: str, known: dict[str, tuple[str, ...]]) -> list[str]:
    words = query.lower().replace(",", " ").replace("(", " ").replace(")", " ").split()
    return [table for table in known if table in words] or list(known)


def _near(word: str, words: Iterable[str], what: str) -> str:
    words = list(words)
    meant = nearest(word, words)
    return f"did you mean `{meant}`?" if meant else f"the {what} are {', '.join(words)}"
