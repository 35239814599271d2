"""Which command is where, and what all of them share: their options, their help, how they are asked."""

import inspect
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from followup_cli import __version__
from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError

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
        from followup_cli.app.session import dataset_line

        sys.stdout.write(WELCOME.format(dataset=dataset_line()))


WELCOME = """followup - follow up a government plan kept as plain text

  followup status                          the overview
  followup list --agency GPO --state open  what a body still has to do
  followup show 24                         all about one activity

{dataset}
More: followup --help
"""


_SHARED = (Question, Selection, OutputOptions)


def with_shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command's parameters of the shared types their options, after its own."""
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
