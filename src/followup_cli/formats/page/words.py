"""Phrases and days as the templates of pages say them: marked up, and safe in a page."""

import re
from typing import Any, Self

from markupsafe import Markup, escape

from followup_cli.formats.characters import fit
from followup_cli.formats.phrases import day_in_words, found, in_figures

_ENDINGS = {"сәуір": "дегі", "шілде": "дегі", "қыркүйек": "тегі"}
_DAYS = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")


def marked_up(phrase: str, **values: Any) -> Markup:
    """Say a phrase in a page: its values are escaped, but those that are markup already."""
    said = found(phrase, values)
    values = {
        name: fit(value) if isinstance(value, str) and not isinstance(value, Markup) else value
        for name, value in values.items()
    }
    return Markup(said).format(**in_figures(values)) if values else escape(said)  # noqa: S704 - our own phrases


def dated(text: str) -> Markup:
    """Mark up the days in a text, which then do not break at the end of a line."""
    parts = _DAYS.split(fit(text))
    kinds = (Markup("{}"), Markup("<time>{}</time>"))
    return Markup("").join(kinds[at % 2].format(part) for at, part in enumerate(parts))


class _Day(Markup):
    """A day in words; a Kazakh phrase may ask for it with the ending `дағы`, "of the day", as its month has it."""

    __slots__ = ()

    def __html_format__(self, ending: str, /) -> Self:
        """Write the day, with an ending if that is asked for."""
        month = self.striptags().split()[-1]
        return type(self)(self + _ENDINGS.get(month, ending)) if ending else self


def day(when: Any) -> Markup:
    """Write a day, a month or a year, or `../` and one of them, as the language does."""
    text = "" if when is None else fit(str(when))
    said = day_in_words(text)
    if said == text:
        return Markup("<time>{}</time>").format(text)
    return _Day(Markup('<time datetime="{}">{}</time>').format(text.removeprefix("../"), said))
