"""EXPORTS: the whole plan as files for other programs; one file here per format, loaded when asked for.

All are made from one page of tables, and all are the same bytes for the same data and the same day: where a
format wants a time stamp, it is the last day on which anything is known to have happened; that of a calendar is
the day that it is told as of.
"""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from followup_cli.formats.characters import one_line
from followup_cli.registry import Entry
from followup_cli.table import Cell, Page

_EARLIEST = date(1980, 1, 1)
Files = dict[str, bytes]  # contents by name; a single file has the name ""
# fmt: off
EXPORTS: dict[str, Entry] = {
    "xlsx": Entry("formats.files.xlsx:xlsx", (".xlsx",), "a workbook: a sheet per table, typed dates, a legend", "bytes"),
    "ics": Entry("formats.files.calendar:calendar", (".ics",), "a calendar: an all-day event per due date"),
    "sqlite": Entry("store.database_file:database_file", (".sqlite", ".sqlite3", ".db"), "a database: the tables and views of `followup sql`", "bytes"),
    "datapackage": Entry("formats.files.datapackage:datapackage", (), "a folder: CSV files and datapackage.json", "folder"),
    "parquet": Entry("formats.files.parquet:parquet", (), "a folder: a Parquet file per table", "folder"),
    "jsonl": Entry("formats.files.jsonl:jsonl", (".jsonl", ".ndjson"), "one JSON object per row of each table"),
}
# fmt: on


def rows(page: Page, name: str) -> list[dict[str, Cell]]:
    """Give the rows of a table of the page by the names of their columns; none if there is no such table."""
    table = page.table(name)
    return table.by_name() if table else []


def last_change(page: Page) -> date:
    """Tell the last day on which anything was known to happen: stands in files where a clock would."""
    happened = [row["date"] for name in ("updates", "amendments") for row in rows(page, name)]
    return latest([rows(page, "plan")[0]["adopted"], *happened])


def latest(days: Iterable[Cell]) -> date:
    """Give the latest of the days that there are; a month (2022-10) or a year counts from its first day.

    Without any it is the first day that a time stamp may have in every file.
    """
    known = (day if isinstance(day, date) else _first_day(str(day)) for day in days if day is not None)
    return max(known, default=_EARLIEST)


def _first_day(text: str) -> date:
    """Read a day, a month, a year, or "../2023-03-01"."""
    return date.fromisoformat(f"{text.removeprefix('../')}-01-01"[:10])


def ascii_name(name: str) -> str:
    """Write the id of a plan in ASCII for ever: one with other letters is told apart by its digest."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)
    return (
        plain if plain == name else f"{plain.strip('-') or 'plan'}-{sha256(name.encode()).hexdigest()[:12]}"
    )


def texts(*cells: Cell, between: str = ", ") -> str:
    """Join what there is of some cells on one line."""
    return between.join(one_line(str(cell)) for cell in cells if cell is not None)
