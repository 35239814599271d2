"""Looking back: any question of the dataset as it stood at a revision."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from followup_cli import git as our_git
from followup_cli.errors import FollowupError

from .conftest import Followup
from .repository import begin, commit, git


@pytest.fixture
def repository(plan: Path) -> Path:
    """A repository with two commits: the second has one more update."""
    folder = plan.parent
    begin(folder, "2024-01-01")
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    new = "        deadline: August 2022\n        updates:\n          - {date: 2024-02-01, status: in-progress}\n"
    file.write_text(text.replace("        deadline: August 2022\n", new), encoding="utf-8")
    commit(folder, "3.1: work has begun", "2024-02-03")
    git(folder, "tag", "v2")
    return folder


@pytest.mark.parametrize("revision", ["HEAD~1", "main~1", "2024-01-15", "2024-02-02"])
def test_a_question_is_put_to_the_dataset_as_it_stood(
    followup: Followup, repository: Path, revision: str
) -> None:
    first = git(repository, "rev-parse", "HEAD~1")

    then = followup("list", "--status", "in-progress", "--count", "--at", revision, cwd=repository)
    now = followup("list", "--status", "in-progress", "--count", cwd=repository)

    assert (then.out, now.out) == ("0\n", "1\n")
    assert f"at {revision} ({first[:10]})" in then.err


def test_the_two_axes_are_both_named(followup: Followup, repository: Path) -> None:
    page = followup("report", "--at", "v2", "--as-of", "2023-01-01", cwd=repository)

    head = git(repository, "rev-parse", "HEAD")
    assert f"as of 2023-01-01, at v2 ({head[:10]})" in page.out.splitlines()[0]


def test_uncommitted_changes_do_not_count_at_a_revision(followup: Followup, repository: Path) -> None:
    (repository / "data" / "activities.yaml").write_text("broken: [")

    assert followup("list", "--count", "--at", "HEAD", cwd=repository).out == "29\n"
    assert followup("list", "--count", cwd=repository).code == 2


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("v3", "there is no revision `v3`\nhint: did you mean `v2`?"),
        ("--all", "there is no revision `--all`"),
        ("--output=/tmp/x", "there is no revision"),
        ("", "`--at` was given an empty value"),
        ("HEAD:data", "there is no revision"),
        ("HEAD..v2", "there is no revision"),
        ("1999-01-01", "no commit on or before 1999-01-01"),
    ],
)
def test_a_revision_that_is_not_there(followup: Followup, repository: Path, revision: str, said: str) -> None:
    result = followup("list", f"--at={revision}", cwd=repository)

    assert result.code == 2
    assert said in result.err


def test_without_a_repository_or_git(
    followup: Followup, plan: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "data"
    elsewhere.mkdir(parents=True)
    for file in plan.iterdir():
        (elsewhere / file.name).write_bytes(file.read_bytes())
    git(repository, "rm", "-q", "-r", "--cached", ".")
    git(repository, "commit", "-q", "-m", "nothing is left")

    assert "was not there at" in followup("list", "--at", "HEAD", cwd=repository).err
    (repository / ".git").rename(repository / "not-git")
    assert "is not in a git repository" in followup("list", "--at", "HEAD", "--data", str(elsewhere)).err
    monkeypatch.setenv("PATH", f".{os.pathsep}{tmp_path}")
    assert "git is not installed" in followup("list", "--at", "HEAD", "--data", str(elsewhere)).err


def test_a_shallow_clone_says_what_to_fetch(followup: Followup, repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))

    result = followup("list", "--at", "HEAD~1", cwd=clone)

    assert result.code == 2
    assert "git fetch --unshallow" in result.err


def test_a_repository_runs_nothing_of_its_own(followup: Followup, repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    script = repository / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    (repository / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n")
    for name in ("core.fsmonitor", "core.pager", "diff.trap.textconv", "filter.trap.smudge", "diff.external"):
        git(repository, "config", name, str(script))
    git(repository, "config", "alias.rev-parse", f"!{script}")
    (repository / ".git" / "hooks").mkdir(exist_ok=True)

    for args in (
        ("list", "--at", "HEAD~1"),
        ("diff", "HEAD~1"),
        ("history", "3"),
        ("validate", "--since", "HEAD~1"),
    ):
        assert followup(*args, cwd=repository).code in (0, 1)
    assert not trap.exists()


def test_what_a_hook_hands_down_does_not_mislead(
    followup: Followup, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))

    assert followup("list", "--count", "--at", "HEAD", cwd=repository).out == "29\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to give files away")
def test_a_repository_of_another_user_is_read_where_the_user_trusts_it(
    followup: Followup, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    subprocess.run(["chown", "-R", "65534", str(repository)], check=True)
    monkeypatch.setenv("HOME", str(tmp_path))
    our_git._trusted.cache_clear()
    assert "safe.directory" in followup("list", "--at", "HEAD", cwd=repository).err
    (tmp_path / ".gitconfig").write_text("[safe]\n  directory = *\n")
    our_git._trusted.cache_clear()
    try:
        assert followup("list", "--count", "--at", "HEAD", cwd=repository).out == "29\n"
    finally:
        our_git._trusted.cache_clear()


def test_a_linked_file_is_read_through_its_link(repository: Path) -> None:
    (repository / "data" / "activities.yaml").rename(repository / "plan.yaml")
    (repository / "data" / "activities.yaml").symlink_to("../plan.yaml")
    head = commit(repository, "the file moves", "2024-03-01")

    files = our_git.read_at(
        repository / "data", head, [f"data/{name}.yaml" for name in ("activities", "agencies", "none")]
    )

    assert sorted(files) == ["data/activities.yaml", "data/agencies.yaml"]
    assert files["data/activities.yaml"] == (repository / "plan.yaml").read_bytes()


def test_history_tells_a_life_in_the_plan_s_terms(followup: Followup, repository: Path) -> None:
    result = followup("history", "3.1", "--format", "json", "--as-of", "2024-03-01", cwd=repository)

    life = json.loads(result.out)
    assert [(e["date"], e["event"], e["what"]) for e in life["events"]] == [
        ("2022-04-28", "plan", "Proposal to the Presidential Administration; “August 2022”, due 2022-08-31"),
        ("2024-02-01", "update", "in-progress"),
    ]
    assert [(c["date"], c["author"], c["subject"]) for c in life["commits"]] == [
        ("2024-02-03", "A. Reviewer", "3.1: work has begun"),
        ("2024-01-01", "A. Reviewer", "plan: as adopted"),
    ]
    assert life["commits"][0]["changed"].startswith("status none → in-progress, without evidence")


def test_history_leaves_out_merges_that_change_nothing_themselves(
    followup: Followup, repository: Path
) -> None:
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    git(repository, "checkout", "-q", "-b", "one")
    file.write_text(text.replace("- outcome: Order\n", "- outcome: Order \n"), encoding="utf-8")
    commit(repository, "blank at the end of a line", "2024-03-01")
    git(repository, "checkout", "-q", "main")
    file.write_text(text.replace("id: 27\n    section: VIII", "id: 27\n    section: VII"), encoding="utf-8")
    commit(repository, "27 moves", "2024-03-02")
    git(repository, "merge", "-q", "--no-edit", "one", day="2024-03-03")

    nine = json.loads(followup("history", "9", "-f", "json", cwd=repository).out)["commits"]
    last = json.loads(followup("history", "27", "-f", "json", cwd=repository).out)["commits"]

    assert [c["subject"] for c in nine] == ["plan: as adopted"]
    assert [c["subject"] for c in last] == ["27 moves", "plan: as adopted"]


def test_history_goes_on_over_a_commit_that_cannot_be_read(followup: Followup, repository: Path) -> None:
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text("a: [\n")
    commit(repository, "broken", "2024-03-01")
    file.write_text(text.replace("deadline: August 2022", "deadline: September 2022"), encoding="utf-8")
    commit(repository, "mended, and moved", "2024-03-02")

    life = json.loads(followup("history", "3", "-f", "json", cwd=repository).out)["commits"]

    assert [c["subject"] for c in life] == ["mended, and moved", "3.1: work has begun", "plan: as adopted"]


def test_history_without_a_repository_is_the_plan_and_the_updates(followup: Followup, plan: Path) -> None:
    result = followup("history", "24", "--data", str(plan))

    assert result.code == 0
    assert "is not in a git repository" in result.out
    assert "Law No. 110-VIII" in result.out


def test_the_fork_point_is_where_a_branch_left(repository: Path) -> None:
    left = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "-b", "mine")
    (repository / "mine").write_text("x")
    commit(repository, "mine", "2024-03-01")
    git(repository, "checkout", "-q", "main")
    (repository / "theirs").write_text("x")
    commit(repository, "theirs", "2024-03-02")
    git(repository, "checkout", "-q", "mine")

    assert our_git.fork_point(repository, "main") == left
    git(repository, "checkout", "-q", "--orphan", "alone")
    commit(repository, "alone", "2024-03-03")
    with pytest.raises(FollowupError, match="no commit in common"):
        our_git.fork_point(repository, "main")
