"""Tables for reading in a terminal or a pipe.

On a terminal columns are dropped by their declared order when it is narrow, and below 60 columns each row
becomes a record. Without a width nothing is cut or wrapped. No text of the data is ever taken for markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from followup_cli.formats import Screen
from followup_cli.formats.phrases import day_in_words, say, told
from followup_cli.formats.terminal import safe
from followup_cli.formats.wording import code, worded
from followup_cli.table import DRAWN, Axis, Cell, Column, Content, Kind, Page, Table

if TYPE_CHECKING:
    from rich.console import Console

NARROW = 60
_SENTENCE = 40
_GAP = 2
# How narrow a column of a kind may become before another has to go.
_LEAST = {Kind.TEXT: 24, Kind.LIST: 12, Kind.SPAN: 24}
_BAR_WIDTH = 24
_SPAN_WIDTH = 64
# State: colour, and the mark that it is drawn with, so that nothing is told by colour alone.
STATES: dict[str, tuple[str, str]] = {
    "delivered": ("green", "█"),
    "delivered-late": ("green", "▓"),
    "abandoned": ("magenta", "x"),
    "overdue": ("red", "!"),
    "unreported": ("yellow", "░"),
    "due-soon": ("cyan", "▒"),
    "open": ("blue", "="),
    "upcoming": ("blue", "-"),
    "undated": ("blue", "~"),
    "unread": ("yellow", "?"),
}
_NOTHING = Text()


def table(content: Content, screen: Screen) -> str:
    """Write tables as aligned columns, or, where the screen is plain, as names and values."""
    content = worded(content)
    lines = list(_page(content, screen) if isinstance(content, Page) else _alone(content, screen))
    if screen.provenance and content.provenance:
        lines += [Text(), *_wrapped(Text(safe(told(content.provenance.caption)), style="dim"), screen.width)]
    if not screen.colour:
        return "".join(line.plain.rstrip() + "\n" for line in lines)
    from rich.console import Console

    console = Console(
        width=1_000_000, color_system="standard", force_terminal=True, highlight=False, markup=False,
        emoji=False, legacy_windows=False, no_color=False,
    )  # fmt: skip
    with console.capture() as capture:
        for line in lines:
            line.rstrip()
            console.print(line, soft_wrap=True)
    return capture.get()


def _alone(content: Table, screen: Screen) -> Iterator[Text]:
    lost: dict[str, list[str]] = {}
    yield from _table(content, screen, lost)
    yield from _said(lost, screen.width)


def _said(lost: dict[str, list[str]], width: int | None) -> Iterator[Text]:
    """Name the columns that there was no room for."""
    parts = [say("cut: {names}", names=_some(names)) for names in [lost.get("cut")] if names]
    parts += [say("left out: {names}", names=_some(names)) for names in [lost.get("left out")] if names]
    if parts:
        yield from _wrapped(Text(f"({'; '.join(parts)}; {say('--wide shows all')})", style="dim"), width)


def _some(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) < 6:
        return ", ".join(names)
    return say("{some} and {n} more", some=", ".join(names[:3]), n=len(names) - 3)


def _page(page: Page, screen: Screen) -> Iterator[Text]:
    lost: dict[str, list[str]] = {}
    yield from _wrapped(Text(safe(page.title), style="bold"), screen.width)
    bare = False
    for each in page.tables:
        on_screen = screen.width and not screen.plain
        if on_screen and not each.on_screen:
            continue
        before, bare = bare, bool(on_screen and each.more and not each.rows)
        if not (before and bare):
            yield Text()
        if each.title:
            yield from _wrapped(Text(safe(each.title), style="bold"), screen.width)
        if not bare:  # of what is empty the title gives the number
            yield from _table(each, screen, lost)
    if page.closing or any(lost.values()):
        yield Text()
    yield from _said(lost, screen.width)
    for line in page.closing:
        yield from _wrapped(Text(safe(line), style="dim"), screen.width)


def _table(content: Table, screen: Screen, lost: dict[str, list[str]]) -> Iterator[Text]:
    """Write one table; note in `lost` the columns that were cut or left out."""
    width = screen.width
    if not content.rows:
        yield from _wrapped(Text(safe(content.empty), style="dim"), width)
    elif screen.plain:
        yield from _records(content, content.rows)
    elif content.record:
        yield from _record(content, content.rows[0], width, _margin(content, content.rows[0]))
    else:
        limit = content.shown if width and not screen.wide else None
        rows = content.rows[:limit]
        if content.cards:
            yield from _cards(content, rows, width)
        elif width and width < NARROW and not screen.wide:
            yield from _cards(content, rows, width)
            yield from _undrawn(content, rows, width, lost)
        else:
            yield from _grid(content, rows, screen, lost)
        left = len(content.rows) - len(rows)
        if left:
            more = say("and {n} more", n=left)
            yield Text(f"{more}: {content.more}" if content.more else more, style="dim")


# -- rows as records ---------------------------------------------------------------------------------


def _facts(content: Table, row: Sequence[Cell]) -> list[tuple[str, Text]]:
    """Give the names and values of a row that there are."""
    return [
        (safe(column.heading), _cell(value, column))
        for value, column in zip(row, content.columns, strict=True)
        if value is not None and value != () and column.kind not in DRAWN
    ]


def _margin(content: Table, row: Sequence[Cell]) -> int:
    return max((cell_len(name) for name, _ in _facts(content, row)), default=0) + _GAP


def _cards(content: Table, rows: Sequence[Sequence[Cell]], width: int | None) -> Iterator[Text]:
    """Write each row as names and values, all behind one margin."""
    margin = max(_margin(content, row) for row in rows)
    for number, row in enumerate(rows):
        if number:
            yield Text()
        yield from _record(content, row, width, margin)


def _record(content: Table, row: Sequence[Cell], width: int | None, margin: int) -> Iterator[Text]:
    """Write one row as names and values, aligned behind a margin."""
    for name, value in _facts(content, row):
        room = max(width - margin, 10) if width else None
        for number, line in enumerate(_wrapped(value, room)):
            head = name if number == 0 else ""
            yield Text.assemble((head + " " * (margin - cell_len(head)), "dim"), line)


def _records(content: Table, rows: Iterable[Sequence[Cell]]) -> Iterator[Text]:
    """Write rows as one name and value a line, with nothing aligned: for screen readers."""
    for number, row in enumerate(rows):
        if number:
            yield Text()
        for name, value in _facts(content, row):
            yield Text.assemble(f"{name}: ", value)


# -- rows as a grid ----------------------------------------------------------------------------------


def _grid(
    content: Table, rows: Sequence[Sequence[Cell]], screen: Screen, lost: dict[str, list[str]]
) -> Iterator[Text]:
    """Write rows as aligned columns, under the headings of their groups."""
    scale = _scale(content)
    columns = [(i, c) for i, c in enumerate(content.columns) if c.name not in content.group]
    cells = {i: [_cell(row[i], c, scale) for row in rows] for i, c in columns}
    columns, widths, dropped = _laid(columns, cells, screen)
    for i, column in columns:
        if column.axis:
            cells[i] = [_span(row[i], column.axis, widths[i]) for row in rows]
    yield from _lines(
        [Text(_heading(c, widths[i]), style="bold") for i, c in columns], columns, widths, clip=False
    )
    for heading, numbers in _groups(content, rows):
        yield from _wrapped(Text(heading, style="bold"), screen.width) if heading else ()
        for n in numbers:
            yield from _lines([cells[i][n] for i, _ in columns], columns, widths, clip=content.clip)
    yield from _legends(content, rows, screen.width)
    cut = _cut(columns, cells, widths) if content.clip else []
    for how, names in (("cut", cut), ("left out", dropped)):
        lost.setdefault(how, []).extend(names)


def _cut(
    columns: Sequence[tuple[int, Column]], cells: dict[int, list[Text]], widths: dict[int, int]
) -> list[str]:
    """Name the columns of which a cell is wider than the column."""
    return [safe(c.heading) for i, c in columns if any(text.cell_len > widths[i] for text in cells[i])]


def _undrawn(
    content: Table, rows: Sequence[Sequence[Cell]], width: int | None, lost: dict[str, list[str]]
) -> Iterator[Text]:
    """Give the totals of what there is no room to draw, and note in `lost` that it was left out."""
    drawn = [column for column in content.columns if column.kind in DRAWN]
    if drawn:
        yield Text()
        yield from _legends(content, rows, width)
        lost.setdefault("left out", []).extend(safe(column.heading) for column in drawn)


def _legends(content: Table, rows: Sequence[Sequence[Cell]], width: int | None) -> Iterator[Text]:
    for i, column in enumerate(content.columns):
        if column.kind in DRAWN:
            yield from _wrapped(_legend([row[i] for row in rows], column), width)


def _laid(
    columns: list[tuple[int, Column]], cells: dict[int, list[Text]], screen: Screen
) -> tuple[list[tuple[int, Column]], dict[int, int], list[str]]:
    """Choose the columns that there is room for: these, their widths, and the names of the others."""
    needs = {i: max([cell_len(c.heading), *(_natural(text, c) for text in cells[i])]) for i, c in columns}
    if not screen.width or screen.wide:
        return columns, needs, []
    columns, dropped = _fitting(columns, needs, screen.width)
    return columns, _share(columns, needs, screen.width), dropped


def _groups(content: Table, rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, Iterable[int]]]:
    """Go through the numbers of the rows that share a heading, which is empty where there are no groups."""
    places = [i for i, c in enumerate(content.columns) if c.name in content.group]
    for key, numbers in groupby(range(len(rows)), lambda n: [str(rows[n][i]) for i in places if rows[n][i]]):
        yield safe(". ".join(key)), numbers


def _lines(
    cells: Sequence[Text], columns: Sequence[tuple[int, Column]], widths: dict[int, int], *, clip: bool
) -> Iterator[Text]:
    """Lay out one row on as many lines as its longest cell needs."""
    parts = [
        [_clipped(cell, widths[i])] if clip else _wrapped(cell, widths[i])
        for cell, (i, _) in zip(cells, columns, strict=True)
    ]
    for number in range(max(map(len, parts))):
        line = Text()
        gap = ""
        for part, (i, column) in zip(parts, columns, strict=True):
            text = part[number] if number < len(part) else _NOTHING
            pad = " " * max(0, widths[i] - text.cell_len)
            line.append(gap + pad if column.kind is Kind.NUMBER else gap)
            line.append_text(text)
            gap = " " * _GAP if column.kind is Kind.NUMBER else pad + " " * _GAP
        yield line


def _natural(text: Text, column: Column) -> int:
    if column.kind is Kind.SPAN:
        return _SPAN_WIDTH
    return max(map(cell_len, text.plain.split("\n"))) if "\n" in text.plain else text.cell_len


def _least(index: int, column: Column, needs: dict[int, int]) -> int:
    if column.name == "id":
        return needs[index]
    return max(min(needs[index], _LEAST.get(column.kind, needs[index])), cell_len(column.heading))


def _fitting(
    columns: list[tuple[int, Column]], needs: dict[int, int], width: int
) -> tuple[list[tuple[int, Column]], list[str]]:
    """Choose the columns that fit a width, those that stay longest first; say which had to go."""
    columns = list(columns)
    dropped: list[str] = []
    while sum(_least(i, c, needs) + _GAP for i, c in columns) - _GAP > width:
        going = [pair for pair in columns if pair[1].keep < 9]
        if not going:
            break
        gone = min(reversed(going), key=lambda pair: pair[1].keep)
        columns.remove(gone)
        dropped.insert(0, safe(gone[1].heading))
    return columns, dropped


def _share(columns: list[tuple[int, Column]], needs: dict[int, int], width: int) -> dict[int, int]:
    """Give each column its least width, and what is left first to drawings, then evenly to who needs it."""
    widths = {i: _least(i, c, needs) for i, c in columns}
    left = width - sum(widths.values()) - _GAP * (len(columns) - 1)
    if left < 0:
        widest = max(widths, key=lambda i: widths[i])
        widths[widest] = max(8, widths[widest] + left)
    for i, column in columns:
        if column.kind is Kind.SPAN and left > 0:
            more = min(left, needs[i] - widths[i])
            widths[i] += more
            left -= more
    while left > 0 and (hungry := [i for i in widths if widths[i] < needs[i]]):
        portion = max(1, left // len(hungry))
        for i in hungry:
            more = min(portion, left, needs[i] - widths[i])
            widths[i] += more
            left -= more
    return widths


def _wrapped(text: Text, width: int | None) -> list[Text]:
    if not text.plain:
        return [Text()]
    lines = list(text.split("\n"))
    if width is None or all(line.cell_len <= width for line in lines):
        return lines
    return list(text.wrap(_plain(), width, overflow="fold"))


@cache
def _plain() -> "Console":  # a pipe needs none, and to load it takes longer than to write most tables
    from rich.console import Console

    return Console(width=200, color_system=None, markup=False, highlight=False, emoji=False)


def _clipped(text: Text, width: int) -> Text:
    """Put a text on one line, cut after the last word that there is room for."""
    line = Text(" ").join(text.split("\n")) if "\n" in text.plain else text
    if line.cell_len > width:
        short = line.copy()
        short.truncate(width - 1)
        end = line.plain.rfind(" ", 0, len(short) + 1)
        line = short[:end] if end > len(short) // 3 else short
        line.rstrip()
        line.append("…")
    return line


# -- cells -------------------------------------------------------------------------------------------


def _cell(value: Cell, column: Column, scale: float = 1.0) -> Text:
    if value is None:
        return Text()
    if column.kind is Kind.BAR and isinstance(value, tuple):
        return _bar(_counts(value), scale)
    if column.kind is Kind.SPAN:
        return Text()
    if column.kind is Kind.STATE:
        return Text(safe(str(value)), style=STATES.get(code(value), ("", ""))[0])
    if isinstance(value, tuple):
        parts = [str(part) for part in value]
        # Codes go on one line; what is as long as a sentence has a line of its own.
        between = "\n" if any(len(part) > _SENTENCE for part in parts) else ", "
        return Text(safe(between.join(parts)))
    return Text(day_in_words(value) if isinstance(value, date) else safe(str(value)))


def _heading(column: Column, width: int) -> str:
    """Give a column's heading: its name, or for an axis the years at their places."""
    if column.axis is None:
        return safe(column.heading)
    line = ""
    for year in range(column.axis.first.year, column.axis.last.year + 1):
        at = int(_at(column.axis, date(year, 1, 1)) * width)
        if at >= len(line) and at + 4 <= width:
            line = line.ljust(at) + str(year) + " "
    return line.rstrip()


def _counts(value: Cell) -> list[tuple[str, int]]:
    return (
        [(str(pair[0]), int(pair[1])) for pair in value if isinstance(pair, tuple)]
        if isinstance(value, tuple)
        else []
    )


def _scale(content: Table) -> float:
    """Settle how many letters of a bar stand for one, for all rows of a table."""
    bars = [i for i, column in enumerate(content.columns) if column.kind is Kind.BAR]
    longest = max((sum(n for _, n in _counts(row[i])) for row in content.rows for i in bars), default=0)
    return min(1.0, _BAR_WIDTH / longest) if longest else 1.0


def _bar(counts: list[tuple[str, int]], scale: float) -> Text:
    """Draw counts by state as one bar; each state that occurs gets a piece."""
    bar = Text()
    drawn = done = 0
    for state, count in counts:
        done += count
        until = max(drawn + (1 if count else 0), round(done * scale))
        colour, mark = STATES.get(state, ("", "?"))
        bar.append(mark * (until - drawn), colour)
        drawn = until
    return bar


def _at(axis: Axis, day: date) -> float:
    return (day - axis.first).days / ((axis.last - axis.first).days + 1)


def _span(value: Cell, axis: Axis, width: int) -> Text:
    """Draw a window of days on an axis: its state's mark, a point at its end, the day that is marked."""
    if not isinstance(value, tuple) or len(value) != 3:
        return Text()
    first, last, state = value
    colour, mark = STATES.get(str(state), ("", "?"))
    start = int(_at(axis, first) * width) if isinstance(first, date) else 0
    end = int(_at(axis, last) * width) if isinstance(last, date) else width
    line = Text()
    today = int(_at(axis, axis.mark) * width) if axis.first <= axis.mark <= axis.last else -1
    for at in range(width):
        if at == end and isinstance(last, date):
            line.append("◆", colour)
        elif at == today:
            line.append("│", "dim")
        elif start <= at < end:
            line.append(mark, colour)
        else:
            line.append(" ")
    return line


def _legend(values: Sequence[Cell], column: Column) -> Text:
    """Say what each mark that occurs stands for, and how often it does."""
    counts: dict[str, int] = {}
    for value in values:
        if column.kind is Kind.SPAN and isinstance(value, tuple):
            counts[str(value[2])] = counts.get(str(value[2]), 0) + 1
        for state, count in _counts(value) if column.kind is Kind.BAR else ():
            counts[state] = counts.get(state, 0) + count
    total = sum(counts.values())
    legend = Text()
    for state, (colour, mark) in STATES.items():
        if counts.get(state):
            legend.append(" · " if legend else "")
            legend.append(mark * 2, colour)
            legend.append(f" {say(state)}" if column.overlaps else f" {say(state)} {counts[state]}")
    if legend and not column.overlaps:
        legend.append(f" · {say('of {n}', n=total)}")
    if column.axis is not None:
        day = column.axis.mark
        there = column.axis.first <= day <= column.axis.last
        mark = say("as of {day}", day=day_in_words(day))
        outside = "" if there else f" ({say('outside')})"
        legend.append(f" · ◆ {say('due')} · {'│ ' if there else ''}{mark}{outside}")
    return legend
