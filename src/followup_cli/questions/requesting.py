"""The table that a body is sent to fill in: what is not settled, what is known of it, and room for an update."""

from dataclasses import replace

from followup_cli.glossary import BearsOn, EvidenceKind, Status
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import Where
from followup_cli.questions.listing import listing
from followup_cli.questions.picture import Picture
from followup_cli.table import Column, Kind, Table

SETTLED = "state IN ('delivered', 'delivered-late', 'abandoned')"
_ASKED = ("id", "title", "outcome", "deadline", "due", "state")
_KNOWN = {"status": "last_status", "status_date": "last_status_date", "last_note": "last_note"}
# What `record --from` takes back.
TO_FILL_IN = (
    Column("status", words=tuple(Status), meaning="what is reported"),
    Column("date", Kind.DATE, meaning="the day it was so"),
    Column("note", meaning="the fact, in a sentence"),
    Column("evidence", meaning="the address of a page that backs it; several on a line each"),
    Column("publisher", meaning="of the evidence: who published it"),
    Column("kind", words=tuple(EvidenceKind), meaning="of the evidence: what sort of source it is"),
    Column("act", meaning="of evidence that is an act: its number"),
    Column("bears_on", words=tuple(BearsOn), meaning="of the evidence: what it shows"),
)
REQUESTED = (*_ASKED, *_KNOWN.values(), *(column.name for column in TO_FILL_IN))


def requesting(picture: Picture, condition: Where, order: str | None = None, *, settled: bool) -> Table:
    """Make the table of the deliverables that are asked about, the columns to fill in blank.

    Args:
        picture: the plan as of a day.
        condition: which deliverables are asked about.
        order: how they are sorted; else as in the plan.
        settled: whether those that are delivered or abandoned are asked about too.

    Raises:
        FollowupError: if there is no field that the order names.
    """
    if not settled:
        condition = Where(f"({condition.sql}) AND NOT {SETTLED}", condition.values)
    known = listing(picture, [FIELDS[name] for name in (*_ASKED, *_KNOWN)], condition, order)
    told = (column._replace(name=_KNOWN.get(column.name, column.name)) for column in known.columns)
    columns = (*told, *(column._replace(blank=True, keep=1) for column in TO_FILL_IN))
    rows = [(*row, *(None for _ in TO_FILL_IN)) for row in known.rows]
    return replace(known, name="request", title="Request", columns=columns, rows=rows)
