"""Amendments: the plan's words change by an act, never unsaid, and what they were is kept."""

import json
from pathlib import Path

import pytest

from tests.changes.test_diff import replace_in
from tests.conftest import Followup
from tests.repository import begin, commit, git

AMENDED = """deadline: December 2025
        amendments:
          - date: 2024-12-30
            act: Government Decree No. 1180
            url: https://example.org/decree-1180
            field: deadline
            was: April 2025
"""


@pytest.fixture
def repository(plan: Path) -> Path:
    begin(plan.parent)
    git(plan.parent, "checkout", "-q", "-b", "pull-request")
    return plan.parent


def findings(followup: Followup, repository: Path) -> list[tuple[str, str]]:
    result = followup("validate", "--since", "main", "--format", "json", cwd=repository)
    found = json.loads(result.out)
    assert result.code == (1 if found else 0)
    return [(each["code"], each["message"]) for each in found]


def test_a_deadline_moved_without_an_amendment_is_refused(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025", "deadline: December 2025")

    result = followup("validate", "--since", "main", cwd=repository)

    assert result.code == 1
    line = (repository / "data" / "activities.yaml").read_text().split("deadline: December 2025")[0].count(
        "\n"
    ) + 1
    assert f"data/activities.yaml:{line}:19" in result.out
    assert "FU601" in result.out
    assert "`deadline` was `April 2025` and nothing says why it is `December 2025`" in result.out
    assert (
        'amendments: [{date: DAY, act: "ACT", url: ADDRESS, field: deadline, was: April 2025}]' in result.out
    )


def test_with_the_amendment_it_is_taken(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025\n", AMENDED)

    assert findings(followup, repository) == []


def test_an_amendment_that_was_there_already_accounts_for_nothing_new(
    followup: Followup, repository: Path
) -> None:
    replace_in(repository, "deadline: April 2025\n", AMENDED)
    commit(repository, "amended", "2024-12-30")
    git(repository, "branch", "-f", "main")
    replace_in(repository, "deadline: December 2025", "deadline: April 2025")

    assert [code for code, _ in findings(followup, repository)] == ["FU601"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('    "": lead\n', '    "": as-agreed\n', '`roles.""` was `lead`'),
        ('    "": lead\n', "", '`roles.""` was `lead` and nothing says why it is absent'),
        (
            "        deadline: 2022\n    agencies: [GPO",
            "      - deadline: 2022\n    agencies: [GPO",
            "this dash cuts",
        ),
        (
            "deadline: April 2025\n",
            AMENDED.replace("was: April", "was: by April"),
            "its new entry has other words",
        ),
        (
            "deadline: April 2025\n",
            AMENDED.replace("            was: April 2025\n", ""),
            "its new entry has no `was`",
        ),
        (
            "date: 2023-05-11",
            "date: 2023-05-12",
            "the update of 2023-05-11 was changed: its `date` was `2023-05-11`",
        ),
        ("publisher: Sana Sezim", "publisher: Sana", "the update of 2023-05-11 was changed in its evidence"),
    ],
)
def test_what_changed_is_named_once(
    followup: Followup, repository: Path, old: str, new: str, said: str
) -> None:
    replace_in(repository, old, new)

    (found,) = findings(followup, repository)

    assert said in found[1]


def test_an_update_that_is_gone_is_not_taken_for_one_that_stays(followup: Followup, repository: Path) -> None:
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    first = text.index("          - date: 2023-05-11")
    second = text.index("          - date: 2024-07-05", first)
    file.write_text(text[:first] + text[second:], encoding="utf-8")

    assert [said for _, said in findings(followup, repository)] == ["the update of 2023-05-11 was taken out"]


def test_two_changes_of_one_deliverable_go_into_one_list(followup: Followup, repository: Path) -> None:
    replace_in(
        repository,
        "outcome: Draft Law\n        deadline: April 2025",
        "outcome: Code\n        deadline: May 2025",
    )

    out = followup("validate", "--since", "main", cwd=repository).out

    assert out.count("add to its `amendments:` the line `- {date: DAY") == 2


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("field: deadline, was: April 2025", "an amendment says that `deadline` was what it is"),
        (
            "field: repealed}, {date: 2025-01-01, act: B, url: https://b.org, field: repealed",
            "repealed already",
        ),
    ],
)
def test_an_amendment_changes_something(followup: Followup, plan: Path, entry: str, said: str) -> None:
    file = plan / "activities.yaml"
    amendments = f"deadline: April 2025\n        amendments: [{{date: 2024-01-01, act: A, url: https://a.org, {entry}}}]\n"
    file.write_text(file.read_text(encoding="utf-8").replace("deadline: April 2025\n", amendments))

    (found,) = json.loads(followup("validate", "--data", str(plan), "--format", "json").out)

    assert said in found["message"]


def test_a_correction_cites_the_source(followup: Followup, repository: Path) -> None:
    correction = """deadline: December 2025
        corrections:
          - {date: 2026-11-23, url: https://example.org/plan, field: deadline, was: April 2025}
"""
    replace_in(repository, "deadline: April 2025\n", correction)

    assert findings(followup, repository) == []
    # The plan never said it, so no day's picture shows it.
    then = followup("list", "--as-of", "2022-05-01", "--fields", "id,deadline", cwd=repository).out
    assert "24.2\tDecember 2025" in then


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[MLSP, MIA, MFA, MJ]", "[MIA, MLSP, MFA, MJ]", "`agencies` was `[MLSP, MIA, MFA, MJ]`"),
        ("[MLSP, MIPD, MJ]", "[MLSP, MIPD (as agreed), MJ]", "`agencies` was `[MLSP, MIPD, MJ]`"),
        ("title: Automation of the process", "title: Automating the process", "`title` was"),
        ("outcome: Government Resolution", "outcome: Order", "`outcome` was `Government Resolution`"),
        ("    others: other central bodies, quasi-state organizations\n", "", "is absent"),
        ("adopted: 2022-04-28", "adopted: 2022-06-28", "`adopted` was `2022-04-28`"),
        ("title: The right to freedom of association", "title: Associations", "`title` was `The right"),
        ("  - id: 27\n", "  - id: 28\n", "the id of activity `27` was changed to `28`"),
    ],
)
def test_no_word_of_the_plan_changes_unsaid(
    followup: Followup, repository: Path, old: str, new: str, said: str
) -> None:
    replace_in(repository, old, new)

    found = findings(followup, repository)
    assert "FU601" in {code for code, _ in found}
    assert any(said in message for _, message in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: in-progress", "status: abandoned"),
        ("          - date: 2022-07-26\n", "          - date: 2022-07-25\n"),
        ("publisher: Sana Sezim", "publisher: Another"),
        ("note: The acting head of a department", "note: The head of a department"),
    ],
)
def test_an_update_is_never_rewritten(followup: Followup, repository: Path, old: str, new: str) -> None:
    replace_in(repository, old, new)

    assert [code for code, _ in findings(followup, repository)] == ["FU602"]


def test_updates_and_what_is_known_of_evidence_may_be_added(followup: Followup, repository: Path) -> None:
    replace_in(
        repository, "publisher: Sana Sezim\n", "publisher: Sana Sezim\n                title: A draft law\n"
    )
    followup("record", "24.2", "--date", "2023-01-01", "--note", "Found later.", cwd=repository)

    assert findings(followup, repository) == []


def test_what_main_gained_meanwhile_is_no_finding(followup: Followup, repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    followup("record", "3", "--date", "2023-01-01", "--note", "On main.", cwd=repository)
    commit(repository, "main goes on", "2024-02-01")
    git(repository, "checkout", "-q", "pull-request")

    assert findings(followup, repository) == []


def test_a_day_shows_what_was_in_force_on_it(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025\n", AMENDED)

    def deadline(*options: str) -> str:
        out = followup(
            "list", "--search", "trafficking", "--fields", "id,deadline,due", *options, cwd=repository
        ).out
        return next(line for line in out.splitlines() if line.startswith("24.2\t")).split("\t", 1)[1]

    assert deadline("--as-of", "2024-12-29") == "April 2025\t2025-04-30"
    assert deadline("--as-of", "2024-12-30") == "December 2025\t2025-12-31"
    assert deadline("--as-of", "2026-01-01", "--as-enacted") == "April 2025\t2025-04-30"


def test_an_activity_that_an_act_added_is_not_there_before_it(followup: Followup, plan: Path) -> None:
    file = plan / "activities.yaml"
    added = """
  - id: 28
    section: VIII
    title: A further activity
    deliverables:
      - outcome: Report
        deadline: By the end of 2026
    agencies: [MJ]
    amendments:
      - {date: 2024-12-30, act: Decree No. 1180, url: https://example.org/d, field: added}
"""
    text = file.read_text(encoding="utf-8").replace("activities: 27", "activities: 28")
    repealed = """deadline: September 2022
        amendments:
          - {date: 2023-12-30, act: Decree No. 9, url: https://example.org/d, field: repealed}
"""
    text = text.replace(
        "- outcome: Concept on the Draft Law\n        deadline: September 2022\n",
        f"- outcome: Concept on the Draft Law\n        {repealed}",
    )
    file.write_text(text.rstrip("\n") + "\n" + added, encoding="utf-8")
    assert followup("validate", "--data", str(plan)).code == 0

    def ids(day: str) -> set[str]:
        return set(followup("list", "--fields", "id", "--as-of", day, "--data", str(plan)).out.split()[1:])

    assert {"24.1", "24.2"} <= ids("2023-01-01")
    assert "28.1" not in ids("2023-01-01")
    assert "24.1" not in ids("2024-01-01")
    assert "24.2" in ids("2024-01-01")
    assert "28.1" in ids("2025-01-01")
    assert "24.1" not in followup("show", "24", "--as-of", "2025-01-01", "--data", str(plan)).out


def test_slippage_tells_first_and_present_deadline_and_the_act(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025\n", AMENDED)

    def report(day: str) -> list[dict[str, object]]:
        out = followup("report", "slippage", "--as-of", day, "--format", "jsonl", cwd=repository).out
        return [json.loads(line) for line in out.splitlines()]

    assert report("2024-12-29") == []
    assert [each["times"] for each in report("2024-12-30")] == [1], "the first day of the new words"
    moved = report("2026-01-01")
    assert [
        (m["id"], m["first_deadline"], m["first_due"], m["deadline"], m["due"], m["days_moved"], m["acts"])
        for m in moved
    ] == [
        (
            "24.2",
            "April 2025",
            "2025-04-30",
            "December 2025",
            "2025-12-31",
            245,
            ["Government Decree No. 1180"],
        )
    ]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("field: deadline, was: [April 2025]", "is not one line"),
        ("field: agencies, was: [XYZ]", "is not an agency"),
        ("field: added, was: x", "has no earlier words"),
        ("field: deadlin, was: April 2025", "did you mean `deadline`?"),
    ],
)
def test_an_amendment_that_cannot_be_right_is_a_finding(
    followup: Followup, plan: Path, entry: str, said: str
) -> None:
    file = plan / "activities.yaml"
    amendments = f"deadline: May 2025\n        amendments: [{{date: 2024-01-01, act: A, url: https://a.org, {entry}}}]\n"
    file.write_text(file.read_text(encoding="utf-8").replace("deadline: April 2025\n", amendments))

    found = json.loads(followup("validate", "--data", str(plan), "--format", "json").out)

    assert [each["line"] for each in found] == [file.read_text().split("amendments:")[0].count("\n") + 1]
    assert said in found[0]["message"]
    assert followup("list", "--data", str(plan)).code == 2


def test_an_earlier_deadline_that_is_not_understood_stops_nothing(followup: Followup, plan: Path) -> None:
    file = plan / "activities.yaml"
    entry = "{date: 2024-01-01, act: A, url: https://a.org, field: deadline, was: Aprl 2025}"
    amended = f"deadline: May 2025\n        amendments: [{entry}]\n"
    text = file.read_text(encoding="utf-8").replace("deadline: April 2025\n", amended)
    file.write_text(text, encoding="utf-8")

    def state(day: str) -> str:
        out = followup("list", "--data", str(plan), "--as-of", day, "--fields", "id,state", "--no-cache").out
        return dict(line.split("\t") for line in out.splitlines())["24.2"]

    (warning,) = json.loads(followup("validate", "--data", str(plan), "--format", "json").out)
    assert (warning["code"], warning["severity"]) == ("FU401", "warning")
    assert "did you mean `April 2025`?" in warning["message"]
    assert "read: {start: 2025-04-01, due: 2025-04-30}" in warning["hint"]
    assert (state("2023-12-31"), state("2024-01-01")) == ("unread", "upcoming")
    file.write_text(
        text.replace("was: Aprl 2025", "was: Aprl 2025, read: {due: 2025-04-30}"), encoding="utf-8"
    )
    assert state("2023-12-31") == "open"  # without a first day it begins with the plan
    assert followup("validate", "--data", str(plan), "--format", "json").out.strip() == "[]"
