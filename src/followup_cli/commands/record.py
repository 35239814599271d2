"""`record`: add an update to a deliverable, or retract one; no other byte of the file moves."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from typer import Abort, Argument, Option, prompt

from followup_cli import git
from followup_cli.app.options import DataOption
from followup_cli.app.session import data_folder, shipped_folder, today
from followup_cli.app.streams import say
from followup_cli.changes.recording import (
    Opened,
    Recorded,
    Target,
    add,
    choose_target,
    choose_update,
    open_files,
    retract,
)
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.files import locked, write_locked
from followup_cli.glossary import BearsOn, EvidenceKind, PlanFile, Status
from followup_cli.plan.values import WHEN, days_of
from followup_cli.questions.names import read_window
from followup_cli.text.characters import FORBIDDEN

EXAMPLES = """Examples:

  followup record 24.1 --date 2022-09-30 --note "The concept was set." --dry-run

  followup record 5.1 --status delivered --evidence https://example.org/law --kind act --act "Law No. 1" --bears-on deliverable --publisher Adilet

  followup record 5.1

  followup record 24.2 --retract 2024-07-05 --note "It was another draft."
"""

Texts = list[str] | None


def run(
    id: Annotated[  # noqa: A002
        str, Argument(metavar="ID", help="A deliverable (24.2), or an activity that has only one.")
    ],
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
        Texts, Option("--evidence", metavar="URL", help="A page that backs it; can be repeated.")
    ] = None,
    kind: Annotated[
        Texts, Option("--kind", metavar="KIND", help=f"Of the evidence: {', '.join(EvidenceKind)}.")
    ] = None,
    bears_on: Annotated[
        Texts, Option("--bears-on", metavar="WHAT", help=f"What it shows: {', '.join(BearsOn)}.")
    ] = None,
    publisher: Annotated[Texts, Option("--publisher", metavar="NAME", help="Who published it.")] = None,
    act: Annotated[Texts, Option("--act", metavar="NUMBER", help="The act's number, for kind `act`.")] = None,
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
    dry_run: Annotated[bool, Option("--dry-run", help="Show the change; write nothing.")] = False,
    data: DataOption = None,
) -> None:
    """Add an update to a deliverable: a status, a fact, evidence; or retract one that was wrong.

    One that is retracted is kept, and not counted.
    On a terminal it asks for what is missing. With several --evidence, give --kind, --bears-on and
    --publisher once for all or once for each, and --act once for each act.
    """
    folder = _own_folder(data)
    opened = open_files(folder)
    target = choose_target(opened.dataset, id)
    pages, kinds, shows, publishers, acts = (
        tuple(each or ()) for each in (evidence, kind, bears_on, publisher, act)
    )
    typed = Typed(status, day, note, accessed, pages, kinds, shows, publishers, acts, period, reported_as)
    now = today(opened.dataset.plan.timezone)
    asks = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    if retracted is not None:
        wrong = choose_update(opened, target, _which(retracted, now))
        if asks and not note:
            typed = replace(typed, note=_answer("What was wrong", str, ""))
        change = partial(retract, target=target, update=wrong, retracted=_retraction(typed, now))
    else:
        change = partial(
            add, target=target, update=_ask(opened, target, typed, now) if asks else _update(typed, now)
        )
    file = folder / PlanFile.ACTIVITIES.value
    if dry_run:
        sys.stdout.write(change(opened).difference(file.as_posix()))
        return
    with locked(file):
        # Someone may have written since: the change is made to the file as it now is.
        recorded = change(open_files(folder, opened))
        write_locked(file, recorded.after, recorded.before)
    sys.stdout.write(f"{file.as_posix()}:{recorded.first}: {recorded.words}\n")
    say(_how_to_undo(folder, file, recorded))


def _how_to_undo(folder: Path, file: Path, recorded: Recorded) -> str:
    several = recorded.last > recorded.first
    lines = f"lines {recorded.first}-{recorded.last}" if several else f"line {recorded.first}"
    in_git = f"`git checkout -p -- {file.as_posix()}`, or " if git.is_repository(folder) else ""
    by_hand = f"delete {lines}" if recorded.whole_lines else f"take the update out of {lines}"
    return f"to undo it: {in_git}{by_hand}"


def _own_folder(data: Path | None) -> Path:
    folder = data_folder(data)
    if data is None and folder.resolve() == shipped_folder().resolve() and not (Path.cwd() / "data").is_dir():
        raise FollowupError(
            "there is no dataset here to record in",
            "name its folder with --data, or begin with `followup init`",
        )
    return folder


@dataclass(frozen=True, slots=True)
class Typed:
    """An update in the words that were typed."""

    status: str | None
    day: str | None
    note: str | None
    accessed: str | None
    evidence: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    bears_on: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    period: str | None = None
    reported_as: str | None = None


_NOTHING = Typed(None, None, None, None)


def _ask(opened: Opened, target: Target, typed: Typed, now: date) -> dict[str, Any]:
    """Ask at the terminal for what was not typed, until it makes an update that can be recorded."""
    _day(typed.accessed, now)
    say(f"An update of {target.id}; an empty answer leaves a line out.")
    again = False
    while True:
        typed = _answers(typed, now, again=again)
        try:
            update = _update(typed, now)
            add(opened, target, update)
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
    day = one(typed.day, "Date", lambda text: _when(text, now), "today")
    note = one(typed.note, "Note")
    evidence = several(typed.evidence, "Evidence, an address")
    if not evidence:
        typed = replace(typed, evidence=(), kind=(), bears_on=(), publisher=(), act=()) if again else typed
        return replace(typed, status=status, day=day, note=note)
    publisher = several(typed.publisher, "Publisher")
    kinds, shows = ", ".join(EvidenceKind), ", ".join(BearsOn)
    kind = several(typed.kind, f"Kind ({kinds})", lambda text: choose(text, EvidenceKind, "kind"))
    bears_on = several(typed.bears_on, f"Bears on ({shows})", lambda text: choose(text, BearsOn, "bears-on"))
    acts = any(choose(each, EvidenceKind, "kind") is EvidenceKind.ACT for each in kind)
    act = several(typed.act, "Number of the act") if acts else ()
    typed = replace(typed, status=status, day=day, note=note, evidence=evidence)
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


def _update(typed: Typed, now: date) -> dict[str, Any]:
    """Make the update as the file will hold it, its keys in the usual order."""
    for text in (typed.note, typed.period, typed.reported_as, *typed.evidence, *typed.publisher, *typed.act):
        if text is not None and FORBIDDEN.search(text):
            raise FollowupError("a text has an invisible character in it", "type it again without")
    update: dict[str, Any] = {"date": _when(typed.day, now)}
    if typed.status is not None:
        update["status"] = choose(typed.status, Status, "status").value
    texts = {"reported_as": typed.reported_as, "note": typed.note, "for": typed.period}
    update |= {name: _line(text) for name, text in texts.items() if text is not None and text.strip()}
    if typed.evidence:
        update["evidence"] = _evidence(typed, _day(typed.accessed, now).isoformat())
    elif typed.kind or typed.bears_on or typed.publisher or typed.act:
        raise FollowupError("there is no evidence to describe", "give its address with --evidence")
    if not update.keys() - {"date", "for"}:
        raise FollowupError("there is nothing to record", "give --status, --note or --evidence")
    return update


def _which(text: str, now: date) -> str:
    """Read which update is meant: a number, or a date as the file would have it."""
    return text if re.fullmatch("#?[0-9]{1,3}", text) else _when(text, now)


def _retraction(typed: Typed, now: date) -> dict[str, str]:
    """Say when an update was found to be wrong, and what was wrong with it."""
    if replace(typed, day=None, note=None) != _NOTHING:
        raise FollowupError(
            "a retraction has only a note and a date", "record what is right as an update of its own"
        )
    if not typed.note:
        raise FollowupError("it is not said what was wrong", "say it with --note")
    if FORBIDDEN.search(typed.note):
        raise FollowupError("a text has an invisible character in it", "type it again without")
    return {"date": _day(typed.day, now).isoformat(), "note": _line(typed.note)}


def _when(text: str | None, now: date) -> str:
    """Read when something was so: a single day that has come, or a month, a year, or `../` and a day that have begun."""
    if text is not None and len(text) != 10 and re.fullmatch(WHEN, text):
        first = days_of(text.removeprefix("../"))[0]
        if first > now.isoformat():
            raise FollowupError(f"{text} has not come yet: it is {now}", "record what was so, once it was")
        return text
    return _day(text, now).isoformat()


def _day(text: str | None, now: date) -> date:
    """Read a single day that has come."""
    if text is None:
        return now
    first, last = read_window(text, now)
    if first is None or first != last:
        raise FollowupError(f"`{text}` is not a single day", "write it as 2024-07-05")
    if first > now:
        raise FollowupError(f"{first} has not come yet: it is {now}", "record what was so, on the day it was")
    return first


def _evidence(typed: Typed, accessed: str) -> list[dict[str, str]]:
    count = len(typed.evidence)
    missing = [
        name
        for name, given in (
            ("--publisher", typed.publisher),
            ("--kind", typed.kind),
            ("--bears-on", typed.bears_on),
        )
        if not given
    ]
    if missing:
        raise FollowupError(
            f"the evidence needs {' and '.join(missing)}", "`followup record -h` explains them"
        )
    kinds = [choose(text, EvidenceKind, "kind") for text in _for_each(typed.kind, count, "--kind")]
    shows = [choose(text, BearsOn, "bears-on") for text in _for_each(typed.bears_on, count, "--bears-on")]
    publishers = _for_each(typed.publisher, count, "--publisher")
    acts = list(typed.act)
    if len(acts) != sum(kind is EvidenceKind.ACT for kind in kinds):
        raise FollowupError(
            "each piece of evidence of kind `act` has a number, and no other has",
            "give --act once for each, such as --act 'Law No. 110-VIII'",
        )
    records = []
    for url, publisher, kind, bears_on in zip(typed.evidence, publishers, kinds, shows, strict=True):
        record = {"url": url.strip(), "publisher": _line(publisher), "kind": kind.value}
        if kind is EvidenceKind.ACT:
            record["act"] = _line(acts.pop(0))
        records.append(record | {"bears_on": bears_on.value, "accessed": accessed})
    return records


def _line(text: str) -> str:
    """Put a text on one line, with usual spaces."""
    return " ".join(text.split())


def _for_each(values: tuple[str, ...], count: int, option: str) -> tuple[str, ...]:
    if len(values) == 1:
        return values * count
    if len(values) != count:
        raise FollowupError(
            f"{option} is given {len(values)} times for {count} pieces of evidence",
            "give it once, or for each",
        )
    return values
