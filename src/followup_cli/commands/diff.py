"""`diff`: what changed, in the plan's own terms."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.options import DataOption, OutputOptions
from followup_cli.app.session import data_folder, of_text, read_draft
from followup_cli.app.streams import Answer, chosen_format
from followup_cli.changes.comparing import Change, What, compare, joined
from followup_cli.changes.telling import tell
from followup_cli.errors import FollowupError
from followup_cli.plan.dataset import Dataset
from followup_cli.questions.earlier import commit_of, fork_point, places
from followup_cli.table import Cell, Column, Table

EXAMPLES = """Examples:

  followup diff

  followup diff v1.0.0 --format markdown

  followup diff origin/main...HEAD --exit-code

  followup diff old/data new/data --format json
"""


def run(
    options: OutputOptions,
    sides: Annotated[
        list[str] | None,
        Argument(
            metavar="[BEFORE [AFTER]]",
            help="Revisions or folders [default: the last commit, and the files as they are].",
        ),
    ] = None,
    data: DataOption = None,
    exit_code: Annotated[bool, Option("--exit-code", help="Exit 1 if anything differs.")] = False,
) -> Answer:
    """Show what changed between two revisions, a revision and the files as they are, or two folders.

    Where there was no dataset before, all of it is new.
    `A..B` and `A...B` name two revisions as git does: with three dots, the one before is where B left A.
    """
    before, after = _two(list(sides or ()), data)
    names = (before[0], after[0])
    new = _dataset(*after, data)
    is_new = _was_not_there(before, data)
    old = replace(new, sections=(), activities=(), agencies=()) if is_new else _dataset(*before, data)
    changes = compare(old, new)
    form = chosen_format(options, "table")
    read = form in ("table", "markdown")
    table = _words(changes, old, new, titled=form == "markdown") if read else changes_table(changes)
    remark = f"{names[0]} → {names[1]}: {'a new dataset, ' if is_new else ''}{_counted(changes)}"
    return Answer(table, options, pipe="table", remark=remark, code=int(exit_code and bool(changes)))


Side = tuple[str, Path | None, str | None]  # its name, its folder if not the one of --data, its commit


def _two(sides: list[str], data: Path | None) -> tuple[Side, Side]:
    """Settle what is compared: two revisions, a revision and the files, or two folders."""
    if len(sides) > 2:
        raise FollowupError("`diff` compares two states", "name at most two revisions or folders")
    if len(sides) == 1 and ".." in sides[0] and not _is_dataset(sides[0]):
        dots = "..." if "..." in sides[0] else ".."
        first, _, second = (part or "HEAD" for part in sides[0].partition(dots))
        folder = data_folder(data)
        if dots == "...":
            start = fork_point(folder, first, second)
            return (f"{first} ({start[:10]})", None, start), _side(second, data)
        sides = [first, second]
    here: Side = ("the files", None, None)
    if not sides:
        return _side("HEAD", data), here
    return _side(sides[0], data), _side(sides[1], data) if len(sides) == 2 else here


def _side(name: str, data: Path | None) -> Side:
    if _is_dataset(name):
        return name, Path(name), None
    return name, None, commit_of(data_folder(data), name)


def _is_dataset(name: str) -> bool:
    return any((Path(name) / part / "activities.yaml").is_file() for part in (".", "data"))


def _was_not_there(side: Side, data: Path | None) -> bool:
    """Tell whether a revision has no dataset at all, neither where it is now nor anywhere it could be."""
    return side[2] is not None and not places(data_folder(data), side[2])


def _dataset(name: str, folder: Path | None, commit: str | None, data: Path | None) -> Dataset:
    """Read one side; rules do not count here, but it must be read as a dataset."""
    draft = read_draft(folder or data, commit)
    if draft.dataset is None:
        hint = "choose another revision" if commit else "`followup validate` shows why"
        raise FollowupError(f"{name} cannot be read as a dataset", hint)
    return draft.dataset


def _words(changes: tuple[Change, ...], old: Dataset, new: Dataset, *, titled: bool) -> Table:
    """Lay out changes for people: one row for each record that changed."""
    rows: list[tuple[Cell, ...]] = []
    for record in tell(changes, old, new):
        title = (of_text(new, record.id) or of_text(old, record.id),) if titled else ()
        rows.append((record.id or record.what.value, *title, "; ".join(record.lines)))
    title_column = (Column("title"),) if titled else ()
    columns = (Column("id"), *title_column, Column("changed", label="what changed"))
    return Table("changes", "Changes", columns, rows, empty="no change")


def changes_table(changes: tuple[Change, ...]) -> Table:
    """Lay out changes for machines: one row each."""
    names = ("what", "id", "field", "item", "how", "before", "after")
    rows: list[tuple[Cell, ...]] = [
        (c.what.value, c.id, c.field, c.item, c.how.value, joined(c.before) or None, joined(c.after) or None)
        for c in changes
    ]
    return Table("changes", "Changes", tuple(Column(name) for name in names), rows, empty="no change")


def _counted(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "no change"
    touched = {(c.what, c.id) for c in changes}
    deliverables = sum(what is What.DELIVERABLE for what, _ in touched)
    counts = ((deliverables, "deliverable"), (len(touched) - deliverables, "other record"))
    places = " and ".join(_number(count, noun) for count, noun in counts if count)
    return f"{_number(len(changes), 'change')} in {places}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
