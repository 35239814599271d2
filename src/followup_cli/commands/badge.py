"""`badge`: how much is delivered, as a small picture."""

from pathlib import Path
from typing import Annotated

from typer import Option

from followup_cli.app.asking import ask
from followup_cli.app.options import LanguageOption, Question
from followup_cli.app.streams import put, said_in_language
from followup_cli.formats.page.svg import badge
from followup_cli.questions.whole_plan import whole_plan

EXAMPLES = """Examples:

  followup badge --as-of 2025-05-01 -o badge.svg
"""


def run(
    question: Question,
    output: Annotated[
        Path | None, Option("--output", "-o", metavar="FILE", help="Write to a file [default: stdout].")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Draw a badge (SVG): how many deliverables are delivered, and how the others stand."""
    page = whole_plan(ask(question))
    with said_in_language(page, language):
        put(badge(page), output)
