"""`agencies`: what each agency carries."""

from typing import Annotated

from typer import Argument

from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.session import Asked, ask
from followup_cli.app.streams import Answer
from followup_cli.glossary import State
from followup_cli.questions.query import Filters, where
from followup_cli.questions.reports import agency as agency_page
from followup_cli.table import Cell, Column, Kind, Table

EXAMPLES = """Examples:

  followup agencies

  followup agencies GPO

  followup agencies "general prosecutor" --format markdown
"""


def run(
    question: Question,
    options: OutputOptions,
    agency: Annotated[
        str | None, Argument(metavar="[AGENCY]", help="Code, name or a part of the name.")
    ] = None,
) -> Answer:
    """Count what each agency carries, as lead and as agreed; with AGENCY, list it."""
    asked = ask(question)
    if agency is None:
        return Answer(agencies_table(asked), options, scope=asked.scope)
    return Answer(agency_page(asked.subject(), asked.moment, agency), options, pages=True)


def agencies_table(asked: Asked) -> Table:
    """Give one row per agency: activities by role, deliverables by state."""
    columns = (
        Column("code", keep=9),
        Column("name", keep=3),
        Column("activities", Kind.NUMBER, keep=8),
        Column("lead", Kind.NUMBER, keep=7),
        Column("as_agreed", Kind.NUMBER, keep=7),
        Column("deliverables", Kind.NUMBER, keep=6),
        Column("states", Kind.BAR, "by state", keep=7, overlaps=True),
        *(Column(state.value.replace("-", "_"), Kind.NUMBER, keep=1) for state in State),
    )
    rows = [_row(asked, agency.code, agency.name) for agency in asked.register.agencies]
    return Table("agencies", "Agencies", columns, rows, clip=True)


def _row(asked: Asked, code: str, name: str) -> tuple[Cell, ...]:
    mine = where(asked.standings, Filters(agencies=(code,)))
    states = {state.value: sum(s.state is state for s in mine) for state in State}
    leads = {s.facts.activity: code in s.facts.lead for s in mine}
    lead = sum(leads.values())
    counts = (len(leads), lead, len(leads) - lead, len(mine))
    return (code, name, *counts, tuple(states.items()), *states.values())
