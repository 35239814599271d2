"""A site: one folder of static pages of a plan as of a day, each with a twin as data, that needs no server.

The same data give the same bytes on any day: where a format wants a time, it is that of the data.
"""

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from json import dumps
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from followup_cli.formats.characters import fit, one_line
from followup_cli.formats.files import Files, ascii_name, last_change, latest
from followup_cli.formats.json import objects, provenance
from followup_cli.formats.page.html import MAX_DRAWN, groups_of, report
from followup_cli.formats.page.html import page as written
from followup_cli.formats.page.svg import by_state, draw, sharing_title
from followup_cli.formats.page.svg import timeline as timeline_picture
from followup_cli.formats.page.words import day, marked_up
from followup_cli.formats.phrases import day_in_words, language, own, say
from followup_cli.glossary import STATE_MEANINGS, Role, State
from followup_cli.table import Cell, Page

_LATEST = 500  # changes on the page of changes
_FEED = 100  # changes in the feed
_DELIVERED = (State.DELIVERED, State.DELIVERED_LATE)
_TAKES_PART = {
    Role.LEAD: "In charge",
    Role.PARTNER: "Takes part as a partner",
    Role.AS_AGREED: "Takes part by consent (as agreed)",
    Role.UNSTATED: "Named; the plan does not say how it takes part",
}
_ROLE_OF = {
    Role.LEAD: "lead",
    Role.PARTNER: "partners",
    Role.AS_AGREED: "as_agreed",
    Role.UNSTATED: "unstated",
}
Record = dict[str, Any]
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


class _Built(NamedTuple):
    """A page: its address, its template, and what is put into it; `data` is what its twin says."""

    address: str
    template: str
    title: str
    values: Record
    data: object


def site(
    page: Page, *, base: str = "", downloads: Files | None = None, meanings: Mapping[str, str] | None = None
) -> Files:
    """Make the files of a site.

    Args:
        page: the whole plan as of a day.
        base: the address at which the site will stand, with a slash at its end; without, no page says its own.
        downloads: files for other programs, by address, that the page of data leads to.
        meanings: what some of them are, by address.

    Returns:
        The contents of each file by its address, relative to the site.
    """
    plan = _Plan(page)
    downloads = dict(downloads or {})
    built = [
        _index(plan),
        _agencies(plan),
        _changes(plan),
        *_timeline(plan),
        _data(plan, downloads, meanings or {}),
        *_activities(plan),
        *_each_agency(plan),
    ]
    around = [(name, each.address) for each in built for name in _AROUND.get(each.address, ())]
    shared = plan.shared | {"base": base, "around": around}
    files: Files = {}
    for each in built:
        twin = f"{each.address.removesuffix('.html')}.json"
        root = "../" * each.address.count("/")
        description = one_line(str(each.values.get("counted") or plan.shared["description"]))
        own: Record = {"description": description, "root": root, "address": each.address, "twin": twin}
        if each.address != "index.html":
            own["metadata"] = None  # of the dataset as a whole
        text = written(each.template, each.title, **{**shared, **each.values, **own})
        files[each.address] = text.encode()
        files[twin] = _json(page, each.data)
    files["changes.atom"] = _feed(plan, base)
    if base:
        files["sitemap.xml"] = _sitemap(base, [each.address for each in built])
    if plan.drawn:
        files["timeline.svg"] = timeline_picture(page).encode()
    return {**files, **downloads}


_AROUND = {
    "index.html": ("Plan",),
    "agencies.html": ("Agencies",),
    "changes.html": ("What changed",),
    "timeline.html": ("Timeline",),
    "data.html": ("Data",),
}


class _Plan:
    """The records of the plan, and where each has its page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.shared = report(page)
        self.records = {table.name: table.by_name() for table in page.tables}
        self.objects = {table.name: objects(table) for table in page.tables}
        self.of_deliverable = {
            name: _grouped(self.objects.get(name, ()), "deliverable")
            for name in ("updates", "evidence", "amendments", "occurrences")
        }
        self.plan: Record = self.shared["plan"]
        self.lang: str = self.shared["lang"]
        self.rows: list[Record] = [row for each in self.shared["sections"] for row in each["rows"]]
        self.rows.sort(key=lambda row: row["position"])
        self.deliverables = {each["id"]: each for each in self.objects["deliverables"]}
        self.activities = {str(each["id"]): each for each in self.objects["activities"]}
        self.sections: dict[Any, Record] = {each["id"]: each for each in self.records["sections"]}
        self.repealed: dict[str, list[Record]] = defaultdict(list)
        for row in self.records.get("repealed", ()):
            amended = self.of_deliverable["amendments"][str(row["id"])]
            self.repealed[str(row["id"]).rpartition(".")[0]].append({**row, "amended": amended})
        self.drawn = 0 < len(self.rows) <= MAX_DRAWN
        ids = dict.fromkeys((*self.activities, *self.repealed))
        codes = [str(each["code"]) for each in self.records["agencies"]]
        homes = {"activities": addresses("activity", ids), "agencies": addresses("agency", codes)}
        self.homes = homes
        self.shared |= {"homes": homes}
        self.shared |= {"meanings": {state.value: meaning for state, meaning in STATE_MEANINGS.items()}}

    @property
    def day(self) -> str:
        return day_in_words(self.plan["as_of"])

    @property
    def title(self) -> str:
        return own(str(self.plan["title"]))

    def home(self, deliverable: str) -> str:
        """Give the address of a deliverable, on its activity's page."""
        return f"{self.homes['activities'][deliverable.rpartition('.')[0]]}#d{deliverable}"


def addresses(folder: str, names: Iterable[str]) -> dict[str, str]:
    """Give each of some names a page that no other has, also where capitals and small letters are one."""
    taken: set[str] = set()
    found = {}
    for name in names:
        plain = ascii_name(name).strip(".") or "x"
        if plain.casefold() in taken:
            plain = f"{plain}-{sha256(name.encode()).hexdigest()[:12]}"
        taken.add(plain.casefold())
        found[name] = f"{folder}/{plain}.html"
    return found


# -- pages -------------------------------------------------------------------------------------------


def _index(plan: _Plan) -> _Built:
    counts: dict[Cell, Counter[str]] = defaultdict(Counter)
    around = {each["id"]: each.get("within") for each in plan.records["sections"]}
    for row in plan.rows:
        section = row["section"]
        while section is not None:
            counts[section][row["state"]] += 1
            section = around.get(section)
    sections = [
        {**each, **_few(counts[each["id"]])} for each in plan.records["sections"] if counts[each["id"]]
    ]
    data = {
        "states": {each["state"]: each["count"] for each in plan.shared["states"]},
        "sections": [
            {k: each[k] for k in ("id", "title", "of", "delivered", "unreported")} for each in sections
        ],
        "deliverables": plan.objects["deliverables"],
    }
    groups = groups_of(plan.shared["sections"])
    values = {"by_section": sections, "groups": groups, "bare": _bare(plan)}
    return _Built(
        "index.html",
        "site_index.html",
        say("{title} as of {day}", title=plan.title, day=plan.day),
        values,
        data,
    )


def _bare(plan: _Plan) -> list[Record]:
    """List the activities that have no deliverable on the day."""
    full = {str(row["activity"]) for row in plan.rows}
    bare = []
    for name, address in plan.homes["activities"].items():
        if name not in full:
            activity = plan.activities.get(name) or plan.repealed[name][0]
            bare.append(
                {"address": address, "number": activity.get("number", name), "title": activity["title"]}
            )
    return bare


def _few(states: Counter[str]) -> Record:
    return {
        "of": sum(states.values()),
        "delivered": sum(states[state] for state in _DELIVERED),
        "unreported": states[State.UNREPORTED],
    }


def _activities(plan: _Plan) -> Iterator[_Built]:
    parts = _Parts(
        *(
            _grouped(some, "activity")
            for some in (plan.rows, plan.objects["assignments"], plan.objects.get("other", ()))
        )
    )
    homes = plan.homes["activities"]
    numbers = {name: str(plan.activities.get(name, {}).get("number", name)) for name in homes}
    neighbours = [None, *({"address": to, "number": numbers[name]} for name, to in homes.items()), None]
    for place, name in enumerate(homes):
        yield _activity(plan, name, numbers[name], parts, (neighbours[place], neighbours[place + 2]))


class _Parts(NamedTuple):
    """What belongs to each activity, by its id."""

    rows: dict[str, list[Record]]
    assignments: dict[str, list[Record]]
    other: dict[str, list[Record]]


def _activity(plan: _Plan, name: str, number: str, parts: _Parts, neighbours: tuple[Any, Any]) -> _Built:
    other, repealed = parts.other[name], plan.repealed[name]
    activity = plan.activities.get(name) or (repealed or [{}])[0]
    title, section = activity.get("title"), plan.sections.get(activity.get("section"))
    mine = [_with_its_own(plan, row, other) for row in parts.rows[name]]
    values = {
        "number": number,
        "activity_title": title,
        "section": section,
        "points": activity.get("points") or (),
        "rows": mine,
        "repealed": repealed,
        "other": [each for each in other if not each["deliverable"]],
        **_standing(plan, mine),
        "before": neighbours[0],
        "after": neighbours[1],
    }
    ids = [str(row["id"]) for row in (*mine, *repealed)]
    data = {
        "activity": plan.activities.get(name),
        "section": section and {"id": section["id"], "title": section["title"]},
        "assignments": parts.assignments[name],
        "deliverables": [plan.deliverables[row["id"]] for row in mine],
        "other": other,
        **{table: [each for i in ids for each in of[i]] for table, of in plan.of_deliverable.items()},
    }
    heading = f"{number}. {own(str(title))} · {plan.title}"
    return _Built(plan.homes["activities"][name], "site_activity.html", heading, values, data)


def _with_its_own(plan: _Plan, row: Record, other: list[Record]) -> Record:
    """Put to a deliverable its periods, and the plan's other columns that are its own."""
    own = [each for each in other if each["deliverable"] == row["id"]]
    return {
        "starts": None,
        **row,
        "other": own,
        "periods": plan.of_deliverable["occurrences"][str(row["id"])],
    }


def _standing(plan: _Plan, rows: list[Record]) -> Record:
    """Say how many of the plan's deliverables some are and how they stand: as a text, and as the page's first lines."""
    if not rows:
        none = "no deliverable is in force on {day}"
        return {"counted": say(none, day=plan.day), "lead": marked_up(none, day=day(plan.plan["as_of"]))}
    numbers: Record = {"number": len(rows), "n": len(plan.rows)}
    phrase = "{number} of the plan's {n} deliverables. As of {day}: {counts}."
    numbers |= {"counts": by_state(rows)}
    return {
        "counted": say(phrase, **numbers, day=plan.day),
        "lead": marked_up(phrase, **numbers, day=day(plan.plan["as_of"])),
    }


def _each_agency(plan: _Plan) -> Iterator[_Built]:
    rows: dict[tuple[str, Role], list[Record]] = defaultdict(list)
    for row in plan.rows:
        for role, column in _ROLE_OF.items():
            for code in row.get(column) or ():
                rows[str(code), role].append(row)
    agencies = {str(each["code"]): each for each in plan.objects["agencies"]}
    for agency in plan.shared["agencies"]:
        code = str(agency["code"])
        mine = {role: rows[code, role] for role in Role if rows[code, role]}
        groups = [
            {"heading": _role_of(role, len(some), len(plan.rows)), "id": None, "rows": some}
            for role, some in mine.items()
        ]
        carried = {row["id"]: row for some in mine.values() for row in some}
        values = {"agency": agency, "groups": groups, **_standing(plan, list(carried.values()))}
        data = {
            "agency": agencies[code],
            **{role.value: [plan.deliverables[row["id"]] for row in some] for role, some in mine.items()},
        }
        title = f"{own(str(agency['name']))} ({code}) · {plan.title}"
        yield _Built(plan.homes["agencies"][code], "site_agency.html", title, values, data)


def _role_of(role: Role, number: int, total: int) -> str:
    return say("{role}: {number} of {n} deliverables", role=say(_TAKES_PART[role]), number=number, n=total)


def _agencies(plan: _Plan) -> _Built:
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for row in plan.rows:
        for code in row["agencies"] or ():
            states[str(code)][row["state"]] += 1
    bodies = []
    for agency in plan.shared["agencies"]:
        code = str(agency["code"])
        few = _few(states[code])
        bodies.append(
            {
                **agency,
                **few,
                "deliverables": few["of"],
            }
        )
    values = {"agencies": bodies}
    data = [
        {
            "code": each["code"],
            "name": each["name"],
            **{role: each["roles"][role] for role in plan.shared["roles"]},
            **{k: each[k] for k in ("deliverables", "delivered", "unreported")},
        }
        for each in bodies
    ]
    return _Built(
        "agencies.html", "site_agencies.html", f"{say('Agencies')} · {plan.title}", values, {"agencies": data}
    )


def _changes(plan: _Plan) -> _Built:
    changes = _changed(plan)
    days: dict[Any, list[Record]] = {}
    for each in changes[:_LATEST]:
        days.setdefault(each["date"], []).append(each)
    shown = [{"date": day, "changes": some} for day, some in days.items()]
    values = {"days": shown, "changes": changes[:_LATEST], "total": len(changes)}
    data = {name: plan.objects.get(name, []) for name in ("updates", "evidence", "amendments")}
    return _Built("changes.html", "site_changes.html", f"{say('What changed')} · {plan.title}", values, data)


def _changed(plan: _Plan) -> list[Record]:
    """List updates and amendments, the newest first; what has no day comes last."""
    shared = sharing_title((*plan.records.get("repealed", ()), *plan.rows))
    titles = {
        row["id"]: (row["title"], row["outcome"] if row["id"] in shared else None)
        for row in (*plan.records.get("repealed", ()), *plan.rows)
    }
    found = []
    for row in plan.rows:
        found += [
            {"id": row["id"], "date": each["date"], "report": each, "amendment": None}
            for each in row["known"]
        ]
    for each in plan.records.get("amendments", ()):
        found.append({"id": each["deliverable"], "date": each["date"], "report": None, "amendment": each})
    for each in found:
        title, outcome = titles.get(each["id"], ("", None))
        each |= {"title": title, "outcome": outcome, "home": plan.home(str(each["id"]))}
    return sorted(
        found, key=lambda each: (each["date"] is not None, latest([each["date"]]).isoformat()), reverse=True
    )


def _timeline(plan: _Plan) -> Iterator[_Built]:
    if plan.drawn:
        picture = Markup(ET.tostring(draw(plan.page), encoding="unicode"))  # noqa: S704 - our own
        names = ("id", "start", "due", "state")
        data = [{name: each[name] for name in names} for each in plan.objects["deliverables"]]
        yield _Built(
            "timeline.html",
            "site_timeline.html",
            f"{say('Timeline')} · {plan.title}",
            {"timeline": picture},
            {"deliverables": data},
        )


def _data(plan: _Plan, downloads: Files, meanings: Mapping[str, str]) -> _Built:
    listed = [
        {
            "address": address,
            "meaning": meaning,
            "size": _size(len(downloads[address])) if address in downloads else "",
        }
        for address, meaning in {
            **meanings,
            "changes.atom": "what changed, as a feed to subscribe to",
        }.items()
    ]
    tables = [
        {
            "name": table.name,
            "meaning": table.meaning,
            "number": len(table.rows),
            "address": next((a for a in downloads if a.endswith(f"/{table.name}.csv")), None),
        }
        for table in plan.page.tables
    ]
    values = {"downloads": listed, "tables": tables}
    data = {"files": [{k: each[k] for k in ("address", "meaning")} for each in listed], "tables": tables}
    return _Built("data.html", "site_data.html", f"{say('Data')} · {plan.title}", values, data)


def _size(number: int) -> str:
    if number >= 1_000_000:
        return say("{number} MB", number=f"{number / 1_000_000:.1f}")
    return say("{number} kB", number=max(round(number / 1000), 1))


# -- twins, the feed, the map -------------------------------------------------------------------------


def _grouped(records: Iterable[Mapping[str, Any]], key: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for each in records:
        found[str(each[key])].append(each)
    return found


def _json(page: Page, data: object) -> bytes:
    about = provenance(page.provenance) if page.provenance else {}
    return fit(dumps({**about, "data": data}, ensure_ascii=False) + "\n").encode()


def _feed(plan: _Plan, base: str) -> bytes:
    """Write the newest changes as an Atom feed (RFC 4287); a change has the same id for ever."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        node = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        node.text = one_line(text) or None
        return node

    plan_id = str(plan.plan["id"])
    whole = f"followup:{plan_id}:{language()}"  # a feed in each language
    add(feed, "title", say("{plan}: what changed", plan=plan.title))
    add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, whole)}")
    add(feed, "updated", f"{last_change(plan.page)}T00:00:00Z")
    # What is noted is said by who keeps the data, not by who published the plan.
    add(add(feed, "author"), "name", say("the data {plan}", plan=plan_id))
    if base:
        add(feed, "link", rel="self", href=f"{base}changes.atom")
    add(feed, "link", rel="alternate", type="text/html", href=f"{base}changes.html")
    seen: Counter[str] = Counter()
    for each in _changed(plan)[:_FEED]:
        said = each["report"] or each["amendment"]
        words = (
            [said["status"] and say(said["status"]), said["note"]]
            if each["report"]
            else [say(said["field"]), said["now"], said["act"]]
        )
        summary_of = ": ".join(str(word) for word in words if word) or say("evidence")
        key = f"{whole}:{each['id']}:{said['date']}:{summary_of}"
        seen[key] += 1
        entry = add(feed, "entry")
        named = ": ".join(own(str(words)) for words in (each["title"], each["outcome"]) if words)
        add(entry, "title", f"{each['id']} {named}")
        add(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'{key}:{seen[key]}')}")
        add(entry, "updated", f"{latest([said['date']])}T00:00:00Z")
        add(entry, "link", rel="alternate", type="text/html", href=base + each["home"])
        add(
            entry,
            "summary",
            say("retracted: {what}", what=summary_of) if said.get("retracted") else summary_of,
        )
    return _xml(feed)


def _sitemap(base: str, pages: Iterable[str]) -> bytes:
    ET.register_namespace("", _SITEMAP)
    listed = ET.Element(f"{{{_SITEMAP}}}urlset")
    for address in pages:
        where = ET.SubElement(ET.SubElement(listed, f"{{{_SITEMAP}}}url"), f"{{{_SITEMAP}}}loc")
        where.text = base + address
    return _xml(listed)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return (
        b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
    )
