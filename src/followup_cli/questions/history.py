"""What happened to an activity or deliverable: the plan's words, amendments, corrections, updates."""

from collections.abc import Iterator

from followup_cli.questions.card import Subject
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Column, Kind, Table

_Event = tuple[str, object, str, str, str | None, str | None]  # day, id, what sort, what, source, address
_ENACTED = """
SELECT outcome, deadline, due FROM deliverable WHERE id = ? ORDER BY since LIMIT 1
"""
_AMENDED = """
SELECT date, field, was, now, act, url FROM amendment, moment WHERE owner = ? AND date <= as_of ORDER BY amendment.rowid
"""
_CORRECTED = "SELECT date, field, was, note, url FROM correction WHERE owner = ? ORDER BY rowid"
_UPDATED = """
SELECT u.date, u.status, u.note, group_concat(coalesce(e.act, e.publisher), '; '), group_concat(e.url, ' ')
FROM updates AS u LEFT JOIN (SELECT * FROM evidence ORDER BY id) AS e ON e.update_id = u.id
WHERE u.deliverable = ? GROUP BY u.id ORDER BY u.id
"""


def events(picture: Picture, subject: Subject) -> Table:
    """Lay out what happened up to the day, oldest first."""
    happened = [*_entries(picture, subject.activity)]
    for identifier in subject.ids:
        happened += [
            _plan(picture, identifier),
            *_entries(picture, identifier),
            *_updates(picture, identifier),
        ]
    columns = (
        Column("date", Kind.DATE),
        Column("id"),
        Column("event"),
        Column("what", keep=8),
        Column("source", keep=5),
        Column("url", keep=2),
    )
    happened.sort(key=lambda event: event[0])
    rows = [(read_cell(Kind.DATE, day), str(owner), *rest) for day, owner, *rest in happened]
    return Table("events", "What happened", columns, rows)


def _plan(picture: Picture, identifier: str) -> _Event:
    """Tell what the plan said when it was adopted, or what the act said that added the deliverable."""
    outcome, deadline, due = picture.rows(_ENACTED, [identifier])[0]
    window = f"“{deadline}”, due {due}" if due else f"“{deadline}”"
    about = picture.about
    return (about.adopted.isoformat(), identifier, "plan", f"{outcome}; {window}", about.act, None)


def _entries(picture: Picture, owner: object) -> Iterator[_Event]:
    for day, field, was, now, act, url in picture.rows(_AMENDED, [owner]):
        words = field if field in ("added", "repealed") else f"{field} “{was or ''}” → “{now or ''}”"
        yield (day, owner, "amendment", words, act, url)
    for day, field, was, note, url in picture.rows(_CORRECTED, [owner]):
        yield (day, owner, "correction", f"{field}: the dataset had “{was or ''}”", note, url)


def _updates(picture: Picture, identifier: str) -> Iterator[_Event]:
    for day, status, note, source, url in picture.rows(_UPDATED, [identifier]):
        said = ": ".join(part for part in (status, note) if part)
        yield (day, identifier, "update", said or "evidence", source, url)
