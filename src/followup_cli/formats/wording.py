"""Tables in the reader's language: their headings and titles, and the cells that hold words of ours."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from followup_cli.formats.phrases import day_in_words, in_short, is_plain, own, say, told
from followup_cli.table import Cell, Column, Content, Kind, Page, Phrase, Table


def worded(content: Content) -> Content:
    """Put what is ours into the language that is spoken; names of columns, the plan's words and days stay.

    A table that comes back filled in stays whole: its headings are names that are read again.
    """
    if isinstance(content, Page):
        return worded_page(replace(content, tables=tuple(map(_since_due, content.tables))))
    return _table(_since_due(content))


def _since_due(table: Table) -> Table:
    """Count the days since the due day, where that is past in all rows, and not the days left."""
    at = next((i for i, column in enumerate(table.columns) if column.name == "days_left"), None)
    if at is None or any(column.blank for column in table.columns):
        return table
    days = [row[at] for row in table.rows if row[at] is not None]
    if not days or not all(isinstance(day, int) and day < 0 for day in days):
        return table
    since = table.columns[at]._replace(label="days since due")
    rows = [
        (*row[:at], -row[at] if isinstance(row[at], int) else None, *row[at + 1 :])  # type: ignore[operator]
        for row in table.rows
    ]
    return replace(table, columns=(*table.columns[:at], since, *table.columns[at + 1 :]), rows=rows)


def worded_page(page: Page) -> Page:
    """Put what is ours in a page into the language that is spoken, as `worded` does."""
    if is_plain():
        return page
    tables = tuple(map(_table, page.tables))
    return replace(page, title=told(page.title), tables=tables, closing=tuple(map(told, page.closing)))


def _table(table: Table) -> Table:
    if is_plain() or any(column.blank for column in table.columns):
        return table
    readers = [_reader(column) for column in table.columns]
    rows = [tuple(read(cell) for read, cell in zip(readers, row, strict=True)) for row in table.rows]
    columns = tuple(
        column._replace(label=in_short(column.heading), meaning=told(column.meaning))
        for column in table.columns
    )
    title, empty, meaning = map(told, (table.title, table.empty, table.meaning))
    return replace(table, title=title, columns=columns, rows=rows, empty=empty, meaning=meaning)


def code(cell: Cell) -> str:
    """Give the word of the data behind a cell that may have been put into another language."""
    return cell.phrase if isinstance(cell, Said) else str(cell)


class Said(Phrase):
    """A word of the data as the reader's language says it; its phrase is still the word of the data."""

    @classmethod
    def of(cls, word: str) -> "Said":
        """Say a word."""
        said = cls(say(word))
        said.phrase = word
        return said


def _reader(column: Column) -> Callable[[Cell], Cell]:
    if column.kind is Kind.FLAG:
        return lambda cell: say("yes" if cell else "no") if isinstance(cell, bool) else cell
    if column.kind is Kind.DATE:
        return lambda cell: day_in_words(cell) if isinstance(cell, str) else cell
    if column.kind is Kind.LIST:
        return lambda cell: tuple(own(str(item)) for item in cell) if isinstance(cell, tuple) else cell
    words = None if column.kind is Kind.STATE else column.words
    return partial(_said, words=words)


def _said(cell: Cell, words: tuple[str, ...] | None) -> Cell:
    """Say a cell that is a phrase, or one of the words that stand in its column, or where None are any."""
    if isinstance(cell, str) and (isinstance(cell, Phrase) or words is None or cell in words):
        return Said.of(cell) if not isinstance(cell, Phrase) or not cell.values else told(cell)
    return own(cell) if isinstance(cell, str) else cell
