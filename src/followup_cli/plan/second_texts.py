"""The plan's words in other languages: which fields have them, and which words each is a text of."""

from collections.abc import Iterator, Mapping
from typing import Any

# What can be said in another language, by kind of record.
FIELDS: dict[str, tuple[str, ...]] = {
    "plan": ("title", "act"),
    "section": ("title",),
    "activity": ("title", "points", "others"),
    "deliverable": ("title", "outcome", "starts", "deadline"),
    "agency": ("name",),
}


def by_language(record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Go through what a raw record says in other languages: the language, and its texts by field."""
    also = record.get("also")
    for language, texts in also.items() if type(also) is dict else ():
        if type(texts) is dict:
            yield language, texts


def pairs(kind: str, record: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Go through the texts that a record has in one language: the field, the plan's words, the text.

    A text of words that the record does not have is left out.
    """
    for field in FIELDS[kind]:
        words, said = record.get(field), texts.get(field)
        if isinstance(words, str) and isinstance(said, str):
            yield field, words, said
        elif isinstance(words, list | tuple) and isinstance(said, list | tuple) and len(words) == len(said):
            yield from ((field, *pair) for pair in zip(words, said, strict=True))
