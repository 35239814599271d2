"""A picture: a store that shows a plan as of a day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from followup_cli.choosing import fold, mentions, words
from followup_cli.glossary import Role, State
from followup_cli.questions.fields import sorting, sorting_in_ukrainian
from followup_cli.store import Store
from followup_cli.store.fields import Field
from followup_cli.store.kept_tables import SEPARATOR
from followup_cli.store.tables import RELATIONS
from followup_cli.table import Cell, Column, Kind, Phrase, Provenance

SOON = 30  # days
# Of what recurs without an end, the periods that have begun.
_HAPPENING = (
    "SELECT happening.* FROM happening, moment WHERE occurrence IS NULL OR NOT endless OR start <= as_of"
)
# Of several deliverables of an activity that have one title, what tells them apart.
_SHARING = """
SELECT d.id, d.outcome FROM moment AS m JOIN deliverable AS d ON d.since <= m.words AND m.words < d.until
JOIN (SELECT e.wording, e.title FROM moment AS n JOIN deliverable AS e ON e.since <= n.words AND n.words < e.until
  GROUP BY e.wording, e.title HAVING count(*) > 1) AS shared ON shared.wording = d.wording AND shared.title = d.title
WHERE d.outcome IS NOT NULL
"""


class About(NamedTuple):
    """What is said of the plan as a whole, and the edition of its data."""

    title: str
    act: str | None
    adopted: date | None
    timezone: str
    version: str
    id: str
    format: int
    language: str


def about(store: Store) -> About:
    """Read what a store says of its plan as a whole."""
    query = f"SELECT {', '.join(About._fields)} FROM about"  # noqa: S608 - our own names
    row = store.execute(query).fetchone()
    return About(*row)._replace(adopted=date.fromisoformat(row[2]) if row[2] else None)


@dataclass(frozen=True)
class Picture:
    """A plan as of a day, in its words of that day or as enacted; to make it turns the store to that day.

    `soon` is how many days before its due day a deliverable is due soon; `revision` names the git revision
    that the data was read at, if not the files as they are. `by_occurrence`, what recurs is looked at period
    by period; `versus` is the earlier day that all is compared with.
    """

    store: Store = field(repr=False, compare=False)
    as_of: date
    soon: int = SOON
    revision: str | None = None
    as_enacted: bool = False
    by_occurrence: bool = False
    versus: date | None = None

    def __post_init__(self) -> None:
        ukrainian = self.store.execute("SELECT 1 FROM about WHERE language LIKE 'uk%'").fetchone()
        order = sorting_in_ukrainian if ukrainian else sorting
        functions: dict[str, Callable[..., Any]] = {"mentions": _mentions, "names": _names, "sorting": order}
        for name, function in functions.items():
            self.store.create_function(name, function.__code__.co_argcount, function, deterministic=True)
        day = self.as_of.isoformat()
        soon = (self.as_of + timedelta(min(self.soon, (date.max - self.as_of).days))).isoformat()
        row = (day, "" if self.as_enacted else day, soon, self.as_enacted, self.revision)
        self.store.execute("DELETE FROM moment")
        self.store.execute("INSERT INTO moment VALUES (?, ?, ?, ?, ?)", row)

    def rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """Put a query to the store, as of the day."""
        return self.store.execute(query, tuple(values)).fetchall()

    def cells(
        self, fields: Sequence[Field], rest: str, values: Iterable[object] = ()
    ) -> list[tuple[Cell, ...]]:
        """Read fields from the store as the cells of a table; `rest` is the query from FROM on."""
        chosen = ", ".join(each.expression for each in fields)
        columns = zip(*self.rows(f"SELECT {chosen} {rest}", values), strict=True)
        readers = (_READERS.get(each.column.kind) for each in fields)
        # A column at a time: a plan may have 100,000 rows.
        read = [map(r.__getitem__, cells) if r else cells for r, cells in zip(readers, columns, strict=False)]
        return list(zip(*read, strict=True))

    def columns(self, fields: Iterable[Field]) -> tuple[Column, ...]:
        """Give the columns of fields; numbers of activities are numbers only where all of them are."""
        return tuple(self._column(each) for each in fields)

    def _column(self, field: Field) -> Column:
        column = field.column
        of_activity = column.reference == "activities" or field == RELATIONS["activities"].fields[0]
        if column.kind is Kind.NUMBER and of_activity and not self._numbered:
            column = column._replace(kind=Kind.TEXT)
        return column._replace(required=column.required or (field.once and self.about.format == 1))

    def known(self, fields: Iterable[Field]) -> tuple[Field, ...]:
        """Keep the fields that the plan's format has: those of a plan of format 1 stay what they were."""
        return tuple(field for field in fields if not field.new or self.about.format > 1)

    @cached_property
    def _numbered(self) -> bool:
        return not self.rows("SELECT 1 FROM activity WHERE typeof(id) = 'text' LIMIT 1")

    @cached_property
    def about(self) -> About:
        """What is said of the plan as a whole."""
        return about(self.store)

    @cached_property
    def sections(self) -> dict[str, str]:
        """The titles of the sections, by id."""
        return dict(self.rows("SELECT id, title FROM section ORDER BY position"))

    @cached_property
    def _outcomes(self) -> dict[str, str]:
        """The outcomes of the deliverables whose title another of their activity has too, by id."""
        return dict(self.rows(_SHARING))

    def name(self, identifier: str, title: str) -> str:
        """Name a deliverable, or an occurrence of one: by its title, and its outcome where others have that title."""
        outcomes = self._outcomes
        outcome = outcomes.get(identifier) or outcomes.get(identifier.partition("@")[0])
        return Phrase("{title}: {outcome}", title=title, outcome=outcome) if outcome else title

    @cached_property
    def second_texts(self) -> dict[str, dict[str, str]]:
        """The plan's words that have a text in another language, and the text, by the language's first subtag."""
        texts: dict[str, dict[str, str]] = {}
        for language, said, text in self.rows("SELECT language, words, text FROM second_text"):
            texts.setdefault(language.partition("-")[0], {})[said] = text
        return texts

    @cached_property
    def around(self) -> dict[str, str]:
        """The section that each section is a part of, where it is a part of one."""
        return dict(self.rows("SELECT id, within FROM section WHERE within IS NOT NULL"))

    def within(self, section: str) -> list[str]:
        """List a section and those that it is a part of, from the innermost."""
        chain = [section]
        while chain[-1] in self.around:
            chain.append(self.around[chain[-1]])
        return chain

    def section_title(self, section: object) -> str | None:
        """Give the title of a section, after those of the sections that it is a part of."""
        if section is None:
            return None
        return " / ".join(self.sections[each] for each in reversed(self.within(str(section))))

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The states that there can be: in a plan of format 1 every deadline has been read."""
        unread = self.about.format > 1 or self.rows("SELECT 1 FROM deliverable WHERE unread LIMIT 1")
        return tuple(state for state in State if state is not State.UNREAD or unread)

    @cached_property
    def agencies(self) -> dict[str, tuple[str, ...]]:
        """The names of the agencies, the official one first, by code."""
        rows = self.rows("SELECT code, name, aliases FROM agency ORDER BY position")
        return {code: (name, *_READERS[Kind.LIST][aliases]) for code, name, aliases in rows}

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles that agencies have in the plan."""
        there = {role for (role,) in self.rows("SELECT DISTINCT role FROM assignment")}
        return tuple(role for role in Role if role in there)

    @cached_property
    def recurs(self) -> bool:
        """Tell whether anything in the plan recurs."""
        return bool(self.rows("SELECT 1 FROM deliverable WHERE recurrence IS NOT NULL LIMIT 1"))

    @property
    def in_force(self) -> bool:
        """Tell whether the plan is adopted by the day; one that does not say when always is."""
        return self.about.adopted is None or self.about.adopted <= self.as_of

    @cached_property
    def total(self) -> int:
        """How many deliverables, or occurrences, are in force."""
        return int(self.rows(f"SELECT count(*) FROM {self.source}")[0][0])  # noqa: S608 - our own names

    @property
    def source(self) -> str:
        """Give what is asked about as a source of rows that is called `standing`."""
        return f"({_HAPPENING}) AS standing" if self.by_occurrence else "standing"

    @property
    def unit(self) -> str:
        """Give the word for what is asked about."""
        return "occurrences" if self.by_occurrence else "deliverables"

    @cached_property
    def activities(self) -> int:
        """How many activities are in force."""
        query = "SELECT count(*) FROM moment CROSS JOIN activity WHERE since <= words AND words < until"
        return int(self.rows(query)[0][0])

    @property
    def first(self) -> str:
        """The number of the plan's first activity."""
        return str(self.rows("SELECT id FROM activity ORDER BY position LIMIT 1")[0][0])

    @property
    def moment(self) -> Phrase:
        """Say from when the picture is: the day, and the revision of the data where one was named."""
        parts = [Phrase("as of {day}", day=self.as_of)]
        parts += [] if self.in_force else [Phrase("when the plan is not yet in force")]
        parts += [Phrase("as enacted")] if self.as_enacted else []
        parts += [Phrase("at {revision}", revision=self.revision)] if self.revision else []
        parts += [Phrase("versus {day}", day=self.versus)] if self.versus else []
        return Phrase.joined(", ", parts)

    @property
    def title(self) -> Phrase:
        """Entitle a page about the plan as a whole."""
        return Phrase("{plan} {moment}", plan=self.about.title, moment=self.moment)

    def provenance(self, selection: str = "", number: int | None = None) -> Provenance:
        """Say what an answer is of: a number of deliverables that are selected, or the plan as a whole."""
        about = self.about
        edition = (about.id, about.title, about.version, self.moment, self.revision)
        counts = (number, self.total, self.unit, self.versus)
        return Provenance(self.as_of, *edition, selection, *counts, about.language, self.second_texts)

    @property
    def scope(self) -> Phrase:
        """Say what a figure is about: the moment and the edition of the data."""
        return self.provenance().scope


class _Days(dict[str | None, Any]):
    """Reads days, each once; a month or a year stays the text that it is."""

    def __missing__(self, text: str) -> Cell:
        self[text] = day = date.fromisoformat(text) if len(text) == 10 else text
        return day


class _Items(dict[str | None, Any]):
    """Reads lists, each once."""

    def __missing__(self, text: str) -> tuple[str, ...]:
        self[text] = items = tuple(text.split(SEPARATOR)) if text else ()
        return items


_READERS: dict[Kind, dict[Any, Any]] = {
    Kind.DATE: _Days({None: None}),
    Kind.LIST: _Items({None: None}),
    Kind.FLAG: {None: None, 0: False, 1: True},
}


def read_cell(kind: Kind, value: Any) -> Cell:
    """Read a value of the store as the cell of a column."""
    cell: Cell = _READERS[kind][value] if kind in _READERS else value
    return cell


def _mentions(texts: str, sought: str) -> bool:
    """Tell whether one of some texts has the words that are sought."""
    return any(mentions(words(text), sought) for text in texts.split(SEPARATOR))


def _names(number: str, title: str, sought: str) -> bool:
    """Tell whether an activity is meant: by its printed number, or by words of its title."""
    if fold(number) == fold(sought) or (words(number) and words(number) == words(sought)):
        return True
    has_letters = any(letter.isalpha() for letter in sought)
    return has_letters and len(sought) > 3 and mentions(words(title), words(sought))
