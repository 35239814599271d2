"""What stands in one cell: bodies with their marks, a number before a title, points, things in step."""

import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from followup_cli.importers.headings import folded
from followup_cli.importers.phrasebook import book, pattern

_MARKED = re.compile(r"(?P<name>.*\S)\s*\((?P<mark>[^()]+)\)\s*", re.DOTALL)
_FOOTNOTE = re.compile(r"\s*(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d+\])$")
_AND = re.compile(r"\s(?:and|и|және|мен|пен|та|і|й|y|et|und|sowie)\s")
_WITH = re.compile(r"\s(?:together with|jointly with|with|совместно с|спільно з|avec|con|mit)\s")
_TOGETHER = re.compile(
    r"(?:in (?:close )?(?:cooperation|co-operation|coordination|collaboration|partnership|consultation) with"
    r"|together with|jointly with|with the (?:support|participation) of"
    r"|совместно с|при участии|во взаимодействии с|спільно з|за участі)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ALL = re.compile(r"^(?:jeweils|each|both|все|всі|барлығы|chacun|cada)\s+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•·▪■●◦‣*–—-]|\(?[a-zа-яәіїєґ]\)|\d{1,2}\))\s+", re.IGNORECASE)
_HEADS = re.compile(
    r"(?:the )?(?:ministry|agency|office|department|bureau|commission|council|authority|service|министерств|агентств|ministère|ministerio)\w*",
    re.IGNORECASE,
)
# The first of two may have words before it: "Prosecutor's Office".
_FIRST = re.compile(rf"(?:[^\W\d_a-zа-я]\S*\s+){{0,2}}(?i:{_HEADS.pattern})")
_INITIAL = re.compile(r"[\s.][^\W\d_]$")  # a word of one letter at the end
_QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"', "(": ")", "[": "]"}


class Body(NamedTuple):
    """A body as a cell names it: its name, its mark as printed, the role that its place or words give it."""

    name: str
    mark: str = ""
    role: str = ""


class Numbered(NamedTuple):
    """A title, and the number that stood before it."""

    number: str
    title: str


def bodies(
    text: str, language: str, *, a_line_each: bool = False, bold: str = "", alone: Container[str] = ()
) -> tuple[list[Body], list[str]]:
    """Take a cell of bodies apart.

    Args:
        text: the cell.
        language: whose words for roles and marks to look for.
        a_line_each: whether the column writes each body on a line of its own, so that commas are within names.
        bold: the part in bold type, which the column uses for who is in charge.
        alone: names, folded, that stand alone somewhere in the plan.

    Returns:
        The bodies, and what was decided by guess, in a few words each.
    """
    found: list[Body] = []
    guesses: list[str] = []
    strong = {line.strip(" ,;.") for line in re.split("[\n,;]", bold)} - {""}
    for role, line in _lines(text, language):
        for part in _parts(line, a_line_each and not role, guesses, alone, strong):
            found += _body(part, role or ("lead" if part.strip(" ,;.") in strong else ""), language, found)
    return found, guesses


def _lines(text: str, language: str) -> Iterable[tuple[str, str]]:
    """Give the lines of a cell, those that go on joined, each with the role that it begins with."""
    joined = re.sub(r"([,/]|\s[-–—]|\b(?:and|и|және|et|und|y))\n", r"\1 ", text)
    role = ""
    for line in joined.split("\n"):
        head, colon, rest = line.partition(":")
        said = _role_said(head, language) if colon else ""
        role, words = (said, rest) if said else (role, line)
        # A role may be said in the middle of a line as well: "…, for information: X".
        for inner, words_of in book(language).PREFIXES.items():
            names = "|".join(map(re.escape, words_of.split("|")))
            match = re.search(rf"[,;]?\s*\b({names})\s*:", words, re.IGNORECASE)
            if match and match.start():
                yield role, words[: match.start()]
                words, role = words[match.end() :], inner
        yield from ((each, part.strip()) for each, part in _with(role, words) if part.strip(" .,;"))


def _with(role: str, words: str) -> Iterable[tuple[str, str]]:
    """Part a body from those that it does something "with": these are partners."""
    together = _TOGETHER.search(words)
    if together and together.start() and not role:  # "… together with the Court of Audit"
        return [("", words[: together.start()]), ("partner", words[together.end() :])]
    head, *others = _WITH.split(words, maxsplit=1)
    if others and not role and _is_code(head):
        return [("", head), ("partner", others[0])]
    return [(role, words)]


def _role_said(text: str, language: str) -> str:
    """Tell the role that the words before a colon name, or nothing."""
    words = {role: each.split("|") for role, each in book(language).PREFIXES.items()}
    return next((role for role, each in words.items() if folded(text) in map(str.strip, each)), "")


def _parts(
    line: str,
    a_line_each: bool,  # noqa: FBT001
    guesses: list[str],
    alone: Container[str],
    strong: Container[str],
) -> list[str]:
    """Split a line at its semicolons, else its slashes, else its commas; not within quotes or brackets."""
    for mark in (";", " / ", ","):
        parts = _split(line, mark)
        if len(parts) < 2:
            continue
        if mark == "," and a_line_each and not _is_list(parts):
            return [line]
        return _groups(parts, guesses) if mark == "," else [p for part in parts for p in _split(part, " / ")]
    return _around_and(line, guesses, alone, strong)


def _is_list(parts: Sequence[str]) -> bool:
    """Tell whether commas part bodies and not the words of one name: some are short, or bear a mark."""
    codes = any(_is_code(_MARKED.sub(r"\g<name>", part)) for part in parts)
    is_word = " " not in parts[0] and parts[0][:1].isupper()
    return codes or is_word or any(map(_MARKED.fullmatch, parts[:-1]))


def _around_and(line: str, guesses: list[str], alone: Container[str], strong: Container[str]) -> list[str]:
    """Split a line at its "and", where two bodies stand around it; the name of one may hold one too."""
    both = [part.strip() for part in re.split(f"{_AND.pattern}|\\s&\\s", line)]
    are_alone = all(folded(part) in alone for part in both) or any(part in strong for part in both)
    if len(both) != 2 or not (are_alone or (_AND.search(line) and _are_bodies(both))):
        return [line]
    if not are_alone:
        guesses.append(f"`{line}` was taken for two bodies")
    return both


def _are_bodies(parts: list[str]) -> bool:
    """Tell whether words around an "and" are two bodies: each begins as a body's name does, or one is a code."""
    heads = (_FIRST.match(parts[0]), *(_HEADS.match(part) for part in parts[1:]))
    return all(heads) or any(map(_is_code, parts))


def _is_code(text: str) -> bool:
    """Tell whether a text is an abbreviation: one word with at least two capitals."""
    word = text.strip(" .*")
    return bool(word) and " " not in word and sum(letter.isupper() for letter in word) > 1 and len(word) < 9


def _split(line: str, mark: str) -> list[str]:
    parts, start, closing = [], 0, ""
    for i, letter in enumerate(line):
        if closing:
            closing = "" if letter == closing else closing
        elif letter in _QUOTES and _QUOTES[letter] in line[i + 1 :]:
            closing = _QUOTES[letter]
        elif line.startswith(mark, i) and i >= start:
            parts.append(line[start:i])
            start = i + len(mark)
    parts.append(line[start:])
    return [part.strip() for part in parts if part.strip(" .,;")]


def _groups(parts: list[str], guesses: list[str]) -> list[str]:
    """Put together again what a comma within a name took apart: "offices of regions, cities and the capital"."""
    whole: list[str] = []
    i = 0
    while i < len(parts):
        end = i
        if parts[i][:1].islower() and not _MARKED.fullmatch(parts[i]):
            for k in range(i + 1, min(i + 8, len(parts))):
                if parts[k].isupper():
                    break
                if _AND.search(parts[k]):
                    end = k
                    break
                if _MARKED.fullmatch(parts[k]):
                    break
        name = ", ".join(parts[i : end + 1])
        if end > i:
            guesses.append(f"`{name}` was taken for one body")
        whole.append(name)
        i = end + 1
    return whole


def _without_stop(part: str) -> str:
    """Take the marks of punctuation off a name, but the stop of an abbreviated word: "e. V."."""
    bare = part.strip(" .,;\n")
    return f"{bare}." if _INITIAL.search(bare) and part.strip(" ,;\n").startswith(f"{bare}.") else bare


def _body(part: str, role: str, language: str, before: list[Body]) -> list[Body]:
    name = _FOOTNOTE.sub("", _without_stop(part)).strip()
    together = _TOGETHER.match(name)
    if together:  # "…, in cooperation with the Ministry of Finance"
        name, role = name[together.end() :], role or "partner"
    head, _, said = name.partition(": ")
    if said and _is_code(head) and len(said) < 60 and not set("():") & set(said):  # "UNDP: technical support"
        return [Body(head, " ".join(said.split()), role)]
    match = _MARKED.fullmatch(name)
    if not match or role_of(match["mark"], language) is None:
        return [Body(name, "", role)] if name else []
    mark = " ".join(match["mark"].split())
    if _ALL.match(mark):
        # One mark for all before it: the plan writes it once, so each is given its role instead.
        given = role_of(mark, language) or role
        before[:] = [each if each.mark else each._replace(role=given) for each in before]
        return [Body(match["name"].strip(), "", given)]
    return [Body(_FOOTNOTE.sub("", match["name"].strip()), mark, role)]


def role_of(mark: str, language: str) -> str | None:
    """Tell the role that a mark gives in a language, or nothing for words that are no mark."""
    text = folded(mark)
    bare = _ALL.sub("", text)
    for role, words in book(language).MARKS.items():
        if text in words.split("|") or bare in words.split("|"):
            return str(role)
    return None


def role_within(mark: str, language: str) -> str:
    """Tell the role of a mark, also by the word that it begins with; `unstated` where none says it."""
    first = folded(mark).partition(" ")[0]
    return role_of(mark, language) or role_of(first, language) or "unstated"


def numbered(title: str, language: str) -> Numbered | None:
    """Take the number off the head of a title: `1) …`, `C1.H2 …`, `1.1 …`, `Activity 1.1: …`."""
    words = "|".join(re.escape(word) for word in book(language).NUMBERED.split("|"))
    number = (
        r"(?:[A-Za-zА-Я]{1,3}\d+(?:\.[A-Za-z]?\d+)*|\d+(?:[.-]\d+)*(?:\s?\(?[a-zа-я]\))?|[IVX]{1,5}(?=[.):]))"
    )
    match = re.match(
        rf"(?P<word>(?:{words})\s+)?(?P<number>{number})(?P<end>[.):]*)\s+(?P<title>\S.*)",
        title,
        re.IGNORECASE | re.DOTALL,
    )
    if not match:
        return None
    plain = match["number"].isdecimal()
    if plain and not match["end"] and not match["word"]:
        return None  # "240 officers trained"
    end = match["end"] if ")" in match["end"] else ""
    return Numbered(match["number"] + end, match["title"].strip())


def points(text: str) -> list[str]:
    """Split a cell into the points that its bullets or letters mark; one text where it has none."""
    lines = text.split("\n")
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return [_BULLET.sub("", line).strip() for line in lines]
    return [text]


def lettered_points(text: str) -> tuple[str, list[str]]:
    """Part a title from points that stand below it, each with its letter or bullet."""
    first, *rest = text.split("\n")
    if rest and all(_BULLET.match(line) for line in rest):
        return first, [line.strip() for line in rest]
    return text, []


def is_absent(text: str, language: str) -> bool:
    """Tell whether a cell says that there is nothing: a dash, "n/a"."""
    return not text or bool(pattern(book(language).ABSENT).match(folded(text)))
