"""What a git repository remembers: its commits, and the files that they have.

Revisions are resolved to a hash before anything else is asked of them. What git cannot answer is an error,
never an empty answer.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from followup_cli.errors import FollowupError
from followup_cli.files import MAX_BYTES
from followup_cli.git.running import ask, how_to_get, if_shallow, is_shallow, run, text, trouble

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
    answer = run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if answer.returncode == 0 and re.fullmatch(_HASH, text(answer).strip()):
        return text(answer).strip()
    if not is_day(revision):
        raise FollowupError(f"there is no revision `{revision[:60]}`", how_to_get(folder, revision))
    end = datetime.combine(date.fromisoformat(revision) + timedelta(1), time(), zone).timestamp()
    last = f"--min-age={max(int(end) - 1, 0)}"
    answer = run(folder, "rev-list", "-1", "--first-parent", last, "--end-of-options", "HEAD", "--")
    commit = text(answer).strip()
    if answer.returncode != 0 or not commit:
        first = "`git log --reverse --first-parent` shows the first"
        raise FollowupError(f"there is no commit on or before {revision}", if_shallow(folder) or first)
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
    answer = run(folder, "merge-base", "--end-of-options", there, here)
    if answer.returncode != 0:
        hint = if_shallow(folder) or "name a revision that this branch was made from"
        raise FollowupError(f"`{revision}` and `{branch}` have no commit in common", hint)
    return text(answer).split()[0]


def parent(folder: Path, commit: str) -> str | None:
    """Give the first parent of a commit, if it has one."""
    answer = run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^")
    return text(answer).strip() or None


def place(folder: Path) -> str:
    """Give the path of a folder inside its repository, with a slash at its end; nothing for the top.

    Raises:
        FollowupError: if it is not in the working tree of a repository, or there is no git.
    """
    answer = run(folder, "rev-parse", "--is-inside-work-tree", "--show-prefix")
    inside, _, prefix = text(answer).partition("\n")
    if answer.returncode != 0 or inside != "true":
        if b"dubious ownership" in answer.stderr:
            message = f"the repository of `{folder}` belongs to another user, so git will not read it"
            raise FollowupError(message, "allow it with `git config --global --add safe.directory FOLDER`")
        raise FollowupError(f"`{folder}` is not in a git repository", "name a folder with --data that is")
    return prefix.removesuffix("\n")


def root(folder: Path) -> Path:
    """Give the top folder of the working tree that a folder is in."""
    return Path(text(ask(folder, "rev-parse", "--show-toplevel")).removesuffix("\n"))


def is_repository(folder: Path) -> bool:
    """Tell whether a folder is in the working tree of a git repository, and git is there to ask."""
    try:
        place(folder)
    except FollowupError:
        return False
    return True


def tree(folder: Path, commit: str) -> dict[str, str]:
    """List the paths of the whole repository at a commit, and what stands there: FILE or SUBMODULE.

    Raises:
        FollowupError: if the commit's folders are not in this clone.
    """
    listed = text(ask(folder, "ls-tree", "-r", "-z", "--full-tree", commit)).split("\0")
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
    answer = ask(folder, *walk, "--", *(f":(top,literal){path}" for path in named))
    cut, days, listed = _cut(folder), _days(folder, head, zone), []
    for line in text(answer).split("\n"):
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
    lines = text(ask(folder, "rev-list", "--parents", "--timestamp", head)).splitlines()
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
    listed = text(ask(folder, "ls-tree", "--full-tree", commit, "--", *paths)) if paths else ""
    if any(line.startswith("100") for line in listed.splitlines()):
        raise trouble(folder, f"files of {commit[:10]} are missing")


def read_blobs(folder: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """Read contents by their hashes."""
    wanted = list(dict.fromkeys(hashes))
    rest = ask(folder, "cat-file", "--batch", given=_lines(wanted)).stdout if wanted else b""
    contents: dict[str, bytes] = {}
    for each in wanted:
        header, _, rest = rest.partition(b"\n")
        size = int(header.rsplit(b" ", 1)[1])
        contents[each], rest = rest[:size], rest[size + 1 :]
    return contents


def _blobs(folder: Path, specs: Iterable[str]) -> dict[str, str]:
    """Find the hash of each file that is there and is a file, links followed."""
    wanted = list(specs)
    answer = ask(folder, "cat-file", "--batch-check", "--follow-symlinks", given=_lines(wanted))
    blobs = {}
    for spec, line in zip(wanted, _answers(text(answer).split("\n")), strict=False):
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
    listed = text(ask(folder, "rev-parse", "--git-path", "shallow")).removesuffix("\n")
    return set((folder / listed).read_text(encoding="ascii").split())


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode("utf-8", errors="surrogateescape")
