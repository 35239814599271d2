"""`init`: a dataset for another plan, valid as written."""

from pathlib import Path

import pytest
import yaml

from .conftest import Followup
from .repository import begin, commit


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_what_it_writes_is_valid_and_answers(followup: Followup, tmp_path: Path, language: str) -> None:
    result = followup("init", "plan", "--language", language, "--adopted", "2026-02-01", cwd=tmp_path)

    assert result.code == 0
    assert result.out.splitlines() == [
        "plan/data/activities.yaml",
        "plan/data/agencies.yaml",
        "plan/.github/workflows/followup.yml",
    ]
    folder = tmp_path / "plan"
    assert followup("validate", "--fail-on", "warning", cwd=folder).code == 0
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


def test_the_workflow_runs_what_exists(followup: Followup, tmp_path: Path) -> None:
    followup("init", ".", cwd=tmp_path)
    base = begin(tmp_path)
    followup("record", "1.1", "--date", "2026-03-05", "--note", "So.", cwd=tmp_path)
    commit(tmp_path, "a fact", "2026-03-06")

    workflow = yaml.safe_load(
        (tmp_path / ".github" / "workflows" / "followup.yml").read_text(encoding="utf-8")
    )
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    commands = [step.partition(" >>")[0] for step in steps if step.startswith("followup ")]
    assert len(commands) == 3
    for command in commands:
        args = command.replace('"', "").replace("$BASE", base).split()[1:]
        assert followup(*args, cwd=tmp_path).code == 0
    assert workflow["permissions"] == {"contents": "read"}
    assert "${{" not in "".join(steps)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--adopted", "2022-02-30"], "is not a date"),
        (["--timezone", "Mars"], "Mars"),
        (["--language", "fr"], "no language `fr`"),
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
