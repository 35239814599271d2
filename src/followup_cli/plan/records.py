"""The records of a plan, as its files write them: what each key holds, and what one record may say.

Every model is frozen and refuses unknown keys. What needs more than one record is in `rules`.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from followup_cli.findings import Steps
from followup_cli.glossary import (
    ActivityField,
    AgencyField,
    BearsOn,
    DeliverableField,
    EvidenceField,
    EvidenceKind,
    PlanField,
    Role,
    SectionField,
    Status,
)
from followup_cli.plan.values import (
    AS_AGREED,
    CODE,
    NEWER,
    Assigned,
    Assignment,
    CellText,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Month,
    OfPeriod,
    SecondText,
    Tag,
    Text,
    When,
    Words,
    meaning_of,
    read_count,
    read_line,
    read_meaning,
    read_since,
    read_window,
    refusal,
)

MARKS = dict.fromkeys(AS_AGREED, Role.AS_AGREED)  # what is known of marks without being told by the plan


# The plan's words in other languages: of a language's tag, of a field, the text.
Also = dict[str, dict[str, SecondText]]


class Record(BaseModel):
    """What all records share: they never change, and they refuse a key they do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class EvidenceCorrection(Record):
    """A mended mistake in a piece of evidence: a link that led elsewhere, a name misspelt."""

    date: Day = Field(description="Day it was mended")
    field: EvidenceField = Field(description="What was mended")
    was: Text = Field(description="What the dataset said")
    note: Text | None = Field(None, description="How it came about")


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
    corrections: tuple[EvidenceCorrection, ...] = Field(
        (),
        description="Mended mistakes in writing it down, oldest first",
        examples=[[{"date": "2026-11-28", "field": "url", "was": "https://example.org/wrong"}]],
    )


class Retracted(Record):
    """That an update was wrong: it is kept, and not counted."""

    date: Day = Field(description="Day it was retracted")
    note: Text = Field(description="What was wrong")


class Update(Record):
    """A dated entry about a deliverable; entries are only ever added."""

    date: When = Field(
        description="When the fact held: a day, a month, a year, or `../` and a day: that day or before"
    )
    status: Status | None = Field(
        None, description="What is reported; leave it out if this only notes a fact"
    )
    reported_as: Line | None = Field(None, description="The word that the report itself has for it")
    note: Text | None = Field(None, description="The fact, in a sentence")
    for_: OfPeriod | None = Field(
        None, alias="for", description="Period of a recurring deliverable that it speaks of"
    )
    evidence: tuple[Evidence, ...] = Field((), description="What backs the update")
    retracted: Retracted | None = Field(None, description="That the entry was wrong")


class ReadWindow(Record):
    """The days that a deadline means, both included."""

    start: Day | None = Field(None, description="First day")
    due: Day | None = Field(None, description="Last day")

    @model_validator(mode="after")
    def in_order(self) -> "ReadWindow":
        """Refuse a window that ends before it begins."""
        if self.start and self.due and self.due < self.start:
            message = f"the window ends ({self.due}) before it begins ({self.start})"
            raise refusal("window", message, "check both days")
        return self


# `none` is a window without days: there surely is none.
Read = Annotated[ReadWindow | None, BeforeValidator(read_window)]


class Amendment(Record):
    """A change of the plan's own words by a later act: what they were until then."""

    date: Day | None = Field(
        None, description="First day on which the new words are in force, where it is known"
    )
    act: Line | None = Field(
        None, description="The act that changed them", examples=["Government Decree No. 1180"]
    )
    url: Line | None = Field(None, description="Address of the act")
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
    read: Read = Field(None, description="How the deadline that was is read, where it cannot be read by rule")


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


Columns = dict[str, Text] | None
Agencies = tuple[Assigned, ...]


class Deliverable(Record):
    """One outcome of an activity, with its deadline: the unit that is followed up."""

    number: CellText | None = Field(None, description="The number printed before it", examples=["2)"])
    title: CellText | None = Field(
        None, description="The plan's text of this deliverable, where it has its own"
    )
    outcome: CellText | None = Field(
        None, description="What must be produced, in the plan's words", examples=["Draft Law"]
    )
    starts: CellText | None = Field(None, description="The plan's own column of starts, in its words")
    deadline: CellText | None = Field(
        None, description="When, in the plan's words", examples=["By the end of 2022"]
    )
    read: Read = Field(
        None,
        description="How the deadline is read, where it cannot be read by rule; `none` if it names no day",
    )
    also: Also = Field(
        default_factory=dict,
        description="Its `title`, `outcome`, `starts` and `deadline` in other languages, by their tag",
        examples=[{"kk": {"outcome": "Заң жобасы"}}],
    )
    agencies: Agencies = Field((), description="Bodies of this deliverable, in place of the activity's")
    other: Columns = Field(None, description="The plan's other columns: heading and text")
    updates: tuple[Update, ...] = Field((), description="What became of it, oldest first")
    amendments: tuple[DeliverableAmendment, ...] = Field(
        (), description="Changes of its words by later acts, oldest first"
    )
    corrections: tuple[DeliverableCorrection, ...] = Field(
        (), description="Mended mistakes in copying it, oldest first"
    )


class Activity(Record):
    """One commitment of the plan, as people cite it."""

    id: Id = Field(
        description="Its number in the plan, or what stands for it: no white space, `#` or `/`", examples=[24]
    )
    number: CellText | None = Field(
        None, description="The printed number, where it is not the id; it may repeat", examples=["3 (a)"]
    )
    section: Line | None = Field(None, description="The id of the innermost section", examples=["VI"])
    title: CellText = Field(description="The plan's words")
    points: tuple[CellText, ...] = Field((), description="The points the plan lists under the title")
    also: Also = Field(
        default_factory=dict,
        description="Its `title`, `points` and `others` in other languages, by their tag",
        examples=[{"kk": {"title": "Адам саудасына қарсы іс-қимыл"}}],
    )
    deliverables: tuple[Deliverable, ...] = Field((), description="Its outcomes, in the plan's order")
    agencies: Agencies = Field(
        (),
        description="Bodies in the plan's order: a code, then the plan's mark in brackets where it writes one",
    )
    others: CellText | None = Field(
        None, description="An open group at the end of the list, in the plan's words"
    )
    other: Columns = Field(None, description="The plan's other columns: heading and text")
    amendments: tuple[ActivityAmendment, ...] = Field(
        (), description="Changes of its words by later acts, oldest first"
    )
    corrections: tuple[ActivityCorrection, ...] = Field(
        (), description="Mended mistakes in copying it, oldest first"
    )


class Section(Record):
    """A part of the plan, which may stand in another."""

    id: Id = Field(description="Its number in the plan, or what stands for it", examples=["VI"])
    title: CellText = Field(description="Its heading, in the plan's words")
    also: Also = Field(
        default_factory=dict,
        description="Its `title` in other languages, by their tag",
        examples=[{"kk": {"title": "Адам саудасының құрбандары"}}],
    )
    in_: Line | None = Field(None, alias="in", description="The id of the section that it is a part of")
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


class FiscalYear(Record):
    """When the plan's fiscal year begins, and by which of its two calendar years it is named."""

    begins: Month = Field(description="Number of its first month", examples=[7])
    named_by: Literal["end", "start"] = Field(
        "end", description="The calendar year that gives it its number: that of its `end` or its `start`"
    )


class Plan(Record):
    """What is known of the plan as a whole."""

    id: Line = Field(description="A short name for the dataset", examples=["kz-2022-258"])
    title: Line = Field(description="Its title")
    also: Also = Field(
        default_factory=dict,
        description="Its `title` and `act` in other languages, by their tag",
        examples=[{"kk": {"title": "Жоспар"}}],
    )
    act: Line | None = Field(
        None, description="The act that adopted it", examples=["Government Decree No. 258"]
    )
    adopted: Day | None = Field(
        None, description="Day of adoption; relative deadlines count from it, and without it have no dates"
    )
    country: Line | None = Field(None, description="ISO 3166 code", examples=["KZ"])
    language: Tag = Field("en", description="Language of the plan, as a BCP 47 tag")
    timezone: Line = Field("UTC", description="Where `today` is", examples=["Asia/Almaty"])
    roles: dict[str, Role] = Field(
        {},
        description='The plan\'s marks behind agencies, and the role each means; `""` stands for no mark at all',
    )
    fiscal_year: FiscalYear | None = Field(None, description="The plan's fiscal year")
    day_first: Flag | None = Field(
        None, description="Order of numeric dates such as 01/02/2023: `true` if the day comes first"
    )
    statuses: dict[str, Annotated[Status, BeforeValidator(read_meaning)]] = Field(
        {}, description="The plan's own words of status, and the status each means"
    )
    columns: dict[str, str] = Field(
        {}, description="The plan's own table: its columns in their order, each with its heading"
    )
    pursuant_to: tuple[Act, ...] = Field((), description="Acts that the plan follows from")
    source: Source | None = Field(None, description="Where the text was taken from")
    licence: Line | None = Field(
        None,
        description="SPDX id of the licence of what the dataset adds to the plan's words",
        examples=["CC-BY-4.0"],
    )
    expect: Expect | None = Field(None, description="Counts that the plan itself states")
    corrections: tuple[PlanCorrection, ...] = Field((), description="Mended mistakes in copying it")

    def role_of(self, assignment: Assignment) -> Role:
        """Tell how an agency takes part: as the data says, or as its mark means, or the lack of one."""
        if assignment.role is not None:
            return assignment.role
        return self.roles.get(assignment.mark, MARKS.get(assignment.mark, Role.UNSTATED))

    def status_of(self, update: Update) -> Status | None:
        """Tell what an update reports: its status, or what the plan's own word in it means."""
        if update.status is None and update.reported_as:
            return meaning_of(self.statuses, update.reported_as)
        return update.status


class ActivitiesFile(Record):
    """`activities.yaml`: the plan and what became of it."""

    # `schema` is a name that pydantic's models use themselves.
    schema_version: Annotated[int, PlainValidator(read_count), WithJsonSchema({"const": 2})] = Field(
        alias="schema", description="Version of this format: 2"
    )
    version: Line = Field(description="Edition of the dataset; changes with every release of the data")
    plan: Plan = Field(description="The plan as a whole")
    sections: tuple[Section, ...] = Field(
        (), description="The plan's sections, in order, those within others too"
    )
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
    also: Also = Field(
        default_factory=dict,
        description="Its `name` in other languages, by their tag",
        examples=[{"kk": {"name": "Қазақстан Республикасының Әділет министрлігі"}}],
    )
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

    agencies: tuple[Agency, ...] = Field(description="The bodies, in the plan's order")


def keys_at(model: type[Record], path: Steps) -> list[str]:
    """List the keys that the record at a path knows, as the file writes them."""
    inner = _model_at(model, path)
    fields = inner.model_fields.items() if inner else ()
    return [field.alias or name for name, field in fields if NEWER not in field.metadata]


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


def models_in(model: type[Record]) -> Iterator[tuple[str, type[Record]]]:
    """Go through the models of which a model is made, and itself, each with its name."""
    yield model.__name__, model
    for field in model.model_fields.values():
        inner = _model_in(field.annotation) if NEWER not in field.metadata else None
        if inner is not None:
            yield from models_in(inner)


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
