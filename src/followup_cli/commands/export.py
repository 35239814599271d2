"""`export`: the whole plan as files for other programs."""

import sys
from pathlib import Path
from typing import Annotated

from typer import Option

from followup_cli.app.asking import ask, filters
from followup_cli.app.options import LanguageOption, Question, Selection
from followup_cli.app.streams import put_bytes, said_in_language, say
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.files import write_folder
from followup_cli.formats import FORMATS
from followup_cli.formats.files import EXPORTS, Files
from followup_cli.questions.filters import why_empty
from followup_cli.questions.whole_plan import whole_plan
from followup_cli.registry import load

EXAMPLES = """Examples:

  followup export -o plan.xlsx

  followup export -o gpo.ics --agency GPO --remind 14

  followup export -o plan.sqlite --as-of 2025-05-01

  followup export -f datapackage -o package
"""


def run(
    question: Question,
    selection: Selection,
    format: Annotated[  # noqa: A002 - the option's name
        str | None, Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(EXPORTS)}.")
    ] = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="PATH", help="File or folder; a file's ending picks the format."),
    ] = None,
    remind: Annotated[
        int | None,
        Option(
            "--remind", metavar="DAYS", min=0, max=3660, help="In a calendar: remind so many days before."
        ),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Write the plan, as of a day, as a workbook, a calendar, a database or tables.

    With a selection, only those deliverables and what belongs to them are written.
    """
    name = _format(format, output)
    gives = EXPORTS[name].gives
    if output is None and (gives == "folder" or (sys.stdout.isatty() and gives != "text")):
        place = "a folder" if gives == "folder" else "a file"
        raise FollowupError(f"the format `{name}` needs {place} to write to", "name it with `-o PATH`")
    if remind is not None and name != "ics":
        raise FollowupError(f"only a calendar reminds, and the format is `{name}`", "leave out `--remind`")
    picture = ask(question)
    selected = filters(picture, selection)
    page = whole_plan(picture, selected)
    settings = {} if remind is None else {"remind": remind}
    with said_in_language(page, language, name):
        files: Files = load(EXPORTS[name])(page, **settings)
    if gives == "folder" and output is not None:
        write_folder(output, files)
        say(f"{len(files)} files in {output}")
    else:
        put_bytes(files[""], output, name)
    if not page.main_table().rows:
        say(why_empty(picture, selected))


def _format(given: str | None, output: Path | None) -> str:
    asked = (given or (output.suffix if output else "")).lower().removeprefix(".")
    listed = next(
        (name for name, entry in FORMATS.items() if asked == name or f".{asked}" in entry.endings), None
    )
    if listed is not None and listed not in EXPORTS:
        raise FollowupError(
            f"a plan is several tables, and `{asked}` holds one",
            f"`followup list -f {listed}` writes the deliverables; `-f datapackage` a CSV file per table",
        )
    if given is not None:
        return choose(given, EXPORTS, "export format")
    if output is not None:
        found = [name for name, export in EXPORTS.items() if output.suffix.lower() in export.endings]
        if found:
            return found[0]
    shapes = ", ".join(f"{name} ({export.meaning})" for name, export in EXPORTS.items())
    raise FollowupError("no format is named", f"name one with `-f`: {shapes}")
