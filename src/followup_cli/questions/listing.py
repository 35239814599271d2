"""Lists: one row per deliverable."""

from collections.abc import Iterable
from dataclasses import replace

from followup_cli.glossary import Role
from followup_cli.questions.fields import FIELDS, Field, ordering
from followup_cli.questions.filters import ALL, Where
from followup_cli.questions.picture import Picture
from followup_cli.table import Column, Kind, Provenance, Table


def listing(
    picture: Picture, fields: Iterable[Field], condition: Where = ALL, order: str | None = None
) -> Table:
    """Show fields of the deliverables, or their occurrences, that are selected, one row each, in an order that is typed or the plan's.

    Raises:
        FollowupError: if there is no field that the order names.
    """
    fields = tuple(fields)
    rest = f"FROM {picture.source} WHERE {condition.sql} ORDER BY {ordering(order)}"
    rows = picture.cells(fields, rest, condition.values)
    empty = "no deliverable matches"
    return Table(picture.unit, picture.unit.capitalize(), picture.columns(fields), rows, empty=empty)


def named(picture: Picture, table: Table) -> Table:
    """Put to the titles of a list the outcomes, where an activity has several deliverables of one title."""
    names = [column.name for column in table.columns]
    at, title = names.index("id"), names.index("title")
    rows = [
        (*row[:title], picture.name(str(row[at]), str(row[title])), *row[title + 1 :]) for row in table.rows
    ]
    return replace(table, rows=rows)


def fields_of(picture: Picture, names: Iterable[str]) -> list[Field]:
    """Find fields as a plan fills them: who is in charge, or listed first where that is not said; of what recurs, the period."""
    fields = []
    for name in names:
        if name != "lead" or Role.LEAD in picture.roles or Role.UNSTATED not in picture.roles:
            fields.append(FIELDS[name])
        if name == "lead" and Role.UNSTATED in picture.roles:
            fields.append(FIELDS["first"])
        if name == "due" and picture.recurs:
            fields.append(FIELDS["occurrence"])
    return fields


def fields_table() -> Table:
    """List the fields that there are."""
    columns = (Column("field"), Column("type"), Column("meaning"))
    rows = [(name, field.column.kind.value, field.column.meaning) for name, field in FIELDS.items()]
    return Table("fields", "Fields", columns, rows)


def count_table(about: Provenance) -> Table:
    """Give a number of deliverables, and of how many they are."""
    columns = (Column(about.unit, Kind.NUMBER), Column("of", Kind.NUMBER))
    row = (about.number, about.total)
    return Table("count", "Count", columns, [row], record=True, provenance=about)
