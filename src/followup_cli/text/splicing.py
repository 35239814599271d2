"""Change a text by splicing: new lines go in at an offset, and no other byte moves.

Comments, order, quoting, line ends and the byte order mark stay. The result is read again and must be
exactly what was meant, or it is not used.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from followup_cli.errors import FollowupError
from followup_cli.findings import Fix, Steps
from followup_cli.text.characters import decode
from followup_cli.text.document import Document, Node
from followup_cli.text.parsing import parse
from followup_cli.text.writing import block, flow, indented, scalar

BOM = b"\xef\xbb\xbf"
_HARMLESS = ("odd-space",)  # what may be wrong with a text that is read without doubt


def splice(text: str, fixes: Sequence[Fix]) -> str:
    """Replace stretches of a text, each by its offsets in the text as it is.

    Raises:
        ValueError: if two of them overlap.
    """
    parts, last = [], 0
    for fix in sorted(fixes):
        if fix.start < last or fix.end < fix.start:
            raise ValueError(f"two changes overlap at offset {fix.start}")
        parts += [text[last : fix.start], fix.text]
        last = fix.end
    return "".join((*parts, text[last:]))


def encode_like(before: bytes, text: str) -> bytes:
    """Encode a text as its file was: with a byte order mark only if it had one."""
    return (BOM if before.startswith(BOM) else b"") + text.encode("utf-8", errors="surrogateescape")


def edited(before: bytes, fixes: Sequence[Fix], meant: Any, file: str) -> bytes:
    """Apply changes to a file's bytes and prove that the result reads as what was meant.

    Raises:
        FollowupError: if it would not; the text is then laid out in a way that is better edited by hand.
    """
    text, problem = decode(before)
    if problem is None:
        after = encode_like(before, splice(text, fixes))
        document = parse(decode(after)[0], file)
        if document.data == meant and all(each.rule in _HARMLESS for each in document.problems):
            return after
    raise FollowupError(
        f"`{file}` is laid out in a way that this edit cannot keep; nothing was written", "edit it by hand"
    )


def added_items(document: Document, path: Steps, index: int, items: Sequence[Mapping[str, Any]]) -> Fix:
    """Give the change that adds records at one place of a list, which is begun if there is none.

    Args:
        document: the text, without problems.
        path: where the list is or would be: its last step is a key of a record that is there.
        index: how many items go before them.
        items: the records' keys and values: texts, lists and records of them.

    Raises:
        FollowupError: if there is no such record.
    """
    record, listed = document.node(path[:-1]), document.node(path)
    if record is None or record.kind != "mapping" or not record.value:
        raise FollowupError(f"`{document.file}` has no record to add to", "edit it by hand")
    text = document.text
    if record.style == "flow" or (listed is not None and listed.style == "flow" and listed.value):
        return _added_in_flow(text, record, listed, str(path[-1]), index, items)
    column, offset, inner = _habit(document, path)
    if listed is None or not listed.value:
        lines = [f"{path[-1]}:", *(" " * offset + line for line in block(items, offset, inner))]
        if listed is None:
            return _after(text, _line_end(text, last_character(text, record)), indented(lines, column))
        # An empty list `[]` gives way to a block list under the same key, and the blank before it goes with it.
        end = _break(text, listed.end)
        start = len(text[: listed.start].rstrip(" "))
        return Fix(start, listed.end, end + end.join(indented(lines[1:], column)))
    lines = indented(block(items, offset, inner), listed.place.column - 1)
    if index == 0:
        pair = record.pair(str(path[-1]))
        first = pair[0].end if pair else listed.start
        return _after(text, _line_end(text, first), lines)
    before = last_character(text, listed.value[min(index, len(listed.value)) - 1])
    return _after(text, _own_comments(text, _line_end(text, before), listed.place.column), lines)


def added_key(document: Document, path: Steps, after: Sequence[str], line: str) -> Fix:
    """Give the change that adds a key and its value to a record.

    Args:
        document: the text, without problems.
        path: where the record is.
        after: the keys behind the first of which that is there it goes; else it goes behind all.
        line: the key and its value, as they are written on one line.

    Raises:
        FollowupError: if there is no such record.
    """
    record, text = document.node(path), document.text
    if record is None or record.kind != "mapping" or not record.value:
        raise FollowupError(f"`{document.file}` has no record to add to", "edit it by hand")
    pairs = [pair for name in after if (pair := record.pair(name)) is not None]
    key, value = (pairs or [record.value[-1]])[0]
    if record.style == "flow":
        at = last_character(text, value)
        return Fix(at, at, f", {line}")
    return _after(text, _line_end(text, last_character(text, value)), indented([line], key.place.column - 1))


def replaced(document: Document, path: Steps, value: str | Sequence[str]) -> Fix:
    """Give the change that writes a text, or a list of texts, in the place of what is there.

    Args:
        document: the text, without problems.
        path: where the value is.
        value: what is to stand there; a list that has a line for each item keeps its form.

    Raises:
        FollowupError: if nothing is there.
    """
    node, text = document.node(path), document.text
    if node is None:
        raise FollowupError(f"`{'.'.join(map(str, path))}` has no place in the text", "edit it by hand")
    end = node.start + len(text[node.start : last_character(text, node)].rstrip())
    around = [document.node(path[:i]) for i in range(1, len(path))]
    if isinstance(value, str):
        inside = any(each is not None and each.style == "flow" for each in around)
        return Fix(node.start, end, scalar(value, inside=inside))
    if node.kind == "sequence" and node.style == "block" and node.value:
        break_ = _break(text, node.start) + " " * (node.place.column - 1)
        return Fix(node.start, end, break_.join(block(list(value))))
    return Fix(node.start, end, flow(list(value)))


def removed(document: Document, path: Steps) -> Fix:
    """Give the change that takes a key and its value out of a record; one without keys is left as `{}`.

    Args:
        document: the text, without problems.
        path: where the value is: its last step is a key of a record that is there.

    Raises:
        FollowupError: if nothing is there.
    """
    record, text = document.node(path[:-1]), document.text
    pair = record.pair(str(path[-1])) if record is not None else None
    if record is None or pair is None:
        raise FollowupError(f"`{'.'.join(map(str, path))}` has no place in the text", "edit it by hand")
    keys = [key for key, _ in record.value]
    at, end = keys.index(pair[0]), last_character(text, pair[1])
    if len(keys) == 1:
        return Fix(record.start, last_character(text, record), "{}")
    if record.style == "flow":
        if at:
            return Fix(last_character(text, record.value[at - 1][1]), end, "")
        return Fix(pair[0].start, keys[1].start, "")
    if at == 0:  # a dash may stand before it, and the next key takes its place
        is_plain = "#" not in text[end : keys[1].start]
        return Fix(pair[0].start, keys[1].start if is_plain else _line_end(text, end), "")
    start = text.rfind("\n", 0, pair[0].start) + 1
    stop = text.find("\n", end) + 1
    return Fix(start, stop or len(text), "")


def _added_in_flow(
    text: str, record: Node, listed: Node | None, key: str, index: int, items: Sequence[Mapping[str, Any]]
) -> Fix:
    """Add inside `{…}` or `[…]`, after the value that goes before."""
    new = ", ".join(map(flow, items))
    if listed is None:
        at = last_character(text, record.value[-1][1])
        return Fix(at, at, f", {key}: [{new}]")
    if not listed.value:
        return Fix(listed.start, listed.end, f"[{new}]")
    if index == 0:
        return Fix(listed.value[0].start, listed.value[0].start, f"{new}, ")
    at = last_character(text, listed.value[min(index, len(listed.value)) - 1])
    return Fix(at, at, f", {new}")


def _after(text: str, at: int, lines: Sequence[str]) -> Fix:
    """Add whole lines after the line that ends at an offset, which may be the end of the file."""
    end = _break(text, at)
    if text[at - 1 : at] == "\n":  # a text that keeps its blank lines ends at the start of the next line
        return Fix(at, at, "".join(line + end for line in lines))
    return Fix(at, at, "".join(end + line for line in lines))


def _habit(document: Document, path: Steps) -> tuple[int, int, int]:
    """Tell how the list around a record is indented, which a list inside it then follows.

    Gives the column of the record's keys, how far dashes stand from their key, and texts from their dash.
    """
    record = document.node(path[:-1])
    assert record is not None
    column = record.value[0][0].place.column - 1
    for depth in range(len(path) - 2, 0, -1):
        around, owner = document.node(path[:depth]), document.node(path[: depth - 1])
        if around is not None and around.kind == "sequence" and around.style == "block" and owner is not None:
            pair, item = owner.pair(str(path[depth - 1])), document.node(path[: depth + 1])
            if pair is not None and item is not None and item.place.line == around.place.line:
                dash = around.place.column
                return column, max(dash - pair[0].place.column, 0), max(item.place.column - dash, 2)
            if pair is not None:
                return column, max(around.place.column - pair[0].place.column, 0), 2
    return column, 2, 2


def last_character(text: str, node: Node) -> int:
    """Give the offset after the last character that belongs to a node, comments left out.

    The end mark of a collection runs past the comments after it, so its last value counts; a block
    scalar's runs over blank lines, which are part of it only where it says so (`|+`).
    """
    while node.style == "block" and node.kind != "scalar" and node.value:
        node = node.value[-1] if node.kind == "sequence" else node.value[-1][1]
    if node.style in ("|", ">") and "+" in text[node.start : node.end].partition("\n")[0].partition("#")[0]:
        return node.end
    return len(text[: node.end].rstrip())


def _line_end(text: str, offset: int) -> int:
    """Give the offset of the end of a line, before its line break."""
    if text[offset - 1 : offset] == "\n":
        return offset
    at = text.find("\n", offset)
    if at < 0:
        return len(text)
    return at - 1 if text[at - 1] == "\r" else at


def _own_comments(text: str, offset: int, dash: int) -> int:
    """Step over the comments right below an item that are indented as its own."""
    while text[offset : offset + 1] in ("\r", "\n"):
        start = text.index("\n", offset) + 1
        end = _line_end(text, start) if text[start : start + 1] not in ("\r", "\n") else start
        line = text[start:end]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) < dash:
            break
        offset = end
    return offset


def _break(text: str, at: int) -> str:
    """Give the line break after an offset, or the first one of the text."""
    breaks = (text.find("\n", at), text.find("\n"))
    found = next((each for each in breaks if each >= 0), 0)
    return "\r\n" if found > 0 and text[found - 1] == "\r" else "\n"
