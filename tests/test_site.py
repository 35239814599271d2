"""The example of a site for a dataset, and the pictures in these docs."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, Followup

WORKFLOW = ROOT / "docs" / "site.yml"


def steps() -> list[dict[str, Any]]:
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def test_the_workflow_makes_the_site_that_the_guide_describes(followup: Followup, plan: Path) -> None:
    repository = plan.parent
    (repository / "site").mkdir()

    commands = [line for step in steps() for line in str(step.get("run", "")).splitlines()]
    ours = [shlex.split(line)[1:] for line in commands if line.startswith("followup ")]
    for command in ours:
        result = followup(*command, cwd=repository)
        assert result.code == 0, f"{command}: {result.err}"

    guide = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    promised = re.findall(r"`/([\w./]+)`", guide.partition("To make")[0])
    assert len(ours) == 9
    assert len(promised) >= 8
    for address in promised:
        assert (repository / "site" / address).exists(), address
    assert (repository / "site" / "index.html").is_file()


def test_the_workflow_may_write_pages_and_nothing_else() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))

    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["build"]
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


@pytest.mark.parametrize("verb", ["timeline", "badge"])
def test_the_pictures_in_the_docs_are_current(followup: Followup, tmp_path: Path, verb: str) -> None:
    path = tmp_path / "picture.svg"
    followup(verb, "--as-of", "2025-05-01", "--output", str(path))

    shown = (ROOT / "docs" / f"{verb}.svg").read_bytes()
    assert shown == path.read_bytes(), (
        f"followup {verb} --as-of 2025-05-01 --output docs/{verb}.svg brings it up to date"
    )
