"""FORMATS: how tables are written; one file per family of formats, loaded when it is asked for."""

from typing import NamedTuple

from followup_cli.registry import Entry, load
from followup_cli.table import Content


class Screen(NamedTuple):
    """What a text is written for; a pipe or file has no width.

    `wide` shows all columns in full on a terminal; `plain` writes one name and value a line, and draws
    nothing.
    """

    width: int | None = None
    colour: bool = False
    wide: bool = False
    plain: bool = False


FORMATS: dict[str, Entry] = {
    "table": Entry("formats.text:table", (".txt",), "for reading; the default on a terminal"),
    "json": Entry("formats.json:json", (".json",), "one value: an array of objects, or an object"),
    "jsonl": Entry("formats.json:jsonl", (".jsonl", ".ndjson"), "one JSON object a line"),
    "csv": Entry("formats.separated:csv", (".csv",), "for spreadsheets"),
    "tsv": Entry("formats.separated:tsv", (".tsv",), "tab-separated; the default in a pipe"),
    "markdown": Entry(
        "formats.markdown:markdown", (".md", ".markdown"), "tables that GitHub and GitLab render"
    ),
    "html": Entry("formats.page.html:html", (".html", ".htm"), "one page that works offline"),
}


def render(content: Content, name: str, screen: Screen | None = None) -> str:
    """Write tables in a format of FORMATS; the text ends with a line end unless it is empty."""
    return str(load(FORMATS[name])(content, screen or Screen()))
