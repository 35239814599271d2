"""`validate` as people and machines use it: streams, exit codes, formats, choice, mending, revisions."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from followup_cli.findings import Finding, Position, Review, Severity
from followup_cli.formats import Screen
from followup_cli.formats.findings import FINDING_FORMATS, render_review
from followup_cli.formats.terminal import width
from followup_cli.glossary import PlanFile
from followup_cli.rules import RULES, facts
from tests.conftest import Followup
from tests.rules.test_mistakes import ORDINARY, PLAN, TEXTS, plant

NASTY = '::error::x%0A\n##[error]y | <b>z</b> @team `code` [l](http://e.vil) \x1b[31mred\u202e "q" & ]]>'


@pytest.fixture
def broken(plan: Path) -> Path:
    """A copy of the plan with all ordinary mistakes in it."""
    text = TEXTS[PLAN]
    for slip in sorted(ORDINARY, key=lambda slip: int(slip.where), reverse=True):
        text, _ = plant(text, slip)
    (plan / PLAN.value).write_text(text, encoding="utf-8")
    return plan


def change(folder: Path, old: str, new: str, file: PlanFile = PLAN) -> None:
    text = (folder / file.value).read_text(encoding="utf-8")
    assert old in text
    (folder / file.value).write_text(text.replace(old, new, 1), encoding="utf-8")


def a_review(*messages: str, severity: Severity = Severity.ERROR, file: str = "data/a.yaml") -> Review:
    """Make a review as hostile data could make it."""
    findings = tuple(
        Finding(
            "FU301", "unknown-agency", severity, file, Position(n + 1, 2, n + 1, 5), message, "mend, it: 100%"
        )
        for n, message in enumerate(messages)
    )
    return Review(findings, {file: "abcdef\n" * len(messages)}, "1 activity", facts(RULES), "1.0")


# -- for people ---------------------------------------------------------------------------------------


def test_success_says_what_was_checked(followup: Followup) -> None:
    result = followup("validate", "--data", "data")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(
        "OK: 0 errors, 0 warnings in 27 activities, 8 sections, 29 deliverables, 28 agencies"
    )


def test_a_mistake_is_shown_at_its_place_with_a_caret_and_the_remedy(followup: Followup, plan: Path) -> None:
    change(plan, "[MLSP, MIPD, MJ]", "[MLSP, MIPD, МJ]")

    result = followup("validate", cwd=plan.parent)

    assert result.code == 1
    place, line, caret, hint, *_ = result.out.split("\n")
    assert re.match(
        r"data/activities\.yaml:[0-9]+:28 FU301 unknown agency `МJ`: the first letter is Cyrillic М", place
    )
    assert line.endswith("|     agencies: [MLSP, MIPD, МJ]")
    assert caret.index("^") == line.index("МJ")
    assert caret.count("^") == 2
    assert hint == "  hint: write `MJ` with Latin letters"


@pytest.mark.parametrize("before", ["Жоспар", "計画の表", "план 🙂", "e\u0301a\u0301"])
def test_the_caret_stands_under_what_is_meant_however_wide_the_letters_are(before: str) -> None:
    line = f"{before} bad"
    place = Position(1, len(before) + 2, 1, len(line) + 1)
    finding = Finding("FU301", "n", Severity.ERROR, "f", place, "m")

    shown = render_review(Review((finding,), {"f": line}, "", (), ""), "text").split("\n")

    assert width(shown[1][: shown[1].index("bad")]) == shown[2].index("^")
    assert shown[2].count("^") == 3


def test_a_long_line_is_shown_around_the_mistake() -> None:
    line = "x" * 500 + "BAD" + "y" * 500
    finding = Finding("FU301", "n", Severity.ERROR, "f", Position(1, 501, 1, 504), "m")

    shown = render_review(Review((finding,), {"f": line}, "", (), ""), "text", Screen(width=60)).split("\n")

    assert max(map(width, shown[:3])) <= 62
    assert shown[2].index("^") == shown[1].index("BAD")


def test_many_mistakes_are_shown_one_a_line_and_the_rest_is_counted() -> None:
    eleven, hundred = (render_review(a_review(*["wrong"] * n), "text").split("\n") for n in (11, 100))

    assert len(eleven) == 11 + 1 + 1
    assert eleven[0] == "data/a.yaml:1:2 FU301 wrong - mend, it: 100%"
    assert len(hundred) == 50 + 2 + 1
    assert "and 50 more" in hundred[50]
    assert len(json.loads(render_review(a_review(*["wrong"] * 100), "json"))) == 100


def test_nothing_in_the_data_reaches_the_terminal_as_a_control_character() -> None:
    for count in (1, 20):
        shown = render_review(a_review(*[NASTY] * count, file="data/\x1b[2Ja.yaml"), "text")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    huge = render_review(a_review("x" * 1_000_000), "text")
    assert len(huge) < 5_000


def test_colours_are_for_terminals_only(followup: Followup, broken: Path) -> None:
    assert "\x1b[" not in followup("validate", "--data", str(broken)).out
    assert "\x1b[" in followup("validate", "--data", str(broken), terminal=100).out


# -- exit codes and choice ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "errors", "warnings"),
    [((), 1, 0), (("error",), 1, 0), (("warning",), 1, 1), (("never",), 0, 0)],
)
def test_fail_on(followup: Followup, plan: Path, level: tuple[str, ...], errors: int, warnings: int) -> None:
    option = ("--fail-on", *level) if level else ()
    change(plan, "First half of 2022", "First half of 2021")
    assert followup("validate", "--data", str(plan), *option).code == warnings
    change(plan, "section: IV\n", "section: IX\n")
    assert followup("validate", "--data", str(plan), *option).code == errors


@pytest.mark.parametrize(
    ("args", "codes"),
    [
        (("--select", "FU302"), {"FU302"}),
        (("--select", "fu30"), {"FU301", "FU302", "FU303", "FU304", "FU306"}),
        (("--select", "FU4", "--select", "unknown-key"), {"FU201", "FU401", "FU402"}),
        (
            ("--select", "FU3,FU4", "--ignore", "FU301,reversed-deadline"),
            {"FU302", "FU303", "FU304", "FU306", "FU401"},
        ),
        (("--ignore", "FU"), set()),
    ],
)
def test_rules_are_chosen_by_code_prefix_or_name(
    followup: Followup, broken: Path, args: tuple[str, ...], codes: set[str]
) -> None:
    result = followup("validate", "--data", str(broken), "--format", "json", *args)

    assert {finding["code"] for finding in json.loads(result.out)} == codes
    assert result.code == (1 if codes else 0)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--select", "FU999"), "there is no rule `FU999`"),
        (("--ignore", "unknwon-agency"), "did you mean `unknown-agency`?"),
        (("--fail-on", "errors"), "the levels are error, warning, never"),
        (("--format", "sariff"), "did you mean `sarif`?"),
        (("--output", "jnuit:x.xml"), "did you mean `junit`?"),
        (("--output", "findings.pdf"), "means no format"),
        (("--output", "sarif:"), "names no file"),
        (("--since", "nowhere"), "nowhere"),
        (("nowhere",), "nowhere"),
        (("-", "--fix"), "cannot be mended"),
        (("-", "--stdin-filename", "plan.yaml"), "`activities.yaml` or `agencies.yaml`"),
    ],
)
def test_a_request_that_cannot_be_met_is_one_sentence(
    followup: Followup, args: tuple[str, ...], said: str
) -> None:
    result = followup("validate", *args)

    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.strip().split("\n")) <= 2


def test_a_folder_a_file_or_the_data_folder_may_be_named(followup: Followup, plan: Path) -> None:
    for what in (plan, plan.parent, plan / "agencies.yaml"):
        assert followup("validate", str(what)).code == 0


# -- standard input -----------------------------------------------------------------------------------


def test_an_editor_may_hand_in_a_text_that_is_not_saved(followup: Followup, plan: Path) -> None:
    text = TEXTS[PLAN].replace("section: IV\n", "section: IX\n")

    result = followup("validate", "-", "--data", str(plan), "--format", "json", stdin=text)

    assert [finding["code"] for finding in json.loads(result.out)] == ["FU302"]


def test_the_other_file_too(followup: Followup, plan: Path) -> None:
    text = TEXTS[PlanFile.AGENCIES] + "\n  - code: NEW\n    name: New body\n"

    result = followup(
        "validate", "-", "--stdin-filename", str(plan / "agencies.yaml"), "-f", "json", stdin=text
    )

    (finding,) = json.loads(result.out)
    assert (finding["code"], Path(finding["file"]).name) == ("FU305", "agencies.yaml")


def test_standard_input_that_is_not_text_is_a_finding(followup: Followup) -> None:
    result = followup("validate", "-", "--select", "FU1", stdin=b"\xff\xfea\x00")

    assert result.code == 1
    assert "UTF-16" in result.out


# -- for machines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FINDING_FORMATS)
def test_no_format_is_without_an_answer_to_no_findings(followup: Followup, name: str) -> None:
    result = followup("validate", "--data", "data", "--format", name)

    assert (result.code, result.err) == (0, "")
    if name in ("json", "gitlab"):
        assert json.loads(result.out) == []


@pytest.mark.parametrize("name", FINDING_FORMATS)
def test_every_format_is_the_same_on_every_day_and_machine(
    followup: Followup, broken: Path, name: str
) -> None:
    first, second = (followup("validate", "--data", str(broken), "--format", name) for _ in range(2))

    assert first == second
    assert first.code == 1


def test_json(followup: Followup, broken: Path) -> None:
    findings = json.loads(followup("validate", "--format", "json", cwd=broken.parent).out)

    assert len(findings) == len(ORDINARY)
    keys = ["code", "name", "severity", "message", "hint", "file", "line", "column", "end_line", "end_column"]
    assert all(list(finding) == keys for finding in findings)
    agency = next(finding for finding in findings if finding["code"] == "FU301")
    line = (broken / "activities.yaml").read_text(encoding="utf-8").split("\n")[agency["line"] - 1]
    assert line[agency["column"] - 1 : agency["end_column"] - 1] == "MLPS"
    places = [(finding["file"], finding["line"], finding["column"]) for finding in findings]
    assert places == sorted(places)


COMMAND = re.compile(r"^::(error|warning|notice)(?: ([^:]*))?::(.*)$")


def unescape(text: str) -> str:
    for code, letter in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, letter)
    return text


def annotations(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does."""
    found = []
    for line in text.split("\n"):
        if match := COMMAND.match(line):
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if pair)
            found.append((match[1], {name: unescape(value) for name, value in pairs}, unescape(match[3])))
    return found


def test_github_annotations_are_read_back_whole() -> None:
    review = a_review(NASTY, file="data/a,b:c%.yaml")

    ((level, properties, message),) = annotations(render_review(review, "github"))

    assert level == "error"
    assert properties == {
        "file": "data/a,b:c%.yaml", "line": "1", "col": "2", "endColumn": "4", "title": "FU301 unknown-agency",
    }  # fmt: skip
    assert message == f"{NASTY}\nmend, it: 100%"
    assert render_review(review, "github").count("\n") == 1


def test_github_is_given_no_more_than_it_keeps() -> None:
    few = annotations(render_review(a_review(*["wrong"] * 10), "github"))
    many = annotations(render_review(a_review(*["wrong"] * 25), "github"))
    warnings = annotations(render_review(a_review(*["odd"] * 25, severity=Severity.WARNING), "github"))

    assert len(few) == len(many) == len(warnings) == 10
    assert many[-1][2] == "16 more errors; see the summary of the job"
    assert {level for level, _, _ in warnings} == {"warning"}


def test_github_is_given_columns_only_on_one_line() -> None:
    finding = Finding("FU301", "n", Severity.ERROR, "f", Position(1, 2, 3, 4), "m")

    ((_, properties, _),) = annotations(render_review(Review((finding,), {}, "", (), ""), "github"))

    assert (properties["line"], properties["endLine"]) == ("1", "3")
    assert not {"col", "endColumn"} & properties.keys()


def test_in_github_actions_annotations_and_a_summary_come_without_being_asked(
    followup: Followup, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("# before\n", encoding="utf-8")

    result = followup("validate", cwd=broken.parent)

    levels = [each[0] for each in annotations(result.out)]
    assert (levels.count("error"), levels.count("warning")) == (10, 5)  # as many as are shown of each
    stop, token = re.match(r"::(stop-commands)::(\S+)\n", result.out).groups()  # type: ignore[union-attr]
    readable, _, commands = result.out.partition(f"\n::{token}::\n")
    assert stop
    assert "data/activities.yaml:" in readable
    assert all(line.startswith(("::error ", "::warning ")) for line in commands.strip().split("\n"))
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# before\n### followup validate: 11 errors, 5 warnings\n")
    assert summary.count("\n| data/activities.yaml:") == 16


def test_a_summary_never_grows_beyond_what_github_takes() -> None:
    text = render_review(a_review(*["x" * 5_000] * 1_000), "markdown")

    assert len(text.encode()) < 1024 * 1024
    assert re.search(r"… and [0-9]+ more", text)


def test_paths_are_told_from_the_root_of_the_repository(followup: Followup, broken: Path) -> None:
    (broken.parent / ".git").mkdir()

    for name in ("github", "gitlab", "sarif"):
        result = followup("validate", "--format", name, "--data", ".", cwd=broken)
        assert "data/activities.yaml" in result.out
        assert str(broken) not in result.out


CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_gitlab_code_quality(followup: Followup, broken: Path) -> None:
    report = json.loads(followup("validate", "--format", "gitlab", cwd=broken.parent).out)

    jsonschema.validate(report, CODE_QUALITY)
    assert len({each["fingerprint"] for each in report}) == len(report) == len(ORDINARY)


def test_a_fingerprint_stays_while_the_line_moves(followup: Followup, broken: Path) -> None:
    first = json.loads(followup("validate", "--format", "gitlab", cwd=broken.parent).out)
    change(broken, "schema: 2\n", "# a comment\n# and another\nschema: 2\n")
    second = json.loads(followup("validate", "--format", "gitlab", cwd=broken.parent).out)

    assert [each["fingerprint"] for each in first] == [each["fingerprint"] for each in second]
    assert first != second


TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
POSITIVE = {"type": "integer", "minimum": 1}
# The part of the SARIF 2.1.0 schema that we use, each object closed as it is there.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {"type": "array", "items": {"$ref": "#/definitions/run"}},
    },
    "definitions": {
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"$ref": "#/definitions/driver"}}},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "originalUriBaseIds": {"type": "object"},
                "results": {"type": "array", "items": {"$ref": "#/definitions/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"},
                "version": {"type": "string"},
                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/definitions/rule"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": TEXT,
                "fullDescription": TEXT,
                "help": TEXT,
                "defaultConfiguration": {"properties": {"level": {"enum": ["none", "note", "warning", "error"]}}},
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": TEXT,
                "locations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["physicalLocation"],
                        "properties": {
                            "physicalLocation": {
                                "properties": {
                                    "artifactLocation": {"properties": {"uri": {"type": "string", "format": "uri-reference"}}},
                                    "region": {
                                        "additionalProperties": False,
                                        "properties": dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), POSITIVE),
                                    },
                                }
                            }
                        },
                    },
                },
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        },
    },
}  # fmt: skip


def test_sarif_names_a_folder_that_is_not_utf_8(followup: Followup, broken: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"d\xff")
    try:
        shutil.copytree(broken, odd)
    except OSError:
        pytest.skip("this file system takes no such name")

    result = followup("validate", "--data", str(odd), "--format", "sarif")

    assert result.code == 1
    assert "d%FF/activities.yaml" in result.out


def test_sarif(followup: Followup, broken: Path) -> None:
    log: dict[str, Any] = json.loads(followup("validate", "--format", "sarif", cwd=broken.parent).out)

    jsonschema.validate(log, SARIF, cls=jsonschema.Draft7Validator)
    (run,) = log["runs"]
    assert len(run["results"]) == len(ORDINARY)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": "data/activities.yaml", "uriBaseId": "ROOT"}
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]
    jsonschema.validate(json.loads(render_review(a_review(NASTY, file="a b%.yaml"), "sarif")), SARIF)


def test_junit(followup: Followup, broken: Path) -> None:
    root = ET.fromstring(followup("validate", "--format", "junit", cwd=broken.parent).out)

    cases = root.findall("testsuite/testcase")
    failed = [case for case in cases if case.find("failure") is not None]
    assert len(cases) == len(RULES) == int(root.attrib["tests"])
    errors = [slip.code for slip in ORDINARY if slip.code not in ("FU401", "FU402")]
    assert len(failed) == len(set(errors)) == int(root.attrib["failures"])
    assert sum(len((case.findtext("failure") or "").split("\n")) for case in failed) == len(errors)


def test_junit_holds_whatever_the_data_holds() -> None:
    root = ET.fromstring(render_review(a_review(NASTY, "\x00\ufffe\ud800"), "junit"))

    assert "::error::x%0A" in (root.findtext(".//failure") or "")


def test_warnings_fail_no_test_case() -> None:
    root = ET.fromstring(render_review(a_review("odd", severity=Severity.WARNING), "junit"))

    assert root.find(".//failure") is None
    assert "odd" in (root.findtext(".//system-out") or "")


def test_markdown_shows_text_as_text() -> None:
    text = render_review(a_review(NASTY), "markdown")

    (row,) = [line for line in text.split("\n") if line.startswith("| data/")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "<b>" not in row
    assert "@team" not in row
    assert "](http://" not in row


def test_several_reports_at_once(followup: Followup, broken: Path, tmp_path: Path) -> None:
    outputs = [f"sarif:{tmp_path / 'a.sarif'}", str(tmp_path / "b.xml"), f"gitlab:{tmp_path / 'c.json'}"]

    result = followup(
        "validate", "--data", str(broken), *(part for each in outputs for part in ("--output", each))
    )

    assert "11 errors, 5 warnings" in result.out
    assert json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert ET.parse(tmp_path / "b.xml").getroot().tag == "testsuites"
    assert len(json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))) == 16


def test_a_report_never_takes_the_place_of_the_data(followup: Followup, broken: Path) -> None:
    before = (broken / "activities.yaml").read_bytes()

    result = followup("validate", "--data", str(broken), "--output", f"text:{broken / 'activities.yaml'}")

    assert result.code == 2
    assert (broken / "activities.yaml").read_bytes() == before


# -- mending ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", [b"\n", b"\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_fix_changes_the_bytes_it_must_and_no_other(
    followup: Followup, broken: Path, style: bytes, mark: bytes
) -> None:
    path = broken / "activities.yaml"
    before = mark + path.read_bytes().replace(b"\n", style)
    path.write_bytes(before)

    result = followup("validate", "--data", str(broken), "--fix")

    after = (
        before.replace("МJ]".encode(), b"MJ]").replace(b"dedline", b"deadline").replace(b"aggreed", b"agreed")
    )
    assert path.read_bytes() == after
    assert "mended 3 of 16 findings" in result.err
    assert "-        dedline: August 2022\n+        deadline: August 2022\n" in result.out
    assert "found: 8 errors, 5 warnings" in result.out
    assert result.code == 1


def test_diff_shows_the_same_and_writes_nothing(followup: Followup, broken: Path) -> None:
    before = (broken / "activities.yaml").read_bytes()

    result = followup("validate", "--data", str(broken), "--diff")

    assert "+        deadline: August 2022\n" in result.out
    assert "found: 11 errors, 5 warnings" in result.out
    assert (broken / "activities.yaml").read_bytes() == before


def test_the_diff_can_be_applied(followup: Followup, broken: Path) -> None:
    diff = followup("validate", "--diff", "--select", "FU301,FU201,FU306", cwd=broken.parent).out
    patch = diff[: diff.index("\ndata/activities.yaml:") + 1]

    done = subprocess.run(["patch", "-p1"], cwd=broken.parent, input=patch.encode(), capture_output=True)

    assert done.returncode == 0, done.stdout
    assert b"dedline" not in (broken / "activities.yaml").read_bytes()


def test_machines_get_the_findings_alone(followup: Followup, broken: Path) -> None:
    result = followup("validate", "--data", str(broken), "--diff", "--format", "json")

    assert len(json.loads(result.out)) == 16
    assert "+        deadline: August 2022\n" in result.err


def test_where_nothing_is_sure_nothing_is_written(followup: Followup, plan: Path) -> None:
    change(plan, "MLSP, MIA", "MLPS, MIA")
    before = (plan / "activities.yaml").read_bytes()

    result = followup("validate", "--data", str(plan), "--fix")

    assert result.code == 1
    assert "nothing to mend" in result.err
    assert (plan / "activities.yaml").read_bytes() == before


# -- what a branch brought in -------------------------------------------------------------------------


def git(folder: Path, *args: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(broken: Path) -> Path:
    """A repository whose first commit has all ordinary mistakes."""
    root = broken.parent
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "data")
    git(root, "commit", "-q", "-m", "first")
    return root


def test_since_shows_only_what_came_in(followup: Followup, repository: Path) -> None:
    assert followup("validate", "--since", "main", cwd=repository).code == 0
    git(repository, "checkout", "-q", "-b", "branch")
    change(repository / "data", "schema: 2\n", "\n\n\nschema: 2\n")
    change(repository / "data", "- outcome: Government Resolution", "- outcme: Government Resolution")
    git(repository, "commit", "-q", "-a", "-m", "second")

    result = followup("validate", "--since", "main", "--format", "json", cwd=repository)

    assert [finding["code"] for finding in json.loads(result.out)] == ["FU201"]
    assert result.code == 1


def test_since_compares_with_where_the_branch_began(followup: Followup, repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "branch")
    change(repository / "data", "- outcome: Government Resolution", "- outcme: Government Resolution")
    git(repository, "commit", "-q", "-a", "-m", "on the branch")
    git(repository, "checkout", "-q", "main")
    change(repository / "data", "dedline", "deadline")
    git(repository, "commit", "-q", "-a", "-m", "mended on main")
    git(repository, "checkout", "-q", "branch")

    result = followup("validate", "--since", "main", "--format", "json", cwd=repository)

    assert [finding["code"] for finding in json.loads(result.out)] == ["FU201"]


def test_the_same_mistake_once_more_is_new(followup: Followup, repository: Path) -> None:
    change(repository / "data", "[MIPD, MIPD]", "[MIPD, MIPD, MIPD]")

    result = followup("validate", "--since", "HEAD", "--format", "json", cwd=repository)

    assert [finding["code"] for finding in json.loads(result.out)] == ["FU304"]


def test_all_is_new_where_there_was_no_dataset(followup: Followup, broken: Path) -> None:
    root = broken.parent
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-q", "--allow-empty", "-m", "empty")

    assert "11 errors" in followup("validate", "--since", "HEAD", cwd=root).out


def test_since_without_a_repository_is_refused(followup: Followup, broken: Path) -> None:
    result = followup("validate", "--since", "HEAD", cwd=broken.parent)

    assert result.code == 2
    assert "Traceback" not in result.err


def test_a_mistake_in_the_earlier_state_does_not_let_a_deadline_move_unsaid(
    followup: Followup, plan: Path
) -> None:
    file = plan / "activities.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("status: in-progress", "status: in-progres"), encoding="utf-8")
    identity = ("-c", "user.name=An editor", "-c", "user.email=editor@example.org")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "a slip"]):
        subprocess.run(["git", *identity, *command], cwd=plan, check=True)
    file.write_text(good.replace("deadline: August 2022", "deadline: August 2029"), encoding="utf-8")

    result = followup("validate", "--since", "HEAD", "--data", str(plan))

    assert result.code == 1
    assert "FU601" in result.out


def named_paths(followup: Followup, cwd: Path, data: str) -> set[str]:
    """Give the paths of the data that the formats for machines name."""
    paths = set()
    for kind in ("github", "sarif", "gitlab", "junit"):
        result = followup("validate", "--data", data, "--format", kind, cwd=cwd)
        assert result.code == 1
        paths |= set(re.findall(r"[^\s\":=,>]*activities\.yaml", result.out))
    return paths


@pytest.mark.parametrize(
    ("cwd", "data"),
    [
        (".", "sub/data"),
        ("sub", "data"),
        ("sub/data", "."),
        ("sub/data", "../data"),
        ("elsewhere", "../sub/data"),
        ("elsewhere", "/sub/data"),
        ("..", "top/sub/data"),
        ("../..", "below/top/sub/data"),
        ("elsewhere", "linked"),
    ],
)
@pytest.mark.parametrize("layout", ["repository", "working tree"])
def test_machines_are_given_paths_from_the_repository_s_root(
    followup: Followup, broken: Path, tmp_path: Path, layout: str, cwd: str, data: str
) -> None:
    top = tmp_path / "below" / "top"
    (top / "elsewhere").mkdir(parents=True)
    broken.rename(top.parent / "data")
    (top / "sub").mkdir()
    (top.parent / "data").rename(top / "sub" / "data")
    (top / "elsewhere" / "linked").symlink_to("../sub/data")
    if layout == "repository":
        git(top, "init", "-q")
    else:
        (top / ".git").write_text("gitdir: ../elsewhere")

    given = f"{top}{data}" if data.startswith("/") else data
    assert named_paths(followup, top / cwd, given) == {"sub/data/activities.yaml"}


@pytest.mark.parametrize(
    ("cwd", "data", "path"),
    [
        (".", "data", "data/activities.yaml"),
        ("..", "plain/data", "plain/data/activities.yaml"),
        ("data", ".", "activities.yaml"),
        ("elsewhere", "../data", "data/activities.yaml"),
    ],
)
def test_without_a_repository_they_are_given_from_here(
    followup: Followup, broken: Path, tmp_path: Path, cwd: str, data: str, path: str
) -> None:
    plain = tmp_path / "plain"
    (plain / "elsewhere").mkdir(parents=True)
    broken.rename(plain / "data")

    assert named_paths(followup, plain / cwd, data) == {path}
