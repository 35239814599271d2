"""How far deadlines have moved since the plan was adopted, and by which acts."""

from datetime import date
from itertools import groupby
from typing import Any

from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Phrase, Table

_COLUMNS = (
    Column("id", keep=9),
    Column("title", keep=4),
    Column("first_deadline", keep=6),
    Column("first_due", Kind.DATE, keep=8),
    Column("deadline", keep=6),
    Column("due", Kind.DATE, keep=8),
    Column("days_moved", Kind.NUMBER, keep=9),
    Column("times", Kind.NUMBER, keep=5),
    Column("acts", Kind.LIST, keep=7),
    Column("urls", Kind.LIST, keep=1),
)
_MOVED = """
SELECT id, title, deadline, due, was, was_due, act, url FROM standing
JOIN amendment ON amendment.deliverable = standing.position AND field = 'deadline' AND amendment.since <= ?
ORDER BY standing.position, amendment.since, amendment.rowid
"""


def slippage(picture: Picture) -> Table:
    """List the deliverables whose deadline an act had changed by the day: from what, to what, by how much."""
    day = picture.as_of
    moves = groupby(picture.rows(_MOVED, [day.isoformat()]), key=lambda row: row[0])
    rows = [_row(list(changes)) for _, changes in moves]
    moved = "Deadlines moved: {number} of {n} deliverables, as of {day}"
    title = Phrase(moved, number=len(rows), n=picture.total, day=day)
    empty = Phrase(
        "no act that moves a deadline is recorded here by {day}; that is not to say that there is none",
        day=day,
    )
    return Table("slippage", title, _COLUMNS, rows, empty=empty)


def _row(changes: list[tuple[Any, ...]]) -> tuple[Cell, ...]:
    """Tell of one deliverable, by its changes: what the first changed is what was enacted."""
    identifier, title, deadline, due, enacted, enacted_due, *_ = changes[0]
    days = read_cell(Kind.DATE, enacted_due), read_cell(Kind.DATE, due)
    first_day, day = (each if isinstance(each, date) else None for each in days)
    moved = (day - first_day).days if day and first_day else None
    acts, urls = (tuple(change[at] for change in changes if change[at]) for at in (6, 7))
    return identifier, title, enacted, first_day, deadline, day, moved, len(changes), acts, urls
