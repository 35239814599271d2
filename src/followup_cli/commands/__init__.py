"""One file per verb; here is what every question does first: read the dataset, settle the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from followup_cli.amended import AS_ENACTED, in_force
from followup_cli.cli import Question, data_folder, say, today
from followup_cli.dataset import Dataset, Draft, decode_all, from_texts, read_folder
from followup_cli.errors import FollowupError
from followup_cli.findings import Severity
from followup_cli.models import Files
from followup_cli.progress import Standing, follow_up
from followup_cli.query import window_meant
from followup_cli.rules import RULES, check


@dataclass(frozen=True, slots=True)
class Asked:
    """A dataset, the day it is judged as of, and every deliverable on that day.

    The dataset's words are those in force on that day, or as enacted; `at` names the revision it was read
    from, if not the files as they are.
    """

    dataset: Dataset
    as_of: date
    standings: tuple[Standing, ...]
    at: str | None = None
    as_enacted: bool = False

    @property
    def moment(self) -> str:
        """Say from when the picture is: the day, and the revision of the data where one was named."""
        parts = [f"as of {self.as_of}"]
        parts += ["as enacted"] if self.as_enacted else []
        parts += [f"at {self.at}"] if self.at else []
        return ", ".join(parts)

    @property
    def scope(self) -> str:
        """Say what a figure is about: the moment and the edition of the data."""
        return f"{self.moment} · data {self.dataset.version}"


def read_draft(data: Path | None, at: str | None = None) -> Draft:
    """Read the dataset's files as far as they can be read, as they are or as they stood at a commit.

    Raises:
        FollowupError: if there is no dataset at that commit.
    """
    folder = data_folder(data)
    if at is None:
        return from_texts(read_folder(folder), folder.as_posix())
    from followup_cli import git

    contents = git.read_at(folder, at, Files)
    missing = [name.value for name in Files if name not in contents]
    if missing:
        raise FollowupError(
            f"`{folder / missing[0]}` was not there at {at[:10]}", "`followup history` shows since when it is"
        )
    return from_texts(decode_all({name: contents[name] for name in Files}), f"{at[:10]}:{folder.as_posix()}")


def open_dataset(data: Path | None, at: str | None = None) -> Dataset:
    """Read a dataset without errors, as it is or as it stood at a commit.

    Raises:
        FollowupError: if it has errors: no question is answered from broken data.
    """
    draft = read_draft(data, at)
    errors = check(draft, [rule for rule in RULES if rule.severity is Severity.ERROR])
    if draft.dataset is None or errors:
        count = len(errors)
        first = f"; the first: {errors[0].file}:{errors[0].line}: {errors[0].message}" if errors else ""
        message = f"the dataset has {count} error{'s' if count != 1 else ''}{first}"
        if at is not None:
            raise FollowupError(message, "choose a revision at which it had none")
        place = f" --data {data}" if data else ""
        raise FollowupError(message, f"`followup validate{place}` shows {'all' if count != 1 else 'it'}")
    return draft.dataset


def ask(question: Question) -> Asked:
    """Read the dataset and judge it as of a day: a phrase, `today`, or by default today."""
    commit = name = None
    if question.at is not None:
        from followup_cli import git

        commit = git.resolve(data_folder(question.data), question.at)
        name = commit[:10] if commit.startswith(question.at) else f"{question.at} ({commit[:10]})"
    dataset = open_dataset(question.data, commit)
    day = settle_day(dataset, question.as_of)
    dataset = in_force(dataset, AS_ENACTED if question.as_enacted else day)
    asked = Asked(dataset, day, follow_up(dataset, day, question.soon), name, question.as_enacted)
    if asked.at or asked.as_enacted:
        say(f"{asked.moment} · data {dataset.version}")
    return asked


def settle_day(dataset: Dataset, as_of: str | None) -> date:
    """Turn `--as-of` into a day: the last one of a period, today where nothing is said."""
    if as_of is None or as_of.strip().casefold() == "today":
        return today(dataset.plan.timezone)
    first, last = window_meant(dataset.plan, as_of, date.min)
    day = last or first
    if day is None:
        raise FollowupError(f"`{as_of}` names no day", "write it as 2022-12-31")
    return day


def of(part: int, whole: int, noun: str) -> str:
    """Write a count with its denominator."""
    return f"{part} of {whole} {noun}"


def join(values: Sequence[str]) -> str:
    """Write codes with commas between them, or a dash for none."""
    return ", ".join(values) if values else "-"
