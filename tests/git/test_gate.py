"""`validate --since` compares, or fails and says what to do: no layout of a repository opens the gate."""

import json
import shutil
from pathlib import Path

import pytest

from tests.changes.test_diff import replace_in
from tests.conftest import Followup, Result
from tests.repository import begin, commit, git

MOVED = ("deadline: August 2022", "deadline: August 2023")
SAID = "`deadline` was `August 2022` and nothing says why it is `August 2023`"


@pytest.fixture
def repository(plan: Path) -> Path:
    begin(plan.parent)
    git(plan.parent, "checkout", "-q", "-b", "pull-request")
    return plan.parent


def moves_a_deadline(folder: Path) -> None:
    for file in (folder, *folder.rglob("activities.yaml")):
        if file.is_file() and ".git" not in file.parts:
            text = file.read_text(encoding="utf-8")
            assert MOVED[0] in text
            file.write_text(text.replace(*MOVED), encoding="utf-8")


def gate(followup: Followup, cwd: Path, data: str = "data", since: str = "main") -> Result:
    return followup("validate", "--data", data, "--since", since, cwd=cwd)


def findings(
    followup: Followup, repository: Path, data: str = "data", since: str = "main"
) -> list[tuple[str, int, str]]:
    """Give code, line and message of each finding."""
    result = followup("validate", "--since", since, "--data", data, "--format", "json", cwd=repository)
    assert result.code in (0, 1), result.err
    return [(each["code"], each["line"], each["message"]) for each in json.loads(result.out)]


def line_of(repository: Path, text: str, file: str = "activities.yaml") -> int:
    lines = (repository / "data" / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


# -- where the dataset was -----------------------------------------------------------------------------


def moves_to(repository: Path, how: str) -> str:
    """Bring the dataset elsewhere; gives where it is then."""
    data = repository / "data"
    if how == "a link":
        data.rename(repository / "real")
        data.symlink_to("real")
        return "data"
    if how == "a copy":
        shutil.copytree(data, repository / "copy")
        return "copy"
    folder = repository / how
    folder.mkdir(parents=True, exist_ok=True)
    for file in list(data.iterdir()):
        file.rename(folder / file.name)
    data.rmdir()
    return how


@pytest.mark.parametrize("how", ["plan", "plans/kz/data", ".", "the plan", "жоспар", "a link", "a copy"])
@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not yet"])
def test_a_deadline_moved_with_its_folder_is_seen(
    followup: Followup, repository: Path, how: str, committed: bool
) -> None:
    data = moves_to(repository, how)
    moves_a_deadline(repository)
    if committed:
        commit(repository, "moved", "2024-02-01")

    result = gate(followup, repository, data)

    assert result.code == 1
    assert SAID in result.out
    assert result.out.count("FU6") == 1


@pytest.mark.parametrize("name", ["plan.yaml", "activities.yml", "Activities of the plan.yaml"])
def test_a_file_that_had_another_name_is_compared(followup: Followup, plan: Path, name: str) -> None:
    repository = plan.parent
    (plan / "activities.yaml").rename(plan / name)
    begin(repository)
    git(repository, "checkout", "-q", "-b", "pull-request")
    (plan / name).rename(plan / "activities.yaml")
    replace_in(repository, *MOVED)

    result = gate(followup, repository)

    assert (result.code, result.err) == (1, f"note: the dataset was `data/{name}` then\n")
    assert SAID in result.out


def test_of_two_plans_the_right_one_is_compared(followup: Followup, repository: Path, tmp_path: Path) -> None:
    git(repository, "checkout", "-q", "main")
    shutil.copytree(Path(__file__).parents[1] / "example_plan", repository / "another")
    commit(repository, "two plans", "2024-02-01")
    git(repository, "checkout", "-q", "-B", "pull-request")
    git(repository, "mv", "data", "plan")
    git(repository, "rm", "-q", "-r", "another")
    moves_a_deadline(repository / "plan")
    commit(repository, "moved, the other taken out", "2024-02-02")

    result = gate(followup, repository, "plan")

    assert result.out.count("FU6") == 1
    assert SAID in result.out


def test_a_plan_that_is_really_new_passes_and_that_is_said(followup: Followup, repository: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "example_plan", repository / "another")

    result = gate(followup, repository, "another")

    assert result.code == 0
    assert result.err == "note: there was no dataset where `main` was left: all of it is new\n"


def test_with_its_id_changed_too_a_moved_plan_is_no_new_one(followup: Followup, repository: Path) -> None:
    git(repository, "mv", "data", "plan")
    file = repository / "plan" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("id: kz-2022-258", "id: kz-2023-1").replace(*MOVED), encoding="utf-8")

    result = gate(followup, repository, "plan")

    assert result.code == 1
    assert "`id` was `kz-2022-258` and nothing says why it is `kz-2023-1`" in result.out
    assert SAID in result.out


def test_a_plan_that_was_taken_out_and_comes_back_is_no_new_one(followup: Followup, repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    git(repository, "rm", "-q", "-r", "data")
    git(repository, "commit", "-q", "-m", "nothing is left")
    git(repository, "checkout", "-q", "-B", "pull-request")
    git(repository, "checkout", "main~1", "--", "data")
    replace_in(repository, *MOVED)

    result = gate(followup, repository)

    assert result.code == 1
    assert SAID in result.out
    assert "nothing could be read where `main` was left" in result.err


# -- clones that lack something -------------------------------------------------------------------------


@pytest.fixture
def origin(repository: Path) -> Path:
    """A repository on a branch that moves a deadline, as a forge has it."""
    replace_in(repository, *MOVED)
    commit(repository, "moved", "2024-02-01")
    git(repository, "tag", "v1.0", "main")
    git(repository, "config", "uploadpack.allowFilter", "true")
    return repository


@pytest.mark.parametrize(
    ("options", "since", "said"),
    [
        (["--filter=blob:none"], "origin/main", "git fetch --refetch --no-filter"),
        (["--filter=tree:0"], "origin/main", "git fetch --refetch --no-filter"),
        (["--filter=blob:limit=1"], "origin/main", "git fetch --refetch --no-filter"),
        (["--depth=1"], "origin/main", "git fetch --unshallow origin main:refs/remotes/origin/main"),
        (["--depth=1"], "HEAD~1", "git fetch --unshallow"),
        (["--depth=1"], "2024-01-15", "git fetch --unshallow"),
        (["--depth=1", "--no-single-branch"], "origin/main", "git fetch --unshallow"),
        (["--single-branch"], "origin/main", "git fetch origin main:refs/remotes/origin/main"),
        (["--single-branch"], "origin/main~2", "git fetch origin main:refs/remotes/origin/main"),
        (["--single-branch", "--no-tags"], "v1.0", "git fetch --tags"),
        ([], "main", "did you mean `origin/main`?"),
        ([], "upstream/main", "hint: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_clone_that_lacks_what_is_compared_says_what_to_fetch(
    followup: Followup, origin: Path, tmp_path: Path, options: list[str], since: str, said: str
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-b", "pull-request", *options, f"file://{origin}", str(clone))

    result = gate(followup, clone, since=since)

    assert result.code == 2
    assert said in result.err
    assert result.out == ""
    assert "Traceback" not in result.err


@pytest.mark.parametrize("options", [["--depth=1"], ["--single-branch", "--no-tags"], ["--filter=blob:none"]])
def test_after_the_fetch_that_was_named_it_compares(
    followup: Followup, origin: Path, tmp_path: Path, options: list[str]
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "-b", "pull-request", *options, f"file://{origin}", str(clone))
    hint = gate(followup, clone, since="origin/main").err.partition("hint: `git ")[2].partition("`")[0]

    git(clone, *hint.split())

    assert SAID in gate(followup, clone, since="origin/main").out


# -- layouts -------------------------------------------------------------------------------------------


def test_in_a_linked_working_tree_of_a_bare_repository(
    followup: Followup, repository: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    git(tmp_path / "bare.git", "worktree", "add", "-q", str(tmp_path / "tree"), "pull-request")
    moves_a_deadline(tmp_path / "tree" / "data")

    assert SAID in gate(followup, tmp_path / "tree").out
    assert SAID in gate(followup, tmp_path, "tree/data").out


def test_in_a_submodule_the_revisions_are_its_own(
    followup: Followup, repository: Path, tmp_path: Path
) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q", "-b", "main")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "plan")
    commit(outer, "with a plan", "2024-02-01")
    moves_a_deadline(outer / "plan" / "data")

    assert SAID in gate(followup, outer, "plan/data", since="HEAD").out


@pytest.mark.parametrize("place", ["plan", "elsewhere"])
def test_a_plan_that_came_out_of_a_submodule_is_not_called_new(
    followup: Followup, repository: Path, tmp_path: Path, place: str
) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q", "-b", "main")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "plan")
    commit(outer, "with a plan", "2024-02-01")
    git(outer, "rm", "-q", "-f", "plan")
    shutil.copytree(repository / "data", outer / place / "data")
    commit(outer, "taken in", "2024-02-02")

    result = gate(followup, outer, f"{place}/data", since="HEAD~1")

    assert result.code == 2
    assert "`plan` was a submodule" in result.err


def test_data_outside_of_a_repository_is_refused_wherever_the_command_runs(
    followup: Followup, repository: Path, tmp_path: Path
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    shutil.copytree(repository / "data", outside / "data")

    result = gate(followup, repository, str(outside / "data"))

    assert result.code == 2
    assert "is not in a git repository" in result.err


def test_a_link_out_of_the_repository_is_not_taken_for_nothing(
    followup: Followup, plan: Path, tmp_path: Path
) -> None:
    root, real = tmp_path / "root", plan / "activities.yaml"
    (root / "data").mkdir(parents=True)
    shutil.copy(plan / "agencies.yaml", root / "data")
    (root / "data" / "activities.yaml").symlink_to(real)
    begin(root)
    (root / "data" / "activities.yaml").unlink()
    (root / "data" / "activities.yaml").write_text(real.read_text(encoding="utf-8").replace(*MOVED))

    result = gate(followup, root)

    assert result.code == 2
    assert "was a link" in result.err


# -- a state before that has mistakes -------------------------------------------------------------------

BROKEN = [
    ("title: Updating the list", "title: Updating: the list"),
    ("title: Updating the list", "title: [Updating the list"),
    ("title: Updating the list", '"title: Updating the list'),
    ("title: Updating the list", "titel: Updating the list"),
    ("title: Updating the list", "title:\n    # Updating the list"),
    ("  - id: 9\n", "  - id: no 9\n"),
    ("  - id: 9\n", "  - id: 9\n    id: 9\n"),
    ("  - id: 9\n", "  - id: 9\u200b\n"),
    ("  - id: 9\n", "  - id: 8\n"),
    ("adopted: 2022-04-28", "adopted: 28 April 2022"),
    ("  adopted: 2022-04-28 ", "  adopted: "),
    ("  language: en ", "  language: english "),
    ("act: Presidential Decree No. 871", "acct: Presidential Decree No. 871"),
    ("agencies: [MIPD]", "agencies: [MIDP]"),
    ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIPD (as agred), MJ]"),
    ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, [MIPD], MJ]"),
    ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIPD, MJ, MJ]"),
    ("    section: IV\n", "    section: IVV\n"),
    ("deadline: September 2022", "deadline: Septembr 2022"),
    ("deadline: September 2022", "deadline: September 2022\n        deadline: October 2022"),
    ("deadline: September 2022", "deadline: [September 2022]"),
    ("status: in-progress", "status: in-progres"),
    ("          - date: 2022-07-26\n", "          - date: 26.07.2022\n"),
    ("          - date: 2022-07-26\n", "          - day: 2022-07-26\n"),
    ("activities:\n", "activites:\n"),
    ("sections:\n", "sectoins:\n"),
    ("    deliverables:\n", "    deliverable:\n"),
    ("  - id: 9\n", "<<<<<<< HEAD\n  - id: 9\n"),
]


@pytest.mark.parametrize(("right", "wrong"), BROKEN, ids=[wrong.strip()[:40] for _, wrong in BROKEN])
def test_who_only_mends_a_mistake_changes_no_word(
    followup: Followup, plan: Path, right: str, wrong: str
) -> None:
    repository, file = plan.parent, plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    begin(repository)
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    commit(repository, "a mistake", "2024-02-01")
    file.write_text(text, encoding="utf-8")

    assert findings(followup, repository) == []


@pytest.mark.parametrize(("right", "wrong"), BROKEN, ids=[wrong.strip()[:40] for _, wrong in BROKEN])
def test_what_a_mistake_does_not_hide_is_compared(
    followup: Followup, plan: Path, right: str, wrong: str
) -> None:
    repository, file = plan.parent, plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    begin(repository)
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    commit(repository, "a mistake", "2024-02-01")
    file.write_text(text.replace("deadline: April 2025", "deadline: December 2025"), encoding="utf-8")

    said = "`deadline` was `April 2025` and nothing says why it is `December 2025`"
    assert [message for _, _, message in findings(followup, repository)] == [said]


@pytest.mark.parametrize("content", [None, b"\x00", b"agencies: [\n", b"bodies: []\n"])
def test_without_the_agencies_of_then_the_activities_are_compared(
    followup: Followup, plan: Path, content: bytes | None
) -> None:
    repository, file = plan.parent, plan / "agencies.yaml"
    good = file.read_bytes()
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    begin(repository)
    file.write_bytes(good)
    replace_in(repository, "agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIA, MJ]")
    replace_in(repository, *MOVED)

    told = [message for _, _, message in findings(followup, repository)]

    assert told == [SAID, "`agencies` was `[MLSP, MIPD, MJ]` and nothing says why it is `[MLSP, MIA, MJ]`"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfea\x00", b"- a\n", b"\x00", b"nothing: here\n"])
def test_where_nothing_could_be_read_the_last_state_that_could_be_is_compared(
    followup: Followup, repository: Path, content: bytes
) -> None:
    git(repository, "checkout", "-q", "main")
    file = repository / "data" / "activities.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_bytes(content)
    commit(repository, "broken", "2024-02-01")
    git(repository, "checkout", "-q", "-B", "pull-request")
    file.write_text(good.replace(*MOVED), encoding="utf-8")

    result = gate(followup, repository)

    assert result.code == 1
    assert SAID in result.out
    assert "nothing could be read where `main` was left" in result.err


def test_what_could_never_be_read_is_not_called_new(followup: Followup, plan: Path) -> None:
    file = plan / "activities.yaml"
    good = file.read_bytes()
    file.write_bytes(b"\x00")
    begin(plan.parent)
    file.write_bytes(good)

    result = gate(followup, plan.parent)

    assert result.code == 2
    assert "nothing can be compared" in result.err


def test_a_mistake_now_hides_no_change_elsewhere(followup: Followup, repository: Path) -> None:
    replace_in(repository, "status: in-progress", "status: in-progres")
    replace_in(repository, *MOVED)

    assert {code for code, _, _ in findings(followup, repository)} == {"FU204", "FU601"}


# -- one mistake, one finding, at its place --------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("deadline: August 2022", "deadline: Augsut 2022", "FU601"),
        ("    section: IV\n", "    section: IVV\n", "FU302"),
        ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIDP, MJ]", "FU301"),
        ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIPD (as agred), MJ]", "FU306"),
        ("agencies: [MLSP, MIPD, MJ]", "agencies: [MLSP, MIPD, MJ, MJ]", "FU304"),
        ("adopted: 2022-04-28", "adopted: 2022-04-31", "FU203"),
        ("  - id: 27\n", "  - id: 72\n", "FU601"),
        ("  - id: 27\n", "  - id: 26\n", "FU303"),
        ("  - id: VIII\n", "  - id: IIX\n", "FU302"),
        ("title: Updating the list", "title:  Updating   the list", None),
        ("deadline: August 2022", "deadline: August  2022", None),
        ("deadline: August 2022", "deadline: >-\n          August\n          2022", None),
        ("agencies: [MLSP, MIPD, MJ]", "agencies:\n      - MLSP\n      - MIPD\n      - MJ", None),
    ],
)
def test_one_slip_is_one_finding(
    followup: Followup, repository: Path, right: str, wrong: str, code: str | None
) -> None:
    replace_in(repository, right, wrong)

    codes = [each for each, _, _ in findings(followup, repository)]

    assert codes[:1] == ([code] if code else [])
    assert set(codes) <= {code}


def test_a_deadline_that_is_new_and_misspelt_is_two_things(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025", "deadline: Decmber 2025")

    assert sorted(code for code, _, _ in findings(followup, repository)) == ["FU401", "FU601"]


def cut(repository: Path, first: str, last: str) -> str:
    """Take out the lines from one that has a text up to before another that has one."""
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index(first), text.index(last) if last else len(text)
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    return text[start:end]


def test_what_is_gone_is_told_where_it_was(followup: Followup, repository: Path) -> None:
    cut(repository, "  - id: 13\n", "  - id: 14\n")
    replace_in(repository, "activities: 27", "activities: 26")

    ((_, line, message),) = [each for each in findings(followup, repository) if each[0] == "FU601"]

    assert message == "activity 13 is gone from the file"
    assert line == line_of(repository, "  - id: 14")


def test_the_last_one_that_is_gone_is_told_at_the_end(followup: Followup, repository: Path) -> None:
    cut(repository, "  - id: 27\n", "")
    replace_in(repository, "activities: 27", "activities: 26")

    ((_, line, message),) = [each for each in findings(followup, repository) if each[0] == "FU601"]

    lines = (repository / "data" / "activities.yaml").read_text(encoding="utf-8").rstrip().count("\n") + 1
    assert message == "activity 27 is gone from the file"
    assert line == lines


def test_a_deliverable_that_is_gone_from_the_middle_is_one_finding(
    followup: Followup, repository: Path
) -> None:
    cut(
        repository,
        "      - outcome: Concept on the Draft Law",
        "      - outcome: Draft Law\n        deadline: April 2025",
    )

    told = [each for each in findings(followup, repository) if each[0] == "FU601"]

    where = line_of(repository, "deadline: April 2025") - 1
    assert told == [("FU601", where, "deliverable 24.1 is gone from the file")]


def test_deliverables_keep_their_places(followup: Followup, repository: Path) -> None:
    first = cut(
        repository,
        "      - outcome: Concept on the Draft Law",
        "      - outcome: Draft Law\n        deadline: April 2025",
    )
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    at = text.index("    agencies:", text.index("  - id: 24\n"))
    file.write_text(text[:at] + first + text[at:], encoding="utf-8")

    told = [message for code, _, message in findings(followup, repository) if code == "FU601"]

    assert told == ["deliverable 24.1 has become 24.2"]


def test_an_added_deliverable_goes_to_the_end(followup: Followup, repository: Path) -> None:
    added = """      - outcome: Survey
        deadline: 2025
        amendments:
          - {date: 2024-01-01, act: Decree No. 2, url: https://example.org/d, field: added}
"""
    replace_in(
        repository,
        "      - outcome: Concept on the Draft Law",
        added + "      - outcome: Concept on the Draft Law",
    )

    told = [message for code, _, message in findings(followup, repository) if code == "FU601"]

    assert told == ["deliverable 24.1 has become 24.2"]


def test_a_difference_at_the_end_of_a_long_text_is_shown(followup: Followup, repository: Path) -> None:
    replace_in(
        repository,
        "on Human Rights under the President of Kazakhstan\n    deliverables",
        "on Human Rights under the President\n    deliverables",
    )
    replace_in(
        repository, "development of proposals on Article 131", "development of proposals on Article 132"
    )

    told = {line: message for _, line, message in findings(followup, repository)}
    title, point = (told[line_of(repository, text)] for text in ("for 2024-2026, taking", "Article 132"))

    assert "under the President of Kazakhstan` and nothing says why it is `…" in title
    assert "Article 131" in point.partition("nothing says why")[0]
    assert "Article 132" in point.partition("nothing says why")[2]
    assert len(told) == 2


# -- all that was copied from the plan --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "agencies.yaml",
            "name: Ministry of Health of",
            "name: Ministry of Wealth of",
            "`name` was `Ministry of Health",
        ),
        ("agencies.yaml", "code: MJ\n", "code: MOJ\n", "the code of agency `MJ` was changed to `MOJ`"),
        ("activities.yaml", "act: Government Decree No. 258", "act: Decree No. 9", "`act` was"),
        ("activities.yaml", "id: kz-2022-258", "id: kz-2022", "`id` was `kz-2022-258`"),
        (
            "activities.yaml",
            "title: The right to freedom of association",
            "title: Associations",
            "`title` was",
        ),
        (
            "activities.yaml",
            "publisher: Ministry of Justice",
            "publisher: Ministry",
            "`source.publisher` was",
        ),
        ("activities.yaml", "date: 2021-06-09", "date: 2021-06-10", "`pursuant_to.date` was `2021-06-09`"),
    ],
)
def test_what_was_copied_from_the_plan_changes_only_with_a_correction(
    followup: Followup, repository: Path, file: str, old: str, new: str, said: str
) -> None:
    path = repository / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if "MOJ" in new:
        plan = repository / "data" / "activities.yaml"
        plan.write_text(plan.read_text(encoding="utf-8").replace("MJ", "MOJ"), encoding="utf-8")

    told = findings(followup, repository)

    assert [code for code, _, _ in told] == ["FU601"]
    assert said in told[0][2]
    assert told[0][1] == next(
        number
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if new.strip() in line
    )


def test_names_that_are_exchanged_are_told_each(followup: Followup, repository: Path) -> None:
    path = repository / "data" / "agencies.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (("Health of", "XX of"), ("Finance of", "Health of"), ("XX of", "Finance of")):
        text = text.replace(f"name: Ministry of {old}", f"name: Ministry of {new}")
    path.write_text(text, encoding="utf-8")

    assert [code for code, _, _ in findings(followup, repository)] == ["FU601", "FU601"]


MINISTRY = "Ministry of Justice of the Republic of Kazakhstan"
CORRECTION = "date: 2024-01-01, url: https://example.org/plan"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "agencies.yaml",
            f"name: {MINISTRY}\n",
            f"name: MJ\n    corrections: [{{{CORRECTION}, field: name, was: {MINISTRY}}}]\n",
        ),
        (
            "activities.yaml",
            "  id: kz-2022-258\n",
            f"  id: kz-258\n  corrections: [{{{CORRECTION}, field: id, was: kz-2022-258}}]\n",
        ),
        (
            "activities.yaml",
            "      date: 2022-04-13\n",
            f"      date: 2022-04-14\n  corrections: [{{{CORRECTION}, field: pursuant_to, was: 2022-04-13}}]\n",
        ),
    ],
    ids=["name", "id", "pursuant_to"],
)
def test_a_correction_accounts_for_it(
    followup: Followup, repository: Path, file: str, old: str, new: str
) -> None:
    path = repository / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert findings(followup, repository) == []


def test_a_section_is_not_taken_out(followup: Followup, repository: Path) -> None:
    text = cut(repository, "  - id: VIII\n", "activities:\n")
    replace_in(repository, "sections: 8", "sections: 7")

    told = [message for code, _, message in findings(followup, repository) if code == "FU601"]

    assert text.startswith("  - id: VIII")
    assert told == ["section VIII is gone from the file"]


@pytest.mark.parametrize("file", ["activities.yaml", "agencies.yaml"])
def test_an_entry_about_the_plan_as_a_whole_is_not_taken_out(
    followup: Followup, plan: Path, file: str
) -> None:
    entry = "corrections: [{date: 2024-01-01, url: https://example.org, field: %s, was: x}]\n"
    path = plan / file
    good = path.read_text(encoding="utf-8")
    line = "  id: kz-2022-258\n" if file == "activities.yaml" else "  - code: MJ\n"
    indent = "  " if file == "activities.yaml" else "    "
    field = "id" if file == "activities.yaml" else "name"
    path.write_text(good.replace(line, line + indent + entry % field), encoding="utf-8")
    begin(plan.parent)
    path.write_text(good, encoding="utf-8")

    assert [code for code, _, _ in findings(followup, plan.parent)] == ["FU602"]


# -- how far a mistake reaches ---------------------------------------------------------------------------

OTHERS = "    others: and other central bodies\n"
TITLE = "title: Updating the list"


def with_others(text: str, identifier: int) -> str:
    """Give an activity the line that names others."""
    at = text.index("    agencies:", text.index(f"  - id: {identifier}\n"))
    return text[:at] + OTHERS + text[at:]


@pytest.mark.parametrize("broken", ["title: [Updating the list", "title: Updating: the list"])
@pytest.mark.parametrize("beside", [8, 10])
def test_a_mistake_reaches_to_the_ends_of_its_entry(
    followup: Followup, plan: Path, broken: str, beside: int
) -> None:
    """What is gone from the entries on either side of a mistake is told."""
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(with_others(text, beside), encoding="utf-8")
    begin(plan.parent)
    file.write_text(text.replace(TITLE, broken), encoding="utf-8")

    said = [message for code, _, message in findings(followup, plan.parent) if code == "FU601"]

    assert said == ["`others` was `and other central bodies` and nothing says why it is absent"]


@pytest.mark.parametrize(
    ("right", "wrong"), [("- outcome:", "- outcom:"), ("deadline: By", "deadline: # By")]
)
def test_a_mistake_deeper_down_does_not_excuse_what_is_gone(
    followup: Followup, plan: Path, right: str, wrong: str
) -> None:
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(with_others(text, 9), encoding="utf-8")
    begin(plan.parent)
    start = text.index(right, text.index("  - id: 9\n"))
    file.write_text(text[:start] + text[start:].replace(right, wrong, 1), encoding="utf-8")

    messages = [message for _, _, message in findings(followup, plan.parent)]

    assert "`others` was `and other central bodies` and nothing says why it is absent" in messages
    assert len(messages) == 2


def test_a_key_given_twice_hides_no_other_field(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: August 2022", "deadline: August 2022\n        deadline: September 2022")
    replace_in(repository, "title: Promote the", "title: Praise the")

    assert sorted(code for code, _, _ in findings(followup, repository)) == ["FU105", "FU601"]


def test_of_likely_files_the_one_that_is_gone_was_the_plan(followup: Followup, plan: Path) -> None:
    """The dataset was renamed, while a copy of an earlier day, that is even more like it, stayed."""
    repository, archive = plan.parent, plan.parent / "archive"
    shutil.copytree(plan, archive)
    replace_in(repository, "deadline: August 2022", "deadline: June 2022")
    begin(repository)
    plan.rename(repository / "plan")

    said = [message for _, _, message in findings(followup, repository, "plan")]

    assert said == []


@pytest.mark.parametrize("value", ["publisher: A Ministry", "publisher: Ministry of Justice"])
def test_a_syntax_error_elsewhere_hides_no_change_of_the_source(
    followup: Followup, repository: Path, value: str
) -> None:
    replace_in(repository, "publisher: Ministry of Justice of the Republic of Kazakhstan", value)
    replace_in(repository, TITLE, "title: [Updating the list")

    said = [message for code, _, message in findings(followup, repository) if code == "FU601"]

    assert [message.partition(" was ")[0] for message in said] == ["`source.publisher`"]


def test_a_mistyped_key_of_a_source_is_one_finding(followup: Followup, repository: Path) -> None:
    replace_in(repository, "act: Presidential Decree No. 871", "acct: Presidential Decree No. 871")

    assert [code for code, _, _ in findings(followup, repository)] == ["FU201"]


# -- what only format 2 can say ----------------------------------------------------------------------------

COLUMNS = "        other: {Funding: within the budget, Form: a law}\n"
WAS = '["Funding: within the budget", "Form: a law"]'
RETRACTED = "            retracted: {date: 2024-01-02, note: Of another draft.}\n"


@pytest.fixture
def richer(plan: Path) -> Path:
    """Give a repository whose plan says more: columns, sections in sections, a number."""
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in (
        ("deadline: August 2022\n", f"number: 1)\n        deadline: August 2022\n{COLUMNS}"),
        ("  - id: VIII\n", "  - id: VIII\n    in: VII\n"),
    ):
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    begin(plan.parent)
    return plan.parent


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "Funding: within the budget",
            "Funding: none",
            f"`other` was `{WAS}` and nothing says why it is `{WAS.replace('within the budget', 'none')}`",
        ),
        (COLUMNS, "", f"`other` was `{WAS}` and nothing says why it is absent"),
        ("    in: VII\n", "    in: VI\n", "`in` was `VII` and nothing says why it is `VI`"),
        ("number: 1)\n", "number: 2)\n", "`number` was `1)` and nothing says why it is `2)`"),
        (
            "    title: Name\n",
            "    title: Event\n",
            "`columns.title` was `Name` and nothing says why it is `Event`",
        ),
    ],
)
def test_the_plan_s_other_columns_and_order_are_its_words_too(
    followup: Followup, richer: Path, old: str, new: str, said: str
) -> None:
    replace_in(richer, old, new)

    assert [message for _, _, message in findings(followup, richer)] == [said]


def test_an_act_that_changed_another_column_accounts_for_it(followup: Followup, richer: Path) -> None:
    amendment = (
        "        amendments:\n          - date: 2023-06-01\n            act: Decree No. 9\n"
        "            url: https://example.org/9\n            field: other\n"
        "            was: ["
        "'Funding: within the budget', 'Form: a law']\n"
    )
    replace_in(richer, COLUMNS, COLUMNS.replace("within the budget", "none") + amendment)

    assert findings(followup, richer) == []
    for day, funding in (("2023-05-31", "within the budget"), ("2023-06-01", "none")):
        shown = followup("show", "3", "--as-of", day, "-f", "json", cwd=richer).out
        assert funding in shown, day


def test_an_update_is_retracted_and_never_rewritten(followup: Followup, richer: Path) -> None:
    text = (richer / "data" / "activities.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines(keepends=True) if "          - date: 2022-07-26" in line)
    replace_in(richer, line, line + RETRACTED)
    assert findings(followup, richer) == []
    commit(richer, "retracted", "2024-02-01")

    replace_in(richer, RETRACTED, RETRACTED.replace("another", "an older"))
    assert [code for code, _, _ in findings(followup, richer, since="HEAD")] == ["FU602"]
