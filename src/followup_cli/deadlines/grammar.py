"""The grammar of deadline phrases, one for all languages: from tokens to clauses.

    cell    = clause { separator clause }
    clause  = [bound] dates [bound] | [bound] duration [anchor] | [bound] event | cycle | a set phrase
    dates   = period [dash period]
    period  = any order of a point ("end of"), a day, a month, a part of the year, a year

A hand-written descent: each method reads from the cursor and moves it on.
"""

from .drafts import Clause, Draft
from .lexicon import Lexicon
from .model import Cycle
from .tokens import Tokens

NUMBERS = ("num", "numeral", "ord")
_SEPARATORS = {"comma": ",", "semi": ";", "slash": "/", "and": "&", "open": "(", "close": "(", "colon": ":"}
_BOUNDS = ("by", "before", "to", "from", "after", "between")
_POST = {"by-post": "by", "before-post": "before", "from-post": "from", "after-post": "after"}
_MONTHS = {"month": 1, "months": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "ten-days": 10}
# What a dash may set apart from dates, as a comma does.
_ASIDE = ("freq", "ongoing", "every", "once", "least", "undetermined")
_AMOUNTS = ("num", "numeral", "dur", "unit")
_TAIL = ("following", "report", "previous")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class NotUnderstoodError(ValueError):
    """Say which tokens are not understood; `reason` is the code of the refusal."""

    def __init__(self, reason: str, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.start = start
        self.end = end


def cycle_of(count: int, n: int, unit: str) -> Cycle | None:
    """Return what happens `count` times every `n` units, or None if no rule says it."""
    if n < 1 or count < 1:
        return None
    if unit in _MONTHS:
        months = n * _MONTHS[unit]
        if months % count == 0:
            every = months // count
            return Cycle("MONTHLY", every) if every % 12 else Cycle("YEARLY", every // 12)
        parts = {2: (15, -1), 3: (10, 20, -1)}
        return Cycle("MONTHLY", 1, (), parts[count]) if months == 1 and count in parts else None
    if count != 1:
        return None
    if unit == "ten-days" and n == 1:
        return Cycle("MONTHLY", 1, (), (10, 20, -1))
    if unit in ("week", "fortnight"):
        return Cycle("WEEKLY", n * (2 if unit == "fortnight" else 1))
    return Cycle("DAILY", n * _DAYS[unit]) if unit in _DAYS else None


class Parser:
    """Read the tokens of one phrase into clauses."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        # A sentinel at each end saves asking where the cursor is.
        self.cls = [*tokens.classes, "", "", "", "", ""]
        self.val = [*tokens.values, None, None, None, None, None]
        self.case = [*tokens.cases, "", "", "", "", ""]
        self.lexicon = lexicon
        self.at = 0
        self.approximate = False
        self.event_bound = "from"
        self.after_cycle = False
        """Whether "after each quarter" was read, so that a length of time says nothing more."""
        self.yearly = False
        """Whether a month was read that comes "every" year."""
        self.month_first = False
        """Whether a day of a month was read, so that a number after it is a day too ("March 1-15, 2023")."""
        self.implied = ""
        """The unit of a cycle that is only alluded to ("the reporting quarter")."""

    # -- clauses

    def clauses(self) -> list[Clause]:
        """Return the clauses of the phrase; every token is consumed."""
        found: list[Clause] = []
        end = len(self.tokens.classes)
        if self.cls.count("open") != self.cls.count("close"):
            self._fail("leftover", "has a parenthesis without its pair", 0, end)
        while True:
            sep = self._separator()
            if self.cls[self.at] == "dash" and found and (self.cls[self.at + 1] in _ASIDE or found[-1].name in ("cycle", "ongoing")):
                self.at += 1
                sep += ","
            if self.at >= end:
                if "&" in sep or "/" in sep or ":" in sep:
                    self._fail("incomplete", "nothing follows", end - 1)
                return found
            clause = self._clause()
            clause.sep = sep
            clause.end = self.at
            if clause.name == "span" and self.after_cycle:
                clause.name = "tail"
            if not found and sep.strip("("):
                self._fail("leftover", "nothing comes before", 0, 1)
            found.append(clause)
            if self.yearly:
                found.append(Clause("cycle", clause.start, clause.end, cycle=Cycle("YEARLY")))
                self.yearly = False

    def _separator(self) -> str:
        sep = ""
        while True:
            name = self.cls[self.at]
            if name in _SEPARATORS:
                sep += _SEPARATORS[name]
            elif name == "approx":
                self.approximate = True
            else:
                return sep
            self.at += 1

    def _fail(self, reason: str, message: str, start: int | None = None, end: int | None = None) -> None:
        start = self.at if start is None else start
        raise NotUnderstoodError(reason, message, start, max(start + 1, self.at if end is None else end))

    def _clause(self) -> Clause:
        name = self.cls[self.at]
        start = self.at
        whole = self._whole_plan()
        if whole:
            return Clause(whole, start, value="none")
        if name == "event" and self.val[start] == "completion" and self.cls[self.at + 1] == "colon":
            self.at += 1
            return Clause("label", start, value="due")
        if name in ("ongoing", "undetermined", "weekday"):
            if name == "weekday" and self._weekday_is_slot():
                return self._bounded(start)
            self.at += 1
            while name == "ongoing" and self._of_the_plan():
                self.at += 1
            return Clause(name, start, value=self.val[start])
        if name == "later" and self.cls[self.at + 1] not in _AMOUNTS:
            self._fail("vague", "promises a time without a date", start, start + 1)
        if name == "vague":
            self._fail(
                "ambiguous" if self.val[start] else "vague",
                self.val[start] or "promises a time without a date",
                start,
                start + 1,
            )
        apart = self.cls[self.at + 1] == "dash" and not self.tokens.glued[self.at + 1] and self.val[start] in ("begin", "end")
        apart = apart and self.cls[self.at + 2] != "point"
        if name in ("label", "term") or (name == "point" and (self.cls[self.at + 1] == "colon" or apart)):
            if name == "point":
                self.val[start] = {"end": "due", "begin": "start"}.get(self.val[start], "none")
            self.at += 1
            if self.cls[self.at] in ("colon", "dash"):
                self.at += 1
            return Clause("label", start, value=self.val[start])
        if name == "unit" and self.cls[self.at + 1] == "after-post":
            self.at += 2
            self.after_cycle = True
            return Clause("tail", start)
        return self._cycle() or self._bounded(start)

    def _of_the_plan(self) -> bool:
        """Tell whether the word only says what is ongoing: "all the time of the implementation of the plan"."""
        name, value = self.cls[self.at], self.val[self.at]
        return name in ("of", "term") or (name, value) in (("act", "self"), ("event", "implementation"))

    def _whole_plan(self) -> str:
        """Read "for the whole implementation period of the plan" in any of its wordings.

        Return ongoing, or label where dates follow, or nothing.
        """
        ahead = self.at
        seen = set()
        while (name := self.cls[ahead]) in ("during", "in", "term", "of", "act", "event", "during-post"):
            if name == "event" and self.val[ahead] != "implementation":
                return ""
            if name == "act" and self.val[ahead] != "self":
                return ""
            seen.add(name)
            ahead += 1
        if not seen & {"event", "act"}:
            return ""
        if name == "colon":
            self.at = ahead
            return "label"
        if name not in ("", "comma", "semi", "open", "close"):
            return ""
        if not seen & {"during", "during-post", "term"} and not ("in" in seen and "event" in seen):
            return ""
        self.at = ahead
        return "ongoing"

    def _weekday_is_slot(self) -> bool:
        return self.cls[self.at + 1] in (*NUMBERS, "mon", "date") or self.cls[self.at + 1 : self.at + 2] == ["comma"]

    # -- recurrence

    def _cycle(self) -> Clause | None:
        start = self.at
        if self.cls[self.at] == "least":
            self.at += 1
        name = self.cls[self.at]
        clause: Clause | None = None
        if name == "freq":
            clause = Clause("cycle", start, cycle=self.val[self.at])
            self.at += 1
        elif name == "every":
            clause = self._every(start)
        else:
            clause = self._times(start) or self._times_after_unit(start)
        if clause is None:
            self.at = start
            return None
        if self.cls[self.at] == "least":
            self.at += 1
        if self.cls[self.at] == "after-post":
            self.at += 1
            self.after_cycle = True
        return clause

    def _every(self, start: int) -> Clause | None:
        self.at += 1
        n = 1
        name = self.cls[self.at]
        if name == "weekday":
            self.at += 1
            return Clause("cycle", start, cycle=Cycle("WEEKLY", weekday=_WEEKDAYS[self.val[self.at - 1]]))
        if name in NUMBERS and self._unit_at(self.at + 1):
            n = self.val[self.at]
            # "each first quarter" is a quarter of each year, "every second year" is every two years.
            if name == "ord" and (self.val[self.at + 1] in ("quarter", "half", "third") or n < 2):
                return Clause("cycle", start, cycle=Cycle("YEARLY"))
            self.at += 1
            n = self._spelled_out(n)
        elif self._halves():
            return self._every_and_a_half(start)
        if self.cls[self.at] == "dur":
            self.at += 1
            return self._cycle_clause(start, 1, *self.val[self.at - 1])
        if self._unit_at(self.at):
            unit = self.val[self.at]
            self.at += 1
            if self.cls[self.at] == "every-post":
                self.at += 1
            return self._cycle_clause(start, 1, n, unit)
        if name in ("mon", "season", "part") or name in NUMBERS:
            return Clause("cycle", start, cycle=Cycle("YEARLY"))
        return None

    def _halves(self) -> bool:
        return self.cls[self.at] in NUMBERS and self.cls[self.at + 1] == "half-more"

    def _every_and_a_half(self, start: int) -> Clause | None:
        n = self.val[self.at]
        self.at += 2
        if self.cls[self.at] == "unit" and self.val[self.at] == "year":
            self.at += 1
            return self._cycle_clause(start, 1, n * 12 + 6, "month")
        return None

    def _unit_at(self, at: int) -> bool:
        return self.cls[at] == "unit" and self.val[at] in (*_MONTHS, *_DAYS)

    def _times(self, start: int) -> Clause | None:
        """Read "twice a year", "once every two years", "2 раза в год", "раз в квартал"."""
        count = 1
        if self.cls[self.at] == "once":
            count = self.val[self.at]
            self.at += 1
        elif self.cls[self.at] in ("num", "numeral") and self.cls[self.at + 1] == "times":
            count = self.val[self.at]
            self.at += 2
        elif self.cls[self.at] == "times":
            self.at += 1
        else:
            return None
        if self.cls[self.at] == "freq":
            base: Cycle = self.val[self.at]
            self.at += 1
            unit = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week"}.get(base.freq, "day")
            return self._cycle_clause(start, count, base.interval, unit)
        if self.cls[self.at] not in ("a", "in", "every", "per", "during"):
            return None
        while self.cls[self.at] in ("a", "in", "every", "per", "during"):
            self.at += 1
        n = 1
        if self.cls[self.at] == "dur":
            self.at += 1
            return self._cycle_clause(start, count, *self.val[self.at - 1])
        if self.cls[self.at] in NUMBERS:
            n = self.val[self.at]
            self.at += 1
        if not self._unit_at(self.at):
            return None
        self.at += 1
        return self._cycle_clause(start, count, n, self.val[self.at - 1])

    def _times_after_unit(self, start: int) -> Clause | None:
        """Read "жылына екі рет", "екі жылда бір рет", "жыл сайын"."""
        n = 1
        if self.cls[self.at] in NUMBERS:
            n = self.val[self.at]
            self.at += 1
        if self.cls[self.at] == "mon" and self.cls[self.at + 1] == "every-post":
            return None
        if not self._unit_at(self.at):
            return None
        unit = self.val[self.at]
        self.at += 1
        if self.cls[self.at] == "every-post":
            self.at += 1
            return self._cycle_clause(start, 1, n, unit)
        if self.cls[self.at] == "least":
            self.at += 1
        if self.cls[self.at] in ("num", "numeral") and self.cls[self.at + 1] == "times":
            self.at += 2
            return self._cycle_clause(start, self.val[self.at - 2], n, unit)
        if self.cls[self.at] == "once":
            self.at += 1
            return self._cycle_clause(start, self.val[self.at - 1], n, unit)
        return None

    def _cycle_clause(self, start: int, count: int, n: int, unit: str) -> Clause:
        cycle = cycle_of(count, n, unit)
        if cycle is None:
            self._fail("no-such-period", "is no regular frequency", start)
        return Clause("cycle", start, cycle=cycle, count=count)

    # -- bounds, dates, durations

    def _bounded(self, start: int) -> Clause:
        clause = Clause("dates", start)
        self._prefix(clause)
        if self.cls[self.at] in ("label", "term"):
            self.at += 1
            self._prefix(clause)
        if self._duration(clause):
            return self._span(clause)
        if self.cls[self.at] in ("event", "dayof", "act") or (clause.bound not in ("", "in") and self._ends_event(clause.bound)):
            return self._event(clause)
        if self.cls[self.at] == "every" or self.cls[self.at] == "freq":
            cycle = self._cycle()
            if cycle and clause.bound in ("", "in"):
                return cycle
        if self.lexicon.event_endings and self._event_follows():
            return self._event(clause)
        self._dates(clause)
        return clause

    def _prefix(self, clause: Clause) -> None:
        """Read the words that govern what follows."""
        while True:
            name = self.cls[self.at]
            if name in _BOUNDS:
                if clause.bound and clause.bound != "in" and {clause.bound, name} != {"by", "to"}:
                    self._fail("leftover", "has two bounds", self.at, self.at + 1)
                clause.bound = name
            elif name == "following" and self.val[self.at] and self.cls[self.at + 1] not in ("unit", "report"):
                clause.bound = "after"
            elif name == "dash" and self.cls[self.at - 1] in _BOUNDS and self._glued(self.at, 2):
                pass
            elif name == "later" and self.cls[self.at + 1] in _AMOUNTS:
                clause.later = True
            elif name == "in":
                clause.bound = clause.bound or "in"
                clause.later = clause.later or bool(self.val[self.at])
            elif name == "during":
                clause.during = True
            elif name == "approx":
                self.approximate = True
            elif name in ("of", "a") and self.at > clause.start:
                if name == "a" and self.cls[self.at + 1] in ("unit", "dur"):
                    return
            elif name == "of" or (name == "unit" and self.val[self.at] == "year" and self.cls[self.at + 1] in _BOUNDS):
                pass
            else:
                return
            self.at += 1

    def _dates(self, clause: Clause) -> None:
        first = self._draft()
        if first.empty and not first.tail:
            self._nothing(clause)
        if first.tail and first.empty:
            clause.name = "tail"
            if self.cls[self.at] == "after-post":
                self.at += 1
                self.after_cycle = True
            return
        clause.drafts.append(first)
        if clause.bound == "between" and self.cls[self.at] in ("and", "dash"):
            self.at += 1
            clause.drafts.append(self._draft())
            if clause.drafts[1].empty:
                self._nothing(clause)
        elif self.cls[self.at] == "dash" and self.cls[self.at + 1] in _ASIDE:
            pass
        elif self.cls[self.at] == "dash":
            self.at += 1
            if self.cls[self.at] in ("to", "in"):
                self.at += 1
            second = self._draft()
            if second.empty:
                self._nothing(clause)
            clause.drafts.append(second)
            if self.cls[self.at] == "dash" and self.cls[self.at + 1] not in _ASIDE:
                self._fail("leftover", "is a third end of a range", self.at, self.at + 2)
        self._postfix(clause)

    def _nothing(self, clause: Clause) -> None:
        if self.cls[self.at] == "word":
            self._fail("leftover", "is not understood", self.at, self.at + 1)
        if self.cls[self.at] == "":
            self._fail("incomplete", "nothing follows", clause.start if clause.start < self.at else self.at - 1)
        self._fail("leftover", "is not understood here", self.at, self.at + 1)

    def _postfix(self, clause: Clause) -> None:
        """Read the words that govern what is before them, and the ablative that does the same."""
        name = self.cls[self.at]
        if name == "every-post" and clause.drafts[-1].month and not clause.bound:
            self.yearly = True
            self.at += 1
        elif name == "plus" and not clause.bound:
            clause.bound = "from"
            self.at += 1
        elif name in _POST:
            if clause.bound not in ("", "in", _POST[name]):
                self._fail("leftover", "has two bounds", self.at, self.at + 1)
            # "from March to June" may be written with two cases and one word after them.
            if len(clause.drafts) == 1 or _POST[name] != "by" or clause.drafts[0].case != "abl":
                clause.bound = _POST[name]
            clause.post = True
            self.at += 1
        elif name == "during-post":
            clause.during = True
            self.at += 1
        elif name == "range-post":
            clause.bound = "between"
            clause.post = True
            self.at += 1
        elif clause.drafts[-1].case == "abl" and not clause.bound:
            clause.bound = "from"
        while self.cls[self.at] == "term":
            self.at += 1

    # -- durations and events

    def _duration(self, clause: Clause) -> bool:
        """Read a length of time into the clause; leave the cursor if there is none."""
        save = self.at
        if self.cls[self.at] == "this" and self.val[self.at] == 1 and self.cls[self.at + 1] in ("num", "numeral", "dur"):
            self.at += 1
            clause.during = True
        found = False
        while self._length(clause, found=found):
            found = True
            save = self.at
            if self.cls[self.at] == "and" and self.cls[self.at + 1] in ("num", "numeral", "a"):
                self.at += 1
        self.at = save
        if found and self.cls[self.at] == "term":
            # "in a period of two months" is open from the start, whatever it is counted from.
            clause.during = clause.during or clause.bound in ("", "in")
            while self.cls[self.at] == "term":
                self.at += 1
        return found

    def _length(self, clause: Clause, *, found: bool) -> bool:
        if self.cls[self.at] == "dur":
            n, unit = self.val[self.at]
            self.at += 1
            return not found and self._add(clause, n * 10, unit)
        tenths = self._quantity()
        if self.cls[self.at] == "dash" and tenths:
            self.at += 1
        name, unit = self.cls[self.at], self.val[self.at]
        if name not in ("unit", "adjective") or (tenths is None and not self._bare(clause, name, unit)):
            return False
        tenths = 10 if tenths is None else tenths
        self.at += 1
        if self.cls[self.at] == "half-more":
            tenths += 5
            self.at += 1
        ahead = self.at + 1 if self.cls[self.at] == "of" else self.at
        if name == "unit" and unit in ("quarter", "half", "ten-days") and not (clause.during or clause.later or self.cls[self.at] == "during-post"):
            return False
        if self.cls[ahead] in ("year", "mon", "date", "this", "times", "once", "every-post", "every"):
            return False
        return self._add(clause, tenths, unit)

    def _bare(self, clause: Clause, name: str, unit: str) -> bool:
        """Tell whether a unit without a number is a length ("в течение месяца", "в месячный срок")."""
        if name == "adjective":
            return self.cls[self.at + 1] == "term"
        units = ("day", "week", "month", "months", "workday", *(("year",) if clause.later else ()))
        if not self.lexicon.hyphen_ordinal or unit not in units:
            return False
        after = self.cls[self.at + 1]
        if clause.later:
            return True
        return (clause.during and after not in ("num", "comma", "following", "report")) or after == "during-post"

    def _quantity(self) -> int | None:
        """Read a number of units, in tenths: "6", "six (6)", "1-2", "1,5", "a"."""
        name = self.cls[self.at]
        if name == "a":
            self.at += 1
            tenths = 10
        elif name == "dm":
            whole, tenth = self.val[self.at]
            self.at += 1
            return whole * 10 + tenth if tenth < 10 else None
        elif name in ("num", "numeral"):
            tenths = self.val[self.at] * 10
            self.at += 1
            if self.cls[self.at] in ("dash", "to") and self.cls[self.at + 1] in ("num", "numeral") and self._length_at(self.at + 2):
                upper = self.val[self.at + 1] * 10
                if upper <= tenths:
                    self._fail("reversed", "runs backwards", self.at - 1, self.at + 2)
                tenths = upper
                self.at += 2
            elif self.cls[self.at] == "comma" and self._glued(self.at, 2) and self.cls[self.at + 1] == "num":
                if self.val[self.at + 1] > 9:
                    return None
                tenths += self.val[self.at + 1]
                self.at += 2
            tenths = self._spelled_out(tenths // 10) * 10 if tenths % 10 == 0 else tenths
        else:
            return None
        if self.cls[self.at] == "half-more":
            tenths += 5
            self.at += 1
        return tenths

    def _length_at(self, at: int) -> bool:
        """Tell whether a unit follows a number, or a dash before it."""
        return self.cls[at] in ("unit", "adjective", "open") or (self.cls[at] == "dash" and self.cls[at + 1] == "unit")

    def _spelled_out(self, n: int) -> int:
        """Skip the same number in parentheses: "six (6)"."""
        names = self.cls[self.at : self.at + 3]
        if names[0] == "open" and names[1] in NUMBERS and names[2] == "close":
            if self.val[self.at + 1] != n:
                self._fail("ambiguous", "says two numbers", self.at - 1, self.at + 3)
            self.at += 3
        return n

    def _glued(self, at: int, count: int) -> bool:
        return all(self.tokens.glued[at : at + count])

    def _add(self, clause: Clause, tenths: int, unit: str) -> bool:
        if tenths <= 0:
            self._fail("no-such-period", "is no length of time", self.at - 2)
        if unit in _MONTHS:
            amount, rest = divmod(tenths * _MONTHS[unit], 10)
            clause.months += amount
        elif unit == "hour":
            amount, rest = divmod(tenths, 240)
            clause.days += amount
        elif unit == "workday":
            amount, rest = divmod(tenths, 10)
            clause.workdays += amount
        elif unit in _DAYS:
            amount, rest = divmod(tenths * _DAYS[unit], 10)
            clause.days += amount
        else:
            return False
        if rest:
            self._fail("no-such-period", "is no whole number of days or months", self.at - 2)
        if clause.months > 1200 or clause.days > 36500 or clause.workdays > 26000:
            self._fail("no-such-period", "is longer than a hundred years", self.at - 2)
        return True

    def _span(self, clause: Clause) -> Clause:
        """Read what a length of time is counted from, and settle which ends it gives."""
        clause.name = "span"
        name = self.cls[self.at]
        sides = {"by": "due", "to": "due", "after": "due", "from": "start"}.get(clause.bound, "")
        if clause.bound in ("before", "between"):
            self._fail("leftover", "is not understood before a length of time", clause.start, clause.start + 1)
        if clause.during:
            sides = sides or "both"
        elif clause.later:
            sides = sides or "due"
        if name in ("during-post", "range-post"):
            sides = "both"
            self.at += 1
        elif name == "later":
            sides = sides or "due"
            self.at += 1
        elif name in _POST and not self._anchor_follows():
            sides = "start" if name == "from-post" else "due"
            self.at += 1
        while self.cls[self.at] == "term":
            self.at += 1
        if self.cls[self.at] in ("after", "from", "of", "dayof", "following", "event"):
            sides = sides or ("both" if self.cls[self.at] == "of" else "due")
            self._anchor(clause)
        clause.sides = sides or "both"
        return clause

    def _anchor_follows(self) -> bool:
        return self.cls[self.at + 1] in ("event", "act", "dayof")

    def _anchor(self, clause: Clause) -> None:
        """Read the event, the date or the cycle that a length of time is counted from."""
        start = self.at
        if self.cls[self.at] in ("after", "from", "of", "following"):
            self.at += 1
        if self._anchor_cycle(clause):
            return
        here = self.at
        draft = self._draft()
        if draft.dated and not draft.tail:
            clause.anchor = draft
            return
        self.at = here
        clause.value = self._event_words(start)

    def _anchor_cycle(self, clause: Clause) -> bool:
        """Read "each quarter", "the end of the reporting year": the length is then dropped."""
        here = self.at
        while self.cls[self.at] in ("point", "of", "event", "in"):
            self.at += 1
        every = False
        while self.cls[self.at] in ("every", "report", "previous"):
            every = True
            self.at += 1
        year = self.cls[self.at] == "unit" and self.val[self.at] in ("fiscal-year", "academic-year")
        if (self._unit_at(self.at) or year) and (every or self.at > here):
            unit = "year" if year else self.val[self.at]
            ahead = self.at + 1
            if self.cls[ahead] in ("", "comma", "close", "semi", "every-post"):
                self.at = ahead
                clause.name = "tail"
                if every:
                    self.implied = unit
                return True
        elif every:
            clause.name = "tail"
            return True
        self.at = here
        return False

    def _ends_event(self, bound: str) -> bool:
        """Tell whether "the end of" an undated thing follows ("by the end of the project")."""
        ahead = self.at
        if self.cls[ahead] != "point" or self.val[ahead] != "end":
            return False
        ahead += 1
        while self.cls[ahead] == "of":
            ahead += 1
        return self.cls[ahead] in ("act", "event") or (self.cls[ahead] == "word" and bound in ("after", "from"))

    def _event_follows(self) -> bool:
        """Tell whether unknown words end in a finished event ("есеп алынғаннан кейін")."""
        ahead = self.at
        while self.cls[ahead] in ("word", "act", "event", "dayof", "of", "and"):
            if self.cls[ahead] in ("event", "dayof") or self._participle(ahead):
                return True
            ahead += 1
        return False

    def _participle(self, at: int) -> bool:
        return self.cls[at] == "word" and self.val[at].endswith(self.lexicon.event_endings)

    def _event(self, clause: Clause) -> Clause:
        clause.name = "event"
        clause.value = self._event_words(clause.start)
        clause.bound = clause.bound if clause.bound not in ("", "in") else self.event_bound
        return clause

    def _event_words(self, start: int) -> str:
        """Read the words of an event; return adoption or other."""
        event = ""
        other = False
        here = self.at
        while self.cls[self.at] not in ("", "comma", "semi", "close"):
            name = self.cls[self.at]
            if name == "during" and self.at > here:
                break
            if name in ("year", "date", "mon", "num") and event != "other":
                self._fail("leftover", "is not understood as an event", start, self.at + 1)
            if name in _POST or name == "during-post":
                self.event_bound = _POST.get(name, "from")
                self.at += 1
                break
            if name == "unit" and self.val[self.at] == "day":
                name = "dayof"
            if name == "event":
                event = event or self.val[self.at]
            elif name == "act":
                other = other or self.val[self.at] != "self"
            elif name == "word" or name not in ("of", "dayof", "in", "this", "and", "from", "after", "to"):
                other = True
                if self._participle(self.at):
                    event = event or "other"
            self.at += 1
        if self.at == here or (not event and not other and self.cls[here] != "act"):
            self._fail("incomplete", "names no event", start)
        if self.cls[here] == "point":
            return "other"
        if not event and not (other and self.cls[start] in ("after", "from", "of", "dayof", "following")):
            self._fail("leftover", "is not understood as an event", start)
        return "other" if other or event != "adoption" else "adoption"

    # -- periods

    def _draft(self) -> Draft:
        """Read one period: its parts in any order, each once."""
        draft = Draft(self.at)
        while draft.case != "abl" and self._slot(draft):
            draft.case = self.case[self.at - 1]
        draft.end = self.at
        if not draft.num:
            self.month_first = bool(draft.month and draft.day)
        return draft

    def _slot(self, draft: Draft) -> bool:
        name = self.cls[self.at]
        reader = _SLOTS.get(name)
        return reader(self, draft) if reader else False

    def _take_of(self, draft: Draft) -> bool:
        """Skip a word that joins two parts of a period."""
        if self.at == draft.start and self.cls[self.at] != "of":
            return False
        if self.cls[self.at] == "of" and self.cls[self.at + 1] in _SLOTS and self.cls[self.at + 1] != "comma":
            self.at += 1
            return True
        return False

    def _take_in(self, draft: Draft) -> bool:
        """Skip "in" between a point and its period ("early in 2023", "1 марта в 2023 году")."""
        if draft.empty or draft.dated or self.val[self.at] or self.cls[self.at + 1] not in ("year", "mon", "this", "unit"):
            return False
        self.at += 1
        return True

    def _take_dash(self, draft: Draft) -> bool:
        """Skip a dash that binds ("mid-2023", "Q1-2024", "31-Dec-2023")."""
        before = self.cls[self.at - 1] if self.at > draft.start else ""
        after = self.cls[self.at + 1]
        written = self.cls[self.at : self.at + 4] == ["slash", "mon", "slash", "year"]
        if self.cls[self.at] == "slash" and not written and (after != "year" or self.cls[self.at + 2] in ("slash", "dash")):
            return False
        binds = (
            (before in ("point", "of") and after != "point")
            or (after == "year" and draft.finer and not draft.dated and before in ("mon", "part", "season", "unit"))
            or (before in NUMBERS and draft.num and after == "mon" and (self.cls[self.at + 2] in ("dash", "slash", "year") or self._glued(self.at, 2)))
        )
        if not binds or after not in _SLOTS:
            return False
        if before == "mon" and after == "year" and self.val[self.at + 1] < 100:
            return False
        self.at += 1
        return True

    def _take_comma(self, draft: Draft) -> bool:
        """Skip the comma before the year, and after a weekday."""
        after = self.cls[self.at + 1]
        if after == "year" and draft.finer and not draft.dated and (not draft.num or self.month_first) and (draft.month or not draft.day):
            self.at += 1
            return True
        if self.cls[self.at - 1] == "weekday" and self.at > draft.start and after in (*NUMBERS, "mon", "date"):
            self.at += 1
            return True
        if after == "weekday" and (draft.day or draft.month):
            self.at += 1
            return True
        return False

    def _take_weekday(self, draft: Draft) -> bool:
        if draft.weekday is not None:
            return False
        draft.weekday = self.val[self.at]
        self.at += 1
        return True

    def _take_point(self, draft: Draft) -> bool:
        value = self.val[self.at]
        unit = ""
        if isinstance(value, tuple):
            value, unit = value
        if draft.point:
            return False
        draft.point = value
        self.at += 1
        if unit:
            self._undated_unit(draft, unit)
        return True

    def _take_year(self, draft: Draft) -> bool:
        if draft.dated:
            return False
        year = self.val[self.at]
        if not 1900 <= year <= 2199:
            self._fail("no-such-period", "is no year from 1900 to 2199", self.at, self.at + 1)
        draft.year = year
        draft.year_first = not draft.finer and not draft.point
        self.at += 1
        if self.cls[self.at] in ("dash", "slash"):
            self._second_year(draft)
        return True

    def _second_year(self, draft: Draft) -> None:
        """Read what a dash or a slash after a year begins: a month, a code, or another year."""
        name, n = self.cls[self.at + 1], self.val[self.at + 1]
        if self.cls[self.at : self.at + 4] == ["dash", "mon", "dash", "num"] and not draft.finer:
            draft.month, draft.day = n, self.val[self.at + 3]
            self.at += 4
            return
        if self._split_year(draft) and name in ("year", "num"):
            draft.year2 = n if name == "year" else draft.year // 100 * 100 + n
            self.at += 2
            return
        alone = "slash" not in (self.cls[self.at + 2], self.cls[self.at - 2] if self.at > 1 else "")
        if name == "year" and self.cls[self.at] == "slash" and alone and not draft.finer:
            self.cls[self.at] = "dash"
        if name != "num" or not self._two_digits(self.at + 1) or draft.finer:
            return
        if self.cls[self.at + 2] in ("mon", "of") or (self.cls[self.at + 2] == "unit" and self.val[self.at + 2] != "year"):
            return
        dash = self.cls[self.at] == "dash"
        if 1 <= n <= 12:
            draft.month = n
        elif dash and 33 <= n <= 41:
            draft.units.append(
                ("quarter", n - 32) if n < 37 else ("third", n - 36) if n < 40 else ("half", n - 39)
            )
        elif n > draft.year % 100:
            # The end of a range of years: the dash is read by the caller.
            self.cls[self.at + 1] = "year"
            self.val[self.at + 1] = draft.year // 100 * 100 + n
            self.cls[self.at] = "dash"
            return
        elif dash and 21 <= n <= 23:
            draft.season = n - 20
        else:
            self._fail("no-such-period", "is no month, and no year after it", self.at - 1, self.at + 2)
        self.at += 2

    def _two_digits(self, at: int) -> bool:
        start, end = self.tokens.spans[at]
        return end - start == 2

    def _split_year(self, draft: Draft) -> bool:
        """Tell whether two years name one season or one year of a school."""
        if draft.season == 4 or draft.marker:
            years = self.cls[self.at + 1] == "year" and self.val[self.at + 1] > draft.year + 1
            return not (draft.marker == "fiscal" and years)
        ahead = self.at + 2
        while self.cls[ahead] == "unit" and self.val[ahead] == "year":
            ahead += 1
        if self.cls[ahead] == "season":
            return bool(self.val[ahead] == 4)
        return self.cls[ahead] == "unit" and self.val[ahead] in ("academic-year", "fiscal-year")

    def _take_month(self, draft: Draft) -> bool:
        if draft.month:
            return False
        draft.month = self.val[self.at]
        if draft.num:
            draft.day, draft.num = draft.num, 0
        self.at += 1
        # "наурыз айы": the word month after its name.
        if self.cls[self.at] == "unit" and self.val[self.at] in ("month", "months"):
            self.case[self.at] = self.case[self.at] or self.case[self.at - 1]
            self.at += 1
        return True

    def _take_number(self, draft: Draft) -> bool:
        n, name = self.val[self.at], self.cls[self.at]
        ahead = self.at + 1
        if self.cls[ahead] == "of" and self.cls[ahead + 1] == "mon":
            ahead += 1
        after, unit = self.cls[ahead], self.val[ahead]
        if after in ("num", "numeral") and n in (1, -1) and name == "ord" and self.cls[ahead + 1] == "unit":
            return self._first_units(draft, n, self.val[ahead], ahead + 1)
        if after == "unit" and unit not in ("year", "academic-year", "fiscal-year", "workday", "hour", "fortnight"):
            if len(draft.units) == 2:
                return False
            if unit == "months":
                unit = "month" if name == "ord" else "months"
            if unit in ("day", "monthday") and not draft.num and not draft.day and n > 0 and not (name == "ord" and n == 1):
                draft.day = n
            else:
                draft.units.append((unit, n))
            self.at = ahead + 1
            self._case_of(draft)
            return True
        if draft.day or draft.num:
            return False
        if n < 1:
            return False
        if draft.month and (not draft.dated or draft.year_first):
            draft.day = n
        elif draft.units and draft.units[-1][1] == 0:
            draft.units[-1] = (draft.units[-1][0], n)
        elif not draft.finer and not (draft.dated and not draft.year_first):
            draft.num = n
        else:
            return False
        self.at += 1
        return True

    def _case_of(self, draft: Draft) -> None:
        draft.case = self.case[self.at - 1]

    def _first_units(self, draft: Draft, sign: int, count: int, at: int) -> bool:
        """Read "first nine months", "last two weeks"."""
        unit = self.val[at]
        if unit in ("month", "months", "quarter"):
            draft.units.append(("months", sign * count * (3 if unit == "quarter" else 1)))
        elif unit in ("week", "day"):
            draft.units.append(("days", sign * count * (7 if unit == "week" else 1)))
        else:
            return False
        self.at = at + 1
        return True

    def _take_unit(self, draft: Draft) -> bool:
        unit = self.val[self.at]
        after = self.cls[self.at + 1]
        if after == "every-post":
            return False
        if unit in ("academic-year", "fiscal-year"):
            if draft.marker:
                return False
            draft.marker = unit.removesuffix("-year")
            self.at += 1
            if draft.marker == "fiscal" and not draft.dated and after not in ("year", "of"):
                draft.shift = 0
            return True
        if unit == "year" and (draft.year or draft.decade or after == "year"):
            if self.at > draft.start and self.cls[self.at - 1] == "unit" and self.val[self.at - 1] == "year":
                return False
            self.at += 1
            return True
        if unit in ("workday", "hour", "fortnight"):
            return False
        if self._tail_follows(self.at + 1):
            return self._take_tail(draft)
        if after in ("num", "numeral") and unit not in ("day", "year"):
            draft.units.append((unit, 0))
            self.at += 1
            return True
        if unit in ("month", "months") and "mon" in (after, self.cls[self.at + 2] if after == "of" else ""):
            self.at += 1
            return True
        if unit == "day" and (draft.num or draft.day):
            draft.day, draft.num = draft.num or draft.day, 0
            self.at += 1
            return True
        if draft.finer and not draft.dated and unit != "year":
            draft.holder = unit
            self.at += 1
            return True
        if draft.dated and self.cls[self.at - 1] == "now" and unit == "year":
            self.at += 1
            return True
        if draft.dated or (not draft.point and unit != "year" and after != "point"):
            return False
        self.at += 1
        self._undated_unit(draft, unit)
        return True

    def _undated_unit(self, draft: Draft, unit: str) -> None:
        """Note a unit with no number: "the end of the year", unless a year follows."""
        if unit == "fiscal-year":
            draft.marker = "fiscal"
            unit = "year"
        if draft.dated or "year" in self.cls[self.at : self.at + (2 if self.cls[self.at] == "of" else 1)]:
            if unit != "year":
                draft.units.append((unit, 0))
            return
        draft.shift = 0
        draft.bare = not draft.point
        if unit != "year":
            draft.current = "month" if unit == "months" else unit

    def _take_now(self, draft: Draft) -> bool:
        """Read one word for the year of the adoption or the next."""
        if draft.dated:
            return False
        draft.shift = self.val[self.at]
        draft.year_first = not draft.finer
        self.at += 1
        return True

    def _take_this(self, draft: Draft) -> bool:
        """Read "this year", "next quarter"."""
        if draft.dated or self.cls[self.at + 1] != "unit":
            return False
        unit = self.val[self.at + 1]
        draft.shift = self.val[self.at]
        if unit == "fiscal-year":
            draft.marker = "fiscal"
        elif unit != "year":
            draft.current = "month" if unit == "months" else unit
        self.at += 2
        draft.year_first = not draft.finer
        return True

    def _tail_follows(self, at: int) -> bool:
        if self.cls[at] == "comma":
            at += 1
        return self.cls[at] in ("following", "report") or (
            self.cls[at] == "after" and (self.cls[at + 1] in ("unit", "report", "every", "point"))
        )

    def _take_tail(self, draft: Draft) -> bool:
        """Drop what only says which cycle is meant ("of the month following the reporting quarter")."""
        draft.tail = True
        end = self.at
        while True:
            name = self.cls[end]
            if name == "report" and self.cls[end + 1] != "unit":
                alone = self.cls[self.at] == "unit" and not self.val[end]
                self.implied = self.implied or (self.val[self.at] if alone else "report")
            if name == "unit":
                before = self.cls[end - 1]
                if self.case[end] == "abl" or (end > self.at and before in ("report", "following", "after", "of", "every", "point")):
                    self.implied = self.implied or self.val[end]
            elif name not in (*_TAIL, "of", "after", "every", "point", "this") and not (
                name == "comma" and self.cls[end + 1] in _TAIL
            ):
                break
            end += 1
        self.at = end
        return True

    def _take_part(self, draft: Draft) -> bool:
        if len(draft.units) == 2:
            return False
        draft.units.append(self.val[self.at])
        self.at += 1
        return True

    def _take_season(self, draft: Draft) -> bool:
        if draft.season:
            return False
        draft.season = self.val[self.at]
        self.at += 1
        return True

    def _take_date(self, draft: Draft) -> bool:
        if draft.finer or draft.dated:
            return False
        year, month, day = self.val[self.at]
        if not 1900 <= year <= 2199:
            self._fail("no-such-period", "has no year from 1900 to 2199 in four digits", self.at, self.at + 1)
        draft.year, draft.month, draft.day = year, month, day
        if not 1 <= month <= 12:
            self._fail("no-such-day", "has no month from 1 to 12", self.at, self.at + 1)
        self.at += 1
        if self.cls[self.at] == "unit" and self.val[self.at] == "year":
            self.at += 1
        return True

    def _take_day_month(self, draft: Draft) -> bool:
        if draft.finer or draft.dated:
            return False
        draft.day, draft.month = self.val[self.at]
        if not 1 <= draft.month <= 12:
            self._fail("no-such-day", "has no month from 1 to 12", self.at, self.at + 1)
        self.at += 1
        return True

    def _take_week(self, draft: Draft) -> bool:
        if draft.finer or draft.dated:
            return False
        draft.isoweek = self.val[self.at]
        self.at += 1
        return True

    def _take_decade(self, draft: Draft) -> bool:
        if draft.dated or self.val[self.at] % 10:
            return False
        draft.decade = self.val[self.at]
        self.at += 1
        return True

    def _take_approx(self, _draft: Draft) -> bool:
        self.approximate = True
        self.at += 1
        return True


_SLOTS = {
    "of": Parser._take_of,
    "in": Parser._take_in,
    "dash": Parser._take_dash,
    "slash": Parser._take_dash,
    "comma": Parser._take_comma,
    "weekday": Parser._take_weekday,
    "point": Parser._take_point,
    "year": Parser._take_year,
    "mon": Parser._take_month,
    "num": Parser._take_number,
    "numeral": Parser._take_number,
    "ord": Parser._take_number,
    "unit": Parser._take_unit,
    "this": Parser._take_this,
    "now": Parser._take_now,
    "following": Parser._take_tail,
    "report": Parser._take_tail,
    "previous": Parser._take_tail,
    "part": Parser._take_part,
    "season": Parser._take_season,
    "date": Parser._take_date,
    "dm": Parser._take_day_month,
    "isoweek": Parser._take_week,
    "decade": Parser._take_decade,
    "approx": Parser._take_approx,
}
