"""Splicing: an update goes in, and no other byte of the file moves."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_cli.errors import FollowupError
from followup_cli.findings import Fix
from followup_cli.text.characters import FORBIDDEN, ODD_SPACE
from followup_cli.text.parsing import parse
from followup_cli.text.splicing import BOM, added_items, edited, removed, splice
from followup_cli.text.writing import block, flow, scalar

PLAN = (Path(__file__).parents[2] / "data" / "activities.yaml").read_text(encoding="utf-8")
DATA = parse(PLAN, "activities.yaml").data
UPDATE = {
    "date": "2024-07-05",
    "status": "delivered",
    "note": 'It was said: "yes" # indeed',
    "evidence": [
        {"url": "https://example.org/a#b", "publisher": "A, B", "kind": "news", "bears_on": "context"}
    ],
}


def commented(text: str) -> str:
    """Put a comment on and under every line that can carry one."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        if not line.strip() or line.lstrip().startswith("#"):
            lines.append(line)
        else:
            indent = len(line) - len(line.lstrip())
            lines += [
                f"{line}  # on line {number}",
                f"{' ' * indent}# under line {number}",
                "",
                "# at the edge",
            ]
    return "\n".join(lines) + "\n"


def one_record_a_line(text: str) -> str:
    """Write the deliverables as flow records in block lists."""
    for activity in DATA["activities"]:
        records = "".join(f"\n      - {flow(each)}" for each in activity["deliverables"])
        pattern = rf"(- id: {activity['id']}\n(?:    .*\n)*?    deliverables:)(?:\n      .*)+"
        text = re.sub(pattern, lambda match, new=records: match[1] + new, text)  # type: ignore[misc]
    return text


LAYOUTS = {
    "as it is": PLAN,
    "comments everywhere": commented(PLAN),
    "Windows line ends": PLAN.replace("\n", "\r\n"),
    "no final line end": PLAN.rstrip("\n"),
    "dashes under their keys, long lines wrapped": yaml.safe_dump(DATA, sort_keys=False, allow_unicode=True),
    "dashes far from their keys": "\n".join(block(DATA, 3, 4)) + "\n",
    "flow records": one_record_a_line(PLAN),
    "all on one line": flow(DATA) + "\n",
}
DELIVERABLES = [
    ("activities", a, "deliverables", d)
    for a, activity in enumerate(DATA["activities"])
    for d in range(len(activity["deliverables"]))
]


def with_update(path: tuple[Any, ...], index: int) -> Any:
    data = parse(PLAN, "").data
    deliverable = data["activities"][path[1]]["deliverables"][path[3]]
    deliverable.setdefault("updates", []).insert(index, UPDATE)
    return data


def is_only_added(before: bytes, after: bytes) -> bool:
    """Tell whether something was put into one place, and everything else stands."""
    same = next((i for i, (x, y) in enumerate(zip(before, after, strict=False)) if x != y), len(before))
    return len(after) > len(before) and after.endswith(before[same:])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mark", [b"", BOM], ids=["", "BOM"])
def test_an_update_on_each_deliverable_only_adds(layout: str, mark: bytes) -> None:
    before = mark + LAYOUTS[layout].encode()
    document = parse(LAYOUTS[layout], "activities.yaml")
    assert document.data == DATA
    for path in DELIVERABLES if not mark else DELIVERABLES[::9]:
        count = len(DATA["activities"][path[1]]["deliverables"][path[3]].get("updates", ()))
        for index in range(count + 1):
            fix = added_items(document, (*path, "updates"), index, [UPDATE])
            after = edited(before, [fix], with_update(path, index), "activities.yaml")

            assert yaml.load(after, yaml.CBaseLoader) == with_update(path, index)
            assert is_only_added(before, after)
            assert after.startswith(mark)
            assert after.count(b"\r\n") in (0, after.count(b"\n"))
            assert after.endswith(b"\n") == before.endswith(b"\n")
            if layout == "comments everywhere" and index:
                # Comments stay with what they stand under.
                assert b"# on line" in after[: after.index(b"\n", after.index(b"It was said") - 60)]


def test_the_new_lines_follow_the_habit_of_the_list() -> None:
    text = "a:\n- deliverables:\n  -   outcome: X\n      deadline: 2022   # so\n      # of this one\n\n  -   outcome: Y\n"
    document = parse(text, "f")

    fix = added_items(
        document, ("a", 0, "deliverables", 0, "updates"), 0, [{"date": "2024-07-05", "note": "So."}]
    )

    assert splice(text, [fix]) == (
        "a:\n- deliverables:\n  -   outcome: X\n      deadline: 2022   # so\n"
        "      updates:\n      -   date: 2024-07-05\n          note: So.\n      # of this one\n\n  -   outcome: Y\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  - updates: []\nb: 1\n",
        "a:\n  - updates:\n      - date: 2020-01-01\n        note: |\n          One\n\n          two\n\n\nb: 1\n",
        "a:\n  - updates:\n      - date: 2020-01-01\n        note: |+\n          One\n\n\nb: 1\n",
        "a:\n  - updates:\n      - date: 2020-01-01\n        note: >-\n          One\n          two # no comment\nb: 1\n",
        "a:\n  - updates:\n      - date: 2020-01-01\n        note:\nb: 1\n",
        "a:\n  - updates:\n      -\n        # first\n        date: 2020-01-01 # day\n      # after\nb: 1\n",
        "a:\n  - updates:\n      - date: 2020-01-01\n        note: 'x\n\n          y'",
        "a:\n  - updates: [{date: 2020-01-01, note: 'a, b'},]\n",
        "a:\n  - updates: [ # c\n      {date: 2020-01-01}, # d\n    ]\n",
        "a: [{updates: []}]\n",
        "a:\n  - ? updates\n    : - date: 2020-01-01\nb: 1\n",
    ],
)
def test_odd_layouts_are_kept_or_refused(text: str) -> None:
    before, document = text.encode(), parse(text, "f")
    assert not document.problems
    updates = document.data["a"][0]["updates"]
    for index in {0, len(updates)}:
        meant = parse(text, "f").data
        meant["a"][0]["updates"].insert(index, {"date": "2024-07-05"})
        fix = added_items(document, ("a", 0, "updates"), index, [{"date": "2024-07-05"}])
        if "?" in text and index == 0:
            with pytest.raises(FollowupError, match="nothing was written"):
                edited(before, [fix], meant, "f")
            continue
        after = edited(before, [fix], meant, "f")
        assert is_only_added(before, after) or "[]" in text
        assert b" \n" not in after
        assert parse(after.decode(), "f").data == meant


def test_changes_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("abcdef", [Fix(0, 3, "x"), Fix(2, 4, "y")])


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t:#-'\" {}[],&*!|>%@`?"), min_size=1
)


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda text: not FORBIDDEN.search(text) and not ODD_SPACE.search(text)))
def test_any_text_is_written_so_that_it_is_read_back(text: str) -> None:
    written = scalar(text)

    assert "\n" not in written
    assert parse(f"key: {written}  # comment\n", "").data == {"key": text}
    assert yaml.load(f"key: {written}\n", yaml.CBaseLoader) == {"key": text}
    assert parse(f"[{flow({'key': text})}, {flow([text])}]", "").data == [{"key": text}, [text]]
    assert parse("\n".join(block([{"key": text, "list": [{"a": text}]}])), "").data == [
        {"key": text, "list": [{"a": text}]}
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The concept was set.", "The concept was set."),
        ("2024-07-05", "2024-07-05"),
        ("Law No. 1: on rivers", '"Law No. 1: on rivers"'),
        ("see #5", '"see #5"'),
        ('He said: "no"', "'He said: \"no\"'"),
        ("no", '"no"'),
        ("12", '"12"'),
    ],
)
def test_a_text_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    assert scalar(text) == written


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", ["id", "outcome", "deadline", "agencies", "others"])
def test_a_key_is_taken_out_of_a_record_wherever_it_stands(layout: str, key: str) -> None:
    document = parse(LAYOUTS[layout], "activities.yaml")
    activities = document.data["activities"]
    activity = next(n for n, each in enumerate(activities) if "others" in each)
    path = ("activities", activity, *(("deliverables", 0) if key in ("outcome", "deadline") else ()), key)
    meant = parse(LAYOUTS[layout], "activities.yaml").data
    record = meant["activities"][activity]
    del (record["deliverables"][0] if "deliverables" in path else record)[key]

    assert edited(LAYOUTS[layout].encode(), [removed(document, path)], meant, "activities.yaml")
