"""`status`: the overview, on one screen."""

from pathlib import Path

from followup_cli.cli import Question, View, emit
from followup_cli.commands import Asked, ask, open_dataset
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
_LISTED = 5


def run(question: Question, view: View) -> None:
    """Show where the plan stands: counts by state and section, what is due, what passed unreported."""
    emit(status_page(ask(question)), view, pipe="table")


def status_page(asked: Asked) -> Page:
    """Make the overview of a plan as of a date."""
    plan = asked.dataset.plan
    facts = Table(
        "plan",
        "",
        (
            Column("title"),
            Column("act"),
            Column("adopted", Kind.DATE),
            Column("as_of", Kind.DATE),
            Column("version"),
            Column("at"),
        ),
        [(plan.title, plan.act, plan.adopted, asked.as_of, asked.dataset.version, asked.at)],
        record=True,
    )
    ahead = sorted(
        (s for s in asked.standings if s.state in _AHEAD), key=lambda s: s.facts.due or asked.as_of
    )
    silent = sorted(
        (s for s in asked.standings if s.state is State.UNREPORTED),
        key=lambda s: s.days_left or 0,
        reverse=True,
    )
    total = len(asked.standings)
    return Page(
        f"{plan.title}, {plan.act}",
        (
            facts,
            _states(asked),
            _sections(asked),
            _some(
                "due_next",
                f"Due next: {len(ahead)} of {total} deliverables lie ahead",
                ahead,
                "nothing: no due date lies ahead",
            ),
            _some(
                "unreported",
                f"Passed with nothing reported: {len(silent)} of {total} deliverables (latest first)",
                silent,
                "nothing",
            ),
        ),
        main="sections",
        closing=(
            "Silence is not failure: `unreported` says that no report is known, not that nothing was done.",
            "Go on: followup list --state unreported · followup show 24 · followup agencies GPO · followup list -h",
        ),
    )


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
    return Table("states", "By state", columns, rows)


def _sections(asked: Asked) -> Table:
    columns = (
        Column("section", keep=9),
        Column("title", keep=4),
        Column("states", Kind.BAR, "by state", keep=5),
        Column("activities", Kind.NUMBER, keep=3),
        Column("deliverables", Kind.NUMBER, keep=8),
        *(Column(s.value.replace("-", "_"), Kind.NUMBER, s.value, keep=7) for s in _occurring(asked)),
    )
    rows: list[tuple[Cell, ...]] = []
    for section in asked.dataset.sections:
        mine = [s for s in asked.standings if s.facts.section == section.id]
        counts = tuple((s.value, sum(x.state is s for x in mine)) for s in State)
        activities = sum(a.section == section.id for a in asked.dataset.activities)
        by_state = dict(counts)
        rows.append(
            (
                section.id,
                section.title,
                counts,
                activities,
                len(mine),
                *(by_state[s.value] for s in _occurring(asked)),
            )
        )
    return Table("sections", "By section", columns, rows)


def _occurring(asked: Asked) -> list[State]:
    return [state for state in State if any(s.state is state for s in asked.standings)]


def _some(name: str, title: str, standings: list[Standing], empty: str) -> Table:
    fields = [FIELDS[n] for n in ("id", "due", "days_left", "title", "lead")]
    rows = [tuple(field.get(s) for field in fields) for s in standings[:_LISTED]]
    if len(standings) > _LISTED:
        title += f"; {_LISTED} shown"
    return Table(name, title, tuple(field.column() for field in fields), rows, empty=empty)


def dataset_line(data: Path | None = None) -> str:
    """Say in one line what the dataset at hand is."""
    try:
        dataset = open_dataset(data)
    except FollowupError as error:
        return f"Dataset: {error.message}; {error.hint}" if error.hint else f"Dataset: {error.message}"
    activities, sections = len(dataset.activities), len(dataset.sections)
    return f"Dataset: {dataset.plan.title} ({activities} activities in {sections} sections), data {dataset.version}"
