"""`count`: deliverables and activities by any field."""

from dataclasses import replace
from datetime import date
from typing import Annotated, NamedTuple

from typer import Option

from followup_cli.app.asking import ask, filters
from followup_cli.app.options import Occurrences, OutputOptions, Question, Selection, Versus
from followup_cli.app.streams import Answer, chosen_format
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.questions.counting import (
    PERIODS,
    choose_by,
    counts,
    counts_of_two_days,
    counts_over_time,
    ends_of,
    in_order,
    named,
    with_percent,
    with_shares,
    with_totals,
)
from followup_cli.questions.filters import Filters, described, selected, where, why_empty
from followup_cli.questions.names import first_day, read_window
from followup_cli.questions.picture import Picture
from followup_cli.table import Table

EXAMPLES = """Examples:

  followup count --by state

  followup count --by agency --role lead --sort -deliverables

  followup count --by section,state --as-of 2023-01-01 --format markdown

  followup count --by due_year,outcome --format json

  followup count --by state --versus 2024-01-01

  followup count --every quarter --as-of 2024-01-01
"""
# Formats for people: two fields are laid across each other, and what has no value is named.
_READ = ("table", "markdown")
_MOST = 400  # days to count on


def run(
    question: Question,
    selection: Selection,
    options: OutputOptions,
    by: Annotated[
        str | None, Option("--by", metavar="FIELD[,FIELD]", help="What to count by; without it, the totals.")
    ] = None,
    occurrences: Occurrences = False,
    versus: Versus = None,
    percent: Annotated[
        bool,
        Option("--percent", help="Shares as well: of all, or by two fields, of what shares the first value."),
    ] = False,
    every: Annotated[
        str | None,
        Option(
            "--every",
            metavar="PERIOD",
            help=f"Over time, at the end of each {', '.join(PERIODS)}, by one field.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        Option("--since", metavar="DATE", help="With --every: from when [default: the plan's adoption]."),
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
    fields = choose_by(by) if by else ("state",) if every else ()
    _check(fields, every=every, versus=versus, since=since, percent=percent, order=order)
    picture = ask(question, by_occurrence=occurrences, versus=versus)
    chosen = filters(picture, selection)
    read = chosen_format(options, "tsv") in _READ
    across = read and (len(fields) == 2 or every is not None) and not (options.plain or (every and percent))
    way = Way(fields, every, since, versus, order, across)
    answer = _counted(picture, chosen, way)
    if percent:
        shared = fields[:0] if every else fields
        answer = with_shares(answer) if across else with_percent(picture, answer, shared, chosen)
    if not across and every is None:
        answer = in_order(answer, order)
    number = selected(picture, where(chosen))[0]
    return Answer(
        replace(named(answer) if read else answer, provenance=picture.provenance(described(chosen), number)),
        options,
        remark=None if number else why_empty(picture, chosen),
    )


class Way(NamedTuple):
    """How it is counted: by which fields, over time or on two days, in which order, and how it is laid out."""

    fields: tuple[str, ...]
    every: str | None
    since: str | None
    versus: str | None
    order: str | None
    across: bool


def _counted(picture: Picture, chosen: Filters, way: Way) -> Table:
    if way.every is not None:
        days = _days(picture, choose(way.every, PERIODS, "period"), way.since)
        return counts_over_time(picture, way.fields[0], chosen, days, across=way.across)
    if way.versus:
        return counts_of_two_days(picture, way.fields, chosen)
    answer = counts(picture, way.fields, chosen, across=way.across)
    return with_totals(picture, in_order(answer, way.order), way.fields, chosen) if way.across else answer


def _check(
    fields: tuple[str, ...],
    *,
    every: str | None,
    versus: str | None,
    since: str | None,
    percent: bool,
    order: str | None,
) -> None:
    """See that the ways to count fit together.

    Raises:
        FollowupError: if two of them do not.
    """
    if every and (versus or order or len(fields) > 1):
        raise FollowupError(
            "`--every` counts by one field, in order of days", "leave out `--versus`, `--sort`, or a field"
        )
    if since and not every:
        raise FollowupError("`--since` says from when `--every` counts", "add `--every month`")
    if percent and versus:
        raise FollowupError("shares are of one day", "leave out `--percent` or `--versus`")


def _days(picture: Picture, every: str, since: str | None) -> list[date]:
    first = first_day(read_window(since, picture.as_of)) if since else picture.about.adopted
    if first is None:
        raise FollowupError(
            "the plan does not say when it was adopted", "say from when to count with `--since`"
        )
    if first > picture.as_of:
        raise FollowupError(
            f"{first} is after {picture.as_of}, the day that is asked about", "name an earlier day"
        )
    days = ends_of(every, first, picture.as_of)
    if len(days) > _MOST:
        raise FollowupError(
            f"these are {len(days)} days to count on", "count every year, or from a later day"
        )
    return days
