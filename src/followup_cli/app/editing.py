"""A change of the data's text is shown, or written, and it is said where it went and how to undo it."""

import sys
from collections.abc import Callable
from pathlib import Path

from followup_cli import git
from followup_cli.app.session import data_folder, shipped_folder
from followup_cli.app.streams import say
from followup_cli.changes.recording import Opened, Recorded, open_files
from followup_cli.errors import FollowupError
from followup_cli.files import locked, write_locked
from followup_cli.glossary import PlanFile


def own_folder(data: Path | None) -> Path:
    """Find the folder of a dataset that may be written to: not the one that comes with the program.

    Raises:
        FollowupError: if there is none here.
    """
    folder = data_folder(data)
    if data is None and folder.resolve() == shipped_folder().resolve() and not (Path.cwd() / "data").is_dir():
        raise FollowupError(
            "there is no dataset here to record in",
            "name its folder with --data, or begin with `followup init`",
        )
    return folder


def edit(opened: Opened, change: Callable[[Opened], Recorded], *, dry_run: bool) -> None:
    """Make a change of a dataset's text, and say what it was; or only show it.

    Raises:
        FollowupError: if the change cannot be made to the files as they now are.
    """
    file = opened.folder / PlanFile.ACTIVITIES.value
    if dry_run:
        sys.stdout.write(change(opened).difference(file.as_posix()))
        return
    with locked(file):
        # Someone may have written since: the change is made to the file as it now is.
        recorded = change(open_files(opened.folder, opened))
        write_locked(file, recorded.after, recorded.before)
    for words, at in zip(recorded.words, recorded.places, strict=True):
        sys.stdout.write(f"{file.as_posix()}:{at}: {words}\n")
    say(_how_to_undo(file, recorded))


def _how_to_undo(file: Path, recorded: Recorded) -> str:
    lines = [f"{first}-{last}" if last > first else str(first) for _, first, last in recorded.added]
    several = len(lines) > 1 or "-" in lines[0]
    said = f"{'lines' if several else 'line'} {', '.join(lines)}"
    in_git = f"`git checkout -p -- {file.as_posix()}`, or " if git.is_repository(file.parent) else ""
    by_hand = f"delete {said}" if recorded.whole_lines else f"take it out of {said}"
    return f"to undo it: {in_git}{by_hand}"
