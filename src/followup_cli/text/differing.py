"""Two states of a file, as a unified diff."""

from difflib import unified_diff


def difference(before: str, after: str, name: str) -> list[str]:
    """Give the lines of a unified diff of a file, without line ends."""
    names = (name, name) if name.startswith("/") else (f"a/{name}", f"b/{name}")
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    return [line.rstrip("\r\n") for line in unified_diff(old, new, *names)]
