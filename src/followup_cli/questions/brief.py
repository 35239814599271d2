"""The brief: one page on where a plan stands, what moved since a day, what passed unreported, and some facts."""

from dataclasses import replace
from datetime import date
from typing import Any

from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import Where
from followup_cli.questions.listing import listing
from followup_cli.questions.overview import SILENCE, noted, states
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Page, Table

_ROWS = 5  # of a table: with all of them the brief is one page of A4
_FACTS = 5
_SILENT = ("id", "title", "lead", "due")
_FACT = """
SELECT u.date, u.deliverable, coalesce(u.note, u.status), e.publisher, e.url
FROM updates AS u JOIN evidence AS e ON e.update_id = u.id JOIN standing AS s ON s.id = u.deliverable
WHERE u.retracted IS NULL
GROUP BY u.id HAVING e.id = min(e.id) ORDER BY u.date DESC, u.id DESC LIMIT ?
"""
_STANDING = "SELECT id, title, state, status, status_date, deadline, due FROM standing ORDER BY position"
_MOVED_BY = "SELECT deliverable, act FROM amendments WHERE field = 'deadline' AND date > ? ORDER BY date"
_STATES = Where("state = 'unreported'")


def brief(picture: Picture, versus: date | None = None) -> Page:
    """Make the brief, as of a day; with another day, with what moved between the two.

    Args:
        picture: the plan as of the day.
        versus: the earlier day.
    """
    counts = states(picture)
    tables = [
        replace(
            counts, title=_headline(picture, counts), columns=counts.columns[:3], rows=_short(counts.rows)
        )
    ]
    if versus is not None:
        tables.append(moved(picture, versus, most=_ROWS))
    tables += [_unreported(picture, versus), _facts(picture)]
    return Page(
        f"{picture.about.title} {picture.moment}: brief",
        tuple(tables),
        main="states",
        closing=(SILENCE,),
        provenance=picture.provenance(number=picture.total),
    )


def moved(picture: Picture, versus: date, most: int | None = None) -> Table:
    """List what is in another state than on an earlier day, and why: first what someone did, then what time did.

    Args:
        picture: the plan as of the later day.
        versus: the earlier day.
        most: how many rows to give at most; the title says how many there are.
    """
    then = _standing(picture, versus)
    now = _standing(picture, picture.as_of)
    acts: dict[str, str] = dict(picture.rows(_MOVED_BY, [versus.isoformat()]))
    rows: list[tuple[Cell, ...]] = []
    passed: list[tuple[Cell, ...]] = []
    for id_, row in now.items():
        before = then.get(id_)
        if before is None or before["state"] != row["state"]:
            state = before["state"] if before else None
            reason, by_time = _reason(before, row, acts.get(id_))
            (passed if by_time else rows).append((id_, row["title"], state, row["state"], reason))
    rows += [(i, row["title"], row["state"], None, "repealed") for i, row in then.items() if i not in now]
    rows += passed
    columns = (
        Column("id"),
        Column("title", keep=8),
        Column("then", Kind.STATE, f"on {versus}", keep=7),
        Column("now", Kind.STATE, f"on {picture.as_of}", keep=9),
        Column("reason", label="because", keep=6),
    )
    title = f"Moved since {versus}: {len(rows)} of {len(now | then)} deliverables{_first(rows, most)}"
    return Table("moved", title, columns, rows[:most], empty=f"nothing has moved since {versus}")


def _standing(picture: Picture, day: date) -> dict[str, dict[str, Any]]:
    """Read where each deliverable stood on a day; the store shows the picture's own day again afterwards."""
    then = replace(picture, as_of=day)
    names = ("title", "state", "status", "status_date", "deadline", "due")
    rows = {id_: dict(zip(names, row, strict=True)) for id_, *row in then.rows(_STANDING)}
    replace(picture)
    return rows


def _reason(before: dict[str, Any] | None, now: dict[str, Any], act: str | None) -> tuple[str, bool]:
    """Say why a state is another, and whether only time has passed."""
    if before is None:
        return "added", False
    if before["deadline"] != now["deadline"]:
        by = f" by {act}" if act else ""
        return f"deadline moved from {before['deadline']} to {now['deadline']}{by}", False
    if (before["status"], before["status_date"]) != (now["status"], now["status_date"]):
        return f"reported {now['status']}, of {now['status_date']}", False
    return (f"due {now['due']}" if now["due"] else "it has begun"), True


def _headline(picture: Picture, counts: Table) -> str:
    delivered = sum(int(str(row[1])) for row in counts.rows if str(row[0]).startswith("delivered"))
    return f"Where it stands: {delivered} of {picture.total} deliverables delivered"


def _short(rows: Any) -> list[tuple[Cell, ...]]:
    return [row[:3] for row in rows]


def _unreported(picture: Picture, versus: date | None) -> Table:
    """List what passed its day without a status, since a day or ever; the latest first."""
    since = Where(f"{_STATES.sql} AND due >= ?", (versus.isoformat(),)) if versus else _STATES
    silent = listing(picture, [FIELDS[name] for name in _SILENT], since, "-due")
    when = f"Passed since {versus}" if versus else "Passed"
    title = f"{when}, no status reported: {len(silent.rows)} of {picture.total}{noted(picture, since)}"
    return replace(
        silent,
        name="unreported",
        title=f"{title}{_first(silent.rows, _ROWS)}",
        rows=silent.rows[:_ROWS],
        empty="none",
        clip=True,
    )


def _facts(picture: Picture) -> Table:
    """Give the latest facts on record, each with its evidence."""
    rows = [(read_cell(Kind.DATE, row[0]), *row[1:]) for row in picture.rows(_FACT, [_FACTS])]
    columns = (
        Column("date", Kind.DATE),
        Column("id"),
        Column("fact", keep=8),
        Column("publisher", keep=3),
        Column("url", Kind.LINK, "evidence", keep=5),
    )
    return Table("facts", "The latest facts", columns, rows, empty="nothing is noted by this day", cards=True)


def _first(rows: Any, most: int | None) -> str:
    return f"; the first {most}" if most is not None and len(rows) > most else ""
