"""`show`: one activity or deliverable, as a card."""

from typing import Annotated

from typer import Argument

from followup_cli.app.asking import ask
from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.streams import Answer
from followup_cli.questions.card import card, find

EXAMPLES = """Examples:

  followup show 24

  followup show 24.2 --as-of 2024-07-04

  followup show 12 --format json
"""


def run(
    question: Question,
    options: OutputOptions,
    id: Annotated[str, Argument(metavar="ID", help="An activity (24) or one of its deliverables (24.2).")],  # noqa: A002
) -> Answer:
    """Show all about one activity or deliverable: the plan's words, how they were read, what was reported."""
    picture = ask(question)
    return Answer(card(picture, find(picture, id)), options, pipe="table", pages=True)
