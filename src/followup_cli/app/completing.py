"""What the Tab key offers: commands, options, and values with what they mean.

This runs on every press of the key, so it imports nothing of the rest. What the options and the registries
hold is read from the program's own source, which is always current; ids, titles, codes and names are read
from the dataset line by line, without checking it.
"""

import ast
import os
import re
from collections.abc import Callable, Iterator, Sequence

Offer = tuple[str, str]  # a value and what it means
_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib takes too long to load
_SHARED = ("Question", "Selection", "OutputOptions")
_MOST = 60  # letters of a meaning


def complete(words: Sequence[str]) -> list[Offer]:
    """Offer what may stand in place of the last word.

    Args:
        words: the words after the program's name, up to the one that is being typed (maybe empty).
    """
    words = [word for word in words if word != "="] or [""]
    *before, current = words
    commands = literal("app/commands", "COMMANDS")
    if not before:
        return _starting(
            current, [*commands.items(), ("--help", "how to use it"), ("--version", "which version")]
        )
    if before[0] not in commands:
        return []
    options = options_of(before[0])
    name, equals, value = current.partition("=")
    if equals and options.get(name, ("", False))[1]:
        return [(f"{name}={offer}", meaning) for offer, meaning in _values(before, name, value)]
    if len(before) > 1 and (before[-1] == "-f" or options.get(before[-1], ("", False))[1]):
        return _values(before, before[-1], current)
    if current.startswith("-"):
        return _starting(current, [(option, meaning) for option, (meaning, _) in options.items()])
    return _values(before, before[0], current)


def options_of(command: str) -> dict[str, tuple[str, bool]]:
    """List a command's options: what each means, and whether it takes a value."""
    own, shared = _source(f"commands/{command}"), _source("app/options")
    named = {
        target.id: node.value
        for tree in (shared, own)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: dict[str, tuple[str, bool]] = {}
    run = next(n for n in own.body if isinstance(n, ast.FunctionDef) and n.name == "run")
    groups = [
        a.annotation.id for a in (*run.args.args, *run.args.kwonlyargs) if isinstance(a.annotation, ast.Name)
    ]
    for argument in (*run.args.args, *run.args.kwonlyargs):
        found.update(_option(argument.annotation, named))
    for node in shared.body:
        if isinstance(node, ast.ClassDef) and node.name in _SHARED and node.name in groups:
            for field in node.body:
                if isinstance(field, ast.AnnAssign):
                    found.update(_option(field.annotation, named))
    return {**found, "--help": ("how to use it", False)}


def _option(
    annotation: ast.expr | None, named: dict[str, ast.expr]
) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Read an option from its annotation: `Annotated[type, Option("--name", help="...")]`."""
    if isinstance(annotation, ast.Name):
        annotation = named.get(annotation.id)
    if not (isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple)):
        return
    kind, call = annotation.slice.elts[:2]
    if not isinstance(call, ast.Call) or "Option" not in ast.unparse(call.func):
        return
    flag = isinstance(kind, ast.Name) and kind.id == "bool"
    meaning = next((_text(k.value) for k in call.keywords if k.arg == "help"), "")
    for part in call.args:
        if isinstance(part, ast.Constant) and str(part.value).startswith("--"):
            for name in str(part.value).split("/"):
                yield name, (meaning, not flag)


def literal(module: str, name: str) -> dict[str, str]:
    """Read a registry from the source: its keys, each with the last text of its value."""
    for node in _source(module).body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if (
            isinstance(target, ast.Name)
            and target.id == name
            and isinstance(node, ast.AnnAssign | ast.Assign)
        ):
            if isinstance(node.value, ast.Dict):
                pairs = zip(node.value.keys, node.value.values, strict=True)
                return {
                    _text(key): _last_text(value) for key, value in pairs if isinstance(key, ast.Constant)
                }
            members = node.value.args if isinstance(node.value, ast.Call) else getattr(node.value, "elts", [])
            # One call a member, its name first.
            return {_text(m.args[0]): _last_text(m) for m in members if isinstance(m, ast.Call)}
    return {}


def _source(module: str) -> ast.Module:
    path = os.path.join(_HERE, *module.split("/"))  # noqa: PTH118
    path += ".py" if os.path.isfile(path + ".py") else "/__init__.py"  # noqa: PTH113
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123
        return ast.parse(stream.read())


def _text(node: ast.AST | None) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return ""


def _last_text(node: ast.expr) -> str:
    """Give the last text among a value and a call's own arguments."""
    parts = [node] if not isinstance(node, ast.Call) else [*node.args, *(k.value for k in node.keywords)]
    texts = [str(p.value) for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    functions = [p.attr.replace("_", "-") for p in parts if isinstance(p, ast.Attribute) and p.attr.islower()]
    return (texts[1:] or functions or texts or [""])[-1]


# -- values ------------------------------------------------------------------------------------------


def _values(before: Sequence[str], of: str, current: str) -> list[Offer]:
    """Offer values for an option, or for what a command is about; in a list, for its last member."""
    if of not in VALUES:
        return []
    offers = list(VALUES[of](before))
    if of in _LISTS and "," in current:
        head, _, last = current.rpartition(",")
        return [(f"{head},{value}", meaning) for value, meaning in _starting(last, offers)]
    if of == "--sort":
        sign = current[:1] if current[:1] == "-" else ""
        return [(sign + value, meaning) for value, meaning in _starting(current.removeprefix("-"), offers)]
    return _starting(current, offers)


def _starting(current: str, offers: Sequence[Offer]) -> list[Offer]:
    start = current.casefold()
    return [(value, meaning) for value, meaning in offers if value.casefold().startswith(start)]


def _fields(before: Sequence[str]) -> list[Offer]:
    fields = list(literal("questions/fields", "FIELDS").items())
    return fields + (
        [("agency", "an agency, in any role"), ("role", "lead or as-agreed")] if before[0] == "count" else []
    )


def _words(vocabulary: str) -> Callable[[Sequence[str]], list[Offer]]:
    def offers(_: Sequence[str]) -> list[Offer]:
        from followup_cli import glossary as words

        meanings: dict[str, str] = {
            **{word.value: text for word, text in words.STATE_MEANINGS.items() if vocabulary == "State"},
            **{word.value: text for word, text in words.STATUS_MEANINGS.items() if vocabulary == "Status"},
        }
        return [(word.value, meanings.get(word.value, "")) for word in getattr(words, vocabulary)]

    return offers


def _registry(module: str, name: str) -> Callable[[Sequence[str]], list[Offer]]:
    return lambda _: list(literal(module, name).items())


def _formats(before: Sequence[str]) -> list[Offer]:
    return list(
        (
            literal("formats/files", "EXPORTS") if before[0] == "export" else literal("formats", "FORMATS")
        ).items()
    )


def _report(before: Sequence[str]) -> list[Offer]:
    return (
        _agencies(before) if before[-1] == "agency" else list(literal("questions/reports", "REPORTS").items())
    )


def _lines(before: Sequence[str], name: str) -> list[str]:
    """Read the lines of a file of the dataset that is asked about, or none."""
    named = next(
        (before[i + 1] for i, w in enumerate(before[:-1]) if w == "--data"), os.environ.get("FOLLOWUP_DATA")
    )
    here = os.getcwd()  # noqa: PTH109
    if named:
        folders = [named, os.path.join(named, "data")]  # noqa: PTH118
    else:
        above = [here]
        while os.path.dirname(above[-1]) != above[-1]:  # noqa: PTH120
            above.append(os.path.dirname(above[-1]))  # noqa: PTH120
        folders = [os.path.join(folder, "data") for folder in above]  # noqa: PTH118
        folders += [os.path.join(_HERE, "data"), os.path.join(_HERE, "..", "..", "data")]  # noqa: PTH118
    for folder in folders:
        path = os.path.realpath(os.path.join(folder, name))  # noqa: PTH118
        # Nothing is shown of what a link out of the folder leads to, and a named pipe must not hang the shell.
        if not path.startswith(os.path.realpath(folder) + os.sep) or not os.path.isfile(path):  # noqa: PTH113
            continue
        try:
            with open(path, encoding="utf-8") as stream:  # noqa: PTH123
                return stream.read().splitlines()
        except (OSError, UnicodeDecodeError):
            continue
    return []


_ITEM = re.compile(r"  ?-? ?- +(?:\{ *)?(id|code): *([^\s,}]+)(?:, *(?:title|name): *([^,}]*))?")
_TITLE = re.compile(r"    (?:title|name): *(.*)")


def _items(before: Sequence[str], name: str, key: str) -> Iterator[tuple[str, str, list[str]]]:
    """Go through the items of a list of the dataset: id, title, outcomes."""
    item: list[str] = []
    outcomes: list[str] = []
    inside = False
    for line in _lines(before, name):
        if line[:1].strip() and not line.startswith(("#", "-")):
            inside = line.startswith(f"{key}:")
        elif not inside:
            continue
        elif match := _ITEM.match(line):
            if item:
                yield item[0], item[1], outcomes
            item, outcomes = [match[2].strip("\"'"), (match[3] or "").strip("\"' ")], []
        elif item and not item[1] and (match := _TITLE.match(line)):
            item[1] = match[1].strip("\"' ")
        if item and "outcome:" in line:
            outcomes.append(line.partition("outcome:")[2].strip("\"' ,}"))
    if item:
        yield item[0], item[1], outcomes


def _ids(before: Sequence[str]) -> list[Offer]:
    offers = []
    for number, title, outcomes in _items(before, "activities.yaml", "activities"):
        offers.append((number, title))
        offers += [(f"{number}.{n}", f"{outcome}: {title}") for n, outcome in enumerate(outcomes, 1)]
    return offers


def _deliverables(before: Sequence[str]) -> list[Offer]:
    return [offer for offer in _ids(before) if "." in offer[0]]


def _sections(before: Sequence[str]) -> list[Offer]:
    return [(item, title) for item, title, _ in _items(before, "activities.yaml", "sections")]


def _agencies(before: Sequence[str]) -> list[Offer]:
    return [(code, name) for code, name, _ in _items(before, "agencies.yaml", "agencies")]


_LISTS = ("--fields", "--by", "--sort")
# What may follow an option, or a command that is about something.
VALUES: dict[str, Callable[[Sequence[str]], list[Offer]]] = {
    "show": _ids,
    "history": _ids,
    "record": _deliverables,
    "agencies": _agencies,
    "report": _report,
    "rule": _registry("rules", "RULES"),
    "help": _registry("app/topics", "TOPICS"),
    "completion": _registry("commands/completion", "SCRIPTS"),
    "--agency": _agencies,
    "--section": _sections,
    "--role": _words("Role"),
    "--state": _words("State"),
    "--status": _words("Status"),
    "--lang": _words("Language"),
    "--format": _formats,
    "-f": _formats,
    "--color": lambda _: [("auto", ""), ("always", ""), ("never", "")],
    "--fields": _fields,
    "--by": _fields,
    "--sort": _fields,
}


def written(offers: Sequence[Offer]) -> str:
    """Write offers as the shells' scripts read them: value, tab, meaning in one short line."""
    lines = []
    for value, meaning in offers:
        short = " ".join(meaning.split())
        short = short if len(short) <= _MOST else short[: _MOST - 1].rstrip() + "…"
        lines.append("".join(c for c in f"{value}\t{short}" if c.isprintable() or c == "\t") + "\n")
    return "".join(lines)
