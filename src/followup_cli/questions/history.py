"""What happened to an activity or deliverable: the plan's words, amendments, corrections, updates."""

from collections.abc import Iterator

from followup_cli.plan.values import days_of
from followup_cli.questions.card import Subject
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Column, Kind, Phrase, Table

_Event = tuple[
    str | None, object, str, str, str | None, str | None
]  # day, id, what sort, what, source, address
_ENACTED = """
SELECT coalesce(outcome, title), deadline, due FROM deliverable WHERE id = ? ORDER BY since LIMIT 1
"""
_AMENDED = """
SELECT date, field, was, now, act, url FROM amendment, moment WHERE owner = ? AND since <= as_of ORDER BY amendment.rowid
"""
_CORRECTED = "SELECT date, field, was, note, url FROM correction WHERE owner = ? ORDER BY rowid"
_UPDATED = """
SELECT u.date, u.status, u.reported_as, u.note, u.period, u.retraction, group_concat(coalesce(e.act, e.publisher), '; '), group_concat(e.url, ' ')
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
    happened.sort(key=lambda event: _last_day(event[0]))  # what has no known day comes first
    rows = [(read_cell(Kind.DATE, day), str(owner), *rest) for day, owner, *rest in happened]
    return Table("events", "What happened", columns, rows)


def _last_day(day: object) -> str:
    return days_of(str(day))[1] if day else ""


def _plan(picture: Picture, identifier: str) -> _Event:
    """Tell what the plan said when it was adopted, or what the act said that added the deliverable."""
    outcome, deadline, due = picture.rows(_ENACTED, [identifier])[0]
    window = f"“{deadline}”" if deadline else Phrase("no deadline")
    what = Phrase("{outcome}; {window}", outcome=outcome, window=window)
    said = Phrase("{what}, due {day}", what=what, day=due) if due else what
    about = picture.about
    day = about.adopted.isoformat() if about.adopted else None
    return (day, identifier, Phrase("plan"), said, about.act, None)


def _entries(picture: Picture, owner: object) -> Iterator[_Event]:
    for day, field, was, now, act, url in picture.rows(_AMENDED, [owner]):
        whole = field in ("added", "repealed")
        change = "{field} “{was}” → “{now}”"
        words = Phrase(field)
        words = words if whole else Phrase(change, field=words, was=was or "", now=now or "")
        yield (day, owner, Phrase("amendment"), words, act, url)
    for day, field, was, note, url in picture.rows(_CORRECTED, [owner]):
        had = Phrase("{field}: the dataset had “{was}”", field=Phrase(field), was=was or "")
        yield (day, owner, Phrase("correction"), had, note, url)


def _updates(picture: Picture, identifier: str) -> Iterator[_Event]:
    for day, status, word, note, period, wrong, source, url in picture.rows(_UPDATED, [identifier]):
        of = Phrase("for {period}", period=period) if period else None
        parts = (of, Phrase(status) if status else None, f"“{word}”" if word else None, note)
        said = Phrase.joined(": ", parts) or Phrase("evidence")
        if wrong:
            said = Phrase("{what}; retracted: {why}", what=said, why=wrong)
        yield (day, identifier, Phrase("retracted" if wrong else "update"), said, source, url)
