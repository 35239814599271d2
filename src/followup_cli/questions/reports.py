"""REPORTS: the pages that are read or sent as they are, each made from a dataset as of a date."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.glossary import STATE_MEANINGS, Role, State
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.names import choose_agency
from followup_cli.questions.query import Filters, where
from followup_cli.store.progress import Standing
from followup_cli.store.relations import Subject
from followup_cli.table import Cell, Column, Kind, Page, Table

AHEAD = (State.DUE_SOON, State.OPEN, State.UPCOMING)
PASSED = (State.OVERDUE, State.UNREPORTED)
_LISTED = 3  # rows that a screen shows of a list in the overview
SILENCE = "Silence is not failure: `unreported` says that no status is known, not that nothing was done."
CONSENT = "As agreed: the body is outside the Government's chain of command and takes part by consent."
_PLAN_FIELDS = (
    "id",
    "title",
    "outcome",
    "deadline",
    "due",
    "lead",
    "as_agreed",
    "status",
    "status_date",
    "state",
)
_AGENCY_FIELDS = ("id", "title", "outcome", "deadline", "due", "status", "state", "days_left")


class Report(NamedTuple):
    """A page that can be asked for by name: what it is, how it is made, what it must be told.

    `make` takes the subject, the moment in words ("as of 2022-12-01") and the argument.
    """

    meaning: str
    make: Callable[[Subject, str, str], Page]
    argument: str | None = None


def plan(subject: Subject, moment: str, _: str = "") -> Page:
    """Make the status of the whole plan: counts, a table by section, what was reported with its evidence."""
    section = subject.register.section_by_id
    fields = [FIELDS[name] for name in _PLAN_FIELDS]
    columns = (Column("section"), Column("section_title"), *(field.column() for field in fields))
    rows = [
        (s.facts.section, section[s.facts.section].title, *(field.get(s) for field in fields))
        for s in subject.standings
    ]
    everything = Table("deliverables", "", columns, rows, group=("section", "section_title"))
    tables = (_states(subject.standings), everything, _reported(subject))
    return Page(
        f"{subject.register.plan.title} {moment}", tables, main="deliverables", closing=(SILENCE, CONSENT)
    )


def overview(subject: Subject, moment: str, _: str = "") -> Page:
    """Make the overview: counts by state and section, what is due, what passed its deadline."""
    standings, total = subject.standings, len(subject.standings)
    ahead = sorted((s for s in standings if s.state in AHEAD), key=lambda s: s.facts.due or s.as_of)
    passed = sorted((s for s in standings if s.state in PASSED), key=lambda s: s.days_left or 0, reverse=True)
    silent = [s for s in passed if s.state is State.UNREPORTED]
    late = [s for s in passed if s.state is State.OVERDUE]
    states = " ".join(f"--state {state}" for state in AHEAD)
    return Page(
        f"{subject.register.plan.title} {moment}",
        (
            _about(subject),
            replace(_states(subject.standings), on_screen=False),
            _sections(subject),
            _some(
                "due_next",
                f"Due next: {len(ahead)} of {total} deliverables lie ahead",
                ahead,
                f"followup list {states} --sort due",
            ),
            _some(
                "overdue",
                f"Passed, reported as not delivered: {len(late)} of {total}",
                late,
                "followup list --state overdue",
            ),
            _some(
                "unreported",
                f"Past due, no status reported: {len(silent)} of {total}{_noted(silent)}; silence is not failure",
                silent,
                "followup list --state unreported",
            ),
        ),
        main="sections",
    )


def agency(subject: Subject, moment: str, argument: str) -> Page:
    """Make one agency's page: what it leads, what it takes part in, what passed with no status reported."""
    known, total = subject.register, len(subject.standings)
    code = choose_agency(known.agency_names, argument)
    body = known.agency_by_code[code]
    by_role = {role: where(subject.standings, Filters(agencies=(code,), roles=(role,))) for role in Role}
    mine = where(subject.standings, Filters(agencies=(code,)))
    silent = [s for s in mine if s.state is State.UNREPORTED]
    activities = known.activities
    about = Table(
        "agency",
        "",
        (
            Column("code"),
            Column("name"),
            Column("aliases", Kind.LIST),
            Column("successors", Kind.LIST),
            Column("activities", Kind.NUMBER, f"activities, of {activities}"),
            Column("lead_activities", Kind.NUMBER, f"leads, of {activities}"),
            Column("as_agreed_activities", Kind.NUMBER, f"takes part as agreed, of {activities}"),
            Column("deliverables", Kind.NUMBER, f"deliverables, of {total}"),
        ),
        [
            (
                code,
                body.name,
                body.aliases,
                body.successors,
                _activities(mine),
                _activities(by_role[Role.LEAD]),
                _activities(by_role[Role.AS_AGREED]),
                len(mine),
            )
        ],
        record=True,
    )
    return Page(
        f"{body.name} ({code}) in the {known.plan.title} {moment}",
        (
            about,
            _states(mine),
            _carried("lead", f"Leads: {len(by_role[Role.LEAD])} of {total} deliverables", by_role[Role.LEAD]),
            _carried(
                "as_agreed",
                f"Takes part as agreed: {len(by_role[Role.AS_AGREED])} of {total} deliverables",
                by_role[Role.AS_AGREED],
            ),
            _carried(
                "unreported",
                f"Past due, no status reported: {len(silent)} of {len(mine)} deliverables{_noted(silent)}",
                sorted(silent, key=lambda s: s.days_left or 0),
            ),
        ),
        main="lead" if by_role[Role.LEAD] else "as_agreed",
        closing=(CONSENT, SILENCE),
    )


def moved(subject: Subject, moment: str, _: str = "") -> Page:
    """Make the report of the deadlines that acts have moved."""
    from followup_cli.questions.slippage import slippage  # which loads the models

    table = slippage(subject.dataset, subject.as_of)
    return Page(f"{subject.dataset.plan.title} {moment}", (table,), main="slippage")


REPORTS: dict[str, Report] = {
    "plan": Report("the whole plan, by section", plan),
    "overview": Report("counts by state and section, what is due, what passed its deadline", overview),
    "agency": Report("what one agency leads and takes part in, ready to send", agency, "AGENCY"),
    "slippage": Report("deadlines that acts have moved: from when to when, by which act", moved),
}


def report_named(name: str) -> Report:
    """Find a report by name.

    Raises:
        FollowupError: if there is no such report.
    """
    sought = name.strip().casefold()
    if sought in REPORTS:
        return REPORTS[sought]
    meant = nearest(sought, REPORTS)
    hint = f"did you mean `{meant}`?" if meant else f"the reports are {', '.join(REPORTS)}"
    raise FollowupError(f"there is no report `{name}`", hint)


def _reported(subject: Subject) -> Table:
    """List the updates known on the day, each with its evidence."""
    columns = (
        Column("id"),
        Column("date", Kind.DATE),
        Column("status"),
        Column("note"),
        Column("bears_on"),
        Column("publisher"),
        Column("url", Kind.LINK, "evidence"),
    )
    rows: list[tuple[Cell, ...]] = []
    for _, identifier, update in subject.updates():
        head = (identifier, update.date, update.status, update.note)
        rows += [(*head, e.bears_on, e.publisher, e.url) for e in update.evidence] or [
            (*head, None, None, None)
        ]
    return Table("updates", "What was reported", columns, rows, empty="nothing was reported by this day")


def _noted(silent: Sequence[Standing]) -> str:
    """Say for how many deliverables without a status a fact is on record all the same."""
    noted = sum(s.last_update is not None for s in silent)
    return f" (facts noted: {noted})" if noted else ""


def _activities(standings: Iterable[Standing]) -> int:
    return len({s.facts.activity for s in standings})


def _about(subject: Subject) -> Table:
    known = subject.register.plan
    columns = (
        Column("title"),
        Column("act"),
        Column("adopted", Kind.DATE),
        Column("as_of", Kind.DATE),
        Column("version", label="data version"),
        Column("at"),
    )
    row = (known.title, known.act, known.adopted, subject.as_of, subject.register.version, subject.revision)
    return Table("plan", "", columns, [row], record=True, on_screen=False)


def _states(standings: Sequence[Standing]) -> Table:
    total = len(standings)
    rows: list[tuple[Cell, ...]] = []
    for state in State:
        count = sum(s.state is state for s in standings)
        if count:
            rows.append((state.value, count, total, STATE_MEANINGS[state]))
    columns = (
        Column("state", Kind.STATE),
        Column("deliverables", Kind.NUMBER),
        Column("of", Kind.NUMBER),
        Column("meaning", keep=3),
    )
    return Table("states", "By state", columns, rows, empty="none")


def _sections(subject: Subject) -> Table:
    occurring = [state for state in State if any(s.state is state for s in subject.standings)]
    columns = (
        Column("section"),
        Column("title", keep=4),
        Column("states", Kind.BAR, "by state", keep=8),
        Column("deliverables", Kind.NUMBER, keep=7),
        Column("activities", Kind.NUMBER, keep=2),
        *(Column(s.value.replace("-", "_"), Kind.NUMBER, s.value, keep=1) for s in occurring),
    )
    rows: list[tuple[Cell, ...]] = []
    for section in subject.register.sections:
        mine = [s for s in subject.standings if s.facts.section == section.id]
        counts = {s.value: sum(x.state is s for x in mine) for s in State}
        each = (counts[s.value] for s in occurring)
        rows.append((section.id, section.title, tuple(counts.items()), len(mine), _activities(mine), *each))
    return Table("sections", "By section", columns, rows, clip=True)


def _some(name: str, title: str, standings: Sequence[Standing], more: str) -> Table:
    made = _carried(name, title, standings, ("id", "due", "title", "lead", "days_left"))
    shown = bool(standings) or name != "overdue"
    return Table(
        name,
        title,
        made.columns,
        made.rows,
        clip=True,
        shown=_LISTED,
        more=more,
        on_screen=shown,
        empty="none",
    )


def _carried(
    name: str, title: str, standings: Sequence[Standing], names: tuple[str, ...] = _AGENCY_FIELDS
) -> Table:
    fields = [FIELDS[each] for each in names]
    rows = [tuple(field.get(s) for field in fields) for s in standings]
    return Table(name, title, tuple(field.column() for field in fields), rows, empty="none", clip=True)
