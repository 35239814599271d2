"""The README's pictures of output are what the program prints."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Followup

README = ROOT / "README.md"
PICTURE = re.compile(r"<!-- output: followup ([^>]*?) -->\n```text\n(.*?)```", re.DOTALL)


def pictures() -> list[tuple[str, str]]:
    return PICTURE.findall(README.read_text(encoding="utf-8"))


def test_there_is_a_picture() -> None:
    assert pictures()


@pytest.mark.parametrize(("command", "picture"), pictures())
def test_a_picture_is_what_a_terminal_of_80_columns_shows(
    followup: Followup, command: str, picture: str
) -> None:
    shown = followup(*command.split(), "--color", "never", "--no-pager", terminal=80).out

    assert picture == "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"


def test_the_blocks_hold(followup: Followup, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(README.read_bytes())

    result = followup("render", str(tmp_path / "README.md"), "--check")

    assert result.code == 0, result.out + result.err
