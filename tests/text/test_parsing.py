"""How YAML text becomes data with places, and what is refused on the way."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from followup_cli.files import MAX_BYTES, UnreadableError, read_data
from followup_cli.findings import Position
from followup_cli.text.characters import decode
from followup_cli.text.document import MAX_DEPTH, UNREAD
from followup_cli.text.parsing import parse
from tests.conftest import Followup


def rules(text: str) -> list[str]:
    return [problem.rule for problem in parse(text, "f.yaml").problems]


def test_every_scalar_stays_the_text_that_was_typed() -> None:
    document = parse("a: NO\nb: 012\nc: 12:30\nd: 2026-02-30\ne: ~\nf:\ng: 1_000\nh: on\n", "f.yaml")

    assert document.data == {
        "a": "NO", "b": "012", "c": "12:30", "d": "2026-02-30", "e": None, "f": None, "g": "1_000", "h": "on",
    }  # fmt: skip


def test_a_place_is_where_an_editor_shows_it() -> None:
    document = parse("title: Жоспар 🙂 план\nsections:\n  - {id: I, title: 'Two'}\n", "f.yaml")

    assert document.place(("title",)) == Position(1, 8, 1, 21)
    assert document.place(("sections", 0, "title")) == Position(3, 20, 3, 25)
    assert document.place(("sections", 0, "title"), key=True) == Position(3, 13, 3, 18)
    assert document.place(("sections", 0)) == Position(3, 5, 3, 6)


def test_a_place_that_is_not_there_is_the_nearest_around_it() -> None:
    document = parse("a:\n  b: 1\n", "f.yaml")

    assert document.place(("a", "missing", 3)) == Position(2, 3, 2, 4)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: &x 1\n", "alias"),
        ("a: *x\n", "alias"),
        ("a: !!int 1\n", "tag"),
        ("a: 1\n---\nb: 2\n", "second-document"),
        ("? [a]\n: 1\n", "key"),
        ("a: b: c\n", "syntax"),
        ("a: [1, 2\n", "syntax"),
        ("a:\n\t- 1\n", "syntax"),
        ("", "syntax"),
        ("# only a comment\n", "syntax"),
        ("a: zero\u200bwidth\n", "invisible-character"),
        ('a: "\\u202e"\n', "invisible-character"),
        ("a: one\rb: two\n", "invisible-character"),
        ("a: " + "x" * 100_001, "too-large"),
        ("[" * 10_000, "too-large"),
        ("- " * 10_000, "too-large"),
    ],
)
def test_what_plain_data_does_not_need_is_refused(text: str, rule: str) -> None:
    assert rules(text) == [rule]


def test_an_alias_bomb_is_a_handful_of_findings() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )

    document = parse(bomb, "f.yaml")

    assert set(rules(bomb)) == {"alias"}
    assert document.data["i"] == [UNREAD, UNREAD]


def test_depth_is_bounded_and_honest_depth_is_not() -> None:
    assert rules("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert rules("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["too-large"]


def test_bytes_that_are_not_utf8_are_pointed_at() -> None:
    text, problem = decode("a: 1\nб: ".encode() + "план".encode("cp1251") * 60)

    assert text == ""
    assert problem is not None
    assert problem.place == Position(2, 4, 2, 5)


def test_a_short_text_in_another_encoding_is_told_as_one() -> None:
    text, problem = decode("name: Министерство внутренних дел\n".encode("cp1251"))

    assert (text, problem is not None and problem.rule) == ("", "encoding")


def test_a_few_bytes_that_are_not_utf8_hide_nothing_else() -> None:
    text, problem = decode(b"a: caf\xe9\nb: [1, 2\n")
    document = parse(text, "plan.yaml")

    assert problem is None
    assert [(each.rule, each.place.line) for each in document.problems] == [("encoding", 1), ("syntax", 2)]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: 1\n") == ("a: 1\n", None)


def test_what_is_not_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "huge").touch()
    with (tmp_path / "huge").open("r+b") as stream:
        stream.truncate(MAX_BYTES + 1)

    for name in ("folder", "huge", "missing"):
        with pytest.raises(UnreadableError, match="cannot be read: "):
            read_data(tmp_path / name)


def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os = pytest.importorskip("os")
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UnreadableError, match="not a regular file"):
        read_data(tmp_path / "pipe")


TREES = st.recursive(
    st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), min_size=1, max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcdef", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES, st.booleans())
def test_any_plain_data_comes_back_as_it_was(tree: object, flow: bool) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, default_style='"', allow_unicode=True)

    document = parse(text, "f.yaml")

    assert document.problems == ()
    assert document.data == tree


@given(TREES)
def test_every_place_holds_the_text_it_names(tree: object) -> None:
    document = parse(yaml.safe_dump({"root": tree}, default_style='"'), "f.yaml")

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        if isinstance(value, str):
            node = document.node(path)
            assert node is not None
            assert node.value == value
            assert yaml.safe_load(document.text[node.start : node.end]) == value
        elif isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*path, index))

    walk(tree, ("root",))


@given(st.text(max_size=200))
def test_any_text_gives_data_or_problems_within_the_text(text: str) -> None:
    document = parse(text, "f.yaml")

    lines = text.split("\n")
    for problem in document.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\t\n",
        b"\xff\xfe\x00",
        b"a: \xd0",
        b"[" * 10_000,
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        b"just a text\n",
        b"- a\n- list\n",
        b"schema: 1\nplan: []\nactivities: {}\nsections: 3\n",
    ],
)
@pytest.mark.parametrize("name", ["activities.yaml", "agencies.yaml"])
@pytest.mark.parametrize("command", [("validate",), ("list",), ("status",)])
def test_a_broken_file_is_findings_or_a_refusal(
    followup: Followup, plan: Path, content: bytes, name: str, command: tuple[str]
) -> None:
    (plan / name).write_bytes(content)

    result = followup(*command, "--data", str(plan))

    assert result.code == (1 if command == ("validate",) else 2)
    assert "Traceback" not in result.out + result.err
    assert name in result.out + result.err


@pytest.mark.parametrize("name", ["activities.yaml", "agencies.yaml"])
def test_a_missing_file_or_a_folder_in_its_place_is_said(followup: Followup, plan: Path, name: str) -> None:
    (plan / name).unlink()
    missing = followup("validate", "--data", str(plan))
    (plan / name).mkdir()
    folder = followup("validate", "--data", str(plan))

    assert (missing.code, folder.code) == (1, 1)
    assert f"{name}:1:1" in missing.out
    assert "it is a folder" in folder.out


def test_a_broken_file_does_not_hide_the_findings_of_the_other(followup: Followup, plan: Path) -> None:
    (plan / "agencies.yaml").write_text("agencies: [\n")
    text = (plan / "activities.yaml").read_text(encoding="utf-8")
    (plan / "activities.yaml").write_text(
        text.replace("First half of 2022", "First halve of 2022"), encoding="utf-8"
    )

    result = followup("validate", "--data", str(plan))

    assert "FU401" in result.out
    assert "FU103" in result.out
    assert "FU301" not in result.out


def test_a_dataset_with_a_file_gone_is_not_passed_over_for_another(followup: Followup, plan: Path) -> None:
    (plan / "agencies.yaml").rename(plan / "agencies.yml")

    here, within = followup("validate", cwd=plan.parent), followup("validate", cwd=plan)

    assert (here.code, within.code) == (1, 1)
    assert "agencies.yaml:1:1" in here.out


def test_validate_never_judges_the_plan_that_comes_along_in_place_of_ones_own(
    followup: Followup, tmp_path: Path
) -> None:
    result = followup("validate", cwd=tmp_path)

    assert (result.code, result.out) == (2, "")
    assert "no dataset here" in result.err
