"""Read a document of a word processor: `.docx`."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from followup_cli.importers.source import Cell, Grid, Paragraph, Published, spread, stretches, tidy, too_large

MAX_UNPACKED = 100 * 1024 * 1024  # bytes
MAX_PART = 30 * 1024 * 1024  # bytes of one part: read, it takes ten times as much
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx(content: bytes, name: str) -> Published:  # noqa: ARG001
    """Read a Word document: its paragraphs and tables in order; nothing in it is run or fetched.

    Raises:
        ValueError: if it is none, or unpacks to far more than a plan.
    """
    from docx import Document

    check_archive(content)
    try:
        document = Document(BytesIO(content))
    except Exception as error:  # noqa: BLE001 - the library raises whatever its parts raise
        raise ValueError(f"it is no Word document ({type(error).__name__})") from None
    names = {style.style_id: style.name or "" for style in document.styles}
    numbers: Counter[tuple[str, str]] = Counter()
    blocks: list[Paragraph | Grid] = []
    tables = 0
    for element in document.element.body:
        if element.tag == f"{_W}p":
            text = tidy(_words(element)[0])
            if text:
                blocks.append(
                    Paragraph(text, f"paragraph {len(blocks) + 1}", _level(names.get(_style(element), "")))
                )
        elif element.tag == f"{_W}tbl":
            tables += 1
            blocks.append(_grid(element, f"table {tables}", numbers))
    return Published(
        tuple(blocks), tidy(document.core_properties.title or ""), document.core_properties.language or ""
    )


def check_archive(content: bytes) -> None:
    """Refuse what is no archive, and one that unpacks to far more than a plan.

    Raises:
        ValueError: with what is wrong.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            sizes = [part.file_size for part in archive.infolist()]
            texts = [
                part.file_size for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))
            ]
            if sum(sizes) > MAX_UNPACKED or max(texts, default=0) > MAX_PART:
                raise too_large("more in it than a plan once it is unpacked")
    except BadZipFile:
        raise ValueError("it is no document of that kind, or a damaged one") from None


def _level(style: str) -> int:
    if style.startswith("Title"):
        return 1
    last = style.rpartition(" ")[2]
    return int(last) if style.lower().startswith("heading") and last.isdecimal() and int(last) <= 6 else 0


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return str(style.get(f"{_W}val")) if style is not None else ""


def _grid(table: Any, where: str, numbers: Counter[tuple[str, str]]) -> Grid:
    rows: list[list[tuple[Cell, int, int]]] = []
    above: dict[int, tuple[Cell, int]] = {}  # column → the cell that goes on below itself
    headings = 0
    hidden = set()
    for y, row in enumerate(_rows(table)):
        properties = row.find(f"{_W}trPr")
        if properties is not None:
            headings += headings == y and properties.find(f"{_W}tblHeader") is not None
            if properties.find(f"{_W}hidden") is not None or properties.find(f"{_W}del") is not None:
                hidden.add(y)
        placed, x = [], _before(properties)
        placed += [(Cell(), 1, 1)] * x
        for number, cell in enumerate(_own_cells(row)):
            span, goes_on = _span(cell)
            if goes_on and x in above:
                each = above[x][0]
            else:
                each = _cell(cell, f"{where}, row {y + 1}, column {number + 1}", numbers)
            above[x] = (each, span)
            placed.append((each, span, 1))
            x += span
        rows.append(placed)
    return Grid(where, spread(rows), frozenset(hidden), headings)


def _rows(table: Any) -> Iterator[Any]:
    """Give a table's own rows, also those within a content control, not those of tables within it."""
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from (row for row in child.iterfind(f"{_W}sdtContent/{_W}tr"))


def _own_cells(row: Any) -> Iterator[Any]:
    """Give a row's own cells, also those within a content control, not those of a table in one of them."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _own_cells(child)


def _before(properties: Any) -> int:
    skipped = properties.find(f"{_W}gridBefore") if properties is not None else None
    return min(int(skipped.get(f"{_W}val") or 0), 100) if skipped is not None else 0


def _span(cell: Any) -> tuple[int, bool]:
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        return 1, False
    span, merge = properties.find(f"{_W}gridSpan"), properties.find(f"{_W}vMerge")
    value = str(span.get(f"{_W}val")) if span is not None else "1"
    goes_on = merge is not None and merge.get(f"{_W}val") in (None, "continue")
    return (min(int(value), 100) if value.isdecimal() else 1), goes_on


def _cell(cell: Any, where: str, numbers: Counter[tuple[str, str]]) -> Cell:
    parts = [_words(paragraph) for paragraph in cell.iterfind(f".//{_W}p")]
    text, struck, bold = (tidy("\n".join(part[i] for part in parts)) for i in range(3))
    listed = cell.find(f".//{_W}numPr/{_W}numId")
    if listed is not None and not text:
        # An automatic number is no text of the document: it is counted as a word processor counts it.
        level = cell.find(f".//{_W}numPr/{_W}ilvl")
        key = (str(listed.get(f"{_W}val")), str(level.get(f"{_W}val")) if level is not None else "0")
        numbers[key] += 1
        return Cell(
            "",
            where,
            note=f"an automatic number, the {numbers[key]}. of its list, is no text of the document",
        )
    return Cell(text, where, struck, bold)


def _words(paragraph: Any) -> tuple[str, str, str]:
    """Give a paragraph's words, what of them is struck out, and what is bold; deleted revisions are gone."""
    words: list[str] = []
    struck: list[tuple[str, bool]] = []
    bold: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        text = "".join(_text(each) for each in run)
        properties = run.find(f"{_W}rPr")
        words.append(text)
        struck.append((text, _on(properties, "strike") or _on(properties, "dstrike")))
        if _on(properties, "b"):
            bold.append(text)
    return "".join(words), stretches(struck), "".join(bold)


def _text(each: Any) -> str:
    name = str(each.tag).removeprefix(_W)
    if name == "t":
        return str(each.text or "").replace("\n", " ")
    return {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}.get(name, "")


def _on(properties: Any, name: str) -> bool:
    switch = properties.find(f"{_W}{name}") if properties is not None else None
    return switch is not None and switch.get(f"{_W}val") not in ("0", "false", "off")
