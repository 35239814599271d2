"""Blots: what cannot be read of a text is left out, and every other character keeps its place."""

import re
from dataclasses import dataclass, field

from followup_cli.findings import Mistake, Position
from followup_cli.text.characters import BLOT
from followup_cli.text.slips import PARTS

_WORD = re.compile(r"[ \t-]*(?P<word>[\w-]+)")


@dataclass
class Piece:
    """A stretch of whole lines, from 0, the end exclusive: an item of a list, or a top-level key with its value.

    `name` is for people. `dash` is the column of the item's dash, or -1; `index` is its place in the list of
    the top-level key `key`. `torn` tells that its structure could not be kept.
    """

    first: int
    last: int
    name: str
    dash: int = -1
    key: str = ""
    index: int = -1
    torn: bool = False


@dataclass
class Repair:
    """A text that is made readable: its lines, what is wrong with it, and what of it is left out.

    `unread` are the numbers of the lines, from 0, of which something is left out; `lost` are the keys on
    lines that are left out whole, each with the number of its line.
    """

    lines: list[str]
    problems: list[Mistake] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)
    lost: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Give the text as it can be read: as long as the original, line by line."""
        return "\n".join(self.lines)

    def note(self, line: int, column: int, message: str, hint: str, rule: str = "syntax") -> None:
        """Note what is wrong at a place, by line and column from 0."""
        self.problems.append(
            Mistake(rule, Position(line + 1, column + 1, line + 1, column + 2), message, hint)
        )

    def write(self, line: int, text: str) -> None:
        """Put a text of the same length in place of a line, its carriage return kept."""
        end = "\r" if self.lines[line].endswith("\r") else ""
        self.lines[line] = text + end
        self.unread.add(line)

    def blank(self, line: int) -> None:
        """Take out a line."""
        text = self.lines[line].rstrip("\r")
        if word := _WORD.match(text):
            self.lost.append((line, word["word"]))
        self.write(line, " " * len(text))

    def blank_below(self, line: int, column: int) -> None:
        """Take out the lines below one that are indented deeper than a column."""
        for number in range(line + 1, len(self.lines)):
            if self.lines[number].strip():
                if indentation(self.lines[number]) <= column:
                    break
                self.blank(number)

    def blot(self, line: int) -> bool:
        """Make the value on a line unreadable and keep its key; tell whether that can be done.

        What goes on on deeper lines goes with it.
        """
        text = self.lines[line].rstrip("\r")
        parts = PARTS.match(text)
        if parts is None or not parts["lead"].strip() or not parts["value"] or line in self.unread:
            return False
        self.write(line, parts["lead"] + BLOT * len(parts["value"]) + parts["end"])
        column = len(parts["lead"]) - len(parts["lead"].lstrip(" -"))
        self.blank_below(line, column if parts["key"] else column - 2)
        return True

    def begin_item(self, line: int, dash: int) -> bool:
        """Write a line as the first of an item whose key cannot be read; tell whether there is room for it."""
        text = self.lines[line].rstrip("\r")
        room = len(text) - dash - len("- :")
        if room < 1:
            return False
        if word := _WORD.match(text):
            self.lost.append((line, word["word"]))
        value = f": {BLOT * (room - 2)}" if room > 2 else ":" + " " * (room - 1)
        self.write(line, f"{' ' * dash}- {BLOT}{value}")
        return True

    def give_up(self, piece: Piece) -> None:
        """Leave out a piece whole; an item stays in its list, as one that is unread."""
        for line in range(piece.first, piece.last):
            if self.lines[line].strip():
                self.blank(line)
        text = self.lines[piece.first].rstrip("\r")
        if piece.dash >= 0 and len(text) > piece.dash + 2:
            self.write(piece.first, f"{' ' * piece.dash}- {BLOT}{text[piece.dash + 3 :]}")
        piece.torn = True


def indentation(line: str) -> int:
    """Count the blanks before a line's text."""
    plain = line.expandtabs(8)
    return len(plain) - len(plain.lstrip(" "))
