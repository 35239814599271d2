"""The manual of a rule: its docstring, taken apart."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True, slots=True)
class Manual:
    """What a rule reports, why, and a bad and a good example, as lines of the file."""

    summary: str
    why: str
    bad: str
    good: str


def read_manual(docstring: str) -> Manual:
    """Take a docstring apart: a sentence, paragraphs, and the two examples."""
    words, _, examples = docstring.partition("\nBad:\n")
    summary, _, why = words.partition("\n")
    bad, _, good = examples.partition("\nGood:\n")
    paragraphs = [" ".join(each.split()) for each in why.strip().split("\n\n")]
    return Manual(
        summary.rstrip("."),
        "\n\n".join(paragraphs),
        inspect.cleandoc(f"\n{bad}"),
        inspect.cleandoc(f"\n{good}"),
    )


def docstring(function: Callable[..., object]) -> str:
    """Give a function's docstring; where Python was told to drop it (-OO), from its source."""
    if function.__doc__ is not None:
        return inspect.cleandoc(function.__doc__)
    definition = ast.parse(dedent(inspect.getsource(function))).body[0]
    return (ast.get_docstring(definition) if isinstance(definition, ast.FunctionDef) else None) or ""
