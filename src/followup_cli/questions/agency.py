"""What each agency carries, and one agency's page, ready to send."""

from dataclasses import replace

from followup_cli.glossary import Role
from followup_cli.questions.filters import ACTIVITIES, Filters, Where, described, selected, where
from followup_cli.questions.listing import fields_of, listing
from followup_cli.questions.names import choose_agency
from followup_cli.questions.overview import NOTED, closing, past_due, states
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Page, Phrase, Table

_FIELDS = ("id", "title", "outcome", "deadline", "due", "status", "state", "days_left")
_TITLES = {
    Role.LEAD: "Leads",
    Role.PARTNER: "Takes part as a partner",
    Role.AS_AGREED: "Takes part as agreed",
    Role.UNSTATED: "Is named, in a role that is not stated",
}
_ACTIVITIES = (
    f"SELECT agency, role, {ACTIVITIES} FROM assignment, moment"  # noqa: S608 - our own names
    " WHERE since <= words AND words < until AND deliverables GROUP BY 1, 2"
)
_STATES = (
    "SELECT agency, state, count(*) FROM standing JOIN assignment AS a ON a.wording = standing.wording"
    " AND a.deliverable IN (0, standing.position) GROUP BY 1, 2"
)


def agencies(picture: Picture) -> Table:
    """Give one row per agency: activities by role, deliverables by state."""
    roles = {(code, role): number for code, role, number in picture.rows(_ACTIVITIES)}
    counts = {(code, state): number for code, state, number in picture.rows(_STATES)}
    there = _roles(picture)
    columns = (
        Column("code", keep=9),
        Column("name", keep=3),
        Column("activities", Kind.NUMBER, keep=8),
        *(Column(role.replace("-", "_"), Kind.NUMBER, keep=7) for role in there),
        Column("deliverables", Kind.NUMBER, keep=6),
        Column("states", Kind.BAR, "by state", keep=7, overlaps=True),
        *(Column(state.value.replace("-", "_"), Kind.NUMBER, keep=1) for state in picture.states),
    )
    rows: list[tuple[Cell, ...]] = []
    for code, names in picture.agencies.items():
        by_role = [roles.get((code, role), 0) for role in there]
        of = {state.value: counts.get((code, state), 0) for state in picture.states}
        numbers = (sum(by_role), *by_role, sum(of.values()))
        rows.append((code, names[0], *numbers, tuple(of.items()), *of.values()))
    return Table("agencies", "Agencies", columns, rows, clip=True)


def agency(picture: Picture, text: str) -> Page:
    """Make one agency's page: what it leads, what it takes part in, what passed with no status known since.

    Args:
        picture: the plan as of a day.
        text: the agency as it was typed: a code, a name or a part of a name.

    Raises:
        FollowupError: if no agency, or more than one, is meant.
    """
    code = choose_agency(picture.agencies, text)
    name, total = picture.agencies[code][0], picture.total
    mine = where(Filters(agencies=(code,)))
    roles = {role: _carried(picture, code, role) for role in _roles(picture)}
    deliverables = selected(picture, mine)[0]
    silent = Where(f"state = 'unreported' AND {mine.sql}", mine.values)
    unreported = listing(picture, fields_of(picture, (*_FIELDS, *NOTED)), silent, "-due")
    tables = (
        _about(picture, code, deliverables),
        states(picture, mine),
        *(
            _titled(
                table,
                role.replace("-", "_"),
                Phrase(
                    "{role}: {number} of {n} deliverables",
                    role=Phrase(_TITLES[role]),
                    number=len(table.rows),
                    n=total,
                ),
            )
            for role, table in roles.items()
        ),
        _titled(
            unreported,
            "unreported",
            past_due(picture, len(unreported.rows), deliverables, mine),
        ),
    )
    most = next((role for role, table in roles.items() if table.rows), Role.AS_AGREED)
    return Page(
        Phrase("{agency} in the {title}", agency=f"{name} ({code})", title=picture.title),
        tables,
        main=most.replace("-", "_"),
        closing=closing(picture),
        provenance=picture.provenance(described(Filters(agencies=(code,))), deliverables),
    )


def _roles(picture: Picture) -> tuple[Role, ...]:
    """List the roles that there are in a plan: lead and as-agreed, and the others where it has them."""
    return tuple(role for role in Role if role in (Role.LEAD, Role.AS_AGREED, *picture.roles))


def _carried(picture: Picture, code: str, role: Role) -> Table:
    condition = where(Filters(agencies=(code,), roles=(role,)))
    return listing(picture, fields_of(picture, _FIELDS), condition)


def _titled(table: Table, name: str, title: str) -> Table:
    return replace(table, name=name, title=title, clip=True, empty="none")


def _about(picture: Picture, code: str, deliverables: int) -> Table:
    counts = [
        selected(picture, where(Filters((), (code,), roles)))[1]
        for roles in ((), *((r,) for r in _roles(picture)))
    ]
    query = "SELECT name, aliases, successors FROM agency WHERE code = ?"
    name, *lists = picture.rows(query, [code])[0]
    of = picture.activities
    columns = (
        Column("code"),
        Column("name"),
        Column("aliases", Kind.LIST),
        Column("successors", Kind.LIST),
        Column("activities", Kind.NUMBER, Phrase("activities, of {n}", n=of)),
        *(
            Column(
                f"{role.replace('-', '_')}_activities",
                Kind.NUMBER,
                Phrase("{role}, of {n}", role=Phrase(_TITLES[role].lower()), n=of),
            )
            for role in _roles(picture)
        ),
        Column("deliverables", Kind.NUMBER, Phrase("deliverables, of {n}", n=picture.total)),
    )
    row = (code, name, *(read_cell(Kind.LIST, each) for each in lists), *counts, deliverables)
    return Table("agency", "", columns, [row], record=True)
