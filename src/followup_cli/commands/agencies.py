"""`agencies`: what each agency carries."""

from typing import Annotated

from typer import Argument

from followup_cli.cli import Question, View, emit
from followup_cli.commands import Asked, ask
from followup_cli.fields import FIELDS
from followup_cli.query import Filters, agency_meant, where
from followup_cli.table import Cell, Column, Kind, Page, Table
from followup_cli.words import Role, State

EXAMPLES = """Examples:

  followup agencies

  followup agencies GPO

  followup agencies "general prosecutor" --format markdown
"""


def run(
    question: Question,
    view: View,
    agency: Annotated[
        str | None, Argument(metavar="[AGENCY]", help="Code, name or a part of the name.")
    ] = None,
) -> None:
    """Count what each agency carries, as lead and as agreed; with AGENCY, list it."""
    asked = ask(question)
    content = (
        agencies_table(asked) if agency is None else agency_page(asked, agency_meant(asked.dataset, agency))
    )
    emit(content, view)


def agencies_table(asked: Asked) -> Table:
    """Give one row per agency: activities by role, deliverables by state."""
    columns = (
        Column("code", keep=9),
        Column("name", keep=3),
        Column("activities", Kind.NUMBER, keep=8),
        Column("lead", Kind.NUMBER, keep=7),
        Column("as_agreed", Kind.NUMBER, keep=7),
        Column("deliverables", Kind.NUMBER, keep=6),
        *(
            Column(state.value.replace("-", "_"), Kind.NUMBER, keep=5 - (i > 4))
            for i, state in enumerate(State)
        ),
    )
    rows = [_row(asked, agency.code, agency.name) for agency in asked.dataset.agencies]
    return Table("agencies", "Agencies", columns, rows)


def _row(asked: Asked, code: str, name: str) -> tuple[Cell, ...]:
    roles = [a.role for activity in asked.dataset.activities for a in activity.agencies if a.agency == code]
    mine = where(asked.standings, Filters(agencies=(code,)))
    states = tuple(sum(s.state is state for s in mine) for state in State)
    return (code, name, len(roles), roles.count(Role.LEAD), roles.count(Role.AS_AGREED), len(mine), *states)


def agency_page(asked: Asked, code: str) -> Page:
    """Show one agency: who it is, what it leads, what it takes part in by consent."""
    agency = asked.dataset.agency_by_code[code]
    counts = _row(asked, code, agency.name)
    total, everything = len(asked.dataset.activities), len(asked.standings)
    about = Table(
        "agency",
        "",
        (
            Column("code"),
            Column("name"),
            Column("aliases", Kind.LIST),
            Column("successors", Kind.LIST),
            Column("activities", Kind.NUMBER, f"activities (of {total})"),
            Column("lead", Kind.NUMBER, "as lead"),
            Column("as_agreed", Kind.NUMBER, "as agreed"),
            Column("deliverables", Kind.NUMBER, f"deliverables (of {everything})"),
        ),
        [(code, agency.name, agency.aliases, tuple(s.name for s in agency.successors), *counts[2:6])],
        record=True,
    )
    return Page(
        f"{code} as of {asked.as_of}",
        (
            about,
            _carried(asked, code, Role.LEAD, "As lead"),
            _carried(asked, code, Role.AS_AGREED, "As agreed"),
        ),
        main="lead",
    )


def _carried(asked: Asked, code: str, role: Role, title: str) -> Table:
    fields = [FIELDS[name] for name in ("id", "title", "outcome", "due", "status", "state", "days_left")]
    found = where(asked.standings, Filters(agencies=(code,), roles=(role,)))
    rows = [tuple(field.get(s) for field in fields) for s in found]
    columns = tuple(field.column() for field in fields)
    name = role.value.replace("-", "_")
    return Table(name, f"{title}: {len(rows)} of {len(asked.standings)} deliverables", columns, rows)
