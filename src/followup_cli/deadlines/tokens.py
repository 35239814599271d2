"""From a phrase to tokens: one alphabet of dashes, spaces and cases, and the shapes of what is written."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

_DASHES = "‐‑‒–—―−⁃﹘﹣－~"[:-1]
_SAME = {ord(c): "-" for c in _DASHES}
_SAME |= {ord(c): '"' for c in "«»“”„‟‹›"} | {ord(c): "'" for c in "’‘ʼ`´′"}
_SAME |= {ord(c): "*" for c in "⁰¹²³⁴⁵⁶⁷⁸⁹†‡"} | {ord("ё"): "е", ord("Ё"): "е", ord("…"): "."}
_SAME |= {ord("∼"): "~", ord("≈"): "~", ord("／"): "/"}
_OTHER = {ord(c): "" for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
_OTHER |= {
    0x2160 + n: roman
    for n, roman in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
}
_OTHER |= {
    0x2170 + n: roman
    for n, roman in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
}
_SPECIAL = re.compile("[" + "".join(map(chr, _OTHER)) + "]")
CYRILLIC = re.compile("[а-яәғқңөұүһі]")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})\Z")
_LATIN_ROMAN = str.maketrans("іх", "ix")

TOKEN = re.compile(
    r"""\s*(?:
      (?P<word>  (?![qhw]\s*\d\d?(?!\d)|(?:utc|gmt|msk|мск)(?![^\W\d_]))
                 (?:n\s*/\s*a\b | н\s*/\s*д\b | п\s*/\s*г\b | [^\W\d_]+(?:'[^\W\d_]+)*) )
    | (?P<plain> [0-9]{4}(?=\s+[^\W\d_]|\s*\Z) )
    | (?P<ymd>   \d{4}\s*([-./])\s*\d{1,2}\s*\4\s*\d{1,2}(?!\d)
                 (?:(?:t|\s+)\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?z(?!\w)|\s?[+-]\d\d(?::?\d\d)?(?!\d))?
                 | z(?!\w) | [+-]\d\d:\d\d(?!\d))? )
    | (?P<dmy>   \d{1,2}\s*([-./])\s*\d{1,2}\s*\6\s*(?:\d{4}|\d{2})(?!\d) )
    | (?P<my>    \d{1,2}\s*[./]\s*\d{4}(?!\d) | (?<![-./])\d{2}-\d{4}(?!\d) )
    | (?P<ym>    \d{4}\s*\.\s*(?:0\d|1[0-2])(?!\d) )
    | (?P<compact> (?:19|20|21)\d{6}(?!\d) )
    | (?P<week>  \d{4}-?w\d{2}(?:-?\d)?(?!\d) )
    | (?P<offset> [+]\s*\d{1,2}:\d{2} )
    | (?P<clock> \d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)? | \d{1,2}\s*[ap]\.?m\b\.? )
    | (?P<part>  [qhw]\s*\d{1,2}(?!\d) | \d\s*[qh](?![^\W\d_]) )
    | (?P<dm>    \d{1,2}\s*\.\s*\d{1,2}(?!\d) )
    | (?P<num>   [0-9]+ )
    | (?P<dash>  -(?:\s*-)* )
    | (?P<zone>  (?:utc|gmt|msk|мск)(?:\s*[+-]\s*\d{1,2}(?::?\d{2})?)?(?![^\W\d_]) )
    | (?P<short> '\d{2}(?!\d) )
    | (?P<sign>  \S )
    )""",
    re.VERBOSE,
)


def normalise(text: str) -> tuple[str, list[int] | None]:
    """Return the text in lower case with one kind of dash, quote and letter, and where each character was.

    The offsets are None where nothing moved.
    """
    if text.isascii():
        return text.lower(), None
    plain = text.translate(_SAME).lower()
    if len(plain) == len(text) and not _SPECIAL.search(text) and unicodedata.is_normalized("NFC", text):
        return plain, None
    out: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end]).translate(_OTHER).translate(_SAME).lower()
        out.append(piece)
        offsets.extend([at] * len(piece))
        at = end
    offsets.append(len(text))
    return "".join(out), offsets


# The classes of tokens that a time of day leaves: itself, its zone, what it stood in.
_TIMED = ("clock", "zone", "close")


@dataclass(slots=True)
class Tokens:
    """Hold the tokens of a phrase, as parallel lists: class, value, case, span, and glued to the last."""

    text: str
    classes: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)
    unknown: int = 0
    timed: bool = False
    """Whether there may be a time of day."""
    wordy: bool = False
    """Whether a word of the language was used, and not only digits and signs."""

    def add(self, name: str, value: Any, case: str, start: int, end: int) -> None:
        """Append one token."""
        if name in _TIMED or value == "hour":
            self.timed = True
        self.glued.append(bool(self.spans) and self.spans[-1][1] == start)
        self.classes.append(name)
        self.values.append(value)
        self.cases.append(case)
        self.spans.append((start, end))

    def drop(self, at: int) -> None:
        """Remove one token."""
        for column in (self.classes, self.values, self.cases, self.spans, self.glued):
            del column[at]


def roman(word: str) -> int:
    """Return the value of a Roman numeral up to 39, typed with Latin or Cyrillic letters, or 0."""
    match = _ROMAN.match(word.translate(_LATIN_ROMAN))
    if not match:
        return 0
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
    return 10 * len(match[1]) + ones[match[2]]
