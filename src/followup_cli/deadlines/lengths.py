"""Lengths of time, and the events that they are counted from."""

from .cursor import DAYS, MONTHS, POST, Cursor
from .drafts import Clause
from .named import read_draft

# The classes of words that a length of time begins with.
_FIRST = ("num", "numeral", "ord", "a", "dur", "this", "unit", "adjective", "year", "dm")


# The words after which a date in the words of an event is a date of its own.
_GOVERNING = ("by", "to", "before", "from", "after", "in", "during", "point", "num", "ord")


def read_duration(p: Cursor, clause: Clause) -> bool:
    """Read a length of time into the clause; leave the cursor if there is none."""
    save = p.at
    if p.cls[save] not in _FIRST:
        return False
    if p.cls[p.at] == "this" and p.val[p.at] and p.cls[p.at + 1] in ("num", "numeral", "dur"):
        p.at += 1
        clause.during = True
    elif p.cls[p.at] == "ord":
        # "the first six months after adoption"
        if p.val[p.at] != 1 or p.cls[p.at + 1] not in ("num", "numeral") or not _event_at(p, p.at + 3):
            return False
        p.at += 1
        clause.during = True
    found = False
    while _length(p, clause, found=found):
        found = True
        save = p.at
        if p.cls[p.at] == "and" and p.cls[p.at + 1] in ("num", "numeral", "a"):
            p.at += 1
    p.at = save
    if found and p.cls[p.at] == "term":
        # "in a period of two months" is open from the start, whatever it is counted from.
        clause.during = clause.during or clause.bound in ("", "in")
        while p.cls[p.at] == "term":
            p.at += 1
    return found


def _length(p: Cursor, clause: Clause, *, found: bool) -> bool:
    if p.cls[p.at] == "dur":
        n, unit = p.val[p.at]
        p.at += 1
        return not found and _add(p, clause, n * 10, unit)
    tenths = _quantity(p, clause)
    if p.cls[p.at] == "dash" and tenths:
        p.at += 1
    name, unit = p.cls[p.at], p.val[p.at]
    if name not in ("unit", "adjective") or (tenths is None and not _bare(p, clause, name, unit)):
        return False
    if unit == "year" and p.case[p.at] == "loc":
        # "в 23 году" names a year, not a length.
        return False
    tenths = 10 if tenths is None else tenths
    p.at += 1
    if p.cls[p.at] == "half-more":
        tenths += 5
        p.at += 1
    ahead = p.at + 1 if p.cls[p.at] == "of" else p.at
    if (
        name == "unit"
        and unit in ("quarter", "half", "ten-days")
        and not (clause.during or clause.later or p.cls[p.at] == "during-post")
    ):
        return False
    if p.cls[ahead] in ("year", "mon", "date", "this", "times", "once", "every-post", "every"):
        return False
    return _add(p, clause, tenths, unit)


def _bare(p: Cursor, clause: Clause, name: str, unit: str) -> bool:
    """Tell whether a unit without a number is a length ("в течение месяца", "в месячный срок")."""
    if name == "adjective":
        return p.cls[p.at + 1] == "term"
    units = (
        "day",
        "week",
        "month",
        "months",
        "workday",
        *(("year",) if clause.later or _event_at(p, p.at + 1) else ()),
    )
    if p.vocabulary.articles or unit not in units:
        return False
    after = p.cls[p.at + 1]
    if clause.later:
        return True
    if unit == "year":
        return clause.during
    return (clause.during and after not in ("num", "comma", "following", "report")) or after == "during-post"


def _event_at(p: Cursor, at: int) -> bool:
    """Tell whether an event follows, from which a length is counted."""
    if p.cls[at] in ("after", "from", "of", "following"):
        at += 1
        while p.cls[at] in ("of", "this"):
            at += 1
        return p.cls[at] in ("event", "act", "dayof")
    return p.cls[at] == "dayof"


def _quantity(p: Cursor, clause: Clause) -> int | None:
    """Read a number of units, in tenths: "6", "six (6)", "1-2", "1,5", "a"."""
    name = p.cls[p.at]
    if name == "a":
        p.at += 1
        tenths = 10
    elif name == "dm":
        whole, tenth = p.val[p.at]
        p.at += 1
        return whole * 10 + tenth if tenth < 10 else None
    elif name in ("num", "numeral"):
        tenths = p.val[p.at] * 10
        p.at += 1
        if (
            p.cls[p.at] in ("dash", "to")
            and p.cls[p.at + 1] in ("num", "numeral")
            and _length_at(p, p.at + 2)
        ):
            upper = p.val[p.at + 1] * 10
            if upper <= tenths:
                p.fail("reversed", "runs backwards", p.at - 1, p.at + 2)
            tenths = upper
            p.at += 2
        elif p.cls[p.at] == "comma" and p.glued(p.at, 2) and p.cls[p.at + 1] == "num":
            if p.val[p.at + 1] > 9:
                return None
            tenths += p.val[p.at + 1]
            p.at += 2
        tenths = p.spelled_out(tenths // 10) * 10 if tenths % 10 == 0 else tenths
    elif p.cls[p.at] == "year" and p.cls[p.at + 1] in ("unit", "adjective") and _is_amount(p, clause):
        # "1825 days": four digits that are no year.
        tenths = p.val[p.at] * 10
        p.at += 1
    else:
        return None
    if p.cls[p.at] == "half-more":
        tenths += 5
        p.at += 1
    return tenths


def _is_amount(p: Cursor, clause: Clause) -> bool:
    """Tell whether four digits before a unit count it: "within 2000 days", but not "2024 day"."""
    unit = p.val[p.at + 1]
    bounded = (
        clause.during or clause.later or clause.bound not in ("", "in") or p.cls[p.at + 2] == "during-post"
    )
    return unit in ("day", "workday", "hour", "month", "months") and (p.val[p.at] < 1900 or bounded)


def _length_at(p: Cursor, at: int) -> bool:
    """Tell whether a unit follows a number, or a dash before it."""
    return p.cls[at] in ("unit", "adjective", "open") or (p.cls[at] == "dash" and p.cls[at + 1] == "unit")


def _add(p: Cursor, clause: Clause, tenths: int, unit: str) -> bool:
    if tenths <= 0:
        p.fail("no-such-period", "is no length of time", p.at - 2)
    if unit in MONTHS:
        amount, rest = divmod(tenths * MONTHS[unit], 10)
        clause.months += amount
    elif unit == "hour":
        amount, rest = divmod(tenths, 240)
        clause.days += amount
    elif unit == "workday":
        amount, rest = divmod(tenths, 10)
        clause.workdays += amount
    elif unit in DAYS:
        amount, rest = divmod(tenths * DAYS[unit], 10)
        clause.days += amount
    else:
        return False
    if rest:
        p.fail("no-such-period", "is no whole number of days or months", p.at - 2)
    if clause.months > 1200 or clause.days > 36500 or clause.workdays > 26000:
        p.fail("no-such-period", "is longer than a hundred years", p.at - 2)
    return True


def read_span(p: Cursor, clause: Clause) -> Clause:
    """Read what a length of time is counted from, and settle which ends it gives."""
    clause.name = "span"
    name = p.cls[p.at]
    sides = {"by": "due", "to": "due", "after": "due", "from": "start"}.get(clause.bound, "")
    if clause.bound in ("before", "between"):
        p.fail("leftover", "is not understood before a length of time", clause.start, clause.start + 1)
    if clause.during:
        sides = sides or "both"
    elif clause.later:
        sides = sides or "due"
    if name in ("during-post", "range-post"):
        sides = "both"
        p.at += 1
    elif name == "later":
        sides = sides or "due"
        p.at += 1
    elif name in POST and not _anchor_follows(p):
        sides = "start" if name == "from-post" else "due"
        p.at += 1
    while p.cls[p.at] == "term":
        p.at += 1
    if p.cls[p.at] in ("after", "from", "of", "dayof", "following", "event"):
        sides = sides or ("both" if p.cls[p.at] == "of" else "due")
        _anchor(p, clause)
    clause.sides = sides or "both"
    return clause


def _anchor_follows(p: Cursor) -> bool:
    return p.cls[p.at + 1] in ("event", "act", "dayof")


def _anchor(p: Cursor, clause: Clause) -> None:
    """Read the event, the date or the cycle that a length of time is counted from."""
    start = p.at
    if p.cls[p.at] in ("after", "from", "of", "following"):
        p.at += 1
    if _anchor_cycle(p, clause):
        return
    here = p.at
    draft = read_draft(p)
    if draft.dated and not draft.tail:
        clause.anchor = draft
        return
    p.at = here
    clause.value = _event_words(p, start)


def _anchor_cycle(p: Cursor, clause: Clause) -> bool:
    """Read "each quarter", "the end of the reporting year": the length is then dropped."""
    here = p.at
    while p.cls[p.at] in ("point", "of", "event", "in"):
        p.at += 1
    every = False
    while p.cls[p.at] in ("every", "report", "previous"):
        every = True
        p.at += 1
    year = p.cls[p.at] == "unit" and p.val[p.at] in ("fiscal-year", "academic-year")
    if (p.unit_at(p.at) or year) and (every or p.at > here):
        unit = "year" if year else p.val[p.at]
        ahead = p.at + 1
        if p.cls[ahead] in ("", "comma", "close", "semi", "every-post"):
            p.at = ahead
            clause.name = "tail"
            clause.value = "" if every else "other"
            if every:
                p.implied = unit
            return True
    elif every:
        clause.name = "tail"
        return True
    p.at = here
    return False


def ends_event(p: Cursor, bound: str) -> bool:
    """Tell whether "the end of" an undated thing follows ("by the end of the project")."""
    ahead = p.at
    if p.cls[ahead] != "point" or p.val[ahead] != "end":
        return False
    ahead += 1
    while p.cls[ahead] == "of":
        ahead += 1
    return p.cls[ahead] in ("act", "event") or (p.cls[ahead] == "word" and bound in ("after", "from"))


def event_follows(p: Cursor) -> bool:
    """Tell whether unknown words end in a finished event ("есеп алынғаннан кейін")."""
    ahead = p.at
    while p.cls[ahead] in ("word", "act", "event", "dayof", "of", "and", "report"):
        if p.cls[ahead] in ("event", "dayof") or _participle(p, ahead):
            return True
        ahead += 1
    return False


def _foreign(p: Cursor, at: int) -> bool:
    """Tell whether a word makes an event another one than the adoption of the plan."""
    name, value = p.cls[at], p.val[at]
    if name == "act":
        return bool(value != "self")
    if name == "unit":
        return bool(value != "day")
    return name not in ("of", "dayof", "in", "this", "and", "from", "after", "to")


def _participle(p: Cursor, at: int) -> bool:
    return p.cls[at] == "word" and p.val[at].endswith(p.vocabulary.event_endings)


def read_event(p: Cursor, clause: Clause) -> Clause:
    """Read an event that has no length of time before it."""
    clause.name = "event"
    clause.value = _event_words(p, clause.start)
    if clause.bound in ("", "in"):
        clause.bound = p.event_bound or ("from" if p.cls[clause.start] == "dayof" else "")
    if not clause.bound:
        p.fail("leftover", "is an event, and says nothing of before or after it", clause.start)
    return clause


def _event_words(p: Cursor, start: int) -> str:
    """Read the words of an event; return adoption or other."""
    event = ""
    other = False
    here = p.at
    while p.cls[p.at] not in ("", "comma", "semi", "close"):
        name = p.cls[p.at]
        if name == "during" and p.at > here:
            break
        dated = name in ("year", "date", "mon") and p.cls[p.at - 1] in _GOVERNING
        if dated or (name in ("year", "date", "mon", "num") and event != "other"):
            p.fail("leftover", "is not understood as an event", start, p.at + 1)
        p.at += 1
        if name in POST or name == "during-post":
            p.event_bound = POST.get(name, "from")
            break
        if name == "event":
            event = event or p.val[p.at - 1]
        elif _participle(p, p.at - 1):
            event = event or "other"
            other = True
        else:
            other = other or _foreign(p, p.at - 1)
    if p.at == here or (not event and not other and p.cls[here] != "act"):
        p.fail("incomplete", "names no event", start)
    if p.cls[here] == "point":
        return "other"
    if not event and not (other and p.cls[start] in ("after", "from", "of", "dayof", "following")):
        p.fail("leftover", "is not understood as an event", start)
    return "other" if other or event != "adoption" else "adoption"
