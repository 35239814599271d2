"""YAML text becomes a Document: plain data, and the place of every part of it.

The text is read from PyYAML's parse events, never by its loaders, which lose positions, guess types
(`NO`, `12:30`, `2026-02-30`), keep the last of two equal keys and crash on deep nesting. Every scalar
stays the text that was typed; an empty one is None. Types come from the models.
"""

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from followup_cli.findings import START, Fix, Position
from followup_cli.syntax import in_plain_words, without_entry, without_line

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32
MAX_SCALAR = 100_000
MAX_KEY = 200
MAX_KEYS = 1000
MAX_PROBLEMS = 1000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIBRARY_ERRORS = (yaml.YAMLError, ValueError, OverflowError, RecursionError, MemoryError, IndexError)

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
# Stands for a character that cannot be read, so that all others keep their places.
_BLOT = "\ue000"

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
    blotted out. It is None if that is the text itself.
    """

    file: str
    text: str
    data: Any
    problems: tuple[Problem, ...] = field(default=())
    readable: str | None = None

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
        try:
            return _nodes(self.text if self.readable is None else self.readable)
        except _LIBRARY_ERRORS:
            return None

    def node(self, path: Steps) -> Node | None:
        """Find the node at a path of keys and indexes, or None."""
        node = self.root
        for step in path:
            if node is None:
                return None
            if isinstance(step, str):
                node = node.get(step)
            else:
                items = node.value if node.kind == "sequence" else ()
                node = items[step] if step < len(items) else None
        return node

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
    readable = text
    if problems:
        readable = ODD_SPACE.sub(" ", FORBIDDEN.sub(_BLOT, text))
    spoilt = {problem.place.line for problem in problems if problem.rule != "odd-space"}
    data: Any = UNREAD
    for _ in range(_REPAIRS):
        data = _read(readable, problems)
        if data is not UNREAD or not problems or problems[-1].rule not in _REPAIRABLE:
            break
        # Leave the slip out and read the rest, so that it does not hide all others.
        last = problems[-1]
        if last.rule == "syntax" and last.place.line in spoilt:
            problems.pop()
        less = (without_entry if last.rule == "syntax" else without_line)(readable, last.place.line)
        if less is None:
            break
        readable = less
    if data is None and not problems:
        problems.append(Problem("syntax", START, "the file is empty", "start from `followup init`"))
    # What was read twice was noted twice.
    noted = tuple(dict.fromkeys(problems))
    return Document(file, text, data, noted, None if readable == text else readable)


_REPAIRS = 10
_REPAIRABLE = ("syntax", "second-document")


def line_starts(text: str) -> list[int]:
    """List the offset of each line's first character; lines end at LF, as editors count them."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _characters(text: str) -> Iterator[Problem]:
    """Point at characters that cannot be seen, and at those that look like another."""
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


class _TooManyError(Exception):
    """So much is wrong with a text that reading on says nothing new."""


_NO_KEY: Any = object()
_SKIPPED: Any = object()


def _read(text: str, problems: list[Problem]) -> Any:
    """Turn parse events into dicts, lists and texts, refusing all that plain data does not need."""
    try:
        loader = _LOADER(text)
        try:
            return _build(loader.get_event, problems, blotted=_BLOT in text)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark, began = _line_and_column(error.problem_mark), _line_and_column(error.context_mark)
        line, column, message, hint = in_plain_words(
            error.problem or "", text, mark or began or (0, 0), began or mark or (0, 0)
        )
        place = Position(line + 1, column + 1, line + 1, column + 2)
        problems.append(Problem("syntax", place, message, hint))
    except _TooManyError:
        pass
    except _LIBRARY_ERRORS as error:
        problems.append(Problem("syntax", START, "the text is not YAML that can be read", _plain(error)))
    return UNREAD


def _line_and_column(mark: Any) -> tuple[int, int] | None:
    return (mark.line, mark.column) if mark else None


def _plain(error: BaseException) -> str:
    return f"the YAML reader says: {str(error).splitlines()[0][:100]}" if str(error) else "simplify the text"


def _build(next_event: Any, problems: list[Problem], *, blotted: bool) -> Any:  # noqa: C901
    """Build the data of the first document; values with a blot in them are UNREAD.

    One loop without calls of its own: at 100,000 activities it sees three million events.
    """
    scalar_event, key_of = yaml.ScalarEvent, _NO_KEY
    root: list[Any] = []
    container: Any = root
    key = key_of
    stack: list[tuple[Any, Any]] = []
    documents = 0

    def report(rule: str, event: Any, message: str, hint: str) -> None:
        problems.append(Problem(rule, _place(event), message, hint))
        if len(problems) > MAX_PROBLEMS:
            raise _TooManyError

    while True:
        event = next_event()
        kind = type(event)
        if kind is scalar_event:
            value = event.value
            if event.style:
                if event.style == '"' and FORBIDDEN.search(value):
                    if _BLOT not in value:
                        message = "the text has an escaped invisible character"
                        report("invisible-character", event, message, "write the text without it")
                    value = UNREAD
            elif not value:
                value = None
            if blotted and _BLOT in event.value:
                value = UNREAD
            if event.anchor is not None or event.tag is not None:
                _refuse_marks(event, report)
            if type(value) is str and len(value) > MAX_SCALAR:
                report("too-large", event, f"the text has {len(value)} characters", "shorten it")
                value = UNREAD
            if type(container) is dict:
                if key is key_of:
                    key = value
                    if type(key) is not str or len(key) > MAX_KEY:
                        if value is not UNREAD:
                            report("key", event, "this key is not a plain word", "write `name: value`")
                        key = _SKIPPED
                    elif key in container:
                        report(
                            "duplicate-key", event, f"the key `{key}` is given twice", "keep one of the two"
                        )
                        key = _SKIPPED
                    elif len(container) >= MAX_KEYS:
                        report("too-large", event, f"more than {MAX_KEYS} keys in one place", "use a list")
                        return UNREAD
                    else:
                        # Taken now, so that a second one is seen even while the value is being read.
                        container[key] = None
                    continue
                if key is not _SKIPPED:
                    container[key] = value
                key = key_of
            else:
                container.append(value)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_marks(event, report)
            if len(stack) >= MAX_DEPTH:
                report("too-large", event, f"the text is nested more than {MAX_DEPTH} deep", "simplify it")
                return UNREAD
            new: Any = {} if kind is yaml.MappingStartEvent else []
            if type(container) is dict:
                if key is key_of:
                    report("key", event, "a key must be a plain word", "write `name: value`")
                    stack.append((container, _SKIPPED))
                else:
                    if key is not _SKIPPED:
                        container[key] = new
                    stack.append((container, key_of))
            else:
                container.append(new)
                stack.append((container, key_of))
            container, key = new, key_of
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            container, key = stack.pop()
        elif kind is yaml.AliasEvent:
            report("alias", event, f"`*{event.anchor[:40]}` is a YAML alias", "write the value out instead")
            if type(container) is dict:
                if key is key_of:
                    key = _SKIPPED
                    continue
                if key is not _SKIPPED:
                    container[key] = UNREAD
                key = key_of
            else:
                container.append(UNREAD)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                report(
                    "second-document", event, "a second YAML document begins here", "delete the line `---`"
                )
                return UNREAD
        elif kind is yaml.StreamEndEvent:
            break
    return root[0] if root else None


def _refuse_marks(event: Any, report: Any) -> None:
    if event.anchor is not None:
        report("alias", event, f"`&{event.anchor[:40]}` is a YAML anchor", "delete it; write values out")
    if event.tag is not None:
        report("tag", event, f"`{event.tag[:40]}` is a YAML tag", "delete it; every value is text")


def _place(event: Any) -> Position:
    start, end = event.start_mark, event.end_mark
    if type(event) is yaml.ScalarEvent or type(event) is yaml.AliasEvent:
        return Position(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    return Position(start.line + 1, start.column + 1, start.line + 1, start.column + 2)


def _nodes(text: str) -> Node | None:
    """Build the tree of nodes of a text that `_build` has accepted as bounded."""
    loader = _LOADER(text)
    top = Node("sequence", 0, 0, START, "block", [])
    stack: list[Node] = []
    node, depth_limit = top, MAX_DEPTH
    try:
        while True:
            event = loader.get_event()
            kind = type(event)
            if kind is yaml.StreamEndEvent or (kind is yaml.DocumentEndEvent):
                break
            if kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
                style = (event.style or "") if kind is yaml.ScalarEvent else "*"
                value = event.value if kind is yaml.ScalarEvent else None
                _attach(
                    node,
                    Node("scalar", event.start_mark.index, event.end_mark.index, _place(event), style, value),
                )
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) >= depth_limit:
                    break
                name = "mapping" if kind is yaml.MappingStartEvent else "sequence"
                style = "flow" if event.flow_style else "block"
                new = Node(name, event.start_mark.index, event.end_mark.index, _place(event), style, [])
                _attach(node, new)
                stack.append(node)
                node = new
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                node.end = event.end_mark.index
                node = stack.pop()
    finally:
        loader.dispose()
    return top.value[0] if top.value else None


def _attach(parent: Node, child: Node) -> None:
    """Add a node to a collection; in a mapping, keys and values take turns."""
    if parent.kind == "sequence":
        parent.value.append(child)
    elif parent.value and parent.value[-1][1] is None:
        parent.value[-1] = (parent.value[-1][0], child)
    else:
        parent.value.append((child, None))
