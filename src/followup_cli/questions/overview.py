"""The overview, and the whole plan's status to publish: counts, what is due, what passed its deadline."""

from dataclasses import replace
from datetime import date

from followup_cli.glossary import (
    STATE_MEANINGS,
    ActivityField,
    BearsOn,
    DeliverableField,
    Role,
    State,
    Status,
)
from followup_cli.questions.counting import states_of_two_days
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.filters import ALL, Where
from followup_cli.questions.listing import fields_of, listing, named
from followup_cli.questions.picture import Picture, read_cell
from followup_cli.questions.versus import first_rows, learnt, moved
from followup_cli.store.tables import AHEAD
from followup_cli.table import Cell, Column, Kind, Page, Phrase, Table

SILENCE = Phrase(
    "Silence is not failure: `unreported` says that no status from after the due day is known here, not that nothing"
    " was done."
)
CONSENT = Phrase("As agreed: the body takes part by consent.")
_TELLING = (State.DELIVERED, State.OVERDUE, State.UNREPORTED)  # counts that stay longest on a screen
_LISTED = 3  # rows that a screen shows of a list in the overview
_BRIEF = ("id", "due", "title", "lead", "days_left")
NOTED = ("last_update", "last_note")  # what is on record of the silent all the same
_PLAN = (
    "id",
    "title",
    "outcome",
    "deadline",
    "due",
    "points",
    "lead",
    "partners",
    "as_agreed",
    "others",
    "status",
    "status_date",
    "state",
)
_WITHOUT_DAY = f"SELECT 1 FROM standing WHERE state = 'undated' AND {AHEAD} LIMIT 1"  # noqa: S608 - our own names
_AHEAD = "followup list --state due-soon --state open --state upcoming --sort due"
_SILENT = Where("state = 'unreported'")
_DONE = Where("state IN ('delivered', 'delivered-late')")
_SEE_DONE = "followup list --state delivered --state delivered-late"
_PROOF = """
SELECT u.deliverable, u.date, e.url FROM updates AS u JOIN evidence AS e ON e.update_id = u.id
WHERE u.status = 'delivered' AND u.retracted IS NULL AND e.bears_on = 'deliverable' ORDER BY u.id, e.id DESC
"""


def plan(picture: Picture) -> Page:
    """Make the status of the whole plan: counts, a table by section, what was reported with its evidence."""
    unstated = ("agencies",) if Role.UNSTATED in picture.roles else ()
    fields = picture.known(fields_of(picture, (*_PLAN, *NOTED, *unstated)))
    rows = picture.cells([FIELDS["section"], *fields], "FROM standing ORDER BY position")
    columns = (Column("section"), Column("section_title"), *picture.columns(fields))
    titled = [(row[0], picture.section_title(row[0]), *row[1:]) for row in rows]
    everything = Table("deliverables", "", columns, titled, group=("section", "section_title"))
    tables = (states(picture), everything, _amended(picture), _reported(picture))
    about = picture.provenance(number=picture.total)
    return Page(picture.title, tables, main="deliverables", closing=closing(picture), provenance=about)


def overview(picture: Picture) -> Page:
    """Make the overview: counts by state and section, what is due, what passed its deadline."""
    total = picture.total
    ahead, late, silent = (
        named(picture, listing(picture, fields_of(picture, names), condition, order))
        for names, condition, order in (
            (_BRIEF, Where(AHEAD), "due"),
            (_BRIEF, Where("state = 'overdue'"), "-due"),
            ((*_BRIEF, *NOTED), _SILENT, "-due"),
        )
    )
    two_days = _two_days(picture) if picture.versus else ()
    tables = (
        _about(picture),
        replace(states(picture), on_screen=False),
        *two_days,
        replace(_sections(picture), on_screen=not two_days),
        delivered(picture),
        _some(
            ahead,
            "due_next",
            Phrase("Due next: {number} of {n} deliverables lie ahead", number=len(ahead.rows), n=total),
            # What recurs without a day lies ahead too, and no state selects it alone.
            "" if picture.rows(_WITHOUT_DAY) else _AHEAD,
        ),
        _some(
            late,
            "overdue",
            Phrase(
                "Past due, reported since as not delivered: {number} of {n}", number=len(late.rows), n=total
            ),
            "followup list --state overdue",
        ),
        _some(
            silent,
            "unreported",
            Phrase("{what}; silence is not failure", what=past_due(picture, len(silent.rows), total, ALL)),
            "followup list --state unreported",
        ),
    )
    about = picture.provenance(number=total)
    return Page(picture.title, tables, main="compared" if picture.versus else "sections", provenance=about)


def closing(picture: Picture) -> tuple[str, ...]:
    """Say what words of a page mean, those that the plan has."""
    return (SILENCE, CONSENT) if Role.AS_AGREED in picture.roles else (SILENCE,)


def _two_days(picture: Picture) -> tuple[Table, ...]:
    """Give what is different from the earlier day: counts by state, what moved, what was learnt."""
    more = f"followup list --versus {picture.versus}"
    lists = (
        replace(moved(picture), clip=True, shown=_LISTED, more=f"{more} --moved"),
        replace(learnt(picture), clip=True, shown=_LISTED, more=more),
    )
    return (states_of_two_days(picture), *lists)


def states(picture: Picture, condition: Where = ALL) -> Table:
    """Count the deliverables that are selected by state."""
    query = f"SELECT state, count(*) FROM standing WHERE {condition.sql} GROUP BY state"  # noqa: S608
    counts = dict(picture.rows(query, condition.values))
    total = sum(counts.values())
    rows = [(s.value, counts[s], total, STATE_MEANINGS[s]) for s in State if s in counts]
    columns = (
        Column("state", Kind.STATE),
        Column("deliverables", Kind.NUMBER),
        Column("of", Kind.NUMBER),
        Column("meaning", keep=3, words=tuple(STATE_MEANINGS.values())),
    )
    return Table("states", "By state", columns, rows, empty="none")


def delivered(picture: Picture, most: int | None = None) -> Table:
    """List what is delivered, each with its evidence, the latest first; no more rows than `most`."""
    asked = fields_of(picture, ("id", "title", "outcome", "lead", "status_date"))
    listed = listing(picture, asked, _DONE, "-status_date")
    of_day: dict[tuple[str, str], str] = {}
    of_any: dict[str, str] = {}
    for id_, day, url in picture.rows(_PROOF):
        of_day[id_, day] = of_any[id_] = url
    rows: list[tuple[Cell, ...]] = []
    for id_, title, outcome, *who, day in listed.rows:
        name = Phrase("{title}: {outcome}", title=title, outcome=outcome) if outcome else title
        rows.append((id_, name, *who, day, of_day.get((str(id_), str(day)), of_any.get(str(id_)))))
    columns = (
        *(column for column in listed.columns if column.name not in ("outcome", "status_date")),
        Column("date", Kind.DATE, keep=7),
        Column("url", Kind.LINK, "evidence", keep=1),
    )
    title = Phrase("Delivered: {number} of {n}", number=len(rows), n=picture.total)
    table = replace(listed, columns=columns, rows=rows[:most], on_screen=bool(rows))
    return _some(table, "delivered", first_rows(title, rows, most, "date"), _SEE_DONE)


def past_due(
    picture: Picture, number: int, total: int, condition: Where, since: date | None = None
) -> Phrase:
    """Say of how many the day has passed with no status known since, and for how many of these there are facts.

    Args:
        picture: the plan as of a day.
        number: how many they are.
        total: of how many.
        condition: what selects them among the unreported.
        since: the day from which theirs are counted.
    """
    query = f"SELECT count(last_update) FROM standing WHERE {_SILENT.sql} AND {condition.sql}"  # noqa: S608
    facts = picture.rows(query, condition.values)[0][0]
    said = (
        Phrase(
            "Past due since {day}, no status known since the due day: {number} of {n}",
            day=since,
            number=number,
            n=total,
        )
        if since
        else Phrase("Past due, no status known since: {number} of {n}", number=number, n=total)
    )
    return Phrase("{what} ({n} with facts)", what=said, n=facts) if facts else said


def _reported(picture: Picture) -> Table:
    """List the updates known on the day, each with its evidence."""
    columns = (
        Column("id"),
        Column("date", Kind.DATE),
        Column("status", words=tuple(Status)),
        Column("reported_as", keep=2),
        Column("note"),
        Column("retracted", Kind.DATE, keep=2),
        Column("retraction", keep=2),
        Column("bears_on", words=tuple(BearsOn)),
        Column("publisher"),
        Column("title", label="page"),
        Column("url", Kind.LINK, "evidence"),
    )
    query = (
        "SELECT u.deliverable, u.date, u.status, u.reported_as, u.note, u.retracted, u.retraction,"
        " e.bears_on, e.publisher, e.title, e.url"
        " FROM updates AS u LEFT JOIN evidence AS e ON e.update_id = u.id ORDER BY u.id, e.id"
    )
    kinds = [column.kind for column in columns]
    rows = [tuple(map(read_cell, kinds, row)) for row in picture.rows(query)]
    return _without_empty(
        Table("updates", "What was reported", columns, rows, empty="nothing was reported by this day"),
        ("reported_as", "retracted", "retraction"),
    )


def _amended(picture: Picture) -> Table:
    """List what acts have changed by the day: the words until then, and from then on."""
    names = ("deliverable", "date", "field", "was", "now", "act", "url")
    kinds = {"date": Kind.DATE, "url": Kind.LINK}
    words = {"field": tuple({*ActivityField, *DeliverableField})}
    columns = tuple(
        Column("id" if n == "deliverable" else n, kinds.get(n, Kind.TEXT), words=words.get(n, ()))
        for n in names
    )
    rows = [
        tuple(map(read_cell, (column.kind for column in columns), row))
        for row in picture.rows(f"SELECT {', '.join(names)} FROM amendments ORDER BY id")  # noqa: S608
    ]
    title = "What acts have changed"
    return Table(
        "amendments", title, columns, rows, empty="no act that changes anything is recorded here by this day"
    )


def _without_empty(table: Table, names: tuple[str, ...]) -> Table:
    """Leave out those of some columns in which there is nothing."""
    kept = [
        i
        for i, column in enumerate(table.columns)
        if column.name not in names or any(row[i] is not None for row in table.rows)
    ]
    columns = tuple(table.columns[i] for i in kept)
    return replace(table, columns=columns, rows=[tuple(row[i] for i in kept) for row in table.rows])


def _about(picture: Picture) -> Table:
    about = picture.about
    columns = (
        Column("title"),
        Column("act"),
        Column("adopted", Kind.DATE),
        Column("as_of", Kind.DATE),
        Column("version", label="data version"),
        Column("at"),
    )
    row = (about.title, about.act, about.adopted, picture.as_of, about.version, picture.revision)
    return Table("plan", "", columns, [row], record=True, on_screen=False)


def _sections(picture: Picture) -> Table:
    """Count by section; one counts what is in the sections within it, too."""
    counts: dict[str, dict[str, int]] = {section: {} for section in picture.sections}
    activities = dict.fromkeys(picture.sections, 0)
    query = "SELECT section, state, count(*) FROM standing WHERE section IS NOT NULL GROUP BY 1, 2"
    for innermost, state, number in picture.rows(query):
        for section in picture.within(innermost):
            counts[section][state] = counts[section].get(state, 0) + number
    query = "SELECT section, count(DISTINCT activity) FROM standing WHERE section IS NOT NULL GROUP BY 1"
    for innermost, number in picture.rows(query):
        for section in picture.within(innermost):
            activities[section] += number
    occurring = [state.value for state in State if any(state in each for each in counts.values())]
    columns = (
        Column("section"),
        Column("title", keep=4),
        Column("states", Kind.BAR, "by state", keep=8, overlaps=bool(picture.around)),
        Column("deliverables", Kind.NUMBER, keep=7),
        Column("activities", Kind.NUMBER, keep=2),
        *(Column(s.replace("-", "_"), Kind.NUMBER, s, keep=3 if s in _TELLING else 1) for s in occurring),
    )
    rows: list[tuple[Cell, ...]] = []
    for section, title in picture.sections.items():
        of = {state.value: counts[section].get(state, 0) for state in picture.states}
        numbers = (sum(of.values()), activities[section], *(of[state] for state in occurring))
        rows.append((section, title, tuple(of.items()), *numbers))
    return Table("sections", "By section", columns, rows, clip=True, empty="the plan has no sections")


def _some(table: Table, name: str, title: Phrase, more: str) -> Table:
    """Make a list of which a screen shows the first rows, and says how to see the rest."""
    return replace(table, name=name, title=title, clip=True, shown=_LISTED, more=more, empty="none")
