"""The Tab key: what it offers, in the shells themselves, and that it knows every option."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from followup_cli.app.completing import VALUES, complete
from followup_cli.app.verbs import COMMANDS
from followup_cli.formats import FORMATS
from followup_cli.formats.files import EXPORTS
from followup_cli.formats.findings import FINDING_FORMATS
from followup_cli.registry import Entry
from tests.conftest import ROOT, Followup


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def offered(*words: str) -> list[str]:
    return [value for value, _ in complete(words)]


@pytest.mark.parametrize("command", list(COMMANDS))
def test_it_offers_every_option_that_the_help_shows(followup: Followup, command: str) -> None:
    shown = set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", followup(command, "--help").out, re.MULTILINE))

    assert set(offered(command, "--")) == shown >= {"--help"}


def test_commands_options_and_values_with_what_they_mean() -> None:
    assert offered("sh") == ["show"]
    assert complete(["agencies", "GP"]) == [
        ("GPO", "General Prosecutor's Office of the Republic of Kazakhstan")
    ]
    assert offered("show", "24") == ["24", "24.1", "24.2"]
    assert complete(["show", "24.2"])[0][1].startswith("Draft Law: Introduction of the draft law")
    assert offered("list", "--section", "vi") == ["VI", "VII", "VIII"]
    assert offered("list", "--state", "un") == ["unreported", "unread", "undated"]
    assert offered("list", "--state=un") == ["--state=unreported", "--state=unread", "--state=undated"]
    assert offered("list", "--state", "=", "un") == ["unreported", "unread", "undated"]
    assert offered("list", "--fields", "id,due_") == ["id,due_year", "id,due_quarter"]
    assert offered("list", "--sort", "-du")[0] == "-due"
    assert offered("list", "--state", "open,un") == ["open,unreported", "open,unread", "open,undated"]
    assert offered("count", "--by", "section,ro") == ["section,role"]
    assert offered("list", "--color", "a") == ["auto", "always"]
    assert offered("list", "--wide", "") == []
    assert offered("report", "agency", "mli") == []
    assert offered("report", "agency", "GP") == ["GPO"]
    assert offered("list", "--wide", "--agency", "ml") == ["MLSP"]
    assert offered("nonsense", "") == []


@pytest.mark.parametrize("of", VALUES)
def test_every_value_that_is_known_beforehand_is_offered(of: str) -> None:
    verb = {
        "--lang": "deadline",
        "--language": "init",
        "--kind": "record",
        "--bears-on": "record",
        "--by": "count",
    }
    asked = (of, "") if of in COMMANDS else (verb.get(of, "list"), of, "")

    assert complete(asked) == VALUES[of](asked[:-1]) != []


@pytest.mark.parametrize(
    ("command", "registry"), [("list", FORMATS), ("export", EXPORTS), ("validate", FINDING_FORMATS)]
)
@pytest.mark.parametrize("option", ["--format", "-f"])
def test_the_formats_are_those_of_the_command(command: str, registry: dict[str, Entry], option: str) -> None:
    assert complete([command, option, ""]) == [(name, entry.meaning) for name, entry in registry.items()]


def test_every_id_and_code_of_the_dataset_is_offered(plan: Path) -> None:
    ids = offered("show", "--data", str(plan), "")
    assert len(ids) == 27 + 29
    assert len(offered("agencies", "--data", str(plan), "")) == 28


def test_a_dataset_that_is_broken_or_not_there_offers_what_it_can(tmp_path: Path) -> None:
    assert offered("show", "--data", str(tmp_path), "") == []
    (tmp_path / "activities.yaml").write_bytes(b"activities:\n  - id: 1\n   \xff\n")
    assert offered("show", "--data", str(tmp_path), "") == []
    (tmp_path / "activities.yaml").write_text("activities:\n  - id: 1\n  - 3\n  - {id: 2, title: x\n")
    assert offered("show", "--data", str(tmp_path), "") == ["1"]
    (tmp_path / "activities.yaml").write_text("activities: 1\nsections: [{id: [I]}, {title: x}]\n")
    assert offered("show", "--data", str(tmp_path), "") == []
    assert offered("list", "--data", str(tmp_path), "--section", "") == ["['I']"]


@pytest.fixture
def shell_environment(tmp_path: Path) -> dict[str, str]:
    """Give an environment in which `followup` runs from the source."""
    program = tmp_path / "followup"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}/src" exec "{sys.executable}" -m followup_cli "$@"\n')
    program.chmod(0o755)
    return {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}


def in_shell(environment: dict[str, str], *command: str) -> list[str]:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_in_bash(shell_environment: dict[str, str]) -> None:
    script = 'eval "$(followup completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _followup; printf "%s\\n" "${COMPREPLY[@]}"'
    run = ("bash", "--norc", "-c", script, "bash", "followup")
    assert in_shell(shell_environment, *run, "agencies", "GP") == ["GPO"]
    assert in_shell(shell_environment, *run, "list", "--state", "=", "unrep") == ["unreported"]
    ids = in_shell(shell_environment, *run, "show", "24")
    assert [line.split()[0] for line in ids] == ["24", "24.1", "24.2"]
    assert os.path.commonprefix(ids) == "24"  # noqa: RUF071
    assert "(Draft Law: Introduction" in ids[2]


def test_in_zsh(shell_environment: dict[str, str]) -> None:
    script = (
        'compdef() { :; }; _describe() { print -l -- "${offers[@]}"; }; _files() { print files; };'
        'eval "$(followup completion zsh)"; words=("$@"); CURRENT=$#; _followup'
    )
    run = ("zsh", "-f", "-c", script, "zsh", "followup")
    assert in_shell(shell_environment, *run, "agencies", "GP")[0].startswith("GPO:General Prosecutor")
    assert in_shell(shell_environment, *run, "list", "--output", "") == ["files"]


def test_in_fish(shell_environment: dict[str, str]) -> None:
    def completed(line: str) -> list[str]:
        script = f'followup completion fish | source; complete -C "{line}"'
        return in_shell(shell_environment, "fish", "--no-config", "-c", script)

    assert completed("followup agencies GP") == [
        "GPO\tGeneral Prosecutor's Office of the Republic of Kazakhstan"
    ]
    assert [line.split("\t")[0] for line in completed("followup show 24")] == ["24", "24.1", "24.2"]


def test_scripts_are_printed_by_name(followup: Followup) -> None:
    assert "Register-ArgumentCompleter" in followup("completion", "PowerShell").out
    result = followup("completion", "bassh")
    assert result.code == 2
    assert "did you mean `bash`?" in result.err


def test_the_version_needs_nothing(followup: Followup) -> None:
    assert followup("--version").out == followup("-V").out == "followup 0.1.0\n"
