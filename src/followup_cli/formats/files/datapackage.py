"""Data Package (Frictionless, version 2): CSV files, and a description with types, keys and meanings."""

import csv
import io
from json import dumps
from typing import Any

from followup_cli.formats.characters import fit, licence_address, web_address
from followup_cli.formats.files import Files, ascii_name, last_change, rows, texts
from followup_cli.formats.json import provenance
from followup_cli.formats.separated import cell_text
from followup_cli.table import Cell, Column, Kind, Page, Table

_SCHEMA = "https://datapackage.org/profiles/2.0/{}.json"
_TYPES = {Kind.NUMBER: "integer", Kind.DATE: "date", Kind.FLAG: "boolean"}


def datapackage(page: Page) -> Files:
    """Write a CSV file per table and `datapackage.json`.

    The cells are the data as it is: a spreadsheet is served by the format `xlsx`.
    """
    files = {f"data/{table.name}.csv": _csv(table) for table in page.tables}
    described = _described(page, files)
    text = dumps(described, ensure_ascii=False, indent=2) + "\n"
    return {**files, "datapackage.json": fit(text).encode()}


def _csv(table: Table) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return stream.getvalue().encode()


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return fit(cell_text(cell))


def _described(page: Page, files: Files) -> dict[str, Any]:
    plan = rows(page, "plan")[0]
    publisher = plan["source_publisher"]
    address = web_address(plan["source_url"])
    licence = licence_address(plan["licence"])
    about = page.provenance
    scope = about.scope if about else f"as of {plan['as_of']}"
    described: dict[str, Any] = {
        "$schema": _SCHEMA.format("datapackage"),
        "name": ascii_name(str(plan["id"])).lower(),
        "id": plan["id"],
        "title": plan["title"],
        "description": f"{texts(plan['title'], plan['act'])}, and what is known of how it was carried out: {scope}. "
        "No report known does not mean that nothing was done.",
        "version": plan["version"],
        "created": f"{last_change(page)}T00:00:00Z",
    }
    if about:
        described["provenance"] = provenance(about)
    if plan["licence"]:
        described["licenses"] = [
            {"name": plan["licence"], "path": licence} if licence else {"title": plan["licence"]}
        ]
    if publisher:
        described["sources"] = [{"title": publisher, **({"path": address} if address else {})}]
    keys = {table.name: [column.name for column in table.columns if column.key] for table in page.tables}
    described["resources"] = [
        _resource(table, keys, len(files[f"data/{table.name}.csv"])) for table in page.tables
    ]
    return described


def _resource(table: Table, keys: dict[str, list[str]], size: int) -> dict[str, Any]:
    return {
        "name": table.name,
        "$schema": _SCHEMA.format("dataresource"),
        "type": "table",
        "path": f"data/{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "dialect": {"$schema": _SCHEMA.format("tabledialect"), "lineTerminator": "\n"},
        "schema": {
            "$schema": _SCHEMA.format("tableschema"),
            "fields": [
                _field(column, kind) for column, kind in zip(table.columns, table.kinds(), strict=True)
            ],
            "primaryKey": keys[table.name],
            "foreignKeys": [
                {
                    "fields": [column.name],
                    "reference": {"resource": column.reference, "fields": keys[column.reference]},
                }
                for column in table.columns
                if column.reference
            ],
        },
    }


def _field(column: Column, kind: Kind) -> dict[str, Any]:
    meaning = column.meaning
    if column.kind is Kind.LIST:
        meaning += '; several with "; " between them'
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(kind, "string"),
        "description": meaning,
    }
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    return {**field, "constraints": constraints} if constraints else field
