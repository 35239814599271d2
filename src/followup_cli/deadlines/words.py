"""From tokens to words with their meaning, in one language."""

import re
from typing import Any

from .cursor import POST
from .tokens import CYRILLIC, TOKEN, Tokens, roman
from .vocabulary import Entry, Vocabulary

_DIGITS = re.compile(r"\d+")
_OFFSET = re.compile(r"(?<=:\d\d)[.,\d]*\s?([+-])(\d\d):?(\d\d)?\Z")
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
# A token of the text: its shape, its letters, where it starts and ends.
Raw = tuple[str, str, int, int]


def tokenise(norm: str, vocabulary: Vocabulary) -> Tokens:
    """Return the tokens of a normalised phrase, each word with what it means in a language."""
    raw: list[Raw] = []
    for match in TOKEN.finditer(norm):
        name = match.lastgroup or ""
        start, end = match.span(name)
        text = norm[start:end]
        if text == "&" and "and" in vocabulary.words:
            name, text = "word", "and"
        raw.append((name, text, start, end))
    tokens = Tokens(norm)
    at = 0
    while at < len(raw):
        name, text, start, end = raw[at]
        if name == "word":
            at = _word(raw, at, tokens, vocabulary)
            continue
        at += 1
        if name in ("plain", "num"):
            value = int(text) if len(text) < 9 else 10**9
            if len(text) == 4:
                tokens.add("year", value, "", start, end)
            else:
                tokens.add("num", value, "", start, end)
            at = _suffix(raw, at, tokens, vocabulary)
        elif name == "dash":
            tokens.add("dash", None, "", start, end)
        elif name == "sign":
            _sign(text, start, end, tokens)
        else:
            numbers = tuple(map(int, _DIGITS.findall(text)))
            tokens.add(*_numeric(name, text, numbers), "", start, end)
            at = _suffix(raw, at, tokens, vocabulary)
    if tokens.timed:
        _drop_times(tokens, vocabulary)
    return tokens


def _drop_times(tokens: Tokens, vocabulary: Vocabulary) -> None:
    """Remove the hours and the time zones: a deadline is a whole day."""
    names, values = tokens.classes, tokens.values
    at = len(names) - 1
    while at >= 0:
        hour = names[at] == "unit" and values[at] == "hour"
        if names[at] == "zone" or (names[at] == "clock" and _is_time(values[at])):
            tokens.drop(at)
            if names[at : at + 1] == ["approx"] and values[at] == "zone":
                tokens.drop(at)
            if names[at : at + 1] == ["in"] or (
                names[at : at + 1] == ["comma"] and (not at or names[at - 1] in ("to", "by", "in"))
            ):
                # "18:00, 1 March", "by 18:00 on 1 March": what joined the hour to its day.
                tokens.drop(at)
            if at == len(names) and at and names[-1] in ("to", "by"):
                # "31 December, by 18:00": the bound of the hour is that of the day.
                names[-1] = "by-post"
            if at and names[at - 1] == "unit" and values[at - 1] == "hour":
                at -= 1
                tokens.drop(at)
            if at and names[at - 1] == "comma" and names[at : at + 1] and names[at] in POST:
                # "15 наурыз, сағат 18:00-ге дейін": the bound of the hour is that of the day.
                at -= 1
                tokens.drop(at)
            if (
                at
                and names[at - 1] == "in"
                and not (at < len(names) and names[at] in ("year", "mon", "num", "date"))
            ):
                at -= 1
                tokens.drop(at)
        elif (
            hour
            and vocabulary.clock_hours
            and at
            and names[at - 1] in ("num", "dm")
            and _at_hour(tokens, at - 2)
        ):
            tokens.drop(at)
            at -= 1
            tokens.drop(at)
        elif hour and vocabulary.clock_hours and at + 1 < len(names) and names[at + 1] in ("num", "dm"):
            tokens.drop(at + 1)
            tokens.drop(at)
        elif names[at : at + 2] == ["open", "close"]:
            tokens.drop(at)
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
    if text in "\"*'":
        return
    if text == ".":
        if (
            start == 0
            or not (tokens.spans and tokens.spans[-1][1] <= start)
            or tokens.text[start + 1 :].strip().strip('"*')
        ):
            tokens.add("stop", None, "", start, end)
        return
    name = _SIGNS.get(text, "word")
    tokens.unknown += name == "word"
    tokens.add(name, text, "", start, end)


def _numeric(name: str, text: str, numbers: tuple[int, ...]) -> tuple[str, Any]:
    """Return the class and the value of a token written in digits."""
    if name == "dmy":
        return _day_first(text, *numbers)
    if name == "ymd":
        return _year_first(text, numbers)
    if name == "offset":
        return "word", text
    if name == "compact":
        return "date", (int(text[:4]), int(text[4:6]), int(text[6:]))
    if name == "my":
        return "date", (numbers[1], numbers[0])
    if name == "ym":
        return "date", numbers
    if name == "week":
        digits = text.replace("-", "").replace("w", "")
        return "isoweek", (int(digits[:4]), int(digits[4:6]), int(digits[6:]) if digits[6:] else None)
    if name == "part":
        return "part", (next(_PARTS[c] for c in text if c in _PARTS), numbers[0])
    if name == "short":
        return "year", 2000 + numbers[0]
    if name == "clock":
        return "clock", numbers
    return name, numbers


def _day_first(text: str, day: int, month: int, year: int) -> tuple[str, Any]:
    """Return a date whose year comes last; with dots the day is always first."""
    if "." in text:
        return "date", (year + 2000 if year < 100 else year, month, day)
    if day != month and 1 <= day <= 12 and 1 <= month <= 12:
        return "vague", "may have the day first or the month: write the month as a word, or the year first"
    return "date", (year, month, day)


def _year_first(text: str, numbers: tuple[int, ...]) -> tuple[str, Any]:
    """Return a date of ISO 8601; its time of day is dropped unless that is on another day of UTC."""
    if not _is_time((*numbers[3:5], 0)):
        return "word", text
    return (
        ("vague", "is another day in another time zone") if _moves(text, numbers) else ("date", numbers[:3])
    )


def _moves(text: str, numbers: tuple[int, ...]) -> bool:
    """Tell whether a time of day with its offset is on another day of UTC."""
    offset = _OFFSET.search(text)
    if offset is None or len(numbers) < 6:
        return False
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    at = numbers[3] * 60 + numbers[4] - (minutes if offset[1] == "+" else -minutes)
    return not 0 <= at < 24 * 60


def _suffix(raw: list[Raw], at: int, tokens: Tokens, vocabulary: Vocabulary) -> int:
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
    suffix = vocabulary.suffixes.get(word)
    entry = None if suffix else vocabulary.words.get(word)
    if suffix:
        name, case = suffix
        if tokens.classes[last] == "num" and "ord" in name:
            tokens.classes[last] = "ord"
        elif (
            tokens.classes[last] == "year"
            and "decade" in name
            and tokens.classes[last - 2 : last] != ["year", "dash"]
        ):
            tokens.classes[last] = "decade"
        tokens.cases[last] = case
        tokens.spans[last] = (tokens.spans[last][0], stop)
        tokens.wordy = True
        return ahead + 1
    if ahead > at and entry and entry[0] in ("unit", "adjective") and vocabulary.hyphen_ordinal:
        if tokens.classes[last] == "num" and entry[0] == "unit":
            tokens.classes[last] = "ord"
        return ahead
    return at


def _word(raw: list[Raw], at: int, tokens: Tokens, vocabulary: Vocabulary) -> int:
    """Add the longest phrase of the language that begins here; return where to go on."""
    _, word, start, end = raw[at]
    if "/" in word:
        word = "".join(word.split())
    if "i" in word and CYRILLIC.search(word):
        word = word.replace("i", "і")
    found, ahead, end = _longest(raw, at, word, vocabulary)
    if found is None:
        value = roman(word)
        if value:
            tokens.add("ord", value, "", start, end)
            return _suffix(raw, ahead, tokens, vocabulary)
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


def _longest(raw: list[Raw], at: int, word: str, vocabulary: Vocabulary) -> tuple[Entry | None, int, int]:
    """Return the entry of the longest phrase that begins with a word, where to go on, and its end."""
    found, ahead, end = vocabulary.words.get(word), at + 1, raw[at][3]
    phrase, here = word, at
    for _ in range(vocabulary.longest.get(word, 1) - 1):
        here += 1
        # Words of a phrase may be joined by a hyphen or a comma, or be abbreviations.
        if here + 1 < len(raw) and raw[here][1] in ("-", ".", ",") and raw[here][2] == raw[here - 1][3]:
            here += 1
        if here >= len(raw) or raw[here][0] != "word":
            break
        following = raw[here][1]
        phrase += " " + (following.replace("i", "і") if vocabulary.code == "kk" else following)
        entry = vocabulary.words.get(phrase)
        if entry:
            found, ahead, end = entry, here + 1, raw[here][3]
    return found, ahead, end


def _numeral(name: str, value: int, case: str, start: int, end: int, tokens: Tokens) -> None:
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
