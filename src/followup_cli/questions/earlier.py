"""A dataset as it stood at a commit, wherever its folder was then and whatever its files were called.

A file that was not in its place is looked for among those that are gone by now, and among those of the
same plan; so a folder that was renamed, moved or copied is held against what it was.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_cli import git
from followup_cli.errors import FollowupError
from followup_cli.findings import START, Mistake
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, decode_all, from_texts

PLAN = PlanFile.ACTIVITIES
_ENDINGS = (".yaml", ".yml")
_HEAD = {
    file: re.compile(rb"(?m)^[\"']?%s[\"']?[ \t]*:" % file.value.partition(".")[0].encode())
    for file in PlanFile
}
_PLAN_ID = re.compile(rb"(?m)^plan:[^\n]*\n(?:[ \t][^\n]*\n|\r?\n)*?[ \t]+id:[ \t]*['\"]?([^'\"#\r\n]+)")
_FAR_BACK = 100  # commits that are tried for one that can be read


def commit_of(folder: Path, revision: str) -> str:
    """Find the commit that a revision names; days are those of the plan's time zone.

    Raises:
        FollowupError: if there is no such revision.
    """
    return git.resolve(folder, revision, _zone_for(folder, revision))


def fork_point(folder: Path, revision: str, branch: str = "HEAD") -> str:
    """Find the commit where a branch left a revision; days are those of the plan's time zone.

    Raises:
        FollowupError: if there is no such revision, or they have no commit in common.
    """
    zone = _zone_for(folder, revision) if git.is_day(revision) else _zone_for(folder, branch)
    return git.fork_point(folder, revision, branch, zone)


def day_zone(folder: Path) -> tzinfo:
    """Give the time zone in which commits have their days: the plan's, as the branch has it."""
    head = git.resolve(folder, "HEAD")
    draft = _read(folder, head, places(folder, head))
    plan = draft.raw[PLAN].get("plan")
    name = str(plan.get("timezone") or "UTC") if type(plan) is dict else "UTC"
    with suppress(KeyError, ValueError, OSError):
        return ZoneInfo(name)
    return UTC


def _zone_for(folder: Path, revision: str) -> tzinfo:
    return day_zone(folder) if git.is_day(revision) else UTC


def draft_at(folder: Path, commit: str) -> Draft:
    """Read a dataset as a commit has it.

    Raises:
        FollowupError: if a file of it was not there, or is not in this clone.
    """
    where = places(folder, commit)
    missing = [file for file in PlanFile if file not in where]
    if missing:
        path = (folder / missing[0].value).as_posix()
        hint = f"`git log --reverse -- {path}` shows since when it is"
        raise FollowupError(f"`{path}` was not there at {commit[:10]}", hint)
    return _read(folder, commit, where)


@dataclass(frozen=True)
class Base:
    """What a dataset is held against: how it stood, and what must be said of the comparison."""

    draft: Draft | None
    note: str | None


def base_of(folder: Path, revision: str) -> Base:
    """Read the dataset as it stood where the present branch left a revision.

    Where nothing of it could be read there, it is read as it last could before. Without a draft the dataset
    is new: it never stood there.

    Raises:
        FollowupError: if there is no such revision, or what stood there cannot be read.
    """
    fork = fork_point(folder, revision)
    own = f"{git.place(folder)}{PLAN}"
    path = places(folder, fork).get(PLAN, own)
    tried = 0
    for commit in _back_from(folder, fork, path):
        where = places(folder, commit)
        if PLAN not in where:
            continue
        tried += 1
        draft = _read(folder, commit, where)
        if draft.raw[PLAN].get("activities"):
            moved_from = where[PLAN] if where[PLAN] != own else None
            return Base(draft, _remark(draft, revision, moved_from, commit if commit != fork else None))
        if tried == _FAR_BACK:
            break
    if tried:
        message = f"nothing can be compared: `{path}` cannot be read where `{revision}` was left"
        raise FollowupError(message, "name an earlier revision, at which it can")
    return Base(None, f"there was no dataset where `{revision}` was left: all of it is new")


def _back_from(folder: Path, fork: str, path: str) -> Iterator[str]:
    yield fork
    yield from (commit.hash for commit in git.commits(folder, [path], fork)[0] if commit.hash != fork)


def _remark(draft: Draft, revision: str, moved_from: str | None, earlier: str | None) -> str | None:
    """Say what a reader would not expect of a comparison."""
    parts = []
    if earlier:
        parts.append(f"nothing could be read where `{revision}` was left, so {earlier[:10]} is compared")
    if moved_from:
        parts.append(f"the dataset was `{moved_from}` then")
    if draft.mistakes or not all(document.clean for document in draft.documents.values()):
        parts.append("it had mistakes then; what they hid is not compared")
    return "; ".join(parts) or None


def places(folder: Path, commit: str) -> dict[PlanFile, str]:
    """Find the paths, from the repository's top, of a dataset's files at a commit.

    Raises:
        FollowupError: if that cannot be told.
    """
    top, prefix = git.root(folder), git.place(folder)
    own = {file: folder / file.value for file in PlanFile}

    def stays(path: str) -> bool:
        now = top / path
        return now.is_file() and not any(file.exists() and now.samefile(file) for file in own.values())

    contents = {file: path.read_bytes() if path.is_file() else b"" for file, path in own.items()}
    tree = git.tree(folder, commit)
    where = _places(folder, commit, tree, prefix, contents, stays)
    if PLAN not in where:
        _see_into_all(folder, commit, tree, prefix)
    return where


def _see_into_all(folder: Path, commit: str, tree: Mapping[str, str], prefix: str) -> None:
    """Refuse to call a dataset new that may have come out of a submodule."""
    modules = [path for path, kind in tree.items() if kind == git.SUBMODULE]
    now = git.tree(folder, "HEAD") if modules else {}
    for path in modules:
        if prefix.startswith(f"{path}/") or path not in now:
            message = f"`{path}` was a submodule at {commit[:10]}: what was in it is not in this repository"
            raise FollowupError(message, "name a revision after it was taken in, or compare by hand")


def _places(
    folder: Path,
    commit: str,
    tree: Mapping[str, str],
    prefix: str,
    contents: Mapping[PlanFile, bytes],
    stays: Callable[[str], bool],
) -> dict[PlanFile, str]:
    """Find each file in its place, or else where it was moved from.

    Args:
        folder: a folder of the repository.
        commit: where to look.
        tree: what stands there.
        prefix: the place of the folder since.
        contents: what the files hold since.
        stays: tells whether a path is still there since, as another file than these.
    """
    where: dict[PlanFile, str] = {}
    for file in PlanFile:
        if tree.get(f"{prefix}{file}") == git.FILE:
            where[file] = f"{prefix}{file}"
            continue
        beside = f"{where[PLAN].rpartition('/')[0]}/{file}".removeprefix("/") if PLAN in where else ""
        named = (p for p, kind in tree.items() if kind == git.FILE and p.endswith(_ENDINGS) and "\n" not in p)
        likely = [path for path in named if path.rpartition("/")[2] == file.value or not stays(path)]
        texts = git.read_at(folder, commit, likely)
        ranks = {
            path: rank
            for path, text in texts.items()
            if (rank := _likeness(file, path, text, contents[file], beside, stays))
        }
        if ranks:
            where[file] = max(ranks, key=lambda path: ranks[path])
    return where


def _likeness(
    file: PlanFile, path: str, text: bytes, since: bytes, beside: str, stays: Callable[[str], bool]
) -> tuple[bool, bool, float] | None:
    """Tell how well a file passes for what another was before; None if it cannot have been."""
    if path.rpartition("/")[2] != file.value and not _HEAD[file].search(text):
        return None
    ids = [match[1].strip() if (match := _PLAN_ID.search(each)) else None for each in (text, since)]
    same_plan = ids[0] is not None and ids[0] == ids[1]
    if stays(path) and not same_plan and path != beside:
        return None
    lines, lines_since = set(text.splitlines()), set(since.splitlines())
    shared = len(lines & lines_since) / max(len(lines | lines_since), 1)
    return same_plan or path == beside, not stays(path), shared


def _read(folder: Path, commit: str, where: Mapping[PlanFile, str]) -> Draft:
    contents = git.read_at(folder, commit, where.values())
    for path in where.values():
        if path not in contents:
            message = f"`{path}` was a link at {commit[:10]} that leads to no file of the repository"
            raise FollowupError(message, "choose another revision")
    absent = Mistake("unreadable-file", START, "the file was not there")
    texts = decode_all({file: contents[path] for file, path in where.items()})
    shown = where.get(PLAN, "").rpartition("/")[0]
    return from_texts(dict.fromkeys(PlanFile, absent) | texts, f"{commit[:10]}:{shown}")


def names_of_plan(folder: Path, head: str) -> list[str]:
    """List the paths that the plan's file had up to a commit, the last one first."""
    path, commit, paths = places(folder, head).get(PLAN), head, list[str]()
    while path is not None and path not in paths:
        paths.append(path)
        listed, blobs = git.commits(folder, [path], commit)
        first = next((each for each in reversed(listed) if each.hash in blobs), None)
        parent = None if first is None or first.cut else git.parent(folder, first.hash)
        if first is None or parent is None:
            break
        since = git.read_blobs(folder, [blobs[first.hash]])[blobs[first.hash]]
        trees = [git.tree(folder, each) for each in (parent, first.hash)]
        contents = dict.fromkeys(PlanFile, b"") | {PLAN: since}
        where = _places(
            folder, parent, trees[0], f"{path.rpartition('/')[0]}/", contents, trees[1].__contains__
        )
        path, commit = where.get(PLAN), parent
    return paths
