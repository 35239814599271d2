"""Documents as plans are published in, made small: each of a title and rows of cells."""

import html as escaping
import io
from collections.abc import Callable, Sequence

from docx import Document
from openpyxl import Workbook
from pdfminer.fontmetrics import FONT_METRICS

Rows = Sequence[Sequence[str]]
_WIDTHS = FONT_METRICS["Helvetica"][1]


def html(title: str, rows: Rows) -> bytes:
    """Write a page; line ends in a cell are breaks."""
    lines = ["<tr>" + "".join(f"<td>{_marked(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<html><body><h1>{title}</h1><table>{''.join(lines)}</table></body></html>".encode()


def _marked(text: str) -> str:
    return escaping.escape(text).replace("\n", "<br>")


def markdown(title: str, rows: Rows) -> bytes:
    """Write a Markdown page."""
    first, *rest = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in row) + " |"
        for row in rows
    ]
    return "\n".join([f"# {title}", "", first, "|---" * len(rows[0]) + "|", *rest, ""]).encode()


def csv(title: str, rows: Rows) -> bytes:
    """Write CSV with a line above the headings, as spreadsheets save it."""
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [[title], *rows]]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def xlsx(title: str, rows: Rows) -> bytes:
    """Write a workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [[title], *rows]:
        sheet.append(list(row))
    return saved(book)


def saved(document: Workbook) -> bytes:
    """Give the bytes of a workbook."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx(title: str, rows: Rows) -> bytes:
    """Write a Word document."""
    document = Document()
    document.add_heading(title, 0)
    table = document.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(title: str, rows: Rows, widths: Sequence[int] = (), size: int = 8) -> bytes:
    """Write a PDF of one page, its table drawn with lines; words that have no room go on in the next line."""
    widths = widths or [535 // len(rows[0])] * len(rows[0])
    drawn = [f"BT /F1 12 Tf 30 810 Td ({_quoted(title)}) Tj ET"]
    top = 790
    for row in rows:
        cells = [_wrapped(cell, width - 6, size) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * (size + 3) + 6
        left = 30
        for lines, width in zip(cells, widths, strict=True):
            drawn.append(f"{left} {top - height} {width} {height} re S")
            for n, line in enumerate(lines):
                drawn.append(
                    f"BT /F1 {size} Tf {left + 3} {top - size - 2 - n * (size + 3)} Td ({_quoted(line)}) Tj ET"
                )
            left += width
        top -= height
    return _file("\n".join(drawn).encode("cp1252"))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _wrapped(text: str, width: float, size: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and sum(_WIDTHS.get(letter, 500) for letter in f"{line} {word}") * size / 1000 > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def _file(stream: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Font << /F1 3 0 R >> >>",
    ]
    content = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        content
        + b"xref\n0 7\n0000000000 65535 f \n%btrailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(content),
        )
    )


KINDS: dict[str, Callable[[str, Rows], bytes]] = {
    "plan.html": html,
    "plan.md": markdown,
    "plan.csv": csv,
    "plan.xlsx": xlsx,
    "plan.docx": docx,
    "plan.pdf": pdf,
}
