"""`record`: add updates to deliverables, or retract one; no other byte of the file moves."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from typer import Abort, Argument, Option, prompt

from followup_cli.app.editing import edit, own_folder
from followup_cli.app.options import DataOption, Words
from followup_cli.app.session import today
from followup_cli.app.streams import say
from followup_cli.app.updates import (
    Typed,
    is_recorded,
    left_out,
    make_update,
    one_line,
    read_day,
    read_when,
    told_at,
    updates_of_rows,
)
from followup_cli.changes.recording import (
    Opened,
    Recorded,
    Target,
    add,
    add_all,
    choose_target,
    choose_update,
    open_files,
    retract,
)
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.files import read_bytes
from followup_cli.glossary import BearsOn, EvidenceKind, Status, counted
from followup_cli.importers.filled import read_filled
from followup_cli.text.characters import FORBIDDEN

EXAMPLES = """Examples:

  followup record 24.1 --date 2022-09-30 --note "The concept was set." --dry-run

  followup record 5.1 --status delivered --evidence https://example.org/law --kind act --act "Law No. 1" --bears-on deliverable --publisher Adilet

  followup record 5.1

  followup record --from filled-in.csv --dry-run

  followup record 24.2 --retract 2024-07-05 --note "It was another draft."
"""


def run(
    id: Annotated[  # noqa: A002
        str | None,
        Argument(metavar="[ID]", help="A deliverable (24.2), or an activity that has only one."),
    ] = None,
    status: Annotated[
        str | None, Option("--status", metavar="STATUS", help=f"What is reported: {', '.join(Status)}.")
    ] = None,
    day: Annotated[
        str | None,
        Option(
            "--date",
            metavar="DATE",
            help="The day it was so [default: today]; a month, a year, or `../` and a day: that or before.",
        ),
    ] = None,
    note: Annotated[str | None, Option("--note", metavar="TEXT", help="The fact, in a sentence.")] = None,
    period: Annotated[
        str | None,
        Option("--for", metavar="PERIOD", help="Of what recurs: the period it is about, such as 2023-Q1."),
    ] = None,
    reported_as: Annotated[
        str | None, Option("--reported-as", metavar="TEXT", help="The report's own word for it.")
    ] = None,
    evidence: Annotated[
        Words, Option("--evidence", metavar="URL", help="A page that backs it; can be repeated.")
    ] = None,
    kind: Annotated[
        Words, Option("--kind", metavar="KIND", help=f"Of the evidence: {', '.join(EvidenceKind)}.")
    ] = None,
    bears_on: Annotated[
        Words, Option("--bears-on", metavar="WHAT", help=f"What it shows: {', '.join(BearsOn)}.")
    ] = None,
    publisher: Annotated[Words, Option("--publisher", metavar="NAME", help="Who published it.")] = None,
    act: Annotated[Words, Option("--act", metavar="NUMBER", help="The act's number, for kind `act`.")] = None,
    accessed: Annotated[
        str | None,
        Option("--accessed", metavar="DATE", help="The day you read the evidence [default: today]."),
    ] = None,
    retracted: Annotated[
        str | None,
        Option(
            "--retract",
            metavar="UPDATE",
            help="Mark an update as wrong, by its date or its number; --note says what was wrong with it.",
        ),
    ] = None,
    table: Annotated[
        str | None,
        Option(
            "--from",
            metavar="FILE",
            help="Add the updates of a filled-in table, all or none: CSV, TSV, a workbook, or `-`.",
        ),
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="Show the change; write nothing.")] = False,
    data: DataOption = None,
) -> None:
    """Add an update to a deliverable: a status, a fact, evidence; or retract one that was wrong.

    One that is retracted is kept, and not counted.
    On a terminal it asks for what is missing. With several --evidence, give --kind, --bears-on and
    --publisher once for all or once for each, and --act once for each act.
    A table has the columns id and status, date, note, evidence, kind, publisher, act, bears_on: those of
    `followup request`. The options say what its rows leave blank.
    """
    opened = open_files(own_folder(data))
    pages, kinds, shows, publishers, acts = (
        tuple(each or ()) for each in (evidence, kind, bears_on, publisher, act)
    )
    typed = Typed(status, day, note, period, reported_as, pages, kinds, shows, publishers, acts, accessed)
    now = today(opened.dataset.plan.timezone)
    if table is not None:
        if id is not None or retracted is not None:
            raise FollowupError(
                "a table says itself what its rows are about", "leave out ID and `--retract`, or `--from`"
            )
        change = _from_table(opened, table, typed, now)
    elif id is None:
        raise FollowupError(
            "it is not said of what",
            "name a deliverable, such as `followup record 24.1`, or a table with --from",
        )
    else:
        change = _of_one(opened, choose_target(opened.dataset, id), typed, now, retracted)
    if change is not None:
        edit(opened, change, dry_run=dry_run)


def _of_one(
    opened: Opened, target: Target, typed: Typed, now: date, retracted: str | None
) -> Callable[[Opened], Recorded]:
    """Settle the update of one deliverable, or which one is retracted; ask at a terminal for what is missing."""
    asks = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    if retracted is None:
        update = _ask(opened, target, typed, now) if asks else make_update(typed, now)
        return partial(add, updates=[(target, update)])
    wrong = choose_update(opened, target, _which(retracted, now))
    if asks and not typed.note:
        typed = replace(typed, note=_answer("What was wrong", str, ""))
    return partial(retract, target=target, update=wrong, retracted=_retraction(typed, now))


def _from_table(opened: Opened, table: str, usual: Typed, now: date) -> Callable[[Opened], Recorded] | None:
    """Settle the updates of a filled-in table; None if it has none.

    Raises:
        FollowupError: if a row cannot be recorded; all that is wrong is said before.
    """
    name = "standard input" if table == "-" else table
    content = sys.stdin.buffer.read() if table == "-" else read_bytes(Path(table))
    columns, rows = read_filled(content, name, "id")
    read, mistakes = updates_of_rows(opened, columns, rows, usual, now)
    found = [each for each in read if not is_recorded(opened, each)]
    updates = [(each.target, each.update) for each in found]
    if updates:
        _, refused = add_all(opened, updates)
        mistakes += [
            f"{finding.message}; {finding.hint}"
            if number is None
            else told_at(found[number].row, key, finding)
            for number, key, finding in refused
        ]
    if mistakes:
        say(*(f"{name}, {mistake}" for mistake in mistakes))
        raise FollowupError(
            f"{counted(len(mistakes), 'mistakes')} in {counted(len(rows), 'rows')}; nothing was written",
            f"mend them in `{name}`, and run it again",
        )
    if others := left_out(columns):
        say(f"not recorded: {counted(len(others), 'columns')} that no update has ({', '.join(others)})")
    if len(found) < len(read):
        say(f"{counted(len(read) - len(found), 'rows')} say what is recorded already")
    say(
        f"{len(updates)} of {counted(len(rows), 'rows')} {'holds' if len(updates) == 1 else 'hold'} an update"
    )
    return partial(add, updates=updates) if updates else None


_NOTHING = Typed()


def _ask(opened: Opened, target: Target, typed: Typed, now: date) -> dict[str, Any]:
    """Ask at the terminal for what was not typed, until it makes an update that can be recorded."""
    read_day(typed.accessed, now)
    say(f"An update of {target.id}; an empty answer leaves a line out.")
    again = False
    while True:
        typed = _answers(typed, now, again=again)
        try:
            update = make_update(typed, now)
            add(opened, [(target, update)])
        except FollowupError as error:
            say(_said(error), "Once more: an empty answer keeps what is in brackets, `-` leaves it out.")
            again = True
        else:
            return update


def _answers(typed: Typed, now: date, *, again: bool) -> Typed:
    """Ask for the parts of an update: those that were not typed, or all of them once more."""

    def one(
        before: str | None, question: str, read: Callable[[str], object] = str, default: str = ""
    ) -> str | None:
        if not before or again:
            return _answer(question, read, before or default)
        read(before)
        return before

    def several(
        before: tuple[str, ...], question: str, read: Callable[[str], object] = str
    ) -> tuple[str, ...]:
        answers = [one(each, question, read) for each in before or ("",)]
        return tuple(answer for answer in answers if answer)

    status = one(typed.status, f"Status ({', '.join(Status)})", lambda text: choose(text, Status, "status"))
    day = one(typed.date, "Date", lambda text: read_when(text, now), "today")
    note = one(typed.note, "Note")
    evidence = several(typed.evidence, "Evidence, an address")
    if not evidence:
        typed = replace(typed, evidence=(), kind=(), bears_on=(), publisher=(), act=()) if again else typed
        return replace(typed, status=status, date=day, note=note)
    publisher = several(typed.publisher, "Publisher")
    kinds, shows = ", ".join(EvidenceKind), ", ".join(BearsOn)
    kind = several(typed.kind, f"Kind ({kinds})", lambda text: choose(text, EvidenceKind, "kind"))
    bears_on = several(typed.bears_on, f"Bears on ({shows})", lambda text: choose(text, BearsOn, "bears-on"))
    acts = any(choose(each, EvidenceKind, "kind") is EvidenceKind.ACT for each in kind)
    act = several(typed.act, "Number of the act") if acts else ()
    typed = replace(typed, status=status, date=day, note=note, evidence=evidence)
    return replace(typed, kind=kind, bears_on=bears_on, publisher=publisher, act=act)


def _answer(question: str, read: Callable[[str], object], default: str) -> str | None:
    """Ask one question until its answer can be read."""
    while True:
        try:
            answer = str(prompt(question, default=default, show_default=bool(default), err=True)).strip()
        except Abort:
            raise KeyboardInterrupt from None
        if not answer or answer == "-":
            return None
        try:
            read(answer)
        except FollowupError as error:
            say(_said(error))
        else:
            return answer


def _said(error: FollowupError) -> str:
    return f"{error.message}; {error.hint}" if error.hint else error.message


def _which(text: str, now: date) -> str:
    """Read which update is meant: a number, or a date as the file would have it."""
    return text if re.fullmatch("#?[0-9]{1,3}", text) else read_when(text, now)


def _retraction(typed: Typed, now: date) -> dict[str, str]:
    """Say when an update was found to be wrong, and what was wrong with it."""
    if replace(typed, date=None, note=None) != _NOTHING:
        raise FollowupError(
            "a retraction has only a note and a date", "record what is right as an update of its own"
        )
    if not typed.note:
        raise FollowupError("it is not said what was wrong", "say it with --note")
    if FORBIDDEN.search(typed.note):
        raise FollowupError("a text has an invisible character in it", "type it again without")
    return {"date": read_day(typed.date, now).isoformat(), "note": one_line(typed.note)}
