"""`rule`: what a rule checks, why, with a bad and a good example."""

import sys
from collections.abc import Iterable
from typing import Annotated

from typer import Argument, Option

from followup_cli.errors import FollowupError
from followup_cli.findings import Severity
from followup_cli.rules import RULES, Rule, rules_named

EXAMPLES = """Examples:

  followup rule FU301

  followup rule unknown-agency

  followup rule --all --format markdown
"""
FORMATS = ("text", "markdown", "json")
GROUPS = {
    "FU1": "The text",
    "FU2": "The shape",
    "FU3": "References",
    "FU4": "Deadlines",
    "FU5": "Updates and evidence",
    "FU6": "Changes between revisions",
}


def run(
    code: Annotated[
        list[str] | None,
        Argument(
            metavar="[CODE...]", help="Codes, names, or beginnings of codes: FU301, unknown-agency, FU5."
        ),
    ] = None,
    every: Annotated[bool, Option("--all", help="All rules.")] = False,
    format_: Annotated[
        str, Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")
    ] = "text",
) -> None:
    """Print the manual of rules; without a code, a list of all."""
    name = format_.strip().casefold()
    if name not in FORMATS:
        raise FollowupError(
            f"there is no format `{format_[:60]}` here", f"the formats are {', '.join(FORMATS)}"
        )
    rules = list(dict.fromkeys(rule for word in code or () for rule in rules_named(word)))
    if every or (name != "text" and not rules):
        rules = list(RULES)
    if not rules:
        sys.stdout.write("".join(f"{r.code} {r.name:28} {r.manual.summary}\n" for r in RULES))
    elif name == "json":
        sys.stdout.write(_json(rules))
    elif name == "markdown":
        sys.stdout.write(page(rules))
    else:
        sys.stdout.write("\n".join(_text(rule) for rule in rules))


def _text(rule: Rule) -> str:
    manual = rule.manual
    lines = [f"{rule.code} {rule.name} ({rule.severity})", "", f"{manual.summary}."]
    lines += ["", *manual.why.split("\n")] if manual.why else []
    lines += ["", "Bad:", "", *_indented(manual.bad), "", "Good:", "", *_indented(manual.good)]
    return "\n".join(lines) + "\n"


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.split("\n")]


def page(rules: Iterable[Rule]) -> str:
    """Write the manuals of rules as a page of Markdown."""
    lines = [
        "# Rules",
        "",
        "Each mistake that `followup validate` finds has the code of a rule. Codes never change their meaning",
        "and are never used again. An error stops questions from being answered; a warning does not.",
        "`followup rule CODE` prints what is said here. In the examples ‹CF› stands for a byte and ‹U+200B›",
        "for a character that cannot be seen.",
    ]
    group = ""
    for rule in rules:
        if rule.code[:3] != group:
            group = rule.code[:3]
            lines += ["", f"## {group}xx: {GROUPS[group].lower()}"]
        manual = rule.manual
        mark = " (warning)" if rule.severity is Severity.WARNING else ""
        lines += ["", f"### {rule.code} {rule.name}{mark}", "", f"{manual.summary}."]
        lines += ["", manual.why] if manual.why else []
        for word, example in (("Bad", manual.bad), ("Good", manual.good)):
            kind = "" if example.startswith("data/") else "yaml"
            lines += ["", f"{word}:", "", f"```{kind}", *example.split("\n"), "```"]
    return "\n".join(lines) + "\n"


def _json(rules: Iterable[Rule]) -> str:
    from json import dumps

    objects = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": str(rule.severity),
            "summary": rule.manual.summary,
            "why": rule.manual.why,
            "bad": rule.manual.bad,
            "good": rule.manual.good,
        }
        for rule in rules
    ]
    return dumps(objects, ensure_ascii=False, indent=2) + "\n"
