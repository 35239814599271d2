"""Read a table that someone filled in: rows of cells under the names of their columns."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from followup_cli.errors import FollowupError
from followup_cli.importers import read_source
from followup_cli.importers.headings import folded
from followup_cli.importers.source import Cell, Grid
from followup_cli.plan.values import shown


class FilledRow(NamedTuple):
    """A row in which something stands: its cells by the name of their column, and its place."""

    cells: dict[str, Cell]
    where: str

    def text(self, name: str) -> str:
        """Give the words of a cell; nothing where there is none. A day is in ISO form, however it is shown."""
        cell = self.cells.get(name, Cell())
        # An apostrophe keeps a spreadsheet from taking a text for a formula or a number.
        return cell.day or re.sub(r"^'(?=[=+\-@\d])", "", cell.text)


def read_filled(content: bytes, name: str, key: str) -> tuple[list[str], list[FilledRow]]:
    """Read the first table of a file that has a certain column.

    Args:
        content: the file: CSV or TSV in any encoding and with any separator, or a workbook.
        name: how the file is named to people.
        key: the column by which the table is known.

    Returns:
        The names of all columns, as the heading row has them but with `_` for a blank; and the rows below.

    Raises:
        FollowupError: if it cannot be read, if no table has the column, or if one has a column twice.
    """
    for grid in read_source(content, name).blocks:
        if not isinstance(grid, Grid):
            continue
        for number, row in enumerate(grid.rows):
            names = [_name(cell.text) for cell in row]
            if key in names:
                twice = next((each for each in names if each and names.count(each) > 1), None)
                if twice:
                    raise FollowupError(f"`{name}` has two columns `{twice}`", "leave one of them out")
                return [each for each in names if each], list(_rows(grid, number + 1, names))
    raise FollowupError(
        f"`{name}` has no column `{key}`", "begin with the table of `followup request AGENCY`"
    )


def _name(heading: str) -> str:
    return folded(heading.lstrip("'")).strip().replace(" ", "_").replace("-", "_")


def _rows(grid: Grid, first: int, names: list[str]) -> Iterator[FilledRow]:
    for row in grid.rows[first:]:
        beyond = next((cell for cell, name in zip(row, names, strict=True) if cell.text and not name), None)
        if beyond is not None:
            raise FollowupError(
                f"{beyond.where}: `{shown(beyond.text)}` stands in no column",
                "put a text with a comma in double quotes, or give the column a heading",
            )
        filled = next((cell for cell in row if cell.text), None)
        if filled is not None:
            cells = {name: cell for name, cell in zip(names, row, strict=True) if name}
            yield FilledRow(cells, filled.where)
