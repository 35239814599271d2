"""Any question, in one line of SQL, put to a picture; nothing but questions."""

import re
import sqlite3
from math import isfinite
from time import monotonic

from followup_cli.choosing import suggestion
from followup_cli.errors import FollowupError
from followup_cli.store import tables
from followup_cli.table import Cell, Column, Kind, Table

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


def answer(connection: sqlite3.Connection, query: str, timeout: float) -> Table:
    """Run one query that can only read, within limits of time and size.

    Args:
        connection: a store that shows a day.
        query: one SELECT.
        timeout: seconds.

    Raises:
        FollowupError: if the query is wrong, would do more than read, or goes beyond a limit.
        KeyboardInterrupt: if the user interrupted it.
    """
    if re.search(r"\bsearch\b", query, re.IGNORECASE):
        tables.add_search(connection)
    connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")  # made known while it may be
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
    lists, rows = _with_lists(rows)
    return Table("rows", "Rows", _columns([part[0] for part in cursor.description], rows, lists), rows)


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


def _with_lists(rows: list[tuple[Cell, ...]]) -> tuple[set[int], list[tuple[Cell, ...]]]:
    """Read the columns of which each cell is a JSON array of texts, or nothing; tell which they are."""
    read: dict[int, list[Cell]] = {}
    for index, cells in enumerate(zip(*rows, strict=True)):
        items = {cell: _items(cell) for cell in dict.fromkeys(cells) if cell is not None}
        if items and None not in items.values():
            read[index] = [items.get(cell) for cell in cells]
    if not read:
        return set(), rows
    columns = [read.get(index, cells) for index, cells in enumerate(zip(*rows, strict=True))]
    return set(read), list(zip(*columns, strict=True))


def _items(cell: Cell) -> tuple[str, ...] | None:
    """Read a JSON array of texts; None for anything else."""
    if not isinstance(cell, str) or not cell.startswith("["):
        return None
    import json  # not needed by most answers, and slow to load

    try:
        items = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return tuple(items) if all(isinstance(item, str) for item in items) else None


def _columns(names: list[str], rows: list[tuple[Cell, ...]], lists: set[int]) -> tuple[Column, ...]:
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
        kind = Kind.LIST if index in lists else Kind.NUMBER if numeric else Kind.TEXT
        columns.append(Column(unique, kind, label=unique, keep=8))
    return tuple(columns)


def _refusal(error: Exception, query: str) -> FollowupError:
    said = str(error)
    columns = tables.names()
    what, _, name = said.partition(": ")
    bare = name.rsplit(".", 1)[-1]
    words = _quoted(query)
    if words and (what.startswith(("fts5", "unterminated", "unknown special")) or f"-{name}" in query):
        return FollowupError(
            "the full-text search does not take its words", f"put words with marks in double quotes: {words}"
        )
    if what == "no such table":
        return FollowupError(f"there is no table `{name}`", suggestion(bare, list(columns), "table"))
    if what == "no such column":
        there = sorted({column for table in _tables_in(query, columns) for column in columns[table]})
        return FollowupError(f"there is no column `{name}`", suggestion(bare, there, "column"))
    if what == "no such function":
        return FollowupError(f"SQLite has no function `{name}`")
    if isinstance(error, MemoryError):
        return FollowupError("the query needs too much memory", "ask for less at a time")
    if any(
        word in said for word in ("not authorized", "authorization denied", "prohibited", "cannot modify")
    ):
        return FollowupError(
            "the query would do more than read", "write one SELECT; the data is changed in its files"
        )
    if "one statement at a time" in said:
        return FollowupError("there is more than one statement", "write one SELECT")
    said = said[:1].lower() + said[1:].rstrip(".")
    return FollowupError(
        f"SQLite does not take the query: {said[:300]}", "`followup sql --schema` lists the tables"
    )


_MATCH = re.compile(r"\bmatch\s+'((?:[^']|'')*)'", re.IGNORECASE)
_TERM = re.compile(r'"[^"]*"\*?|(?P<column>\w+\s*:\s*)?(?P<word>[^\s"()]+?)(?P<rest>[*)]*)(?=[\s"()]|$)')


def _quoted(query: str) -> str | None:
    """Give the search of a query with double quotes around the words that need them; None if none does."""
    search = _MATCH.search(query)
    if search is None:
        return None

    def quote(term: re.Match[str]) -> str:
        word = term["word"]
        if not word or re.fullmatch(r"\w+|[+^]", word):
            return term[0]
        return f'{term["column"] or ""}"{word}"{term["rest"]}'

    written = _TERM.sub(quote, search[1].replace('"', "") if search[1].count('"') % 2 else search[1])
    return None if written == search[1] else f"match '{written}'"


def _tables_in(query: str, columns: dict[str, tuple[str, ...]]) -> list[str]:
    words = query.lower().replace(",", " ").replace("(", " ").replace(")", " ").split()
    return [table for table in columns if table in words] or list(columns)
