"""The page of the documentation shows what is read today."""

import os
from pathlib import Path

from followup_cli.deadlines import RULES, DeadlineError, DeadlineKind, read

from .cases import ADOPTED, READ, REFUSED

DOCS = Path(__file__).parents[2] / "docs"
GUIDE, PAGE = DOCS / "deadlines.md", DOCS / "reference" / "deadlines.md"
TITLES = {"en": "English", "ru": "Russian", "kk": "Kazakh", "zxx": "Digits, ISO 8601 and EDTF"}
HEAD = """# Deadline phrases: rules and examples

Written from the examples by `UPDATE_DOCS=1 pytest tests/deadlines/test_page.py`; what the words mean is in
[Deadline phrases](../deadlines.md).
"""


def tables() -> str:
    """Write a table of the rules, and one of examples for each language."""
    lines = [HEAD, "## Rules", "", "| rule | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in RULES.items()]
    for lang, title in TITLES.items():
        lines += ["", f"## {title}", "", "Adopted on 2022-04-28.", ""]
        lines += ["| phrase | kind | start | due | recurrence, or parts |", "|---|---|---|---|---|"]
        shown: dict[str, int] = {}
        for case in READ:
            rule = read(case.phrase, adopted=ADOPTED).rule
            if case.lang == lang and shown.setdefault(rule, 0) < 3 and case.phrase == case.phrase.strip():
                shown[rule] += 1
                more = case.recurrence or case.parts
                lines.append(
                    f"| {cell(case.phrase)} | {case.kind} | {case.start} | {case.due} | {cell(more)} |"
                )
    lines += ["", "## Refused", "", "| phrase | reason | offered instead |", "|---|---|---|"]
    reasons: dict[str, int] = {}
    for case in REFUSED:
        try:
            read(case.phrase, adopted=ADOPTED)
        except DeadlineError as error:
            if reasons.setdefault(error.reason, 0) < 6 and case.phrase.strip():
                reasons[error.reason] += 1
                lines.append(f"| {cell(case.phrase)} | {error.reason} | {cell(error.suggestion or '')} |")
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    return text.replace("|", r"\|").replace("*", r"\*").replace("~", r"\~")


def test_the_page_is_current() -> None:
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(tables(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == tables()


def test_the_page_names_every_kind_and_reason() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for kind in DeadlineKind:
        assert f"| {kind} |" in text
    for case in REFUSED:
        if case.reason:
            assert f"`{case.reason}`" in text, case.reason
