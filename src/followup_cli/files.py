"""Read files once, and write them without ever losing one: the whole new text is there, or the old.

To write, take the folder's lock, write a new file beside the old one, flush it to the disk, see that the old one is
still what was read, put the new one in its place, flush the folder. Whoever is killed on the way leaves the
old file or the new one, and at most a file `.followup-tmp-*` that the next writer removes.
"""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path

from followup_cli.errors import FollowupError

MAX_BYTES = 64 * 1024 * 1024  # of a file of a dataset
TEMPORARY = ".followup-tmp-"
WAIT = 10.0  # seconds for another writer to finish


class _Whatever:
    __slots__ = ()


ANYTHING = _Whatever()


def read_bytes(path: Path) -> bytes:
    """Read a regular file whole.

    Raises:
        FollowupError: if it cannot be read.
    """
    content = _present(Path(os.path.realpath(path)), path)
    if content is None:
        raise FollowupError(f"`{path}` does not exist", "check the name")
    return content


class UnreadableError(FollowupError):
    """A file of a dataset is not read, for a reason."""

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        super().__init__(f"`{path}` cannot be read: {reason}", hint)
        self.reason = reason


def read_data(path: Path) -> bytes:
    """Read a file of a dataset as it stands.

    Only a regular file of at most 64 MiB is read, and only from the folder where it is named: what a link
    out of it leads to is not the dataset's, and not a byte of it is shown.

    Raises:
        UnreadableError: if it is not read.
    """
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(path.parent)):
        raise UnreadableError(path, "it is a link that leads out of its folder", "put the file itself there")
    restore = "restore the file, or name the dataset's folder with `--data`"
    try:
        handle = os.open(target, _READ | getattr(os, "O_NOFOLLOW", 0))
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
                raise UnreadableError(path, f"it is {what}", restore)
            with os.fdopen(handle, "rb", closefd=False) as stream:
                data = stream.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else b""
        finally:
            os.close(handle)
    except OSError as error:
        raise UnreadableError(path, _reason(error), restore) from None
    size = max(status.st_size, len(data))
    if size > MAX_BYTES:
        reason = f"it has {size} bytes, more than the {MAX_BYTES} that are read"
        raise UnreadableError(path, reason, "split the plan into several datasets")
    return data


# O_NONBLOCK: a named pipe must not hang the program.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def write_atomically(path: Path, data: bytes, expected: "bytes | _Whatever | None" = ANYTHING) -> None:
    """Write a whole file or leave what was there, whatever happens on the way.

    Args:
        path: the file; what a symbolic link points to is written, the link stays.
        data: its new content.
        expected: what the file must hold now (None: there must be none); else nothing is written.

    Raises:
        FollowupError: if the file cannot be written, or is not what was expected.
    """
    with locked(path):
        write_locked(path, data, expected)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the folder in which a file lies, after other writers are done.

    The lock ends with its holder, however that ends, and leaves no file behind.

    Raises:
        FollowupError: if the folder cannot be used, or another writer holds the lock too long.
    """
    folder = Path(os.path.realpath(path)).parent
    try:
        handle = _open_lock(folder)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        _take_lock(handle, path)
        _sweep(folder)
        yield
    finally:
        os.close(handle)


def write_locked(
    path: Path, data: bytes, expected: "bytes | _Whatever | None" = ANYTHING, *, durable: bool = True
) -> None:
    """Do what `write_atomically` does, for a caller that holds the lock; without `durable`, not wait for the disk."""
    target = Path(os.path.realpath(path))
    temporary = target.parent / f"{TEMPORARY}{os.urandom(8).hex()}"
    try:
        status = _status(target)
        _refuse_special(status, target, path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(temporary, flags, 0o666 if status is None else 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                if status is not None:
                    _keep_owner_and_mode(temporary, status)
                stream.write(data)
                if durable:
                    stream.flush()
                    os.fsync(stream.fileno())
            if not isinstance(expected, _Whatever):
                _expect(target, path, expected)
            os.replace(temporary, target)  # noqa: PTH105 - beside os.open and os.fsync
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        if durable:
            _flush_folder(target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None


def write_folder(folder: Path, files: Mapping[str, bytes], record: str | None = None) -> None:
    """Write files into a folder that is new or empty, or holds what was so written before; each file whole.

    Args:
        folder: where they go.
        files: their contents by name, folders before it with `/`.
        record: the file that lists what was written; what it listed before, and is not written now, is deleted,
            and what others have put there stays.

    Raises:
        FollowupError: if it would mix with other files, or cannot be written.
    """
    before = _listed_in(folder / record) if record else set()
    new = {*files, *([record] if record else ())}
    there = _made_ready(folder, new, before, mixed=record is not None)
    if record:
        write_atomically(folder / record, _list_of(new | before))
    # All that is in one folder is written under one lock, and not made to wait for the disk: it can be made again.
    for inner, names in groupby(sorted(files, key=_folder_of), key=_folder_of):
        with locked(folder / inner / "any"):
            for name in names:
                if name not in there or (folder / name).read_bytes() != files[name]:
                    write_locked(folder / name, files[name], durable=False)
    if record:
        # Of what the list names, only what lies in the folder itself: it may have been written by anyone.
        for name in (before - new) & there:
            (folder / name).unlink(missing_ok=True)
        write_atomically(folder / record, _list_of(new))


def _listed_in(record: Path) -> set[str]:
    try:
        listed = record.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return set()
    return {name for name in listed if name and not name.startswith("/") and ".." not in name.split("/")}


def _list_of(names: set[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()


def _made_ready(folder: Path, new: set[str], before: set[str], *, mixed: bool) -> set[str]:
    """Make the folders of new files, after seeing that no file of others would be written over; tell what is there."""
    try:
        if folder.exists() and not folder.is_dir():
            raise FollowupError(f"`{folder}` is not a folder", "name a new folder")
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
        # Beside what was made before, others may have put files; else all must be what is now made.
        strange = there & (new - before) if before else there if mixed else there - new
        if strange:
            message = f"`{folder}` holds other files, such as `{folder / min(strange)}`"
            raise FollowupError(message, "name a new folder")
        for name in sorted(new):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FollowupError(f"`{folder}` cannot be written: {_reason(error)}") from None
    return there


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0]


def _status(target: Path) -> os.stat_result | None:
    try:
        return os.stat(target)  # noqa: PTH116
    except FileNotFoundError:
        return None


def _refuse_special(status: os.stat_result | None, target: Path, path: Path) -> None:
    # `/dev/stdout` may lead to a file where output is redirected; to replace that is not to write there.
    if path.parts[:2] == (os.sep, "dev") or (
        status is not None and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))
    ):
        raise FollowupError(f"`{path}` is not a regular file", "write to standard output instead: `> FILE`")
    if status is not None and stat.S_ISDIR(status.st_mode):
        raise FollowupError(f"`{path}` is a folder", "name a file in it")
    if status is not None and not os.access(target, os.W_OK):
        raise FollowupError(f"`{path}` is read-only", "allow writing, or write elsewhere")


def _keep_owner_and_mode(temporary: Path, status: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # only the superuser can give files away
            os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))


def _present(target: Path, path: Path) -> bytes | None:
    """Read what a file holds now; None if there is none."""
    try:
        handle = os.open(target, _READ)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FollowupError(f"`{path}` cannot be read: {_reason(error)}") from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise FollowupError(f"`{path}` is not a regular file", "name a file")
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read()
    finally:
        os.close(handle)


def _expect(target: Path, path: Path, expected: bytes | None) -> None:
    """Stop if a file is not what it was when it was read."""
    if _present(target, path) == expected:
        return
    if expected is None:
        raise FollowupError(f"`{path}` exists already", "choose another place, or move it away first")
    message = f"`{path}` was changed by someone else in the meantime; nothing was written"
    raise FollowupError(message, "run it again")


def _unwritable(path: Path, error: OSError) -> FollowupError:
    return FollowupError(f"`{path}` cannot be written: {_reason(error)}", "nothing was changed")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


if (
    sys.platform == "win32"
):  # pragma: no cover - a folder has no descriptor there, so a file beside it is locked
    import msvcrt

    def _open_lock(folder: Path) -> int:
        return os.open(folder / ".followup-lock", os.O_RDWR | os.O_CREAT)

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _flush_folder(folder: Path) -> None:
        """Leave it to the system: a folder cannot be flushed there."""

else:
    import fcntl

    def _open_lock(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _flush_folder(folder: Path) -> None:
        """Make the new name durable."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems flush no folders
                raise
        finally:
            os.close(handle)


def _take_lock(handle: int, path: Path) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            return _try_lock(handle)
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise _unwritable(path, error) from None
        if time.monotonic() > until:
            message = f"another program has been writing beside `{path}` for {WAIT:.0f} seconds"
            raise FollowupError(message, "try again once it is done")
        time.sleep(0.01)


def _sweep(folder: Path) -> None:
    """Remove what a killed writer left; under the lock nobody else's can be in use."""
    names: list[str] = []
    with suppress(OSError):
        names = os.listdir(folder)  # noqa: PTH208 - names are enough
    for name in names:
        if name.startswith(TEMPORARY):
            with suppress(OSError):
                (folder / name).unlink()
