"""Counts: how many deliverables and activities there are by one field, or by two."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.glossary import Role, State, Status
from followup_cli.questions.fields import FIELDS, sort_key
from followup_cli.questions.filters import ACTIVITIES, ALL, Filters, Where, selected, where
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.questions.versus import compared, earlier, turned
from followup_cli.table import Cell, Column, Kind, Phrase, Table

# What can be counted by beside FIELDS: an assignment's two sides.
AGENCY, ROLE = "agency", "role"
ASSIGNED = {AGENCY: "an agency of the activity, in any role", ROLE: "how agencies take part"}
NONE = "(none)"
PERIODS = {"month": 1, "quarter": 3, "year": 12}  # in months
# Where the members of a list are, each in a row of its own: the table, the column, what else must hold.
_MEMBERS = {
    "agencies": ("assignment", "agency", ""),
    "lead": ("assignment", "agency", " AND {}.role = 'lead'"),
    "as_agreed": ("assignment", "agency", " AND {}.role = 'as-agreed'"),
    "partners": ("assignment", "agency", " AND {}.role = 'partner'"),
    "points": ("point", "text", ""),
}


class Group(NamedTuple):
    """Deliverables that share values: the values, how many deliverables, of how many activities."""

    key: tuple[Cell, ...]
    deliverables: int
    activities: int


def choose_by(names: str) -> tuple[str, ...]:
    """Find the one or two fields to count by.

    Raises:
        FollowupError: if there is no such field, or there are too many.
    """
    fields = tuple(choose(name, (*FIELDS, *ASSIGNED), "field") for name in names.split(","))
    if len(fields) > 2 or len(set(fields)) < len(fields):
        raise FollowupError("count goes by one field or by two different ones", "such as --by section,state")
    return fields


def counts(picture: Picture, by: Sequence[str], filters: Filters, *, across: bool = False) -> Table:
    """Count deliverables and activities by fields; `across` lays two of them across each other.

    Each member of a list counts. With roles selected, only agencies in those roles count; with agencies
    selected, `role` alone is the role of those agencies. By state, an activity counts where its least
    advanced deliverable is.
    """
    whole = selected(picture, where(filters))
    if not by:
        everything = (picture.total, picture.activities)
        return replace(_long(picture, [Group((), *whole)], (), everything), title="Counts", record=True)
    groups = _in_order(picture, _groups(picture, by, filters), by)
    if not across:
        return _long(picture, groups, by, whole)
    totals, others = (_in_order(picture, _groups(picture, [name], filters), [name]) for name in by)
    return _across(picture, groups, by, whole, totals, [group.key[0] for group in others])


def counts_over_time(
    picture: Picture, field: str, filters: Filters, days: Sequence[date], *, across: bool = False
) -> Table:
    """Count deliverables by a field on each of some days, by what was known on it; `across` lays the days down a side."""
    groups: list[tuple[date, int, list[Group]]] = []
    for day in days:
        with turned(picture, day) as then:
            groups.append((day, selected(then, where(filters))[0], _groups(then, [field], filters)))
    values = {group.key: Group(group.key, 0, 0) for _, _, some in groups for group in some}
    there = [group.key[0] for group in _in_order(picture, list(values.values()), [field])]
    on, of = Column("on", Kind.DATE), Column(f"of_{picture.unit}", Kind.NUMBER, "of", keep=8)
    title = Phrase("{title}, over time", title=_title(picture, [field]))
    counted = [
        (day, whole, {group.key[0]: group.deliverables for group in some}) for day, whole, some in groups
    ]
    rows: list[tuple[Cell, ...]]
    if across:
        columns = (on, *(_across_column(field, value) for value in there), of)
        rows = [(day, *(numbers.get(value, 0) for value in there), whole) for day, whole, numbers in counted]
    else:
        columns = (on, _column(field), Column(picture.unit, Kind.NUMBER), of)
        rows = [
            (day, value, numbers.get(value, 0), whole) for day, whole, numbers in counted for value in there
        ]
    return Table("counts", title, columns, rows)


def ends_of(every: str, first: date, last: date) -> list[date]:
    """List the last day of each month, quarter or year from one day to another, and that day."""
    months = PERIODS[every]
    days, end = [], first.replace(day=1)
    while end <= last:
        end += relativedelta(months=months - (end.month - 1) % months)
        days.append(min(end - timedelta(days=1), last))
    return days


def with_percent(picture: Picture, answer: Table, by: Sequence[str], filters: Filters) -> Table:
    """Put beside each count its share: of all that is counted, or by two fields, of what shares the first value.

    By two fields the number that it is a share of stands beside it, as `of_` with the first field's name.
    """
    at = [column.name for column in answer.columns].index(f"of_{picture.unit}") + 1
    first = (
        {group.key[0]: group.deliverables for group in _groups(picture, by[:1], filters)} if by[1:] else {}
    )
    label = f"percent_of_{by[0]}" if first else "percent"
    heading = Phrase("% of {field}", field=Phrase(by[0])) if first else "%"
    if not first:
        rows = [(*row[:at], _share(row[at - 2], row[at - 1]), *row[at:]) for row in answer.rows]
        columns = (*answer.columns[:at], Column(label, Kind.NUMBER, heading), *answer.columns[at:])
        return replace(answer, columns=columns, rows=rows)
    wholes = [first.get(row[0]) for row in answer.rows]
    rows = [
        (*row[:at], whole, _share(row[at - 2], whole), *row[at:])
        for row, whole in zip(answer.rows, wholes, strict=True)
    ]
    of = Column(f"of_{by[0]}", Kind.NUMBER, Phrase("of {field}", field=Phrase(by[0])), keep=8)
    columns = (*answer.columns[:at], of, Column(label, Kind.NUMBER, heading), *answer.columns[at:])
    return replace(answer, columns=columns, rows=rows)


def _share(number: Cell, whole: Cell) -> float | None:
    return (
        round(100 * number / whole, 1)
        if isinstance(number, int) and isinstance(whole, int) and whole
        else None
    )


def with_shares(answer: Table) -> Table:
    """Give, of two fields laid across each other, each count as a share of its row, whose number stays."""
    columns = [
        column._replace(label=Phrase("{what} %", what=Phrase(column.heading)))
        if 0 < at < len(answer.columns) - 2
        else column
        for at, column in enumerate(answer.columns)
    ]
    rows = [(row[0], *(_share(number, row[-2]) for number in row[1:-2]), *row[-2:]) for row in answer.rows]
    return replace(answer, columns=tuple(columns), rows=rows)


def with_totals(picture: Picture, answer: Table, by: Sequence[str], filters: Filters) -> Table:
    """Put below two fields laid across each other how many there are in all; what is in several rows counts once."""
    whole = selected(picture, where(filters))[0]
    numbers = {_shown(group.key[0]): group.deliverables for group in _groups(picture, [by[1]], filters)}
    between = [numbers.get(column.name, 0) for column in answer.columns[1:-2]]
    return replace(answer, rows=[*answer.rows, (Phrase("all"), *between, whole, whole)])


def counts_of_two_days(picture: Picture, by: Sequence[str], filters: Filters) -> Table:
    """Count deliverables by fields on both days: how many then and now, how many of them moved, and what was learnt.

    What is counted on both days counts as moved where it is now; what only then was, where it was. So the
    columns add up as those of one day do.
    """
    now = _members(picture, by, filters)
    with earlier(picture) as before:
        then = _members(before, by, filters)
    pairs = compared(picture)
    here = {id_ for ids in now.values() for id_ in ids}
    columns = (
        *(_column(name) for name in by),
        Column("then", Kind.NUMBER, Phrase("on {day}", day=picture.versus)),
        Column("now", Kind.NUMBER, Phrase("on {day}", day=picture.as_of)),
        Column("moved", Kind.NUMBER, keep=8),
        Column("learnt", Kind.NUMBER, "updates dated since", keep=7),
    )
    rows: list[tuple[Cell, ...]] = []
    for key, *_ in _in_order(picture, [Group(key, 0, 0) for key in {**now, **then}], by):
        both = [then.get(key, set()), now.get(key, set())]
        members = [pairs[id_] for id_ in both[1] | (both[0] - here)]
        told = (sum(each.moved for each in members), sum(len(each.learnt) for each in members))
        rows.append((*key, *map(len, both), *told))
    return Table("counts", _title(picture, by), columns, rows, record=not by)


def states_of_two_days(picture: Picture) -> Table:
    """Count deliverables by state on both days: how many came into each state, and how many left it."""
    counted = counts_of_two_days(picture, ("state",), Filters())
    now = _members(picture, ("state",), Filters())
    with earlier(picture) as before:
        then = _members(before, ("state",), Filters())
    *columns, moved, learnt = counted.columns
    rows: list[tuple[Cell, ...]] = []
    for *cells, _, updates in counted.rows:
        was, is_ = then.get((cells[0],), set()), now.get((cells[0],), set())
        rows.append((*cells, len(is_ - was), len(was - is_), updates))
    left = Column("left", Kind.NUMBER, keep=8)
    title = Phrase("By state on both days: {n} deliverables", n=picture.total)
    shown = (*columns, moved._replace(label="came in"), left, learnt)
    return replace(counted, name="compared", title=title, columns=shown, rows=rows)


def _members(picture: Picture, by: Sequence[str], filters: Filters) -> dict[tuple[Cell, ...], set[str]]:
    """Give the ids of what is selected, by the values of fields."""
    query, values = _query(picture, by, filters, where(filters), each=True)
    kinds = [_kind(name) for name in by]
    groups: dict[tuple[Cell, ...], set[str]] = {} if by else {(): set()}
    for *key, id_ in picture.rows(query, values):
        groups.setdefault(tuple(map(read_cell, kinds, key)), set()).add(id_)
    return groups


def _groups(picture: Picture, by: Sequence[str], filters: Filters) -> list[Group]:
    condition = where(filters)
    if list(by) == [AGENCY] and condition == ALL and not picture.by_occurrence:
        query = (
            f"SELECT agency, sum(deliverables), {ACTIVITIES} FROM assignment, moment"  # noqa: S608 - our own names
            " WHERE since <= words AND words < until AND deliverables GROUP BY 1"
        )
        return [Group((code,), *numbers) for code, *numbers in picture.rows(query)]
    query, values = _query(picture, by, filters, condition)
    kinds = [_kind(name) for name in by]
    return [
        Group(tuple(read_cell(kind, cell) for kind, cell in zip(kinds, row, strict=False)), *row[-2:])
        for row in picture.rows(query, values)
    ]


def _query(
    picture: Picture, by: Sequence[str], filters: Filters, condition: Where, *, each: bool = False
) -> tuple[str, list[object]]:
    """Write the query that counts by fields what is selected, and the values of its question marks.

    With `each` it does not count, and gives the id of each.
    """
    keys = {name: FIELDS[name].expression for name in by if name in FIELDS}
    joins: list[str] = []
    for name in by:
        if name in _MEMBERS:
            table, column, more = _MEMBERS[name]
            keys[name] = f"in_{name}.{column}"
            on = f"in_{name}.wording = standing.wording{more.format(f'in_{name}')}"
            on += f" AND in_{name}.deliverable IN (0, standing.position)" if table == "assignment" else ""
            joins.append(f"LEFT JOIN {table} AS in_{name} ON {on}")
    narrowed = ALL
    if any(name in ASSIGNED for name in by):
        joins.append(
            "JOIN assignment AS a ON a.wording = standing.wording AND a.deliverable IN (0, standing.position)"
        )
        keys |= {name: f"a.{name}" for name in by if name in ASSIGNED}
        narrowed = _assigned(filters, by)
    # A deliverable counts once for a role, however many agencies have it.
    deliverables = "count(DISTINCT standing.id)" if joins else "count(*)"
    activities = "count(DISTINCT activity)"
    if "state" in by:
        joins.append("JOIN advance USING (activity)")
        keys["state"] = "standing.state"
        activities += " FILTER (WHERE standing.state = advance.state)"
    chosen = [f"{keys[name]} AS key_{number}" for number, name in enumerate(by)]
    chosen += ["standing.id"] if each else [deliverables, activities]
    groups = [f"key_{number}" for number in range(len(by))] + ["standing.id"] * each
    query = (
        f"SELECT {', '.join(chosen)}"  # noqa: S608 - our own names
        f" FROM (SELECT * FROM {picture.source} WHERE {condition.sql}) AS standing {' '.join(joins)}"
        f" WHERE {narrowed.sql} GROUP BY {', '.join(groups)}"
    )
    return query, [*condition.values, *narrowed.values]


def _assigned(filters: Filters, by: Sequence[str]) -> Where:
    """Keep the assignments that count where roles, or agencies by their role, are asked about."""
    limits = {ROLE: filters.roles, AGENCY: filters.agencies if AGENCY not in by else ()}
    parts = [f"a.{name} IN ({', '.join('?' * len(some))})" for name, some in limits.items() if some]
    return Where(" AND ".join(parts) or "TRUE", (*map(str, limits[ROLE]), *limits[AGENCY]))


def _in_order(picture: Picture, groups: Sequence[Group], by: Sequence[str]) -> list[Group]:
    """Sort groups by their values: in the plan's order where it has one, none last."""
    codes = list(picture.agencies)
    orders: dict[str, Sequence[str]] = {"section": list(picture.sections), "state": list(State)}
    orders |= {"status": list(Status), ROLE: list(Role)}
    orders |= dict.fromkeys((AGENCY, "first", "agencies", "lead", "partners", "as_agreed"), codes)
    ranks = {name: {value: rank for rank, value in enumerate(orders[name])} for name in by if name in orders}

    def key(group: Group) -> list[tuple[bool, str | float]]:
        return [
            sort_key(ranks[name].get(str(cell)) if name in ranks and cell is not None else cell)
            for name, cell in zip(by, group.key, strict=True)
        ]

    return sorted(groups, key=key)


def _long(picture: Picture, groups: Sequence[Group], by: Sequence[str], whole: tuple[int, int]) -> Table:
    """Give one row per group; `whole` is how many deliverables and activities there are to count."""
    columns = (
        *(_column(name) for name in by),
        Column(picture.unit, Kind.NUMBER),
        Column(f"of_{picture.unit}", Kind.NUMBER, "of", keep=8),
        Column("activities", Kind.NUMBER),
        Column("of_activities", Kind.NUMBER, "of", keep=8),
    )
    rows = [(*g.key, g.deliverables, whole[0], g.activities, whole[1]) for g in groups]
    return Table("counts", _title(picture, by), columns, rows)


def _across(
    picture: Picture,
    groups: Sequence[Group],
    by: Sequence[str],
    whole: tuple[int, int],
    totals: Sequence[Group],
    others: Sequence[Cell],
) -> Table:
    """Lay two fields across each other: deliverables in the cells, and of how many at the end.

    Args:
        picture: the plan as of a day.
        groups: counts by both fields.
        by: the two fields.
        whole: how many deliverables and activities there are to count.
        totals: counts by the first field, in the order of the rows.
        others: values of the second field, in the order of the columns.
    """
    cells = {group.key: group.deliverables for group in groups}
    columns = (
        _column(by[0]),
        *(_across_column(by[1], value) for value in others),
        Column(picture.unit, Kind.NUMBER, keep=8),
        Column("of", Kind.NUMBER, keep=7),
    )
    rows: list[tuple[Cell, ...]] = [
        (row.key[0], *(cells.get((row.key[0], v), 0) for v in others), row.deliverables, whole[0])
        for row in totals
    ]
    return Table("counts", _title(picture, by), columns, rows)


def _title(picture: Picture, by: Sequence[str]) -> Phrase:
    """Entitle counts by fields."""
    unit = Phrase(picture.unit.capitalize())
    if not by:
        return unit
    if len(by) == 1:
        return Phrase("{what} by {field}", what=unit, field=Phrase(by[0]))
    return Phrase("{what} by {field} and {other}", what=unit, field=Phrase(by[0]), other=Phrase(by[1]))


def in_order(answer: Table, order: str | None) -> Table:
    """Sort an answer by one of its columns; a `-` before its name descends.

    Raises:
        FollowupError: if it has no such column.
    """
    if not order:
        return answer
    names = [column.name for column in answer.columns]
    at = names.index(choose(order.strip().removeprefix("-"), names, "column"))
    rows = sorted(answer.rows, key=lambda row: sort_key(row[at]), reverse=order.strip().startswith("-"))
    return replace(answer, rows=rows)


def named(answer: Table) -> Table:
    """Name what has no value, for people."""
    rows = [tuple(Phrase(NONE) if cell is None else cell for cell in row) for row in answer.rows]
    return replace(answer, rows=rows)


def _shown(cell: Cell) -> str:
    return NONE if cell is None else str(cell)


def _across_column(field: str, value: Cell) -> Column:
    """Make the column of one value of a field: under a word of ours, or one of the plan's."""
    shown = _shown(value)
    ours = value is None or shown in _column(field).words
    # None is left out where there is little room: rows that do not add up would be wrong to read.
    return Column(shown, Kind.NUMBER, Phrase(shown) if ours else Phrase.verbatim(shown))


def _column(name: str) -> Column:
    if name in FIELDS:
        column = FIELDS[name].column
        return Column(name, _kind(name), words=column.words, meaning=column.meaning)
    return Column(name, _kind(name), words=tuple(Role) if name == ROLE else (), meaning=ASSIGNED[name])


def _kind(name: str) -> Kind:
    kind = FIELDS[name].column.kind if name in FIELDS else Kind.TEXT
    return Kind.TEXT if kind is Kind.LIST else kind
