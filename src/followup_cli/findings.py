"""Problems in the data: where they are, what they are, how to mend them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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


class Fix(NamedTuple):
    """Replace the characters from `start` to `end` (offsets from 0, exclusive) by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the data, with its place and its remedy.

    `message` says what is wrong and `hint` what to do; both start in lower case and put literals in
    back-ticks. `fix` is there only where the mend is sure.
    """

    code: str
    name: str
    severity: Severity
    file: str
    position: Position
    message: str
    hint: str | None = None
    fix: Fix | None = None

    @property
    def line(self) -> int:
        """Give the line of the first character, from 1."""
        return self.position.line

    @property
    def column(self) -> int:
        """Give the column of the first character, from 1."""
        return self.position.column


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sort findings by file, place and code."""
    return sorted(findings, key=lambda f: (f.file, f.position, f.code, f.message))
