"""What the Tab key offers: commands, options, and values with what they mean.

Commands and options are those of the command line itself, and values those of the registries. Ids, titles,
codes and names are read from the dataset's files, without checking them.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from followup_cli.app.session import data_folder
from followup_cli.app.verbs import COMMANDS
from followup_cli.errors import FollowupError
from followup_cli.glossary import (
    EVIDENCE_MEANINGS,
    STATE_MEANINGS,
    STATUS_MEANINGS,
    BearsOn,
    EvidenceKind,
    Language,
    PlanFile,
    Role,
    State,
    Status,
)
from followup_cli.registry import Entry, load

Offer = tuple[str, str]  # a value and what it means
_MOST = 60  # letters of a meaning
_LISTS = ("--fields", "--by", "--sort", "--state", "--status", "--role")  # values with commas between them


def complete(words: Sequence[str]) -> list[Offer]:
    """Offer what may stand in place of the last word.

    Args:
        words: the words after the program's name, up to the one that is being typed (maybe empty).
    """
    words = [word for word in words if word != "="] or [""]
    *before, current = words
    if not before:
        return _starting(
            current, [*COMMANDS.items(), ("--help", "how to use it"), ("--version", "which version")]
        )
    if before[0] not in COMMANDS:
        return []
    options = _options_beside(before, current)
    name, equals, value = current.partition("=")
    if equals and _takes_value(options.get(name)):
        return [(f"{name}={offer}", meaning) for offer, meaning in _values(before, options[name], value)]
    if len(before) > 1 and _takes_value(options.get(before[-1])):
        return _values(before, options[before[-1]], current)
    if current.startswith("-"):
        offers = [
            (option, parameter.help or "") for option, parameter in options.items() if option[:2] == "--"
        ]
        return _starting(current, offers)
    return _values(before, None, current)


def _options_beside(before: Sequence[str], current: str) -> dict[str, Any]:
    """Give a command's options where one is typed, or its value: else the command, which takes long, is not loaded."""
    return options_of(before[0]) if current[:1] == "-" or before[-1][:1] == "-" else {}


def options_of(command: str) -> dict[str, Any]:
    """Give a command's options by each of their names."""
    from followup_cli.app.commands import group

    line = group()
    made = line.get_command(None, command)
    with line.make_context("followup", [], resilient_parsing=True) as context:
        return {
            name: p
            for p in made.get_params(context)
            for name in (*p.opts, *p.secondary_opts)
            if name[:1] == "-"
        }


def _takes_value(option: Any) -> bool:
    return option is not None and not option.is_flag


def _values(before: Sequence[str], option: Any, current: str) -> list[Offer]:
    """Offer values for an option, or for what a command is about; in a list, for its last member."""
    of = max(option.opts, key=len) if option is not None else before[0]
    offers = list(VALUES[of](before)) if of in VALUES else []
    head = current[: current.rfind(",") + 1] if of in _LISTS else ""
    if of == "--sort" and current[len(head) :].startswith("-"):
        head += "-"
    return [(head + value, meaning) for value, meaning in _starting(current.removeprefix(head), offers)]


def _starting(current: str, offers: Sequence[Offer]) -> list[Offer]:
    start = current.casefold()
    return [(value, meaning) for value, meaning in offers if value.casefold().startswith(start)]


def written(offers: Sequence[Offer]) -> str:
    """Write offers as the shells' scripts read them: value, tab, meaning in one short line."""
    lines = []
    for value, meaning in offers:
        short = " ".join(meaning.split())
        short = short if len(short) <= _MOST else short[: _MOST - 1].rstrip() + "…"
        lines.append("".join(c for c in f"{value}\t{short}" if c.isprintable() or c == "\t") + "\n")
    return "".join(lines)


# -- values ------------------------------------------------------------------------------------------

Offers = Callable[[Sequence[str]], list[Offer]]


def _registry(place: str) -> Offers:
    """Offer the names of a registry, each with its meaning."""

    def offers(_: Sequence[str]) -> list[Offer]:
        registry: Any = load(Entry(place, (), ""))
        return [(name, getattr(entry, "meaning", "")) for name, entry in registry.items()]

    return offers


def _words(words: Sequence[str], meanings: Mapping[Any, str] | None = None) -> Offers:
    return lambda _: [(str(word), (meanings or {}).get(word, "")) for word in words]


def _formats(before: Sequence[str]) -> list[Offer]:
    places = {"export": "formats.files:EXPORTS", "validate": "formats.findings:FINDING_FORMATS"}
    return _registry(places.get(before[0], "formats:FORMATS"))(before)


def _fields(before: Sequence[str]) -> list[Offer]:
    fields = _registry("questions.fields:FIELDS")(before)
    return fields + _registry("questions.counting:ASSIGNED")(before) if before[0] == "count" else fields


def _rules(_: Sequence[str]) -> list[Offer]:
    from followup_cli.rules import RULES

    return [(rule.code, rule.name) for rule in RULES]


def _report(before: Sequence[str]) -> list[Offer]:
    return _agencies(before) if before[-1] == "agency" else _registry("questions.reports:REPORTS")(before)


def _items(before: Sequence[str], file: PlanFile, key: str) -> list[dict[str, Any]]:
    """Read a list of the dataset that is asked about, as far as it can be read."""
    from followup_cli.files import read_bytes
    from followup_cli.text.parsing import parse

    named = next(
        (before[i + 1] for i, word in enumerate(before[:-1]) if word == "--data"),
        os.environ.get("FOLLOWUP_DATA"),
    )
    try:
        content = read_bytes(data_folder(Path(named) if named else None) / file.value)
        data: Any = parse(content.decode("utf-8"), file).data
        return [item for item in data[key] if isinstance(item, dict)]
    except (FollowupError, OSError, UnicodeDecodeError, LookupError, TypeError):
        return []


def _named(items: list[dict[str, Any]], key: str, name: str) -> list[Offer]:
    return [(str(item[key]), str(item.get(name, ""))) for item in items if key in item]


def _ids(before: Sequence[str]) -> list[Offer]:
    offers = []
    for item in _items(before, PlanFile.ACTIVITIES, "activities"):
        offers += _named([item], "id", "title")
        deliverables = item.get("deliverables")
        for number, each in enumerate(deliverables if isinstance(deliverables, list) else (), 1):
            outcome = each.get("outcome", "") if isinstance(each, dict) else ""
            offers.append((f"{item.get('id')}.{number}", f"{outcome}: {item.get('title', '')}"))
    return offers


def _deliverables(before: Sequence[str]) -> list[Offer]:
    return [offer for offer in _ids(before) if "." in offer[0]]


def _sections(before: Sequence[str]) -> list[Offer]:
    return _named(_items(before, PlanFile.ACTIVITIES, "sections"), "id", "title")


def _agencies(before: Sequence[str]) -> list[Offer]:
    return _named(_items(before, PlanFile.AGENCIES, "agencies"), "code", "name")


# What may follow an option, or a command that is about something.
VALUES: dict[str, Offers] = {
    "show": _ids,
    "history": _ids,
    "record": _deliverables,
    "agencies": _agencies,
    "report": _report,
    "rule": _rules,
    "help": _registry("app.topics:TOPICS"),
    "completion": _registry("commands.completion:SCRIPTS"),
    "amend": _ids,
    "request": _agencies,
    **dict.fromkeys(("--agency", "--and-agency", "--not-agency", "--first"), _agencies),
    "--section": _sections,
    "--role": _words(tuple(Role)),
    "--state": _words(tuple(State), STATE_MEANINGS),
    "--status": _words((*Status, "none"), {**STATUS_MEANINGS, "none": "no status is known here"}),
    "--lang": _words(tuple(Language)),
    "--language": _words(tuple(Language)),
    "--has": _registry("questions.filters:HAS"),
    "--without": _registry("questions.filters:HAS"),
    "--evidence-kind": _words(tuple(EvidenceKind), EVIDENCE_MEANINGS),
    "--kind": _words(tuple(EvidenceKind), EVIDENCE_MEANINGS),
    "--bears-on": _words(tuple(BearsOn)),
    "--color": _words(("auto", "always", "never")),
    "--format": _formats,
    "--fields": _fields,
    "--by": _fields,
    "--sort": _fields,
}
