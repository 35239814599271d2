"""`record`: one command adds a fact, and touches nothing else."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from followup_cli.files import TEMPORARY
from tests.conftest import Followup

SRC = Path(__file__).parents[2] / "src"
LAW = ("--evidence", "https://example.org/law", "--publisher", "Official Gazette", "--accessed", "2024-08-01")
ACT = (*LAW, "--kind", "act", "--act", "Law No. 12", "--bears-on", "deliverable")


def text_of(plan: Path) -> str:
    return (plan / "activities.yaml").read_bytes().decode()


def added_lines(before: str, after: str) -> list[str]:
    """Give the lines that are new, after seeing that all others stand as they stood."""
    old, new = before.split("\n"), after.split("\n")
    same = next(i for i, (x, y) in enumerate(zip(old, new, strict=False)) if x != y)
    count = len(new) - len(old)
    assert new[same + count :] == old[same:]
    return new[same : same + count]


def test_a_fact_with_evidence_is_added_in_its_place(followup: Followup, plan: Path) -> None:
    before = text_of(plan)

    result = followup(
        "record", "5.1", "--status", "delivered", "--date", "2024-07-05", *ACT, "--data", str(plan)
    )

    assert result.code == 0
    assert added_lines(before, text_of(plan)) == [
        "        updates:",
        "          - date: 2024-07-05",
        "            status: delivered",
        "            evidence:",
        "              - url: https://example.org/law",
        "                publisher: Official Gazette",
        "                kind: act",
        "                act: Law No. 12",
        "                bears_on: deliverable",
        "                accessed: 2024-08-01",
    ]
    line = before[: before.index("deadline: By the end of 2022", before.index("- id: 5\n"))].count("\n") + 2
    assert result.out.startswith(
        f"{plan}/activities.yaml:{line}: 5.1: status none → delivered, with evidence"
    )
    assert f"delete lines {line}-{line + 9}" in result.err
    assert followup("validate", "--data", str(plan)).code == 0
    assert json.loads(followup("show", "5.1", "--format", "json", "--data", str(plan)).out)["updates"]


def test_an_older_fact_goes_before_a_newer_one(followup: Followup, plan: Path) -> None:
    before = text_of(plan)

    followup("record", "24.2", "--date", "1 December 2023", "--note", "Read: #1.", "--data", str(plan))

    assert added_lines(before, text_of(plan)) == [
        "          - date: 2023-12-01",
        '            note: "Read: #1."',
    ]
    dates = re.findall(
        "- date: (.*)", text_of(plan)[text_of(plan).index("outcome: Draft Law\n        deadline: April") :]
    )
    assert dates[:3] == ["2023-05-11", "2023-12-01", "2024-07-05"]


def test_a_dry_run_shows_the_change_and_writes_nothing(followup: Followup, plan: Path) -> None:
    before = text_of(plan)

    result = followup(
        "record",
        "3",
        "--date",
        "2022-09-01",
        "--note",
        "A proposal was sent.",
        "--dry-run",
        "--data",
        str(plan),
    )

    assert result.code == 0
    assert "+          - date: 2022-09-01\n+            note: A proposal was sent.\n" in result.out
    assert text_of(plan) == before


def test_two_pieces_of_evidence_share_what_is_given_once(followup: Followup, plan: Path) -> None:
    followup(
        *(
            "record",
            "6.1",
            "--date",
            "2023-01-01",
            "--evidence",
            "https://a.org",
            "--evidence",
            "https://b.org",
        ),
        *("--kind", "news", "--kind", "act", "--act", "Law No. 2", "--publisher", "Gazette"),
        *("--bears-on", "context", "--accessed", "2023-01-02", "--data", str(plan)),
    )

    records = json.loads(followup("show", "6", "-f", "json", "--data", str(plan)).out)["updates"]
    assert [(r["url"], r["publisher"], r["kind"], r["act"]) for r in records] == [
        ("https://a.org", "Gazette", "news", None),
        ("https://b.org", "Gazette", "act", "Law No. 2"),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["99", "--note", "x"], "no deliverable `99`"),
        (["99", "--note", "x"], "activities go from 1 to 27"),
        (["24", "--note", "x"], "24.1 (Concept on the Draft Law), 24.2 (Draft Law)"),
        (["24.3", "--note", "x"], "activity 24 has 24.1, 24.2"),
        (["5.1"], "nothing to record"),
        (["5.1", "--date", "2022-13-45", "--note", "x"], "is not a date"),
        (["5.1", "--date", "2199-01-01", "--note", "x"], "has not come yet"),
        (["5.1", "--date", "August 2022", "--note", "x"], "not a single day"),
        (["5.1", "--status", "delivred"], "did you mean `delivered`?"),
        (["5.1", "--status", "delivered"], "no evidence that bears on the deliverable"),
        (["5.1", "--evidence", "https://a.org"], "needs --publisher and --kind and --bears-on"),
        (["5.1", *LAW, "--kind", "act", "--bears-on", "result"], "give --act once for each"),
        (["5.1", *ACT, "--kind", "news", "--kind", "act"], "--kind is given 3 times for 1"),
        (
            [
                "5.1",
                *(
                    "--date",
                    "2024-07-05",
                    "--evidence",
                    "example.org",
                    "--kind",
                    "news",
                    "--bears-on",
                    "context",
                ),
                *LAW[2:],
            ],
            "write `https",
        ),
        (["5.1", "--note", "x\u202ey"], "invisible character"),
        (["5.1", "--publisher", "Gazette", "--note", "x"], "no evidence to describe"),
        (["5.1", "--note", "x", "--date", "2001-01-01"], "older than the plan"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_is_written(
    followup: Followup, plan: Path, args: list[str], said: str
) -> None:
    before = text_of(plan)

    result = followup("record", *args, "--data", str(plan))

    assert result.code == 2
    assert said in result.err
    assert text_of(plan) == before
    assert sorted(p.name for p in plan.iterdir()) == ["activities.yaml", "agencies.yaml"]


def test_a_dataset_with_errors_is_mended_first(followup: Followup, plan: Path) -> None:
    (plan / "activities.yaml").write_text(text_of(plan).replace("agencies: [MIPD]", "agencies: [MIDP]", 1))

    result = followup("record", "5.1", "--note", "x", "--data", str(plan))

    assert result.code == 2
    assert "followup validate" in result.err


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_line_ends_and_the_byte_order_mark_stay(
    followup: Followup, plan: Path, mark: bytes, end: bytes
) -> None:
    file = plan / "activities.yaml"
    before = mark + file.read_bytes().replace(b"\n", end).removesuffix(end)
    file.write_bytes(before)

    assert followup("record", "27", "--date", "2024-12-01", "--note", "So.", "--data", str(plan)).code == 0

    after = file.read_bytes()
    added = end.join([b"", b"        updates:", b"          - date: 2024-12-01", b"            note: So."])
    assert after.replace(added, b"") == before
    assert added in after


LAYOUTS = {
    "a list that is there": ("updates:\n          - date: 2023-01-01\n            note: Old.\n", "2024-12-01", "2022-12-01"),
    "with comments": ("updates: # what came of it\n          # first\n          - date: 2023-01-01 # day\n            note: Old.\n            # its own\n", "2024-12-01", "2022-12-01"),
    "a folded note": ("updates:\n          - date: 2023-01-01\n            note: >-\n              Old and\n              long.\n", "2024-12-01", "2022-12-01"),
    "a kept note": ("updates:\n          - date: 2023-01-01\n            note: |+\n              Old.\n\n", "2024-12-01", "2022-12-01"),
    "on one line": ("updates: [{date: 2023-01-01, note: Old.}]\n", "2024-12-01", "2022-12-01"),
}  # fmt: skip


@pytest.mark.parametrize("place", [1, 2], ids=["after", "before"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_in_every_layout_lines_end_as_the_file_s_do(
    followup: Followup, plan: Path, end: str, layout: str, place: int
) -> None:
    file, updates = plan / "activities.yaml", LAYOUTS[layout][0]
    text = text_of(plan).replace(
        "        deadline: August 2022\n", f"        deadline: August 2022\n        {updates}", 1
    )
    file.write_bytes(text.replace("\n", end).encode())
    day = LAYOUTS[layout][place]

    dry = followup("record", "3.1", "--date", day, "--note", "New.", "--dry-run", "--data", str(plan))
    result = followup("record", "3.1", "--date", day, "--note", "New.", "--data", str(plan))

    assert (dry.code, result.code) == (0, 0)
    after = file.read_bytes().decode()
    assert after.replace("\r\n", "").count("\r") == 0
    assert after.replace(end, "").count("\n") == 0
    records = json.loads(followup("show", "3", "-f", "json", "--data", str(plan)).out)["updates"]
    notes = [(record["date"], record["note"].strip()[:4]) for record in records]
    assert notes == sorted([("2023-01-01", "Old."[:4] if "fold" not in layout else "Old "), (day, "New.")])
    # Where it is said to be, it is; and without it the file is what it was.
    first = int(result.out.split(":")[1])
    count = after.count("\n") - text.count("\n")
    lines = after.split(end)
    assert any("New." in line for line in lines[first - 1 : first + max(count, 1)])
    if count:
        assert end.join(lines[: first - 1] + lines[first - 1 + count :]) == text.replace("\n", end)
    added = [line[1:] for line in dry.out.splitlines() if line.startswith("+") and "New." in line]
    assert len(added) == 1


RETRACTED = {
    **{f"a list, {name}": layout[0] for name, layout in LAYOUTS.items()},
    "two lines of evidence": "updates:\n          - date: 2023-01-01\n            evidence:\n              - url: https://a.org\n                publisher: A\n                kind: news\n                bears_on: context # not more\n",
    "the dash alone": "updates:\n        -\n          date: 2023-01-01\n          note: Old.\n",
    "each on one line": "updates:\n          - {date: 2023-01-01, note: Old.} # one\n",
}  # fmt: skip


@pytest.mark.parametrize("which", ["2023-01-01", "1", "#1", "1 January 2023"])
@pytest.mark.parametrize("layout", RETRACTED)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_an_update_that_was_wrong_is_marked_and_every_other_byte_stays(
    followup: Followup, plan: Path, end: str, layout: str, which: str
) -> None:
    file, updates = plan / "activities.yaml", RETRACTED[layout]
    before = text_of(plan).replace(
        "        deadline: August 2022\n", f"        deadline: August 2022\n        {updates}", 1
    )
    before = before.replace("\n", end)
    file.write_bytes(before.encode())
    mark = 'retracted: {date: 2024-05-01, note: "Of another plan: no. 3."}'

    args = ("record", "3.1", "--retract", which, "--note", "Of another plan: no. 3.", "--date", "2024-05-01")
    dry = followup(*args, "--dry-run", "--data", str(plan))
    result = followup(*args, "--data", str(plan))

    assert (dry.code, result.code) == (0, 0)
    assert sum(mark in line for line in dry.out.splitlines() if line.startswith("+")) == 1
    after = text_of(plan)
    lines, at = after.split(end), next(i for i, line in enumerate(after.split(end)) if mark in line)
    if lines[at].strip() == mark:
        assert end.join(lines[:at] + lines[at + 1 :]) == before
    else:
        assert after.replace(f", {mark}", "") == before
    assert result.out.startswith(f"{file}:{at + 1}: 3.1: update 2023-01-01 retracted: Of another plan")
    assert followup("validate", "--data", str(plan)).code == 0
    assert "retracted" in followup("history", "3.1", "--data", str(plan)).out


def test_what_is_retracted_is_kept_and_counts_for_nothing(followup: Followup, plan: Path) -> None:
    wrong = ("record", "24.2", "--retract", "2024-07-05", "--note", "It was another law.")
    assert followup(*wrong, "--data", str(plan)).code == 0

    asked = ("--as-of", "2025-05-01", "--data", str(plan))
    [row] = json.loads(
        followup(
            "list", "--search", "trafficking", "--outcome", "law", "--sort", "-due", "-f", "json", *asked
        ).out
    )[:1]
    assert (row["id"], row["status"], row["status_date"], row["state"]) == (
        *("24.2", "in-progress", "2023-05-11"),
        "unreported",
    )
    shown = json.loads(followup("show", "24.2", "-f", "json", *asked).out)
    assert [each["retracted"] for each in shown["updates"]] == [None, "It was another law."]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--retract", "2023-01-01", "--note", "x"], "3.1 has 2 updates of 2023-01-01"),
        (["--retract", "2023-01-01", "--note", "x"], "name one of 1 (2023-01-01, Old.); 2 (2023-01-01, in-progress)"),
        (["--retract", "2023-02", "--note", "x"], "3.1 has no update `2023-02`"),
        (["--retract", "5", "--note", "x"], "its updates are 1 (2023-01-01, Old.); 2 (2023-01-01, in-progress); 3 (2023)"),
        (["--retract", "yesterday's", "--note", "x"], "is not a date"),
        (["--retract", "", "--note", "x"], "empty value"),
        (["--retract", "1"], "say it with --note"),
        (["--retract", "1", "--note", " "], "empty value"),
        (["--retract", "1", "--note", "a\x1bb"], "invisible character"),
        (["--retract", "1", "--note", "x", "--status", "delivered"], "only a note and a date"),
        (["--retract", "1", "--note", "x", "--for", "2023"], "only a note and a date"),
        (["--retract", "1", "--note", "x", "--date", "2199-01-01"], "has not come yet"),
        (["--retract", "3", "--note", "x"], "the update `3` of 3.1 is retracted already"),
    ],
)  # fmt: skip
def test_which_update_is_retracted_is_never_guessed(
    followup: Followup, plan: Path, args: list[str], said: str
) -> None:
    file = plan / "activities.yaml"
    updates = (
        "updates:\n          - date: 2023-01-01\n            note: Old.\n"
        "          - date: 2023-01-01\n            status: in-progress\n"
        "          - date: 2023\n            reported_as: Done\n            retracted: {date: 2024-01-01, note: No.}\n"
    )
    file.write_text(
        text_of(plan).replace(
            "        deadline: August 2022\n", f"        deadline: August 2022\n        {updates}", 1
        )
    )
    before = file.read_bytes()

    result = followup("record", "3.1", *args, "--data", str(plan))

    assert (result.code, file.read_bytes()) == (2, before)
    assert said in result.err


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_linked_file_is_written_where_it_lies(followup: Followup, plan: Path) -> None:
    real = plan / "real.yaml"
    (plan / "activities.yaml").rename(real)
    (plan / "activities.yaml").symlink_to(real)

    assert followup("record", "5", "--date", "2024-12-01", "--note", "So.", "--data", str(plan)).code == 0
    assert (plan / "activities.yaml").is_symlink()
    assert "note: So." in real.read_text()


# A process that has the program loaded and forks a recorder for each turn, to strike it at its n-th
# operation on files, or to set many going at once.
FORKS = """
import errno, os, signal, shutil, sys
from pathlib import Path
import followup_cli.commands.record, followup_cli.changes.recording, followup_cli.git, followup_cli.changes.telling
import followup_cli.files as files
from followup_cli.__main__ import main

what, folder = sys.argv[1], Path(sys.argv[2])
file = folder / "activities.yaml"
OLD = file.read_bytes()

def record(number, turn=0, how=""):
    pid = os.fork()
    if pid:
        return pid
    log = os.open(folder.parent / f"log-{number}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1), os.dup2(log, 2)
    count = [0]
    def strike(real, by_name):
        def call(*args, **kwargs):
            if by_name and str(folder) not in str(args[0]):
                return real(*args, **kwargs)
            count[0] += 1
            if count[0] == turn and how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if count[0] == turn:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(*args, **kwargs)
        return call
    if turn:
        for name in ("open", "replace", "chown", "stat", "access", "listdir"):
            setattr(os, name, strike(getattr(os, name), True))
        for name in ("fdopen", "fsync", "fstat"):
            setattr(os, name, strike(getattr(os, name), False))
        files.fcntl.flock = strike(files.fcntl.flock, False)
        Path.chmod, Path.unlink = strike(Path.chmod, True), strike(Path.unlink, True)
    ids = ["1.1", "2.1", "2.2"]
    sys.argv = ["followup", "record", ids[number % 3], "--date", "2024-12-01", "--note", f"Fact number {number}.",
                "--data", str(folder)]
    code = 70
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        os._exit(100 if turn and count[0] < turn else code)

if what == "strike":
    how = sys.argv[3]
    for turn in range(1, 200):
        file.write_bytes(OLD)
        _, status = os.waitpid(record(4, turn, how), 0)
        left = file.read_bytes()
        ended = "killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        litter = sum(name.startswith(files.TEMPORARY) for name in os.listdir(folder))
        told = (folder.parent / "log-4").read_text()
        added = "        updates:\\n          - date: 2024-12-01\\n            note: Fact number 4.\\n".encode()
        text = "old" if left == OLD else "new" if left.replace(added, b"") == OLD else "broken"
        print(turn, ended, text, litter, "Traceback" in told or "bug" in told)
        if ended == 100:
            break
        if not litter and turn % 8:
            continue
        file.write_bytes(OLD)
        os.waitpid(record(4), 0)
        assert b"Fact number 4." in file.read_bytes(), "what was left behind stops the next one"
        assert not any(name.startswith(files.TEMPORARY) for name in os.listdir(folder))
else:
    pids = [record(number) for number in range(int(sys.argv[3]))]
    for number, pid in enumerate(pids):
        _, status = os.waitpid(pid, 0)
        print(number, os.WEXITSTATUS(status))
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return shutil.copytree(Path(__file__).parents[1] / "example_plan", tmp_path / "data")


def forked(*args: str) -> list[list[str]]:
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    command = [sys.executable, "-c", FORKS, *args]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
@pytest.mark.parametrize("how", ["kill", "fail"])
def test_struck_at_any_operation_on_files_it_leaves_the_old_text_or_the_new(small: Path, how: str) -> None:
    rows = forked("strike", str(small), how)

    struck, whole = rows[:-1], rows[-1]
    assert whole[1:3] == ["100", "new"]
    assert len(struck) > 15
    for _, ended, left, litter, crashed in struck:
        assert crashed == "False"
        if how == "kill":
            assert (ended, left) in (("killed", "old"), ("killed", "new"))
        else:
            # What fails in tidying up (the owner, the folder's own record) does not undo the writing.
            assert (ended, left) in (("2", "old"), ("0", "new"), ("2", "new"))
            assert litter == "0"
    assert {"old", "new"} == {row[2] for row in struck}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_of_twenty_writers_at_once_each_that_reported_is_there(followup: Followup, small: Path) -> None:
    rows = forked("many", str(small), "20")

    text = text_of(small)
    reported = [number for number, code in rows if code == "0"]
    assert len(reported) >= 1
    assert all(f"Fact number {number}." in text for number in reported)
    assert text.count("Fact number") == len(reported)
    assert {code for _, code in rows} <= {"0", "2"}
    assert followup("validate", "--data", str(small)).code == 0
    assert not [p for p in small.iterdir() if p.name.startswith(TEMPORARY)]


def test_an_editor_that_saves_meanwhile_is_not_overwritten(
    followup: Followup, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, flush = plan / "activities.yaml", os.fsync
    saved = text_of(plan).replace("# The plan,", "# My plan,")

    def save_and_flush(handle: int) -> None:
        file.write_text(saved, encoding="utf-8")
        flush(handle)

    monkeypatch.setattr(os, "fsync", save_and_flush)
    result = followup("record", "5", "--date", "2024-12-01", "--note", "So.", "--data", str(plan))

    assert result.code == 2
    assert "changed by someone else in the meantime; nothing was written" in result.err
    assert text_of(plan) == saved
    assert sorted(p.name for p in plan.iterdir()) == ["activities.yaml", "agencies.yaml"]


def test_a_pipe_is_never_asked(followup: Followup, plan: Path) -> None:
    result = followup("record", "5", "--data", str(plan), stdin="delivered\n2024-01-01\nx\n")

    assert result.code == 2
    assert "nothing to record" in result.err


def at_a_terminal(plan: Path, typed: str, *args: str) -> tuple[int, str]:
    """Run `record 5` at a terminal where lines are typed; gives the exit code and all that was shown."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(SRC), "TERM": "dumb", "COLUMNS": "200"}
    command = [sys.executable, "-m", "followup_cli", "record", "5", *args, "--data", str(plan)]
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, f"{typed}\x04".encode())  # whoever is asked for more than was typed is told of its end
        shown = b""
        with suppress(OSError):  # what is left when the program ends
            while part := os.read(ours, 4096):
                shown += part
        code = process.wait(timeout=30)
        os.close(ours)
    return code, shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="terminals")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("in-progress\n2023-03-01\nA draft is being written.\n\n", ""),
        ("done\nin-progress\n2023-03-01\nA draft is being written.\n\n", "there is no status `done`"),
        (
            "in progress\n2023-02-30\n2199-01-01\n2023-03-01\nA draft is being written.\n\n",
            "has not come yet",
        ),
        (
            "delivered\n2023-03-01\nA draft is being written.\n\nin-progress\n\n\n\n",
            "no evidence that bears on the deliverable",
        ),
        (
            "in-progress\n2023-03-01\nNo.\nexample.org\nP\nnews\ncontext\n\n\nA draft is being written.\n-\n",
            "write `https://example.org`",
        ),
        ("\n\n\n\nin-progress\n2023-03-01\nA draft is being written.\n\n", "nothing to record"),
        ("in-progress\n2001-01-01\nA draft is being written.\n\n\n2023-03-01\n\n\n", "older than the plan"),
    ],
    ids=["right", "status", "day", "evidence", "address", "nothing", "too early"],
)
def test_at_a_terminal_it_asks_until_it_can_be_recorded(plan: Path, typed: str, said: str) -> None:
    code, shown = at_a_terminal(plan, typed)

    assert code == 0
    assert said in shown
    assert (
        "- date: 2023-03-01\n            status: in-progress\n            note: A draft is being written.\n"
        in (text_of(plan))
    )
    assert (
        "example.org"
        not in text_of(plan)[text_of(plan).index("  - id: 5\n") : text_of(plan).index("  - id: 6\n")]
    )


@pytest.mark.skipif(os.name == "nt", reason="terminals")
def test_at_a_terminal_evidence_is_described(plan: Path) -> None:
    answers = (
        "delivered",
        "2023-03-01",
        "",
        "https://example.org/law",
        "Gazette",
        "akt",
        "act",
        "Law No. 1",
        "deliverable",
    )
    typed = "".join(f"{answers[index]}\n" for index in (0, 1, 2, 3, 4, 5, 6, 8, 7))

    code, shown = at_a_terminal(plan, typed, "--accessed", "2023-03-02")

    assert (code, "did you mean `act`?" in shown) == (0, True)
    assert "kind: act\n                act: Law No. 1\n                bears_on: deliverable\n" in text_of(
        plan
    )


@pytest.mark.skipif(os.name == "nt", reason="terminals")
@pytest.mark.parametrize("option", [("--status", "done"), ("--date", "2199-01-01"), ("--accessed", "never")])
def test_at_a_terminal_an_option_that_is_wrong_ends_it(plan: Path, option: tuple[str, str]) -> None:
    before = text_of(plan)

    code, _ = at_a_terminal(plan, "in-progress\n" * 4, *option)

    assert code == 2
    assert text_of(plan) == before


@pytest.mark.skipif(os.name == "nt", reason="terminals")
def test_at_a_terminal_who_stops_has_written_nothing(plan: Path) -> None:
    before = text_of(plan)

    code, _ = at_a_terminal(plan, "in-progress\n")

    assert code == 130
    assert text_of(plan) == before
