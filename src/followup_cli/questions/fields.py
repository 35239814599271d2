"""The fields that can be asked about a deliverable: chosen by name, and put in order."""

import re

from followup_cli.choosing import choose, words
from followup_cli.errors import FollowupError
from followup_cli.store.fields import FIELDS, SCREEN, USUAL, Field
from followup_cli.table import Cell, Kind

__all__ = [
    "FIELDS",
    "SCREEN",
    "USUAL",
    "Field",
    "choose_field",
    "choose_fields",
    "ordering",
    "sort_key",
    "sorting",
    "sorting_in_ukrainian",
]


# The letters that Kazakh adds to the Cyrillic alphabet come each after the letter that they follow there.
def _letters_after(pairs: str) -> dict[int, str]:
    """Put each letter after the one that follows it here; a dot more is a place later."""
    return str.maketrans({pair[0]: pair[1] + "\uffff" * len(pair[2:]) for pair in pairs.split()})


_LATER = _letters_after("әа. ғг. ґг.. єе. қк. ңн. өо. ұу. үу.. һх. іы.")
_LATER_IN_UKRAINIAN = _LATER | _letters_after("ґг. іи. їи..")


def choose_field(name: str) -> Field:
    """Find a field by name; dashes count as underscores.

    Raises:
        FollowupError: if there is no such field.
    """
    return FIELDS[choose(name, FIELDS, "field")]


def choose_fields(names: str) -> tuple[Field, ...]:
    """Find fields by names with commas between them.

    Raises:
        FollowupError: if there is no such field, or none is named.
    """
    fields = tuple(choose_field(name) for name in names.split(",") if name.strip())
    if not fields:
        raise FollowupError("no field is named", "`--fields help` lists them")
    return fields


def ordering(names: str | None) -> str:
    """Write the order of fields as SQL: a `-` before a name descends; nothing comes last; then the plan's order.

    Raises:
        FollowupError: if there is no such field.
    """
    terms = []
    for name in (names or "").split(","):
        if name.strip():
            field = choose_field(name.strip().removeprefix("-"))
            cell = f"nullif({field.expression}, '')"
            numeric = field.column.kind in (Kind.NUMBER, Kind.DATE)
            order = cell if numeric and field.name != "activity" else f"sorting({cell})"
            terms += [f"{cell} IS NULL", f"{order} DESC" if name.strip().startswith("-") else order]
    return ", ".join([*terms, "position", "due"])


def sorting(text: str | int | None) -> str | None:
    """Give what a text is sorted by: its words, where ё is as good as е, and numbers count as numbers."""
    if text is None:
        return None
    return _sorted_by(str(text), _LATER)


def sorting_in_ukrainian(text: str | int | None) -> str | None:
    """Give what a text is sorted by where і comes after и, and not after ы as in Kazakh."""
    return None if text is None else _sorted_by(str(text), _LATER_IN_UKRAINIAN)


def _sorted_by(text: str, later: dict[int, str]) -> str:
    parts = re.split("([0-9]+)", words(text).translate(later))
    # A number comes before a text, and a text before all that goes on after it.
    return "".join(
        f"0{len(p.lstrip('0')):04}{p.lstrip('0')}" if p.isdigit() else f"1{p}\x01" for p in parts if p
    )


def sort_key(value: Cell) -> tuple[bool, str | float]:
    """Order the cells of one column as `ordering` does: nothing comes last."""
    if value is None or value == ():
        return True, ""
    if isinstance(value, int | float):
        return False, value
    return False, sorting(", ".join(value) if isinstance(value, tuple) else str(value)) or ""  # type: ignore[arg-type]
