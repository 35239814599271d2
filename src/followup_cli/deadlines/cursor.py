"""Where a parse stands: the tokens of one phrase, the cursor, and what was noticed on the way."""

from typing import NoReturn

from .tokens import Tokens
from .vocabulary import Vocabulary

NUMBERS = ("num", "numeral", "ord")
# The words that govern what is before them, and what they mean.
POST = {"by-post": "by", "before-post": "before", "from-post": "from", "after-post": "after"}
MONTHS = {"month": 1, "months": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
DAYS = {"day": 1, "week": 7, "fortnight": 14, "ten-days": 10}


class NotUnderstoodError(ValueError):
    """Say which tokens are not understood; `reason` is the code of the refusal."""

    def __init__(self, reason: str, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.start = start
        self.end = end


class Cursor:
    """Walk the tokens of one phrase; each reader moves `at` past what it has read."""

    def __init__(self, tokens: Tokens, vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        # A sentinel at each end saves asking where the cursor is.
        self.cls = [*tokens.classes, "", "", "", "", ""]
        self.val = [*tokens.values, None, None, None, None, None]
        self.case = [*tokens.cases, "", "", "", "", ""]
        self.vocabulary = vocabulary
        self.at = 0
        self.approximate = False
        self.event_bound = ""
        """The bound that the words after an event put on it."""
        self.after_cycle = False
        """Whether "after each quarter" was read, so that a length of time says nothing more."""
        self.yearly = False
        """Whether a month was read that comes "every" year."""
        self.numbers_go_on = False
        """Whether a number after this one needs no name ("March 1-15, 2023", "weeks 10-12, 2023")."""
        self.implied = ""
        """The unit of a cycle that is only alluded to ("the reporting quarter")."""

    def fail(self, reason: str, message: str, start: int | None = None, end: int | None = None) -> NoReturn:
        """Refuse the tokens from `start` to `end`, by default the one under the cursor."""
        start = self.at if start is None else start
        raise NotUnderstoodError(reason, message, start, max(start + 1, self.at if end is None else end))

    def glued(self, at: int, count: int) -> bool:
        """Tell whether no white space stands before any of `count` tokens."""
        return all(self.tokens.glued[at : at + count])

    def unit_at(self, at: int) -> bool:
        """Tell whether a token is a unit with a fixed length."""
        return self.cls[at] == "unit" and (self.val[at] in MONTHS or self.val[at] in DAYS)

    def spelled_out(self, n: int) -> int:
        """Skip the same number in parentheses: "six (6)"."""
        names = self.cls[self.at : self.at + 3]
        if names[0] == "open" and names[1] in NUMBERS and names[2] == "close":
            if self.val[self.at + 1] != n:
                self.fail("ambiguous", "says two numbers", self.at - 1, self.at + 3)
            self.at += 3
        return n
