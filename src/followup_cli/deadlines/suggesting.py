"""The nearest phrase that would be read: what to offer beside a refusal."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from .vocabulary import LANGUAGES, vocabulary

# Letters that look alike on the two keyboards.
_LATIN = "aceopxyikmt"
_CYRILLIC = "асеорхуікмт"
_LOOKALIKES = (str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN))
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_SPLIT_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)[-/–](\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)(?=(?:[^\w]|\s+[^\W\d_]+)*\Z)")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ROMAN = re.compile(r"\b[IVXІХivxіх]+\b")
_MONTH_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
# The most unknown words that may be slips of the pen.
_SLIPS = 2


def suggest(
    text: str, reason: str, langs: tuple[str, ...], adopted: date | None, reads: Callable[[str], bool]
) -> tuple[str | None, str]:
    """Return the first variant of a refused phrase that is read, or None; and the reason, now "misspelt" or not.

    Args:
        text: The phrase.
        reason: Why it is refused.
        langs: The languages it may be in.
        adopted: The adoption date, whose year is offered where the year is missing.
        reads: Tells whether a phrase is read.
    """
    if len(text) > 200 or reason in ("vague", "empty", "too-long"):
        return None, reason
    makers = {
        "no-such-day": (_month_first, _smaller_number),
        "no-such-period": (_smaller_number, _smaller_roman, _full_year),
        "reversed": (_other_years,),
        "ambiguous": (_four_digits, _two_years),
        "no-year": (_full_year,),
        "incomplete": (_full_year,),
        "leftover": (_full_year,),
    }.get(reason, ())
    for maker in makers:
        for variant in maker(text):
            if variant != text and reads(variant):
                return variant, reason
    for variant in _smaller_ordinal(text, langs) if reason == "no-such-period" else _spelling(text, langs):
        if reads(variant):
            return variant, "misspelt" if reason == "leftover" else reason
    if reason == "no-year" and adopted is not None:
        for variant in (f"{text} {adopted.year}", f"{adopted.year} жылғы {text}"):
            if reads(variant):
                return variant, reason
    return None, reason


def _month_first(text: str) -> Iterator[str]:
    yield _MONTH_FIRST.sub(r"\3\2\1\2\4", text)


def _smaller_number(text: str) -> Iterator[str]:
    for match in reversed(list(_NUMBER.finditer(text))):
        for n in range(int(match[0]) - 1, 0, -1):
            yield (
                text[: match.start()]
                + str(n).zfill(len(match[0]) if match[0][0] == "0" else 1)
                + text[match.end() :]
            )


def _smaller_roman(text: str) -> Iterator[str]:
    for match in _ROMAN.finditer(text):
        for roman in ("IV", "III", "II"):
            yield text[: match.start()] + roman + text[match.end() :]


def _smaller_ordinal(text: str, langs: tuple[str, ...]) -> Iterator[str]:
    """Yield "second half" for "third half"."""
    for match in _WORD.finditer(text):
        for lang in langs:
            words = vocabulary(lang).words
            name, value, _ = words.get(match[0].lower(), ("", 0, ""))
            if name != "ordinal":
                continue
            for n in range(value - 1, 0, -1):
                forms = [w for w, entry in words.items() if entry[:2] == ("ordinal", n)]
                forms.sort(key=lambda w: -_common_ending(w, match[0].lower()))
                yield text[: match.start()] + forms[0] + text[match.end() :]


def _common_ending(a: str, b: str) -> int:
    """Count the letters that two words end in alike."""
    return next((n for n, (x, y) in enumerate(zip(reversed(a), reversed(b), strict=False)) if x != y), len(a))


def _other_years(text: str) -> Iterator[str]:
    years = list(_YEAR.finditer(text))
    if len(years) != 2:
        return
    a, b = years
    first, between, last = text[: a.start()], text[a.end() : b.start()], text[b.end() :]
    yield f"{first}{b[0]}{between}{a[0]}{last}"
    yield f"{first}{a[0]}{between}{int(a[0]) + 1}{last}"


def _four_digits(text: str) -> Iterator[str]:
    yield _SPLIT_YEAR.sub(lambda m: f"{m[1]}-{int(m[1]) + 1}", text)


def _two_years(text: str) -> Iterator[str]:
    years = [int(match[0]) for match in _YEAR.finditer(text)]
    if len(years) == 2 and years[1] == years[0] + 1:
        yield re.sub(rf"{years[0]}[-/–]{years[1]}", f"{years[0]}/{years[1] % 100:02}", text)
    for match in _YEAR.finditer(text):
        if text[match.end() : match.end() + 1] not in ("/", "-", "–") and text[match.start() - 1] != "/":
            yield f"{text[: match.end()]}/{(int(match[0]) + 1) % 100:02}{text[match.end() :]}"


def _full_year(text: str) -> Iterator[str]:
    match = _SHORT_YEAR.search(text)
    if match and not (int(match[1]) <= 31 and (_names_month(text) or " the " in text)):
        before, after = text[: match.start()], text[match.end() :]
        if before[-1:] in ("/", "."):
            yield f"{before}20{match[1]}{after}"
        yield f"{before.rstrip('- ')} 20{match[1]}{after}".strip()


def _names_month(text: str) -> bool:
    """Tell whether a month is named, so that two digits may be its day."""
    words = [
        vocabulary(lang).words.get(_letters(m[0], lang)) for m in _WORD.finditer(text) for lang in LANGUAGES
    ]
    return any(entry and entry[0] == "mon" for entry in words)


def _letters(word: str, lang: str) -> str:
    """Return a word as the vocabulary would spell it."""
    word = word.lower().replace("ё", "е")
    return word.replace("i", "і") if lang == "kk" else word


def _spelling(text: str, langs: tuple[str, ...]) -> Iterator[str]:
    """Yield the text with each unknown word replaced by a word it looks like."""
    for lang in langs:
        if lang not in LANGUAGES:
            continue
        words = vocabulary(lang).parts
        fixed = text
        unknown = [m for m in _WORD.finditer(text) if _letters(m[0], lang) not in words]
        for match in reversed(unknown) if len(unknown) <= _SLIPS else ():
            close = _closest(_letters(match[0], lang), words)
            if close:
                new = close.capitalize() if match[0][0].isupper() else close
                fixed = fixed[: match.start()] + new + fixed[match.end() :]
        if fixed != text:
            yield fixed


def _closest(word: str, words: frozenset[str]) -> str:
    """Return the word that another one looks like, or nothing."""
    for table in _LOOKALIKES:
        if word.translate(table) in words:
            return word.translate(table)
    if len(word) < 3:
        return ""
    from difflib import get_close_matches

    letters = set(word)
    near = [w for w in words if abs(len(w) - len(word)) < 3 and len(letters & set(w)) * 2 > len(letters)]
    # A wrong letter is likelier than a missing one.
    close = sorted(get_close_matches(word, near, 5, 0.71), key=lambda w: abs(len(w) - len(word)))
    return close[0] if close else ""
