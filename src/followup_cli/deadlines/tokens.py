"""From a phrase to tokens: one alphabet of dashes, spaces and cases, then words with their meaning."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from .lexicon import Lexicon

_DASHES = "‐‑‒–—―−⁃﹘﹣－~"[:-1]
_SAME = {ord(c): "-" for c in _DASHES}
_SAME |= {ord(c): '"' for c in "«»“”„‟‹›"} | {ord(c): "'" for c in "’‘ʼ`´′"}
_SAME |= {ord(c): "*" for c in "⁰¹²³⁴⁵⁶⁷⁸⁹†‡"} | {ord("ё"): "е", ord("Ё"): "е", ord("…"): "."}
_SAME |= {ord("∼"): "~", ord("≈"): "~", ord("／"): "/"}
_OTHER = {ord(c): "" for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"}
_OTHER |= {0x2160 + n: roman for n, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split())}
_OTHER |= {0x2170 + n: roman for n, roman in enumerate("i ii iii iv v vi vii viii ix x xi xii".split())}
_SPECIAL = re.compile("[" + "".join(map(chr, _OTHER)) + "]")
_CYRILLIC = re.compile("[а-яәғқңөұүһі]")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})\Z")
_LATIN_ROMAN = str.maketrans("іх", "ix")

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<word>  (?![qhw]\s?\d\d?(?!\d)|utc|gmt) (?:n\s?/\s?a\b | н\s?/\s?д\b | п\s?/\s?г\b | [^\W\d_]+(?:'[^\W\d_]+)*) )
    | (?P<ymd>   \d{4}\s*([-./])\s*\d{1,2}\s*\3\s*\d{1,2}(?!\d)(?:t\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)? )
    | (?P<dmy>   \d{1,2}\s*([-./])\s*\d{1,2}\s*\5\s*(?:\d{4}|\d{2})(?!\d) )
    | (?P<my>    \d{1,2}\s*[./]\s*\d{4}(?!\d) | \d{2}-\d{4}(?!\d) )
    | (?P<ym>    \d{4}\s*\.\s*(?:0\d|1[0-2])(?!\d) )
    | (?P<compact> (?:19|20|21)\d{6}(?!\d) )
    | (?P<week>  \d{4}-?w\d{2}(?:-?\d)?(?!\d) )
    | (?P<clock> \d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)? | \d{1,2}\s*[ap]\.?m\b\.? )
    | (?P<part>  [qhw]\s?\d{1,2}(?!\d) | \d\s?[qh](?![^\W\d_]) )
    | (?P<dm>    \d{1,2}\s*\.\s*\d{1,2}(?!\d) )
    | (?P<num>   [0-9]+ )
    | (?P<dash>  -(?:\s*-)* )
    | (?P<zone>  (?:utc|gmt)(?:\s*[+-]\s*\d{1,2}(?::?\d{2})?)?(?![^\W\d_]) )
    | (?P<short> '\d{2}(?!\d) )
    | (?P<sign>  \S )
    )""",
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d+")
_SIGNS = {
    ",": "comma",
    ";": "semi",
    "/": "slash",
    "&": "and",
    "(": "open",
    ")": "close",
    "[": "open",
    "]": "close",
    ":": "colon",
    "+": "plus",
    "~": "approx",
    "?": "approx",
    "%": "approx",
}
_PARTS = {"q": "quarter", "h": "half", "w": "week"}


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
    wordy: bool = False
    """Whether a word of the language was used, and not only digits and signs."""

    def add(self, name: str, value: Any, case: str, start: int, end: int) -> None:  # noqa: ANN401, PLR0913
        """Append one token."""
        self.glued.append(bool(self.spans) and self.spans[-1][1] == start)
        self.classes.append(name)
        self.values.append(value)
        self.cases.append(case)
        self.spans.append((start, end))

    def drop(self, at: int) -> None:
        """Remove one token."""
        for column in (self.classes, self.values, self.cases, self.spans, self.glued):
            del column[at]  # type: ignore[attr-defined]


def roman(word: str) -> int:
    """Return the value of a Roman numeral up to 39, typed with Latin or Cyrillic letters, or 0."""
    match = _ROMAN.match(word.translate(_LATIN_ROMAN))
    if not match:
        return 0
    ones = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
    return 10 * len(match[1]) + ones[match[2]]


Raw = tuple[str, str, int, int]


def tokenise(norm: str, lexicon: Lexicon) -> Tokens:
    """Return the tokens of a normalised phrase, each word with what it means in a language."""
    raw: list[Raw] = []
    for match in _TOKEN.finditer(norm):
        name = match.lastgroup or ""
        raw.append((name, match[name], match.start(name), match.end()))
    tokens = Tokens(norm)
    at = 0
    while at < len(raw):
        name, text, start, end = raw[at]
        if name == "word":
            at = _word(raw, at, tokens, lexicon)
            continue
        at += 1
        if name == "num":
            value = int(text) if len(text) < 9 else 10**9
            if len(text) == 4:
                tokens.add("year", value, "", start, end)
            else:
                tokens.add("num", value, "", start, end)
            at = _suffix(raw, at, tokens, lexicon)
        elif name == "dash":
            tokens.add("dash", None, "", start, end)
        elif name == "sign":
            _sign(text, start, end, tokens)
        else:
            numbers = tuple(map(int, _DIGITS.findall(text.partition("t")[0])))
            tokens.add(*_numeric(name, text, numbers), "", start, end)
            at = _suffix(raw, at, tokens, lexicon)
    _drop_times(tokens, lexicon)
    return tokens


def _drop_times(tokens: Tokens, lexicon: Lexicon) -> None:
    """Remove the hours and the time zones: a deadline is a whole day."""
    names, values = tokens.classes, tokens.values
    at = len(names) - 1
    while at >= 0:
        hour = names[at] == "unit" and values[at] == "hour"
        if names[at] == "zone" or (names[at] == "clock" and _is_time(values[at])):
            tokens.drop(at)
            if at and names[at - 1] == "unit" and values[at - 1] == "hour":
                at -= 1
                tokens.drop(at)
            if at and names[at - 1] == "in" and not (at < len(names) and names[at] in ("year", "mon", "num", "date")):
                at -= 1
                tokens.drop(at)
        elif hour and lexicon.clock_hours and at and names[at - 1] in ("num", "dm") and _at_hour(tokens, at - 2):
            tokens.drop(at)
            at -= 1
            tokens.drop(at)
        elif hour and lexicon.clock_hours and at + 1 < len(names) and names[at + 1] in ("num", "dm"):
            tokens.drop(at + 1)
            tokens.drop(at)
        at -= 1


def _is_time(numbers: tuple[int, ...]) -> bool:
    return numbers[0] <= 24 and all(n < 60 for n in numbers[1:])


def _at_hour(tokens: Tokens, at: int) -> bool:
    """Tell whether a number of hours after this token is a time of day ("до 18 часов")."""
    value = tokens.values[at + 1]
    if not _is_time(value if isinstance(value, tuple) else (value,)):
        return False
    return at >= 0 and tokens.classes[at] in ("to", "by", "in") and not tokens.values[at]


def _sign(text: str, start: int, end: int, tokens: Tokens) -> None:
    """Add a sign; stops after a word and at the end, quotes and footnote stars say nothing."""
    if text in '"*\'':
        return
    if text == ".":
        if start == 0 or not (tokens.spans and tokens.spans[-1][1] <= start) or tokens.text[start + 1 :].strip(' "*'):
            tokens.add("stop", None, "", start, end)
        return
    name = _SIGNS.get(text, "word")
    tokens.unknown += name == "word"
    tokens.add(name, text, "", start, end)


def _numeric(name: str, text: str, numbers: tuple[int, ...]) -> tuple[str, Any]:
    """Return the class and the value of a token written in digits."""
    if name == "dmy":
        day, month, year = numbers
        if year < 100 and "." in text:
            year += 2000
        return "date", (year, month, day)
    if name == "ymd":
        return "date", numbers
    if name == "compact":
        return "date", (int(text[:4]), int(text[4:6]), int(text[6:]))
    if name == "my":
        return "date", (numbers[1], numbers[0], 0)
    if name == "ym":
        return "date", (*numbers, 0)
    if name == "week":
        digits = text.replace("-", "").replace("w", "")
        return "isoweek", (int(digits[:4]), int(digits[4:6]), int(digits[6:] or 0))
    if name == "part":
        return "part", (next(_PARTS[c] for c in text if c in _PARTS), numbers[0])
    if name == "short":
        return "year", 2000 + numbers[0]
    if name == "clock":
        return "clock", numbers
    return name, numbers


def _suffix(raw: list[Raw], at: int, tokens: Tokens, lexicon: Lexicon) -> int:
    """Attach an ending to the number before it ("1st", "10-го", "2025-ке"); return where to go on."""
    last = len(tokens.classes) - 1
    end = tokens.spans[last][1]
    ahead = at
    if ahead < len(raw) and raw[ahead][0] == "dash" and raw[ahead][2] == end:
        end = raw[ahead][3]
        ahead += 1
    if ahead >= len(raw) or raw[ahead][0] != "word" or raw[ahead][2] != end:
        return at
    _, word, _, stop = raw[ahead]
    suffix = lexicon.suffixes.get(word)
    entry = None if suffix else lexicon.words.get(word)
    if suffix:
        name, case = suffix
        if tokens.classes[last] == "num" and "ord" in name:
            tokens.classes[last] = "ord"
        elif tokens.classes[last] == "year" and "decade" in name and tokens.classes[last - 1 : last] != ["dash"]:
            tokens.classes[last] = "decade"
        tokens.cases[last] = case
        tokens.spans[last] = (tokens.spans[last][0], stop)
        tokens.wordy = True
        return ahead + 1
    if ahead > at and entry and entry[0] in ("unit", "adjective") and lexicon.hyphen_ordinal:
        if tokens.classes[last] == "num" and entry[0] == "unit":
            tokens.classes[last] = "ord"
        return ahead
    return at


def _word(raw: list[Raw], at: int, tokens: Tokens, lexicon: Lexicon) -> int:
    """Add the longest phrase of the language that begins here; return where to go on."""
    _, word, start, end = raw[at]
    if "/" in word:
        word = "".join(word.split())
    if "i" in word and _CYRILLIC.search(word):
        word = word.replace("i", "і")
    found: Entry | None = None
    ahead = at + 1
    longest = lexicon.longest.get(word, 0)
    if longest:
        found = lexicon.words.get(word)
        phrase, here = word, at
        for _ in range(longest - 1):
            here += 1
            if here + 1 < len(raw) and raw[here][1] in ("-", ".") and raw[here][2] == raw[here - 1][3]:
                here += 1
            if here >= len(raw) or raw[here][0] != "word":
                break
            phrase += " " + raw[here][1].replace("i", "і") if lexicon.code == "kk" else " " + raw[here][1]
            entry = lexicon.words.get(phrase)
            if entry:
                found, ahead, end = entry, here + 1, raw[here][3]
    if found is None:
        value = roman(word)
        if value:
            tokens.add("ord", value, "", start, end)
            return _suffix(raw, ahead, tokens, lexicon)
        tokens.unknown += 1
        tokens.add("word", word, "", start, end)
        return ahead
    tokens.wordy = True
    name, value, case = found
    # The stop of an abbreviation.
    if ahead < len(raw) and raw[ahead][1] == "." and raw[ahead][2] == end:
        end = raw[ahead][3]
        ahead += 1
    if name == "drop":
        return ahead
    if name in ("numeral", "ordinal"):
        _numeral(name, value, case, start, end, tokens)
    else:
        tokens.add(name, value, case, start, end)
    return ahead


def _numeral(name: str, value: int, case: str, start: int, end: int, tokens: Tokens) -> None:  # noqa: PLR0913
    """Add a number word, or join it to the one before ("twenty" + "first", "one" + "hundred")."""
    kind = "num" if name == "numeral" else "ord"
    if tokens.classes[-2:] == ["numeral", "dash"] and tokens.values[-2] % 10 == 0 and value < 10:
        tokens.drop(-1)
    before = tokens.values[-1] if tokens.classes and tokens.classes[-1] == "numeral" else 0
    joined = 0
    if value == 100 and 0 < before < 10:
        joined = before * 100
    elif before and before % 10 == 0 and before >= 10 and value < (100 if before % 100 == 0 else 10):
        joined = before + value
    if joined:
        start = tokens.spans[-1][0]
        tokens.drop(-1)
        value = joined
    # Kept apart from digits until all are read, so that "20 1" is no 21.
    tokens.add("numeral" if kind == "num" else "ord", value, case, start, end)


