"""The plan's own table again: its columns under its headings, in its order, with its marks, word for word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from followup_cli.glossary import Role
from followup_cli.questions.picture import Picture
from followup_cli.store.kept_tables import SEPARATOR
from followup_cli.table import Column, Page, Phrase, Table

# What stands above a column where `plan.columns` does not say it.
_HEADINGS = {
    "number": "No.",
    "title": "Activity",
    "outcome": "Outcome",
    "starts": "Start",
    "deadline": "Deadline",
    "agencies": "Agencies",
    "partners": "Partners",
}
_TOKEN, _NUMBERED = re.compile(r"[\w.]*\w"), re.compile(r"\W*([0-9]+|[IVXІХ]+)(\.[0-9]+)*[.):]")
_Row = dict[str, str]
_ROWS = """
SELECT w.wording, d.position, w.section, w.number, w.title, w.points, w.others, nullif(d.number, w.number),
  CASE WHEN d.own_activity_title IS NOT NULL THEN d.title END, d.outcome, d.starts, d.deadline
FROM moment AS m CROSS JOIN activity AS w ON w.since <= m.words AND m.words < w.until
LEFT JOIN deliverable AS d ON d.wording = w.wording ORDER BY w.position, d.position
"""
_ASSIGNED = """
SELECT wording, deliverable, CASE WHEN listed THEN code ELSE name END, mark, role FROM assignment
JOIN agency ON code = agency ORDER BY wording, assignment.position
"""


def own_table(picture: Picture) -> Page:
    """Make the plan's own table, in its words of the day: a row for each outcome, what they share in the first."""
    headings: dict[str, str] = dict(picture.rows("SELECT field, text FROM heading ORDER BY position"))
    agencies, others = _agencies(picture, "partners" in headings), _others(picture)
    rows: list[tuple[str | None, _Row]] = []
    before = None
    for wording, position, section, *words in picture.rows(_ROWS):
        first, before = wording != before, wording
        row = _words(words, is_first=first, is_numbered="number" in headings or not headings)
        keys = ((wording, 0), (wording, position)) if first else ((wording, position),)
        for key in keys:
            row |= agencies.get(key, {}) | others.get(key, {})
        if row.get("agencies") and words[3]:
            row["agencies"] += f", {words[3]}"
        rows.append((section, row))
    names = _columns(headings, [row for _, row in rows])
    columns = (
        Column("section", label="Section"),
        *(_column(name, headings) for name in names),
    )
    titles = {section: _heading(picture, section) for section, _ in rows}
    cells = [(titles[section], *(row.get(name) for name in names)) for section, row in rows]
    has_sections = any(titles.values())
    if not has_sections:
        columns, cells = columns[1:], [row[1:] for row in cells]
    group = ("section",) if has_sections else ()
    table = Table("table", "", columns, cells, group=group, meaning="The plan's own table")
    about = picture.provenance(number=picture.total)
    return Page(Phrase.verbatim(picture.about.title), (table,), main="table", provenance=about)


def _column(name: str, headings: Mapping[str, str]) -> Column:
    """Make a column under the plan's words, or under ours where it has none."""
    ours = _HEADINGS.get(name)
    if ours and name not in headings:
        return Column(ours, label=Phrase(ours))
    words = headings.get(name, name)
    return Column(words, label=Phrase.verbatim(words))


def _words(words: list[Any], *, is_first: bool, is_numbered: bool) -> _Row:
    """Give the cells of a row by the names of their columns; a number without a column stands before its text."""
    number, title, points, _, own_number, own_title, outcome, starts, deadline = words
    row: _Row = {}
    if is_first:
        printed = title if is_numbered else f"{number} {title}"
        row = {"number": number, "title": "\n".join([printed, *(points.split(SEPARATOR) if points else ())])}
    if own_title:
        row["title"] = "\n".join(filter(None, (row.get("title"), own_title)))
    texts = {"outcome": outcome, "starts": starts, "deadline": deadline}
    row |= {name: text for name, text in texts.items() if text}
    if own_number:
        name = "outcome" if outcome else "title"
        row[name] = f"{own_number} {row.get(name, '')}".rstrip()
    return row


def _agencies(picture: Picture, apart: bool) -> Mapping[tuple[int, int], _Row]:  # noqa: FBT001
    """Give the agencies of activities and deliverables as the plan writes them; partners `apart` if it does so."""
    lists: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for wording, deliverable, name, mark, role in picture.rows(_ASSIGNED):
        column = "partners" if apart and role == Role.PARTNER and not mark else "agencies"
        lists[wording, deliverable][column].append(f"{name} ({mark})" if mark else name)
    return {key: {name: ", ".join(each) for name, each in columns.items()} for key, columns in lists.items()}


def _others(picture: Picture) -> Mapping[tuple[int, int], _Row]:
    cells: dict[tuple[int, int], _Row] = defaultdict(dict)
    for wording, deliverable, heading, text in picture.rows("SELECT * FROM other_text ORDER BY rowid"):
        cells[wording, deliverable][heading] = text
    return cells


def _columns(headings: Iterable[str], rows: list[_Row]) -> list[str]:
    """List the columns: those that the plan names, in its order, and what else there is."""
    there = {name for row in rows for name in row}
    ours = ("number", *(name for name in _HEADINGS if name != "number"))
    named = list(headings)
    rest = [name for name in ours if name in there and name not in named and (name != "number" or not named)]
    others = (name for row in rows for name in row if name not in _HEADINGS)
    return list(dict.fromkeys([*named, *rest, *others]))


def _heading(picture: Picture, section: str | None) -> str | None:
    """Give the heading of a section with those around it; its id goes before it where the plan prints it so.

    Most titles say their number themselves, and an id that is but the place in the list is likely ours.
    """
    if section is None:
        return None
    parts = []
    for each in reversed(picture.within(section)):
        title, place = picture.sections[each], list(picture.sections).index(each) + 1
        is_said = each == str(place) or each in _TOKEN.findall(title) or _NUMBERED.match(title)
        parts.append(title if is_said else f"{each}. {title}")
    return " / ".join(parts)
