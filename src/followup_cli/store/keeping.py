"""Keep the register of a dataset between runs, so that a question need not read the dataset again.

One SQLite file per data folder, outside it. It is used only if it was made from the same bytes by the same
version of the program; any doubt is a miss, and a miss costs no more than the time. `validate` never looks
at it.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import date
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

try:  # hashlib loads OpenSSL first, which takes longer than all else here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

from followup_cli import __version__
from followup_cli.files import UnreadableError, read_data
from followup_cli.glossary import Status
from followup_cli.store.register import AgencyFacts, Facts, Hint, PlanFacts, Register, SectionFacts, Tally

_FORMAT = 1
_LIST = "\n"  # between the items of a list: no text of a dataset's lists has a line end
_DELIVERABLE = ", ".join(Facts._fields)
_TABLES = f"""
create table about (key text, version text, title text, act text, adopted text, timezone text,
                    activities integer, deliverables integer);
create table section (id text, title text);
create table agency (code text, name text, aliases text, successors text);
create table deliverable (number integer primary key, {_DELIVERABLE});
create table assignment (agency text, number integer, begins integer, primary key (agency, number)) without rowid;
"""
# Columns of one text each, which `count` may go by.
_COUNTED = (
    "section",
    "title",
    "activity_title",
    "outcome",
    "deadline",
    "kind",
    "rule",
    "recurrence",
    "others",
)
_INDEX = "create index deliverable_due on deliverable (due)"


def key_of(*files: Path) -> str | None:
    """Tell datasets apart by their bytes, and programs by their version; None if a file cannot be read."""
    digest = blake2b(f"{_FORMAT} {__version__}".encode(), digest_size=32)
    try:
        for file in files:
            digest.update(read_data(file))
            digest.update(b"\0")  # which no text of a dataset has
    except UnreadableError:
        return None
    return digest.hexdigest()


def file_of(folder: Path, data: Path) -> Path:
    """Give the file in the cache's folder that belongs to a data folder."""
    name = blake2b(os.fsencode(os.path.realpath(data)), digest_size=16).hexdigest()
    return folder / f"{name}.sqlite"


def recall(file: Path, key: str, otherwise: Callable[[], Register]) -> Register | None:
    """Read the register that was kept for the same bytes; None if there is none, or any doubt.

    Facts are read when they are asked for: if that fails, `otherwise` makes the register anew.
    """
    try:
        if not file.is_file():
            return None
        uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        (about,) = connection.execute("select * from about").fetchall()
        if about[0] != key:
            connection.close()
            return None
        items = _Items()
        _, version, title, act, adopted, timezone, activities, deliverables = about
        (counted,) = connection.execute("select max(number) from deliverable").fetchone()
        if counted != deliverables:
            return None
        return Register(
            version,
            PlanFacts(title, act, date.fromisoformat(adopted), timezone),
            tuple(SectionFacts(*row) for row in connection.execute("select * from section")),
            tuple(
                AgencyFacts(code, name, items[aliases], items[successors])
                for code, name, aliases, successors in connection.execute("select * from agency")
            ),
            activities,
            deliverables,
            lambda hint: otherwise().read(hint) if (facts := _read(connection, hint)) is None else facts,
            lambda name: _tally(connection, name),
        )
    except (sqlite3.Error, OSError, ValueError, TypeError):
        return None


def _read(connection: sqlite3.Connection, hint: Hint) -> tuple[Facts, ...] | None:
    """Read the facts that a hint does not leave out; None if they cannot be read."""
    try:
        return tuple(_facts(connection, hint))
    except (sqlite3.Error, ValueError, TypeError, AttributeError):
        return None


def _tally(connection: sqlite3.Connection, name: str) -> list[Tally] | None:
    """Count all deliverables by what a column holds, or by agency."""
    if name == "agency":
        query = "select agency, count(*), sum(begins) from assignment group by 1 order by min(number)"
    elif name in _COUNTED:
        columns = f"{name}, count(*), count(distinct activity)"
        query = f"select {columns} from deliverable group by 1 order by min(number)"  # noqa: S608 - our own names
    else:
        return None
    try:
        return [Tally(*row) for row in connection.execute(query)]
    except sqlite3.Error:
        return None


def _facts(connection: sqlite3.Connection, hint: Hint) -> Iterator[Facts]:
    conditions: list[str] = []
    values: list[str] = []
    if hint.agencies:
        codes = ", ".join("?" * len(hint.agencies))
        conditions.append(f"number in (select number from assignment where agency in ({codes}))")  # noqa: S608
        values += hint.agencies
    for condition, day in (("due >= ?", hint.due_from), ("due <= ?", hint.due_to)):
        if day is not None:
            conditions.append(condition)
            values.append(day.isoformat())
    only = f" where {' and '.join(conditions)}" if conditions else ""
    query = f"select {_DELIVERABLE} from deliverable{only} order by number"  # noqa: S608 - our own names
    days, items = _Days(), _Items()
    for row in connection.execute(query, values):
        id_, activity, section, title, activity_title, points, outcome, deadline, start, due, *more = row
        kind, rule, recurrence, opens, agencies, lead, as_agreed, others, reports, evidence = more
        yield Facts(
            id_,
            activity,
            section,
            title,
            activity_title,
            items[points],
            outcome,
            deadline,
            days[start],
            days[due],
            kind,
            rule,
            recurrence,
            days[opens],
            items[agencies],
            items[lead],
            items[as_agreed],
            others,
            tuple(_report(line) for line in reports.split(_LIST)) if reports else (),
            evidence,
        )


def remember(file: Path, key: str, register: Register) -> None:
    """Keep a register for the next run; where it cannot be written, nothing is lost."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(temporary)) as connection:
            _write(connection, key, register)
        temporary.replace(file)
    except (sqlite3.Error, OSError):
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(connection: sqlite3.Connection, key: str, register: Register) -> None:
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma synchronous = off")
    connection.executescript(_TABLES)
    plan, facts = register.plan, register.facts
    about = (key, register.version, plan.title, plan.act, plan.adopted.isoformat(), plan.timezone)
    _insert(connection, "about", [(*about, register.activities, register.deliverables)])
    _insert(connection, "section", register.sections)
    agencies = [(a.code, a.name, _LIST.join(a.aliases), _LIST.join(a.successors)) for a in register.agencies]
    _insert(connection, "agency", agencies)
    _insert(connection, "deliverable", ((n, *_stored(each)) for n, each in enumerate(facts, 1)))
    # All deliverables of an activity have its agencies: `begins` marks the first of them.
    begins = [True, *(one.activity != two.activity for one, two in pairwise(facts))]
    assigned = [
        (code, number, first)
        for number, (each, first) in enumerate(zip(facts, begins, strict=True), 1)
        for code in each.agencies
    ]
    _insert(connection, "assignment", sorted(assigned))
    connection.execute(_INDEX)
    connection.commit()


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    rows = iter(rows)
    for first in rows:
        statement = f"insert into {table} values ({', '.join('?' * len(first))})"  # noqa: S608 - our own names
        connection.executemany(statement, chain([first], rows))


def _stored(facts: Facts) -> tuple[object, ...]:
    """Give the facts as SQLite can hold them: days in ISO form, lists as lines."""
    stored: list[object] = []
    for cell in facts[:-2]:
        if isinstance(cell, date):
            stored.append(cell.isoformat())
        else:
            stored.append(_LIST.join(cell) if isinstance(cell, tuple) else cell)
    reports = _LIST.join(f"{day} {status or ''}" for day, status in facts.reports)
    return (*stored, reports, facts.evidence)


def _report(line: str) -> tuple[date, Status | None]:
    day, _, status = line.partition(" ")
    return date.fromisoformat(day), Status(status) if status else None


class _Days(dict[str | None, Any]):
    """Reads ISO days, each once."""

    def __missing__(self, text: str | None) -> Any:
        self[text] = day = date.fromisoformat(text) if text else None
        return day


class _Items(dict[str, tuple[str, ...]]):
    """Reads lists, each once."""

    def __missing__(self, text: str) -> tuple[str, ...]:
        self[text] = items = tuple(text.split(_LIST)) if text else ()
        return items
