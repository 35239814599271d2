"""Writing: the old text or the new one, whatever happens on the way."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from followup_cli.errors import FollowupError
from followup_cli.files import TEMPORARY, write_atomically

SRC = Path(__file__).parents[1] / "src"
OLD, NEW = b"old\n" * 1000, b"new\n" * 5000

# A writer in a process of its own that ends, or is told of an error, at its n-th operation on files.
WRITER = """
import errno, os, signal, sys
from pathlib import Path
import followup_cli.files as files
how, turn, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
NAMES = ["open", "write", "fdopen", "fsync", "replace", "chmod", "chown", "stat", "fstat", "access", "listdir"]
count = 0
def strike(name):
    global count
    count += 1
    if count == turn:
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if how == "interrupt":
            raise KeyboardInterrupt
def counted(name):
    real = getattr(os, name)
    def call(*args, **kwargs):
        strike(name)
        return real(*args, **kwargs)
    return call
for name in NAMES:
    setattr(files.os, name, counted(name))
import pathlib
for name in ("unlink", "chmod"):
    real = getattr(pathlib.Path, name)
    setattr(pathlib.Path, name, lambda self, *a, _r=real, **k: (strike("path"), _r(self, *a, **k))[1])
import fcntl
flock = fcntl.flock
fcntl.flock = lambda *a: (strike("flock"), flock(*a))[1]
try:
    files.write_atomically(path, b"new\\n" * 5000, b"old\\n" * 1000)
except files.FollowupError as error:
    print(error.message)
    sys.exit(2)
except KeyboardInterrupt:
    sys.exit(130)
print("operations", count)
"""


def writer(how: str, turn: int, path: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    command = [sys.executable, "-c", WRITER, how, str(turn), str(path)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def litter(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(TEMPORARY))


def test_a_file_is_written_whole_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    path.chmod(0o640)

    write_atomically(path, NEW, OLD)

    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert litter(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("how", ["kill", "full", "interrupt"])
def test_a_writer_struck_at_any_operation_leaves_the_old_file_or_the_new(tmp_path: Path, how: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    done = writer(how, 0, path)
    operations = int(done.stdout.split()[-1])

    assert operations > 8
    for turn in range(1, operations + 1):
        path.write_bytes(OLD)
        struck = writer(how, turn, path)
        left = path.read_bytes()
        assert left in (OLD, NEW), f"operation {turn}"
        if how == "kill":
            assert struck.returncode < 0
        elif struck.returncode == 0:
            # An error in tidying up (keeping the owner, removing litter) does not undo the writing.
            assert left == NEW
        else:
            assert struck.returncode == {"full": 2, "interrupt": 130}[how]
            assert "Traceback" not in struck.stderr
        if left == OLD:
            write_atomically(path, NEW, OLD)
            assert path.read_bytes() == NEW
        else:
            write_atomically(path, OLD, NEW)
        assert litter(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="limits")
@pytest.mark.parametrize("limit", [0, 1, 4096, len(NEW) - 1])
@pytest.mark.parametrize("crash", [True, False])
def test_a_write_that_ends_in_the_middle_leaves_the_old_file(tmp_path: Path, limit: int, crash: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    code = f"""
import resource, signal, sys
from pathlib import Path
from followup_cli.files import FollowupError, write_atomically
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
signal.signal(signal.SIGXFSZ, signal.{"SIG_DFL" if crash else "SIG_IGN"})
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    write_atomically(Path(sys.argv[1]), b"new\\n" * 5000, b"old\\n" * 1000)
except FollowupError as error:
    print(error.message)
    sys.exit(2)
"""
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    command = [sys.executable, "-c", code, str(path)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    assert path.read_bytes() == OLD
    assert ended.returncode < 0 if crash else (ended.returncode == 2 and "cannot be written" in ended.stdout)
    assert crash or litter(tmp_path) == []
    write_atomically(path, NEW, OLD)
    assert litter(tmp_path) == []


def test_a_file_that_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"an editor's text")

    with pytest.raises(FollowupError, match="changed by someone else"):
        write_atomically(path, NEW, OLD)

    assert path.read_bytes() == b"an editor's text"
    assert litter(tmp_path) == []


def test_a_new_file_does_not_replace_one_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, OLD, None)

    with pytest.raises(FollowupError, match="exists already"):
        write_atomically(path, NEW, None)

    assert path.read_bytes() == OLD


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_symbolic_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "target", tmp_path / "link"
    target.parent.mkdir()
    target.write_bytes(OLD)
    link.symlink_to(target)

    write_atomically(link, NEW, OLD)

    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert litter(tmp_path) == litter(target.parent) == []


@pytest.mark.skipif(os.name == "nt", reason="pipes")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe", tmp_path / "loop"
    os.mkfifo(pipe)
    loop.symlink_to(loop)

    for path in (tmp_path, pipe, loop, tmp_path / "none" / "file", Path("/dev/null"), Path("/dev/stdout")):
        with pytest.raises(FollowupError):
            write_atomically(path, NEW)

    assert sorted(p.name for p in tmp_path.iterdir()) == ["loop", "pipe"]


FORBIDDEN = """
import os, sys
from pathlib import Path
from followup_cli.files import FollowupError, write_atomically
if os.geteuid() == 0:
    os.setuid(65534)  # the superuser may write everywhere
try:
    write_atomically(Path(sys.argv[1]), b"new")
except FollowupError as error:
    print(error.message)
    sys.exit(2)
"""


@pytest.mark.skipif(os.name == "nt", reason="modes")
@pytest.mark.parametrize(
    ("of_file", "of_folder", "said"), [(0o444, 0o777, "read-only"), (0o666, 0o555, "denied")]
)
def test_a_file_or_folder_that_may_not_be_written(of_file: int, of_folder: int, said: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name), Path(name) / "file"
        path.write_bytes(OLD)
        path.chmod(of_file)
        folder.chmod(of_folder)
        environment = {**os.environ, "PYTHONPATH": str(SRC)}
        command = [sys.executable, "-c", FORBIDDEN, str(path)]
        refused = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        folder.chmod(0o755)

        assert refused.returncode == 2, refused.stderr
        assert said in refused.stdout
        assert path.read_bytes() == OLD
        assert litter(folder) == []
