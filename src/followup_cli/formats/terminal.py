"""What a terminal may be given, and how much room it takes there."""

import unicodedata

_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def safe(text: str) -> str:
    """Show control, invisible and direction-changing characters as escapes, and line ends as they are."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter.encode("unicode_escape").decode("ascii")
        if letter != "\n" and unicodedata.category(letter) in _UNSAFE
        else letter
        for letter in text
    )


def safe_line(text: str) -> str:
    """Show a text on one line: as `safe` does, and its line ends as escapes too."""
    return safe(text).replace("\n", "\\n")


def width(text: str) -> int:
    """Count the columns that a safe text takes: two for wide letters, none for marks on a letter."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
