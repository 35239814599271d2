"""What is asked and answered as a process: streams that fail, interruptions, and command lines gone wrong."""

import fcntl
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Followup, interruptible

if os.name == "nt":
    pytest.skip("pipes and signals", allow_module_level=True)

PROGRAM = [sys.executable, "-m", "followup_cli"]
BUFFERED = pytest.mark.parametrize("unbuffered", ["", "1"])


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}


def run(*command: str, stdout: int, before: Callable[[], None] | None = None, **more: str) -> tuple[int, str]:
    done = subprocess.run(
        [*PROGRAM, *command],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=before,
        env=environment(**more), check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr.decode()


def a_small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


@BUFFERED
@pytest.mark.parametrize(
    "command",
    [("list", "--format", "json"), ("list", "--help"), ("help", "reference"), ("export", "-f", "sqlite")],
)
def test_what_does_not_fit_is_an_error(tmp_path: Path, command: tuple[str, ...], unbuffered: str) -> None:
    with (tmp_path / "part").open("wb") as part:
        code, err = run(*command, stdout=part.fileno(), before=a_small_disk, PYTHONUNBUFFERED=unbuffered)

    assert code == 2
    assert err == "error: the system refused: file too large\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@BUFFERED
def test_a_full_disk_is_an_error(unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, err = run("list", "--count", stdout=full.fileno(), PYTHONUNBUFFERED=unbuffered)

    assert code == 2
    assert err.endswith("error: the system refused: no space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_where_nothing_can_be_said_the_answer_is_still_given() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "list", "--search", "nothing like it"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=full, env=environment(), check=False, timeout=60,
        )  # fmt: skip

    assert (done.returncode, done.stdout.count(b"\n")) == (0, 1)


@BUFFERED
@pytest.mark.parametrize(
    "command",
    ["list", "list --format json", "count --by state", "show 1", "--help", "list --help", "help reference"],
)
def test_a_reader_who_has_gone_is_no_error(command: str, unbuffered: str) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        assert run(*command.split(), stdout=write, PYTHONUNBUFFERED=unbuffered) == (0, "")
    finally:
        os.close(write)


def test_a_pipe_that_does_not_block_gets_everything() -> None:
    whole = (
        subprocess.run(
            [*PROGRAM, "help", "reference"], cwd=ROOT, env=environment(), check=True, capture_output=True
        ).stdout
        * 8
    )
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETFL, fcntl.fcntl(write, fcntl.F_GETFL) | os.O_NONBLOCK)
    # More than the pipe holds, before anyone reads.
    code = "import sys; sys.argv[1:] = ['help', 'reference']; from followup_cli.__main__ import main\n"
    code += "for _ in range(8):\n    try: main()\n    except SystemExit as end: assert end.code == 0\n"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment(), stdout=write) as child:
        os.close(write)
        time.sleep(0.5)
        with os.fdopen(read, "rb") as stream:
            assert stream.read() == whole
        assert child.wait(timeout=60) == 0


def at_a_terminal(*command: str, **variables: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start the program in a terminal of its own, of ten lines."""
    import pty
    import struct
    import termios

    def own_terminal() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    ours, theirs = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 80, 0, 0))
    child = subprocess.Popen(
        [*PROGRAM, *command],
        cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=own_terminal,  # noqa: PLW1509 - no threads here
        env=environment(**{"TERM": "xterm", "LINES": "", "COLUMNS": "", **variables}),
    )  # fmt: skip
    os.close(theirs)
    return child, ours


def shown(child: subprocess.Popen[bytes], terminal: int) -> tuple[int, str]:
    """Read a terminal to its end; leave no process behind."""
    parts = []
    try:
        while True:
            try:
                parts.append(os.read(terminal, 65536))
            except OSError:
                break
            if not parts[-1]:
                break
        return child.wait(timeout=60), b"".join(parts).decode()
    finally:
        os.close(terminal)
        child.kill()
        child.wait()


def test_an_interruption_belongs_to_the_pager_while_it_shows(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text(
        f"#!/bin/sh\ntrap '' INT\ncat >/dev/null\n: >{tmp_path}/shows\n"
        f"while [ ! -e {tmp_path}/end ]; do sleep 0.1; done\necho THE-END\n"
    )
    pager.chmod(0o755)
    child, terminal = at_a_terminal("report", "plan", "--format", "table", PAGER=str(pager))
    patience = time.monotonic() + 60
    while not (tmp_path / "shows").exists() and time.monotonic() < patience:
        time.sleep(0.05)
    os.write(terminal, b"\x03")
    (tmp_path / "end").touch()
    code, text = shown(child, terminal)

    assert code == 0
    assert text.count("THE-END") == 1


@pytest.mark.parametrize("pager", ["less '", "no-such-pager", "", "/", "/etc/hostname"])
def test_a_pager_that_is_none_is_done_without(pager: str) -> None:
    code, text = shown(*at_a_terminal("report", "plan", "--format", "table", PAGER=pager))

    assert code == 0
    assert "Silence is not failure" in text
    assert "error" not in text


def test_an_interruption_is_quiet() -> None:
    ready = "import sys; sys.argv[1:] = ['sql', '-']; from followup_cli.__main__ import main; print('ready', flush=True); main()"
    child = subprocess.Popen(
        [sys.executable, "-c", ready],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        preexec_fn=interruptible,  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.2)  # wherever it is by then
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    finally:
        child.kill()
        child.wait()

    assert (child.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize("optimized", ["1", "2"])
def test_help_does_not_depend_on_what_python_drops(optimized: str) -> None:
    def page(**more: str) -> bytes:
        return subprocess.run(
            [*PROGRAM, "help", "reference"],
            cwd=ROOT,
            env=environment(**more),
            check=True,
            capture_output=True,
        ).stdout

    assert page(PYTHONOPTIMIZE=optimized) == page()


# -- command lines gone wrong ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ("list", "--state", ""),
        ("list", "--search="),
        ("list", "--agency", " "),
        ("list", "--as-of", ""),
        ("list", "--data", ""),
        ("list", "--state", ","),
        ("list", "--agency", " , "),
        ("validate", "--select", ","),
        ("list", "--output", ""),
        ("list", "--due", "2022", "--due", ""),
        ("count", "--by", ""),
        ("validate", "--data", ""),
        ("record", "5", "--note", ""),
    ],
)
def test_an_option_without_a_value_is_not_all(followup: Followup, args: tuple[str, ...]) -> None:
    result = followup(*args)

    assert (result.code, result.out) == (2, "")
    option = next(word for word in reversed(args) if word.startswith("--")).rstrip("=")
    assert f"`{option}` was given an empty value" in result.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("24",), "`followup show 24`"),
        (("24.2",), "`followup show 24.2`"),
        (("#24",), "`followup show #24`"),
        (("list", "24"), "`followup show 24`"),
        (("status", "24.2"), "`followup show 24.2`"),
        (("--as-of", "2022-12-01", "list"), "`followup list --as-of 2022-12-01`"),
        (("--data", "data", "list"), "`followup list --data data`"),
        (("-f", "json", "list"), "`followup list -f json`"),
        (("--versio",), "`--version`"),
        (("list", "--json"), "`--format json`"),
        (("show", "24", "--csv"), "`--format csv`"),
        (("lsit",), "`list`"),
        (("list", "--agancy", "GPO"), "`--agency`"),
        (("export", "--json"), "`followup export -h`"),
        (("list", "--soon", "x"), "`followup list -h`"),
        (("show",), "`followup show -h`"),
        (("list", "overdue"), "`followup list -h`"),
    ],
)
def test_a_command_line_gone_wrong_is_answered_with_what_to_type(
    followup: Followup, args: tuple[str, ...], said: str
) -> None:
    result = followup(*args)

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")
    assert said in result.err


@pytest.mark.parametrize("option", ["--due", "--as-of", "--due-before", "--due-after"])
def test_a_date_with_two_readings_is_refused_with_both(followup: Followup, option: str) -> None:
    result = followup("list", option, "03/04/2022")

    assert (result.code, result.out) == (2, "")
    assert result.err.count("03/04/2022") == 1
    assert "hint: write 2022-04-03 or 2022-03-04" in result.err


def test_an_empty_argument_is_refused(followup: Followup) -> None:
    assert followup("validate", "").code == 2


def test_the_condition_that_left_nothing_is_named(followup: Followup) -> None:
    result = followup("list", "--due-before", "2000-01-01")

    assert "no deliverable matches `--due-before`: 0 of 29" in result.err


CONTROLS = "a\n::error::b\r\x1b[2Jc\x00\u202ed\u2028e"


@pytest.mark.parametrize(
    "args",
    [
        ("list", "--data", CONTROLS),
        ("list", "--state", CONTROLS),
        ("list", "--agency", CONTROLS),
        ("list", "--section", CONTROLS),
        ("list", "--due", CONTROLS),
        ("list", "--as-of", CONTROLS),
        ("list", "--format", CONTROLS),
        ("list", "--sort", CONTROLS),
        ("list", f"--{CONTROLS}"),
        ("list", CONTROLS),
        ("show", CONTROLS),
        ("count", "--by", CONTROLS),
        ("sql", CONTROLS),
        ("rule", CONTROLS),
        ("help", CONTROLS),
        ("report", CONTROLS),
        ("report", "agency", CONTROLS),
        ("completion", CONTROLS),
        ("deadline", "May 2022", "--lang", CONTROLS),
        (CONTROLS,),
        ("show", "9" * 100_000),
    ],
)
def test_an_error_shows_what_was_typed_and_nothing_more(followup: Followup, args: tuple[str, ...]) -> None:
    result = followup(*(word.replace("\0", "") for word in args))

    assert result.code == 2
    assert all(line.startswith(("error: ", "hint: ")) for line in result.err.splitlines())
    assert result.err.count("\n") <= 2
    assert result.err.replace("\n", "").isprintable()
    assert len(result.err) < 5_000
