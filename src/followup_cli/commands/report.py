"""`report`: a page to publish or to send, in Markdown unless told otherwise."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.session import ask
from followup_cli.app.streams import Answer, chosen_format, emit_text
from followup_cli.errors import FollowupError
from followup_cli.questions.reports import REPORTS, report_named
from followup_cli.store.relations import whole_plan

EXAMPLES = """Examples:

  followup report --as-of 2025-05-01

  followup report overview --output status.md

  followup report agency GPO

  followup report agency "ministry of health" --format html --output health.html
"""


def run(
    question: Question,
    options: OutputOptions,
    name: Annotated[str, Argument(metavar="[REPORT]", help=f"One of {', '.join(REPORTS)}.")] = "plan",
    argument: Annotated[str | None, Argument(metavar="[AGENCY]", help="Whose report `agency` is.")] = None,
    template: Annotated[
        Path | None,
        Option("--template", metavar="FILE", help="Fill this Jinja2 template instead."),
    ] = None,
) -> Answer | None:
    """Write a report: the whole plan by section, an overview, or what one agency carries."""
    report = report_named(name)
    if (report.argument is None) != (argument is None):
        example = "`followup report agency GPO`"
        if argument is None:
            raise FollowupError(
                f"the report `{name}` is about one {str(report.argument).lower()}", f"such as {example}"
            )
        raise FollowupError(f"the report `{name}` takes no name", f"one agency's report is {example}")
    if options.format is None and options.output is None and not options.plain:
        options = options._replace(format="markdown")
    asked = ask(question)
    subject = asked.subject()
    if template is not None:
        from followup_cli.formats.template import filled

        page = report.make(subject, asked.moment, argument or "")
        emit_text(filled(template, page, whole_plan(subject)), options)
        return None
    page = (
        whole_plan(subject)
        if name == "plan" and chosen_format(options, "markdown") == "html"
        else report.make(subject, asked.moment, argument or "")
    )
    return Answer(page, options, pipe="markdown", pages=True)
