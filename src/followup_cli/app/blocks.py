"""Blocks of a Markdown text that the program fills: between a begin marker with a question, and an end.

    <!-- followup:begin count --by state --as-of 2026-11-01 -->
    <!-- followup:end -->

A marker stands alone on its line, indented by three spaces at most. Markers in fenced code are text.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from followup_cli.errors import FollowupError

_MARKER = re.compile(r" {0,3}<!--\s*followup:(?P<what>\S+)(?P<rest>.*?)-->\s*")
_HALF = re.compile(r" {0,3}<!--\s*followup:")
_DAY = re.compile(r"""--as-of(?:=|\s+)(?:"[^"]*"|'[^']*'|(?!-->)\S+)""")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>.*)", re.DOTALL)


class Block(NamedTuple):
    """A block: the line of its begin marker (from 1), that of its end marker, and its question."""

    begin: int
    end: int
    question: tuple[str, ...]


def find(text: str, name: str) -> list[Block]:
    """Find the blocks of a text.

    Args:
        text: the text, with any line ends.
        name: what to call it in a message.

    Raises:
        FollowupError: if a marker is missing, nested, reversed or misspelt; it names the line.
    """
    blocks = []
    opened: tuple[int, tuple[str, ...]] | None = None
    for number, line in _outside_fences(text):
        marker = _MARKER.fullmatch(line)
        place = f"{name}:{number}"
        if marker is None:
            raise FollowupError(
                f"{place}: the marker is not closed on its line", "end it with ` -->`, alone on its line"
            )
        if marker["what"] == "begin":
            if opened:
                raise FollowupError(
                    f"{place}: a block begins inside the block of line {opened[0]}",
                    "end that one first with `<!-- followup:end -->`",
                )
            opened = (number, _words(marker["rest"], place))
        elif marker["what"] == "end":
            if not opened:
                raise FollowupError(
                    f"{place}: a block ends that has not begun", "remove it, or add the begin marker"
                )
            blocks.append(Block(opened[0], number, opened[1]))
            opened = None
        else:
            raise FollowupError(
                f"{place}: there is no marker `followup:{marker['what']}`",
                "the markers are `followup:begin` and `followup:end`",
            )
    if opened:
        raise FollowupError(
            f"{name}:{opened[0]}: the block has no end", "add `<!-- followup:end -->` after it"
        )
    return blocks


def turned(text: str, blocks: list[Block], day: date) -> str:
    """Put a day into the question of each block, for the day that it names or after a question that names none."""
    lines = _lines(text)
    for block in blocks:
        line = lines[block.begin - 1]
        turned, found = _DAY.subn(f"--as-of {day}", line)
        lines[block.begin - 1] = turned if found else re.sub(r"\s*-->", f" --as-of {day} -->", line)
    return "".join(lines)


def fill(text: str, blocks: list[Block], answer: Callable[[Block], str]) -> str:
    """Put an answer into each block, with the line ends that the text has there."""
    lines = _lines(text)
    for block in reversed(blocks):
        line_end = "\r\n" if lines[block.begin - 1].endswith("\r\n") else "\n"
        body = ["", *answer(block).strip("\n").split("\n"), ""]
        lines[block.begin : block.end - 1] = [line + line_end for line in body]
    return "".join(lines)


def _lines(text: str) -> list[str]:
    """Split at line feeds alone: other characters that end lines may stand in a text."""
    return [line + "\n" for line in text.split("\n")[:-1]] + ([text.rsplit("\n", 1)[-1]])


def _outside_fences(text: str) -> Iterator[tuple[int, str]]:
    """Go through the lines that are markers, or want to be, each with its number.

    What stands in a block is ours and about to be replaced: a fence in it does not count.
    """
    fence = ""
    inside = False
    for number, line in enumerate(_lines(text.removeprefix("\ufeff")), 1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark["fence"].startswith(fence) and not mark["info"].strip():
                fence = ""
        elif _HALF.match(line):
            marker = _MARKER.fullmatch(line)
            inside = bool(marker) and marker["what"] == "begin" if marker else inside
            yield number, line
        elif mark and not inside and not (mark["fence"][0] == "`" and "`" in mark["info"]):
            fence = mark["fence"]


def _words(text: str, place: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(text))
    except ValueError as error:
        raise FollowupError(f"{place}: the question cannot be read: {str(error).lower()}") from None
    if not words:
        raise FollowupError(
            f"{place}: the block asks nothing", "such as `followup:begin report --as-of 2026-11-01`"
        )
    return words
