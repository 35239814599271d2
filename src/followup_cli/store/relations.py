"""RELATIONS: the whole plan as of a date, as tables with keys between them; every export is made from these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from followup_cli.glossary import BearsOn, EvidenceKind, Language, Role, State, Status
from followup_cli.questions.fields import FIELDS
from followup_cli.store.progress import Standing, known_updates
from followup_cli.store.register import Register
from followup_cli.table import Cell, Column, Kind, Page, Table

if TYPE_CHECKING:
    from followup_cli.plan.dataset import Dataset
    from followup_cli.plan.records import Update


class Attribute(NamedTuple):
    """A column of a relation: its name, what its cells hold, what it means.

    `required` cells are never None; `words` are the only ones there can be.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A column that holds the key of another relation."""

    column: str
    relation: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is written out: a dataset as of a date, and those of its deliverables that were asked for.

    `load` gives the dataset, where its register is not enough. `revision` names the git revision that the
    dataset was read at, if one was asked for; `as_enacted` says that the plan's words are those first
    adopted.
    """

    register: Register
    as_of: date
    standings: Sequence[Standing]
    load: Callable[[], Dataset] = field(repr=False, compare=False)
    revision: str | None = None
    as_enacted: bool = False

    @property
    def dataset(self) -> Dataset:
        """Give the dataset itself."""
        return self.load()

    @property
    def last_change(self) -> date:
        """Tell the last day on which anything was known to happen: stands in files where a clock would."""
        return max([self.dataset.plan.adopted, *(update.date for _, _, update in self.updates())])

    @property
    def activities(self) -> dict[int, None]:
        """Give the numbers of the activities that the deliverables belong to, in order."""
        return {standing.facts.activity: None for standing in self.standings}

    def updates(self) -> Iterator[tuple[int, str, Update]]:
        """Go through what was known on the date: number of the update, deliverable, update."""
        wanted = {standing.facts.id for standing in self.standings}
        number = 0
        for identifier, _, deliverable in self.dataset.deliverables():
            if identifier in wanted:
                for update in known_updates(deliverable.updates, self.as_of):
                    number += 1
                    yield number, identifier, update


@dataclass(frozen=True, slots=True)
class Relation:
    """A table of the whole plan: its columns, its key, the keys it refers to, and how its rows are made."""

    name: str
    meaning: str
    attributes: tuple[Attribute, ...]
    key: tuple[str, ...]
    rows: Callable[[Subject], Iterable[tuple[Cell, ...]]]
    references: tuple[Reference, ...] = ()

    def table(self, subject: Subject) -> Table:
        """Make the table of a dataset as of a date."""
        columns = tuple(Column(attribute.name, attribute.kind) for attribute in self.attributes)
        return Table(self.name, self.name.capitalize(), columns, list(self.rows(subject)))


def whole_plan(subject: Subject) -> Page:
    """Give all tables of the plan as one page."""
    plan = subject.dataset.plan
    tables = tuple(relation.table(subject) for relation in RELATIONS.values())
    return Page(f"{plan.title} as of {subject.as_of}", tables, main="deliverables")


def _plan(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    dataset, plan = subject.dataset, subject.dataset.plan
    source = plan.source
    yield (
        plan.id,
        plan.title,
        plan.act,
        plan.adopted,
        plan.country,
        plan.language,
        plan.timezone,
        tuple(f"{act.act} of {act.date}" for act in plan.pursuant_to),
        source.publisher if source else None,
        source.url if source else None,
        source.published if source else None,
        plan.licence,
        dataset.version,
        subject.as_of,
        subject.as_enacted,
        subject.revision,
    )


def _sections(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    for position, section in enumerate(subject.dataset.sections, 1):
        yield section.id, position, section.title


def _activities(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    for number in subject.activities:
        activity = subject.dataset.activity_by_id[number]
        yield activity.id, activity.section, activity.title, activity.points, activity.others


def _deliverables(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    fields = tuple(FIELDS.values())
    for standing in subject.standings:
        yield tuple(field.get(standing) for field in fields)


def _assignments(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    for number in subject.activities:
        for position, (agency, role) in enumerate(subject.dataset.activity_by_id[number].agencies, 1):
            yield number, agency, role, position


def _agencies(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    for position, agency in enumerate(subject.dataset.agencies, 1):
        successors = tuple(successor.name for successor in agency.successors)
        yield agency.code, position, agency.name, agency.aliases, agency.listed, successors


def _successors(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    for agency in subject.dataset.agencies:
        for number, successor in enumerate(agency.successors, 1):
            yield agency.code, number, successor.name, successor.since, successor.url


def _updates(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    for number, deliverable, update in subject.updates():
        yield number, deliverable, update.date, update.status, update.note


def _evidence(subject: Subject) -> Iterator[tuple[Cell, ...]]:
    number = 0
    for update_id, deliverable, update in subject.updates():
        for e in update.evidence:
            number += 1
            yield (
                *(number, update_id, deliverable, e.url, e.publisher, e.kind, e.bears_on),
                *(e.title, e.act, e.published, e.accessed, e.quote, e.archive),
            )


_ALWAYS = {
    *("id", "activity", "section", "title", "activity_title", "outcome", "deadline", "kind", "rule"),
    *("state", "first", "updates"),
}
_WORDS: dict[str, tuple[str, ...]] = {"status": tuple(Status), "state": tuple(State)}
T, N, D, L, F = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.LIST, Kind.FLAG
A = Attribute
RELATIONS: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation(
            "plan",
            "The plan, in one row, and the day and edition that all else is told of",
            (
                A("id", T, "short name of the dataset", required=True),
                A("title", T, "title of the plan", required=True),
                A("act", T, "act that adopted it", required=True),
                A("adopted", D, "day of adoption; relative deadlines count from it", required=True),
                A("country", T, "ISO 3166 code"),
                A("language", T, "language of the deadlines", required=True, words=tuple(Language)),
                A("timezone", T, "where `today` is", required=True),
                A("pursuant_to", L, "acts that the plan follows from, with their dates"),
                A("source_publisher", T, "who published the text"),
                A("source_url", T, "address of the text"),
                A("source_published", D, "day the text was published"),
                A("licence", T, "licence of what the dataset adds to the plan's words"),
                A("version", T, "edition of the dataset", required=True),
                A("as_of", D, "day everything is judged as of", required=True),
                A("as_enacted", F, "true if the words are those first adopted", required=True),
                A("revision", T, "git revision the dataset was read at, if one was asked for"),
            ),
            ("id",),
            _plan,
        ),
        Relation(
            "sections",
            "The numbered parts of the plan",
            (
                A("id", T, "number of the section in the plan", required=True),
                A("position", N, "place in the plan, from 1", required=True),
                A("title", T, "heading, in the plan's words", required=True),
            ),
            ("id",),
            _sections,
        ),
        Relation(
            "agencies",
            "The bodies that the plan names",
            (
                A("code", T, "abbreviation", required=True),
                A("position", N, "place in the list of agencies, from 1", required=True),
                A("name", T, "name, in the plan's words", required=True),
                A("aliases", L, "other spellings that mean the same body"),
                A("listed", F, "true if the abbreviation is the plan's, false if it is ours", required=True),
                A("successors", L, "who answers for it today"),
            ),
            ("code",),
            _agencies,
        ),
        Relation(
            "successors",
            "Bodies that took over from one that was split, merged or renamed",
            (
                A("agency", T, "code of the body that the plan names", required=True),
                A("number", N, "place in the list, from 1", required=True),
                A("name", T, "name of the successor", required=True),
                A("since", T, "from when: a day, a month or a year"),
                A("url", T, "address of the page that says so"),
            ),
            ("agency", "number"),
            _successors,
            (Reference("agency", "agencies"),),
        ),
        Relation(
            "activities",
            "The numbered commitments of the plan",
            (
                A("id", N, "number of the activity in the plan", required=True),
                A("section", T, "section it stands in", required=True),
                A("title", T, "what is to be done, in the plan's words", required=True),
                A("points", L, "points listed under the title"),
                A("others", T, "an open group at the end of the list of bodies, in the plan's words"),
            ),
            ("id",),
            _activities,
            (Reference("section", "sections"),),
        ),
        Relation(
            "assignments",
            "Which bodies an activity names, in the plan's order, and how they take part",
            (
                A("activity", N, "number of the activity", required=True),
                A("agency", T, "code of the body", required=True),
                A("role", T, "lead, or as-agreed: takes part by consent", required=True, words=tuple(Role)),
                A("position", N, "place in the activity's list, from 1; the first convenes", required=True),
            ),
            ("activity", "position"),
            _assignments,
            (Reference("activity", "activities"), Reference("agency", "agencies")),
        ),
        Relation(
            "deliverables",
            "One row per outcome of an activity, with its deadline and where it stands as of the date",
            tuple(
                A(f.name, f.kind, f.meaning, required=f.name in _ALWAYS, words=_WORDS.get(f.name, ()))
                for f in FIELDS.values()
            ),
            ("id",),
            _deliverables,
            (Reference("activity", "activities"), Reference("section", "sections")),
        ),
        Relation(
            "updates",
            "What was reported of a deliverable up to the date, oldest first",
            (
                A("id", N, "number of the update here", required=True),
                A("deliverable", T, "id of the deliverable", required=True),
                A("date", D, "day the fact held", required=True),
                A("status", T, "what is reported; none if it only notes a fact", words=tuple(Status)),
                A("note", T, "the fact, in a sentence"),
            ),
            ("id",),
            _updates,
            (Reference("deliverable", "deliverables"),),
        ),
        Relation(
            "evidence",
            "What backs the updates",
            (
                A("id", N, "number of the piece of evidence here", required=True),
                A("update_id", N, "id of the update", required=True),
                A("deliverable", T, "id of the deliverable", required=True),
                A("url", T, "address of the page", required=True),
                A("publisher", T, "who published it", required=True),
                A("kind", T, "what sort of source it is", required=True, words=tuple(EvidenceKind)),
                A("bears_on", T, "what it shows", required=True, words=tuple(BearsOn)),
                A("title", T, "title of the page"),
                A("act", T, "number of the act"),
                A("published", D, "day it was published"),
                A("accessed", D, "day it was read"),
                A("quote", T, "the words that matter"),
                A("archive", T, "address of an archived copy"),
            ),
            ("id",),
            _evidence,
            (Reference("update_id", "updates"), Reference("deliverable", "deliverables")),
        ),
    )
}
