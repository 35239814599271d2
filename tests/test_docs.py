"""The documentation: its reference is the program's own, and every command that it shows works."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest

from followup_cli.app.topics import TOPICS
from followup_cli.app.verbs import COMMANDS
from tests.conftest import ROOT, Followup

GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [*GUIDES, *sorted((ROOT / "docs" / "reference").glob("*.md"))]
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
REFERENCE = ROOT / "docs" / "reference" / "commands.md"
# What asks at a terminal for what is missing, and says so anywhere else.
ASKS = ("followup record 5.1",)
_BLOCK = re.compile(r"^```(?:sh|shell|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shown() -> Iterator[tuple[str, str]]:
    """Go through the commands that are shown: where, and the line."""
    for page in GUIDES:
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if line.startswith("followup "):
                    yield page.name, line
    for verb in COMMANDS:
        for line in import_module(f"followup_cli.commands.{verb}").EXAMPLES.splitlines():
            if line.strip().startswith("followup "):
                yield verb, line.strip()


@pytest.fixture
def copy(examples: Path, tmp_path: Path) -> Path:
    """A repository of its own for each example: no other has written into it."""
    return shutil.copytree(examples, tmp_path / "repository")


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of two commits with what the examples work on."""
    folder = repository(tmp_path_factory.mktemp("examples"))
    for name in ("old", "new"):
        shutil.copytree(ROOT / "data", folder / name / "data")
    return folder


def repository(parent: Path) -> Path:
    """Make a clone with a tag, a branch of the forge's, and the files that the examples name."""
    folder = parent / "repository"
    folder.mkdir()
    for name in ("data", "schema", "docs", "README.md"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.exists():
            shutil.copy(source, folder / name)
    _documents(folder)
    (folder / "phrases.txt").write_text("By the end of 2022\n2023 – 2024\n", encoding="utf-8")
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run([*git, "init", "-q"], cwd=folder, check=True)
    for number in (1, 2):
        (folder / "notes.txt").write_text(f"{number}\n")
        subprocess.run([*git, "add", "-A"], cwd=folder, check=True)
        subprocess.run([*git, "commit", "-q", "-m", f"step {number}"], cwd=folder, check=True)
    for name in ("refs/tags/v1.0.0", "refs/remotes/origin/main"):
        subprocess.run(["git", "update-ref", name, "HEAD~1"], cwd=folder, check=True)
    return folder


def _documents(folder: Path) -> None:
    """Make the documents that the examples of `import` read, the first one imported already."""
    from openpyxl import Workbook

    text = (folder / "docs" / "import-example.html").read_text(encoding="utf-8")
    (folder / "plan.html").write_text(text, encoding="utf-8")
    (folder / "plan-2025.html").write_text(text.replace("By the end of 2024", "March 2025"), encoding="utf-8")
    book = Workbook()
    sheet = book.create_sheet("Action plan")
    for row in (["Ref", "Action", "Evidence", "Deadline"], ["1", "Publish", "Portal", "2026"]):
        sheet.append(row)
    book.save(folder / "tracker.xlsx")
    (folder / "filled-in.csv").write_text("id,date,note\n3.1,2023-02-01,It was sent.\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for line in ("import plan.html -o my-plan", "request GPO --output gpo.csv --excel"):
        command = [sys.executable, "-m", "followup_cli", *line.split()]
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def _matching(folder: Path, pattern: str) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.glob(pattern)) or [pattern]


@pytest.mark.parametrize(("where", "line"), list(dict.fromkeys(shown())), ids=lambda v: str(v)[:60])
def test_every_command_that_is_shown_works(followup: Followup, copy: Path, where: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    stdin = ""
    for sign in ("|", ">", ">>", "<"):
        if sign in words:
            if sign == "<":
                stdin = (copy / words[words.index(sign) + 1]).read_text(encoding="utf-8")
            words = words[: words.index(sign)]
    words = [name for word in words for name in (_matching(copy, word) if "*" in word else [word])]
    result = followup(*words[1:], cwd=copy, stdin=stdin)
    if "-m pip install pyarrow" in result.err:
        pytest.skip("pyarrow is not installed, and the message says how to")
    if line in ASKS:
        assert result.code == 2
        return
    assert result.code in ((0, 1) if "--check" in words or "--exit-code" in words else (0,)), result.err
    assert "no deliverable matches" not in result.err, "an example answers something"


@pytest.mark.skipif("FOLLOWUP_QUICK_START" not in os.environ, reason="needs what the quick start makes")
@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_a_page_works_from_top_to_bottom_in_a_shell(tmp_path: Path, page: Path) -> None:
    """Each page in a clone of its own, in the environment of the first command, and nothing else installed."""
    folder = repository(tmp_path)
    (folder / ".venv").symlink_to(os.environ["FOLLOWUP_QUICK_START"])
    text = page.read_text(encoding="utf-8")
    blocks = _BLOCK.findall(text)[2 if page.name == "README.md" else 0 :]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP")}
    environment |= {"PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    done = subprocess.run(
        ["bash", "-ec", "\n".join(blocks)], cwd=folder, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    with duckdb.connect() as connection:
        for query in re.findall(r"^```sql\n(SELECT.*?)^```", text, re.MULTILINE | re.DOTALL):
            assert connection.execute(
                query.replace("'parquet/", f"'{folder}/parquet/").replace("'lake/", f"'{folder}/lake/")
            ).fetchall()


def test_there_are_enough_examples() -> None:
    assert len([line for where, line in shown() if where == "analyst.md"]) >= 30
    for verb in COMMANDS:
        assert 1 <= len([line for where, line in shown() if where == verb]) <= 6, verb


def test_the_reference_is_the_programs_own(followup: Followup) -> None:
    assert followup("help", "reference").out == REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("topic", list(TOPICS))
def test_a_topic_and_the_documentation_say_the_same(followup: Followup, topic: str) -> None:
    said = followup("help", topic).out.split("\n\n", 1)[1]
    assert said in REFERENCE.read_text(encoding="utf-8")


def test_every_variable_that_the_program_reads_is_documented() -> None:
    sources = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src" / "followup_cli").rglob("*.py"))
    said = TOPICS["environment"].make()
    for name in set(re.findall(r"\"(FOLLOWUP_[A-Z_]+)\"", sources)):
        assert f"`{name}`" in said, name


def test_help_of_a_command_and_of_nothing(followup: Followup) -> None:
    assert followup("help", "list").out == followup("list", "--help").out
    result = followup("help", "dtes")
    assert result.code == 2
    assert "did you mean `dates`?" in result.err


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


def test_a_newcomer_reads_no_more_than_eight_thousand_words() -> None:
    pages = [*GUIDES, CONTRIBUTING, ROOT / "data" / "README.md"]
    words = {
        page.relative_to(ROOT).as_posix(): len(page.read_text(encoding="utf-8").split()) for page in pages
    }

    assert sum(words.values()) <= 8000, words


@pytest.mark.parametrize("page", [*GUIDES, CONTRIBUTING], ids=lambda p: p.name)
def test_a_file_that_a_page_names_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    names = re.findall(r"`((?:\.ci|benchmarks|docs|schema|src|tests)/[\w/.-]+|[\w/]+/\w+\.py)`", text)
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/**/*")]

    for name in names:
        if not re.search(r"XX|xx|verb", name):  # a name to be chosen
            assert any(file == name.rstrip("/") or file.endswith(f"/{name}") for file in files), name


def test_nobody_is_told_to_install_from_an_index_where_we_are_not() -> None:
    pages = [*PAGES, CONTRIBUTING, ROOT / "action.yml", ROOT / "ci" / "gitlab.yml"]
    pages += [*(ROOT / "docs").glob("*.yml"), *(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.yml")]
    for page in pages:
        assert not re.search(
            r"install (-\S+ )*[\"']?followup-cli|followup-cli\[", page.read_text(encoding="utf-8")
        ), page


def test_every_picture_is_shown_somewhere() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in GUIDES)

    for picture in (ROOT / "docs").glob("*.svg"):
        assert f"]({picture.name})" in text, picture.name


def test_the_rooms_are_those_of_the_house() -> None:
    from tests.test_architecture import ROOMS

    everything = {"ground", *ROOMS} - {"commands"}
    words = {"all": everything, "all but commands": everything - {"app"}}
    rows = re.findall(
        r"^\| `?(\w+)`? \|[^|\n]*\| ([\w, ]*)\|$", CONTRIBUTING.read_text(encoding="utf-8"), re.MULTILINE
    )
    table = {
        room: words.get(allowed.strip(), {each for each in allowed.strip().split(", ") if each})
        for room, allowed in rows
        if room != "room"
    }

    assert table == ROOMS


def test_registries_that_are_named_are_there() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))

    for name in re.findall(r"`([A-Z_]{4,})`", CONTRIBUTING.read_text(encoding="utf-8")):
        assert re.search(rf"^{name}\b.*=", source, re.MULTILINE), name


def test_the_library_answers_as_the_guide_says() -> None:
    text = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    checked = 0
    for line in filter(None, block.splitlines()):
        code, _, said = line.partition("  # ")
        if not said:
            exec(code, names)
            continue
        try:
            value = eval(code, names)
        except ValueError as error:
            value = f"{type(error).__name__}: {error}"
        parts = value if isinstance(value, tuple) else [value]
        shown = ", ".join(
            str(part) if not isinstance(part, Enum) else repr(part).split(":")[0][1:] for part in parts
        )
        assert shown == said.strip('"'), line
        checked += 1
    assert checked >= 3
