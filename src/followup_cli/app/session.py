"""What every command does first: find the data, read it, settle the day."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from followup_cli.errors import FollowupError
from followup_cli.files import UnreadableError, read_data
from followup_cli.glossary import PlanFile, counted
from followup_cli.questions.names import iso_day, read_window

if TYPE_CHECKING:  # at run time these are loaded where they are needed: a store that was kept may do without
    from followup_cli.plan.dataset import Dataset
    from followup_cli.plan.draft import Draft


def today(timezone: str) -> date:
    """Tell the day it is in a time zone. Nothing else in the program reads the clock.

    Raises:
        FollowupError: if the zone is not known.
    """
    from zoneinfo import ZoneInfo

    try:
        return datetime.now(UTC).astimezone(ZoneInfo(timezone)).date()
    except (KeyError, ValueError, OSError):
        raise FollowupError(f"there is no time zone `{timezone}`", "name the day with --as-of") from None


def data_folder(given: Path | None) -> Path:
    """Find the dataset: the folder given, else `data/` here or above, else the plan that comes along.

    Raises:
        FollowupError: if the folder given has no dataset.
    """
    if given is not None:
        for folder in (given, given / "data"):
            if _holds_files(folder):
                return folder
        problem = "holds no activities.yaml" if given.is_dir() else "is not a folder"
        raise FollowupError(f"`{given}` {problem}", "name a folder with activities.yaml and agencies.yaml")
    try:
        here = Path.cwd()
    except OSError:
        here = Path("/")
    for folder in (here, *(parent / "data" for parent in (here, *here.parents))):
        if _holds_files(folder):
            return Path(os.path.relpath(folder, here))
    return shipped_folder()


def _holds_files(folder: Path) -> bool:
    """Tell whether a folder has a file of a dataset: that the other is missing, or named otherwise, must be seen."""
    names = (f"{name}.{end}" for name in ("activities", "agencies") for end in ("yaml", "yml"))
    return any((folder / name).exists() for name in names)


def shipped_folder() -> Path:
    """Give the folder of the plan that comes with followup."""
    shipped = Path(__file__).parents[1] / "data"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "data"


def cache_folder() -> Path | None:
    """Give the folder for what may be kept between runs; FOLLOWUP_CACHE moves it, or if empty forbids it."""
    named = os.environ.get("FOLLOWUP_CACHE")
    if named is not None:
        return Path(named) if named else None
    for variable, below in (("XDG_CACHE_HOME", ""), ("LOCALAPPDATA", "Cache"), ("HOME", ".cache")):
        folder = os.environ.get(variable)
        if folder and Path(folder).is_absolute():
            return Path(folder, below, "followup")
    return None


def read_contents(folder: Path) -> dict[PlanFile, bytes] | None:
    """Read the dataset's files; None if one of them cannot be read."""
    try:
        return {name: read_data(folder / name.value) for name in PlanFile}
    except UnreadableError:
        return None


def read_draft(
    data: Path | None, at: str | None = None, contents: Mapping[PlanFile, bytes] | None = None
) -> Draft:
    """Read the dataset's files as far as they can be read, as they are or as they stood at a commit.

    Args:
        data: the folder that was named.
        at: the commit.
        contents: the files as they are, if they have been read.

    Raises:
        FollowupError: if there is no dataset at that commit.
    """
    from followup_cli.plan.draft import decode_all, from_texts, read_folder

    folder = data_folder(data)
    if at is None:
        texts = read_folder(folder) if contents is None else decode_all(contents)
        return from_texts(texts, folder.as_posix())
    from followup_cli.questions.earlier import draft_at

    return draft_at(folder, at)


def open_dataset(
    data: Path | None, at: str | None = None, contents: Mapping[PlanFile, bytes] | None = None
) -> Dataset:
    """Read a dataset without errors, as it is or as it stood at a commit.

    Raises:
        FollowupError: if it has errors: no question is answered from broken data.
    """
    from followup_cli.app.waiting import waiting

    with waiting("reading the dataset"):
        return without_errors(read_draft(data, at, contents), data, at)


def without_errors(draft: Draft, data: Path | None, at: str | None = None) -> Dataset:
    """Give the dataset of a draft.

    Raises:
        FollowupError: if it has errors.
    """
    from followup_cli.findings import Severity
    from followup_cli.rules import RULES, check

    errors = check(draft, [rule for rule in RULES if rule.severity_in(draft) is Severity.ERROR])
    if draft.dataset is None or errors:
        count = len(errors)
        first = f"; the first: {errors[0].file}:{errors[0].line}: {errors[0].message}" if errors else ""
        message = f"the dataset has {counted(count, 'errors')}{first}"
        if at is not None:
            raise FollowupError(message, "choose a revision at which it had none")
        place = f" --data {data}" if data else ""
        raise FollowupError(message, f"`followup validate{place}` shows {'all' if count != 1 else 'it'}")
    return draft.dataset


def settle_day(timezone: str, as_of: str | None) -> date:
    """Turn `--as-of` into a day: the last one of a period, today where nothing is said.

    Raises:
        FollowupError: if it names no day.
    """
    now = partial(today, timezone)
    day = iso_day(as_of) if as_of else now()
    if day is None:
        first, last = read_window(str(as_of), now())
        day = last or first
    if day is None:
        raise FollowupError(f"`{as_of}` names no day", "write it as 2022-12-31")
    return day


def of_text(dataset: Dataset, identifier: str) -> str | None:
    """Give the plan's words for an activity (24), a deliverable (24.2), a section or an agency, by its id."""
    number, _, part = identifier.rpartition(".")
    activity = dataset.activity_by_id.get(number)
    if activity is not None and part.isdecimal() and 0 < int(part) <= len(activity.deliverables):
        return activity.deliverables[int(part) - 1].title or activity.title
    if identifier in dataset.activity_by_id:
        return dataset.activity_by_id[identifier].title
    section, agency = dataset.section_by_id.get(identifier), dataset.agency_by_code.get(identifier)
    return section.title if section else agency.name if agency else None


def dataset_line(data: Path | None = None) -> str:
    """Say in one line what the dataset at hand is."""
    try:
        dataset = open_dataset(data)
    except FollowupError as error:
        return f"Dataset: {error.message}; {error.hint}" if error.hint else f"Dataset: {error.message}"
    activities = counted(len(dataset.activities), "activities")
    sections = counted(len(dataset.sections), "sections")
    return f"Dataset: {dataset.plan.title} ({activities} in {sections}), data {dataset.version}"
