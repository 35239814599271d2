"""The tables and views that `sql`, exports and the reference show, with their meanings.

What people see are RELATIONS and USUAL_VIEWS: views of the one day of `moment`, whose lists are JSON arrays.
"""

import sqlite3
from typing import NamedTuple

from followup_cli.glossary import BearsOn, EvidenceKind, Role, State, Status
from followup_cli.store.fields import ALWAYS, FIELDS, KEY, NEW, ONCE, D, F, Field, G, L, N, S, T
from followup_cli.store.standing import RANK
from followup_cli.table import Cell, Column, Kind, Table


class Relation(NamedTuple):
    """A table of the whole plan on a day: what it lists, its columns, where its rows come from, in which order.

    `of` is what a deliverable, as `standing` has it, must fulfil for a row to belong to it.
    """

    name: str
    meaning: str
    fields: tuple[Field, ...]
    source: str
    order: str
    of: str = ""
    new: bool = False

    def view(self) -> str:
        """Write the statement that makes the view."""
        columns = ",\n  ".join(field.shown for field in self.fields)
        return f"CREATE VIEW {self.name} AS SELECT {columns}\nFROM {self.source}"

    @property
    def key(self) -> tuple[str, ...]:
        """Name the columns that tell rows apart."""
        return tuple(field.name for field in self.fields if field.column.key)


class Usual(NamedTuple):
    """A usual question: its name, what it answers, its columns, the query."""

    name: str
    meaning: str
    columns: tuple[str, ...]
    query: str

    def view(self) -> str:
        """Write the statement that makes the view, with its documentation."""
        return f"CREATE VIEW {self.name} AS  -- {self.meaning}\n{self.query}"


# fmt: off
RELATIONS: dict[str, Relation] = {relation.name: relation for relation in (
    Relation(
        "plan", "The plan, in one row, and the day and edition that all else is told of",
        (
            F("id", T, "short name of the dataset", **KEY),
            F("title", T, "title of the plan", **ALWAYS),
            F("act", T, "act that adopted it", **ONCE),
            F("adopted", D, "day of adoption; relative deadlines count from it", **ONCE),
            F("country", T, "ISO 3166 code"),
            F("language", T, "language of the deadlines", **ALWAYS),
            F("timezone", T, "where `today` is", **ALWAYS),
            F("pursuant_to", L, "acts that the plan follows from, with their dates"),
            F("source_publisher", T, "who published the text"),
            F("source_url", T, "address of the text"),
            F("source_published", D, "day the text was published"),
            F("licence", T, "licence of what the dataset adds to the plan's words"),
            F("version", T, "edition of the dataset", **ALWAYS),
            F("as_of", D, "day everything is judged as of", **ALWAYS),
            F("as_enacted", G, "true if the words are those first adopted", **ALWAYS),
            F("revision", T, "git revision the dataset was read at, if one was asked for"),
        ),
        "moment CROSS JOIN about", "1",
    ),
    Relation(
        "sections", "The numbered parts of the plan",
        (
            F("id", T, "number of the section in the plan", **KEY),
            F("position", N, "place in the plan, from 1", **ALWAYS),
            F("title", T, "heading, in the plan's words", **ALWAYS),
            F("within", T, "id of the section that it is a part of", reference="sections", **NEW),
        ),
        "section", "position",
    ),
    Relation(
        "agencies", "The bodies that the plan names",
        (
            F("code", T, "abbreviation", **KEY),
            F("position", N, "place in the list of agencies, from 1", **ALWAYS),
            F("name", T, "name, in the plan's words", **ALWAYS),
            F("aliases", L, "other spellings that mean the same body"),
            F("listed", G, "true if the abbreviation is the plan's, false if it is ours", **ALWAYS),
            F("successors", L, "who answers for it today"),
        ),
        "agency", "position",
    ),
    Relation(
        "successors", "Bodies that took over from one that was split, merged or renamed",
        (
            F("agency", T, "code of the body that the plan names", reference="agencies", **KEY),
            F("number", N, "place in the list, from 1", **KEY),
            F("name", T, "name of the successor", **ALWAYS),
            F("since", T, "from when: a day, a month or a year"),
            F("url", T, "address of the page that says so"),
        ),
        "successor", "rowid",
    ),
    Relation(
        "activities", "The numbered commitments of the plan",
        (
            F("id", N, "number of the activity in the plan", **KEY),
            F("position", N, "place in the plan, from 1", **ALWAYS),
            F("number", T, "number as the plan prints it; it may repeat", **ALWAYS, **NEW),
            F("section", T, "section it stands in", reference="sections", **ONCE),
            F("title", T, "what is to be done, in the plan's words", **ALWAYS),
            F("points", L, "points listed under the title"),
            F("others", T, "an open group at the end of the list of bodies, in the plan's words"),
            F("state", S, "state of its least advanced deliverable; none if none is in force",
              f"(SELECT s.state FROM standing AS s WHERE s.activity = w.id ORDER BY {RANK.format('s.state')} LIMIT 1)", words=tuple(State)),  # noqa: S608 - our own names
        ),
        "moment AS m CROSS JOIN activity AS w ON w.since <= m.words AND m.words < w.until", "position",
        "id IN (SELECT activity FROM standing WHERE {})",
    ),
    Relation(
        "assignments", "Which bodies an activity names, in the plan's order, and how they take part",
        (
            F("activity", N, "number of the activity", "w.id", reference="activities", **KEY),
            F("agency", T, "code of the body", reference="agencies", **ALWAYS),
            F("deliverable", T, "id of the deliverable that it is for; none where it is for the whole activity",
              "(SELECT id FROM deliverable AS d WHERE d.wording = a.wording AND d.position = a.deliverable)", **NEW),
            F("role", T, "lead, partner, as-agreed (takes part by consent), or unstated", words=tuple(Role), **ALWAYS),
            F("mark", T, "mark that the plan writes behind it", **NEW),
            F("position", N, "place in the activity's list, from 1", "a.position", **KEY),
        ),
        "moment AS m CROSS JOIN activity AS w ON w.since <= m.words AND m.words < w.until"
        " JOIN assignment AS a ON a.wording = w.wording", "w.position, a.position",
        "w.id IN (SELECT activity FROM standing WHERE {})",
    ),
    Relation(
        "deliverables", "One row per outcome of an activity, with its deadline and where it stands as of the date",
        tuple(FIELDS.values()), "standing", "position", "{}",
    ),
    Relation(
        "other", "The plan's other columns",
        (
            F("activity", N, "number of the activity", "w.id", reference="activities", **ALWAYS),
            F("deliverable", T, "id of the deliverable, where it is the deliverable's own",
              "(SELECT id FROM deliverable AS d WHERE d.wording = o.wording AND d.position = o.deliverable)"),
            F("heading", T, "heading of the column, in the plan's words", **ALWAYS),
            F("text", T, "what stands there, in the plan's words", "o.text", **ALWAYS),
        ),
        "moment AS m CROSS JOIN activity AS w ON w.since <= m.words AND m.words < w.until"
        " JOIN other_text AS o ON o.wording = w.wording", "o.rowid",
        "w.id IN (SELECT activity FROM standing WHERE {})", new=True,
    ),
    Relation(
        "second_texts", "The plan's words in other languages",
        (
            F("language", T, "tag of the language", **KEY),
            F("words", T, "the plan's own words", **KEY),
            F("text", T, "the same in the language", **ALWAYS),
        ),
        "second_text", "language, words", new=True,
    ),
    Relation(
        "occurrences", "One row per period of a deliverable that recurs, of ten years where it has no end, with where it stands",
        (
            F("id", T, "id of the deliverable, `@` and the period", **KEY),
            F("deliverable", T, "id of the deliverable", "substr(id, 1, instr(id, '@') - 1)", reference="deliverables", **ALWAYS),
            F("period", T, "a year, half-year, quarter, month or week, or the day it is due", "occurrence", **ALWAYS),
            *(FIELDS[name] for name in ("start", "due", "status", "status_date", "state", "days_left")),
        ),
        "(SELECT * FROM happening WHERE occurrence IS NOT NULL)", "position, due",
        "position IN (SELECT position FROM standing WHERE {})",
    ),
    Relation(
        "updates", "What was reported of a deliverable up to the date, oldest first",
        (
            F("id", N, "number of the update here", "u.id", **KEY),
            F("deliverable", T, "id of the deliverable", "d.id", reference="deliverables", **ALWAYS),
            F("date", D, "day the fact held", **ALWAYS),
            F("status", T, "what is reported; none if it only notes a fact", words=tuple(Status)),
            F("reported_as", T, "the report's own word for it", **NEW),
            F("note", T, "the fact, in a sentence"),
            F("period", T, "period of what recurs that it speaks of", **NEW),
            F("retracted", D, "day the entry was retracted; it is not counted", **NEW),
            F("retraction", T, "what was wrong with it", **NEW),
        ),
        "moment AS m CROSS JOIN entry AS u ON u.known <= m.as_of JOIN deliverable AS d"
        " ON d.position = u.deliverable AND d.since <= m.words AND m.words < d.until", "u.id",
        "d.id IN (SELECT id FROM standing WHERE {})",
    ),
    Relation(
        "evidence", "What backs the updates",
        (
            F("id", N, "number of the piece of evidence here", "p.id", **KEY),
            F("update_id", N, "id of the update", "entry", reference="updates", **ALWAYS),
            F("deliverable", T, "id of the deliverable", "u.deliverable", reference="deliverables", **ALWAYS),
            F("url", T, "address of the page", **ALWAYS),
            F("publisher", T, "who published it", **ALWAYS),
            F("kind", T, "what sort of source it is", words=tuple(EvidenceKind), **ALWAYS),
            F("bears_on", T, "what it shows", words=tuple(BearsOn), **ALWAYS),
            F("title", T, "title of the page"),
            F("act", T, "number of the act"),
            F("published", D, "day it was published"),
            F("accessed", D, "day it was read"),
            F("quote", T, "the words that matter"),
            F("archive", T, "address of an archived copy"),
            F("retracted", D, "day its update was retracted; it is not counted", "u.retracted", **NEW),
        ),
        "proof AS p JOIN updates AS u ON u.id = p.entry", "p.id",
        "u.deliverable IN (SELECT id FROM standing WHERE {})",
    ),
    Relation(
        "amendments", "What later acts have changed of a deliverable, or of its activity, up to the date",
        (
            F("id", N, "number of the amendment here", "row_number() OVER (ORDER BY d.position, a.since, a.rowid)", **KEY),
            F("deliverable", T, "id of the deliverable, also of one that was repealed", "d.id", **ALWAYS),
            F("date", D, "first day on which the new words are in force; none where it is not known", "a.date", **ONCE),
            F("field", T, "what changed; added or repealed where it was put in or taken out", **ALWAYS),
            F("was", T, "the words until then"),
            F("now", T, "the words from then on"),
            F("act", T, "the act that changed them", **ONCE),
            F("url", T, "address of the act", **ONCE),
            F("was_due", D, "last day of the window read from the words until then, where a deadline changed"),
        ),
        "moment AS m CROSS JOIN amendment AS a ON a.since <= m.words"
        " JOIN (SELECT DISTINCT position, id, activity FROM deliverable) AS d"
        " ON d.position = a.deliverable OR a.deliverable IS NULL AND d.activity = a.owner", "d.position, a.since, a.rowid",
        "d.activity IN (SELECT activity FROM standing WHERE {})",
    ),
    Relation(
        "repealed", "Deliverables that an act has taken out of the plan by the date, in their last words",
        (
            F("id", T, "number of the activity and of the deliverable in it", **KEY),
            F("section", T, "section it stood in", reference="sections", **ONCE),
            F("title", T, "what was to be done, in the plan's words", **ALWAYS),
            F("outcome", T, "what had to be produced, in the plan's words", **ONCE),
            F("deadline", T, "when, in the plan's words", **ONCE),
            F("start", D, "first day of the window read from the deadline"),
            F("due", D, "last day of the window read from the deadline"),
            F("recurrence", T, "how it recurred, as an iCalendar rule"),
        ),
        "moment AS m CROSS JOIN deliverable AS d ON d.until <= m.words AND d.until ="
        " (SELECT max(until) FROM deliverable AS e WHERE e.position = d.position AND e.since <= m.words)", "position",
        "d.activity IN (SELECT activity FROM standing WHERE {})",
    ),
)}
# fmt: on

_COUNTED = """  count(DISTINCT d.activity) AS activities, count(*) AS deliverables,
  sum(d.state IN ('delivered', 'delivered-late')) AS delivered,
  sum(d.state = 'overdue') AS overdue, sum(d.state = 'unreported') AS unreported"""
_COUNTS = ("activities", "deliverables", "delivered", "overdue", "unreported")
_BRIEF = ("id", "section", "title", "outcome", "due", "days_left", "lead", "as_agreed", "state")
_LISTED = f"SELECT {', '.join(_BRIEF)}\nFROM deliverables WHERE"
# What lies ahead; what recurs without a day to end on always does.
AHEAD = "(state IN ('due-soon', 'open', 'upcoming') OR (state = 'undated' AND recurrence IS NOT NULL))"
USUAL_VIEWS = (
    Usual(
        "carried",
        "a deliverable of an agency, with its role",
        ("agency", "name", "role", "position", *_BRIEF),
        "SELECT s.agency, a.name, s.role, s.position, "
        + ", ".join(f"d.{name}" for name in _BRIEF)
        + "\nFROM assignments s JOIN agencies a ON a.code = s.agency"
        " JOIN deliverables d ON d.activity = s.activity AND coalesce(s.deliverable, d.id) = d.id",
    ),
    Usual(
        "by_agency",
        "what each agency carries, by state",
        ("agency", "name", "lead_activities", "as_agreed_activities", *_COUNTS),
        "SELECT a.code AS agency, a.name,\n"
        "  count(DISTINCT s.activity) FILTER (WHERE s.role = 'lead') AS lead_activities,\n"
        "  count(DISTINCT s.activity) FILTER (WHERE s.role = 'as-agreed') AS as_agreed_activities,\n"
        + _COUNTED
        + "\nFROM agencies a JOIN assignments s ON s.agency = a.code"
        " JOIN deliverables d ON d.activity = s.activity AND coalesce(s.deliverable, d.id) = d.id\nGROUP BY a.code ORDER BY a.position",
    ),
    Usual(
        "by_section",
        "each section, by state",
        ("section", "title", *_COUNTS),
        "SELECT c.id AS section, c.title,\n"
        + _COUNTED
        + "\nFROM sections c JOIN deliverables d ON d.section = c.id\nGROUP BY c.id ORDER BY c.position",
    ),
    Usual(
        "unreported",
        "deadline passed, and no status from after it is known here; the latest first",
        _BRIEF,
        f"{_LISTED} state = 'unreported' ORDER BY due DESC, position",
    ),
    Usual(
        "overdue",
        "deadline passed, and a status from after it says not delivered; the latest first",
        _BRIEF,
        f"{_LISTED} state = 'overdue' ORDER BY due DESC, position",
    ),
    Usual(
        "ahead",
        "due on the day or later and not delivered, or again and again without end; the next first",
        _BRIEF,
        f"{_LISTED} {AHEAD} ORDER BY due IS NULL, due, position",
    ),
)
SEARCH = "search"
_SEARCHED = ("title", "activity_title", "points", "outcome", "notes")
_SEARCH_MEANING = (
    "full-text search: SELECT id FROM search WHERE search MATCH 'torture'; a word with a hyphen stands in"
    " double quotes: MATCH '\"draft-law\"' (FTS5; needs an SQLite that has it)"
)


def add_search(connection: sqlite3.Connection) -> None:
    """Add the table of the full-text search, where this SQLite can search full text."""
    if not connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
        return
    connection.execute(
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5"
        f"(id UNINDEXED, {', '.join(_SEARCHED)}, tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute(
        f"INSERT INTO {SEARCH} SELECT id, title, activity_title, points, outcome,"  # noqa: S608 - our own names
        " (SELECT group_concat(note, '; ') FROM updates u WHERE u.deliverable = d.id AND note IS NOT NULL)"
        " FROM deliverables d"
    )


def schema() -> Table:
    """List the tables and views, each followed by its columns."""
    rows: list[tuple[Cell, ...]] = []
    for relation in RELATIONS.values():
        rows.append((relation.name, None, "table", relation.meaning))
        rows += [(relation.name, f.name, _plain_type(relation, f), f.column.meaning) for f in relation.fields]
    for view in USUAL_VIEWS:
        rows.append((view.name, None, "view", f"{view.meaning}: {', '.join(view.columns)}"))
    rows.append((SEARCH, None, "search", f"{_SEARCH_MEANING}; columns: id, {', '.join(_SEARCHED)}"))
    columns = (Column("table"), Column("column"), Column("type", keep=3), Column("meaning"))
    return Table("schema", "Tables and columns of followup sql", columns, rows)


def names() -> dict[str, tuple[str, ...]]:
    """Give the columns of every table and view."""
    columns = {name: tuple(field.name for field in relation.fields) for name, relation in RELATIONS.items()}
    return {**columns, **{view.name: view.columns for view in USUAL_VIEWS}, SEARCH: ("id", *_SEARCHED)}


def _plain_type(relation: Relation, field: Field) -> str:
    if field.column.kind is Kind.LIST:
        return "JSON array"
    kind = "integer" if field.column.kind in (Kind.NUMBER, Kind.FLAG) else "text"
    if relation.key == (field.name,):
        return f"{kind}, key"
    return f"{kind}, of {field.column.reference}" if field.column.reference else kind
