"""From letters to the periods they name: any order of a point, a day, a month, a part of the year, a year."""

import re
from collections.abc import Callable
from typing import Any

from .letters import Line, Plural, Roman, Spelt
from .model import NotUnderstoodError
from .sketches import Sketch
from .vocabulary import Vocabulary

# The units that a number before them does not name, but count; and those the adoption date has one of.
_UNNUMBERED = ("workday", "hour", "fortnight")
_CURRENT = ("week", "month", "months", "quarter", "half", "year", "fiscal-year", "decade")
# The units that a number names or counts; and how many months those have that are counted from a year's first.
_COUNTED = ("day", "week", "ten-days", "quarter", "third", "half")
_MONTHS_OF = {"quarter": 3, "half": 6}
_CODES = {33 + n: ("quarter", n + 1) for n in range(4)} | {37 + n: ("third", n + 1) for n in range(3)}
_CODES |= {40 + n: ("half", n + 1) for n in range(2)}
# The letters that a period may begin with, and go on with.
_STARTS = "e?[piYMno2qsDdWXJjkwyumKTP]"
_TAIL = re.compile(r",?(?:[KT]|a[umywTRp])")


class _Patterns(dict[str, Callable[[str, int], re.Match[str] | None]]):
    """Compile each pattern of letters when it is first asked for."""

    def __missing__(self, pattern: str) -> Callable[[str, int], re.Match[str] | None]:
        self[pattern] = match = re.compile(pattern).match
        return match


_PATTERNS = _Patterns()


class Parts:
    """Read the parts of one line; `at` is where the reading stands."""

    def __init__(self, line: Line, words: Vocabulary) -> None:
        self.line = line
        self.letters = line.letters
        self.values = line.values
        self.articles = words.articles
        self.postfix = words.postfix
        self.calendar_fiscal = words.calendar_fiscal
        self.event_endings = words.event_endings
        self.at = 0
        self.implied = ""
        """The unit of a cycle that is only alluded to ("the reporting quarter")."""
        self.go_on = False
        """Whether a number after this one needs no name ("March 1-15, 2023", "weeks 10-12, 2023")."""

    def see(self, pattern: str, at: int | None = None) -> bool:
        """Tell whether the letters from here on match a pattern."""
        return _PATTERNS[pattern](self.letters, self.at if at is None else at) is not None

    @property
    def here(self) -> str:
        """The letter where the reading stands, or nothing after the last."""
        return self.letters[self.at : self.at + 1]

    def value(self, at: int | None = None) -> Any:
        """Return the value of a letter, or None after the last."""
        at = self.at if at is None else at
        return self.values[at] if at < len(self.values) else None

    def unit(self, at: int) -> str:
        """Return the unit that a letter names."""
        value = self.value(at)
        return "year" if self.see("y", at) else str(value)

    def case(self, at: int) -> str:
        """Return the number or case of a year's word."""
        return self.values[at][1] if self.see("y", at) else ""

    def fail(
        self, reason: str, message: str, start: int | None = None, end: int | None = None
    ) -> NotUnderstoodError:
        """Return the refusal of the letters from `start` to `end`, by default the one that is read."""
        start = self.at if start is None else start
        return NotUnderstoodError(reason, message, start, max(start + 1, self.at if end is None else end))

    def sketch(self) -> Sketch:
        """Read one period: its parts in any order, each once."""
        sketch = Sketch(self.at)
        while not sketch.ablative:
            match = _ATOMS.match(self.letters, self.at)
            if match is None or not ATOMS[int((match.lastgroup or "")[1:])][1](self, sketch, match.end()):
                break
            if self.here == "<" and self.at > sketch.start:
                self.at += 1
                sketch.ablative = True
        sketch.end = self.at
        if sketch.marker == "fiscal" and self.calendar_fiscal:
            sketch.marker = ""
        if not sketch.num:
            self.go_on = bool((sketch.month and sketch.day) or sketch.units)
        return sketch

    # -- what joins

    def skip(self, _sketch: Sketch, end: int) -> bool:
        """Skip a word that joins two parts of a period."""
        self.at = end
        return True

    def in_(self, sketch: Sketch, end: int) -> bool:
        """Skip "in" between a point and its period ("early in 2023", "1 марта в 2023 году")."""
        after = "[YMjyumw]" if sketch.point else "[Yj]"
        if sketch.empty or sketch.dated or sketch.num or not self.see(after, end):
            return False
        self.at = end
        return True

    def dash(self, sketch: Sketch, end: int) -> bool:
        """Skip a dash that binds ("mid-2023", "Q1-2024", "31-Dec-2023")."""
        before = self.letters[self.at - 1] if self.at > sketch.start else " "
        if self.here == "/" and not self.see("/M/Y|/Y(?![-/])"):
            return False
        if before in "pe":
            binds = not self.see("p", end)
        elif before in "Mqsum":
            binds = sketch.finer and not sketch.dated and self.see("Y", end)
        else:
            glued = self.line.glued(self.at) and self.line.glued(end)
            binds = (
                before in "no2"
                and bool(sketch.num)
                and (self.see("M[-/Y]", end) or (glued and self.see("M", end)))
            )
        if binds and self.see(_STARTS, end):
            self.at = end
            return True
        return False

    def comma(self, sketch: Sketch, end: int) -> bool:
        """Skip the comma before the year, and beside a weekday."""
        before = self.letters[self.at - 1] if self.at > sketch.start else ""
        year = self.see("Y", end) and sketch.finer and not sketch.dated and (not sketch.num or self.go_on)
        if year and (sketch.month or not sketch.day):
            sketch.apart = before not in "no2" or not sketch.month
        elif not (before == "k" and self.see("[no2MD]", end)) and not (
            self.see("k", end) and (sketch.day or sketch.month)
        ):
            return False
        self.at = end
        return True

    # -- parts

    def weekday(self, sketch: Sketch, end: int) -> bool:
        """Read a weekday."""
        if sketch.weekday is not None:
            return False
        sketch.weekday = self.values[self.at]
        self.at = end
        return True

    def point(self, sketch: Sketch, end: int) -> bool:
        """Read a point, and the unit that is in it ("year-end")."""
        joined = self.see("p[uymw]") and self.line.spans[end][0] == self.line.spans[end][1]
        if sketch.point or (not joined and not sketch.empty and not self.postfix):
            return False
        sketch.point = self.values[self.at]
        self.at = end + joined
        if joined:
            self.undated(sketch, self.unit(end))
        return True

    def month(self, sketch: Sketch, end: int) -> bool:
        """Read a month."""
        if sketch.month or isinstance(sketch.num, Roman):
            return False
        sketch.month = self.values[self.at]
        if sketch.num:
            sketch.day, sketch.num = sketch.num, 0
        # "наурыз айы": the word month after its name.
        self.at = end + (self.letters[end : end + 1] == "m")
        return True

    def number(self, sketch: Sketch, end: int) -> bool:
        """Read a number that is a day, or one that waits for what it counts."""
        n = self.values[self.at]
        if sketch.day or sketch.num or n < 1:
            return False
        if sketch.month and (not sketch.dated or sketch.year_first):
            if isinstance(n, Roman):
                return False
            sketch.day = n
        elif sketch.units and sketch.units[-1][1] == 0:
            sketch.units[-1] = (sketch.units[-1][0], n)
        elif not sketch.finer and not (sketch.dated and not sketch.year_first):
            sketch.num, sketch.ordinal = n, self.see("o")
        else:
            return False
        self.at = end
        return True

    def numbered(self, sketch: Sketch, end: int) -> bool:
        """Read a unit and its number: a day of a month, or a part of what is named besides."""
        n, unit, ordinal = self.values[self.at], self.unit(end - 1), self.see("o")
        unit = "half" if self.letters[end - 1] == "L" else unit
        if self.articles and ordinal and unit == "months":
            # "the first months"
            return False
        if unit in _UNNUMBERED:
            return self.number(sketch, self.at + 1)
        if len(sketch.units) == 2:
            return False
        if unit in ("day", "monthday") and not (sketch.num or sketch.day) and n > (1 if ordinal else 0):
            sketch.day = n
        else:
            named = {"months": "month" if ordinal else unit, "monthday": "day"}.get(unit, unit)
            sketch.units.append((named, n))
        self.at = end
        if unit in ("month", "months") and _TAIL.match(self.letters, end):
            self.at += self.see(",")
            self.tail(sketch, self.at + 1)
        return True

    def counted(self, sketch: Sketch, end: int) -> bool:
        """Read so many quarters or halves of a year, from its beginning; two weeks may be any two.

        A number in digits counts a plural that stands alone: "4 quarters", but not "1 and 2 quarters".
        """
        n, unit = self.value(), self.unit(end - 1)
        alone = self.at == 0 or self.letters[self.at - 1] not in "-,&/"
        counts = isinstance(n, Spelt) or (alone and isinstance(self.value(end - 1), Plural))
        if not counts or unit not in _COUNTED or len(sketch.units) == 2:
            return self.numbered(sketch, end)
        months = _MONTHS_OF.get(unit, 0)
        if n < 2 or not months or self.see("e?R", end):
            raise self.fail("ambiguous", "says how many, and not which", self.at, end)
        sketch.units.append(("months", n * months))
        self.at = end
        return True

    def half(self, sketch: Sketch, end: int) -> bool:
        """Read "first half-year"."""
        return self.values[end - 1] == (6, "month") and self.numbered(sketch, end)

    def first_units(self, sketch: Sketch, end: int) -> bool:
        """Read "first nine months", "last two weeks"."""
        sign, count, unit = self.values[self.at], self.values[self.at + 1], self.unit(end - 1)
        if sign not in (1, -1):
            return self.number(sketch, self.at + 1)
        if unit in ("month", "months", "quarter"):
            sketch.units.append(("months", sign * count * (3 if unit == "quarter" else 1)))
        elif unit in ("week", "day"):
            sketch.units.append(("days", sign * count * (7 if unit == "week" else 1)))
        else:
            return False
        self.at = end
        return True

    def part(self, sketch: Sketch, end: int) -> bool:
        """Read "Q3", "H1"."""
        if len(sketch.units) == 2:
            return False
        sketch.units.append(self.values[self.at])
        self.at = end
        return True

    def season(self, sketch: Sketch, end: int) -> bool:
        """Read a season."""
        if sketch.season:
            return False
        sketch.season = self.values[self.at]
        self.at = end
        return True

    # -- years and dates in digits

    def year(self, sketch: Sketch, end: int) -> bool:
        """Read a year in four digits, and what a dash or a slash adds to it."""
        if sketch.dated:
            return False
        year = self.values[self.at]
        if not 1900 <= year <= 2199:
            raise self.fail("no-such-period", "is no year from 1900 to 2199", self.at, end)
        sketch.year = year
        sketch.year_first = not sketch.finer and not sketch.point
        self.at = end
        if self.here not in ("-", "/"):
            return True
        if self.see("[-/]q(?!Y)") and self.line.glued(end) and self.line.glued(end + 1) and not sketch.finer:
            self.at += 1
        elif self.see("-M-[no2]") and self.values[end + 3] and not sketch.finer:
            sketch.month, sketch.day = self.values[end + 1], self.values[end + 3]
            self.at += 4
        elif self.see("[-/][Yn2]"):
            self.second_year(sketch)
        return True

    def second_year(self, sketch: Sketch) -> None:
        """Read another year after a dash or a slash, a month, or a code."""
        n, four = self.values[self.at + 1], self.see(".Y")
        if self.split_year(sketch):
            # Two digits are of the same century, or of the next one: "1999/00".
            sketch.year2 = n if four else sketch.year + (n - sketch.year) % 100
            self.at += 2
        elif four and self.here == "/" and sketch.units and n == sketch.year + 1:
            # "Q3 2025/2026": of a fiscal year, as "2025/26" is.
            sketch.year2 = n
            self.at += 2
        elif four:
            alone = not self.see("..[/]") and self.letters[max(self.at - 2, 0)] != "/"
            if self.here == "/" and alone and not sketch.finer:
                self.write("-")
        elif self.see(".2(?!e?[Mum])") and not (sketch.finer and not sketch.units):
            self.two_digits(sketch, n)

    def two_digits(self, sketch: Sketch, n: int) -> None:
        """Read two digits after a year, or after a part of it."""
        if (n > 12 or not n) and n == (sketch.year + 1) % 100:
            # "2023-24": a fiscal year, where the plan says when one begins.
            sketch.year2 = sketch.year + 1
            self.at += 2
        elif not sketch.units:
            self.code(sketch, n, dash=self.here == "-")

    def code(self, sketch: Sketch, n: int, *, dash: bool) -> None:
        """Read two digits after a year: a month, a code of ISO 8601, a season, or the end of a range of years."""
        if 1 <= n <= 12:
            sketch.month = n
        elif dash and n in _CODES:
            sketch.units.append(_CODES[n])
        elif n > sketch.year % 100:
            # The dash is read by the caller.
            self.values[self.at + 1] = sketch.year // 100 * 100 + n
            self.write("-Y")
            return
        elif dash and 21 <= n <= 23:
            sketch.season = n - 20
        else:
            raise self.fail("no-such-period", "is no month, and no year after it", self.at - 1, self.at + 2)
        self.at += 2

    def write(self, letters: str) -> None:
        """Put letters in place of those that are here."""
        self.letters = self.letters[: self.at] + letters + self.letters[self.at + len(letters) :]

    def split_year(self, sketch: Sketch) -> bool:
        """Tell whether two years name one season or one year of a school."""
        if sketch.season == 4 or sketch.marker:
            later = self.see(".Y") and self.values[self.at + 1] > sketch.year + 1
            return not (sketch.marker == "fiscal" and later)
        match = re.compile("..y*([sw])").match(self.letters, self.at)
        return bool(match) and (match[1] == "w" or self.values[match.end() - 1] == 4)  # type: ignore[index, union-attr]

    def date(self, sketch: Sketch, end: int) -> bool:
        """Read a date or a month in digits, or a day and a month ("01.09")."""
        if sketch.finer or sketch.dated:
            return False
        if self.see("d"):
            sketch.day, sketch.month = self.values[self.at]
            days = [sketch.day]
        else:
            sketch.year, sketch.month, *days = self.values[self.at]
            if not 1900 <= sketch.year <= 2199:
                message = "has no year from 1900 to 2199 in four digits"
                raise self.fail("no-such-period", message, self.at, self.at + 1)
            sketch.day = days[0] if days else 0
        if not 1 <= sketch.month <= 12:
            raise self.fail("no-such-day", "has no month from 1 to 12", self.at, self.at + 1)
        if days == [0]:
            raise self.fail("no-such-day", "has no day 0", self.at, self.at + 1)
        self.at = end
        return True

    def week(self, sketch: Sketch, end: int) -> bool:
        """Read a week of ISO 8601."""
        if sketch.finer or sketch.dated:
            return False
        sketch.isoweek = self.values[self.at]
        self.at = end
        return True

    def decade(self, sketch: Sketch, end: int) -> bool:
        """Read ten years ("2020s")."""
        if sketch.dated or self.values[self.at] % 10:
            return False
        sketch.decade = self.values[self.at]
        self.at = end
        return True

    # -- units without a number

    def now(self, sketch: Sketch, end: int) -> bool:
        """Read one word for the year of the adoption, or "this year", "next quarter"."""
        if sketch.dated:
            return False
        unit = "year" if self.see("J") else self.unit(end - 1)
        if self.values[self.at] > 1 or unit not in _CURRENT or self.case(end - 1) == "plural":
            return False
        sketch.shift = self.values[self.at]
        if unit == "fiscal-year":
            sketch.marker = "fiscal"
        elif unit != "year":
            sketch.current = "month" if unit == "months" else unit
        self.at = end
        sketch.year_first = not sketch.finer
        return True

    def marker(self, sketch: Sketch, end: int) -> bool:
        """Read the name of a year that is no calendar year."""
        if sketch.marker or self.see("S", end):
            return False
        sketch.marker = str(self.values[self.at]).removesuffix("-year")
        self.at = end
        if sketch.marker == "fiscal" and not sketch.dated and self.short("n", end):
            self.short_years(sketch)
        if sketch.marker == "fiscal" and not sketch.dated and not self.see("[Ye]"):
            sketch.shift = 0
        return True

    def short(self, pattern: str, at: int) -> bool:
        """Tell whether letters match whose last is a number of two digits."""
        match = _PATTERNS[pattern](self.letters, at)
        if match is None:
            return False
        first, last = self.line.spans[match.end() - 1]
        return last - first == 2 and not self.see("e?[umyM]", match.end())

    def short_years(self, sketch: Sketch) -> None:
        """Read two digits as a year after "FY": "FY27", "FY 24-25"."""
        sketch.year = 2000 + self.values[self.at]
        self.at += 1
        if self.short("[-/]n", self.at) and self.values[self.at + 1] == self.values[self.at - 1] + 1:
            sketch.year2 = sketch.year + 1
            self.at += 2

    def short_date(self, sketch: Sketch, end: int) -> bool:
        """Read what spreadsheets show: "30-Jun-23"."""
        if not sketch.empty or not self.short("n([-/])M\\1n", self.at):
            return self.number(sketch, self.at + 1)
        sketch.day, sketch.month = self.values[self.at], self.values[self.at + 2]
        sketch.year = 2000 + self.values[end - 1]
        self.at = end
        return sketch.day > 0

    def unnumbered(self, sketch: Sketch, end: int) -> bool:
        """Read a unit that no number comes before."""
        unit = self.unit(self.at)
        if sketch.undated and self.see("y,?[Ka](?:e?y)?e?E") and self.next_year(sketch):
            return True
        if self.see("S", end) or unit in (*_UNNUMBERED, "monthday") or self.loose(sketch, unit):
            return False
        if unit == "year" and (sketch.year or sketch.decade or self.see("Y", end)):
            if self.at > sketch.start and self.letters[self.at - 1] == "y":
                return False
            self.at = end
            return True
        if _TAIL.match(self.letters, end):
            return self.tail(sketch, end)
        if self.see("me?M"):
            self.at = end
            return True
        return self.holding(sketch, unit, end)

    def next_year(self, sketch: Sketch) -> bool:
        """Read "1 January of the year following the year of publication"."""
        at = self.letters.index("E", self.at)
        if self.values[at] != "adoption":
            return False
        sketch.shift, self.at = 1, at + 1
        return True

    def holding(self, sketch: Sketch, unit: str, end: int) -> bool:
        """Read a unit that holds the rest, or is counted from the adoption date."""
        year = unit == "year"
        if unit not in ("day", "year") and self.see("n", end):
            sketch.units.append((unit, 0))
        elif unit == "day" and (sketch.num or sketch.day):
            sketch.day, sketch.num = sketch.num or sketch.day, 0
        elif sketch.dated:
            # "биыл жыл": the year of one word, and the word for it.
            if not year or self.letters[self.at - 1] != "J":
                return False
        else:
            return self.undated_unit(sketch, unit, end)
        self.at = end
        return True

    def undated_unit(self, sketch: Sketch, unit: str, end: int) -> bool:
        """Read "of the month", "the end of the year", where no year has come yet."""
        year = unit == "year"
        if not year and ((sketch.finer and not sketch.holder) or self.see("o[umy]", end)):
            sketch.holder = unit
            self.at = end
            return True
        if sketch.point or year or (self.postfix and self.see("p", end)):
            self.at = end
            self.undated(sketch, unit)
            return True
        return False

    def loose(self, sketch: Sketch, unit: str) -> bool:
        """Tell whether a unit without a number stands where none can: "late month", "Q1 years"."""
        if sketch.year or sketch.decade or self.see(".e?[YM]"):
            return False
        if self.case(self.at) == "plural":
            return True
        before = self.letters[self.at - 1] if self.at > sketch.start else ""
        if sketch.point in ("early", "late") and unit != "year" and before == "p":
            return True
        if not self.articles or unit != "year":
            return False
        # "Q1 of the year" but not "Q1 year"; "the year" alone, but not "year Q1".
        return (sketch.finer and before != "e") or (sketch.empty and self.see(".[qosn]"))

    def undated(self, sketch: Sketch, unit: str) -> None:
        """Note a unit with no number: "the end of the year", unless a year follows."""
        if unit == "fiscal-year":
            sketch.marker, unit = "fiscal", "year"
        if sketch.dated or self.see("e?Y"):
            if unit != "year":
                sketch.units.append((unit, 0))
        elif unit in ("day", "ten-days", "third"):
            sketch.units.append((unit, 0))
        else:
            sketch.shift = 0
            sketch.bare = not sketch.point
            if unit != "year":
                sketch.current = "month" if unit == "months" else unit

    def tail(self, sketch: Sketch, _end: int) -> bool:
        """Drop what only says which cycle is meant ("of the month following the reporting quarter")."""
        sketch.tail = True
        end = self.at
        # "half after the quarter" is no day of a cycle.
        named = sketch.finer or self.see(".?[KT]")
        while not self.see("p[BH]", end) and self.see("[KTPeaRpj<umyw]|,[KTP]", end):
            if self.see("T(?![umyw])", end):
                alone = self.see("y") or (self.see("[umyw]") and not self.value(end))
                self.implied = self.implied or (self.unit(self.at) if alone else "report")
            if named and self.see("[umyw]", end) and self.tells_cycle(end):
                self.implied = self.implied or self.unit(end)
            end += 1
        # "of the month after the quarter", "тоқсаннан кейінгі айдың"
        sketch.next_month = self.see("m") or "Km" in self.letters[self.at : end]
        self.at = end
        return True

    def tells_cycle(self, at: int) -> bool:
        """Tell whether a unit in a tail is that of the cycle, and not that of a month or a year in it."""
        before = self.letters[at - 1] if at > self.at else ""
        return before in tuple("TKaeRp") or self.see(".<", at)


Atom = Callable[[Parts, Sketch, int], bool]
# Each row: the letters of a part of a period, and what reads them into a sketch.
ATOMS: tuple[tuple[str, Atom], ...] = (
    (f"e(?=-|{_STARTS})(?!i)", Parts.skip),
    ("i", Parts.in_),
    ("[-/]", Parts.dash),
    (",", Parts.comma),
    ("k", Parts.weekday),
    ("p", Parts.point),
    ("M", Parts.month),
    ("n-M-n|n/M/n", Parts.short_date),
    ("on[umy]", Parts.first_units),
    ("[no2]e?(?=M)", Parts.number),
    ("nu", Parts.counted),
    ("[no2][um]", Parts.numbered),
    ("oL", Parts.half),
    ("[no2]", Parts.number),
    ("q", Parts.part),
    ("s", Parts.season),
    ("Y", Parts.year),
    ("Dy?|d", Parts.date),
    ("W", Parts.week),
    ("X", Parts.decade),
    ("J|j[yumw]", Parts.now),
    ("w", Parts.marker),
    ("[yum]", Parts.unnumbered),
    ("[KTP]", Parts.tail),
)
_ATOMS = re.compile("|".join(f"(?P<a{at}>{row})" for at, (row, _) in enumerate(ATOMS)))
