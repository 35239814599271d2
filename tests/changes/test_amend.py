"""`amend`: new words in, old words kept, every other line as it was."""

import difflib
import json
import re
from pathlib import Path

import pytest

from tests.conftest import Followup, Result
from tests.repository import begin

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


def test_what_is_repealed_is_asked_for_on_an_earlier_day(followup: Followup, plan: Path) -> None:
    data = ("--data", str(plan))
    followup("amend", "7", "--repeal", *DECREE, *data)

    now, again = followup("show", "7", *data), followup("amend", "7", "--repeal", *DECREE, *data)

    assert (now.code, again.code) == (2, 2)
    assert "an act repealed it from 2024-12-30 on" in now.err
    assert "--as-of 2024-12-29" in now.err
    assert "it is repealed already" in again.err
    assert followup("show", "7", "--as-of", "2024-12-29", *data).code == 0


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


WRONG = "https://news.fundsforngos.org/?p=37083"


def mend(followup: Followup, plan: Path, *more: str, address: str = WRONG) -> Result:
    to = () if "--to" in more else ("--to", "https://example.org/right")
    args = ("--correct", "--evidence", address, *to, "--date", "2026-11-25", *more)
    return followup("amend", "2.1", *args, "--data", str(plan))


def test_a_wrong_link_is_mended_and_kept_beside_the_right_one(followup: Followup, plan: Path) -> None:
    begin(plan.parent)
    before = text_of(plan)

    result = mend(followup, plan, "--note", "The page had moved.")

    assert result.code == 0, result.err
    gone, new = changed(before, text_of(plan))
    assert gone == [f"- url: {WRONG}"]
    assert new == [
        "- url: https://example.org/right",
        "corrections:",
        "- date: 2026-11-25",
        "field: url",
        f"was: {WRONG}",
        "note: The page had moved.",
    ]
    data = ("--data", str(plan))
    assert followup("validate", "--since", "HEAD", *data).code == 0
    assert "2.1: evidence changed" in followup("diff", "HEAD", *data).out.replace("2.1  ", "2.1: ")
    events = json.loads(followup("history", "2.1", "-f", "json", *data).out)["events"]
    assert [e["url"] for e in events if e["event"] in ("update", "correction")] == [
        "https://example.org/right"
    ] * 2
    assert f"the dataset had “{WRONG}”" in events[-1]["what"]


@pytest.mark.parametrize(
    ("was", "to"),
    [
        (f"was: {WRONG}", "was: https://example.org/another"),
        ("field: url", "field: title"),
        ("publisher: fundsforNGOs", "publisher: Somebody"),
    ],
)
def test_a_link_that_changed_is_a_mistake_unless_it_is_kept(
    followup: Followup, plan: Path, was: str, to: str
) -> None:
    begin(plan.parent)
    assert mend(followup, plan).code == 0
    file = plan / "activities.yaml"
    file.write_text(file.read_text("utf-8").replace(was, to), encoding="utf-8")

    result = followup("validate", "--since", "HEAD", "--data", str(plan))

    assert result.code == 1
    assert "FU602" in result.out


def test_a_correction_of_evidence_stays(followup: Followup, plan: Path) -> None:
    assert mend(followup, plan).code == 0
    begin(plan.parent)
    assert (
        mend(followup, plan, "--to", "https://example.org/third", address="https://example.org/right").code
        == 0
    )
    assert followup("validate", "--since", "HEAD", "--data", str(plan)).code == 0

    file = plan / "activities.yaml"
    text = re.sub(r" +- date: 2026-11-25\n +field: url\n +was: https://news.*\n", "", file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")
    assert "FU602" in followup("validate", "--since", "HEAD", "--data", str(plan)).out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--to", "nolink"), "not an address"),
        (("--to", WRONG), "already"),
        (("--field", "title"), "no `title` that could be wrong"),
        (("--field", "kind", "--to", "act"), "an act needs its number"),
        (("--field", "outcome"), "no field `outcome`"),
        (("--act", "Decree No. 1"), "mended as a correction"),
    ],
)
def test_evidence_is_not_mended_into_a_mistake(
    followup: Followup, plan: Path, more: tuple[str, ...], said: str
) -> None:
    before = text_of(plan)

    result = mend(followup, plan, *more)

    assert (result.code, text_of(plan)) == (2, before)
    assert said in result.err


def test_evidence_that_is_not_there_is_named(followup: Followup, plan: Path) -> None:
    result = mend(followup, plan, address=WRONG[:-1])

    assert result.code == 2
    assert f"did you mean `{WRONG}`?" in result.err
