"""A dataset as it stood at a git revision: the one place that runs another program.

Only plumbing is called, with settings that keep a repository's own configuration from running anything:
no hooks, no file-system monitor, no pager, no prompts, no fetching. Revisions are resolved to a hash
before anything else is asked of them.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.files import MAX_BYTES

_TIMEOUT = 60  # seconds
_SETTINGS = (
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "log.showSignature=false",
    "-c",
    "core.quotePath=false",
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touched a file; `parents` are the nearest earlier commits that did."""

    hash: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str


def resolve(folder: Path, revision: str) -> str:
    """Find the hash of the commit that a revision names.

    A day (`2024-07-05`) names the last commit made on or before it (UTC), unless a branch or tag is called
    so.

    Raises:
        FollowupError: if there is no such revision, no repository, or no git.
    """
    found = _commit(folder, revision)
    if found is None and _DAY.fullmatch(revision):
        before = ("rev-list", "-1", f"--before={revision}T23:59:59Z", "--end-of-options", "HEAD", "--")
        answer = _git(folder, *before)
        found = answer.stdout.decode("ascii").strip() if answer.returncode == 0 else None
        if not found:
            raise FollowupError(
                f"there is no commit on or before {revision}", "`git log --reverse` shows the first"
            )
    if found is None:
        raise FollowupError(f"there is no revision `{revision[:60]}`", _hint(folder, revision))
    return found


def fork_point(folder: Path, revision: str, branch: str = "HEAD") -> str:
    """Find the commit where a branch left another: what a pull request is compared with.

    Raises:
        FollowupError: if there is no such revision, or the two have no commit in common.
    """
    there, here = resolve(folder, revision), resolve(folder, branch)
    answer = _git(folder, "merge-base", "--end-of-options", there, here)
    if answer.returncode != 0:
        raise FollowupError(f"`{revision}` and `{branch}` have no commit in common", _hint(folder, ""))
    return answer.stdout.decode("ascii").split()[0]


def read_at(folder: Path, commit: str, names: Iterable[str]) -> dict[str, bytes]:
    """Read files of a folder as a commit has them; one that it does not have is left out.

    Args:
        folder: a folder of the working tree.
        commit: a hash from `resolve`.
        names: names of files in that folder.

    Raises:
        FollowupError: if a file is larger than what is read.
    """
    wanted = {name: f"{commit}:{_prefix(folder)}{name}" for name in names}
    blobs = _blobs(folder, list(wanted.values()))
    contents = read_blobs(folder, blobs.values())
    return {name: contents[blobs[spec]] for name, spec in wanted.items() if spec in blobs}


def commits(folder: Path, name: str, revision: str = "HEAD") -> tuple[list[Commit], dict[str, str]]:
    """List the commits up to a revision that touched a file, newest first, and the file's hash in each.

    Raises:
        FollowupError: if there is no repository, or no git.
    """
    head = resolve(folder, revision)
    form = "--format=%H%x00%P%x00%cs%x00%an%x00%s"
    arguments = (
        "rev-list",
        "--topo-order",
        "--parents",
        "--encoding=UTF-8",
        form,
        "--end-of-options",
        head,
        "--",
        name,
    )
    answer = _git(folder, *arguments)
    found = []
    for line in answer.stdout.decode("utf-8", errors="replace").split("\n"):
        fields = line.split("\0")
        if len(fields) == 5:
            own, parents, day, author, subject = fields
            found.append(Commit(own, tuple(parents.split()), date.fromisoformat(day), author, subject))
    specs = {commit.hash: f"{commit.hash}:{_prefix(folder)}{name}" for commit in found}
    blobs = _blobs(folder, list(specs.values()))
    return found, {commit: blobs[spec] for commit, spec in specs.items() if spec in blobs}


def read_blobs(folder: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """Read contents by their hashes."""
    wanted = list(dict.fromkeys(hashes))
    answer = _git(folder, "cat-file", "--batch", given=_lines(wanted)) if wanted else None
    contents: dict[str, bytes] = {}
    rest = answer.stdout if answer else b""
    for each in wanted:
        header, _, rest = rest.partition(b"\n")
        size = int(header.rsplit(b" ", 1)[1])
        contents[each], rest = rest[:size], rest[size + 1 :]
    return contents


def is_repository(folder: Path) -> bool:
    """Tell whether a folder is in the working tree of a git repository, and git is there to ask."""
    try:
        _prefix(folder)
    except FollowupError:
        return False
    return True


def _commit(folder: Path, revision: str) -> str | None:
    _prefix(folder)
    answer = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = answer.stdout.decode("ascii", errors="replace").strip()
    return found if answer.returncode == 0 and re.fullmatch(r"[0-9a-f]{40,64}", found) else None


def _prefix(folder: Path) -> str:
    """Give the path of a folder inside its repository, with a slash at its end; nothing for the top."""
    answer = _git(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    inside, _, prefix = answer.stdout.decode("utf-8", errors="surrogateescape").partition("\n")
    if answer.returncode != 0 or inside != "true":
        if b"dubious ownership" in answer.stderr:
            message = f"the repository of `{folder}` belongs to another user, so git will not read it"
            raise FollowupError(message, "allow it with `git config --global --add safe.directory FOLDER`")
        raise FollowupError(f"`{folder}` is not in a git repository", "name a folder with --data that is")
    return prefix.removesuffix("\n")


def _blobs(folder: Path, specs: Sequence[str]) -> dict[str, str]:
    """Find the hash of each file that is there and is a file, links followed."""
    answer = _git(folder, "cat-file", "--batch-check", "--follow-symlinks", given=_lines(specs))
    lines = answer.stdout.decode("utf-8", errors="surrogateescape").split("\n")
    found = {}
    for spec, line in zip(specs, _answers(lines), strict=False):
        match = re.fullmatch(r"([0-9a-f]{40,64}) blob ([0-9]+)", line)
        if match and int(match[2]) > MAX_BYTES:
            message = (
                f"`{spec.partition(':')[2]}` had {match[2]} bytes, more than the {MAX_BYTES} that are read"
            )
            raise FollowupError(message, "choose another revision")
        if match:
            found[spec] = match[1]
    return found


def _answers(lines: Iterable[str]) -> Iterable[str]:
    """Drop the second line that git writes for a link that leads nowhere."""
    skip = False
    for line in lines:
        if not skip:
            yield line
        skip = not skip and re.fullmatch(r"(symlink|dangling|loop|notdir) [0-9]+", line) is not None


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode("utf-8", errors="surrogateescape")


def _hint(folder: Path, revision: str) -> str:
    shallow = _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    if shallow:
        return "this clone is shallow: `git fetch --unshallow` brings the rest (in CI: `fetch-depth: 0`)"
    listed = _git(
        folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
    )
    names = listed.stdout.decode("utf-8", errors="replace").split()
    meant = nearest(revision, names) if revision else None
    return f"did you mean `{meant}`?" if meant else "`git log --oneline` lists the revisions"


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and give what it wrote, whether or not it succeeded."""
    program = _program()
    command = [program, *_SETTINGS, *_trusted(program), "-C", str(folder), *arguments]
    environment = _environment() | _ENVIRONMENT
    try:
        return subprocess.run(  # noqa: S603 - fixed program, resolved revisions, no shell
            command, input=given, capture_output=True, env=environment, timeout=_TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise FollowupError(f"git did not answer within {_TIMEOUT} seconds", "try again") from None
    except (OSError, ValueError) as error:
        raise FollowupError(f"git cannot be run: {str(error).lower()}") from None


def _program() -> str:
    """Find git in the absolute folders of PATH: never one that lies beside the data."""
    folders = [p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(p).is_absolute()]
    found = shutil.which("git", path=os.pathsep.join(folders))
    if found is None or not Path(found).is_absolute():
        raise FollowupError(
            "git is not installed, and looking back needs it", "install git, or leave this out"
        )
    return found


def _environment() -> dict[str, str]:
    # A hook hands down GIT_DIR, GIT_INDEX_FILE and others that name another repository's parts.
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


@lru_cache
def _trusted(program: str) -> tuple[str, ...]:
    """Take over the one setting of the user's own that counts: which repositories of others to trust."""
    command = [program, "-C", os.sep, "config", "--get-all", "safe.directory"]
    try:
        answer = subprocess.run(  # noqa: S603 - fixed program and arguments, no shell
            command, capture_output=True, env=_environment(), timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    folders = answer.stdout.decode("utf-8", errors="surrogateescape").splitlines()
    return tuple(part for folder in folders for part in ("-c", f"safe.directory={folder}"))
