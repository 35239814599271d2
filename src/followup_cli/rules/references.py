"""FU3xx: what names what."""

from collections import Counter
from collections.abc import Mapping

from followup_cli.choosing import Meant, fold, meant_by, near
from followup_cli.findings import Mistake, Steps
from followup_cli.plan.draft import Draft
from followup_cli.plan.values import shown
from followup_cli.rules.walks import (
    AGENCIES,
    PLAN,
    Found,
    activities,
    agencies,
    assigned,
    assignments,
    codes,
    sections,
)

_MOST_SUGGESTIONS = 200


def unknown_agency(draft: Draft) -> Found:
    """Report an agency that `agencies.yaml` does not list.

    An agency is named by its code. Swapped letters, a name in place of the code and letters of another
    alphabet are recognised. A body that the plan does name and the list lacks is added to the list.

    Bad:
        agencies: [WM, MH, GPO (as agreed)]

    Good:
        agencies: [MW, MH, GPO (as agreed)]
    """
    bodies = [(path, agency) for path, agency in agencies(draft) if agency.get("code")]
    known = {agency["code"]: agency.get("name") or "" for _, agency in bodies}
    if not known:
        return
    # With a list that has gaps, only slips that are sure can be told.
    complete = draft.documents[AGENCIES].whole and len(known) == len(draft.raw[AGENCIES]["agencies"])
    used: Counter[str] = Counter()
    for text, times in assigned(draft).items():
        used[codes(draft)[text]] += times
    listed = _misspelt_in_list(used, {agency["code"]: (*path, "code") for path, agency in bodies})
    for code, (steps, right) in listed.items():
        message = f"no activity names `{shown(code)}`, but {used[right]} name `{shown(right)}`"
        yield Mistake("unknown-agency", steps, message, f"write `{shown(right)}`", file=AGENCIES)
    told = {right for _, right in listed.values()}
    names = {
        fold(name): agency["code"]
        for _, agency in bodies
        for name in (agency.get("name"), *(agency.get("aliases") or ()))
        if name
    }
    hint = (
        f"write one of {', '.join(known)}" if len(known) <= 12 else "add it to `agencies.yaml`, or check it"
    )
    unknown = used.keys() - known.keys() - told
    meanings: dict[str, Meant] = {}
    for path, index, code in assignments(draft) if unknown else ():
        if code not in unknown:
            continue
        if code not in meanings:
            meanings[code] = (
                _agency_meant(code, known, names) if len(meanings) < _MOST_SUGGESTIONS else Meant("", None)
            )
        meant = meanings[code]
        if not complete and not meant.sure:
            continue
        yield Mistake(
            "unknown-agency",
            (*path, "agencies", index),
            f"unknown agency `{shown(code)}`{meant.remark}",
            meant.hint or hint,
            span=(0, len(code)),
            fix=meant.word if meant.sure else None,
        )


def _misspelt_in_list(used: Mapping[str, int], listed: Mapping[str, Steps]) -> dict[str, tuple[Steps, str]]:
    """Find codes that the list itself misspells: no activity names them, several name one that is near."""
    unknown = [code for code, times in used.items() if times > 1 and code not in listed][:_MOST_SUGGESTIONS]
    idle = [code for code in listed if code not in used]
    if len(unknown) == len(idle) == 1:
        return {idle[0]: (listed[idle[0]], unknown[0])}
    found = {}
    for code in unknown:
        candidates = near(code, listed)
        if len(candidates) == 1 and candidates[0] in idle:
            found[candidates[0]] = (listed[candidates[0]], code)
    return found


def _agency_meant(text: str, known: Mapping[str, str], names: Mapping[str, str]) -> Meant:
    """Tell which agency a text means: by code, by its name or an alias, or by a part of its name."""
    sought = fold(text)
    # The beginning of a name counts as the name: "… of the Republic of Kazakhstan" is often left out.
    by_name = {code for name, code in names.items() if name == sought or name.startswith(f"{sought} ")}
    sure = len(by_name) == 1 and (" " in sought or sought in names)
    meant = meant_by(text, known)
    if not sure and (meant.remark or len(sought) < 4):
        return meant
    if not sure:
        starts = {name[: len(sought) + more]: code for name, code in names.items() for more in (-1, 0, 1)}
        by_name = {code for name, code in names.items() if sought in name}
        by_name = by_name or {starts[name] for name in near(text, starts)}
    if len(by_name) != 1:
        return Meant("", None)
    (code,) = by_name
    return Meant(f"; did you mean `{code}` ({known[code]})?", f"write its code, `{code}`", code, sure)


def unknown_section(draft: Draft) -> Found:
    """Report an activity in a section that the plan does not have.

    Bad:
        section: IV

    Good:
        section: II
    """
    listed = {section["id"]: (*path, "id") for path, section in sections(draft) if section.get("id")}
    titles = {
        section["id"]: section.get("title") or "" for _, section in sections(draft) if section.get("id")
    }
    # Where a section is missing or doubled, an id that is not listed may well be that one.
    if not draft.documents[PLAN].whole or len(listed) < len(draft.raw[PLAN].get("sections") or ()):
        return
    hint = f"write one of {', '.join(listed)}" if len(listed) <= 12 else "add it to `sections`, or check it"
    for path, activity in activities(draft):
        word = activity.get("section")
        if word is None or word in listed:
            continue
        meant = meant_by(word, titles)
        yield Mistake(
            "unknown-section",
            (*path, "section"),
            f"unknown section `{shown(word)}`{meant.remark}",
            meant.hint or hint,
            fix=meant.word if meant.sure else None,
        )


def duplicate_id(draft: Draft) -> Found:
    """Report a number, a section or a code that two records share.

    Bad:
        - id: 1
          section: II

    Good:
        - id: 2
          section: II
    """
    for file, records, name in (
        (PLAN, activities, "id"),
        (PLAN, sections, "id"),
        (AGENCIES, agencies, "code"),
    ):
        times = Counter(record.get(name) for _, record in records(draft))
        twice = {value for value, count in times.items() if count > 1 and value is not None}
        seen: dict[str, Steps] = {}
        for path, record in records(draft) if twice else ():
            value = record.get(name) or ""
            if value in seen:
                line = draft.place(file, seen[value]).line
                message = f"`{name}: {shown(value)}` is given twice; the first is on line {line}"
                yield Mistake("duplicate-id", (*path, name), message, "give each its own", file=file)
            elif value in twice:
                seen[value] = (*path, name)


def agency_twice(draft: Draft) -> Found:
    """Report an agency that one activity names twice.

    Bad:
        agencies: [MW, MH, GPO (as agreed), MW]

    Good:
        agencies: [MW, MH, GPO (as agreed)]
    """
    code_of = codes(draft)
    for path, activity in activities(draft):
        texts = activity.get("agencies") or ()
        named = [code_of.get(text) for text in texts]
        if len(set(named)) == len(named):
            continue
        seen: set[str | None] = {None}
        for index, code in enumerate(named):
            if code is not None and code in seen:
                yield Mistake(
                    "agency-twice",
                    (*path, "agencies", index),
                    f"the agency `{shown(code)}` stands twice in this activity",
                    "keep one of the two",
                    span=(0, len(code)),
                )
            seen.add(code)


def unused_agency(draft: Draft) -> Found:
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
    used = set(codes(draft).values())
    known = {agency.get("code") for _, agency in agencies(draft)}
    # Where an assignment is not understood, it may be the one that names the agency.
    lost = any(
        mistake.path[:1] == ("activities",) and mistake.path[2:3] in ((), ("agencies",))
        for mistake in draft.mistakes
        if mistake.rule != "unknown-mark"
    )
    if lost or not used or not used <= known or not draft.documents[PLAN].whole:
        return
    for path, agency in agencies(draft):
        code = agency.get("code")
        if code and code not in used:
            message, hint = f"no activity names `{shown(code)}`", "delete it, or check the activities' lists"
            yield Mistake("unused-agency", (*path, "code"), message, hint, file=AGENCIES)


def unknown_mark(draft: Draft) -> Found:
    """Report an assignment that is neither `CODE` nor `CODE (as agreed)`.

    The mark says that a body takes part by consent; any other spelling would silently make it a lead.

    Bad:
        agencies: [MW, MH, GPO (as aggreed)]

    Good:
        agencies: [MW, MH, GPO (as agreed)]
    """
    return draft.mistakes_of("unknown-mark")


def ambiguous_name(draft: Draft) -> Found:
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
    for path, agency in agencies(draft):
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
