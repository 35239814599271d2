"""The outline of a text: its top-level keys, the items of its lists, and the lines that belong to none."""

import re
from collections.abc import Iterator

from followup_cli.text.blotting import Piece, Repair, indentation
from followup_cli.text.slips import CONFLICT, ODD_DASH, OFF, odd_dash, with_colon

_KEY = re.compile(r"(?P<key>[^\s\"'\[\]{}#&*!|>%@`,?:-][^\"'\[\]{}#:\s]*):(?P<value>[ ]+[^\s#].*)?(?:\s|$)")
_ITEM = re.compile(r"- +(?P<key>[\w-]+):(?: +(?P<value>[^#\r]*[^#\s]))?")
_APART = (
    "this line is no part of the text above: it begins too far left",
    "indent it like the text above, or put both on one line",
)


def drop_conflicts(done: Repair) -> None:
    """Note each merge conflict once, and leave out all versions but the first."""
    opened = dropped = False
    for number, line in enumerate(done.lines):
        sign = line[0] if CONFLICT.match(line) else ""
        if sign == "<" or (sign and not opened):
            opened = sign == "<" and _is_closed(done.lines, number)
            hint = "keep one version and delete the marks; the other version was not checked"
            if not opened:
                hint = "delete the line, and the other marks of the conflict if there are any"
            done.note(number, 0, "a merge conflict was left here", hint)
        if sign:
            dropped = opened and sign in "|="
            opened = opened and sign != ">"
        if sign or dropped:
            done.blank(number)


def _is_closed(lines: list[str], opened: int) -> bool:
    """Tell whether a conflict has its end before the next one begins."""
    marks = (line[0] for line in lines[opened + 1 :] if CONFLICT.match(line))
    return next((mark for mark in marks if mark in "<>"), "") == ">"


def outline(done: Repair) -> list[Piece]:
    """Cut a text into pieces, which together are all its lines; note and leave out lines that stray."""
    cutter = _Cutter(done)
    for number, line in enumerate(done.lines):
        body = line.strip()
        if body and body[0] != "#":
            if body[0] in "[{" and not cutter.started:
                break  # all of it is in brackets, which need no indentation
            cutter.take(number, line, body)
    for piece, following in zip(cutter.pieces, [*cutter.pieces[1:], None], strict=True):
        piece.last = following.first if following else len(done.lines)
    return cutter.pieces


class _Cutter:
    def __init__(self, done: Repair) -> None:
        self.done, self.lines = done, done.lines
        self.pieces = [Piece(0, 0, "the file")]
        self.started = False  # whether anything was read yet
        self.fresh = True  # whether nothing stands yet under the top-level key
        self.dash = -1  # the column of the dashes of the list, -1 outside of one
        self.first_key = ""  # of the first item of the list
        self.key, self.index = "", 0  # of the list, and how many items it has so far

    def take(self, number: int, line: str, body: str) -> None:
        """Take a line that says something."""
        column = indentation(line)
        if column == 0 and body[:3] in ("---", "...") and body[3:4] in ("", " "):
            self.marker(number, body)
        elif not self.begin(number, line, body, column):
            self.go_on(number, body, column)
        self.started = True

    def marker(self, number: int, body: str) -> None:
        """Leave out the mark of another document, where it stands in the middle."""
        if body[0] == "-" and self.started:
            hint = "delete the line `---`"
            self.done.note(number, 0, "a second YAML document begins here", hint, "second-document")
        elif body[0] == "." and self._next(number):
            message = "text stands after the end of the document"
            self.done.note(number, 0, message, "delete the line `...`")
        else:
            return
        self.done.blank(number)

    def begin(self, number: int, line: str, body: str, column: int) -> bool:
        """Begin a piece where a line is clearly the first of one; tell whether it is."""
        key, odd = _KEY.match(body), ODD_DASH.match(line)
        dashed = (body[0] == "-" and body[1:2] in ("", " ")) or odd is not None
        if column == 0 and key and not dashed and not self.strays(number, key):
            self.top(number, key["key"])
        elif self.fresh and dashed:
            self.dash, self.fresh = column, False
            item = _ITEM.match(body)
            self.first_key = item["key"] if item else ""
            self.item(number, line, body)
        elif dashed and column == self.dash:
            self.item(number, line, body)
        else:
            return False
        return True

    def top(self, number: int, key: str) -> None:
        """Begin a piece with a top-level key."""
        self.pieces.append(Piece(number, number, f"`{key[:40]}`", key=key))
        self.dash, self.fresh, self.key, self.index = -1, True, key, 0

    def piece(self, number: int, name: str) -> None:
        """Begin the piece of an item."""
        self.pieces.append(Piece(number, number, name, self.dash, key=self.key, index=self.index))
        self.index += 1

    def item(self, number: int, line: str, body: str) -> None:
        """Begin a piece with an item."""
        item = _ITEM.match(body)
        name = f"entry `{item['value'][:40]}`" if item and item["value"] else "this entry"
        self.piece(number, name)
        odd = ODD_DASH.match(line)
        if odd:
            sign = odd["dash"] or odd["glued"]
            self.done.note(number, self.dash, *odd_dash(sign))
            if odd["dash"]:
                self.lines[number] = line.replace(sign, "-", 1)
            else:
                self.done.begin_item(number, self.dash)

    def go_on(self, number: int, body: str, column: int) -> None:
        """Take a line that belongs to the piece above, or should."""
        self.fresh = False
        key = _KEY.match(body)
        inside = column > max(self.dash, 0) or not self.started or not body.strip("]}, ")
        if inside or (self.dash < 0 and column):
            return
        if self.dash >= 0 and key and not key["value"] and self._dashed(self._next(number), self.dash):
            self.lost_key(number, key["key"])
        elif self.dash >= 0 and (body[0] == "-" or (key and key["key"] == self.first_key)):
            self.lost_dash(number, body, column)
        else:
            self.stray(number, column, is_key=key is not None)

    def lost_key(self, number: int, key: str) -> None:
        """Take the key of a list that is indented as its items are."""
        self.done.note(number, self.dash, *OFF)
        self.lines[number] = self.lines[number].strip(" ").ljust(len(self.lines[number]))
        self.top(number, key)

    def lost_dash(self, number: int, body: str, column: int) -> None:
        """Take the first line of an item that has no dash, or has it in a wrong column."""
        if body[0] == "-":
            self.done.note(number, column, *OFF)
        else:
            self.done.note(number, column, "this entry has no dash", "begin it with a dash and a space, `- `")
        if self.done.begin_item(number, self.dash):
            self.piece(number, "this entry")
        else:
            self.done.blank(number)
            self.pieces[-1].torn = True

    def stray(self, number: int, column: int, *, is_key: bool) -> None:
        """Leave out a line that begins too far left for the piece above."""
        text = self.lines[number]
        message, hint = OFF if is_key else _APART
        self.done.note(number, column, message, with_colon(text) + hint)
        self.done.blank(number)
        if text.rstrip().endswith(":"):
            self.done.blank_below(number, max(self.dash + 2, column))
        self.pieces[-1].torn = True

    def strays(self, number: int, key: "re.Match[str]") -> bool:
        """Tell whether a key at the left edge was meant for the item above."""
        if self.dash < 0:
            return False
        below = self._next(number)
        column = indentation(below)
        if key["value"]:
            # Neither an item nor a key can stand below a value.
            return self._dashed(below, self.dash) or (
                column > 0 and _is_entry(below) and key["value"].strip()[0] not in "|>"
            )
        if self._dashed(below, self.dash) or (column == 0 and not _is_dash(below)):
            return False
        return self._list_goes_on(number)

    def _list_goes_on(self, number: int) -> bool:
        """Tell whether items of the list follow before the next line at the left edge."""
        for line in self._below(number):
            if self._dashed(line, self.dash):
                item = _ITEM.match(line.strip())
                return not self.first_key or (item is not None and item["key"] == self.first_key)
            if indentation(line) == 0:
                return False
        return False

    def _dashed(self, line: str, column: int) -> bool:
        return _is_dash(line) and indentation(line) == column

    def _next(self, number: int) -> str:
        """Give the next line that says something, or nothing."""
        return next(self._below(number), "")

    def _below(self, number: int) -> Iterator[str]:
        for below in range(number + 1, len(self.lines)):
            line = self.lines[below]
            if line.strip() and line.lstrip()[0] != "#":
                yield line


def _is_dash(line: str) -> bool:
    return re.match(r"\s*-(?:\s|$)", line) is not None


def _is_entry(line: str) -> bool:
    """Tell whether a line begins an item, or has a key."""
    return _is_dash(line) or _KEY.match(line.strip()) is not None
