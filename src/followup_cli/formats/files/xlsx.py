"""Excel: a sheet per table, with typed dates, a frozen header and filters, and a legend."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from followup_cli.formats import Screen
from followup_cli.formats.characters import fit, one_line, web_address
from followup_cli.formats.files import Files, last_change, rows, texts
from followup_cli.formats.json import provenance
from followup_cli.formats.page.svg import COLOURS
from followup_cli.formats.phrases import say, told
from followup_cli.formats.separated import cell_text
from followup_cli.formats.wording import code, worded_page
from followup_cli.glossary import STATE_MEANINGS, STATUS_MEANINGS
from followup_cli.table import Cell, Column, Content, Kind, Page, Table

_LONGEST = 32_767  # characters in a cell
_LONGEST_LINK = 2_079  # characters of an address
_LINKED = 30_000  # rows whose addresses are links: a sheet may have 65,530
_BLANK = "#fff9e0"
_CUT = "… (cut here: a cell holds 32,767 characters)"
_WIDTHS = {Kind.NUMBER: 11, Kind.DATE: 12, Kind.FLAG: 9, Kind.LIST: 26, Kind.STATE: 15}
_WIDE = {"title": 60, "activity_title": 60, "outcome": 36, "note": 60, "name": 52, "points": 60, "quote": 60}
_NARROW = {"id": 8, "deliverable": 12, "section": 9, "agency": 12, "role": 12, "code": 12}
# What most people open the file for comes first.
_ORDER = ("deliverables", "agencies", "updates", "evidence")


def answer(content: Content, screen: Screen) -> bytes:  # noqa: ARG001
    """Write the answer to a question as a workbook; a report says above its first table what it is of."""
    if isinstance(content, Table):
        page = Page(content.title, (content,), main=content.name, provenance=content.provenance)
        return xlsx(page)[""]
    # What others read on (all tables of the plan, and the plan's own) begins with its headings.
    return xlsx(content, entitled=content.table("assignments") is None and content.main != "table")[""]


def xlsx(page: Page, *, entitled: bool = False) -> Files:
    """Write a workbook.

    A text stays a text: nothing is taken for a formula or a number, and only an address of the web that stands alone
    in its cell is a link.

    Args:
        page: the tables, a sheet each.
        entitled: whether the first sheet says above its table what it is of.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, {"in_memory": True, **plain})
    plan = next(iter(rows(page, "plan")), {})
    about = page.provenance
    day = last_change(page) if plan or about is None else about.as_of
    caption = one_line(told(about.caption) if about else page.title)
    book.set_properties(
        {
            "title": texts(plan.get("title", about.title if about else page.title)),
            "subject": texts(plan.get("act")),
            "comments": caption,
            "created": datetime.combine(day, time()),
        }
    )
    for name, value in provenance(about).items() if about else ():
        if value is not None:
            book.set_custom_property(name, value if isinstance(value, int) else fit(str(value))[:255])
    formats = _formats(book)
    order = {name: number for number, name in enumerate(_ORDER)}
    tables = worded_page(page).tables
    for place, table in enumerate(sorted(tables, key=lambda table: order.get(table.name, len(order)))):
        _sheet(book, formats, table, caption if entitled and not place else None)
    _legend(book, formats, tables, caption)
    for sheet in book.worksheets():
        sheet.set_footer(f"&L{_footer(caption)}&R&P / &N")
    book.close()
    return {"": stream.getvalue()}


def _footer(text: str) -> str:
    """Write a text as a part of a footer: `&` begins what acts in it, and all of it has 255 characters."""
    short = text.replace("&", "+")
    return short if len(short) <= 240 else f"{short[:239]}…"


def _formats(book: Any) -> dict[str, Any]:
    top: dict[str, object] = {"valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bottom": 2, "valign": "top", "bg_color": "#eef1f4"}),
        "above": book.add_format({**top, "font_color": "#596068"}),
        "text": book.add_format({**top, "text_wrap": True}),
        "blank": book.add_format({**top, "text_wrap": True, "bg_color": _BLANK, "border": 4}),
        "blank date": book.add_format(
            {**top, "num_format": "yyyy-mm-dd", "align": "left", "bg_color": _BLANK, "border": 4}
        ),
        "link": book.add_format({**top, "text_wrap": True, "font_color": "#0b4f8a", "underline": 1}),
        "number": book.add_format(top),
        "date": book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        **{
            state: book.add_format({**top, "bold": True, "font_color": pair[0]})
            for state, pair in COLOURS.items()
        },
    }


def _named(table: Table) -> str:
    return say(table.name.capitalize())[:31]  # a sheet's name has no more


def _headings(table: Table) -> list[str]:
    """Give each column a heading of its own: where two would be the same, they are named in full."""
    headings = [column.heading for _, column in table.data_columns()]
    return [
        say(column.name.replace("_", " ")) if headings.count(column.heading) > 1 else column.heading
        for _, column in table.data_columns()
    ]


def _sheet(book: Any, formats: dict[str, Any], table: Table, above: str | None = None) -> None:
    sheet = book.add_worksheet(_named(table))
    columns = table.data_columns()
    top = 0
    if above:
        sheet.write_string(0, 0, above, formats["above"])
        top = 2
    headings = _headings(table)
    for place, (_, column) in enumerate(columns):
        width = _WIDE.get(column.name) or _NARROW.get(column.name) or _WIDTHS.get(column.kind, 18)
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, headings[place], formats["head"])
    last = top
    for last, row in enumerate(table.rows, top + 1):
        for place, (index, _) in enumerate(columns):
            _write(sheet, formats, last, place, row[index])
    for place, (_, column) in enumerate(columns):
        if column.blank and table.rows:
            _to_fill_in(sheet, formats, column, place, last)
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, last, len(columns) - 1)


def _to_fill_in(sheet: Any, formats: dict[str, Any], column: Column, place: int, last: int) -> None:
    """Mark the cells of a column that someone fills in, and let them hold only what they may."""
    form = formats["blank date" if column.kind is Kind.DATE else "blank"]
    for row in range(1, last + 1):
        sheet.write_blank(row, place, None, form)
    asked: dict[str, Any] = {"input_title": column.heading[:32], "input_message": column.meaning[:255]}
    if column.words:
        asked |= {"validate": "list", "source": list(column.words)}
    elif column.kind is Kind.DATE:
        asked |= {"validate": "date", "criteria": ">", "value": date(1900, 1, 1)}
    else:
        asked |= {"validate": "any"}
    sheet.data_validation(1, place, last, place, asked)


def _write(sheet: Any, formats: dict[str, Any], row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == ():
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, formats["number"])
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, formats["number"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), formats["date"])
    else:
        text = fit(cell_text(cell))
        if len(text) > _LONGEST:
            text = text[: _LONGEST - len(_CUT)] + _CUT
        address = web_address(text)
        if address and row <= _LINKED and len(address) <= _LONGEST_LINK:
            sheet.write_url(row, column, address, formats["link"], text)
        else:
            sheet.write_string(row, column, text, formats.get(code(cell), formats["text"]))


def _legend(book: Any, formats: dict[str, Any], tables: Sequence[Table], caption: str) -> None:
    sheet = book.add_worksheet(say("Legend"))
    for column, (heading, width) in enumerate((("sheet", 16), ("column or word", 22), ("meaning", 90))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say(heading), formats["head"])
    lines = [("", "", caption)]
    for table in tables:
        lines += [(_named(table), "", table.meaning)] if table.meaning else []
        columns = zip(_headings(table), table.data_columns(), strict=True)
        lines += [(_named(table), heading, c.meaning) for heading, (_, c) in columns if c.meaning]
    for name, meanings in (("State", STATE_MEANINGS), ("Status", STATUS_MEANINGS)):
        lines += [(say(name), say(word), say(meaning)) for word, meaning in meanings.items()]
    for row, line in enumerate(lines, 1):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, formats["text"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), 2)
