"""The register: all that lists, counts and overviews need to know of a dataset, in plain values.

It is made from a dataset once, and can be kept beside it (see `cache`): what is asked most often needs no
more of the data than this.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from followup_cli.glossary import Role, Status

if TYPE_CHECKING:  # at run time, a register from the cache must not cost the import of the models
    from followup_cli.plan.dataset import Dataset


class Facts(NamedTuple):
    """What the dataset says of one deliverable, on whatever day it is looked at.

    `opens` is the first day of the window; without a start it begins with the plan's adoption.
    `reports` are the dates of its updates with their status, if they have one, oldest first.
    """

    id: str
    activity: int
    section: str
    title: str
    activity_title: str
    points: tuple[str, ...]
    outcome: str
    deadline: str
    start: date | None
    due: date | None
    kind: str
    rule: str
    recurrence: str | None
    opens: date
    agencies: tuple[str, ...]
    lead: tuple[str, ...]
    as_agreed: tuple[str, ...]
    others: str | None
    reports: tuple[tuple[date, Status | None], ...]
    evidence: int


class PlanFacts(NamedTuple):
    """What is known of the plan as a whole."""

    title: str
    act: str
    adopted: date
    timezone: str


class SectionFacts(NamedTuple):
    """A section of the plan."""

    id: str
    title: str


class AgencyFacts(NamedTuple):
    """A body that the plan names."""

    code: str
    name: str
    aliases: tuple[str, ...]
    successors: tuple[str, ...]  # their names


class Hint(NamedTuple):
    """What may be left out of an answer: all but these agencies' deliverables, all but those due in a window."""

    agencies: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None


class Tally(NamedTuple):
    """How many deliverables, of how many activities, share a value."""

    value: str | None
    deliverables: int
    activities: int


class _Known(NamedTuple):
    version: str
    plan: PlanFacts
    sections: tuple[SectionFacts, ...]
    agencies: tuple[AgencyFacts, ...]
    activities: int
    deliverables: int
    read: Callable[[Hint], Iterable[Facts]]
    tally: Callable[[str], list[Tally] | None] = lambda _: None


class Register(_Known):
    """What is known of a plan: the whole, and the facts of each deliverable.

    `read` gives the facts in the plan's order, at least those that a hint does not leave out. `tally`
    counts all deliverables by a field if that can be had without their facts, in the plan's order.
    """

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """All deliverables, in the plan's order."""
        return tuple(self.read(Hint()))

    @cached_property
    def section_by_id(self) -> dict[str, SectionFacts]:
        """Find a section by its id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def agency_names(self) -> dict[str, tuple[str, ...]]:
        """Give the names of each agency by its code, the official one first."""
        return {agency.code: (agency.name, *agency.aliases) for agency in self.agencies}

    @cached_property
    def agency_by_code(self) -> dict[str, AgencyFacts]:
        """Find an agency by its code."""
        return {agency.code: agency for agency in self.agencies}


def register(dataset: "Dataset") -> Register:
    """Make the register of a dataset."""
    known = facts(dataset)
    return Register(
        dataset.version,
        plan_facts(dataset),
        tuple(SectionFacts(section.id, section.title) for section in dataset.sections),
        tuple(
            AgencyFacts(a.code, a.name, a.aliases, tuple(successor.name for successor in a.successors))
            for a in dataset.agencies
        ),
        len(dataset.activities),
        len(known),
        lambda _: known,
    )


def plan_facts(dataset: "Dataset") -> PlanFacts:
    """Give what is known of a dataset's plan as a whole."""
    plan = dataset.plan
    return PlanFacts(plan.title, plan.act, plan.adopted, plan.timezone)


def facts(dataset: "Dataset") -> tuple[Facts, ...]:
    """List what the dataset says of each deliverable, in the plan's order."""
    from followup_cli.deadlines import read

    plan = dataset.plan
    found = []
    for identifier, activity, deliverable in dataset.deliverables():
        deadline = read(deliverable.deadline, lang=plan.language.value, adopted=plan.adopted)
        found.append(
            Facts(
                id=identifier,
                activity=activity.id,
                section=activity.section,
                title=deliverable.title or activity.title,
                activity_title=activity.title,
                points=activity.points,
                outcome=deliverable.outcome,
                deadline=deliverable.deadline,
                start=deadline.start,
                due=deadline.due,
                kind=deadline.kind.value,
                rule=deadline.rule,
                recurrence=deadline.recurrence,
                opens=deadline.start or plan.adopted,
                agencies=tuple(a.agency for a in activity.agencies),
                lead=tuple(a.agency for a in activity.agencies if a.role is Role.LEAD),
                as_agreed=tuple(a.agency for a in activity.agencies if a.role is Role.AS_AGREED),
                others=activity.others,
                reports=tuple((u.date, u.status) for u in deliverable.updates),
                evidence=sum(len(u.evidence) for u in deliverable.updates),
            )
        )
    return tuple(found)
