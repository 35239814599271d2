"""FU5xx: updates and their evidence."""

from collections.abc import Iterable, Iterator
from typing import Any

from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import (
    AGENCIES,
    PLAN,
    Found,
    agencies,
    entries,
    evidence,
    of_list,
    plan,
    updates,
)


def delivered_without_evidence(draft: Draft) -> Found:
    """Report `delivered` without evidence that bears on the deliverable.

    A later law does not prove that a proposal was submitted: that is a result, not the deliverable.

    Bad:
        status: delivered
        evidence:
          - url: https://example.org/law
            publisher: Official Gazette
            kind: act
            act: Law No. 12
            bears_on: result

    Good:
        status: delivered
        evidence:
          - url: https://example.org/law
            publisher: Official Gazette
            kind: act
            act: Law No. 12
            bears_on: deliverable
    """
    unclear = {mistake.path[:6] for mistake in draft.mistakes if "evidence" in mistake.path}
    for path, update in updates(draft):
        if update.get("status") != "delivered" or path in unclear:
            continue
        proofs = of_list(update.get("evidence"), ())
        if not any(record.get("bears_on") == "deliverable" for _, record in proofs):
            message = "`delivered` has no evidence that bears on the deliverable"
            hint = "add evidence with `bears_on: deliverable`, or leave the status out"
            yield Mistake("delivered-without-evidence", (*path, "status"), message, hint)


def updates_out_of_order(draft: Draft) -> Found:
    """Report updates that are not in the order of their dates, oldest first.

    Bad:
        - date: 2024-01-20
          status: in-progress
          note: The draft was published for discussion.
        - date: 2023-09-15
          note: The draft was discussed in parliament.

    Good:
        - date: 2023-01-20
          status: in-progress
          note: The draft was published for discussion.
        - date: 2023-09-15
          note: The draft was discussed in parliament.
    """
    before: dict[Steps, str] = {}
    for path, update in updates(draft):
        owner, day = path[:-1], update.get("date") or ""
        latest = before.get(owner, "")
        if day and day < latest:
            message = f"this update ({day}) is older than the one above it ({latest})"
            yield Mistake("updates-out-of-order", (*path, "date"), message, "sort updates oldest first")
        before[owner] = max(latest, day)


def act_without_number(draft: Draft) -> Found:
    """Report evidence of `kind: act` without the act's number under `act`.

    The number is how anyone finds the act when the address has gone.

    Bad:
        kind: act

    Good:
        kind: act
        act: Law No. 12
    """
    for path, record in evidence(draft):
        if record.get("kind") == "act" and not record.get("act"):
            hint = "add its number, such as `act: Law No. 110-VIII`"
            yield Mistake("act-without-number", (*path, "kind"), "an act needs its number", hint)


def address(draft: Draft) -> Found:
    """Report an address that is not http:// or https://.

    Bad:
        url: www.example.org/law

    Good:
        url: https://www.example.org/law
    """
    for file, path, text in _addresses(draft):
        if not _is_address(text):
            message = f"`{shown(text)}` is not an address that can be opened"
            hint = "copy it from the browser"
            if "://" not in text and _is_address(f"https://{text}"):
                hint = f"write `https://{shown(text)}`"
            yield Mistake("address", path, message, hint, file=file)


def _addresses(draft: Draft) -> Iterator[tuple[PlanFile, Steps, str]]:
    source = plan(draft).get("source")
    records: tuple[tuple[PlanFile, Iterable[tuple[Steps, dict[str, Any]]]], ...] = (
        (PLAN, [(("plan", "source"), source)] if type(source) is dict else []),
        (PLAN, evidence(draft)),
        (PLAN, entries(draft, "amendments")),
        (PLAN, entries(draft, "corrections")),
        (AGENCIES, _successors(draft)),
    )
    for file, pairs in records:
        for path, record in pairs:
            for name in ("url", "archive"):
                if record.get(name) is not None:
                    yield file, (*path, name), record[name]


def _successors(draft: Draft) -> Iterator[tuple[Steps, dict[str, Any]]]:
    for path, agency in agencies(draft):
        yield from of_list(agency.get("successors"), (*path, "successors"))


def _is_address(text: str) -> bool:
    scheme, separator, rest = text.partition("://")
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    plain = not any(letter.isspace() or letter in '<>"\\^`{|}' for letter in rest)
    return scheme.lower() in ("http", "https") and bool(separator) and "." in host.strip(".") and plain


def evidence_before_plan(draft: Draft) -> Found:
    """Warn of evidence that was published before the plan was adopted.

    It cannot show by itself that what the plan asks for was delivered; as `context` it may stand.

    Bad:
        bears_on: deliverable
        published: 2021-01-18

    Good:
        bears_on: deliverable
        published: 2023-01-18
    """
    adopted = plan(draft).get("adopted")
    for path, record in evidence(draft):
        published = record.get("published")
        if adopted and published and published < adopted and record.get("bears_on") != "context":
            message = f"this evidence ({published}) is older than the plan ({adopted})"
            yield Mistake("evidence-before-plan", (*path, "published"), message, "use `bears_on: context`")


def update_before_plan(draft: Draft) -> Found:
    """Warn of an update dated before the plan was adopted.

    Bad:
        - date: 2002-06-30

    Good:
        - date: 2022-06-30
    """
    adopted = plan(draft).get("adopted")
    for path, update in updates(draft):
        day = update.get("date")
        if adopted and day and day < adopted:
            message = f"this update ({day}) is older than the plan ({adopted})"
            yield Mistake("update-before-plan", (*path, "date"), message, "check the year")


def empty_update(draft: Draft) -> Found:
    """Warn of an update that says nothing.

    It has a date, but neither a status, nor a note, nor evidence.

    Bad:
        - date: 2023-09-15

    Good:
        - date: 2023-09-15
          note: The draft was discussed in parliament.
    """
    unclear = {mistake.path[:6] for mistake in draft.mistakes}
    for path, update in updates(draft):
        if not (update.keys() - {"date"}) and path not in unclear:
            message, hint = "this update says nothing", "add a `status`, a `note` or `evidence`"
            yield Mistake("empty-update", (*path, "date"), message, hint)
