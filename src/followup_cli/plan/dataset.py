"""A Dataset: a plan and what was reported of it, right in every part; it never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from followup_cli.plan.records import Activity, Agency, Deliverable, Plan, Section


@dataclass(frozen=True)
class Dataset:
    """A plan, what was reported of it, and the bodies it names.

    `not_in_force` are the ids of deliverables that stand in an activity but not in the plan on the day in
    question: an act adds them later, or has repealed them. `format` is the version of the files' format.
    """

    version: str
    plan: Plan
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    agencies: tuple[Agency, ...]
    not_in_force: frozenset[str] = frozenset()
    format: int = 2

    @cached_property
    def activity_by_id(self) -> dict[str, Activity]:
        """Find an activity by its id."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """Find a section by its id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def agency_by_code(self) -> dict[str, Agency]:
        """Find an agency by its code."""
        return {agency.code: agency for agency in self.agencies}

    def deliverables(self) -> Iterator[tuple[str, Activity, Deliverable]]:
        """Go through all deliverables in the plan's order, each with its id ("24.2") and activity."""
        for activity in self.activities:
            for number, deliverable in enumerate(activity.deliverables, 1):
                identifier = f"{activity.id}.{number}"
                if identifier not in self.not_in_force:
                    yield identifier, activity, deliverable
