"""A dataset becomes rows that hold on any day: words with the days they were in force, and what was reported."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Any

from followup_cli.deadlines import RULES, Occurrence
from followup_cli.glossary import Role, Status
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.in_force import AS_ENACTED, day_of, in_force, words_until
from followup_cli.plan.reading import AS_READ, Timing, timing_of
from followup_cli.plan.records import Activity, Agency, Deliverable, Plan, Section, Update
from followup_cli.plan.second_texts import pairs
from followup_cli.plan.values import Assignment, days_of
from followup_cli.store.kept_tables import BASE, INDEXES, SEPARATOR
from followup_cli.store.standing import VIEWS
from followup_cli.store.tables import RELATIONS, USUAL_VIEWS

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


_Counted = tuple[str, str, str, str, str]  # since, until, status, date, decided
_Reports = dict[str, list[_Counted]]
_Turn = tuple[str, str, Occurrence]
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
        of_plan = (plan.id, plan.title, plan.act, _iso(plan.adopted), plan.country, str(plan.language))
        yield "about", (*of_plan, plan.timezone, acts, *said, plan.licence, dataset.version, dataset.format)
        for rule in (*RULES.items(), (AS_READ, "as an editor read it: `read` in the data")):
            yield "rule", rule
        for position, (field, heading) in enumerate(plan.columns.items(), 1):
            yield "heading", (position, field, heading)
        yield from self._second_texts()
        for position, section in enumerate(dataset.sections, 1):
            yield "section", (section.id, position, section.title, section.in_)
        for position, agency in enumerate(dataset.agencies, 1):
            successors = _list(successor.name for successor in agency.successors)
            names = (agency.name, _list(agency.aliases))
            yield "agency", (agency.code, position, *names, agency.listed, successors)
            for number, successor in enumerate(agency.successors, 1):
                yield "successor", (agency.code, number, successor.name, successor.since, successor.url)
        for position, activity in enumerate(dataset.activities, 1):
            yield from self._activity(position, activity)

    def _second_texts(self) -> Iterator[_Row]:
        """Give the words of the plan that have a text in another language, each once."""
        dataset = self.dataset
        found: dict[tuple[str, str], str] = {}
        deliverables = (each for activity in dataset.activities for each in activity.deliverables)
        records: Iterator[Plan | Section | Activity | Deliverable | Agency] = chain(
            [dataset.plan], dataset.sections, dataset.activities, deliverables, dataset.agencies
        )
        for record in records:
            for language, texts in record.also.items():
                for _, words, text in pairs(type(record).__name__.lower(), vars(record), texts):
                    found.setdefault((language, words), text)
        for (language, words), text in found.items():
            yield "second_text", (language, words, text)

    def _activity(self, position: int, activity: Activity) -> Iterator[_Row]:
        first, identifier = self.deliverables + 1, number_or_text(activity.id)
        reports = [self._reports(deliverable) for deliverable in activity.deliverables]
        for since, until, words, present in _periods(self.dataset, activity):
            self.wordings += 1
            about = (words.number or words.id, words.section, words.title, _list(words.points), words.others)
            yield "activity", (self.wordings, position, since, until, identifier, *about)
            for place, text in enumerate(words.points, 1):
                yield "point", (self.wordings, place, text)
            yield from self._other(0, words)
            yield from self._assignments(since, until, words, present, first)
            for number in present:
                reading = timing_of(self.dataset.plan, words.deliverables[number])
                yield "deliverable", (first + number, *self._words(since, until, words, number, reading))
                yield from self._other(first + number, words.deliverables[number])
                yield from self._recurring(first + number, reading.occurrences, reports[number])
        yield from self._said(None, identifier, activity)
        for number, deliverable in enumerate(activity.deliverables):
            self.deliverables += 1
            yield from self._said(self.deliverables, f"{activity.id}.{number + 1}", deliverable)
            for period, counted in reports[number].items():
                for row in counted:
                    yield "report", (self.deliverables, period, *row)
            yield from self._updates(self.deliverables, f"{activity.id}.{number + 1}", deliverable.updates)

    def _reports(self, deliverable: Deliverable) -> _Reports:
        """Give the statuses that count, by the period that they speak of: "" is the deliverable as a whole.

        Where no day tells when the periods begin, what settles one of them settles nothing, and what else is
        said of one is said of the whole.
        """
        said: dict[str, list[tuple[Update, Status | None]]] = {}
        if not deliverable.updates:
            return {}
        has_periods = bool(timing_of(self.dataset.plan, deliverable).occurrences)
        for update in deliverable.updates:
            status = self.dataset.plan.status_of(update)
            if has_periods or update.for_ is None:
                said.setdefault(update.for_ or "", []).append((update, status))
            elif status not in (Status.DELIVERED, Status.ABANDONED):
                said.setdefault("", []).append((update, status))
        return {period: list(_statuses(updates)) for period, updates in said.items()}

    def _recurring(self, position: int, found: tuple[Occurrence, ...], reports: _Reports) -> Iterator[_Row]:
        """Give the occurrences of a deliverable that recurs, and from when until when each stands for it.

        Where a status is of the deliverable as a whole, that is judged as a whole.
        """
        for each in found:
            days = (_iso(each.start), _iso(each.due))
            yield "occurrence", (position, self.wordings, each.label, *days)
        for since, until, each in turns(found, reports) if not reports.get("") else ():
            days = (_iso(each.start), _iso(each.due))
            yield "turn", (position, self.wordings, since, until, each.label, *days)

    def _other(self, position: int, record: Activity | Deliverable) -> Iterator[_Row]:
        for heading, text in (record.other or {}).items():
            yield "other_text", (self.wordings, position, heading, text)

    def _assignments(
        self, since: str, until: str, activity: Activity, present: list[int], first: int
    ) -> Iterator[_Row]:
        """Give the agencies of an activity, or, where deliverables have their own, those of each deliverable."""
        lists = {number: activity.deliverables[number].agencies for number in present}
        several = [(0, len(present), activity.agencies)]
        if any(lists.values()):
            several = [(first + number, 1, own or activity.agencies) for number, own in lists.items()]
        place = 0
        for position, deliverables, agencies in several:
            for each in agencies:
                place += 1
                role = self.dataset.plan.role_of(each).value
                which = (self.wordings, position, place, each.agency, role, each.mark or None)
                yield "assignment", (*which, since, until, deliverables)

    def _words(
        self, since: str, until: str, activity: Activity, number: int, reading: Timing
    ) -> tuple[object, ...]:
        """Make the row of a deliverable in the words of some days, with its activity's."""
        deliverable, plan = activity.deliverables[number], self.dataset.plan
        agencies = deliverable.agencies or activity.agencies
        opens = reading.start or plan.adopted
        return (
            *(self.wordings, number_or_text(activity.id), since, until),
            *(_iso(reading.start), _iso(reading.due), _iso(opens), activity.section),
            *(f"{activity.id}.{number + 1}", reading.kind or None, reading.rule or None),
            *(reading.recurrence, reading.is_unread, agencies[0].agency if agencies else None),
            *self._by_role(agencies),
            *(_list(a.agency for a in agencies), deliverable.number or activity.number or activity.id),
            *(deliverable.starts, deliverable.deadline, deliverable.outcome),
            *(deliverable.title or activity.title, activity.title if deliverable.title else None),
            *(_list(activity.points), activity.others),
        )

    def _by_role(self, agencies: tuple[Assignment, ...]) -> Iterator[str]:
        """Give the agencies in charge, the partners, and those that take part by consent, each as lines."""
        roles = [(self.dataset.plan.role_of(each), each.agency) for each in agencies]
        for role in (Role.LEAD, Role.PARTNER, Role.AS_AGREED):
            yield _list(code for its, code in roles if its is role)

    def _said(
        self, position: int | None, identifier: object, record: Activity | Deliverable
    ) -> Iterator[_Row]:
        """Give the amendments and corrections of a record."""
        plan = self.dataset.plan
        for each in record.amendments:
            field, since = each.field.value, day_of(each)
            now = words_until(record.amendments, since).get(field, getattr(record, field, None))
            due = None
            if isinstance(record, Deliverable) and field == "deadline":
                then = words_until(record.amendments, since - timedelta(1))
                due = _iso(timing_of(plan, record.model_copy(update=then)).due)
            words = (_words(each.was), _words(now), due)
            days = (_iso(since), _iso(each.date))
            yield "amendment", (identifier, position, *days, each.act, each.url, field, *words)
        for mended in record.corrections:
            said = (mended.field.value, _words(mended.was), mended.note)
            yield "correction", (identifier, position, _iso(mended.date), mended.url, *said)

    def _updates(self, position: int, identifier: str, updates: tuple[Update, ...]) -> Iterator[_Row]:
        statuses = [self.dataset.plan.status_of(update) for update in updates]
        for update, status in zip(updates, statuses, strict=True):
            self.entries += 1
            said = (update.date, status.value if status else None, update.reported_as, update.note)
            wrong = update.retracted
            retracted = (_iso(wrong.date), wrong.note) if wrong else (None, None)
            known = days_of(update.date)[1]
            yield "entry", (self.entries, position, known, *said, update.for_, *retracted)
            for e in update.evidence:
                self.evidence += 1
                what = (e.url, e.publisher, e.kind.value, e.bears_on.value, e.title, e.act)
                when = (_iso(e.published), _iso(e.accessed))
                yield "proof", (self.evidence, self.entries, *what, *when, e.quote, e.archive)
                for mended in e.corrections:
                    field = f"evidence {mended.field.value}"
                    said_of_it = (_iso(mended.date), e.url, field, mended.was, mended.note)
                    yield "correction", (identifier, position, *said_of_it)


def _periods(dataset: Dataset, activity: Activity) -> Iterator[tuple[str, str, Activity, list[int]]]:
    """Divide time at an activity's amendments: first day, first day after, its words, its deliverables in force."""
    records: tuple[Activity | Deliverable, ...] = (activity, *activity.deliverables)
    days = sorted({day_of(amendment) for record in records for amendment in record.amendments})
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


def turns(found: Sequence[Occurrence], reports: Mapping[str, Sequence[_Counted]]) -> Iterator[_Turn]:
    """Tell from which day until which an occurrence stands for all: the oldest that is past due and not settled, else the present one.

    Args:
        found: the occurrences, in order.
        reports: the statuses that count, by the label of the occurrence.
    """
    # One of which nothing is ever reported is the oldest from its due day on, so no later one is reached.
    silent = next((at for at, each in enumerate(found) if not reports.get(each.label)), len(found) - 1)
    reached = found[: silent + 1]
    standing: _Turn | None = None
    for day in _days_of_change(reached, reports) if reached else ():
        one = _stands(reached, reports, day)
        if standing is None or one is not standing[2]:
            if standing:
                yield standing[0], day, standing[2]
            standing = (day, _EVER, one)
    if standing:
        yield standing


def _days_of_change(found: Sequence[Occurrence], reports: Mapping[str, Sequence[_Counted]]) -> list[str]:
    """List the days on which another occurrence may come to stand for all."""
    days = {_ALWAYS}
    for each in found:
        days |= {(each.due + timedelta(1)).isoformat()} if each.due < date.max else set()
        days |= {day for counted in reports.get(each.label, ()) for day in counted[:2] if day != _EVER}
    return sorted(days)


def _stands(found: Sequence[Occurrence], reports: Mapping[str, Sequence[_Counted]], day: str) -> Occurrence:
    """Find the occurrence that stands for all on a day."""
    for each in found:
        if each.due.isoformat() >= day or not _is_settled(reports.get(each.label, ()), day):
            return each
    return found[-1]


def _is_settled(counted: Sequence[_Counted], day: str) -> bool:
    status = next((each[2] for each in counted if each[0] <= day < each[1]), "")
    return status in (Status.DELIVERED, Status.ABANDONED)


def _statuses(
    updates: Iterable[tuple[Update, Status | None]],
) -> Iterator[_Counted]:
    """Give the statuses that count, each from a day until another: the days, the status, its date, `decided`.

    What was retracted does not count. A status counts from the last day of its date; of several from one day, the last written does. `decided`
    is, in an unbroken run of `delivered`, the first day that any of them may mean; in a run of others, the
    last of the days from which they are: each from the first day that it may mean.
    """
    dated = [
        (days_of(update.date), update.date, status)
        for update, status in updates
        if status is not None and update.retracted is None
    ]
    dated.sort(key=lambda each: each[0][1])
    ends = [*(days[1] for days, *_ in dated[1:]), _EVER][: len(dated)]
    delivered, decided = None, ""
    for ((first, since), day, status), until in zip(dated, ends, strict=True):
        before, delivered = delivered, status is Status.DELIVERED
        decided = first if before is not delivered else (min if delivered else max)(decided, first)
        if since < until:
            yield since, until, status.value, day, decided


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
