"""From the tables of a document to rows that are activities, and rows that are not; no row vanishes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

from followup_cli.glossary import counted
from followup_cli.importers.commitments import is_commitment, language_of, read_commitment
from followup_cli.importers.entries import ActivityRows, PlanTables, apart, filled, one_line, place_of
from followup_cli.importers.guessing import by_content, guess_header
from followup_cli.importers.headings import Header, find_header, folded, mapped, shown
from followup_cli.importers.phrasebook import LANGUAGES, book, pattern
from followup_cli.importers.reported import status_day
from followup_cli.importers.source import Cell, Grid, Paragraph, Published

_NUMERAL = re.compile(
    r"(?P<roman>[IVXІХ]+)(?=[.):\s])|(?P<letter>[A-ZА-Я])(?=[.):])|(?P<number>\d+(?:\.\d+)*)"
)
_AS_OF = re.compile(
    r"(?:as at|as of|status|по состоянию на|на дату|станом на|stand|au|a fecha)\W+(?P<day>.*\d{4}.*)",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"\W*(?P<code>[\w«»\"’'-]{1,20})\W{0,2}\s*[-–—:=]\s+(?P<name>\S.{3,200}?)[;.,]?"
)  # of an abbreviation, below a table
_OF_BODIES = ("lead", "partner", "agencies")
_SHORT_LINE = 80  # letters of one that names a day
_LONGEST_TOTAL = 60  # letters of its first cell
_ABBREVIATIONS = re.compile(r"[^.;]{0,60}:|\W*")  # a line that heads a list of them
_HAS_WORD = re.compile(r"[^\W\d]{5,}")  # of more than a currency
_HEADED = 40  # rows of a table in which its headings are looked for


def read_tables(
    source: Published, *, language: str = "", only: str = "", mapping: Mapping[str, str] | None = None
) -> PlanTables:
    """Read all tables of a plan that a document holds, or the one named.

    Args:
        source: the document.
        language: the language of its headings, if it is known.
        only: the place of the one table to read ("table 2", "sheet Plan", or the sheet's name).
        mapping: what columns are, by their headings, as a person said.

    Raises:
        ValueError: if no table of a plan is found.
        KeyError: with a heading of the mapping that no table has.
    """
    hint = (language or source.language)[:2].lower()
    languages = tuple(sorted(LANGUAGES, key=lambda each: each != hint))
    first = (hint,) if language and hint in LANGUAGES else ()
    grids = _asked_for(source, only)
    about_one = {id(grid) for grid in grids if is_commitment(grid, languages)}
    headers = _headers([grid for grid in grids if id(grid) not in about_one], (first, languages), mapping)
    if not about_one:
        _check_mapping(mapping or {}, headers)
    reading = PlanTables(notes=list(source.notes))
    tongues = _tongues(grids, about_one, languages)
    reading.language = _most_common(headers, tongues, hint or "en")
    _Tables(source, grids, _plans(headers), about_one, reading, languages).read()
    if not reading.entries:
        raise ValueError("no table of a plan was found in it")
    if hint not in ("", *LANGUAGES) and not language:
        reading.language = hint  # it has no phrasebook: only the document knows it
    return reading


def _asked_for(source: Published, only: str) -> list[Grid]:
    """Give the tables that are to be read."""
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    chosen = [grid for grid in grids if _is_named(grid, only)]
    if only and not chosen:
        places = ", ".join(f"`{grid.where}`" for grid in grids[:20])
        raise ValueError(f"there is no `{only}` in it, only {places or 'text'}")
    return chosen


def _headers(
    grids: Sequence[Grid], tongues: tuple[Sequence[str], Sequence[str]], mapping: Mapping[str, str] | None
) -> dict[int, Header]:
    """Find the headings of tables: of those that have some that we know, in the plan's language or another."""
    first, languages = tongues
    pairs = [
        (grid, (first and _header(grid, first, mapping)) or _header(grid, languages, mapping))
        for grid in grids
    ]
    headers = {id(grid): header for grid, header in pairs if header is not None}
    if not headers and grids:
        largest = max(grids, key=lambda grid: len(grid.rows))
        guess = guess_header(largest, languages[0])
        return {id(largest): guess} if guess else {}
    return headers


def _tongues(grids: Sequence[Grid], about_one: set[int], languages: Sequence[str]) -> list[str]:
    """Give the language of each table about one commitment."""
    return [language_of(grid, languages) for grid in grids if id(grid) in about_one]


def _most_common(headers: Mapping[int, Header], others: Sequence[str], otherwise: str) -> str:
    """Give the language of most tables."""
    tongues = Counter([*(header.language for header in headers.values()), *others])
    return tongues.most_common(1)[0][0] if tongues else otherwise


def _is_named(grid: Grid, only: str) -> bool:
    return not only or folded(only) in (folded(grid.where), folded(grid.where.partition(" ")[2]))


def _header(grid: Grid, languages: Sequence[str], mapping: Mapping[str, str] | None) -> Header | None:
    """Find the headings of a table, also by those that a person names; what a person says holds."""
    header = find_header(grid, languages)
    header = by_content(header, grid) if header else None
    if not mapping:
        return header
    named = {folded(heading): field for heading, field in mapping.items()}
    for y, row in enumerate(grid.rows[:_HEADED] if header is None else ()):
        heads = tuple(shown(cell.text) for cell in row)
        if named.keys() <= {folded(head) for head in heads}:
            header = Header(y, y, heads, tuple("other" if h else "" for h in heads), languages[0])
            break
    return mapped(header, named) if header else None


def _check_mapping(mapping: Mapping[str, str], headers: Mapping[int, Header]) -> None:
    """Refuse a mapping with a heading that stands nowhere."""
    headings = {folded(heading) for header in headers.values() for heading in header.headings}
    for heading in mapping:
        if folded(heading) not in headings:
            raise KeyError(heading)


def _plans(headers: Mapping[int, Header]) -> Mapping[int, Header]:
    """Keep the tables that say when or who; only where none does, those that merely name activities."""
    full = {
        key: header
        for key, header in headers.items()
        if header.columns("deadline", "agencies", "lead", "marked")
    }
    return full or headers


class _Tables:
    """Goes through a document once, from top to bottom."""

    def __init__(
        self,
        source: Published,
        grids: Sequence[Grid],
        headers: Mapping[int, Header],
        about_one: set[int],
        reading: PlanTables,
        languages: Sequence[str],
    ) -> None:
        self.blocks, self.name, self.grids = source.blocks, source.title, {id(grid) for grid in grids}
        self.headers, self.about_one = headers, about_one
        self.reading, self.languages = reading, languages
        self.book = book(reading.language if reading.language in LANGUAGES else "en")
        self.above: list[tuple[int, str]] = []  # headings outside of tables: level, words
        self.inside: list[tuple[tuple[str, int], str]] = []  # headings within tables: shape, words
        self.common: dict[str, Cell] = {}  # what lines between the tables say of those below: label → words
        self.passed: list[Paragraph] = []  # other lines between the tables
        self.last: Header | None = None
        self.groups: dict[int, tuple[Cell, bool]] = {}
        self.of_sections: set[str] = set()
        self.tops = _tops([grid for grid in grids if id(grid) in headers], headers)

    def read(self) -> None:
        """Read all blocks; a heading that stands above every table is the plan's title, not a section."""
        ours = self.headers.keys() | self.about_one
        plans = [i for i, block in enumerate(self.blocks) if id(block) in ours]
        first, end = (plans[0], plans[-1]) if plans else (len(self.blocks), -1)
        lines = [b for b in self.blocks[:first] if isinstance(b, Paragraph)]
        self.introduce([line.text for line in lines])
        title = self.title(lines)
        between = self.has_headings(end, title)
        for i, block in enumerate(self.blocks):
            if isinstance(block, Grid):
                self.grid(block)
            elif i > end:
                self.after(block)
            else:
                heads = between and bool(block.level) and block.text != title
                self.before_end(block, heads=heads, inside=i > first)
        self.pass_over()
        self.reading.title = self.reading.title or title or self.name

    def introduce(self, lines: Sequence[str]) -> None:
        """Keep the lines above the first table; one of them may say of which day its status is."""
        self.reading.preamble += lines
        days = [
            found["day"].strip()
            for line in lines
            if len(line) < _SHORT_LINE and (found := _AS_OF.match(line))
        ]
        self.reading.as_of = next((day for day in (*days, *map(status_day, lines)) if day), "")

    def before_end(self, line: Paragraph, *, heads: bool, inside: bool) -> None:
        """Read a line before the last table: a section's heading, or a line under one or between tables."""
        if heads:
            self.under(line)
        elif (inside or self.above) and not line.where.startswith("sheet"):
            self.beside(line)

    def has_headings(self, end: int, title: str) -> bool:
        """Tell whether headings stand between the tables, and not only one above them all."""
        lines = [block for block in self.blocks[: end + 1] if isinstance(block, Paragraph)]
        return len({line.text for line in lines if line.level} - {title}) > 1

    def title(self, lines: Sequence[Paragraph]) -> str:
        """Choose the plan's title among the lines above its first table."""
        plan = re.compile(rf"\b(?:{self.book.PLAN})", re.IGNORECASE)
        named = [line for line in lines if plan.search(line.text) and not line.where.startswith("sheet")]
        heads = [line for line in named if line.level] or [line for line in lines if line.level == 1]
        chosen = heads or [line for line in named if len(line.text) < 400]
        return one_line(chosen[0].text) if chosen else ""

    def under(self, line: Paragraph) -> None:
        """Stand under a heading outside of tables."""
        self.pass_over()
        self.common = {}
        while self.above and self.above[-1][0] >= line.level:
            self.above.pop()
        self.above.append((line.level, line.text))
        self.inside.clear()

    def beside(self, line: Paragraph) -> None:
        """Read a line between the tables: it may say who carries out what stands in the table below."""
        named = _labelled(line, self.book)
        self.common |= named
        if not named:
            self.passed.append(line)

    def pass_over(self) -> None:
        """Say which lines between the tables are not in the data."""
        if self.passed:
            more = f", and {len(self.passed) - 1} more" if len(self.passed) > 1 else ""
            words = (
                f"text beside the tables is not in the data: “{one_line(self.passed[0].text)[:160]}”{more}"
            )
            self.reading.notes.append((self.passed[0].where, "text", words))
            self.passed = []

    def grid(self, grid: Grid) -> None:
        """Read a table, or say why it is none of the plan's."""
        self.pass_over()
        header = self.headers.get(id(grid))
        width = len(grid.rows[0]) if grid.rows else 0
        if id(grid) in self.about_one:
            read_commitment(grid, self.languages, tuple(words for _, words in self.above), self.reading)
        elif id(grid) not in self.grids:
            self.out_of(grid, "a table that was not asked for")
        elif header is not None:
            self.rows(grid, header)
        elif self.last is not None and width == len(self.last.fields):  # it goes on after a page break
            self.rows(grid, Header(-1, -1, self.last.headings, self.last.fields, self.last.language))
        else:
            self.out_of(grid, "a table without the columns of a plan")

    def out_of(self, grid: Grid, reason: str) -> None:
        """Leave out a whole table, unless it says what abbreviations mean."""
        rows = [cells for row in grid.rows if (cells := filled(row))]
        self.reading.as_of = self.reading.as_of or _day_beside_label(rows)
        pairs = {row[0].text: one_line(row[-1].text) for row in rows if len(row) in (2, 3)}
        heads = len(rows) > 3 and not _abbreviates(rows[0][0].text, one_line(rows[0][-1].text))
        if heads:  # "Abbreviation", "Institution"
            pairs.pop(rows[0][0].text, None)
        if len(pairs) == len(rows) - heads > 2 and all(_abbreviates(*pair) for pair in pairs.items()):
            self.reading.abbreviations |= pairs
            self.reading.counted["abbreviations"] += len(rows)
        elif rows:
            words = one_line(" | ".join(cell.text for cell in rows[0]))[:160]
            count = f"{len(rows)} rows" if len(rows) > 1 else "1 row"
            self.reading.left_out.append((grid.where, reason, f"{count}, the first: {words}"))
            self.reading.counted["left out"] += len(rows)

    def leave(self, cells: Sequence[Cell], reason: str) -> None:
        """Leave out a row, and say so."""
        words = one_line(" | ".join(cell.text for cell in cells))[:200]
        self.reading.left_out.append((place_of(cells), reason, words))
        self.reading.counted["left out"] += 1

    def rows(self, grid: Grid, header: Header) -> None:
        """Read the rows of a table, one by one."""
        self.book, self.last = book(header.language), header
        self.note_guesses(grid, header)
        self.reading.headers.append(header)
        if id(grid) in self.tops:
            self.above = [(1, self.tops[id(grid)])]
            self.inside.clear()
        heads = grid.rows[header.first : header.last + 1] if header.first >= 0 else ()
        repeated = {tuple(folded(cell.text) for cell in row) for row in heads}
        self.note_groups(grid, header)
        self.of_sections = _numbers_of_sections(grid, header)
        end = self.end_of(grid)
        for y, row in enumerate(grid.rows):
            cells = filled(row)
            if not cells:
                continue
            if y < header.first:
                self.before(cells)
            elif y <= header.last or _are_numbers(cells) or tuple(folded(c.text) for c in row) in repeated:
                self.reading.counted["headings"] += 1
            elif not (y > end and self.is_below(row, cells, header)) and not self.is_aside(
                row, cells, header
            ):
                self.activity(row, cells, header, hidden=y in grid.hidden)

    def note_guesses(self, grid: Grid, header: Header) -> None:
        """Note what columns were told by what stands in them."""
        for heading in header.guessed:
            words = f"`{heading}` was taken for the column of the {dict(columns_in(header))[heading]} by what stands in it"
            self.reading.notes.append((grid.where, "column", words))

    def end_of(self, grid: Grid) -> int:
        """Give the last row that may be an activity's, where the table ends the plan or a sheet of it."""
        later = self.blocks[next(i for i, block in enumerate(self.blocks) if block is grid) + 1 :]
        width = len(grid.rows[0])
        goes_on = any(isinstance(b, Grid) and b.rows and len(b.rows[0]) == width for b in later)
        several = [y for y, row in enumerate(grid.rows) if len(filled(row)) > 1]
        return several[-1] if several and (grid.where.startswith("sheet") or not goes_on) else len(grid.rows)

    def is_below(self, row: Sequence[Cell], cells: Sequence[Cell], header: Header) -> bool:
        """Leave out a line below all activities that is neither a section's nor lists abbreviations; tell whether it is one."""
        text = cells[0].text
        goes_on = not row[0].text and any(
            row[x].text for x in header.columns("title", "deadline", *_OF_BODIES)
        )
        if len(cells) > 1 or goes_on or _meanings(text):
            return False
        words = folded(text)
        is_said = any(
            pattern(p).match(words) for p in (self.book.SECTIONS, self.book.REPEALED, self.book.TOTALS)
        )
        if is_said or pattern(self.book.INDICATORS).match(words) or _NUMERAL.match(text):
            return False
        self.leave(cells, "a note")
        return True

    def note_groups(self, grid: Grid, header: Header) -> None:
        """Find the columns of sections, and note those that are written only where they change."""
        self.groups = _groups(grid, header)
        for x, (cell, once) in self.groups.items():
            if once:
                words = f"`{header.headings[x]}` is written once for several rows: it was taken to hold until the next"
                self.reading.notes.append((cell.where, "split", words))
        titles = header.columns("title")
        for x, (_, once) in self.groups.items():
            body = [row for row in grid.rows[header.last + 1 :] if len(filled(row)) > 2]
            blank = [row[x] for row in body if not row[x].text and any(row[t].text for t in titles)]
            if blank and not once and len(blank) < len(body):
                words = f"`{header.headings[x]}` is blank in {counted(len(blank), 'rows')}, the first here: no section was taken from it"
                self.reading.notes.append((blank[0].where, "section", words))

    def before(self, cells: Sequence[Cell]) -> None:
        """Read a line above the headings: the plan's title, or the day of its status."""
        words = " ".join(cell.text for cell in cells)
        is_plan = re.search(rf"\b(?:{self.book.PLAN})", words, re.IGNORECASE)
        if len(cells) == 1 and pattern(self.book.SECTIONS).match(folded(words)) and not is_plan:
            self.section(one_line(words))
            return
        self.reading.preamble.append(words)
        day = _AS_OF.search(words) if len(words) < _SHORT_LINE else None
        self.reading.as_of = self.reading.as_of or status_day(words)
        if day:
            self.reading.as_of = day["day"].strip()
            words = words[: day.start()].strip(" ,;:(–—-")  # the plan's title may stand before it
        title = self.reading.title  # above the plan's may stand whose it is
        is_titled = bool(re.search(rf"\b(?:{self.book.PLAN})", title, re.IGNORECASE))
        if (
            len(cells) == 1
            and len(words) > 10
            and (not title or (is_plan and not is_titled and len(words) > len(title)))
        ):
            self.reading.title = one_line(words) if one_line(words) not in self.tops.values() else ""
        self.reading.counted["above the headings"] += 1

    def is_aside(self, row: Sequence[Cell], cells: Sequence[Cell], header: Header) -> bool:
        """Read a row that is no activity: a section, a total, an indicator, a note; tell whether it is one."""
        if self.is_total(row):
            self.leave(cells, "a total")
            return True
        if len(cells) > 1 or pattern(self.book.REPEALED).match(folded(cells[0].text)):
            return False
        text, words = cells[0].text, folded(cells[0].text)
        covered = [x for x, cell in enumerate(row) if cell.where == cells[0].where]
        wide = len(covered) >= max(2, len(row) // 2)
        in_title = bool({*covered} & {*header.columns("title")})
        if self.is_list_or_number(cells, text, in_number={*covered} <= {*header.columns("number")}):
            return True
        if pattern(self.book.INDICATORS).match(words):
            self.leave(cells, "an indicator of its section, no activity")
        elif pattern(self.book.NOTES).match(words) or (len(words) > 60 and text.count("=") > 1):
            self.leave(cells, "a note")
        elif wide or (not in_title and (row[0].text or pattern(self.book.SECTIONS).match(words))):
            self.section(one_line(text))
        else:
            return False
        return True

    def is_list_or_number(self, cells: Sequence[Cell], text: str, *, in_number: bool) -> bool:
        """Read a row of abbreviations, or leave out one of a number alone; tell whether it is one."""
        meanings = _meanings(text)
        self.reading.abbreviations |= meanings
        self.reading.counted["abbreviations"] += bool(meanings)
        if in_number and not meanings and not _HAS_WORD.search(text):
            self.leave(cells, "nothing but a number")
            return True
        return bool(meanings)

    def is_total(self, row: Sequence[Cell]) -> bool:
        """Tell whether a row begins as a total does, and holds numbers beside that and its section."""
        cells = filled(row)
        total = next((c for c in cells[:3] if pattern(self.book.TOTALS).match(folded(c.text))), Cell())
        groups = {row[x].where for x in self.groups}
        rest = [c.text for c in cells if c.where not in (groups | {total.where})]
        is_short = len(total.text) < _LONGEST_TOTAL and not any(map(_HAS_WORD.search, rest))
        return bool(total.text) and (is_short or ":" in total.text[:12])

    def section(self, title: str) -> None:
        """Open a section; its depth is told by the word and the number that it begins with."""
        shape = _shape(title, self.book.SECTIONS)
        shapes = [each for each, _ in self.inside]
        if shape in shapes:
            del self.inside[shapes.index(shape) :]
        self.inside.append((shape, title))
        self.reading.sections.append(tuple(words for _, words in (*self.above, *self.inside)))
        self.reading.counted["sections"] += 1

    def activity(self, row: tuple[Cell, ...], cells: Sequence[Cell], header: Header, *, hidden: bool) -> None:
        """Read a row of an activity: its first, or one more of the one above it."""
        number = next((row[x] for x in header.columns("number") if row[x].text), Cell())
        self.reading.counted["rows of activities"] += 1
        row = self.without_struck(row, header)
        before = self.reading.entries[-1] if self.reading.entries else None
        if before is not None and before.header.fields == header.fields and before.goes_on(row):
            before.rows.append(row)
            return
        rest = [cell for cell in cells if cell.where != number.where]
        gone = len(rest) == 1 and bool(pattern(self.book.REPEALED).match(folded(rest[0].text)))
        sections = (*(words for _, words in (*self.above, *self.inside)), *self.in_columns(row))
        if number.where in self.of_sections:
            self.reading.numbers[sections] = one_line(number.text)
            row = tuple(Cell() if cell.where == number.where else cell for cell in row)
        entry = ActivityRows(place_of(cells), sections, header, [row], gone, hidden, dict(self.common))
        self.reading.entries.append(entry)

    def without_struck(self, row: tuple[Cell, ...], header: Header) -> tuple[Cell, ...]:
        """Leave out what is struck out, and tell it; of deadlines it is what the plan said before.

        A row that is struck out as a whole, and a title or an outcome, is taken as it stands.
        """
        titles, before = header.columns("title"), header.columns("deadline", "revised")
        words = (*titles, *header.columns("outcome"))
        is_whole = all(cell.all_struck for cell in filled(row)) or any(row[x].all_struck for x in titles)
        told: dict[str, tuple[Cell, str]] = {}
        kept = list(row)
        for x, cell in enumerate(row):
            if not cell.struck:
                continue
            said = "is struck out and was left out"
            if cell.all_struck and (is_whole or x in words):
                said = "all of it is struck out: it was taken as it stands"
                kept[x] = replace(cell, struck="")
            elif x in before:
                said = "is struck out and was taken for what the plan said before"
            else:
                kept[x] = replace(cell, text="" if cell.all_struck else cell.standing, struck="")
            told[cell.where] = (cell, said)
        for cell, said in told.values():
            self.reading.notes.append((cell.where, "struck", f"`{one_line(cell.struck)[:80]}`: {said}"))
        return tuple(kept)

    def in_columns(self, row: Sequence[Cell]) -> list[str]:
        """Give the sections that a row's own columns name."""
        for x, (cell, once) in self.groups.items():
            self.groups[x] = (row[x] if row[x].text or not once else cell, once)
        return [one_line(cell.text) for cell, _ in self.groups.values() if cell.text]

    def after(self, line: Paragraph) -> None:
        """Read a paragraph below the tables: abbreviations and their meanings, or nothing of the plan's data."""
        for each in line.text.split("\n"):
            meanings = _meanings(each)
            self.reading.abbreviations |= meanings
            is_left = (
                not meanings and not line.where.startswith("sheet") and not _ABBREVIATIONS.fullmatch(each)
            )
            if is_left and line not in self.passed:
                self.passed.append(line)


def _meanings(text: str) -> dict[str, str]:
    """Read what a line says of abbreviations, each with its meaning; nothing where any part of it says something else."""
    head, colon, rest = text.partition(":")
    headed = colon and len(head) < 60 and "=" not in head and not _abbreviates(head.strip(), rest.strip())
    parts = [part.strip() for part in (rest if headed else text).split(";")]
    matches = [_MEANING.fullmatch(part) for part in parts if part.strip(" .")]
    pairs = {match["code"]: match["name"].strip() for match in matches if match}
    return pairs if len(pairs) == len(matches) and all(_abbreviates(*pair) for pair in pairs.items()) else {}


def _labelled(line: Paragraph, words: ModuleType) -> dict[str, Cell]:
    """Find what a line says of bodies behind the labels that name them: "Lead: the Exchequer. Partners: …"."""
    names = [w for role in ("lead", "partner", "agencies") for w in words.VERTICAL.get(role, "").split("|")]
    names += [w for each in words.PREFIXES.values() for w in each.split("|")]
    labels = "|".join(re.escape(w.strip(" =")) for w in sorted(names, key=len, reverse=True) if w.strip(" ="))
    parts = re.split(rf"(?:^|(?<=\s))((?:{labels})[^:.;,\n]{{0,30}}):", line.text, flags=re.IGNORECASE)
    return {
        label: Cell(said.strip(), line.where)
        for label, said in zip(parts[1::2], parts[2::2], strict=True)
        if said.strip()
    }


def _tops(grids: Sequence[Grid], headers: Mapping[int, Header]) -> dict[int, str]:
    """Give what heads each of several tables: a line above its headings that no other has, or its sheet's name."""
    above = {
        id(grid): [
            one_line(c[0].text) for row in grid.rows[: headers[id(grid)].first] if len(c := filled(row)) == 1
        ]
        for grid in grids
    }
    shared = set.intersection(*map(set, above.values())) if len(above) > 1 else set()
    tops = {}
    for grid in grids:
        own = [line for line in above[id(grid)] if line not in shared]
        tops[id(grid)] = own[-1] if own else grid.where.removeprefix("sheet ").removeprefix(grid.where)
    return tops if len(set(tops.values()) - {""}) == len(grids) > 1 else {}


def _day_beside_label(rows: Sequence[Sequence[Cell]]) -> str:
    """Find the day of the status on a cover sheet, where it may stand beside its label."""
    said = (status_day(" ".join(cell.text for cell in row)) for row in rows if len(row) < 3)
    return next(filter(None, said), "")


def _are_numbers(cells: Sequence[Cell]) -> bool:
    """Tell whether a row numbers the columns."""
    return len(cells) > 2 and [c.text.strip(" .") for c in cells] == [str(n + 1) for n in range(len(cells))]


def _groups(grid: Grid, header: Header) -> dict[int, tuple[Cell, bool]]:
    """Find the columns of sections; the truth beside each tells whether it is written only where it changes."""
    columns = {}
    body = [row for row in grid.rows[header.last + 1 :] if len(filled(row)) > 2]
    for x in header.columns("section"):
        cells = [row[x] for row in body if any(row[t].text for t in header.columns("title"))]
        written = [cell for cell in cells if cell.text]
        held = _are_apart(written)
        once = bool(written) and len(written) < len(cells) and bool(cells[0].text) and held
        columns[x] = (written[0] if written else Cell(), once)
    return columns


def _are_apart(written: Sequence[Cell]) -> bool:
    """Tell whether each text of a column stands once, or in one stretch: a blank may then go on with it."""
    if all(a.where == b.where or a.text != b.text for a, b in pairwise(written)):
        return True
    runs = [cell.text for n, cell in enumerate(written) if not n or cell.text != written[n - 1].text]
    return len(set(runs)) == len(runs) > 1


def _numbers_of_sections(grid: Grid, header: Header) -> set[str]:
    """Find the numbers that stand once beside several titles: where these stand in sections, they are of those."""
    titles: dict[str, set[str]] = {}
    for row in grid.rows[header.last + 1 :] if header.columns("section") else ():
        for x in header.columns("number"):
            titles.setdefault(row[x].where, set()).update(row[t].where for t in header.columns("title"))
    return {where for where, cells in titles.items() if len(cells) > 1}


def _abbreviates(code: str, name: str) -> bool:
    """Tell whether one text may be the abbreviation of another: shorter, with two capitals or more."""
    return len(code) < len(name) and len(code) < 21 and sum(letter.isupper() for letter in code) > 1


def _shape(title: str, words: str) -> tuple[str, int]:
    """Tell by what a section's heading shows its depth: its word, the form and the depth of its number."""
    text = folded(title)
    word = max((w for w in words.split("|") if text.startswith(w)), key=len, default="")
    rest = title[len(word) :].lstrip(" №-–—")
    match = _NUMERAL.match(rest)
    if not match:
        return (word or "-", 0)
    if match["number"]:
        return (word, match["number"].count(".") + 1)
    return (f"{word} {'roman' if match['roman'] else 'letter'}", 0)


def columns_of(reading: PlanTables) -> Iterator[tuple[str, str]]:
    """Give each heading once, with the field that it was taken for; not one over columns of several fields."""
    seen: dict[str, str] = {}
    several = set()
    for header in reading.headers:
        pairs = list(columns_in(header))
        several |= {heading for heading, name in pairs if (heading, name) != (heading, dict(pairs)[heading])}
        for heading, name in pairs:
            seen.setdefault(heading, name)
    yield from ((heading, name) for heading, name in seen.items() if heading not in several)


def columns_in(header: Header) -> Iterator[tuple[str, str]]:
    """Give the headings of a table, each with its field."""
    pairs = zip(header.headings, header.fields, strict=True)
    yield from ((heading, name) for heading, name in pairs if heading)


def examples(reading: PlanTables) -> Iterator[tuple[str, str, str]]:
    """Give each heading with its field and the first words that stand below it."""
    words: dict[str, str] = {}
    for entry in reading.entries:
        for x, heading in enumerate(entry.header.headings):
            if entry.rows[0][x].text:
                words.setdefault(heading, one_line(entry.rows[0][x].text)[:60])
    for heading, field in columns_of(reading):
        yield heading, field, words.get(heading, "")


def headings_of(source: Published) -> list[str]:
    """List the headings of a document's tables: those that are known, else what stands in each first row."""
    headings: dict[str, None] = {}
    for grid in source.blocks:
        if isinstance(grid, Grid):
            header = find_header(grid)
            full = [row for row in grid.rows[:_HEADED] if sum(bool(cell.text) for cell in apart(row)) > 1]
            first = [shown(cell.text) for cell in full[0]] if full else []
            headings |= dict.fromkeys(each for each in (header.headings if header else first) if each)
    return list(headings)
