"""iCalendar: an all-day event on each due date, with an identifier that never changes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from followup_cli.formats.characters import fit, one_line, web_address
from followup_cli.formats.files import Files, ascii_name, latest, rows, texts
from followup_cli.table import Cell, Page

_YEARS = 10  # of the plan that a recurrence without an end shows
_CANCELLED = ("abandoned", "repealed")
_DONE = ("delivered", "delivered-late")
_SETTLED = (*_DONE, *_CANCELLED)
_Row = dict[str, Cell]


def calendar(page: Page, remind: int | None = None) -> Files:
    """Write a calendar; to import it again moves and cancels its events, and adds none twice.

    An event lies on the due date. The window that the deadline opens is in its description: an event of
    three years would hide all others. What an act has repealed stays, as cancelled.

    Args:
        page: the whole plan, or a selection of it.
        remind: how many days before a due date, which nothing has settled, a client is to remind of it.
    """
    import icalendar as ical

    plan = rows(page, "plan")[0]
    adopted = latest([plan["adopted"]])
    title = one_line(str(plan["title"]))
    result = ical.Calendar()
    result.add("prodid", f"-//followup//{ascii_name(str(plan['id']))}//EN")
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("x-wr-calname", title)
    result.add(
        "x-wr-caldesc", f"Due dates of {one_line(page.provenance.caption if page.provenance else page.title)}"
    )
    url = web_address(plan["source_url"])
    if url:
        result.add("url", url)
    sections = {row["id"]: one_line(str(row["title"])) for row in rows(page, "sections")}
    changes = defaultdict(list)
    for row in (*rows(page, "updates"), *rows(page, "amendments")):
        changes[row["deliverable"]].append(row["date"])
    for row in _deliverables(page):
        day, rule = _when(row, adopted)
        if day is None:
            continue
        event = ical.Event()
        event.add("uid", f"{row['id']}@{ascii_name(str(plan['id']))}")
        event.add("dtstamp", datetime.combine(latest([adopted, *changes[row["id"]]]), time(), UTC))
        event.add("sequence", len(changes[row["id"]]))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        if rule:
            event.add("rrule", ical.vRecur.from_ical(rule))
        event.add("status", "CANCELLED" if row["state"] in _CANCELLED else "CONFIRMED")
        event.add("summary", _summary(row))
        event.add("description", fit(_description(row, plan["as_of"])))
        if row["section"] in sections:
            event.add("categories", [sections[row["section"]]])
        event.add("transp", "TRANSPARENT")
        if remind is not None and row["state"] not in _SETTLED and (rule or day >= latest([plan["as_of"]])):
            event.add_component(_alarm(ical, remind, _summary(row)))
        result.add_component(event)
    return {"": result.to_ical()}


def _alarm(ical: Any, days: int, summary: str) -> Any:
    alarm = ical.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _deliverables(page: Page) -> Iterator[_Row]:
    yield from rows(page, "deliverables")
    for row in rows(page, "repealed"):
        yield {**row, "state": "repealed", "lead": (), "as_agreed": (), "others": None}


def _summary(row: _Row) -> str:
    done = "✓ " if row["state"] in _DONE else ""
    state = f" ({row['state']})" if row["state"] in _SETTLED else ""
    return f"{done}{row['id']} {texts(row['title'], row['outcome'], between=': ')}{state}"


def _description(row: _Row, as_of: Cell) -> str:
    lead, as_agreed = (texts(*_items(row[name])) for name in ("lead", "as_agreed"))
    lines = [
        texts(row["title"]),
        f"Outcome: {texts(row['outcome']) or 'none is named'}",
        f"Deadline: {texts(row['deadline']) or 'none is named'}{_window(row)}",
    ]
    if row["state"] != "repealed":
        lines.append(f"In charge: {lead or 'no body is named'}")
    if as_agreed:
        lines.append(f"As agreed: {as_agreed}")
    if row["others"]:
        lines.append(f"And: {texts(row['others'])}")
    lines.append(f"State as of {as_of}: {row['state']}")
    return "\n".join(lines)


def _items(cell: Cell) -> tuple[Any, ...]:
    return cell if isinstance(cell, tuple) else ()


def _window(row: _Row) -> str:
    if row["recurrence"]:
        return ""
    return f" ({row['start']} to {row['due']})" if row["start"] else f" (by {row['due']})"


def _when(row: _Row, adopted: date) -> tuple[date | None, str | None]:
    """Tell the day of the event, and its rule if it recurs: the due date, or the first time of what recurs."""
    start, due = _date(row["start"]), _date(row["due"])
    if not row["recurrence"]:
        return due, None
    from dateutil.rrule import rrulestr

    since = max(start or adopted, adopted)
    last = due or date(min(since.year + _YEARS, date.max.year), 12, 31)
    rule = _rule(str(row["recurrence"]))
    first = datetime.combine(since, time())
    moment = rrulestr(rule, dtstart=first).after(first, inc=True)
    if moment is None or moment.date() > last:
        return due, None
    return moment.date(), f"{rule};UNTIL={last:%Y%m%d}"


def _date(cell: Cell) -> date | None:
    return cell if isinstance(cell, date) else None


def _rule(recurrence: str) -> str:
    """Write a recurrence as a rule that gives its due days in any calendar, whatever day it begins on.

    What names no day is due on the last day of its period; a day that a month lacks is the month's last.
    """
    parts = dict(part.split("=") for part in recurrence.split(";"))
    if parts["FREQ"] not in ("MONTHLY", "YEARLY") or "BYDAY" in parts:
        return recurrence
    interval = int(parts.get("INTERVAL", 1))
    days = sorted(-1 if day == "31" else int(day) for day in parts.get("BYMONTHDAY", "-1").split(","))
    if parts["FREQ"] == "YEARLY":
        parts.setdefault("BYMONTH", "12")
    elif interval > 1 and 12 % interval == 0:
        # The quarters and halves of the calendar; another day than the last is in the month after them.
        months = range(interval if days == [-1] else 1, 13, interval)
        parts = {"FREQ": "MONTHLY", "BYMONTH": ",".join(map(str, months))}
    return ";".join(f"{name}={value}" for name, value in {**parts, **_of_month(days, parts)}.items())


def _of_month(days: list[int], parts: dict[str, str]) -> dict[str, str]:
    """Write days of the month; of 29 and 30, which a month may lack, the last that it has."""
    if days[-1] <= 28:
        return {"BYMONTHDAY": ",".join(map(str, days))}
    early = [day for day in days if 0 < day < 28]
    places = [*range(1, len(early) + 1), -1]
    days = [*early, *range(28, days[-1] + 1)]
    # Places are counted within a month, and not within a year, where there are several in it.
    freq = "MONTHLY" if "INTERVAL" not in parts else parts["FREQ"]
    return {"FREQ": freq, "BYMONTHDAY": ",".join(map(str, days)), "BYSETPOS": ",".join(map(str, places))}
