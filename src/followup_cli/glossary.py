"""The closed vocabularies of the field, spelt as the data spells them."""

from enum import StrEnum


class PlanFile(StrEnum):
    """A file of a dataset."""

    ACTIVITIES = "activities.yaml"
    AGENCIES = "agencies.yaml"


class Status(StrEnum):
    """What an update reports of a deliverable."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    PARTLY_DELIVERED = "partly-delivered"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"


class State(StrEnum):
    """What is derived of a deliverable as of a date, in the order that screens show them."""

    DELIVERED = "delivered"
    DELIVERED_LATE = "delivered-late"
    ABANDONED = "abandoned"
    OVERDUE = "overdue"
    UNREPORTED = "unreported"
    UNREAD = "unread"
    DUE_SOON = "due-soon"
    OPEN = "open"
    UPCOMING = "upcoming"
    UNDATED = "undated"


class Role(StrEnum):
    """How a body takes part in an activity."""

    LEAD = "lead"
    PARTNER = "partner"
    AS_AGREED = "as-agreed"
    UNSTATED = "unstated"


class EvidenceKind(StrEnum):
    """What sort of source a piece of evidence is."""

    ACT = "act"
    OFFICIAL_PAGE = "official_page"
    OFFICIAL_REPORT = "official_report"
    UN_DOCUMENT = "un_document"
    NGO_REPORT = "ngo_report"
    NEWS = "news"


class BearsOn(StrEnum):
    """What a piece of evidence shows: the deliverable itself, what came of it later, or neither."""

    DELIVERABLE = "deliverable"
    RESULT = "result"
    CONTEXT = "context"


class EvidenceField(StrEnum):
    """What of a piece of evidence can have been written down wrongly."""

    URL = "url"
    PUBLISHER = "publisher"
    KIND = "kind"
    BEARS_ON = "bears_on"
    TITLE = "title"
    ACT = "act"
    PUBLISHED = "published"
    ACCESSED = "accessed"
    QUOTE = "quote"
    ARCHIVE = "archive"


class Language(StrEnum):
    """The languages that deadlines are read in."""

    EN = "en"
    RU = "ru"
    KK = "kk"


class ActivityField(StrEnum):
    """What of an activity an act can amend: its words, or its being in the plan."""

    NUMBER = "number"
    TITLE = "title"
    POINTS = "points"
    SECTION = "section"
    AGENCIES = "agencies"
    OTHERS = "others"
    OTHER = "other"
    ADDED = "added"
    REPEALED = "repealed"


class DeliverableField(StrEnum):
    """What of a deliverable an act can amend: its words, or its being in the plan."""

    NUMBER = "number"
    TITLE = "title"
    OUTCOME = "outcome"
    STARTS = "starts"
    DEADLINE = "deadline"
    AGENCIES = "agencies"
    OTHER = "other"
    ADDED = "added"
    REPEALED = "repealed"


class PlanField(StrEnum):
    """What is said of the plan as a whole and was copied from it, or settles how its words are read."""

    ID = "id"
    TITLE = "title"
    ACT = "act"
    ADOPTED = "adopted"
    LANGUAGE = "language"
    SOURCE = "source"
    PURSUANT_TO = "pursuant_to"
    COLUMNS = "columns"
    ROLES = "roles"
    STATUSES = "statuses"
    FISCAL_YEAR = "fiscal_year"
    DAY_FIRST = "day_first"


class SectionField(StrEnum):
    """What of a section was copied from the plan."""

    TITLE = "title"
    IN = "in"


class AgencyField(StrEnum):
    """What of an agency was copied from the plan."""

    NAME = "name"


STATE_MEANINGS: dict[State, str] = {
    State.DELIVERED: "reported as delivered, with evidence",
    State.DELIVERED_LATE: "reported as delivered, with evidence, after the due date",
    State.ABANDONED: "reported as abandoned",
    State.OVERDUE: "deadline passed; a status from after it says that it is not delivered",
    State.UNREPORTED: "deadline passed; no status from after it is known here (silence is not failure)",
    State.UNREAD: "the plan gives a deadline, and it is not known here which days it means",
    State.DUE_SOON: "not reported as delivered; due within 30 days, or as many as were asked for",
    State.OPEN: "its window has begun",
    State.UPCOMING: "its window has not begun",
    State.UNDATED: "no due date (ongoing, as needed, none given); not reported as delivered",
}
STATUS_MEANINGS: dict[Status, str] = {
    Status.NOT_STARTED: "work has not begun",
    Status.IN_PROGRESS: "work has begun",
    Status.ON_HOLD: "work had begun, and rests",
    Status.PARTLY_DELIVERED: "a part of the outcome was produced",
    Status.DELIVERED: "the outcome was produced; needs evidence that bears on the deliverable",
    Status.ABANDONED: "the outcome will not be produced",
}
ROLE_MEANINGS: dict[Role, str] = {
    Role.LEAD: "in charge",
    Role.PARTNER: "takes part",
    Role.AS_AGREED: "takes part by consent",
    Role.UNSTATED: "named; the plan does not say how it takes part",
}
EVIDENCE_MEANINGS: dict[EvidenceKind, str] = {
    EvidenceKind.ACT: "an act of state; needs its number under `act`",
    EvidenceKind.OFFICIAL_PAGE: "a page of a public body",
    EvidenceKind.OFFICIAL_REPORT: "a report of a public body",
    EvidenceKind.UN_DOCUMENT: "a document of the United Nations, or given to one of its bodies",
    EvidenceKind.NGO_REPORT: "a report of a civil society organisation",
    EvidenceKind.NEWS: "a news item",
}
BEARS_ON_MEANINGS: dict[BearsOn, str] = {
    BearsOn.DELIVERABLE: "it shows the outcome that the plan names",
    BearsOn.RESULT: "it shows what came of it later, which does not prove the outcome itself",
    BearsOn.CONTEXT: "it shows neither, and helps to understand",
}
LANGUAGE_NAMES: dict[Language, str] = {
    Language.EN: "English",
    Language.RU: "Russian",
    Language.KK: "Kazakh",
}


def counted(number: int, names: str) -> str:
    """Write a number with what it counts, "1 activity" of "activities"."""
    name = names.removesuffix("s") if not names.endswith("ies") else f"{names.removesuffix('ies')}y"
    return f"{number} {name if number == 1 else names}"
