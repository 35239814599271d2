"""JSON and JSON Lines: every field, UTF-8 as it is, dates in ISO form."""

from datetime import date
from json import dumps

from followup_cli.formats import Screen, alone
from followup_cli.table import Cell, Content, Provenance, Table

Value = str | float | list[str] | None


def json(content: Content, screen: Screen) -> str:
    """Write a table as an array of objects, a record as an object, a page as an object of those.

    With provenance the value stands under `rows`, beside what it is of.
    """
    value: object = (
        _value(content)
        if isinstance(content, Table)
        else {table.name: _value(table) for table in content.tables}
    )
    about = content.provenance
    if screen.provenance and about:
        value = {**provenance(about), "rows": value}
    return dumps(value, ensure_ascii=False, indent=2) + "\n"


def provenance(about: Provenance) -> dict[str, Value]:
    """Say what data is of, as an object."""
    return {
        "as_of": about.as_of.isoformat(),
        **({"versus": about.versus.isoformat()} if about.versus else {}),
        "plan": about.plan,
        "version": about.version,
        "revision": about.revision,
        "selection": about.selection or None,
        "total": about.total,
    }


def jsonl(content: Content, screen: Screen) -> str:
    """Write the rows of a table, or of a page's main table, as one object a line."""
    table = alone(content, screen)
    return "".join(dumps(row, ensure_ascii=False) + "\n" for row in objects(table))


def objects(table: Table) -> list[dict[str, Value]]:
    """Give each row as an object with the columns' names as keys."""
    columns = [(index, column.name) for index, column in table.data_columns()]
    return [{name: _cell(row[index]) for index, name in columns} for row in table.rows]


def _value(table: Table) -> list[dict[str, Value]] | dict[str, Value]:
    rows = objects(table)
    return rows[0] if table.record else rows


def _cell(cell: Cell) -> Value:
    if isinstance(cell, tuple):
        return [str(part) for part in cell]
    return cell.isoformat() if isinstance(cell, date) else cell
