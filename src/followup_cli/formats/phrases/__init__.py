"""Phrases of what is published, in the reader's language: one book per language here, by the English phrase.

A phrase that counts has a form for each plural of its language, by the number `n` in it (CLDR's rules).
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, Self

from followup_cli.table import Phrase

Book = Mapping[str, str | Mapping[str, str]]
_LANGUAGE = ContextVar("language", default="en")
_SECOND: ContextVar[Mapping[str, str]] = ContextVar("second", default=MappingProxyType({}))
_DATE = re.compile(r"(?P<before>\.\./)?(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")

_LONG = {"kk": "y 'жылғы' d MMMM"}  # as acts write it, without the short form of the word for a year


@contextmanager
def speaking(language: str, second: Mapping[str, str] = MappingProxyType({})) -> Iterator[None]:
    """Say all phrases in a language of the glossary, inside the block.

    Args:
        language: the language.
        second: the plan's words that have a text in it, each with the text.
    """
    tokens = _LANGUAGE.set(language), _SECOND.set(second)
    try:
        yield
    finally:
        _LANGUAGE.reset(tokens[0])
        _SECOND.reset(tokens[1])


def second(words: str) -> str | None:
    """Give the text in the reader's language of words of the plan; None where there is none."""
    texts = _SECOND.get()
    if not texts or words in texts or " / " not in words:
        return texts.get(words)
    parts = words.split(" / ")  # of a section, and of those around it
    return " / ".join(texts[part] for part in parts) if all(part in texts for part in parts) else None


def own(words: str) -> str:
    """Give words of the plan as the reader reads them: in their language where the plan has a text in it."""
    return second(words) or words


def has_second() -> bool:
    """Tell whether any words of the plan have a text in the reader's language."""
    return bool(_SECOND.get())


def is_plain() -> bool:
    """Tell whether all stays as it is written: in English, and without texts of the plan in a further language."""
    return language() == "en" and not _SECOND.get()


def language() -> str:
    """Tell in which language phrases are said."""
    return _LANGUAGE.get()


def say(phrase: str, **values: Any) -> str:
    """Say a phrase in the reader's language; one that its book lacks is said in English.

    Args:
        phrase: in English, with `{name}` where a value goes.
        values: the values; by `n` the form of a plural is chosen.
    """
    return found(phrase, values).format(**in_figures(values)) if values else found(phrase, values)


def told(text: str) -> str:
    """Say a text of ours, of whatever it is made: days in the language's own form, and phrases in phrases.

    A text that is not in the book stays: an agency's code as the heading of a column, a plan's title.
    """
    if is_plain():
        return text
    if isinstance(text, Phrase):
        values = {name: _value(name, value) for name, value in text.values.items()}
        return found(text.phrase, values).format(**in_figures(values)) if values else say(text.phrase)
    return own(say(text))


def in_short(words: str) -> str:
    """Say words of ours where there is little room: in their short form, where the language has one."""
    short = f"{words}, in short"
    return say(short) if short in _book(language()) else told(words)


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Phrase):
        return told(value)
    if isinstance(value, date) or name == "day":
        return day_in_words(value)
    return own(value) if isinstance(value, str) else value


def day_in_words(when: Any) -> str:
    """Write a day as a text; English has it in ISO form, which all who read English know."""
    text = str(when)
    parts = _DATE.fullmatch(text)
    if parts is None or language() == "en":
        return text
    from babel.dates import format_date, format_skeleton

    year, month, number = int(parts["year"]), int(parts["month"] or 1), int(parts["day"] or 1)
    first = date(year, month, number)
    if parts["day"]:
        words = format_date(first, _LONG.get(language(), "long"), locale=language())
    else:
        words = format_skeleton("yMMMM" if parts["month"] else "y", first, locale=language())
    unbroken = str(words).replace(" ", "\u00a0")
    return say("{day} or before", day=unbroken) if parts["before"] else unbroken


def in_figures(values: Mapping[str, Any]) -> dict[str, Any]:
    """Write numbers with a mark between thousands: in Russian and Kazakh a space that does not break."""
    mark = "," if language() == "en" else "\u00a0"
    return {
        name: _Figure(value, f"{value:,}".replace(",", mark)) if type(value) is int else value
        for name, value in values.items()
    }


class _Figure(str):
    """A number in figures; a Kazakh phrase may ask for it with an ending, which is that of the number's last word."""

    number: int

    def __new__(cls, number: int, text: str) -> Self:
        self = super().__new__(cls, text)
        self.number = number
        return self

    def __format__(self, ending: str) -> str:
        """Write the number: with `і` "the … of them" (2-сі, 6-сы, 10-ы), with `нің` "of the … of them" (2-сінің, 6-сының)."""
        if not ending:
            return str(self)
        own = _OF_THEM[self.number % 10] if self.number % 10 else _of_them_round(self.number)
        case = {"і": "", "нің": "нің" if own.endswith("і") else "ның"}[ending]
        return f"{self}-{own}{case}"


_OF_THEM = ("і", "і", "сі", "і", "і", "і", "сы", "сі", "і", "ы")  # of 0 to 9
_OF_TENS = ("", "ы", "сы", "ы", "ы", "і", "ы", "і", "і", "ы")  # of 10 to 90


def _of_them_round(number: int) -> str:
    """Give the ending of a number that ends in 0."""
    if number % 100:
        return _OF_TENS[number // 10 % 10]
    return _OF_THEM[0] if not number or number % 1000 else "ы"


def found(phrase: str, values: Mapping[str, Any]) -> str:
    """Find a phrase in the book of the language, in the form that its number wants."""
    forms = _book(language()).get(phrase, phrase)
    if isinstance(forms, str):
        return forms
    return forms[_plural(language(), values["n"])] if "n" in values else forms["other"]


@cache
def _book(name: str) -> Book:
    book: Book = import_module(f"followup_cli.formats.phrases.{name}").PHRASES
    return book


def _plural(name: str, number: int) -> str:
    if name == "en":
        return "one" if number == 1 else "other"
    from babel import Locale

    return str(Locale.parse(name).plural_form(number))
