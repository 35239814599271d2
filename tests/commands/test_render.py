"""`render`: tables in Markdown files that stay true."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_cli.app import blocks
from followup_cli.errors import FollowupError
from tests.conftest import Followup

BEGIN = "<!-- followup:begin count --by state --as-of 2026-11-01 -->"
END = "<!-- followup:end -->"
TABLE = """
| state | deliverables | of | activities | of |
| --- | ---: | ---: | ---: | ---: |
| delivered | 1 | 29 | 0 | 27 |
| unreported | 28 | 29 | 27 | 27 |

_Follow-up Plan for Human Rights and the Rule of Law (kz-2022-258) · 29 of 29 deliverables · as of 2026-11-01 · data 1.0.0_
"""


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_a_block_is_filled_and_stays_true(followup: Followup, tmp_path: Path) -> None:
    page = written(tmp_path / "page.md", f"# Page\n\n{BEGIN}\nold\n{END}\n\nThe end.\n")
    stale = followup("render", "--check", str(page))
    assert stale.code == 1
    assert "-old\n" in stale.out
    assert "+| delivered | 1 | 29 | 0 | 27 |\n" in stale.out
    assert followup("render", str(page)).code == 0
    assert page.read_text() == f"# Page\n\n{BEGIN}\n{TABLE}\n{END}\n\nThe end.\n"
    assert followup("render", "--check", str(page)).code == 0


def test_the_answer_is_the_same_elsewhere_and_another_day(
    followup: Followup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"<!-- followup:begin report overview --as-of 2022-12-01 -->\n{END}\n{BEGIN}\n{END}\n"
    page = written(tmp_path / "page.md", text)
    followup("render", str(page))
    others = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "kk_KZ.UTF-8",
        "FOLLOWUP_AS_OF": "2031-01-01",
        "FOLLOWUP_FORMAT": "json",
        "ACCESSIBLE": "1",
        "FORCE_COLOR": "1",
    }
    for name, value in others.items():
        monkeypatch.setenv(name, value)
    assert followup("render", "--check", str(page)).code == 0
    assert followup("render", "--check", str(page), terminal=50).code == 0


def test_diff_shows_and_writes_nothing(followup: Followup, tmp_path: Path) -> None:
    page = written(tmp_path / "page.md", f"{BEGIN}\n{END}\n")
    result = followup("render", "--diff", str(page))
    assert (result.code, page.read_text()) == (0, f"{BEGIN}\n{END}\n")
    assert "+| delivered | 1 | 29 | 0 | 27 |" in result.out


def test_all_that_is_not_in_a_block_stays_as_it_is(followup: Followup, tmp_path: Path) -> None:
    text = f"\ufeffa\r\n{BEGIN}\r\n{END}\r\nb\x0bc\u2028d"
    page = written(tmp_path / "page.md", text)
    assert followup("render", str(page)).code == 0
    after = page.read_bytes().decode()
    assert after == f"\ufeffa\r\n{BEGIN}\r\n" + f"{TABLE}\n".replace("\n", "\r\n") + f"{END}\r\nb\x0bc\u2028d"


@pytest.mark.parametrize("fence", ["```", "~~~~", "```` md"])
def test_markers_in_fenced_code_are_text(followup: Followup, tmp_path: Path, fence: str) -> None:
    text = f"{fence}\n{BEGIN}\n{fence.split()[0]}\n"
    page = written(tmp_path / "page.md", text)
    result = followup("render", str(page))
    assert (result.code, page.read_text()) == (0, text)
    assert "no block" in result.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"a\n{BEGIN}\n", "page.md:2: the block has no end"),
        (f"{END}\n", "page.md:1: a block ends that has not begun"),
        (f"{END}\n{BEGIN}\n", "page.md:1: a block ends that has not begun"),
        (f"{BEGIN}\n{BEGIN}\n{END}\n{END}\n", "page.md:2: a block begins inside the block of line 1"),
        (f"<!-- followup:start report -->\n{END}\n", "no marker `followup:start`"),
        (f"<!-- followup:begin report\n-->\n{END}\n", "not closed on its line"),
        (f"{BEGIN} and more\n{END}\n", "not closed on its line"),
        (f"<!-- followup:begin -->\n{END}\n", "asks nothing"),
        (f"<!-- followup:begin list --agency 'GPO -->\n{END}\n", "cannot be read"),
        (f"<!-- followup:begin report -->\n{END}\n", "the answer depends on the day"),
        (f"<!-- followup:begin report --as-of today -->\n{END}\n", "another answer tomorrow"),
        (f"<!-- followup:begin list --as-of=Yesterday -->\n{END}\n", "another answer tomorrow"),
        (f"<!-- followup:begin sql 'select 1' --as-of 2022 -->\n{END}\n", "cannot ask `sql`"),
        (f"<!-- followup:begin report --template x --as-of 2022 -->\n{END}\n", "cannot take `--template`"),
        (f"<!-- followup:begin report -o x --as-of 2022 -->\n{END}\n", "cannot take `-o`"),
        (f"<!-- followup:begin list --data=/ --as-of 2022 -->\n{END}\n", "cannot take `--data`"),
        (f"<!-- followup:begin list --agancy GPO --as-of 2022 -->\n{END}\n", "did you mean `--agency`?"),
        (
            f"<!-- followup:begin list --agency MLPS --as-of 2022 -->\n{END}\n",
            "page.md:1: there is no agency",
        ),
        (f"<!-- followup:begin list --as-of -->\n{END}\n", "page.md:1"),
    ],
)
def test_a_wrong_block_leaves_every_file_untouched(
    followup: Followup, tmp_path: Path, text: str, said: str
) -> None:
    good = written(tmp_path / "good.md", f"{BEGIN}\n{END}\n")
    bad = written(tmp_path / "page.md", text)
    result = followup("render", str(good), str(bad))
    assert result.code == 2
    assert said in result.err
    assert (good.read_text(), bad.read_text()) == (f"{BEGIN}\n{END}\n", text)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "question", ["--as-of 2022-12-01 ", "--as-of=today ", '--as-of "1 December 2022" ', ""]
)
def test_a_day_is_put_into_every_block(followup: Followup, tmp_path: Path, question: str) -> None:
    text = "a\r\n<!-- followup:begin count {day}--by state -->\r\n{END}\r\nb"
    page = written(tmp_path / "page.md", text.format(day=question, END=END))
    fails = followup("render", "--as-of", "2023-02-01", "--check", str(page))
    assert followup("render", "--as-of", "2023-02-01", str(page)).code == 0

    moved = "--as-of 2023-02-01"
    begin = page.read_bytes().decode().split("\r\n")[1]
    there = f"count {moved} --by state" if question else f"count --by state {moved}"
    assert (fails.code, begin) == (1, f"<!-- followup:begin {there} -->")
    assert "as of 2023-02-01" in page.read_bytes().decode()
    assert followup("render", "--check", str(page)).code == 0


def test_a_file_that_is_not_there(followup: Followup, tmp_path: Path) -> None:
    result = followup("render", str(tmp_path / "none.md"))
    assert result.code == 2
    assert "none.md" in result.err


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([BEGIN, END, "```", "~~~", "text", "", "    " + BEGIN, "\r"]), max_size=12))
def test_filling_twice_is_filling_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = blocks.find(text, "page.md")
    except FollowupError:
        return
    once = blocks.fill(text, found, lambda block: f"| {block.question[0]} |\n")
    again = blocks.find(once, "page.md")
    assert len(again) == len(found)
    assert blocks.fill(once, again, lambda block: f"| {block.question[0]} |\n") == once
    if not found:
        assert once == text
