"""What others put into their pipelines: the action, the workflows, the GitLab template, the hooks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, Followup

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "ci" / "gitlab.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps_of(path: Path) -> list[dict[str, Any]]:
    content = load(path)
    jobs = content["jobs"].values() if "jobs" in content else [content["runs"]]
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", WORKFLOWS), ("github-actions", [ACTION]), ("gitlab-ci", [GITLAB])],
)
def test_the_published_schemas_accept_them(schema: str, paths: list[Path]) -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    if not checker.exists():
        pytest.skip("check-jsonschema is not installed")

    done = subprocess.run(
        [checker, "--builtin-schema", f"vendor.{schema}", *paths], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.name)
def test_nothing_from_outside_is_pasted_into_a_shell(path: Path) -> None:
    for step in steps_of(path):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_strangers_pull_request_gets_no_more_than_reading(path: Path) -> None:
    workflow = load(path)
    triggers = workflow[True]  # YAML 1.1 takes `on` for a truth value

    assert "pull_request_target" not in triggers
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        if any(level == "write" for level in job.get("permissions", {}).values()):
            assert "head.repo.full_name == github.repository" in job["if"], name
            assert not any("uses" in step for step in job["steps"]), "it runs nothing of the branch"
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False


def test_the_action_uses_no_other_action_and_declares_its_inputs() -> None:
    action = load(ACTION)

    assert set(action["inputs"]) == {"data", "version", "fail-on", "since", "summary"}
    assert {"errors", "warnings", "report"} <= set(action["outputs"])
    for step in action["runs"]["steps"]:
        assert "uses" not in step
        assert step["shell"] == "bash"
    used = re.findall(r"inputs\.([a-z-]+)", ACTION.read_text(encoding="utf-8"))
    assert set(used) == set(action["inputs"])


def in_action(step: str, cwd: Path, tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a step of the action as a runner does, with the program of this repository."""
    program = tmp_path / "followup"
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from followup_cli.__main__ import main; main()"
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -c '{code}' '{ROOT / 'src'}' \"$@\"\n")
    program.chmod(0o755)
    (script,) = [s["run"] for s in load(ACTION)["runs"]["steps"] if s["id"] == step]
    given = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GITHUB", "FOLLOWUP", "GIT_"))
        },
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_ACTIONS": "true",
        "PROGRAM": str(program),
        "DATA": "data",
        "FAIL_ON": "error",
        "SINCE": "",
        "SUMMARY": "true",
        **environment,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=given, capture_output=True, text=True, timeout=60)


@needs_bash
def test_the_action_passes_on_a_clean_plan(plan: Path, tmp_path: Path) -> None:
    done = in_action("validate", plan.parent, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "errors=0\nwarnings=0\n" in (tmp_path / "output").read_text()
    assert "0 errors, 0 warnings" in (tmp_path / "summary").read_text()


@needs_bash
def test_the_action_fails_on_a_mistake_and_shows_it(plan: Path, tmp_path: Path) -> None:
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    (plan / "activities.yaml").write_text(text.replace("section: IV\n", "section: IX\n"), encoding="utf-8")

    done = in_action("validate", plan.parent, tmp_path, SUMMARY="false")

    assert done.returncode == 1
    assert "::error file=data/activities.yaml,line=" in done.stdout
    assert "errors=1\nwarnings=0\n" in (tmp_path / "output").read_text()
    assert not (tmp_path / "summary").exists()
    assert in_action("validate", plan.parent, tmp_path, FAIL_ON="never").returncode == 0


@needs_bash
@pytest.mark.parametrize("name", ["DATA", "FAIL_ON", "SINCE"])
@pytest.mark.parametrize(
    "value", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "' ; touch pwned '", "--help", "a b"]
)
def test_inputs_of_the_action_are_values_and_nothing_else(
    plan: Path, tmp_path: Path, name: str, value: str
) -> None:
    done = in_action("validate", plan.parent, tmp_path, **{name: value})

    assert done.returncode == 2, done.stdout + done.stderr
    assert not (plan.parent / "pwned").exists()


def test_the_gitlab_template_hands_in_both_reports(followup: Followup, plan: Path, tmp_path: Path) -> None:
    job = load(GITLAB)["followup"]
    command = job["script"][-1]
    reports = dict(re.findall(r"--output=(\w+):(\S+)", command))

    assert {"codequality": reports["gitlab"], "junit": reports["junit"]} == job["artifacts"]["reports"]
    outputs = [f"--output={kind}:{tmp_path / name}" for kind, name in reports.items()]
    assert followup("validate", "--data", str(plan), "--fail-on", "error", *outputs).code == 0
    assert all((tmp_path / name).stat().st_size for name in reports.values())


def test_hooks_run_what_they_say(followup: Followup, plan: Path) -> None:
    hooks = {hook["id"]: hook for hook in load(HOOKS)}

    assert set(hooks) == {"followup-validate", "followup-fix"}
    for hook in hooks.values():
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], "data/activities.yaml")
        program, *arguments = hook["entry"].split()
        assert program == "followup"
        assert followup(*arguments, cwd=plan.parent).code == 0


def test_the_pull_request_template_shows_an_update_that_is_valid(followup: Followup, plan: Path) -> None:
    template = (ROOT / ".github" / "pull_request_template.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", template, re.DOTALL)
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    start = text.index("  - id: 25\n")
    at = text.index("      - outcome:", start)
    end = text.index("    agencies:", start)
    (plan / "activities.yaml").write_text(text[:at] + example + text[end:], encoding="utf-8")

    result = followup("validate", "--data", str(plan))

    assert (result.code, result.err) == (0, ""), result.out
