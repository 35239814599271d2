"""`report`: pages to publish or to send."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Followup

DAY = ("--as-of", "2026-11-01")


def test_the_whole_plan_by_section(followup: Followup) -> None:
    out = followup("report", *DAY).out
    assert out.startswith("# Follow-up Plan for Human Rights and the Rule of Law as of 2026-11-01\n")
    assert len(re.findall(r"^## [IVX]+\. ", out, re.MULTILINE)) == 8
    plan, _, reported = out.partition("## What was reported")
    assert len(re.findall(r"^\| \d+\.\d \|", plan, re.MULTILINE)) == 29
    assert "<https://adilet.zan.kz/rus/docs/Z2400000110/compare/kaz>" in reported
    assert "Silence is not failure" in reported
    rows = json.loads(followup("report", *DAY, "--format", "json").out)["deliverables"]
    assert [row["id"] for row in rows][:2] == ["1.1", "2.1"]
    assert len(followup("report", *DAY, "--format", "csv").out.splitlines()) == 30


def test_one_agency_ready_to_send(followup: Followup) -> None:
    out = followup("report", "agency", "general prosecutor", *DAY).out
    assert "- **takes part as agreed, of 27**: 17" in out
    assert "## Leads: 0 of 29 deliverables" in out
    assert "## Takes part as agreed: 18 of 29 deliverables" in out
    assert "## Past due, no status known since: 17 of 18" in out
    assert "Silence is not failure" in out


def test_the_overview_counts_with_denominators(followup: Followup) -> None:
    out = followup("report", "overview", *DAY).out
    assert "| delivered | 1 | 29 | reported as delivered" in out
    assert "## Past due, no status known since: 28 of 29 (8 with facts)" in out


def test_one_edit_changes_one_row(followup: Followup, plan: Path) -> None:
    before = followup("report", *DAY, "--data", str(plan)).out.splitlines()
    path = plan / "activities.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Automation of the process", "Some other, much longer title than"), encoding="utf-8"
    )
    after = followup("report", *DAY, "--data", str(plan)).out.splitlines()
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


HOSTILE = (
    "@everyone a|b <img src=x> [x](http://evil.test) `c` #12 **d** www.evil.test $e$ !3 _f_ & \\\\ </details>"
)


def test_what_acts_in_markdown_is_neutral(followup: Followup, plan: Path) -> None:
    from markdown_it import MarkdownIt

    path = plan / "activities.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Automation of the process", f'"{HOSTILE}"  # '), encoding="utf-8")
    result = followup("report", *DAY, "--data", str(plan))
    assert result.code == 0, result.err
    tokens = MarkdownIt("commonmark").enable("table").parse(result.out)
    rows = [t.children or [] for t in tokens if t.type == "inline" and "everyone" in t.content]
    assert len(rows) == 1
    assert {token.type for token in rows[0]} == {"text", "html_inline"}
    assert {token.content for token in rows[0] if token.type == "html_inline"} == {"<!-- -->"}
    assert "".join(t.content for t in rows[0] if t.type == "text") == HOSTILE.replace("\\\\", "\\")
    # Forges look for mentions and references within one text.
    assert not any(re.search(r"(^|\W)[@#!$]\w", token.content) for token in rows[0])


def test_a_template_of_ones_own(followup: Followup, tmp_path: Path) -> None:
    template = tmp_path / "letter.md.j2"
    template.write_text(
        "{{ plan.title }}: {{ tables.unreported | length }} of {{ deliverables | length }}\n"
        "{% for d in tables.unreported[:1] %}{{ d.id }} {{ d.title | md }}\n{% endfor %}{{ table('lead') }}"
    )
    result = followup("report", "agency", "GPO", *DAY, "--template", str(template))
    assert result.code == 0, result.err
    lines = result.out.splitlines()
    assert lines[0] == "Follow-up Plan for Human Rights and the Rule of Law: 17 of 29"
    assert lines[-1] == "_none_"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ nothing }}", "undefined"),
        ("a\n{% if %}", "letter.j2`:2"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ plan.clear() }}", "cannot be filled"),
        ("{% include '/etc/passwd' %}", "cannot be filled"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ table('x') }}", "cannot be filled"),
    ],
)
def test_a_template_that_cannot_be_filled(
    followup: Followup, tmp_path: Path, template: str, said: str
) -> None:
    path = tmp_path / "letter.j2"
    path.write_text(template)
    result = followup("report", "--template", str(path), *DAY)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("agency",), "about one agency"),
        (("plan", "GPO"), "takes no name"),
        (("agncy", "GPO"), "did you mean `agency`?"),
        (("agency", "MLPS"), "MLSP"),
        (("--template", "/nowhere/x.j2"), "cannot be read"),
    ],
)
def test_a_report_that_cannot_be_made(followup: Followup, args: tuple[str, ...], said: str) -> None:
    result = followup("report", *args)
    assert result.code == 2
    assert said in result.err


def test_that_no_act_is_recorded_is_not_that_there_is_none(followup: Followup) -> None:
    said = (
        "no act that moves a deadline is recorded here by 2026-11-01; that is not to say that there is none"
    )
    assert said in followup("report", "slippage", *DAY).out
