"""FORMATS: how tables are written; one file per family of formats, loaded when it is asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
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


class Format(NamedTuple):
    """A way to write tables: its function's place, the file endings that mean it, what it is for."""

    function: str
    endings: tuple[str, ...]
    meaning: str

    def load(self) -> Callable[[Content, Screen], str]:
        """Import the function that writes the format."""
        module, _, name = self.function.partition(":")
        function: Callable[[Content, Screen], str] = getattr(import_module(f"{__name__}.{module}"), name)
        return function


FORMATS: dict[str, Format] = {
    "table": Format("text:table", (".txt",), "for reading; the default on a terminal"),
    "json": Format("json:json", (".json",), "one value: an array of objects, or an object"),
    "jsonl": Format("json:jsonl", (".jsonl", ".ndjson"), "one JSON object a line"),
    "csv": Format("separated:csv", (".csv",), "for spreadsheets"),
    "tsv": Format("separated:tsv", (".tsv",), "tab-separated; the default in a pipe"),
    "markdown": Format("markdown:markdown", (".md", ".markdown"), "tables that GitHub and GitLab render"),
    "html": Format("page.html:html", (".html", ".htm"), "one page that works offline (extra `html`)"),
}


def format_named(name: str) -> str:
    """Find a format by name.

    Raises:
        FollowupError: if there is no such format.
    """
    sought = name.strip().casefold()
    if sought in FORMATS:
        return sought
    meant = nearest(sought, FORMATS)
    hint = f"did you mean `{meant}`?" if meant else f"the formats are {', '.join(FORMATS)}"
    raise FollowupError(f"there is no format `{name}`", hint)


def render(content: Content, name: str, screen: Screen | None = None) -> str:
    """Write tables in a format of FORMATS; the text ends with a line end unless it is empty."""
    return FORMATS[name].load()(content, screen or Screen())
