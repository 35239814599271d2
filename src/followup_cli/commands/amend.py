"""`amend`: write what an act has changed, or what was copied wrongly; the old words are kept."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from typer import Argument, Option

from followup_cli.app.editing import edit, own_folder
from followup_cli.app.options import DataOption, Words
from followup_cli.app.session import today
from followup_cli.app.streams import say
from followup_cli.app.updates import one_line, read_day
from followup_cli.changes.amending import LISTS, amend, choose_record, correct_evidence
from followup_cli.changes.recording import Opened, Recorded, Target, choose_target, open_files
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.formats.characters import web_address
from followup_cli.glossary import EvidenceField
from followup_cli.questions.names import read_window
from followup_cli.text.characters import FORBIDDEN

EXAMPLES = """Examples:

  followup amend 24.2 --field deadline --to "December 2025" --date 2024-12-30 --act "Decree No. 1180" --url https://example.org/1180 --dry-run

  followup amend 7 --repeal --date 2024-12-30 --act "Decree No. 1180" --dry-run

  followup amend 5 --field title --to "Amend the law on non-profit organisations" --correct --url https://example.org/plan --dry-run

  followup amend 2 --correct --evidence https://news.fundsforngos.org/?p=37083 --to https://example.org/right --dry-run
"""


def run(
    id: Annotated[str, Argument(metavar="ID", help="An activity (24) or a deliverable (24.2).")],  # noqa: A002
    field: Annotated[
        str | None,
        Option("--field", metavar="FIELD", help="Which words: title, outcome, deadline, agencies, points, …"),
    ] = None,
    to: Annotated[
        Words, Option("--to", metavar="TEXT", help="The new words; of a list repeated, once for each item.")
    ] = None,
    repeal: Annotated[bool, Option("--repeal", help="An act took all of it out of the plan.")] = False,
    day: Annotated[
        str | None,
        Option(
            "--date", metavar="DATE", help="First day of the new words; of a correction, the day it is made."
        ),
    ] = None,
    act: Annotated[str | None, Option("--act", metavar="TEXT", help="The act that changed the plan.")] = None,
    url: Annotated[
        str | None, Option("--url", metavar="URL", help="Address of the act, or of the text.")
    ] = None,
    correct: Annotated[
        bool, Option("--correct", help="No act: the plan had been copied wrongly, and never said so.")
    ] = False,
    evidence: Annotated[
        str | None,
        Option(
            "--evidence",
            metavar="URL",
            help="With --correct: the evidence at this address; --to mends the address, or what --field names.",
        ),
    ] = None,
    note: Annotated[
        str | None, Option("--note", metavar="TEXT", help="Of a correction: how the mistake came about.")
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="Show the change; write nothing.")] = False,
    data: DataOption = None,
) -> None:
    """Write new words in the place of the old ones, which are kept with the act that changed them.

    Every question shows the words in force on its day. Each change moves only the lines that it is about.
    """
    opened = open_files(own_folder(data))
    words = tuple(to or ())
    now = today(opened.dataset.plan.timezone)
    if evidence is not None:
        _check_correction(words, only=correct and not (repeal or act or url))
        target = choose_target(opened.dataset, id)
        said = {"date": read_day(day, now).isoformat()} | ({"note": _line(note)} if note else {})
        _change(opened, _of_evidence(target, evidence, field, words[0], said), dry_run=dry_run)
        return
    _check(field, words, repeal=repeal, correct=correct, note=note, act=act)
    target, name = choose_record(opened, id, field)
    if len(words) > 1 and name not in LISTS:
        raise FollowupError(f"`{name}` is one text, and --to is given {len(words)} times", "give it once")
    entry = {"date": (read_day(day, now) if correct else _first_day(day, now)).isoformat()}
    given = {"act": act, "url": url, "note": note}
    entry |= {key: _line(text) for key, text in given.items() if text is not None}
    if "url" in entry and web_address(entry["url"]) is None:
        raise FollowupError(f"`{url}` is not an address that can be opened", "copy it from the browser")
    under = "corrections" if correct else "amendments"
    lines = tuple(map(_line, words))
    change = partial(amend, target=target, field=name, words=lines, entry=entry, under=under)
    _change(opened, change, dry_run=dry_run)


def _of_evidence(
    target: Target, address: str, field: str | None, words: str, said: dict[str, str]
) -> Callable[[Opened], tuple[Recorded, list[str]]]:
    """Make the change that mends one field of an evidence; without a field, its address."""
    name = str(choose(field or "url", EvidenceField, "field"))
    return partial(
        correct_evidence, target=target, address=address.strip(), field=name, words=_line(words), entry=said
    )


def _change(opened: Opened, change: Callable[[Opened], tuple[Recorded, list[str]]], *, dry_run: bool) -> None:
    """Make a change, and tell the warnings that it brings."""
    told: list[str] = []

    def changed(opened: Opened) -> Recorded:
        recorded, warnings = change(opened)
        told.extend(warnings)
        return recorded

    edit(opened, changed, dry_run=dry_run)
    say(*dict.fromkeys(told))


def _check(
    field: str | None,
    words: tuple[str, ...],
    *,
    repeal: bool,
    correct: bool,
    note: str | None,
    act: str | None,
) -> None:
    """See that what was typed is one whole change.

    Raises:
        FollowupError: if a part is missing, or is of another kind of change.
    """
    if repeal == bool(field):
        raise FollowupError("it is not said what changed", "give --field and --to, or --repeal alone")
    if bool(words) != bool(field):
        raise FollowupError("new words and the field that they are for go together", "give --field and --to")
    if correct and (repeal or act):
        raise FollowupError("a correction is of no act", "leave out --act and --repeal, or --correct")
    if note and not correct:
        raise FollowupError("an amendment has no note", "leave out --note, or record it as an update")


def _check_correction(words: tuple[str, ...], *, only: bool) -> None:
    """See that what was typed is one correction of evidence.

    Raises:
        FollowupError: if it is more, or less.
    """
    if not only or len(words) != 1:
        raise FollowupError(
            "evidence is mended as a correction",
            "give --correct, --evidence and one --to, and no act and no address of one",
        )


def _first_day(text: str | None, now: Any) -> Any:
    """Read the first day on which new words are in force; it may be ahead.

    Raises:
        FollowupError: if it is not said, or no single day.
    """
    if text is None:
        raise FollowupError("it is not said since when the new words are in force", "say it with --date")
    first, last = read_window(text, now)
    if first is None or first != last:
        raise FollowupError(f"`{text}` is not a single day", "write it as 2024-07-05")
    return first


def _line(text: str) -> str:
    if FORBIDDEN.search(text) or not text.strip():
        raise FollowupError("a text is empty or has an invisible character in it", "type it again")
    return one_line(text)
