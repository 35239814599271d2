"""HTML: one file that works offline. A whole plan becomes a document; any other tables become a plain page.

The templates stand in `page/`, and escape whatever is put into them.
"""

import hashlib
import xml.etree.ElementTree as ET
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from followup_cli.formats import Screen
from followup_cli.formats.characters import fit, licence_address, web_address
from followup_cli.formats.page.svg import COLOURS, colours, draw, mark, style, summary
from followup_cli.formats.page.words import dated, day, marked_up
from followup_cli.formats.phrases import day_in_words, has_second, language, own, say, second, told
from followup_cli.formats.wording import code, worded
from followup_cli.glossary import STATE_MEANINGS, EvidenceKind, Role, State
from followup_cli.table import Cell, Content, Kind, Page, Table

_PARTS = Path(__file__).parent
MAX_DRAWN = 300  # a timeline of more rows than this is not legible in a page
_ROLE_FIELDS = {
    Role.LEAD: "lead",
    Role.PARTNER: "partners",
    Role.AS_AGREED: "as_agreed",
    Role.UNSTATED: "unstated",
}
_LONG = 60  # characters in a cell that wants a wide column
_WHOLE_PLAN = {"plan", "sections", "agencies", "successors", "activities", "assignments", "deliverables"} | {
    "updates",
    "evidence",
}


def html(content: Content, screen: Screen) -> str:  # noqa: ARG001
    """Write a page that needs nothing else, with or without scripts."""
    if isinstance(content, Page) and {table.name for table in content.tables} >= _WHOLE_PLAN:
        return page("report.html", told(content.title), **report(content))
    content = worded(content)
    tables = (content,) if isinstance(content, Table) else content.tables
    about = told(content.provenance.caption) if content.provenance else None
    closing = content.closing if isinstance(content, Page) else ()
    shown = [_plain(_filled(table) if isinstance(content, Page) else table) for table in tables]
    lines = [_sentence(line) for line in closing]
    return page("tables.html", content.title, about=about, tables=shown, closing=lines)


def _filled(table: Table) -> Table:
    """Leave out the columns in which nothing stands; of a list that was asked for, column by column, none is."""
    kept = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, (), "") for row in table.rows)]
    if not table.rows:
        return table
    columns = tuple(table.columns[i] for i in kept)
    return replace(table, columns=columns, rows=[tuple(row[i] for i in kept) for row in table.rows])


def _sentence(line: str) -> Markup:
    """Write a sentence of ours with its literals as code."""
    parts = fit(line).split("`")
    if len(parts) % 2 == 0:
        return Markup("{}").format(fit(line))
    kinds = (Markup("{}"), Markup("<code>{}</code>"))
    return Markup("").join(kinds[at % 2].format(part) for at, part in enumerate(parts))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_fit,
        keep_trailing_newline=True,
    )
    environment.filters |= {"address": web_address, "dated": dated}
    environment.globals.update(t=marked_up, day=day, language=language, second=second, has_second=has_second)
    return environment


def page(template: str, title: str, **values: Any) -> str:
    """Fill a template of `page/`, with the style, script and symbols of every page."""
    return _environment().get_template(template).render(title=title, **_fittings(), **values)


@cache
def _fittings() -> dict[str, Any]:
    """Give what is our own in every page: the style, the script and the symbols of the states."""
    sheet = (_PARTS / "page.css").read_text(encoding="utf-8") + colours() + style()
    script = (_PARTS / "page.js").read_text(encoding="utf-8")
    return {
        "style": Markup(sheet),  # noqa: S704
        "style_hash": _hash(sheet),
        "script": Markup(script),  # noqa: S704
        "script_hash": _hash(script),
        "symbols": Markup("".join(_symbol(state) for state in COLOURS)),  # noqa: S704
    }


def _fit(value: Any) -> Any:
    """Make a text fit to be shown, on its way into a template."""
    return fit(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _symbol(state: str) -> str:
    shape = mark(state)
    shape.set("id", f"m-{state}")
    return ET.tostring(shape, encoding="unicode")


# -- the whole plan ----------------------------------------------------------------------------------


def report(page: Page) -> dict[str, Any]:
    """Give what the page of a whole plan is made of: its records, grouped and counted."""
    records = {table.name: table.by_name() for table in page.tables}
    plan, rows = records["plan"][0], records["deliverables"]
    counts = Counter(str(row["state"]) for row in rows)
    silent = counts[State.UNREPORTED]
    delivered = counts[State.DELIVERED] + counts[State.DELIVERED_LATE]
    drawn = 0 < len(rows) <= MAX_DRAWN
    written_in = plan["language"]
    lang = Markup("") if written_in == language() else Markup(' lang="{}"').format(written_in)
    sections = _sections(records)
    agencies = _agencies(records)
    return {
        "plan": plan,
        "lang": lang,
        "rows": rows,
        "delivered": delivered,
        "in_force": not plan["adopted"] or str(plan["adopted"]) <= str(plan["as_of"]),
        "silent": silent,
        "with_facts": _with_facts(sections),
        "counted": summary(rows),
        "states": _states(counts, len(rows)),
        "sections": sections,
        "roles": [role for role in Role if any(agency["roles"][role] for agency in agencies)],
        "kinds": [
            kind for kind in EvidenceKind if any(kind in row["has"] for s in sections for row in s["rows"])
        ],
        "groups": groups_of(sections),
        "last_read": _last_read(records),
        "homes": None,
        "root": "",
        "activities": len(records["activities"]),
        "agencies": agencies,
        "names": {agency["code"]: agency["name"] for agency in records["agencies"]},
        "timeline": Markup(ET.tostring(draw(page), encoding="unicode")) if drawn else None,  # noqa: S704
        "licence": licence_address(plan["licence"]),
        "description": say(
            "{plan}: {counts}, as of {day}.",
            plan=own(str(plan["title"])),
            counts=summary(rows),
            day=day_in_words(plan["as_of"]),
        ),
        "metadata": _metadata(plan, records),
    }


def _states(counts: Counter[str], total: int) -> list[dict[str, Any]]:
    states, before = [], 0
    for state in State:
        count = counts[state]
        if count:
            share = {"from": f"{100 * before / total:.3f}", "width": f"{100 * count / total:.3f}"}
            meaning = STATE_MEANINGS[state]
            states.append({"state": state.value, "count": count, "meaning": meaning, **share})
            before += count
    return states


def _sections(records: dict[str, list[dict[str, Cell]]]) -> list[dict[str, Any]]:
    evidence = defaultdict(list)
    for piece in records["evidence"]:
        evidence[piece["update_id"]].append(piece)
    known = defaultdict(list)
    for update in records["updates"]:
        said = {"reported_as": None, "retracted": None, "retraction": None, **update}
        known[update["deliverable"]].append({**said, "evidence": evidence[update["id"]]})
    amended = defaultdict(list)
    for amendment in records.get("amendments", ()):
        amended[amendment["deliverable"]].append(amendment)
    rows, seen = defaultdict(list), set()
    for row in records["deliverables"]:
        first = row["activity"] not in seen
        seen.add(row["activity"])
        rows[row["section"]].append(
            {
                "partners": (),
                **row,
                "unstated": _unstated(row),
                "amended": amended.get(row["id"], ()),
                "first": first,
                "points": row["points"] if first else (),
                "known": known.get(row["id"], ()),
                "has": _has(row, known.get(row["id"], ())),
                "distance": _distance(row["days_left"]),
            }
        )
    loose = [{"id": None, "title": None, "rows": rows[None]}] if rows[None] else []
    return loose + [{**section, "rows": rows[section["id"]]} for section in records["sections"]]


def _with_facts(sections: list[dict[str, Any]]) -> int:
    """Count the unreported of which something is noted all the same."""
    rows = (row for section in sections for row in section["rows"] if row["state"] == State.UNREPORTED)
    return sum("updates" in row["has"] for row in rows)


def _last_read(records: dict[str, list[dict[str, Cell]]]) -> str | None:
    """Give the last day on which a source was read."""
    days = (piece["accessed"] for piece in records["evidence"])
    return max((str(day) for day in days if day), default=None)


def _has(row: dict[str, Cell], known: Iterable[dict[str, Any]]) -> list[str]:
    """Name what is on record of a deliverable: updates, a status, evidence and its kinds."""
    counted = [update for update in known if not update["retracted"]]
    kinds = dict.fromkeys(str(piece["kind"]) for update in counted for piece in update["evidence"])
    there = (("updates", counted), ("status", row["status"]), ("evidence", kinds))
    return [*(name for name, some in there if some), *kinds]


def groups_of(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Head the rows of each section as the plan does."""
    return [
        {
            "id": each["id"],
            "heading": each["title"] if each["id"] else "",
            "rows": each["rows"],
        }
        for each in sections
    ]


def _unstated(row: dict[str, Cell]) -> tuple[Any, ...]:
    """Give the agencies whose role the plan does not say."""
    stated = {code for name in ("lead", "partners", "as_agreed") for code in _texts(row.get(name))}
    return tuple(code for code in _texts(row["agencies"]) if code not in stated)


def _distance(days: Cell) -> str:
    if not isinstance(days, int):
        return ""  # what is settled is neither ahead nor late
    if days == 0:
        return say("today")
    return say("in {n} days" if days > 0 else "{n} days ago", n=abs(days))


def _agencies(records: dict[str, list[dict[str, Cell]]]) -> list[dict[str, Any]]:
    named = {(part["agency"], part["role"], part["activity"]) for part in records["assignments"]}
    activities = Counter((agency, role) for agency, role, _ in named)
    carried: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for row in records["deliverables"]:
        codes = {str(code) for code in _texts(row["agencies"])}
        carried.update(codes)
        silent.update(codes if row["state"] == State.UNREPORTED else ())
    successors = defaultdict(list)
    for successor in records["successors"]:
        successors[successor["agency"]].append(successor)
    return [
        {
            **agency,
            "roles": {role: activities[agency["code"], role] for role in Role},
            "deliverables": carried[str(agency["code"])],
            "unreported": silent[str(agency["code"])],
            "successors": successors.get(agency["code"], ()),
        }
        for agency in records["agencies"]
    ]


def _texts(cell: Cell) -> Iterable[Any]:
    return cell if isinstance(cell, tuple) else ()


def _metadata(plan: dict[str, Cell], records: dict[str, list[dict[str, Cell]]]) -> dict[str, Any]:
    """Describe the dataset in the words of schema.org, for search engines of data."""
    days = [update["date"] for update in records["updates"]]
    changed = max((day for day in days if isinstance(day, date)), default=plan["adopted"])
    act = f" ({plan['act']})" if plan["act"] else ""
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": f"{plan['title']}: what became of it",
        "description": f"The commitments of {plan['title']}{act}, their deadlines and the bodies "
        f"in charge, and what is known of how they were carried out, as of {plan['as_of']}.",
        "identifier": plan["id"],
        "version": plan["version"],
        "inLanguage": plan["language"],
        "spatialCoverage": plan["country"],
        "temporalCoverage": f"{plan['adopted'] or '..'}/{plan['as_of']}",
        "dateModified": changed and str(changed),
        "license": licence_address(plan["licence"]),
        "isBasedOn": web_address(plan["source_url"]),
        "isAccessibleForFree": True,
    }
    return {name: fit(value) if isinstance(value, str) else value for name, value in found.items() if value}


# -- any tables --------------------------------------------------------------------------------------


def _plain(table: Table) -> dict[str, Any]:
    columns = table.data_columns()
    rows = [[_cell(row[i], column.kind) for i, column in columns] for row in table.rows]
    headings = [
        {"heading": column.heading, "shape": _shape(column.kind, (row[number]["text"] for row in rows))}
        for number, (_, column) in enumerate(columns)
    ]
    facts = [(c.heading, rows[0][n]) for n, (_, c) in enumerate(columns)] if table.record else []
    return {
        "title": table.title,
        "empty": table.empty,
        "record": table.record,
        "columns": headings,
        "rows": rows,
        "facts": facts,
    }


def _shape(kind: Kind, texts: Iterable[str]) -> str:
    """Tell how a column is set: its numbers in line, its long texts with room."""
    if kind is Kind.NUMBER:
        return "number"
    if kind is Kind.LINK:
        return "address"
    return "long" if any(len(text) > _LONG for text in texts) else ""


def _cell(cell: Cell, kind: Kind) -> dict[str, Any]:
    if isinstance(cell, tuple):
        text = ", ".join(str(part) for part in cell)
    else:
        text = "" if cell is None else str(cell)
    is_state = kind is Kind.STATE and code(cell) in COLOURS
    return {"text": code(cell) if is_state else text, "day": isinstance(cell, date), "state": is_state}
