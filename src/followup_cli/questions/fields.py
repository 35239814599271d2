"""The fields that can be asked about a deliverable: chosen by name, and put in order."""

import re

from followup_cli.choosing import choose, words
from followup_cli.errors import FollowupError
from followup_cli.store.tables import FIELDS, SCREEN, USUAL, Field
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
]
# The letters that Kazakh adds to the Cyrillic alphabet come each after the letter that they follow there.
_LATER = str.maketrans(
    {
        pair[0]: pair[1] + "\uffff" * len(pair[2:])
        for pair in ["әа.", "ғг.", "қк.", "ңн.", "өо.", "ұу.", "үу..", "һх.", "іы."]
    }
)


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
    return ", ".join([*terms, "position"])


def sorting(text: str | int | None) -> str | None:
    """Give what a text is sorted by: its words, where ё is as good as е, and numbers count as numbers."""
    if text is None:
        return None
    parts = re.split("([0-9]+)", words(str(text)).translate(_LATER))
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
