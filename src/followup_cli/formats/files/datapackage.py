"""Data Package (Frictionless, version 2): CSV files, and a description with types, keys and meanings."""

import csv
import io
from json import dumps
from typing import Any

from followup_cli.formats.characters import fit, licence_address, web_address
from followup_cli.formats.files import Files
from followup_cli.formats.separated import cell_text
from followup_cli.store.relations import RELATIONS, Attribute, Relation, Subject, whole_plan
from followup_cli.table import Cell, Kind, Table

_SCHEMA = "https://datapackage.org/profiles/2.0/{}.json"
_TYPES = {Kind.NUMBER: "integer", Kind.DATE: "date", Kind.FLAG: "boolean"}


def datapackage(subject: Subject) -> Files:
    """Write a CSV file per table and `datapackage.json`.

    The cells are the data as it is: a spreadsheet is served by the format `xlsx`.
    """
    files = {f"data/{table.name}.csv": _csv(table) for table in whole_plan(subject).tables}
    described = _described(subject, files)
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


def _described(subject: Subject, files: Files) -> dict[str, Any]:
    plan = subject.dataset.plan
    found: dict[str, Any] = {
        "$schema": _SCHEMA.format("datapackage"),
        "name": "".join(c if c.isascii() and c.isalnum() else "-" for c in plan.id.casefold()).strip("-")
        or "plan",
        "id": plan.id,
        "title": plan.title,
        "description": f"{plan.title} ({plan.act}), and what is known of how it was carried out, as of "
        f"{subject.as_of}. No report known does not mean that nothing was done.",
        "version": subject.dataset.version,
        "created": f"{subject.last_change}T00:00:00Z",
    }
    if plan.licence:
        address = licence_address(plan.licence)
        found["licenses"] = [{"name": plan.licence, "path": address} if address else {"title": plan.licence}]
    address = web_address(plan.source.url) if plan.source else None
    if plan.source:
        found["sources"] = [{"title": plan.source.publisher, **({"path": address} if address else {})}]
    found["resources"] = [
        _resource(relation, len(files[f"data/{name}.csv"])) for name, relation in RELATIONS.items()
    ]
    return found


def _resource(relation: Relation, size: int) -> dict[str, Any]:
    return {
        "name": relation.name,
        "$schema": _SCHEMA.format("dataresource"),
        "type": "table",
        "path": f"data/{relation.name}.csv",
        "description": relation.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "dialect": {"$schema": _SCHEMA.format("tabledialect"), "lineTerminator": "\n"},
        "schema": {
            "$schema": _SCHEMA.format("tableschema"),
            "fields": [_field(attribute) for attribute in relation.attributes],
            "primaryKey": list(relation.key),
            "foreignKeys": [
                {
                    "fields": [column],
                    "reference": {"resource": other, "fields": list(RELATIONS[other].key)},
                }
                for column, other in relation.references
            ],
        },
    }


def _field(attribute: Attribute) -> dict[str, Any]:
    meaning = attribute.meaning
    if attribute.kind is Kind.LIST:
        meaning += '; several with "; " between them'
    field: dict[str, Any] = {
        "name": attribute.name,
        "type": _TYPES.get(attribute.kind, "string"),
        "description": meaning,
    }
    constraints: dict[str, Any] = {"required": True} if attribute.required else {}
    if attribute.words:
        constraints["enum"] = list(attribute.words)
    return {**field, "constraints": constraints} if constraints else field
