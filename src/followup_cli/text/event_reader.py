"""Read any YAML from PyYAML's parse events: as data, or as a tree of nodes with their places.

Its loaders are not used: they lose positions, guess types (`NO`, `12:30`, `2026-02-30`), keep the last of
two equal keys and crash on deep nesting.
"""

from typing import Any

import yaml

from followup_cli.findings import START, Position
from followup_cli.text.document import (
    BLOT,
    FORBIDDEN,
    MAX_DEPTH,
    MAX_KEY,
    MAX_PROBLEMS,
    MAX_SCALAR,
    UNREAD,
    Node,
    Problem,
)
from followup_cli.text.layout_reader import MAX_KEYS, Reading
from followup_cli.text.repairing import in_plain_words

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIBRARY_ERRORS = (yaml.YAMLError, ValueError, OverflowError, RecursionError, MemoryError, IndexError)


def read(text: str, problems: list[Problem]) -> Reading:
    """Turn parse events into dicts, lists and texts, refusing all that plain data does not need.

    Args:
        text: YAML without forbidden characters.
        problems: where what is wrong is added.
    """
    items: dict[str, list[int]] = {}
    try:
        parser = _PARSER(text)
        try:
            data = _build(text, parser.get_event, problems, items)
        finally:
            parser.dispose()
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
    else:
        whole = type(data) is dict
        return Reading(data, {k: s for k, s in items.items() if whole and len(data[k]) == len(s)})
    return Reading(UNREAD, {})


class _TooManyError(Exception):
    """So much is wrong with a text that reading on says nothing new."""


def _line_and_column(mark: Any) -> tuple[int, int] | None:
    return (mark.line, mark.column) if mark else None


def _plain(error: BaseException) -> str:
    return f"the YAML reader says: {str(error).splitlines()[0][:100]}" if str(error) else "simplify the text"


_NO_KEY: Any = object()
_SKIPPED: Any = object()


def _build(text: str, next_event: Any, problems: list[Problem], items: dict[str, list[int]]) -> Any:  # noqa: C901
    """Build the data of the first document; values with a blot in them are UNREAD.

    One loop without calls of its own: at 100,000 activities it sees three million events.
    """
    scalar_event, no_key, skipped = yaml.ScalarEvent, _NO_KEY, _SKIPPED
    mapping_start, sequence_start = yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    may_have_marks, blotted = "&" in text or "!" in text, BLOT in text
    names: dict[str, str] = {}
    root: list[Any] = []
    container: Any = root
    key = no_key
    stack: list[tuple[Any, Any]] = []
    starts: list[int] = []
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
            if may_have_marks and (event.anchor is not None or event.tag is not None):
                _refuse_marks(event, report)
            if not value:
                value = value if event.style else None
            elif blotted and BLOT in value:
                value = UNREAD
            elif event.style == '"' and FORBIDDEN.search(value):
                message = "the text has an escaped invisible character"
                report("invisible-character", event, message, "write the text without it")
                value = UNREAD
            elif len(value) > MAX_SCALAR:
                report("too-large", event, f"the text has {len(value)} characters", "shorten it")
                value = UNREAD
            if type(container) is list:
                container.append(value)
            elif key is no_key:
                if type(value) is not str or len(value) > MAX_KEY:
                    if value is not UNREAD:
                        report("key", event, "this key is not a plain word", "write `name: value`")
                    key = skipped
                elif value in container:
                    report("duplicate-key", event, f"the key `{value}` is given twice", "keep one of the two")
                    key = skipped
                elif len(container) >= MAX_KEYS:
                    report("too-large", event, f"more than {MAX_KEYS} keys in one place", "use a list")
                    return UNREAD
                else:
                    key = names.setdefault(value, value)
                    # Taken now, so that a second one is seen even while the value is being read.
                    container[key] = None
            else:
                if key is not skipped:
                    container[key] = value
                key = no_key
        elif kind is mapping_start or kind is sequence_start:
            if event.anchor is not None or event.tag is not None:
                _refuse_marks(event, report)
            depth = len(stack)
            if depth >= MAX_DEPTH:
                report("too-large", event, f"the text is nested more than {MAX_DEPTH} deep", "simplify it")
                return UNREAD
            new: Any = {} if kind is mapping_start else []
            if type(container) is list:
                if depth == 2:
                    starts.append(event.start_mark.index)
                container.append(new)
                stack.append((container, no_key))
            elif key is no_key:
                report("key", event, "a key must be a plain word", "write `name: value`")
                stack.append((container, skipped))
            else:
                if key is not skipped:
                    container[key] = new
                    if depth == 1 and kind is sequence_start:
                        starts = items[key] = []
                stack.append((container, no_key))
            container, key = new, no_key
        elif kind is mapping_end or kind is sequence_end:
            container, key = stack.pop()
        elif kind is yaml.AliasEvent:
            report("alias", event, f"`*{event.anchor[:40]}` is a YAML alias", "write the value out instead")
            if type(container) is list:
                container.append(UNREAD)
            elif key is no_key:
                key = skipped
            else:
                if key is not skipped:
                    container[key] = UNREAD
                key = no_key
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
