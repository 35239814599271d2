"""What every question does first: open the store, turn it to the day, and find what its options mean."""

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from followup_cli.app.options import Question, Selection
from followup_cli.app.session import (
    cache_folder,
    data_folder,
    open_dataset,
    read_contents,
    settle_day,
    shipped_folder,
)
from followup_cli.app.streams import say
from followup_cli.choosing import W, choose, sought
from followup_cli.errors import FollowupError
from followup_cli.glossary import EvidenceKind, Role, State, Status
from followup_cli.questions.filters import HAS, NONE, Filters
from followup_cli.questions.names import (
    Days,
    choose_agency,
    choose_each,
    choose_section,
    first_day,
    last_day,
    read_window,
)
from followup_cli.questions.picture import Picture, about
from followup_cli.store import Store, keeping, open_store

_PLAIN_PERIOD = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")  # says itself which days it means


def ask(question: Question, *, by_occurrence: bool = False, versus: str | None = None) -> Picture:
    """Open the dataset's store, and turn it to a day: a phrase, `today`, or by default today.

    Args:
        question: which dataset, which day.
        by_occurrence: whether what recurs is looked at period by period.
        versus: a phrase for the earlier day that all is compared with: the last day of what it means.

    Raises:
        FollowupError: if the dataset cannot be read, or an option names no day, or no earlier one.
    """
    folder = data_folder(question.data)
    if question.data is None and folder == shipped_folder():
        say("no dataset lies here: this is the plan that comes with followup; `--data DIR` names another")
    commit = name = None
    if question.at is not None:
        from followup_cli.questions.earlier import commit_of

        commit = commit_of(folder, question.at)
        name = commit[:10] if commit.startswith(question.at) else f"{question.at} ({commit[:10]})"
    store = _open_store(question, folder, commit)
    day = settle_day(about(store).timezone, question.as_of)
    picture = Picture(store, day, question.soon, name, question.as_enacted, by_occurrence)
    if versus is not None:
        picture = replace(picture, versus=_earlier(picture, versus))
    if picture.revision or picture.as_enacted or not picture.in_force:
        say(picture.scope)
    return picture


def _open_store(question: Question, folder: Path, commit: str | None) -> Store:
    """Open the store of the dataset as it is, which may be kept, or as it stood at a commit."""
    kept = None if question.no_cache or commit else cache_folder()
    contents = read_contents(folder) if commit is None else None
    if contents is None:
        return open_store((), lambda: open_dataset(question.data, commit))
    file = keeping.file_of(kept, folder) if kept else None
    return open_store(tuple(contents.values()), lambda: open_dataset(question.data, contents=contents), file)


def filters(picture: Picture, selection: Selection) -> Filters:
    """Find what the selection's words mean in a dataset."""
    agency = partial(choose_agency, picture.agencies)
    return Filters(
        sections=choose_each(partial(choose_section, picture.sections), selection.section),
        agencies=choose_each(agency, selection.agency),
        roles=_chosen(selection.role, Role, "role"),
        no_lead=selection.no_lead,
        statuses=tuple(
            None if word == NONE else Status(word)
            for word in _chosen(selection.status, (*Status, NONE), "status")
        ),
        states=_chosen(selection.state, State, "state"),
        outcomes=tuple(_searched(text, "--outcome") for text in selection.outcome or ()),
        searches=tuple(_searched(text, "--search") for text in selection.search or ()),
        due=tuple(_window(picture, text) for text in selection.due or ()),
        due_before=first_day(_window(picture, selection.due_before)) if selection.due_before else None,
        due_after=last_day(_window(picture, selection.due_after)) if selection.due_after else None,
        has=_chosen(selection.has, HAS, "record"),
        without=_chosen(selection.without, HAS, "record"),
        evidence_kinds=_chosen(selection.evidence_kind, EvidenceKind, "kind"),
        all_agencies=choose_each(agency, selection.and_agency),
        no_agencies=choose_each(agency, selection.not_agency),
        first=choose_each(agency, selection.first),
        stale=selection.stale,
        amended=selection.amended,
        others=tuple(_column(picture, text) for text in selection.other or ()),
    )


def _column(picture: Picture, text: str) -> tuple[str, str]:
    """Find the column of the plan that is meant before the `=`, and give what is looked for in it.

    Raises:
        FollowupError: if there is no such column, or nothing is looked for.
    """
    name, equals, what = text.partition("=")
    headings = [
        heading for (heading,) in picture.rows("SELECT DISTINCT heading FROM other_text ORDER BY rowid")
    ]
    if not equals:
        raise FollowupError(f"`--other {text}` does not say what to look for", "write --other COLUMN=TEXT")
    if not headings:
        raise FollowupError("the plan has no other columns", "leave out `--other`")
    return choose(name, headings, "column"), _searched(what, "--other")


def _searched(text: str, option: str) -> str:
    """Give what is searched for as it was typed.

    Raises:
        FollowupError: if it has no word.
    """
    if not sought(text):
        raise FollowupError(
            f"`{option} {text}` names no word to look for", "give it at least one letter or digit"
        )
    return text.strip()


def _window(picture: Picture, phrase: str) -> Days:
    """Read a phrase of an option as a window of days, counted from the as-of day, and say which it is."""
    first, last = read_window(phrase, picture.as_of)
    if not _PLAIN_PERIOD.fullmatch(phrase.strip()):
        say(
            f"`{phrase}`: {first or 'any day'} to {last or 'any day'}"
            if first != last
            else f"`{phrase}`: {first}"
        )
    return first, last


def _earlier(picture: Picture, phrase: str) -> date:
    day = last_day(_window(picture, phrase))
    if day is None or day >= picture.as_of:
        raise FollowupError(f"`--versus {phrase}` is not before {picture.as_of}", "name an earlier day")
    return day


def _chosen(given: Sequence[str] | None, values: Iterable[W], name: str) -> tuple[W, ...]:
    return tuple(choose(word, values, name) for word in _each(given))


def _each(given: Sequence[str] | None) -> list[str]:
    """Take words that were given one by one, or with commas between them."""
    return [word for text in given or () for word in text.split(",") if word.strip()]


def same_question(question: Question) -> str:
    """Give the options that put another command to the same dataset on the same day."""
    options = [("--data", question.data), ("--at", question.at), ("--as-of", question.as_of)]
    return "".join(f" {name} {shlex.quote(str(value))}" for name, value in options if value is not None)
