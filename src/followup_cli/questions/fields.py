"""The one list of what can be asked about a deliverable: shown, sorted, grouped, written to files."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.store.progress import Standing
from followup_cli.table import Cell, Column, Kind


class Field(NamedTuple):
    """Something that can be asked: its name everywhere, what its cells hold, what it means.

    `keep` is how long its column stays on a narrow screen; `usual` marks the fields that machine formats
    write when none are chosen, and `screen` those that a terminal shows.
    """

    name: str
    kind: Kind
    meaning: str
    get: Callable[[Standing], Cell]
    keep: int = 1
    usual: bool = False
    screen: bool = False

    def column(self) -> Column:
        """Give the column that shows this field."""
        return Column(self.name, self.kind, keep=self.keep)


def _fields(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


T, N, D, L = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.LIST
FIELDS: dict[str, Field] = _fields(
    Field(
        "id",
        T,
        "number of the activity and of the deliverable in it",
        lambda s: s.facts.id,
        9,
        usual=True,
        screen=True,
    ),
    Field("activity", N, "number of the activity in the plan", lambda s: s.facts.activity, 1, usual=True),
    Field("section", T, "id of the plan's section", lambda s: s.facts.section, 2, usual=True, screen=True),
    Field(
        "title",
        T,
        "what is to be done, in the plan's words",
        lambda s: s.facts.title,
        8,
        usual=True,
        screen=True,
    ),
    Field(
        "outcome",
        T,
        "what must be produced, in the plan's words",
        lambda s: s.facts.outcome,
        4,
        usual=True,
        screen=True,
    ),
    Field("deadline", T, "when, in the plan's words", lambda s: s.facts.deadline, 3, usual=True),
    Field(
        "start", D, "first day of the window read from the deadline", lambda s: s.facts.start, 1, usual=True
    ),
    Field(
        "due",
        D,
        "last day of the window read from the deadline",
        lambda s: s.facts.due,
        7,
        usual=True,
        screen=True,
    ),
    Field(
        "lead",
        L,
        "bodies in charge: named without the mark (as agreed)",
        lambda s: s.facts.lead,
        5,
        usual=True,
        screen=True,
    ),
    Field("as_agreed", L, "bodies that take part by consent", lambda s: s.facts.as_agreed, 1, usual=True),
    Field("agencies", L, "all bodies named, in the plan's order", lambda s: s.facts.agencies, 1, usual=True),
    Field(
        "others",
        T,
        "an open group at the end of the list, in the plan's words",
        lambda s: s.facts.others,
        1,
        usual=True,
    ),
    Field("status", T, "what was last reported", lambda s: s.status, 3, usual=True),
    Field("status_date", D, "day of the update that reported it", lambda s: s.status_date, 1, usual=True),
    Field(
        "state", Kind.STATE, "what is derived as of the date", lambda s: s.state, 6, usual=True, screen=True
    ),
    Field(
        "days_left",
        N,
        "days to the due date, negative once passed",
        lambda s: s.days_left,
        2,
        usual=True,
        screen=True,
    ),
    Field(
        "first",
        T,
        "the first-listed body, which convenes the work by convention",
        lambda s: s.facts.agencies[0],
    ),
    Field("points", L, "the points listed under the title", lambda s: s.facts.points),
    Field(
        "activity_title",
        T,
        "title of the activity, also where the deliverable has its own",
        lambda s: s.facts.activity_title,
    ),
    Field("kind", T, "kind of deadline: by, on, within, range, since, recurring, …", lambda s: s.facts.kind),
    Field("rule", T, "rule that read the deadline", lambda s: s.facts.rule),
    Field("recurrence", T, "how it recurs, as an iCalendar rule", lambda s: s.facts.recurrence),
    Field("due_year", N, "year of the due date", lambda s: s.facts.due.year if s.facts.due else None),
    Field("due_quarter", T, "quarter of the due date", lambda s: quarter(s.facts.due)),
    Field("last_update", D, "day of the last update, with or without a status", lambda s: s.last_update),
    Field("updates", N, "number of updates", lambda s: sum(day <= s.as_of for day, _ in s.facts.reports)),
)
USUAL = tuple(name for name, field in FIELDS.items() if field.usual)
SCREEN = tuple(name for name, field in FIELDS.items() if field.screen)


def quarter(due: date | None) -> str | None:
    """Name the quarter of a day, such as "2022-Q4"."""
    return f"{due.year}-Q{(due.month + 2) // 3}" if due else None


def sort_key(value: Cell) -> tuple[int, tuple[tuple[int, int, str], ...] | Cell]:
    """Order cells of one field: numbers in texts count as numbers, nothing comes last."""
    if value is None or value == ():
        return (1, ())
    if isinstance(value, tuple):
        value = ", ".join(str(part) for part in value)
    if isinstance(value, str):
        parts = re.split("([0-9]+)", value.casefold())
        return (0, tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p))
    return (0, value)


def field_named(name: str) -> Field:
    """Find a field by name; dashes count as underscores.

    Raises:
        FollowupError: if there is no such field.
    """
    field = FIELDS.get(name.strip().replace("-", "_").lower())
    if field is None:
        meant = nearest(name, FIELDS)
        hint = f"did you mean `{meant}`?" if meant else f"the fields are {', '.join(FIELDS)}"
        raise FollowupError(f"there is no field `{name}`", hint)
    return field


def fields_named(names: str) -> tuple[Field, ...]:
    """Find fields by names with commas between them."""
    return tuple(field_named(name) for name in names.split(",") if name.strip())
