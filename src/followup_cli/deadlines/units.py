"""Units of the calendar in a period: numbered by nothing, by "this" and "next", or by the cycle."""

from .cursor import Cursor
from .drafts import Draft

# The units of which the adoption date has one, and another comes next.
_CURRENT = ("week", "month", "months", "quarter", "half", "year", "fiscal-year", "decade")
_TAIL = ("following", "report", "previous")


def take_unit(p: Cursor, draft: Draft) -> bool:
    """Read a unit that no number comes before."""
    unit = p.val[p.at]
    after = p.cls[p.at + 1]
    if (
        after == "every-post"
        or _is_loose(p, draft, unit)
        or unit in ("workday", "hour", "fortnight", "monthday")
    ):
        return False
    if unit in ("academic-year", "fiscal-year"):
        return _take_marker(p, draft, unit.removesuffix("-year"))
    if unit == "year" and (draft.year or draft.decade or after == "year"):
        return _drop_year(p, draft)
    if tail_follows(p, p.at + 1):
        return take_tail(p, draft)
    p.at += 1
    if unit in ("month", "months") and "mon" in (after, p.cls[p.at + 1] if after == "of" else ""):
        return True
    if after in ("num", "numeral") and unit not in ("day", "year"):
        draft.units.append((unit, 0))
    elif unit == "day" and (draft.num or draft.day):
        draft.day, draft.num = draft.num or draft.day, 0
    elif (draft.finer and not draft.dated and not draft.holder and unit != "year") or (
        not draft.dated and unit != "year" and after == "ord" and p.cls[p.at + 1] == "unit"
    ):
        draft.holder = unit
    elif not draft.dated and (draft.point or unit == "year" or (after == "point" and p.vocabulary.postfix)):
        undated_unit(p, draft, unit)
    elif not (draft.dated and p.cls[p.at - 2] == "now" and unit == "year"):
        p.at -= 1
        return False
    return True


def _is_loose(p: Cursor, draft: Draft, unit: str) -> bool:
    """Tell whether a unit without a number stands where none can: "late month", "Q1 years"."""
    if draft.year or draft.decade or unit in ("academic-year", "fiscal-year"):
        return False
    after = p.cls[p.at + 1]
    if after in ("year", "mon") or (after == "of" and p.cls[p.at + 2] in ("year", "mon")):
        return False
    if p.case[p.at] == "plural":
        return True
    if draft.point in ("early", "late") and unit != "year" and p.cls[p.at - 1] == "point":
        return True
    if not p.vocabulary.articles or unit != "year":
        return False
    # "Q1 of the year" but not "Q1 year"; "the year" alone, but not "year Q1".
    return (draft.finer and p.cls[p.at - 1] != "of") or (
        draft.empty and after in ("part", "ord", "season", "num")
    )


def _take_marker(p: Cursor, draft: Draft, marker: str) -> bool:
    """Read the name of a year that is no calendar year."""
    if draft.marker:
        return False
    draft.marker = marker
    p.at += 1
    if marker == "fiscal" and not draft.dated and p.cls[p.at] not in ("year", "of"):
        draft.shift = 0
    return True


def _drop_year(p: Cursor, draft: Draft) -> bool:
    """Skip the word year beside its number, once."""
    if p.at > draft.start and p.cls[p.at - 1] == "unit" and p.val[p.at - 1] == "year":
        return False
    p.at += 1
    return True


def undated_unit(p: Cursor, draft: Draft, unit: str) -> None:
    """Note a unit with no number: "the end of the year", unless a year follows."""
    if unit == "fiscal-year":
        draft.marker = "fiscal"
        unit = "year"
    if draft.dated or "year" in p.cls[p.at : p.at + (2 if p.cls[p.at] == "of" else 1)]:
        if unit != "year":
            draft.units.append((unit, 0))
        return
    if unit in ("day", "ten-days", "third"):
        draft.units.append((unit, 0))
        return
    draft.shift = 0
    draft.bare = not draft.point
    if unit != "year":
        draft.current = "month" if unit == "months" else unit


def take_now(p: Cursor, draft: Draft) -> bool:
    """Read one word for the year of the adoption or the next."""
    if draft.dated:
        return False
    draft.shift = p.val[p.at]
    draft.year_first = not draft.finer
    p.at += 1
    return True


def take_this(p: Cursor, draft: Draft) -> bool:
    """Read "this year", "next quarter"."""
    if draft.dated or p.val[p.at] > 1 or p.cls[p.at + 1] != "unit" or p.case[p.at + 1] == "plural":
        return False
    unit = p.val[p.at + 1]
    if unit not in _CURRENT:
        return False
    draft.shift = p.val[p.at]
    if unit == "fiscal-year":
        draft.marker = "fiscal"
    elif unit != "year":
        draft.current = "month" if unit == "months" else unit
    p.at += 2
    draft.year_first = not draft.finer
    return True


def tail_follows(p: Cursor, at: int) -> bool:
    """Tell whether words follow that only say which cycle is meant."""
    if p.cls[at] == "comma":
        at += 1
    return p.cls[at] in ("following", "report") or (
        p.cls[at] == "after" and (p.cls[at + 1] in ("unit", "report", "every", "point"))
    )


def take_tail(p: Cursor, draft: Draft) -> bool:
    """Drop what only says which cycle is meant ("of the month following the reporting quarter")."""
    draft.tail = True
    end = p.at
    draft.next_month = p.cls[end] == "unit" and p.val[end] in ("month", "months")
    # "half after the quarter" is no day of a cycle.
    named = draft.finer or bool({"report", "following"} & {p.cls[p.at], p.cls[p.at + 1]})
    while True:
        name = p.cls[end]
        if name == "report" and p.cls[end + 1] != "unit":
            alone = p.cls[p.at] == "unit" and not p.val[end]
            p.implied = p.implied or (p.val[p.at] if alone else "report")
        if name == "unit":
            before = p.cls[end - 1]
            joined = end > p.at and before in ("report", "following", "after", "of", "every", "point")
            if named and (joined or p.case[end] == "abl"):
                p.implied = p.implied or p.val[end]
        elif name not in (*_TAIL, "of", "after", "every", "point", "this") and not (
            name == "comma" and p.cls[end + 1] in _TAIL
        ):
            break
        end += 1
    p.at = end
    return True
