"""The grammar of deadline phrases, one for all languages: from tokens to clauses.

    cell    = clause { separator clause }
    clause  = [bound] dates [bound] | [bound] duration [anchor] | [bound] event | cycle | a set phrase
    dates   = period [dash period]
    period  = any order of a point ("end of"), a day, a month, a part of the year, a year

A hand-written descent: each method reads from the cursor and moves it on.
"""

from typing import NoReturn

from .cursor import NUMBERS, POST, Cursor
from .cycles import read_cycle
from .drafts import Clause
from .lengths import ends_event, event_follows, read_duration, read_event, read_span
from .model import Cycle
from .named import read_draft

_SEPARATORS = {"comma": ",", "semi": ";", "slash": "/", "and": "&", "open": "(", "close": "(", "colon": ":"}
_BOUNDS = ("by", "before", "to", "from", "after", "between")
# What a dash may set apart from dates, as a comma does.
_ASIDE = ("freq", "ongoing", "every", "once", "least", "undetermined")
# The words of "for the whole implementation period of the plan".
_WHOLE = ("during", "in", "term", "of", "act", "event", "during-post")
_AMOUNTS = ("num", "numeral", "dur", "unit")


def read_clauses(p: Cursor) -> list[Clause]:
    """Return the clauses of the phrase; every token is consumed."""
    found: list[Clause] = []
    end = len(p.tokens.classes)
    if p.cls.count("open") != p.cls.count("close"):
        p.fail("leftover", "has a parenthesis without its pair", 0, end)
    while True:
        sep = _separator(p)
        if (
            p.cls[p.at] == "dash"
            and found
            and (p.cls[p.at + 1] in _ASIDE or found[-1].name in ("cycle", "ongoing"))
        ):
            p.at += 1
            sep += ","
            if p.at >= end:
                p.fail("incomplete", "nothing follows", end - 1)
        if p.at >= end:
            if sep.strip(",;("):
                p.fail("incomplete", "nothing follows", end - 1)
            return found
        if "//" in sep:
            p.fail("leftover", "are two separators", p.at - 2)
        clause = _clause(p)
        clause.sep = sep
        clause.end = p.at
        if clause.name == "span" and p.after_cycle:
            clause.name = "tail"
        if not found and sep.strip("("):
            p.fail("leftover", "nothing comes before", 0, 1)
        found.append(clause)
        if p.yearly:
            found.append(Clause("cycle", clause.start, clause.end, cycle=Cycle("YEARLY")))
            p.yearly = False


def _separator(p: Cursor) -> str:
    sep = ""
    while True:
        name = p.cls[p.at]
        if name in _SEPARATORS:
            sep += _SEPARATORS[name]
        elif name == "approx":
            p.approximate = True
            if p.cls[p.at + 1] == "dash":
                p.at += 1
        else:
            return sep
        p.at += 1


def _clause(p: Cursor) -> Clause:
    name = p.cls[p.at]
    start = p.at
    whole = _whole_plan(p)
    if whole:
        return Clause(whole, start, value="none")
    if name == "event" and p.val[start] == "completion" and p.cls[p.at + 1] == "colon":
        p.at += 1
        return Clause("label", start, value="due")
    if name in ("ongoing", "undetermined", "weekday"):
        if name == "weekday" and _weekday_is_slot(p):
            return _bounded(p, start)
        p.at += 1
        while name == "ongoing" and _of_the_plan(p):
            p.at += 1
        return Clause(name, start, value=p.val[start])
    if name == "later" and p.cls[p.at + 1] not in _AMOUNTS:
        p.fail("vague", "promises a time without a date", start, start + 1)
    if name == "vague":
        _refuse_vague(p)
    apart = p.cls[p.at + 1] == "dash" and not p.tokens.glued[p.at + 1] and p.val[start] in ("begin", "end")
    apart = apart and p.cls[p.at + 2] != "point"
    if name in ("label", "term") or (name == "point" and (p.cls[p.at + 1] == "colon" or apart)):
        if name == "point":
            p.val[start] = {"end": "due", "begin": "start"}.get(p.val[start], "none")
        p.at += 1
        if p.cls[p.at] in ("colon", "dash"):
            p.at += 1
        return Clause("label", start, value=p.val[start])
    if name == "unit" and p.cls[p.at + 1] == "after-post":
        p.at += 2
        p.after_cycle = True
        return Clause("tail", start)
    return read_cycle(p) or _bounded(p, start)


def _of_the_plan(p: Cursor) -> bool:
    """Tell whether the word only says what is ongoing: "all the time of the implementation of the plan"."""
    name, value = p.cls[p.at], p.val[p.at]
    return name in ("of", "term") or (name, value) in (("act", "self"), ("event", "implementation"))


def _whole_plan(p: Cursor) -> str:
    """Read "for the whole implementation period of the plan" in any of its wordings.

    Return ongoing, or label where dates follow, or nothing.
    """
    ahead = p.at
    if p.cls[ahead] not in _WHOLE:
        return ""
    seen = set()
    while (name := p.cls[ahead]) in _WHOLE:
        if name == "event" and p.val[ahead] != "implementation":
            return ""
        if name == "act" and p.val[ahead] != "self":
            return ""
        seen.add(name)
        ahead += 1
    if not seen & {"event", "act"}:
        return ""
    if name == "colon":
        p.at = ahead
        return "label"
    if name not in ("", "comma", "semi", "open", "close"):
        return ""
    if not seen & {"during", "during-post", "term"} and not ("in" in seen and "event" in seen):
        return ""
    p.at = ahead
    return "ongoing"


def _weekday_is_slot(p: Cursor) -> bool:
    return p.cls[p.at + 1] in (*NUMBERS, "mon", "date") or p.cls[p.at + 1 : p.at + 2] == ["comma"]


def _bounded(p: Cursor, start: int) -> Clause:
    clause = Clause("dates", start)
    _prefix(p, clause)
    if p.cls[p.at] in ("label", "term"):
        p.at += 1
        _prefix(p, clause)
    if read_duration(p, clause):
        return read_span(p, clause)
    if p.cls[p.at] in ("event", "dayof", "act") or (
        clause.bound not in ("", "in") and ends_event(p, clause.bound)
    ):
        return read_event(p, clause)
    if p.cls[p.at] == "every" or p.cls[p.at] == "freq":
        cycle = read_cycle(p)
        if cycle and (not clause.bound or (clause.bound == "in" and p.cls[start + 1] == "every")):
            return cycle
    if p.vocabulary.postfix and event_follows(p):
        return read_event(p, clause)
    if clause.later and not p.vocabulary.articles:
        p.fail("leftover", "needs a length of time", start, p.at + 1)
    _dates(p, clause)
    return clause


def _prefix(p: Cursor, clause: Clause) -> None:
    """Read the words that govern what follows."""
    while _governs(p, clause) or _says_nothing(p, clause):
        p.at += 1


def _governs(p: Cursor, clause: Clause) -> bool:
    """Note a word that bounds what follows; tell whether it is one."""
    name, after = p.cls[p.at], p.cls[p.at + 1]
    if name in _BOUNDS:
        if clause.bound and clause.bound != "in" and {clause.bound, name} != {"by", "to"}:
            p.fail("leftover", "has two bounds", p.at, p.at + 1)
        clause.bound = name
    elif name == "following" and p.val[p.at] and after not in ("unit", "report"):
        clause.bound = "after"
    elif name == "later" and after in _AMOUNTS:
        clause.later = True
    elif name == "by-post" and p.at == clause.start and not p.vocabulary.postfix:
        # "latest 30 June": in English the word may also come first.
        clause.bound = "by"
    elif name == "in" and (p.val[p.at] or clause.bound not in ("from", "after", "before")):
        clause.bound = clause.bound or "in"
        clause.later = clause.later or bool(p.val[p.at])
    elif name == "during" and p.cls[p.at - 1] != "during":
        clause.during = True
    else:
        return False
    return True


def _says_nothing(p: Cursor, clause: Clause) -> bool:
    """Tell whether a word before a date may be skipped."""
    name, after = p.cls[p.at], p.cls[p.at + 1]
    if name == "approx":
        p.approximate = True
        return True
    if name == "a":
        return p.at > clause.start and after not in ("unit", "dur")
    if name == "dash":
        return p.cls[p.at - 1] in _BOUNDS and p.glued(p.at, 2)
    # "the years before 2025"
    years = name == "unit" and p.val[p.at] == "year" and p.at == clause.start and p.vocabulary.articles
    return name == "of" or (years and after in _BOUNDS)


def _dates(p: Cursor, clause: Clause) -> None:
    first = read_draft(p)
    if first.empty and not first.tail:
        _nothing(p, clause)
    if first.tail and first.empty:
        clause.name = "tail"
        if p.cls[p.at] == "after-post":
            p.at += 1
            p.after_cycle = True
        return
    clause.drafts.append(first)
    if clause.bound == "between" and p.cls[p.at] in ("and", "dash"):
        p.at += 1
        clause.drafts.append(read_draft(p))
        if clause.drafts[1].empty:
            _nothing(p, clause)
    elif p.cls[p.at] == "dash" and p.cls[p.at + 1] in _ASIDE:
        pass
    elif p.cls[p.at] == "dash":
        p.at += 1
        if p.cls[p.at] in ("to", "in"):
            p.at += 1
        second = read_draft(p)
        if second.empty:
            _nothing(p, clause)
        clause.drafts.append(second)
        if p.cls[p.at] == "dash" and p.cls[p.at + 1] not in _ASIDE:
            p.fail("leftover", "is a third end of a range", p.at, p.at + 2)
    _postfix(p, clause)


def _refuse_vague(p: Cursor) -> NoReturn:
    """Refuse a word that promises a time without a rule, or with two."""
    why = p.val[p.at]
    p.fail("ambiguous" if why else "vague", why or "promises a time without a date", p.at, p.at + 1)


def _nothing(p: Cursor, clause: Clause) -> None:
    if p.cls[p.at] == "word":
        p.fail("leftover", "is not understood", p.at, p.at + 1)
    if p.cls[p.at] == "vague":
        _refuse_vague(p)
    if p.cls[p.at] == "":
        p.fail("incomplete", "nothing follows", clause.start if clause.start < p.at else p.at - 1)
    p.fail("leftover", "is not understood here", p.at, p.at + 1)


def _postfix(p: Cursor, clause: Clause) -> None:
    """Read the words that govern what is before them, and the ablative that does the same."""
    name = p.cls[p.at]
    if name == "open" and p.cls[p.at + 1] in POST and p.cls[p.at + 2] == "close":
        p.at += 1
        _postfix(p, clause)
        p.at += 1
    elif name == "every-post" and clause.drafts[-1].month and not clause.bound:
        p.yearly = True
        p.at += 1
    elif name == "plus" and not clause.bound:
        clause.bound = "from"
        p.at += 1
    elif name in POST:
        if clause.bound not in ("", "in", POST[name]):
            p.fail("leftover", "has two bounds", p.at, p.at + 1)
        # "from March to June" may be written with two cases and one word after them.
        if len(clause.drafts) == 1 or POST[name] != "by" or clause.drafts[0].case != "abl":
            clause.bound = POST[name]
        clause.post = True
        p.at += 1
    elif name == "during-post":
        clause.during = True
        p.at += 1
    elif name == "range-post":
        clause.bound = "between"
        clause.post = True
        p.at += 1
    elif clause.drafts[-1].case == "abl" and not clause.bound:
        clause.bound = "from"
    while p.cls[p.at] == "term":
        p.at += 1
