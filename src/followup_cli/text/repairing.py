"""Read on behind a syntax error: as little is left out as will do, and each slip is noted once.

The text is cut into pieces, and each is tried by itself, so that a slip in one hides nothing in the others.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from followup_cli.findings import Mistake
from followup_cli.text.blotting import Piece, Repair, indentation
from followup_cli.text.document import MAX_PROBLEMS, UNREAD
from followup_cli.text.outline import drop_conflicts, outline
from followup_cli.text.slips import ODD_DASH, PARTS

# Tries to read a part of a text; gives the problem that stops the reading, by its place in the part.
Attempt = Callable[[str], Mistake | None]
_ATTEMPTS = 40  # at one piece
_WORK = 20  # so many times the length of the text is read in all


def repair(text: str, attempt: Attempt, spoilt: set[int]) -> Repair:
    """Make a text readable.

    Args:
        text: YAML with a syntax error, without forbidden characters.
        attempt: tries to read a part of it.
        spoilt: numbers of lines, from 0, that have a finding already, and characters blotted out.
    """
    done = Repair(text.split("\n"), unread=set(spoilt))
    drop_conflicts(done)
    done.pieces = outline(done)
    work = _WORK * len(text) + 1_000_000
    for piece in done.pieces:
        if len(done.problems) > MAX_PROBLEMS:
            break
        work = _mend(done, piece, attempt, work)
    return done


def _mend(done: Repair, piece: Piece, attempt: Attempt, work: int) -> int:
    """Try a piece and blot out what stops the reading, until it can be read; give the work that is left."""
    for _ in range(_ATTEMPTS):
        part = "\n".join(done.lines[piece.first : piece.last])
        work -= len(part)
        problem = attempt(part)
        if problem is None:
            return work
        line = piece.first + problem.place.line - 1
        # Where the structure is lost already, what else is said of it is not sure.
        if piece.torn or work < 0:
            break
        if line not in done.unread:
            done.note(line, problem.place.column - 1, problem.message, problem.hint or "", problem.rule)
        if problem.rule != "syntax":
            break
        _blot_out(done, piece, line)
    done.give_up(piece)
    return work


def _blot_out(done: Repair, piece: Piece, line: int) -> None:
    """Blot out as little of a line as will do."""
    text = done.lines[line]
    odd = ODD_DASH.match(text)
    if odd and odd["dash"]:
        done.lines[line] = text.replace(odd["dash"], "-", 1)
    elif not (odd and done.begin_item(line, odd.start("glued"))) and not done.blot(line):
        done.blank(line)
        parts = PARTS.match(text)
        if parts and not parts["value"]:
            done.blank_below(line, max(indentation(text), piece.dash + 2))
        piece.torn = True


def lose(done: Repair, problem: Mistake) -> None:
    """Give up the piece in which reading the whole text stops, though each piece can be read by itself."""
    line = problem.place.line - 1
    if line not in done.unread:
        done.note(line, problem.place.column - 1, problem.message, problem.hint or "")
    done.give_up(piece_at(done.pieces, line))


def piece_at(pieces: list[Piece], line: int) -> Piece:
    """Find the piece that a line, from 0, stands in."""
    return pieces[max(bisect_right(pieces, line, key=lambda piece: piece.first) - 1, 0)]


def announced(done: Repair) -> Iterator[Mistake]:
    """Give the problems of a repair, each with what it kept from being checked."""
    for problem in done.problems:
        line = problem.place.line - 1
        piece = piece_at(done.pieces, line)
        what = piece.name if piece.torn else "this line" if line in done.unread else ""
        yield problem._replace(hint=f"{problem.hint}; {what} was not checked further") if what else problem


def mark_lost(data: Any, done: Repair) -> None:
    """Put UNREAD where keys are lost: each may belong to any record around its line."""
    for line, key in done.lost:
        piece = piece_at(done.pieces, line)
        value = data.get(piece.key) if type(data) is dict and piece.key else data
        if piece.index >= 0 and type(value) is list:
            value = value[piece.index] if piece.index < len(value) else None
        for record in _records(value):
            record.setdefault(key, UNREAD)


def _records(value: Any) -> Iterator[dict[str, Any]]:
    """Go through the records in a value, itself one of them."""
    if type(value) is dict:
        yield value
    for inner in list(value.values()) if type(value) is dict else value if type(value) is list else ():
        yield from _records(inner)
