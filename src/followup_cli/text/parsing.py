"""parse(): which reader takes a text, and how reading goes on behind what cannot be read.

The layout that plans are written in is read line by line, all other YAML from parse events; both give the
same data.
"""

from typing import Any

from followup_cli.findings import START, Mistake, Position
from followup_cli.text import layout_reader
from followup_cli.text.characters import BLOT, FORBIDDEN, ODD_SPACE, character_problems
from followup_cli.text.document import MAX_PROBLEMS, UNREAD, Document, LineCounter, Node
from followup_cli.text.layout_reader import Unusual


def parse(text: str, file: str) -> Document:
    """Read YAML text as data and note everything that is wrong with it as text.

    Args:
        text: the whole file, decoded.
        file: the name that findings carry.
    """
    problems = list(character_problems(text))
    if not problems:
        lines = LineCounter(text)
        plain = layout_reader.read(text, lambda begin, end: _unusual_item(text, begin, end, lines, problems))
        if plain is not None:
            return Document(file, text, plain.data, tuple(problems), None, plain.items, tree=_tree)
        problems = []
    return _parse_yaml(text, file, problems)


def _unusual_item(text: str, begin: int, end: int, lines: LineCounter, problems: list[Mistake]) -> Any:
    """Read an item of a list that is of another layout, if that says what reading the whole would say."""
    from followup_cli.text.event_reader import read

    noted: list[Mistake] = []
    # Under a key, as it stands in the file, so that it is nested as deep.
    data = read("items:\n" + text[begin:end], noted).data
    alone = type(data) is dict and type(data["items"]) is list and len(data["items"]) == 1
    if not alone or any(problem.rule not in _LOCAL for problem in noted):
        raise Unusual
    for problem in noted:
        line, column, end_line, end_column = problem.place
        before = lines.before(begin) - 1
        place = Position(line + before, column, end_line + before, end_column)
        problems.append(problem._replace(at=place))
    if len(problems) > MAX_PROBLEMS:
        raise Unusual
    return data["items"][0]


# What can be wrong within an item and says nothing about the rest of the file.
_LOCAL = ("alias", "duplicate-key", "invisible-character", "key", "tag")


def _parse_yaml(text: str, file: str, problems: list[Mistake]) -> Document:
    """Read any YAML; what cannot be read is left out, so that it does not hide the rest."""
    from followup_cli.text.event_reader import read

    readable = text
    if problems:
        readable = ODD_SPACE.sub(" ", FORBIDDEN.sub(BLOT, text))
    noted = list(problems)
    reading = read(readable, noted)
    if reading.data is UNREAD and noted and noted[-1].rule in ("syntax", "second-document"):
        spoilt = {problem.place.line - 1 for problem in problems if problem.rule != "odd-space"}
        return _repaired(text, file, readable, spoilt, problems)
    if reading.data is None and not noted:
        noted.append(Mistake("syntax", START, "the file is empty", "start from `followup init`"))
    blotted = None if readable == text else readable
    return Document(file, text, reading.data, tuple(noted), blotted, reading.items, tree=_tree)


def _repaired(text: str, file: str, readable: str, spoilt: set[int], problems: list[Mistake]) -> Document:
    """Read a text with syntax errors: what can be read of it."""
    from followup_cli.text.event_reader import read, stumble
    from followup_cli.text.repairing import announced, lose, mark_lost, piece_at, repair

    done = repair(readable, stumble, spoilt)
    for _ in range(_REPAIRS):
        noted: list[Mistake] = []
        reading = read(done.text, noted)
        if reading.data is not UNREAD or not noted or noted[-1].rule != "syntax":
            break
        # The pieces can be read, but not one after the other.
        lose(done, noted[-1])
    mark_lost(reading.data, done)
    # Of what lost its structure nothing else is said.
    sure = [each for each in noted if not piece_at(done.pieces, each.place.line - 1).torn]
    every = sorted({*problems, *announced(done), *sure}, key=lambda problem: problem.place)
    unread = frozenset(line + 1 for line in done.unread)
    lost = frozenset(key for _, key in done.lost)
    return Document(file, text, reading.data, tuple(every), done.text, reading.items, unread, lost, _tree)


_REPAIRS = 10


def _tree(text: str, offset: int, line: int) -> Node | None:
    """Make nodes with the YAML reader, which is loaded when a place is first asked for."""
    from followup_cli.text.event_reader import tree

    return tree(text, offset, line)
