"""`status`: the overview, on one screen."""

from dataclasses import replace

from followup_cli.app.asking import ask, same_question
from followup_cli.app.options import OutputOptions, Question, Versus
from followup_cli.app.streams import Answer, chosen_format
from followup_cli.questions.overview import overview
from followup_cli.table import Phrase

EXAMPLES = """Examples:

  followup status

  followup status --as-of 2022-12-01

  followup status --versus 2024-01-01

  followup status --format json
"""


def run(question: Question, options: OutputOptions, versus: Versus = None) -> Answer:
    """Show where the plan stands: counts by state and section, what is due, what passed unreported."""
    picture = ask(question, versus=versus)
    suffix = same_question(question)
    page = overview(picture)
    tables = tuple(replace(table, more=table.more + suffix if table.more else "") for table in page.tables)
    rows = (page.table("due_next") or tables[0]).rows or (page.table("unreported") or tables[0]).rows
    example = str(rows[0][0]).rpartition(".")[0] if rows else picture.first
    commands = [f"followup {verb}{suffix}" for verb in (f"show {example}", "timeline", "agencies")]
    # A file that goes elsewhere tells of no command on this machine.
    read_here = chosen_format(options, "table") == "table"
    closing = (Phrase("Next: {commands}", commands=" · ".join(commands)),) if read_here else page.closing
    return Answer(replace(page, tables=tables, closing=closing), options, pipe="table")
