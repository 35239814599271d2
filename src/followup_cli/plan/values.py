"""Read one value of a record: the text that was typed becomes a line, a day, a number, an assignment.

What cannot be read is refused in words of ours. Nothing here reads a file or the clock.
"""

import re
from calendar import monthrange
from collections.abc import Container, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeVar

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
ID = r"^[^\s#/]{1,60}$"  # of an activity or a section
_MONTH_DAY = (
    r"(0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?"
    r"|02(-(0[1-9]|[12][0-9]))?"
)
WHEN = rf"^(\.\./)?[0-9]{{4}}(-({_MONTH_DAY}))?$"
PERIOD = rf"^[0-9]{{4}}(-({_MONTH_DAY}|Q[1-4]|H[12]|W[0-9]{{2}}))?$"
_TAG = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
M = TypeVar("M")
_DOTS = ("…", "...")  # stand in remedies for what is to be written
MIN_YEAR, MAX_YEAR = 1900, 2199
# What is written for a language and is the code of a country, a longer code, or a name.
_TONGUES = {
    word: tag
    for tag, words in (
        ("en", "eng english us gb"),
        ("ru", "rus russian рус русский"),
        ("kk", "kaz kazakh kz қаз каз қазақша казахский"),
        ("uk", "ukr ukrainian ua українська"),
        ("ky", "kir kyrgyz kg"),
        ("be", "bel by"),
        ("cs", "cze ces cz"),
        ("el", "gre ell gr"),
        ("ja", "jpn jp"),
        ("zh", "chi zho cn"),
    )
    for word in words.split()
}
LANGUAGE = rf"^(?!({'|'.join(word for word in _TONGUES if len(word) < 4)})$){_TAG}$"


class Assignment(NamedTuple):
    """A body that an activity names: its code, the plan's mark behind it, or the role that the data gives it.

    What a mark means, and what it means that there is none, the plan says: see `Plan.role_of`.
    """

    agency: str
    mark: str = ""
    role: Role | None = None

    def __str__(self) -> str:
        """Write it as the data does."""
        if self.role is not None:
            return f"{self.agency} ({self.role})"
        return f"{self.agency} ({self.mark})" if self.mark else self.agency


def refusal(kind: str, message: str, hint: str, **more: Any) -> PydanticCustomError:
    """Make an error that carries its words, and perhaps a `span`, a sure `fix` of it, the value `meant`."""
    return PydanticCustomError(kind, "{message}", {"message": message, "hint": hint, **more})


def read_line(value: Any) -> Any:
    """Accept one line of text that is not blank."""
    if type(value) is not str:
        return value
    if not value.strip() or value.strip() in _DOTS:
        raise refusal("blank", "the text is blank", "write the text, or delete the key")
    if "\n" in value:
        raise refusal(
            "line", "the text runs over several lines", "write it on one line, or fold it with `>-`"
        )
    return value


def read_text(value: Any) -> Any:
    """Accept a text of any number of lines that is not blank."""
    if type(value) is str and not value.strip():
        raise refusal("blank", "the text is blank", "write the text, or delete the key")
    return value


def read_cell(value: Any) -> Any:
    """Accept a text as it stands in a cell of the plan, less the white space at the ends of its lines."""
    if type(value) is str and "\n" in value:
        return "\n".join(line.strip() for line in read_text(value).strip().split("\n"))
    return read_text(value)


def read_day(value: Any) -> date:
    """Read an ISO date, and nothing that merely looks like one."""
    if type(value) is str and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise refusal("day", f"there is no day `{value}`", "write a day of the calendar") from None
        if MIN_YEAR <= day.year <= MAX_YEAR:
            return day
        raise refusal(
            "day", f"the year of `{value}` is out of range", f"write a year from {MIN_YEAR} to {MAX_YEAR}"
        )
    raise refusal("day", f"`{shown(value)}` is not a date", _as_iso(value))


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
    raise refusal("day", f"`{shown(value)}` is not a date", f"write a day, a month or a year, {example}")


def read_count(value: Any) -> int:
    """Read a whole number from 1, written in plain digits."""
    if type(value) is str and _COUNT.fullmatch(value) and not value.startswith("0"):
        return int(value)
    raise refusal("count", f"`{shown(value)}` is not a number", "write a whole number, such as `24`")


def read_number(value: Any) -> str:
    """Read a whole number from 1 as the text that it is."""
    return str(read_count(value))


def read_id(value: Any) -> Any:
    """Accept an id: a text without white space, `#` or `/`."""
    if type(value) is not str or re.fullmatch(ID, value):
        return value
    read_line(value)
    right = re.sub(r"[\s#/]+", "-", value.strip()).strip("-")[:60] or "1"
    hint = f"write `{shown(right)}`, and what the plan prints under `number`"
    if len(value) > 60:
        raise refusal("id", f"the id `{shown(value)}` is longer than 60 characters", hint)
    raise refusal("id", f"`{shown(value)}` has white space, `#` or `/`, which no id can have", hint)


def read_language(value: Any) -> Any:
    """Accept a language tag (BCP 47)."""
    if type(value) is not str:
        return value
    tag = tag_of(value)
    if tag is None and re.fullmatch(LANGUAGE, value):
        return value
    remark = f"; did you mean `{tag}`?" if tag else ""
    hint = f"write `{tag}`" if tag else "write its code, such as `en`, `kk` or `pt-BR`"
    raise refusal("word", f"`{shown(value)}` is not the code of a language{remark}", hint)


def read_when(value: Any) -> str:
    """Read a day, a month or a year; with `../` before it, that or any time before."""
    text = value.removeprefix("../") if type(value) is str else value
    if type(text) is str and _SINCE.fullmatch(text):
        read_day((text + "-01-01")[:10])
        return str(value)
    read_day(value)
    return str(value)


def days_of(when: str) -> tuple[str, str]:
    """Give the first and the last day that a date may mean, in ISO form: of a day, a month, a year.

    Of `../2023-03-01`, that day or any before, the first is the empty text, which comes before all days.
    """
    if len(when) == 10 and when[0] != ".":
        return when, when
    if when.startswith("../"):
        return "", days_of(when[3:])[1]
    year, month = when[:4], when[5:7]
    last = monthrange(int(year), int(month or 12))[1]
    return f"{year}-{month or '01'}-01", f"{year}-{month or '12'}-{last}"


def read_period(value: Any) -> Any:
    """Accept the name of a period: a year, a half-year, a quarter, a month, a week or a day."""
    if type(value) is str and re.fullmatch(PERIOD, value):
        if value[5:6].isdecimal():
            read_day((value + "-01")[:10])
        return value
    example = "such as `2023`, `2023-Q1` or `2023-03`"
    raise refusal("period", f"`{shown(value)}` is not a period", f"write the period it speaks of, {example}")


def read_month(value: Any) -> int:
    """Read the number of a month."""
    if type(value) is str and value.removeprefix("0").isdecimal() and 1 <= int(value) <= 12:
        return int(value)
    raise refusal("month", f"`{shown(value)}` is not a month", "write its number, from `1` to `12`")


def read_meaning(value: Any) -> Any:
    """Refuse to take a word of the plan for `delivered`, which no word proves."""
    if value == "delivered":
        message = "a word of the plan cannot mean `delivered`"
        raise refusal("meaning", message, "record `delivered` with its evidence, where there is some")
    return value


def tag_of(word: str) -> str | None:
    """Give the tag of a language that is written as a name, or as a code of another sort."""
    return _TONGUES.get(word.casefold())


def meaning_of(statuses: Mapping[str, M], word: str | None) -> M | None:
    """Give what one of the plan's own words of status means, whatever its capitals and blanks."""
    if word is None or word in statuses:
        return statuses.get(word or "")
    folded = " ".join(word.casefold().split())
    return next((each for own, each in statuses.items() if " ".join(own.casefold().split()) == folded), None)


def read_flag(value: Any) -> bool:
    """Read `true` or `false`."""
    if value in ("true", "false"):
        return bool(value == "true")
    raise refusal("flag", f"`{shown(value)}` is neither `true` nor `false`", "write `true` or `false`")


_ASSIGNMENTS: dict[str, Assignment] = {}


def split_assignment(text: Any) -> tuple[str, str | None]:
    """Split `CODE` or `CODE (mark)` into the code, or what stands in its place, and the mark."""
    if type(text) is dict:
        return str(text.get("agency") or ""), None
    match = _ASSIGNMENT.fullmatch(text) if len(text) <= 300 else None
    return (match["agency"], match["mark"]) if match else (text, None)


def read_assignment(value: Any) -> Assignment:
    """Read `CODE`, `CODE (mark)` or `{agency: CODE, role: ROLE}`; whether there is such a code or mark is not asked."""
    if type(value) is dict:
        return _assigned_role(value)
    assignment = _ASSIGNMENTS.get(value) if type(value) is str else None
    if assignment is not None:
        return assignment
    match = _ASSIGNMENT.fullmatch(value) if type(value) is str and len(value) <= 300 else None
    mark = match["mark"] if match else None
    if match is None or (mark is None and _LOOSE_MARK.fullmatch(value)):
        raise _no_assignment(value)
    if mark is not None and (match["gap"] != " " or not mark.strip()):
        raise _wrong_gap(match)
    assignment = Assignment(match["agency"], mark or "")
    if len(_ASSIGNMENTS) < 10_000:
        _ASSIGNMENTS[value] = assignment
    return assignment


def read_former_assignment(text: str, marks: Container[str]) -> Assignment:
    """Read how an amendment names a body: `CODE (lead)` says the role, where that is no mark of the plan."""
    assignment = read_assignment(text)
    if assignment.mark in tuple(Role) and assignment.mark not in marks:
        return Assignment(assignment.agency, "", Role(assignment.mark))
    return assignment


def read_old_assignment(value: Any) -> Assignment:
    """Read `CODE` or `CODE (as agreed)`, the forms of format 1."""
    if type(value) is dict:
        raise _no_assignment(value)
    return read_assignment(value)


def _assigned_role(value: dict[str, Any]) -> Assignment:
    """Read the form that names a role."""
    agency, role = value.get("agency"), value.get("role")
    if value.keys() != {"agency", "role"} or type(agency) is not str or not re.fullmatch(CODE, agency):
        hint = f"write `{{agency: {shown(agency) or 'CODE'}, role: partner}}`"
        raise refusal("role", "an agency with a role has the keys `agency` and `role`, and no other", hint)
    if role not in tuple(Role):
        suggestion = meant_by(shown(role), dict.fromkeys(Role, ""))
        hint = suggestion.hint or f"write one of {', '.join(f'`{word}`' for word in Role)}"
        raise refusal("role", f"`role` cannot be `{shown(role)}`{suggestion.remark}", hint)
    return Assignment(agency, "", Role(role))


def _no_assignment(value: Any) -> PydanticCustomError:
    loose = _LOOSE_MARK.fullmatch(value) if type(value) is str and len(value) <= 300 else None
    if loose is None or (loose["agency"] and not loose["gap"]):
        hint = "write an agency's code, followed by ` (as agreed)` where the plan says so"
        return refusal("assignment", f"`{shown(value)}` is not an agency", hint)
    agency, mark = loose["agency"], loose["mark"].lower()
    if not agency:
        hint = f"write it behind its agency, as in `GPO ({mark})`"
        return refusal("assignment", f"the mark `{shown(value)}` stands here without an agency", hint)
    right = f"{agency} ({mark})"
    message, span = f"the mark `{mark}` is not in brackets", (loose.start("gap"), len(value))
    return refusal("mark", message, f"write `{right}`", span=span, fix=f" ({mark})", meant=right)


def _wrong_gap(match: re.Match[str]) -> PydanticCustomError:
    agency, mark = match["agency"], match["mark"]
    if not mark.strip():
        span = (match.end("agency"), match.end())
        return refusal("mark", "the brackets are empty", f"write `{agency}`", span=span, fix="", meant=agency)
    text = f"there is {'more than one' if match['gap'] else 'no'} space before `({shown(mark)})`"
    right = f"{agency} ({mark})"
    span, fix = (match.end("agency"), match.end()), f" ({mark})"
    return refusal("mark", text, f"write `{shown(right)}`", span=span, fix=fix, meant=right)


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
        raise refusal("was", "`was` is neither a text nor a list of texts", "write the words as they stood")
    for line in lines:
        read_line(line)
    return tuple(lines) if type(value) is list else str(value)


def read_second_text(value: Any) -> str | tuple[str, ...]:
    """Read what words of the plan are in another language: a text as long as it likes, or for points a list."""
    lines = value if type(value) is list else [value]
    if not lines or not all(type(line) is str for line in lines):
        raise refusal(
            "second", "this is neither a text nor a list of texts", "write the words in that language"
        )
    texts = tuple(str(read_cell(line)) for line in lines)
    return texts if type(value) is list else texts[0]


def read_window(value: Any) -> Any:
    """Read `none`, in the place of a window, as one without days."""
    if value == "none":
        return {}
    return value


def _newer(_: Any) -> Any:
    """Refuse a key that an older format does not know."""
    raise refusal("newer_key", "this is a key of format 2", "write `schema: 2`")


NEWER = BeforeValidator(_newer)  # marks the fields that an older format has not
Line = Annotated[str, BeforeValidator(read_line)]
Text = Annotated[str, BeforeValidator(read_text)]
CellText = Annotated[str, BeforeValidator(read_cell)]
Id = Annotated[
    str,
    BeforeValidator(read_id),
    WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": ID}),
]
Tag = Annotated[str, BeforeValidator(read_language), WithJsonSchema({"type": "string", "pattern": LANGUAGE})]
Day = Annotated[
    date,
    PlainValidator(read_day),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
When = Annotated[
    str, PlainValidator(read_when), WithJsonSchema({"type": ["string", "integer"], "pattern": WHEN})
]
OfPeriod = Annotated[
    str, PlainValidator(read_period), WithJsonSchema({"type": ["string", "integer"], "pattern": PERIOD})
]
Count = Annotated[int, PlainValidator(read_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Number = Annotated[str, PlainValidator(read_number), WithJsonSchema({"type": "integer", "minimum": 1})]
Month = Annotated[
    int, PlainValidator(read_month), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 12})
]
Flag = Annotated[bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})]
Words = Annotated[
    str | tuple[str, ...] | None,
    PlainValidator(read_words),
    WithJsonSchema({"type": ["string", "integer", "array"], "items": {"type": "string"}}),
]
SecondText = Annotated[
    str | tuple[str, ...],
    PlainValidator(read_second_text),
    WithJsonSchema({"type": ["string", "number", "boolean", "array"], "items": {"type": "string"}}),
]
Assigned = Annotated[
    Assignment, PlainValidator(read_assignment), WithJsonSchema({"type": ["string", "object"]})
]
OldAssigned = Annotated[Assignment, PlainValidator(read_old_assignment), WithJsonSchema({"type": "string"})]
