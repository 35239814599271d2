"""Read a workbook: `.xlsx`. Cells give the words that they show, not the values behind them."""

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from followup_cli.importers.docx import check_archive
from followup_cli.importers.source import (
    MAX_CELL,
    MAX_CELLS,
    Cell,
    Grid,
    Paragraph,
    Published,
    stretches,
    tidy,
    too_large,
)

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE_PARTS = re.compile(r"yyyy|yy|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d", re.IGNORECASE)


def xlsx(content: bytes, name: str) -> Published:  # noqa: ARG001
    """Read the sheets of a workbook that it shows, each as a table under its name; no formula is computed.

    Raises:
        ValueError: if it is none, or holds far more than a plan.
    """
    from openpyxl import load_workbook

    check_archive(content)
    try:
        book = load_workbook(BytesIO(content), data_only=True, keep_links=False, rich_text=True)
    except Exception as error:  # noqa: BLE001 - the library raises whatever its parts raise
        raise ValueError(f"it is no workbook ({type(error).__name__})") from None
    blocks: list[Paragraph | Grid] = []
    notes = []
    for sheet in book.worksheets:
        where = f"sheet {sheet.title}"
        if sheet.sheet_state != "visible":
            notes.append((where, "hidden", "the sheet is hidden: it was left out"))
            continue
        notes += [
            (f"{where}, column {letter}", "hidden", "the column is hidden in the workbook: it was kept")
            for letter in _hidden(sheet)
        ]
        blocks += [Paragraph(tidy(sheet.title), where), _grid(sheet, where)]
    return Published(
        tuple(blocks), tidy(book.properties.title or ""), book.properties.language or "", tuple(notes)
    )


def _hidden(sheet: Any) -> list[str]:
    return sorted(letter for letter, column in sheet.column_dimensions.items() if column.hidden)


def _grid(sheet: Any, where: str) -> Grid:
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        raise too_large("more cells than a plan has")
    rows = [[_cell(cell, where) for cell in row] for row in sheet.iter_rows()]
    top, left = sheet.min_row, sheet.min_column
    for merged in sheet.merged_cells.ranges:
        first = rows[merged.min_row - top][merged.min_col - left]
        for y in range(merged.min_row - top, min(merged.max_row - top + 1, len(rows))):
            for x in range(merged.min_col - left, min(merged.max_col - left + 1, len(rows[y]))):
                rows[y][x] = first
    hidden = frozenset(
        y
        for y, row in enumerate(rows)
        if row and y + top in sheet.row_dimensions and sheet.row_dimensions[y + top].hidden
    )
    return Grid(where, tuple(map(tuple, rows)), hidden)


def _cell(cell: Any, sheet: str) -> Cell:
    where = f"{sheet}, cell {cell.coordinate}"
    value = cell.value
    if value is None:
        return Cell("", where)
    text = tidy(shown(value, str(cell.number_format or "General")))
    if len(text) > MAX_CELL:
        raise too_large("a cell that is larger than a plan")
    parts = value if isinstance(value, list) else [value]  # parts of one cell may have types of their own
    fonts = [(text if part is value else str(part), getattr(part, "font", None)) for part in parts]
    struck = stretches((words, bool(getattr(font, "strike", False))) for words, font in fonts)
    bold = tidy("".join(words for words, font in fonts if getattr(font, "b", False)))
    if not struck and getattr(cell.font, "strike", False):
        struck = text
    if not bold and getattr(cell.font, "b", False):
        bold = text
    return Cell(text, where, struck, bold, day=value.strftime("%Y-%m-%d") if isinstance(value, date) else "")


def shown(value: Any, pattern: str) -> str:
    """Write a value as the workbook shows it: a date by its pattern, a number with its digits."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _date(value, pattern)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, int | float):
        return _number(value, pattern)
    return str(value)


def _date(value: date, pattern: str) -> str:
    if pattern == "mm-dd-yy":  # what each computer shows in its own way
        return value.strftime("%Y-%m-%d")
    pattern = re.sub(r"\[[^\]]*\]|\\|\"|;.*|_.|@", "", pattern)
    pattern = re.sub(
        r"[\sT,]*h+(?::?m+)?(?::?s+(?:\.0+)?)?(?:\s*AM/PM)?", "", pattern, flags=re.IGNORECASE
    ).strip(" :")
    if not _DATE_PARTS.search(pattern):
        return value.strftime("%Y-%m-%d")
    month = _MONTHS[value.month - 1]
    day = value.strftime("%A")
    parts = {
        "yyyy": f"{value.year:04d}", "yy": f"{value.year % 100:02d}", "mmmmm": month[0], "mmmm": month,
        "mmm": month[:3], "mm": f"{value.month:02d}", "m": str(value.month),
        "dddd": day, "ddd": day[:3], "dd": f"{value.day:02d}", "d": str(value.day),
    }  # fmt: skip
    return _DATE_PARTS.sub(lambda match: parts[match[0].lower()], pattern)


def _number(value: float, pattern: str) -> str:
    digits = re.search(r"\.([0#]+)", pattern)
    percent = "%" in pattern
    number = value * 100 if percent else value
    if (digits is None and pattern in ("General", "@")) or not re.search("[0#]", pattern):
        text = repr(number)
        text = text.removesuffix(".0") if "e" not in text else f"{number:.15g}"
    else:
        text = f"{number:{',' if '#,##' in pattern else ''}.{len(digits[1]) if digits else 0}f}"
        if digits and "#" in digits[1]:
            text = text.rstrip("0").rstrip(".")
    return text + ("%" if percent else "")
