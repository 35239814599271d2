"""From the data of a language to a table of its words.

A language is a module of data (`en.py`, `ru.py`, `kk.py`). Its `WORDS` maps a class and a value to the
surface forms that mean it, in a short notation: `|` separates forms, `stem(a b c)` stands for the stem
with each ending, `stem~name` for the stem with each ending of the series `SERIES[name]`; an empty ending
is written `-`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import ModuleType
from typing import Any

from . import en, kk, ru

# Each language of deadlines, by its code; another one is one more file of data.
LANGUAGES: dict[str, ModuleType] = {"en": en, "ru": ru, "kk": kk}

# What a word means: its class, its value, and its case where the language has postpositions.
Entry = tuple[str, Any, str]
_GROUP = re.compile(r"\(([^)]*)\)|~(\S+)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold the words of one language, ready to be looked up."""

    code: str
    words: Mapping[str, Entry]
    longest: Mapping[str, int]
    """The first word of each entry, and how many words its longest entry has."""
    parts: frozenset[str]
    """Every word that occurs in an entry."""
    suffixes: Mapping[str, tuple[str, str]]
    """What may follow a number: `ord` or `num` or `decade`, and the case."""
    event_endings: tuple[str, ...]
    hyphen_ordinal: bool
    """Whether a number with a hyphen before a unit is an ordinal ("4-тоқсан"), and no length ("6-month")."""
    clock_hours: bool
    """Whether a number of hours may be a time of day ("до 18 часов")."""
    articles: bool
    """Whether an article tells "a month", a length, from "the month"."""
    postfix: bool
    """Whether a word that bounds a date comes after it."""


def expand(form: str, series: Mapping[str, tuple[tuple[str, str], ...]]) -> Iterator[tuple[str, str]]:
    """Yield each surface form that the notation stands for, with its case."""
    pieces: list[tuple[tuple[str, str], ...]] = []
    at = 0
    for match in _GROUP.finditer(form):
        pieces.append(((form[at : match.start()], ""),))
        if match[2]:
            pieces.append(series[match[2]])
        else:
            pieces.append(tuple(("" if e == "-" else e, "") for e in match[1].split()))
        at = match.end()
    pieces.append(((form[at:], ""),))
    for choice in product(*pieces):
        yield "".join(text for text, _ in choice), "".join(case for _, case in choice)


@cache
def lexicon(code: str) -> Lexicon:
    """Return the words of a language; `zxx` has none."""
    if code == "zxx":
        return Lexicon(
            "zxx",
            {},
            {},
            frozenset(),
            {},
            (),
            hyphen_ordinal=False,
            clock_hours=False,
            articles=False,
            postfix=False,
        )
    language = LANGUAGES[code]
    words: dict[str, Entry] = {}
    for (name, value), forms in language.WORDS.items():
        for form in forms.split("|"):
            for text, case in expand(form.strip(), language.SERIES):
                words[text] = (name, value, case)
    longest: dict[str, int] = {}
    for text in words:
        parts = text.split()
        longest[parts[0]] = max(longest.get(parts[0], 1), len(parts))
    return Lexicon(
        code,
        words,
        longest,
        frozenset(part for text in words for part in text.split()),
        language.NUMBER_SUFFIXES,
        language.EVENT_ENDINGS,
        hyphen_ordinal=language.HYPHEN_ORDINAL,
        clock_hours=language.CLOCK_HOURS,
        articles=language.ARTICLES,
        postfix=language.POSTFIX,
    )
