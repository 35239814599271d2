"""Tables for reading in a terminal or a pipe.

On a terminal columns are dropped by their declared order when it is narrow, and below 60 columns each row
becomes a record. Without a width nothing is cut or wrapped. No text of the data is ever taken for markup.
"""

from datetime import date
from itertools import pairwise

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

from followup_cli.render import Screen
from followup_cli.render.terminal import safe
from followup_cli.table import Cell, Column, Content, Kind, Page, Table

NARROW = 60
_BAR_WIDTH = 24
# State: colour, and the mark that a bar is drawn with, so that nothing is told by colour alone.
STATES: dict[str, tuple[str, str]] = {
    "delivered": ("green", "█"),
    "delivered-late": ("green", "▓"),
    "abandoned": ("magenta", "x"),
    "overdue": ("red", "!"),
    "unreported": ("yellow", "░"),
    "due-soon": ("cyan", "▒"),
    "open": ("blue", "-"),
    "upcoming": ("blue", "·"),
    "undated": ("blue", "~"),
}


def table(content: Content, screen: Screen) -> str:
    """Write tables as aligned columns."""
    console = Console(
        width=screen.width or 1_000_000,
        color_system="standard" if screen.colour else None,
        force_terminal=screen.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        no_color=not screen.colour,
    )
    with console.capture() as capture:
        if isinstance(content, Page):
            _page(console, content, screen)
        else:
            _table(console, content, screen)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _page(console: Console, page: Page, screen: Screen) -> None:
    console.print(Text(safe(page.title), style="bold"))
    for each in page.tables:
        console.print()
        if each.title:
            console.print(Text(safe(each.title), style="bold"))
        _table(console, each, screen)
    if page.closing:
        console.print()
        for line in page.closing:
            console.print(Text(safe(line), style="dim"))


def _table(console: Console, content: Table, screen: Screen) -> None:
    if not content.rows:
        console.print(Text(safe(content.empty), style="dim"))
        return
    if content.record:
        _record(console, content, content.rows[0])
        return
    columns = list(enumerate(content.columns))
    if screen.width and not screen.wide:
        if screen.width < NARROW:
            for before, row in pairwise([None, *content.rows]):
                if before is not None:
                    console.print()
                _record(console, content, row or ())
            return
        columns, dropped = _fitting(content, screen.width)
        if dropped:
            _grid(console, content, columns)
            console.print(Text(f"(not shown: {', '.join(dropped)}; --wide shows all)", style="dim"))
            return
    _grid(console, content, columns)


def _grid(console: Console, content: Table, columns: list[tuple[int, Column]]) -> None:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for _, column in columns:
        grid.add_column(
            Text(safe(column.heading)),
            justify="right" if column.kind is Kind.NUMBER else "left",
            no_wrap=column.kind in (Kind.DATE, Kind.STATE, Kind.NUMBER, Kind.BAR) or column.name == "id",
            overflow="fold",
        )
    for row in content.rows:
        grid.add_row(*(_cell(row[i], column) for i, column in columns))
    console.print(grid)


def _record(console: Console, content: Table, row: tuple[Cell, ...]) -> None:
    grid = Grid(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for value, column in zip(row, content.columns, strict=True):
        if value is not None and value != ():
            grid.add_row(Text(safe(column.heading)), _cell(value, column))
    console.print(grid)


def _fitting(content: Table, width: int) -> tuple[list[tuple[int, Column]], list[str]]:
    """Choose the columns that fit a width, those that stay longest first; say which had to go."""
    columns = list(enumerate(content.columns))
    dropped: list[str] = []
    while len(columns) > 1 and sum(_needs(content, i, c) + 2 for i, c in columns) - 2 > width:
        index, column = min(reversed(columns), key=lambda pair: pair[1].keep)
        if column.keep == 9:
            break
        columns.remove((index, column))
        dropped.insert(0, column.name)
    return columns, dropped


def _needs(content: Table, index: int, column: Column) -> int:
    """Tell how narrow a column can be and still be read: texts can be wrapped, dates and numbers cannot."""
    longest = max((cell_len(_cell(row[index], column).plain) for row in content.rows), default=0)
    if column.kind is Kind.TEXT and column.name != "id":
        longest = min(longest, 26)
    if column.kind is Kind.LIST:
        longest = min(longest, 14)
    return max(longest, cell_len(column.heading))


def _cell(value: Cell, column: Column) -> Text:
    if value is None:
        return Text("")
    if column.kind is Kind.BAR and isinstance(value, tuple):
        return _bar([(str(pair[0]), int(pair[1])) for pair in value])
    if column.kind is Kind.STATE:
        return Text(safe(str(value)), style=STATES.get(str(value), ("", ""))[0])
    if isinstance(value, tuple):
        return Text(safe(", ".join(str(part) for part in value)))
    return Text(value.isoformat() if isinstance(value, date) else safe(str(value)))


def _bar(counts: list[tuple[str, int]]) -> Text:
    """Draw counts by state as one bar; each state that occurs gets a piece."""
    total = sum(count for _, count in counts)
    bar = Text()
    width = min(_BAR_WIDTH, total * 2) if total else 0
    drawn = done = 0
    for state, count in counts:
        done += count
        until = max(drawn + (1 if count else 0), round(done * width / total)) if total else 0
        colour, mark = STATES.get(state, ("", "?"))
        bar.append(mark * (until - drawn), Style(color=colour or None))
        drawn = until
    return bar
