"""FORMATS: how tables are written; one file per family of formats, loaded when it is asked for."""

from dataclasses import replace
from typing import Any, NamedTuple

from followup_cli.registry import Entry, load
from followup_cli.table import Cell, Column, Content, Kind, Table


class Screen(NamedTuple):
    """What a text is written for; a pipe or file has no width.

    `wide` shows all columns in full on a terminal; `plain` writes one name and value a line, and draws
    nothing; `excel` is a spreadsheet that guesses what a text is; with `provenance` data say what they are of.
    `language` is what SPOKEN formats are said in.
    """

    width: int | None = None
    colour: bool = False
    wide: bool = False
    plain: bool = False
    excel: bool = False
    provenance: bool = False
    language: str = "en"


# Formats for people: these can be in another language than English, and PUBLISHED ones are in the plan's.
PUBLISHED = ("markdown", "html", "ics")
SPOKEN = (*PUBLISHED, "xlsx", "table")
ONE_TABLE = ("csv", "tsv", "jsonl")  # of a page these hold its main table alone
FORMATS: dict[str, Entry] = {
    "table": Entry("formats.text:table", (".txt",), "for reading; the default on a terminal"),
    "json": Entry("formats.json:json", (".json",), "one value: an array of objects, or an object"),
    "jsonl": Entry("formats.json:jsonl", (".jsonl", ".ndjson"), "one JSON object a line"),
    "csv": Entry("formats.separated:csv", (".csv",), "for programs; with `--excel` for a spreadsheet"),
    "tsv": Entry("formats.separated:tsv", (".tsv",), "tab-separated; the default in a pipe"),
    "markdown": Entry(
        "formats.markdown:markdown", (".md", ".markdown"), "tables that GitHub and GitLab render"
    ),
    "html": Entry("formats.page.html:html", (".html", ".htm"), "one page that works offline"),
    "xlsx": Entry("formats.files.xlsx:answer", (".xlsx",), "a workbook, to a file", "bytes"),
}


def alone(content: Content, screen: Screen) -> Table:
    """Give the table that is written where only one fits, with the day and the edition in each row if asked for."""
    table = content if isinstance(content, Table) else content.main_table()
    about = content.provenance
    if not (screen.provenance and about):
        return table
    said: dict[str, Cell] = {"as_of": about.as_of, "version": about.version}
    said |= {"versus": about.versus} if about.versus else {}
    kept = [i for i, column in enumerate(table.columns) if column.name not in said]
    added = [Column(name, Kind.TEXT if name == "version" else Kind.DATE) for name in said]
    rows = [(*(row[i] for i in kept), *said.values()) for row in table.rows]
    return replace(table, columns=(*(table.columns[i] for i in kept), *added), rows=rows)


def render(content: Content, name: str, screen: Screen | None = None) -> str:
    """Write tables in a format of FORMATS that is a text; it ends with a line end unless it is empty."""
    return str(_written(content, name, screen or Screen()))


def render_bytes(content: Content, name: str, screen: Screen | None = None) -> bytes:
    """Write tables in a format of FORMATS that is no text."""
    return bytes(_written(content, name, screen or Screen()))


def _written(content: Content, name: str, screen: Screen) -> Any:
    write = load(FORMATS[name])
    second = content.provenance.also.get(screen.language) if content.provenance else None
    if screen.language == "en" and not second:
        return write(content, screen)
    from followup_cli.formats.phrases import speaking

    with speaking(screen.language, second or {}):
        return write(content, screen)
