"""The brief: one page on where a plan stands, what moved since a day, what passed unreported, and some facts."""

from dataclasses import replace
from typing import Any

from followup_cli.glossary import Status
from followup_cli.questions.filters import Where
from followup_cli.questions.listing import fields_of, listing, named
from followup_cli.questions.overview import NOTED, SILENCE, delivered, past_due, states
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.questions.versus import first_rows, moved
from followup_cli.table import Cell, Column, Kind, Page, Phrase, Table

_ROWS = 5  # of a table: with all of them the brief is one page of A4
_FACTS = 5
_SILENT = ("id", "title", "due", "lead", *NOTED)
_FACT = """
SELECT u.date, u.deliverable, u.status, coalesce(u.note, u.status), e.publisher, e.url
FROM updates AS u JOIN evidence AS e ON e.update_id = u.id JOIN standing AS s ON s.id = u.deliverable
WHERE u.retracted IS NULL
GROUP BY u.id HAVING e.id = min(e.id) ORDER BY u.date DESC, u.id DESC LIMIT ?
"""
_WITH_FACTS = "SELECT count(*), count(last_update) FROM standing WHERE state = 'unreported'"
_STATES = Where("state = 'unreported'")


def brief(picture: Picture) -> Page:
    """Make the brief, as of a day; where it is compared with an earlier one, with what moved between the two."""
    counts = states(picture)
    tables = [
        replace(
            counts, title=_headline(picture, counts), columns=counts.columns[:3], rows=_short(counts.rows)
        )
    ]
    if picture.versus is not None:
        tables.append(moved(picture, most=_ROWS))
    tables += [_delivered(picture), _unreported(picture), _facts(picture)]
    return Page(
        Phrase("{title}: brief", title=picture.title),
        tuple(tables),
        main="moved" if picture.versus else "states",
        closing=(*_unsettled(picture), SILENCE),
        provenance=picture.provenance(number=picture.total),
    )


def _headline(picture: Picture, counts: Table) -> Phrase:
    delivered = sum(int(str(row[1])) for row in counts.rows if str(row[0]).startswith("delivered"))
    return Phrase(
        "Where it stands: {number} of {n} deliverables known to be delivered",
        number=delivered,
        n=picture.total,
    )


def _short(rows: Any) -> list[tuple[Cell, ...]]:
    return [row[:3] for row in rows]


def _delivered(picture: Picture) -> Table:
    return replace(delivered(picture, _ROWS), shown=None, more="", on_screen=True)


def _unsettled(picture: Picture) -> tuple[Phrase, ...]:
    """Say for how many of the unreported there are facts all the same."""
    number, facts = picture.rows(_WITH_FACTS)[0]
    if not facts:
        return ()
    phrase = "For {number} of the {n} unreported there are facts on record that do not settle it."
    return (Phrase(phrase, number=facts, n=number),)


def _unreported(picture: Picture) -> Table:
    """List what passed its day without a status, since a day or ever; the latest first."""
    versus = picture.versus
    since = Where(f"{_STATES.sql} AND due >= ?", (versus.isoformat(),)) if versus else _STATES
    silent = named(picture, listing(picture, fields_of(picture, _SILENT), since, "-due"))
    title = past_due(picture, len(silent.rows), picture.total, since, versus)
    return replace(
        silent,
        name="unreported",
        title=first_rows(title, silent.rows, _ROWS, "due"),
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
        Column("status", keep=8, words=tuple(Status)),
        Column("fact", keep=8),
        Column("publisher", keep=3),
        Column("url", Kind.LINK, "evidence", keep=5),
    )
    return Table("facts", "The latest facts", columns, rows, empty="nothing is noted by this day", cards=True)
