"""A real git repository for tests, with a person and a clock of its own."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A. Reviewer",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A. Reviewer",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *args: str, day: str = "2024-01-01", time: str | None = None) -> str:
    """Run git in a folder; commits are made at noon of a day, or at the time given."""
    time = time or f"{day}T12:00:00Z"
    environment = {**os.environ, **ENVIRONMENT, "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
    done = subprocess.run(
        ["git", *args], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def begin(folder: Path, day: str = "2024-01-01", *, empty: bool = False) -> str:
    """Make a repository of a folder and commit all that is in it, or nothing."""
    git(folder, "init", "-q", "-b", "main")
    if empty:
        git(folder, "commit", "-q", "--allow-empty", "-m", "begin", day=day)
        return git(folder, "rev-parse", "HEAD")
    return commit(folder, "plan: as adopted", day)


def commit(folder: Path, message: str, day: str) -> str:
    """Commit all changes; gives the hash."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message, day=day)
    return git(folder, "rev-parse", "HEAD")
