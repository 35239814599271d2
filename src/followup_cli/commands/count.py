"""`count`: deliverables and activities by any field."""

from dataclasses import replace
from typing import Annotated

from typer import Option

from followup_cli.app.asking import ask, filters
from followup_cli.app.options import Occurrences, OutputOptions, Question, Selection, Versus
from followup_cli.app.streams import Answer, chosen_format
from followup_cli.questions.counting import choose_by, counts, counts_of_two_days, in_order, named
from followup_cli.questions.filters import described, selected, where, why_empty

EXAMPLES = """Examples:

  followup count --by state

  followup count --by agency --role lead --sort -deliverables

  followup count --by section,state --as-of 2023-01-01 --format markdown

  followup count --by due_year,outcome --format json

  followup count --by state --versus 2024-01-01
"""
# Formats for people: two fields are laid across each other, and what has no value is named.
_READ = ("table", "markdown")


def run(
    question: Question,
    selection: Selection,
    options: OutputOptions,
    by: Annotated[
        str | None, Option("--by", metavar="FIELD[,FIELD]", help="What to count by; without it, the totals.")
    ] = None,
    occurrences: Occurrences = False,
    versus: Versus = None,
    order: Annotated[
        str | None,
        Option("--sort", metavar="COLUMN", help="A column of the answer to sort by; -deliverables descends."),
    ] = None,
) -> Answer:
    """Count deliverables and activities by one field, or by two laid across each other.

    Each member of a list counts: an activity of three agencies counts for each. `agency` and `role` can be
    counted by too.
    """
    fields = choose_by(by) if by else ()
    picture = ask(question, by_occurrence=occurrences, versus=versus)
    chosen = filters(picture, selection)
    read = chosen_format(options, "tsv") in _READ
    across = read and len(fields) == 2 and not options.plain
    if versus:
        counted = counts_of_two_days(picture, fields, chosen)
    else:
        counted = counts(picture, fields, chosen, across=across)
    answer = in_order(counted, order)
    number = selected(picture, where(chosen))[0]
    return Answer(
        replace(named(answer) if read else answer, provenance=picture.provenance(described(chosen), number)),
        options,
        remark=None if number else why_empty(picture, chosen),
    )
