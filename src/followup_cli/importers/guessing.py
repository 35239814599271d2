"""What columns are by what stands in them, where their headings do not say it: a guess, and told as one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from followup_cli.importers.entries import filled
from followup_cli.importers.headings import Header, shown
from followup_cli.importers.source import Cell, Grid

_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d\d\b|\b(?:Q[1-4]|[IVX]+ (?:квартал|тоқсан)|T[1-4])\b"
)
_NUMBER = re.compile(r"[A-Za-zА-Я]{0,4}[-. ]?\d{1,4}(?:[.-]\d{1,3})*[.)]?(?: ?\(?[a-zа-я]\))?")
_LONGEST_TIME = 60  # letters, on average
_HEADED = 10  # rows in which headings are looked for


def by_content(header: Header, grid: Grid) -> Header:
    """Mend what the headings of a table say by what stands below them.

    A column that holds times is that of the deadlines, where no heading names those; one of codes is not
    that of the titles, where another has words.
    """
    body = _apart(grid.rows[header.last + 1 :])
    fields = list(header.fields)
    changed = []
    times = [x for x in header.columns("other") if _share(body, x, _is_time) > 0.8]
    if times and not header.columns("deadline", "start", "marked", "revised"):
        fields[times[-1]] = "deadline"
        changed.append(times[-1])
    words = [x for x in header.columns("other", "outcome") if _share(body, x, _is_sentence) > 0.5]
    (title,) = header.columns("title")[:1] or (None,)
    if title is not None and words and _share(body, title, _is_number) > 0.6:
        fields[title] = "section" if header.columns("number") else "number"
        fields[words[0]] = "title"
        changed.append(words[0])
    told = (*header.guessed, *(header.headings[x] for x in sorted(changed)))
    return replace(header, fields=tuple(fields), guessed=told)


def guess_header(grid: Grid, language: str) -> Header | None:
    """Guess the columns of a table whose headings are not known: numbers, times, and the longest texts."""
    y = next((y for y, row in enumerate(grid.rows[:_HEADED]) if _is_heading(row)), None)
    body = _apart(grid.rows[y + 1 :]) if y is not None else []
    if y is None or len(body) < 2:
        return None
    headings = tuple(shown(cell.text) for cell in grid.rows[y])
    names = _names(body, len(headings))
    if "title" not in names.values():
        return None
    fields = tuple(names.get(x, "other" if heading else "") for x, heading in enumerate(headings))
    return Header(y, y, headings, fields, language, tuple(headings[x] for x in sorted(names)))


def _names(body: Sequence[Sequence[Cell]], width: int) -> dict[int, str]:
    """Name the columns of numbers, of times and of the longest texts; nothing where there are no times."""
    times = [x for x in range(width) if _share(body, x, _is_time) > 0.5]
    numbers = [x for x in range(width) if _share(body, x, _is_number) > 0.7 and x not in times]
    rest = [x for x in range(width) if x not in (*times, *numbers)]
    if not times or not rest:
        return {}
    title = max(rest, key=lambda x: sum(len(row[x].text) for row in body))
    return {title: "title", times[-1]: "deadline"} | ({numbers[0]: "number"} if numbers else {})


def _is_heading(row: Sequence[Cell]) -> bool:
    """Tell whether a row may hold headings: several short texts that are no numbers."""
    cells = filled(row)
    return len(cells) > 2 and all(len(c.text) <= 80 and not _NUMBER.fullmatch(c.text) for c in cells)


def _apart(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Leave out the rows of one cell, which are no activities."""
    return [row for row in rows if len(filled(row)) > 1]


def _share(body: Sequence[Sequence[Cell]], x: int, is_so: Callable[[str], bool]) -> float:
    """Tell the part of a column's texts of which something is true."""
    texts = [row[x].text for row in body if row[x].text]
    return sum(map(is_so, texts)) / len(texts) if len(texts) > 1 else 0.0


def _is_time(text: str) -> bool:
    return len(text) <= _LONGEST_TIME and bool(_TIME.search(text))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_sentence(text: str) -> bool:
    return text.count(" ") > 1
