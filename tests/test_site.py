"""The example of a site for a dataset, and the pictures in these docs."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Followup
from tests.runner import Runner, load

WORKFLOW = ROOT / "docs" / "site.yml"


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_the_workflow_makes_the_site_that_the_guide_describes(plan: Path, tmp_path: Path) -> None:
    runner = Runner(plan.parent, tmp_path / "temp", {"github.event_name": "push"})

    done = runner.job(WORKFLOW, "build")

    assert [(step.name, step.code) for step in done] == [("Check the data", 0), ("Make the site", 0)]
    guide = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    promised = re.findall(r"`/([\w./]+)`", guide)
    assert len(promised) >= 8
    for address in promised:
        assert (plan.parent / "site" / address).exists(), address


def test_the_workflow_may_write_pages_and_nothing_else() -> None:
    workflow = load(WORKFLOW)

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
