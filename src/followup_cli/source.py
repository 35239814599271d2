"""YAML text becomes a Document: plain data, and the place of every part of it.

Every scalar stays the text that was typed; an empty one is None. Types come from the models. The layout
that plans are written in is read line by line, all other YAML from parse events; both give the same data.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from followup_cli import plain_layout
from followup_cli.findings import START, Position

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32
MAX_SCALAR = 100_000
MAX_KEY = 200

# Characters that have no business in a plan: controls (but tab and line ends), line separators that
# editors count differently, bidirectional controls, invisible joiners, surrogates, non-characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|\r(?!\n)"
)
# Texts of nothing but common characters need no search for the others: this is six times as fast.
_COMMON = re.compile("[\n\x20-\x7e\u00a0-\u0600\u2010-\u2027]*")

Steps = tuple[str | int, ...]


class _Unread:
    """A value that stands where the text could not be taken as data; it has its own finding."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = _Unread()


class Problem(NamedTuple):
    """Something wrong, before it is a finding: the rule's name, where, what, and the remedy."""

    rule: str
    place: Position
    message: str
    hint: str | None = None


@dataclass(slots=True)
class Node:
    """A part of the text with its place: offsets and lines count from 0 and 1, ends are exclusive.

    `value` is a text, a list of nodes, or a list of pairs (key node, value node).
    """

    kind: str  # "scalar", "sequence" or "mapping"
    start: int
    end: int
    place: Position
    style: str  # of a scalar: "", "'", '"', "|" or ">"; of a collection: "block" or "flow"
    value: Any = None

    def get(self, key: str) -> "Node | None":
        """Find the value of a key in a mapping."""
        pair = self.pair(key)
        return pair[1] if pair else None

    def pair(self, key: str) -> "tuple[Node, Node] | None":
        """Find a key of a mapping, with its value."""
        if self.kind == "mapping":
            for name, node in self.value:
                if name.value == key:
                    return name, node
        return None


@dataclass(frozen=True)
class Document:
    """One YAML file: its text, its data, and what is wrong with it as text."""

    file: str
    text: str
    data: Any
    problems: tuple[Problem, ...] = field(default=())

    items: Mapping[str, list[int]] = field(default_factory=dict)
    _asked: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def root(self) -> Node | None:
        """The tree of nodes, built when a place is first asked for; None if the text is not YAML."""
        from followup_cli.yaml_events import tree

        return tree(self.text)

    def node(self, path: Steps) -> Node | None:
        """Find the node at a path of keys and indexes, or None."""
        node, steps = self._item(path), path[2:]
        if node is None:
            node, steps = self.root, path
        for step in steps:
            if node is None:
                return None
            if isinstance(step, str):
                node = node.get(step)
            else:
                items = node.value if node.kind == "sequence" else ()
                node = items[step] if step < len(items) else None
        return node

    def _item(self, path: Steps) -> Node | None:
        """Read the item of a top-level list by itself: a few places do not need the tree of a large file."""
        key, index = path[:2] if len(path) > 1 else ("", 0)
        starts = self.items.get(str(key), [])
        if type(index) is not int or index >= len(starts):
            return None
        start = starts[index]
        if self._asked.get("start") != start:
            from followup_cli.yaml_events import tree

            behind = [s for first in self.items.values() for s in first[:1] if s > start]
            stop = min([*starts[index + 1 : index + 2], *behind], default=len(self.text))
            column = start - self.text.rfind("\n", 0, start) - 1
            node = tree(" " * column + self.text[start:stop], start - column, self._lines_before(start))
            self._asked.update(start=start, node=node)
        found: Node | None = self._asked["node"]
        return found

    def _lines_before(self, offset: int) -> int:
        """Count the lines before an offset, onward from the last one that was asked for."""
        before, lines = self._asked.get("lines", (0, 0))
        if offset < before:
            before = lines = 0
        lines += self.text.count("\n", before, offset)
        self._asked["lines"] = offset, lines
        return int(lines)

    def place(self, path: Steps, *, key: bool = False) -> Position:
        """Give the place of the value at a path (or of its key), or of the nearest part around it."""
        if key and path and isinstance(path[-1], str):
            parent = self.node(path[:-1])
            pair = parent.pair(path[-1]) if parent else None
            if pair:
                return pair[0].place
        while True:
            node = self.node(path)
            if node is not None:
                return _first_line(node)
            if not path:
                return START
            path = path[:-1]


def _first_line(node: Node) -> Position:
    """Point at a scalar whole, at a collection by its first character."""
    if node.kind == "scalar":
        return node.place
    line, column = node.place[:2]
    return Position(line, column, line, column + 1)


def read_text(path: Path) -> tuple[str, Problem | None]:
    """Read a file as text, or say what is wrong with it.

    Only a regular file of at most 64 MiB is read, strictly as UTF-8; one leading byte order mark is
    dropped. Line ends stay as they are.
    """
    try:
        # O_NONBLOCK: a named pipe in the data folder must not hang the program.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        return "", Problem("unreadable-file", START, f"the file cannot be read: {reason}", _RESTORE)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
        os.close(handle)
        if stat.S_ISREG(status.st_mode):
            return "", _too_large(status.st_size)
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        return "", Problem("unreadable-file", START, f"the file cannot be read: it is {what}", _RESTORE)
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return "", _too_large(len(data))
    return decode(data)


_RESTORE = "restore the file, or name the dataset's folder with `--data`"


def _too_large(size: int) -> Problem:
    message = f"the file has {size} bytes, more than the {MAX_BYTES} that are read"
    return Problem("unreadable-file", START, message, "split the plan into several datasets")


def decode(data: bytes) -> tuple[str, Problem | None]:
    """Decode bytes as UTF-8, or point at the first byte that is not."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        hint = "save the file as UTF-8 (in the editor: Save with encoding, UTF-8)"
        return "", Problem("encoding", Position(line, column, line, column + 1), message, hint)


def parse(text: str, file: str) -> Document:
    """Read YAML text as data and note everything that is wrong with it as text.

    Args:
        text: the whole file, decoded.
        file: the name that findings carry.
    """
    problems = list(_characters(text))
    if problems:
        return Document(file, text, None, tuple(problems))
    reading = plain_layout.read(text, lambda begin, end: _unusual_item(text, begin, end))
    if reading is None:
        from followup_cli.yaml_events import read

        reading = read(text, problems)
    if reading.data is None and not problems:
        problems.append(Problem("syntax", START, "the file is empty", "start from `followup init`"))
    return Document(file, text, reading.data, tuple(problems), reading.items)


def _unusual_item(text: str, begin: int, end: int) -> Any:
    """Read an item of a list that is YAML of another layout, if nothing is wrong with it."""
    from followup_cli.yaml_events import read

    problems: list[Problem] = []
    # Under a key, as it stands in the file, so that it is nested as deep.
    data = read("items:\n" + text[begin:end], problems).data
    if problems or type(data) is not dict or type(data["items"]) is not list or len(data["items"]) != 1:
        raise plain_layout.Unusual
    return data["items"][0]


def line_starts(text: str) -> list[int]:
    """List the offset of each line's first character; lines end at LF, as editors count them."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _characters(text: str) -> Iterator[Problem]:
    matches = [] if _COMMON.fullmatch(text) else list(FORBIDDEN.finditer(text))
    if not matches:
        return
    starts = line_starts(text)
    line = 0
    for match in matches:
        while line + 1 < len(starts) and starts[line + 1] <= match.start():
            line += 1
        column = match.start() - starts[line] + 1
        place = Position(line + 1, column, line + 1, column + 1)
        point = f"U+{ord(match.group()[0]):04X}"
        message = f"the invisible character {point} stands here"
        yield Problem("invisible-character", place, message, "delete it and type the text again")
