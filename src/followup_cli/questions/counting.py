"""Counts: how many deliverables and activities there are by one field, or by two."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.glossary import Role, State, Status
from followup_cli.questions.fields import FIELDS, sort_key
from followup_cli.questions.query import Filters
from followup_cli.store.progress import Standing
from followup_cli.store.register import Register
from followup_cli.table import Cell, Column, Kind, Table

# What can be counted by beside FIELDS: an assignment's two sides.
AGENCY, ROLE = "agency", "role"
ASSIGNED = {AGENCY: "an agency of the activity, in any role", ROLE: "lead or as-agreed"}
NONE = "(none)"


class Group(NamedTuple):
    """Deliverables that share values: the values, how many deliverables, of how many activities."""

    key: tuple[Cell, ...]
    deliverables: int
    activities: int


def fields_by(names: str) -> tuple[str, ...]:
    """Find the one or two fields to count by.

    Raises:
        FollowupError: if there is no such field, or there are too many.
    """
    found = []
    for name in names.split(","):
        word = name.strip().lower().replace("-", "_")
        if word not in FIELDS and word not in ASSIGNED:
            known = (*FIELDS, *ASSIGNED)
            meant = nearest(word, known)
            hint = f"did you mean `{meant}`?" if meant else f"the fields are {', '.join(known)}"
            raise FollowupError(f"there is no field `{name.strip()}`", hint)
        found.append(word)
    if len(found) > 2 or len(set(found)) < len(found):
        raise FollowupError("count goes by one field or by two different ones", "such as --by section,state")
    return tuple(found)


def count(standings: Iterable[Standing], by: Sequence[str], filters: Filters) -> list[Group]:
    """Count deliverables and activities by fields; each member of a list counts.

    With roles selected, only agencies in those roles count; with agencies selected, `role` alone is the
    role of those agencies.
    """
    groups: dict[tuple[Cell, ...], tuple[int, set[int]]] = {}
    for standing in standings:
        for key in set(_keys(standing, by, filters)):
            number, activities = groups.get(key, (0, set()))
            activities.add(standing.facts.activity)
            groups[key] = (number + 1, activities)
    return [Group(key, number, len(activities)) for key, (number, activities) in groups.items()]


def in_order(groups: Iterable[Group], by: Sequence[str], register: Register) -> list[Group]:
    """Sort groups by their values: in the plan's order where it has one, none last."""
    codes = [agency.code for agency in register.agencies]
    orders: dict[str, list[str]] = {
        "section": [section.id for section in register.sections],
        "state": list(State),
        "status": list(Status),
        ROLE: list(Role),
        AGENCY: codes,
        "agencies": codes,
        "lead": codes,
        "as_agreed": codes,
        "first": codes,
    }
    ranks = {name: {value: rank for rank, value in enumerate(order)} for name, order in orders.items()}

    def key(group: Group) -> tuple[object, ...]:
        return tuple(
            sort_key(ranks[name].get(str(cell)) if cell is not None and name in ranks else cell)
            for name, cell in zip(by, group.key, strict=True)
        )

    return sorted(groups, key=key)


def _keys(standing: Standing, by: Sequence[str], filters: Filters) -> Iterator[tuple[Cell, ...]]:
    facts = standing.facts
    assigned: list[dict[str, Cell]] = [{}]
    if AGENCY in by or ROLE in by:
        assigned = [
            {AGENCY: code, ROLE: role.value}
            for code in facts.agencies
            for role in (Role.LEAD if code in facts.lead else Role.AS_AGREED,)
            if (not filters.roles or role in filters.roles)
            and (AGENCY in by or not filters.agencies or code in filters.agencies)
        ]
    others = [name for name in by if name not in ASSIGNED]
    for values in product(*(_members(FIELDS[name].get(standing)) for name in others)):
        for assignment in assigned:
            known = {**assignment, **dict(zip(others, values, strict=True))}
            yield tuple(known[name] for name in by)


def _members(cell: Cell) -> Sequence[Cell]:
    if isinstance(cell, tuple):
        return [str(part) for part in cell] or [None]
    return [cell]


def counts_table(groups: Sequence[Group], by: Sequence[str], whole: tuple[int, int]) -> Table:
    """Give one row per group; `whole` is how many deliverables and activities there are to count."""
    columns = (
        *(Column(name, _kind(name)) for name in by),
        Column("deliverables", Kind.NUMBER),
        Column("of_deliverables", Kind.NUMBER, "of", keep=8),
        Column("activities", Kind.NUMBER),
        Column("of_activities", Kind.NUMBER, "of", keep=8),
    )
    rows = [(*g.key, g.deliverables, whole[0], g.activities, whole[1]) for g in groups]
    return Table("counts", f"Counts by {' and '.join(by)}", columns, rows)


def cross_table(
    groups: Sequence[Group],
    by: Sequence[str],
    whole: tuple[int, int],
    rows_total: Sequence[Group],
    columns_order: Sequence[Cell],
) -> Table:
    """Lay two fields across each other: deliverables in the cells, and of how many at the end.

    Args:
        groups: counts by both fields.
        by: the two fields.
        whole: how many deliverables and activities there are to count.
        rows_total: counts by the first field, in the order of the rows.
        columns_order: values of the second field, in the order of the columns.
    """
    cells = {group.key: group.deliverables for group in groups}
    columns = (
        Column(by[0], _kind(by[0])),
        *(Column(_shown(value), Kind.NUMBER, _shown(value), keep=5) for value in columns_order),
        Column("deliverables", Kind.NUMBER, keep=8),
        Column("of", Kind.NUMBER, keep=7),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            total.key[0],
            *(cells.get((total.key[0], v), 0) for v in columns_order),
            total.deliverables,
            whole[0],
        )
        for total in rows_total
    ]
    return Table("counts", f"Deliverables by {by[0]} and {by[1]}", columns, rows)


def _shown(cell: Cell) -> str:
    return NONE if cell is None else str(cell)


def _kind(name: str) -> Kind:
    kind = FIELDS[name].kind if name in FIELDS else Kind.TEXT
    return Kind.TEXT if kind is Kind.LIST else kind
