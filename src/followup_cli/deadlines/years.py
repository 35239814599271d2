"""Years, and dates in digits."""

from .cursor import Cursor
from .drafts import Draft


def take_year(p: Cursor, draft: Draft) -> bool:
    """Read a year in four digits, and what a dash or a slash adds to it."""
    if draft.dated:
        return False
    year = p.val[p.at]
    if not 1900 <= year <= 2199:
        p.fail("no-such-period", "is no year from 1900 to 2199", p.at, p.at + 1)
    draft.year = year
    draft.year_first = not draft.finer and not draft.point
    p.at += 1
    if p.cls[p.at] in ("dash", "slash"):
        _second_year(p, draft)
    return True


def _second_year(p: Cursor, draft: Draft) -> None:
    """Read what a dash or a slash after a year begins: a month, a code, or another year."""
    name, n = p.cls[p.at + 1], p.val[p.at + 1]
    if name == "part" and p.cls[p.at + 2] != "year" and p.glued(p.at, 2) and not draft.finer:
        # "2022-Q4": the part is read next.
        p.at += 1
        return
    if p.cls[p.at : p.at + 4] == ["dash", "mon", "dash", "num"] and p.val[p.at + 3] and not draft.finer:
        draft.month, draft.day = n, p.val[p.at + 3]
        p.at += 4
        return
    if _split_year(p, draft) and name in ("year", "num"):
        # Two digits are of the same century, or of the next one: "1999/00".
        draft.year2 = n if name == "year" else draft.year + (n - draft.year) % 100
        p.at += 2
        return
    alone = "slash" not in (p.cls[p.at + 2], p.cls[p.at - 2] if p.at > 1 else "")
    if name == "year" and p.cls[p.at] == "slash" and alone and not draft.finer:
        p.cls[p.at] = "dash"
    if name != "num" or not _two_digits(p, p.at + 1) or draft.finer:
        return
    if p.cls[p.at + 2] in ("mon", "of") or (p.cls[p.at + 2] == "unit" and p.val[p.at + 2] != "year"):
        return
    dash = p.cls[p.at] == "dash"
    if 1 <= n <= 12:
        draft.month = n
    elif dash and 33 <= n <= 41:
        draft.units.append(
            ("quarter", n - 32) if n < 37 else ("third", n - 36) if n < 40 else ("half", n - 39)
        )
    elif n > draft.year % 100:
        # The end of a range of years: the dash is read by the caller.
        p.cls[p.at + 1] = "year"
        p.val[p.at + 1] = draft.year // 100 * 100 + n
        p.cls[p.at] = "dash"
        return
    elif dash and 21 <= n <= 23:
        draft.season = n - 20
    else:
        p.fail("no-such-period", "is no month, and no year after it", p.at - 1, p.at + 2)
    p.at += 2


def _two_digits(p: Cursor, at: int) -> bool:
    start, end = p.tokens.spans[at]
    return end - start == 2


def _split_year(p: Cursor, draft: Draft) -> bool:
    """Tell whether two years name one season or one year of a school."""
    if draft.season == 4 or draft.marker:
        years = p.cls[p.at + 1] == "year" and p.val[p.at + 1] > draft.year + 1
        return not (draft.marker == "fiscal" and years)
    ahead = p.at + 2
    while p.cls[ahead] == "unit" and p.val[ahead] == "year":
        ahead += 1
    if p.cls[ahead] == "season":
        return bool(p.val[ahead] == 4)
    return p.cls[ahead] == "unit" and p.val[ahead] in ("academic-year", "fiscal-year")


def take_date(p: Cursor, draft: Draft) -> bool:
    """Read a date or a month in digits, with its year."""
    if draft.finer or draft.dated:
        return False
    year, month, *days = p.val[p.at]
    if not 1900 <= year <= 2199:
        p.fail("no-such-period", "has no year from 1900 to 2199 in four digits", p.at, p.at + 1)
    draft.year, draft.month, draft.day = year, month, days[0] if days else 0
    if not 1 <= month <= 12:
        p.fail("no-such-day", "has no month from 1 to 12", p.at, p.at + 1)
    if days == [0]:
        p.fail("no-such-day", "has no day 0", p.at, p.at + 1)
    p.at += 1
    if p.cls[p.at] == "unit" and p.val[p.at] == "year":
        p.at += 1
    return True


def take_day_month(p: Cursor, draft: Draft) -> bool:
    """Read a day and a month in digits ("01.09")."""
    if draft.finer or draft.dated:
        return False
    draft.day, draft.month = p.val[p.at]
    if not 1 <= draft.month <= 12:
        p.fail("no-such-day", "has no month from 1 to 12", p.at, p.at + 1)
    if not draft.day:
        p.fail("no-such-day", "has no day 0", p.at, p.at + 1)
    p.at += 1
    return True


def take_week(p: Cursor, draft: Draft) -> bool:
    """Read a week of ISO 8601."""
    if draft.finer or draft.dated:
        return False
    draft.isoweek = p.val[p.at]
    p.at += 1
    return True


def take_decade(p: Cursor, draft: Draft) -> bool:
    """Read ten years ("2020s")."""
    if draft.dated or p.val[p.at] % 10:
        return False
    draft.decade = p.val[p.at]
    p.at += 1
    return True
