"""What each agency carries, and one agency's page, ready to send."""

from dataclasses import replace

from followup_cli.glossary import Role, State
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import Filters, Where, selected, where
from followup_cli.questions.listing import listing
from followup_cli.questions.names import choose_agency
from followup_cli.questions.overview import CONSENT, SILENCE, noted, states
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.table import Cell, Column, Kind, Page, Table

_FIELDS = ("id", "title", "outcome", "deadline", "due", "status", "state", "days_left")
_ACTIVITIES = (
    "SELECT agency, role, count(*) FROM assignment, moment"
    " WHERE since <= words AND words < until AND deliverables GROUP BY 1, 2"
)
_STATES = (
    "SELECT agency, state, count(*) FROM standing JOIN assignment AS a ON a.wording = standing.wording"
    " GROUP BY 1, 2"
)


def agencies(picture: Picture) -> Table:
    """Give one row per agency: activities by role, deliverables by state."""
    roles = {(code, role): number for code, role, number in picture.rows(_ACTIVITIES)}
    counts = {(code, state): number for code, state, number in picture.rows(_STATES)}
    columns = (
        Column("code", keep=9),
        Column("name", keep=3),
        Column("activities", Kind.NUMBER, keep=8),
        Column("lead", Kind.NUMBER, keep=7),
        Column("as_agreed", Kind.NUMBER, keep=7),
        Column("deliverables", Kind.NUMBER, keep=6),
        Column("states", Kind.BAR, "by state", keep=7, overlaps=True),
        *(Column(state.value.replace("-", "_"), Kind.NUMBER, keep=1) for state in State),
    )
    rows: list[tuple[Cell, ...]] = []
    for code, names in picture.agencies.items():
        lead, as_agreed = (roles.get((code, role), 0) for role in Role)
        of = {state.value: counts.get((code, state), 0) for state in State}
        numbers = (lead + as_agreed, lead, as_agreed, sum(of.values()))
        rows.append((code, names[0], *numbers, tuple(of.items()), *of.values()))
    return Table("agencies", "Agencies", columns, rows, clip=True)


def agency(picture: Picture, text: str) -> Page:
    """Make one agency's page: what it leads, what it takes part in, what passed with no status reported.

    Args:
        picture: the plan as of a day.
        text: the agency as it was typed: a code, a name or a part of a name.

    Raises:
        FollowupError: if no agency, or more than one, is meant.
    """
    code = choose_agency(picture.agencies, text)
    name, total = picture.agencies[code][0], picture.total
    mine = where(Filters(agencies=(code,)))
    lead, as_agreed = (_carried(picture, code, role) for role in Role)
    deliverables = selected(picture, mine)[0]
    silent = Where(f"state = 'unreported' AND {mine.sql}", mine.values)
    unreported = listing(picture, [FIELDS[each] for each in _FIELDS], silent, "due")
    tables = (
        _about(picture, code, deliverables),
        states(picture, mine),
        _titled(lead, "lead", f"Leads: {len(lead.rows)} of {total} deliverables"),
        _titled(
            as_agreed, "as_agreed", f"Takes part as agreed: {len(as_agreed.rows)} of {total} deliverables"
        ),
        _titled(
            unreported,
            "unreported",
            f"Past due, no status reported: {len(unreported.rows)} of {deliverables} deliverables"
            f"{noted(picture, mine)}",
        ),
    )
    return Page(
        f"{name} ({code}) in the {picture.about.title} {picture.moment}",
        tables,
        main="lead" if lead.rows else "as_agreed",
        closing=(CONSENT, SILENCE),
        provenance=picture.provenance(f"agency {code}", deliverables),
    )


def _carried(picture: Picture, code: str, role: Role) -> Table:
    condition = where(Filters(agencies=(code,), roles=(role,)))
    return listing(picture, [FIELDS[each] for each in _FIELDS], condition)


def _titled(table: Table, name: str, title: str) -> Table:
    return replace(table, name=name, title=title, clip=True, empty="none")


def _about(picture: Picture, code: str, deliverables: int) -> Table:
    counts = [
        selected(picture, where(Filters((), (code,), roles)))[1] for roles in ((), *((r,) for r in Role))
    ]
    query = "SELECT name, aliases, successors FROM agency WHERE code = ?"
    name, *lists = picture.rows(query, [code])[0]
    of = picture.activities
    columns = (
        Column("code"),
        Column("name"),
        Column("aliases", Kind.LIST),
        Column("successors", Kind.LIST),
        Column("activities", Kind.NUMBER, f"activities, of {of}"),
        Column("lead_activities", Kind.NUMBER, f"leads, of {of}"),
        Column("as_agreed_activities", Kind.NUMBER, f"takes part as agreed, of {of}"),
        Column("deliverables", Kind.NUMBER, f"deliverables, of {picture.total}"),
    )
    row = (code, name, *(read_cell(Kind.LIST, each) for each in lists), *counts, deliverables)
    return Table("agency", "", columns, [row], record=True)
