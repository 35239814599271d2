"""What a row of a plan promises: its outcomes and deadlines become deliverables, in step where they stand so."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta

from followup_cli.deadlines import LANGUAGES, Calendar, DeadlineError
from followup_cli.deadlines import read as read_deadline
from followup_cli.importers.cells import is_absent, points
from followup_cli.importers.doubting import Doubt, Path
from followup_cli.importers.entries import ActivityRows
from followup_cli.importers.source import Cell

_DATE_AT_END = re.compile(r"\(([^()]*\d{4}[^()]*)\)\s*$")
_BULLET = re.compile(r"^\s*[•·▪■●◦‣]\s*")
_YEAR_AND_REST = re.compile(r"^.*?((?:FY\s*)?(?:19|20)\d\d.*)$")


class _When(NamedTuple):
    """The time of a row: its phrases, where they stand, and the words that they replaced, oldest first."""

    phrases: list[str]
    cell: Cell = Cell()
    was: tuple[str, ...] = ()


class Deliverables:
    """Makes the deliverables of rows; notes each deadline that is not read."""

    def __init__(self, language: str, calendar: Calendar, doubts: list[Doubt]) -> None:
        # Languages without a reader are read by their digits.
        code = language.partition("-")[0].lower()
        self.language = code if code in LANGUAGES else "zxx"
        self.calendar = calendar
        self.doubts = doubts

    def of_row(self, entry: ActivityRows, index: int, at: Path) -> list[dict[str, Any]]:
        """Make the deliverables of one row; `at` is where the first of them will stand."""
        outcome, start = entry.cell("outcome", index), entry.cell("start", index)
        when = self._when(entry, index, outcome, at)
        starts = "" if is_absent(start.text, entry.header.language) else _line(start.text)
        outcomes = self._outcomes(outcome, entry.header.language, when.phrases, at)
        measures = _in_step(entry.cell("title", index).text, outcomes, when.phrases)
        records: list[dict[str, Any]] = []
        for i in range(max(len(outcomes), len(when.phrases), 1 if starts else 0)):
            words, phrase = _nth(outcomes, i), _nth(when.phrases, i)
            if not when.cell.where:
                words, own = self._date_at_end(words)
                phrase = own or phrase
            record = {
                "title": _nth(measures, i),
                "outcome": _line(words),
                "deadline": _line(phrase),
                "read": self._of_days(start, when.cell, _line(phrase)),
                "starts": starts,
            }
            records.append({key: value for key, value in record.items() if value})
            place: Path = (*at[:-1], int(at[-1]) + i)
            if phrase:
                cell = when.cell if when.cell.where else outcome if outcome.where else Cell("", entry.where)
                self._note_unread("deadline", _line(phrase), cell, (*place, "deadline"))
        if starts:
            self._note_unread("start", starts, start, (*at, "starts"))
        if when.was:
            records = records or [{}]
            records[0]["amendments"] = [{"field": "deadline", "was": _line(was)} for was in when.was]
        return records

    def _outcomes(self, outcome: Cell, language: str, phrases: list[str], at: Path) -> list[str]:
        """Take a cell of outcomes apart, as its bullets or the deadlines beside it show."""
        if is_absent(outcome.text, language):
            return []
        outcomes, lines = points(outcome.text), outcome.text.split("\n")
        if len(outcomes) == 1 and len(phrases) == len(lines) > 1:
            return lines
        if len(outcomes) > 1 and len(phrases) > 1 and len(outcomes) != len(phrases):
            message = f"{len(outcomes)} outcomes and {len(phrases)} deadlines stand in one row"
            self.doubts.append(Doubt(outcome.where, "split", message, at))
        return outcomes

    def _when(self, entry: ActivityRows, index: int, outcome: Cell, at: Path) -> _When:
        """Find the deadlines that hold: the newer where one took the other's place."""
        language = entry.header.language
        deadline, revised = entry.cell("deadline", index), entry.cell("revised", index)
        was = tuple(filter(None, deadline.struck.split("\n")))
        if not is_absent(revised.text, language):
            stood = "" if deadline.all_struck or is_absent(deadline.text, language) else deadline.standing
            was = (*was, *filter(None, (stood, *revised.struck.split("\n"))))
            deadline = revised
        if deadline.all_struck:
            deadline = replace(deadline, text="", struck="")
        phrases = [] if is_absent(deadline.text, language) else self._phrases(deadline, outcome, at)
        return _When(phrases or _marked(entry, index), deadline if deadline.text else Cell(), was)

    def _phrases(self, deadline: Cell, outcome: Cell, at: Path) -> list[str]:
        """Take a cell of deadlines apart: a phrase over two lines is one, lines that are read alone are several."""
        lines = _lines_of(deadline)
        if len(lines) < 2 or len(lines) == len(outcome.text.split("\n")):
            return lines
        joined = _line(deadline.standing).strip(" ;,")
        if self.reads(joined) and not all(map(self.reads, lines)):
            return [joined]
        if all(re.search(r"\d{4}", line) for line in lines) or all(map(self.reads, lines)):
            return lines
        message = f"`{joined}` stands on {len(lines)} lines and was taken for one deadline"
        self.doubts.append(Doubt(deadline.where, "split", message, at))
        return [joined]

    def _date_at_end(self, outcome: str) -> tuple[str, str]:
        """Take a date in brackets off the end of an outcome, where it is one."""
        match = _DATE_AT_END.search(outcome)
        if match and self.reads(match[1]):
            return outcome[: match.start()].strip(), match[1]
        return outcome, ""

    def reads(self, phrase: str) -> bool:
        """Tell whether a phrase is read as a deadline."""
        try:
            read_deadline(phrase, lang=self.language, calendar=self.calendar)
        except DeadlineError:
            return False
        return True

    def _of_days(self, start: Cell, deadline: Cell, phrase: str) -> dict[str, str]:
        """Read what no rule reads by the days that a workbook holds in the cells; nothing where it holds none."""
        opens, due = (self._held(cell) for cell in (start, deadline))
        if not opens and not due:
            return {}
        if phrase and not due:
            if not self.reads(phrase):
                return {}
            due = {"due": self._days(phrase)["due"]}
        opens = opens or (self._days(_line(start.text)) if self.reads(_line(start.text)) else {})
        window = {**due, **({"start": opens["start"]} if opens else {})}
        return {key: day for key, day in window.items() if day}

    def _days(self, phrase: str) -> dict[str, str]:
        """Give the first and the last day of a phrase that is read; empty where it has none."""
        it = read_deadline(phrase, lang=self.language, calendar=self.calendar)
        return {name: day.isoformat() if day else "" for name, day in (("start", it.start), ("due", it.due))}

    def _held(self, cell: Cell) -> dict[str, str]:
        """Give the first and the last day that a cell holds as a day and that its words do not tell."""
        if not cell.day or self.reads(_line(cell.standing)):
            return {}
        day = date.fromisoformat(cell.day)
        if day.day in map(int, re.findall(r"\d+", cell.text)):
            return {"start": cell.day, "due": cell.day}
        last = day + relativedelta(day=31)  # it shows the month alone
        return {"start": day.replace(day=1).isoformat(), "due": last.isoformat()}

    def _note_unread(self, what: str, phrase: str, cell: Cell, path: Path) -> None:
        try:
            read_deadline(phrase, lang=self.language, calendar=self.calendar)
        except DeadlineError as error:
            message = f"the {what} `{phrase}` is not read: {error.message}"
            if cell.day:
                message = f"no rule reads the {what} `{phrase}`: it was read by the day that the cell holds, {cell.day}"
            self.doubts.append(Doubt(cell.where, "read" if cell.day else "unread", message, path))


def _lines_of(deadline: Cell) -> list[str]:
    """Give the lines of a cell without their bullets, and without numbers in step with the outcomes beside them."""
    marked = (_BULLET.sub("", line).strip(" ;,") for line in deadline.standing.split("\n"))
    lines = [line for line in marked if line]
    parts = [line.split(maxsplit=1) for line in lines]
    in_step = [part[0].strip(".)") for part in parts] == [str(n + 1) for n in range(len(lines))]
    return [part[-1] for part in parts] if in_step and len(lines) > 1 else lines


def _line(text: str) -> str:
    return " ".join(text.split())


def _nth(texts: list[str], i: int) -> str:
    """Give the text of a deliverable: its own, or the one that all of a row share."""
    if len(texts) == 1:
        return texts[0]
    return texts[i] if i < len(texts) else ""


def _in_step(title: str, outcomes: list[str], phrases: list[str]) -> list[str]:
    """Give the measures of a cell of titles that stand in step with several deadlines."""
    lines = title.split("\n")
    return lines if len(lines) == len(phrases) > 1 and not outcomes else []


def _marked(entry: ActivityRows, index: int) -> list[str]:
    """Say in words the spans of time in which a row is marked."""
    columns = [x for x in entry.header.columns("marked") if entry.rows[index][x].text]
    spans = [_YEAR_AND_REST.sub(r"\1", entry.header.headings[x]) for x in columns]
    return ["; ".join(spans)] if spans else []
