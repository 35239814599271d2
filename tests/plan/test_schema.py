"""The JSON Schemas for editors: fresh, readable by old editors, and of one mind with the rules."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from followup_cli.glossary import PlanFile, Status
from followup_cli.plan.draft import Draft, from_texts, read_folder
from followup_cli.plan.editor_schema import schemas
from followup_cli.rules import check
from tests.conftest import ROOT, Followup
from tests.rules.test_mistakes import MORE, ORDINARY, PLAN, TEXTS, Slip, plant

EXAMPLE = Path(__file__).parents[1] / "example_plan"
NAMES = {PlanFile.ACTIVITIES: "activities.schema.json", PlanFile.AGENCIES: "agencies.schema.json"}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do (1.2 core): `no` and dates are texts, `2022` is a number."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("int", "float", "null")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for word in ("true", "false"):
    EditorLoader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), [word[0]]
    )


def complaints(draft: Draft, name: PlanFile, text: str) -> list[str]:
    schema = schemas(draft)[NAMES[name]]
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors(yaml.load(text, EditorLoader))]


def properties(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    records = {"": schema, **schema["definitions"]}
    return [
        (f"{name}.{key}", field)
        for name, r in records.items()
        for key, field in r.get("properties", {}).items()
    ]


def test_the_committed_schemas_are_fresh(followup: Followup) -> None:
    result = followup("schema", "--check", "--data", "data", "--output", "schema")

    assert (result.code, result.out) == (0, "")
    for name in NAMES.values():
        assert (
            json.loads((ROOT / "schema" / name).read_bytes())
            == schemas(from_texts(read_folder(ROOT / "data")))[name]
        )


def test_a_stale_schema_is_told_and_mended(followup: Followup, plan: Path) -> None:
    assert followup("schema", "--check", "--data", str(plan)).code == 1
    assert followup("schema", "--data", str(plan)).code == 0
    assert followup("schema", "--check", "--data", str(plan)).code == 0
    agencies = (plan / "agencies.yaml").read_text(encoding="utf-8")
    (plan / "agencies.yaml").write_text(agencies + "\n  - code: NEW\n    name: New body\n", encoding="utf-8")

    result = followup("schema", "--check", "--data", str(plan))

    assert result.code == 1
    assert "activities.schema.json is out of date" in result.err


@pytest.mark.parametrize("name", NAMES.values())
def test_a_schema_is_draft_07_that_old_editors_read(name: str) -> None:
    text = (ROOT / "schema" / name).read_text(encoding="utf-8")

    jsonschema.Draft7Validator.check_schema(json.loads(text))
    for newer in ("$defs", "prefixItems", "unevaluated", "dependentRequired", "anyOf", "oneOf"):
        assert newer not in text


@pytest.mark.parametrize("name", NAMES.values())
def test_every_property_explains_itself(name: str) -> None:
    schema = json.loads((ROOT / "schema" / name).read_text(encoding="utf-8"))

    for key, field in properties(schema):
        assert {"title", "description", "examples"} <= field.keys(), key
        record = {"definitions": schema["definitions"], "allOf": [field]}
        for example in field["examples"]:
            jsonschema.validate(example, record, cls=jsonschema.Draft7Validator)


def test_codes_and_statuses_come_with_their_meaning() -> None:
    definitions = json.loads((ROOT / "schema" / NAMES[PLAN]).read_text(encoding="utf-8"))["definitions"]
    agency, status = definitions["Assignment"], definitions["Update"]["properties"]["status"]

    texts = agency["then"]  # an agency may be a record with a role, too
    meanings = dict(zip(texts["enum"], texts["markdownEnumDescriptions"], strict=True))
    assert meanings["GPO (as agreed)"].startswith("General Prosecutor's Office")
    assert status["enum"] == [str(word) for word in Status]
    assert len(status["enumDescriptions"]) == len(status["enum"])


def test_a_snippet_writes_a_new_update() -> None:
    update = json.loads((ROOT / "schema" / NAMES[PLAN]).read_text(encoding="utf-8"))["definitions"]["Update"]
    (snippet,) = update["defaultSnippets"]

    assert set(snippet["body"]) <= set(update["properties"])
    assert set(snippet["body"]["evidence"][0]) <= {"url", "publisher", "kind", "bears_on", "accessed"}


@pytest.mark.parametrize("folder", [ROOT / "data", EXAMPLE], ids=["plan", "example"])
def test_what_the_rules_accept_the_schemas_accept(folder: Path) -> None:
    draft = from_texts(read_folder(folder))

    assert check(draft) == []
    for name in PlanFile:
        assert complaints(draft, name, (folder / name.value).read_text(encoding="utf-8")) == []


DELIVERED = "        updates:\n          - date: 2023-01-01\n            status: delivered\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("deadline: August 2022\n", f"deadline: August 2022\n{DELIVERED}"),
        ("bears_on: deliverable", "bears_on: result"),
        ("url: https://adilet", "url: https//adilet"),
        ("url: https://adilet", "url: ftp://adilet"),
        ("url: https://adilet", "url: adilet"),
        ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIPD, MLSP]"),
    ],
)
def test_what_an_entry_lacks_is_underlined(old: str, new: str) -> None:
    assert old in TEXTS[PLAN]

    assert complaints(from_texts(TEXTS), PLAN, TEXTS[PLAN].replace(old, new))


def test_a_delivery_that_was_retracted_needs_no_evidence() -> None:
    retracted = f"{DELIVERED}            retracted: {{date: 2024-01-02, note: It was not.}}\n"
    text = TEXTS[PLAN].replace("deadline: August 2022\n", f"deadline: August 2022\n{retracted}")

    assert complaints(from_texts(TEXTS), PLAN, text) == []


# What a schema cannot know: it takes meaning, order, or a second look at the file.
BEYOND = {
    "FU104",
    "FU111",
    "FU112",
    "FU113",
    "FU206",
    "FU207",
    "FU208",
    "FU210",
    "FU303",
    "FU401",
    "FU402",
    "FU502",
}


@pytest.mark.parametrize("slip", [s for s in (*ORDINARY, *MORE) if s.code not in ("FU103", "FU105")], ids=str)
def test_the_schema_finds_what_a_schema_can_find(slip: Slip) -> None:
    text, _ = plant(TEXTS[PLAN], slip)

    found = complaints(from_texts(TEXTS), PLAN, text)

    assert bool(found) == (slip.code not in BEYOND)


def test_vscode_knows_which_schema_is_for_which_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    for schema, file in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        first = (ROOT / file).read_text(encoding="utf-8").split("\n")[0]
        assert first == f"# yaml-language-server: $schema=../{schema.removeprefix('./')}"
    assert json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
