"""Periods as they are named: any order of a point, a day, a month, a part of the year, a year."""

from .cursor import NUMBERS, Cursor
from .drafts import Draft
from .units import tail_follows, take_now, take_tail, take_this, take_unit, undated_unit
from .years import take_date, take_day_month, take_decade, take_week, take_year

# The units that a number before them does not name, but count.
_UNNUMBERED = ("year", "academic-year", "fiscal-year", "workday", "hour", "fortnight")


def read_draft(p: Cursor) -> Draft:
    """Read one period: its parts in any order, each once."""
    draft = Draft(p.at)
    while draft.case != "abl" and _slot(p, draft):
        draft.case = p.case[p.at - 1]
    draft.end = p.at
    if not draft.num:
        p.numbers_go_on = bool((draft.month and draft.day) or draft.units)
    return draft


def _slot(p: Cursor, draft: Draft) -> bool:
    name = p.cls[p.at]
    reader = _SLOTS.get(name)
    return reader(p, draft) if reader else False


def _take_of(p: Cursor, draft: Draft) -> bool:
    """Skip a word that joins two parts of a period."""
    if p.at == draft.start and p.cls[p.at] != "of":
        return False
    if p.cls[p.at] == "of" and p.cls[p.at + 1] in _SLOTS and p.cls[p.at + 1] != "comma":
        p.at += 1
        return True
    return False


def _take_in(p: Cursor, draft: Draft) -> bool:
    """Skip "in" between a point and its period ("early in 2023", "1 марта в 2023 году")."""
    after = ("year", "mon", "this", "unit") if draft.point else ("year", "this")
    if draft.empty or draft.dated or draft.num or p.val[p.at] or p.cls[p.at + 1] not in after:
        return False
    p.at += 1
    return True


def _take_dash(p: Cursor, draft: Draft) -> bool:
    """Skip a dash that binds ("mid-2023", "Q1-2024", "31-Dec-2023")."""
    before = p.cls[p.at - 1] if p.at > draft.start else ""
    after = p.cls[p.at + 1]
    written = p.cls[p.at : p.at + 4] == ["slash", "mon", "slash", "year"]
    if p.cls[p.at] == "slash" and not written and (after != "year" or p.cls[p.at + 2] in ("slash", "dash")):
        return False
    binds = (
        (before in ("point", "of") and after != "point")
        or (
            after == "year"
            and draft.finer
            and not draft.dated
            and before in ("mon", "part", "season", "unit")
        )
        or (
            before in NUMBERS
            and draft.num
            and after == "mon"
            and (p.cls[p.at + 2] in ("dash", "slash", "year") or p.glued(p.at, 2))
        )
    )
    if not binds or after not in _SLOTS:
        return False
    if before == "mon" and after == "year" and p.val[p.at + 1] < 100:
        return False
    p.at += 1
    return True


def _take_comma(p: Cursor, draft: Draft) -> bool:
    """Skip the comma before the year, and after a weekday."""
    after = p.cls[p.at + 1]
    if (
        after == "year"
        and draft.finer
        and not draft.dated
        and (not draft.num or p.numbers_go_on)
        and (draft.month or not draft.day)
    ):
        draft.apart = p.cls[p.at - 1] not in NUMBERS or not draft.month
        p.at += 1
        return True
    if p.cls[p.at - 1] == "weekday" and p.at > draft.start and after in (*NUMBERS, "mon", "date"):
        p.at += 1
        return True
    if after == "weekday" and (draft.day or draft.month):
        p.at += 1
        return True
    return False


def _take_weekday(p: Cursor, draft: Draft) -> bool:
    if draft.weekday is not None:
        return False
    draft.weekday = p.val[p.at]
    p.at += 1
    return True


def _take_point(p: Cursor, draft: Draft) -> bool:
    value = p.val[p.at]
    unit = ""
    if isinstance(value, tuple):
        value, unit = value
    if draft.point or (not unit and not draft.empty and not p.vocabulary.postfix):
        return False
    draft.point = value
    p.at += 1
    if unit:
        undated_unit(p, draft, unit)
    return True


def _take_month(p: Cursor, draft: Draft) -> bool:
    if draft.month:
        return False
    draft.month = p.val[p.at]
    if draft.num:
        draft.day, draft.num = draft.num, 0
    p.at += 1
    # "наурыз айы": the word month after its name.
    if p.cls[p.at] == "unit" and p.val[p.at] in ("month", "months"):
        p.case[p.at] = p.case[p.at] or p.case[p.at - 1]
        p.at += 1
    return True


def _take_number(p: Cursor, draft: Draft) -> bool:
    """Read a number of something, or a number that is a day, or one that waits for what it counts."""
    n, name = p.val[p.at], p.cls[p.at]
    ahead = p.at + 1
    if p.cls[ahead] == "of" and p.cls[ahead + 1] == "mon":
        ahead += 1
    after, unit = p.cls[ahead], p.val[ahead]
    if after in ("num", "numeral") and n in (1, -1) and name == "ord" and p.cls[ahead + 1] == "unit":
        return _first_units(p, draft, n, p.val[ahead], ahead + 1)
    if after == "dur" and name == "ord" and unit == (6, "month"):
        after, unit = "unit", "half"
    if after == "unit" and unit not in _UNNUMBERED:
        if not _numbered(draft, n, unit, ordinal=name == "ord"):
            return False
        p.at = ahead + 1
        if unit in ("month", "months") and tail_follows(p, p.at):
            p.at += p.cls[p.at] == "comma"
            take_tail(p, draft)
        return True
    if draft.day or draft.num or n < 1:
        return False
    if draft.month and (not draft.dated or draft.year_first):
        draft.day = n
    elif draft.units and draft.units[-1][1] == 0:
        draft.units[-1] = (draft.units[-1][0], n)
    elif not draft.finer and not (draft.dated and not draft.year_first):
        draft.num, draft.ordinal = n, name == "ord"
    else:
        return False
    p.at += 1
    return True


def _numbered(draft: Draft, n: int, unit: str, *, ordinal: bool) -> bool:
    """Note a unit and its number: a day of a month, or a part of what is named besides."""
    if len(draft.units) == 2:
        return False
    if unit in ("day", "monthday") and not (draft.num or draft.day) and n > (1 if ordinal else 0):
        draft.day = n
    else:
        draft.units.append(("month" if unit == "months" and ordinal else unit, n))
    return True


def _first_units(p: Cursor, draft: Draft, sign: int, count: int, at: int) -> bool:
    """Read "first nine months", "last two weeks"."""
    unit = p.val[at]
    if unit in ("month", "months", "quarter"):
        draft.units.append(("months", sign * count * (3 if unit == "quarter" else 1)))
    elif unit in ("week", "day"):
        draft.units.append(("days", sign * count * (7 if unit == "week" else 1)))
    else:
        return False
    p.at = at + 1
    return True


def _take_part(p: Cursor, draft: Draft) -> bool:
    if len(draft.units) == 2:
        return False
    draft.units.append(p.val[p.at])
    p.at += 1
    return True


def _take_season(p: Cursor, draft: Draft) -> bool:
    if draft.season:
        return False
    draft.season = p.val[p.at]
    p.at += 1
    return True


def _take_approx(p: Cursor, _draft: Draft) -> bool:
    p.approximate = True
    p.at += 1
    return True


# What reads each class of token into a period.
_SLOTS = {
    "of": _take_of,
    "in": _take_in,
    "dash": _take_dash,
    "slash": _take_dash,
    "comma": _take_comma,
    "weekday": _take_weekday,
    "point": _take_point,
    "year": take_year,
    "mon": _take_month,
    "num": _take_number,
    "numeral": _take_number,
    "ord": _take_number,
    "unit": take_unit,
    "this": take_this,
    "now": take_now,
    "following": take_tail,
    "report": take_tail,
    "previous": take_tail,
    "part": _take_part,
    "season": _take_season,
    "date": take_date,
    "dm": take_day_month,
    "isoweek": take_week,
    "decade": take_decade,
    "approx": _take_approx,
}
