"""`deadline`: how a phrase is read."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.options import DataOption, OutputOptions
from followup_cli.app.session import open_dataset
from followup_cli.app.streams import Answer
from followup_cli.deadlines import Calendar, DeadlineError, edtf, phrase, read
from followup_cli.errors import FollowupError
from followup_cli.table import Cell, Column, Kind, Table

EXAMPLES = """Examples:

  followup deadline "By the end of 2022" "first half of 2022"

  followup deadline "within 6 months of adoption" --anchor 2022-04-28

  followup deadline "Q2 FY2025" --fiscal-year 10/end

  followup deadline - --format jsonl < phrases.txt
"""
_COLUMNS = (
    Column("phrase", keep=9),
    Column("kind", keep=8),
    Column("start", Kind.DATE, keep=9),
    Column("due", Kind.DATE, keep=9),
    Column("recurrence", keep=7),
    Column("approximate", keep=1),
    Column("parts", Kind.LIST, keep=6),
    Column("rule", keep=8),
    Column("precision", keep=4),
    Column("edtf", keep=5),
    Column("lang", keep=3),
    Column("en", keep=2),
    Column("ru", keep=2),
    Column("kk", keep=2),
    Column("error", keep=9),
)


def run(
    options: OutputOptions,
    phrases: Annotated[
        list[str],
        Argument(metavar="PHRASE...", help="Phrases; `-` reads them from standard input, one a line."),
    ],
    lang: Annotated[str, Option("--lang", metavar="LANG", help="en, ru, kk, or auto.")] = "auto",
    anchor: Annotated[
        str | None,
        Option(
            "--anchor",
            metavar="DATE",
            help="What relative phrases count from [default: the plan's adoption].",
        ),
    ] = None,
    fiscal_year: Annotated[
        str | None,
        Option(
            "--fiscal-year",
            metavar="MONTH/NAME",
            help="The month that a fiscal year begins in, and whether its number is that of the year of its"
            " `end` or its `start`: 10/end.",
        ),
    ] = None,
    day_first: Annotated[
        bool, Option("--day-first", help="Dates like 03/04/2022 have the day first.")
    ] = False,
    month_first: Annotated[
        bool, Option("--month-first", help="Dates like 03/04/2022 have the month first.")
    ] = False,
    data: DataOption = None,
) -> Answer:
    """Show how deadline phrases are read; exit 1 if one cannot be."""
    if lang not in ("auto", "en", "ru", "kk"):
        raise FollowupError(f"there is no language `{lang}`", "write en, ru, kk or auto")
    try:
        adopted = date.fromisoformat(anchor) if anchor else open_dataset(data).plan.adopted
    except ValueError:
        raise FollowupError(f"`{anchor}` is not a date", "write it as 2022-04-28") from None
    if day_first and month_first:
        raise FollowupError("the day and the month cannot both be first", "write one of the two options")
    order = day_first if day_first or month_first else None
    calendar = Calendar(adopted, *_fiscal_year(fiscal_year), day_first=order)
    rows = [row(text, lang, calendar) for text in _each(phrases)]
    refused = any(cells[-1] is not None for cells in rows)
    return Answer(Table("deadlines", "Deadlines", _COLUMNS, rows), options, code=int(refused))


def _fiscal_year(text: str | None) -> tuple[int | None, str]:
    """Return the first month of a fiscal year, and the end that it is named by."""
    if text is None:
        return None, "end"
    month, _, named_by = text.partition("/")
    if month not in map(str, range(1, 13)) or named_by not in ("", "end", "start"):
        raise FollowupError(
            f"`{text}` is no fiscal year", "write its first month, and the year it is named by, as in 10/end"
        )
    return int(month), named_by or "end"


def _each(phrases: Iterable[str]) -> Iterator[str]:
    for text in phrases:
        if text == "-":
            for line in sys.stdin:
                yield line.rstrip("\n").removesuffix("\r")
        else:
            yield text


def row(text: str, lang: str, calendar: Calendar) -> tuple[Cell, ...]:
    """Read one phrase and lay out what was read, or why it was not."""
    try:
        d = read(text, lang=lang, calendar=calendar)
    except DeadlineError as error:
        hint = f"; did you mean `{error.suggestion}`?" if error.suggestion else ""
        message = f"{error.message} (at character {error.start + 1}){hint}"
        return (text, "error", *(None,) * (len(_COLUMNS) - 3), message)
    parts = tuple(f"{p.start or '..'}/{p.due or '..'}" for p in d.parts)
    canonical = tuple(phrase(d, language) for language in ("en", "ru", "kk"))
    return (
        text,
        d.kind.value,
        d.start,
        d.due,
        d.recurrence,
        d.approximate,
        parts,
        d.rule,
        d.precision,
        edtf(d),
        d.lang,
        *canonical,
        None,
    )
