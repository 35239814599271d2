"""Problems in the data: where they are, what they are, how to mend them."""

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from followup_cli.glossary import PlanFile, counted


class Severity(StrEnum):
    """How much a finding matters: an error stops questions, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Position(NamedTuple):
    """A stretch of text: lines and columns count characters from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Position(1, 1, 1, 1)
Steps = tuple[str | int, ...]


class Fix(NamedTuple):
    """Replace the characters from `start` to `end` (offsets from 0, exclusive) by `text`."""

    start: int
    end: int
    text: str


class Mistake(NamedTuple):
    """Something wrong, before it is a finding: the rule's name, where, what, and the remedy.

    `at` is a place in the text, or a path of keys and indexes in the data; of a path, `key` points at the
    key instead of its value, and `span` at a part of a text, by its characters. `fix` mends it for sure:
    a change of the text, or what to write at the path. `instead_of` names a rule that has nothing to add here.
    """

    rule: str
    at: Position | Steps
    message: str
    hint: str | None = None
    fix: Fix | str | None = None
    key: bool = False
    span: tuple[int, int] | None = None
    file: PlanFile = PlanFile.ACTIVITIES
    instead_of: str | None = None

    @property
    def place(self) -> Position:
        """Give the place in the text; that of a path is asked of the draft."""
        return self.at if isinstance(self.at, Position) else START

    @property
    def path(self) -> Steps:
        """Give the path in the data; a place has none."""
        return () if isinstance(self.at, Position) else self.at


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the data, with its place and its remedy.

    `message` says what is wrong and `hint` what to do; both start in lower case and put literals in
    back-ticks. `record` names the entry in which it stands ("24.2"), if it is in one. `fix` is there only
    where the mend is sure.
    """

    code: str
    name: str
    severity: Severity
    file: str
    position: Position
    message: str
    hint: str | None = None
    record: str = ""
    fix: Fix | None = None

    @property
    def line(self) -> int:
        """Give the line of the first character, from 1."""
        return self.position.line

    @property
    def column(self) -> int:
        """Give the column of the first character, from 1."""
        return self.position.column

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Tell what makes it the same finding in another edition of the text: not its line."""
        return self.code, posixpath.basename(self.file), self.record, _A_LINE.sub("line", self.message)


_A_LINE = re.compile(r"\bline [0-9]+")


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What reports say of a rule."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a check of a dataset found, and all that is needed to show it.

    Attributes:
        findings: in the order of the text.
        texts: the text of each file, for the lines that are shown.
        checked: what was checked, in words: "27 activities, 8 sections".
        rules: the rules that were run.
        version: of the program.
        folder: path from the repository's root to the folder of the data, if files are to be named so.
    """

    findings: tuple[Finding, ...]
    texts: Mapping[str, str]
    checked: str
    rules: tuple[RuleFacts, ...]
    version: str
    folder: str | None = None

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def tally(self) -> str:
        """Say how many errors and warnings there are."""
        errors, warnings = self.count(Severity.ERROR), self.count(Severity.WARNING)
        return f"{counted(errors, 'errors')}, {counted(warnings, 'warnings')}"

    def path(self, finding: Finding) -> str:
        """Give the file's path from the repository's root, as forges want it."""
        if self.folder is None:
            return finding.file
        return posixpath.normpath(posixpath.join(self.folder, posixpath.basename(finding.file)))

    def fingerprints(self) -> list[str]:
        """Give each finding a hash that stays the same while its line moves."""
        seen: Counter[tuple[str, ...]] = Counter()
        prints = []
        for finding in self.findings:
            identity = finding.identity
            text = "\0".join((*identity, str(seen[identity])))
            seen[identity] += 1
            prints.append(sha256(text.encode("utf-8", "replace")).hexdigest()[:40])
        return prints


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sort findings by file, place and code."""
    return sorted(findings, key=lambda f: (f.file, f.position, f.code, f.message))
