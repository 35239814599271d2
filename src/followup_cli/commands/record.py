"""`record`: add an update to a deliverable; no other byte of the file moves."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option, prompt

from followup_cli import git
from followup_cli.app.options import DataOption
from followup_cli.app.session import data_folder, shipped_folder, today
from followup_cli.app.streams import say
from followup_cli.changes.recording import add, meant, read_state
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.files import locked, write_locked
from followup_cli.glossary import BearsOn, EvidenceKind, PlanFile, Status
from followup_cli.plan.dataset import Dataset
from followup_cli.questions.names import read_window
from followup_cli.text.characters import FORBIDDEN

EXAMPLES = """Examples:

  followup record 24.1 --date 2022-09-30 --note "The concept was set." --dry-run

  followup record 5.1 --status delivered --evidence https://example.org/law --kind act --act "Law No. 1" --bears-on deliverable --publisher Adilet

  followup record 5.1
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
        Option("--date", metavar="DATE", help="The day it was so [default: today in the plan's time zone]."),
    ] = None,
    note: Annotated[str | None, Option("--note", metavar="TEXT", help="The fact, in a sentence.")] = None,
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
    dry_run: Annotated[bool, Option("--dry-run", help="Show the change; write nothing.")] = False,
    data: DataOption = None,
) -> None:
    """Add an update to a deliverable: a status, a fact, evidence.

    On a terminal it asks for what is missing. With several --evidence, give --kind, --bears-on and
    --publisher once for all or once for each, and --act once for each act.
    """
    folder = _own_folder(data)
    state = read_state(folder)
    dataset = state.dataset
    place = meant(dataset, id)
    said = Said(
        status, day, note, *(tuple(each or ()) for each in (evidence, kind, bears_on, publisher, act))
    )
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        said = _ask(said, place.name)
    update = _update(dataset, said, accessed)
    file = folder / PlanFile.ACTIVITIES.value
    if dry_run:
        sys.stdout.write(add(state, place, update).difference(file.as_posix()))
        return
    with locked(file):
        # Someone may have written since: the update goes into the file as it now is.
        recorded = add(read_state(folder, state), place, update)
        write_locked(file, recorded.after, recorded.before)
    sys.stdout.write(f"{file.as_posix()}:{recorded.first}: {recorded.told}\n")
    lines = f"{recorded.first}-{recorded.last}" if recorded.last > recorded.first else str(recorded.first)
    in_git = f"`git checkout -p -- {file.as_posix()}`, or " if git.is_repository(folder) else ""
    if recorded.whole_lines:
        say(f"to undo it: {in_git}delete line{'s' * (recorded.last > recorded.first)} {lines}")
    else:
        say(
            f"to undo it: {in_git}take the update out of line{'s' * (recorded.last > recorded.first)} {lines}"
        )


def _own_folder(data: Path | None) -> Path:
    folder = data_folder(data)
    if data is None and folder.resolve() == shipped_folder().resolve() and not (Path.cwd() / "data").is_dir():
        raise FollowupError(
            "there is no dataset here to record in",
            "name its folder with --data, or begin with `followup init`",
        )
    return folder


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the update, as it was typed."""

    status: str | None
    day: str | None
    note: str | None
    evidence: tuple[str, ...]
    kind: tuple[str, ...]
    bears_on: tuple[str, ...]
    publisher: tuple[str, ...]
    act: tuple[str, ...]


def _ask(said: Said, name: str) -> Said:
    """Ask at the terminal for what was not said; an empty answer leaves it out."""
    say(f"An update of {name}; an empty answer leaves a line out.")
    status = said.status or _answer(f"Status ({', '.join(Status)})")
    day = said.day or _answer("Date", default="today")
    note = said.note or _answer("Note")
    evidence = said.evidence or _several(_answer("Evidence, an address"))
    kind, bears_on, publisher, act = said.kind, said.bears_on, said.publisher, said.act
    if evidence:
        publisher = publisher or _several(_answer("Publisher"))
        kind = kind or _several(_answer(f"Kind ({', '.join(EvidenceKind)})"))
        bears_on = bears_on or _several(_answer(f"Bears on ({', '.join(BearsOn)})"))
        if EvidenceKind.ACT in kind:
            act = act or _several(_answer("Number of the act"))
    return Said(status, day, note, evidence, kind, bears_on, publisher, act)


def _answer(question: str, default: str = "") -> str | None:
    answer: str = prompt(question, default=default, show_default=bool(default), err=True)
    return answer.strip() or None


def _several(answer: str | None) -> tuple[str, ...]:
    return (answer,) if answer else ()


def _update(dataset: Dataset, said: Said, accessed: str | None) -> dict[str, Any]:
    """Make the update as the file will hold it, its keys in the usual order."""
    now = today(dataset.plan.timezone)
    for text in (said.note, *said.evidence, *said.publisher, *said.act):
        if text is not None and FORBIDDEN.search(text):
            raise FollowupError("a text has an invisible character in it", "type it again without")
    update: dict[str, Any] = {"date": _day(said.day, now).isoformat()}
    if said.status is not None:
        update["status"] = choose(said.status, Status, "status").value
    if said.note is not None and said.note.strip():
        update["note"] = _line(said.note)
    if said.evidence:
        update["evidence"] = _evidence(said, _day(accessed, now).isoformat())
    elif said.kind or said.bears_on or said.publisher or said.act:
        raise FollowupError("there is no evidence to describe", "give its address with --evidence")
    if len(update) == 1:
        raise FollowupError("there is nothing to record", "give --status, --note or --evidence")
    return update


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


def _evidence(said: Said, accessed: str) -> list[dict[str, str]]:
    count = len(said.evidence)
    missing = [
        name
        for name, given in (
            ("--publisher", said.publisher),
            ("--kind", said.kind),
            ("--bears-on", said.bears_on),
        )
        if not given
    ]
    if missing:
        raise FollowupError(
            f"the evidence needs {' and '.join(missing)}", "`followup record -h` explains them"
        )
    kinds = [choose(text, EvidenceKind, "kind") for text in _for_each(said.kind, count, "--kind")]
    shows = [choose(text, BearsOn, "bears-on") for text in _for_each(said.bears_on, count, "--bears-on")]
    publishers = _for_each(said.publisher, count, "--publisher")
    acts = list(said.act)
    if len(acts) != sum(kind is EvidenceKind.ACT for kind in kinds):
        raise FollowupError(
            "each piece of evidence of kind `act` has a number, and no other has",
            "give --act once for each, such as --act 'Law No. 110-VIII'",
        )
    records = []
    for url, publisher, kind, bears_on in zip(said.evidence, publishers, kinds, shows, strict=True):
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
