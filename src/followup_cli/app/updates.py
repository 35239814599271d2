"""An update as it is typed, in options or in the cells of a table, becomes what the file will hold."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from followup_cli.changes.recording import Opened, Target, choose_target, updates_of
from followup_cli.choosing import choose, nearest, words
from followup_cli.errors import FollowupError
from followup_cli.findings import Finding
from followup_cli.glossary import BearsOn, EvidenceKind, Status
from followup_cli.importers.filled import FilledRow
from followup_cli.plan.values import WHEN, days_of, shown
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.names import read_window
from followup_cli.questions.requesting import REQUESTED
from followup_cli.text.characters import FORBIDDEN

Texts = tuple[str, ...]
# The columns of a filled-in table that make an update, each with the part of one that it is.
COLUMNS = {
    "status": "status",
    "date": "date",
    "note": "note",
    "for": "period",
    "reported_as": "reported_as",
    "evidence": "evidence",
    "kind": "kind",
    "publisher": "publisher",
    "act": "act",
    "bears_on": "bears_on",
    "accessed": "accessed",
}
COLUMN_OF = {part: column for column, part in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class Typed:
    """An update in the words that were typed; each piece of evidence has one of each text, or all share one."""

    status: str | None = None
    date: str | None = None
    note: str | None = None
    period: str | None = None
    reported_as: str | None = None
    evidence: Texts = ()
    kind: Texts = ()
    bears_on: Texts = ()
    publisher: Texts = ()
    act: Texts = ()
    accessed: str | None = None


class UpdateError(FollowupError):
    """Say what is wrong with an update as it was typed, and in which part of it."""

    def __init__(self, part: str, message: str, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.part = part


def option(part: str) -> str:
    """Name a part of an update as an option."""
    return f"--{'for' if part == 'period' else part.replace('_', '-')}"


def make_update(typed: Typed, now: date, name: Callable[[str], str] = option) -> dict[str, Any]:
    """Make the update as the file will hold it, its keys in the usual order.

    Args:
        typed: the words.
        now: the day that is the last one to record anything of, and the update's own where none is typed.
        name: how what was typed is named to who typed it.

    Raises:
        UpdateError: if it cannot be recorded.
    """
    for fault in faults(typed, now, name):
        raise fault
    update: dict[str, Any] = {"date": read_when(typed.date, now)}
    if typed.status is not None:
        update["status"] = choose(typed.status, Status, "status").value
    texts = {"reported_as": typed.reported_as, "note": typed.note, "for": typed.period}
    update |= {key: one_line(text) for key, text in texts.items() if text is not None and text.strip()}
    if typed.evidence:
        update["evidence"] = _evidence(typed, read_day(typed.accessed, now).isoformat())
    return update


def faults(typed: Typed, now: date, name: Callable[[str], str] = option) -> Iterator[UpdateError]:
    """Give all that is wrong with an update as it was typed."""
    yield from _of_each_part(typed, now)
    if typed.evidence:
        yield from _of_evidence(typed, name)
    else:
        described = [part for part in ("kind", "bears_on", "publisher", "act") if getattr(typed, part)]
        if described:
            hint = f"give its address with {name('evidence')}"
            yield UpdateError(described[0], "there is no evidence to describe", hint)
        elif typed.status is None and not f"{typed.note or ''}{typed.reported_as or ''}".strip():
            hint = f"give {name('status')}, {name('note')} or {name('evidence')}"
            yield UpdateError("status", "there is nothing to record", hint)


def _of_each_part(typed: Typed, now: date) -> Iterator[UpdateError]:
    for part in ("note", "period", "reported_as", "evidence", "publisher", "act"):
        words_of = getattr(typed, part) or ()
        for text in (words_of,) if isinstance(words_of, str) else words_of:
            if FORBIDDEN.search(text):
                yield UpdateError(part, "a text has an invisible character in it", "type it again without")
    readings: list[tuple[str, Callable[[], object]]] = [
        ("date", lambda: read_when(typed.date, now)),
        ("accessed", lambda: read_day(typed.accessed, now)),
        ("status", lambda: typed.status is not None and choose(typed.status, Status, "status")),
        ("kind", lambda: [choose(text, EvidenceKind, "kind") for text in typed.kind]),
        ("bears_on", lambda: [choose(text, BearsOn, "bears-on") for text in typed.bears_on]),
    ]
    for part, read in readings:
        try:
            read()
        except FollowupError as error:
            yield UpdateError(part, error.message, error.hint)


def _of_evidence(typed: Typed, name: Callable[[str], str]) -> Iterator[UpdateError]:
    count = len(typed.evidence)
    missing = [name(part) for part in ("publisher", "kind", "bears_on") if not getattr(typed, part)]
    if missing:
        hint = "`followup record -h` explains them"
        yield UpdateError("evidence", f"the evidence needs {' and '.join(missing)}", hint)
    for part in ("publisher", "kind", "bears_on"):
        given = len(getattr(typed, part))
        if given not in (0, 1, count):
            message = f"{name(part)} is given {given} times for {count} pieces of evidence"
            yield UpdateError(part, message, "give it once, or for each")
    acts = sum(text.strip().casefold() == EvidenceKind.ACT for text in _for_each(typed.kind, count))
    if typed.kind and len(typed.act) != acts:
        message = "each piece of evidence of kind `act` has a number, and no other has"
        yield UpdateError("act", message, f"give {name('act')} once for each, such as 'Law No. 110-VIII'")


def _evidence(typed: Typed, accessed: str) -> list[dict[str, str]]:
    count, acts, records = len(typed.evidence), list(typed.act), []
    parts = (typed.publisher, typed.kind, typed.bears_on)
    for url, publisher, kind, bears_on in zip(
        typed.evidence, *(_for_each(part, count) for part in parts), strict=True
    ):
        chosen = choose(kind, EvidenceKind, "kind")
        record = {"url": url.strip(), "publisher": one_line(publisher), "kind": chosen.value}
        if chosen is EvidenceKind.ACT:
            record["act"] = one_line(acts.pop(0))
        shows = choose(bears_on, BearsOn, "bears-on")
        records.append(record | {"bears_on": shows.value, "accessed": accessed})
    return records


def _for_each(values: Texts, count: int) -> Texts:
    return values * count if len(values) == 1 else values


def _column(part: str) -> str:
    return f"`{COLUMN_OF.get(part, part)}`"


class Row(NamedTuple):
    """An update that a row of a table holds, with the row."""

    target: Target
    update: dict[str, Any]
    row: FilledRow


def updates_of_rows(
    opened: Opened, columns: Sequence[str], rows: Sequence[FilledRow], usual: Typed, now: date
) -> tuple[list[Row], list[str]]:
    """Read the updates that the rows of a filled-in table hold; a row in which nothing is new holds none.

    Args:
        opened: the dataset.
        columns: the names of the table's columns.
        rows: its rows; a status that is on record, as the table of `list` has it, is not reported again.
        usual: what holds where a row does not say it.
        now: the day that is the last one to record anything of.

    Returns:
        The updates, and all mistakes, each with its place.
    """
    found: list[Row] = []
    told = [each for each in map(_misnamed, columns) if each]
    for row in rows:
        try:
            identifier, _, period = row.text("id").partition("@")
            target = choose_target(opened.dataset, identifier)
            _check_words(opened, target, row)
        except FollowupError as error:
            told.append(told_at(row, "id", error))
            continue
        said = _typed(row, period)
        if _is_known(opened, target, row, said["status"]):
            said["status"] = None
        if not any(words for part, words in said.items() if part != "period"):
            continue
        typed = replace(usual, **{part: words for part, words in said.items() if words})
        if typed.date is None:
            hint = "fill it in, or give `--date` for all rows that have none"
            told.append(told_at(row, "date", FollowupError("the row does not say of which day it is", hint)))
        wrong = list(faults(typed, now, _column))
        told += [told_at(row, COLUMN_OF.get(each.part, each.part), each) for each in wrong]
        if typed.date is not None and not wrong:
            found.append(Row(target, make_update(typed, now, _column), row))
    return found, told


def is_recorded(opened: Opened, each: Row) -> bool:
    """Tell whether the file has an update that says what a row does: whoever takes a table twice adds nothing."""
    known = [other for other in updates_of(opened.dataset, each.target) if other.retracted is None]
    said = [each.update.get(key) for key in ("date", "for", "status", "reported_as", "note")]
    pages = {piece["url"] for piece in each.update.get("evidence", ())}
    return any(
        said == [other.date, other.for_, other.status and other.status.value, other.reported_as, other.note]
        and pages <= {piece.url for piece in other.evidence}
        for other in known
    )


def told_at(row: FilledRow, column: str, problem: FollowupError | Finding) -> str:
    """Say what is wrong with a row, at the cell in which it is, and what to do."""
    cell = row.cells.get(column)
    where = f"{cell.where} (`{column}`)" if cell and cell.where else row.where
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{where}: {problem.message}{hint}"


def left_out(columns: Sequence[str]) -> list[str]:
    """List the columns of a table that are none of ours: what they say is not recorded."""
    ours = {*COLUMNS, *FIELDS, *REQUESTED}
    return [name for name in columns if name not in ours]


def _misnamed(column: str) -> str | None:
    """Say that a column's name is nearly one of ours: what it says would be lost."""
    if not left_out([column]):
        return None
    near = nearest(column, COLUMNS)
    return f"there is no column `{column}`; did you mean `{near}`?" if near else None


def _typed(row: FilledRow, period: str) -> dict[str, Any]:
    """Give the parts of an update that a row says."""
    said: dict[str, Any] = {}
    for column, part in COLUMNS.items():
        text = row.text(column)
        if part in ("evidence", "kind", "bears_on", "publisher", "act"):
            between = r"[;\s]+" if part == "evidence" else r"[;\n]"
            said[part] = tuple(each.strip() for each in re.split(between, text) if each.strip())
        else:
            said[part] = text or None
    said["period"] = said["period"] or period or None
    if not said["evidence"]:
        said["kind"] = ()  # in the table of `list` this column is about the deadline
    return said


def _is_known(opened: Opened, target: Target, row: FilledRow, status: str | None) -> bool:
    """Tell whether the status in a row is the one on record, and nobody reports it anew.

    The table of `list` says by `status_date` that it is; without, a status alone that is the last one known.
    """
    known = [each for each in updates_of(opened.dataset, target) if each.status and each.retracted is None]
    day = row.text("status_date")
    if day:
        return any(each.status == status and each.date == day for each in known)
    return not row.text("date") and bool(known) and known[-1].status == status


def _check_words(opened: Opened, target: Target, row: FilledRow) -> None:
    """Compare the plan's words in a row with those of the deliverable that it names.

    Raises:
        FollowupError: if they are others: spreadsheets make 1.1 of 1.10.
    """
    _, index, _, number = target.path
    activity = opened.dataset.activities[int(index)]
    deliverable = activity.deliverables[int(number)]
    amended = [str(each.was) for record in (activity, deliverable) for each in record.amendments if each.was]
    known = {
        words(each) for each in (activity.title, deliverable.title, deliverable.outcome, *amended) if each
    }
    for column in ("title", "outcome"):
        text = row.text(column)
        if text and words(text) not in known:
            own = getattr(deliverable, column) or activity.title
            raise FollowupError(
                f"the row's {column} is `{shown(text)}`, that of {target.id} is `{shown(own or '')}`",
                "is it another deliverable? leave the column out if not",
            )


def one_line(text: str) -> str:
    """Put a text on one line, with usual spaces."""
    return " ".join(text.split())


def read_when(text: str | None, now: date) -> str:
    """Read when something was so: a single day that has come, or a month, a year, or `../` and a day that have begun.

    Raises:
        FollowupError: if it is none, or has not come.
    """
    if text is not None and len(text) != 10 and re.fullmatch(WHEN, text):
        first = days_of(text.removeprefix("../"))[0]
        if first > now.isoformat():
            raise FollowupError(f"{text} has not come yet: it is {now}", "record what was so, once it was")
        return text
    return read_day(text, now).isoformat()


def read_day(text: str | None, now: date) -> date:
    """Read a single day that has come; without a text it is the one that is.

    Raises:
        FollowupError: if it is none, or has not come.
    """
    if text is None:
        return now
    first, last = read_window(text, now)
    if first is None or first != last:
        raise FollowupError(f"`{text}` is not a single day", "write it as 2024-07-05")
    if first > now:
        raise FollowupError(f"{first} has not come yet: it is {now}", "record what was so, on the day it was")
    return first
