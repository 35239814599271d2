"""Which column of a published table is which: by its heading, in any language that has a phrasebook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from followup_cli.importers.phrasebook import LANGUAGES, book, pattern
from followup_cli.importers.source import Cell, Grid

# What a column may be: its word in a mapping file, and what it becomes.
FIELDS = {
    "number": "the printed number",
    "title": "the activity's title",
    "outcome": "what must be produced",
    "deadline": "when it is due",
    "start": "when it begins",
    "revised": "the deadline that took the first one's place",
    "lead": "bodies in charge",
    "partner": "bodies that take part",
    "agencies": "bodies whose role their marks tell",
    "section": "the part of the plan that the row belongs to",
    "status": "what was reported, in the report's words",
    "reported": "the day of that report",
    "marked": "a span of time, marked where the row falls into it",
    "other": "kept as it is, under its heading",
}
_SINGLE = ("number", "title", "outcome", "deadline", "start", "revised", "reported")
_NEEDED = ("deadline", "outcome", "lead", "agencies", "partner", "start", "marked", "status")
# In English the last noun says what a column is, and those before it whose: "action owner", "policy objective".
_VAGUE = ("title", "section", "status", "agencies", "")
_QUALIFYING = ("title", "section", "outcome", "")
_OF_PLANS = ("section", "title", "outcome", "agencies")
_OF_ROWS = ("agencies", "lead", "deadline", "status", "other")
_SURELY = 3  # kinds of columns by which a table is a plan's, though no heading names its titles
_LONGEST = 500  # letters of a heading: what YAML takes for a key, and more than a heading has
_RAISED = re.compile(r"[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+$")
_SPAN = re.compile(
    r"(?:fy|financial year|fiscal year|year|год|жыл|рік|año|année|jahr)?\s*(?:19|20)\d\d(?:\s*[/–-]\s*\d{2,4})?(?:\s*(?:год|г|жыл|жылы|рік|р)\.?)?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:[QTHS][1-4]|(?:[IVX]{1,3}|[1-4])[-.\s]?(?:st|nd|rd|th|er|e)?\s?(?:quarter|кв|тоқсан|trim|quartal))",
    re.IGNORECASE,
)  # of a year
_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d")
_PROSE = re.compile(r"\w{4,}[.!?] \S")  # sentences, which headings are not
_OF = re.compile(r"\s(?:of|for|to|in|by|at|on|and|or)\s|[(/:,]")  # after the noun that a heading is about
_MARKS = frozenset(["x", "х", "✓", "✔", "✗", "+", "•", "■", "●", "v", "√"])


@dataclass(frozen=True)
class Header:
    """The headings of a table.

    Attributes:
        first, last: the rows that they stand in, from 0.
        headings: the words over each column; of a heading in two rows, both.
        fields: what each column is (a word of FIELDS), or an empty text for a column without heading.
        language: the language of the headings.
        guessed: headings of columns that were told by what stands in them.
    """

    first: int
    last: int
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    language: str
    guessed: tuple[str, ...] = ()

    def columns(self, *fields: str) -> list[int]:
        """Give the columns of the fields, left to right."""
        return [x for x, each in enumerate(self.fields) if each in fields]


@lru_cache(10_000)
def folded(text: str) -> str:
    """Fold a heading: small letters, one line, no hyphen at a line end, no mark of a footnote.

    The names that programs give to columns are taken apart into words: `end_date`, `milestoneStatus`.
    """
    text = re.sub(r"(\w)-\n(\w)", r"\1\2", text)
    if " " not in text.strip():
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("_", " "))
    return _RAISED.sub("", " ".join(text.split())).casefold().strip()


def shown(text: str) -> str:
    """Give a heading as it reads: on one line, whole words, no mark of a footnote."""
    text = re.sub(r"(\w)-\n(\w)", r"\1\2", text)
    return _RAISED.sub("", " ".join(text.split()))[:_LONGEST].strip().rstrip(":").strip()


@lru_cache(10_000)
def field_of(heading: str, language: str) -> tuple[str, int]:
    """Tell the field that a heading names in a language, and how many of its letters say so."""
    text = folded(heading)
    if _DAY.fullmatch(text):
        return "status", len(text)  # the day of a report heads its column
    best, most = _begins_with(text, language)
    for field, words in book(language).WITHIN.items():
        inside = re.search(rf"\b(?:{words})\b", text) if best in _VAGUE else None
        if inside:
            best, most = field, max(most, len(inside[0]))
    noun = _last_noun(text) if language == "en" and best in _QUALIFYING else ""
    noun = "" if noun == "body" else noun  # the body of an action is its text
    named, letters = _begins_with(noun, language)
    if named in (_OF_ROWS if best else _OF_PLANS):
        best, most = named, max(most, letters)
    return best, most


def _begins_with(text: str, language: str) -> tuple[str, int]:
    """Give the field whose words a text begins with, and how many of its letters they are."""
    fields = book(language).HEADINGS.items()
    matches = [(field, match.end()) for field, words in fields if (match := pattern(words).match(text))]
    return max(matches, key=lambda each: each[1], default=("", 0))


def _last_noun(text: str) -> str:
    """Give the noun that an English heading is about, where others stand before it."""
    before, *_ = _OF.split(text, maxsplit=1)
    _, space, noun = before.rpartition(" ")
    return noun if space else ""


def label_field(label: str, language: str) -> str:
    """Tell what the label of a table about one commitment, or of a line beside a table, names, or nothing."""
    text = folded(label)
    for name, words in book(language).VERTICAL.items():
        if pattern(words).match(text):
            return str(name)
    roles = book(language).PREFIXES.items()
    return next((str(role) for role, words in roles if text in words.split("|")), "")


def find_header(grid: Grid, languages: Sequence[str] = LANGUAGES) -> Header | None:
    """Find the row or rows of headings: those in which the most columns are recognised, the title among them."""
    best: tuple[int, int, int, Header] | None = None
    for y, row in enumerate(grid.rows[:40]):
        if sum(bool(cell.text) for cell in _apart(row)) < 2:
            continue
        last = _last_row(grid, y)
        headings = _headings(grid, y, last)
        for language in languages:
            found = _header_in(grid, y, last, headings, language)
            if found and (best is None or found[:3] > best[:3]):
                best = found
    return best[3] if best else None


def _header_in(
    grid: Grid, first: int, last: int, headings: Sequence[tuple[str, str]], language: str
) -> tuple[int, int, int, Header] | None:
    """Take rows for headings in a language, with the rank that they have among others; None if they are none."""
    fields, weight = _fields(headings, language)
    names = tuple(heading for heading, _ in headings)
    guessed = _title_by_length(grid, last, fields)
    fields = tuple("title" if x == guessed else field for x, field in enumerate(fields))
    if "title" not in fields or not set(fields) & set(_NEEDED):
        return None
    fields = _settled(grid, last, names, fields, language)
    distinct = len({f for f in fields if f not in ("", "other")})
    told = (names[guessed],) if guessed is not None else ()
    known = distinct - 2 * any(map(_PROSE.search, names)) - len(told)
    return known, -first, weight, Header(first, last, names, fields, language, told)


def _title_by_length(grid: Grid, last: int, fields: Sequence[str]) -> int | None:
    """Find the column of titles where the other headings are a plan's and none names them: that of the longest texts."""
    if "title" in fields or "outcome" in fields or len(set(fields) & {"number", *_NEEDED}) < _SURELY:
        return None
    body = grid.rows[last + 1 :]
    free = [x for x, field in enumerate(fields) if field == "other"]
    return max(free, key=lambda x: sum(len(row[x].text) for row in body), default=None) if body else None


def mapped(header: Header, named: Mapping[str, str]) -> Header:
    """Take from a person what some of the columns are: folded heading → field."""
    pairs = zip(header.headings, header.fields, strict=True)
    guessed = tuple(heading for heading in header.guessed if folded(heading) not in named)
    fields = tuple(named.get(folded(heading), field) for heading, field in pairs)
    return replace(header, fields=fields, guessed=guessed)


def _apart(row: Sequence[Cell]) -> list[Cell]:
    """Give a row's cells, each merged one once."""
    return list({cell.where or str(x): cell for x, cell in enumerate(row)}.values())


def _last_row(grid: Grid, first: int) -> int:
    """Tell where headings that begin in a row end: they go on where cells reach down or lie over several."""
    last = first
    while last + 1 < len(grid.rows):
        upper, lower = grid.rows[last], grid.rows[last + 1]
        joined = [a.where == b.where and a.text for a, b in zip(upper, lower, strict=True)]
        over = any(
            a.where == b.where and a.text and c.where != d.where and c.text and d.text
            for a, b, c, d in zip(upper, upper[1:], lower, lower[1:], strict=False)
        )
        if not (any(joined) and over) and not _parts_of_spans(upper, lower):
            break
        last += 1
    return last


def _parts_of_spans(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Tell whether a row names the quarters of the years above it, also where no cell lies over several."""
    filled = [(above, cell) for above, cell in zip(upper, lower, strict=True) if cell.text]
    years = any(_SPAN.fullmatch(above.text) for above, _ in filled)
    return len(filled) > 1 and years and all(_PART.fullmatch(shown(cell.text)) for _, cell in filled)


def _headings(grid: Grid, first: int, last: int) -> list[tuple[str, str]]:
    """Give each column's heading: all of its words, and those of its lowest part."""
    headings = []
    span = Cell()
    for column in zip(*grid.rows[first : last + 1], strict=True):
        span = column[0] if column[0].text else span
        if (
            last > first
            and not column[0].text
            and _SPAN.fullmatch(span.text)
            and _PART.fullmatch(column[-1].text)
        ):
            column = (span, *column[1:])  # noqa: PLW2901
        parts = list({cell.where: shown(cell.text) for cell in column if cell.text}.values())
        headings.append((" ".join(parts), parts[-1] if parts else ""))
    return headings


def _fields(headings: Sequence[tuple[str, str]], language: str) -> tuple[tuple[str, ...], int]:
    """Name the field of each heading: by its lowest part where that says it, else by the whole.

    A field that no heading begins with is looked for within those that say nothing else.
    """
    fields, weight = [], 0
    for heading, lowest in headings:
        field, letters = field_of(lowest, language)
        if not field:
            field, letters = field_of(heading, language)
        fields.append(field or ("other" if heading else ""))
        weight += letters
    for name in ("title", "outcome", "deadline", "agencies"):
        words = re.compile(rf"\b(?:{_longer(book(language).HEADINGS[name])})")
        inside = [x for x, (heading, _) in enumerate(headings) if words.search(folded(heading))]
        free = [x for x in inside if fields[x] == "other"]
        if free and name not in fields:
            fields[free[0]] = name
    if "title" not in fields and "outcome" in fields:
        fields[fields.index("outcome")] = "title"  # outputs alone are what the plan will do
    return tuple(fields), weight


def _longer(words: str) -> str:
    """Give the words of a field that are long enough to mean it wherever they stand."""
    return "|".join(re.escape(word.strip()) for word in words.split("|") if len(word) > 5 and word[0] != "=")


def _settled(
    grid: Grid, last: int, headings: Sequence[str], fields: tuple[str, ...], language: str
) -> tuple[str, ...]:
    """Settle which column is it where several have one field: the finest title, the first of the others."""
    body = grid.rows[last + 1 :]
    settled = [
        "marked" if _is_marked(heading, x, body) else field
        for x, (heading, field) in enumerate(zip(headings, fields, strict=True))
    ]
    finest = _one_title(settled, headings, language, body)
    for field in _SINGLE:
        columns = [x for x, each in enumerate(settled) if each == field]
        if len(columns) < 2:
            continue
        kept = _kept(field, columns, headings, finest, language)
        for x in columns:
            same = headings[x] == headings[kept] and not _both_filled(body, x, kept)
            settled[x] = field if same else "other"
    return tuple(settled)


def _both_filled(body: Sequence[Sequence[Cell]], x: int, other: int) -> bool:
    """Tell whether two columns have words of their own in one row."""
    pairs = ((row[x], row[other]) for row in body)
    return any(a.text and b.text and a.text != b.text for a, b in pairs)


def _one_title(
    settled: list[str], headings: Sequence[str], language: str, body: Sequence[Sequence[Cell]]
) -> int:
    """Leave one column of titles, that of the finest grain, and give it; coarser ones before it are sections."""
    grains = book(language).GRAINS.casefold().split("|")
    titles = [x for x, field in enumerate(settled) if field == "title"]
    finest = min(titles, key=lambda x: (_grain(headings[x], grains), x), default=0)
    own = [x for x in titles if x < finest and _all_differ(body, x)]
    if own and _grain(headings[finest], grains) == 0:
        # Where each row has its own activity, its milestone is what comes of that.
        settled[finest], finest = "outcome", own[0]
    for x in titles:
        if x != finest and settled[x] == "title":
            settled[x] = "section" if x < finest else "other"
    return finest


def _is_marked(heading: str, x: int, body: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether a column is a span of time, in which rows are marked."""
    digits_at_end = heading.rpartition(" ")[2][:1].isdigit() or _PART.search(heading)
    if not (_SPAN.fullmatch(heading) or (_SPAN.search(heading) and digits_at_end)):
        return False
    values = {row[x].text.casefold() for row in body if row[x].text and len(_apart(row)) > 1}
    marks = values & _MARKS
    return bool(marks) and all(value in heading.casefold() for value in values - marks)


def _all_differ(body: Sequence[Sequence[Cell]], x: int) -> bool:
    """Tell whether each row has words of its own in a column."""
    texts = [row[x].text for row in body if len(_apart(row)) > 2]
    return len(set(texts)) == len(texts) > 2 and all(texts)


def _grain(heading: str, grains: Sequence[str]) -> int:
    """Rank what a heading calls the rows: 0 is the finest."""
    words = folded(heading)
    return next((i for i, each in enumerate(grains) if words.startswith(each) or f" {each}" in words), 99)


def _kept(field: str, columns: Sequence[int], headings: Sequence[str], title: int, language: str) -> int:
    """Choose the one column of a field that several headings name: the first, but for numbers and deadlines."""
    if field == "number":
        return max((x for x in columns if x < title), default=columns[0])
    within = book(language).WITHIN.get("deadline", "") if field == "deadline" else ""
    sure = [x for x in columns if within and re.search(rf"\b(?:{within})\b", folded(headings[x]))]
    return (sure or list(columns))[0]
