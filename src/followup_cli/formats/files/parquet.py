"""Parquet: a file per table with types, for DuckDB, pandas and Spark."""

import io
import shlex
import sys
from typing import Any

from followup_cli.errors import FollowupError
from followup_cli.formats.characters import fit
from followup_cli.formats.files import Files
from followup_cli.store.relations import RELATIONS, Relation, Subject
from followup_cli.table import Cell, Kind


def parquet(subject: Subject) -> Files:
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
    for name, relation in RELATIONS.items():
        rows = [[_value(cell) for cell in row] for row in relation.rows(subject)]
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in relation.attributes]
        table = pa.Table.from_arrays(
            [
                pa.array(column, type=field.type)
                for column, field in zip(columns, _schema(pa, relation), strict=True)
            ],
            schema=_schema(pa, relation),
        )
        stream = io.BytesIO()
        writer.write_table(table, stream, compression="zstd")
        files[f"{name}.parquet"] = stream.getvalue()
    return files


def _schema(arrow: Any, relation: Relation) -> Any:
    types = {
        Kind.NUMBER: arrow.int64(),
        Kind.DATE: arrow.date32(),
        Kind.FLAG: arrow.bool_(),
        Kind.LIST: arrow.list_(arrow.string()),
    }
    fields = [
        arrow.field(a.name, types.get(a.kind, arrow.string()), not a.required, {"description": a.meaning})
        for a in relation.attributes
    ]
    return arrow.schema(fields, {"description": relation.meaning})


def _value(cell: Cell) -> Any:
    if isinstance(cell, tuple):
        return [fit(str(part)) for part in cell]
    return fit(str(cell)) if isinstance(cell, str) else cell
