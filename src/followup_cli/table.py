"""What every question returns: typed cells in named columns, with no thought of how they look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What the cells of a column hold; a cell may always be None."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"  # of texts
    STATE = "state"
    BAR = "bar"  # pairs (state, count): drawn in a terminal, left out elsewhere


Cell = str | bool | float | date | tuple[str, ...] | tuple[tuple[str, int], ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A named column; `keep` says how long it stays when a screen is narrow (9: always)."""

    name: str
    kind: Kind = Kind.TEXT
    label: str | None = None
    keep: int = 9

    @property
    def heading(self) -> str:
        """Give the heading that people read."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells: `name` is its key in JSON, `title` its heading for people.

    `record` marks a table of exactly one row that reads as names and values.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    record: bool = False
    empty: str = "nothing"

    def data_columns(self) -> list[tuple[int, Column]]:
        """List the columns that carry data, each with its index."""
        return [(i, column) for i, column in enumerate(self.columns) if column.kind is not Kind.BAR]


@dataclass(frozen=True, slots=True)
class Page:
    """Several tables that are read together.

    `main` names the table that one-table formats (CSV, TSV, JSON Lines) write; `closing` are lines for
    people only.
    """

    title: str
    tables: tuple[Table, ...]
    main: str
    closing: tuple[str, ...] = ()

    def main_table(self) -> Table:
        """Give the table that stands for the page where only one fits."""
        return next(table for table in self.tables if table.name == self.main)


Content = Table | Page
