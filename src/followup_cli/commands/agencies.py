"""`agencies`: what each agency carries."""

from dataclasses import replace
from typing import Annotated

from typer import Argument

from followup_cli.app.asking import ask
from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.streams import Answer
from followup_cli.questions.agency import agencies
from followup_cli.questions.agency import agency as agency_page

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
    picture = ask(question)
    if agency is None:
        return Answer(replace(agencies(picture), provenance=picture.provenance()), options)
    return Answer(agency_page(picture, agency), options, pages=True)
