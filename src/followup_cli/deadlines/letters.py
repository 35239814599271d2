"""From a phrase to a line of letters: one letter for each token, in one alphabet for all languages."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .model import NotUnderstoodError
from .vocabulary import Entry, Vocabulary

# Each class of words with its letter; the sentence after the table says what other letters there are.
WORDS = {
    "mon": "M", "season": "s", "weekday": "k", "unit": "u", "part": "q", "numeral": "n", "ordinal": "o",
    "half-more": "h", "dur": "L", "point": "p", "by": "b", "to": "t", "before": "x", "from": "f", "after": "a",
    "by-post": "B", "before-post": "H", "from-post": "F", "after-post": "A", "between": "z", "range-post": "Z",
    "during": "g", "during-post": "G", "in": "i", "later": "Q", "this": "j", "now": "J", "of": "e", "a": "%",
    "freq": "r", "every": "R", "every-post": "S", "per": "R", "once": "1", "times": "*", "least": "v",
    "report": "T", "previous": "P", "following": "K", "ongoing": "O", "undetermined": "N", "vague": "!",
    "label": "@", "term": "I", "approx": "~", "dayof": "V", "event": "E", "act": "c", "drop": "_", "zone": "0",
    "adjective": "U", "comma": ",", "and": "&",
}  # fmt: skip
# Units that the grammar tells apart; and of the tokens in digits: Y a year, D a date, d a day and a month,
# 2 two digits after a year, W a week, X ten years, 9 a time of day. `<` stands after an ablative.
UNITS = {"hour": "C", "year": "y", "fiscal-year": "w", "academic-year": "w", "month": "m", "months": "m"}
SIGNS = {**dict.fromkeys(",;/&:", ""), "(": "(", ")": ")", "[": "(", "]": ")", "+": "+"}
SIGNS = {sign: letter or sign for sign, letter in SIGNS.items()} | dict.fromkeys("~?%", "~")
_DECLINED = "YnoM2DdXqskJyumwp"
PARTS = {"q": "quarter", "h": "half", "w": "week"}

_SAME = {ord(c): "-" for c in "‐‑‒–—―−⁃﹘﹣－"}
_SAME |= {ord(c): '"' for c in "«»“”„‟‹›"} | {ord(c): "'" for c in "’‘ʼ`´′"}
_SAME |= {ord(c): "*" for c in "⁰¹²³⁴⁵⁶⁷⁸⁹†‡"} | {ord("ё"): "е", ord("Ё"): "е", ord("…"): "."}
_SAME |= {ord("∼"): "~", ord("≈"): "~", ord("／"): "/"}
_ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_OTHER = {ord(c): "" for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
_OTHER |= {first + n: roman for first in (0x2160, 0x2170) for n, roman in enumerate(_ROMANS)}
_SPECIAL = re.compile("[" + "".join(map(chr, _OTHER)) + "]")
CYRILLIC = re.compile("[а-яәғқңөұүһі]")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})\Z")
_LATIN_ROMAN = str.maketrans("іх", "ix")
_DIGITS = re.compile(r"\d+")
_OFFSET = re.compile(r"(?<=:\d\d)[.,\d]*\s?([+-])(\d\d):?(\d\d)?\Z")

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
_JOINED = re.compile("(?:^|[,;(])~+(-)")
_ZONE = re.compile("(?<=[btx])~")
_TIMED = re.compile("[90C]")
_TIME = re.compile("C?[90]+")
_HOUR = re.compile("(?<=[tbi])[nd]C|C[nd]")
_YEAR_ALONE = re.compile(r"[btxifg]*Yy?[BHFA]?,?\Z")
_ABBREVIATED = re.compile(r"([wumq])\(\1\)")
_SPELLED_OUT = re.compile(r"n\(n\)")


class Roman(int):
    """Mark a number in Roman numerals: no day of a month."""


class Spelt(int):
    """Mark a number in words: before a unit it counts, and numbers none."""


class Plural(str):
    """Mark a unit in the plural, where a number in digits before it counts too."""

    __slots__ = ()


# A token of the text: its shape, its letters, where it starts and ends.
Raw = tuple[str, str, int, int]


@dataclass(slots=True)
class Line:
    """Hold a phrase as letters, with the value and the place in the text of each."""

    letters: str = ""
    values: list[Any] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    unknown: int = 0
    wordy: bool = False
    """Whether a word of the language was used, and not only digits and signs."""
    approximate: bool = False

    def add(self, letter: str, value: Any, start: int, end: int, case: str = "") -> None:
        """Append one letter; an ablative is one more."""
        self.letters += letter
        self.values.append(value)
        self.spans.append((start, end))
        if case == "abl" and letter in _DECLINED:
            self.add("<", None, end, end)

    def drop(self, places: Iterable[int]) -> None:
        """Remove letters."""
        for at in sorted(places, reverse=True):
            self.letters = self.letters[:at] + self.letters[at + 1 :]
            del self.values[at], self.spans[at]

    def glued(self, at: int) -> bool:
        """Tell whether no white space stands before a letter."""
        return 0 < at < len(self.spans) and self.spans[at - 1][1] == self.spans[at][0]


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


def roman(word: str) -> int:
    """Return the value of a Roman numeral up to 39, typed with Latin or Cyrillic letters, or 0."""
    match = _ROMAN.match(word.translate(_LATIN_ROMAN))
    if not match:
        return 0
    return 10 * len(match[1]) + (_ROMANS.index(match[2]) + 1 if match[2] else 0)


def spell(norm: str, vocabulary: Vocabulary, *, day_first: bool | None = None) -> Line:
    """Return the line of a normalised phrase in one language, without what says nothing about a day."""
    line = _Speller(norm, vocabulary, day_first).line
    if "~" in line.letters or "_" in line.letters:
        _drop_marks(line, norm)
    if _TIMED.search(line.letters):
        _drop_times(line, clock_hours=vocabulary.clock_hours)
        if _YEAR_ALONE.match(line.letters):
            raise NotUnderstoodError("ambiguous", "gives a time of no day", 0, len(norm))
    while "()" in line.letters:
        line.drop([at := line.letters.index("()"), at + 1])
    if "(" in line.letters:
        _drop_doubled(line)
    return line


def _drop_marks(line: Line, norm: str) -> None:
    """Remove the words that say nothing, and those that make the phrase an approximate one."""
    for match in _ZONE.finditer(line.letters):
        # "by EST 2023" is a zone without its time; "by est. 2023" is an estimate.
        if line.values[match.start()] == "zone" and norm[line.spans[match.start()][1] - 1] != ".":
            line.letters = line.letters[: match.start()] + "0" + line.letters[match.end() :]
    marks = [at for at, letter in enumerate(line.letters) if letter == "~"]
    # "est" is a time zone after a time of day.
    line.approximate = any(line.values[at] != "zone" or "9" not in line.letters for at in marks)
    joined = {match.start(1) for match in _JOINED.finditer(line.letters)}
    line.drop(at for at, letter in enumerate(line.letters) if letter in "~_" or at in joined)


def _drop_doubled(line: Line) -> None:
    """Remove brackets that say the word before them again: "Fiscal Year (FY)", "six (6)"."""
    for match in reversed(list(_ABBREVIATED.finditer(line.letters))):
        if line.values[match.start()] == line.values[match.start() + 2]:
            line.drop(range(match.start() + 1, match.end()))
    for match in reversed(list(_SPELLED_OUT.finditer(line.letters))):
        at = match.start()
        if line.values[at] != line.values[at + 2]:
            raise NotUnderstoodError("ambiguous", "says two numbers", at, match.end())
        line.drop(range(at + 1, match.end()))


def _drop_times(line: Line, *, clock_hours: bool) -> None:
    """Remove the hours and the time zones: a deadline is a whole day."""
    for match in reversed(list(_TIME.finditer(line.letters))):
        if all(is_time(line.values[at]) for at in range(*match.span()) if line.letters[at] == "9"):
            _drop_time(line, *match.span())
    for match in reversed(list(_HOUR.finditer(line.letters))) if clock_hours else ():
        value = next(line.values[at] for at in range(*match.span()) if line.letters[at] in "nd")
        if is_time(value if isinstance(value, tuple) else (value,)):
            line.drop(range(*match.span()))


def _drop_time(line: Line, first: int, end: int) -> None:
    """Remove a time of day, with what joined it to its day: "18:00, 1 March", "by 18:00 on 1 March"."""
    before, after = line.letters[first - 1 : first], line.letters[end : end + 1]
    if after in ("i", "l") and before in ("i", "l"):
        first, end = first - 1, end + 1
    elif after in ("i", "l") or (after == "," and before in ("", "t", "b", "i", "l")):
        end += 1
    elif (before == "," and after in tuple("BHFA")) or (before in ("i", "l") and after not in tuple("YMnD")):
        first -= 1
    elif before in ("t", "b") and not after:
        # "31 December, by 18:00": the bound of the hour is that of the day.
        line.letters = line.letters[: first - 1] + "B" + line.letters[first:]
    line.drop(range(first, end))


class _Speller:
    """Turn the tokens of one phrase into letters."""

    def __init__(self, norm: str, vocabulary: Vocabulary, day_first: bool | None) -> None:  # noqa: FBT001
        self.norm = norm
        self.day_first = day_first
        self.vocabulary = vocabulary
        self.line = Line()
        self.raw: list[Raw] = []
        for match in TOKEN.finditer(norm):
            name = match.lastgroup or ""
            start, end = match.span(name)
            text = norm[start:end]
            if text == "&" and "and" in vocabulary.words:
                name, text = "word", "and"
            self.raw.append((name, text, start, end))
        at = 0
        while at < len(self.raw):
            at = self.token(at)

    def token(self, at: int) -> int:
        """Add the letters of one token, and of what belongs to it; return where to go on."""
        name, text, start, end = self.raw[at]
        if name == "word":
            return self.word(at)
        if name in ("plain", "num"):
            value = int(text) if len(text) < 9 else 10**9
            after_year = len(text) == 2 and self.line.letters[-2:] in ("Y-", "Y/")
            self.line.add("Y" if len(text) == 4 else "2" if after_year else "n", value, start, end)
            return self.suffix(at + 1)
        if name == "dash":
            self.line.add("-", None, start, end)
        elif name == "sign":
            self.sign(text, start, end)
        else:
            letter, value = numeric(name, text, day_first=self.day_first)
            self.line.unknown += letter == "?"
            self.line.add(letter, value, start, end)
            return self.suffix(at + 1)
        return at + 1

    def sign(self, text: str, start: int, end: int) -> None:
        """Add a sign; stops after a word and at the end, quotes and footnote stars say nothing."""
        if text in "\"*'":
            return
        if text == ".":
            first = not self.line.spans or self.line.spans[-1][1] > start
            if first or self.norm[start + 1 :].strip().strip('"*'):
                self.line.add(".", None, start, end)
            return
        letter = SIGNS.get(text, "?")
        self.line.unknown += letter == "?"
        self.line.add(letter, text, start, end)

    def suffix(self, at: int) -> int:
        """Attach an ending to the number before it ("1st", "10-го", "2025-ке"); return where to go on."""
        line, raw = self.line, self.raw
        end, ahead = line.spans[-1][1], at
        if ahead < len(raw) and raw[ahead][0] == "dash" and raw[ahead][2] == end:
            end = raw[ahead][3]
            ahead += 1
        if ahead >= len(raw) or raw[ahead][0] != "word" or raw[ahead][2] != end:
            return at
        word = raw[ahead][1]
        ending = self.vocabulary.suffixes.get(word)
        if ending:
            self.ending(*ending, raw[ahead][3])
            return ahead + 1
        entry = self.vocabulary.words.get(word)
        if ahead > at and entry and entry[0] in ("unit", "adjective") and self.vocabulary.hyphen_ordinal:
            if line.letters[-1] in "n2" and entry[0] == "unit":
                line.letters = line.letters[:-1] + "o"
            return ahead
        return at

    def ending(self, name: str, case: str, end: int) -> None:
        """Let an ending make an ordinal of a number, ten years of a year, or set its case."""
        line = self.line
        letter, value, start = line.letters[-1], line.values[-1], line.spans[-1][0]
        if letter in "n2" and "ord" in name:
            letter = "o"
        elif letter == "Y" and "decade" in name and line.letters[-3:-1] != "Y-":
            letter = "X"
        line.drop([len(line.letters) - 1])
        line.add(letter, value, start, end, case)
        line.wordy = True

    def word(self, at: int) -> int:
        """Add the longest phrase of the language that begins here; return where to go on."""
        _, word, start, end = self.raw[at]
        if "/" in word:
            word = "".join(word.split())
        if "i" in word and CYRILLIC.search(word):
            word = word.replace("i", "і")
        entry, ahead, end = self.longest(at, word)
        if entry is None:
            value = roman(word)
            self.line.unknown += not value
            self.line.add("o" if value else "?", Roman(value) if value else word, start, end)
            return self.suffix(ahead) if value else ahead
        self.line.wordy = True
        # The stop of an abbreviation.
        if ahead < len(self.raw) and self.raw[ahead][1] == "." and self.raw[ahead][2] == end:
            end = self.raw[ahead][3]
            ahead += 1
        self.entry(entry, start, end)
        return ahead

    def longest(self, at: int, word: str) -> tuple[Entry | None, int, int]:
        """Return the entry of the longest phrase that begins with a word, where to go on, and its end."""
        raw, words = self.raw, self.vocabulary.words
        entry, ahead, end = words.get(word), at + 1, raw[at][3]
        text, here = word, at
        for _ in range(self.vocabulary.longest.get(word, 1) - 1):
            here += 1
            # Words of a phrase may be joined by a hyphen or a comma, or be abbreviations.
            if here + 1 < len(raw) and raw[here][1] in ("-", ".", ",") and raw[here][2] == raw[here - 1][3]:
                here += 1
            if here >= len(raw) or raw[here][0] != "word":
                break
            following = raw[here][1]
            text += " " + (following.replace("i", "і") if self.vocabulary.code == "kk" else following)
            if text in words:
                entry, ahead, end = words[text], here + 1, raw[here][3]
        return entry, ahead, end

    def entry(self, entry: Entry, start: int, end: int) -> None:
        """Add the letter of a word; a point may have its unit in it ("year-end")."""
        name, value, case = entry
        letter = WORDS[name]
        if name == "unit":
            letter = UNITS.get(value, "u")
            value = (value, case) if letter == "y" else Plural(value) if case == "plural" else value
        elif name in ("numeral", "ordinal"):
            start, value = self.joined(value, start)
            value = Spelt(value) if letter == "n" else value
        elif name == "in" and value:
            letter = "l"
        elif name == "approx":
            value = value or "word"
        self.line.add(
            letter, value[0] if letter == "p" and isinstance(value, tuple) else value, start, end, case
        )
        if letter == "p" and isinstance(value, tuple):
            unit = value[1]
            self.line.add(UNITS.get(unit, "u"), (unit, "") if unit == "year" else unit, end, end)

    def joined(self, value: int, start: int) -> tuple[int, int]:
        """Join a number word to the one before: "twenty" and "first", "one" and "hundred"."""
        line = self.line
        dash = line.letters.endswith("n-")
        at = len(line.letters) - 1 - dash
        before = line.values[at] if at >= 0 and line.letters[at] == "n" else 0
        if (
            not before
            or self.norm[line.spans[at][0]].isdigit()
            or (dash and not (before % 10 == 0 and value < 10))
        ):
            return start, value
        tens = before % 10 == 0 and value < (100 if before % 100 == 0 else 10)
        if not ((value == 100 and before < 10) or tens):
            return start, value
        start = line.spans[at][0]
        line.drop(range(at, len(line.letters)))
        return start, before * 100 if value == 100 else before + value


def numeric(name: str, text: str, *, day_first: bool | None) -> tuple[str, Any]:
    """Return the letter and the value of a token written in digits."""
    numbers = tuple(map(int, _DIGITS.findall(text)))
    if name == "dmy":
        return _year_last(text, *numbers, day_first=day_first)
    if name == "ymd":
        return _year_first(text, numbers)
    if name == "compact":
        return "D", (int(text[:4]), int(text[4:6]), int(text[6:]))
    if name == "week":
        digits = text.replace("-", "").replace("w", "")
        return "W", (int(digits[:4]), int(digits[4:6]), int(digits[6:]) if digits[6:] else None)
    if name == "part":
        return "q", (next(PARTS[c] for c in text if c in PARTS), numbers[0])
    if name == "short":
        return "Y", 2000 + numbers[0]
    letter = {"my": "D", "ym": "D", "dm": "d", "clock": "9", "zone": "0", "offset": "?"}[name]
    return letter, text if name == "offset" else numbers[::-1] if name == "my" else numbers


def _year_last(text: str, day: int, month: int, year: int, *, day_first: bool | None) -> tuple[str, Any]:
    """Return a date whose year comes last; with dots the day is always first."""
    dots = "." in text
    if year < 100 and (dots or day_first is not None):
        year += 2000
    if not dots and day_first is False:
        day, month = month, day
    elif not dots and day_first is None and day != month and 1 <= day <= 12 and 1 <= month <= 12:
        return "!", "may have the day first or the month: write the month as a word, or the year first"
    return "D", (year, month, day)


def _year_first(text: str, numbers: tuple[int, ...]) -> tuple[str, Any]:
    """Return a date of ISO 8601; its time of day is dropped unless that is on another day of UTC."""
    if not is_time((*numbers[3:5], 0)):
        return "?", text
    return ("!", "is another day in another time zone") if _moves(text, numbers) else ("D", numbers[:3])


def is_time(numbers: tuple[int, ...]) -> bool:
    """Tell whether an hour and what follows it are a time of day."""
    return numbers[0] <= 24 and all(n < 60 for n in numbers[1:])


def _moves(text: str, numbers: tuple[int, ...]) -> bool:
    """Tell whether a time of day with its offset is on another day of UTC."""
    offset = _OFFSET.search(text)
    if offset is None or len(numbers) < 6:
        return False
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    at = numbers[3] * 60 + numbers[4] - (minutes if offset[1] == "+" else -minutes)
    return not 0 <= at < 24 * 60
