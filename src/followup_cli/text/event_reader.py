"""Read any YAML from PyYAML's parse events: as data, or as a tree of nodes with their places.

Its loaders are not used: they lose positions, guess types (`NO`, `12:30`, `2026-02-30`), keep the last of
two equal keys and crash on deep nesting.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml

from followup_cli.findings import START, Mistake, Position
from followup_cli.text.characters import BLOT, FORBIDDEN
from followup_cli.text.document import (
    MAX_DEPTH,
    MAX_KEY,
    MAX_KEYS,
    MAX_PROBLEMS,
    MAX_SCALAR,
    NULLS,
    UNREAD,
    Node,
    Reading,
    Unread,
)
from followup_cli.text.slips import OFF, find_slip

_SWALLOWED = re.compile(r"\n[ \t]*(?P<dash>-) ")
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIBRARY_ERRORS = (yaml.YAMLError, ValueError, OverflowError, RecursionError, MemoryError, IndexError)


def read(text: str, problems: list[Mistake]) -> Reading:
    """Turn parse events into dicts, lists and texts, refusing all that plain data does not need.

    Args:
        text: YAML without forbidden characters.
        problems: where what is wrong is added.
    """
    builder = _Builder(text, problems)
    data, problem = _attempt(text, builder.read)
    if problem is not None:
        problems.append(problem)
        return Reading(UNREAD, {})
    items = builder.items if type(data) is dict else {}
    return Reading(data, {key: starts for key, starts in items.items() if len(data[key]) == len(starts)})


def stumble(text: str) -> Mistake | None:
    """Try to read a text; give what stops the reading, if anything does."""
    return _attempt(text, _pass_over)[1]


def _pass_over(next_event: Any) -> None:
    last = yaml.StreamEndEvent
    while next_event().__class__ is not last:
        pass


def _attempt(text: str, take: Callable[[Any], Any]) -> tuple[Any, Mistake | None]:
    """Let the events of a text be taken; give what that gives, and what stopped the reading."""
    try:
        parser = _PARSER(text)
        try:
            return take(parser.get_event), None
        finally:
            parser.dispose()
    except yaml.MarkedYAMLError as error:
        mark, began = _line_and_column(error.problem_mark), _line_and_column(error.context_mark)
        return UNREAD, _in_plain_words(
            error.problem or "", text, mark or began or (0, 0), began or mark or (0, 0)
        )
    except _LIBRARY_ERRORS as error:
        return UNREAD, Mistake("syntax", START, "the text is not YAML that can be read", _plain(error))


class _StopError(Exception):
    """So much is wrong with a text that reading on says nothing new."""


def _in_plain_words(said: str, text: str, mark: tuple[int, int], began: tuple[int, int]) -> Mistake:
    """Say what the YAML reader stumbled over."""
    if "nesting depth" in said:  # the reader has a limit of its own, and looks far ahead
        place = Position(mark[0] + 1, mark[1] + 1, mark[0] + 1, mark[1] + 2)
        return Mistake("too-large", place, _TOO_DEEP, "simplify it")
    line, column, message, hint = find_slip(said, text.split("\n"), mark, began)
    return Mistake("syntax", Position(line + 1, column + 1, line + 1, column + 2), message, hint)


_TOO_DEEP = f"the text is nested more than {MAX_DEPTH} deep"


def _line_and_column(mark: Any) -> tuple[int, int] | None:
    return (mark.line, mark.column) if mark else None


def _plain(error: BaseException) -> str:
    return f"the YAML reader says: {str(error).splitlines()[0][:100]}" if str(error) else "simplify the text"


_NO_KEY: Any = object()
_SKIPPED: Any = object()


class _Builder:
    """Builds the data of the first document, an event at a time; values with a blot in them are UNREAD.

    `container` is the list or dict that is being filled and `key` the key whose value comes next. What
    stands under a key that is not taken is read into a container that nobody holds.
    """

    def __init__(self, text: str, problems: list[Mistake]) -> None:
        self.text, self.problems = text, problems
        self.items: dict[str, list[int]] = {}
        self.root: list[Any] = []
        self.container: Any = self.root
        self.key = _NO_KEY
        self.stack: list[tuple[Any, Any]] = []
        self.starts: list[int] = []  # of the records in the top-level list
        self.names: dict[str, str] = {}
        self.documents = 0
        self.twice = ""  # the key that was just given a second time
        self.may_have_marks, self.blotted = "&" in text or "!" in text, BLOT in text

    def read(self, next_event: Any) -> Any:
        """Take events until the text ends, or until reading on makes no sense."""
        handlers = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.mapping,
            yaml.SequenceStartEvent: self.sequence,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.StreamStartEvent: self.nothing,
            yaml.DocumentStartEvent: self.document,
            yaml.DocumentEndEvent: self.nothing,
        }
        last = yaml.StreamEndEvent
        try:
            while (kind := (event := next_event()).__class__) is not last:
                handlers[kind](event)
        except _StopError:
            return UNREAD
        return self.root[0] if self.root else None

    def scalar(self, event: Any) -> None:
        """Put a text where it belongs; one without quotes that is empty, or says "nothing", is None."""
        value = self.value_of(event)
        if self.may_have_marks and (event.anchor is not None or event.tag is not None):
            self.refuse_marks(event)
            value = UNREAD if value is None else value  # the mark is what was meant to be the text
        key = self.key
        if key is _NO_KEY:
            container = self.container
            if container.__class__ is list:
                container.append(value)
            elif value in self.names and value not in container and len(container) < MAX_KEYS:
                self.key = value = self.names[value]
                container[value] = None
            else:
                self.key = self.key_of(event, value)
        else:
            if key is not _SKIPPED:
                self.container[key] = value
            self.key = _NO_KEY

    def value_of(self, event: Any) -> Any:
        """Give the text that a scalar stands for, which may be None, or UNREAD."""
        value, style = event.value, event.style
        if not style:
            if not value or value in NULLS:
                return None
            if " - " in value:
                value = self.without_items(event)
        elif style in "|>" and value.count("\n") == 1:
            value = value.removesuffix("\n")  # it ends the only line, and is no part of the text
        if value is not UNREAD and (style == '"' or self.blotted or len(value) > MAX_SCALAR):
            return self.sound(event, value)
        return value

    def without_items(self, event: Any) -> Any:
        """Give a text, or UNREAD where a line of it would be an item if it began further left."""
        start, end = event.start_mark, event.end_mark
        swallowed = _SWALLOWED.search(self.text, start.index, end.index) if end.line > start.line else None
        if swallowed is None:
            return event.value
        offset = swallowed.start("dash")
        line = start.line + 1 + self.text.count("\n", start.index, offset)
        column = offset - self.text.rfind("\n", 0, offset)
        message, hint = OFF
        hint += "; or, if the text above goes on here, put all of it on one line, in double quotes"
        self.problems.append(Mistake("syntax", Position(line, column, line, column + 1), message, hint))
        return UNREAD

    def sound(self, event: Any, value: str) -> Any:
        """Give a text, or UNREAD where it cannot be taken as data."""
        if BLOT in value:
            return UNREAD
        if FORBIDDEN.search(value):
            message = "the text has an escaped invisible character"
            return self.report("invisible-character", event, message, "write the text without it")
        if len(value) > MAX_SCALAR:
            return self.report("too-large", event, f"the text has {len(value)} characters", "shorten it")
        return value

    def key_of(self, event: Any, value: Any) -> Any:
        """Give the key of which the value comes next, or that the value is not taken."""
        self.twice = ""
        if value.__class__ is not str or len(value) > MAX_KEY:
            if value is not UNREAD:
                self.report("key", event, "this key is not a plain word", "write `name: value`")
            return _SKIPPED
        if value in self.container:
            self.report("duplicate-key", event, f"the key `{value}` is given twice", "keep one of the two")
            self.twice = value
            return _SKIPPED
        if len(self.container) >= MAX_KEYS:
            self.report("too-large", event, f"more than {MAX_KEYS} keys in one place", "use a list")
            raise _StopError
        key = self.names.setdefault(value, value)
        # Taken now, so that a second one is seen even while the value is being read.
        self.container[key] = None
        return key

    def mapping(self, event: Any) -> None:
        """Begin a record."""
        self.begin(event, {})

    def sequence(self, event: Any) -> None:
        """Begin a list, or go on with the one whose key is given a second time."""
        new: list[Any] = []
        first = self.container.get(self.twice) if self.key is _SKIPPED and self.twice else None
        if first.__class__ is list:
            new = first
            hint = f"put the items of both under one `{self.twice}:`: if nothing stands between them, delete this line"
            self.problems[-1] = self.problems[-1]._replace(hint=hint)
            self.starts = self.items.get(self.twice, []) if len(self.stack) == 1 else self.starts
        elif len(self.stack) == 1 and self.key is not _NO_KEY and self.key is not _SKIPPED:
            self.starts = self.items[self.key] = []
        self.begin(event, new)

    def begin(self, event: Any, new: Any) -> None:
        """Put a container where it belongs, and fill it from now on."""
        if self.may_have_marks and (event.anchor is not None or event.tag is not None):
            self.refuse_marks(event)
        container, key, stack = self.container, self.key, self.stack
        depth = len(stack)
        if depth >= MAX_DEPTH:
            self.report("too-large", event, _TOO_DEEP, "simplify it")
            raise _StopError
        if container.__class__ is list:
            if depth == 2:
                self.starts.append(event.start_mark.index)
            container.append(new)
        elif key is _NO_KEY:
            self.report("key", event, "a key must be a plain word", "write `name: value`")
            key = _SKIPPED
        else:
            if key is not _SKIPPED:
                container[key] = new
            key = _NO_KEY
        stack.append((container, key))
        self.container, self.key = new, _NO_KEY

    def end(self, _event: Any) -> None:
        """Go on with the container around the one that ends."""
        self.container, self.key = self.stack.pop()

    def alias(self, event: Any) -> None:
        """Refuse an alias: its value is unread."""
        self.report("alias", event, f"`*{event.anchor[:40]}` is a YAML alias", "write the value out instead")
        if self.container.__class__ is list:
            self.container.append(UNREAD)
        elif self.key is _NO_KEY:
            self.key = _SKIPPED
        else:
            if self.key is not _SKIPPED:
                self.container[self.key] = UNREAD
            self.key = _NO_KEY

    def document(self, event: Any) -> None:
        """Refuse a second document."""
        self.documents += 1
        if self.documents > 1:
            self.report(
                "second-document", event, "a second YAML document begins here", "delete the line `---`"
            )
            raise _StopError

    def nothing(self, _event: Any) -> None:
        """Pass over what says nothing."""

    def refuse_marks(self, event: Any) -> None:
        """Refuse an anchor and a tag; the value counts without them."""
        if event.anchor is not None:
            self.report(
                "alias",
                event,
                f"`&{event.anchor[:40]}` is a YAML anchor",
                "delete it; a text that begins with `&` needs double quotes",
            )
        if event.tag is not None:
            self.report(
                "tag",
                event,
                f"`{event.tag[:40]}` is a YAML tag",
                "delete it; a text that begins with `!` needs double quotes",
            )

    def report(self, rule: str, event: Any, message: str, hint: str) -> Unread:
        """Note a problem; too many of them end the reading."""
        self.problems.append(Mistake(rule, _place(event), message, hint))
        if len(self.problems) > MAX_PROBLEMS:
            raise _StopError
        return UNREAD


def _place(event: Any, before: int = 0) -> Position:
    """Give the place of a scalar whole, of a collection by its first character."""
    start, end = event.start_mark, event.end_mark
    line, column = start.line + 1 + before, start.column + 1
    if type(event) is yaml.ScalarEvent or type(event) is yaml.AliasEvent:
        return Position(line, column, end.line + 1 + before, end.column + 1)
    return Position(line, column, line, column + 1)


def tree(text: str, offset: int = 0, line: int = 0) -> Node | None:
    """Build the tree of nodes of the first value in a text; None if it is not YAML.

    Args:
        text: a whole file, or a part of one that begins with a value.
        offset: of the part in the file.
        line: how many lines stand before the part.
    """
    try:
        parser = _PARSER(text)
        try:
            return _tree(parser.get_event, offset, line)
        finally:
            parser.dispose()
    except _LIBRARY_ERRORS:
        return None


def _tree(next_event: Any, offset: int, line: int) -> Node | None:
    top = Node("sequence", 0, 0, START, "block", [])
    stack: list[Node] = []
    node = top
    while not top.value or stack:
        event = next_event()
        kind = type(event)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node.end = event.end_mark.index + offset
            node = stack.pop()
            continue
        if kind is yaml.StreamEndEvent:
            break
        if kind in (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent):
            continue
        start, end, place = (
            event.start_mark.index + offset,
            event.end_mark.index + offset,
            _place(event, line),
        )
        if kind is yaml.ScalarEvent:
            _attach(node, Node("scalar", start, end, place, event.style or "", event.value))
        elif kind is yaml.AliasEvent:
            _attach(node, Node("scalar", start, end, place, "*"))
        else:
            if len(stack) >= MAX_DEPTH:
                break
            name = "mapping" if kind is yaml.MappingStartEvent else "sequence"
            new = Node(name, start, end, place, "flow" if event.flow_style else "block", [])
            _attach(node, new)
            stack.append(node)
            node = new
    return top.value[0] if top.value else None


def _attach(parent: Node, child: Node) -> None:
    """Add a node to a collection; in a mapping, keys and values take turns."""
    if parent.kind == "sequence":
        parent.value.append(child)
    elif parent.value and parent.value[-1][1] is None:
        parent.value[-1] = (parent.value[-1][0], child)
    else:
        parent.value.append((child, None))
