"""Rules about `also`: the plan's words in other languages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from followup_cli.choosing import meant_by
from followup_cli.deadlines import Deadline, DeadlineError, read
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.reading import reader_of
from followup_cli.plan.second_texts import FIELDS, by_language, pairs
from followup_cli.plan.values import LANGUAGE, shown, tag_of
from followup_cli.rules.walks import (
    ACTIVITIES,
    AGENCIES,
    DELIVERABLES,
    PLAN,
    Mistakes,
    calendar,
    plan,
    readings,
    walk,
)

# Where the records of each kind are.
_WALKS = {
    "plan": ("plan",),
    "section": ("sections", "*"),
    "activity": ACTIVITIES,
    "deliverable": DELIVERABLES,
    "agency": ("agencies", "*"),
}
_Said = tuple[str, Steps, dict[str, Any], str, Mapping[str, Any]]  # kind, path, record, language, its texts


def _said(draft: Draft) -> Iterator[_Said]:
    """Go through what records say in other languages."""
    # Most plans have none; only an escape can hide in the file what is in its data.
    if not any("also" in each.text or "\\" in each.text for each in draft.documents.values()):
        return
    for kind, steps in _WALKS.items():
        for path, record in walk(draft, *steps):
            yield from ((kind, path, record, *said) for said in by_language(record))


def second_text(draft: Draft) -> Mistakes:
    """Report a text in another language of which there are no words in the plan's own, or whose language is not another.

    Under `also` stands the tag of a language, and under it the fields that the record has: of an activity
    `title`, `points` and `others`, of a deliverable `title`, `outcome`, `starts` and `deadline`, of a section
    `title`, of the plan `title` and `act`, of an agency `name`. Points are a list as long as the plan's.

    Bad:
        also: {kk: {titel: Жағалаудағы ағаштар}}

    Good:
        also: {kk: {title: Жағалаудағы ағаштар}}
    """
    own = str(plan(draft).get("language") or "en")
    for kind, path, record, language, texts in _said(draft):
        file, at = AGENCIES if kind == "agency" else PLAN, (*path, "also", language)
        if language == own or not re.fullmatch(LANGUAGE, language):
            message = (
                f"`{shown(language)}` is {'the language of the plan' if language == own else 'no language'}"
            )
            tag = tag_of(language)
            others = " or ".join(f"`{each}`" for each in ("en", "ru", "kk") if each != own)
            hint = f"write `{tag}`" if tag else f"write the tag of another language, such as {others}"
            yield Mistake("second-text", at, message, hint, key=True, file=file)
            continue
        for field, text in texts.items():
            fault = _fault(FIELDS[kind], record, field, text)
            if fault:
                yield Mistake("second-text", (*at, field), *fault, key=True, file=file)


def _fault(fields: tuple[str, ...], record: dict[str, Any], field: str, text: Any) -> tuple[str, str] | None:
    """Say what is wrong with the text of a field, and the remedy."""
    if field not in fields:
        meant = meant_by(field, dict.fromkeys(fields, ""))
        named = ", ".join(f"`{each}`" for each in fields)
        return f"there is no text of `{shown(field)}`{meant.remark}", meant.hint or f"write {named}"
    words = record.get(field)
    if not words:
        return f"the plan has no `{field}` here", "remove this text, or write the plan's own words first"
    if type(words) is list and (type(text) is not list or len(text) != len(words)):
        return f"`{field}` has {len(words)} in the plan", "write as many, as a list"
    if type(words) is str and type(text) is list:
        return f"`{field}` is one text in the plan", "write one text"
    return None


def contradicted_text(draft: Draft) -> Mistakes:
    """Warn of words of the plan that have one text in a language here, and another there.

    What is published knows a text by the words of which it is one, and shows the first.

    A text of a deadline says the time that the plan's own words say.

    Bad:
        {title: Gauge 18, outcome: Gauge, deadline: 2024, also: {kk: {outcome: Құрылғы}}}

    Good:
        {title: Gauge 18, outcome: Gauge, deadline: 2024, also: {kk: {outcome: Өлшеуіш}}}
    """
    first: dict[tuple[str, str], str] = {}
    for kind, path, record, language, texts in _said(draft):
        if kind == "deliverable" and type(texts.get("deadline")) is str:
            yield from _another_time(draft, path, record, language, texts["deadline"])
        file = AGENCIES if kind == "agency" else PLAN
        for field, words, text in pairs(kind, record, texts):
            known = first.setdefault((language, words), text)
            if known != text:
                message = (
                    f"`{shown(words)}` is `{shown(known)}` in `{language}` before, and `{shown(text)}` here"
                )
                at = (*path, "also", language, field)
                yield Mistake(
                    "contradicted-text", at, message, "write the same text in both places", file=file
                )


def _another_time(draft: Draft, path: Steps, record: dict[str, Any], language: str, text: str) -> Mistakes:
    """Tell of a deadline that is read otherwise in another language; what cannot be read is not compared."""
    try:
        there = read(text, lang=reader_of(language), calendar=calendar(draft))
    except DeadlineError:
        return
    here = readings(draft).get(record.get("deadline") or "")
    if isinstance(here, Deadline) and (here.start, here.due) != (there.start, there.due):
        message = (
            f"in `{shown(language)}` the deadline is {_time(there)}, and in the plan's words {_time(here)}"
        )
        at = (*path, "also", language, "deadline")
        yield Mistake("contradicted-text", at, message, "compare both with the plan")


def _time(deadline: Deadline) -> str:
    return f"due {deadline.due}" if deadline.due else "without a last day"
