"""What a git repository remembers: the one place that runs another program.

Only plumbing is called, with settings that keep a repository's own configuration from running anything:
no hooks, no file-system monitor, no pager, no prompts, no fetching. Revisions are resolved to a hash
before anything else is asked of them. What git cannot answer is an error, never an empty answer.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.files import MAX_BYTES

_TIMEOUT = 60  # seconds
_SETTINGS = f"--no-pager -c core.fsmonitor=false -c core.hooksPath={os.devnull} -c log.showSignature=false"
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
_HASH = r"[0-9a-f]{40,64}"
FILE, SUBMODULE = "blob", "commit"  # what can stand at a path, as git calls it


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touched a file; `parents` are the nearest earlier commits that did.

    `day` is when the branch had it: its own day, or that of the merge that brought it. `cut` tells that a
    shallow clone ends here, so that what was there before is not known.
    """

    hash: str
    parents: tuple[str, ...]
    day: date
    author: str
    subject: str
    cut: bool = False


def resolve(folder: Path, revision: str, zone: tzinfo = UTC) -> str:
    """Find the hash of the commit that a revision names.

    A day (`2024-07-05`) names what the branch had at its end: the last commit along first parents that was
    made on or before it in a time zone, unless a branch or tag is called so.

    Raises:
        FollowupError: if there is no such revision, no repository, or no git.
    """
    place(folder)
    answer = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if answer.returncode == 0 and re.fullmatch(_HASH, _text(answer).strip()):
        return _text(answer).strip()
    if not is_day(revision):
        raise FollowupError(f"there is no revision `{revision[:60]}`", _how_to_get(folder, revision))
    end = datetime.combine(date.fromisoformat(revision) + timedelta(1), time(), zone).timestamp()
    last = f"--min-age={int(end) - 1}"
    answer = _run(folder, "rev-list", "-1", "--first-parent", last, "--end-of-options", "HEAD", "--")
    commit = _text(answer).strip()
    if answer.returncode != 0 or not commit:
        first = "`git log --reverse --first-parent` shows the first"
        raise FollowupError(f"there is no commit on or before {revision}", _if_shallow(folder) or first)
    return commit


def is_day(revision: str) -> bool:
    """Tell whether a revision may name a day of the calendar."""
    try:
        return bool(_DAY.fullmatch(revision) and date.fromisoformat(revision) < date.max)
    except ValueError:
        return False


def fork_point(folder: Path, revision: str, branch: str = "HEAD", zone: tzinfo = UTC) -> str:
    """Find the commit where a branch left another: what a pull request is compared with.

    Raises:
        FollowupError: if there is no such revision, or the two have no commit in common.
    """
    there, here = resolve(folder, revision, zone), resolve(folder, branch, zone)
    answer = _run(folder, "merge-base", "--end-of-options", there, here)
    if answer.returncode != 0:
        hint = _if_shallow(folder) or "name a revision that this branch was made from"
        raise FollowupError(f"`{revision}` and `{branch}` have no commit in common", hint)
    return _text(answer).split()[0]


def parent(folder: Path, commit: str) -> str | None:
    """Give the first parent of a commit, if it has one."""
    answer = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^")
    return _text(answer).strip() or None


def place(folder: Path) -> str:
    """Give the path of a folder inside its repository, with a slash at its end; nothing for the top.

    Raises:
        FollowupError: if it is not in the working tree of a repository, or there is no git.
    """
    answer = _run(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    inside, _, prefix = _text(answer).partition("\n")
    if answer.returncode != 0 or inside != "true":
        if b"dubious ownership" in answer.stderr:
            message = f"the repository of `{folder}` belongs to another user, so git will not read it"
            raise FollowupError(message, "allow it with `git config --global --add safe.directory FOLDER`")
        raise FollowupError(f"`{folder}` is not in a git repository", "name a folder with --data that is")
    return prefix.removesuffix("\n")


def root(folder: Path) -> Path:
    """Give the top folder of the working tree that a folder is in."""
    return Path(_text(_ask(folder, "rev-parse", "--show-toplevel")).removesuffix("\n"))


def is_repository(folder: Path) -> bool:
    """Tell whether a folder is in the working tree of a git repository, and git is there to ask."""
    try:
        place(folder)
    except FollowupError:
        return False
    return True


def is_shallow(folder: Path) -> bool:
    """Tell whether a clone lacks the older commits."""
    return _text(_run(folder, "rev-parse", "--is-shallow-repository")).strip() == "true"


def tree(folder: Path, commit: str) -> dict[str, str]:
    """List the paths of the whole repository at a commit, and what stands there: FILE or SUBMODULE.

    Raises:
        FollowupError: if the commit's folders are not in this clone.
    """
    listed = _text(_ask(folder, "ls-tree", "-r", "-z", "--full-tree", commit)).split("\0")
    entries = (line.partition("\t") for line in listed if line)
    return {path: mode_kind_hash.split()[1] for mode_kind_hash, _, path in entries}


def read_at(folder: Path, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Read files as a commit has them, by their paths from the top; those it does not have are left out.

    Raises:
        FollowupError: if a file is not in this clone, or larger than what is read.
    """
    specs = {f"{commit}:{path}": path for path in paths}
    blobs = _blobs(folder, specs)
    _see_that_absent(folder, commit, [path for spec, path in specs.items() if spec not in blobs])
    contents = read_blobs(folder, blobs.values())
    return {specs[spec]: contents[blob] for spec, blob in blobs.items()}


def commits(
    folder: Path, paths: Iterable[str], head: str, zone: tzinfo = UTC
) -> tuple[list[Commit], dict[str, str]]:
    """List the commits that touched a file, newest first, and the file's hash in each.

    Args:
        folder: a folder of the repository.
        paths: all paths that the file had, from the top; where two are there, the first counts.
        head: the hash to begin at.
        zone: the time zone of the commits' days.

    Raises:
        FollowupError: if files or folders of a commit are not in this clone.
    """
    named = list(paths)
    form = "--format=%H%x00%P%x00%an%x00%s"
    walk = ("rev-list", "--topo-order", "--parents", "--encoding=UTF-8", form, "--end-of-options", head)
    # Pathspecs count from the top and mean themselves, whatever characters are in them.
    answer = _ask(folder, *walk, "--", *(f":(top,literal){path}" for path in named))
    cut, days, listed = _cut(folder), _days(folder, head, zone), []
    for line in _text(answer).split("\n"):
        fields = line.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split("\0")
        if len(fields) == 4:
            own, parents, author, subject = fields
            listed.append(Commit(own, tuple(parents.split()), days[own], author, subject, own in cut))
    specs = {f"{commit.hash}:{path}": commit.hash for path in reversed(named) for commit in listed}
    blobs = {specs[spec]: blob for spec, blob in _blobs(folder, specs).items()}
    for commit in listed:
        if commit.hash not in blobs:
            _see_that_absent(folder, commit.hash, named)
    return listed, blobs


def _days(folder: Path, head: str, zone: tzinfo) -> dict[str, date]:
    """Give for each commit the day in a time zone since when the branch has it, along first parents."""
    lines = _text(_ask(folder, "rev-list", "--parents", "--timestamp", head)).splitlines()
    graph = {own: (int(seconds), parents) for seconds, own, *parents in map(str.split, lines)}
    chain = [head]
    while chain[-1] in graph and graph[chain[-1]][1]:
        chain.append(graph[chain[-1]][1][0])
    days: dict[str, date] = {}
    for commit in reversed(chain):
        day, brought = datetime.fromtimestamp(graph[commit][0], zone).date(), [commit]
        while brought:
            each = brought.pop()
            if each not in days:
                days[each] = day
                brought += graph[each][1]
    return days


def _see_that_absent(folder: Path, commit: str, paths: list[str]) -> None:
    """Stop where a commit has files, but this clone lacks what is in them; a link is no such file."""
    listed = _text(_ask(folder, "ls-tree", "--full-tree", commit, "--", *paths)) if paths else ""
    if any(line.startswith("100") for line in listed.splitlines()):
        raise _trouble(folder, f"files of {commit[:10]} are missing")


def read_blobs(folder: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """Read contents by their hashes."""
    wanted = list(dict.fromkeys(hashes))
    rest = _ask(folder, "cat-file", "--batch", given=_lines(wanted)).stdout if wanted else b""
    contents: dict[str, bytes] = {}
    for each in wanted:
        header, _, rest = rest.partition(b"\n")
        size = int(header.rsplit(b" ", 1)[1])
        contents[each], rest = rest[:size], rest[size + 1 :]
    return contents


def _blobs(folder: Path, specs: Iterable[str]) -> dict[str, str]:
    """Find the hash of each file that is there and is a file, links followed."""
    wanted = list(specs)
    answer = _ask(folder, "cat-file", "--batch-check", "--follow-symlinks", given=_lines(wanted))
    blobs = {}
    for spec, line in zip(wanted, _answers(_text(answer).split("\n")), strict=False):
        match = re.fullmatch(rf"({_HASH}) blob ([0-9]+)", line)
        if match and int(match[2]) > MAX_BYTES:
            path = spec.partition(":")[2]
            message = f"`{path}` had {match[2]} bytes, more than the {MAX_BYTES} that are read"
            raise FollowupError(message, "choose another revision")
        if match:
            blobs[spec] = match[1]
    return blobs


def _answers(lines: Iterable[str]) -> Iterator[str]:
    """Drop the second line that git writes for a link that leads nowhere."""
    skip = False
    for line in lines:
        if not skip:
            yield line
        skip = not skip and re.fullmatch(r"(symlink|dangling|loop|notdir) [0-9]+", line) is not None


def _cut(folder: Path) -> set[str]:
    """Give the commits at which a shallow clone ends."""
    if not is_shallow(folder):
        return set()
    listed = _text(_ask(folder, "rev-parse", "--git-path", "shallow")).removesuffix("\n")
    return set((folder / listed).read_text(encoding="ascii").split())


def _is_partial(folder: Path) -> bool:
    return bool(
        _run(folder, "config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$").stdout
    )


def _trouble(folder: Path, what: str) -> FollowupError:
    """Say why git cannot give what it should have."""
    if _is_partial(folder):
        message = "this clone is partial: files of earlier commits are not in it"
        hint = "`git fetch --refetch --no-filter` brings them; in CI, clone without `--filter`"
        return FollowupError(message, hint)
    return FollowupError(f"git cannot read the repository: {what}", "`git fsck` shows what is wrong with it")


def _if_shallow(folder: Path) -> str | None:
    how = "this clone is shallow: `git fetch --unshallow` brings the rest (in CI: `fetch-depth: 0`)"
    return how if is_shallow(folder) else None


def _how_to_get(folder: Path, revision: str) -> str:
    """Say how a revision that is not here can be had: by its right name, or by fetching it."""
    form = "--format=%(refname:short)"
    names = _text(_run(folder, "for-each-ref", form, "refs/heads", "refs/tags", "refs/remotes")).split()
    remotes = _text(_run(folder, "remote")).split()
    name = re.split(r"[~^@:]", revision)[0]
    if not re.fullmatch(r"\w[\w./-]*", name) or name in ("HEAD", *names):
        return _if_shallow(folder) or "`git log --oneline` lists the revisions"
    elsewhere = [f"{remote}/{name}" for remote in remotes if f"{remote}/{name}" in names]
    near = elsewhere[0] if elsewhere else nearest(name, names)
    if near:
        return f"did you mean `{near}`?"
    if not remotes:
        return "`git log --oneline` lists the revisions"
    remote, _, branch = name.partition("/")
    if not branch or remote not in remotes:
        remote, branch = remotes[0], f"{name}:{name}"
    else:
        branch = f"{branch}:refs/remotes/{name}"
    fetch = f"git fetch{' --unshallow' * is_shallow(folder)} {remote} {branch}"
    return f"`{fetch}` brings a branch, `git fetch --tags` the tags (in CI: `fetch-depth: 0`)"


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode("utf-8", errors="surrogateescape")


def _text(answer: subprocess.CompletedProcess[bytes]) -> str:
    return answer.stdout.decode("utf-8", errors="surrogateescape")


def _ask(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder; what it cannot do is an error."""
    answer = _run(folder, *arguments, given=given)
    if answer.returncode == 0:
        return answer
    raise _trouble(folder, answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0])


def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and give what it wrote, whether or not it succeeded."""
    program = _program()
    command = [program, *_SETTINGS.split(), *_trusted(program), "-C", str(folder), *arguments]
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
    program = shutil.which("git", path=os.pathsep.join(folders))
    if program is None or not Path(program).is_absolute():
        missing = "git is not installed, and looking back needs it"
        raise FollowupError(missing, "install git, or leave this out")
    return program


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
    return tuple(
        part for trusted in _text(answer).splitlines() for part in ("-c", f"safe.directory={trusted}")
    )
