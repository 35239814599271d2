"""Characters: bytes become text, and what cannot be seen in a text is pointed at."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from followup_cli.findings import START, Fix, Mistake, Position
from followup_cli.text.document import MAX_PROBLEMS, line_starts

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
# Texts of nothing but common characters need no search for the others: this is six times as fast.
_COMMON = re.compile("[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u0600\u2010-\u2027]*")
# What was no text in the file's bytes; more than a few of them are another encoding.
_NO_TEXT = re.compile("[\x00\udc80-\udcff]")
_RIGHT = re.compile("[^\x00-\x7f\udc80-\udcff]")
_FEW, _MANY = 20, 200
_NO_FILES_OF_TEXT = (
    (b"PK\x03\x04", "Word or Excel document"),
    (b"{\\rtf", "Rich Text document"),
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Word or Excel document"),
)
_SAVE = "save the file as UTF-8 (in the editor: Save with encoding, UTF-8)"
# Stands for a character that cannot be read, so that all others keep their places.
BLOT = "\ue000"


def decode(data: bytes) -> tuple[str, Mistake | None]:
    """Decode bytes as UTF-8, or say why they are no text.

    A few bytes that are not UTF-8 stay in the text as surrogates, as PEP 383 has it, so that the rest can be read.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", Mistake("encoding", START, "the file is saved as UTF-16, not as UTF-8", _SAVE)
    kind = next((kind for sign, kind in _NO_FILES_OF_TEXT if data.startswith(sign)), None)
    if kind:
        return "", Mistake(
            "encoding", START, f"this is a {kind}, not plain text", "save it as plain text, in UTF-8"
        )
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return text, None
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="surrogateescape")
    strange = [*islice(_NO_TEXT.finditer(text), _MANY + 1)]
    # A text of which more is wrong than right, beside ASCII, is one in another encoding.
    most = _MANY if sum(1 for _ in _RIGHT.finditer(text)) > len(strange) else _FEW
    if len(strange) <= most:
        return text, None
    first = strange[0]
    line, column = text.count("\n", 0, first.start()) + 1, first.start() - text.rfind("\n", 0, first.start())
    message = f"{_byte(first.group())}, and neither are others behind it"
    return "", Mistake("encoding", Position(line, column, line, column + 1), message, _SAVE)


def _byte(letter: str) -> str:
    return f"byte 0x{ord(letter) & 0xFF:02X} is not {'UTF-8' if ord(letter) else 'text'}"


def character_problems(text: str) -> Iterator[Mistake]:
    """Point at characters that cannot be seen, and at those that look like another."""
    if _COMMON.fullmatch(text):
        return
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
            yield Mistake("odd-space", place, message, "type a space in its place", fix)
        elif _NO_TEXT.match(letter) and letter != "\0":
            hint = "write again what is meant here, and save the file as UTF-8"
            yield Mistake("encoding", place, _byte(letter), hint)
        else:
            mend = Fix(match.start(), match.end(), "") if letter in _NEEDLESS else None
            message = f"the invisible character {point} stands here"
            yield Mistake("invisible-character", place, message, "delete it", mend)
