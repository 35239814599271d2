"""Two days compared: where each deliverable stood then, where it stands now, why, and what was learnt between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from followup_cli.glossary import State, Status
from followup_cli.questions.fields import FIELDS, Field
from followup_cli.questions.filters import ALL, Where
from followup_cli.questions.listing import listing
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Phrase, Table

_STANDING = "SELECT id, title, state, deadline, due FROM {} ORDER BY position, due"
_LEARNT = """
SELECT d.id, u.period, u.date, u.status, u.note FROM moment AS m CROSS JOIN entry AS u ON u.known > ? AND u.known <= m.as_of
JOIN (SELECT DISTINCT position, id FROM deliverable) AS d ON d.position = u.deliverable
WHERE u.retracted IS NULL ORDER BY u.known, u.id
"""
_MOVED_BY = "SELECT deliverable, act FROM amendments WHERE field = 'deadline' AND date > ? ORDER BY date"
# What a state says because somebody said it, and not because of the time.
_REPORTED = {State.DELIVERED, State.DELIVERED_LATE, State.ABANDONED, State.OVERDUE}


class _Stand(NamedTuple):
    """Where a deliverable, or an occurrence of one, stands on a day."""

    title: str
    state: str
    deadline: str | None
    due: str | None


class _Learnt(NamedTuple):
    """An update from between the two days."""

    id: str
    period: str | None
    date: str
    status: str | None
    note: str | None


class TwoDays(NamedTuple):
    """A deliverable on two days: None where it is not in the plan; `by_time` if only time has moved it."""

    title: str
    then: str | None
    now: str | None
    reason: str | None
    by_time: bool
    learnt: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Tell whether it is in another state, or in the plan on only one of the days."""
        return self.then != self.now


@contextmanager
def earlier(picture: Picture) -> Iterator[Picture]:
    """Show the day that is compared with; afterwards the store shows the picture's own day again."""
    with turned(picture, _versus(picture)) as then:
        yield then


@contextmanager
def turned(picture: Picture, day: date) -> Iterator[Picture]:
    """Show another day; afterwards the store shows the picture's own again."""
    try:
        yield replace(picture, as_of=day, versus=None)
    finally:
        replace(picture)


def _versus(picture: Picture) -> date:
    assert picture.versus is not None
    return picture.versus


def compared(picture: Picture) -> dict[str, TwoDays]:
    """Compare the two days of a picture, by the id of what is in the plan on either of them."""
    now = _standing(picture)
    with earlier(picture) as before:
        then = _standing(before)
    acts: dict[str, str] = dict(picture.rows(_MOVED_BY, [_versus(picture).isoformat()]))
    learnt: dict[str, list[_Learnt]] = {}
    for each in _learnt(picture):
        learnt.setdefault(each.id, []).append(each)
    pairs: dict[str, TwoDays] = {}
    for id_ in (*now, *(gone for gone in then if gone not in now)):
        was, is_, said = then.get(id_), now.get(id_), learnt.get(id_, [])
        reason, by_time = _reason(was, is_, said, acts.get(id_))
        if "@" in id_ and not (was and is_):
            reason, by_time = Phrase("no longer due" if was else "it has begun"), True
        either = is_ or was
        assert either is not None
        states = (was and was.state, is_ and is_.state)
        pairs[id_] = TwoDays(either.title, *states, reason, by_time, tuple(each.date for each in said))
    return pairs


def _standing(picture: Picture) -> dict[str, _Stand]:
    rows = picture.rows(_STANDING.format(picture.source))
    return {id_: _Stand(picture.name(id_, title), *rest) for id_, title, *rest in rows}


def _learnt(picture: Picture) -> list[_Learnt]:
    rows = [_Learnt(*row) for row in picture.rows(_LEARNT, [_versus(picture).isoformat()])]
    if picture.by_occurrence:
        rows = [each._replace(id=f"{each.id}@{each.period}") if each.period else each for each in rows]
    return rows


def _reason(
    then: _Stand | None, now: _Stand | None, learnt: Sequence[_Learnt], act: str | None
) -> tuple[str | None, bool]:
    """Say why a state is another, and whether only time has passed; nothing where it is the same."""
    if then is None or now is None:
        return Phrase("added" if then is None else "repealed"), False
    if then.state == now.state:
        return None, False
    if then.deadline != now.deadline:
        moves = Phrase("deadline moved from {was} to {now}", was=then.deadline, now=now.deadline)
        return (Phrase("{what} by {act}", what=moves, act=act) if act else moves), False
    said = next((each for each in reversed(learnt) if each.status), None)
    if said is not None and _by_report(then, now, said):
        return _told(said), False
    return (Phrase("due {day}", day=now.due) if now.due else Phrase("it has begun")), True


def _told(said: _Learnt) -> Phrase:
    """Say what a report said, and on which day, or of which month or year."""
    reported: dict[str, Any] = {"status": Phrase(said.status or ""), "day": said.date}
    exact = len(said.date) == len("2022-10-01")
    if said.period:
        reported["period"] = said.period
        if exact:
            return Phrase("reported {status} for {period} on {day}", **reported)
        return Phrase("reported {status} for {period}, of {day}", **reported)
    return Phrase("reported {status} on {day}" if exact else "reported {status}, of {day}", **reported)


def _by_report(then: _Stand, now: _Stand, said: _Learnt) -> bool:
    """Tell whether a report, and not the time alone, has brought a deliverable to another state."""
    # What recurs goes on to its next period when one is settled.
    settled = said.status in (Status.DELIVERED, Status.ABANDONED)
    was_said = then.state in _REPORTED or (then.state == State.UNREPORTED and settled)
    return now.state in _REPORTED or (was_said and (then.due == now.due or settled))


def moved(picture: Picture, most: int | None = None) -> Table:
    """List what is in another state than on the earlier day, and why: first what someone did, then what time did.

    Args:
        picture: the plan as of a day, compared with an earlier one.
        most: how many rows to give at most; the title says how many there are.
    """
    pairs = compared(picture)
    changed = sorted(
        ((id_, each) for id_, each in pairs.items() if each.moved), key=lambda pair: pair[1].by_time
    )
    rows = [(id_, each.title, each.then, each.now, each.reason) for id_, each in changed]
    columns = (
        Column("id"),
        Column("title", keep=8),
        *_two_days(picture),
        Column("reason", label="because", keep=6),
    )
    counted = f"Moved since {{day}}: {{number}} of {{n}} {picture.unit}"
    title = Phrase(counted, day=picture.versus, number=len(rows), n=len(pairs))
    empty = Phrase("nothing has moved since {day}", day=picture.versus)
    return Table("moved", first_rows(title, rows, most), columns, rows[:most], empty=empty)


def first_rows(title: Phrase, rows: Sequence[object], most: int | None, order: str = "") -> Phrase:
    """Say in a title which rows follow, in what order, and how many more there are, where these are not all."""
    if most is None or len(rows) <= most:
        return title
    numbers = {"n": most, "more": len(rows) - most}
    if order == "due":
        return Phrase("{what}; the {n} due last, and {more} more", what=title, **numbers)
    if order == "date":
        return Phrase("{what}; the {n} latest, and {more} more", what=title, **numbers)
    return Phrase("{what}; the first {n}, and {more} more", what=title, **numbers)


def _two_days(picture: Picture) -> tuple[Column, Column]:
    return (
        Column("then", Kind.STATE, Phrase("on {day}", day=picture.versus)),
        Column("now", Kind.STATE, Phrase("on {day}", day=picture.as_of), keep=9),
    )


def learnt(picture: Picture) -> Table:
    """List the updates from between the two days, the latest last."""
    columns = (
        Column("date", Kind.DATE),
        Column("id"),
        Column("period", keep=2),
        Column("status", words=tuple(Status)),
        Column("note", keep=4),
    )
    rows = [
        (read_cell(Kind.DATE, each.date), each.id, each.period, each.status, each.note)
        for each in _learnt(picture)
    ]
    number = Phrase("{n} update" if len(rows) == 1 else "{n} updates", n=len(rows))
    title = Phrase("Dated since {day}: {number}", day=picture.versus, number=number)
    empty = Phrase("no update is dated since {day}", day=picture.versus)
    return Table("learnt", title, columns, rows, empty=empty)


def listing_of_two_days(
    picture: Picture,
    fields: Sequence[Field],
    condition: Where = ALL,
    order: str | None = None,
    *,
    only_moved: bool = False,
) -> Table:
    """Show what is selected on either of the two days, or what of it has moved: fields, both states, what was learnt.

    Fields are those of the later day; of what is no longer in the plan, of the earlier one, and last.

    Raises:
        FollowupError: if there is no field that the order names.
    """
    from json import dumps

    keyed = (FIELDS["id"], *fields)
    with earlier(picture) as before:
        selected_then = listing(before, keyed, condition, order).rows
    ids = dumps([row[0] for row in selected_then])
    either = f"(({condition.sql}) OR id IN (SELECT value FROM json_each(?)))"  # noqa: S608 - our own names
    rows = listing(picture, keyed, Where(either, (*condition.values, ids)), order).rows
    pairs = compared(picture)
    gone = [row for row in selected_then if pairs[str(row[0])].now is None]
    columns = (
        *picture.columns(fields),
        *_two_days(picture),
        Column("moved", Kind.FLAG, keep=3),
        Column("reason", label="because", keep=5),
        Column("learnt", Kind.LIST, "updates dated since", keep=4),
    )
    laid: list[tuple[Cell, ...]] = []
    for id_, *cells in (*rows, *gone):
        pair = pairs[str(id_)]
        if pair.moved or not only_moved:
            laid.append((*cells, pair.then, pair.now, pair.moved, pair.reason, pair.learnt))
    about = picture.provenance(number=len(laid))._replace(total=len(pairs))
    title = picture.unit.capitalize()
    return Table(picture.unit, title, columns, laid, empty="no deliverable matches", provenance=about)
