"""What others put into their pipelines: the action, the workflows, the GitLab template, the hooks."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Followup
from tests.repository import begin, commit
from tests.runner import Runner, address, load, steps_of

OURS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STARTER = ROOT / "src" / "followup_cli" / "starter" / "followup.yml"
WORKFLOWS = [*OURS, ROOT / "docs" / "site.yml"]
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "ci" / "gitlab.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
installs = pytest.mark.skipif("FOLLOWUP_INSTALLS" not in os.environ, reason="installs from a registry")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", WORKFLOWS), ("github-actions", [ACTION]), ("gitlab-ci", [GITLAB])],
)
def test_the_published_schemas_accept_them(
    followup: Followup, tmp_path: Path, schema: str, paths: list[Path]
) -> None:
    followup("init", ".", cwd=tmp_path)
    if schema == "github-workflows":
        paths = [*paths, tmp_path / ".github" / "workflows" / "followup.yml"]
    checker = Path(sys.executable).parent / "check-jsonschema"
    if not checker.exists():
        pytest.skip("check-jsonschema is not installed")

    done = subprocess.run(
        [checker, "--builtin-schema", f"vendor.{schema}", *paths], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [*WORKFLOWS, STARTER, ACTION], ids=lambda path: path.name)
def test_nothing_from_outside_is_pasted_into_a_shell(path: Path) -> None:
    for step in steps_of(path):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize("path", [*OURS, STARTER], ids=lambda path: path.name)
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

    assert set(action["inputs"]) == {"data", "fail-on", "since", "summary"}
    assert {"errors", "warnings", "report"} <= set(action["outputs"])
    for step in action["runs"]["steps"]:
        assert "uses" not in step
        assert step["shell"] == "bash"
    used = re.findall(r"inputs\.([a-z-]+)", ACTION.read_text(encoding="utf-8"))
    assert set(used) == set(action["inputs"])


@pytest.fixture
def runner(plan: Path, tmp_path: Path) -> Callable[..., Runner]:
    """Give a runner whose repository has the plan in `data/`."""

    def start(event: str = "push", *, installs: bool = False, **more: str) -> Runner:
        values = {
            "github.event_name": event,
            **{name.replace("__", "."): value for name, value in more.items()},
        }
        return Runner(plan.parent, tmp_path / "temp", values, installs=installs)

    return start


@needs_bash
def test_the_action_passes_on_a_clean_plan(runner: Callable[..., Runner]) -> None:
    machine = runner()

    (done,) = machine.action()

    assert done.code == 0, done.err
    assert [machine.values[f"steps.validate.outputs.{name}"] for name in ("errors", "warnings")] == ["0", "0"]
    assert "0 errors, 0 warnings" in machine.summary


@needs_bash
def test_the_action_fails_on_a_mistake_and_shows_it(plan: Path, runner: Callable[..., Runner]) -> None:
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    (plan / "activities.yaml").write_text(text.replace("section: IV\n", "section: IX\n"), encoding="utf-8")
    machine = runner()

    (done,) = machine.action({"summary": "false"})

    assert done.code == 1
    assert "::error file=data/activities.yaml,line=" in done.out
    assert [machine.values[f"steps.validate.outputs.{name}"] for name in ("errors", "warnings")] == ["1", "0"]
    assert not machine.summary
    assert machine.action({"fail-on": "never"})[0].code == 0


@needs_bash
@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"data": "nowhere"}, "`nowhere` is not a folder"),
        ({"since": "0" * 40}, f"there is no revision `{'0' * 40}`"),
        ({"fail-on": "panic"}, "there is no level `panic`"),
    ],
)
def test_a_request_that_cannot_be_met_shows_on_the_page(
    plan: Path, runner: Callable[..., Runner], inputs: dict[str, str], said: str
) -> None:
    begin(plan.parent)
    machine = runner()

    (done,) = machine.action(inputs)

    assert done.code == 2
    assert f"::error title=followup::{said}" in done.err
    assert "### followup could not do it" in machine.summary
    assert "steps.validate.outputs.errors" not in machine.values


@needs_bash
@pytest.mark.parametrize("name", ["data", "fail-on", "since"])
@pytest.mark.parametrize(
    "value", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "' ; touch pwned '", "--help", "a b"]
)
def test_inputs_of_the_action_are_values_and_nothing_else(
    plan: Path, runner: Callable[..., Runner], name: str, value: str
) -> None:
    (done,) = runner().action({name: value})

    assert done.code == 2, done.out + done.err
    assert not (plan.parent / "pwned").exists()


@needs_bash
def test_our_own_workflow_tells_what_a_pull_request_changes(
    plan: Path, runner: Callable[..., Runner]
) -> None:
    base = begin(plan.parent)
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    update = "        updates:\n          - date: 2023-02-01\n            status: in-progress\n"
    text = text.replace("        deadline: August 2022\n", f"        deadline: August 2022\n{update}")
    (plan / "activities.yaml").write_text(text, encoding="utf-8")
    commit(plan.parent, "a fact", "2024-02-01")
    machine = runner("pull_request", github__event__pull_request__base__sha=base)

    done = machine.job(ROOT / ".github" / "workflows" / "data.yml", "validate")

    assert [step.code for step in done] == [0, 0], done
    assert "| 3.1 |" in machine.values["steps.changes.outputs.text"]
    assert "| 3.1 |" in machine.summary


@needs_bash
@installs
def test_the_action_installs_the_program_of_its_own_revision(runner: Callable[..., Runner]) -> None:
    machine = runner(installs=True)

    installed, validated = machine.action()

    assert (installed.code, validated.code) == (0, 0), installed.err + validated.err
    assert machine.values["steps.install.outputs.program"].startswith(str(machine.temp))


@needs_bash
@installs
def test_the_gitlab_template_installs_from_the_address_that_was_filled_in(plan: Path, tmp_path: Path) -> None:
    script = "\n".join(load(GITLAB)["followup"]["script"]).replace("/tmp/followup", str(tmp_path / "venv"))
    environment = {**os.environ, "FOLLOWUP": address(), "FOLLOWUP_DATA": "data", "FOLLOWUP_FAIL_ON": "error"}

    done = subprocess.run(["bash", "-ec", script], cwd=plan.parent, env=environment, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
    assert (plan.parent / "gl-code-quality-report.json").read_text() == "[]\n"


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
