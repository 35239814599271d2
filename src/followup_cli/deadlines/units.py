"""Units of the calendar in a period: numbered by nothing, by "this" and "next", or by the cycle."""

from .cursor import Cursor
from .drafts import Draft

_TAIL = ("following", "report", "previous")


def take_unit(p: Cursor, draft: Draft) -> bool:
    """Read a unit that no number comes before."""
    unit = p.val[p.at]
    after = p.cls[p.at + 1]
    if after == "every-post" or unit in ("workday", "hour", "fortnight", "monthday"):
        return False
    if unit in ("academic-year", "fiscal-year"):
        return _take_marker(p, draft, unit.removesuffix("-year"))
    if unit == "year" and (draft.year or draft.decade or after == "year"):
        return _drop_year(p, draft)
    if _tail_follows(p, p.at + 1):
        return take_tail(p, draft)
    p.at += 1
    if unit in ("month", "months") and "mon" in (after, p.cls[p.at + 1] if after == "of" else ""):
        return True
    if after in ("num", "numeral") and unit not in ("day", "year"):
        draft.units.append((unit, 0))
    elif unit == "day" and (draft.num or draft.day):
        draft.day, draft.num = draft.num or draft.day, 0
    elif draft.finer and not draft.dated and unit != "year":
        draft.holder = unit
    elif not draft.dated and (draft.point or unit == "year" or after == "point"):
        undated_unit(p, draft, unit)
    elif not (draft.dated and p.cls[p.at - 2] == "now" and unit == "year"):
        p.at -= 1
        return False
    return True


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
    if draft.dated or p.cls[p.at + 1] != "unit":
        return False
    unit = p.val[p.at + 1]
    draft.shift = p.val[p.at]
    if unit == "fiscal-year":
        draft.marker = "fiscal"
    elif unit != "year":
        draft.current = "month" if unit == "months" else unit
    p.at += 2
    draft.year_first = not draft.finer
    return True


def _tail_follows(p: Cursor, at: int) -> bool:
    if p.cls[at] == "comma":
        at += 1
    return p.cls[at] in ("following", "report") or (
        p.cls[at] == "after" and (p.cls[at + 1] in ("unit", "report", "every", "point"))
    )


def take_tail(p: Cursor, draft: Draft) -> bool:
    """Drop what only says which cycle is meant ("of the month following the reporting quarter")."""
    draft.tail = True
    end = p.at
    while True:
        name = p.cls[end]
        if name == "report" and p.cls[end + 1] != "unit":
            alone = p.cls[p.at] == "unit" and not p.val[end]
            p.implied = p.implied or (p.val[p.at] if alone else "report")
        if name == "unit":
            before = p.cls[end - 1]
            if p.case[end] == "abl" or (
                end > p.at and before in ("report", "following", "after", "of", "every", "point")
            ):
                p.implied = p.implied or p.val[end]
        elif name not in (*_TAIL, "of", "after", "every", "point", "this") and not (
            name == "comma" and p.cls[end + 1] in _TAIL
        ):
            break
        end += 1
    p.at = end
    return True
