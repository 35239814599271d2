"""Write the data of an imported plan as the two files of a dataset, and tell at which line each record stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from followup_cli.importers.doubting import Doubt
from followup_cli.text.parsing import parse
from followup_cli.text.writing import flow, scalar

_WIDE = 100  # columns
_BARE = ("schema", "listed", "day_first")  # a number and a truth value, as the format writes them


def activities_text(data: Mapping[str, Any]) -> str:
    """Write `activities.yaml`."""
    return "\n".join([*_record(data, 0, spaced=("plan", "sections", "activities")), ""])


def agencies_text(data: Mapping[str, Any]) -> str:
    """Write `agencies.yaml`."""
    return "\n".join([*_record(data, 0), ""])


def _record(record: Mapping[str, Any], column: int, spaced: Sequence[str] = ()) -> Iterator[str]:
    """Write a record; a short list, or a record of texts alone, goes on one line."""
    margin = " " * column
    for key, value in record.items():
        if key in spaced:
            yield ""
        name = scalar(key)
        if isinstance(value, str):
            yield f"{margin}{name}: {value if key in _BARE else scalar(value)}"
            continue
        line = (
            f"{margin}{name}: {flow(value)}" if key in ("agencies", "columns", "roles") or not value else ""
        )
        if line and len(line) <= _WIDE and not (column == 0 and value):
            yield line
        elif isinstance(value, Mapping):
            yield f"{margin}{name}:"
            yield from _record(value, column + 2)
        else:
            yield f"{margin}{name}:"
            for item in value:
                yield from _item(item, column + 2)


def _item(item: Any, column: int) -> Iterator[str]:
    margin = " " * column
    if isinstance(item, str):
        yield f"{margin}- {scalar(item)}"
        return
    line = f"{margin}- {flow(item)}"
    if (
        len(line) <= _WIDE
        and all(isinstance(value, str) and key not in _BARE for key, value in item.items())
        and len(item) < 4
    ):
        yield line
        return
    first, *rest = _record(item, column + 2)
    yield f"{margin}- {first.lstrip()}"
    yield from rest


def lines(text: str, file: str, doubts: Sequence[Doubt]) -> list[int]:
    """Tell at which line of the written text each doubt's record stands; 0 where none was written."""
    document = parse(text, file)
    found = []
    for doubt in doubts:
        path = doubt.path
        node = document.node(path) if path else None
        while path and node is None:
            path = path[:-1]
            node = document.node(path) if path else None
        found.append(node.place.line if node is not None else 0)
    return found
