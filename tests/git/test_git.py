"""Looking back: any question of the dataset as it stood at a revision."""

import json
import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from followup_cli import git as our_git
from followup_cli.errors import FollowupError
from followup_cli.git import running
from tests.conftest import Followup
from tests.repository import begin, commit, git


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
        ("1960-01-01", "no commit on or before 1960-01-01"),
        ("0001-01-01", "no commit on or before 0001-01-01"),
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


@pytest.mark.parametrize(
    "args",
    [("diff",), ("list", "--at", "HEAD"), ("validate", "--since", "main"), ("list", "--at", "2024-01-01")],
)
def test_before_the_first_commit(followup: Followup, plan: Path, args: tuple[str, ...]) -> None:
    git(plan.parent, "init", "-q", "-b", "main")

    result = followup(*args, cwd=plan.parent)

    assert (result.code, "has no commit yet" in result.err) == (2, True)


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
    running._trusted.cache_clear()
    assert "safe.directory" in followup("list", "--at", "HEAD", cwd=repository).err
    (tmp_path / ".gitconfig").write_text("[safe]\n  directory = *\n")
    running._trusted.cache_clear()
    try:
        assert followup("list", "--count", "--at", "HEAD", cwd=repository).out == "29\n"
    finally:
        running._trusted.cache_clear()


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


def commits_of(
    followup: Followup, repository: Path, identifier: str, data: str = "data"
) -> list[dict[str, str]]:
    result = followup("history", identifier, "--data", data, "-f", "json", cwd=repository)
    assert result.code == 0, result.err
    commits: list[dict[str, str]] = json.loads(result.out)["commits"]
    return commits


@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not yet"])
@pytest.mark.parametrize("names", [["plan"], ["plan", "plans/kz"], ["plan", "data"]], ids="→".join)
def test_looking_back_goes_on_behind_a_folder_that_was_renamed(
    followup: Followup, repository: Path, names: list[str], committed: bool
) -> None:
    place = "data"
    for number, name in enumerate(names):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / place).rename(repository / name)
        place = name
        if committed or name != names[-1]:
            commit(repository, f"to {name}", f"2024-03-0{number + 1}")

    assert [each["subject"] for each in commits_of(followup, repository, "3.1", place)] == [
        "3.1: work has begun",
        "plan: as adopted",
    ]
    diff = followup("diff", "v2", "--data", place, cwd=repository)
    assert (diff.code, diff.err) == (0, "v2 → the files: no change\n")
    then = followup(
        "list", "--status", "in-progress", "--count", "--at", "v2~1", "--data", place, cwd=repository
    )
    assert then.out == "0\n"


def test_looking_back_goes_on_behind_a_file_that_was_renamed(followup: Followup, plan: Path) -> None:
    repository = plan.parent
    (plan / "activities.yaml").rename(plan / "the plan.yml")
    (plan / "agencies.yaml").rename(plan / "bodies.yml")
    begin(repository)
    (plan / "the plan.yml").rename(plan / "activities.yaml")
    (plan / "bodies.yml").rename(plan / "agencies.yaml")
    commit(repository, "better names", "2024-03-01")

    assert [each["subject"] for each in commits_of(followup, repository, "3")] == ["plan: as adopted"]
    assert followup("diff", "HEAD~1", cwd=repository).err == "HEAD~1 → the files: no change\n"


def edit(repository: Path, old: str, new: str) -> None:
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def merged(repository: Path) -> Path:
    """A branch that left on 3 March changes one word; main another on the 2nd; they are one on the 10th."""
    git(repository, "checkout", "-q", "-b", "side")
    edit(repository, "deadline: August 2022", "deadline: July 2022")
    commit(repository, "side", "2024-03-03")
    git(repository, "checkout", "-q", "main")
    concept = "outcome: Concept on the Draft Law\n        deadline: "
    edit(repository, f"{concept}September 2022", f"{concept}October 2022")
    commit(repository, "main goes on", "2024-03-02")
    git(repository, "merge", "-q", "side", "-m", "merged", day="2024-03-10")
    return repository


def test_a_change_that_a_branch_brought_is_told_once(followup: Followup, merged: Path) -> None:
    assert [each["subject"] for each in commits_of(followup, merged, "3")] == [
        "side",
        "3.1: work has begun",
        "plan: as adopted",
    ]
    assert "merged" not in {each["subject"] for each in commits_of(followup, merged, "24")}


def test_what_only_the_merge_changed_is_told_of_the_merge(followup: Followup, merged: Path) -> None:
    git(merged, "reset", "-q", "--hard", "HEAD~1")
    git(merged, "merge", "-q", "--no-commit", "side", day="2024-03-10")
    edit(merged, "deadline: July 2022", "deadline: June 2022")
    commit(merged, "merged", "2024-03-10")

    first, second = commits_of(followup, merged, "3")[:2]

    assert (first["subject"], second["subject"]) == ("merged", "side")
    assert "→ “June 2022”" in first["changed"]


@pytest.mark.parametrize(
    ("day", "deadlines"),
    [
        ("2024-03-01", "August 2022,September 2022"),
        ("2024-03-02", "August 2022,October 2022"),
        ("2024-03-05", "August 2022,October 2022"),
        ("2024-03-10", "July 2022,October 2022"),
    ],
)
def test_a_day_shows_what_the_branch_had_not_what_it_was_given_later(
    followup: Followup, merged: Path, day: str, deadlines: str
) -> None:
    out = followup("list", "--at", day, "--fields", "id,deadline", "--format", "csv", cwd=merged).out

    rows = dict(line.split(",") for line in out.splitlines())
    assert ",".join((rows["3.1"], rows["24.1"])) == deadlines


def test_history_gives_the_day_on_which_the_branch_has_it(followup: Followup, merged: Path) -> None:
    git(merged, "checkout", "-q", "-b", "deeper", "side")
    edit(merged, "deadline: July 2022", "deadline: May 2022")
    commit(merged, "deeper", "2024-03-04")
    git(merged, "checkout", "-q", "main")
    git(merged, "merge", "-q", "deeper", "-m", "merged again", day="2024-03-12")

    days = {each["subject"]: each["date"] for each in commits_of(followup, merged, "3")}

    assert days == {
        "deeper": "2024-03-12",
        "side": "2024-03-10",
        "3.1: work has begun": "2024-02-03",
        "plan: as adopted": "2024-01-01",
    }


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Almaty", "2024-07-05T17:59:00+00:00", "2024-07-05"),
        ("Asia/Almaty", "2024-07-05T23:30:00-05:00", "2024-07-06"),
        ("Asia/Almaty", "2024-07-05T20:30:00+00:00", "2024-07-06"),
        ("UTC", "2024-07-05T23:30:00-05:00", "2024-07-06"),
        ("America/New_York", "2024-07-06T03:59:00+00:00", "2024-07-05"),
        ("America/New_York", "2024-07-06T04:00:00+00:00", "2024-07-06"),
        ("Pacific/Kiritimati", "2024-07-05T10:00:00+00:00", "2024-07-06"),
        ("America/New_York", "2024-11-04T04:59:00+00:00", "2024-11-03"),
    ],
)
def test_the_day_of_a_commit_is_the_plan_s_day_everywhere(
    followup: Followup, plan: Path, zone: str, moment: str, day: str
) -> None:
    repository = plan.parent
    edit(repository, "timezone: Asia/Almaty", f"timezone: {zone}")
    begin(repository)
    edit(repository, "deadline: August 2022", "deadline: July 2022")
    git(repository, "commit", "-q", "-a", "-m", "moved", time=moment)
    before = str(date.fromisoformat(day) - timedelta(1))

    def at(when: str) -> str:
        return followup("list", "--at", when, "--fields", "id,deadline", cwd=repository).out

    assert commits_of(followup, repository, "3")[0]["date"] == day
    assert ("3.1\tJuly 2022" in at(day), "3.1\tAugust 2022" in at(before)) == (True, True)
    assert followup("diff", day, "--exit-code", cwd=repository).code == 0
    assert followup("diff", before, "--exit-code", cwd=repository).code == 1
    assert followup("validate", "--since", before, cwd=repository).code == 1


@pytest.mark.parametrize("day", ["2024-02-30", "2024-13-01", "9999-12-31", "0000-01-01"])
def test_what_is_no_day_is_no_revision(followup: Followup, repository: Path, day: str) -> None:
    result = followup("list", "--at", day, cwd=repository)

    assert (result.code, "Traceback" in result.err) == (2, False)
    assert f"there is no revision `{day}`" in result.err


def test_a_shallow_clone_says_that_its_history_is_cut(
    followup: Followup, repository: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    edit(clone, "deadline: August 2022", "deadline: July 2022")
    commit(clone, "moved", "2024-03-01")

    result = followup("history", "3", "-f", "json", cwd=clone)

    assert "this clone is shallow" in result.err
    assert [each["subject"] for each in json.loads(result.out)["commits"]] == ["moved"]


@pytest.mark.parametrize("lacks", ["blob:none", "tree:0"])
def test_a_partial_clone_says_that_its_history_is_elsewhere(
    followup: Followup, repository: Path, tmp_path: Path, lacks: str
) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", f"--filter={lacks}", f"file://{repository}", str(clone))

    for command in (["list", "--at", "HEAD~1"], ["diff", "HEAD~1"]):
        result = followup(*command, cwd=clone)
        assert result.code == 2
        assert "git fetch --refetch --no-filter" in result.err
    assert "git fetch --refetch --no-filter" in followup("history", "3", cwd=clone).out


def test_a_damaged_repository_is_an_error_and_no_empty_answer(followup: Followup, repository: Path) -> None:
    blob = git(repository, "rev-parse", "HEAD~1:data/activities.yaml")
    loose = repository / ".git" / "objects" / blob[:2] / blob[2:]
    loose.chmod(0o644)
    loose.write_bytes(b"damaged")

    for command in (["list", "--at", "HEAD~1"], ["diff", "HEAD~1"], ["validate", "--since", "HEAD~1"]):
        result = followup(*command, cwd=repository)
        assert (result.code, result.out) == (2, "")
        assert "git" in result.err
