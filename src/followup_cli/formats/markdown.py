"""Markdown that GitHub and GitLab render: one space of padding, so that one edit changes one row."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from followup_cli.formats import Screen
from followup_cli.formats.characters import fit
from followup_cli.table import Cell, Column, Content, Kind, Table

# What Markdown, its HTML and its autolinks would act upon.
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~$]|^[#+-](?= )|:(?=//)|(?<=\bwww)\.)", re.MULTILINE)
_ENTITIES = {"<": "&lt;", ">": "&gt;", ":": "&#58;", ".": "&#46;"}
# Where a mention or a reference begins. Forges look for these in the finished page, where an escaped "@"
# is an "@" again: only a comment between the sign and the word parts them.
_REFERENCE = re.compile(r"(?<=(?<!\w)[@!%~$&^])(?=\w)|(?<=#)(?=\w)")
_APART = "<!-- -->"
# Texts of nothing but these need no second look, and most are so.
_HARMLESS = re.compile("[0-9A-Za-z\u0400-\u04ff][0-9A-Za-z\u0400-\u04ff ,()-]*")


def markdown(content: Content, screen: Screen) -> str:  # noqa: ARG001
    """Write tables with their headings; what a page says at its end comes last."""
    if isinstance(content, Table):
        return _sections(content, 2)
    parts = [f"# {escape(content.title)}\n"] if content.title else []
    for table in content.tables:
        parts += [f"## {escape(table.title)}\n"] if table.title else []
        parts.append(_sections(table, 3 if table.title else 2))
    return "\n".join([*parts, *(f"{escape(line)}\n" for line in content.closing)])


def _sections(table: Table, level: int) -> str:
    """Write a table, or if its rows are grouped a table for each group under its own heading."""
    if not (table.group and table.rows):
        return grid(table)
    heads = [i for i, column in enumerate(table.columns) if column.name in table.group]
    rest = [i for i in range(len(table.columns)) if i not in heads]
    parts = []
    for key, rows in groupby(table.rows, lambda row: [str(row[i]) for i in heads]):
        some = replace(
            table,
            group=(),
            columns=tuple(table.columns[i] for i in rest),
            rows=[tuple(row[i] for i in rest) for row in rows],
        )
        parts.append(f"{'#' * level} {escape('. '.join(key))}\n\n{grid(some)}")
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


_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+[^\s<>|`\\\[\]]*", re.IGNORECASE)


def cell(value: Cell, column: Column) -> str:
    """Write one cell so that nothing in it is taken for markup."""
    if value is None:
        return ""
    if column.kind is Kind.LINK and isinstance(value, str) and _ADDRESS.fullmatch(value):
        return f"<{value}>"  # shown as it is, and leads there
    if isinstance(value, tuple):
        return ", ".join([escape(str(part)) for part in value])
    return value.isoformat() if isinstance(value, date) else escape(str(value))


def escape(text: str) -> str:
    """Make a text neutral in Markdown: markup, HTML, mentions, references and addresses."""
    return text.rstrip(" ") if _HARMLESS.fullmatch(text) else _escaped(text)


def _escaped(text: str) -> str:
    text = _APART.join(_neutral(part) for part in _REFERENCE.split(fit(text)))
    return re.sub(r"\s*\n\s*", "<br>", text.strip())


def _neutral(text: str) -> str:
    text = text.replace("&", "&amp;")
    return _ACTIVE.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
