"""`report`: the status table of the whole plan, by section."""

from dataclasses import replace

from followup_cli.cli import Question, View, emit
from followup_cli.commands import Asked, ask
from followup_cli.fields import FIELDS
from followup_cli.query import table, tally
from followup_cli.table import Page

EXAMPLES = """Examples:

  followup report --as-of 2025-05-01

  followup report --output status.md
"""
_FIELDS = ("id", "title", "outcome", "deadline", "due", "lead", "as_agreed", "status", "status_date", "state")


def run(
    question: Question,
    view: View,
) -> None:
    """Write the status of the whole plan by section, in Markdown unless another format is named."""
    asked = ask(question)
    if view.format is None and view.output is None:
        view = replace(view, format="markdown")
    emit(report_page(asked), view, pipe="markdown")


def report_page(asked: Asked) -> Page:
    """Make the status table of the whole plan: one table per section."""
    fields = [FIELDS[name] for name in _FIELDS]
    groups = tally(asked.standings, lambda s: s.facts.section)
    tables = []
    for section in asked.dataset.sections:
        rows = table(groups.get(section.id, ()), fields, title=f"{section.id}. {section.title}")
        tables.append(rows)
    return Page(f"{asked.dataset.plan.title} {asked.moment}", tuple(tables), main="deliverables")
