"""Read the layout that plans are written in, line by line: the quick way through a large file.

The layout is a small part of YAML: `key: text`, `- key: text`, `- text`, `key:` above deeper lines,
`[a, b]` of plain words, quotes without escapes, blank lines and comments. It is read exactly as the YAML
reader in `event_reader` reads it: whatever is not clearly of this layout is refused, and goes there. A
top-level list is read item by item, so that one unusual item costs no more than itself.
"""

import re
from collections.abc import Callable
from typing import Any

from followup_cli.text.document import MAX_KEYS, NULLS, Reading

_ITEM = "\n  - "
_TOP = re.compile("\n(?=[^ #\n])")
# Most keys are ours; those of some records are headings and marks of the plan.
_KEY = r"""( *)(- )?(""|\w(?:[\w /().,%&№°£€$-]{0,80}[\w)%№°])?)"""
_VALUED, _OPENING = re.compile(_KEY), re.compile(_KEY + ":")
# What a plain text cannot begin with: YAML's indicators, and a blank.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_MEMBER = re.compile(r"\w[\w()./-]*(?: [\w()./-]+)*")
_MAX_TEXT, _MAX_DEPTH = 10_000, 20
_REMEMBERED = 50_000  # of each sort of text, so that a vast file cannot fill the memory with it

Key = tuple[int, bool, str]


class Unusual(Exception):  # noqa: N818
    """The lines are not clearly of the plain layout."""


def read(text: str, otherwise: Callable[[int, int], Any]) -> Reading | None:
    """Read a text of the plain layout; None if it is not one.

    Args:
        text: the whole file, without forbidden characters.
        otherwise: reads the item of a top-level list between two offsets that is not plain; it raises
            Unusual if the item cannot be read by itself.
    """
    if "\t" in text or "\r" in text:
        return None
    lines = _Lines()
    root: dict[str, Any] = {}
    items: dict[str, list[int]] = {}
    begin = 0
    try:
        while begin < len(text):
            end = text.find(_ITEM, begin) + 1 or len(text)
            lines.read(text[begin:end], root, 0)
            begin = end
            if begin == len(text):
                break
            # What stands before an item must be the key of its list.
            top = next(reversed(root), "")
            if root.get(top, "") is not None:
                return None
            records: list[Any] = []
            starts: list[int] = []
            root[top], items[top] = records, starts
            after = _TOP.search(text, begin)
            stop = after.end() if after else len(text)
            while begin < stop:
                end = text.find(_ITEM, begin, stop) + 1 or stop
                try:
                    lines.read(text[begin:end], records, 2)
                except Unusual:
                    records[len(starts) :] = [otherwise(begin, end)]
                starts.append(begin + 4)
                begin = end
    except Unusual:
        return None
    return Reading(root, items) if root else None


class _Lines:
    """Reads lines; what was proven once of a key or a short text is remembered."""

    def __init__(self) -> None:
        self.valued: dict[str, Key] = {}
        self.opening: dict[str, Key] = {}
        self.texts: dict[str, str] = {}
        self.members: dict[str, str] = {}

    def read(self, block: str, container: Any, indent: int) -> None:
        """Add what the lines of a block say to a dict or list whose own lines begin at an indent.

        One loop with few calls for most lines: at 100,000 activities there are 800,000 of them.
        """
        valued, opening, texts = self.valued, self.opening, self.texts
        stack: list[tuple[int, Any]] = [(-1, None)]
        awaits: str | None = None  # the key of the line above, if it is of the same container
        for line in block.split("\n"):
            head, colon, value = line.partition(": ")
            opened = valued.get(head) if colon else opening.get(head)
            if opened is None:
                opened = self._opened(line, head, colon)
                if opened is None:
                    continue
            column, item, key = opened
            while column < indent:
                indent, container = stack.pop()
                awaits = None
            if column > indent:
                stack.append((indent, container))
                container = _put(container, awaits, [] if item else {}, len(stack))
                indent, awaits = column, None
            if item:
                if not key:  # a text, or the empty key, which no item of a list begins with
                    self._append(container, line[column + 2 :])
                    continue
                stack.append((indent, container))
                container, indent = _record(container), indent + 2
            if key in container or len(container) >= MAX_KEYS or container.__class__ is not dict:
                raise Unusual
            container[key] = (texts.get(value) or self._value(value)) if colon else None
            awaits = key

    def _opened(self, line: str, head: str, colon: str) -> Key | None:
        """Take apart the beginning of a line; None if the line is blank or a comment."""
        bare = line.lstrip(" ")
        return self._key(head, colon) if bare and bare[0] != "#" else None

    def _key(self, head: str, colon: str) -> Key:
        """Take apart what stands before `: `, or a line without one."""
        match = (_VALUED if colon else _OPENING).fullmatch(head)
        if match is None:
            bare = head.lstrip(" ")
            if colon or not bare.startswith("- "):
                raise Unusual
            return len(head) - len(bare), True, ""
        key = len(match[1]), match[2] is not None, match[3].strip('"')
        remembered = self.valued if colon else self.opening
        if len(remembered) < _REMEMBERED:
            remembered[head] = key
        return key

    def _append(self, container: Any, text: str) -> None:
        """Add a text to a list."""
        value = self.texts.get(text) or self._value(text)
        if value is None or container.__class__ is not list:
            raise Unusual
        container.append(value)

    def _value(self, text: str) -> Any:
        """Read a text that stands on the rest of its line, or a list of words in brackets.

        None if there is only a comment.
        """
        first, last = text[:1], text[-1:]
        if first == "[" and last == "]":
            members = self.members
            return [members.get(word) or self._member(word) for word in text[1:-1].split(", ")]
        if first in ("'", '"'):
            return _quoted(text)
        if " #" in text:
            text = text.partition(" #")[0].rstrip(" ")
            if not text:
                return None
            first, last = text[:1], text[-1]
        if text in NULLS or first in _INDICATORS or last in " :" or ": " in text or len(text) > _MAX_TEXT:
            raise Unusual
        if len(text) < 40 and len(self.texts) < _REMEMBERED:
            self.texts[text] = text
        return text

    def _member(self, word: str) -> str:
        if len(word) > _MAX_TEXT or word in NULLS or not _MEMBER.fullmatch(word):
            raise Unusual
        if len(self.members) < _REMEMBERED:
            self.members[word] = word
        return word


def _put(container: Any, key: str | None, inner: Any, depth: int) -> Any:
    """Make a new list or record the value of the key above, if that has none."""
    if key is None or container[key] is not None or depth > _MAX_DEPTH + 1:
        raise Unusual
    container[key] = inner
    return inner


def _record(container: Any) -> dict[str, Any]:
    """Begin a record in a list."""
    if container.__class__ is not list:
        raise Unusual
    record: dict[str, Any] = {}
    container.append(record)
    return record


def _quoted(text: str) -> str:
    """Read a text in quotes that has none of them inside."""
    quote, inside = text[0], text[1:-1]
    if text[-1] != quote or len(text) < 2 or quote in inside or "\\" in inside:
        raise Unusual
    return inside
