"""Markdown that GitHub and GitLab render: one space of padding, so that one edit changes one row."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from followup_cli.formats import Screen
from followup_cli.formats.characters import fit
from followup_cli.formats.phrases import day_in_words, told
from followup_cli.formats.wording import worded
from followup_cli.table import Cell, Column, Content, Kind, Table

# What Markdown, its HTML, its autolinks and Liquid would act upon: each of these is written as an entity or behind a
# back-slash, and nothing else is. A `_` within a word, a `*` between spaces and a `\\` before a letter do nothing.
_ACTIVE = re.compile(
    r"[<>&`|~$\[]|:(?=//)|(?<=\bwww)\.|\{(?![\w\s}]|$)|\\(?![^\W_])|(?<!\w)_|_(?!\w)|(?<=\S)\*|\*(?=\S)"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", ":": "&#58;", ".": "&#46;", "{": "&#123;"}
# Where a mention, a reference or the shortcode of an emoji begins. Forges look for these in the finished page, where an
# escaped "@" is an "@" again: only a comment between the sign and the word parts them.
_SHORTCODE = r"(?<=:)(?=(?:[\w+-]*[A-Za-z][\w+-]*|100|1234|[+-]1):)"
_REFERENCE = re.compile(
    rf"(?<=[@#])(?=\w)|(?<=(?<!\w)[!%~$&^])(?=\w)|(?<=\b[Gg][HhLl]-)(?=\d)|(?<=\[)(?=\w+:\w)|{_SHORTCODE}"
)
_APART = "<!-- -->"
# Texts of nothing but these need no second look, and most are so.
_HARMLESS = re.compile("[0-9A-Za-z\u0400-\u04ff](?:[0-9A-Za-z\u0400-\u04ff ,()]|-(?![0-9]))*")


def markdown(content: Content, screen: Screen) -> str:  # noqa: ARG001
    """Write tables with their headings and with what they are of; what a page says at its end comes last."""
    content = worded(content)
    about = [f"_{escape(told(content.provenance.caption))}_\n"] if content.provenance else []
    if isinstance(content, Table):
        return "\n".join([_sections(content, 2), *about])
    parts = [_heading(1, content.title), *about] if content.title else about
    for table in content.tables:
        parts += [_heading(2, table.title)] if table.title else []
        parts.append(_sections(table, 3 if table.title else 2))
    return "\n".join([*parts, *(f"{sentence(line)}\n" for line in content.closing)])


def _heading(level: int, text: str) -> str:
    """Write a heading; number signs at its end would be taken for its end mark."""
    text = re.sub("#$", r"\\#", escape(text))
    return f"{'#' * level} {text}\n"


def _sections(table: Table, level: int) -> str:
    """Write a table, or if its rows are grouped a table for each group under its own heading."""
    if not (table.group and table.rows):
        return grid(table)
    heads = [i for i, column in enumerate(table.columns) if column.name in table.group]
    rest = [i for i in range(len(table.columns)) if i not in heads]
    parts = []
    for key, rows in groupby(table.rows, lambda row: [str(row[i]) for i in heads if row[i]]):
        some = replace(
            table,
            group=(),
            columns=tuple(table.columns[i] for i in rest),
            rows=[tuple(row[i] for i in rest) for row in rows],
        )
        heading = f"{_heading(level, '. '.join(key))}\n" if key else ""
        parts.append(f"{heading}{grid(some)}")
    return "\n".join(parts)


def grid(table: Table) -> str:
    """Write one table without a heading."""
    columns = table.data_columns()
    if table.record:
        lines = [
            f"- **{escape(column.heading)}**: {cell(row[i], column)}"
            for row in table.rows
            for i, column in columns
            if row[i] not in (None, ())
        ]
        return "\n".join(lines) + "\n"
    if not table.rows:
        return f"_{escape(table.empty)}_\n"
    lines = [_row(escape(column.heading) for _, column in columns)]
    lines.append(_row("---:" if column.kind is Kind.NUMBER else "---" for _, column in columns))
    lines += [_row([cell(row[i], column) for i, column in columns]) for row in table.rows]
    return "\n".join(lines) + "\n"


_ADDRESS = re.compile(rf"https?://[A-Za-z0-9.-]+(?:(?!{_SHORTCODE})[^\s<>|`{{\\\[\]])*", re.IGNORECASE)


def cell(value: Cell, column: Column) -> str:
    """Write one cell so that nothing in it is taken for markup."""
    if value is None:
        return ""
    if column.kind is Kind.LINK and isinstance(value, str) and _ADDRESS.fullmatch(value):
        return f"<{value}>"  # shown as it is, and leads there
    if isinstance(value, tuple):
        return ", ".join([escape(str(part)) for part in value])
    return day_in_words(value) if isinstance(value, date) else escape(str(value))


@lru_cache(maxsize=4096)  # what tables say over and over: bodies, sections, states
def escape(text: str) -> str:
    """Make a text neutral in Markdown: markup, HTML, mentions, references and addresses."""
    return text.rstrip(" ") if _HARMLESS.fullmatch(text) else _escaped(text)


def paragraph(text: str) -> str:
    """Make a text neutral that stands at the start of a line, where it could begin a list or a heading."""
    return re.sub(r"^(?:(?=[#+=*:-]+(?:\s|$))|\d{1,9}(?=[.)](?:\s|$)))", r"\g<0>\\", escape(text))


def sentence(text: str) -> str:
    """Write a sentence of ours with its literals as code, and nothing in either taken for markup."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(
        f"<code>{escape(part)}</code>" if number % 2 and part else _keeping_spaces(part)
        for number, part in enumerate(parts)
    )


def _keeping_spaces(text: str) -> str:
    """Escape a piece of a sentence, whose spaces at either end part it from the next."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escape(text)}{after}" if text.strip() else text


def _escaped(text: str) -> str:
    text = _APART.join(_ACTIVE.sub(_neutral, part) for part in _REFERENCE.split(fit(text)))
    return re.sub(r"\s*\n\s*", "<br>", text.strip())


def _neutral(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], "\\" + match[0])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
