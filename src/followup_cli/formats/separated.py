"""CSV and TSV: one header line, one line a row, lists joined by "; "."""

import re
from collections.abc import Iterable
from datetime import date

from followup_cli.formats import Screen, alone
from followup_cli.table import Cell, Content, Kind

_QUOTE = '"'
_FORMULA = "=+-@\t\r"
_TSV_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})
# What is quoted: a `;` too, which parts cells where the comma is the decimal mark.
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')
# What a spreadsheet takes for a number, a time or a date: 1.10, 3-4, 007, 1e5, July 2023, 31 декабря.
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec янв фев мар апр май мая июн июл авг сен окт ноя дек"
    " қаң ақп нау сәу мам мау шіл там қыр қаз қар жел"
)
_NUMBER = rf"(?i)(?=.*\d)[\d\s.,:/()%$€£+-]*(?:(?:e|am|pm|(?:{_MONTHS.replace(' ', '|')})\w*)[\d\s.,:/+-]*)?"


def csv(content: Content, screen: Screen) -> str:
    """Write a table, or a page's main table, as CSV with LF line ends.

    A text that a spreadsheet would take for a formula is led by an apostrophe (OWASP's advice), also as an item of a
    list. Written for Excel (`screen.excel`) there is a byte order mark, by which it knows UTF-8, and an apostrophe
    keeps a text from becoming a number or a date.
    """
    table = alone(content, screen)
    columns = table.data_columns()
    texts = (
        screen.excel and {i for i, column in columns if column.kind in (Kind.TEXT, Kind.LIST, Kind.LINK)}
    ) or ()
    lines = [_line(column.name for _, column in columns)]
    lines += [_line(_guarded(row[i], text=i in texts) for i, _ in columns) for row in table.rows]
    return ("\ufeff" if screen.excel else "") + "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    quoted = [f'"{cell.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(cell) else cell for cell in cells]
    return ",".join(quoted) or '""'  # an empty line would be no row


def tsv(content: Content, screen: Screen) -> str:
    r"""Write a table, or a page's main table, with tabs between cells; a tab in a cell becomes `\t`."""
    table = alone(content, screen)
    columns = table.data_columns()
    lines = ["\t".join(column.name for _, column in columns)]
    for row in table.rows:
        cells = [cell_text(row[i]) for i, _ in columns]
        line = "\t".join(cells)
        if "\n" in line or "\r" in line or line.count("\t") >= len(cells):
            line = "\t".join(cell.translate(_TSV_ESCAPES) for cell in cells)
        lines.append(line)
    return "\n".join(lines) + "\n"


def cell_text(cell: Cell) -> str:
    """Write a cell as plain text: lists joined by "; ", nothing for None."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "; ".join(map(str, cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _guarded(cell: Cell, *, text: bool) -> str:
    """Write a cell with an apostrophe before whatever a spreadsheet would run, or, of a text, take for a number."""
    if not isinstance(cell, tuple):
        return _text(cell_text(cell), text_only=text)
    joined = "; ".join(_text(str(part), text_only=False) for part in cell)
    return _text(joined, text_only=text)


def _text(text: str, *, text_only: bool) -> str:
    formula = text[:1] in _FORMULA and text and not text.lstrip("-").isdigit()
    return f"'{text}" if formula or (text_only and re.fullmatch(_NUMBER, text)) else text
