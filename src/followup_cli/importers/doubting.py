"""What a person should look at after an import: each doubt with its place in the source and in the data."""

from typing import NamedTuple

Path = tuple[str | int, ...]


class Doubt(NamedTuple):
    """Something that a person should look at: its place in the source, and in the data that was written."""

    where: str
    kind: str
    message: str
    path: Path = ()
