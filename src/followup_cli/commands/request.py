"""`request`: the table that a body is sent to fill in, and that `record --from` takes back."""

from dataclasses import replace
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.asking import ask, filters
from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.streams import Answer
from followup_cli.errors import FollowupError
from followup_cli.questions.filters import described, where, why_empty
from followup_cli.questions.requesting import requesting

EXAMPLES = """Examples:

  followup request GPO -o gpo.xlsx

  followup request "ministry of health" --due-before today -o health.csv --excel

  followup request --state unreported --as-of 2024-01-01
"""


def run(
    question: Question,
    selection: Selection,
    options: OutputOptions,
    body: Annotated[
        str | None,
        Argument(metavar="[AGENCY]", help="The agency that is asked: code, name or part of its name."),
    ] = None,
    order: Annotated[
        str | None, Option("--sort", metavar="FIELDS", help="Fields to sort by; -due descends.")
    ] = None,
    settled: Annotated[
        bool, Option("--settled", help="Ask about what is delivered or abandoned as well.")
    ] = False,
) -> Answer:
    """Make the table that a body fills in: what it carries, what is known of it, and room for an update.

    In a workbook the columns to fill in are marked, and what has only certain words is chosen from a list.
    `followup record --from` takes the table back.
    """
    if options.language not in (None, "en"):
        raise FollowupError(
            "what is filled in is read back by the names of its columns", "leave out `--language`"
        )
    picture = ask(question)
    if body is not None:
        selection = selection._replace(agency=[*(selection.agency or ()), body])
    chosen = filters(picture, selection)
    table = requesting(picture, where(chosen), order, settled=settled)
    about = picture.provenance(described(chosen), len(table.rows))
    remark = None if table.rows else why_empty(picture, chosen)
    return Answer(replace(table, provenance=about, clip=True), options, pipe="csv", remark=remark)
