"""Which command is where, and what all of them share: their options, their help, how they are asked."""

import inspect
import re
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from followup_cli import __version__
from followup_cli.app.options import OutputOptions, Question, Selection
from followup_cli.app.streams import Answer, emit
from followup_cli.app.values import read_help, read_values
from followup_cli.app.verbs import COMMANDS, GROUPS
from followup_cli.choosing import nearest, suggestion
from followup_cli.errors import FollowupError
from followup_cli.formats import FORMATS

_HELP = {"help_option_names": ["-h", "--help"]}


class LazyGroup(TyperGroup):
    """A group that imports a command only when it is called or described."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """List the verbs in the order of the help."""
        return list(COMMANDS)

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option `--help`."""
        return read_help(super().get_help_option(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the verbs, each under what it is for."""
        for name, verbs in GROUPS.items():
            with formatter.section(name):
                formatter.write_dl(list(verbs.items()))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import a command's module and make its command."""
        if cmd_name not in COMMANDS:
            raise _no_command(cmd_name)
        from importlib import import_module

        module = import_module(f"followup_cli.commands.{cmd_name}")
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        run: Any = with_shared_options(module.run)
        single.command(
            cmd_name,
            cls=StrictCommand,
            short_help=COMMANDS[cmd_name],
            help=_examples_first(_docstring(module.run), module.EXAMPLES),
            context_settings=_HELP,
        )(run)
        command: Any = typer.main.get_command(single)
        read_values(command, run.__annotations__)
        command.sections = run.sections
        return command


class StrictCommand(TyperCommand):
    """A command that takes no empty value: an unset variable in a script is not "all".

    `sections` tells under which heading of the help an option stands that it shares.
    """

    sections: Mapping[str, str] = {}

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option `--help`."""
        return read_help(super().get_help_option(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options under what they are for; those that commands share come last."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            title = "Arguments" if parameter.param_type_name == "argument" else "Options"
            record = parameter.get_help_record(ctx)
            if record is not None:
                sections.setdefault(self.sections.get(str(parameter.name), title), []).append(record)
        for title in sorted(sections, key=_ORDER.index):
            with formatter.section(title):
                formatter.write_dl(sections[title])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line.

        Raises:
            FollowupError: if an option or argument was given an empty value, or commas alone.
        """
        given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        for parameter in self.params:
            values = given.get(str(parameter.name))
            for value in values if isinstance(values, (list, tuple)) else [values]:
                if isinstance(value, str) and not value.strip(" \t\r\n,"):
                    name = parameter.metavar if parameter.param_type_name == "argument" else None
                    raise FollowupError(
                        f"`{name or max(parameter.opts, key=len)}` was given an empty value",
                        "name one, or leave it out",
                    )
        return super().parse_args(ctx, args)


def _docstring(function: Callable[..., object]) -> str:
    """Give a function's docstring; where Python was told to drop it (-OO), from its source."""
    if function.__doc__ is not None:
        return inspect.cleandoc(function.__doc__)
    import ast

    return ast.get_docstring(ast.parse(inspect.getsource(function)).body[0]) or ""  # type: ignore[arg-type]


def _examples_first(explanation: str, examples: str) -> str:
    """Write a command's help: what it does, then examples, before the options that follow."""
    lines = [line.strip() for line in examples.splitlines() if line.strip()]
    return "\n\n".join((explanation, "\n".join(["\b", lines[0], *(f"  {x}" for x in lines[1:])])))


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)


def _show_version(value: bool) -> None:  # noqa: FBT001
    if value:
        sys.stdout.write(f"followup {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True, help="Follow up a government plan kept as plain text.")
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--version", "-V", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Welcome whoever names no command."""
    if context.invoked_subcommand is None:
        from followup_cli.app.session import dataset_line

        sys.stdout.write(WELCOME.format(dataset=dataset_line()))


WELCOME = """followup - follow up a government plan kept as plain text

  followup status                          the overview
  followup list --agency GPO --sort due    what an agency takes part in
  followup show 24                         all about one activity

{dataset}
More: followup --help
"""


# Of options that are shared: what their section of the help is called.
_SHARED: dict[type, str] = {
    Selection: "Which deliverables",
    Question: "Which data, as of which day",
    OutputOptions: "How it is written",
}
_ORDER = ["Arguments", "Options", *_SHARED.values()]


def with_shared_options(command: Callable[..., Answer | None]) -> Callable[..., Answer | None]:
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

    def run(**values: Any) -> Answer | None:
        for name, group in groups.items():
            values[name] = group(**{field: values.pop(field) for field in names[name]})
        return command(**values)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__doc__ = command.__doc__
    run.sections = {field: _SHARED[group] for name, group in groups.items() for field in names[name]}  # type: ignore[attr-defined]
    return run


def group() -> Any:
    """Make the program's command line."""
    return typer.main.get_command(app)


def run(words: Sequence[str]) -> int:
    """Run a command line, without the program's name, and write its answer; give the exit code."""
    try:
        answered = _answered(words)
    except typer.Exit as done:
        return done.exit_code
    if answered is None:
        return 0
    emit(answered)
    return answered.code


def answer(words: Sequence[str]) -> Answer:
    """Put a question as on the command line, and give the answer instead of writing it.

    Raises:
        FollowupError: if it cannot be answered, or is no question.
    """
    try:
        answered = _answered(words)
    except Exception as error:
        refusal = complaint(error, words)
        if refusal is None:
            raise
        raise refusal from None
    if answered is None:
        raise FollowupError(f"`{words[0]}` is no question")
    return answered


def _answered(words: Sequence[str]) -> Answer | None:
    line = group()
    with line.make_context("followup", list(words)) as context:
        answered = line.invoke(context)
    return answered if isinstance(answered, Answer) else None


def complaint(error: Exception, line: Sequence[str]) -> FollowupError | None:
    """Put Typer's complaint about a command line in our words; None if it is something else.

    Its complaints have no public type: they know their words and an exit code.
    """
    if not hasattr(error, "format_message"):
        return None
    words = error.format_message()
    context = getattr(error, "ctx", None)
    command = getattr(context, "command", None)
    name = getattr(error, "option_name", None)
    if name and command and "No such option" in words:
        return FollowupError(f"there is no option `{name}`", _option_hint(name, command, line))
    extra = re.fullmatch(r"Got unexpected extra argument\S* \((.*)\)", words, re.DOTALL)
    if extra and command:
        return FollowupError(f"`{command.name}` takes no `{extra[1]}`", _extra_hint(extra[1], command.name))
    of = f"followup {command.name}" if command and not isinstance(command, LazyGroup) else "followup COMMAND"
    said = re.sub("'([^']*)'", r"`\1`", words[:1].lower() + words[1:].rstrip("."))
    return FollowupError(said, f"`{of} -h` shows what it takes")


def _no_command(word: str) -> FollowupError:
    hint = (
        f"`followup show {word}`"
        if _is_id(word)
        else suggestion(word, list(COMMANDS), "command", "`followup --help` lists the commands")
    )
    return FollowupError(f"there is no command `{word}`", hint)


def _is_id(word: str) -> bool:
    return re.fullmatch(r"#?\d+(\.\d+)?", word) is not None


def _option_hint(name: str, command: Any, line: Sequence[str]) -> str:
    """Say what to type instead of an option that a command does not have."""
    options = {option: parameter for parameter in command.params for option in parameter.opts}
    near = nearest(name, options) if len(name) > 2 else None
    if isinstance(command, LazyGroup) and not near:
        return f"options go after the command: `{_command_first(line) or f'followup list {name}'}`"
    word = name.lstrip("-")
    if "--format" in options and word in re.findall(r"\w+", options["--format"].help or ""):
        return f"write `--format {word}`"
    if near and word not in FORMATS:
        return f"did you mean `{near}`?"
    return f"`followup {command.name} -h` shows the options"


def _command_first(line: Sequence[str]) -> str | None:
    """Give a command line with its command before its options; None if it names none."""
    at = next((index for index, word in enumerate(line) if word in COMMANDS), None)
    return None if at is None else shlex.join(["followup", line[at], *line[:at], *line[at + 1 :]])


def _extra_hint(words: str, verb: str) -> str:
    """Say what to type instead of words that a command does not take."""
    first = words.partition(" ")[0]
    return (
        f"`followup show {first}` shows all about it"
        if _is_id(first)
        else f"`followup {verb} -h` shows what it takes"
    )
