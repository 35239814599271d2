"""The package: what it needs, what it ships, and that the README's promises about it hold."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import followup_cli

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def test_the_version_is_said_once_and_the_same() -> None:
    assert PROJECT["version"] == followup_cli.__version__
    assert f"## {followup_cli.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_lowest_versions_are_those_of_the_package() -> None:
    lines = (ROOT / "tests/lowest.txt").read_text(encoding="utf-8").splitlines()
    needed = [*PROJECT["dependencies"], *(text for extra in EXTRAS.values() for text in extra)]
    allowed = [text.replace(">=", "==") for text in needed if ">=" in text]

    assert [without_zeros(line) for line in lines if "==" in line] == [*map(without_zeros, allowed)]


def without_zeros(text: str) -> str:
    return re.sub(r"(\.0)+$", "", text)


def test_nothing_is_kept_from_growing_without_a_reason() -> None:
    """A version is ruled out from above only where a comment beside it says what breaks."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()

    for before, line in pairwise(lines):
        assert not re.search(r"\"[\w-]+[^\"]*<", line) or before.strip().startswith("#"), line


def test_the_dataset_is_shipped_in_the_wheel() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    shipped = tool["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert {Path(source).name for source in shipped} >= {"activities.yaml", "agencies.yaml"}
    assert all((ROOT / source).is_file() for source in shipped)
    assert (ROOT / "src/followup_cli/py.typed").is_file()


def test_the_quick_start_is_two_shell_blocks_of_one_command_each() -> None:
    blocks = re.findall(
        r"```(?:sh|shell|bash)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )

    assert [len(block.strip().splitlines()) for block in blocks[:2]] == [1, 1]
    assert "followup status" in blocks[0]
    assert "pytest" in blocks[1]


def test_both_licences_are_declared_and_shipped() -> None:
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    for name, words in (("LICENSE", "MIT License"), ("data/LICENSE", "Creative Commons Attribution 4.0")):
        assert name in PROJECT["license-files"]
        assert words in (ROOT / name).read_text(encoding="utf-8")


def test_the_program_goes_by_the_name_of_the_package_too() -> None:
    assert set(PROJECT["scripts"]) == {"followup", PROJECT["name"]}
    assert len(set(PROJECT["scripts"].values())) == 1


def test_no_link_leads_nowhere_where_a_package_page_shows_the_readme() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    (change,) = tool["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    shown = re.sub(change["pattern"], change["replacement"], readme)

    targets = re.findall(r"\]\(([^)]+)\)", shown)
    assert all(target.startswith(("https://", "#")) for target in targets), targets
    assert "CONTRIBUTING.md shows the house from inside" in shown
