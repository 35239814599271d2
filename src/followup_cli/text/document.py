"""YAML text becomes a Document: plain data, and the place of every part of it.

Every scalar stays the text that was typed; an empty one is None. Types come from the models. The layout
that plans are written in is read line by line, all other YAML from parse events; both give the same data.
"""

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from followup_cli.findings import START, Fix, Position
from followup_cli.text.layout_reader import Unusual
from followup_cli.text.layout_reader import read as read_plain
from followup_cli.text.repairing import without_entry, without_line

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32
MAX_SCALAR = 100_000
MAX_KEY = 200
MAX_PROBLEMS = 1000

# Characters that have no business in a plan: controls (but tab and line ends), line separators that
# editors count differently, bidirectional controls, invisible joiners, surrogates, non-characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|\r(?!\n)"
)
# Invisible and without a meaning of their own: to delete one changes nothing that can be read.
_NEEDLESS = "\u00ad\u200b\u2060\ufeff"
# Spaces that look like a space and are none.
ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# Texts of nothing but common characters need no search for the others: this is six times as fast.
_COMMON = re.compile("[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u0600\u2010-\u2027]*")
# Stands for a character that cannot be read, so that all others keep their places.
BLOT = "\ue000"

Steps = tuple[str | int, ...]


class _Unread:
    """A value that stands where the text could not be taken as data; it has its own finding."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = _Unread()


class Problem(NamedTuple):
    """Something wrong, before it is a finding: the rule's name, where, what, the remedy, a sure mend."""

    rule: str
    place: Position
    message: str
    hint: str | None = None
    fix: Fix | None = None


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
    pairs: "dict[str, tuple[Node, Node]] | None" = None

    def get(self, key: str) -> "Node | None":
        """Find the value of a key in a mapping."""
        pair = self.pair(key)
        return pair[1] if pair else None

    def pair(self, key: str) -> "tuple[Node, Node] | None":
        """Find a key of a mapping, with its value."""
        if self.kind != "mapping":
            return None
        if self.pairs is None:
            # Of a key that is given twice the first counts.
            self.pairs = {
                name.value: (name, node) for name, node in reversed(self.value) if name.kind == "scalar"
            }
        return self.pairs.get(key)


@dataclass(frozen=True)
class Document:
    """One YAML file: its text, its data, and what is wrong with it as text.

    `readable` is the text as it was read: as long as `text`, line by line, with what cannot be read
    blotted out. It is None if that is the text itself. `items` tells where the records of a top-level
    list begin.
    """

    file: str
    text: str
    data: Any
    problems: tuple[Problem, ...] = field(default=())
    readable: str | None = None
    items: Mapping[str, list[int]] = field(default_factory=dict)
    _last: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def whole(self) -> bool:
        """Tell whether no entry of the text had to be left out of the data."""
        return self.data is not UNREAD and not any(p.rule == "syntax" for p in self.problems)

    @property
    def clean(self) -> bool:
        """Tell whether the data says all that the text says."""
        return all(problem.rule == "odd-space" for problem in self.problems)

    @cached_property
    def root(self) -> Node | None:
        """The tree of nodes, built when a place is first asked for; None if the text is not YAML."""
        from followup_cli.text.event_reader import tree

        return tree(self._read)

    @property
    def _read(self) -> str:
        return self.text if self.readable is None else self.readable

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
        """Read an item of a top-level list by itself: a few places do not need the tree of a large file."""
        key, index = path[:2] if len(path) > 1 else ("", 0)
        starts = self.items.get(str(key), [])
        if type(index) is not int or index >= len(starts):
            return None
        start = starts[index]
        if self._last.get("start") != start:
            from followup_cli.text.event_reader import tree

            text = self._read
            behind = [first for first, *_ in filter(None, self.items.values()) if first > start]
            stop = min([*starts[index + 1 : index + 2], *behind], default=len(text))
            column = start - text.rfind("\n", 0, start) - 1
            node = tree(" " * column + text[start:stop], start - column, self._lines.before(start))
            self._last.update(start=start, node=node)
        found: Node | None = self._last["node"]
        return found

    @cached_property
    def _lines(self) -> "_LineCounter":
        return _LineCounter(self.text)

    def key_node(self, path: Steps) -> Node | None:
        """Find the node of the key at the end of a path, or None."""
        parent = self.node(path[:-1]) if path and isinstance(path[-1], str) else None
        pair = parent.pair(str(path[-1])) if parent else None
        return pair[0] if pair else None

    def place(self, path: Steps, *, key: bool = False) -> Position:
        """Give the place of the value at a path (or of its key), or of the nearest part around it."""
        named = self.key_node(path) if key else None
        if named is not None:
            return named.place
        while True:
            node = self.node(path)
            if node is not None:
                return _first_line(node)
            if not path:
                return START
            path = path[:-1]


class _LineCounter:
    """Counts the lines before an offset, onward from the last one that was asked for."""

    def __init__(self, text: str) -> None:
        self.text, self.offset, self.lines = text, 0, 0

    def before(self, offset: int) -> int:
        if offset < self.offset:
            self.offset = self.lines = 0
        self.lines += self.text.count("\n", self.offset, offset)
        self.offset = offset
        return self.lines


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
    if b"\0" in data:
        hint = "save the file as UTF-8 (in the editor: Save with encoding, UTF-8)"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "", Problem("encoding", START, "the file is saved as UTF-16, not as UTF-8", hint)
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return "", Problem("encoding", Position(line, 1, line, 1), "byte 0x00 is not text", hint)
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
    if not problems:
        lines = _LineCounter(text)
        plain = read_plain(text, lambda begin, end: _unusual_item(text, begin, end, lines, problems))
        if plain is not None:
            return Document(file, text, plain.data, tuple(problems), None, plain.items)
        problems = []
    return _parse_yaml(text, file, problems)


def _unusual_item(text: str, begin: int, end: int, lines: _LineCounter, problems: list[Problem]) -> Any:
    """Read an item of a list that is of another layout, if that says what reading the whole would say."""
    from followup_cli.text.event_reader import read

    noted: list[Problem] = []
    # Under a key, as it stands in the file, so that it is nested as deep.
    data = read("items:\n" + text[begin:end], noted).data
    alone = type(data) is dict and type(data["items"]) is list and len(data["items"]) == 1
    if not alone or any(problem.rule not in _LOCAL for problem in noted):
        raise Unusual
    for problem in noted:
        line, column, end_line, end_column = problem.place
        before = lines.before(begin) - 1
        place = Position(line + before, column, end_line + before, end_column)
        problems.append(problem._replace(place=place))
    if len(problems) > MAX_PROBLEMS:
        raise Unusual
    return data["items"][0]


# What can be wrong within an item and says nothing about the rest of the file.
_LOCAL = ("alias", "duplicate-key", "invisible-character", "key", "tag")


def _parse_yaml(text: str, file: str, problems: list[Problem]) -> Document:
    """Read any YAML; what cannot be read is left out, so that it does not hide the rest."""
    from followup_cli.text.event_reader import read

    readable = text
    if problems:
        readable = ODD_SPACE.sub(" ", FORBIDDEN.sub(BLOT, text))
    spoilt = {problem.place.line for problem in problems if problem.rule != "odd-space"}
    reading = read(readable, problems)
    for _ in range(_REPAIRS):
        if reading.data is not UNREAD or not problems or problems[-1].rule not in _REPAIRABLE:
            break
        last = problems[-1]
        if last.rule == "syntax" and last.place.line in spoilt:
            problems.pop()
        less = (without_entry if last.rule == "syntax" else without_line)(readable, last.place.line)
        if less is None:
            break
        readable = less
        reading = read(readable, problems)
    if reading.data is None and not problems:
        problems.append(Problem("syntax", START, "the file is empty", "start from `followup init`"))
    # What was read twice was noted twice.
    noted = tuple(dict.fromkeys(problems))
    return Document(file, text, reading.data, noted, None if readable == text else readable, reading.items)


_REPAIRS = 10
_REPAIRABLE = ("syntax", "second-document")


def line_starts(text: str) -> list[int]:
    """List the offset of each line's first character; lines end at LF, as editors count them."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _characters(text: str) -> Iterator[Problem]:
    """Point at characters that cannot be seen, and at those that look like another."""
    if _COMMON.fullmatch(text):
        return
    found = [*islice(FORBIDDEN.finditer(text), MAX_PROBLEMS), *islice(ODD_SPACE.finditer(text), MAX_PROBLEMS)]
    if not found:
        return
    starts = line_starts(text)
    for match in found:
        line = bisect_right(starts, match.start())
        column = match.start() - starts[line - 1] + 1
        place = Position(line, column, line, column + 1)
        letter = match.group()[0]
        point = f"U+{ord(letter):04X}"
        if ODD_SPACE.match(letter):
            fix = Fix(match.start(), match.end(), " ")
            message = f"the space here is not the usual one but {point}"
            yield Problem("odd-space", place, message, "type a space in its place", fix)
        else:
            mend = Fix(match.start(), match.end(), "") if letter in _NEEDLESS else None
            message = f"the invisible character {point} stands here"
            yield Problem("invisible-character", place, message, "delete it", mend)
