"""JSON Schemas of the two files, for editors: completion, hover texts, and the commonest mistakes.

They are made from the models, as draft-07 with nothing that older editors stumble over. The rules know
more: a file that the rules accept is accepted here, not the other way round.
"""

import re
from collections.abc import Mapping
from json import dumps
from typing import Any

from followup_cli.glossary import (
    BEARS_ON_MEANINGS,
    EVIDENCE_MEANINGS,
    LANGUAGE_NAMES,
    ROLE_MEANINGS,
    STATUS_MEANINGS,
    PlanFile,
)
from followup_cli.plan.draft import Draft
from followup_cli.plan.records import AgenciesFile, Record, models_in
from followup_cli.plan.shape import model_of
from followup_cli.plan.values import AS_AGREED, CODE, NEWER

_MEANINGS: dict[str, Mapping[Any, str]] = {
    "Status": STATUS_MEANINGS,
    "Role": ROLE_MEANINGS,
    "EvidenceKind": EVIDENCE_MEANINGS,
    "BearsOn": BEARS_ON_MEANINGS,
    "Language": LANGUAGE_NAMES,
}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_USUAL = {"en": AS_AGREED[:1], "ru": AS_AGREED[1:2], "kk": AS_AGREED[2:4], "uk": AS_AGREED[4:]}
# What an editor takes for a number or a truth value is text to us: `2022`, `1.0`, `no`.
_TEXT = ["string", "number", "boolean"]
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_ADDRESS = {
    "type": "string",
    "pattern": r'^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\^`{|}]+$',
    "patternErrorMessage": "an address begins with http:// or https://, and has no blank",
}
# What one field asks of others: an act has a number, and what is delivered has evidence of it.
_ACT = {
    "if": {"properties": {"kind": {"const": "act"}}, "required": ["kind"]},
    "then": {"required": ["act"]},
}
_PROOF = {"type": "object", "properties": {"bears_on": {"const": "deliverable"}}, "required": ["bears_on"]}
_DELIVERED = {
    "if": {
        "properties": {"status": {"const": "delivered"}},
        "required": ["status"],
        "not": {"required": ["retracted"]},
    },
    "then": {"properties": {"evidence": {"contains": _PROOF}}, "required": ["evidence"]},
}
_LAW = "https://adilet.zan.kz/rus/docs/Z2400000110"
_EVIDENCE = {
    "url": _LAW,
    "publisher": "Adilet",
    "kind": "act",
    "act": "Law No. 110-VIII",
    "bears_on": "deliverable",
}
_UPDATE = {"date": "2024-07-05", "status": "delivered", "evidence": [_EVIDENCE]}
_DELIVERABLE = {"outcome": "Draft Law", "deadline": "By the end of 2022"}
_CORRECTION = {"date": "2026-11-23", "url": _LAW, "field": "title", "was": "Adopton of the plan"}
_AMENDMENT = {
    "date": "2023-02-15",
    "act": "Government Decree No. 9",
    "url": "https://example.org/decree-9",
    "field": "title",
    "was": "Adoption of a plan",
}
_SECTION = {"id": "VI", "title": "Ensuring the rights of victims of human trafficking"}
_SOURCE = {"publisher": "Ministry of Justice", "url": "https://www.gov.kz"}
_READ = {"start": "2024-04-01", "due": "2025-03-31"}
_EXAMPLES: dict[str, Any] = {
    "accessed": "2026-11-23",
    "act": "Law No. 110-VIII",
    "activities": 27,
    "adopted": "2022-04-28",
    "also": {"kk": {"title": "Заң жобасы"}},
    "archive": f"https://web.archive.org/web/2024/{_LAW}",
    "bears_on": "deliverable",
    "begins": 7,
    "code": "MLSP",
    "columns": {"number": "No.", "title": "Action", "Cost": "Cost (£k)"},
    "country": "KZ",
    "date": "2024-07-05",
    "day_first": True,
    "deadline": "By the end of 2022",
    "deliverables": 29,
    "due": "2025-03-31",
    "expect": {"activities": 27, "sections": 8},
    "field": "title",
    "fiscal_year": {"begins": 7, "named_by": "end"},
    "for": "2023-Q1",
    "id": "kz-2022-258",
    "in": "VI",
    "kind": "act",
    "language": "en",
    "licence": "CC-BY-4.0",
    "listed": False,
    "name": "Ministry of Justice of the Republic of Kazakhstan",
    "named_by": "end",
    "note": "The draft law was published for discussion.",
    "number": "3 (a)",
    "other": {"Funding": "within the budget"},
    "others": "other central bodies, quasi-state organizations",
    "outcome": "Draft Law",
    "plan": {
        "id": "kz-2022-258",
        "title": "Follow-up Plan",
        "act": "Decree No. 258",
        "adopted": "2022-04-28",
    },
    "published": "2024-07-22",
    "publisher": "Adilet",
    "read": _READ,
    "reported_as": "Behind schedule",
    "retracted": {"date": "2024-07-20", "note": "It was another draft."},
    "roles": {"": "lead", "as agreed": "as-agreed"},
    "quote": "The law comes into force sixty days after its publication.",
    "schema": 2,
    "section": "VI",
    "sections": 8,
    "since": "2022-06",
    "starts": "April 2024",
    "source": _SOURCE,
    "start": "2024-04-01",
    "status": "in-progress",
    "statuses": {"Behind schedule": "in-progress"},
    "timezone": "Asia/Almaty",
    "title": "Introduction of the draft law on combating human trafficking",
    "url": _LAW,
    "version": "1.0.0",
    "was": "August 2022",
}
_LISTS: dict[str, list[Any]] = {
    "activities": [
        {"id": 24, "section": "VI", "title": "A law", "deliverables": [_DELIVERABLE], "agencies": ["MLSP"]}
    ],
    "agencies": ["MLSP", "GPO (as agreed)"],
    "aliases": ["Comission on Human Rights under the President of RK"],
    "amendments": [_AMENDMENT],
    "corrections": [_CORRECTION],
    "deliverables": [_DELIVERABLE],
    "evidence": [_EVIDENCE],
    "points": ["development of proposals on Article 131 of the Criminal Code;"],
    "pursuant_to": [{"act": "Presidential Decree No. 597", "date": "2021-06-09"}],
    "sections": [_SECTION],
    "successors": [{"name": "Ministry of Education", "since": "2022-06"}],
    "updates": [_UPDATE],
}
_NEW_UPDATE = [
    {
        "label": "update",
        "description": "What became of the deliverable, with its evidence",
        "body": {
            "date": "${1:2024-07-05}",
            "status": "${2|" + ",".join(STATUS_MEANINGS) + "|}",
            "note": "${3:What happened, in a sentence or two.}",
            "evidence": [
                {
                    "url": "https://${4}",
                    "publisher": "${5}",
                    "kind": "${6|" + ",".join(EVIDENCE_MEANINGS) + "|}",
                    "bears_on": "${7|" + ",".join(BEARS_ON_MEANINGS) + "|}",
                    "accessed": "${8:2026-11-23}",
                }
            ],
        },
    }
]


def schemas(draft: Draft) -> dict[str, dict[str, Any]]:
    """Make the schema of each file, by the name of its schema's file; codes, marks and sections are the draft's."""
    agencies = {
        agency["code"]: agency.get("name") or ""
        for agency in draft.raw[PlanFile.AGENCIES].get("agencies") or ()
        if type(agency) is dict and agency.get("code")
    }
    sections = {
        section["id"]: section.get("title") or ""
        for section in draft.raw[PlanFile.ACTIVITIES].get("sections") or ()
        if type(section) is dict and section.get("id")
    }
    bodies = _schema(AgenciesFile)
    code = bodies["definitions"]["Agency"]["properties"]["code"]
    for key, value in (("type", _TEXT), ("title", "Code"), ("pattern", CODE)):
        code.pop(key, None)  # only some versions of pydantic tell the pattern
        code[key] = value
    bodies["properties"]["agencies"]["examples"] = [[{"code": "MLSP", "name": "Ministry of Labor"}]]
    return {
        "activities.schema.json": _of_activities(draft, agencies, sections),
        "agencies.schema.json": bodies,
    }


def written_schema(schema: Mapping[str, Any]) -> str:
    """Write a schema as the text of its file."""
    return dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _of_activities(draft: Draft, agencies: dict[str, str], sections: dict[str, str]) -> dict[str, Any]:
    """Make the schema of `activities.yaml`, with agencies and sections by their code or id."""
    plan = _schema(model_of(PlanFile.ACTIVITIES, draft.raw[PlanFile.ACTIVITIES]))
    definitions = plan["definitions"]
    activity, deliverable, section = (
        definitions[name]["properties"] for name in ("Activity", "Deliverable", "Section")
    )
    if agencies:
        definitions["Assignment"] = _assignment(agencies, _marks(draft), old=draft.is_format_1)
        for record in (activity, deliverable):
            if "agencies" in record:
                record["agencies"]["uniqueItems"] = True
                record["agencies"]["items"] = {"$ref": "#/definitions/Assignment"}
    if sections:
        activity["section"] |= _enum(sections)
        if "in" in section:
            section["in"] |= _enum(sections)
    deliverable["deadline"]["type"] = ["string", "integer"]
    deliverable["updates"]["defaultSnippets"] = [_NEW_UPDATE[0] | {"body": [_NEW_UPDATE[0]["body"]]}]
    definitions["Update"] |= {"defaultSnippets": _NEW_UPDATE, **_DELIVERED}
    definitions["Evidence"] |= _ACT
    return plan


def _marks(draft: Draft) -> dict[str, str]:
    """Give the marks that an agency of a plan can have behind it, each with what it means.

    They are those of `plan.roles`, and the marks of consent that are usual in its language or stand in it.
    """
    plan = draft.raw[PlanFile.ACTIVITIES].get("plan")
    plan = plan if type(plan) is dict else {}
    language = str(plan.get("language") or "en").partition("-")[0]
    text = draft.documents[PlanFile.ACTIVITIES].text
    usual = [mark for mark in AS_AGREED if mark in _USUAL.get(language, ()) or f"({mark})" in text]
    roles = {mark: str(role) for mark, role in (plan.get("roles") or {}).items() if mark}
    return dict.fromkeys(usual or AS_AGREED[:1], "taking part by consent") | roles


def _schema(model: type[Record]) -> dict[str, Any]:
    """Turn what pydantic makes of a model into draft-07 that reads well in an editor."""
    made = model.model_json_schema(by_alias=True)
    models = dict(models_in(model))
    for name, record in models.items():
        properties = (made if record is model else made["$defs"][name])["properties"]
        for key, field in record.model_fields.items():
            if NEWER in field.metadata:
                del properties[field.alias or key]
    plain: dict[str, Any] = _plain({"$schema": "http://json-schema.org/draft-07/schema#", **made})
    definitions = {
        name.removeprefix("Old"): definition
        for name, definition in plain.pop("$defs", {}).items()
        if name in models or "enum" in definition
    }
    plain["definitions"] = definitions = dict(sorted(definitions.items()))
    words = {name: definition for name, definition in definitions.items() if "enum" in definition}
    for record_schema in (plain, *definitions.values()):
        for key, value in record_schema.get("properties", {}).items():
            _describe(key, value, words)
        record_schema["description"] = " ".join(record_schema.get("description", "").replace("`", "").split())
    for name in words:
        del definitions[name]
    if "ReadWindow" in definitions:
        definitions["ReadWindow"] |= {"type": ["object", "string"], "pattern": "^none$"}
    return plain


def _plain(part: Any) -> Any:
    """Rename definitions, and leave out the alternatives and defaults that only the program needs."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return re.sub(r"^#/\$defs/(Old)?", "#/definitions/", part) if isinstance(part, str) else part
    # A title that is a text names a schema, and one that is a mapping is a property of that name.
    kept = {
        key: _plain(value)
        for key, value in part.items()
        if key not in ("default", "title") or isinstance(value, dict)
    }
    kept = _chosen(kept)
    if len(kept.get("allOf", ())) == 1:
        kept |= kept.pop("allOf")[0]
    if kept.get("type") == "string" and not kept.keys() & {"pattern", "enum"}:
        kept["type"] = _TEXT
    return kept


def _chosen(kept: dict[str, Any]) -> dict[str, Any]:
    """Say what a value may be without alternatives, of which editors make messages that nobody understands."""
    choices = [each for each in kept.pop("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        return dict(choices[0] | kept)
    # One text or several: said by types.
    return kept | {"type": [*_TEXT, "array"], "items": {"type": _TEXT}} if choices else kept


def _describe(key: str, field: dict[str, Any], words: Mapping[str, dict[str, Any]]) -> None:
    """Give a property a title, an example, and the words it may be, where it is found."""
    reference = field.pop("$ref", "").rpartition("/")[2]
    if reference in words:
        listed = {str(word): "" for word in words[reference]["enum"]}
        field |= _enum(listed | {str(word): text for word, text in _MEANINGS.get(reference, {}).items()})
    elif reference:
        # In draft-07 whatever stands beside a `$ref` is not read.
        field["allOf"] = [{"$ref": f"#/definitions/{reference}"}]
    values = field.get("additionalProperties")
    if isinstance(values, dict) and "$ref" in values:  # of words of the plan, each with one of ours
        meanings = _MEANINGS[values["$ref"].rpartition("/")[2]]
        field["additionalProperties"] = _enum({str(w): m for w, m in meanings.items() if w != "delivered"})
    field["title"] = key.replace("_", " ").capitalize()
    if key in ("url", "archive"):
        field |= _ADDRESS
    if field.get("pattern") == _DAY:
        field["format"] = "date"
    example = _LISTS[key] if field.get("type") == "array" else _EXAMPLES[key]
    field.setdefault("examples", [field.get("const", example)])


def _enum(meanings: Mapping[str, str]) -> dict[str, Any]:
    """Allow some words alone, each with its meaning; what is typed as a number is one for an editor."""
    numbers = {word: float(word) for word in meanings if _NUMBER.fullmatch(word)}
    words = [*meanings, *(int(n) if n.is_integer() else n for n in numbers.values())]
    listed: dict[str, Any] = {"type": ["string", "number"] if numbers else "string", "enum": words}
    told = [meanings[word] for word in (*meanings, *numbers)]
    if any(told):
        listed |= dict.fromkeys(("enumDescriptions", "markdownEnumDescriptions"), told)
    return listed


def _assignment(agencies: Mapping[str, str], marks: Mapping[str, str], *, old: bool) -> dict[str, Any]:
    """List each agency by itself, and with each mark that it can have behind it; or a record with its role."""
    entries = {}
    for code, name in agencies.items():
        entries[code] = name
        entries |= {f"{code} ({mark})": f"{name}, {meaning}" for mark, meaning in marks.items()}
    mark, *_ = marks
    listed = "; ".join(f"{code}: {name}" for code, name in agencies.items())
    about = {
        "title": "Agency",
        "description": f"A code, then ` ({mark})` where the plan says so. {listed}",
    }
    if old:
        return _enum(entries) | about
    texts = _enum(entries)
    types = texts.pop("type")
    roles = _enum({str(role): meaning for role, meaning in ROLE_MEANINGS.items()})
    return about | {
        "type": [*([types] if isinstance(types, str) else types), "object"],
        "if": {"not": {"type": "object"}},
        "then": texts,
        "properties": {
            "agency": _enum(agencies) | {"title": "Agency", "description": "Its code", "examples": ["MF"]},
            "role": roles | {"title": "Role", "description": "How it takes part", "examples": ["partner"]},
        },
        "required": ["agency", "role"],
        "additionalProperties": False,
    }
