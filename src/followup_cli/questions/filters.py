"""Which deliverables are asked about: what is selected becomes a condition on the view `standing`."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from followup_cli.choosing import sought
from followup_cli.glossary import EvidenceKind, Role, State, Status
from followup_cli.questions.names import Days
from followup_cli.questions.picture import Picture
from followup_cli.store.kept_tables import SEPARATOR
from followup_cli.table import Phrase

NONE = "none"  # `--status none`: no status is known


class Filters(NamedTuple):
    """What to keep: values of one filter are alternatives, different filters must all hold.

    `outcomes` and `searches` are words as `sought` reads them; `due` is a window; `due_before` and `due_after` are strict. Of
    `all_agencies` each must take part, of `no_agencies` none may. `stale` are days without anything known;
    `others` are headings of the plan's other columns with such words in them.
    """

    sections: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    no_lead: bool = False
    statuses: tuple[Status | None, ...] = ()
    states: tuple[State, ...] = ()
    outcomes: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    due: tuple[Days, ...] = ()
    due_before: date | None = None
    due_after: date | None = None
    has: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    all_agencies: tuple[str, ...] = ()
    no_agencies: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    stale: int | None = None
    amended: bool = False
    others: tuple[tuple[str, str], ...] = ()


class Where(NamedTuple):
    """A condition in SQL, with the values of its question marks."""

    sql: str = "TRUE"
    values: tuple[Any, ...] = ()


ALL = Where()
# Counts the activities of assignments: those of whole activities, and those of their single deliverables.
ACTIVITIES = (
    "count(*) FILTER (WHERE deliverable = 0) + count(DISTINCT CASE WHEN deliverable THEN wording END)"
)


def _within(column: str) -> Callable[[Sequence[str | None]], Where]:
    def condition(values: Sequence[str | None]) -> Where:
        some = [str(value) for value in values if value is not None]
        none = f" OR {column} IS NULL" if None in values else ""
        return Where(f"({column} IN ({_marks(some)}){none})", tuple(some))

    return condition


def _of_sections(sections: Sequence[str]) -> Where:
    """Keep what is in any of some sections, or in a section within one of them."""
    parts = (
        f"WITH RECURSIVE part(id) AS (SELECT id FROM section WHERE id IN ({_marks(sections)})"  # noqa: S608
        " UNION SELECT s.id FROM section AS s JOIN part ON s.within = part.id) SELECT id FROM part"
    )
    return Where(f"section IN ({parts})", tuple(sections))


def _carried(agencies: Sequence[str], roles: Sequence[Role]) -> Where:
    """Keep what any of some agencies, or any at all, takes part in, in any of some roles, or in any at all."""
    parts = [f"{name} IN ({_marks(some)})" for name, some in (("agency", agencies), ("role", roles)) if some]
    members = f"FROM assignment WHERE {' AND '.join(parts)}"
    values = (*agencies, *map(str, roles))
    whole = f"wording IN (SELECT wording {members} AND deliverable = 0)"
    own = f"(wording, standing.position) IN (SELECT wording, deliverable {members} AND deliverable > 0)"
    return Where(f"({whole} OR {own})", values * 2)


def _mentioned(*columns: str) -> Callable[[Sequence[str]], Where]:
    between = f" || char({ord(SEPARATOR)}) || "
    texts = between.join(f"coalesce({column}, '')" for column in columns)
    points = " UNION SELECT text FROM point WHERE point.wording = standing.wording" * ("points" in columns)
    texts += (
        f"{between}coalesce((SELECT group_concat(text, char({ord(SEPARATOR)})) FROM second_text"  # noqa: S608
        f" WHERE words IN (VALUES {', '.join(f'({column})' for column in columns)}{points})), '')"
    )

    def condition(searches: Sequence[str]) -> Where:
        each = Where(f"mentions({texts}, ?)")
        return _any([_all([Where(each.sql, (part,)) for part in sought(search)]) for search in searches])

    return condition


def _due(windows: Sequence[Days]) -> Where:
    """Keep what is due within any of some windows."""
    return _any([
        Where(
            "(due IS NOT NULL AND due >= ? AND due <= ?)",
            (first.isoformat() if first else "", last.isoformat() if last else "~"),
        )
        for first, last in windows
    ])  # fmt: skip


def _any(conditions: Sequence[Where]) -> Where:
    sql = " OR ".join(each.sql for each in conditions)
    return Where(f"({sql})", tuple(value for each in conditions for value in each.values))


def _all(conditions: Sequence[Where]) -> Where:
    sql = " AND ".join(each.sql for each in conditions)
    return Where(f"({sql})", tuple(value for each in conditions for value in each.values))


def _stale(days: int) -> Where:
    """Keep what nothing is known of from the last days: no update, with or without a status."""
    return Where(
        "NOT EXISTS (SELECT 1 FROM moment AS m JOIN entry AS u ON u.known <= m.as_of AND u.retracted IS NULL"
        " WHERE u.deliverable = standing.position AND u.known > date(m.as_of, ?)"
        " AND (standing.period IS NULL OR u.period = standing.period))",
        (f"-{days} days",),
    )


def _other(pairs: Sequence[tuple[str, str]]) -> Where:
    """Keep what has words in one of the plan's other columns, of its own or of its activity."""
    sql = (
        "EXISTS (SELECT 1 FROM other_text AS o WHERE o.wording = standing.wording"
        " AND coalesce(o.deliverable, 0) IN (0, standing.position) AND o.heading = ? AND mentions(o.text, ?))"
    )
    return _any([_all([Where(sql, (heading, part)) for part in sought(text)]) for heading, text in pairs])


def _backed(kinds: Sequence[EvidenceKind] = ()) -> Where:
    """Keep what has evidence by the day, of any of some kinds or of any at all; a period, what speaks of it."""
    of_kind = f" AND p.kind IN ({_marks(kinds)})" if kinds else ""
    sql = (
        "EXISTS (SELECT 1 FROM moment AS m JOIN entry AS u ON u.known <= m.as_of AND u.retracted IS NULL"  # noqa: S608
        " JOIN proof AS p ON p.entry = u.id WHERE u.deliverable = standing.position"
        f" AND (standing.period IS NULL OR u.period = standing.period){of_kind})"
    )
    return Where(sql, tuple(map(str, kinds)))


def _not(condition: Where) -> Where:
    return Where(f"NOT {condition.sql}", condition.values)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


# What may be on record of a deliverable: `--has`, and its contrary `--without`.
HAS: dict[str, Where] = {
    "updates": Where("updates > 0"),
    "evidence": _backed(),
    "status": Where("status IS NOT NULL"),
}


class Filter(NamedTuple):
    """A way to select: its option, and the condition that its values make."""

    option: str
    condition: Callable[[Any], Where]
    takes: bool = True  # a value


# The roles are those of the agencies, where agencies are named.
FILTERS: dict[str, Filter] = {
    "sections": Filter("--section", _of_sections),
    "agencies": Filter("--agency", lambda values: _carried(*values)),
    "roles": Filter("--role", lambda roles: _carried((), roles)),
    "no_lead": Filter("--no-lead", lambda _: Where("lead = ''"), takes=False),
    "statuses": Filter("--status", _within("status")),
    "states": Filter("--state", _within("state")),
    "outcomes": Filter("--outcome", _mentioned("outcome")),
    "searches": Filter("--search", _mentioned("activity_title", "points", "title", "outcome")),
    "due": Filter("--due", _due),
    "due_before": Filter("--due-before", lambda day: Where("due < ?", (day.isoformat(),))),
    "due_after": Filter("--due-after", lambda day: Where("due > ?", (day.isoformat(),))),
    "has": Filter("--has", lambda names: _any([HAS[name] for name in names])),
    "without": Filter("--without", lambda names: _any([_not(HAS[name]) for name in names])),
    "evidence_kinds": Filter("--evidence-kind", _backed),
    "all_agencies": Filter("--and-agency", lambda codes: _all([_carried((code,), ()) for code in codes])),
    "no_agencies": Filter("--not-agency", lambda codes: _not(_carried(codes, ()))),
    "first": Filter("--first", _within("first")),
    "stale": Filter("--stale", _stale),
    "amended": Filter(
        "--amended", lambda _: Where("id IN (SELECT deliverable FROM amendments)"), takes=False
    ),
    "others": Filter("--other", _other),
}


def conditions(filters: Filters) -> dict[str, Where]:
    """Give the condition of each filter that is set, by its option; with agencies, roles go with them."""
    values = filters._asdict()
    if filters.agencies:
        values |= {"agencies": (filters.agencies, filters.roles), "roles": ()}
    return {f.option: f.condition(values[name]) for name, f in FILTERS.items() if _given(values[name])}


def described(filters: Filters) -> Phrase:
    """Say what is selected, as "agency GPO or MJ, due 2024-01-01 to 2024-06-30"; nothing where all is."""
    parts = []
    for name, each in FILTERS.items():
        value = getattr(filters, name)
        if _given(value):
            values = value if isinstance(value, tuple) else () if value is True else (value,)
            option = each.option.removeprefix("--").replace("-", " ")
            between = Phrase("and" if name == "all_agencies" else "or")
            said = [part for value in values for part in (between, _word(value))][1:]
            parts.append(Phrase.joined(" ", (Phrase(option), *said)))
    return Phrase.joined(", ", parts)


def _given(value: object) -> bool:
    return value not in ((), None, False)


def _word(value: object) -> str:
    if isinstance(value, tuple):
        first, last = value
        if isinstance(first, str):  # a column, and words in it
            return f"{first}: {last}"
        window = Phrase("{start} to {end}", start=first or "…", end=last or "…")
        return window if first != last else Phrase("{day}", day=first)
    if isinstance(value, date):
        return Phrase("{day}", day=value)
    ours = value is None or isinstance(value, StrEnum) or value in HAS
    return Phrase(str(value or NONE)) if ours else str(value)


def where(filters: Filters) -> Where:
    """Give the condition under which all filters hold."""
    parts = conditions(filters).values()
    if not parts:
        return ALL
    return Where(" AND ".join(p.sql for p in parts), tuple(value for p in parts for value in p.values))


def selected(picture: Picture, condition: Where) -> tuple[int, int]:
    """Count the deliverables that are selected, and their activities."""
    if condition == ALL:
        return picture.total, picture.activities
    query = f"SELECT count(*), count(DISTINCT activity) FROM {picture.source} WHERE {condition.sql}"  # noqa: S608
    deliverables, activities = picture.rows(query, condition.values)[0]
    return deliverables, activities


def why_empty(picture: Picture, filters: Filters) -> str:
    """Say why nothing is selected: what each filter leaves when it stands alone, and in what language words are."""
    alone = [
        Filters()._replace(**{name: value}) for name, value in filters._asdict().items() if _given(value)
    ]
    counts = {option: condition for each in alone for option, condition in conditions(each).items()}
    parts = [f"{option} {selected(picture, condition)[0]}" for option, condition in counts.items()]
    reason = f" (alone: {', '.join(parts)})" if len(parts) > 1 else ""
    of = f" `{next(iter(counts))}`" if len(parts) == 1 else ""
    searched = filters.searches or filters.outcomes
    words = f"; the plan's words are in `{picture.about.language}`" if searched else ""
    return f"no {picture.unit.removesuffix('s')} matches{of}: 0 of {picture.total}{reason}{words} · {picture.scope}"
