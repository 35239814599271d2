"""Find what was meant: one of some names or the nearest, words within texts, letters that only look right."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from followup_cli.errors import FollowupError

W = TypeVar("W", bound=str)
FEW = 12  # names that a refusal lists
_SHORT = 2  # letters of a word that is not the beginning of another

# Cyrillic letters (and Greek capitals) that a reader cannot tell from a Latin one.
LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜаеорсухіјѕһԛԝҮӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABESIJKMHOPCTYXYGQWaeopcyxijshqwYlABEZHIKMNOPTYX",
)


def fold(text: str) -> str:
    """Reduce a text to what it looks like: Latin for look-alikes, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(LOOK_ALIKES).casefold().split())


class _Letters(dict[int, str]):
    """Folds letters, each once: case, accents and ё go, what is no letter or digit is a space."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in "йїў":  # letters of their own, though they can be written with a mark
            folded = letter
        elif unicodedata.category(letter) == "Cf":
            folded = ""
        else:
            parts = unicodedata.normalize("NFKD", letter)
            folded = "".join(part for part in parts if not unicodedata.combining(part))
            folded = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
            if unicodedata.category(letter) == "Lo" and unicodedata.name(letter, "").startswith(_UNSPACED):
                folded = f" {folded} "
        self[code] = folded
        return folded


# Scripts without spaces between words: each of their letters counts as a word.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_LETTERS = _Letters()
_SOUGHT = re.compile(r"""["“”„«»]([^"“”„«»]+)["“”„«»]|(\S+)""")


def words(text: str) -> str:
    """Reduce a text to its words, as they are searched: folded in case and accents, a space between them.

    Composed and decomposed letters are the same, and ё is е; й and ї stay letters of their own.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS).split())


def mentions(text: str, sought: str) -> bool:
    """Tell whether a text has some words one after another; the last may be the beginning of a word.

    One of two letters is whole: whoever looks for the UN does not mean "under".

    Args:
        text: where to look, as `words` gives it.
        sought: what to look for, as `words` gives it; nothing is mentioned nowhere.
    """
    end = " " if len(sought.rpartition(" ")[2]) <= _SHORT else ""
    return bool(sought) and f" {sought}{end}" in f" {text} "


def sought(text: str) -> tuple[str, ...]:
    """Read what is searched for: each word, and, where it is in quotes, words one after another.

    Returns:
        what must all be mentioned, each as `words` gives it; nothing if there is no letter or digit.
    """
    parts = (words(quoted or word) for quoted, word in _SOUGHT.findall(text))
    return tuple(filter(None, parts))


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


def near(word: str, vocabulary: Iterable[str]) -> list[str]:
    """List the words of a vocabulary that are nearest to a word: one if it is clear which was meant.

    A third of the letters may be wrong, at most three; letters that look alike count as the same, and
    letters in another order are likelier than other letters.
    """
    meant = fold(word)[:100]
    limit = min(3, max(1, len(meant) // 3))
    scored = []
    for known in vocabulary:
        seen = fold(known)
        score = distance(meant, seen, limit)
        if score <= limit:
            scored.append((score, sorted(meant) != sorted(seen), known))
    best = min(scored)[:2] if scored else ()
    return [known for *score, known in scored if tuple(score) == best]


def nearest(word: str, vocabulary: Iterable[str]) -> str | None:
    """Give the one word of a vocabulary that was most likely meant, or None where none or several are near."""
    words = near(word, vocabulary)
    return words[0] if len(words) == 1 else None


def choose(word: str, names: Iterable[W], what: str, hint: str | None = None) -> W:
    """Give the one of some names that was typed, in any case, with spaces or underscores for dashes.

    Args:
        word: what was typed.
        names: the names there are.
        what: what each of them is, such as "state".
        hint: what to try if no name is near, instead of the list of all.

    Raises:
        FollowupError: if it is none of them; it names the nearest, and all if they are few.
    """
    names = list(names)
    by_look = {_looks(str(name)): name for name in names}
    sought = _looks(word)
    if sought in by_look:
        return by_look[sought]
    raise FollowupError(f"there is no {what} `{word}`", suggestion(word, names, what, hint))


def suggestion(word: str, names: Sequence[str], what: str, hint: str | None = None) -> str:
    """Say what to type instead of a word that is no name: the nearest one, the hint, and all if they are few."""
    one = nearest(_looks(word), names)
    near = f"did you mean `{one}`?" if one else ""
    if hint is not None:
        return near or hint
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}es" if what.endswith("s") else f"{what}s"
    if near and len(names) > FEW:
        return near
    return f"{near} the {plural} are {', '.join(names)}".lstrip()


class Meant(NamedTuple):
    """What an unknown word was meant to be: what to say of it, the remedy, and the word if it is clear.

    `sure` tells that it differs only in looks: in case, in its alphabet, in spaces, dashes or underscores.
    """

    remark: str
    hint: str | None
    word: str | None = None
    sure: bool = False


def meant_by(word: str, vocabulary: Mapping[str, str]) -> Meant:
    """Tell what an unknown word was meant to be.

    Args:
        word: what was typed.
        vocabulary: the words there are, each with its meaning (or "").
    """
    looks = [known for known in vocabulary if _looks(known) == _looks(word)]
    candidates = looks or _same_number(word, vocabulary) or near(word, vocabulary)
    if not candidates:
        return Meant("", None)
    if len(candidates) > 1:
        return Meant(f"; did you mean {' or '.join(f'`{each}`' for each in candidates[:4])}?", None)
    meant = candidates[0]
    sure = bool(looks)
    letters = foreign_letters(word) if sure and not foreign_letters(meant) else []
    if letters:
        return Meant(f": {letters_named(letters)}", f"write `{meant}` with Latin letters", meant, sure)
    meaning = f" ({vocabulary[meant]})" if vocabulary[meant] else ""
    return Meant(f"; did you mean `{meant}`{meaning}?", f"write `{meant}`", meant, sure)


def _same_number(word: str, vocabulary: Collection[str]) -> list[str]:
    """Find the word that is the same number as another, in Arabic or Roman numerals."""
    number = _number(word)
    return [known for known in vocabulary if number and _number(known) == number]


def _number(text: str) -> int:
    """Read a number up to 39 in Arabic or Roman numerals; 0 if it is none."""
    if text.isascii() and text.isdecimal() and len(text) < 3:
        return int(text) if int(text) < 40 else 0
    roman = re.fullmatch("(X{0,3})(IX|IV|V?I{0,3})", text.upper())
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return 10 * len(roman[1]) + units.index(roman[2]) if roman else 0


def _looks(text: str) -> str:
    return fold(text).replace("_", "-").replace(" ", "-")


def letters_named(letters: Sequence[tuple[int, str]]) -> str:
    """Name letters that look Latin and are not: "the first letter is Cyrillic М (U+041C)"."""
    index, letter = letters[0]
    place = ("first", "second", "third")[index] if index < 3 else f"{index + 1}th"
    alphabet = "Cyrillic" if "\u0400" <= letter <= "\u052f" else "Greek"
    named = f"the {place} letter is {alphabet} {letter} (U+{ord(letter):04X})"
    return named + (f", and {len(letters) - 1} more" if len(letters) > 1 else "")
