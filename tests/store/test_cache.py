"""What is kept between runs changes no answer; and what each command may load before it answers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from followup_cli.questions.counting import ASSIGNED
from followup_cli.questions.fields import FIELDS
from tests.conftest import Followup

ROOT = Path(__file__).parents[2]
QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("list", "--format", "json", "--fields", "id,points,kind,rule,recurrence,updates,last_update,first"),
    ("list", "--agency", "GPO", "--role", "as-agreed", "--due", "2022"),
    ("list", "--agency", "gpo", "--agency", "MLSP", "--due", "2022", "--due", "2023"),
    ("list", "--due-after", "2022", "--due-before", "2025", "--section", "2"),
    ("list", "--due", "second half of 2022", "--count"),
    ("list", "--agency", "CHR", "--state", "delivered"),
    ("list", "--search", "trafficking", "--sort=-due", "--soon", "400"),
    ("count", "--by", "agency"),
    ("count", "--by", "section,state"),
    ("count",),
    ("status",),
    ("agencies",),
    ("agencies", "GPO"),
    ("timeline",),
    ("report",),
    ("report", "overview", "--format", "json"),
    ("show", "24"),
    ("sql", "SELECT count(*) FROM deliverables"),
    ("list", "--agency", "nobody"),
    ("list", "--as-of", "2023-02-30"),
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program keep what it read, in a folder of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("FOLLOWUP_CACHE", str(folder))
    return folder


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("day", ["2022-12-01", "2024-07-05"])
def test_an_answer_is_the_same_bytes_with_and_without_what_was_kept(
    followup: Followup, kept: Path, plan: Path, question: tuple[str, ...], day: str
) -> None:
    args = (*question, "--data", str(plan), *(() if "--as-of" in question else ("--as-of", day)))

    without = followup(*args, "--no-cache")
    assert not kept.exists()
    first = followup(*args)
    again = followup(*args)

    assert list(kept.glob("*.store")) or first.code == 2, "nothing was kept"
    assert without == first == again


def test_a_change_of_one_byte_is_seen(followup: Followup, kept: Path, plan: Path) -> None:
    before = followup("list", "--data", str(plan), "--fields", "deadline", "--as-of", "2022-12-01").out
    activities = plan / "activities.yaml"
    status = activities.stat()
    activities.write_bytes(activities.read_bytes().replace(b"deadline: April 2025", b"deadline: April 2026"))
    os.utime(activities, ns=(status.st_atime_ns, status.st_mtime_ns))

    after = followup("list", "--data", str(plan), "--fields", "deadline", "--as-of", "2022-12-01").out

    assert after == before.replace("April 2025", "April 2026") != before


def test_errors_are_found_whatever_was_kept(followup: Followup, kept: Path, plan: Path) -> None:
    assert followup("list", "--data", str(plan)).code == 0
    with (plan / "activities.yaml").open("a", encoding="utf-8") as stream:
        stream.write("  - id: 99\n")

    assert followup("list", "--data", str(plan)).code == 2
    assert followup("validate", "--data", str(plan)).code == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(b"x" * 9000),
        lambda file: file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 40_000),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: file.write_bytes(file.read_bytes().replace(b"27", b"28")),
        lambda file: file.write_bytes(file.read_bytes() + b"\n"),
        lambda file: file.write_bytes(file.read_bytes().replace(b"followup ", b"followup  ", 1)),
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_it_was_written_is_not_used(
    followup: Followup, kept: Path, plan: Path, harm: object
) -> None:
    args = ("list", "--data", str(plan), "--as-of", "2022-12-01")
    expected = followup(*args)
    (file,) = kept.glob("*.store")
    assert callable(harm)
    harm(file)

    assert followup(*args) == expected


def test_a_store_that_another_program_made_is_not_used(
    followup: Followup, kept: Path, plan: Path, tmp_path: Path
) -> None:
    source = tmp_path / "followup_cli"
    shutil.copytree(ROOT / "src" / "followup_cli", source, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "followup_cli", "count", "--by", "state", "--as-of", "2022-12-01"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "FOLLOWUP_DATA": str(plan)}

    def run() -> str:
        done = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    before = run()
    assert run() == before
    rules = source / "store" / "standing.py"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("d.due <= m.soon", "FALSE"), encoding="utf-8")

    assert run() != before


def test_only_so_many_stores_are_kept(followup: Followup, kept: Path, plan: Path) -> None:
    kept.mkdir()
    for number in range(40):
        old = kept / f"{number:032x}.store"
        old.write_bytes(b"old")
        os.utime(old, (number, number))
    (kept / f"{1:032x}.store.99.tmp").write_bytes(b"half")
    os.utime(kept / f"{1:032x}.store.99.tmp", (1, 1))
    (kept / "notes.txt").write_text("not ours")

    assert followup("list", "--count", "--data", str(plan)).code == 0

    left = {path.name for path in kept.iterdir()}
    assert len(left) == 33
    assert "notes.txt" in left
    assert f"{39:032x}.store" in left
    assert f"{8:032x}.store" not in left


def test_where_nothing_can_be_kept_nothing_is_lost(
    followup: Followup, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FOLLOWUP_CACHE", str(tmp_path / "file" / "cache"))

    assert followup("list", "--count").out == "29\n"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_validate_never_looks_at_what_was_kept(followup: Followup, kept: Path, plan: Path) -> None:
    assert followup("validate", "--data", str(plan)).code == 0

    assert not kept.exists()


@pytest.mark.parametrize("field", [*FIELDS, *ASSIGNED])
def test_counts_of_what_was_kept_are_counts_of_the_dataset(
    followup: Followup, kept: Path, plan: Path, field: str
) -> None:
    args = ("count", "--by", field, "--data", str(plan), "--as-of", "2023-01-01")

    assert followup(*args, "--no-cache") == followup(*args) == followup(*args)


LIBRARIES = ("pydantic", "yaml", "rich", "typer", "sqlite3", "jinja2", "subprocess", "json")
# What pydantic itself loads of the standard library differs between versions of Python.
PYDANTIC = {"pydantic", "json"}
FIRST = {"typer", "sqlite3", "subprocess", *PYDANTIC}
AGAIN = {"typer", "sqlite3", "subprocess"}


@pytest.mark.parametrize(
    ("args", "first", "again"),
    [
        (("--version",), set(), set()),
        (("list",), FIRST, AGAIN),
        (("list", "--agency", "GPO", "--due-before", "2023-01-01"), FIRST, AGAIN),
        (("list", "--format", "json"), FIRST, AGAIN | {"json"}),
        (("count", "--by", "agency"), FIRST, AGAIN),
        (("status",), FIRST | {"rich"}, AGAIN | {"rich"}),
        (("show", "24"), FIRST | {"rich"}, AGAIN | {"rich"}),
        (("agencies",), FIRST, AGAIN),
        (("timeline",), FIRST, AGAIN),
        (("sql", "select 1"), FIRST, AGAIN),
        (("export", "-o", "plan.ics"), FIRST, AGAIN | {"json"}),
        (("report", "agency", "GPO"), FIRST, AGAIN),
        (("__complete", "show", "2"), AGAIN, AGAIN),
        (("report", "overview"), FIRST, AGAIN),
        (("status", "--format", "markdown"), FIRST, AGAIN),
        (("validate",), {"typer", "subprocess", *PYDANTIC}, {"typer", "subprocess", *PYDANTIC}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_loads_no_more_than_its_budget(
    tmp_path: Path, args: tuple[str, ...], first: set[str], again: set[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    environment = {**os.environ, "FOLLOWUP_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT / "src")}
    loaded = f"import atexit, sys; atexit.register(lambda: print(*(m for m in {LIBRARIES} if m in sys.modules), file=sys.stderr))"
    program = f"{loaded}; sys.argv[0] = 'followup'; from followup_cli.__main__ import main; main()"
    for budget in (first, again):
        done = subprocess.run(
            [sys.executable, "-c", program, *args],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert set(done.stderr.split()) <= budget
