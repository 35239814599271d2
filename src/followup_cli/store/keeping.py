"""Keep the store of a dataset between runs, so that a question need not read the dataset again.

One file per data folder, outside it: a line that says what it was made from, and the database. It is used
only if it was made from the same bytes by the same program, and is whole; any doubt is a miss, and a miss
costs no more than the time. `validate` never looks at it.
"""

import os
import re
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

try:  # hashlib loads OpenSSL first, which takes longer than all else here
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

from followup_cli import __version__

_MOST = 32  # stores that are kept: of as many data folders
_HOUR = 3600  # seconds after which what another run left half-written is cleared away
_NAMES = re.compile(r"[0-9a-f]{32}\.(store|sqlite)(\.[0-9]+\.tmp)?")  # `.sqlite`: of earlier versions


def key_of(contents: Iterable[bytes]) -> str:
    """Tell datasets apart by the bytes of their files, and programs by their version and their own files."""
    digest = blake2b(f"{__version__} {_program()}".encode(), digest_size=32)
    for content in contents:
        digest.update(b"%d " % len(content))
        digest.update(content)
    return digest.hexdigest()


def _program() -> list[tuple[str, int, int]]:
    """List our own modules, each with its size and when it was last changed."""
    files: list[tuple[str, int, int]] = []
    folders = [os.fspath(Path(__file__).parents[1])]
    with suppress(OSError):  # packed into an archive, the version has to do
        for folder in folders:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(".py"):
                        status = entry.stat()
                        files.append((entry.path, status.st_size, status.st_mtime_ns))
                    elif entry.is_dir() and entry.name not in ("__pycache__", "data"):
                        folders.append(entry.path)
    return sorted(files)


def file_of(folder: Path, data: Path) -> Path:
    """Give the file, in the folder of what is kept, that belongs to a data folder."""
    name = blake2b(os.fsencode(os.path.realpath(data)), digest_size=16).hexdigest()
    return folder / f"{name}.store"


def recall(file: Path, key: str) -> memoryview | None:
    """Read the database that was kept under a key; None if there is none, or any doubt."""
    try:
        if not file.is_file():
            return None
        content = file.read_bytes()
    except OSError:
        return None
    end = content.find(b"\n", 0, 200) + 1
    database = memoryview(content)[end:]
    return database if end and content[:end] == _heading(key, database) else None


def remember(file: Path, key: str, database: bytes) -> None:
    """Keep a database for the next run; where it cannot be written, nothing is lost."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(_heading(key, database))
            stream.write(database)
        temporary.replace(file)
        _prune(file)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def _heading(key: str, database: bytes | memoryview) -> bytes:
    return f"followup {key} {len(database)} {zlib.crc32(database):08x}\n".encode()


def _prune(newest: Path) -> None:
    """Clear away what was kept longest ago beside the newest file, and what other runs left half-written."""
    last = newest.stat().st_mtime
    dated = sorted(
        ((path.stat().st_mtime, path) for path in newest.parent.iterdir() if _NAMES.fullmatch(path.name)),
        reverse=True,
    )
    whole = [path for _, path in dated if path.suffix == ".store"]
    for day, path in dated:
        left = path.suffix == ".tmp" and day < last - _HOUR
        if left or path.suffix == ".sqlite" or path in whole[_MOST:]:
            with suppress(OSError):
                path.unlink()
