"""Write values as YAML, with no more quoting than it needs."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from followup_cli.text.document import UNREAD
from followup_cli.text.parsing import parse


def block(value: Any, offset: int = 2, inner: int = 2) -> list[str]:
    """Write a list or a record as lines of block YAML.

    Args:
        value: texts, lists and records of them; no empty ones.
        offset: how far a dash stands from the key of its list.
        inner: how far the text of an item stands from its dash.
    """
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, part in value.items():
            if isinstance(part, str):
                lines.append(f"{_key(key)}: {scalar(part)}")
            else:
                step = offset if not isinstance(part, Mapping) else 2
                lines += [f"{_key(key)}:", *indented(block(part, offset, inner), step)]
        return lines
    for part in value:
        own = [scalar(part)] if isinstance(part, str) else block(part, offset, inner)
        lines += [f"-{' ' * (inner - 1)}{own[0]}", *indented(own[1:], inner)]
    return lines


def indented(lines: Sequence[str], column: int) -> list[str]:
    """Move lines to the right by so many columns."""
    return [" " * column + line for line in lines]


def flow(value: Any) -> str:
    """Write a value on one line, as it stands inside `{…}` or `[…]`."""
    if isinstance(value, str):
        return scalar(value, inside=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(flow(part) for part in value) + "]"


def _key(text: str) -> str:
    return text if text.isidentifier() else scalar(text, inside=True)


def scalar(text: str, *, inside: bool = False) -> str:
    """Write a text on one line with no more quoting than YAML needs to read the same text.

    A text that other YAML readers take for a number, a truth value or nothing is quoted too; dates are
    not, as the data writes them plain.

    Args:
        text: what must be read.
        inside: whether it stands inside `{…}` or `[…]`, where commas and brackets count.
    """
    plain = _PLAIN_INSIDE if inside else _PLAIN
    if (
        "\n" not in text
        and not _means_more(text)
        and (plain.fullmatch(text) or _reads(text, text, inside=inside))
    ):
        return text
    double = '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'
    single = "'" + text.replace("'", "''") + "'"
    if ("\\" in double) and "'" not in text and _reads(single, text, inside=inside):
        return single
    return double


# Words that no place gives another meaning: with these nothing need be tried.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.,;()/–—-]| (?=[\w(]))*")
_PLAIN_INSIDE = re.compile(r"[^\W\d_](?:[\w.;()/–—-]| (?=[\w(]))*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_AS_TEXT = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")


def _means_more(text: str) -> bool:
    import yaml

    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    return tag not in _AS_TEXT or text.casefold() in ("y", "n")


def _reads(written: str, text: str, *, inside: bool) -> bool:
    """Try how a scalar is read where it will stand."""
    document = parse(f"[{{key: {written}}}, next]" if inside else f"key: {written}\n", "")
    data = document.data
    if document.problems or data is UNREAD:
        return False
    return bool(data == ([{"key": text}, "next"] if inside else {"key": text}))
