"""`help`: topics, commands, and the whole reference, all from what the program itself knows."""

import sys
from typing import Annotated, Any

from typer import Argument

from followup_cli.app.commands import group
from followup_cli.app.commands import run as command_line
from followup_cli.app.streams import page_through
from followup_cli.app.topics import TOPICS
from followup_cli.app.verbs import COMMANDS
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError

EXAMPLES = """Examples:

  followup help

  followup help dates

  followup help list

  followup help reference
"""
REFERENCE = "reference"
_HEAD = """# Reference

Made by `followup help reference > docs/reference/commands.md`; a test keeps it current. The rules of
`followup validate` are in [rules.md](rules.md).
"""


def run(
    words: Annotated[
        list[str] | None, Argument(metavar="[TOPIC]", help=f"A command, {', '.join(TOPICS)}, or {REFERENCE}.")
    ] = None,
) -> None:
    """Explain a topic or a command; without one, list the topics."""
    if not words:
        width = max(len(name) for name in TOPICS)
        lines = [f"  followup help {name:{width}}  {known.meaning}\n" for name, known in TOPICS.items()]
        lines.append(f"  followup help {REFERENCE:{width}}  all commands, options and topics, in Markdown\n")
        sys.stdout.write("Topics:\n\n" + "".join(lines) + "\n`followup COMMAND --help` explains a command.\n")
        return
    topic = " ".join(words)
    name = topic.strip().casefold().replace("_", "-").replace(" ", "-")
    if name in TOPICS:
        text = f"# {_title(name)}\n\n{TOPICS[name].make()}"
    elif name == REFERENCE:
        text = reference()
    elif name in COMMANDS:
        command_line([name, "--help"])
        return
    else:
        known = [*TOPICS, REFERENCE, *COMMANDS]
        meant = nearest(name, known)
        hint = f"did you mean `{meant}`?" if meant else f"the topics are {', '.join([*TOPICS, REFERENCE])}"
        raise FollowupError(f"there is no topic or command `{topic}`", hint)
    if not page_through(text):
        sys.stdout.write(text)


def reference() -> str:
    """Write the whole reference in Markdown."""
    line = group()
    parts = [_HEAD]
    parts += [f"## {_title(name)}\n\n{topic.make()}" for name, topic in TOPICS.items()]
    parts.append(
        "## Commands\n\n"
        + "".join(f"- [`{name}`](#followup-{name}): {text}\n" for name, text in COMMANDS.items())
    )
    parts += [_command(name, line.get_command(None, name)) for name in COMMANDS]
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["followup", name, *map(_name, arguments), "[OPTIONS]"])
    rows = [(f"`{_name(a)}`", a.help or "") for a in arguments] + [(_spelt(o), o.help or "") for o in options]
    table = "".join(f"| {head} | {text} |\n" for head, text in (("option", "meaning"), ("---", "---"), *rows))
    parts = command.help.partition("\b")[0].strip().split("\n\n")
    doc = "\n\n".join(" ".join(part.split()) for part in parts)
    examples = [line for line in command.help.splitlines() if line.startswith("  followup ")]
    shown = "\n".join(line.strip() for line in examples)
    return f"### followup {name}\n\n{doc}\n\n```text\n{usage}\n```\n\n{table}\n```sh\n{shown}\n```\n"


def _name(argument: Any) -> str:
    return str(argument.metavar or argument.name)


def _spelt(option: Any) -> str:
    """Write an option as it is typed, with what it takes."""
    value = f" {option.metavar}" if option.metavar and not option.is_flag else ""
    return f"`{', '.join(option.opts)}{value}`"


def _title(name: str) -> str:
    return "SQL" if name == "sql" else name.replace("-", " ").capitalize()
