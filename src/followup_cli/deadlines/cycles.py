"""How often: from "quarterly" and "every two years" to "жылына екі рет"."""

from .cursor import DAYS, MONTHS, NUMBERS, Cursor
from .drafts import Clause
from .model import Cycle

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


# The classes of words that a frequency begins with.
_FIRST = ("least", "freq", "every", "once", "times", "unit", "dur", *NUMBERS)


def cycle_of(count: int, n: int, unit: str) -> Cycle | None:
    """Return what happens `count` times every `n` units, or None if no rule says it."""
    if n < 1 or count < 1:
        return None
    if unit in MONTHS:
        months = n * MONTHS[unit]
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
    return Cycle("DAILY", n * DAYS[unit]) if unit in DAYS else None


def read_cycle(p: Cursor) -> Clause | None:
    """Read how often something recurs; leave the cursor if nothing says so."""
    start = p.at
    if p.cls[start] not in _FIRST:
        return None
    if p.cls[p.at] == "least":
        p.at += 1
    name = p.cls[p.at]
    clause: Clause | None = None
    if name == "freq":
        clause = Clause("cycle", start, cycle=Cycle(*p.val[p.at]))
        p.at += 1
    elif name == "every":
        clause = _every(p, start)
    else:
        clause = _times(p, start) or _times_after_unit(p, start)
    if clause is None:
        p.at = start
        return None
    if p.cls[p.at] == "least":
        p.at += 1
    if p.cls[p.at] == "after-post":
        p.at += 1
        p.after_cycle = True
    return clause


def _every(p: Cursor, start: int) -> Clause | None:
    clause = _every_what(p, start)
    if clause is not None:
        clause.value = "every"
    return clause


def _every_what(p: Cursor, start: int) -> Clause | None:
    p.at += 1
    n = 1
    name = p.cls[p.at]
    if name == "weekday":
        p.at += 1
        return Clause("cycle", start, cycle=Cycle("WEEKLY", weekday=_WEEKDAYS[p.val[p.at - 1]]))
    if name in NUMBERS and p.unit_at(p.at + 1):
        n = p.val[p.at]
        # "each first quarter" is a quarter of each year, "every second year" is every two years.
        if name == "ord" and (p.val[p.at + 1] in ("quarter", "half", "third") or n < 2):
            return Clause("cycle", start, cycle=Cycle("YEARLY"))
        p.at += 1
        n = p.spelled_out(n)
    elif p.case[p.at] == "plural":
        return None
    elif _halves(p):
        return _every_and_a_half(p, start)
    if p.cls[p.at] == "dur":
        p.at += 1
        return _cycle_clause(p, start, 1, *p.val[p.at - 1])
    if p.cls[p.at] == "unit" and p.val[p.at] in ("fiscal-year", "academic-year"):
        p.at += 1
        marker = p.val[p.at - 1].removesuffix("-year")
        return Clause("cycle", start, cycle=Cycle("YEARLY"), marker=marker)
    if p.unit_at(p.at):
        unit = p.val[p.at]
        p.at += 1
        if p.cls[p.at] == "every-post":
            p.at += 1
        count = 1
        if p.cls[p.at] == "numeral" and p.cls[p.at + 1] == "times":
            # "әр үш жылда бір рет"
            count = p.val[p.at]
            p.at += 2
        return _cycle_clause(p, start, count, n, unit)
    if name in ("mon", "season", "part") or name in NUMBERS:
        return Clause("cycle", start, cycle=Cycle("YEARLY"))
    return None


def _halves(p: Cursor) -> bool:
    return p.cls[p.at] in NUMBERS and p.cls[p.at + 1] == "half-more"


def _every_and_a_half(p: Cursor, start: int) -> Clause | None:
    n = p.val[p.at]
    p.at += 2
    if p.cls[p.at] == "unit" and p.val[p.at] == "year":
        p.at += 1
        return _cycle_clause(p, start, 1, n * 12 + 6, "month")
    return None


def _times(p: Cursor, start: int) -> Clause | None:
    """Read "twice a year", "once every two years", "2 раза в год", "раз в квартал"."""
    count = 1
    if p.cls[p.at] == "once":
        count = p.val[p.at]
        p.at += 1
    elif p.cls[p.at] in ("num", "numeral") and p.cls[p.at + 1] == "times":
        count = p.val[p.at]
        p.at += 2
    elif p.cls[p.at] == "times":
        p.at += 1
    else:
        return None
    if p.cls[p.at] == "freq":
        base = Cycle(*p.val[p.at])
        p.at += 1
        unit = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week"}.get(base.freq, "day")
        return _cycle_clause(p, start, count, base.interval, unit)
    if p.cls[p.at] not in ("a", "in", "every", "per", "during"):
        return None
    while p.cls[p.at] in ("a", "in", "every", "per", "during"):
        p.at += 1
    n = 1
    if p.cls[p.at] == "dur":
        p.at += 1
        return _cycle_clause(p, start, count, *p.val[p.at - 1])
    if p.cls[p.at] in NUMBERS:
        n = p.val[p.at]
        p.at += 1
    if not p.unit_at(p.at):
        return None
    p.at += 1
    return _cycle_clause(p, start, count, n, p.val[p.at - 1])


def _times_after_unit(p: Cursor, start: int) -> Clause | None:
    """Read "жылына екі рет", "екі жылда бір рет", "жыл сайын"."""
    n = 1
    if p.cls[p.at] in NUMBERS:
        n = p.val[p.at]
        p.at += 1
    if p.cls[p.at] == "mon" and p.cls[p.at + 1] == "every-post":
        return None
    if p.cls[p.at] == "dur":
        n, unit = p.val[p.at]
    elif p.unit_at(p.at):
        unit = p.val[p.at]
    else:
        return None
    p.at += 1
    if p.cls[p.at] == "every-post":
        p.at += 1
        return _cycle_clause(p, start, 1, n, unit)
    if p.cls[p.at] == "least":
        p.at += 1
    if p.cls[p.at] in ("num", "numeral") and p.cls[p.at + 1] == "times":
        p.at += 2
        return _cycle_clause(p, start, p.val[p.at - 2], n, unit)
    if p.cls[p.at] == "once":
        p.at += 1
        return _cycle_clause(p, start, p.val[p.at - 1], n, unit)
    return None


def _cycle_clause(p: Cursor, start: int, count: int, n: int, unit: str) -> Clause:
    cycle = cycle_of(count, n, unit)
    if cycle is None:
        p.fail("no-such-period", "is no regular frequency", start)
    return Clause("cycle", start, cycle=cycle, count=count)
