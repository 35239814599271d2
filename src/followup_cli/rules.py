"""The checks: each rule is one generator, and its docstring is its manual.

A rule sees a Draft and yields what it finds; code, name and severity come from the list `RULES` at the
end. No rule reads the clock, and none stumbles over what another has already reported.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from followup_cli.dataset import Draft, Mistake
from followup_cli.deadlines import DeadlineError, read
from followup_cli.findings import Finding, Severity, in_order
from followup_cli.models import Files, shown
from followup_cli.source import Problem, Steps
from followup_cli.suggestions import fold, foreign_letters, nearest

Found = Iterator[Mistake | tuple[Files, Problem]]
PLAN, BODIES = Files.ACTIVITIES, Files.AGENCIES


# -- what rules look at ------------------------------------------------------------------------------


def _records(container: Any, path: Steps) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Go through the mappings of a list, each with its path."""
    for index, record in enumerate(container or ()):
        if type(record) is dict:
            yield (*path, index), record


def _activities(draft: Draft) -> Iterator[tuple[Steps, dict[str, Any]]]:
    return _records(draft.raw[PLAN].get("activities"), ("activities",))


def _deliverables(draft: Draft) -> Iterator[tuple[Steps, dict[str, Any]]]:
    for path, activity in _activities(draft):
        yield from _records(activity.get("deliverables"), (*path, "deliverables"))


def _updates(draft: Draft) -> Iterator[tuple[Steps, dict[str, Any]]]:
    for path, deliverable in _deliverables(draft):
        if "updates" in deliverable:
            yield from _records(deliverable["updates"], (*path, "updates"))


def _evidence(draft: Draft) -> Iterator[tuple[Steps, dict[str, Any]]]:
    for path, update in _updates(draft):
        if "evidence" in update:
            yield from _records(update["evidence"], (*path, "evidence"))


def _assignments(draft: Draft) -> Iterator[tuple[Steps, int, str, str]]:
    """Go through all assignments: path of the activity's list, index, code, text."""
    for path, activity in _activities(draft):
        for index, text in enumerate(activity.get("agencies") or ()):
            if text is not None:
                yield (*path, "agencies"), index, text.partition(" ")[0], text


def _plan(draft: Draft) -> dict[str, Any]:
    plan = draft.raw[PLAN].get("plan")
    return plan if type(plan) is dict else {}


def _adopted(draft: Draft) -> date | None:
    text = _plan(draft).get("adopted")
    return date.fromisoformat(text) if text else None


def _agencies(draft: Draft) -> dict[str, str]:
    """Give the name of each code; empty if the agencies' file could not be read."""
    records = _records(draft.raw[BODIES].get("agencies"), ("agencies",))
    return {agency["code"]: agency.get("name") or "" for _, agency in records if agency.get("code")}


def _sections(draft: Draft) -> dict[str, str]:
    records = _records(draft.raw[PLAN].get("sections"), ("sections",))
    return {section["id"]: section.get("title") or "" for _, section in records if section.get("id")}


# -- FU1xx: the text ---------------------------------------------------------------------------------


def unreadable_file(draft: Draft) -> Found:
    """Report a file that cannot be read at all.

    A dataset is a folder with `activities.yaml` and `agencies.yaml`: regular files of at most 64 MiB.
    """
    return draft.text_problems("unreadable-file")


def encoding(draft: Draft) -> Found:
    """Report bytes that are not UTF-8.

    Other encodings turn Cyrillic and dashes into noise on the next machine.
    """
    return draft.text_problems("encoding")


def syntax(draft: Draft) -> Found:
    """Report text that is not YAML.

    Usually a `: ` inside a text without quotes, a quote that is not closed, a tab, or a line whose
    indentation differs from its neighbours'. The rest of the file is checked once it can be read.
    """
    return draft.text_problems("syntax")


def invisible_character(draft: Draft) -> Found:
    """Report control, bidirectional and other invisible characters.

    They make a text read otherwise than it is written, and shift line numbers in some editors.
    """
    return draft.text_problems("invisible-character")


def duplicate_key(draft: Draft) -> Found:
    """Report a key that is given twice in one record.

    YAML readers silently keep the last of the two; here nobody has to know which one counts.
    """
    return draft.text_problems("duplicate-key")


def alias(draft: Draft) -> Found:
    """Report YAML anchors (`&name`) and aliases (`*name`).

    The text is the truth: a value stands where it is read.
    """
    return draft.text_problems("alias")


def tag(draft: Draft) -> Found:
    """Report YAML tags (`!!int`): every value is text, and the format gives it its type."""
    return draft.text_problems("tag")


def second_document(draft: Draft) -> Found:
    """Report a second YAML document in one file: nothing after it would be read."""
    return draft.text_problems("second-document")


def key(draft: Draft) -> Found:
    """Report a key that is not a plain word."""
    return draft.text_problems("key")


def too_large(draft: Draft) -> Found:
    """Report a text or a nesting far beyond what a plan can need."""
    return draft.text_problems("too-large")


# -- FU2xx: the shape --------------------------------------------------------------------------------


def _shape(draft: Draft, rule: str) -> Found:
    return (mistake for mistake in draft.mistakes if mistake.rule == rule)


def unknown_key(draft: Draft) -> Found:
    """Report a key that the format does not know.

    A misspelt key is read as the one that was meant, so that the rest of the record is still checked.
    """
    return _shape(draft, "unknown-key")


def missing_key(draft: Draft) -> Found:
    """Report a key that a record must have."""
    return _shape(draft, "missing-key")


def wrong_value(draft: Draft) -> Found:
    """Report a value of the wrong sort: a list in place of a text, a day that does not exist, a blank."""
    return _shape(draft, "wrong-value")


def unknown_word(draft: Draft) -> Found:
    """Report a word outside a closed vocabulary, such as a misspelt status."""
    return _shape(draft, "unknown-word")


def format_version(draft: Draft) -> Found:
    """Report a dataset in a version of the format that this program does not read."""
    version = draft.raw[PLAN].get("schema")
    if version is not None and version != "1":
        message = f"the format's version `{shown(version)}` is not known"
        yield Mistake("format-version", PLAN, ("schema",), message, "write `schema: 1`, or update `followup`")


def unexpected_count(draft: Draft) -> Found:
    """Report counts that differ from those the plan itself states under `plan.expect`.

    A dropped line in a long file is easily missed; the plan's own count is the cheapest check there is.
    """
    expected = _plan(draft).get("expect")
    if type(expected) is not dict or draft.documents[PLAN].problems:
        return
    counted = {
        "activities": len(draft.raw[PLAN].get("activities") or ()),
        "sections": len(draft.raw[PLAN].get("sections") or ()),
        "deliverables": sum(1 for _ in _deliverables(draft)),
    }
    for name, text in expected.items():
        if name in counted and text is not None and counted[name] != int(text):
            message = f"the plan states {text} {name}, the dataset has {counted[name]}"
            hint = f"compare the {name} with the plan, or correct the count"
            yield Mistake("unexpected-count", PLAN, ("plan", "expect", name), message, hint)


# -- FU3xx: references -------------------------------------------------------------------------------


def unknown_agency(draft: Draft) -> Found:
    """Report an agency that `agencies.yaml` does not list.

    Swapped letters, names in place of codes and letters of another alphabet are recognised.
    """
    known = _agencies(draft)
    if not known:
        return
    for path, index, code, _ in _assignments(draft):
        if code not in known:
            message, hint = _unknown(code, known, "agency")
            yield Mistake("unknown-agency", PLAN, (*path, index), message, hint, span=(0, len(code)))


def unknown_section(draft: Draft) -> Found:
    """Report an activity in a section that the plan does not have."""
    known = _sections(draft)
    if not known:
        return
    for path, activity in _activities(draft):
        section = activity.get("section")
        if section is not None and section not in known:
            message, hint = _unknown(section, known, "section")
            yield Mistake("unknown-section", PLAN, (*path, "section"), message, hint)


def _unknown(word: str, known: dict[str, str], what: str) -> tuple[str, str]:
    """Say that a word is not known, what was meant, and why it may look right."""
    looks_like = next((name for name in known if fold(name) == fold(word)), None)
    meant = looks_like or nearest(word, known)
    letters = foreign_letters(word) if looks_like else []
    if meant and letters:
        index, letter = letters[0]
        place = "first" if index == 0 else f"{index + 1}th" if index > 2 else ("second", "third")[index - 1]
        alphabet = "Cyrillic" if "\u0400" <= letter <= "\u04ff" else "not Latin"
        message = (
            f"unknown {what} `{shown(word)}`: the {place} letter is {alphabet} {letter} (U+{ord(letter):04X})"
        )
        return message, f"write `{meant}` with Latin letters"
    message = f"unknown {what} `{shown(word)}`"
    if meant:
        name = f" ({known[meant]})" if known[meant] else ""
        return f"{message}; did you mean `{meant}`{name}?", f"write `{meant}`"
    hint = f"the {what} codes are {', '.join(known)}" if len(known) <= 12 else f"add it to the {what} list"
    return message, hint


def duplicate_id(draft: Draft) -> Found:
    """Report a number, section or code that two records share, or a name that means two bodies."""
    for file, records, name in (
        (PLAN, _activities(draft), "id"),
        (PLAN, _records(draft.raw[PLAN].get("sections"), ("sections",)), "id"),
        (BODIES, _records(draft.raw[BODIES].get("agencies"), ("agencies",)), "code"),
    ):
        seen: dict[str, Steps] = {}
        for path, record in records:
            value = record.get(name)
            if value is None:
                continue
            if value in seen:
                line = draft.documents[file].place(seen[value]).line
                message = f"`{name}: {shown(value)}` is given twice; the first is on line {line}"
                yield Mistake("duplicate-id", file, (*path, name), message, "give each its own")
            else:
                seen[value] = (*path, name)


def agency_twice(draft: Draft) -> Found:
    """Report an agency that one activity names twice."""
    for path, activity in _activities(draft):
        codes = [text.partition(" ")[0] for text in activity.get("agencies") or () if text]
        if len(set(codes)) == len(codes):
            continue
        seen: set[str] = set()
        for index, text in enumerate(activity["agencies"]):
            code = (text or "").partition(" ")[0]
            if code and code in seen:
                message = f"the agency `{shown(code)}` stands twice in this activity"
                steps = (*path, "agencies", index)
                yield Mistake(
                    "agency-twice", PLAN, steps, message, "keep one of the two", span=(0, len(code))
                )
            seen.add(code)


def unknown_mark(draft: Draft) -> Found:
    """Report an assignment that is neither `CODE` nor `CODE (as agreed)`.

    The mark says that a body takes part by consent; any other spelling would silently make it a lead.
    """
    return _shape(draft, "unknown-mark")


def unused_agency(draft: Draft) -> Found:
    """Warn of an agency that no activity names."""
    used = {code for _, _, code, _ in _assignments(draft)}
    if not used:
        return
    for path, agency in _records(draft.raw[BODIES].get("agencies"), ("agencies",)):
        code = agency.get("code")
        if code and code not in used:
            message, hint = f"no activity names `{shown(code)}`", "delete it, or check the activities' lists"
            yield Mistake("unused-agency", BODIES, (*path, "code"), message, hint)


# -- FU4xx: deadlines --------------------------------------------------------------------------------


def _deadline_errors(draft: Draft) -> Iterator[tuple[Steps, str, DeadlineError]]:
    language, adopted = _plan(draft).get("language") or "en", _adopted(draft)
    for path, deliverable in _deliverables(draft):
        text = deliverable.get("deadline")
        if text is not None:
            try:
                read(text, lang=language, adopted=adopted)
            except DeadlineError as error:
                yield (*path, "deadline"), text, error


def unreadable_deadline(draft: Draft) -> Found:
    """Report a deadline that no rule can read.

    The reader is strict: a wrong date in a follow-up report is worse than a question to the editor.
    """
    for path, _, error in _deadline_errors(draft):
        if error.reason != "reversed":
            yield _deadline_mistake("unreadable-deadline", path, error)


def reversed_deadline(draft: Draft) -> Found:
    """Report a deadline that ends before it begins, such as "2025-2022"."""
    for path, _, error in _deadline_errors(draft):
        if error.reason == "reversed":
            yield _deadline_mistake("reversed-deadline", path, error)


def _deadline_mistake(rule: str, path: Steps, error: DeadlineError) -> Mistake:
    hint = (
        f"did you mean `{error.suggestion}`?"
        if error.suggestion
        else "see `followup deadline -h` for what can be read"
    )
    return Mistake(
        rule,
        PLAN,
        path,
        f"deadline `{shown(error.text)}`: {error.message}",
        hint,
        span=(error.start, error.end),
    )


def deadline_before_adoption(draft: Draft) -> Found:
    """Warn of a deadline that was past when the plan was adopted."""
    language, adopted = _plan(draft).get("language") or "en", _adopted(draft)
    if adopted is None:
        return
    for path, deliverable in _deliverables(draft):
        text = deliverable.get("deadline")
        if text is None:
            continue
        try:
            due = read(text, lang=language, adopted=adopted).due
        except DeadlineError:
            continue
        if due is not None and due < adopted:
            message = f"the deadline `{shown(text)}` ({due}) is before the plan's adoption ({adopted})"
            yield Mistake("deadline-before-adoption", PLAN, (*path, "deadline"), message, "check the year")


# -- FU5xx: updates and evidence ---------------------------------------------------------------------


def delivered_without_evidence(draft: Draft) -> Found:
    """Report `delivered` without evidence that bears on the deliverable.

    A later law does not prove that a proposal was submitted: that is a result, not the deliverable.
    """
    for path, update in _updates(draft):
        if update.get("status") == "delivered" and not any(
            record.get("bears_on") == "deliverable" for _, record in _records(update.get("evidence"), ())
        ):
            message = "`delivered` has no evidence that bears on the deliverable"
            hint = "add evidence with `bears_on: deliverable`, or leave the status out"
            yield Mistake("delivered-without-evidence", PLAN, (*path, "status"), message, hint)


def updates_out_of_order(draft: Draft) -> Found:
    """Report updates that are not in the order of their dates, oldest first."""
    for path, deliverable in _deliverables(draft):
        before = ""
        for steps, update in _records(deliverable.get("updates"), (*path, "updates")):
            day = update.get("date") or before
            if day < before:
                message = f"this update ({day}) is older than the one above it ({before})"
                yield Mistake(
                    "updates-out-of-order", PLAN, (*steps, "date"), message, "sort updates oldest first"
                )
            before = max(before, day)


def act_without_number(draft: Draft) -> Found:
    """Report evidence of `kind: act` without the act's number under `act`."""
    for path, evidence in _evidence(draft):
        if evidence.get("kind") == "act" and not evidence.get("act"):
            hint = "add its number, such as `act: Law No. 110-VIII`"
            yield Mistake("act-without-number", PLAN, (*path, "kind"), "an act needs its number", hint)


def address(draft: Draft) -> Found:
    """Report an address that is not http:// or https://."""
    places: Iterable[tuple[Steps, dict[str, Any]]] = (
        *_evidence(draft),
        *(((("plan", "source")), s) for s in [_plan(draft).get("source")] if type(s) is dict),
    )
    for path, record in places:
        for name in ("url", "archive"):
            text = record.get(name)
            if text is not None and not _is_address(text):
                message = f"`{shown(text)}` is not an address that can be opened"
                hint = (
                    f"write `https://{shown(text)}`"
                    if _is_address(f"https://{text}")
                    else "copy it from the browser"
                )
                yield Mistake("address", PLAN, (*path, name), message, hint)


def _is_address(text: str) -> bool:
    scheme, separator, rest = text.partition("://")
    host = rest.partition("/")[0].partition("?")[0]
    plain = not any(letter.isspace() or letter in '<>"\\^`{|}' for letter in rest)
    return scheme.lower() in ("http", "https") and bool(separator) and "." in host.strip(".") and plain


def evidence_before_plan(draft: Draft) -> Found:
    """Warn of evidence that was published before the plan was adopted.

    It cannot show by itself that what the plan asks for was delivered; as context it may stand.
    """
    adopted = _plan(draft).get("adopted")
    for path, evidence in _evidence(draft):
        published = evidence.get("published")
        if adopted and published and published < adopted and evidence.get("bears_on") != "context":
            message = f"this evidence ({published}) is older than the plan ({adopted})"
            yield Mistake(
                "evidence-before-plan", PLAN, (*path, "published"), message, "use `bears_on: context`"
            )


def update_before_plan(draft: Draft) -> Found:
    """Warn of an update dated before the plan was adopted."""
    adopted = _plan(draft).get("adopted")
    for path, update in _updates(draft):
        day = update.get("date")
        if adopted and day and day < adopted:
            message = f"this update ({day}) is older than the plan ({adopted})"
            yield Mistake("update-before-plan", PLAN, (*path, "date"), message, "check the year")


# -- the list ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its stable code; codes never change meaning and are never used again."""

    code: str
    name: str
    check: Callable[[Draft], Found]
    severity: Severity = Severity.ERROR

    @property
    def manual(self) -> str:
        """Give the manual: the check's docstring."""
        return self.check.__doc__ or ""


_WARNING = Severity.WARNING
RULES: tuple[Rule, ...] = (
    Rule("FU101", "unreadable-file", unreadable_file),
    Rule("FU102", "encoding", encoding),
    Rule("FU103", "syntax", syntax),
    Rule("FU104", "invisible-character", invisible_character),
    Rule("FU105", "duplicate-key", duplicate_key),
    Rule("FU106", "alias", alias),
    Rule("FU107", "tag", tag),
    Rule("FU108", "second-document", second_document),
    Rule("FU109", "key", key),
    Rule("FU110", "too-large", too_large),
    Rule("FU201", "unknown-key", unknown_key),
    Rule("FU202", "missing-key", missing_key),
    Rule("FU203", "wrong-value", wrong_value),
    Rule("FU204", "unknown-word", unknown_word),
    Rule("FU205", "format-version", format_version),
    Rule("FU206", "unexpected-count", unexpected_count),
    Rule("FU301", "unknown-agency", unknown_agency),
    Rule("FU302", "unknown-section", unknown_section),
    Rule("FU303", "duplicate-id", duplicate_id),
    Rule("FU304", "agency-twice", agency_twice),
    Rule("FU305", "unused-agency", unused_agency, _WARNING),
    Rule("FU306", "unknown-mark", unknown_mark),
    Rule("FU401", "unreadable-deadline", unreadable_deadline),
    Rule("FU402", "reversed-deadline", reversed_deadline),
    Rule("FU403", "deadline-before-adoption", deadline_before_adoption, _WARNING),
    Rule("FU501", "delivered-without-evidence", delivered_without_evidence),
    Rule("FU502", "updates-out-of-order", updates_out_of_order),
    Rule("FU503", "act-without-number", act_without_number),
    Rule("FU504", "address", address),
    Rule("FU505", "evidence-before-plan", evidence_before_plan, _WARNING),
    Rule("FU506", "update-before-plan", update_before_plan, _WARNING),
)


def check(draft: Draft, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Run rules over a draft and give all they find, in the order of the text."""
    findings = []
    for rule in rules:
        for found in rule.check(draft):
            if isinstance(found, Mistake):
                file, place = found.file, draft.place(found)
                message, hint = found.message, found.hint
            else:
                file, problem = found
                place, message, hint = problem.place, problem.message, problem.hint
            name = draft.documents[file].file
            findings.append(Finding(rule.code, rule.name, rule.severity, name, place, message, hint))
    return in_order(findings)
