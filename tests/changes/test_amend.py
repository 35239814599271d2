"""`amend`: new words in, old words kept, every other line as it was."""

import difflib
import json
from pathlib import Path

import pytest

from tests.conftest import Followup

DECREE = ("--date", "2024-12-30", "--act", "Decree No. 1180", "--url", "https://example.org/1180")


def text_of(plan: Path) -> str:
    return (plan / "activities.yaml").read_bytes().decode()


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Give the lines that are gone, and those that are new."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return tuple([line[2:].strip() for line in lines if line.startswith(sign)] for sign in ("- ", "+ "))  # type: ignore[return-value]


def test_a_moved_deadline_is_in_force_from_its_day(followup: Followup, plan: Path) -> None:
    before = text_of(plan)

    result = followup(
        "amend", "24.2", "--field", "deadline", "--to", "December 2025", *DECREE, "--data", str(plan)
    )

    assert result.code == 0, result.err
    gone, new = changed(before, text_of(plan))
    assert gone == ["deadline: April 2025"]
    assert new == [
        "deadline: December 2025",
        "amendments:",
        "- date: 2024-12-30",
        "act: Decree No. 1180",
        "url: https://example.org/1180",
        "field: deadline",
        "was: April 2025",
    ]
    assert "due 2025-04-30 → 2025-12-31, 245 days later" in result.out
    for day, due in (("2024-12-29", "2025-04-30"), ("2024-12-30", "2025-12-31")):
        shown = json.loads(followup("show", "24.2", "--as-of", day, "-f", "json", "--data", str(plan)).out)
        assert shown["deliverables"][0]["due"] == due
    assert followup("validate", "--data", str(plan), "--fail-on", "warning").code == 0


def test_the_number_of_an_activity_stands_for_its_only_deliverable(followup: Followup, plan: Path) -> None:
    result = followup("amend", "6", "--field", "outcome", "--to", "An order", *DECREE, "--data", str(plan))

    assert result.out.partition(": ")[2].startswith("6.1: outcome “Draft Law” → “An order”")


def test_what_is_repealed_stays_in_the_file(followup: Followup, plan: Path) -> None:
    before = text_of(plan)

    followup("amend", "7", "--repeal", *DECREE, "--data", str(plan))

    gone, new = changed(before, text_of(plan))
    assert (gone, new[-1]) == ([], "field: repealed")
    ids = {
        row["id"]
        for row in json.loads(
            followup("list", "--data", str(plan), "-f", "json", "--as-of", "2025-01-01").out
        )
    }
    assert "7.1" not in ids


def test_a_list_is_written_as_it_stood(followup: Followup, plan: Path) -> None:
    before = text_of(plan)

    followup(
        *("amend", "6", "--field", "agencies", "--to", "MJ", "--to", "GPO (as agreed)", *DECREE),
        *("--data", str(plan)),
    )

    gone, new = changed(before, text_of(plan))
    assert (gone, new[0]) == (["agencies: [MLSP, MIPD, MJ]"], "agencies: [MJ, GPO (as agreed)]")
    assert new[-4:] == ["was:", "- MLSP", "- MIPD", "- MJ"]


def test_a_wrong_copy_is_corrected_and_no_day_shows_it(followup: Followup, plan: Path) -> None:
    result = followup(
        *("amend", "5", "--field", "title", "--to", "Amend the law", "--correct", "--date", "2024-01-01"),
        *("--url", "https://example.org/plan", "--note", "A line was lost.", "--data", str(plan)),
    )

    assert result.code == 0
    shown = followup("show", "5", "--as-of", "2023-01-01", "-f", "json", "--data", str(plan)).out
    assert json.loads(shown)["activity"]["title"] == "Amend the law"
    assert "note: A line was lost." in text_of(plan)


def test_words_that_no_rule_reads_are_written_and_told(followup: Followup, plan: Path) -> None:
    result = followup("amend", "6.1", "--field", "deadline", "--to", "some day", *DECREE, "--data", str(plan))

    assert result.code == 0
    assert "FU401" in result.err
    assert "add `read:" in result.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["99", "--field", "title", "--to", "x", *DECREE], "no deliverable `99`"),
        (["24", "--field", "deadline", "--to", "2026", *DECREE], "activity 24 has 2 deliverables"),
        (["24.2", "--field", "points", "--to", "x", *DECREE], "no field `points`"),
        (["24.2", "--field", "deadlin", "--to", "2026", *DECREE], "did you mean `deadline`?"),
        (["24.2", "--field", "deadline", *DECREE], "go together"),
        (["24.2", *DECREE], "not said what changed"),
        (["24.2", "--repeal", "--field", "deadline", "--to", "x", *DECREE], "not said what changed"),
        (["24.2", "--field", "deadline", "--to", "2026"], "since when"),
        (["24.2", "--field", "deadline", "--to", "2026", "--date", "2024"], "not a single day"),
        (["24.2", "--field", "deadline", "--to", "April 2025", *DECREE], "these are the words"),
        (["24.2", "--field", "deadline", "--to", "1", "--to", "2", *DECREE], "give it once"),
        (["24.2", "--field", "deadline", "--to", "2026", "--correct", *DECREE], "of no act"),
        (["24.2", "--field", "deadline", "--to", "2026", *DECREE, "--note", "x"], "no note"),
        (["24.2", "--field", "deadline", "--to", "2026", *DECREE[:4], "--url", "x"], "not an address"),
        (["6", "--field", "agencies", "--to", "NOBODY", *DECREE], "nothing was written"),
        (["24.2", "--field", "outcome", "--to", " ", *DECREE], "empty value"),
    ],
)
def test_what_is_not_one_whole_change_is_refused(
    followup: Followup, plan: Path, args: list[str], said: str
) -> None:
    before = text_of(plan)

    result = followup("amend", *args, "--data", str(plan))

    assert (result.code, result.out, text_of(plan)) == (2, "", before)
    assert said in result.err
