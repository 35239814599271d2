"""FU5xx: the evidence of updates, and addresses."""

from collections.abc import Iterator
from typing import Any

from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import days_of, shown
from followup_cli.rules.pairs import problems_within
from followup_cli.rules.walks import (
    AGENCIES,
    EVIDENCE,
    PLAN,
    UPDATES,
    Mistakes,
    before_plan,
    entries,
    walk,
)


def delivered_without_evidence(draft: Draft) -> Mistakes:
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
    for path, update in walk(draft, *UPDATES):
        if update.get("status") != "delivered" or path in unclear or "retracted" in update:
            continue
        proofs = [record for record in update.get("evidence") or () if type(record) is dict]
        if not any(record.get("bears_on") == "deliverable" for record in proofs):
            if problems_within(draft, PLAN, path):
                continue  # it may be in what cannot be read
            message = "`delivered` has no evidence that bears on the deliverable"
            hint = "add evidence with `bears_on: deliverable`, or leave the status out"
            yield Mistake("delivered-without-evidence", (*path, "status"), message, hint)


def act_without_number(draft: Draft) -> Mistakes:
    """Report evidence of `kind: act` without the act's number under `act`.

    The number is how anyone finds the act when the address has gone.

    Bad:
        kind: act

    Good:
        kind: act
        act: Law No. 12
    """
    for path, record in walk(draft, *EVIDENCE):
        if record.get("kind") == "act" and not record.get("act"):
            hint = "add its number, such as `act: Law No. 110-VIII`"
            yield Mistake("act-without-number", (*path, "kind"), "an act needs its number", hint)


def address(draft: Draft) -> Mistakes:
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
                hint = f"write `https://{text}`" if shown(text) == text else "write `https://` before it"
            yield Mistake("address", path, message, hint, file=file)


def _addresses(draft: Draft) -> Iterator[tuple[PlanFile, Steps, str]]:
    for file, records in (
        (PLAN, walk(draft, "plan", "source")),
        (PLAN, walk(draft, *EVIDENCE)),
        (PLAN, entries(draft, "amendments")),
        (PLAN, entries(draft, "corrections")),
        (AGENCIES, walk(draft, "agencies", "*", "successors", "*")),
    ):
        for path, record in records:
            for name in ("url", "archive"):
                if record.get(name) is not None:
                    yield file, (*path, name), record[name]


def _is_address(text: str) -> bool:
    scheme, separator, rest = text.partition("://")
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    plain = not any(letter.isspace() or letter in '<>"\\^`{|}…' for letter in rest)
    is_host = "." in host.strip(".") and "@" not in host
    return scheme.lower() in ("http", "https") and bool(separator) and is_host and plain


def evidence_before_plan(draft: Draft) -> Mistakes:
    """Warn of evidence that was published before the plan was adopted.

    It cannot show by itself that what the plan asks for was delivered; as `context` it may stand.

    Bad:
        bears_on: deliverable
        published: 2021-01-18

    Good:
        bears_on: deliverable
        published: 2023-01-18
    """
    for path, record, day in before_plan(draft, "published", *EVIDENCE):
        if record.get("bears_on") != "context":
            message = f"this evidence ({record['published']}) is older than the plan ({day})"
            yield Mistake("evidence-before-plan", (*path, "published"), message, "use `bears_on: context`")


def read_too_early(draft: Draft) -> Mistakes:
    """Report evidence that was read before it was published, or before the day of what it shows.

    One of the two days is mistyped.

    Bad:
        published: 2024-03-18
        accessed: 2024-02-02

    Good:
        published: 2023-01-18
        accessed: 2024-02-02
    """
    for path, update in walk(draft, *UPDATES):
        date, read = update.get("date") or "", _days_read(path, update)
        first = days_of(date)[0] if date else ""
        if read and all(accessed < first for _, accessed, _ in read):
            # It is the day of the update that all of them contradict.
            latest = max(accessed for _, accessed, _ in read)
            message = f"this update ({date}) is dated after its evidence was read ({latest})"
            yield Mistake("read-too-early", (*path, "date"), message, "check both days")
            continue
        for where, accessed, published in read:
            if accessed < max(first, published):
                event = f"published ({published})" if accessed < published else f"to show this ({date})"
                message = f"this evidence was read ({accessed}) before it was {event}"
                yield Mistake("read-too-early", where, message, "check both days")


def _days_read(path: Steps, update: dict[str, Any]) -> list[tuple[Steps, str, str]]:
    """List where and when the evidence of an update was read, and when it was published."""
    return [
        ((*path, "evidence", index, "accessed"), record["accessed"], record.get("published") or "")
        for index, record in enumerate(update.get("evidence") or ())
        if type(record) is dict and record.get("accessed")
    ]
