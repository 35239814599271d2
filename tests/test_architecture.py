"""The house: imports point one way, and heavy libraries stay where they are needed."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "followup_cli"
MODULES = sorted(SOURCE.rglob("*.py"))

# Each module may import from its own layer and from those before it.
LAYERS = (
    {"errors", "findings", "table", "words", "suggestions", "syntax"},
    {"files", "plain_layout", "source", "yaml_events", "models", "deadlines"},
    {"shape"},
    {"git", "edit", "dataset"},
    {"register", "cache", "progress", "amended"},
    {"fields", "rules"},
    {"query", "relations"},
    {"database", "export", "diff", "slippage"},
    {"wording", "reports"},
    {"recording"},
)
# Who may import what: everything else is told apart by this, and by nothing else.
ONLY = {
    "typer": ("cli", "commands"),
    "yaml": ("yaml_events", "edit"),
    "pydantic": ("models", "shape"),
    "pydantic_core": ("models", "shape"),
    "rich": ("render.text", "commands.waiting"),
}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module: str) -> int | None:
    top = module.partition(".")[0]
    return next((number for number, layer in enumerate(LAYERS) if top in layer), None)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    here = layer_of(name_of(path))
    for imported in imports_of(path):
        if imported.startswith("followup_cli."):
            inner = imported.removeprefix("followup_cli.")
            there = layer_of(inner)
            top = inner.partition(".")[0]
            if here is not None:
                assert top not in ("cli", "commands"), f"{path.name} imports {imported}"
                # Files for others are safe for their medium in the same way as what is rendered.
                assert top != "render" or name_of(path).startswith("export"), (
                    f"{path.name} imports {imported}"
                )
            if here is not None and there is not None:
                assert there <= here, f"{path.name} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_renderers_know_only_tables(path: Path) -> None:
    if name_of(path).startswith("render"):
        allowed = ("errors", "findings", "table", "words", "suggestions", "render")
        ours = [i.removeprefix("followup_cli.") for i in imports_of(path) if i.startswith("followup_cli.")]
        assert all(inner.partition(".")[0] in allowed for inner in ours), ours


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_stays_where_it_belongs(path: Path) -> None:
    module = name_of(path)
    for imported in imports_of(path):
        homes = ONLY.get(imported.partition(".")[0])
        if homes:
            assert any(module == home or module.startswith(f"{home}.") for home in homes), (
                f"{module} imports {imported}"
            )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_one_function_knows_today(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    clocks = [text.count(word) for word in ("datetime.now", "date.today", "time.time", "localtime")]

    assert sum(clocks) == (1 if name_of(path) == "cli" else 0)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_dateutil_never_guesses_at_a_phrase(path: Path) -> None:
    assert not any(imported.startswith("dateutil.parser") for imported in imports_of(path))


def test_every_name_says_what_is_in_it() -> None:
    vague = {"utils", "helpers", "base", "manager", "service", "common", "misc"}

    assert not vague & {path.stem for path in MODULES}


def test_the_tests_run_this_package() -> None:
    import followup_cli

    assert Path(followup_cli.__file__).parent == SOURCE, sys.path
