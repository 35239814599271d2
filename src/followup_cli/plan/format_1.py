"""Format 1: the same records with fewer keys, more of which must be there. A file that says `schema: 1` is held against these.

A body without a mark is in charge there, and one in brackets takes part by consent.
"""

from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from followup_cli.glossary import Language, Role
from followup_cli.plan.records import (
    ActivitiesFile,
    Activity,
    ActivityAmendment,
    Agencies,
    Also,
    Columns,
    Deliverable,
    DeliverableAmendment,
    FiscalYear,
    Plan,
    Read,
    Retracted,
    Section,
    Update,
)
from followup_cli.plan.values import (
    NEWER,
    Day,
    Flag,
    Line,
    Number,
    OfPeriod,
    OldAssigned,
    read_count,
    read_day,
)


class OldUpdate(Update):
    """A dated entry about a deliverable; entries are only ever added."""

    date: Annotated[
        str,
        PlainValidator(lambda value: str(read_day(value))),
        WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
    ] = Field(description="Day the fact held", examples=["2024-07-05"])
    reported_as: Annotated[Line | None, NEWER] = None
    for_: Annotated[OfPeriod | None, NEWER] = Field(None, alias="for")
    retracted: Annotated[Retracted | None, NEWER] = None


_SINCE = Field(description="First day on which the new words are in force", examples=["2024-12-30"])
_ACT = Field(description="The act that changed them", examples=["Government Decree No. 1180"])
_ADDRESS = Field(description="Address of the act")


class OldActivityAmendment(ActivityAmendment):
    """A change of an activity's words, or of its being in the plan."""

    date: Day = _SINCE
    act: Line = _ACT
    url: Line = _ADDRESS


class OldDeliverableAmendment(DeliverableAmendment):
    """A change of a deliverable's words, or of its being in the plan."""

    date: Day = _SINCE
    act: Line = _ACT
    url: Line = _ADDRESS
    read: Annotated[Read, NEWER] = None


class OldDeliverable(Deliverable):
    """One outcome of an activity, with its deadline: the unit that is followed up."""

    number: Annotated[Line | None, NEWER] = None
    outcome: Line = Field(description="What must be produced, in the plan's words", examples=["Draft Law"])
    starts: Annotated[Line | None, NEWER] = None
    deadline: Line = Field(description="When, in the plan's words", examples=["By the end of 2022"])
    read: Annotated[Read, NEWER] = None
    also: Annotated[Also, NEWER] = Field({})
    agencies: Annotated[Agencies, NEWER] = ()
    other: Annotated[Columns, NEWER] = None
    updates: tuple[OldUpdate, ...] = Field((), description="What became of it, oldest first")
    amendments: tuple[OldDeliverableAmendment, ...] = Field(
        (), description="Changes of its words by later acts, oldest first"
    )


class OldActivity(Activity):
    """One numbered commitment of the plan."""

    id: Number = Field(description="Its number in the plan", examples=[24])
    number: Annotated[Line | None, NEWER] = None
    also: Annotated[Also, NEWER] = Field({})
    section: Line = Field(description="The section's id", examples=["VI"])
    deliverables: tuple[OldDeliverable, ...] = Field(
        min_length=1, description="Its outcomes, in the plan's order"
    )
    agencies: tuple[OldAssigned, ...] = Field(
        min_length=1,
        description="Bodies in the plan's order: a code, then ` (as agreed)` where the plan says so",
    )
    other: Annotated[Columns, NEWER] = None
    amendments: tuple[OldActivityAmendment, ...] = Field(
        (), description="Changes of its words by later acts, oldest first"
    )


class OldSection(Section):
    """A numbered part of the plan."""

    id: Line = Field(description="Its number in the plan", examples=["VI"])
    in_: Annotated[Line | None, NEWER] = Field(None, alias="in")
    also: Annotated[Also, NEWER] = Field({})


class OldPlan(Plan):
    """What is known of the plan as a whole."""

    also: Annotated[Also, NEWER] = Field({})
    act: Line = Field(description="The act that adopted it", examples=["Government Decree No. 258"])
    adopted: Day = Field(description="Day of adoption; relative deadlines count from it")
    language: Language = Field(Language.EN, description="Language of the deadlines")
    roles: Annotated[dict[str, Role], NEWER] = Field({"": Role.LEAD})
    fiscal_year: Annotated[FiscalYear | None, NEWER] = None
    day_first: Annotated[Flag | None, NEWER] = None
    statuses: Annotated[dict[str, Any], NEWER] = Field({})
    columns: Annotated[dict[str, str], NEWER] = Field({})


class OldActivitiesFile(ActivitiesFile):
    """`activities.yaml`: the plan and what became of it."""

    schema_version: Annotated[int, PlainValidator(read_count), WithJsonSchema({"const": 1})] = Field(
        alias="schema", description="Version of this format: 1"
    )
    plan: OldPlan = Field(description="The plan as a whole")
    sections: tuple[OldSection, ...] = Field(min_length=1, description="The plan's sections, in order")
    activities: tuple[OldActivity, ...] = Field(min_length=1, description="The plan's activities, in order")
