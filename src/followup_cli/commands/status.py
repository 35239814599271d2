"""`status`: the overview, on one screen."""

from dataclasses import replace
from pathlib import Path

from followup_cli.app.cli import Question, View, emit
from followup_cli.app.session import ask, open_dataset, same_question
from followup_cli.errors import FollowupError
from followup_cli.questions.reports import overview

EXAMPLES = """Examples:

  followup status

  followup status --as-of 2022-12-01

  followup status --format json
"""


def run(question: Question, view: View) -> None:
    """Show where the plan stands: counts by state and section, what is due, what passed unreported."""
    asked = ask(question)
    suffix = same_question(question)
    page = overview(asked.subject(), asked.moment)
    tables = tuple(replace(table, more=table.more + suffix if table.more else "") for table in page.tables)
    rows = (page.table("due_next") or tables[0]).rows or (page.table("unreported") or tables[0]).rows
    example = str(rows[0][0]).partition(".")[0] if rows else asked.register.facts[0].activity
    commands = [f"followup {verb}{suffix}" for verb in (f"show {example}", "timeline", "agencies")]
    emit(replace(page, tables=tables, closing=(f"Next: {' · '.join(commands)}",)), view, pipe="table")


def dataset_line(data: Path | None = None) -> str:
    """Say in one line what the dataset at hand is."""
    try:
        dataset = open_dataset(data)
    except FollowupError as error:
        return f"Dataset: {error.message}; {error.hint}" if error.hint else f"Dataset: {error.message}"
    activities, sections = len(dataset.activities), len(dataset.sections)
    return f"Dataset: {dataset.plan.title} ({activities} activities in {sections} sections), data {dataset.version}"
