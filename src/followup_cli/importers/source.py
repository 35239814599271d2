"""What a published document is read into: headings, paragraphs and grids of cells, each with its place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

MAX_CELLS = 300_000  # of one document: what is larger is no plan
MAX_SPAN = 1_000  # rows or columns that one merged cell may cover
MAX_CELL = 200_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is shown; a merged one stands in each place that it covers, with the same `where`.

    Attributes:
        text: its words, lines apart by line ends, with what is struck out.
        where: its place in the document, as people say it.
        struck: what of its words is struck out, each stretch on a line of its own.
        bold: the part of its words that is in bold type.
        note: what must be said of it, where a reader had to choose.
        day: the day that it holds as a day and not as a text, in ISO form, however it is shown.
    """

    text: str = ""
    where: str = ""
    struck: str = ""
    bold: str = ""
    note: str = ""
    day: str = ""

    @property
    def all_struck(self) -> bool:
        """Tell whether something stands there, and all of it is struck out."""
        return bool(self.struck) and self.struck.split() == self.text.split()

    @property
    def standing(self) -> str:
        """The words that are not struck out; all of them where all are."""
        if not self.struck or self.all_struck:
            return self.text
        kept, rest = "", self.text
        for part in self.struck.split("\n"):
            before, _, rest = rest.partition(part)
            kept += before
        return tidy(kept + rest)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length, merged cells spread over all that they cover.

    Attributes:
        where: its place in the document.
        rows: its cells; a missing one is an empty cell.
        hidden: numbers of the rows (from 0) that the document hides.
        headings: how many rows at the top the document itself calls headings, if it says so.
    """

    where: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()
    headings: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading (level 1 to 6) or a paragraph (level 0) outside of tables."""

    text: str
    where: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """A document: what stands in it, in order, and what it says of itself."""

    blocks: tuple[Paragraph | Grid, ...]
    title: str = ""
    language: str = ""
    notes: tuple[tuple[str, str, str], ...] = ()  # place, kind, what must be said of it


_SPACES = re.compile(r"[^\S\n]+")
_AROUND_LINE_END = re.compile(r" ?\n[ \n]*")
# Soft hyphens, marks of no width, and control characters: nothing of them is ever printed.
_IGNORED = dict.fromkeys(
    [*map(ord, "\u00ad\u200b\u2060\ufeff"), *range(9), *range(14, 32), *range(127, 160)], None
)


def tidy(text: str) -> str:
    """Take one space for any run of white space, and no blank lines; soft hyphens go."""
    text = text.translate(_IGNORED)
    return _AROUND_LINE_END.sub("\n", _SPACES.sub(" ", text)).strip()


def stretches(parts: Iterable[tuple[str, bool]]) -> str:
    """Put together those parts of a text that are meant: a line for each stretch of them."""
    return tidy("".join(text if is_meant else "\n" * bool(text) for text, is_meant in parts))


def spread(rows: Iterable[Sequence[tuple[Cell, int, int]]]) -> tuple[tuple[Cell, ...], ...]:
    """Lay out cells with their spans (columns, rows) as a grid without holes.

    A span that reaches past the last row ends there; one over another cell gives way to it.
    """
    placed: dict[tuple[int, int], Cell] = {}
    height = width = 0
    for y, row in enumerate(rows):
        height = y + 1
        free = count()
        x = next(free)
        for cell, columns, down in row:
            while (y, x) in placed:
                x = next(free)
            for dy in range(min(max(down, 1), MAX_SPAN)):
                for dx in range(min(max(columns, 1), MAX_SPAN)):
                    placed.setdefault((y + dy, x + dx), cell)
            width = max(width, x + min(max(columns, 1), MAX_SPAN))
            if len(placed) > MAX_CELLS:
                raise too_large("more cells than a plan has")
    empty = Cell()
    return tuple(tuple(placed.get((y, x), empty) for x in range(width)) for y in range(height))


def too_large(what: str) -> ValueError:
    """Give the error for a document that no plan is as large as."""
    return ValueError(f"it has {what}")
