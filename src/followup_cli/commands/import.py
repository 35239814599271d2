"""`import`: make a dataset of a published plan."""

import sys
from pathlib import Path
from typing import Annotated

from typer import Abort, Argument, Option, prompt

from followup_cli.app.options import OutputOptions
from followup_cli.app.streams import Answer, at_terminal, say
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.files import read_bytes, write_atomically
from followup_cli.glossary import PlanFile
from followup_cli.importers import read_source
from followup_cli.importers.edition import ChangingAct
from followup_cli.importers.entries import PlanTables
from followup_cli.importers.headings import FIELDS
from followup_cli.importers.importing import Imported, new_dataset, new_edition, settled, tables_of
from followup_cli.importers.mapping import Wanted, columns_of, read_mapping, written
from followup_cli.importers.source import Published
from followup_cli.importers.tables import examples, headings_of
from followup_cli.questions.names import iso_day
from followup_cli.table import Column, Kind, Table
from followup_cli.text.characters import decode

EXAMPLES = """Examples:

  followup import plan.html -o my-plan --adopted 2024-03-12

  followup import tracker.xlsx -o my-tracker --sheet "Action plan" --column outcome="Evidence"

  followup import plan-2025.html -o my-plan --act "Order No. 90" --date 2025-02-01
"""
MAPPING = "import.yaml"  # beside the dataset: what each column was taken for
_COLUMNS = (
    Column("where", keep=8),
    Column("line", Kind.NUMBER, keep=7),
    Column("kind", keep=6),
    Column("doubt", keep=9),
)


def run(
    file: Annotated[str, Argument(metavar="FILE", help="The published plan; `-` reads standard input.")],
    folder: Annotated[
        Path, Option("--output", "-o", metavar="DIR", help="Where the dataset goes; made if it is not there.")
    ] = Path("data"),
    mapping: Annotated[
        Path | None,
        Option("--mapping", metavar="FILE", help=f"What each column is [default: DIR/{MAPPING}]."),
    ] = None,
    column: Annotated[
        list[str] | None,
        Option("--column", metavar="FIELD=HEADING", help='What a column is: outcome="Form of completion".'),
    ] = None,
    table: Annotated[
        str | None, Option("--table", metavar="NAME", help='The only table to read, such as "table 2".')
    ] = None,
    sheet: Annotated[
        str | None, Option("--sheet", metavar="NAME", help="The only sheet of a workbook to read.")
    ] = None,
    title: Annotated[str | None, Option("--title", metavar="TEXT", help="The plan's title.")] = None,
    adopted: Annotated[
        str | None, Option("--adopted", metavar="DATE", help="The day it was adopted.")
    ] = None,
    language: Annotated[
        str | None,
        Option("--language", metavar="LANG", help="Language of the plan, such as en, ru, kk or uk."),
    ] = None,
    act: Annotated[
        str | None, Option("--act", metavar="TEXT", help="Of a newer edition: the act that changed the plan.")
    ] = None,
    day: Annotated[
        str | None, Option("--date", metavar="DATE", help="Of a newer edition: since when its words hold.")
    ] = None,
    format: Annotated[  # noqa: A002
        str | None, Option("--format", "-f", metavar="FORMAT", help="Of the doubts: table, json, markdown …")
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
) -> Answer:
    """Make a dataset of a published plan: HTML, Word, Excel, Markdown, CSV or a PDF with ruled tables.

    The plan's words are kept as they are printed, columns that are none of ours under `other`. What was
    decided by guess, not read or left out is listed with its place in the document and in what was written.
    A folder that holds a dataset already takes the newer edition in: ids, updates and evidence stay.
    """
    facts = {
        "title": title,
        "adopted": _day("--adopted", adopted),
        "language": language,
        "table": table or sheet,
    }
    typed = Wanted(
        **{name: value for name, value in facts.items() if value}, columns=columns_of(column or ())
    )
    change = ChangingAct(act or "", _day("--date", day) or "")
    content, name = _content(file)
    source = read_source(content, name)
    wanted = _wanted(source, typed, mapping, folder / MAPPING)
    reading = tables_of(source, name, wanted)
    if not wanted.columns and at_terminal() and sys.stdin.isatty():
        wanted = Wanted(columns=_asked(reading)).over(typed)
        reading = tables_of(source, name, wanted)
    imported = _imported(reading, wanted, folder, change, name)
    imported.files[(mapping or folder / MAPPING).as_posix()] = written(
        name, settled(reading, wanted)
    ).encode()
    return _answer(imported, folder, OutputOptions(format=format), dry_run=dry_run)


def _answer(imported: Imported, folder: Path, options: OutputOptions, *, dry_run: bool) -> Answer:
    """Write the files, say what they hold, and give what is in doubt."""
    data = folder.as_posix()
    if not dry_run:
        _write(folder, imported.files)
    for line in (*imported.changes, imported.summary()):
        say(line)
    say(
        f"nothing was written to {data}"
        if dry_run
        else f"next: followup validate --data {data} · followup status --data {data}"
    )
    rows = [(doubt.where or None, line or None, doubt.kind, doubt.message) for doubt, line in imported.doubts]
    return Answer(Table("doubts", "Doubts", _COLUMNS, rows, empty="no doubts"), options)


def _content(file: str) -> tuple[bytes, str]:
    """Read the document: a file, or standard input."""
    if file == "-":
        return sys.stdin.buffer.read(), "standard input"
    return read_bytes(Path(file)), Path(file).name


def _day(option: str, text: str | None) -> str | None:
    """Take an ISO day.

    Raises:
        FollowupError: if the text is none.
    """
    if text is not None and iso_day(text) is None:
        hint = "write it as year-month-day, such as `2023-02-28`"
        raise FollowupError(f"`{option} {text}` is not a day", hint)
    return text


def _wanted(source: Published, typed: Wanted, mapping: Path | None, usual: Path) -> Wanted:
    """Put what was typed over the mapping that was named, or else over that of an earlier import."""
    if mapping is not None:
        return typed.over(read_mapping(decode(read_bytes(mapping))[0], mapping.as_posix()))
    if not usual.exists():
        return typed
    saved = read_mapping(decode(read_bytes(usual))[0], usual.as_posix())
    # A newer edition may have other columns; those that nobody named just now are no matter.
    return typed.over(saved.only(headings_of(source)))


def _asked(reading: PlanTables) -> dict[str, str]:
    """Show what each column was taken for, and let it be changed."""
    shown = list(examples(reading))
    columns = {heading: field for heading, field, _ in shown}
    width = min(40, max(len(heading) for heading in columns))
    for number, (heading, field, example) in enumerate(shown, 1):
        say(f"{number:3}  {heading[:width]:{width}}  {field:8}  {example}")
    try:
        while number := prompt(
            "Column to change, or Enter", default="", show_default=False, err=True
        ).strip():
            if not (number.isdecimal() and 1 <= int(number) <= len(shown)):
                say(f"write a number from 1 to {len(shown)}")
                continue
            answer = prompt(f"What it is ({', '.join(FIELDS)})", err=True).strip()
            try:
                columns[shown[int(number) - 1][0]] = choose(answer, FIELDS, "field")
            except FollowupError as error:
                say(f"{error.message}; {error.hint}")
    except Abort:
        raise KeyboardInterrupt from None
    return columns


def _imported(reading: PlanTables, wanted: Wanted, folder: Path, change: ChangingAct, name: str) -> Imported:
    """Make a dataset, or take a newer edition into the one that is there."""
    paths = {each: folder / each.value for each in PlanFile}
    if any(path.exists() for path in paths.values()):
        files = {each: read_bytes(path) for each, path in paths.items()}
        return new_edition(reading, wanted, files, change, folder)
    if change.act or change.day:
        raise FollowupError(
            f"`{folder.as_posix()}` holds no dataset that an act could have changed",
            "name its folder with -o, or leave --act and --date out",
        )
    return new_dataset(reading, wanted, folder, name)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files whose content is another than it was."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FollowupError(f"`{folder.as_posix()}` cannot be made: {reason}") from None
    for name, content in files.items():
        path = Path(name)
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)
