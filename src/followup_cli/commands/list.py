"""`list`: one row per deliverable."""

import sys
from dataclasses import replace
from typing import Annotated

from typer import Option

from followup_cli.app.asking import ask, filters, of
from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.streams import Answer, chosen_format, say
from followup_cli.questions.fields import SCREEN, USUAL, choose_fields
from followup_cli.questions.filters import selected, where, why_empty
from followup_cli.questions.listing import count_table, fields_table, listing
from followup_cli.questions.picture import Picture

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
        return Answer(fields_table(), options._replace(wide=True))
    picture = ask(question)
    chosen = filters(picture, selection)
    condition = where(chosen)
    if count:
        return _counted(picture, selected(picture, condition)[0], options)
    on_screen = sys.stdout.isatty() and not options.wide and chosen_format(options, "tsv") == "table"
    answer = listing(
        picture, choose_fields(fields or ",".join(SCREEN if on_screen else USUAL)), condition, order
    )
    if answer.rows:
        scope = f"{of(len(answer.rows), picture.total, 'deliverables')} · {picture.scope}"
        return Answer(replace(answer, clip=True), options, scope=scope)
    return Answer(answer, options, remark=why_empty(picture, chosen), code=int(fail_if_empty))


def _counted(picture: Picture, number: int, options: OutputOptions) -> Answer | None:
    """Give the bare number on standard output where no format is named, and what it is a part of beside it."""
    if options.format is not None or options.output is not None:
        return Answer(count_table(number, picture.total), options)
    sys.stdout.write(f"{number}\n")
    say(f"{of(number, picture.total, 'deliverables')} · {picture.scope}")
    return None
