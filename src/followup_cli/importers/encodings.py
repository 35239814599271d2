"""Tell in which encoding a text was saved, where it does not say: what reads as words is what was written."""

import re

_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac_cyrillic", "iso8859-5")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_APART = re.compile(r"[\s!-/:-@\[-`{-~\u00a0„“”‘’–—…№§·•]+")  # spaces, and the marks that texts have
_COMMON = frozenset("оеаинтсрвл")  # the ten letters that Russian has most
_FEW = 8  # words, from which nobody can tell one language of Europe from another
_CYRILLIC_WORD = re.compile("[А-ЯЁІЇЄҐЎ]?[а-яёіїєґў]+|[А-ЯЁІЇЄҐЎ]+")
_ENOUGH = 0.8  # of the words that are not ASCII
_LOOKED_AT = 20_000  # bytes, or letters


def decoded(content: bytes) -> str:
    """Decode a text by its mark, as UTF-8 if it is that, by what it declares, or by what reads as words."""
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content.decode(codec, errors="replace")
    declared = re.search(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", content[:4096])
    named = declared[1].decode("ascii").lower() if declared else ""
    # What declares in single bytes that it is in pairs of them is not.
    for codec in ("utf-8", "utf-8" if named.startswith(("utf-16", "utf-32")) else named):
        try:
            return content.decode(codec or "utf-8")
        except (LookupError, UnicodeError):
            continue
    cyrillic = _by_its_words(content)
    if cyrillic is None:
        from charset_normalizer import from_bytes

        western = content.decode("cp1252", errors="replace")
        best = str(from_bytes(content).best() or western)
        is_western = _lettered(best) < _lettered(western) or (
            _lettered(western) == 1 and len(_words(western)) < _FEW
        )
        return western if is_western else best
    return content.decode(cyrillic, errors="replace")


def _by_its_words(content: bytes) -> str | None:
    """Tell the code in which what is not ASCII reads as Cyrillic words, if there is one."""
    strange = re.search(rb"[\x80-\xff]", content)
    begin = strange.start() if strange else 0
    part = content[begin : begin + _LOOKED_AT]
    # The last word may be cut in the middle of a letter.
    while part != content and part[-1:] > b"\x7f":
        part = part[:-1]
    ranked = [(*_likeness(part.decode(codec, errors="replace")), codec) for codec in _CYRILLIC]
    share, _, _, best = max(ranked, key=lambda each: each[:3])
    return best if share >= _ENOUGH else None


def _likeness(text: str) -> tuple[float, float, int]:
    """Tell how much a text is like Russian: which part of its words are Cyrillic, which of their letters are common.

    Only words that are not ASCII count. Last comes how few capitals it has: one Cyrillic code read as another turns
    small letters into these.
    """
    words = _words(text)
    cyrillic = sum(bool(_CYRILLIC_WORD.fullmatch(word)) for word in words)
    letters = "".join(words).lower()
    common = sum(letter in _COMMON for letter in letters)
    if not words:
        return 0.0, 0.0, 0
    return round(cyrillic / len(words), 1), common / len(letters), -sum(map(str.isupper, text))


def _lettered(text: str) -> float:
    """Tell which part of a text's words that are not ASCII have nothing but letters."""
    words = _words(text[:_LOOKED_AT])
    return sum(map(str.isalpha, words)) / len(words) if words else 1.0


def _words(text: str) -> list[str]:
    """List the words of a text that are not ASCII."""
    parts = (part.removeprefix("«").removesuffix("»") for part in _APART.split(text))
    return [part for part in parts if not part.isascii()]
