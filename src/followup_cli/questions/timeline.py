"""The plan in time, as of a day: which window each deliverable has, on an axis of whole years."""

from collections.abc import Iterable
from datetime import date

from followup_cli.questions.fields import FIELDS, Field
from followup_cli.questions.filters import ALL, Where
from followup_cli.questions.picture import Picture
from followup_cli.table import Axis, Cell, Column, Kind, Table

# How far from the plan's own years the as-of day may be and still be on the axis.
_STRETCH = 2
# What has no start begins with the plan's adoption, or on its due day if that is earlier.
_FROM = "CASE WHEN due < opens THEN due ELSE opens END"


def timeline(picture: Picture, condition: Where = ALL) -> Table:
    """Give one row per deliverable that is selected: its window, its state, and the span that draws them."""
    starts = Field(Column("from", Kind.DATE), _FROM)
    fields = (
        *(FIELDS[n] for n in ("id", "title", "section")),
        starts,
        *(FIELDS[n] for n in ("due", "state", "days_left")),
    )
    rows = picture.cells(
        fields, f"FROM {picture.source} WHERE {condition.sql} ORDER BY position, due", condition.values
    )
    axis = _axis((day for row in rows for day in row[3:5] if isinstance(day, date)), picture.as_of)
    columns = (
        Column("id"),
        Column("title", keep=3),
        Column("section"),
        Column("section_title"),
        Column("from", Kind.DATE, keep=1),
        Column("due", Kind.DATE, keep=2),
        Column("span", Kind.SPAN, axis=axis),
        Column("state", Kind.STATE, keep=4),
        Column("days_left", Kind.NUMBER, keep=1),
    )
    laid: list[tuple[Cell, ...]] = [
        (
            id_,
            picture.name(str(id_), str(title)),
            section,
            picture.section_title(section),
            start,
            due,
            (start, due, state),
            state,
            days,
        )  # type: ignore[misc]
        for id_, title, section, start, due, state, days in rows
    ]
    return Table("timeline", "Timeline", columns, laid, clip=True, group=("section", "section_title"))


def _axis(days: Iterable[date], as_of: date) -> Axis:
    """Find the years of the windows, and of the day where it is near them."""
    years = [day.year for day in days]
    first, last = (min(years), max(years)) if years else (as_of.year, as_of.year)
    if first - _STRETCH <= as_of.year <= last + _STRETCH:
        first, last = min(first, as_of.year), max(last, as_of.year)
    return Axis(date(first, 1, 1), date(last, 12, 31), as_of)
