"""Find what was meant: the nearest word of a closed vocabulary, and letters that only look right."""

import unicodedata
from collections.abc import Iterable

# Cyrillic letters (and Greek capitals) that a reader cannot tell from a Latin one.
LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜаеорсухіјѕһԛԝҮӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABESIJKMHOPCTYXYGQWaeopcyxijshqwYlABEZHIKMNOPTYX",
)


def fold(text: str) -> str:
    """Reduce a text to what it looks like: Latin for look-alikes, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(LOOK_ALIKES).casefold().split())


def foreign_letters(text: str) -> list[tuple[int, str]]:
    """List the letters of a text that look Latin and are not, each with its index."""
    return [(i, letter) for i, letter in enumerate(text) if ord(letter) in LOOK_ALIKES]


def distance(a: str, b: str, limit: int = 3) -> int:
    """Count the edits (insert, delete, replace, swap neighbours) between two texts, up to `limit` + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        two_before, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def nearest(word: str, vocabulary: Iterable[str]) -> str | None:
    """Give the one word of a vocabulary that was most likely meant, or None where none or several are near.

    A third of the letters may be wrong, at most three; letters that look alike count as the same.
    """
    meant = fold(word)[:100]
    limit = min(3, max(1, len(meant) // 3))
    scored = sorted((distance(meant, fold(known), limit), known) for known in vocabulary)
    near = [(score, known) for score, known in scored if score <= limit]
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]
