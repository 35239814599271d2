"""How far deadlines have moved since the plan was adopted, and by which acts."""

from datetime import date

from followup_cli.deadlines import read
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.in_force import AS_ENACTED, words_until
from followup_cli.table import Cell, Column, Kind, Table

_COLUMNS = (
    Column("id", keep=9),
    Column("title", keep=4),
    Column("first_deadline", keep=6),
    Column("first_due", Kind.DATE, keep=8),
    Column("deadline", keep=6),
    Column("due", Kind.DATE, keep=8),
    Column("days_moved", Kind.NUMBER, keep=9),
    Column("times", Kind.NUMBER, keep=5),
    Column("acts", Kind.LIST, keep=7),
    Column("urls", Kind.LIST, keep=1),
)


def slippage(dataset: Dataset, as_of: date) -> Table:
    """List the deliverables whose deadline an act had changed by a day: from what, to what, by how much.

    Args:
        dataset: the plan in force on that day.
        as_of: the day; later acts do not count.
    """
    rows: list[tuple[Cell, ...]] = []
    total = 0
    for identifier, activity, deliverable in dataset.deliverables():
        total += 1
        changes = [a for a in deliverable.amendments if a.field == "deadline" and a.date <= as_of]
        if not changes:
            continue
        first = words_until(changes, AS_ENACTED)["deadline"]
        first_due, due = (_due(dataset, phrase) for phrase in (first, deliverable.deadline))
        days = (due - first_due).days if due and first_due else None
        acts, urls = tuple(each.act for each in changes), tuple(each.url for each in changes)
        title = deliverable.title or activity.title
        rows.append(
            (identifier, title, first, first_due, deliverable.deadline, due, days, len(changes), acts, urls)
        )
    title = f"Deadlines moved: {len(rows)} of {total} deliverables, as of {as_of}"
    return Table("slippage", title, _COLUMNS, rows, empty=f"no act has moved a deadline by {as_of}")


def _due(dataset: Dataset, phrase: str) -> date | None:
    return read(phrase, lang=dataset.plan.language.value, adopted=dataset.plan.adopted).due
