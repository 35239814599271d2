"""The one engine between the plan and the questions: a dataset as an SQLite database, kept between runs."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followup_cli.store import keeping

Store = sqlite3.Connection  # a dataset in it, with the views that show a day

if TYPE_CHECKING:  # at run time a store that was kept must not cost the import of the models
    from followup_cli.plan.dataset import Dataset


def open_store(contents: Sequence[bytes], load: Callable[[], "Dataset"], file: Path | None = None) -> Store:
    """Open the store of a dataset: as it was kept, or made anew and then kept.

    Args:
        contents: the bytes of the dataset's files, from which the store is made.
        load: makes the dataset of them, and is not called where the store was kept.
        file: where the store may be kept; without one nothing is looked for, and nothing is kept.
    """
    key = keeping.key_of(contents) if file else ""
    kept = keeping.recall(file, key) if file else None
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if kept is not None:
        connection.deserialize(kept)
        return connection
    from followup_cli.store.filling import fill

    fill(connection, load())
    if file:
        keeping.remember(file, key, connection.serialize())
    return connection
