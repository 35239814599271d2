"""What every question returns: typed cells in named columns, with no thought of how they look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Self


class Phrase(str):
    """A sentence or words of ours, in English, which know what they are made of: to be said in other languages.

    Attributes:
        phrase: the words, with `{name}` where a value goes.
        values: the values by name; by `n` the form of a plural is chosen. They may be phrases or days.
    """

    phrase: str
    values: dict[str, Any]

    def __new__(cls, phrase: str, /, **values: Any) -> Self:
        """Make a phrase of words, and of the values that go into them."""
        self = super().__new__(cls, phrase.format(**values) if values else phrase)
        self.phrase, self.values = phrase, values
        return self

    @classmethod
    def verbatim(cls, words: str) -> Self:
        """Make a phrase of words that are not ours, and stay what they are in every language."""
        return cls("{words}", words=words)

    @classmethod
    def joined(cls, between: str, parts: Iterable[str | None]) -> Self:
        """Put phrases and other texts beside each other, but for those that are empty."""
        values = {f"part_{number}": part for number, part in enumerate(filter(None, parts))}
        return cls(between.join(f"{{{name}}}" for name in values), **values)


class Kind(StrEnum):
    """What the cells of a column hold; a cell may always be None."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"  # of texts
    LINK = "link"  # an address
    FLAG = "flag"  # true or false
    STATE = "state"
    BAR = "bar"  # pairs (state, count): drawn as text, left out elsewhere
    SPAN = "span"  # (first day, last day, state): drawn as text on the column's axis, left out elsewhere


DRAWN = (Kind.BAR, Kind.SPAN)
Span = tuple[date | None, date | None, str]
Cell = str | bool | float | date | tuple[str, ...] | tuple[tuple[str, int], ...] | Span | None


class Axis(NamedTuple):
    """What spans are drawn on: from 1 January of a year to 31 December of one, with a day marked."""

    first: date
    last: date
    mark: date


class Column(NamedTuple):
    """A named column; `keep` says how long it stays when a screen is narrow (9: always).

    `axis` is what spans are drawn on; with `overlaps` the bars of several rows count the same things, and
    have no common total. `meaning` says what its cells mean. `required` cells are never None, and `words`
    are the only ones there can be; the cells of `key` columns together tell rows apart, and `reference`
    names the table of the page whose key stands in them. A `blank` column is there to be filled in.
    """

    name: str
    kind: Kind = Kind.TEXT
    label: str | None = None
    keep: int = 9
    axis: Axis | None = None
    overlaps: bool = False
    meaning: str = ""
    required: bool = False
    key: bool = False
    reference: str | None = None
    words: tuple[str, ...] = ()
    blank: bool = False

    @property
    def heading(self) -> str:
        """Give the heading that people read."""
        return self.label or self.name.replace("_", " ")


class Provenance(NamedTuple):
    """What an answer is of, for whoever finds it saved somewhere.

    Attributes:
        as_of: the day that everything is judged as of.
        plan: the id of the plan.
        title: its title.
        version: the edition of the data.
        moment: the day in words, with what else it is as of: "as of 2025-05-01, at v1.0".
        revision: the git revision that was asked for.
        selection: what is selected, in words; nothing where all is.
        number: how many deliverables the answer is about.
        total: how many there are.
        unit: what is counted: deliverables, or occurrences of them.
        versus: the earlier day that is compared with.
        language: that of the plan, as its data name it.
        also: of other languages, by their tag: the plan's words that have a text there, and the text.
    """

    as_of: date
    plan: str
    title: str
    version: str
    moment: str
    revision: str | None = None
    selection: str = ""
    number: int | None = None
    total: int | None = None
    unit: str = "deliverables"
    versus: date | None = None
    language: str = "en"
    also: Mapping[str, Mapping[str, str]] = MappingProxyType({})  # the last field

    @property
    def scope(self) -> Phrase:
        """Say what the answer is about: how many of all, on which day, in which edition of the data."""
        unit = f"{{number}} of {{n}} {self.unit}"
        count = Phrase(unit, number=self.number, n=self.total) if self.number is not None else ""
        edition = Phrase("data {version}", version=self.version)
        return Phrase.joined(" · ", (count, self.selection, self.moment, edition))

    @property
    def caption(self) -> Phrase:
        """Say what the answer is about, and of which plan."""
        return Phrase.joined(
            " · ", (Phrase("{title} ({plan})", title=self.title, plan=self.plan), self.scope)
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells: `name` is its key in JSON, `title` its heading for people, `meaning` what it lists.

    `record` marks a table of exactly one row that reads as names and values, and `group` names the columns
    that head the rows which share them. With `cards` each row reads as names and values where text is
    aligned. The rest is for terminals alone, other outputs are complete: with
    `clip` a row takes one line, `shown` rows are shown and `more` says how to see all, and without
    `on_screen` the table is left out.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    record: bool = False
    empty: str = "nothing"
    cards: bool = False
    clip: bool = False
    group: tuple[str, ...] = ()
    shown: int | None = None
    more: str = ""
    on_screen: bool = True
    meaning: str = ""
    provenance: Provenance | None = None

    def data_columns(self) -> list[tuple[int, Column]]:
        """List the columns that carry data, each with its index."""
        return [(i, column) for i, column in enumerate(self.columns) if column.kind not in DRAWN]

    def kinds(self) -> list[Kind]:
        """Tell what the cells of each column are; where one of its days is not exact (2022-10), they are texts."""
        return [
            Kind.TEXT
            if column.kind is Kind.DATE and any(isinstance(row[i], str) for row in self.rows)
            else column.kind
            for i, column in enumerate(self.columns)
        ]

    def by_name(self) -> list[dict[str, Cell]]:
        """Give each row as its cells by the name of their column."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


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
    provenance: Provenance | None = None

    def table(self, name: str) -> Table | None:
        """Find a table of the page by its name."""
        return next((table for table in self.tables if table.name == name), None)

    def main_table(self) -> Table:
        """Give the table that stands for the page where only one fits."""
        return next(table for table in self.tables if table.name == self.main)


Content = Table | Page
