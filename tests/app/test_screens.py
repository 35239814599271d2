"""What a person sees at a terminal: it fits, says what it left out, and is complete in a pipe."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import ROOT, Followup

DAY = ("--as-of", "2023-02-01")
ESCAPE = "\x1b"


@pytest.fixture(autouse=True)
def _a_terminal_of_some_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("list",),
        ("timeline",),
        ("agencies", "GPO"),
        ("count", "--by", "section,state"),
        ("show", "24"),
    ],
    ids=lambda c: c[0],
)
def test_nothing_is_wider_than_the_terminal(followup: Followup, width: int, command: tuple[str, ...]) -> None:
    result = followup(*command, *DAY, "--color", "never", "--no-pager", terminal=width)
    assert result.code == 0, result.err
    proposed = [line for line in result.out.splitlines() if "followup list" in line]
    assert all(cell_len(line) <= width for line in result.out.splitlines() if line not in proposed)


def test_status_fits_a_screen(followup: Followup) -> None:
    for day in ("2022-06-01", "2022-12-01", "2026-11-24"):
        lines = followup("status", "--as-of", day, terminal=80).out.splitlines()
        assert len(lines) <= 34
        assert "followup show" in lines[-2] + lines[-1]


def test_a_narrow_status_still_says_how_many_stand_where(followup: Followup) -> None:
    out = followup("status", *DAY, "--color", "never", terminal=50).out

    assert "unreported 21 · " in out
    assert "of 29" in out
    assert "(left out: by state; --wide shows all)" in out


@pytest.mark.parametrize("width", [80, 100])
def test_the_silent_and_the_late_are_counted_on_every_screen(followup: Followup, width: int) -> None:
    out = followup("status", *DAY, "--color", "never", terminal=width).out

    heading = next(line for line in out.splitlines() if line.startswith("section "))
    assert "unreported" in heading
    assert "Past due, reported since as not delivered: 0 of 29" in out
    assert re.search(r"\(cut: [^;]+; left out: \w+", out)


def test_status_is_complete_in_a_pipe(followup: Followup) -> None:
    out = followup("status", *DAY).out
    assert "…" not in out
    assert out.count("unreported") > 1
    page = json.loads(followup("status", *DAY, "--format", "json").out)
    assert len(page["unreported"]) == 21
    assert sum(state["deliverables"] for state in page["states"]) == 29


def test_columns_that_do_not_fit_are_named(followup: Followup) -> None:
    out = followup("list", *DAY, terminal=80).out
    assert "left out:" in out
    assert "--wide" in out
    wide = followup("list", *DAY, "--wide", terminal=80).out
    assert "…" not in wide
    assert "as agreed" in wide


def test_a_narrow_terminal_shows_records(followup: Followup) -> None:
    out = followup("list", "--section", "VIII", *DAY, "--color", "never", terminal=50).out
    assert out.startswith("id ")
    assert all(cell_len(line) <= 50 for line in out.splitlines())


def test_plain_is_one_name_and_value_a_line(followup: Followup, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("--section", "VIII", *DAY, "--color", "never")
    said = followup("timeline", "--plain", *asked, terminal=80).out
    assert said.splitlines()[0] == "id: 27.1"
    assert "due: 2024-12-31\nstate: open\n" in said
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert followup("timeline", *asked, terminal=80).out == said


@pytest.mark.parametrize(
    ("environment", "options", "coloured"),
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": ""}, (), True),
        ({"TERM": "dumb"}, (), False),
        ({"NO_COLOR": "1"}, ("--color", "always"), True),
        ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
        ({"GITHUB_ACTIONS": "true"}, (), True),
    ],
)
def test_colour_at_a_terminal(
    followup: Followup,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    options: tuple[str, ...],
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (ESCAPE in followup("list", *DAY, *options, terminal=100).out) is coloured


def test_colour_in_a_pipe_changes_nothing_else(followup: Followup, monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    plain = followup("list", *DAY, "--format", "table").out
    assert ESCAPE not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = followup("list", *DAY, "--format", "table").out
    assert ESCAPE in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain
    assert ESCAPE not in followup("list", *DAY).out


def test_letters_that_are_wide_or_cyrillic_line_up(followup: Followup, plan: Path) -> None:
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    text = text.replace("The right to freedom of association", "Право 日本語 на свободу")
    (plan / "activities.yaml").write_text(text, encoding="utf-8")
    out = followup("status", "--data", str(plan), *DAY, "--color", "never", terminal=120).out
    rows = [line for line in out.splitlines() if "░" in line and not line.startswith("░")]
    assert len({cell_len(row[: row.index("░")]) for row in rows}) == 1


def test_markup_in_the_data_is_only_text(followup: Followup, plan: Path) -> None:
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    text = text.replace("The right to freedom of association", '"[bold]x[/items] :ok:"')
    (plan / "activities.yaml").write_text(text, encoding="utf-8")
    out = followup("status", "--data", str(plan), *DAY, "--wide", "--color", "never", terminal=80).out
    assert "[bold]x[/items] :ok:" in out


def test_an_empty_answer_says_what_each_condition_leaves(followup: Followup) -> None:
    result = followup("list", "--agency", "GPO", "--state", "delivered", "--as-of", "2023-02-01")
    assert result.code == 0
    assert "0 of 29 (alone: --agency 18, --state 0)" in result.err
    assert (
        "0 of 29 (alone: --agency 18, --role 27)" in followup("list", "--agency", "GPO", "--role", "lead").err
    )
    assert "the plan's words are in `en`" in followup("list", "--search", "пытки").err
    assert followup("list", "--state", "delivered", *DAY, "--fail-if-empty").code == 1


def test_the_scope_is_said_beside_the_answer(followup: Followup) -> None:
    result = followup("count", "--by", "state", "--agency", "GPO", *DAY, terminal=80)
    assert "18 of 29 deliverables · agency GPO · as of 2023-02-01" in result.err
    assert followup("count", "--by", "state", *DAY).err == ""


def test_the_timeline_draws_windows_and_the_day(followup: Followup) -> None:
    out = followup("timeline", *DAY, "--color", "never", terminal=100).out
    assert "2022" in out.splitlines()[0]
    assert "VI. Ensuring the rights of victims of human trafficking" in out
    assert out.count("◆") == 29 + 1
    assert "│ as of 2023-02-01" in out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of the POSIX kind")
@pytest.mark.parametrize(("options", "paged"), [((), True), (("--no-pager",), False)])
def test_long_output_is_paged_at_a_terminal(tmp_path: Path, options: tuple[str, ...], paged: bool) -> None:
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > {tmp_path}/paged\n")
    pager.chmod(0o755)
    child, terminal = pty.fork()
    if child == 0:
        environment = {**os.environ, "PAGER": str(pager), "LINES": "10", "COLUMNS": "80", "TERM": "xterm"}
        environment["PYTHONPATH"] = str(ROOT / "src")
        command = [sys.executable, "-m", "followup_cli", "show", "24", *DAY, *options]
        os.execve(sys.executable, command, environment)
    while True:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:
            break
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (tmp_path / "paged").exists() is paged


@pytest.mark.parametrize("command", [("list",), ("count", "--by", "state"), ("list", "--format", "json")])
def test_a_pipe_loads_nothing_that_only_screens_need(command: tuple[str, ...]) -> None:
    code = (
        f"import sys; sys.argv = {['followup', *command, *DAY]!r}\n"
        "from followup_cli.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'jinja2'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )


def test_help_leads_with_examples(followup: Followup) -> None:
    out = followup("list", "--help").out
    assert out.startswith("Usage: followup list")
    assert out.index("followup list --agency MIA") < out.index("Options:")


def test_evidence_is_shown_whole_however_narrow(followup: Followup) -> None:
    out = followup("show", "24.2", "--as-of", "2026-06-01", "--no-pager", "--color", "never", terminal=80).out
    assert "https://adilet.zan.kz/rus/docs/Z2400000110" in out.replace("\n           ", "")
    assert "deadline                   April 2025" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("lst",), "error: there is no command `lst`\nhint: did you mean `list`?\n"),
        (
            ("list", "--agancy", "GPO"),
            "error: there is no option `--agancy`\nhint: did you mean `--agency`?\n",
        ),
        (
            ("list", "--xyzzy"),
            "error: there is no option `--xyzzy`\nhint: `followup list -h` shows the options\n",
        ),
    ],
)
def test_a_mistyped_command_or_option(followup: Followup, args: tuple[str, ...], said: str) -> None:
    result = followup(*args)
    assert (result.code, result.out, result.err) == (2, "", said)


@pytest.mark.parametrize("width", [60, 70, 84, 100])
def test_what_is_cut_is_cut_between_words(followup: Followup, width: int) -> None:
    rows = json.loads(followup("list", *DAY, "--fields", "id,title", "--format", "json").out)
    titles = {row["id"]: row["title"] for row in rows}
    shown = followup("list", *DAY, "--color", "never", "--no-pager", terminal=width).out.splitlines()
    cut = [match for line in shown if (match := re.match(r"(\S+) +((?:\S+ )*\S+)…", line))]
    assert len(cut) > 10
    assert all(titles[identifier].startswith(f"{title} ") for identifier, title in (m.groups() for m in cut))


def test_records_of_a_narrow_list_share_their_margin(followup: Followup) -> None:
    lines = followup(
        "list", "--section", "VI", *DAY, "--color", "never", "--no-pager", terminal=40
    ).out.splitlines()
    assert (
        len({line.index(line.split(maxsplit=1)[1]) for line in lines if line.startswith(("id", "title"))})
        == 1
    )


def test_a_report_is_text_at_a_terminal_and_markdown_in_a_pipe(followup: Followup) -> None:
    shown = followup("report", *DAY, "--color", "never", "--no-pager", terminal=80).out
    assert "| --- |" not in shown
    assert "\n24.2  " in shown
    assert "| --- |" in followup("report", *DAY).out
