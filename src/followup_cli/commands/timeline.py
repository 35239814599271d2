"""`timeline`: the plan in time, as of a date."""

from dataclasses import replace

from followup_cli.app.asking import ask, filters
from followup_cli.app.options import Occurrences, OutputOptions, Question, Selection
from followup_cli.app.streams import Answer, put, said_in_language
from followup_cli.questions.filters import described, where, why_empty
from followup_cli.questions.timeline import timeline
from followup_cli.questions.whole_plan import whole_plan

EXAMPLES = """Examples:

  followup timeline

  followup timeline --as-of 2023-01-01 --agency GPO

  followup timeline --plain --section VI

  followup timeline --output timeline.svg
"""


def run(
    question: Question,
    selection: Selection,
    options: OutputOptions,
    occurrences: Occurrences = False,
) -> Answer | None:
    """Draw the windows of all deliverables, by section, with the day they are judged as of.

    `--format svg` makes it a picture.
    """
    picture = ask(question, by_occurrence=occurrences)
    chosen = filters(picture, selection)
    if _is_picture(options):
        from followup_cli.formats.page import svg

        page = whole_plan(picture, chosen)
        with said_in_language(page, options.language):
            put(svg.timeline(page), options.output)
        return None
    answer = timeline(picture, where(chosen))
    answer = replace(answer, provenance=picture.provenance(described(chosen), len(answer.rows)))
    return Answer(answer, options, remark=None if answer.rows else why_empty(picture, chosen))


def _is_picture(options: OutputOptions) -> bool:
    """Tell whether the timeline is to be an SVG file, which no other table can be."""
    if options.format is not None:
        return options.format.strip().casefold() == "svg"
    return options.output is not None and options.output.suffix.lower() == ".svg"
