"""`init`: a dataset for another plan, valid as written."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT, Followup
from tests.repository import begin, commit
from tests.runner import Runner, address, load

installs = pytest.mark.skipif("FOLLOWUP_INSTALLS" not in os.environ, reason="installs from a registry")
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


@pytest.mark.parametrize("language", ["en", "ru", "kk", "uk", "de", "pt-BR", "ar"])
def test_what_it_writes_is_valid_and_answers(followup: Followup, tmp_path: Path, language: str) -> None:
    result = followup("init", "plan", "--language", language, "--adopted", "2026-02-01", cwd=tmp_path)

    assert result.code == 0
    assert result.out.splitlines() == [
        "plan/data/activities.yaml",
        "plan/data/agencies.yaml",
        "plan/schema/activities.schema.json",
        "plan/schema/agencies.schema.json",
        "plan/.github/workflows/followup.yml",
    ]
    folder = tmp_path / "plan"
    assert followup("validate", "--fail-on", "warning", cwd=folder).code == 0
    assert followup("schema", "--check", cwd=folder).code == 0
    for name in ("activities", "agencies"):
        schema = json.loads((folder / "schema" / f"{name}.schema.json").read_bytes())
        starter = yaml.safe_load((folder / "data" / f"{name}.yaml").read_text(encoding="utf-8"))
        for key in ("adopted",) if name == "activities" else ():
            starter["plan"][key] = str(starter["plan"][key])  # a date, to this reader alone
        starter["activities"][0]["deliverables"][0].pop("deadline") if name == "activities" else None
        jsonschema.validate(starter, schema, cls=jsonschema.Draft7Validator)
    assert followup("list", "--count", cwd=folder).out == "1\n"
    assert "2026-12-31" in followup("list", "--as-of", "2026-03-01", cwd=folder).out
    assert followup("record", "1.1", "--date", "2026-03-05", "--note", "So.", cwd=folder).code == 0


def test_words_given_are_quoted_where_they_must_be(followup: Followup, tmp_path: Path) -> None:
    title = 'Plan: "rivers" # 1'
    followup(
        "init",
        ".",
        "--title",
        title,
        "--act",
        "No",
        "--country",
        "NO",
        "--timezone",
        "Europe/Oslo",
        cwd=tmp_path,
    )

    plan = yaml.safe_load((tmp_path / "data" / "activities.yaml").read_text(encoding="utf-8"))["plan"]
    assert (plan["title"], plan["act"], plan["country"]) == (title, "No", "NO")
    assert followup("validate", cwd=tmp_path).code == 0


def test_the_comments_are_true(followup: Followup, tmp_path: Path) -> None:
    """The examples in the comments are valid where they stand."""
    followup("init", ".", "--adopted", "2026-01-01", cwd=tmp_path)
    file = tmp_path / "data" / "activities.yaml"
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        body = line.lstrip()
        is_example = line.startswith("  ") and body.startswith("# ")
        lines.append(line.replace("# ", "", 1) if is_example else line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert followup("validate", cwd=tmp_path).code == 0
    assert "delivered" in followup("list", "--as-of", "2026-12-01", cwd=tmp_path).out


FOLDERS = [".", "clean-air", "plans/чистый воздух"]


def pull_request(base: str) -> dict[str, str]:
    return {"github.event_name": "pull_request", "github.event.pull_request.base.sha": base}


@needs_bash
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_workflow_passes_on_the_pull_request_that_brings_it(
    followup: Followup, tmp_path: Path, folder: str
) -> None:
    repository = tmp_path / "repository"
    (repository / "docs").mkdir(parents=True)
    (repository / "README.md").write_text("ours\n")
    base = begin(repository)
    followup("init", folder, cwd=repository)
    commit(repository, "plan: as adopted", "2026-03-01")
    runner = Runner(repository, tmp_path / "temp", pull_request(base))

    done = runner.job(repository / ".github" / "workflows" / "followup.yml", "check")

    assert [(step.name, step.code) for step in done] == [
        ("Every mistake, at its line", 0),
        ("What changes", 0),
    ]
    assert "No mistakes" in runner.summary
    assert "activity added" in runner.summary


@needs_bash
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_workflow_judges_every_later_change(followup: Followup, tmp_path: Path, folder: str) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    begin(repository, empty=True)
    followup("init", folder, cwd=repository)
    base = commit(repository, "plan: as adopted", "2026-03-01")
    workflow = repository / ".github" / "workflows" / "followup.yml"
    data = repository / folder / "data"
    followup("record", "1.1", "--date", "2026-03-05", "--note", "So.", "--data", str(data), cwd=repository)
    commit(repository, "a fact", "2026-03-06")

    fine = Runner(repository, tmp_path / "fine", pull_request(base))
    assert [step.code for step in fine.job(workflow, "check")] == [0, 0]
    assert "update 2026-03-05 added" in fine.summary

    file = data / "activities.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("section: I\n", "section: X\n"), encoding="utf-8"
    )
    commit(repository, "a slip", "2026-03-07")
    place = file.relative_to(repository).as_posix()
    for event in (pull_request(base), {"github.event_name": "push"}):
        slip = Runner(repository, tmp_path / event["github.event_name"], event)
        (step,) = slip.job(workflow, "check")
        assert step.code == 1
        assert f"::error file={place},line=" in step.out


@needs_bash
def test_a_base_that_is_not_there_shows_on_the_page(followup: Followup, tmp_path: Path) -> None:
    followup("init", ".", cwd=tmp_path)
    begin(tmp_path)
    runner = Runner(tmp_path, tmp_path / "temp", pull_request("0" * 40))

    (step,) = runner.job(tmp_path / ".github" / "workflows" / "followup.yml", "check")

    assert step.code == 2
    assert "::error title=followup::there is no revision" in step.err
    assert "there is no revision" in runner.summary


@needs_bash
def test_a_workflow_that_was_not_filled_in_says_where(followup: Followup, tmp_path: Path) -> None:
    followup("init", ".", cwd=tmp_path)
    runner = Runner(tmp_path, tmp_path / "temp", {"github.event_name": "push"}, installs=True)

    (step,) = runner.job(tmp_path / ".github" / "workflows" / "followup.yml", "check")

    assert step.code == 1
    assert step.out == (
        "::error file=.github/workflows/followup.yml::fill in FOLLOWUP: where the program comes from\n"
    )


@pytest.mark.parametrize(
    ("origin", "filled"),
    [
        (
            {"url": "https://x.org/f", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "git+https://x.org/f@ab12",
        ),
        ({"url": "file:///home/me/f", "vcs_info": {"vcs": "git", "commit_id": "ab12"}}, ""),
        ({"url": "file:///home/me/f", "dir_info": {"editable": True}}, ""),
        (None, ""),
    ],
)
def test_a_program_from_an_address_writes_it_into_the_workflow(
    tmp_path: Path, origin: dict[str, object] | None, filled: str
) -> None:
    """What pip notes of an installation from `git+https://…` says where a workflow gets the same program."""
    about = tmp_path / "site" / "followup_cli-9.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: followup-cli\nVersion: 9\n")
    if origin:
        (about / "direct_url.json").write_text(json.dumps(origin))
    path = os.pathsep.join((str(about.parent), str(ROOT / "src")))

    done = subprocess.run(
        [sys.executable, "-m", "followup_cli", "init", "plan"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert load(tmp_path / "plan/.github/workflows/followup.yml")["env"]["FOLLOWUP"] == filled
    assert ("say in plan/.github/workflows/followup.yml" in done.stderr) is (not filled)


@needs_bash
@installs
def test_the_workflow_installs_from_the_address_that_was_filled_in(
    followup: Followup, tmp_path: Path
) -> None:
    followup("init", ".", cwd=tmp_path)
    workflow = tmp_path / ".github" / "workflows" / "followup.yml"
    workflow.write_text(
        workflow.read_text(encoding="utf-8").replace('FOLLOWUP: ""', f"FOLLOWUP: {address()}")
    )
    runner = Runner(tmp_path, tmp_path / "temp", {"github.event_name": "push"}, installs=True)

    assert [step.code for step in runner.job(workflow, "check")] == [0, 0]


def test_each_dataset_of_a_repository_has_a_workflow_of_its_own(followup: Followup, tmp_path: Path) -> None:
    begin(tmp_path, empty=True)

    first, second = followup("init", "air", cwd=tmp_path), followup("init", "water", cwd=tmp_path)

    assert first.out.splitlines()[-1] == ".github/workflows/followup.yml"
    assert second.out.splitlines()[-1] == ".github/workflows/followup-water.yml"
    assert not (tmp_path / "air" / ".github").exists()


def test_outside_of_a_repository_it_says_what_the_workflow_waits_for(
    followup: Followup, tmp_path: Path
) -> None:
    result = followup("init", "air", cwd=tmp_path)

    assert result.out.splitlines()[-1] == "air/.github/workflows/followup.yml"
    assert "once air is the root of a repository" in result.err


def test_the_workflow_trusts_no_name_and_asks_for_no_right(followup: Followup, tmp_path: Path) -> None:
    followup("init", ".", cwd=tmp_path)
    workflow = load(tmp_path / ".github" / "workflows" / "followup.yml")

    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["check"]["steps"]
    assert [step["uses"].partition("@")[0] for step in steps if "uses" in step] == ["actions/checkout"]
    assert not any("${{" in step.get("run", "") or "followup-cli" in step.get("run", "") for step in steps)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--adopted", "2022-02-30"], "is not a date"),
        (["--timezone", "Mars"], "Mars"),
        (["--language", "french"], "is not the code of a language"),
        (["--title", "a\nb"], "on one line"),
    ],
)
def test_what_cannot_be_started(followup: Followup, tmp_path: Path, args: list[str], said: str) -> None:
    result = followup("init", "plan", *args, cwd=tmp_path)

    assert result.code == 2
    assert said in result.err
    assert not (tmp_path / "plan").exists()


def test_nothing_that_is_there_is_touched(followup: Followup, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "agencies.yaml").write_text("mine")

    result = followup("init", ".", cwd=tmp_path)

    assert result.code == 2
    assert "exists already" in result.err
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["agencies.yaml"]
    assert (tmp_path / "data" / "agencies.yaml").read_text() == "mine"


def test_one_of_a_thing_is_said_in_the_singular(followup: Followup, tmp_path: Path) -> None:
    followup("init", str(tmp_path / "plan"))
    result = followup("validate", "--data", str(tmp_path / "plan"))
    assert "in 1 activity, 1 section, 1 deliverable, 2 agencies" in result.out
