"""A Document: what was read of one YAML file, and the place of every part of it.

Every scalar stays the text that was typed; an empty one is None. Types come from the models.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from followup_cli.findings import START, Mistake, Position, Steps

MAX_DEPTH = 32
MAX_SCALAR = 100_000
MAX_KEY = 200
MAX_KEYS = 1000  # in one record
MAX_PROBLEMS = 1000
NULLS = ("~", "null", "Null", "NULL")  # without quotes these say "nothing" in YAML, and are no texts


class Unread:
    """A value that stands where the text could not be taken as data; it has its own finding."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = Unread()


class Reading(NamedTuple):
    """What was read: the data, and of each top-level list of records the offset of every record."""

    data: Any
    items: dict[str, list[int]]


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
            self.pairs = {}
            for name, node in self.value:
                if name.kind == "scalar":
                    # Of a key that is given twice the first counts, of lists all items.
                    first = self.pairs.setdefault(name.value, (name, node))[1]
                    if first is not node and first.kind == node.kind == "sequence":
                        joined = replace(first, value=[*first.value, *node.value])
                        self.pairs[name.value] = (self.pairs[name.value][0], joined)
        return self.pairs.get(key)


# Makes the nodes of the first value in a text; given are its offset in the file and the lines before it.
Tree = Callable[[str, int, int], Node | None]


def no_tree(_text: str, _offset: int, _line: int) -> Node | None:
    """Make no nodes: of a file that could not be read there are none."""
    return None


@dataclass(frozen=True)
class Document:
    """One YAML file: its text, its data, and what is wrong with it as text.

    `readable` is the text as it was read: as long as `text`, line by line, with what cannot be read
    blotted out. It is None if that is the text itself. `items` tells where the records of a top-level
    list begin, `unread` the numbers of lines that could not be read, or not as a whole, `lost` the keys of
    records on lines that are left out. `tree` makes nodes.
    """

    file: str
    text: str
    data: Any
    problems: tuple[Mistake, ...] = field(default=())
    readable: str | None = None
    items: Mapping[str, list[int]] = field(default_factory=dict)
    unread: frozenset[int] = frozenset()
    lost: frozenset[str] = frozenset()
    tree: Tree = field(default=no_tree, repr=False, compare=False)
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
        return self.tree(self._read, 0, 0)

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
            text = self._read
            behind = [first for first, *_ in filter(None, self.items.values()) if first > start]
            stop = min([*starts[index + 1 : index + 2], *behind], default=len(text))
            column = start - text.rfind("\n", 0, start) - 1
            node = self.tree(
                " " * column + text[start:stop], start - column, bisect_right(self._starts, start) - 1
            )
            self._last.update(start=start, node=node)
        found: Node | None = self._last["node"]
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

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

    def line_of(self, path: Steps) -> str:
        """Give the line that the key, or the item, at the end of a path stands on."""
        start = self._starts[self.place(path, key=True).line - 1]
        return self.text[start:].partition("\n")[0]


class LineCounter:
    """Counts the lines before an offset, onward from the last one that was asked for."""

    def __init__(self, text: str) -> None:
        self.text, self.offset, self.lines = text, 0, 0

    def before(self, offset: int) -> int:
        """Count the lines that end before an offset, which is behind the last one."""
        self.lines += self.text.count("\n", self.offset, offset)
        self.offset = offset
        return self.lines


def _first_line(node: Node) -> Position:
    """Point at a scalar whole, at a collection by its first character."""
    if node.kind == "scalar":
        return node.place
    line, column = node.place[:2]
    return Position(line, column, line, column + 1)


def line_starts(text: str) -> list[int]:
    """List the offset of each line's first character; lines end at LF, as editors count them."""
    return [0, *(match.end() for match in re.finditer("\n", text))]
