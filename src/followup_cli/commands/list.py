"""`list`: one row per deliverable."""

import sys
from dataclasses import replace
from typing import Annotated

from typer import Option

from followup_cli.cli import Question, View, chosen_format, emit, say
from followup_cli.commands import Asked, ask, of
from followup_cli.errors import FollowupError
from followup_cli.fields import FIELDS, SCREEN, USUAL, fields_named
from followup_cli.query import (
    NONE,
    Filters,
    agency_meant,
    day_after,
    day_before,
    section_meant,
    sort,
    table,
    where,
    window_meant,
    word_meant,
)
from followup_cli.table import Column, Kind, Table
from followup_cli.words import Role, State, Status

EXAMPLES = """Examples:

  followup list --state unreported --as-of 2023-01-01

  followup list --agency GPO --role lead --sort due

  followup list --due "first half of 2022"

  followup list --fields id,due,lead,state --format csv
"""

Words = list[str] | None


def run(
    question: Question,
    view: View,
    section: Annotated[
        Words, Option("--section", metavar="ID", help="Section: id, number or part of its title.")
    ] = None,
    agency: Annotated[
        Words, Option("--agency", metavar="AGENCY", help="Agency: code, name or part of its name.")
    ] = None,
    role: Annotated[
        Words, Option("--role", metavar="ROLE", help="lead or as-agreed; of --agency, if given.")
    ] = None,
    no_lead: Annotated[bool, Option("--no-lead", help="Only what names no body in charge.")] = False,
    status: Annotated[
        Words, Option("--status", metavar="STATUS", help="What was last reported, or `none`.")
    ] = None,
    state: Annotated[
        Words, Option("--state", metavar="STATE", help="What is derived as of the date.")
    ] = None,
    outcome: Annotated[Words, Option("--outcome", metavar="TEXT", help="Any part of the outcome.")] = None,
    search: Annotated[
        Words, Option("--search", metavar="TEXT", help="Any part of title, points or outcome.")
    ] = None,
    due: Annotated[
        Words, Option("--due", metavar="PHRASE", help="Due within it: 2022, Q3 2022, August 2022.")
    ] = None,
    due_before: Annotated[
        str | None, Option("--due-before", metavar="PHRASE", help="Due before its first day.")
    ] = None,
    due_after: Annotated[
        str | None, Option("--due-after", metavar="PHRASE", help="Due after its last day.")
    ] = None,
    order: Annotated[
        str | None, Option("--sort", metavar="FIELDS", help="Fields to sort by; -due descends.")
    ] = None,
    fields: Annotated[
        str | None, Option("--fields", metavar="FIELDS", help="Fields to show; `help` lists them.")
    ] = None,
    count: Annotated[bool, Option("--count", help="Only the number of deliverables.")] = False,
) -> None:
    """List deliverables, one row each.

    An option that is repeated gives alternatives; different options must all hold.
    """
    if fields == "help":
        emit(_fields_table(), replace(view, wide=True))
        return
    asked = ask(question)
    plan, today = asked.dataset.plan, asked.as_of
    filters = Filters(
        sections=tuple(section_meant(asked.dataset, text) for text in section or ()),
        agencies=tuple(agency_meant(asked.dataset, text) for text in agency or ()),
        roles=tuple(word_meant(text, Role, "role") for text in role or ()),
        no_lead=no_lead,
        statuses=tuple(None if text == NONE else word_meant(text, Status, "status") for text in status or ()),
        states=tuple(word_meant(text, State, "state") for text in state or ()),
        outcomes=tuple(outcome or ()),
        searches=tuple(search or ()),
        due=tuple(window_meant(plan, text, today) for text in due or ()),
        due_before=day_before(plan, due_before, today) if due_before else None,
        due_after=day_after(plan, due_after, today) if due_after else None,
    )
    found = where(asked.standings, filters)
    if order:
        found = sort(found, order)
    if count:
        _emit_count(asked, len(found), view)
        return
    on_screen = sys.stdout.isatty() and not view.wide and chosen_format(view, "tsv") == "table"
    names = fields or ",".join(SCREEN if on_screen else USUAL)
    chosen = fields_named(names)
    if not chosen:
        raise FollowupError("no field is named", "`--fields help` lists them")
    emit(table(found, chosen), view)
    if not found:
        say(f"no deliverable matches: 0 of {len(asked.standings)} · {asked.scope}")
    elif _talks():
        say(f"{of(len(found), len(asked.standings), 'deliverables')} · {asked.scope}")


def _talks() -> bool:
    return sys.stderr.isatty() and sys.stdout.isatty()


def _emit_count(asked: Asked, count: int, view: View) -> None:
    columns = (Column("deliverables", Kind.NUMBER), Column("of", Kind.NUMBER))
    counted = Table("count", "Count", columns, [(count, len(asked.standings))], record=True)
    if view.format is None and view.output is None:
        sys.stdout.write(f"{count}\n")
        if _talks():
            say(f"of {len(asked.standings)} deliverables · {asked.scope}")
    else:
        emit(counted, view)


def _fields_table() -> Table:
    columns = (Column("field"), Column("type"), Column("meaning"))
    rows = [(field.name, field.kind.value, field.meaning) for field in FIELDS.values()]
    return Table("fields", "Fields", columns, rows)
