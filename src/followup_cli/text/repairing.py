"""What the YAML reader stumbles over, in plain words, and how to read on behind it."""

import re
from collections.abc import Sequence


def in_plain_words(
    said: str, text: str, mark: tuple[int, int], began: tuple[int, int]
) -> tuple[int, int, str, str]:
    """Say in plain words what the YAML reader stumbled over, and where the slip is.

    Args:
        said: what the reader says.
        text: the whole text.
        mark: line and column, from 0, at which the reader stopped.
        began: line and column of the part that it was in.

    Returns:
        Line and column of the slip, from 0; what is wrong; the remedy.
    """
    message, hint, opening = next(
        ((message, hint, opening) for part, message, hint, opening in _PLAIN_WORDS if part in said),
        (f"this is not YAML: {said[:100]}", "compare with the lines around it", False),
    )
    line, column = began if opening else mark
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    column = min(column, len(lines[line].rstrip("\r")))
    before = lines[line][:column]
    conflict = next((n for n, each in enumerate(lines[: line + 2]) if _CONFLICT.match(each)), None)
    quote = _open_quote(lines, min(began[0], line), line)
    if conflict is not None:
        line, column = conflict, 0
        message, hint = "a merge conflict was left here", "keep one version and delete the marks"
    elif quote is not None:
        line, column = quote
        message, hint = "a quote is opened here and not closed", "close it at the end of the line"
    elif "\t" in lines[line][: column + 1]:
        column = lines[line].index("\t")
        message, hint = "a tab stands here", "indent with spaces"
    elif "mapping values" in said and ": " not in before:
        column = len(before) - len(before.lstrip(" -"))
        message, hint = _OFF
    return line, column, message, hint


def _open_quote(lines: Sequence[str], first: int, last: int) -> tuple[int, int] | None:
    """Find a quote that is not closed on its line: the reader notices it only at the next quote."""
    for number in range(first, min(last + 1, first + 5000)):
        opened = _OPEN_QUOTE.match(lines[number][:10_000])
        if opened:
            return number, opened.start("quote")
    return None


_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |\r?$)")
_OPEN_QUOTE = re.compile(
    r"""[ -]*(?:[^\s"'\[\]{}#][^"'\[\]{}#]*: +)?(?P<quote>"(?:[^"\\]|\\.)*|'(?:[^']|'')*)\r?$"""
)
_OFF = ("the indentation is off here", "align it with the lines around it")
_QUOTE_IT = "put the whole text in double quotes"
_ESCAPE = ("a backslash with a meaning that YAML does not know", "write `\\\\` for a backslash", False)
# What the reader says: what we say, the remedy, and whether the slip is where the part it was in began.
_PLAIN_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    ("mapping values are not allowed", "a second `: ` on one line", _QUOTE_IT, False),
    ("cannot start any token", "a text cannot begin with this character", _QUOTE_IT, False),
    ("could not find expected ':'", "a line without `: `", "write `name: value`", True),
    ("did not find expected key", *_OFF, False),
    ("did not find expected '-' indicator", *_OFF, False),
    ("did not find expected ',' or ']'", "the list `[…]` is not closed", "close it with `]`", True),
    ("did not find expected ',' or '}'", "the braces `{…}` are not closed", "close them with `}`", True),
    ("unexpected end of stream", "a quote is opened here and never closed", "close it", True),
    ("unexpected document indicator", "a quote is opened here and never closed", "close it", True),
    (
        "block sequence entries",
        "a list cannot begin here",
        "begin it on the next line, or quote the text",
        False,
    ),
    ("comment or line break", "a text cannot begin with `|` or `>`", _QUOTE_IT, False),
    ("unknown escape character", *_ESCAPE),
    ("invalid Unicode character escape", *_ESCAPE),
    ("did not find expected hexdecimal number", *_ESCAPE),
    ("<document start>", "text stands after the end of the document", "delete the line `...`", False),
    ("directive", "a YAML directive stands here", "delete the line", False),
    ("incompatible YAML document", "a YAML directive stands here", "delete the line", False),
)


_ENTRY = re.compile(r"( *)- ")


def without_entry(text: str, line: int) -> str | None:
    """Blank out the entry of the outermost list that a line (from 1) belongs to; None if there is none."""
    lines = text.split("\n")
    for first in range(min(line, len(lines)) - 1, -1, -1):
        entry = _ENTRY.match(lines[first])
        if entry and len(entry[1]) <= 2:
            break
        if lines[first][:1] not in ("", " ", "#", "\t", "\r") and first < line - 1:
            return None
    else:
        return None
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or _indentation(lines[last]) > len(entry[1])):
        last += 1
    if last < line:
        return None
    for number in range(first, last):
        lines[number] = re.sub(r"[^\r]", " ", lines[number])
    return "\n".join(lines)


def _indentation(line: str) -> int:
    plain = line.expandtabs(8)
    return len(plain) - len(plain.lstrip(" "))


def without_line(text: str, line: int) -> str:
    """Blank out a line (from 1)."""
    lines = text.split("\n")
    lines[line - 1] = re.sub(r"[^\r]", " ", lines[line - 1])
    return "\n".join(lines)
