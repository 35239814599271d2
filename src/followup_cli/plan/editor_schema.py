"""JSON Schemas of the two files, for editors: completion, hover texts, and the commonest mistakes.

They are made from the models, as draft-07 with nothing that older editors stumble over. The rules know
more: a file that the rules accept is accepted here, not the other way round.
"""

from collections.abc import Mapping
from typing import Any

from followup_cli.glossary import (
    BEARS_ON_MEANINGS,
    EVIDENCE_MEANINGS,
    LANGUAGE_NAMES,
    STATUS_MEANINGS,
    PlanFile,
)
from followup_cli.plan.draft import Draft
from followup_cli.plan.records import ActivitiesFile, AgenciesFile
from followup_cli.plan.values import AS_AGREED, CODE

_MEANINGS: dict[str, Mapping[Any, str]] = {
    "Status": STATUS_MEANINGS,
    "EvidenceKind": EVIDENCE_MEANINGS,
    "BearsOn": BEARS_ON_MEANINGS,
    "Language": LANGUAGE_NAMES,
}
# What an editor takes for a number or a truth value is text to us: `2022`, `1.0`, `no`.
_TEXT = ["string", "number", "boolean"]
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
_EXAMPLES: dict[str, Any] = {
    "accessed": "2026-11-23",
    "act": "Law No. 110-VIII",
    "activities": 27,
    "adopted": "2022-04-28",
    "archive": f"https://web.archive.org/web/2024/{_LAW}",
    "bears_on": "deliverable",
    "code": "MLSP",
    "country": "KZ",
    "date": "2024-07-05",
    "deadline": "By the end of 2022",
    "deliverables": 29,
    "expect": {"activities": 27, "sections": 8},
    "field": "title",
    "id": "kz-2022-258",
    "kind": "act",
    "language": "en",
    "licence": "CC-BY-4.0",
    "listed": False,
    "name": "Ministry of Justice of the Republic of Kazakhstan",
    "note": "The draft law was published for discussion.",
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
    "quote": "The law comes into force sixty days after its publication.",
    "schema": 1,
    "section": "VI",
    "sections": 8,
    "since": "2022-06",
    "source": _SOURCE,
    "status": "in-progress",
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
    """Make the schema of each file, by the name of its schema's file; codes and sections are the draft's."""
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
    plan = _schema(ActivitiesFile.model_json_schema(by_alias=True))
    definitions = plan["definitions"]
    activity = definitions["Activity"]["properties"]
    if agencies:
        definitions["Assignment"] = _assignment(agencies)
        activity["agencies"]["items"] = {"$ref": "#/definitions/Assignment"}
    if sections:
        activity["section"] |= _enum(sections)
    definitions["Deliverable"]["properties"]["deadline"]["type"] = ["string", "integer"]
    definitions["Deliverable"]["properties"]["updates"]["defaultSnippets"] = [
        _NEW_UPDATE[0] | {"body": [_NEW_UPDATE[0]["body"]]}
    ]
    definitions["Update"]["defaultSnippets"] = _NEW_UPDATE
    bodies = _schema(AgenciesFile.model_json_schema(by_alias=True))
    code = bodies["definitions"]["Agency"]["properties"]["code"]
    for key, value in (("type", _TEXT), ("title", "Code"), ("pattern", CODE)):
        code.pop(key, None)  # only some versions of pydantic tell the pattern
        code[key] = value
    bodies["properties"]["agencies"]["examples"] = [[{"code": "MLSP", "name": "Ministry of Labor"}]]
    return {"activities.schema.json": plan, "agencies.schema.json": bodies}


def _schema(made: dict[str, Any]) -> dict[str, Any]:
    """Turn what pydantic makes into draft-07 that reads well in an editor."""
    whole = {"$schema": "http://json-schema.org/draft-07/schema#", **made}
    plain: dict[str, Any] = _plain(whole)
    definitions = plain["definitions"] = plain.pop("$defs", {})
    words = {name: definition for name, definition in definitions.items() if "enum" in definition}
    for record in (plain, *definitions.values()):
        for key, field in record.get("properties", {}).items():
            _describe(key, field, words)
        record["description"] = " ".join(record.get("description", "").replace("`", "").split())
    for name in words:
        del definitions[name]
    return plain


def _plain(part: Any) -> Any:
    """Rename definitions, and leave out the alternatives and defaults that only the program needs."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part.replace("#/$defs/", "#/definitions/") if isinstance(part, str) else part
    # A title that is a text names a schema, and one that is a mapping is a property of that name.
    kept = {
        key: _plain(value)
        for key, value in part.items()
        if key not in ("default", "title") or isinstance(value, dict)
    }
    choices = [each for each in kept.pop("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        kept = choices[0] | kept
    elif choices:
        # One text or several: said by types, since alternatives make messages that nobody understands.
        kept |= {"type": [*_TEXT, "array"], "items": {"type": _TEXT}}
    if "allOf" in kept and len(kept["allOf"]) == 1:
        kept |= kept.pop("allOf")[0]
    if kept.get("type") == "string" and "pattern" not in kept and "enum" not in kept:
        kept["type"] = _TEXT
    return kept


def _describe(key: str, field: dict[str, Any], words: Mapping[str, dict[str, Any]]) -> None:
    """Give a property a title, an example, and the words it may be, where it is found."""
    reference = field.pop("$ref", "").rpartition("/")[2]
    if reference in words:
        listed = {str(word): "" for word in words[reference]["enum"]}
        field |= _enum(listed | {str(word): text for word, text in _MEANINGS.get(reference, {}).items()})
    elif reference:
        # In draft-07 whatever stands beside a `$ref` is not read.
        field["allOf"] = [{"$ref": f"#/definitions/{reference}"}]
    field["title"] = key.replace("_", " ").capitalize()
    if field.get("pattern", "").startswith("^[0-9]{4}"):
        field["format"] = "date"
    example = _LISTS[key] if field.get("type") == "array" else _EXAMPLES[key]
    field.setdefault("examples", [example])


def _enum(meanings: Mapping[str, str]) -> dict[str, Any]:
    listed: dict[str, Any] = {"type": "string", "enum": list(meanings)}
    if any(meanings.values()):
        listed |= {key: list(meanings.values()) for key in ("enumDescriptions", "markdownEnumDescriptions")}
    return listed


def _assignment(agencies: Mapping[str, str]) -> dict[str, Any]:
    """List each agency by itself, as one in charge, and with the mark that it takes part by consent."""
    mark = AS_AGREED[0]
    entries = {}
    for code, name in agencies.items():
        entries[code] = name
        entries[f"{code} ({mark})"] = f"{name}, taking part by consent"
    listed = "; ".join(f"{code}: {name}" for code, name in agencies.items())
    return _enum(entries) | {
        "title": "Agency",
        "description": f"A code, then ` ({mark})` where the plan says so. {listed}",
    }
