"""`status`: the overview, on one screen."""

from dataclasses import replace
from pathlib import Path

from followup_cli.cli import Question, View, emit
from followup_cli.commands import Asked, ask, open_dataset, same_question
from followup_cli.errors import FollowupError
from followup_cli.fields import FIELDS
from followup_cli.progress import Standing
from followup_cli.table import Cell, Column, Kind, Page, Table
from followup_cli.words import STATE_MEANINGS, State

EXAMPLES = """Examples:

  followup status

  followup status --as-of 2022-12-01

  followup status --format json
"""
_AHEAD = (State.DUE_SOON, State.OPEN, State.UPCOMING)
_PASSED = (State.OVERDUE, State.UNREPORTED)
_AHEAD_OPTIONS = " ".join(f"--state {state}" for state in _AHEAD) + " --sort due"
_LISTED = 3


def run(question: Question, view: View) -> None:
    """Show where the plan stands: counts by state and section, what is due, what passed unreported."""
    asked = ask(question)
    emit(status_page(asked, same_question(question)), view, pipe="table")


def status_page(asked: Asked, suffix: str = "") -> Page:
    """Make the overview of a plan as of a date; `suffix` goes on the commands that it proposes."""
    plan, standings = asked.dataset.plan, asked.standings
    total = len(standings)
    ahead = sorted((s for s in standings if s.state in _AHEAD), key=lambda s: s.facts.due or asked.as_of)
    passed = sorted(
        (s for s in standings if s.state in _PASSED), key=lambda s: s.days_left or 0, reverse=True
    )
    silent = [s for s in passed if s.state is State.UNREPORTED]
    late = [s for s in passed if s.state is State.OVERDUE]
    tables = [
        _some("due_next", f"Due next: {len(ahead)} of {total} deliverables lie ahead", ahead, _AHEAD_OPTIONS),
        _some(
            "overdue", f"Passed, reported as not delivered: {len(late)} of {total}", late, "--state overdue"
        ),
        _some(
            "unreported",
            f"Passed with nothing reported: {len(silent)} of {total}, latest first; silence is not failure",
            silent,
            "--state unreported",
        ),
    ]
    example = next((s.facts.activity for s in (*ahead, *passed)), asked.dataset.activities[0].id)
    commands = [f"followup {rest}{suffix}" for rest in (f"show {example}", "timeline", "agencies")]
    return Page(
        f"{plan.title} as of {asked.as_of}",
        (
            _plan(asked),
            _states(asked),
            _sections(asked),
            *(replace(t, more=f"followup list {t.more}{suffix}") for t in tables),
        ),
        main="sections",
        closing=(f"Next: {' · '.join(commands)}",),
    )


def _plan(asked: Asked) -> Table:
    plan = asked.dataset.plan
    columns = (
        Column("title"),
        Column("act"),
        Column("adopted", Kind.DATE),
        Column("as_of", Kind.DATE),
        Column("version"),
        Column("at"),
    )
    row = (plan.title, plan.act, plan.adopted, asked.as_of, asked.dataset.version, asked.at)
    return Table("plan", "", columns, [row], record=True, on_screen=False)


def _states(asked: Asked) -> Table:
    total = len(asked.standings)
    rows: list[tuple[Cell, ...]] = []
    for state in State:
        count = sum(s.state is state for s in asked.standings)
        if count:
            rows.append((state.value, count, total, STATE_MEANINGS[state]))
    columns = (
        Column("state", Kind.STATE),
        Column("deliverables", Kind.NUMBER),
        Column("of", Kind.NUMBER),
        Column("meaning", keep=3),
    )
    return Table("states", "By state", columns, rows, on_screen=False)


def _sections(asked: Asked) -> Table:
    occurring = [state for state in State if any(s.state is state for s in asked.standings)]
    columns = (
        Column("section"),
        Column("title", keep=4),
        Column("states", Kind.BAR, "deliverables by state", keep=8),
        Column("deliverables", Kind.NUMBER, "total", keep=7),
        Column("activities", Kind.NUMBER, keep=2),
        *(Column(s.value.replace("-", "_"), Kind.NUMBER, s.value, keep=1) for s in occurring),
    )
    rows: list[tuple[Cell, ...]] = []
    for section in asked.dataset.sections:
        mine = [s for s in asked.standings if s.facts.section == section.id]
        counts = {s.value: sum(x.state is s for x in mine) for s in State}
        activities = len({s.facts.activity for s in mine})
        each = (counts[s.value] for s in occurring)
        rows.append((section.id, section.title, tuple(counts.items()), len(mine), activities, *each))
    return Table("sections", "", columns, rows, clip=True)


def _some(name: str, title: str, standings: list[Standing], more: str) -> Table:
    fields = [FIELDS[n] for n in ("id", "due", "title", "lead", "days_left")]
    rows = [tuple(field.get(s) for field in fields) for s in standings]
    columns = tuple(field.column() for field in fields)
    shown = bool(standings) or name != "overdue"
    return Table(
        name, title, columns, rows, clip=True, shown=_LISTED, more=more, empty="(nothing)", on_screen=shown
    )


def dataset_line(data: Path | None = None) -> str:
    """Say in one line what the dataset at hand is."""
    try:
        dataset = open_dataset(data)
    except FollowupError as error:
        return f"Dataset: {error.message}; {error.hint}" if error.hint else f"Dataset: {error.message}"
    activities, sections = len(dataset.activities), len(dataset.sections)
    return f"Dataset: {dataset.plan.title} ({activities} activities in {sections} sections), data {dataset.version}"
