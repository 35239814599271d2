"""`count`: deliverables and activities by any field."""

from dataclasses import replace
from typing import Annotated

from typer import Option

from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.session import Asked, ask, filters, of, why_empty
from followup_cli.app.streams import Answer, chosen_format
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.questions.counting import NONE, Group, count, counts_table, cross_table, fields_by, in_order
from followup_cli.questions.fields import sort_key
from followup_cli.questions.query import Filters
from followup_cli.store.progress import Standing
from followup_cli.table import Table

EXAMPLES = """Examples:

  followup count --by state

  followup count --by agency --role lead --sort -deliverables

  followup count --by section,state --as-of 2023-01-01 --format markdown

  followup count --by due_year,outcome --format json
"""
# Formats for people: two fields are laid across each other, and what has no value is named.
_READ = ("table", "markdown")


def run(
    question: Question,
    selection: Selection,
    options: OutputOptions,
    by: Annotated[
        str | None, Option("--by", metavar="FIELD[,FIELD]", help="What to count by; without it, the totals.")
    ] = None,
    order: Annotated[
        str | None,
        Option("--sort", metavar="COLUMN", help="A column of the answer to sort by; -deliverables descends."),
    ] = None,
) -> Answer:
    """Count deliverables and activities by one field, or by two laid across each other.

    Each member of a list counts: an activity of three agencies counts for each. `agency` and `role` can be
    counted by too.
    """
    fields = fields_by(by) if by else ()
    asked = ask(question)
    chosen = filters(asked, selection)
    read = chosen_format(options, "tsv") in _READ
    answer = tallied(asked, fields) if chosen == Filters() else None
    number = asked.total
    if answer is None:
        found = asked.where(chosen)
        number = len(found)
        answer = counted(asked, found, fields, chosen, across=read and len(fields) == 2 and not options.plain)
    answer = answered_in_order(answer, order)
    return Answer(
        named(answer) if read else answer,
        options,
        scope=f"{of(number, asked.total, 'deliverables')} · {asked.scope}",
        remark=None if number else why_empty(asked, selection),
    )


def tallied(asked: Asked, fields: tuple[str, ...]) -> Table | None:
    """Count all deliverables by one field, if what was kept of the dataset tells."""
    tally = asked.register.tally(fields[0]) if len(fields) == 1 else None
    if tally is None:
        return None
    groups = [Group((each.value,), each.deliverables, each.activities) for each in tally]
    return counts_table(
        in_order(groups, fields, asked.register), fields, (asked.total, asked.register.activities)
    )


def counted(
    asked: Asked, found: list[Standing], fields: tuple[str, ...], chosen: Filters, *, across: bool = False
) -> Table:
    """Count what was found by fields; `across` lays two of them across each other."""
    whole = (len(found), len({s.facts.activity for s in found}))
    if not fields:
        everything = (asked.total, asked.register.activities)
        return replace(counts_table([Group((), *whole)], (), everything), title="Counts", record=True)
    groups = in_order(count(found, fields, chosen), fields, asked.register)
    if not across:
        return counts_table(groups, fields, whole)
    first, second = fields
    totals = in_order(count(found, [first], chosen), [first], asked.register)
    values = [g.key[0] for g in in_order(count(found, [second], chosen), [second], asked.register)]
    return cross_table(groups, fields, whole, totals, values)


def answered_in_order(answer: Table, order: str | None) -> Table:
    """Sort an answer by one of its columns."""
    rows = list(answer.rows)
    if order:
        name = order.strip().removeprefix("-").replace("-", "_")
        names = [column.name for column in answer.columns]
        if name not in names:
            meant = nearest(name, names)
            hint = f"did you mean `{meant}`?" if meant else f"the columns are {', '.join(names)}"
            raise FollowupError(f"the answer has no column `{name}`", hint)
        at = names.index(name)
        rows.sort(key=lambda row: sort_key(row[at]), reverse=order.strip().startswith("-"))
    return replace(answer, rows=rows)


def named(answer: Table) -> Table:
    """Name what has no value."""
    return replace(
        answer, rows=[tuple(NONE if cell is None else cell for cell in row) for row in answer.rows]
    )
