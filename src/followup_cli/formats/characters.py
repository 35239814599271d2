"""Characters that have no place in a document: they are shown as U+FFFD, wherever a text leaves."""

import re

# Controls but tab and line feed, surrogates, non-characters, and what reorders or hides text.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)


def fit(text: str) -> str:
    """Replace each character that XML forbids, or that changes the order of what is read, by U+FFFD."""
    return _UNFIT.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Make a text fit, and join its lines and runs of white space by single spaces."""
    return " ".join(fit(text).split())


def web_address(text: object) -> str | None:
    """Give an address back if a reader may be sent there: http or https, and nothing else."""
    if isinstance(text, str) and re.fullmatch(r"(?i:https?)://[^\s\"'<>`\\^{}|]{1,2000}", fit(text)):
        return fit(text) if "\ufffd" not in fit(text) else None
    return None


def licence_address(name: object) -> str | None:
    """Give the address of a licence's text by its SPDX id."""
    if isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9.+-]{1,80}", name):
        return f"https://spdx.org/licenses/{name}"
    return None
