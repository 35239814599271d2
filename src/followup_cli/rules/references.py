"""FU3xx: what names what."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from followup_cli.choosing import Meant, fold, foreign_letters, meant_by, near
from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import AS_AGREED, shown, split_assignment
from followup_cli.rules.walks import (
    ACTIVITIES,
    AGENCIES,
    PLAN,
    Mistakes,
    assigned,
    assignments,
    beside,
    codes,
    displaced,
    is_plain,
    left_out,
    named_twice,
    numbers,
    plan,
    ranges,
    walk,
)
from followup_cli.text.writing import flow

_MOST_SUGGESTIONS = 200
_BETWEEN = re.compile(r"\s*[,;/&+|•·]\s*|\s+(?:and|or|и|или|және|мен)\s+|\s+[-–—]\s+")


class _Entry(NamedTuple):
    """What is listed under a code or an id: where, and its name or title."""

    path: Steps
    name: str


def _listed(draft: Draft, name: str, key: str) -> dict[str, _Entry]:
    """Give the entries of a top-level list, by their code or id."""
    title = "name" if key == "code" else "title"
    return {
        record[key]: _Entry((*path, key), record.get(title) or "")
        for path, record in walk(draft, name, "*")
        if record.get(key)
    }


def unknown_agency(draft: Draft) -> Mistakes:
    """Report an agency that `agencies.yaml` does not list.

    An agency is named by its code. Swapped letters, a name in place of the code, several codes in one and
    letters of another alphabet are recognised. A body that the plan does name and the list lacks is added
    to the list. Where several activities name the same unknown code, the list is taken to be wrong, and
    there is one finding, in the list.

    Bad:
        agencies: [WM, MH, GPO (as agreed)]

    Good:
        agencies: [MW, MH, GPO (as agreed)]
    """
    listed, used = _listed(draft, "agencies", "code"), _times_named(draft)
    if not listed or used.keys() <= listed.keys():
        return
    uses: dict[str, list[Steps]] = {}
    for path, _, code in assignments(draft):
        if code not in listed:
            uses.setdefault(code, []).append(path)
    by_name = _agencies_by_name(draft)
    yield from _unlisted(
        draft, AGENCIES, used, uses, listed, lambda code: _agency_meant(code, listed, by_name)
    )


def _unlisted(
    draft: Draft,
    file: PlanFile,
    used: Mapping[str, int],
    uses: Mapping[str, list[Steps]],
    listed: Mapping[str, _Entry],
    suggest: Callable[[str], Meant],
) -> Mistakes:
    """Tell of agencies or sections that are not listed: in the list where it is wrong, else where they are named.

    Args:
        draft: the dataset.
        file: where the list is; in `activities.yaml` it is that of sections.
        used: how often each code or id is named.
        uses: the paths at which one is named that is not listed.
        listed: the list.
        suggest: what an unknown code or id may be.
    """
    name, items = ("section", "sections") if file is PLAN else ("agency", "agencies")
    # With a list that has gaps, only slips that are sure can be told.
    complete = _is_complete(draft, file, items, listed)
    wrong = _wrong_entries(used, listed)
    yield from _at_the_list(wrong, used, listed, f"unknown-{name}", file)
    for count, code in enumerate(code for code in uses if code not in wrong.values()):
        suggestion = suggest(code) if count < _MOST_SUGGESTIONS else Meant("", None)
        if complete and _is_lost(len(uses[code]), suggestion):
            yield _lost_entry(draft, code, uses[code], listed, file)
        elif complete or suggestion.sure:
            fix = _sure_word(code, suggestion, used)
            message, hint = f"unknown {name} `{shown(code)}`{suggestion.remark}", suggestion.hint
            hint, span = hint or _others(listed, file), (0, len(code))
            yield from (
                Mistake(f"unknown-{name}", path, message, hint, fix, span=span) for path in uses[code]
            )


def _is_complete(draft: Draft, file: PlanFile, items: str, listed: Mapping[str, _Entry]) -> bool:
    """Tell whether a list holds all that it should: no entry twice, and none on a line that is left out."""
    key, document = "id" if file is PLAN else "code", draft.documents[file]
    return key not in document.lost and len(listed) == len(draft.raw[file].get(items) or ())


def _sure_word(code: str, suggestion: Meant, used: Collection[str]) -> str | None:
    """Give the word that was surely meant; of two that differ in looks only, the listed one may be wrong."""
    is_right = suggestion.word in used or not _looks_alike(code, suggestion.word)
    return suggestion.word if suggestion.sure and is_right else None


def _others(listed: Mapping[str, _Entry], file: PlanFile) -> str:
    if listed and len(listed) <= 12:
        return f"write one of {', '.join(listed)}"
    return f"add it to `{'sections' if file is PLAN else 'agencies.yaml'}`, or check it"


def _times_named(draft: Draft) -> Counter[str]:
    """Count how often each code, or what stands in its place, is named by activities."""
    used: Counter[str] = Counter()
    for text, times in assigned(draft).items():
        used[codes(draft)[text]] += times
    return used


def _lost_entry(
    draft: Draft, code: str, uses: list[Steps], listed: Mapping[str, _Entry], file: PlanFile
) -> Mistake:
    """Say that an agency or a section which several activities name is not in its list."""
    name, key, title = ("section", "id", "title") if file is PLAN else ("agency", "code", "name")
    line = draft.place(PLAN, uses[0]).line
    message = (
        f"{name} `{shown(code)}` is not listed; {len(uses)} activities name it, the first on line {line}"
    )
    hint = f"add it: `- {key}: {shown(code)}`, and below it its `{title}: …`"
    return Mistake(f"unknown-{name}", _where_gone(draft, code, listed, file), message, hint, file=file)


def _looks_alike(a: str, b: str | None) -> bool:
    return b is not None and meant_by(a, {b: ""}).sure


def _is_lost(times: int, suggestion: Meant) -> bool:
    """Tell whether it is rather the list that lacks an entry: who mistypes a word thrice in the same way?"""
    if suggestion.sure or (suggestion.hint and suggestion.word is None):
        return False
    return times > (2 if suggestion.remark else 1)


def _wrong_entries(used: Mapping[str, int], listed: Mapping[str, _Entry]) -> dict[str, str]:
    """Find the entries that are misspelt themselves, each with what is written everywhere else.

    Nothing names such an entry, and several records name one that is near, or one record does and it is the
    entry that is written unlike the others.
    """
    idle = [code for code in listed if code not in used]
    unknown = [code for code in used if code not in listed][:_MOST_SUGGESTIONS] if idle else []
    if len(unknown) == len(idle) == 1 and used[unknown[0]] > 1:
        return {idle[0]: unknown[0]}
    styles = Counter(map(_style, listed)).most_common(1)
    wrong = {}
    for code in unknown:
        candidates = near(code, listed)
        entry = candidates[0] if len(candidates) == 1 else ""
        is_odd = _looks_alike(code, entry) and _style(entry) != styles[0][0] == _style(code)
        if entry in idle and (used[code] > 1 or is_odd):
            wrong[entry] = code
    return wrong


def _style(code: str) -> tuple[bool, bool]:
    return code.isupper(), bool(foreign_letters(code))


def _at_the_list(
    wrong: Mapping[str, str], used: Mapping[str, int], listed: Mapping[str, _Entry], rule: str, file: PlanFile
) -> Mistakes:
    verb, verbs = ("names", "name") if file is AGENCIES else ("is in", "are in")
    for entry, code in wrong.items():
        times = used[code]
        message = (
            f"no activity {verb} `{shown(entry)}`, but {times} {verbs if times > 1 else verb} `{shown(code)}`"
        )
        fix = code if _looks_alike(code, entry) else None
        yield Mistake(rule, listed[entry].path, message, f"write `{shown(code)}`", fix, file=file)


def _where_gone(draft: Draft, code: str, listed: Mapping[str, _Entry], file: PlanFile) -> Steps:
    """Find where an entry is gone: beside its old neighbours, if an earlier state is known; else at the list."""
    name, key = ("sections", "id") if file is PLAN else ("agencies", "code")
    order = list(_listed(draft.before, name, key)) if draft.before else []
    paths = {each: entry.path for each, entry in listed.items()}
    return beside(order, code, paths) or (name,)


def _agencies_by_name(draft: Draft) -> dict[str, str]:
    """Give the code of each name and alias, folded."""
    return {
        fold(name): agency["code"]
        for _, agency in walk(draft, "agencies", "*")
        if agency.get("code")
        for name in (agency.get("name"), *(agency.get("aliases") or ()))
        if name
    }


def _agency_meant(text: str, listed: Mapping[str, _Entry], names: Mapping[str, str]) -> Meant:
    """Tell which agency a text means: by code, by its name or an alias, or by a part of its name."""
    several = _several_agencies(text, listed, names)
    if several is not None:
        return several
    sought = fold(text)
    # The beginning of a name counts as the name: "… of the Republic of Kazakhstan" is often left out.
    by_name = {code for name, code in names.items() if name == sought or name.startswith(f"{sought} ")}
    sure = len(by_name) == 1 and (" " in sought or sought in names)
    if not sure:
        suggestion = meant_by(text, {code: entry.name for code, entry in listed.items()})
        if suggestion.remark or len(sought) < 4:
            return suggestion
        by_name = _by_part_of_name(text, names)
    if len(by_name) != 1:
        return Meant("", None)
    (code,) = by_name
    return Meant(f"; did you mean `{code}` ({listed[code].name})?", f"write its code, `{code}`", code, sure)


def _by_part_of_name(text: str, names: Mapping[str, str]) -> set[str]:
    sought = fold(text)
    codes_with = {code for name, code in names.items() if sought in name}
    starts = {name[: len(sought) + more]: code for name, code in names.items() for more in (-1, 0, 1)}
    return codes_with or {starts[name] for name in near(text, starts)}


def _several_agencies(text: str, listed: Mapping[str, _Entry], names: Mapping[str, str]) -> Meant | None:
    """Tell which agencies stand in one text, run together or with something but a comma between them."""
    parts: list[str] = []
    for piece in _BETWEEN.split(text):
        is_one = piece in listed or fold(piece) in names
        parts += [piece] if is_one else [word.strip(".-–—") for word in re.split(r"[\s.]+", piece)]
    parts = [part for part in parts if part]
    agencies = [
        part if part in listed else names[fold(part)]
        for part in parts
        if part in listed or fold(part) in names
    ]
    if len(parts) < 2 or not agencies:
        return None
    if len(agencies) == len(parts):
        return Meant(": these are several", f"write each as an item of its own: `{', '.join(agencies)}`")
    inside = " and ".join(f"`{code}`" for code in agencies)
    return Meant(f": only {inside} in it is listed", "write each agency's code as an item of its own")


def unknown_section(draft: Draft) -> Mistakes:
    """Report an activity in a section that the plan does not have.

    Where several activities name the same unknown section, the list of sections is taken to be wrong, and
    there is one finding, in the list.

    Bad:
        section: IV

    Good:
        section: I
    """
    listed = _listed(draft, "sections", "id")
    # Where a section is missing or doubled, an id that is not listed may well be that one.
    if not _is_complete(draft, PLAN, "sections", listed):
        return
    uses: dict[str, list[Steps]] = {}
    for key, *steps in (("section", *ACTIVITIES), ("in", "sections", "*")):
        for path, record in walk(draft, *steps):
            if record.get(key):
                uses.setdefault(record[key], []).append((*path, key))
    used = {section: len(paths) for section, paths in uses.items()}
    unlisted = {section: paths for section, paths in uses.items() if section not in listed}
    titles = {section: entry.name for section, entry in listed.items()}
    yield from _unlisted(draft, PLAN, used, unlisted, listed, lambda section: meant_by(section, titles))


def duplicate_id(draft: Draft) -> Mistakes:
    """Report a number, a section or a code that two records share.

    A deliverable is known by the id of its activity and its place there, such as 24.2: no activity can have
    that id. What the plan prints stays under `number`, and may repeat.

    Bad:
        - id: 1
          section: II

    Good:
        - id: 2
          section: II
    """
    for file, name, key in (
        (PLAN, "activities", "id"),
        (PLAN, "sections", "id"),
        (AGENCIES, "agencies", "code"),
    ):
        first: dict[str, Steps] = {}
        for path, record in walk(draft, name, "*"):
            value = record.get(key)
            if value is not None and value.isdecimal():
                value = value.lstrip("0") or value  # 02 is 2 to whoever reads it
            if value is not None and first.setdefault(value, path) != path:
                line = draft.place(file, (*first[value], key)).line
                message = f"`{key}: {shown(record[key])}` is given twice; the first is on line {line}"
                hint = _own_id(draft, value) if name == "activities" else "give each its own"
                yield Mistake("duplicate-id", (*path, key), message, hint, file=file)
    yield from _ids_of_deliverables(draft)


def _own_id(draft: Draft, value: str) -> str:
    """Say which number an activity may have that has another's: the one beside it that none has."""
    taken = numbers(draft)
    beside = (int(value) + 1, int(value) - 1) if is_plain(value) else ()
    free = next((number for number in beside if 0 < number < max(taken) and number not in taken), None)
    return "give each its own" + (f": no activity has `{free}`" if free else "")


def _ids_of_deliverables(draft: Draft) -> Mistakes:
    """Find the activities whose id another's deliverable has: of activity 24 the second one is 24.2."""
    dotted = [each for each in walk(draft, *ACTIVITIES) if "." in (each[1].get("id") or "")]
    activities = {activity.get("id"): activity for _, activity in walk(draft, *ACTIVITIES)} if dotted else {}
    for path, activity in dotted:
        owner, _, place = activity["id"].rpartition(".")
        deliverables = activities[owner].get("deliverables") if owner in activities else ()
        if is_plain(place) and int(place) <= len(deliverables or ()):
            identifier = shown(activity["id"])
            message = f"`{identifier}` is also deliverable {place} of activity `{shown(owner)}`"
            right = f"{owner}-{place}"
            hint = f"write another id, such as `{shown(right)}`, and `number: {identifier}`"
            yield Mistake("duplicate-id", (*path, "id"), message, hint)


def agency_twice(draft: Draft) -> Mistakes:
    """Report an agency that one activity names twice.

    Bad:
        agencies: [MW, MH, GPO (as agreed), MW]

    Good:
        agencies: [MW, MH, GPO (as agreed)]
    """
    for path, code in named_twice(draft):
        what = "activity" if len(path) == 4 else "deliverable"
        message = f"the agency `{shown(code)}` stands twice in this {what}"
        yield Mistake("agency-twice", path, message, "keep one of the two", span=(0, len(code)))


def unused_agency(draft: Draft) -> Mistakes:
    """Warn of an agency that no activity names.

    It is a leftover, or the activity that should name it names another.

    Bad:
        - code: MH
          name: Ministry of Health
        - code: MC
          name: Ministry of Culture

    Good:
        - code: MH
          name: Ministry of Health
    """
    used, listed = set(codes(draft).values()), _listed(draft, "agencies", "code")
    # Where an assignment is not understood, it may be the one that names the agency.
    lost = any(
        mistake.path[:1] == ("activities",) and mistake.path[2:3] in ((), ("agencies",))
        for mistake in draft.mistakes
        if mistake.rule != "unknown-mark"
    )
    if lost or not used or not used <= listed.keys() or not draft.documents[PLAN].whole:
        return
    for code, entry in listed.items():
        if code not in used:
            message, hint = f"no activity names `{shown(code)}`", "delete it, or check the activities' lists"
            yield Mistake("unused-agency", entry.path, message, hint, file=AGENCIES)


def unknown_mark(draft: Draft) -> Mistakes:
    """Report an assignment that is neither `CODE` nor `CODE (mark)`, or a mark of which nothing says what it means.

    The mark "as agreed" says that a body takes part by consent; it is known in several languages. What other
    marks of the plan mean, `plan.roles` says; a mark without a meaning would silently make a lead of a body
    that is none.

    Bad:
        agencies: [MW, MH, GPO (as aggreed)]

    Good:
        agencies: [MW, MH, GPO (as agreed)]
    """
    yield from draft.mistakes_of("unknown-mark")
    roles = plan(draft).get("roles") or {}
    marks = {text: mark for text in assigned(draft) if (mark := split_assignment(text)[1])}
    unknown = {text: mark for text, mark in marks.items() if mark not in AS_AGREED and mark not in roles}
    if not unknown:
        return
    uses: dict[str, list[tuple[Steps, str]]] = {}
    for path, text, _ in assignments(draft):
        if text in unknown:
            uses.setdefault(unknown[text], []).append((path, text))
    for mark, places in uses.items():
        yield from _unknown(draft, mark, places, (*roles, *AS_AGREED))


def _unknown(draft: Draft, mark: str, places: list[tuple[Steps, str]], known: Collection[str]) -> Mistakes:
    """Tell of a mark without a meaning: where it stands, or, if that is in many places, where it would have one."""
    suggestion = meant_by(mark, dict.fromkeys(known, ""))
    meaning = f"`roles: {flow({mark: 'lead'})}`"
    if not suggestion.remark and len(places) > 2 and not draft.is_format_1:
        message = f"the mark `({shown(mark)})` stands behind {len(places)} agencies, and `plan.roles` does not say what it means"
        where = ("plan", "roles") if plan(draft).get("roles") else ("plan",)
        yield Mistake("unknown-mark", where, message, f"add it, such as {meaning}")
        return
    for path, text in places:
        code = split_assignment(text)[0]
        message = f"the mark `({shown(mark)})` is not known{suggestion.remark}"
        hint = f"write `{shown(f'{code} ({suggestion.word or AS_AGREED[0]})')}`"
        if not draft.is_format_1:
            hint += f", or say what it means in `plan.roles`, such as {meaning}"
        span, fix = (len(text) - len(mark) - 2, len(text)), suggestion.word and f"({suggestion.word})"
        yield Mistake("unknown-mark", path, message, hint, fix, span=span)


def ambiguous_name(draft: Draft) -> Mistakes:
    """Report a name or alias that two agencies share.

    People ask for an agency by any of its names; one name must mean one body.

    Bad:
        - code: GPO
          name: Ministry of Health

    Good:
        - code: GPO
          name: General Prosecutor's Office
    """
    seen: dict[str, tuple[str, Steps]] = {}
    for path, agency in walk(draft, "agencies", "*"):
        code = agency.get("code") or str(path)
        names = [((*path, "name"), agency.get("name"))]
        names += [((*path, "aliases", i), text) for i, text in enumerate(agency.get("aliases") or ())]
        for steps, name in names:
            if not name:
                continue
            owner, first = seen.setdefault(fold(name), (code, steps))
            if owner != code:
                line = draft.place(AGENCIES, first).line
                message = f"`{shown(name)}` also means `{shown(owner)}`, on line {line}"
                yield Mistake("ambiguous-name", steps, message, "give each body its own name", file=AGENCIES)


def section_within_itself(draft: Draft) -> Mistakes:
    """Report a section that is a part of itself, directly or by way of others.

    Bad:
        - id: II
          title: Вода
          in: II

    Good:
        - id: II
          title: Вода
          in: I
    """
    records = {
        record["id"]: (path, record) for path, record in walk(draft, "sections", "*") if record.get("id")
    }
    told: set[str] = set()
    for start in records:
        chain: list[str] = []
        section: str | None = start
        while section is not None and section in records and section not in (*chain, *told):
            chain.append(section)
            section = records[section][1].get("in")
        if section in chain:
            path, _ = records[section]
            message = f"section `{shown(section)}` is a part of itself"
            yield Mistake(
                "section-within-itself", (*path, "in"), message, "write the section that it is a part of"
            )
        told.update(chain)


def number_left_out(draft: Draft) -> Mistakes:
    """Warn of activities whose plain numbers leave one out, or are not in order.

    A line lost in copying, or a row put in the wrong place. Numbers that are not plain may be in any order.

    Bad:
        - id: 4
          section: II

    Good:
        - id: 3
          section: II
    """
    paths, plain = [path for path, _ in walk(draft, *ACTIVITIES)], numbers(draft)
    # Twice the same number, or one that could not be read, has a finding of its own and explains the gap.
    if not draft.documents[PLAN].whole or len(set(plain)) < len(draft.raw[PLAN].get("activities") or ()):
        return
    for index in displaced(plain):
        above = max(plain[:index], default=0)
        beside = f"behind {above}" if above > plain[index] else f"before {min(plain[index:])}"
        message = f"activity {plain[index]} stands {beside}"
        yield Mistake("number-left-out", (*paths[index], "id"), message, "put the activities in order")
    gaps = left_out(draft)
    count = sum(last - first + 1 for first, last in gaps)
    if gaps and str(len(plain) + count) != (plan(draft).get("expect") or {}).get("activities"):
        path = paths[plain.index(gaps[0][1] + 1)]
        message = f"the plan's numbers leave out {ranges(gaps)}"
        yield Mistake("number-left-out", (*path, "id"), message, "compare the activities with the plan")
