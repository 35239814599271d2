"""The languages of deadlines: each a file of literals beside this one, compiled when it is first asked for.

`FORMS` maps a class and a value to the forms that mean it: `|` separates forms, `stem(a b c)` stands for
the stem with each ending, `stem~name` for the stem with each ending of the series `ENDINGS[name]`; an
empty ending is `-`. A mark after an ending says its case or number: `<` ablative, `+` plural, `@` locative.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import ModuleType
from typing import Any

from . import en, kk, ru

# Each language of deadlines, by its code; another one is one more file of literals.
LANGUAGES: dict[str, ModuleType] = {"en": en, "ru": ru, "kk": kk}

# What a word means: its class, its value, and its case where that says something.
Entry = tuple[str, Any, str]
Endings = tuple[tuple[str, str], ...]
_GROUP = re.compile(r"\(([^)]*)\)|~(\w+)")
_CASES = {"<": "abl", "+": "plural", "@": "loc"}
# The lengths that an adjective of a number has: "двухмесячный".
_COMPOUND = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Vocabulary:
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
    calendar_fiscal: bool
    """Whether fiscal years are calendar years by law, where the language is spoken."""


def _ending(text: str) -> tuple[str, str]:
    case = _CASES.get(text[-1:], "")
    return text.removesuffix(text[-1:] if case else "").removeprefix("-"), case


@cache
def endings(code: str) -> dict[str, Endings]:
    """Return the endings of each series of a language, with their cases."""
    language = LANGUAGES[code]
    series = {name: tuple(map(_ending, re.split(r"[ |]", text) if "|" not in text else text.split("|")))
              for name, text in language.ENDINGS.items()}  # fmt: skip
    harmony = getattr(language, "HARMONY", {})
    front = str.maketrans(harmony)
    return series | {
        name.translate(front): tuple((text.translate(front), case) for text, case in series[name])
        for name in series
        if harmony and name[1:] in harmony
    }


def expand(form: str, series: Mapping[str, Endings]) -> Iterator[tuple[str, str]]:
    """Yield each surface form that the notation stands for, with its case."""
    pieces: list[Endings] = []
    at = 0
    for match in _GROUP.finditer(form):
        pieces.append(((form[at : match.start()], ""),))
        pieces.append(series[match[2]] if match[2] else tuple(map(_ending, match[1].split())))
        at = match.end()
    if len(pieces) == 2:
        stem, tail = pieces[0][0][0], form[at:]
        for text, case in pieces[1]:
            yield stem + text + tail, case
        return
    pieces.append(((form[at:], ""),))
    for choice in product(*pieces):
        yield "".join(text for text, _ in choice), "".join(case for _, case in choice)


def _words(language: ModuleType, series: Mapping[str, Endings]) -> dict[str, Entry]:
    words: dict[str, Entry] = {}
    for name, values in language.FORMS.items():
        for value, forms in values.items():
            for form in forms.split("|"):
                if "~" in form or "(" in form:
                    for text, case in expand(form, series):
                        words[text] = (name, value, case)
                else:
                    words[form] = (name, value, "")
    for n, stem in getattr(language, "STEMS", {}).items():
        for unit in _COMPOUND:
            for form in language.FORMS["adjective"][unit].split("|"):
                for text, case in expand(stem + form, series):
                    words.setdefault(text, ("dur", (n, unit), case))
    return words


@cache
def vocabulary(code: str) -> Vocabulary:
    """Return the words of a language; `zxx` has none."""
    if code == "zxx":
        return Vocabulary(
            "zxx", {}, {}, frozenset(), {}, (),
            hyphen_ordinal=False, clock_hours=False, articles=False, postfix=False, calendar_fiscal=False,
        )  # fmt: skip
    language = LANGUAGES[code]
    series = endings(code)
    words = _words(language, series)
    longest: dict[str, int] = {}
    parts: set[str] = set()
    for text in words:
        pieces = text.split()
        parts.update(pieces)
        if len(pieces) > longest.get(pieces[0], 1):
            longest[pieces[0]] = len(pieces)
    suffixes = {}
    for name, forms in language.NUMBER_ENDINGS.items():
        for form in forms.split():
            for text, case in expand(form, series) if "~" in form else [_ending(form)]:
                if text:
                    suffixes[text] = (name, case)
    traits = language.TRAITS.split()
    return Vocabulary(
        code,
        words,
        longest,
        frozenset(parts),
        suffixes,
        tuple(language.EVENT_ENDINGS.split()),
        hyphen_ordinal="hyphen_ordinal" in traits,
        clock_hours="clock_hours" in traits,
        articles="articles" in traits,
        postfix="postfix" in traits,
        calendar_fiscal="calendar_fiscal" in traits,
    )


def forms(text: str, code: str) -> dict[str, str]:
    """Return a canonical phrase in each case of a language.

    The cases are written out with `|`, or are endings of the series that ends the text: `соң~pb`.
    """
    cases: dict[str, int] = LANGUAGES[code].CASES
    if "~" in text:
        stem, _, name = text.partition("~")
        series = endings(code)[name]
        return {case: stem + series[at][0] for case, at in cases.items()}
    written = text.split("|")
    return dict(zip(cases, written if len(written) > 1 else written * len(cases), strict=True))
