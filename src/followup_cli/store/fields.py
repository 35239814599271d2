"""FIELDS: what can be asked about a deliverable, each with the SQL that fills it."""

from typing import Any, NamedTuple

from followup_cli.glossary import State, Status
from followup_cli.store.kept_tables import SEPARATOR
from followup_cli.table import Column, Kind


class Field(NamedTuple):
    """A column with the SQL that fills it; without, it is the store's column of the same name.

    A plan of format 1 has none that is `new`, and always has what is needed `once`.
    """

    column: Column
    sql: str = ""
    new: bool = False
    once: bool = False

    @property
    def name(self) -> str:
        """Give the name by which it is asked for."""
        return self.column.name

    @property
    def expression(self) -> str:
        """Write what gives the cell, a list with SEPARATOR between its items."""
        return self.sql or self.name

    @property
    def shown(self) -> str:
        """Write what gives the cell as people see it, a list as a JSON array."""
        if self.column.kind is not Kind.LIST:
            return f"{self.expression} AS {self.name}"
        items = f"replace(json_quote(nullif({self.expression}, '')), char({ord(SEPARATOR)}), '\",\"')"
        return f"nullif('[' || {items} || ']', '[null]') AS {self.name}"


def _field(
    name: str, kind: Kind, meaning: str, sql: str = "", *, new: bool = False, once: bool = False, **more: Any
) -> Field:
    return Field(Column(name, kind, meaning=meaning, **more), sql, new, once)


F = _field
T, N, D, L, G, S = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.LIST, Kind.FLAG, Kind.STATE
ALWAYS: dict[str, Any] = {"required": True}
KEY: dict[str, Any] = {"required": True, "key": True}
ONCE: dict[str, Any] = {"once": True}
NEW: dict[str, Any] = {"new": True}
_YEAR, _MONTH = "CAST(substr(due, 1, 4) AS INTEGER)", "CAST(substr(due, 6, 2) AS INTEGER)"
# What can be asked about a deliverable: shown, sorted, counted by, written to files. `keep` is how long its
# column stays on a narrow screen.
# fmt: off
FIELDS: dict[str, Field] = {field.name: field for field in (
    F("id", T, "number of the activity and of the deliverable in it", **KEY),
    F("activity", N, "number of the activity in the plan", keep=1, reference="activities", **ALWAYS),
    F("number", T, "number as the plan prints it; it may repeat", keep=1, **ALWAYS, **NEW),
    F("section", T, "id of the plan's section", keep=2, reference="sections", **ONCE),
    F("title", T, "what is to be done, in the plan's words", keep=8, **ALWAYS),
    F("outcome", T, "what must be produced, in the plan's words", keep=4, **ONCE),
    F("deadline", T, "when, in the plan's words", keep=3, **ONCE),
    F("start", D, "first day of the window read from the deadline", keep=1),
    F("due", D, "last day of the window read from the deadline", keep=7),
    F("lead", L, "bodies in charge: those that the plan's marks, or the lack of one, say are", keep=5),
    F("partners", L, "bodies that take part as partners", keep=1, **NEW),
    F("as_agreed", L, "bodies that take part by consent", keep=1),
    F("agencies", L, "all bodies named, in the plan's order", keep=1),
    F("others", T, "an open group at the end of the list, in the plan's words", keep=1),
    F("status", T, "what was last reported", keep=3, words=tuple(Status)),
    F("status_date", D, "day of the update that reported it", keep=1),
    F("state", S, "what is derived as of the date", keep=6, words=tuple(State), **ALWAYS),
    F("days_left", N, "days to the due date, negative once passed; none once delivered or abandoned", keep=2),
    F("occurrence", T, "of what recurs, the period that state and due date are of", keep=2, **NEW),
    F("first", T, "the body that the plan lists first", label="first-listed", keep=1, **ONCE),
    F("points", L, "the points listed under the title", keep=1),
    F("activity_title", T, "title of the activity, also where the deliverable has its own", keep=1, **ALWAYS),
    F("kind", T, "kind of deadline: by, on, within, range, since, recurring, …", keep=1, **ONCE),
    F("rule", T, "rule that read the deadline", keep=1, **ONCE),
    F("recurrence", T, "how it recurs, as an iCalendar rule", keep=1),
    F("due_year", N, "year of the due date", _YEAR, keep=1),
    F("due_quarter", T, "quarter of the due date", f"substr(due, 1, 4) || '-Q' || (({_MONTH} + 2) / 3)", keep=1),
    F("last_update", D, "day of the last update, with or without a status", keep=6),
    F("updates", N, "number of updates", keep=1, **ALWAYS),
    F("position", N, "place in the plan, from 1", "standing.position", keep=1, **ALWAYS),
    F("last_note", T, "what the last update says, and of which period: its note, else its status or its evidence", keep=3, **NEW),
    F("starts", T, "when it starts, in the plan's words", keep=1, **NEW),
)}
USUAL = tuple(FIELDS)[:18]  # what machine formats write when no fields are chosen
SCREEN = ("id", "section", "title", "outcome", "due", "lead", "state", "days_left")  # what a terminal shows
# fmt: on
