"""iCalendar: an all-day event on each due date, with an identifier that never changes."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from followup_cli.formats.characters import fit, one_line, web_address
from followup_cli.formats.files import Files, ascii_name, latest, rows, texts
from followup_cli.formats.phrases import day_in_words, language, own, say, told
from followup_cli.table import Cell, Page

_CANCELLED = ("abandoned", "repealed")
_DONE = ("delivered", "delivered-late")
_SHORT, _LEAST = 100, 20  # characters of a summary, and of the name in it
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
    plan = rows(page, "plan")[0]
    adopted = latest([plan["adopted"]])
    sections = {row["id"]: own(texts(row["title"])) for row in rows(page, "sections")}
    changes, dropped, times = defaultdict(list), {}, defaultdict(list)
    for row in (*rows(page, "updates"), *rows(page, "amendments")):
        changes[row["deliverable"]].append(row["date"])
        if row.get("was_due"):
            dropped[row["deliverable"]] = _date(row["was_due"])
    for row in rows(page, "occurrences"):
        times[row["deliverable"]].append(_date(row["due"]) or adopted)
    result = _calendar(page, plan)
    for row in _deliverables(page):
        day, repetition = _when(row, times[row["id"]])
        if day is None and dropped.get(row["id"]):
            # An act has taken its day away: it is called off where it was.
            day, row = dropped[row["id"]], {**row, "called_off": True}  # noqa: PLW2901
        if day is None:
            continue
        event = _event(row, day, sections, plan)
        event.add("uid", f"{row['id']}@{ascii_name(str(plan['id']))}")
        # The day that it is told as of; a change that became known on that very day is later by a second.
        told_on, number = datetime.combine(latest([plan["as_of"]]), time(), UTC), len(changes[row["id"]])
        event.add("dtstamp", told_on + timedelta(seconds=number))
        event.add("sequence", number)
        for name, value in repetition.items():
            event.add(name, value)
        to_come = repetition or day >= latest([plan["as_of"]])
        if remind is not None and to_come and row["state"] not in _SETTLED:
            event.add_component(_alarm(remind, _summary(row)))
        result.add_component(event)
    return {"": result.to_ical()}


def _calendar(page: Page, plan: _Row) -> Any:
    """Make a calendar without events, which says what it is of."""
    import icalendar as ical

    result = ical.Calendar()
    result.add("prodid", f"-//followup//{ascii_name(str(plan['id']))}//{language().upper()}")
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("x-wr-calname", own(texts(plan["title"])))
    about = told(page.provenance.caption if page.provenance else page.title)
    result.add("x-wr-caldesc", say("Due dates of {plan}", plan=one_line(about)))
    url = web_address(plan["source_url"])
    if url:
        result.add("url", url)
    return result


def _event(row: _Row, day: date, sections: dict[Cell, str], plan: _Row) -> Any:
    """Make the event of a deliverable on a day."""
    import icalendar as ical

    event = ical.Event()
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("status", "CANCELLED" if row.get("called_off") or row["state"] in _CANCELLED else "CONFIRMED")
    event.add("summary", _summary(row))
    event.add("description", fit(_description(row, plan["as_of"])))
    if row["section"] in sections:
        event.add("categories", [sections[row["section"]]])
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(days: int, summary: str) -> Any:
    import icalendar as ical

    alarm = ical.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _deliverables(page: Page) -> Iterator[_Row]:
    for row in rows(page, "deliverables"):
        yield {**row, **_as_read(row)}
    for row in rows(page, "repealed"):
        yield {**row, **_as_read(row), "state": "repealed", "others": None}


def _as_read(row: _Row) -> _Row:
    """Give the plan's words of a deliverable as the reader reads them."""
    words = {name: row.get(name) for name in ("title", "outcome", "deadline", "others")}
    return {name: own(text) if isinstance(text, str) else text for name, text in words.items()}


def _summary(row: _Row) -> str:
    """Name an event on one short line: by the outcome, else the title; the whole is in its description."""
    done = "✓ " if row["state"] in _DONE else ""
    state = f" ({say(str(row['state']))})" if row["state"] in _SETTLED else ""
    begun = f"{done}{row['id']} "
    return begun + _cut(texts(row["outcome"] or row["title"]), _SHORT - len(begun + state)) + state


def _cut(text: str, room: int) -> str:
    """Cut a text at a word."""
    room = max(room, _LEAST)
    if len(text) <= room:
        return text
    return (text[:room].rpartition(" ")[0] or text[: room - 1]).rstrip(" ,;:(–-") + "…"


def _description(row: _Row, as_of: Cell) -> str:
    roles = {name: _items(row.get(name)) for name in ("lead", "partners", "as_agreed")}
    stated = {code for codes in roles.values() for code in codes}
    others = [code for code in _items(row.get("agencies")) if code not in stated]
    words = ("In charge", "Partners", "As agreed")
    bodies = dict(zip(words, (texts(*codes) for codes in roles.values()), strict=True))
    bodies["Bodies"] = texts(*others)  # in a role that the plan does not say
    none = say("none is named")
    lines = [
        texts(row["title"]),
        f"{say('Outcome')}: {texts(row['outcome']) or none}",
        f"{say('Deadline')}: {texts(row['deadline']) or none}{_window(row)}",
    ]
    if row["state"] != "repealed":
        lines += [f"{say(word)}: {named}" for word, named in bodies.items() if named]
        lines += [] if any(bodies.values()) else [say("No body is named")]
    if row["others"]:
        lines.append(f"{say('And')}: {texts(row['others'])}")
    day = day_in_words(as_of)
    lines.append(say("State as of {day}: {state}", day=day, state=say(str(row["state"]))))
    return "\n".join(lines)


def _items(cell: Cell) -> tuple[Any, ...]:
    return cell if isinstance(cell, tuple) else ()


def _window(row: _Row) -> str:
    if row["recurrence"]:
        return ""
    end = day_in_words(row["due"])
    if not row["start"]:
        return f" ({say('by {day}', day=end)})"
    return f" ({say('{start} to {end}', start=day_in_words(row['start']), end=end)})"


def _when(row: _Row, times: list[date]) -> tuple[date | None, dict[str, Any]]:
    """Tell the day of the event, and the rule, or the further days, of one that recurs."""
    if not row["recurrence"] or not times:
        return _date(row["due"]), {}
    return times[0], _repetition(times) if times[1:] else {}


def _date(cell: Cell) -> date | None:
    return cell if isinstance(cell, date) else None


def _repetition(times: list[date]) -> dict[str, Any]:
    """Find the rule by which a calendar repeats an event on these days and no others; else give the days."""
    import icalendar as ical
    from dateutil.rrule import rrulestr

    first = datetime.combine(times[0], time())
    for rule in _rules(times):
        ended = f"{rule.replace(';INTERVAL=1;', ';')};UNTIL={times[-1]:%Y%m%d}"
        if [each.date() for each in rrulestr(ended, dtstart=first)] == times:
            return {"rrule": ical.vRecur.from_ical(ended)}
    return {"rdate": times[1:]}


def _rules(times: list[date]) -> Iterator[str]:
    """Propose rules: every so many days, so many months, or certain days of certain months every so many years."""
    gap = (times[1] - times[0]).days
    yield f"FREQ=WEEKLY;INTERVAL={gap // 7}" if gap % 7 == 0 else f"FREQ=DAILY;INTERVAL={gap}"
    months = sorted({day.month for day in times})
    apart = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(times)]
    for days in _days_of_month(times):
        if apart[0] and apart[0] % 12 == 0:
            yield f"FREQ=YEARLY;INTERVAL={apart[0] // 12};BYMONTH={months[0]};{days}"
        yield f"FREQ=MONTHLY;INTERVAL={apart[0] or 1};{days}"
        yield f"FREQ=MONTHLY;BYMONTH={','.join(map(str, months))};{days}"


def _days_of_month(times: list[date]) -> Iterator[str]:
    """Propose the days of a month: its last, its 29th or 30th where it has one, or certain days."""
    numbers = sorted({day.day for day in times})
    if numbers[0] >= 28:
        yield "BYMONTHDAY=-1"
        yield f"BYMONTHDAY={','.join(map(str, range(28, numbers[-1] + 1)))};BYSETPOS=-1"
    yield f"BYMONTHDAY={','.join(map(str, numbers))}"
    yield f"BYMONTHDAY={','.join(map(str, [*(n for n in numbers if n < 28), -1]))}"
