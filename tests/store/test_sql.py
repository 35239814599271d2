"""`sql`: any question in one SELECT, and nothing but questions."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from followup_cli.errors import FollowupError
from followup_cli.questions.sql import answer
from followup_cli.store import tables as database
from tests.conftest import ROOT, Followup, interruptible


def ask(followup: Followup, query: str, *options: str) -> list[dict[str, Any]]:
    result = followup("sql", query, "--format", "json", "--as-of", "2026-11-01", *options)
    assert result.code == 0, result.err
    rows: list[dict[str, Any]] = json.loads(result.out)
    return rows


def test_who_takes_part_by_consent(followup: Followup) -> None:
    query = "select agency, count(distinct activity) n from assignments where role = 'as-agreed'"
    rows = ask(followup, query + " group by agency order by n desc limit 2")
    assert rows == [{"agency": "GPO", "n": 17}, {"agency": "NCHR", "n": 8}]


@pytest.mark.parametrize(
    ("table", "count"), [("sections", 8), ("activities", 27), ("deliverables", 29), ("agencies", 28)]
)
def test_the_plans_own_counts(followup: Followup, table: str, count: int) -> None:
    assert ask(followup, f"select count(*) n from {table}") == [{"n": count}]


def test_the_database_agrees_with_list(followup: Followup) -> None:
    listed = json.loads(followup("list", "--as-of", "2023-01-01", "--format", "json").out)
    rows = ask(followup, "select * from deliverables", "--as-of", "2023-01-01")
    for row, item in zip(rows, listed, strict=True):
        for name, value in item.items():
            assert row[name] == (value or None if isinstance(value, list) else value)


def test_only_what_was_known_on_the_day(followup: Followup) -> None:
    query = "select count(*) n from updates"
    assert ask(followup, query, "--as-of", "2022-05-01") == [{"n": 0}]
    assert ask(followup, query) != [{"n": 0}]


def test_every_table_and_view_answers_with_its_documented_columns(followup: Followup) -> None:
    for name, columns in database.names().items():
        result = followup("sql", f"select {', '.join(columns)} from {name}", "--format", "csv")
        assert result.code == 0, result.err
        assert result.out.splitlines()[0] == ",".join(columns)


def test_the_schema_is_documented(followup: Followup) -> None:
    rows = json.loads(followup("sql", "--schema", "--format", "json").out)
    assert all(row["meaning"] for row in rows)
    assert {row["table"] for row in rows} == set(database.names())


def test_keys_hold(followup: Followup, plan: Path) -> None:
    from followup_cli.app.asking import ask as asked_of
    from followup_cli.app.options import Question
    from followup_cli.questions.whole_plan import whole_plan
    from followup_cli.store.database_file import database_file

    picture = asked_of(Question(data=plan, as_of="2026-11-01"))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(database_file(whole_plan(picture))[""])
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_list_is_a_json_array_in_a_query_and_a_list_in_its_answer(followup: Followup) -> None:
    led = ask(followup, "select id, lead from deliverables where id in ('1.1', '2.1')")
    assert led[0] == {"id": "1.1", "lead": ["MIA", "MEAS", "MLSP"]}
    counted = "select value agency, count(*) n from deliverables, json_each(lead) group by 1 order by n desc"
    assert ask(followup, f"{counted} limit 1") == [{"agency": "MIA", "n": 20}]
    assert ask(followup, "select json_group_array(id) ids from sections where position < 3") == [
        {"ids": ["I", "II"]}
    ]
    assert ask(followup, "select '[1]' a, '[\"x' b, '[]' c, null d") == [
        {"a": "[1]", "b": '["x', "c": [], "d": None}
    ]


def test_an_item_with_every_mark_stays_one_item(followup: Followup, plan: Path) -> None:
    odd = 'a "b" \\u001f, \\ue000; [c]'
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    first = text.index("points:\n") + len("points:\n")
    indent = text[first:].split("-")[0]
    file.write_text(f"{text[:first]}{indent}- {json.dumps(odd)}\n{text[first:]}", encoding="utf-8")

    asked = "select points from activities where points like '%a \\\"b%'"
    assert [odd] == ask(followup, asked, "--data", str(plan))[0]["points"][:1]
    target = plan.parent / "plan.sqlite"
    assert followup("export", "--data", plan, "-o", target).code == 0
    with closing(sqlite3.connect(target, detect_types=sqlite3.PARSE_DECLTYPES)) as connection:
        assert json.loads(connection.execute(asked).fetchone()[0])[0] == odd
        due = connection.execute("select due from deliverables where id = '1.1'").fetchone()
        assert due == (date(2022, 12, 31),)


def test_search_finds_words_in_titles_points_outcomes_and_notes(followup: Followup) -> None:
    found = ask(followup, "select id from search where search match 'istanbul' order by id")
    assert found == [{"id": "14.1"}]


def test_a_query_from_standard_input(followup: Followup) -> None:
    assert followup("sql", "-", stdin="select 1 one").out == "one\n1\n"


def test_columns_of_one_name_stay_apart(followup: Followup) -> None:
    assert ask(followup, "select 1 a, 2 a, 3 a") == [{"a": 1, "a_2": 2, "a_3": 3}]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("delete from plan", "more than read"),
        ("create table x (y)", "more than read"),
        ("attach 'x.db' as x", "more than read"),
        ("pragma writable_schema = 1", "more than read"),
        ("select load_extension('x')", "more than read"),
        ("vacuum into 'x.db'", "more than read"),
        ("insert into search (search) values ('rebuild')", "more than read"),
        ("select 1; select 2", "more than one statement"),
        ("select * from agences", "did you mean `agencies`?"),
        ("select titel from deliverables", "did you mean `title`?"),
        ("select d.titel from deliverables d", "did you mean `title`?"),
        ("select nosuch(1)", "no function `nosuch`"),
        ("selec 1", "syntax error"),
        ("select zeroblob(100000000)", "too big"),
        ("select '\0'", "error"),
        (" ", "empty"),
        ("", "empty"),
        ("/* nothing */", "asks for nothing"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(
    followup: Followup, tmp_path: Path, query: str, said: str
) -> None:
    data = Path(__file__).parents[2] / "data"
    result = followup("sql", query, "--data", str(data), cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


ENDLESS = "with recursive c(x) as (select 1 union all select x + 1 from c) select "


def test_a_query_without_end_is_ended(followup: Followup) -> None:
    result = followup("sql", ENDLESS + "count(*) from c", "--timeout", "0.05")
    assert result.code == 2
    assert "longer than 0.05 seconds" in result.err


def test_an_answer_without_end_is_ended() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(FollowupError, match="too big"):
        answer(connection, ENDLESS + "hex(zeroblob(400000)) from c", 60)


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts a process by a signal")
def test_a_query_can_be_interrupted() -> None:
    command = [sys.executable, "-m", "followup_cli", "sql", ENDLESS + "count(*) from c", "--timeout", "600"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    child = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=interruptible,  # noqa: PLW1509 - no threads here
    )
    try:
        time.sleep(3)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    finally:
        child.kill()
        child.wait()
    assert (child.returncode, out, err) == (130, b"", b"")


def test_on_the_day_of_its_repeal_a_deliverable_is_among_the_repealed(followup: Followup) -> None:
    def ids(table: str, day: str) -> list[str]:
        plan = ROOT / "tests" / "changing_plan"
        asked = ("sql", f"select id from {table}", "-f", "csv", "--as-of", day, "--data", str(plan))
        return followup(*asked).out.split()[1:]

    assert "7.1" in ids("deliverables", "2023-12-31")
    assert "7.1" not in ids("repealed", "2023-12-31")
    assert "7.1" not in ids("deliverables", "2024-01-01")
    assert "7.1" in ids("repealed", "2024-01-01")
