"""The words by which published plans name their columns, roles and rows, one module for each language.

Each module holds texts of alternatives, apart by `|`, as they stand at the beginning of a heading or a row,
folded (small letters); `=` before one means that the heading must be just that.
"""

import re
from functools import cache
from importlib import import_module
from types import ModuleType

LANGUAGES = ("en", "ru", "kk", "uk", "es", "fr", "de")


@cache
def book(language: str) -> ModuleType:
    """Give the words of a language."""
    return import_module(f"{__name__}.{language}")


@cache
def pattern(words: str) -> re.Pattern[str]:
    """Make a pattern of alternatives that a folded text must begin with."""
    parts = []
    for word in words.split("|"):
        text = word.strip().casefold()
        exact = text.startswith("=")
        escaped = re.escape(text.removeprefix("=")).replace(r"\ ", r"\s+")
        parts.append(escaped + (r"\s*[.:]?\Z" if exact else ""))
    return re.compile("|".join(parts))
