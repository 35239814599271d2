"""Names and windows of days as people type them: agencies, sections, dates."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from followup_cli.choosing import distance, fold, mentions, nearest, words
from followup_cli.errors import FollowupError

Days = tuple[date | None, date | None]  # first and last, both included; None where it is open
# Days that are named by their distance from the day that is asked from, in days.
_NAMED = dict.fromkeys(("today", "сегодня", "бүгін"), 0)
_NAMED |= dict.fromkeys(("yesterday", "вчера", "кеше"), -1)
_NAMED |= dict.fromkeys(("tomorrow", "завтра", "ертең"), 1)
_UNITS = {
    "day": "day days день дня дней күн",
    "week": "week weeks неделя неделю недели недель апта",
    "month": "month months месяц месяца месяцев ай",
    "quarter": "quarter quarters квартал квартала кварталов тоқсан",
    "year": "year years год года лет жыл",
}
_UNIT_OF = {word: unit for unit, words_of in _UNITS.items() for word in words_of.split()}
_UNIT = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_BEFORE = "last|past|previous|прошлый|прошлая|прошлую|прошлого|өткен"
_THIS = "this|current|этот|эта|эту|текущий|осы|биылғы"
_AFTER = "next|следующий|следующая|следующую|келесі"
_WHOLE = re.compile(rf"(?:(?P<before>{_BEFORE})|(?P<this>{_THIS})|(?P<after>{_AFTER}))\s+(?P<unit>{_UNIT})")
_RUN = re.compile(
    rf"(?:the\s+)?(?:last|past|последние|последних|соңғы)\s+(?P<number>\d{{1,4}})\s+(?P<unit>{_UNIT})"
)
_AGO = re.compile(rf"(?P<number>\d{{1,4}})\s+(?P<unit>{_UNIT})\s+(?:ago|назад|бұрын)")
_DATES = "write it as 2022-12-31, 2022-Q3, August 2022 or 2022-2025"


def choose_agency(agencies: Mapping[str, Sequence[str]], text: str) -> str:
    """Find an agency by its code in any case or alphabet, by a name, or by words of a name.

    Args:
        agencies: the names of each agency by its code, the official one first.
        text: what was typed.

    Raises:
        FollowupError: if no agency, or more than one, is meant; it names the candidates.
    """
    sought, sought_words = fold(text), words(text)
    for code in agencies:
        if sought == fold(code) or (sought_words and sought_words == words(code)):
            return code
    named = [code for code, names in agencies.items() if sought_words in map(words, names)]
    candidates = named or [
        code for code, names in agencies.items() if any(mentions(words(name), sought_words) for name in names)
    ]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        some = ", ".join(f"{code} ({agencies[code][0]})" for code in candidates[:6])
        raise FollowupError(f"`{text}` means more than one agency", f"choose one of {some}")
    raise FollowupError(f"there is no agency `{text}`", _agency_hint(agencies, text))


def _agency_hint(agencies: Mapping[str, Sequence[str]], text: str) -> str:
    near, sought = nearest(text, agencies), fold(text)
    close = [
        code
        for code in agencies
        # One letter too many or too few, or the letters in another order.
        if code == near or sorted(fold(code)) == sorted(sought) or _one_off(fold(code), sought)
    ]
    if close:
        return "did you mean " + " or ".join(f"{code} ({agencies[code][0]})" for code in close[:4]) + "?"
    return f"`followup agencies` lists their codes and names: {', '.join(agencies)}"


def _one_off(code: str, sought: str) -> bool:
    return len(code) != len(sought) and distance(code, sought, 1) == 1


def choose_section(titles: Mapping[str, str], text: str) -> str:
    """Find a section by its id in any case, its place in the plan, or words of its title.

    Args:
        titles: the title of each section by its id, in the plan's order.
        text: what was typed.

    Raises:
        FollowupError: if no section, or more than one, is meant; it names the candidates.
    """
    sought = fold(text)
    for section in titles:
        if fold(section) == sought or (words(section) and words(section) == words(text)):
            return section
    if sought.isdecimal() and 0 < int(sought) <= len(titles):
        return list(titles)[int(sought) - 1]
    sought = words(text)
    candidates = [section for section, title in titles.items() if mentions(words(title), sought)]
    if len(candidates) == 1:
        return candidates[0]
    listed = ", ".join(f"{section} ({titles[section]})" for section in (candidates or list(titles))[:12])
    problem = "means more than one section" if candidates else "is not a section"
    raise FollowupError(f"`{text}` {problem}", f"choose one of {listed}")


def choose_each(choose_one: Callable[[str], str], texts: Sequence[str] | None) -> tuple[str, ...]:
    """Find what each text names, or, where it names nothing as a whole, each of its parts between commas.

    Raises:
        FollowupError: if a text, or a part of it, names nothing.
    """
    chosen: list[str] = []
    for text in texts or ():
        try:
            chosen.append(choose_one(text))
        except FollowupError:
            parts = [part for part in text.split(",") if part.strip()]
            if len(parts) < 2:
                raise
            chosen += [choose_one(part.strip()) for part in parts]
    return tuple(dict.fromkeys(chosen))


def iso_day(text: str) -> date | None:
    """Read a plain ISO day as the deadline reader does, which need not be loaded for it; None if it is none."""
    digits = text[:4] + text[5:7] + text[8:]
    if len(text) != 10 or text[4::3] != "--" or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return date.fromisoformat(text) if "1900" <= text[:4] <= "2199" else None
    except ValueError:
        return None


def read_window(phrase: str, day: date) -> Days:
    """Read a phrase as a window of days: any phrase that a deadline may be, what counts from a day, or `A..B`.

    Args:
        phrase: what was typed.
        day: the day that `yesterday`, "last month", "30 days ago" and "within 90 days" count from.

    Raises:
        FollowupError: if the phrase cannot be read or names no day.
    """
    plain = iso_day(phrase)
    if plain is not None:
        return plain, plain
    first, dots, last = phrase.partition("..")
    if dots and (first.strip() or last.strip()):
        ends = [read_window(each, day) if each.strip() else (None, None) for each in (first, last)]
        return _between(phrase, first_day(ends[0]), ends[1][1])
    relative = relative_window(phrase, day)
    if relative is not None:
        return relative
    from followup_cli.deadlines import DeadlineError, read

    try:
        deadline = read(phrase, adopted=day)
    except DeadlineError as error:
        hint = f"did you mean `{error.suggestion}`?" if error.suggestion else _both_days(phrase) or _DATES
        why = error.message.removeprefix(f"`{phrase.strip()}`: ")
        raise FollowupError(f"`{phrase[:60]}` is not a date: {why}", hint) from None
    if deadline.start is None and deadline.due is None:
        raise FollowupError(f"`{phrase}` names no day", _DATES)
    return deadline.start, deadline.due


def relative_window(phrase: str, day: date) -> Days | None:
    """Read what counts from a day, in English, Russian or Kazakh: a name, a whole month, so many days; None if it is none."""
    text = " ".join(phrase.casefold().split())
    if text in _NAMED:
        there = day + timedelta(days=_NAMED[text])
        return there, there
    if found := _WHOLE.fullmatch(text):
        return _whole(_UNIT_OF[found["unit"]], day, bool(found["after"]) - bool(found["before"]))
    if found := _RUN.fullmatch(text):
        return _back(_UNIT_OF[found["unit"]], int(found["number"]), day) + timedelta(days=1), day
    if found := _AGO.fullmatch(text):
        there = _back(_UNIT_OF[found["unit"]], int(found["number"]), day)
        return there, there
    return None


def moves(phrase: str) -> bool:
    """Tell whether a phrase means other days when it is read on another day; what cannot be read does not."""
    try:
        return read_window(phrase, date(2020, 1, 1)) != read_window(phrase, date(2021, 2, 3))
    except FollowupError:
        return False


def _back(unit: str, number: int, day: date) -> date:
    """Count back from a day; of a month that is shorter it is the last day."""
    from dateutil.relativedelta import relativedelta

    if unit == "quarter":
        unit, number = "month", 3 * number
    try:
        return day - relativedelta(**{f"{unit}s": number})  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        raise FollowupError(f"{number} {unit}s before {day} there is no day", _DATES) from None


def _whole(unit: str, day: date, steps: int) -> Days:
    """Give the whole week, month, quarter or year that is so many steps from that of a day; weeks begin on Monday."""
    from dateutil.relativedelta import relativedelta

    if unit == "day":
        return day + timedelta(days=steps), day + timedelta(days=steps)
    if unit == "week":
        monday = day + timedelta(days=7 * steps - day.weekday())
        return monday, monday + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = day.replace(day=1, month=day.month - (day.month - 1) % months) + relativedelta(
        months=months * steps
    )
    return first, first + relativedelta(months=months, days=-1)


def _between(phrase: str, first: date | None, last: date | None) -> Days:
    if first and last and first > last:
        raise FollowupError(f"`{phrase}` ends before it begins", "write the earlier day first")
    return first, last


def _both_days(phrase: str) -> str | None:
    """Say which two days a date in digits may be; None if there is none in a phrase."""
    digits = re.search(r"\b(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b", phrase, re.ASCII)
    if digits is None:
        return None
    one, two, year = (int(digits[group]) for group in (1, 3, 4))
    return f"write {year}-{two:02}-{one:02} or {year}-{one:02}-{two:02}"


def first_day(window: Days) -> date | None:
    """Give the day that `--due-before` is strictly before: the first of a window."""
    return window[0] or window[1]


def last_day(window: Days) -> date | None:
    """Give the day that `--due-after` is strictly after: the last of a window."""
    first, last = window
    return last or (first - timedelta(days=1) if first else None)
