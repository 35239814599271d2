"""What a registry holds by name: a function that is imported when it is asked for, and what it is for."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """A named way to do something.

    Attributes:
        function: its place in the program, as "formats.json:json".
        endings: the file endings that mean it, the usual one first.
        meaning: what it is or what it is for, as the help says it.
        gives: what the function gives: "text", "bytes", or "folder" (several files, by name).
    """

    function: str
    endings: tuple[str, ...]
    meaning: str
    gives: str = "text"


def load(entry: Entry) -> Callable[..., Any]:
    """Import the function of an entry."""
    module, _, name = entry.function.partition(":")
    function: Callable[..., Any] = getattr(import_module(f"followup_cli.{module}"), name)
    return function
