"""`render`: fill the blocks of Markdown files with answers, and check that they still hold."""

import difflib
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option

from followup_cli.app import blocks
from followup_cli.app.asking import ask
from followup_cli.app.commands import answer
from followup_cli.app.options import DataOption, Question
from followup_cli.app.streams import language_of, say
from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.files import read_bytes, write_atomically
from followup_cli.formats import Screen, render
from followup_cli.questions.filters import FILTERS
from followup_cli.questions.names import moves

EXAMPLES = """Examples:

  followup render README.md

  followup render --check README.md docs/*.md

  followup render --as-of today README.md

A block in a file is written as

  <!-- followup:begin list --section VI --fields id,title,due,state --as-of 2026-11-01 -->
  <!-- followup:end -->
"""
_DAY = {"--as-of": True, "--soon": True, "--as-enacted": False, "--language": True}
_SELECTION = {each.option: each.takes for each in FILTERS.values()}
# What a block may ask, each with its options and whether they take a value: nothing here writes, runs
# anything, or reads anything but the dataset.
ALLOWED: dict[str, dict[str, bool]] = {
    "report": _DAY,
    "list": {**_DAY, **_SELECTION, "--fields": True, "--sort": True},
    "count": {**_DAY, **_SELECTION, "--by": True, "--sort": True},
}


def run(
    files: Annotated[list[Path], Argument(metavar="FILE...", help="Markdown files with blocks.")],
    check: Annotated[
        bool, Option("--check", help="Write nothing; exit 1 and show the difference if a block is stale.")
    ] = False,
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change.")] = False,
    as_of: Annotated[
        str | None,
        Option("--as-of", metavar="DATE", help="Put this day, or `today`, into every block first."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Fill the blocks of Markdown files with the answers to their questions."""
    read = [(path, *_read(path)) for path in files]
    day = ask(Question(data=data, as_of=as_of)).as_of if as_of else None
    stale = []
    total = 0
    for path, content, before in read:
        text = before
        found = blocks.find(text, str(path))
        if day:
            text = blocks.turned(text, found, day)
            found = blocks.find(text, str(path))
        for block in found:
            _vet(block, f"{path}:{block.begin}")
        total += len(found)
        filled = blocks.fill(text, found, partial(_answer, path, data))
        if filled != before:
            stale.append((path, content, before, filled))
    for path, content, before, after in stale:
        if check or diff:
            sys.stdout.writelines(_difference(path, before, after))
        else:
            write_atomically(path, after.encode("utf-8"), content)
    _sum_up([str(path) for path, *_ in stale], len(files), total, wrote=not (check or diff))
    if check and stale:
        raise Exit(1)


def _read(path: Path) -> tuple[bytes, str]:
    content = read_bytes(path)
    try:
        return content, content.decode("utf-8")
    except UnicodeDecodeError:
        raise FollowupError(f"`{path}` is not UTF-8 text") from None


def _vet(block: blocks.Block, place: str) -> None:
    """Refuse what a block may not ask, and what would be different tomorrow."""
    verb, *words = block.question
    if verb not in ALLOWED:
        raise FollowupError(f"{place}: a block cannot ask `{verb}`", f"it can ask {', '.join(ALLOWED)}")
    allowed, given = ALLOWED[verb], set()
    position = 0
    while position < len(words):
        name, equals, value = words[position].partition("=")
        if name.startswith("-"):
            if name not in allowed:
                near = nearest(name, allowed)
                hint = (
                    f"did you mean `{near}`?"
                    if near
                    else f"the options of `{verb}` in a block are {', '.join(allowed)}"
                )
                raise FollowupError(f"{place}: a block cannot take `{name}`", hint)
            if allowed[name] and not equals:
                position += 1
                value = words[position] if position < len(words) else ""
            given.add(name)
            if name == "--as-of" and moves(value):
                raise FollowupError(
                    f"{place}: `{name} {value}` is another answer tomorrow",
                    "name the day; `followup render --as-of today` moves it on",
                )
        position += 1
    if "--as-of" not in given:
        raise FollowupError(
            f"{place}: the answer depends on the day, and the block names none",
            "add `--as-of 2026-11-01`, with the day that the answer should be of; `render --as-of today` adds it",
        )


def _answer(path: Path, data: Path | None, block: blocks.Block) -> str:
    """Ask a block's question as on the command line."""
    verb, *words = block.question
    folder = ["--data", str(data)] if data else []
    try:
        asked = answer([verb, "--format", "markdown", *folder, *words])
        language = language_of(asked.content, asked.options.language, "markdown")
    except FollowupError as error:
        raise FollowupError(f"{path}:{block.begin}: {error.message}", error.hint) from None
    text = render(asked.content, "markdown", Screen(language=language))
    if text.startswith("# "):
        # The document has a heading of its own.
        title, _, rest = text.removeprefix("# ").partition("\n")
        return f"_{title}_\n{rest}"
    return text


def _difference(path: Path, before: str, after: str) -> Iterable[str]:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"{path}", f"{path} (filled)", n=1
    )
    return [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]


def _sum_up(stale: list[str], files: int, total: int, *, wrote: bool) -> None:
    of = f"{total} block{'s' if total != 1 else ''} in {files} file{'s' if files != 1 else ''}"
    if not stale:
        say(f"{of}: all current" if total else f"no block in {files} file{'s' if files != 1 else ''}")
    elif wrote:
        say(f"{of}: filled {', '.join(stale)}")
    else:
        say(f"{of}: stale in {', '.join(stale)}; `followup render {' '.join(stale)}` fills them")
