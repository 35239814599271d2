"""Read the layout that plans are written in, line by line: the quick way through a large file.

The layout is a small part of YAML: `key: text`, `- key: text`, `- text`, `key:` above deeper lines,
`[a, b]` of plain words, quotes without escapes, blank lines and comments. It is read exactly as the YAML
reader in `yaml_events` reads it: whatever is not clearly of this layout is refused, and goes there. A
top-level list is read item by item, so that one unusual item costs no more than itself.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

_ITEM = "\n  - "
_TOP = re.compile("\n(?=[^ #\n])")
_KEY = "( *)(- )?([A-Za-z_][A-Za-z0-9_-]{0,60})"
_VALUED, _OPENING = re.compile(_KEY), re.compile(_KEY + ":")
# What a plain text cannot begin with: YAML's indicators, and a blank.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_MEMBER = re.compile(r"\w[\w()./-]*(?: [\w()./-]+)*")
_MAX_TEXT, _MAX_DEPTH = 10_000, 20
MAX_KEYS = 1000  # in one record
_REMEMBERED = 50_000  # of each sort of text, so that a vast file cannot fill the memory with it

Key = tuple[int, bool, str]


class Reading(NamedTuple):
    """What was read: the data, and of each top-level list of records the offset of every record."""

    data: Any
    items: dict[str, list[int]]


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

    def read(self, block: str, container: Any, indent: int) -> None:  # noqa: C901
        """Add what the lines of a block say to a dict or list whose own lines begin at an indent.

        One loop without calls for most lines: at 100,000 activities there are 800,000 of them.
        """
        valued, opening, texts = self.valued, self.opening, self.texts
        stack: list[tuple[int, Any]] = [(-1, None)]
        awaits: str | None = None  # the key of the line above, if it had no value
        for line in block.split("\n"):
            head, colon, value = line.partition(": ")
            known = valued.get(head) if colon else opening.get(head)
            if known is None:
                bare = line.lstrip(" ")
                if not bare or bare[0] == "#":
                    continue
                column, item, key = self._key(head, colon)
                if not key:
                    value = bare[2:]
            else:
                column, item, key = known
            while column < indent:
                indent, container = stack.pop()
                awaits = None
            if column > indent:
                if awaits is None or len(stack) > _MAX_DEPTH:
                    raise Unusual
                stack.append((indent, container))
                container[awaits] = container = [] if item else {}
                indent, awaits = column, None
            if item:
                if type(container) is not list:
                    raise Unusual
                if not key:
                    container.append(texts.get(value) or self._value(value))
                    if container[-1] is None:
                        raise Unusual
                    continue
                stack.append((indent, container))
                record: dict[str, Any] = {}
                container.append(record)
                container, indent = record, indent + 2
            elif type(container) is not dict:
                raise Unusual
            if key in container or len(container) >= MAX_KEYS:
                raise Unusual
            container[key] = found = (texts.get(value) or self._value(value)) if colon else None
            awaits = key if found is None else None

    def _key(self, head: str, colon: str) -> Key:
        """Take apart what stands before `: `, or a line without one."""
        match = (_VALUED if colon else _OPENING).fullmatch(head)
        if match is None:
            bare = head.lstrip(" ")
            if colon or not bare.startswith("- "):
                raise Unusual
            return len(head) - len(bare), True, ""
        found = len(match[1]), match[2] is not None, match[3]
        known = self.valued if colon else self.opening
        if len(known) < _REMEMBERED:
            known[head] = found
        return found

    def _value(self, text: str) -> Any:
        """Read a text that stands on the rest of its line, or a list of words in brackets.

        None if there is only a comment.
        """
        first, last = text[:1], text[-1:]
        if first == "[" and last == "]":
            known = self.members
            return [known.get(word) or self._member(word) for word in text[1:-1].split(", ")]
        if first in ("'", '"'):
            inside = text[1:-1]
            if last != first or len(text) < 2 or first in inside or "\\" in inside:
                raise Unusual
            return inside
        if " #" in text:
            text = text.partition(" #")[0].rstrip(" ")
            if not text:
                return None
            first, last = text[:1], text[-1]
        if first in _INDICATORS or last in " :" or ": " in text or len(text) > _MAX_TEXT:
            raise Unusual
        if len(text) < 40 and len(self.texts) < _REMEMBERED:
            self.texts[text] = text
        return text

    def _member(self, word: str) -> str:
        if len(word) > _MAX_TEXT or not _MEMBER.fullmatch(word):
            raise Unusual
        if len(self.members) < _REMEMBERED:
            self.members[word] = word
        return word
