"""The Tab key: what it offers, in the shells themselves, and that it knows every option."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from followup_cli.app.commands import COMMANDS, app
from followup_cli.app.completing import VALUES, complete, literal, options_of
from followup_cli.formats import FORMATS
from followup_cli.questions.fields import FIELDS
from tests.conftest import ROOT, Followup


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def offered(*words: str) -> list[str]:
    return [value for value, _ in complete(words)]


@pytest.mark.parametrize("command", list(COMMANDS))
def test_it_knows_every_option_of_every_command(command: str) -> None:
    group = get_command(app)
    real = group.get_command(None, command)  # type: ignore[attr-defined]
    assert real is not None
    known = options_of(command)
    for parameter in real.params:
        if parameter.param_type_name == "option":
            takes = not (parameter.is_flag or parameter.count)
            for name in parameter.opts:
                if name.startswith("--"):
                    assert known[name][1] is takes, name
    assert set(known) == {
        n
        for p in real.params
        if p.param_type_name == "option"
        for n in (*p.opts, *p.secondary_opts)
        if n[:2] == "--"
    } | {"--help"}


def test_commands_options_and_values_with_what_they_mean() -> None:
    assert offered("sh") == ["show"]
    assert complete(["agencies", "GP"]) == [
        ("GPO", "General Prosecutor's Office of the Republic of Kazakhstan")
    ]
    assert offered("show", "24") == ["24", "24.1", "24.2"]
    assert complete(["show", "24.2"])[0][1].startswith("Draft Law: Introduction of the draft law")
    assert offered("list", "--section", "vi") == ["VI", "VII", "VIII"]
    assert offered("list", "--state", "un") == ["unreported", "undated"]
    assert offered("list", "--state=un") == ["--state=unreported", "--state=undated"]
    assert offered("list", "--state", "=", "un") == ["unreported", "undated"]
    assert offered("list", "--fields", "id,due_") == ["id,due_year", "id,due_quarter"]
    assert offered("list", "--sort", "-du")[0] == "-due"
    assert offered("report", "agency", "mli") == []
    assert offered("report", "agency", "GP") == ["GPO"]
    assert offered("list", "--wide", "--agency", "ml") == ["MLSP"]
    assert offered("nonsense", "") == []


def test_the_registries_are_read_whole() -> None:
    assert list(literal("questions/fields", "FIELDS")) == list(FIELDS)
    assert list(literal("formats", "FORMATS")) == list(FORMATS)
    for name, values in VALUES.items():
        assert values([name.strip("-"), ""]), name


def test_every_id_and_code_of_the_dataset_is_offered(plan: Path) -> None:
    ids = offered("show", "--data", str(plan), "")
    assert len(ids) == 27 + 29
    assert len(offered("agencies", "--data", str(plan), "")) == 28


def test_a_dataset_that_is_broken_or_not_there_offers_what_it_can(tmp_path: Path) -> None:
    assert offered("show", "--data", str(tmp_path), "") == []
    (tmp_path / "activities.yaml").write_bytes(b"activities:\n  - id: 1\n   \xff\n")
    assert offered("show", "--data", str(tmp_path), "") == []
    (tmp_path / "activities.yaml").write_text("activities:\n  - id: 1\n  - {id: 2, title: x\n")
    assert offered("show", "--data", str(tmp_path), "") == ["1", "2"]


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; sys.argv = ['followup', '__complete', 'show', ''];"
        "from followup_cli.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'typer', 'pydantic', 'yaml', 'rich', 'pathlib', 'inspect', 'dataclasses'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run = [sys.executable, "-S", "-c", code]
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    subprocess.run(run, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)


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
    assert in_shell(shell_environment, *run, "list", "--state", "=", "unr") == ["unreported"]
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
