"""`list`: one row per deliverable."""

import sys
from dataclasses import replace
from typing import Annotated

from typer import Exit, Option

from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.session import Asked, ask, of, select, why_empty
from followup_cli.app.streams import at_terminal, chosen_format, emit, say
from followup_cli.errors import FollowupError
from followup_cli.questions.fields import FIELDS, SCREEN, USUAL, fields_named
from followup_cli.questions.query import sort, table
from followup_cli.table import Column, Kind, Table

EXAMPLES = """Examples:

  followup list --state unreported --as-of 2023-01-01

  followup list --agency GPO --role lead --sort due

  followup list --due "first half of 2022"

  followup list --fields id,due,lead,state --format csv
"""


def run(
    question: Question,
    selection: Selection,
    options: OutputOptions,
    order: Annotated[
        str | None, Option("--sort", metavar="FIELDS", help="Fields to sort by; -due descends.")
    ] = None,
    fields: Annotated[
        str | None, Option("--fields", metavar="FIELDS", help="Fields to show; `help` lists them.")
    ] = None,
    count: Annotated[bool, Option("--count", help="Only the number of deliverables.")] = False,
    fail_if_empty: Annotated[
        bool, Option("--fail-if-empty", help="Exit 1 if no deliverable matches.")
    ] = False,
) -> None:
    """List deliverables, one row each.

    An option that is repeated gives alternatives; different options must all hold.
    """
    if fields == "help":
        emit(_fields_table(), options._replace(wide=True))
        return
    asked = ask(question)
    found = select(asked, selection)
    if order:
        found = sort(found, order)
    if count:
        _emit_count(asked, len(found), options)
        return
    on_screen = sys.stdout.isatty() and not options.wide and chosen_format(options, "tsv") == "table"
    chosen = fields_named(fields or ",".join(SCREEN if on_screen else USUAL))
    if not chosen:
        raise FollowupError("no field is named", "`--fields help` lists them")
    if found:
        scope = f"{of(len(found), asked.total, 'deliverables')} · {asked.scope}"
        emit(replace(table(found, chosen), clip=True), options, scope=scope)
        return
    emit(replace(table(found, chosen), empty="no deliverable matches"), options)
    say(why_empty(asked, selection))
    if fail_if_empty:
        raise Exit(1)


def _emit_count(asked: Asked, count: int, options: OutputOptions) -> None:
    columns = (Column("deliverables", Kind.NUMBER), Column("of", Kind.NUMBER))
    counted = Table("count", "Count", columns, [(count, asked.total)], record=True)
    if options.format is None and options.output is None:
        sys.stdout.write(f"{count}\n")
        if at_terminal():
            say(f"of {asked.total} deliverables · {asked.scope}")
    else:
        emit(counted, options)


def _fields_table() -> Table:
    columns = (Column("field"), Column("type"), Column("meaning"))
    rows = [(field.name, field.kind.value, field.meaning) for field in FIELDS.values()]
    return Table("fields", "Fields", columns, rows)
