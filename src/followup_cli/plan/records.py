"""The records of a plan, as its files write them: what each key holds, and what one record may say.

Every model is frozen and refuses unknown keys. What needs more than one record is in `rules`.
"""

from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from followup_cli.findings import Steps
from followup_cli.glossary import (
    ActivityField,
    AgencyField,
    BearsOn,
    DeliverableField,
    EvidenceKind,
    Language,
    PlanField,
    SectionField,
    Status,
)
from followup_cli.plan.values import (
    CODE,
    Assigned,
    Count,
    Day,
    Flag,
    Line,
    Text,
    Words,
    read_count,
    read_line,
    read_since,
)


class Record(BaseModel):
    """What all records share: they never change, and they refuse a key they do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Evidence(Record):
    """What backs an update: a page that anyone can open."""

    url: Line = Field(description="Address of the page, with http:// or https://")
    publisher: Line = Field(description="Who published it", examples=["Adilet"])
    kind: EvidenceKind = Field(description="What sort of source it is")
    bears_on: BearsOn = Field(
        description="What it shows: the `deliverable` itself, a later `result`, or only `context`"
    )
    title: Line | None = Field(None, description="Title of the page")
    act: Line | None = Field(None, description="Number of the act", examples=["Law No. 110-VIII"])
    published: Day | None = Field(None, description="Day it was published, where the page says so")
    accessed: Day | None = Field(None, description="Day the page was read")
    quote: Text | None = Field(None, description="The words that matter, verbatim")
    archive: Line | None = Field(None, description="Address of an archived copy")


class Update(Record):
    """A dated entry about a deliverable; entries are only ever added."""

    date: Day = Field(description="Day the fact held", examples=["2024-07-05"])
    status: Status | None = Field(
        None, description="What is reported; leave it out if this only notes a fact"
    )
    note: Text | None = Field(None, description="The fact, in a sentence")
    evidence: tuple[Evidence, ...] = Field((), description="What backs the update")


class Amendment(Record):
    """A change of the plan's own words by a later act: what they were until then."""

    date: Day = Field(description="First day on which the new words are in force", examples=["2024-12-30"])
    act: Line = Field(description="The act that changed them", examples=["Government Decree No. 1180"])
    url: Line = Field(description="Address of the act")
    field: str = Field(description="What changed")
    was: Words = Field(None, description="The words until then; leave it out where there were none")


class ActivityAmendment(Amendment):
    """A change of an activity's words, or of its being in the plan."""

    field: ActivityField = Field(
        description="What changed; `added` or `repealed` where the act put the whole activity in, or took it out"
    )


class DeliverableAmendment(Amendment):
    """A change of a deliverable's words, or of its being in the plan."""

    field: DeliverableField = Field(
        description="What changed; `added` or `repealed` where the act put the deliverable in, or took it out"
    )


class Correction(Record):
    """A mistake of this dataset in copying the plan, and its mend: the plan itself never said so."""

    date: Day = Field(description="Day it was mended")
    url: Line = Field(description="Address of the plan's text that shows the right words")
    field: str = Field(description="What was mended")
    was: Words = Field(None, description="What the dataset said; leave it out where it said nothing")
    note: Text | None = Field(None, description="How it came about")


class ActivityCorrection(Correction):
    """A mended mistake in an activity."""

    field: ActivityField = Field(description="What was mended; `added` if the activity had been left out")


class DeliverableCorrection(Correction):
    """A mended mistake in a deliverable."""

    field: DeliverableField = Field(description="What was mended; `added` if it had been left out")


class PlanCorrection(Correction):
    """A mended mistake in what is said of the plan as a whole."""

    field: PlanField = Field(description="What was mended")


class SectionCorrection(Correction):
    """A mended mistake in a section's heading."""

    field: SectionField = Field(description="What was mended")


class AgencyCorrection(Correction):
    """A mended mistake in an agency."""

    field: AgencyField = Field(description="What was mended", examples=["name"])


class Deliverable(Record):
    """One outcome of an activity, with its deadline: the unit that is followed up."""

    title: Line | None = Field(None, description="The plan's text of this deliverable, where it has its own")
    outcome: Line = Field(description="What must be produced, in the plan's words", examples=["Draft Law"])
    deadline: Line = Field(description="When, in the plan's words", examples=["By the end of 2022"])
    updates: tuple[Update, ...] = Field((), description="What became of it, oldest first")
    amendments: tuple[DeliverableAmendment, ...] = Field(
        (), description="Changes of its words by later acts, oldest first"
    )
    corrections: tuple[DeliverableCorrection, ...] = Field(
        (), description="Mended mistakes in copying it, oldest first"
    )


class Activity(Record):
    """One numbered commitment of the plan."""

    id: Count = Field(description="Its number in the plan", examples=[24])
    section: Line = Field(description="The section's id", examples=["VI"])
    title: Line = Field(description="The plan's words")
    points: tuple[Line, ...] = Field((), description="The points the plan lists under the title")
    deliverables: tuple[Deliverable, ...] = Field(
        min_length=1, description="Its outcomes, in the plan's order"
    )
    agencies: tuple[Assigned, ...] = Field(
        min_length=1,
        description="Bodies in the plan's order: a code, then ` (as agreed)` where the plan says so",
    )
    others: Line | None = Field(None, description="An open group at the end of the list, in the plan's words")
    amendments: tuple[ActivityAmendment, ...] = Field(
        (), description="Changes of its words by later acts, oldest first"
    )
    corrections: tuple[ActivityCorrection, ...] = Field(
        (), description="Mended mistakes in copying it, oldest first"
    )


class Section(Record):
    """A numbered part of the plan."""

    id: Line = Field(description="Its number in the plan", examples=["VI"])
    title: Line = Field(description="Its heading, in the plan's words")
    corrections: tuple[SectionCorrection, ...] = Field((), description="Mended mistakes in copying it")


class Act(Record):
    """An act of state that the plan follows from."""

    act: Line = Field(description="Its title and number")
    date: Day = Field(description="Day it was signed")


class Source(Record):
    """Where the plan's text was taken from."""

    publisher: Line = Field(description="Who published it")
    url: Line = Field(description="Address of the page")
    published: Day | None = Field(None, description="Day it was published")


class Expect(Record):
    """Counts that the plan itself states; `validate` compares them."""

    activities: Count | None = Field(None, description="Number of activities")
    sections: Count | None = Field(None, description="Number of sections")
    deliverables: Count | None = Field(None, description="Number of deliverables")


class Plan(Record):
    """What is known of the plan as a whole."""

    id: Line = Field(description="A short name for the dataset", examples=["kz-2022-258"])
    title: Line = Field(description="Its title")
    act: Line = Field(description="The act that adopted it", examples=["Government Decree No. 258"])
    adopted: Day = Field(description="Day of adoption; relative deadlines count from it")
    country: Line | None = Field(None, description="ISO 3166 code", examples=["KZ"])
    language: Language = Field(Language.EN, description="Language of the deadlines")
    timezone: Line = Field("UTC", description="Where `today` is", examples=["Asia/Almaty"])
    pursuant_to: tuple[Act, ...] = Field((), description="Acts that the plan follows from")
    source: Source | None = Field(None, description="Where the text was taken from")
    licence: Line | None = Field(
        None,
        description="SPDX id of the licence of what the dataset adds to the plan's words",
        examples=["CC-BY-4.0"],
    )
    expect: Expect | None = Field(None, description="Counts that the plan itself states")
    corrections: tuple[PlanCorrection, ...] = Field((), description="Mended mistakes in copying it")


class ActivitiesFile(Record):
    """`activities.yaml`: the plan and what became of it."""

    # `schema` is a name that pydantic's models use themselves.
    schema_version: Annotated[int, PlainValidator(read_count), WithJsonSchema({"const": 1})] = Field(
        alias="schema", description="Version of this format: 1"
    )
    version: Line = Field(description="Edition of the dataset; changes with every release of the data")
    plan: Plan = Field(description="The plan as a whole")
    sections: tuple[Section, ...] = Field(min_length=1, description="The plan's sections, in order")
    activities: tuple[Activity, ...] = Field(min_length=1, description="The plan's activities, in order")


class Successor(Record):
    """A body that took over from one that was split, merged or renamed."""

    name: Line = Field(description="Its name")
    since: Annotated[str, BeforeValidator(read_since)] | None = Field(
        None, description="From when, as an ISO date or month", examples=["2022-06"]
    )
    url: Line | None = Field(None, description="Where this is said")


class Agency(Record):
    """A body that the plan names."""

    code: Annotated[str, BeforeValidator(read_line), Field(pattern=CODE)] = Field(
        description="Its abbreviation", examples=["MLSP"]
    )
    name: Line = Field(description="Its name, in the plan's words")
    aliases: tuple[Line, ...] = Field((), description="Other spellings that mean the same body")
    listed: Flag = Field(True, description="`false` if the plan gives no abbreviation and the code is ours")
    successors: tuple[Successor, ...] = Field((), description="Who answers for it today")
    corrections: tuple[AgencyCorrection, ...] = Field(
        (),
        description="Mended mistakes in copying it",
        examples=[[{"date": "2026-11-23", "url": "https://adilet.zan.kz", "field": "name", "was": "MoH"}]],
    )


class AgenciesFile(Record):
    """`agencies.yaml`: the bodies that the plan names."""

    agencies: tuple[Agency, ...] = Field(min_length=1, description="The bodies, in the plan's order")


def keys_at(model: type[Record], path: Steps) -> list[str]:
    """List the keys that the record at a path knows, as the file writes them."""
    inner = _model_at(model, path)
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def required_keys_at(model: type[Record], path: Steps) -> list[str]:
    """List the keys that the record at a path must have."""
    inner = _model_at(model, path)
    fields = inner.model_fields.items() if inner else ()
    return [field.alias or name for name, field in fields if field.is_required()]


def top_lists(model: type[Record]) -> dict[str, type[Record]]:
    """Give the lists of records that a file holds, each with the model of its items."""
    inner = {name: _model_in(field.annotation) for name, field in model.model_fields.items()}
    lists = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is tuple}
    return {name: record for name, record in inner.items() if record is not None and name in lists}


def _model_at(model: type[Record], path: Steps) -> type[Record] | None:
    for step in path:
        if isinstance(step, str):
            field = next((f for name, f in model.model_fields.items() if step in (name, f.alias)), None)
            inner = _model_in(field.annotation) if field else None
            if inner is None:
                return None
            model = inner
    return model


def _model_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((m for arg in get_args(annotation) if (m := _model_in(arg))), None)
