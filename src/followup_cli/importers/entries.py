"""What the tables of a published plan hold, row by row, before it is data."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from followup_cli.importers.headings import Header
from followup_cli.importers.source import Cell


@dataclass
class ActivityRows:
    """An activity as the tables have it.

    Attributes:
        where: the place of its first row.
        sections: the headings that it stands under, outermost first.
        header: the headings of its table.
        rows: its rows, each a cell for every column.
        gone: whether the row says that the activity was repealed.
        hidden: whether the document hides the row.
        common: of a milestone, what is said of its whole commitment: label → value.
    """

    where: str
    sections: tuple[str, ...]
    header: Header
    rows: list[tuple[Cell, ...]]
    gone: bool = False
    hidden: bool = False
    common: dict[str, Cell] = field(default_factory=dict)

    def cell(self, name: str, row: int = 0) -> Cell:
        """Give the first cell of a field that holds something."""
        return next((c for x in self.header.columns(name) if (c := self.rows[row][x]).text), Cell())

    def goes_on(self, row: Sequence[Cell]) -> bool:
        """Tell whether a row is one more of this activity: under its title, or without a title and a number."""
        title = next((row[x] for x in self.header.columns("title") if row[x].text), Cell())
        number = any(row[x].text for x in self.header.columns("number"))
        if title.text:
            return not self.gone and title.where in {cell.where for cell in self.rows[0]}
        return not self.gone and not number


@dataclass
class PlanTables:
    """What the tables of a document hold.

    Attributes:
        sections: the sections that rows open, each with those around it, also one that holds nothing.
        numbers: the printed numbers of sections that have a column for these.
        left_out: rows that are no activities: place, reason, words.
        notes: what else must be said of the document: place, kind, words.
        preamble: the lines above the first table, and above the headings within it.
        as_of: the words of a line above the table that say of which day its status is.
        counted: how many rows are what; their sum is the number of rows that hold anything.
    """

    entries: list[ActivityRows] = field(default_factory=list)
    sections: list[tuple[str, ...]] = field(default_factory=list)
    numbers: dict[tuple[str, ...], str] = field(default_factory=dict)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    language: str = ""
    title: str = ""
    abbreviations: dict[str, str] = field(default_factory=dict)
    as_of: str = ""
    preamble: list[str] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)


def place_of(cells: Sequence[Cell]) -> str:
    """Say where a row stands: as its first cell, without the column."""
    return re.sub(r", cell [A-Z]+(\d+)$", r", row \1", re.sub(r", column \d+$", "", cells[0].where))


def apart(row: Sequence[Cell]) -> list[Cell]:
    """Give a row's cells, each merged one once."""
    return list({cell.where or f"?{x}": cell for x, cell in enumerate(row)}.values())


def filled(row: Sequence[Cell]) -> list[Cell]:
    """Give a row's cells that hold something."""
    return [cell for cell in apart(row) if cell.text]


def one_line(text: str) -> str:
    """Take one space for each run of white space."""
    return " ".join(text.split())
