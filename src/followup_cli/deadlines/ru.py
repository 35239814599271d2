"""The words of Russian deadlines: data only, in the notation of `lexicon`."""

from typing import Any

HYPHEN_ORDINAL = True
CLOCK_HOURS = True
EVENT_ENDINGS: tuple[str, ...] = ()
SERIES: dict[str, tuple[tuple[str, str], ...]] = {}
NUMBER_SUFFIXES: dict[str, tuple[str, str]] = {}
WORDS: dict[tuple[str, Any], str] = {}
