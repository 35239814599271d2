"""FU5xx: updates; what backs them is in `evidence`."""

from collections.abc import Iterator
from typing import Any

from followup_cli.deadlines import Deadline, periods
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import days_of, meaning_of, shown
from followup_cli.rules.pairs import problems_within
from followup_cli.rules.walks import (
    DELIVERABLES,
    EVIDENCE,
    PLAN,
    UPDATES,
    Mistakes,
    before_plan,
    calendar,
    of_list,
    out_of_order,
    plan,
    readings,
    walk,
)


def updates_out_of_order(draft: Draft) -> Mistakes:
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
    for path, day, latest in out_of_order(draft, *UPDATES):
        message = f"this update ({day}) is older than the one above it ({latest})"
        if day >= latest:
            message = f"this update ({day}) stands above older ones"
        yield Mistake("updates-out-of-order", (*path, "date"), message, "sort updates oldest first")


def update_before_plan(draft: Draft) -> Mistakes:
    """Warn of an update dated before the plan was adopted.

    What its note says may explain it; most often the year is mistyped.

    Bad:
        - date: 2002-06-30

    Good:
        - date: 2022-06-30
    """
    for path, update, day in before_plan(draft, "date", *UPDATES):
        if update.get("note"):
            message = f"this update ({update['date']}) is older than the plan ({day})"
            yield Mistake("update-before-plan", (*path, "date"), message, "check the year")


def empty_update(draft: Draft) -> Mistakes:
    """Warn of an update that says nothing.

    It has a date, but neither a status, nor a note, nor evidence.

    Bad:
        - date: 2023-09-15

    Good:
        - date: 2023-09-15
          note: The draft was discussed in parliament.
    """
    unclear = {mistake.path[:6] for mistake in draft.mistakes}
    for path, update in walk(draft, *UPDATES):
        if not (update.keys() - {"date", "for"}) and path not in unclear:
            if problems_within(draft, PLAN, path):
                continue
            message, hint = "this update says nothing", "add a `status`, a `note` or `evidence`"
            yield Mistake("empty-update", (*path, "date"), message, hint)


def said_twice(draft: Draft) -> Mistakes:
    """Report an update that stands twice under a deliverable, or evidence that stands twice under an update.

    It was pasted twice, or came in with two branches. Two updates of one day are two where their status or
    note differ, two pieces of evidence where their address or quote does. One that is retracted counts for none.

    Bad:
        - url: https://example.org/law
          publisher: Official Gazette
          kind: act
          act: Law No. 12
          bears_on: deliverable
          published: 2023-01-18
          accessed: 2024-02-02
        - url: https://example.org/law
          publisher: Official Gazette
          kind: act
          act: Law No. 12
          bears_on: deliverable
          published: 2023-01-18
          accessed: 2024-02-02

    Good:
        - url: https://example.org/law
          publisher: Official Gazette
          kind: act
          act: Law No. 12
          bears_on: deliverable
          published: 2023-01-18
          accessed: 2024-02-02
    """
    for steps, name, first_key in ((UPDATES, "update", "date"), (EVIDENCE, "piece of evidence", "url")):
        first: dict[tuple[Steps, str], Steps] = {}
        for path, record in walk(draft, *steps):
            if first_key not in record or "retracted" in record:
                continue
            same = first.setdefault((path[:-1], _gist(record)), path)
            if same != path:
                line = draft.place(PLAN, same).line
                message = f"this {name} stands twice; the first is on line {line}"
                yield Mistake("said-twice", (*path, first_key), message, "keep one of the two")


def _gist(record: dict[str, Any]) -> str:
    """Give what makes an update or a piece of evidence another one."""
    if "url" in record:
        return repr((record["url"].rstrip("/"), record.get("quote")))
    says = [record.get(key) for key in ("date", "for", "status", "reported_as", "note")]
    return repr(says if any(says[2:]) else (says, record.get("evidence")))


def unexplained_early_update(draft: Draft) -> Mistakes:
    """Report an update dated before the plan was adopted, with no note that says why.

    Where work had begun before the plan, a `note` says what was done.

    Bad:
        - date: 2002-06-30
          status: in-progress

    Good:
        - date: 2022-06-30
          note: A working group was set up.
    """
    for path, update, day in before_plan(draft, "date", *UPDATES):
        if not update.get("note"):
            message = f"this update ({update['date']}) is older than the plan ({day}), and no note says why"
            hint = "check the year, or say in a `note` what was done before the plan"
            yield Mistake("unexplained-early-update", (*path, "date"), message, hint)


def _labels(draft: Draft, deadline: Deadline) -> tuple[str, ...]:
    """Name the periods of what recurs; none where it has no beginning, or no end."""
    settled = calendar(draft)
    if deadline.recurrence is None or deadline.due is None or (deadline.start or settled.adopted) is None:
        return ()
    return tuple(each.label for each in periods(deadline, calendar=settled, until=deadline.due))


def period_of_update(draft: Draft) -> Mistakes:
    """Report a status of a recurring deliverable that does not say for which period it holds, or a period of one that does not recur.

    What is due every year is delivered year by year: `for: 2023`, `for: 2023-Q1`, `for: 2023-03`.

    Bad:
        - date: 2023-01-20
          for: 2022
          status: in-progress
          note: The draft was published for discussion.

    Good:
        - date: 2023-01-20
          status: in-progress
          note: The draft was published for discussion.
    """
    if draft.is_format_1:
        return
    for path, deliverable in walk(draft, *DELIVERABLES):
        reading = readings(draft).get(deliverable.get("deadline") or "")
        if deliverable.get("updates") and isinstance(reading, Deadline):
            labels = _labels(draft, reading)
            for where, update in of_list(deliverable["updates"], (*path, "updates")):
                yield from _of_period(reading, labels, where, update, _status_key(draft, update))


def _of_period(
    reading: Deadline, labels: tuple[str, ...], where: Steps, update: dict[str, Any], status: str | None
) -> Iterator[Mistake]:
    """Tell what is wrong with the period of an update, if the deadline recurs, or that it has one.

    Args:
        reading: the deadline.
        labels: its periods.
        where: the update's path.
        update: the update.
        status: the key that says its status, if it says one.
    """
    period, recurs = update.get("for"), bool(reading.recurrence)
    if recurs and status and not {"for", "retracted"} & update.keys():
        message = "this deliverable recurs, and the status does not say for which period"
        hint = "add the period, such as `for: 2023`"
        yield Mistake("period-of-update", (*where, status), message, hint)
    elif period and labels and str(period) not in labels:
        message = f"`{shown(period)}` is no period of this deliverable"
        hint = f"write one as {', '.join(f'`{label}`' for label in labels[:3])}"
        yield Mistake("period-of-update", (*where, "for"), message, hint)
    elif period and not recurs:
        message = f"this deliverable does not recur: `{shown(reading.text)}` is due once"
        yield Mistake("period-of-update", (*where, "for"), message, "delete `for`", key=True)


def _meanings(draft: Draft) -> dict[str, Any]:
    """Give what the plan's own words of status mean."""
    statuses = plan(draft).get("statuses")
    return statuses if type(statuses) is dict else {}


def _status_key(draft: Draft, update: dict[str, Any]) -> str | None:
    """Name the key by which an update says a status: its own, or the report's word that the plan explains."""
    if update.get("status"):
        return "status"
    return "reported_as" if meaning_of(_meanings(draft), update.get("reported_as")) else None


def contradicted_status(draft: Draft) -> Mistakes:
    """Report a `status` that is another than the report's own word means.

    What the words of the plan's reports mean, `plan.statuses` says. One of the two is mistaken.

    Bad:
        - {date: 2023-05-04, status: on-hold, reported_as: Under way}

    Good:
        - {date: 2023-05-04, status: in-progress, reported_as: Under way}
    """
    meanings = _meanings(draft)
    for path, update in walk(draft, *UPDATES):
        status, word = update.get("status"), str(update.get("reported_as"))
        meaning = meaning_of(meanings, word)
        if status and meaning and status != meaning and "retracted" not in update:
            message = f"the status is `{status}`, and `{shown(word)}` means `{meaning}` in `plan.statuses`"
            hint = f"write `status: {meaning}`, or correct `reported_as`"
            yield Mistake("contradicted-status", (*path, "status"), message, hint)


def early_retraction(draft: Draft) -> Mistakes:
    """Report an update that was retracted before the day that it tells of.

    One of the two days is mistyped.

    Bad:
        - date: 2024-03-01
          note: The law came into force.
          retracted: {date: 2024-02-20, note: It did so only in part.}

    Good:
        - date: 2024-03-01
          note: The law came into force.
          retracted: {date: 2024-04-20, note: It did so only in part.}
    """
    for path, update in walk(draft, *UPDATES):
        retracted = update.get("retracted")
        day = retracted.get("date") if type(retracted) is dict else None
        if day and update.get("date") and day < days_of(update["date"])[0]:
            message = f"this update ({update['date']}) was retracted ({day}) before the day that it tells of"
            yield Mistake("early-retraction", (*path, "retracted", "date"), message, "check both days")


def undone_delivery(draft: Draft) -> Mistakes:
    """Warn of a status that takes a delivery back.

    The latest status counts: what was delivered, with its evidence, would not be any more. An update that was wrong is
    retracted, and one that only adds a fact needs no status. What recurs is delivered period by period.

    Bad:
        - date: 2024-03-01
          status: in-progress
          note: The law came into force.

    Good:
        - date: 2024-03-01
          note: The law came into force.
          retracted: {date: 2024-04-20, note: It did so only in part.}
    """
    for path, deliverable in walk(draft, *DELIVERABLES):
        delivered: dict[str, str] = {}
        for where, update in of_list(deliverable.get("updates"), (*path, "updates")):
            period, key = str(update.get("for")), _status_key(draft, update)
            if key is None or "retracted" in update:
                continue
            if update.get("status") == "delivered":
                delivered[period] = str(update.get("date"))
            elif period in delivered:
                message = f"this takes back what was delivered on {delivered[period]}"
                hint = f"leave `{key}` out, or say in `retracted` of that update what was wrong with it"
                yield Mistake("undone-delivery", (*where, key), message, hint)
