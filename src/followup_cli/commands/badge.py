"""`badge`: how much is delivered, as a small picture."""

from pathlib import Path
from typing import Annotated

from typer import Option

from followup_cli.cli import Question, put
from followup_cli.commands import ask
from followup_cli.relations import whole_plan
from followup_cli.render.svg import badge

EXAMPLES = """Examples:

  followup badge --as-of 2025-05-01 -o badge.svg
"""


def run(
    question: Question,
    output: Annotated[
        Path | None, Option("--output", "-o", metavar="FILE", help="Write to a file [default: stdout].")
    ] = None,
) -> None:
    """Draw a badge (SVG): how many deliverables are delivered, and how the others stand."""
    put(badge(whole_plan(ask(question).subject())), output)
