"""What every question does first: find the data, read it, settle the day."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from followup_cli.app.options import Question, Selection
from followup_cli.app.streams import say
from followup_cli.choosing import choose, words
from followup_cli.errors import FollowupError
from followup_cli.glossary import Role, State, Status
from followup_cli.questions.names import (
    Days,
    choose_agency,
    choose_each,
    choose_section,
    first_day,
    iso_day,
    last_day,
    read_window,
)
from followup_cli.questions.query import NONE, Filters, alone, hint, where
from followup_cli.store.progress import Standing, judged
from followup_cli.store.register import PlanFacts, Register, plan_facts, register

if TYPE_CHECKING:  # at run time these are loaded where they are needed: a register may do without
    from followup_cli.plan.dataset import Dataset
    from followup_cli.plan.draft import Draft
    from followup_cli.store.relations import Subject


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
            if (folder / "activities.yaml").exists() or (folder / "agencies.yaml").exists():
                return folder
        problem = "holds no activities.yaml" if given.is_dir() else "is not a folder"
        raise FollowupError(f"`{given}` {problem}", "name a folder with activities.yaml and agencies.yaml")
    try:
        here = Path.cwd()
    except OSError:
        here = Path("/")
    for folder in (here, *(parent / "data" for parent in (here, *here.parents))):
        # One of the files is enough: that the other is missing, or named otherwise, must be seen.
        if any(
            (folder / f"{name}.{end}").exists()
            for name in ("activities", "agencies")
            for end in ("yaml", "yml")
        ):
            return Path(os.path.relpath(folder, here))
    return shipped_folder()


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


@dataclass(frozen=True)
class Asked:
    """A dataset, the day it is judged as of, and every deliverable on that day.

    The dataset's words are those in force on that day, or as enacted; `at` names the revision it was read
    from, if not the files as they are. `load` reads the dataset, where its register is not enough.
    """

    register: Register
    as_of: date
    soon: int
    load: Callable[[], Dataset] = field(repr=False, compare=False)
    at: str | None = None
    as_enacted: bool = False

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset itself."""
        return self.load()

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every deliverable on the day."""
        return judged(self.register.facts, self.as_of, self.soon)

    @property
    def total(self) -> int:
        """Count all deliverables."""
        return self.register.deliverables

    def where(self, filters: Filters) -> list[Standing]:
        """Keep the deliverables for which all filters hold."""
        return where(judged(self.register.read(hint(filters)), self.as_of, self.soon), filters)

    @property
    def moment(self) -> str:
        """Say from when the picture is: the day, and the revision of the data where one was named."""
        parts = [f"as of {self.as_of}"]
        parts += ["as enacted"] if self.as_enacted else []
        parts += [f"at {self.at}"] if self.at else []
        return ", ".join(parts)

    def subject(self, standings: Sequence[Standing] | None = None) -> Subject:
        """Give what files of the plan are made from: all deliverables, or those that were selected."""
        from followup_cli.store.relations import Subject

        chosen = self.standings if standings is None else standings
        return Subject(self.register, self.as_of, chosen, lambda: self.dataset, self.at, self.as_enacted)

    @property
    def scope(self) -> str:
        """Say what a figure is about: the moment and the edition of the data."""
        return f"{self.moment} · data {self.register.version}"


def read_draft(data: Path | None, at: str | None = None) -> Draft:
    """Read the dataset's files as far as they can be read, as they are or as they stood at a commit.

    Raises:
        FollowupError: if there is no dataset at that commit.
    """
    from followup_cli.plan.draft import from_texts, read_folder

    folder = data_folder(data)
    if at is None:
        return from_texts(read_folder(folder), folder.as_posix())
    from followup_cli.questions.earlier import draft_at

    return draft_at(folder, at)


def open_dataset(data: Path | None, at: str | None = None) -> Dataset:
    """Read a dataset without errors, as it is or as it stood at a commit.

    Raises:
        FollowupError: if it has errors: no question is answered from broken data.
    """
    from followup_cli.app.waiting import waiting

    with waiting("reading the dataset"):
        return without_errors(read_draft(data, at), data, at)


def without_errors(draft: Draft, data: Path | None, at: str | None = None) -> Dataset:
    """Give the dataset of a draft.

    Raises:
        FollowupError: if it has errors.
    """
    from followup_cli.findings import Severity
    from followup_cli.rules import RULES, check

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
    from followup_cli.store import keeping as cache

    place = _place_in_cache(question)
    known = cache.recall(*place, lambda: register(open_dataset(question.data))) if place else None
    if known is not None:
        day = settle_day(known.plan, question.as_of)
        return Asked(known, day, question.soon, lambda: open_dataset(question.data))
    from followup_cli.plan.in_force import AS_ENACTED, in_force

    commit = name = None
    if question.at is not None:
        from followup_cli.questions.earlier import commit_of

        commit = commit_of(data_folder(question.data), question.at)
        name = commit[:10] if commit.startswith(question.at) else f"{question.at} ({commit[:10]})"
    whole = open_dataset(question.data, commit)
    day = settle_day(plan_facts(whole), question.as_of)
    dataset = in_force(whole, AS_ENACTED if question.as_enacted else day)
    asked = Asked(register(dataset), day, question.soon, lambda: dataset, name, question.as_enacted)
    # An amended plan has other words on other days. And the files must still be what they were.
    if place and dataset is whole and place == _place_in_cache(question):
        cache.remember(*place, asked.register)
    if asked.at or asked.as_enacted:
        say(f"{asked.moment} · data {dataset.version}")
    return asked


def _place_in_cache(question: Question) -> tuple[Path, str] | None:
    """Give the file in which the dataset's register may be kept, and the key that it must have."""
    folder = None if question.no_cache or question.at or question.as_enacted else cache_folder()
    if folder is None:
        return None
    from followup_cli.store import keeping as cache

    data = data_folder(question.data)
    key = cache.key_of(data / "activities.yaml", data / "agencies.yaml")
    return (cache.file_of(folder, data), key) if key else None


def filters(asked: Asked, selection: Selection) -> Filters:
    """Find what the selection's words mean in a dataset."""
    sections = {section.id: section.title for section in asked.register.sections}
    return Filters(
        sections=choose_each(partial(choose_section, sections), selection.section),
        agencies=choose_each(partial(choose_agency, asked.register.agency_names), selection.agency),
        roles=tuple(choose(word, Role, "role") for word in _each(selection.role)),
        no_lead=selection.no_lead,
        statuses=tuple(
            None if word == NONE else Status(word)
            for word in (choose(each, (*Status, NONE), "status") for each in _each(selection.status))
        ),
        states=tuple(choose(word, State, "state") for word in _each(selection.state)),
        outcomes=tuple(_searched(text, "--outcome") for text in selection.outcome or ()),
        searches=tuple(_searched(text, "--search") for text in selection.search or ()),
        due=tuple(_window(asked, text) for text in selection.due or ()),
        due_before=first_day(_window(asked, selection.due_before)) if selection.due_before else None,
        due_after=last_day(_window(asked, selection.due_after)) if selection.due_after else None,
    )


def _searched(text: str, option: str) -> str:
    """Fold what is searched for.

    Raises:
        FollowupError: if it has no word.
    """
    folded = words(text)
    if not folded:
        raise FollowupError(
            f"`{option} {text}` names no word to look for", "give it at least one letter or digit"
        )
    return folded


def _window(asked: Asked, phrase: str) -> Days:
    """Read a phrase of an option as a window of days, counted from the as-of day."""
    return read_window(phrase, asked.as_of)


def _each(given: Sequence[str] | None) -> list[str]:
    """Take words that were given one by one, or with commas between them."""
    return [word for text in given or () for word in text.split(",") if word.strip()]


def select(asked: Asked, selection: Selection) -> list[Standing]:
    """Keep the deliverables that are selected."""
    return asked.where(filters(asked, selection))


def why_empty(asked: Asked, selection: Selection) -> str:
    """Say why nothing is selected: what each condition leaves when it stands alone."""
    parts = [f"{name} {count}" for name, count in alone(asked.standings, filters(asked, selection)).items()]
    reason = f" (alone: {', '.join(parts)})" if len(parts) > 1 else ""
    return f"no deliverable matches: 0 of {asked.total}{reason} · {asked.scope}"


def settle_day(plan: PlanFacts, as_of: str | None) -> date:
    """Turn `--as-of` into a day: the last one of a period, today where nothing is said.

    Raises:
        FollowupError: if it names no day.
    """
    now = partial(today, plan.timezone)
    day = iso_day(as_of) if as_of else now()
    if day is None:
        first, last = read_window(str(as_of), now())
        day = last or first
    if day is None:
        raise FollowupError(f"`{as_of}` names no day", "write it as 2022-12-31")
    return day


def of_text(dataset: Dataset, identifier: str) -> str | None:
    """Give the plan's words for an activity (24), a deliverable (24.2), a section or an agency, by its id."""
    number, _, part = identifier.partition(".")
    activity = dataset.activity_by_id.get(int(number)) if number.isdecimal() else None
    if activity is not None and part.isdecimal() and 0 < int(part) <= len(activity.deliverables):
        return activity.deliverables[int(part) - 1].title or activity.title
    if activity is not None:
        return activity.title
    section, agency = dataset.section_by_id.get(identifier), dataset.agency_by_code.get(identifier)
    return section.title if section else agency.name if agency else None


def same_question(question: Question) -> str:
    """Give the options that put another command to the same dataset on the same day."""
    import shlex

    options = [("--data", question.data), ("--at", question.at), ("--as-of", question.as_of)]
    return "".join(f" {name} {shlex.quote(str(value))}" for name, value in options if value is not None)


def of(part: int, whole: int, noun: str) -> str:
    """Write a count with its denominator."""
    return f"{part} of {whole} {noun}"


def join(values: Sequence[str]) -> str:
    """Write codes with commas between them, or a dash for none."""
    return ", ".join(values) if values else "-"


def dataset_line(data: Path | None = None) -> str:
    """Say in one line what the dataset at hand is."""
    try:
        dataset = open_dataset(data)
    except FollowupError as error:
        return f"Dataset: {error.message}; {error.hint}" if error.hint else f"Dataset: {error.message}"
    activities, sections = len(dataset.activities), len(dataset.sections)
    return f"Dataset: {dataset.plan.title} ({activities} activities in {sections} sections), data {dataset.version}"
