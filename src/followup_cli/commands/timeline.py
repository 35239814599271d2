"""`timeline`: the plan in time, as of a date."""

from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.session import Asked, ask, of, select, why_empty
from followup_cli.app.streams import Answer, put
from followup_cli.questions.timeline import timeline
from followup_cli.store.progress import Standing
from followup_cli.store.relations import whole_plan
from followup_cli.table import Axis, Cell, Column, Kind, Table

EXAMPLES = """Examples:

  followup timeline

  followup timeline --as-of 2023-01-01 --agency GPO

  followup timeline --plain --section VI

  followup timeline --output timeline.svg
"""


def run(question: Question, selection: Selection, options: OutputOptions) -> Answer | None:
    """Draw the windows of all deliverables, by section, with the day they are judged as of.

    `--format svg` makes it a picture.
    """
    asked = ask(question)
    found = select(asked, selection)
    if _is_picture(options):
        from followup_cli.formats.page import svg

        put(svg.timeline(whole_plan(asked.subject(found))), options.output)
        return None
    scope = f"{of(len(found), asked.total, 'deliverables')} · {asked.scope}"
    remark = None if found else why_empty(asked, selection)
    return Answer(timeline_table(asked, found), options, scope=scope if found else None, remark=remark)


def _is_picture(options: OutputOptions) -> bool:
    """Tell whether the timeline is to be an SVG file, which no other table can be."""
    if options.format is not None:
        return options.format.strip().casefold() == "svg"
    return options.output is not None and options.output.suffix.lower() == ".svg"


def timeline_table(asked: Asked, standings: list[Standing]) -> Table:
    """Give one row per deliverable: its window, its state, and the span that draws them."""
    laid = timeline(standings, asked.as_of)
    columns = (
        Column("id"),
        Column("title", keep=3),
        Column("section"),
        Column("section_title"),
        Column("from", Kind.DATE, keep=1),
        Column("due", Kind.DATE, keep=2),
        Column("span", Kind.SPAN, axis=Axis(laid.axis.first, laid.axis.last, laid.as_of)),
        Column("state", Kind.STATE, keep=4),
        Column("days_left", Kind.NUMBER, keep=1),
    )
    rows: list[tuple[Cell, ...]] = []
    for span in laid.spans:
        section = asked.register.section_by_id[span.section]
        head = (span.id, span.title, section.id, section.title, span.start, span.due)
        rows.append((*head, (span.start, span.due, span.state.value), span.state.value, span.days_left))
    return Table("timeline", "Timeline", columns, rows, clip=True, group=("section", "section_title"))
