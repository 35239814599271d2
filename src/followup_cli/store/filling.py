"""A dataset becomes rows that hold on any day: words with the days they were in force, and what was reported."""

import sqlite3
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from followup_cli.deadlines import read
from followup_cli.glossary import Role, Status
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.in_force import AS_ENACTED, in_force, words_until
from followup_cli.plan.records import Activity, Deliverable, Update
from followup_cli.store.standing import VIEWS
from followup_cli.store.tables import BASE, INDEXES, RELATIONS, SEPARATOR, USUAL_VIEWS

_ALWAYS, _EVER = "", "~"  # before and after any day
_BATCH = 5_000  # rows that wait to be written together
_Rows = dict[str, list[tuple[object, ...]]]


def fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Write a dataset into an empty store, with the views that show a day of it."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(BASE)
    rows: _Rows = {}
    filler = _Filler(dataset)
    for table, row in filler.rows():
        waiting = rows.setdefault(table, [])
        waiting.append(row)
        if len(waiting) == _BATCH:
            _insert(connection, table, waiting)
            waiting.clear()
    for table, waiting in rows.items():
        _insert(connection, table, waiting)
    for statement in (
        *INDEXES,
        *VIEWS,
        *(r.view() for r in RELATIONS.values()),
        *(v.view() for v in USUAL_VIEWS),
    ):
        connection.execute(statement)
    connection.commit()


def _insert(connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - a name of ours


_Row = tuple[str, tuple[object, ...]]  # the table, and what goes into it


class _Filler:
    """Makes the rows of a dataset, and counts what has a number of its own in all of it."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.wordings = self.deliverables = self.entries = self.evidence = 0

    def rows(self) -> Iterator[_Row]:
        """Give every row with the table that it goes into, each table's in the plan's order."""
        dataset, plan = self.dataset, self.dataset.plan
        source = plan.source
        acts = _list(f"{act.act} of {act.date}" for act in plan.pursuant_to)
        said = (source.publisher, source.url, _iso(source.published)) if source else (None, None, None)
        of_plan = (plan.id, plan.title, plan.act, _iso(plan.adopted), plan.country, plan.language.value)
        yield "about", (*of_plan, plan.timezone, acts, *said, plan.licence, dataset.version)
        for position, section in enumerate(dataset.sections, 1):
            yield "section", (section.id, position, section.title)
        for position, agency in enumerate(dataset.agencies, 1):
            successors = _list(successor.name for successor in agency.successors)
            names = (agency.name, _list(agency.aliases))
            yield "agency", (agency.code, position, *names, agency.listed, successors)
            for number, successor in enumerate(agency.successors, 1):
                yield "successor", (agency.code, number, successor.name, successor.since, successor.url)
        for position, activity in enumerate(dataset.activities, 1):
            yield from self._activity(position, activity)

    def _activity(self, position: int, activity: Activity) -> Iterator[_Row]:
        first = self.deliverables + 1
        for since, until, words, present in _periods(self.dataset, activity):
            self.wordings += 1
            about = (words.section, words.title, _list(words.points), words.others)
            yield "activity", (self.wordings, position, since, until, number_or_text(words.id), *about)
            for place, text in enumerate(words.points, 1):
                yield "point", (self.wordings, place, text)
            for place, (agency, role) in enumerate(words.agencies, 1):
                yield "assignment", (self.wordings, place, agency, role.value, since, until, len(present))
            for number in present:
                yield "deliverable", (first + number, *self._words(since, until, words, number))
        yield from self._said(None, number_or_text(activity.id), activity)
        for number, deliverable in enumerate(activity.deliverables):
            self.deliverables += 1
            yield from self._said(self.deliverables, f"{activity.id}.{number + 1}", deliverable)
            yield from self._updates(self.deliverables, deliverable.updates)

    def _words(self, since: str, until: str, activity: Activity, number: int) -> tuple[object, ...]:
        """Make the row of a deliverable in the words of some days, with its activity's."""
        deliverable, plan = activity.deliverables[number], self.dataset.plan
        deadline = read(deliverable.deadline, lang=plan.language.value, adopted=plan.adopted)
        roles = {role: [a.agency for a in activity.agencies if a.role is role] for role in Role}
        opens = deadline.start or plan.adopted
        return (
            *(self.wordings, number_or_text(activity.id), since, until),
            *(
                _iso(deadline.start),
                _iso(deadline.due),
                _iso(opens),
                activity.section,
                f"{activity.id}.{number + 1}",
            ),
            *(deadline.kind.value, deadline.rule, deadline.recurrence, activity.agencies[0].agency),
            *(
                _list(roles[Role.LEAD]),
                _list(roles[Role.AS_AGREED]),
                _list(a.agency for a in activity.agencies),
            ),
            *(deliverable.deadline, deliverable.outcome, deliverable.title or activity.title),
            activity.title if deliverable.title else None,
            *(_list(activity.points), activity.others),
        )

    def _said(
        self, position: int | None, identifier: object, record: Activity | Deliverable
    ) -> Iterator[_Row]:
        """Give the amendments and corrections of a record."""
        plan = self.dataset.plan
        for each in record.amendments:
            field = each.field.value
            now = words_until(record.amendments, each.date).get(field, getattr(record, field, None))
            due = None
            if position is not None and field == "deadline":
                due = _iso(read(str(each.was), lang=plan.language.value, adopted=plan.adopted).due)
            words = (_words(each.was), _words(now), due)
            yield "amendment", (identifier, position, _iso(each.date), each.act, each.url, field, *words)
        for mended in record.corrections:
            said = (mended.field.value, _words(mended.was), mended.note)
            yield "correction", (identifier, position, _iso(mended.date), mended.url, *said)

    def _updates(self, position: int, updates: tuple[Update, ...]) -> Iterator[_Row]:
        for counted in _statuses(updates):
            yield "report", (position, *counted)
        for update in updates:
            self.entries += 1
            status = update.status.value if update.status else None
            known = days_of(update.date)[1]
            yield "entry", (self.entries, position, known, str(update.date), status, update.note)
            for e in update.evidence:
                self.evidence += 1
                what = (e.url, e.publisher, e.kind.value, e.bears_on.value, e.title, e.act)
                when = (_iso(e.published), _iso(e.accessed))
                yield "proof", (self.evidence, self.entries, *what, *when, e.quote, e.archive)


def _periods(dataset: Dataset, activity: Activity) -> Iterator[tuple[str, str, Activity, list[int]]]:
    """Divide time at an activity's amendments: first day, first day after, its words, its deliverables in force."""
    records: tuple[Activity | Deliverable, ...] = (activity, *activity.deliverables)
    days = sorted({amendment.date for record in records for amendment in record.amendments})
    if not days:
        yield _ALWAYS, _EVER, activity, list(range(len(activity.deliverables)))
        return
    alone = replace(dataset, activities=(activity,))
    for first, after in pairwise([None, *days, None]):
        then = in_force(alone, first or AS_ENACTED)
        for words in then.activities:
            numbers = range(len(words.deliverables))
            present = [n for n in numbers if f"{words.id}.{n + 1}" not in then.not_in_force]
            yield _iso(first) or _ALWAYS, _iso(after) or _EVER, words, present


def _statuses(updates: tuple[Update, ...]) -> Iterator[tuple[str, str, str, str, str]]:
    """Give the statuses that count, each from a day until another: the days, the status, its date, `decided`.

    A status counts from the last day of its date; of several from one day, the last written does. `decided`
    is, in an unbroken run of `delivered`, the first day that any of them may mean; in a run of others, the
    last of the days from which they are: each from the first day that it may mean.
    """
    dated = [(days_of(update.date), update) for update in updates if update.status is not None]
    dated.sort(key=lambda each: each[0][1])
    ends = [*(last for (_, last), _ in dated[1:]), _EVER][: len(dated)]
    delivered, decided = None, ""
    for ((first, since), update), until in zip(dated, ends, strict=True):
        assert update.status is not None
        before, delivered = delivered, update.status is Status.DELIVERED
        decided = first if before is not delivered else (min if delivered else max)(decided, first)
        if since < until:
            yield since, until, update.status.value, str(update.date), decided


def days_of(day: date | str) -> tuple[str, str]:
    """Give the first and the last day that a date may mean, in ISO form: a day, a month (2022-10), a year.

    Of "../2023-03-01", that day or any before, the first is the empty text, which comes before all days.
    """
    text = str(day)
    if text.startswith("../"):
        return _ALWAYS, days_of(text.removeprefix("../"))[1]
    if len(text) == 10:
        return text, text
    year, month = int(text[:4]), int(text[5:7] or 0)
    last = monthrange(year, month or 12)[1]
    return f"{text[:4]}-{month or 1:02}-01", f"{text[:4]}-{month or 12:02}-{last}"


def number_or_text(identifier: object) -> int | str:
    """Give an id as a number where it is written as a plain one, so that it is one in every output."""
    text = str(identifier)
    return int(text) if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 16 else text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _list(items: Any) -> str:
    """Write a list as one text."""
    return SEPARATOR.join(items)


def _words(value: object) -> str | None:
    """Write what a field says, or said: a text, or a list."""
    parts = value if isinstance(value, tuple) else (value,)
    return "; ".join(str(part) for part in parts if part is not None) or None
