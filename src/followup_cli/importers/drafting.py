"""From what the tables hold to the two files of a dataset: verbatim, with every doubt at its place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from followup_cli.deadlines import Calendar
from followup_cli.importers.approval import approval
from followup_cli.importers.bodies import Bodies
from followup_cli.importers.cells import lettered_points, numbered
from followup_cli.importers.deliverables import Deliverables
from followup_cli.importers.doubting import Doubt, Path
from followup_cli.importers.entries import ActivityRows, PlanTables, one_line
from followup_cli.importers.headings import label_field
from followup_cli.importers.phrasebook import LANGUAGES, book
from followup_cli.importers.reported import Reported, day_first_of

_NOT_IN_IDS = re.compile(r"[^\w.()&+-]+")
_SECTION_NUMBER = re.compile(
    r"(?:[^\W\d]+\s+){0,2}?(?P<number>\d+(?:\.\d+)*|[IVXІХ]{1,5}|[A-ZА-Я])(?=[.):\s–—-])"
)
_LEFT = ("other", "status", "marked", "reported")  # fields that are kept under their headings


@dataclass
class PlanDraft:
    """The data of both files, and what is in doubt.

    Attributes:
        numbers: the number that is printed before each activity, by the activity's id; none where none is.
        columns: the fields of all columns, also of those in which nothing stands.
        headings: the headings of all columns that are none of ours; the truth beside each tells whether it is
            one of the plan's words, and not of what was reported.
    """

    activities: dict[str, Any]
    agencies: dict[str, Any]
    doubts: list[Doubt]
    counted: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, str] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    headings: dict[str, bool] = field(default_factory=dict)


def draft(
    reading: PlanTables,
    *,
    title: str = "",
    adopted: str = "",
    language: str = "",
    codes: Mapping[str, str] | None = None,
) -> PlanDraft:
    """Make the data of a dataset from what was read.

    Args:
        reading: what the tables hold.
        title: the plan's title, where a person says it.
        adopted: the day of its adoption, as an ISO date.
        language: its language, where a person says it.
        codes: codes that agencies have already, by their folded names.
    """
    drafting = _Drafting(reading, language or reading.language, adopted, codes or {})
    return drafting.draft(title or reading.title)


class _Drafting:
    """Makes a plan's data; holds what all of its parts must know of each other."""

    def __init__(self, reading: PlanTables, language: str, adopted: str, codes: Mapping[str, str]) -> None:
        self.reading, self.language = reading, language
        self.doubts = [Doubt(where, kind, words) for where, kind, words in reading.notes]
        self.bodies = Bodies(reading, self.doubts, codes)
        self.act, day = approval("\n".join(reading.preamble), reading.language)
        if self.act and not adopted:
            # It may be the act of an amendment: all that recurs or is relative would count from the wrong day.
            hint = f"; if that is the day of adoption, write `adopted: {day}`" if day else ""
            message = f"`{self.act}` was taken for the act that approved the plan{hint}"
            self.doubts.append(Doubt("above the table", "act", message, ("plan", "act")))
        self.calendar = self.calendar_of(adopted)
        self.promised = Deliverables(language, self.calendar, self.doubts)
        self.reported = Reported(reading, self.doubts)
        self.sections: dict[tuple[str, ...], str] = {}
        self.ids: set[str] = set()
        self.again: Counter[str] = Counter()  # how often an id was wanted again
        self.listed: list[dict[str, Any]] = []
        self.in_titles = _numbers_in_titles(reading)

    def calendar_of(self, adopted: str) -> Calendar:
        """Settle what a plan shows of its dates: its own dates may tell whether the day comes first in them."""
        cells = [
            row[x]
            for entry in self.reading.entries
            for row in entry.rows
            for x in entry.header.columns("deadline", "start", "revised")
        ]
        day_first = day_first_of([cell.text for cell in cells])
        if day_first is not None:
            cell = next(cell for cell in cells if day_first_of([cell.text]) is not None)
            message = (
                f"`{one_line(cell.text)}` shows that {'the day' if day_first else 'the month'} comes first"
            )
            self.doubts.append(Doubt(cell.where, "dates", message, ("plan", "day_first")))
        return Calendar(date.fromisoformat(adopted) if adopted else None, day_first=day_first)

    def draft(self, title: str) -> PlanDraft:
        """Make the data."""
        for path in self.reading.sections:
            self.section(path)
        for entry in self.reading.entries:
            self.listed.append(self.activity(entry))
        self.keep_ids_apart()
        for where, reason, words in self.reading.left_out:
            self.doubts.append(Doubt(where, "left-out", f"{reason}: {words}"))
        self.bodies.note_two_spellings()
        data: dict[str, Any] = {"schema": "2", "version": "0.1.0", "plan": self.plan(title)}
        data["sections"] = [
            {"id": number, "title": path[-1]} | ({"in": self.sections[path[:-1]]} if path[:-1] else {})
            for path, number in self.sections.items()
        ]
        data["activities"] = self.listed
        agencies = self.bodies.listed()
        deliverables = [each for record in self.listed for each in record.get("deliverables", ())]
        counted = self.reading.counted + Counter(
            activities=len(self.listed),
            deliverables=len(deliverables),
            deadlines=sum("deadline" in each for each in deliverables),
            agencies=len(agencies),
            unread=unread(self.doubts),
        )
        return PlanDraft(
            data, {"agencies": agencies}, self.doubts, counted, self.printed_numbers(), *self.columns()
        )

    def printed_numbers(self) -> dict[str, str]:
        """Give the number that is printed before each activity, by its id."""
        pairs = zip(self.listed, self.reading.entries, strict=True)
        numbers = {str(record["id"]): self.words(entry)[0] for record, entry in pairs}
        return {identity: number for identity, number in numbers.items() if number}

    def columns(self) -> tuple[frozenset[str], dict[str, bool]]:
        """Give the fields of all columns, and the headings of those that are kept under these."""
        headers = self.reading.headers
        named = {
            heading or f"column {x + 1}": name != "status"
            for header in headers
            for x, (heading, name) in enumerate(zip(header.headings, header.fields, strict=True))
            if name in (*_LEFT, "")
        }
        said = {heading: True for record in self.listed for heading in record.get("other", ())}
        labels = {label_field(label, e.header.language) for e in self.reading.entries for label in e.common}
        return frozenset(labels.union(*(header.fields for header in headers)) - {""}), said | named

    def keep_ids_apart(self) -> None:
        """Give another id to an activity that has that of a deliverable: the second of 1 is 1.2 already."""
        promised = {
            f"{record['id']}.{n}"
            for record in self.listed
            for n in range(1, len(record.get("deliverables", ())) + 1)
        }
        for record in self.listed:
            if record["id"] in promised:
                own, taken = record["id"].replace(".", "-"), self.ids | promised
                while own in taken:
                    own += "-2"
                self.ids.add(own)
                printed = {"id": own, "number": record.get("number", record["id"])}
                rest = {key: value for key, value in record.items() if key not in printed}
                record.clear()
                record.update(printed | rest)

    def plan(self, title: str) -> dict[str, Any]:
        """Write what is known of the plan as a whole."""
        roles = dict(self.bodies.marks)
        words = book(self.language if self.language in LANGUAGES else "en")
        if any(mark.casefold() in words.UNMARKED for mark in roles):
            roles = {"": "partner", **roles}
        plan: dict[str, Any] = {"id": _slug(title) or "imported-plan", "title": title or "Imported plan"}
        plan |= {"act": self.act} if self.act else {}
        plan |= {"adopted": self.calendar.adopted.isoformat()} if self.calendar.adopted else {}
        plan |= {"language": self.language, "timezone": "UTC"}
        if self.calendar.day_first is not None:
            plan["day_first"] = str(self.calendar.day_first).lower()
        plan |= {"roles": roles} if roles else {}
        headings = self.headings()
        return plan | ({"columns": headings} if headings else {})

    def headings(self) -> dict[str, str]:
        """Keep the plan's own headings of the columns that are ours."""
        names = {"lead": "agencies", "partner": "partners"}
        ours = ("number", "title", "outcome", "deadline", "agencies", *names)
        kept: dict[str, str] = {}
        for header in self.reading.headers[:1]:
            for heading, name in zip(header.headings, header.fields, strict=True):
                if name in ours and heading:
                    kept.setdefault(names.get(name, name), heading)
        return kept

    def activity(self, entry: ActivityRows) -> dict[str, Any]:
        """Make an activity."""
        at: Path = ("activities", len(self.listed))
        number, text, listed_points = self.words(entry)
        if note := entry.cell("number").note:
            self.doubts.append(Doubt(entry.where, "number", note, at))
        if not entry.cell("title").text and not entry.gone:
            message = f"the row has no title: `{text[:60]}` stands for it"
            self.doubts.append(Doubt(entry.where, "title", message, at))
        identity = self.identity(number, entry, at)
        record: dict[str, Any] = {"id": identity}
        record |= {"number": number} if number and number != identity else {}
        record |= {"section": self.section(entry.sections)} if entry.sections else {}
        record |= {"title": text}
        record |= {"points": listed_points} if listed_points else {}
        if entry.hidden:
            message = f"the row of `{text[:60]}` is hidden in the document: it was kept"
            self.doubts.append(Doubt(entry.where, "hidden", message, at))
        return record if entry.gone else record | self.promise(entry, at)

    def words(self, entry: ActivityRows) -> tuple[str, str, list[str]]:
        """Give the printed number of an activity, its title, and the points below that."""
        printed = entry.cell("number")
        number, text = " ".join(printed.text.split()), entry.cell("title").text
        if entry.gone or not text:
            text = next((c.text for c in entry.rows[0] if c.text and c.where != printed.where), number)
        in_one = bool(number) and printed.where == entry.cell("title").where
        parted = in_one or (self.in_titles and not number)
        split = numbered(text, entry.header.language) if parted else None
        number, text = split or (number, text)
        text, listed_points = lettered_points(text)
        return number, " ".join(text.split()), [" ".join(point.split()) for point in listed_points]

    def promise(self, entry: ActivityRows, at: Path) -> dict[str, Any]:
        """Make an activity's deliverables, its bodies where all share them, and its other columns."""
        records: list[dict[str, Any]] = []
        lists: list[list[Any]] = []
        written: set[str] = set()
        for index, row in enumerate(entry.rows):
            places = {
                row[x].where for x in entry.header.columns("outcome", "deadline", "revised") if row[x].text
            }
            start: Path = (*at, "deliverables", len(records))
            if not index or not places or not places <= written:
                records += self.reported.on(self.promised.of_row(entry, index, start), entry, index, start)
            written |= places
            lists.append(self.bodies.of_row(entry, index, at))
        records, shared = _with_bodies(records, lists)
        made: dict[str, Any] = {"deliverables": records, "agencies": shared, "other": _other(entry)}
        return {key: value for key, value in made.items() if value}

    def identity(self, number: str, entry: ActivityRows, at: Path) -> str:
        """Make an id of the printed number; where that is missing or taken, one that stands beside the others."""
        base = _bare(number) or str(len(self.listed) + 1)
        identity = base
        if base in self.ids and entry.sections:
            identity = f"{self.section(entry.sections)}-{base}"
        while identity in self.ids:
            self.again[base] += 1
            identity = f"{base}-{self.again[base] + 1}"
        if identity != base and number:
            message = f"the number `{number}` stands there again; its id is `{identity}`"
            self.doubts.append(Doubt(entry.where, "number", message, at))
        self.ids.add(identity)
        return identity

    def section(self, path: tuple[str, ...]) -> str:
        """Give the id of the innermost section, made with those around it."""
        for depth in range(1, len(path) + 1):
            part = path[:depth]
            if part not in self.sections:
                taken = set(self.sections.values())
                nth = str(1 + sum(each[:-1] == part[:-1] for each in self.sections))
                match = _SECTION_NUMBER.match(part[-1])
                base = _bare(self.reading.numbers.get(part, "")) or (match["number"] if match else "")
                if depth > 1 and (not base or base in taken):
                    base = f"{self.sections[part[:-1]]}.{base or nth}"
                identity = base = base or nth
                again = 1
                while identity in taken:
                    again += 1
                    identity = f"{base}-{again}"
                self.sections[part] = identity
        return self.sections[path]


def unread(doubts: Iterable[Doubt]) -> int:
    """Count the deadlines that are not read."""
    return sum(doubt.kind == "unread" and doubt.path[-1:] == ("deadline",) for doubt in doubts)


def _bare(number: str) -> str:
    """Make a printed number fit for an id."""
    base = _NOT_IN_IDS.sub("-", number.strip()).strip("-.")
    return base if base.count("(") == base.count(")") else base.replace("(", "").replace(")", "")


def _numbers_in_titles(reading: PlanTables) -> bool:
    """Tell whether the plan writes its numbers before its titles: most titles without one beside begin so."""
    entries = [entry for entry in reading.entries if not entry.cell("number").text]
    hits = sum(numbered(entry.cell("title").text, entry.header.language) is not None for entry in entries)
    return bool(entries) and hits * 10 >= len(entries) * 6


def _with_bodies(
    records: list[dict[str, Any]], lists: list[list[Any]]
) -> tuple[list[dict[str, Any]], list[Any]]:
    """Give the bodies of each row to its deliverable, or, where all share them or rows go on, to the activity."""
    shared = lists[0]
    if len(records) < len(lists):  # a row that goes on may name further bodies
        shared = list({str(each): each for some in lists for each in some}.values())
    if len(records) != len(lists) or not any(each and each != shared for each in lists[1:]):
        return records, shared
    pairs = zip(records, lists, strict=True)
    return [record | ({"agencies": bodies} if bodies else {}) for record, bodies in pairs], []


def _other(entry: ActivityRows) -> dict[str, str]:
    """Keep the columns that are none of ours, under their headings."""
    kept: dict[str, list[str]] = {}
    headings = entry.header.headings
    for row in entry.rows:
        headed = {cell.where for cell, heading in zip(row, headings, strict=True) if heading}
        for x in entry.header.columns(*_LEFT, ""):
            words = " ".join(row[x].text.split())
            if words and (headings[x] or row[x].where not in headed):
                texts = kept.setdefault(headings[x] or f"column {x + 1}", [])
                texts += [words] if words not in texts else []
    for label, cell in entry.common.items():
        if label_field(label, entry.header.language) not in ("lead", "partner", "agencies"):
            kept.setdefault(re.sub(r"^[^:]{3,40}:\s+", "", label), [" ".join(cell.text.split())])
    return {heading: "; ".join(texts) for heading, texts in kept.items()}


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.casefold()))[:40].strip("-")
