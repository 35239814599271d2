"""A dataset as a picture of a day, without files."""

import sqlite3
from datetime import date

from followup_cli.plan.dataset import Dataset
from followup_cli.questions.filters import ALL, Where
from followup_cli.questions.picture import Picture
from followup_cli.store.filling import fill


def picture_of(dataset: Dataset, as_of: date, soon: int = 30, revision: str | None = None) -> Picture:
    """Fill a store of its own with a dataset, and turn it to a day."""
    store = sqlite3.connect(":memory:", isolation_level=None)
    fill(store, dataset)
    return Picture(store, as_of, soon, revision)


def standing(picture: Picture, columns: str, condition: Where = ALL) -> list[tuple[object, ...]]:
    """Give columns of the view `standing`, in the plan's order."""
    return picture.rows(
        f"SELECT {columns} FROM standing WHERE {condition.sql} ORDER BY position", condition.values
    )
