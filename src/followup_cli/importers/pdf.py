"""Read the ruled tables of a PDF."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from followup_cli.importers.source import Cell, Grid, Paragraph, Published, tidy, too_large

_MAX_PAGES = 1_000


def pdf(content: bytes, name: str) -> Published:  # noqa: ARG001
    """Read the tables of a PDF that are drawn with lines, page by page, and the words between them.

    Raises:
        ValueError: if it is none, or it has no table with lines: pictures of pages hold no words.
    """
    import pdfplumber

    try:
        with pdfplumber.open(BytesIO(content)) as document:
            blocks, notes = joined(_blocks(document))
    except ValueError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises whatever its parts raise
        raise ValueError(f"it is no PDF that can be read ({type(error).__name__})") from None
    if not any(isinstance(block, Grid) for block in blocks):
        raise ValueError("no table with ruled lines is in it")
    return Published(tuple(blocks), notes=tuple(notes))


def _blocks(document: Any) -> Iterator[Paragraph | Grid]:
    """Take the pages apart, one by one."""
    if len(document.pages) > _MAX_PAGES:
        raise too_large("more pages than a plan has")
    for page in document.pages:
        where = f"page {page.page_number}"
        top = 0.0
        for number, table in enumerate(page.find_tables(), 1):
            yield from _lines(page, top, table.bbox[1], where)
            yield _grid(table, page.extract_words(), f"{where}, table {number}")
            top = table.bbox[3]
        yield from _lines(page, top, page.height, where)
        page.close()


def joined(parts: Iterable[Paragraph | Grid]) -> tuple[list[Paragraph | Grid], list[tuple[str, str, str]]]:
    """Put together the rows that the end of a page cut in two; each is noted, and each that may be one."""
    blocks: list[Paragraph | Grid] = []
    notes = []
    last = -1  # the last table
    for part in parts:
        blocks.append(part)
        if not isinstance(part, Grid) or not part.rows:
            continue
        before = blocks[last] if last >= 0 else None
        if isinstance(before, Grid):
            first = _repeated(before, part)
            below = _cut_off(blocks[last + 1 : -1], before)
            rest = part.rows[first:]
            if _goes_on(before, rest) and not below:
                whole = tuple(map(_both, before.rows[-1], rest[0]))
                blocks[last] = replace(before, rows=(*before.rows[:-1], whole))
                blocks[-1] = replace(part, rows=(*part.rows[:first], *rest[1:]))
                words = "the row was taken for the end of the one on the page before"
                notes.append((rest[0][1].where, "split", words))
            elif _may_go_on(before, rest):
                words = "the row may be cut by the page break: look at the end of the page before"
                words += f", where “{below[:80]}” stands below the table" if below else ""
                notes.append((rest[0][1].where, "split", words))
        last = len(blocks) - 1
    return blocks, notes


def _repeated(before: Grid, part: Grid) -> int:
    """Count the rows of headings that a table has again, as the one on the page before has them."""
    count = 0
    for one, two in zip(before.rows, part.rows, strict=False):
        if [cell.text for cell in one] != [cell.text for cell in two]:
            break
        count += 1
    return count


def _cut_off(blocks: Iterable[Paragraph | Grid], before: Grid) -> str:
    """Give the words below a table that no line closes: they begin with a number, and are more than that of a page."""
    page = before.where.partition(",")[0]
    words = " ".join(b.text for b in blocks if isinstance(b, Paragraph) and b.where == page)
    return words if re.match(r"\d+(?:\.\d+)*[.)]?\s+\S{3,}", words) else ""


def _may_go_on(before: Grid, rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Tell whether the first of some rows may be the rest of the last one before: it alone has no number."""
    if not before.rows or not rows or len(rows[0]) != len(before.rows[-1]) or len(rows[0]) < 3:
        return False
    return (
        not rows[0][0].text and any(cell.text for cell in rows[0]) and any(row[0].text for row in before.rows)
    )


def _goes_on(before: Grid, rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Tell whether the first of some rows is the rest of the last one before: without number, amid a sentence."""
    if not _may_go_on(before, rows):
        return False
    cells, above = rows[0], before.rows[-1]
    amid = any(
        cell.text and (cell.text[:1].islower() or one.text.endswith((",", "-")))
        for one, cell in zip(above, cells, strict=True)
    )
    return bool(above[0].text) and len({c.where for c in above}) > 2 and amid


def _both(one: Cell, two: Cell) -> Cell:
    return replace(one, text=f"{one.text} {two.text}".strip())


def _lines(page: Any, top: float, bottom: float, where: str) -> list[Paragraph]:
    if bottom - top < 1:
        return []
    part = page.crop((0, max(top, 0), page.width, min(bottom, page.height)), strict=False)
    text = part.extract_text() or ""
    return [Paragraph(tidy(line), where) for line in text.splitlines() if line.strip()]


def _grid(table: Any, words: Sequence[dict[str, Any]], where: str) -> Grid:
    """Lay out a table; a place without a cell of its own belongs to the merged cell before or above it."""
    grid: list[list[Cell]] = []
    boxes = [list(row.cells) for row in table.rows]
    for y, row in enumerate(boxes):
        line: list[Cell] = []
        for x, box in enumerate(row):
            if box is not None:
                text = _text([word for word in words if _is_within(word, box)], box)
                line.append(Cell(tidy(text), f"{where}, row {y + 1}, column {x + 1}"))
            elif x and (not grid or boxes[y - 1][x] is None or line[-1].where != grid[-1][x - 1].where):
                line.append(line[-1])
            else:
                line.append(grid[-1][x] if grid else Cell())
        grid.append(line)
    width = max(map(len, grid), default=0)
    return Grid(where, tuple(tuple(line) + (Cell(),) * (width - len(line)) for line in grid))


def _is_within(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _text(words: list[dict[str, Any]], box: tuple[float, float, float, float]) -> str:
    """Put the words of a cell together: a line goes on in the next where that one's first word had no room."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["bottom"]), word["x0"])):
        if lines and abs(lines[-1][-1]["bottom"] - word["bottom"]) < (word["bottom"] - word["top"]) / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    margin = min((line[0]["x0"] - box[0] for line in lines), default=0.0)
    text = ""
    for before, line in pairwise([[], *lines]):
        words_of = " ".join(word["text"] for word in line)
        if not before:
            text = words_of
            continue
        letter = (line[0]["x1"] - line[0]["x0"]) / len(line[0]["text"])
        has_room = before[-1]["x1"] + letter + line[0]["x1"] - line[0]["x0"] < box[2] - margin
        hyphen = text.endswith("-") and text[-2:-1].isalpha()
        text += ("\n" if has_room else "" if hyphen else " ") + words_of
    return text
