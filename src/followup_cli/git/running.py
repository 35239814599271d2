"""Run git: the one place that runs another program.

Only plumbing is called, with settings that keep a repository's own configuration from running anything:
no hooks, no file-system monitor, no pager, no prompts, no fetching. What git cannot do is an error.
"""

import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError

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

Answer = subprocess.CompletedProcess[bytes]


def ask(folder: Path, *arguments: str, given: bytes = b"") -> Answer:
    """Run git in a folder.

    Raises:
        FollowupError: if git cannot do it.
    """
    answer = run(folder, *arguments, given=given)
    if answer.returncode == 0:
        return answer
    raise trouble(folder, answer.stderr.decode("utf-8", "replace").strip().partition("\n")[0])


def run(folder: Path, *arguments: str, given: bytes = b"") -> Answer:
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


def text(answer: Answer) -> str:
    """Give what git wrote; a byte that is not UTF-8 comes back as that byte."""
    return answer.stdout.decode("utf-8", errors="surrogateescape")


def is_shallow(folder: Path) -> bool:
    """Tell whether a clone lacks the older commits."""
    return text(run(folder, "rev-parse", "--is-shallow-repository")).strip() == "true"


def if_shallow(folder: Path) -> str | None:
    """Say how a shallow clone is made whole, if this is one."""
    how = "this clone is shallow: `git fetch --unshallow` brings the rest (in CI: `fetch-depth: 0`)"
    return how if is_shallow(folder) else None


def how_to_get(folder: Path, revision: str) -> str:
    """Say how a revision that is not here can be had: by its right name, or by fetching it."""
    form = "--format=%(refname:short)"
    names = text(run(folder, "for-each-ref", form, "refs/heads", "refs/tags", "refs/remotes")).split()
    remotes = text(run(folder, "remote")).split()
    if run(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode != 0:
        return "this repository has no commit yet: make one with `git add` and `git commit`"
    name = re.split(r"[~^@:]", revision)[0]
    if not re.fullmatch(r"\w[\w./-]*", name) or name in ("HEAD", *names):
        return if_shallow(folder) or "`git log --oneline` lists the revisions"
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


def trouble(folder: Path, what: str) -> FollowupError:
    """Say why git cannot give what it should have."""
    if _is_partial(folder):
        message = "this clone is partial: files of earlier commits are not in it"
        hint = "`git fetch --refetch --no-filter` brings them; in CI, clone without `--filter`"
        return FollowupError(message, hint)
    return FollowupError(f"git cannot read the repository: {what}", "`git fsck` shows what is wrong with it")


def _is_partial(folder: Path) -> bool:
    return bool(
        run(folder, "config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$").stdout
    )


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
        part for trusted in text(answer).splitlines() for part in ("-c", f"safe.directory={trusted}")
    )
