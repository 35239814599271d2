"""The house: every module has one room, and a room imports only what the table lets it."""

import ast
import graphlib
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from radon.complexity import cc_visit

SOURCE = Path(__file__).parents[1] / "src" / "followup_cli"
HARDEST = 15  # radon's cyclomatic complexity: a function above it is taken apart

GROUND = {"errors", "glossary", "choosing", "registry", "table", "findings", "__init__"}
# Room: the rooms that it may import from, besides itself.
ROOMS: dict[str, set[str]] = {
    "ground": set(),
    "deadlines": set(),
    "files": {"ground"},
    "git": {"ground", "files"},
    "text": {"ground", "files"},
    "formats": {"ground"},
    "plan": {"ground", "files", "text", "deadlines"},
    "rules": {"ground", "text", "deadlines", "plan"},
    "changes": {"ground", "files", "text", "deadlines", "plan", "rules"},
    "store": {"ground", "files", "deadlines", "plan"},
    "questions": {"ground", "git", "deadlines", "plan", "changes", "store"},
    "importers": {"ground", "files", "text", "deadlines", "plan", "rules"},
    "app": {
        "ground", "deadlines", "files", "git", "text", "formats",
        "plan", "rules", "changes", "importers", "store", "questions",
    },
    "commands": {
        "ground", "deadlines", "files", "git", "text", "formats",
        "plan", "rules", "changes", "importers", "store", "questions", "app",
    },
}  # fmt: skip
# These rooms are entered by their face: nobody outside imports what is behind it.
FACES = ("deadlines",)
# A library stays in the rooms, or the modules, that are there to deal with it.
HOMES = {
    "typer": ("app", "commands"),
    "yaml": ("text.event_reader", "text.writing"),
    "pydantic": ("plan",),
    "pydantic_core": ("plan",),
    "rich": ("formats.text", "app.waiting"),
    "sqlite3": ("store", "questions.sql"),
    "babel": ("formats.phrases",),
}
CLOCKS = ("datetime.now", "date.today", "time.time", "localtime")
VAGUE = {"utils", "helpers", "base", "manager", "service", "common", "misc"}

# What is not as it should be yet. A line that is no longer true fails, so this only shrinks.
OWED: set[str] = set()


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def room_of(module: str) -> str | None:
    top = module.partition(".")[0]
    if top == "__main__":
        return "app"
    return "ground" if top in GROUND else top if top in ROOMS else None


def imports_of(module: str) -> Iterator[str]:
    """Give all that a module imports: other modules' names, or names within them; inside functions too."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module if MODULES[module].stem == "__init__" else module.rpartition(".")[0]
            start = ".".join(part for part in ("followup_cli", package, node.module) if part)
            start = start if node.level else str(node.module)  # one dot: the only relative form in use
            yield from (f"{start}.{alias.name}" for alias in node.names)


def ours(module: str) -> set[str]:
    """Give the modules of ours that a module imports."""
    found = set()
    for imported in imports_of(module):
        inner = imported.removeprefix("followup_cli").removeprefix(".")
        if imported.partition(".")[0] == "followup_cli":
            known = inner if inner in MODULES else inner.rpartition(".")[0]
            found.add(known or "__init__")
    return found - {module}


GRAPH = {module: ours(module) for module in MODULES}


def hold(faults: set[str], kind: str) -> None:
    """Fail with every fault that is not owed, and with every debt that was paid."""
    owed = {line for line in OWED if line.startswith(kind)}
    found = {f"{kind}: {fault}" for fault in faults}
    assert not found - owed, "\n".join(sorted(found - owed))
    assert not owed - found, "paid, to be taken from OWED:\n" + "\n".join(sorted(owed - found))


def test_every_module_has_one_room() -> None:
    hold({module for module in MODULES if room_of(module) is None}, "in no room")


def test_a_room_imports_what_the_table_lets_it() -> None:
    faults = set()
    for module, imported in GRAPH.items():
        here = room_of(module)
        assert here is not None
        for other in imported:
            there = room_of(other)
            if there != here and there not in ROOMS[here]:
                faults.add(f"{module} imports {other}: {here} may not import {there}")
    hold(faults, "room")


def test_there_is_no_circle() -> None:
    faults = set()
    # A package's own name is imported with each of its modules; only what it says counts.
    for name, table in (("modules", GRAPH), ("rooms", ROOMS)):
        graph = {module: sorted(imported) for module, imported in table.items()}
        while True:
            try:
                graphlib.TopologicalSorter(graph).prepare()
                break
            except graphlib.CycleError as error:
                circle = error.args[1][:-1]
            first = circle.index(min(circle))
            circle = [*circle[first:], *circle[:first]]
            faults.add(f"{name}: {' → '.join([*circle, circle[0]])}")
            graph = {module: [i for i in graph[module] if not {module, i} <= set(circle)] for module in graph}
    hold(faults, "circle")


def test_a_room_with_a_face_is_entered_by_it() -> None:
    hold(
        {
            f"{module} imports {other}"
            for module, imported in GRAPH.items()
            for other in imported
            for face in FACES
            if other.startswith(f"{face}.") and room_of(module) != face
        },
        "face",
    )


def test_each_library_stays_at_home() -> None:
    faults = set()
    for module in MODULES:
        for imported in imports_of(module):
            homes = HOMES.get(imported.partition(".")[0], (module,))
            if not any(module == home or module.startswith(f"{home}.") for home in homes):
                faults.add(f"{module} imports {imported.partition('.')[0]}")
            if imported.startswith("dateutil.parser"):
                faults.add(f"{module} lets dateutil guess at a phrase")
    hold(faults, "library")


def test_one_function_knows_today() -> None:
    lines = [
        f"{module}: {line.strip()}"
        for module, path in MODULES.items()
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(clock in line for clock in CLOCKS)
    ]

    assert len(lines) == 1, lines
    assert lines[0].startswith("app."), lines


def test_every_registry_names_a_function_that_is_there() -> None:
    registered = re.compile(r'"([a-z_.]+):([a-z_]+)"')
    faults, count = set(), 0
    for module, path in MODULES.items():
        for target, function in registered.findall(path.read_text(encoding="utf-8")):
            count += 1
            package = module if path.stem == "__init__" else module.rpartition(".")[0]
            names = [f"{package}.{target}", target]
            loaded = next((importlib.import_module(f"followup_cli.{n}") for n in names if n in MODULES), None)
            if not callable(getattr(loaded, function, None)):
                faults.add(f"{module}: {target}:{function}")
    assert count > 10
    hold(faults, "registry")


def test_names_say_what_is_there_and_functions_can_be_read() -> None:
    hold({module for module in MODULES if module.rpartition(".")[2] in VAGUE}, "vague")
    classes: dict[str, set[str]] = defaultdict(set)
    for module, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].add(module)
    hold({f"{n} in {', '.join(sorted(m))}" for n, m in classes.items() if len(m) > 1}, "class")
    hard = set()
    for module, path in MODULES.items():
        for block in cc_visit(path.read_text(encoding="utf-8")):
            if type(block).__name__ == "Function" and block.complexity > HARDEST:
                hard.add(f"{module}:{block.name}")
    hold(hard, "hard")


def test_the_tests_run_this_package() -> None:
    import followup_cli

    assert Path(followup_cli.__file__).parent == SOURCE, sys.path


def test_a_folder_of_tests_is_that_of_a_room() -> None:
    about_plans = {"changing_plan", "example_plan", "shapes"}  # data that tests read
    folders = {f.name for f in Path(__file__).parent.iterdir() if f.is_dir() and f.name != "__pycache__"}
    assert folders - about_plans <= set(ROOMS)
