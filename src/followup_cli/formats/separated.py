"""CSV and TSV: one header line, one line a row, lists joined by "; "."""

import csv as csv_module
import io
from datetime import date

from followup_cli.formats import Screen
from followup_cli.table import Cell, Content, Table

_TSV_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def csv(content: Content, screen: Screen) -> str:  # noqa: ARG001
    """Write a table, or a page's main table, as CSV with LF line ends.

    A text that a spreadsheet would take for a formula is led by an apostrophe (OWASP's advice).
    """
    table = _table(content)
    stream = io.StringIO()
    writer = csv_module.writer(stream, lineterminator="\n")
    columns = table.data_columns()
    writer.writerow([column.name for _, column in columns])
    writer.writerows([[_no_formula(cell_text(row[i])) for i, _ in columns] for row in table.rows])
    return stream.getvalue()


def tsv(content: Content, screen: Screen) -> str:  # noqa: ARG001
    r"""Write a table, or a page's main table, with tabs between cells; a tab in a cell becomes `\t`."""
    table = _table(content)
    columns = table.data_columns()
    lines = ["\t".join(column.name for _, column in columns)]
    lines += ["\t".join(cell_text(row[i]).translate(_TSV_ESCAPES) for i, _ in columns) for row in table.rows]
    return "\n".join(lines) + "\n"


def cell_text(cell: Cell) -> str:
    """Write a cell as plain text: lists joined by "; ", nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "; ".join(str(part) for part in cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _table(content: Content) -> Table:
    return content if isinstance(content, Table) else content.main_table()


def _no_formula(text: str) -> str:
    if text[:1] in "=+-@\t\r" and text and not text.lstrip("-").isdigit():
        return "'" + text
    return text
