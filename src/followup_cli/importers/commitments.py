"""Tables about one commitment each: labels and what they say, with a small table of milestones inside."""

import re
from collections.abc import Sequence

from followup_cli.importers.entries import ActivityRows, PlanTables, filled, one_line, place_of
from followup_cli.importers.headings import Header, find_header, folded, label_field, shown
from followup_cli.importers.phrasebook import book
from followup_cli.importers.source import Cell, Grid

_FIELDS = {"dates": "deadline"}  # of a commitment without milestones; other names are those of columns
_HEAD = 8  # rows in which the labels are looked for
_OURS = ("lead", "partner", "agencies", "dates", "status", "outcome")


def is_commitment(grid: Grid, languages: Sequence[str]) -> bool:
    """Tell whether a table is about one commitment: labels, and what they say, beside each other."""
    return _begins_with_labels(grid, languages) or _is_headed(grid, languages)


def _is_headed(grid: Grid, languages: Sequence[str]) -> bool:
    """Tell whether a table has the commitment's title in one cell across it, and labels below that."""
    rows = [cells for row in grid.rows[:_HEAD] if (cells := filled(row))]
    if not rows or len(rows[0]) > 1 or len(grid.rows[0]) < 2:
        return False
    labels = {_label(cells[0].text, languages) for cells in rows[1:] if len(cells) == 2}
    return len(labels & {*_OURS, "dates"}) > 1


def _begins_with_labels(grid: Grid, languages: Sequence[str]) -> bool:
    """Tell whether the label of the title is among the first."""
    heads = [row[0].text for row in grid.rows[:4] if row]
    said = [_label(text, languages) for text in heads]
    cells = {cell.where for row in grid.rows[:4] for cell in row if cell.text}
    return "title" in said and (len(set(filter(None, said))) > 1 or len(cells) < 3 * len(heads))


def read_commitment(
    grid: Grid, languages: Sequence[str], above: tuple[str, ...], reading: PlanTables
) -> None:
    """Read a table about one commitment: its milestones become activities and itself their section.

    A commitment without milestones is an activity.
    """
    number = ""
    title, above = _heading(grid, languages, above)
    common: dict[str, Cell] = {}
    inner: Header | None = None
    kept: Header | None = None
    milestones: list[tuple[Cell, ...]] = []
    for row in grid.rows:
        cells = filled(row)
        header = _inner_header(grid, row, cells, languages)
        if header is not None:
            kept = inner = header
            reading.counted["headings"] += 1
        elif inner is not None and _is_milestone(row, cells, inner, languages):
            milestones.append(row)
            reading.counted["rows of activities"] += 1
        elif cells:
            inner = None if milestones else inner
            name, value = _pair(cells)
            if not title and _label(name, languages) == "title":
                number, title = _number_in(name, languages), one_line(value.text) or name
            else:
                common |= {name: value}
            reading.counted["rows about a commitment"] += 1
    if kept and milestones:
        sections = (*above, f"{number} {title}".strip())
        _keep_milestones(sections, kept, milestones, common, reading)
    else:
        _keep_whole(grid, (number, title), common, above, reading)


def _heading(grid: Grid, languages: Sequence[str], above: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Give the title that stands across a table, and the headings above that are no part of it, as its number is."""
    if _begins_with_labels(grid, languages):
        return "", above
    title = one_line(filled(grid.rows[0])[0].text)
    return title, tuple(w for w in above if not re.search(rf"\b{re.escape(w.strip(' .'))}\b", title))


def language_of(grid: Grid, languages: Sequence[str]) -> str:
    """Tell the language in which the most labels of a table about one commitment are known."""
    labels = {cells[0].text for row in grid.rows if (cells := filled(row))}
    return max(languages, key=lambda each: sum(bool(_label(text, (each,))) for text in labels))


def _said(common: dict[str, Cell]) -> dict[str, Cell]:
    """Leave out the labels beside which nothing stands."""
    return {label: cell for label, cell in common.items() if cell.text}


def _keep_milestones(
    sections: tuple[str, ...],
    header: Header,
    milestones: Sequence[tuple[Cell, ...]],
    common: dict[str, Cell],
    reading: PlanTables,
) -> None:
    """Keep each milestone as an activity, with what is said of the whole commitment."""
    reading.headers.append(header)
    reading.entries += [
        ActivityRows(place_of(row), sections, header, [row], common=_said(common)) for row in milestones
    ]


def _inner_header(
    grid: Grid, row: tuple[Cell, ...], cells: Sequence[Cell], languages: Sequence[str]
) -> Header | None:
    """Take a row for the headings of the milestones, where it is."""
    return find_header(Grid(grid.where, (row,)), languages) if len(cells) > 2 else None


def _keep_whole(
    grid: Grid, named: tuple[str, str], common: dict[str, Cell], above: tuple[str, ...], reading: PlanTables
) -> None:
    """Keep a commitment as one activity: its labels are its headings."""
    common = _said(common)
    names = {label: label_field(label, reading.language) for label in common}
    kinds = [_FIELDS.get(name, name) if name in _OURS else "other" for name in names.values()]
    header = Header(-1, -1, ("number", "title", *common), ("number", "title", *kinds), reading.language)
    cells = (
        Cell(named[0], f"{grid.where}, row 1, column 1"),
        Cell(named[1], f"{grid.where}, row 1, column 2"),
    )
    reading.headers.append(header)
    reading.entries.append(ActivityRows(grid.where, above, header, [(*cells, *common.values())]))


def _label(text: str, languages: Sequence[str]) -> str:
    """Tell what a label names in any of the languages, or nothing."""
    if _number_in(text, languages):
        return "title"
    return next((name for language in languages if (name := label_field(text, language))), "")


def _number_in(text: str, languages: Sequence[str]) -> str:
    """Give the number of a label that is the activity's kind and number, and nothing more: `Recommendation 12.1`."""
    for language in languages:
        words = book(language).NUMBERED.casefold()
        match = re.fullmatch(rf"(?:{words})\s+(?P<number>\d[\w.()-]*)\s*[:.]?", folded(text))
        if match:
            return match["number"]
    return ""


def _is_milestone(
    row: Sequence[Cell], cells: Sequence[Cell], header: Header, languages: Sequence[str]
) -> bool:
    """Tell whether a row has cells where the columns of the milestones are, and is no label with its words."""
    if len(cells) < 2 or (len(cells) == 2 and _label(cells[0].text, languages)):
        return False
    if len(cells) == 2 and len(row) > 2 and all(cell.where == cells[1].where for cell in row[1:]):
        return False  # a label, and what it says across the rest
    at = header.columns("title", "deadline", "start", "agencies", "lead")
    return len({row[x].where for x in at if x < len(row)}) > 1


def _pair(cells: Sequence[Cell]) -> tuple[str, Cell]:
    """Take a row for a label and what it says, also where both stand in one cell."""
    if len(cells) > 1:  # a label may have parts: "Other actors", "Civil society"
        return ": ".join(dict.fromkeys(shown(cell.text) for cell in cells[:-1])), cells[-1]
    text = cells[0].text
    for mark in (":\n", ":", "\n"):
        name, _, value = text.partition(mark)
        if value.strip() and len(name) < 120:
            return shown(name), Cell(value.strip(), cells[0].where)
    return shown(text), Cell("", cells[0].where)
