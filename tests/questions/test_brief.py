"""`report brief`: one page on where a plan stands."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Followup

DAY = ("--as-of", "2025-05-01")


def tables(followup: Followup, *options: str) -> Any:
    result = followup("report", "brief", *DAY, *options, "--format", "json")
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_what_moved_between_two_days_is_told_with_its_reason(followup: Followup) -> None:
    moved = tables(followup, "--versus", "2024-01-01")["moved"]
    assert [(row["id"], row["then"], row["now"], row["reason"]) for row in moved] == [
        ("24.2", "upcoming", "delivered", "reported delivered on 2024-07-05"),
        ("27.1", "open", "unreported", "due 2024-12-31"),
    ]


def test_states_are_those_of_the_later_day(followup: Followup) -> None:
    listed = json.loads(followup("count", "--by", "state", *DAY, "--format", "json").out)
    for options in ((), ("--versus", "2022-06-01")):
        states = tables(followup, *options)["states"]
        assert {row["state"]: row["deliverables"] for row in states} == {
            row["state"]: row["deliverables"] for row in listed
        }


def test_a_moved_deadline_and_what_was_taken_out_are_told(followup: Followup, plan: Path) -> None:
    file = plan / "activities.yaml"
    act = "date: 2024-06-01, act: Decree No. 9, url: https://example.org/9"
    text = file.read_text(encoding="utf-8")
    assert "deadline: by the end of 2022\n" in text.replace("By", "by")
    first, _, rest = text.partition("deadline: By the end of 2022\n")
    first += f"deadline: by the end of 2026\n        amendments: [{{{act}, field: deadline, was: By the end of 2022}}]\n"
    head, _, tail = rest.partition("deadline: By the end of 2023\n")
    file.write_text(
        f"{first}{head}deadline: By the end of 2023\n        amendments: [{{{act}, field: repealed}}]\n{tail}",
        encoding="utf-8",
    )
    moved = tables(followup, "--versus", "2024-01-01", "--data", str(plan))["moved"]
    told = {row["id"]: (row["then"], row["now"], row["reason"]) for row in moved}
    assert told["1.1"] == (
        "unreported", "open", "deadline moved from By the end of 2022 to by the end of 2026 by Decree No. 9",
    )  # fmt: skip
    assert told["2.1"] == ("unreported", None, "repealed")


def test_every_fact_has_its_evidence(followup: Followup) -> None:
    facts = tables(followup)["facts"]
    assert len(facts) == 5
    assert [row["date"] for row in facts] == sorted((row["date"] for row in facts), reverse=True)
    assert all(row["url"].startswith("http") and row["publisher"] for row in facts)


def test_the_brief_names_what_is_delivered_and_who_leads_what_is_not(followup: Followup) -> None:
    page = tables(followup)
    title = "Introduction of the draft law on combating human trafficking in the Republic of Kazakhstan: Draft Law"
    url = "https://adilet.zan.kz/rus/docs/Z2400000110/compare/kaz"
    done = {
        "id": "24.2",
        "title": title,
        "lead": ["MLSP", "MIA", "MJ", "MFA"],
        "date": "2024-07-05",
        "url": url,
    }
    assert page["delivered"] == [done]
    assert page["unreported"][0]["lead"]
    assert [row["status"] for row in page["facts"]].count("delivered") == 1

    out = followup("report", "brief", *DAY).out
    assert "## Delivered: 1 of 29\n" in out
    assert "27 of 29 (6 with facts); the 5 due last, and 22 more\n" in out
    assert "For 6 of the 27 unreported there are facts on record that do not settle it.\n" in out


def test_where_only_one_table_fits_it_is_said_which(followup: Followup) -> None:
    for name, main in (("brief", "states"), ("overview", "sections")):
        result = followup("report", name, *DAY, "--format", "csv")
        assert f"`csv` holds one table, here `{main}`; `--format json` holds" in result.err
    assert "holds one table" not in followup("list", *DAY, "--format", "csv").err


def test_nothing_has_moved_before_anything_happened(followup: Followup) -> None:
    result = followup("report", "brief", "--as-of", "2022-05-02", "--versus", "2022-05-01")
    assert "_nothing has moved since 2022-05-01_" in result.out
    assert "_nothing is noted by this day_" in result.out


@pytest.mark.parametrize("versus", ["2025-05-01", "2026", "no day"])
def test_only_an_earlier_day_is_compared_with(followup: Followup, versus: str) -> None:
    result = followup("report", "brief", *DAY, "--versus", versus)
    assert (result.code, result.out) == (2, "")
    assert versus in result.err


def test_other_reports_compare_no_days(followup: Followup) -> None:
    result = followup("report", "plan", *DAY, "--versus", "2024-01-01")
    assert (result.code, result.out) == (2, "")
    assert "`overview`, `brief` take `--versus`" in result.err


@pytest.mark.parametrize("versus", ["2022-06-01", "2024-01-01"])
def test_it_prints_on_one_page(
    followup: Followup,
    chromium: Any,
    tmp_path: Path,
    versus: str,
) -> None:
    page = tmp_path / "brief.html"
    assert followup("report", "brief", *DAY, "--versus", versus, "-o", str(page)).code == 0
    chromium.get(page.as_uri())
    printed = b64decode(chromium.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    assert printed.count(b"/Type /Page\n") == 1
