"""Phrases and days as the templates of pages say them: marked up, and safe in a page."""

import re
from typing import Any

from markupsafe import Markup, escape

from followup_cli.formats.characters import fit
from followup_cli.formats.phrases import day_in_words, found, in_figures

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


def day(when: Any) -> Markup:
    """Write a day, a month or a year, or `../` and one of them, as the language does."""
    text = "" if when is None else fit(str(when))
    said = day_in_words(text)
    if said == text:
        return Markup("<time>{}</time>").format(text)
    return Markup('<time datetime="{}">{}</time>').format(text.removeprefix("../"), said)
