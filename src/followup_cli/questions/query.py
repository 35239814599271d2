"""Questions: keep some deliverables, sort them, choose fields, and make a Table of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from followup_cli.choosing import fold, nearest
from followup_cli.errors import FollowupError
from followup_cli.glossary import Role, State, Status
from followup_cli.questions.fields import Field, field_named, sort_key
from followup_cli.store.progress import Standing
from followup_cli.store.register import AgencyFacts, Hint, PlanFacts, Register
from followup_cli.table import Table

W = TypeVar("W", bound=str)
K = TypeVar("K")
TODAY = ("today", "сегодня", "бүгін")
NONE = "none"  # `--status none`: never reported


class Filters(NamedTuple):
    """What to keep: values of one filter are alternatives, different filters must all hold.

    `due` is a window; `due_before` and `due_after` are strict.
    """

    sections: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    no_lead: bool = False
    statuses: tuple[Status | None, ...] = ()
    states: tuple[State, ...] = ()
    outcomes: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    due: tuple[tuple[date | None, date | None], ...] = ()
    due_before: date | None = None
    due_after: date | None = None


def where(standings: Iterable[Standing], filters: Filters) -> list[Standing]:
    """Keep the deliverables for which all filters hold, in their order."""
    return [standing for standing in standings if _holds(standing, filters)]


def _holds(standing: Standing, f: Filters) -> bool:
    facts = standing.facts
    return (
        (not f.sections or facts.section in f.sections)
        and (not (f.agencies or f.roles) or _takes_part(standing, f))
        and not (f.no_lead and facts.lead)
        and (not f.statuses or standing.status in f.statuses)
        and (not f.states or standing.state in f.states)
        and (not f.outcomes or any(part.casefold() in facts.outcome.casefold() for part in f.outcomes))
        and (not f.searches or any(_mentions(standing, text) for text in f.searches))
        and _is_due(facts.due, f)
    )


def _takes_part(standing: Standing, f: Filters) -> bool:
    facts = standing.facts
    by_role = {Role.LEAD: facts.lead, Role.AS_AGREED: facts.as_agreed}
    named = [code for role in f.roles or tuple(Role) for code in by_role[role]]
    return any(code in named for code in f.agencies) if f.agencies else bool(named)


def _mentions(standing: Standing, text: str) -> bool:
    facts, sought = standing.facts, text.casefold()
    texts = (facts.activity_title, *facts.points, facts.title, facts.outcome)
    return any(sought in each.casefold() for each in texts)


def _is_due(due: date | None, f: Filters) -> bool:
    if not (f.due or f.due_before or f.due_after):
        return True
    if due is None:
        return False
    return (
        (
            not f.due
            or any((first is None or first <= due) and (last is None or due <= last) for first, last in f.due)
        )
        and (f.due_before is None or due < f.due_before)
        and (f.due_after is None or due > f.due_after)
    )


def hint(filters: Filters) -> Hint:
    """Tell what need not be looked at: what the filters on agencies and due dates leave out for certain."""
    one = filters.due[0] if len(filters.due) == 1 else (None, None)
    first = [day for day in (one[0], filters.due_after) if day]
    last = [day for day in (one[1], filters.due_before) if day]
    return Hint(filters.agencies, max(first, default=None), min(last, default=None))


def alone(standings: Sequence[Standing], filters: Filters) -> dict[str, int]:
    """Count what each filter that is set would keep if it were the only one; role goes with agency."""
    counts = {}
    for name, value in filters._asdict().items():
        if value and not (name == "roles" and filters.agencies):
            only = Filters(**{name: value, **({"roles": filters.roles} if name == "agencies" else {})})
            counts[_OPTIONS.get(name, "--" + name.replace("_", "-"))] = len(where(standings, only))
    return counts


_OPTIONS = {
    "sections": "--section",
    "agencies": "--agency",
    "roles": "--role",
    "statuses": "--status",
    "states": "--state",
    "outcomes": "--outcome",
    "searches": "--search",
}


def sort(standings: Iterable[Standing], keys: str) -> list[Standing]:
    """Sort by fields with commas between them; a `-` before a name descends; nothing comes last."""
    ordered = list(standings)
    for name in reversed([name.strip() for name in keys.split(",") if name.strip()]):
        descends, field = name.startswith("-"), field_named(name.removeprefix("-"))
        some = [s for s in ordered if field.get(s) not in (None, ())]
        none = [s for s in ordered if field.get(s) in (None, ())]
        some.sort(key=lambda s: sort_key(field.get(s)), reverse=descends)
        ordered = some + none
    return ordered


def table(standings: Sequence[Standing], fields: Sequence[Field], *, title: str = "Deliverables") -> Table:
    """Show fields of deliverables, one row each."""
    rows = [tuple(field.get(standing) for field in fields) for standing in standings]
    return Table("deliverables", title, tuple(field.column() for field in fields), rows)


# -- values as people type them ----------------------------------------------------------------------


def agency_meant(register: Register, text: str) -> str:
    """Find an agency's code by code in any case, name, alias, look-alike letters, or a part of a name.

    Raises:
        FollowupError: if no agency, or more than one, is meant; it names the candidates.
    """
    sought = fold(text)
    for agency in register.agencies:
        if sought == fold(agency.code):
            return agency.code
    by_name = [a for a in register.agencies if sought in {fold(name) for name in (a.name, *a.aliases)}]
    if len(by_name) == 1:
        return by_name[0].code
    found = [
        a for a in register.agencies if sought and any(sought in fold(name) for name in (a.name, *a.aliases))
    ]
    if len(found) == 1:
        return found[0].code
    if found:
        names = ", ".join(f"{a.code} ({a.name})" for a in found[:6])
        raise FollowupError(f"`{text}` means more than one agency", f"choose one of {names}")
    raise FollowupError(f"there is no agency `{text}`", _agency_hint(register.agencies, text))


def _agency_hint(agencies: Iterable[AgencyFacts], text: str) -> str:
    by_code = {agency.code: agency for agency in agencies}
    near = nearest(text, by_code)
    sought = fold(text)
    close = [
        c for c in by_code if near == c or sorted(fold(c)) == sorted(sought) or _one_off(fold(c), sought)
    ]
    if close:
        return "did you mean " + " or ".join(f"{c} ({by_code[c].name})" for c in close[:4]) + "?"
    return f"the codes are {', '.join(by_code)}"


def _one_off(code: str, sought: str) -> bool:
    """Tell whether a code is what was typed less one letter, or with one more."""
    short, long = sorted((code, sought), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def section_meant(register: Register, text: str) -> str:
    """Find a section's id by id in any case, its ordinal number, or a part of its title.

    Raises:
        FollowupError: if no section, or more than one, is meant.
    """
    sought = fold(text)
    for section in register.sections:
        if fold(section.id) == sought:
            return section.id
    if sought.isdecimal() and 0 < int(sought) <= len(register.sections):
        return register.sections[int(sought) - 1].id
    found = [s for s in register.sections if len(sought) > 2 and sought in fold(s.title)]
    if len(found) == 1:
        return found[0].id
    listed = ", ".join(f"{s.id} ({s.title})" for s in found or register.sections[:12])
    problem = "means more than one section" if found else "is not a section"
    raise FollowupError(f"`{text}` {problem}", f"choose one of {listed}")


def word_meant(text: str, words: Iterable[W], what: str, also: tuple[str, ...] = ()) -> W:
    """Find a word of a closed vocabulary, in any case, with spaces or underscores for dashes.

    Args:
        text: what was typed.
        words: the vocabulary.
        what: what its words are called.
        also: words that the caller takes beside them, for the message.

    Raises:
        FollowupError: if it is not one; it names the nearest, or all.
    """
    known = {str(word).replace("_", "-"): word for word in words}
    sought = text.strip().casefold().replace("_", "-").replace(" ", "-")
    if sought in known:
        return known[sought]
    meant = nearest(sought, known)
    hint = f"did you mean `{known[meant]}`? " if meant else ""
    raise FollowupError(
        f"there is no {what} `{text}`",
        f"{hint}the {what} words are {', '.join(str(word) for word in (*known.values(), *also))}",
    )


def iso_day(text: str) -> date | None:
    """Read a plain ISO day as the deadline reader does, which need not be loaded for it; None if it is none."""
    digits = text[:4] + text[5:7] + text[8:]
    if len(text) != 10 or text[4::3] != "--" or not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        return date.fromisoformat(text) if "1900" <= text[:4] <= "2199" else None
    except ValueError:
        return None


def window_meant(plan: PlanFacts, phrase: str, as_of: date) -> tuple[date | None, date | None]:
    """Read a phrase as a window of days: any phrase that a deadline may be, or `today`.

    Raises:
        FollowupError: if the phrase cannot be read or names no day.
    """
    if phrase.strip().casefold() in TODAY:
        return as_of, as_of
    day = iso_day(phrase)
    if day is not None:
        return day, day
    from followup_cli.deadlines import DeadlineError, read

    try:
        deadline = read(phrase, adopted=plan.adopted)
    except DeadlineError as error:
        hint = (
            f"did you mean `{error.suggestion}`?"
            if error.suggestion
            else "write it as 2022-12-31, 2022-Q3, August 2022 or 2022-2025"
        )
        raise FollowupError(f"`{phrase[:60]}` is not a date: {error.message}", hint) from None
    if deadline.start is None and deadline.due is None:
        raise FollowupError(
            f"`{phrase}` names no day", "write it as 2022-12-31, 2022-Q3, August 2022 or 2022-2025"
        )
    return deadline.start, deadline.due


def day_before(plan: PlanFacts, phrase: str, as_of: date) -> date:
    """Give the day that `--due-before PHRASE` is strictly before: the first of the window."""
    first, last = window_meant(plan, phrase, as_of)
    return first or (last or as_of)


def day_after(plan: PlanFacts, phrase: str, as_of: date) -> date:
    """Give the day that `--due-after PHRASE` is strictly after: the last of the window."""
    first, last = window_meant(plan, phrase, as_of)
    return last or (first - timedelta(days=1) if first else as_of)


def tally(standings: Iterable[Standing], key: Callable[[Standing], K]) -> dict[K, list[Standing]]:
    """Group deliverables by a key, in the order in which its values first come."""
    groups: dict[K, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(key(standing), []).append(standing)
    return groups
