"""The app: options that all commands share, streams, today, and which command is where."""

import inspect
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from followup_cli import __version__
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.formats import FORMATS, Screen, format_named, render
from followup_cli.table import Content

# Verb: the line that `followup --help` prints. The module of the same name in `commands` is loaded when called.
COMMANDS: dict[str, str] = {
    "status": "The overview: what is due, what passed unreported, by section.",
    "list": "One row per deliverable, filtered and sorted.",
    "count": "Deliverables and activities by any field, with denominators.",
    "show": "All about one activity (24) or deliverable (24.2).",
    "agencies": "What each agency carries, as lead and as agreed.",
    "timeline": "The plan in time: windows, due dates, states, by section.",
    "sql": "Any other question: one SELECT, as of a date.",
    "report": "Pages to publish or send: the plan, an overview, one agency.",
    "render": "Fill the blocks of Markdown files, and keep them true.",
    "badge": "How much is delivered, as a small picture (SVG).",
    "export": "The whole plan as a workbook, a calendar, a database or tables.",
    "record": "Add an update to a deliverable; no other byte of the file moves.",
    "diff": "What changed between two revisions, folders, or since the last commit.",
    "history": "The life of an activity or deliverable: amendments, updates, commits.",
    "init": "Start a dataset for another plan.",
    "validate": "Check the data: every mistake, at its line and column.",
    "rule": "What a rule checks, why, with a bad and a good example.",
    "schema": "Write the JSON Schemas with which editors complete and check the files.",
    "help": "Topics: dates, formats, states, fields, exit codes, SQL.",
    "completion": "The script that makes a shell complete followup's words.",
    "deadline": "How a deadline phrase is read, and by which rule.",
}


class LazyGroup(TyperGroup):
    """A group that imports a command only when it is called or described."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """List the verbs in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import a command's module and make its command."""
        if cmd_name not in COMMANDS:
            meant = nearest(cmd_name, COMMANDS)
            hint = f"did you mean `{meant}`?" if meant else "`followup --help` lists the commands"
            raise FollowupError(f"there is no command `{cmd_name}`", hint)
        from importlib import import_module

        module = import_module(f"followup_cli.commands.{cmd_name}")
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(
            cmd_name,
            short_help=COMMANDS[cmd_name],
            help=_examples_first(module.run.__doc__ or "", module.EXAMPLES),
            context_settings={"help_option_names": ["-h", "--help"]},
        )(with_shared_options(module.run))
        return typer.main.get_command(single)


def _examples_first(explanation: str, examples: str) -> str:
    """Write a command's help: what it does, then examples, before the options that follow."""
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    return "\n\n".join(
        (inspect.cleandoc(explanation), "\n".join(["\b", lines[0], *(f"  {x}" for x in lines[1:])]))
    )


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:  # noqa: FBT001
    if value:
        sys.stdout.write(f"followup {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--version", "-V", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Follow up a government plan kept as plain text."""
    if context.invoked_subcommand is None:
        from followup_cli.commands.status import dataset_line

        sys.stdout.write(WELCOME.format(dataset=dataset_line()))


WELCOME = """followup - follow up a government plan kept as plain text

  followup status                          the overview
  followup list --agency GPO --state open  what a body still has to do
  followup show 24                         all about one activity

{dataset}
More: followup --help
"""

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        envvar="FOLLOWUP_DATA",
        help="Folder of the dataset [default: data/ here or above; else the plan that comes with followup].",
    ),
]


class Question(NamedTuple):
    """The options of every command that asks about the data: which dataset, judged as of which day."""

    data: DataOption = None
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            envvar="FOLLOWUP_AS_OF",
            help="Judge everything as of this day [default: today in the plan's time zone].",
        ),
    ] = None
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="REVISION", help="The dataset as it stood at a git revision, or on a day's end."
        ),
    ] = None
    as_enacted: Annotated[
        bool,
        typer.Option("--as-enacted", help="The plan's words as adopted, before any amendment."),
    ] = False
    soon: Annotated[
        int,
        typer.Option("--soon", metavar="DAYS", min=0, max=3660, help="How near a due date is `due-soon`."),
    ] = 30
    no_cache: Annotated[
        bool,
        typer.Option("--no-cache", help="Read the dataset anew, and keep nothing of it for the next time."),
    ] = False


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class View(NamedTuple):
    """The options of every command that shows tables: in which format, where to, how wide."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", envvar="FOLLOWUP_FORMAT", help=f"One of {', '.join(FORMATS)}."
        ),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file; its ending picks the format."),
    ] = None
    wide: Annotated[
        bool, typer.Option("--wide", help="Show all columns and rows, however small the terminal.")
    ] = False
    plain: Annotated[
        bool,
        typer.Option(
            "--plain", help="One name and value a line, nothing drawn, for screen readers [env: ACCESSIBLE]."
        ),
    ] = False
    color: Annotated[
        Color, typer.Option("--color", metavar="WHEN", help="auto, always or never; NO_COLOR is heeded.")
    ] = Color.AUTO
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Do not page through what is longer than the terminal.")
    ] = False


Words = list[str] | None


class Selection(NamedTuple):
    """The options that keep some deliverables: repeated, alternatives; different ones must all hold."""

    section: Annotated[
        Words, typer.Option("--section", metavar="ID", help="Section: id, number or part of its title.")
    ] = None
    agency: Annotated[
        Words, typer.Option("--agency", metavar="AGENCY", help="Agency: code, name or part of its name.")
    ] = None
    role: Annotated[
        Words, typer.Option("--role", metavar="ROLE", help="lead or as-agreed; of --agency, if given.")
    ] = None
    no_lead: Annotated[bool, typer.Option("--no-lead", help="Only what names no body in charge.")] = False
    status: Annotated[
        Words, typer.Option("--status", metavar="STATUS", help="What was last reported, or `none`.")
    ] = None
    state: Annotated[
        Words, typer.Option("--state", metavar="STATE", help="What is derived as of the date.")
    ] = None
    outcome: Annotated[Words, typer.Option("--outcome", metavar="TEXT", help="Any part of the outcome.")] = (
        None
    )
    search: Annotated[
        Words, typer.Option("--search", metavar="TEXT", help="Any part of title, points or outcome.")
    ] = None
    due: Annotated[
        Words, typer.Option("--due", metavar="PHRASE", help="Due within it: 2022, Q3 2022, August 2022.")
    ] = None
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="PHRASE", help="Due before its first day.")
    ] = None
    due_after: Annotated[
        str | None, typer.Option("--due-after", metavar="PHRASE", help="Due after its last day.")
    ] = None


_SHARED = (Question, Selection, View)


def with_shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command's parameters of the types Question and View their options, after its own."""
    own, shared = [], []
    groups: dict[str, type] = {}
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        if parameter.annotation in _SHARED:
            groups[parameter.name] = parameter.annotation
            shared += list(inspect.signature(parameter.annotation, eval_str=True).parameters.values())
        else:
            own.append(parameter)
    names = {name: list(inspect.signature(group).parameters) for name, group in groups.items()}

    def run(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{field: values.pop(field) for field in names[name]})
        command(**values)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__doc__ = command.__doc__
    return run


def today(timezone: str) -> date:
    """Tell the day it is in a time zone. Nothing else in the program reads the clock.

    Raises:
        FollowupError: if the zone is not known.
    """
    from zoneinfo import ZoneInfo

    try:
        return datetime.now(UTC).astimezone(ZoneInfo(timezone)).date()
    except (KeyError, ValueError, OSError):
        raise FollowupError(f"there is no time zone `{timezone}`", "name the day with --as-of") from None


def data_folder(given: Path | None) -> Path:
    """Find the dataset: the folder given, else `data/` here or above, else the plan that comes along.

    Raises:
        FollowupError: if the folder given has no dataset.
    """
    if given is not None:
        for folder in (given, given / "data"):
            if (folder / "activities.yaml").exists() or (folder / "agencies.yaml").exists():
                return folder
        problem = "holds no activities.yaml" if given.is_dir() else "is not a folder"
        raise FollowupError(f"`{given}` {problem}", "name a folder with activities.yaml and agencies.yaml")
    try:
        here = Path.cwd()
    except OSError:
        here = Path("/")
    for folder in (here, *(parent / "data" for parent in (here, *here.parents))):
        # One of the files is enough: that the other is missing, or named otherwise, must be seen.
        if any(
            (folder / f"{name}.{end}").exists()
            for name in ("activities", "agencies")
            for end in ("yaml", "yml")
        ):
            return Path(os.path.relpath(folder, here))
    return shipped_folder()


def shipped_folder() -> Path:
    """Give the folder of the plan that comes with followup."""
    shipped = Path(__file__).parents[1] / "data"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "data"


def cache_folder() -> Path | None:
    """Give the folder for what may be kept between runs; FOLLOWUP_CACHE moves it, or if empty forbids it."""
    named = os.environ.get("FOLLOWUP_CACHE")
    if named is not None:
        return Path(named) if named else None
    for variable, below in (("XDG_CACHE_HOME", ""), ("LOCALAPPDATA", "Cache"), ("HOME", ".cache")):
        folder = os.environ.get(variable)
        if folder and Path(folder).is_absolute():
            return Path(folder, below, "followup")
    return None


def emit(
    content: Content, view: View, *, pipe: str = "tsv", scope: str | None = None, pages: bool = False
) -> None:
    """Write tables to standard output or to a file, in the format asked for.

    Args:
        content: what to write.
        view: the options that were given; without a format the file's ending decides, else the stream.
        pipe: the format when nobody looks: on a terminal it is always `table`.
        scope: what the answer is about, said beside it to a person at a terminal.
        pages: page through it where it is longer than the terminal.
    """
    name = chosen_format(view, pipe)
    alone = view.output is not None
    emit_text(render(content, name, None if alone else screen(view)), view, pages=pages)
    if scope and at_terminal():
        say(scope)


def emit_text(text: str, view: View, *, pages: bool = False) -> None:
    """Write a text to standard output, to the file asked for, or through the pager."""
    if pages and view.output is None and not view.no_pager and page_through(text):
        return
    put(text, view.output)


def put(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output."""
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(output, text)


def at_terminal() -> bool:
    """Tell whether a person looks at both what is answered and what is said beside it."""
    return sys.stdout.isatty() and sys.stderr.isatty()


def page_through(text: str) -> bool:
    """Show a text in the user's pager, where that is of use; tell whether it was shown."""
    if not (at_terminal() and sys.stdin.isatty()) or os.environ.get("TERM") == "dumb":
        return False
    import shlex
    import shutil
    import subprocess

    size = shutil.get_terminal_size()
    lines = text.count("\n")
    command = shlex.split(os.environ.get("PAGER", "less"))
    if lines < size.lines or not command or shutil.which(command[0]) is None:
        return False
    environment = {"LESS": "FIRX", "LV": "-c", **os.environ}
    sys.stdout.flush()
    return subprocess.run(command, input=text.encode(), env=environment, check=False).returncode == 0  # noqa: S603


def chosen_format(view: View, pipe: str) -> str:
    """Settle the format: the one named, the one the file's ending means, or what suits the stream."""
    if view.format is not None:
        return format_named(view.format)
    if view.plain:
        return "table"
    if view.output is not None:
        return _format_of(view.output, pipe)
    return "table" if sys.stdout.isatty() else pipe


def _format_of(file: Path, otherwise: str) -> str:
    """Tell the format that a file's ending means; a file without one, or a device, has the other.

    Raises:
        FollowupError: if the ending means no format.
    """
    ending = file.suffix.lower()
    if not ending or file.is_char_device():
        return otherwise
    for name, each in FORMATS.items():
        if ending in each.endings:
            return name
    if ending in (".xlsx", ".ics", ".sqlite", ".db", ".parquet"):
        raise FollowupError(
            f"a table cannot be written as `{ending}`", f"`followup export -o {file.name}` writes one"
        )
    known = ", ".join(end for each in FORMATS.values() for end in each.endings)
    raise FollowupError(
        f"the ending `{ending}` means no format", f"name one with --format; the endings are {known}"
    )


def screen(view: View) -> Screen:
    """Describe what standard output is: a terminal with its width and colours, or a pipe."""
    terminal = sys.stdout.isatty()
    colour = coloured(view.color, terminal)
    if not terminal:
        return Screen(colour=colour, wide=view.wide, plain=view.plain)
    import shutil

    plain = view.plain or os.environ.get("ACCESSIBLE", "0") not in ("", "0")
    width = None if view.wide or plain else max(shutil.get_terminal_size().columns, 20)
    return Screen(width, colour=colour, wide=view.wide, plain=plain)


def coloured(color: Color, terminal: bool) -> bool:  # noqa: FBT001
    """Settle whether to colour: as asked for, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def write_file(path: Path, text: str) -> None:
    """Write a text as a whole file or leave what was there."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file or leave what was there.

    Raises:
        FollowupError: if the file cannot be written, or is a dataset's own.
    """
    from followup_cli.files import write_atomically

    if path.resolve().name in ("activities.yaml", "agencies.yaml") and path.exists():
        raise FollowupError(f"`{path}` is a dataset's own file", "write to another file")
    write_atomically(path, content)


def say(message: str) -> None:
    """Say something to the person at the terminal, beside the data."""
    sys.stderr.write(message + "\n")
