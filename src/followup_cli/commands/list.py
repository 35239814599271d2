"""`list`: one row per deliverable."""

import sys
from dataclasses import replace
from typing import Annotated

from typer import Option

from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.session import Asked, ask, of, select, why_empty
from followup_cli.app.streams import Answer, at_terminal, chosen_format, say
from followup_cli.errors import FollowupError
from followup_cli.questions.fields import FIELDS, SCREEN, USUAL, fields_named
from followup_cli.questions.query import sort, table
from followup_cli.table import Column, Kind, Table

EXAMPLES = """Examples:

  followup list --state unreported --as-of 2023-01-01

  followup list --agency MIA --role lead --sort due

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
) -> Answer | None:
    """List deliverables, one row each.

    An option that is repeated gives alternatives; different options must all hold.
    """
    if fields == "help":
        return Answer(_fields_table(), options._replace(wide=True))
    asked = ask(question)
    found = select(asked, selection)
    if order:
        found = sort(found, order)
    if count:
        return _counted(asked, len(found), options)
    on_screen = sys.stdout.isatty() and not options.wide and chosen_format(options, "tsv") == "table"
    chosen = fields_named(fields or ",".join(SCREEN if on_screen else USUAL))
    if not chosen:
        raise FollowupError("no field is named", "`--fields help` lists them")
    if found:
        scope = f"{of(len(found), asked.total, 'deliverables')} · {asked.scope}"
        return Answer(replace(table(found, chosen), clip=True), options, scope=scope)
    empty = replace(table(found, chosen), empty="no deliverable matches")
    return Answer(empty, options, remark=why_empty(asked, selection), code=int(fail_if_empty))


def _counted(asked: Asked, count: int, options: OutputOptions) -> Answer | None:
    columns = (Column("deliverables", Kind.NUMBER), Column("of", Kind.NUMBER))
    counted = Table("count", "Count", columns, [(count, asked.total)], record=True)
    if options.format is None and options.output is None:
        sys.stdout.write(f"{count}\n")
        if at_terminal():
            say(f"of {asked.total} deliverables · {asked.scope}")
        return None
    return Answer(counted, options)


def _fields_table() -> Table:
    columns = (Column("field"), Column("type"), Column("meaning"))
    rows = [(field.name, field.kind.value, field.meaning) for field in FIELDS.values()]
    return Table("fields", "Fields", columns, rows)
