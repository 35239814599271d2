"""Parquet: a file per table with types, for DuckDB, pandas and Spark."""

import io
import shlex
import sys
from json import dumps
from typing import Any

from followup_cli.errors import FollowupError
from followup_cli.formats.characters import fit
from followup_cli.formats.files import Files
from followup_cli.formats.json import provenance
from followup_cli.table import Cell, Kind, Page, Provenance, Table


def parquet(page: Page) -> Files:
    """Write a Parquet file per table; lists are lists, and what a column means stands in its metadata.

    Raises:
        FollowupError: if pyarrow, the extra `parquet`, is not installed; the hint installs it.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as writer
    except ImportError:
        install = f"{shlex.quote(sys.executable)} -m pip install pyarrow"
        raise FollowupError("the format `parquet` needs the library pyarrow", f"`{install}`") from None
    files: Files = {}
    for table in page.tables:
        shapes = table.kinds()
        schema = _schema(pa, table, shapes, page.provenance)
        rows = [[_value(cell, kind) for cell, kind in zip(row, shapes, strict=True)] for row in table.rows]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in table.columns]
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
        stream = io.BytesIO()
        writer.write_table(pa.Table.from_arrays(arrays, schema=schema), stream, compression="zstd")
        files[f"{table.name}.parquet"] = stream.getvalue()
    return files


def _schema(arrow: Any, table: Table, shapes: list[Kind], about: Provenance | None) -> Any:
    types = {
        Kind.NUMBER: arrow.int64(),
        Kind.DATE: arrow.date32(),
        Kind.FLAG: arrow.bool_(),
        Kind.LIST: arrow.list_(arrow.string()),
    }
    fields = [
        arrow.field(c.name, types.get(kind, arrow.string()), not c.required, {"description": c.meaning})
        for c, kind in zip(table.columns, shapes, strict=True)
    ]
    said = {"provenance": dumps(provenance(about), ensure_ascii=False)} if about else {}
    return arrow.schema(fields, {"description": table.meaning, **said})


def _value(cell: Cell, kind: Kind) -> Any:
    if isinstance(cell, tuple):
        return [fit(str(part)) for part in cell]
    if cell is None or kind in (Kind.NUMBER, Kind.DATE, Kind.FLAG):
        return cell
    return fit(str(cell))
