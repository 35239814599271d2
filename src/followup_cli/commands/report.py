"""`report`: a page to publish or to send, in Markdown unless told otherwise."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.asking import ask
from followup_cli.app.options import OutputOptions, Question, Versus
from followup_cli.app.streams import Answer, chosen_format, emit_text
from followup_cli.questions.reports import REPORTS, choose_report
from followup_cli.questions.whole_plan import whole_plan

EXAMPLES = """Examples:

  followup report --as-of 2025-05-01

  followup report overview --output status.md

  followup report brief --versus 2025-01-01 --format html --output brief.html

  followup report agency GPO

  followup report table --output table.md

  followup report agency "ministry of health" --format html --output health.html
"""


def run(
    question: Question,
    options: OutputOptions,
    name: Annotated[str, Argument(metavar="[REPORT]", help=f"One of {', '.join(REPORTS)}.")] = "plan",
    argument: Annotated[str | None, Argument(metavar="[AGENCY]", help="Whose report `agency` is.")] = None,
    versus: Versus = None,
    template: Annotated[
        Path | None,
        Option("--template", metavar="FILE", help="Fill this Jinja2 template instead."),
    ] = None,
) -> Answer | None:
    """Write a report: the whole plan by section, an overview, or what one agency carries.

    It is Markdown in a pipe or a file without an ending, and text at a terminal.
    """
    report = choose_report(name, argument, versus=versus is not None)
    picture = ask(question, versus=versus)
    told: tuple[object, ...] = () if argument is None else (argument,)
    if template is not None:
        from followup_cli.formats.template import filled

        emit_text(filled(template, report.make(picture, *told), whole_plan(picture)), options)
        return None
    whole = chosen_format(options, "markdown") in ("html", "xlsx") and report is REPORTS["plan"]
    page = whole_plan(picture) if whole else report.make(picture, *told)
    return Answer(page, options, pipe="markdown", pages=True)
