"""The act that a plan was approved by, and its day, as the lines above its table say them."""

import re

from followup_cli.deadlines import LANGUAGES, DeadlineError
from followup_cli.deadlines import read as read_deadline

_NUMBER = r"(?:\s*(?:№|No\.?|Nr\.?|N)\s*[\w/-]+)?"
_DATE = r"(?:\d{1,2}[./]\d{1,2}[./]\d{4}|[«\"“]?\d{1,2}[»\"”]?\.?\s+(?:de\s+)?[^\W\d]{3,}\s+(?:de\s+)?\d{4}|[^\W\d]{3,}\s\d{1,2},\s\d{4})"
_BEFORE = (
    r"(?:approved|adopted|endorsed)\s+by(?:\s+the)?|утвержд[её]н[аоы]?|приложение(?:\s+№?\s*\d+)?\s+к|"
    r"(?:затверджен|схвален)[оийа]?|додаток(?:\s+№?\s*\d+)?\s+до|aprobad[oa]\s+(?:por|mediante)(?:\s+(?:el|la))?|"
    r"(?:adopté|approuvé)e?\s+par(?:\s+(?:le|la))?|beschlossen\s+(?:durch|mit)"
)
_ACT = re.compile(
    rf"(?:\b(?:{_BEFORE}))\s+(?P<act>(?:[^.;|]|\b(?:No|Nr)\.){{5,250}}?(?P<day>{_DATE})(?:\s*(?:года|року|г\.|р\.))?{_NUMBER})",
    re.IGNORECASE,
)
_KAZAKH = re.compile(
    r"(?P<act>[^.;|]{0,200}?(?P<day>\d{4}\s+жылғы\s+\d{1,2}\s+[^\W\d]+?)(?:дағы|дегі|тағы|тегі)\s+№\s*\S+\s+\w+?)"
    r"(?:мен|на|не)\s+(?:бекіт|қосымша|\d)",
    re.IGNORECASE,
)
# An act is named in the nominative: the case that the words before it ask for goes.
_CASES = (
    (re.compile(r"^(приказ|указ|наказ)(?:ом|у)\b", re.IGNORECASE), r"\1"),
    (re.compile(r"^(постановлени|распоряжени|решени)(?:ем|ю)\b", re.IGNORECASE), r"\1е"),
    (re.compile(r"^(розпорядженн|рішенн)ям\b", re.IGNORECASE), r"\1я"),
    (re.compile(r"^(постанов)(?:ою|и)\b", re.IGNORECASE), r"\1а"),
)


def approval(text: str, language: str) -> tuple[str, str]:
    """Find the act that a plan was approved by.

    Returns:
        The act in the plan's words, and its day as an ISO date; each an empty text where it is not said, or
        where two acts are named.
    """
    line = " ".join(text.split())
    matches = list((_KAZAKH if language == "kk" else _ACT).finditer(line))
    if len(matches) != 1:
        return "", ""
    act = matches[0]["act"].strip()
    for pattern, ending in _CASES:
        act = pattern.sub(ending, act)
    return act, _day(matches[0]["day"], language)


def _day(words: str, language: str) -> str:
    """Read the day; nothing where it may be two, or no reader knows its month."""
    try:
        read = read_deadline(
            re.sub(r"[«»\"“”]", "", words), lang=language if language in LANGUAGES else "zxx"
        )
    except DeadlineError:
        return ""
    return read.due.isoformat() if read.due and read.start == read.due else ""
