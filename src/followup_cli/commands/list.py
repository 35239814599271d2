"""`list`: one row per deliverable."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

from typer import Option

from followup_cli.app.asking import ask, filters
from followup_cli.app.options import Occurrences, OutputOptions, Question, Selection, Versus
from followup_cli.app.streams import Answer, chosen_format, say
from followup_cli.errors import FollowupError
from followup_cli.questions.fields import SCREEN, USUAL, Field, choose_fields
from followup_cli.questions.filters import described, selected, where, why_empty
from followup_cli.questions.listing import count_table, fields_of, fields_table, listing
from followup_cli.questions.picture import Picture
from followup_cli.questions.versus import listing_of_two_days
from followup_cli.table import Provenance

EXAMPLES = """Examples:

  followup list --state unreported --as-of 2023-01-01

  followup list --agency MIA --role lead --sort due

  followup list --due "first half of 2022"

  followup list --fields id,due,lead,state --format csv

  followup list --versus 2024-01-01 --moved
"""

_TWO_DAYS = ("id", "title", "due")  # what is shown beside the states of two days


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
    occurrences: Occurrences = False,
    versus: Versus = None,
    moved: Annotated[
        bool, Option("--moved", help="With `--versus`: only what is in another state on the two days.")
    ] = False,
    fail_if_empty: Annotated[
        bool, Option("--fail-if-empty", help="Exit 1 if no deliverable matches.")
    ] = False,
) -> Answer | None:
    """List deliverables, one row each.

    An option that is repeated gives alternatives; different options must all hold.
    """
    if fields == "help":
        return Answer(fields_table(), options._replace(wide=True))
    picture = ask(question, by_occurrence=occurrences, versus=versus)
    chosen = filters(picture, selection)
    condition = where(chosen)
    if moved and versus is None:
        raise FollowupError("`--moved` compares two days", "add `--versus DATE`, the earlier one")
    if count:
        if versus is not None:
            raise FollowupError("`--count` is of one day", "`followup count --versus DATE` counts on two")
        about = picture.provenance(described(chosen), selected(picture, condition)[0])
        return _counted(about, options)
    shown = choose_fields(fields) if fields else _usual(picture, options)
    list_ = partial(listing_of_two_days, only_moved=moved) if versus else listing
    answer = list_(picture, shown, condition, order)
    about = answer.provenance or picture.provenance(number=len(answer.rows))
    answer = replace(answer, clip=True, provenance=about._replace(selection=described(chosen)))
    if answer.rows:
        return Answer(answer, options)
    return Answer(answer, options, remark=why_empty(picture, chosen), code=int(fail_if_empty))


def _usual(picture: Picture, options: OutputOptions) -> Sequence[Field]:
    """Choose the fields that are shown where none are asked for."""
    on_screen = sys.stdout.isatty() and chosen_format(options, "tsv") == "table"
    narrow = on_screen and not options.wide
    names = _TWO_DAYS if picture.versus else SCREEN if narrow else USUAL
    return picture.known(fields_of(picture, names) if on_screen else choose_fields(",".join(names)))


def _counted(about: Provenance, options: OutputOptions) -> Answer | None:
    """Give the bare number on standard output where no format is named, and what it is a part of beside it."""
    if options.format is None and options.output is None and not (options.provenance or options.excel):
        sys.stdout.write(f"{about.number}\n")
        say(about.scope)
        return None
    return Answer(count_table(about), options)
