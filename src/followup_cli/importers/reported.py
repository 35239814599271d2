"""Columns of status become what was reported: in the report's words, as of its day; no word proves a delivery."""

import re
from datetime import date
from typing import Any

from followup_cli.deadlines import LANGUAGES, DeadlineError
from followup_cli.deadlines import read as read_deadline
from followup_cli.importers.cells import is_absent
from followup_cli.importers.doubting import Doubt, Path
from followup_cli.importers.entries import ActivityRows, PlanTables
from followup_cli.importers.headings import Header, folded
from followup_cli.importers.phrasebook import LANGUAGES as BOOKS
from followup_cli.importers.phrasebook import book, pattern

_NUMERIC = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!\d))"
)
_WRITTEN = re.compile(
    r"(?P<day>\d{1,2})(?:\.|er|º)? (?:de )?(?P<month>[^\W\d]{3,})\.? (?:de )?(?P<year>\d{4})", re.IGNORECASE
)
_DATE = rf"(?:{_NUMERIC.pattern}|(?:\d{{1,2}}(?:\.|er|º)? (?:de )?)?[^\W\d]{{3,}}\.? (?:de )?\d{{4}})"
_WORD = re.compile(r"[^.!?]{1,60}|\S{1,30}(?: \S{1,30}){0,2}[.!]?")  # of status; a sentence is a note


class Reported:
    """Writes the status columns of rows as updates."""

    def __init__(self, reading: PlanTables, doubts: list[Doubt]) -> None:
        self.doubts = doubts
        headings = [h for header in reading.headers for h in header.headings]
        self.day_first = day_first_of([*headings, reading.as_of])
        self.as_of = self._day(reading.as_of, reading.language)
        self.undated: set[str] = set()

    def on(
        self, records: list[dict[str, Any]], entry: ActivityRows, index: int, at: Path
    ) -> list[dict[str, Any]]:
        """Add to the deliverables of a row what was reported of it; a row without any is given one."""
        updates = self._updates(entry, index)
        if not updates:
            return records
        if len(records) > 1:
            message = (
                f"the status speaks of {len(records)} deliverables at once: it was kept in `other` alone"
            )
            self.doubts.append(Doubt(entry.where, "status", message, at))
            return records
        record = records[0] if records else {}
        return [record | {"updates": updates}]

    def _updates(self, entry: ActivityRows, index: int) -> list[dict[str, Any]]:
        by_day: dict[str, list[str]] = {}
        own = self._day(entry.cell("reported", index).text, entry.header.language)
        for x in sorted(entry.header.columns("status"), key=lambda x: _is_signal(entry.header, x)):
            words = " ".join(entry.rows[index][x].text.split())
            heading = entry.header.headings[x]
            if is_absent(words, entry.header.language):
                continue
            # A heading names the day of the report, and the fact may be older than that.
            snapshot = self._day(heading, entry.header.language) or self.as_of
            day = own or (f"../{snapshot}" if snapshot else "")
            if day:
                by_day.setdefault(day, []).append(words)
            elif heading not in self.undated:
                self.undated.add(heading)
                message = f"nothing says of which day `{heading}` is: it was kept in `other` alone"
                self.doubts.append(Doubt(entry.rows[index][x].where, "status", message))
        days = sorted(by_day, key=lambda day: day.removeprefix("../"))
        return [update for day in days for update in _written(day, by_day[day])]

    def _day(self, text: str, language: str) -> str:
        """Read the day, or the month, that a text names; nothing where it could be two."""
        match = _NUMERIC.search(text)
        if match:
            day = numeric_day(match, self.day_first)
            return day.isoformat() if day else ""
        if named := _written_day(text):
            return named
        words = re.search(r"((?:\d{1,2}\.? )?[^\W\d]{3,}\.? \d{4}\b)(.{0,8})", text)
        if not words:
            return ""
        return self._read(words[0].strip(" )"), language) or self._read(words[1], language)

    def _read(self, words: str, language: str) -> str:
        """Read a day, or a month, in words; nothing where they say something else."""
        try:
            deadline = read_deadline(words, lang=language if language in LANGUAGES else "zxx")
        except DeadlineError:
            return ""
        start, due = deadline.start, deadline.due
        if (
            deadline.kind != "on"
            or start is None
            or due is None
            or (start.year, start.month) != (due.year, due.month)
        ):
            return ""
        return due.isoformat() if start == due else due.isoformat()[:7]


def status_day(line: str) -> str:
    """Find the words of the day that a line says the status of a plan is of, in any language; or nothing."""
    for language in BOOKS:
        match = re.search(
            rf"(?:^|[.;,:(/|–—\n])\s*(?:{book(language).AS_OF})\b[^\d\n]{{0,12}}?(?P<said>{_DATE})",
            line,
            re.IGNORECASE,
        )
        if match:
            return match["said"]
    return ""


def _written_day(text: str) -> str:
    """Read a day whose month is a word of a language that no reader of deadlines knows."""
    for match in _WRITTEN.finditer(text):
        for language in BOOKS:
            months = book(language).MONTHS.split("|")
            if match["month"].casefold() in months:
                try:
                    return date(
                        int(match["year"]),
                        months.index(match["month"].casefold()) % 12 + 1,
                        int(match["day"]),
                    ).isoformat()
                except ValueError:
                    return ""
    return ""


def _is_signal(header: Header, x: int) -> bool:
    """Tell whether a column of status is one of colours, which says less than the words beside it."""
    return bool(pattern(book(header.language).SIGNALS).match(folded(header.headings[x])))


def _written(day: str, texts: list[str]) -> list[dict[str, Any]]:
    """Write what was reported as of one day: a word, with a note where one column has it.

    Of several words the first is the status; the others stay in `other` under their headings.
    """
    words = [text for text in texts if _WORD.fullmatch(text)]
    notes = [text for text in texts if text not in words]
    first: dict[str, Any] = {"date": day}
    first |= {"reported_as": words[0]} if words else {}
    first |= {"note": " ".join(notes)} if notes else {}
    return [first]


def day_first_of(texts: list[str]) -> bool | None:
    """Tell by the dates in slashes or hyphens of a plan whether the day stands first; none where nothing shows it."""
    shown = set()
    for text in texts:
        for match in _NUMERIC.finditer(text):
            if match["one"] and match["mark"] != ".":
                shown |= {True} if int(match["one"]) > 12 else set()
                shown |= {False} if int(match["two"]) > 12 else set()
    return shown.pop() if len(shown) == 1 else None


def numeric_day(match: re.Match[str], day_first: bool | None) -> date | None:  # noqa: FBT001
    """Read a date in digits; with dots the day is first. None where there is no such day, or it could be two."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        year += 2000 if year < 100 else 0
        if match["mark"] == "." or day_first or one > 12 or one == two:
            return date(year, two, one)
        return date(year, one, two) if two > 12 or day_first is False else None
    except ValueError:
        return None
