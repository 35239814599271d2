"""Findings for reading: the place first, so that terminals make it a link; the line, with a caret."""

from collections.abc import Iterator
from io import StringIO
from itertools import islice

from followup_cli.findings import Finding, Review, Severity
from followup_cli.formats import Screen
from followup_cli.formats.terminal import safe, width

AT_LENGTH = 10  # so many findings are shown with their lines
MOST = 50  # so many are shown at all
_WIDEST = 120
_LONGEST = 1000
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}


def text(review: Review, screen: Screen) -> str:
    """Write findings at length, or one a line if there are many; then how many there are."""
    lines: list[str] = []
    for finding in review.findings[:MOST]:
        lines.append(_headline(finding, screen))
        if len(review.findings) <= AT_LENGTH:
            lines += _frame(finding, review.texts.get(finding.file, ""), screen)
            if finding.hint:
                lines.append(f"  hint: {_short(finding.hint)}")
            lines.append("")
        elif finding.hint and "did you mean" not in finding.message:
            lines[-1] += f" - {_short(finding.hint)}"
    more = len(review.findings) - MOST
    if more > 0:
        lines.append(f"… and {more} more; `--format json` gives all")
    verdict = "OK" if not review.findings else "found"
    lines.append(f"{verdict}: {review.tally} in {review.checked}, checked by {len(review.rules)} rules")
    return "\n".join(lines) + "\n"


def _headline(finding: Finding, screen: Screen) -> str:
    label = finding.code if finding.severity is Severity.ERROR else f"{finding.code} {finding.severity}:"
    if screen.colour:
        label = f"\x1b[1;{_COLOURS[finding.severity]}m{label}\x1b[0m"
    return f"{_short(finding.file)}:{finding.line}:{finding.column} {label} {_short(finding.message)}"


def _short(words: str) -> str:
    shown = safe(" ".join(words.split()))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _frame(finding: Finding, content: str, screen: Screen) -> Iterator[str]:
    """Show the line and point at the stretch of it that is meant."""
    if not content:
        return
    number = str(finding.line)
    line = next(islice(StringIO(content), finding.line - 1, finding.line), "")
    line = line.rstrip("\r\n").replace("\t", " ")
    start = min(finding.column - 1, len(line))
    end = len(line) if finding.position.end_line > finding.line else finding.position.end_column - 1
    room = max(20, min(screen.width or _WIDEST, _WIDEST) - len(number) - 5)
    first, last = _window(len(line), start, end, room)
    before = safe(line[first:start])
    marked = safe(line[start : max(start, min(end, last))])
    shown = before + marked + safe(line[max(start, min(end, last)) : last])
    # Wide letters take two columns: what does not fit is cut at the end.
    while width(shown) > room:
        shown = shown[:-1]
    gap = " " * (width("…") if first else 0)
    caret = "^" * max(1, min(width(marked), room - width(before)))
    if screen.colour:
        caret = f"\x1b[{_COLOURS[finding.severity]}m{caret}\x1b[0m"
    yield f"  {number} | {'…' if first else ''}{shown}{'…' if last < len(line) else ''}"
    yield f"  {' ' * len(number)} | {gap}{' ' * width(before)}{caret}"


def _window(length: int, start: int, end: int, room: int) -> tuple[int, int]:
    """Choose the part of a long line to show: around the stretch that is meant."""
    if length <= room:
        return 0, length
    first = max(0, min(start - room // 3, length - room))
    if end - first > room:
        first = max(0, start - room // 3)
    return first, min(length, first + room)
