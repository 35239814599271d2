"""Read a table kept as text: commas, semicolons, tabs or bars between its cells."""

import csv
import io

from followup_cli.importers.encodings import decoded
from followup_cli.importers.source import MAX_CELL, MAX_CELLS, Cell, Grid, Published, tidy, too_large

_SEPARATORS = ",;\t|"


def separated(content: bytes, name: str) -> Published:
    """Read CSV or TSV in whatever encoding and with whatever separator it was saved.

    Raises:
        ValueError: if a cell or the whole is far larger than a plan.
    """
    text = decoded(content).replace("\x00", "")
    mark = "\t" if name.lower().endswith((".tsv", ".tab")) else _separator(text)
    if text[:4].lower() == "sep=":
        mark, text = text[4], text.partition("\n")[2]
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[tuple[Cell, ...]] = []
    cells, line = 0, 1
    try:
        for row in reader:
            cells += len(row)
            if cells > MAX_CELLS:
                raise too_large("more cells than a plan has")
            rows.append(
                tuple(Cell(tidy(value), f"line {line}, column {x + 1}") for x, value in enumerate(row))
            )
            line = reader.line_num + 1
    except csv.Error:
        raise too_large("a cell that is larger than a plan") from None
    width = max(map(len, rows), default=0)
    padded = tuple(row + (Cell(),) * (width - len(row)) for row in rows)
    return Published((Grid("the table", padded),))


def _separator(text: str) -> str:
    """Choose the mark by which most rows have the same number of cells, and more than one."""
    best, most = ",", 0
    for mark in _SEPARATORS:
        sizes = [
            len(row)
            for row in csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=mark)
            if any(row)
        ]
        size = max(set(sizes), key=sizes.count, default=1)
        weight = sizes.count(size) * (size - 1)
        if weight > most:
            best, most = mark, weight
    return best
