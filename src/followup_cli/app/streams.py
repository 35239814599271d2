"""Where answers go: which format, which stream or file, how wide, whether coloured or paged."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from followup_cli.app.options import Color, OutputOptions
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.formats import FORMATS, ONE_TABLE, PUBLISHED, SPOKEN, Screen, render, render_bytes
from followup_cli.glossary import Language
from followup_cli.table import Content, Page, Table


class Answer(NamedTuple):
    """What a command answers, and how it is to be written.

    Attributes:
        content: the tables; what one is of is said beside it to a person at a terminal.
        options: the options that were given; without a format the file's ending decides, else the stream.
        pipe: the format when nobody looks: on a terminal it is always `table`.
        remark: what is said beside it in any case.
        pages: page through it where it is longer than the terminal.
        code: the exit code.
    """

    content: Content
    options: OutputOptions
    pipe: str = "tsv"
    remark: str | None = None
    pages: bool = False
    code: int = 0


def emit(answer: Answer) -> None:
    """Write an answer to standard output or to a file, in the format asked for."""
    options = answer.options
    content = answer.content
    name = chosen_format(options, answer.pipe)
    if options.provenance and content.provenance is None:
        raise FollowupError("this answer is of no plan on a day", "leave out `--provenance`")
    written = screen(options)._replace(language=language_of(content, options.language, name))
    if FORMATS[name].gives == "bytes":
        put_bytes(render_bytes(content, name, written), options.output, name)
    else:
        emit_text(render(content, name, written), options, pages=answer.pages)
    if isinstance(content, Table) and content.provenance and content.rows and at_terminal():
        say(content.provenance.scope)
    if answer.remark:
        say(answer.remark)
    if isinstance(content, Page) and name in ONE_TABLE and len(content.tables) > 1:
        left = ", ".join(f"`{table.name}`" for table in content.tables if table.name != content.main)
        say(
            f"`{name}` holds one table, here `{content.main}`; `--format json` holds {left} too,"
            " and so does a workbook, `-o NAME.xlsx`"
        )


def emit_text(text: str, options: OutputOptions, *, pages: bool = False) -> None:
    """Write a text to standard output, to the file asked for, or through the pager."""
    if pages and options.output is None and not options.no_pager and page_through(text):
        return
    put(text, options.output)


def put(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output."""
    if output is None:
        sys.stdout.write(text)
    else:
        write_file(output, text)


def put_bytes(content: bytes, output: Path | None, format_name: str) -> None:
    """Write what is no text to a file, or to standard output.

    Raises:
        FollowupError: if it would go to a terminal.
    """
    if output is not None:
        write_bytes(output, content)
        return
    if sys.stdout.isatty():
        raise FollowupError(f"the format `{format_name}` needs a file to write to", "name it with `-o PATH`")
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def language_of(content: Content, typed: str | None, format_name: str = "html") -> str:
    """Settle in which language an answer is said: the one that was typed, else the plan's where it is published.

    Raises:
        FollowupError: if what was typed is none that we have, or none that the answer can be said in.
    """
    about = content.provenance
    own = about.language.partition("-")[0] if about else ""
    if typed is None:
        return own if format_name in PUBLISHED and own in list(Language) else "en"
    language = choose(typed, Language, "language")
    if language != "en" and format_name not in SPOKEN:
        others = ", ".join(f"`{name}`" for name in SPOKEN if name in FORMATS)
        raise FollowupError(
            f"the names in `{format_name}` are the same in every language",
            f"the formats that speak one are {others}, as with `--format markdown`",
        )
    if language != "en" and about is None:
        raise FollowupError("this answer is in English alone", "leave out `--language`")
    return language


@contextmanager
def said_in_language(content: Content, typed: str | None, format_name: str = "html") -> Iterator[None]:
    """Say what is written inside the block in the language of `language_of`, the plan's words too where it has them."""
    from followup_cli.formats.phrases import speaking

    language = language_of(content, typed, format_name)
    also = content.provenance.also if content.provenance else {}
    with speaking(language, also.get(language, {})):
        yield


def at_terminal() -> bool:
    """Tell whether a person looks at both what is answered and what is said beside it."""
    return sys.stdout.isatty() and sys.stderr.isatty()


def page_through(text: str) -> bool:
    """Show a text in the user's pager, where that is of use; tell whether it was shown."""
    if not (at_terminal() and sys.stdin.isatty()) or os.environ.get("TERM") == "dumb":
        return False
    import shlex
    import shutil
    import signal
    import subprocess

    if text.count("\n") < shutil.get_terminal_size().lines:
        return False
    sys.stdout.flush()
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
        environment = {"LESS": "FIRX", "LV": "-c", **os.environ}
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603
    except (ValueError, OSError, IndexError):  # there is no such pager: the text is shown without
        return False
    # Ctrl-C is the pager's: it decides what it means.
    ours = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode())
    finally:
        signal.signal(signal.SIGINT, ours)
    return True


def chosen_format(options: OutputOptions, pipe: str) -> str:
    """Settle the format: the one named, the one the file's ending means, or what suits the stream."""
    if options.format is not None:
        name = choose(options.format, FORMATS, "format")
    elif options.plain:
        name = "table"
    elif options.output is not None:
        name = _format_of(options.output, "csv" if options.excel else pipe)
    elif options.excel:
        name = "csv"
    else:
        spoken = options.language not in (None, "en") and pipe not in SPOKEN
        name = "table" if spoken or sys.stdout.isatty() else pipe
    if options.excel and name != "csv":
        raise FollowupError(
            f"`--excel` is a way to write CSV, and the format is `{name}`",
            "leave it out, or name `--format csv`; a workbook is `-o NAME.xlsx`",
        )
    return name


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
    if ending in (".ics", ".sqlite", ".db", ".parquet"):
        raise FollowupError(
            f"a table cannot be written as `{ending}`", f"`followup export -o {file.name}` writes one"
        )
    known = ", ".join(end for each in FORMATS.values() for end in each.endings)
    raise FollowupError(
        f"the ending `{ending}` means no format", f"name one with --format; the endings are {known}"
    )


def screen(options: OutputOptions) -> Screen:
    """Describe what is written to: a terminal with its width and colours, a pipe, or a file."""
    written = Screen(
        wide=options.wide, plain=options.plain, excel=options.excel, provenance=options.provenance
    )
    if options.output is not None:
        return written
    terminal = sys.stdout.isatty()
    colour = coloured(options.color, terminal)
    if not terminal:
        return written._replace(colour=colour)
    import shutil

    plain = options.plain or os.environ.get("ACCESSIBLE", "0") not in ("", "0")
    width = None if options.wide or plain else max(shutil.get_terminal_size().columns, 20)
    return written._replace(width=width, colour=colour, plain=plain)


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


def say(*messages: str) -> None:
    """Say something to the person at the terminal, beside the data: a line each, whatever they hold."""
    from followup_cli.formats.terminal import safe_line

    sys.stderr.write("".join(f"{safe_line(message)}\n" for message in messages))
