"""A runner of GitHub Actions as far as our workflows need one: steps in bash, with its files and contexts."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT
from tests.repository import git

INSTALL = "Install followup"


def load(path: Path) -> Any:
    """Read a workflow or an action."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def address() -> str:
    """Give what a reader fills in: where this repository is, and its commit."""
    return f"git+{ROOT.as_uri()}@{git(ROOT, 'rev-parse', 'HEAD')}"


def steps_of(path: Path) -> list[dict[str, Any]]:
    """List the steps of all jobs of a workflow, or those of an action."""
    content = load(path)
    jobs = content["jobs"].values() if "jobs" in content else [content["runs"]]
    return [step for job in jobs for step in job["steps"]]


def program(folder: Path) -> Path:
    """Put a `followup` into a folder that runs this repository's source, as an installed one would."""
    folder.mkdir(exist_ok=True)
    path = folder / "followup"
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from followup_cli.__main__ import main; main()"
    path.write_text(f"#!/bin/sh\nexec '{sys.executable}' -P -c '{code}' '{ROOT / 'src'}' \"$@\"\n")
    path.chmod(0o755)
    return path


@dataclass(frozen=True)
class Done:
    """What a step left: its name, exit code, standard output and standard error."""

    name: str
    code: int
    out: str
    err: str


@dataclass
class Runner:
    """A job's machine.

    `event` are the values of the contexts `github` and `inputs` by their names. Without `installs` the
    steps that install the program are left out, and it is the one of this repository.
    """

    folder: Path
    temp: Path
    event: Mapping[str, str]
    installs: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.temp.mkdir(exist_ok=True)
        self.values = dict(self.event)
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("GITHUB", "FOLLOWUP", "GIT_"))}
        files = {name: str(self.temp / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_PATH")}
        self.environment = {
            **kept, **files,
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.folder),
            "GITHUB_EVENT_NAME": self.event.get("github.event_name", ""),
            "RUNNER_TEMP": str(self.temp),
            **self.environment,
        }  # fmt: skip
        if not self.installs:
            shim = program(self.temp / "bin")
            self.environment["PATH"] = f"{shim.parent}{os.pathsep}{self.environment['PATH']}"
            self.values["steps.install.outputs.program"] = str(shim)

    @property
    def summary(self) -> str:
        """What the job's summary says so far."""
        path = self.temp / "summary"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def job(self, workflow: Path, name: str) -> list[Done]:
        """Run the steps of a job, up to the first that fails."""
        content = load(workflow)
        return self.steps(content["jobs"][name]["steps"], content.get("env", {}))

    def action(self, inputs: Mapping[str, str] | None = None) -> list[Done]:
        """Run the steps of our action."""
        action = load(ROOT / "action.yml")
        given = {name: str(each["default"]) for name, each in action["inputs"].items()} | dict(inputs or {})
        self.values |= {f"inputs.{name}": value for name, value in given.items()}
        return self.steps(action["runs"]["steps"], {})

    def steps(self, steps: list[dict[str, Any]], environment: Mapping[str, str]) -> list[Done]:
        """Run steps one after another, up to the first that fails."""
        done: list[Done] = []
        for step in steps:
            if step.get("uses") == "./":
                done += self.action({name: self._filled(value) for name, value in step["with"].items()})
                if not done[-1].code:
                    for name, output in load(ROOT / "action.yml")["outputs"].items():
                        self.values[f"steps.{step['id']}.outputs.{name}"] = self._filled(output["value"])
            elif "run" in step and self._holds(step.get("if")) and self._wants(step["name"]):
                done.append(self._run(step, environment))
            if done and done[-1].code:
                break
        return done

    def _wants(self, name: str) -> bool:
        return self.installs or name != INSTALL

    def _run(self, step: dict[str, Any], environment: Mapping[str, str]) -> Done:
        output, path = (Path(self.environment[name]) for name in ("GITHUB_OUTPUT", "GITHUB_PATH"))
        for file in (output, path):
            file.write_text("", encoding="utf-8")
        given = {**environment, **step.get("env", {})}
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**{name: self._filled(value) for name, value in given.items()}, **self.environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        for name, value in _outputs(output.read_text(encoding="utf-8")):
            self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
        for line in path.read_text(encoding="utf-8").splitlines():
            self.environment["PATH"] = f"{line}{os.pathsep}{self.environment['PATH']}"
        return Done(step["name"], ran.returncode, ran.stdout, ran.stderr)

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: self._value(match[1]), str(text))

    def _value(self, name: str) -> str:
        # What an event does not have is empty; what a step or an action does not have is a mistake of ours.
        return self.values.get(name, "") if name.startswith("github.") else self.values[name]

    def _holds(self, condition: str | None) -> bool:
        if condition is None:
            return True
        match = re.fullmatch(r"([\w.]+) == '(\w+)'", condition)
        assert match, condition
        return self._value(match[1]) == match[2]


def _outputs(text: str) -> list[tuple[str, str]]:
    pairs, lines = [], iter(text.splitlines())
    for line in lines:
        name, _, end = line.partition("<<")
        if end:
            pairs.append((name, "\n".join(iter(lambda: next(lines), end))))
        else:
            name, _, value = line.partition("=")
            pairs.append((name, value))
    return pairs
