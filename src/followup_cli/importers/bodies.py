"""The bodies of a plan: what its cells name becomes codes, each code with one name, marks and roles kept."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from followup_cli.choosing import distance, fold
from followup_cli.importers.cells import Body, bodies, is_absent, role_within
from followup_cli.importers.doubting import Doubt, Path
from followup_cli.importers.entries import ActivityRows, PlanTables, one_line
from followup_cli.importers.headings import folded, label_field
from followup_cli.plan.values import CODE

_LONGEST_CODE = 16  # letters
_DEFINED = re.compile(r"(?P<name>\S.*\S)\s*\((?P<code>[^()\s]{2,12})\)")
_MARK = re.compile(r"\s*\([^()]*\)$")
_DIGITS = re.compile(r"\d+")  # "School No. 7" is not "School No. 8"


class Bodies:
    """Gives each body its code; remembers names, and what the plan's marks mean.

    Attributes:
        names: code → the name as the plan writes it.
        marks: mark as printed → role.
    """

    def __init__(self, reading: PlanTables, doubts: list[Doubt], codes: Mapping[str, str]) -> None:
        self.reading, self.doubts = reading, doubts
        self.codes = dict(codes)  # folded name → code
        self.names = {code: code for code in codes.values()}
        self.marks: dict[str, str] = {}
        for code, name in _defined(_cells(reading)):
            reading.abbreviations.setdefault(code, name)
        self.meanings = {fold(meaning): code for code, meaning in reading.abbreviations.items()}
        # What the plan itself abbreviates is no code for another body.
        self.printed = {
            _own_code(_MARK.sub("", part.strip(" .*"))) for part in _between_marks(_cells(reading))
        }
        self.meanings |= {fold(code): code for code in reading.abbreviations if _own_code(code)}
        # Where partners have a column of their own, those of the other column are in charge.
        self.apart = any("partner" in header.fields for header in reading.headers)
        self.alone = _alone(reading)
        self.habits: dict[tuple[int, int], tuple[bool, bool]] = {}

    def of_row(self, entry: ActivityRows, index: int, at: Path) -> list[Any]:
        """Make the list of agencies of a row, in the plan's order."""
        listed: list[Any] = []
        seen = set()
        for column, body in (*self._in_columns(entry, index, at), *self._in_common(entry)):
            code = self.code(body.name)
            if code not in seen:
                seen.add(code)
                listed.append(self._assigned(code, body, column, entry.header.language))
        return listed

    def _assigned(self, code: str, body: Body, column: str, language: str) -> Any:
        """Write an agency as the data does: with its mark, else with the role that its place gives it."""
        if body.mark:
            self.marks.setdefault(body.mark, role_within(body.mark, language))
            return f"{code} ({body.mark})"
        own = {"lead": "lead", "partner": "partner", "agencies": "lead" if self.apart else ""}
        role = body.role or own[column]
        return {"agency": code, "role": role} if role else code

    def _in_columns(self, entry: ActivityRows, index: int, at: Path) -> list[tuple[str, Body]]:
        named = []
        language = entry.header.language
        for field in ("lead", "agencies", "partner"):
            for x in entry.header.columns(field):
                cell = entry.rows[index][x]
                if is_absent(cell.text, language):
                    continue
                a_line_each, bold_leads = self._habit(entry, x)
                bold = cell.bold if bold_leads else ""
                read, guesses = bodies(
                    cell.text, language, a_line_each=a_line_each, bold=bold, alone=self.alone
                )
                self.doubts += [Doubt(cell.where, "split", guess, (*at, "agencies")) for guess in guesses]
                named += [(field, body) for body in read]
        return named

    def _in_common(self, entry: ActivityRows) -> list[tuple[str, Body]]:
        """Read the bodies of the commitment that a milestone is a part of."""
        language = entry.header.language
        return [
            (field, body)
            for label, cell in entry.common.items()
            if (field := label_field(label, language)) in ("lead", "partner", "agencies")
            and not is_absent(cell.text, language)
            for body in bodies(cell.text, language)[0]
        ]

    def _habit(self, entry: ActivityRows, column: int) -> tuple[bool, bool]:
        """Tell how a column of bodies is written: one a line (no line but the last ends in a comma); leads in bold."""
        key = (id(entry.header), column)
        if key not in self.habits:
            cells = [row[column] for e in self.reading.entries if e.header is entry.header for row in e.rows]
            several = [cell.text for cell in cells if "\n" in cell.text]
            self.habits[key] = (
                bool(several) and not any(re.search(r"[,;]\n", text) for text in several),
                any(cell.bold and cell.bold != cell.text for cell in cells),
            )
        return self.habits[key]

    def code(self, name: str) -> str:
        """Give a body's code: its abbreviation where the plan uses one, else one made of its first letters."""
        name = " ".join(name.split())
        defined = _DEFINED.fullmatch(name)
        if defined and self.meanings.get(fold(defined["name"])) == defined["code"]:
            name = defined["name"]
        key = fold(name)
        if key in self.codes:
            return self.codes[key]
        known = self.meanings.get(key) or _own_code(name)
        base = code = known or _made_code(name)
        again = 1
        while (code in self.names and fold(self.names[code]) != key and key not in self.meanings) or (
            not known and code in self.printed
        ):
            again += 1
            code = f"{base}{again}"
        self.codes[key] = code
        self.names.setdefault(code, self.reading.abbreviations.get(code, name))
        return code

    def listed(self) -> list[dict[str, str]]:
        """Write the agencies; `listed: false` where the code is ours."""
        return [
            {"code": code, "name": name}
            | ({} if code in self.reading.abbreviations or code == name else {"listed": "false"})
            for code, name in self.names.items()
        ]

    def note_two_spellings(self) -> None:
        """Note bodies whose names differ by a letter or two."""
        names = [(name, fold(name)) for name in self.names.values() if len(name) > 7]
        for i, (one, first) in enumerate(names):
            for two, second in names[i + 1 :]:
                close = abs(len(first) - len(second)) < 3 and _DIGITS.findall(first) == _DIGITS.findall(
                    second
                )
                if close and distance(first, second, 2) <= 2:
                    message = f"`{one}` and `{two}` may be one body spelt two ways"
                    self.doubts.append(Doubt("", "agency", message))


def _cells(reading: PlanTables) -> list[str]:
    """List the cells that name bodies."""
    return [
        row[x].text
        for entry in reading.entries
        for row in entry.rows
        for x in entry.header.columns("lead", "agencies", "partner")
    ]


def _alone(reading: PlanTables) -> set[str]:
    """List the names, folded, that stand between marks of punctuation somewhere in the plan."""
    return {folded(part.strip(" .*")) for part in _between_marks(_cells(reading))} - {""}


def _between_marks(cells: Iterable[str]) -> list[str]:
    return [part for text in cells for part in re.split(r"[,;\n]", text)]


def _defined(cells: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find the abbreviations that stand in brackets behind the name that they are of: "Legal Aid Service (LAS)"."""
    for part in _between_marks(cells):
        match = _DEFINED.fullmatch(one_line(part).strip(" ."))
        if match and _is_short_for(match["code"], match["name"]):
            yield match["code"], match["name"]


def _is_short_for(code: str, name: str) -> bool:
    """Tell whether the letters of an abbreviation begin words of a name, in their order."""
    if not re.match(CODE, code) or sum(letter.isupper() for letter in code) < 2 or " " not in name:
        return False
    initials = [word[0].casefold() for word in re.findall(r"\w+", name)]
    letters = iter(initials)
    return all(letter.casefold() in letters for letter in code if letter.isupper())


def _own_code(name: str) -> str:
    """Take a name for its code where it is one word, or all in capitals."""
    short = len(name) <= _LONGEST_CODE and re.match(CODE, name)
    return name if short else ""


def _made_code(name: str) -> str:
    words = re.findall(r"\w+", name)
    return "".join(w[0].upper() for w in words if w[0].isupper() or len(w) > 3)[:8] or "X"
