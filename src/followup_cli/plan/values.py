"""Read one value of a record: the text that was typed becomes a line, a day, a number, an assignment.

What cannot be read is refused in words of ours. Nothing here reads a file or the clock.
"""

import re
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from followup_cli.choosing import meant_by
from followup_cli.glossary import Role

# The mark of a body that takes part by consent, in the languages of the plans.
AS_AGREED = ("as agreed", "по согласованию", "келісім бойынша", "келісу бойынша", "за згодою")
_ASSIGNMENT = re.compile(r"(?P<agency>[^\s()](?:[^()]*[^\s()])?)(?P<gap> *)(?:\((?P<mark>[^()]*)\))?")
# A mark that is not in brackets of its own, or only half.
_LOOSE_MARK = re.compile(
    rf"(?P<agency>.*?)(?P<gap>[\s(\[{{<:;,.–—-]*)(?P<mark>{'|'.join(AS_AGREED)})[\s)\]}}>.]*", re.IGNORECASE
)
_NUMERIC_DAY = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SINCE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_COUNT = re.compile(r"[0-9]{1,9}")
CODE = r"^[^\s()\[\]{},:#]+$"  # of an agency
MIN_YEAR, MAX_YEAR = 1900, 2199


class Assignment(NamedTuple):
    """A body that an activity names: its code, and whether it takes part by consent."""

    agency: str
    role: Role

    def __str__(self) -> str:
        """Write it as the data does."""
        return f"{self.agency} ({AS_AGREED[0]})" if self.role is Role.AS_AGREED else self.agency


def _refusal(kind: str, message: str, hint: str, **more: Any) -> PydanticCustomError:
    """Make an error that carries its words, and perhaps a `span`, a sure `fix` of it, the value `meant`."""
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint, **more})


def read_line(value: Any) -> Any:
    """Accept one line of text that is not blank."""
    if type(value) is not str:
        return value
    if not value.strip():
        raise _refusal("blank", "the text is blank", "write the text, or delete the key")
    if "\n" in value:
        raise _refusal(
            "line", "the text runs over several lines", "write it on one line, or fold it with `>-`"
        )
    return value


def read_text(value: Any) -> Any:
    """Accept a text of any number of lines that is not blank."""
    if type(value) is str and not value.strip():
        raise _refusal("blank", "the text is blank", "write the text, or delete the key")
    return value


def read_day(value: Any) -> date:
    """Read an ISO date, and nothing that merely looks like one."""
    if type(value) is str and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise _refusal("day", f"there is no day `{value}`", "write a day of the calendar") from None
        if MIN_YEAR <= day.year <= MAX_YEAR:
            return day
        raise _refusal(
            "day", f"the year of `{value}` is out of range", f"write a year from {MIN_YEAR} to {MAX_YEAR}"
        )
    raise _refusal("day", f"`{shown(value)}` is not a date", _as_iso(value))


def _as_iso(value: Any) -> str:
    """Say how to write what may be a date; one that can be read two ways is not guessed."""
    if type(value) is not str or len(value) > 60:
        return "write it as year-month-day, such as `2024-07-05`"
    numeric = _NUMERIC_DAY.fullmatch(value.strip())
    if numeric:
        a, b, year = map(int, numeric.groups())
        days = sorted({f"{year:04}-{m:02}-{d:02}" for d, m in ((a, b), (b, a)) if 0 < m < 13 and 0 < d < 32})
        if len(days) > 1:
            return f"write it as year-month-day: `{days[0]}` or `{days[1]}`, whichever is meant"
        return f"write it as year-month-day: `{days[0]}`" if days else "write it as year-month-day"
    window = _window(value)
    if window is None:
        return "write it as year-month-day, such as `2024-07-05`"
    first, last = window
    if first == last:
        return f"write it as year-month-day: `{first}`"
    return f"write one day, as year-month-day, from `{first}` to `{last}`"


def _window(text: str) -> tuple[date, date] | None:
    """Read a date in words, in any of our languages, as its first and last day."""
    from followup_cli.deadlines import LANGUAGES, DeadlineError, read

    for language in LANGUAGES:
        try:
            reading = read(text, lang=language)
        except DeadlineError:
            continue
        if reading.kind == "on" and reading.start and reading.due:
            return reading.start, reading.due
    return None


def read_since(value: Any) -> Any:
    """Accept an ISO day, month or year."""
    if type(value) is str and _SINCE.fullmatch(value):
        read_day((value + "-01-01")[:10])
        return value
    window = _window(value) if type(value) is str and len(value) <= 60 else None
    example = "such as `2022-06`" if window is None else f"such as `{window[0].isoformat()[:7]}`"
    raise _refusal("day", f"`{shown(value)}` is not a date", f"write a day, a month or a year, {example}")


def read_count(value: Any) -> int:
    """Read a whole number from 1, written in plain digits."""
    if type(value) is str and _COUNT.fullmatch(value) and not value.startswith("0"):
        return int(value)
    raise _refusal("count", f"`{shown(value)}` is not a number", "write a whole number, such as `24`")


def read_flag(value: Any) -> bool:
    """Read `true` or `false`."""
    if value in ("true", "false"):
        return bool(value == "true")
    raise _refusal("flag", f"`{shown(value)}` is neither `true` nor `false`", "write `true` or `false`")


_ASSIGNMENTS: dict[str, Assignment] = {}


def split_assignment(text: str) -> tuple[str, str | None]:
    """Split `CODE` or `CODE (mark)` into the code, or what stands in its place, and the mark."""
    match = _ASSIGNMENT.fullmatch(text) if len(text) <= 300 else None
    return (match["agency"], match["mark"]) if match else (text, None)


def read_assignment(value: Any) -> Assignment:
    """Read `CODE` or `CODE (as agreed)`; whether there is such a code is another question."""
    assignment = _ASSIGNMENTS.get(value) if type(value) is str else None
    if assignment is not None:
        return assignment
    match = _ASSIGNMENT.fullmatch(value) if type(value) is str and len(value) <= 300 else None
    mark = match["mark"] if match else None
    if match is None or (mark is None and _LOOSE_MARK.fullmatch(value)):
        raise _no_assignment(value)
    if mark is not None and (mark not in AS_AGREED or match["gap"] != " "):
        raise _wrong_mark(match)
    assignment = Assignment(match["agency"], Role.AS_AGREED if mark else Role.LEAD)
    if len(_ASSIGNMENTS) < 10_000:
        _ASSIGNMENTS[value] = assignment
    return assignment


def _no_assignment(value: Any) -> PydanticCustomError:
    loose = _LOOSE_MARK.fullmatch(value) if type(value) is str and len(value) <= 300 else None
    if loose is None or (loose["agency"] and not loose["gap"]):
        hint = "write an agency's code, followed by ` (as agreed)` where the plan says so"
        return _refusal("assignment", f"`{shown(value)}` is not an agency", hint)
    agency, mark = loose["agency"], loose["mark"].lower()
    if not agency:
        hint = f"write it behind its agency, as in `GPO ({mark})`"
        return _refusal("assignment", f"the mark `{shown(value)}` stands here without an agency", hint)
    right = f"{agency} ({mark})"
    message, span = f"the mark `{mark}` is not in brackets", (loose.start("gap"), len(value))
    return _refusal("mark", message, f"write `{right}`", span=span, fix=f" ({mark})", meant=right)


def _wrong_mark(match: re.Match[str]) -> PydanticCustomError:
    agency, mark = match["agency"], match["mark"]
    if mark in AS_AGREED:
        text = f"there is {'more than one' if match['gap'] else 'no'} space before `({mark})`"
        right = f"{agency} ({mark})"
        span, fix = (match.end("agency"), match.end()), f" ({mark})"
        return _refusal("mark", text, f"write `{shown(right)}`", span=span, fix=fix, meant=right)
    suggestion = meant_by(mark, dict.fromkeys(AS_AGREED, ""))
    right = f"{agency} ({suggestion.word or AS_AGREED[0]})"
    text = f"the mark `({shown(mark)})` is not known{suggestion.remark}"
    span, word = (match.start("mark") - 1, match.end()), suggestion.word
    return _refusal("mark", text, f"write `{shown(right)}`", span=span, fix=word and f"({word})", meant=right)


def shown(value: Any) -> str:
    """Shorten a value of the data so that a message can name it."""
    text = value if type(value) is str else {dict: "{…}", list: "[…]", type(None): ""}.get(type(value), "?")
    return text if len(text) <= 60 else text[:57] + "…"


def read_words(value: Any) -> str | tuple[str, ...] | None:
    """Read what an entry said before: one line, a list of lines, or nothing."""
    if value is None:
        return None
    lines = value if type(value) is list else [value]
    if not lines or not all(type(line) is str for line in lines):
        raise _refusal("was", "`was` is neither a text nor a list of texts", "write the words as they stood")
    for line in lines:
        read_line(line)
    return tuple(lines) if type(value) is list else str(value)


Line = Annotated[str, BeforeValidator(read_line)]
Text = Annotated[str, BeforeValidator(read_text)]
Day = Annotated[
    date,
    PlainValidator(read_day),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Count = Annotated[int, PlainValidator(read_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Flag = Annotated[bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Words = Annotated[
    str | tuple[str, ...] | None,
    PlainValidator(read_words),
    WithJsonSchema({"type": ["string", "integer", "array"], "items": {"type": "string"}}),
]
Assigned = Annotated[Assignment, PlainValidator(read_assignment), WithJsonSchema({"type": "string"})]
