"""iCalendar: an all-day event on each due date, with an identifier that never changes."""

import re
from datetime import UTC, date, datetime, time, timedelta

from followup_cli.deadlines import Deadline, occurrences, read
from followup_cli.formats.characters import fit, one_line, web_address
from followup_cli.formats.files import Files
from followup_cli.store.progress import Standing
from followup_cli.store.register import Facts
from followup_cli.store.relations import Subject

# A recurrence without an end shows this many years of the plan.
_YEARS = 10


def ics(subject: Subject) -> Files:
    """Write a calendar; to import it again changes its events and adds none twice.

    An event lies on the due date. The window that the deadline opens is in its description: an event of
    three years would hide all others.
    """
    import icalendar as ical

    plan = subject.dataset.plan
    calendar = ical.Calendar()
    calendar.add("prodid", f"-//followup//{_name(plan.id)}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", one_line(plan.title))
    calendar.add("x-wr-caldesc", one_line(f"Due dates of {plan.title} ({plan.act}), as of {subject.as_of}"))
    url = web_address(plan.source.url) if plan.source else None
    if url:
        calendar.add("url", url)
    stamp = datetime.combine(subject.last_change, time(), UTC)
    for standing in subject.standings:
        facts = standing.facts
        deadline = read(facts.deadline, lang=plan.language.value, adopted=plan.adopted)
        day = _day(deadline, plan.adopted)
        if day is None:
            continue
        event = ical.Event()
        event.add("uid", f"{facts.id}@{_name(plan.id)}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        if deadline.recurrence:
            event.add("rrule", ical.vRecur.from_ical(_rule(deadline, plan.adopted)))
        event.add("summary", one_line(f"{facts.id} {facts.title}: {facts.outcome}"))
        event.add("description", fit(_description(subject, standing)))
        event.add("categories", [one_line(subject.dataset.section_by_id[facts.section].title)])
        event.add("sequence", len([day for day, _ in facts.reports if day <= subject.as_of]))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return {"": calendar.to_ical()}


def _day(deadline: Deadline, adopted: date) -> date | None:
    """Tell the day of the event: the due date, or the first time of what recurs."""
    if deadline.recurrence is None:
        return deadline.due
    days = occurrences(deadline, adopted=adopted, until=_last(deadline, adopted))
    return days[0] if days else deadline.due


def _rule(deadline: Deadline, adopted: date) -> str:
    return f"{deadline.recurrence};UNTIL={_last(deadline, adopted):%Y%m%d}"


def _last(deadline: Deadline, adopted: date) -> date:
    first = max(deadline.start or adopted, adopted)
    return deadline.due or date(first.year + _YEARS, 12, 31)


def _description(subject: Subject, standing: Standing) -> str:
    facts = standing.facts
    lines = [
        one_line(facts.title),
        f"Outcome: {one_line(facts.outcome)}",
        f"Deadline: {one_line(facts.deadline)}{_window(facts)}",
        f"In charge: {', '.join(facts.lead) or 'no body is named'}",
    ]
    if facts.as_agreed:
        lines.append(f"As agreed: {', '.join(facts.as_agreed)}")
    if facts.others:
        lines.append(f"And: {one_line(facts.others)}")
    lines.append(f"State as of {subject.as_of}: {standing.state}")
    return "\n".join(lines)


def _window(facts: Facts) -> str:
    if facts.recurrence:
        return ""
    return f" ({facts.start} to {facts.due})" if facts.start else f" (by {facts.due})"


def _name(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", identifier)
