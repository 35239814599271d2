"""Questions: keep some deliverables, sort them, choose fields, and make a Table of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from followup_cli.choosing import mentions, words
from followup_cli.glossary import Role, State, Status
from followup_cli.questions.fields import Field, field_named, sort_key
from followup_cli.store.progress import Standing
from followup_cli.store.register import Hint
from followup_cli.table import Table

K = TypeVar("K")
NONE = "none"  # `--status none`: never reported


class Filters(NamedTuple):
    """What to keep: values of one filter are alternatives, different filters must all hold.

    `outcomes` and `searches` are folded words; `due` is a window; `due_before` and `due_after` are strict.
    """

    sections: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    no_lead: bool = False
    statuses: tuple[Status | None, ...] = ()
    states: tuple[State, ...] = ()
    outcomes: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    due: tuple[tuple[date | None, date | None], ...] = ()
    due_before: date | None = None
    due_after: date | None = None


def where(standings: Iterable[Standing], filters: Filters) -> list[Standing]:
    """Keep the deliverables for which all filters hold, in their order."""
    return [standing for standing in standings if _holds(standing, filters)]


def _holds(standing: Standing, f: Filters) -> bool:
    facts = standing.facts
    return (
        (not f.sections or facts.section in f.sections)
        and (not (f.agencies or f.roles) or _takes_part(standing, f))
        and not (f.no_lead and facts.lead)
        and (not f.statuses or standing.status in f.statuses)
        and (not f.states or standing.state in f.states)
        and (not f.outcomes or any(mentions(words(facts.outcome), part) for part in f.outcomes))
        and (not f.searches or any(_mentions(standing, text) for text in f.searches))
        and _is_due(facts.due, f)
    )


def _takes_part(standing: Standing, f: Filters) -> bool:
    facts = standing.facts
    by_role = {Role.LEAD: facts.lead, Role.AS_AGREED: facts.as_agreed}
    named = [code for role in f.roles or tuple(Role) for code in by_role[role]]
    return any(code in named for code in f.agencies) if f.agencies else bool(named)


def _mentions(standing: Standing, text: str) -> bool:
    facts = standing.facts
    return any(
        mentions(words(each), text)
        for each in (facts.activity_title, *facts.points, facts.title, facts.outcome)
    )


def _is_due(due: date | None, f: Filters) -> bool:
    if not (f.due or f.due_before or f.due_after):
        return True
    if due is None:
        return False
    return (
        (
            not f.due
            or any((first is None or first <= due) and (last is None or due <= last) for first, last in f.due)
        )
        and (f.due_before is None or due < f.due_before)
        and (f.due_after is None or due > f.due_after)
    )


def hint(filters: Filters) -> Hint:
    """Tell what need not be looked at: what the filters on agencies and due dates leave out for certain."""
    one = filters.due[0] if len(filters.due) == 1 else (None, None)
    first = [day for day in (one[0], filters.due_after) if day]
    last = [day for day in (one[1], filters.due_before) if day]
    return Hint(filters.agencies, max(first, default=None), min(last, default=None))


def alone(standings: Sequence[Standing], filters: Filters) -> dict[str, int]:
    """Count what each filter that is set would keep if it were the only one; role goes with agency."""
    counts = {}
    for name, value in filters._asdict().items():
        if value and not (name == "roles" and filters.agencies):
            only = Filters(**{name: value, **({"roles": filters.roles} if name == "agencies" else {})})
            counts[_OPTIONS.get(name, "--" + name.replace("_", "-"))] = len(where(standings, only))
    return counts


_OPTIONS = {
    "sections": "--section",
    "agencies": "--agency",
    "roles": "--role",
    "statuses": "--status",
    "states": "--state",
    "outcomes": "--outcome",
    "searches": "--search",
}


def sort(standings: Iterable[Standing], keys: str) -> list[Standing]:
    """Sort by fields with commas between them; a `-` before a name descends; nothing comes last."""
    ordered = list(standings)
    for name in reversed([name.strip() for name in keys.split(",") if name.strip()]):
        descends, field = name.startswith("-"), field_named(name.removeprefix("-"))
        some = [s for s in ordered if field.get(s) not in (None, ())]
        none = [s for s in ordered if field.get(s) in (None, ())]
        some.sort(key=lambda s: sort_key(field.get(s)), reverse=descends)
        ordered = some + none
    return ordered


def table(standings: Sequence[Standing], fields: Sequence[Field], *, title: str = "Deliverables") -> Table:
    """Show fields of deliverables, one row each."""
    rows = [tuple(field.get(standing) for field in fields) for standing in standings]
    return Table("deliverables", title, tuple(field.column() for field in fields), rows)


def tally(standings: Iterable[Standing], key: Callable[[Standing], K]) -> dict[K, list[Standing]]:
    """Group deliverables by a key, in the order in which its values first come."""
    groups: dict[K, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(key(standing), []).append(standing)
    return groups
