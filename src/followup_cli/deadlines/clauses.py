"""From letters to clauses: a bound with its dates, a frequency, a length of time, an event, a set phrase."""

import re

from .cycles import DAYS, MONTHS, cycle_of
from .model import WEEKDAYS, Cycle, NotUnderstoodError
from .parts import Parts
from .sketches import Clause

_BOUNDS = {"b": "by", "x": "before", "t": "to", "f": "from", "a": "after", "z": "between"}
# The words that govern what is before them, and what they mean.
_POST = {"B": "by", "H": "before", "F": "from", "A": "after"}
_SEPARATORS = {",": ",", ";": ";", "/": "/", "&": "&", ":": ":", "(": "(", ")": "("}
# The letters that may come before a date, and those that a length of time may begin with.
_BEFORE = "btxfazKQlBig%-ey"
_LENGTHS = "jonL%dYumyCU"
# What a dash may set apart from dates, as a comma does.
_ASIDE = "[rOR1vN]"
# A cycle after a first deadline.
_AGAIN = "-?[rR1v*noLumy]"
# What ends an event: a remark, a frequency or a day in brackets, a remark at the end, a bound with its date.
_AFTER_EVENT = re.compile(
    r"&[Rr]|\((?:[btxfi]*[noMYDq]|[NOrRv1*])|N(?![^,;()])"
    r"|t[ep]*(?:[YDMdWXJqs]|j[yumw]|[no][umyM]|(?<=p)[yum])"
)
# A frequency among the words of an event; "annual" and "regular" before a noun are words of its name.
_OFTEN = r"[rO](?![?EcT@eIU])|R[umywnoMsq]|[1*]|(?<=\?)N"
# A day or a period among them, but for "the Q3 report".
_DATED = r"[YDMnWXd]|[qs](?![?EcT@])|o[umy]|j[yumw]|J"
_THIS_ACT = re.compile(r"j\?{0,3}c")
_WHOLE = re.compile("[giIecEG]+")
_LOOKS_BACK = "looks back from a day, which no deadline does"
_SIDES = {"by": "due", "to": "due", "after": "due", "from": "start"}

_AFTER_LENGTH = re.compile("<?([GZQ]|[BHFA](?![EVc]))")
_SAID = {"G": "both", "Z": "both", "Q": "due", "B": "due", "H": "due", "A": "due", "F": "start"}

# -- how often: rows of letters; `{u}` is a unit with a fixed length.
_EVERY = re.compile(
    r"v?R(?:(?P<weekday>k)|(?P<half>nhy)|(?P<marker>w)|(?P<yearly>(?=[Msq]|[no](?![umy])))"
    r"|(?:(?P<counted>[no][umy])|(?P<length>L)|(?P<unit>[umy]))S?(?P<times>n\*)?)v?"
)
_TIMES = re.compile(
    r"v?(?P<n>1|n\*|\*)(?:(?P<freq>r)|[%ilRg]+(?:(?P<length>L)|(?P<every>[no])?(?P<unit>[umy])))v?"
)
_ONCE_WITHIN = re.compile(r"(?P<least>v?)(?:(?P<n>1|n)\*?|\*)g(?=[n%L])")
_AFTER_UNIT = re.compile(r"v?(?:(?P<length>L)|(?P<every>[no])?(?P<unit>[umy]))<?(?:S|v?(?P<n>n\*|1))v?")


class Clauses(Parts):
    """Read the clauses of one line; every letter is consumed."""

    event_bound = ""
    """The bound that the words after an event put on it."""
    after_cycle = False
    """Whether "after each quarter" was read, so that a length of time says nothing more."""
    inside = False
    """Whether a bracket is open."""
    yearly = False
    """Whether a month was read that comes "every" year."""

    def read(self) -> list[Clause]:
        """Return the clauses."""
        clauses: list[Clause] = []
        end = len(self.letters)
        if self.letters.count("(") != self.letters.count(")"):
            raise self.fail("leftover", "has a parenthesis without its pair", 0, end)
        while True:
            sep = self.separator(clauses)
            if self.at >= end:
                if sep.strip(",;("):
                    raise self.fail("incomplete", "nothing follows", end - 1)
                return clauses
            if "//" in sep:
                raise self.fail("leftover", "are two separators", self.at - 2)
            if not clauses and sep.strip("("):
                raise self.fail("leftover", "nothing comes before", 0, 1)
            inside = self.inside
            clause = self.clause()
            clause.sep, clause.end, clause.inside = sep, self.at, inside
            if clauses:
                self.refuse_countdown(clauses[-1], clause)
            if clause.name == "span" and self.after_cycle:
                clause.name = "tail"
            clauses.append(clause)
            if self.yearly:
                clauses.append(Clause("cycle", clause.start, clause.end, cycle=Cycle("YEARLY")))
                self.yearly = False

    def refuse_countdown(self, first: Clause, second: Clause) -> None:
        """Refuse a length that is counted back from an event ("2 weeks before adoption")."""
        event, span = (first, second) if first.name == "event" else (second, first)
        until = event.bound == "before" or (event.bound in ("by", "to") and event.value == "adoption")
        if (event.name, span.name) == ("event", "span") and until:
            raise self.fail("leftover", _LOOKS_BACK, span.start)

    def separator(self, clauses: list[Clause]) -> str:
        """Read what separates two clauses; beside a frequency a dash is a comma."""
        sep = ""
        while self.here in _SEPARATORS and self.here:
            sep += _SEPARATORS[self.here]
            self.goes_on(clauses)
            self.inside = self.here == "(" or (self.inside and self.here != ")")
            self.at += 1
        if (
            clauses
            and self.here == "-"
            and (self.see(f"-{_ASIDE}") or clauses[-1].name in ("cycle", "ongoing"))
        ):
            self.goes_on(clauses)
            self.at += 1
            if self.at >= len(self.letters):
                raise self.fail("incomplete", "nothing follows", self.at - 1)
            return f"{sep},"
        return sep

    def goes_on(self, clauses: list[Clause]) -> None:
        """Let "2023 - ongoing", "Q1 2024 and ongoing" begin with what comes first."""
        before = clauses[-1] if clauses else None
        if before is not None and self.see("[-&]O") and before.name == "dates" and before.bound in ("", "in"):
            if not before.single or before.during:
                raise self.fail("ambiguous", "may go on from the first of these or from the last")
            before.bound = "from"

    def clause(self) -> Clause:
        """Read one clause."""
        start, letter = self.at, self.here
        if letter in "giIecEG":
            whole = self.whole_plan()
            if whole:
                return Clause(whole, start, value="none")
        if letter in "kONQ!@IpEFumy":
            phrase = self.set_phrase(letter)
            if phrase is not None:
                return phrase
        if match := _ONCE_WITHIN.match(self.letters, start):
            self.once_within(match)
        return self.cycle() or self.bounded(start)

    def set_phrase(self, letter: str) -> Clause | None:
        """Read what is known by its first letter, and needs no bound."""
        start = self.at
        if letter in "ON" or (letter == "k" and self.see("k(?!,|[no2MD])")):
            return self.timeless(letter)
        if letter == "Q" and not self.see("Q[n%LumyCU]"):
            raise self.fail("vague", "promises a time without a date", start, start + 1)
        if letter == "!":
            self.at = self.as_soon(start)
        elif letter in "@IpE":
            return self.label()
        elif letter == "F" and start:
            return self.further()
        elif self.see("[umy]<A") or (self.see("[umy]A") and self.value(start + 1)):
            self.at = self.letters.index("A", self.at) + 1
            self.after_cycle = True
            return Clause("tail", start)
        return None

    def as_soon(self, start: int) -> int:
        """Return where X begins in "as soon as possible and no later than X", or refuse what has no X."""
        limit = "(?P<limit>[^,;()!]*B)" if self.postfix else "(?P<limit>b)"
        match = re.compile(f"!,*&?{limit}").match(self.letters, start)
        if match is None or self.value() != "asap":
            raise self.vague()
        return match.start("limit")

    def further(self) -> Clause | None:
        """Read "далее - ежегодно": a cycle after a first deadline."""
        start = self.at
        if self.see(f"F{_AGAIN}"):
            self.at += 1 + self.see(".-")
            cycle = self.cycle()
            if cycle is not None:
                cycle.after = True
                return cycle
            self.at = start
        return None

    def timeless(self, letter: str) -> Clause:
        """Read a weekday alone, or what needs no date."""
        start = self.at
        self.at += 1
        while letter == "O" and (
            self.see("[eI]") or (self.see("[cE]") and self.value() in ("self", "implementation"))
        ):
            self.at += 1
        name = {"k": "weekday", "O": "ongoing", "N": "undetermined"}[letter]
        return Clause(name, start, value=self.values[start])

    def vague(self) -> NotUnderstoodError:
        """Return the refusal of a word that promises a time without a rule, or with two."""
        why = str(self.value() if self.value() not in (None, "asap") else "promises a time without a date")
        return self.fail(
            "ambiguous" if why.startswith(("may", "is another")) else "vague", why, self.at, self.at + 1
        )

    def label(self) -> Clause | None:
        """Read a label and the colon or dash after it, or nothing."""
        start = self.at
        value = str(self.value())
        if self.here == "E":
            # A completion before its colon, or a report before its dash and bound: "Доклад - до 1 июля".
            if not (self.see("E:") and value == "completion") and (start or not self.see("E-[btigrR1v*L]")):
                return None
            value = "due"
        elif self.here == "p":
            apart = self.see("p-[^p]") and not self.line.glued(start + 1) and value in ("begin", "end")
            if not apart and not self.see("p:"):
                return None
            value = {"end": "due", "begin": "start"}.get(value, "none")
        self.at += 1 + self.see("[:-]", self.at + 1)
        return Clause("label", start, value=value)

    def whole_plan(self) -> str:
        """Read "for the whole implementation period of the plan" in any of its wordings.

        Return ongoing, or label where dates follow, or nothing.
        """
        match = _WHOLE.match(self.letters, self.at)
        if match is None or not set(match[0]) & {"E", "c"}:
            return ""
        for at in range(self.at, match.end()):
            if self.see("[Ec]", at) and self.values[at] not in ("implementation", "self"):
                return ""
        after = self.letters[match.end() : match.end() + 1]
        if after == ":":
            self.at = match.end()
            return "label"
        if after not in ("", ",", ";", "(", ")"):
            return ""
        if not set(match[0]) & {"g", "G", "I"} and not {"i", "E"} <= set(match[0]):
            return ""
        self.at = match.end()
        return "ongoing"

    def once_within(self, match: re.Match[str]) -> None:
        """Skip "once" before a length of time; refuse "twice within 6 months", which may be a frequency.

        "Not rarer than once in the course of 6 months" is one.
        """
        count = self.value(match.start("n")) if match["n"] else 1
        if count == 1 and not match["least"]:
            self.at = match.end() - 1
        elif self.articles or not match["least"]:
            raise self.fail("ambiguous", "may be a frequency, or so many times in all", match.start())

    # -- how often

    def cycle(self) -> Clause | None:
        """Read how often something recurs; leave the line as it is if nothing says so."""
        start = self.at
        clause: Clause | None = None
        if self.here not in "vrR1*noLumy":
            return None
        if self.see("v?r"):
            at = self.letters.index("r", start)
            clause = Clause("cycle", start, cycle=Cycle(*self.values[at]))
            self.at = at + 1 + self.see("v", at + 1)
        elif match := _EVERY.match(self.letters, start):
            clause = self.every(match)
        elif match := _TIMES.match(self.letters, start) or _AFTER_UNIT.match(self.letters, start):
            # "раз в год", but not "times a year"
            clause = None if self.articles and match.groupdict()["n"] == "*" else self.times(match)
        if clause is not None and self.here == "A":
            self.at += 1
            self.after_cycle = True
        elif clause is not None and start and self.here == "Q":
            # "X, and every two years thereafter"
            self.at += 1
            clause.after = True
        return clause

    def every(self, match: re.Match[str]) -> Clause | None:
        """Read "each year", "every six months", "every Monday", "each June"."""
        kind = next(name for name, text in match.groupdict().items() if text is not None)
        at = match.start() + match[0].index("R") + 1
        clause = Clause("cycle", match.start(), cycle=Cycle("YEARLY"))
        self.at = match.end()
        if kind == "weekday":
            clause.cycle = Cycle("WEEKLY", weekday=WEEKDAYS[self.values[at]])
        elif kind == "marker":
            fiscal = self.values[at] == "fiscal-year"
            clause.marker = ("" if self.calendar_fiscal else "fiscal") if fiscal else "academic"
        elif kind == "half":
            clause = self.frequency(match, 1, self.values[at] * 12 + 6, "month")
        elif kind != "yearly":
            counted = self.every_unit(match, kind, at)
            if counted is None:
                return None
            clause = counted
        clause.value = "every"
        return clause

    def every_unit(self, match: re.Match[str], kind: str, at: int) -> Clause | None:
        """Read the number and the unit after "every"."""
        n, unit = self.values[at] if kind == "length" else (1, self.unit(at))
        if kind == "counted":
            n, unit = self.values[at], self.unit(at + 1)
        regular = unit in MONTHS or unit in DAYS
        # "each first quarter" is a quarter of each year, "every second year" is every two years.
        ordinal = self.see("o", at) and (unit in ("quarter", "half", "third") or n < 2)
        if kind == "counted" and (ordinal or not regular):
            self.at = at
            return Clause("cycle", match.start(), cycle=Cycle("YEARLY"))
        if self.case(at) == "plural" or not regular:
            self.at = match.start()
            return None
        return self.frequency(match, self.values[match.start("times")] if match["times"] else 1, n, unit)

    def times(self, match: re.Match[str]) -> Clause | None:
        """Read "twice a year", "once every two years", "раз в квартал", "жылына екі рет"."""
        groups = match.groupdict()
        count = 1
        if groups["n"]:
            count = 1 if groups["n"] == "*" else self.values[match.start("n")]
        n = self.values[match.start("every")] if groups["every"] else 1
        if groups.get("freq"):
            freq, n = (*self.values[match.start("freq")], 1)[:2]
            unit = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week"}.get(freq, "day")
        elif groups["length"]:
            n, unit = self.values[match.start("length")]
        else:
            unit = self.unit(match.start("unit"))
        if unit not in MONTHS and unit not in DAYS:
            return None
        self.at = match.end()
        return self.frequency(match, count, n, unit)

    def frequency(self, match: re.Match[str], count: int, n: int, unit: str) -> Clause:
        """Return the clause of what happens so many times in so many units."""
        cycle = cycle_of(count, n, unit)
        if cycle is None:
            raise self.fail("no-such-period", "is no regular frequency", match.start())
        return Clause("cycle", match.start(), cycle=cycle, count=count)

    # -- bounds and what they govern

    def bounded(self, start: int) -> Clause:
        """Read a bound and what it governs: a length of time, an event, or dates."""
        clause = Clause("dates", start)
        self.prefix(clause)
        if self.here in ("@", "I"):
            self.at += 1
            self.prefix(clause)
        if self.duration(clause):
            return self.span(clause)
        if self.event_here(clause):
            return self.event(clause)
        save = self.at
        cycle = self.cycle() if self.here in ("R", "r") else None
        if cycle and (not clause.bound or (clause.bound == "in" and self.see("R", start + 1))):
            return cycle
        self.at = save
        if clause.later and not self.articles:
            raise self.fail("leftover", "needs a length of time", start, self.at + 1)
        self.dates(clause)
        return clause

    def event_here(self, clause: Clause) -> bool:
        """Tell whether an event follows, known as one by its first word, its last, or "the end of"."""
        if self.here in ("E", "V", "c"):
            return True
        if (clause.bound in ("after", "from") or self.see("e", clause.start)) and self.see(r"\?{1,3}E"):
            return True
        ends = self.here == "p" and clause.bound not in ("", "in") and self.ends_event(clause.bound)
        return ends or (self.postfix and self.event_follows())

    def prefix(self, clause: Clause) -> None:
        """Read the words that govern what follows."""
        while self.here and self.here in _BEFORE and (self.governs(clause) or self.says_nothing(clause)):
            self.at += 1

    def governs(self, clause: Clause) -> bool:
        """Note a word that bounds what follows; tell whether it is one."""
        letter = self.here
        if letter in _BOUNDS:
            bound = _BOUNDS[letter]
            if clause.bound and clause.bound != "in" and {clause.bound, bound} != {"by", "to"}:
                raise self.fail("leftover", "has two bounds", self.at, self.at + 1)
            clause.bound = bound
            clause.one = clause.one or bool(self.value())
            return True
        if letter == "K":
            after = bool(self.value()) and not self.see("K[umyT]")
            clause.bound = "after" if after else clause.bound
            return after
        if letter == "B":
            # "latest 30 June": in English the word may also come first.
            first = self.at == clause.start and not self.postfix
            clause.bound = "by" if first else clause.bound
            return first
        return self.opens(clause, letter)

    def opens(self, clause: Clause, letter: str) -> bool:
        """Note a word for a time that is open: "in", "during", so much "later"."""
        if letter in ("Q", "l"):
            clause.later = True
            clause.bound = clause.bound or ("in" if letter == "l" else "")
            return letter == "l" or self.see("Q[n%LumyCU]")
        if letter == "i":
            clause.bound = clause.bound or "in"
            return clause.bound not in ("from", "after", "before")
        if letter == "g":
            clause.during = True
            return self.letters[self.at - 1 : self.at] != "g"
        return False

    def says_nothing(self, clause: Clause) -> bool:
        """Tell whether a word before a date may be skipped."""
        letter = self.here
        if letter == "%":
            return self.at > clause.start and not self.see(".[umyL]")
        if letter == "-":
            return self.at > 0 and self.letters[self.at - 1] in _BOUNDS and self.line.glued(self.at)
        # "the years before 2025"
        years = letter == "y" and self.at == clause.start and self.articles
        return letter == "e" or (years and self.see("y[bxtfaz]"))

    def dates(self, clause: Clause) -> None:
        """Read one period, or two of a range, and the words after them."""
        first = self.sketch()
        if first.empty and not first.tail:
            raise self.nothing(clause)
        if first.tail and first.empty:
            clause.name = "tail"
            if self.see("A"):
                self.at += 1
                self.after_cycle = True
            return
        clause.sketches.append(first)
        if self.here in ("&", "-"):
            self.second(clause)
        self.suffix(clause)

    def second(self, clause: Clause) -> None:
        """Read the other end of a range."""
        aside, between = self.see(f"-{_ASIDE}"), clause.bound == "between"
        if not between and (aside or self.here != "-"):
            return
        self.at += 1 + (not between and self.see(".[til]"))
        last = self.sketch()
        if last.empty:
            raise self.nothing(clause)
        clause.sketches.append(last)
        if clause.one or clause.bound == "after":
            self.refuse_range(clause, clause.bound)
        if self.here == "-" and not between and not self.see(f"-{_ASIDE}"):
            raise self.fail("leftover", "is a third end of a range", self.at, self.at + 2)

    def nothing(self, clause: Clause) -> NotUnderstoodError:
        """Return the refusal where a date should stand."""
        if self.see("[?]"):
            return self.fail("leftover", "is not understood", self.at, self.at + 1)
        if self.see("!"):
            return self.vague()
        if self.at >= len(self.letters):
            start = clause.start if clause.start < self.at else self.at - 1
            return self.fail("incomplete", "nothing follows", start)
        return self.fail("leftover", "is not understood here", self.at, self.at + 1)

    def suffix(self, clause: Clause) -> None:
        """Read the words that govern what is before them, and the ablative that does the same."""
        letter = self.here
        if letter == "(" and self.see(r"\([BHFA]\)"):
            self.at += 1
            self.suffix(clause)
            self.at += 1
        elif letter in _POST:
            # "by 15 May 2024 and then quarterly": the cycle comes after a first deadline.
            if clause.bound not in ("by", "to") or not self.see(f"F{_AGAIN}"):
                self.postposition(clause, _POST[letter])
        elif letter in ("G", "Z"):
            clause.during = clause.during or letter == "G"
            if letter == "Z":
                clause.bound, clause.post = "between", True
            self.at += 1
        elif not clause.bound:
            self.bare_suffix(clause)
        while self.here == "I":
            self.at += 1

    def bare_suffix(self, clause: Clause) -> None:
        """Read what governs dates that nothing comes before: "every" month, "2023+", an ablative."""
        if self.see("S") and clause.sketches[-1].month:
            self.yearly = True
            self.at += 1
        elif self.see("[+]") or clause.sketches[-1].ablative:
            self.refuse_range(clause, "from")
            clause.bound = "from"
            self.at += self.see("[+]")

    def postposition(self, clause: Clause, bound: str) -> None:
        """Note a word that bounds what is before it."""
        if clause.bound not in ("", "in", bound):
            raise self.fail("leftover", "has two bounds", self.at, self.at + 1)
        self.refuse_range(clause, bound)
        # "from March to June" may be written with two cases and one word after them.
        if len(clause.sketches) == 1 or bound != "by" or not clause.sketches[0].ablative:
            clause.bound = bound
        clause.post = True
        self.at += 1

    def refuse_range(self, clause: Clause, bound: str) -> None:
        """Refuse "2023-2025 onwards", "after 2023-2025": from the first of these years, or from the last."""
        if bound in ("from", "after") and len(clause.sketches) > 1:
            raise self.fail(
                "ambiguous", "begins with one of two periods, and does not say which", clause.start
            )

    # -- lengths of time

    def duration(self, clause: Clause) -> bool:
        """Read a length of time into the clause; leave the line as it is if there is none."""
        save = self.at
        if self.here not in _LENGTHS or not self.here:
            return False
        if self.see("j[nL]") and self.value():
            self.at += 1
            clause.during = True
        elif self.see("o"):
            # "the first six months after adoption"
            if self.value() != 1 or not self.see("on") or not self.event_at(self.at + 3):
                return False
            self.at += 1
            clause.during = True
        found = False
        while self.length(clause, found=found):
            found = True
            save = self.at
            self.at += self.see("&[n%]")
        self.at = save
        if found and self.see("<?I"):
            # "in a period of two months" is open from the start, whatever it is counted from.
            clause.during = clause.during or clause.bound in ("", "in")
            while self.see("[<I]"):
                self.at += 1
        return found

    def length(self, clause: Clause, *, found: bool) -> bool:
        """Read one number of units; tell whether there is one."""
        if self.see("L"):
            n, unit = self.value()
            self.at += 1
            return not found and self.add(clause, n * 10, unit)
        tenths = self.quantity(clause)
        self.at += bool(tenths) and self.see("-")
        if not self.see("[umyCU]") or (tenths is None and (found or not self.bare(clause))):
            return False
        adjective, unit = self.see("U"), self.unit(self.at)
        if self.case(self.at) == "loc":
            # "в 23 году" names a year, not a length.
            return False
        self.at += 1
        tenths = (10 if tenths is None else tenths) + 5 * self.see("h")
        self.at += self.see("h")
        if not adjective and self.is_named(clause, unit):
            return False
        # "6 months of each year" is a part of it; "6 months every two years" is a length and a frequency.
        part = self.see("e?[YMDj*1S]|eR") or (not self.articles and self.see("R[umyw]"))
        return not part and self.add(clause, tenths, unit)

    def is_named(self, clause: Clause, unit: str) -> bool:
        """Tell whether a number before a unit names it: "2 quarter", but not "within 2 quarters"."""
        counted = clause.during or clause.later or self.see("<?G")
        return unit in ("quarter", "half", "ten-days") and not counted

    def bare(self, clause: Clause) -> bool:
        """Tell whether a unit without a number is a length ("в течение месяца", "в месячный срок")."""
        if self.see("U"):
            return self.see(".I")
        unit = self.unit(self.at)
        year = unit == "year" and (clause.later or self.event_at(self.at + 1))
        if self.articles or not (unit in ("day", "week", "month", "months", "workday") or year):
            return False
        if clause.later:
            return True
        if unit == "year":
            return clause.during
        return (clause.during and not self.see(".[n,KT]")) or self.see(".<?G")

    def quantity(self, clause: Clause) -> int | None:
        """Read a number of units, in tenths: "6", "1-2", "1,5", "a"."""
        start, tenths = self.at, 10
        if self.see("%"):
            self.at += 1
        elif self.see("d"):
            whole, tenth = self.value()
            self.at += 1
            return int(whole * 10 + tenth) if tenth < 10 else None
        elif self.see("n"):
            tenths = self.values[self.at] * 10
            self.at += 1
            if self.see("[-t]n(?:-?[umy]|U)"):
                upper = self.values[self.at + 1] * 10
                if upper <= tenths:
                    raise self.fail("reversed", "runs backwards", self.at - 1, self.at + 2)
                tenths = upper
                self.at += 2
            elif self.see(",n") and self.line.glued(self.at) and self.line.glued(self.at + 1):
                tenths += self.values[self.at + 1]
                if self.values[self.at + 1] > 9:
                    return None
                self.at += 2
        elif self.see("Y[umyCU]") and self.is_amount(clause):
            # "1825 days": four digits that are no year.
            tenths = self.values[self.at] * 10
            self.at += 1
        if self.at == start:
            return None
        if self.see("h"):
            tenths += 5
            self.at += 1
        return tenths

    def is_amount(self, clause: Clause) -> bool:
        """Tell whether four digits before a unit count it: "within 2000 days", but not "2024 day"."""
        bounded = clause.during or clause.later or clause.bound not in ("", "in") or self.see("..<?G")
        amount = self.unit(self.at + 1) in ("day", "workday", "hour", "month", "months")
        return amount and (self.values[self.at] < 1900 or bounded)

    def add(self, clause: Clause, tenths: int, unit: str) -> bool:
        """Add a number of units, in tenths, to the length."""
        if tenths <= 0:
            raise self.fail("no-such-period", "is no length of time", self.at - 2)
        per, name, whole = (MONTHS.get(unit) or DAYS.get(unit) or 1), "days", 10
        if unit in MONTHS:
            name = "months"
        elif unit == "workday":
            name = "workdays"
        elif unit == "hour":
            whole = 240
        elif unit not in DAYS:
            return False
        amount, rest = divmod(tenths * per, whole)
        setattr(clause, name, getattr(clause, name) + amount)
        if rest:
            raise self.fail("no-such-period", "is no whole number of days or months", self.at - 2)
        if clause.months > 1200 or clause.days > 36500 or clause.workdays > 26000:
            raise self.fail("no-such-period", "is longer than a hundred years", self.at - 2)
        return True

    def span(self, clause: Clause) -> Clause:
        """Read what a length of time is counted from, and settle which ends it gives."""
        clause.name = "span"
        if clause.bound in ("before", "between"):
            raise self.fail(
                "leftover", "is not understood before a length of time", clause.start, clause.start + 1
            )
        if "past" in self.values[clause.start : self.at]:
            raise self.fail("leftover", _LOOKS_BACK, clause.start)
        sides = _SIDES.get(clause.bound, "") or ("both" if clause.during else "due" if clause.later else "")
        sides = self.after_length(sides)
        if self.see("[afeVKE]|<?A[EVc]"):
            sides = sides or ("both" if self.here == "e" else "due")
            self.anchor(clause)
        clause.sides = sides or "both"
        return clause

    def after_length(self, sides: str) -> str:
        """Read the words that govern a length before them; return which ends it gives."""
        match = _AFTER_LENGTH.match(self.letters, self.at)
        if match:
            if match[0] == "H":
                # "2 апта бұрын" is two weeks ago.
                raise self.fail("leftover", _LOOKS_BACK, self.at - 2)
            self.at = match.end()
            # "five years from now" says less than a bound before it.
            sides = (match[1] == "Q" and sides) or _SAID[match[1]]
        if self.here == "I" and match and match[1] == "B" and self.postfix:
            # "in a term of no more than five days" is open from the start.
            sides = "both"
        while self.here == "I":
            self.at += 1
        return sides

    def anchor(self, clause: Clause) -> None:
        """Read the event, the date or the cycle that a length of time is counted from."""
        start = self.at
        self.at += self.see("[afeK]")
        if self.anchor_cycle(clause):
            return
        here = self.at
        sketch = self.sketch()
        if sketch.dated and not sketch.tail:
            clause.anchor = sketch
            return
        self.at = here
        clause.value = self.event_words(start, counted=True)

    def anchor_cycle(self, clause: Clause) -> bool:
        """Read "each quarter", "the end of the reporting year": the length is then dropped."""
        match = re.compile("[peEil]*(?P<every>[RTP]*)(?P<unit>[uymw](?=[,);S]|$))?").match(
            self.letters, self.at
        )
        assert match is not None
        events = (self.values[at] for at in range(*match.span()) if self.letters[at] == "E")
        if any(event != "completion" for event in events):
            # "of receipt each year": a length that is counted from an event, and a frequency.
            return False
        every, unit = match["every"], self.unit(match.end() - 1)
        if (
            match["unit"]
            and match.end() - self.at > 1
            and (unit in MONTHS or unit in DAYS or self.see("w", match.end() - 1))
        ):
            self.at = match.end()
            clause.name, clause.value = "tail", "" if every else "other"
            if every:
                self.implied = "year" if unit.endswith("-year") else unit
            return True
        if every:
            self.at = match.end()
            clause.name = "tail"
        return bool(every)

    # -- events

    def event_at(self, at: int) -> bool:
        """Tell whether an event follows, from which a length is counted."""
        return self.see("[afeK][ej]*[EcV]|V", at)

    def ends_event(self, bound: str) -> bool:
        """Tell whether "the end of" an undated thing follows ("by the end of the project")."""
        return (
            self.see("pe*[cE]|pe*[?]" if bound in ("after", "from") else "pe*[cE]") and self.value() == "end"
        )

    def event_follows(self) -> bool:
        """Tell whether unknown words end in a finished event ("есеп алынғаннан кейін")."""
        ahead = self.at
        while self.see("[?cEVe&T<]", ahead):
            if self.see("[EV]", ahead) or self.participle(ahead):
                return True
            ahead += 1
        return False

    def participle(self, at: int) -> bool:
        """Tell whether an unknown word is a participle by its ending."""
        return self.see("[?]", at) and str(self.values[at]).endswith(self.event_endings)

    def foreign(self, at: int) -> bool:
        """Tell whether a word makes an event another one than the adoption of the plan."""
        if self.see("c", at):
            return bool(self.values[at] == "law")
        if self.see("[umy]", at):
            return self.unit(at) != "day"
        return not self.see("[eVilj&fat<]", at)

    def event(self, clause: Clause) -> Clause:
        """Read an event that has no length of time before it."""
        clause.name = "event"
        clause.value = self.event_words(clause.start)
        if clause.bound in ("", "in"):
            after = self.values[clause.start] == "after"
            first = ("after" if after else "from") if self.see("V", clause.start) else ""
            # "(2 March 2018) of BOD issuance" stands where a length was.
            after_gloss = "from" if self.see(r"\)e", max(clause.start - 1, 0)) else ""
            clause.bound = self.event_bound or first or after_gloss
        if not clause.bound:
            raise self.fail("leftover", "is an event, and says nothing of before or after it", clause.start)
        return clause

    def event_words(self, start: int, *, counted: bool = False) -> str:
        """Read the words of an event, from which a length is counted or not; return adoption or other."""
        event, other, here = "", False, self.at
        while self.see("[^,;)]") and not _AFTER_EVENT.match(self.letters, self.at):
            at = self.at
            if self.see("g") and at > here:
                break
            self.refuse_in_event(start, known=event == "other")
            self.at += 1
            if self.see("[BHFAG]", at):
                self.event_bound = _POST.get(self.letters[at], "from")
                break
            if match := _THIS_ACT.match(self.letters, at):
                # "this binding operational directive": whatever it is called, it is this document.
                self.at = match.end()
            elif self.see("E", at):
                # "the adoption of the report" is not that of the plan.
                event = (
                    event if event and self.values[at] in ("adoption", "implementation") else self.values[at]
                )
            elif self.participle(at):
                event, other = event or "other", True
            else:
                other = other or self.foreign(at)
        counted = counted or "V" in self.letters[start : self.at]
        return self.event_name(event, start, here, other=other, counted=counted)

    def refuse_in_event(self, start: int, *, known: bool) -> None:
        """Refuse a bound, a frequency, a date or a figure in an event, but for the year in the name of an act."""
        if self.see("[bxzK]") or self.see(_OFTEN):
            raise self.fail("leftover", "is not understood in an event")
        named = re.search("c(?:e|iw)\\Z", self.letters[: self.at])
        if named or not self.see(_DATED) or (known and self.see("(?<=E)n")):
            return
        # Only "the elections of 2024", "phase 2" are names: "the study: 2024" says when it is.
        governed = self.letters[self.at - 1] in "btxfailgpno-:/" or (
            self.articles and self.see("(?<!e)Y(?![?EcT@])")
        )
        if not known or governed or not self.see("Y|n(?![umy])"):
            raise self.fail("leftover", "is not understood as an event", start, self.at + 1)

    def event_name(self, event: str, start: int, here: int, *, other: bool, counted: bool) -> str:
        """Return what the words from `here` on name: adoption or other."""
        words = self.letters[here : self.at]
        unnamed = not event and not other
        if unnamed and "c" in words and counted:
            # "the date of this order" names its adoption by itself, "30 days of this order" too.
            return "adoption"
        if not words or (unnamed and words[0] != "c"):
            raise self.fail("incomplete", "names no event", start)
        if words[:1] == "p":
            return "other"
        if not event and not (counted and set(self.letters[start : self.at]) & {"V", "c"}):
            # A word that nobody knows is not the name of an event, nor is a law without one.
            raise self.fail("leftover", "is not understood as an event", start)
        return "other" if other or event != "adoption" else "adoption"
