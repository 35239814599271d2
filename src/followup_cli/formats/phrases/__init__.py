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
from typing import Any

from markupsafe import Markup, escape

from followup_cli.formats.characters import fit

Book = Mapping[str, str | Mapping[str, str]]
_LANGUAGE = ContextVar("language", default="en")
_DATE = re.compile(r"(?P<before>\.\./)?(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say all phrases in a language of the glossary, inside the block."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def language() -> str:
    """Tell in which language phrases are said."""
    return _LANGUAGE.get()


def say(phrase: str, **values: Any) -> str:
    """Say a phrase in the reader's language; one that its book lacks is said in English.

    Args:
        phrase: in English, with `{name}` where a value goes.
        values: the values; by `n` the form of a plural is chosen.
    """
    found = _found(phrase, values)
    return found.format(**_numbers(values)) if values else found


def marked_up(phrase: str, **values: Any) -> Markup:
    """Say a phrase in a page: its values are escaped, but those that are markup already."""
    found = _found(phrase, values)
    values = {name: fit(value) if type(value) is str else value for name, value in values.items()}
    return Markup(found).format(**_numbers(values)) if values else escape(found)  # noqa: S704 - our own phrases


def day(when: Any) -> Markup:
    """Write a day, a month or a year, or `../` and one of them, as the language does."""
    text = "" if when is None else fit(str(when))
    said = day_in_words(text)
    if said == text:
        return Markup("<time>{}</time>").format(text)
    return Markup('<time datetime="{}">{}</time>').format(text.removeprefix("../"), said)


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
        words = format_date(first, "long", locale=language())
    else:
        words = format_skeleton("yMMMM" if parts["month"] else "y", first, locale=language())
    return say("{day} or before", day=words) if parts["before"] else str(words)


def _numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Write numbers with a mark between thousands: in Russian and Kazakh a space that does not break."""
    mark = "," if language() == "en" else "\u00a0"
    return {
        name: f"{value:,}".replace(",", mark) if type(value) is int else value
        for name, value in values.items()
    }


def _found(phrase: str, values: Mapping[str, Any]) -> str:
    found = _book(language()).get(phrase, phrase)
    if isinstance(found, str):
        return found
    return found[_plural(language(), values["n"])] if "n" in values else found["other"]


@cache
def _book(name: str) -> Book:
    book: Book = import_module(f"followup_cli.formats.phrases.{name}").PHRASES
    return book


def _plural(name: str, number: int) -> str:
    if name == "en":
        return "one" if number == 1 else "other"
    from babel import Locale

    return str(Locale.parse(name).plural_form(number))
