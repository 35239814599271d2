"""What the YAML reader stumbles over, in plain words: where the slip is, and how people mend it."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Slip(NamedTuple):
    """A slip in a text: line and column, from 0; what is wrong; the remedy."""

    line: int
    column: int
    message: str
    hint: str


def find_slip(said: str, lines: Sequence[str], mark: tuple[int, int], began: tuple[int, int]) -> Slip:
    """Tell where the slip is over which the YAML reader stumbled.

    Args:
        said: what the reader says.
        lines: the text that it read, line by line.
        mark: line and column, from 0, at which it stopped.
        began: line and column of the part that it was in.
    """
    message, hint, opening = next(
        ((message, hint, opening) for part, message, hint, opening in _PLAIN_WORDS if part in said),
        (f"this is not YAML: {said[:100]}", "compare with the lines around it", False),
    )
    line, column = began if opening else mark
    line = min(line, len(lines) - 1)
    column = min(column, len(lines[line].rstrip("\r")))
    first = min(began[0], line)
    parts = PARTS.match(lines[line][:10_000])
    if hint == QUOTE_IT and parts and parts["key"]:
        hint = _quotes_for(parts["value"])
    return (
        _open_quote(lines, first, line)
        or _tab(lines, line, column)
        or _dash(lines, line)
        or _glued_colon(lines, line)
        or _comment_in_list(lines, first, min(mark[0], len(lines) - 1), said)
        or _beginning(lines, line, said)
        or _indentation(lines, line, column, said)
        or Slip(line, column, message, hint)
    )


def _open_quote(lines: Sequence[str], first: int, last: int) -> Slip | None:
    """Find a quote that is not closed on its line: the reader notices it only at the next quote."""
    for number in range(first, min(last + 1, first + 5000)):
        opened = _OPEN_QUOTE.match(lines[number][:10_000])
        if opened:
            message, hint = "a quote is opened here and not closed", "close it at the end of the line"
            return Slip(number, opened.start("quote"), message, hint)
    return None


def _tab(lines: Sequence[str], line: int, column: int) -> Slip | None:
    if "\t" not in lines[line][: column + 1]:
        return None
    return Slip(line, lines[line].index("\t"), "a tab stands here", "indent with spaces")


def _dash(lines: Sequence[str], line: int) -> Slip | None:
    """Find a dash that begins no item: one of another sort, or one without a space behind it."""
    for number in (line, line - 1):
        odd = ODD_DASH.match(lines[number]) if number >= 0 else None
        if odd:
            sign = odd["dash"] or odd["glued"]
            return Slip(number, odd.end() - len(odd.group().lstrip()), *odd_dash(sign))
    return None


def _glued_colon(lines: Sequence[str], line: int) -> Slip | None:
    """Find a key with no space behind its colon, or without the colon."""
    for number in (line, line - 1):
        glued = _GLUED_COLON.match(lines[number]) if number >= 0 else None
        if glued:
            hint = f"write a space after it: `{glued['key']}: `"
            return Slip(
                number, glued.start("key"), f"there is no space behind the colon of `{glued['key']}`", hint
            )
    return None


def odd_dash(dash: str) -> tuple[str, str]:
    """Say what is wrong with a dash, and the remedy."""
    if dash == "-":
        return "there is no space behind the dash", "write a space after it: `- `"
    return f"an item cannot begin with `{dash}`", "write a dash and a space, `- `, in its place"


def _comment_in_list(lines: Sequence[str], first: int, last: int, said: str) -> Slip | None:
    """Find a comment that takes the end of a list in brackets with it."""
    for number in range(first, min(last + 1, first + 100)) if "',' or" in said else ():
        taken = _COMMENT_IN_LIST.match(lines[number][:10_000])
        if taken:
            message = "`#` begins a comment here, and the list `[…]` is not closed before it"
            return Slip(number, taken.start("hash"), message, "write `]` before it, or delete the `#`")
    return None


def _beginning(lines: Sequence[str], line: int, said: str) -> Slip | None:
    """Judge a text by its beginning: quotes, brackets and signs mean something to YAML."""
    parts = PARTS.match(lines[line][:10_000])
    if parts is None or not parts["value"]:
        return None
    value, column = parts["value"], parts.start("value")
    letter = value[0]
    if letter in "\"'":
        closed = _QUOTED.match(value)
        if closed and closed["rest"]:
            return Slip(line, column + closed.start("rest"), _BEHIND_QUOTE, _quotes_for(value))
    elif letter in "[{":
        return _bracketed(value, line, column, said)
    elif letter in "*&@%`!?,]}" or (letter in "|>" and "comment or line break" in said):
        return Slip(line, column, f"a text cannot begin with `{letter}`", _quotes_for(value))
    return None


def _bracketed(value: str, line: int, column: int, said: str) -> Slip | None:
    """Judge a text that begins with a bracket: what stands behind it, and what stops the reading in it."""
    end = _closing(value)
    rest = value[end + 1 :].lstrip(" ,") if end else ""
    if rest and not rest.startswith(("#", ":")):
        hint = "put the whole text in double quotes; what belongs to the list, inside its brackets"
        return Slip(line, column + value.index(rest, end), _BEHIND_BRACKET, hint)
    if end and "',' or ']'" in said:
        return Slip(line, column, "a comma is missing in this list", "write `, ` between two items")
    if end and "',' or '}'" in said:
        hint = "put that text in double quotes, or write `, ` between two keys"
        return Slip(line, column, "a text with `: ` or a quote in it stands here in `{…}`", hint)
    return None


def _closing(value: str) -> int:
    """Give the offset of the bracket that closes the first; 0 if none does."""
    depth = 0
    for bracket in _BRACKETS.finditer(value):
        depth += 1 if bracket.group() in "[{" else -1 if bracket.group() in "]}" else 0
        if depth == 0:
            return bracket.start()
    return 0


def _quotes_for(value: str) -> str:
    """Name the quotes that a text needs."""
    if '"' not in value:
        return QUOTE_IT
    if "'" not in value:
        return "put the whole text in single quotes"
    return 'put the whole text in double quotes, and write `\\"` for those inside it'


def _indentation(lines: Sequence[str], line: int, column: int, said: str) -> Slip | None:
    """Tell a line that stands too far right or left from a text with a colon in it."""
    before = lines[line][:column]
    above = _key_above(lines, line)
    if above and ("expected key" in said or "expected ':'" in said or _is_item(lines[line])):
        slip = _below(*above, lines[line], line, said)
        if slip is not None:
            return slip
    if "mapping values" not in said or ": " in before:
        return None
    return Slip(line, len(before) - len(before.lstrip(" -")), *OFF)


def _below(key: str, indented: int, text: str, line: int, said: str) -> Slip | None:
    """Judge a line below one with a key and its value: a list, a key, or the value going on."""
    start = len(text) - len(text.lstrip(" "))
    goes_on = (
        with_colon(text) + f"if the text of `{key}` goes on here, put all of it on one line, in double quotes"
    )
    if _is_item(text):
        hint = f"write the list's key above it, or align it with the items of its list; {goes_on}"
        return Slip(line, start, "a list begins here, and no key of a list stands above it", hint)
    if "expected ':'" in said:
        return Slip(line, start, "a line without `: `", f"{goes_on}; else write `name: value`")
    if "expected key" in said and indented < start:
        hint = f"move it up, above `{key}`, if it belongs to what stands there; else align it with `{key}`"
        return Slip(line, start, f"the indentation is off here: `{key}` above it begins further left", hint)
    return None


def with_colon(text: str) -> str:
    """Begin a remedy for a line of one word, which may be a key that lost its colon."""
    word = text.strip()
    return f"if `{word}` is a key, write `{word}:`; " if re.fullmatch("[a-z_]+", word) else ""


def _is_item(text: str) -> bool:
    return text.lstrip(" ").startswith("- ")


def _key_above(lines: Sequence[str], line: int) -> tuple[str, int] | None:
    """Give the key with a value on the line above that says something, and its column."""
    number = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), -1)
    parts = PARTS.match(lines[number][:10_000]) if number >= 0 else None
    if parts is None or not parts["key"] or not parts["value"]:
        return None
    return parts["key"], len(parts["lead"]) - len(parts["lead"].lstrip(" -"))


CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)")
# A dash of another sort at the beginning of a line, or a hyphen with a key right behind it.
ODD_DASH = re.compile(r" *(?:(?P<dash>[–—−‒―•‣·▪*])\s|(?P<glued>-)[A-Za-z_][\w-]*:(?:\s|$))")
# A line: what leads up to its value, with dashes and a key, and the value.
PARTS = re.compile(
    r"(?P<lead>[ ]*(?:-[ ]+)*(?:(?P<key>[^\s\"'\[\]{}#&*!|>%@`,?:-][^\"'\[\]{}#:]*):(?:[ ]+|(?=\r?$)))?)"
    r"(?P<value>.*?)(?P<end>\s*)$"
)
_GLUED_COLON = re.compile(r" *(?:- +)?(?P<key>[a-z_]+):(?![\s/])[^\s:]")
_OPEN_QUOTE = re.compile(
    r"""[ -]*(?:[^\s"'\[\]{}#][^"'\[\]{}#]*: +)?(?P<quote>"(?:[^"\\]|\\.)*|'(?:[^']|'')*')\r?$"""
)
_QUOTED = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?![ ]*(?:#|:(?:[ ]|$)))\s*(?P<rest>.*)""")
_COMMENT_IN_LIST = re.compile(r"[^#]*?\[[^\]\"'#]*(?<=[\s,])(?P<hash>#)|[^\[\]\"'#:]*(?<=[\s,])(?P<only>#)")
_BRACKETS = re.compile(r"[\[\]{}]|\"(?:[^\"\\]|\\.)*\"")
OFF = ("the indentation is off here", "align it with the lines around it")
QUOTE_IT = "put the whole text in double quotes"
_BEHIND_QUOTE = "text stands behind the closing quote"
_BEHIND_BRACKET = "text stands behind the closing bracket"
_ESCAPE = ("a backslash with a meaning that YAML does not know", "write `\\\\` for a backslash", False)
# What the reader says: what we say, the remedy, and whether the slip is where the part it was in began.
_PLAIN_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    ("mapping values are not allowed", "a second `: ` on one line", QUOTE_IT, False),
    ("cannot start any token", "a text cannot begin with this character", QUOTE_IT, False),
    ("could not find expected ':'", "a line without `: `", "write `name: value`", True),
    ("did not find expected key", *OFF, False),
    ("did not find expected '-' indicator", *OFF, False),
    ("did not find expected node content", "nothing stands here where a text should", "write it, or delete the comma", False),
    ("did not find expected ',' or ']'", "the list `[…]` is not closed", "close it with `]`", True),
    ("did not find expected ',' or '}'", "the braces `{…}` are not closed", "close them with `}`", True),
    ("unexpected end of stream", "a quote is opened here and never closed", "close it", True),
    ("unexpected document indicator", "a quote is opened here and never closed", "close it", True),
    ("block sequence entries", "a list cannot begin here", "begin it on the next line, or quote the text", False),
    ("comment or line break", "a text cannot begin with `|` or `>`", QUOTE_IT, False),
    ("unknown escape character", *_ESCAPE),
    ("invalid Unicode character escape", *_ESCAPE),
    ("did not find expected hexdecimal number", *_ESCAPE),
    ("<document start>", "text stands after the end of the document", "delete the line `...`", False),
    ("directive", "a YAML directive stands here", "delete the line", False),
    ("incompatible YAML document", "a YAML directive stands here", "delete the line", False),
)  # fmt: skip
