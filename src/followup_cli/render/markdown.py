"""Markdown that GitHub and GitLab render: one space of padding, so that one edit changes one row."""

import re
from collections.abc import Iterable
from datetime import date

from followup_cli.render import Screen
from followup_cli.table import Cell, Column, Content, Kind, Page, Table

# What Markdown, its autolinks and its mentions would act upon.
_ACTIVE = re.compile(
    r"([\\`*_{}\[\]<>|~$]|^[#+-](?= )|(?<![\w/])[@#](?=\w)|:(?=//)|(?<=\bwww)\.)", re.MULTILINE
)
_ENTITIES = {"<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;", ":": "&#58;", ".": "&#46;"}


def markdown(content: Content, screen: Screen) -> str:  # noqa: ARG001
    """Write tables with their headings."""
    if isinstance(content, Page):
        parts = [f"# {escape(content.title)}\n"] if content.title else []
        parts += [f"## {escape(table.title)}\n\n{grid(table)}" for table in content.tables]
        return "\n".join(parts)
    return grid(content)


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
    lines += [_row(cell(row[i], column) for i, column in columns) for row in table.rows]
    return "\n".join(lines) + "\n"


def cell(value: Cell, column: Column) -> str:  # noqa: ARG001
    """Write one cell so that nothing in it is taken for markup."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(escape(str(part)) for part in value)
    return value.isoformat() if isinstance(value, date) else escape(str(value))


def escape(text: str) -> str:
    """Make a text neutral in Markdown: markup, HTML, mentions, references and addresses."""
    text = text.replace("&", "&amp;")
    text = _ACTIVE.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)
    return re.sub(r"\s*\n\s*", "<br>", text.strip())


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
