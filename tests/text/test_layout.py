"""The quick way to read a plan gives what the YAML reader gives, or leaves the text to it."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_cli.findings import Mistake, Steps
from followup_cli.text import layout_reader
from followup_cli.text.characters import FORBIDDEN, ODD_SPACE
from followup_cli.text.document import UNREAD, Document
from followup_cli.text.event_reader import read, tree
from followup_cli.text.parsing import parse

DATA = Path(__file__).parents[2] / "data"
PLAN = (DATA / "activities.yaml").read_text(encoding="utf-8")
AGENCIES = (DATA / "agencies.yaml").read_text(encoding="utf-8")
SMALL = """# A plan
schema: 1
sections:
  - id: I
    title: One
  # between
  - id: II
    title: "Two: and more"

activities:
  - id: 1
    deliverables:
      - outcome: Draft Law
        deadline: 2022- 2023
      - outcome: 'Order'
    agencies: [MLSP, GPO (as agreed)]
    others:
  - id: 2
    points:
      - one
      - http://two.kz/a#b
"""


def refuse(begin: int, end: int) -> Any:
    raise layout_reader.Unusual


def from_events(text: str) -> tuple[Any, list[Mistake]]:
    problems: list[Mistake] = []
    return read(text, problems).data, problems


def agrees(text: str) -> bool:
    """Hold the plain reader against the YAML reader; tell whether it took the text."""
    if FORBIDDEN.search(text) or ODD_SPACE.search(text):
        return False
    layout = layout_reader.read(text, refuse)
    if layout is not None:
        data, problems = from_events(text)
        assert (layout.data, problems) == (data, [])
    data, problems = from_events(text)
    if data is not UNREAD and not any(problem.rule == "syntax" for problem in problems):
        document = parse(text, "f.yaml")
        assert (document.data, document.problems) == (data, tuple(dict.fromkeys(problems)))
    return layout is not None


def test_the_layout_of_plans_is_read_without_the_yaml_reader() -> None:
    assert agrees(SMALL)
    assert agrees(AGENCIES)
    assert agrees(PLAN)


@pytest.mark.parametrize(
    "line",
    [
        "title: One # a comment", "title: # a comment", "title:  # a comment", "title: One  #a\n     and more", "title:  # a\n      - b", "title: # a\n      b: c", "title: One# no comment", "points:\n      - # a\n      - b", "points:\n      - One  # a\n      - b", "title: One: two", "title: One:", "title: One\n     and more", "title: |\n      One",
        "title: >-\n      One", "title: 'it''s'", 'title: "a\\tb"', "title: *one", "title: &one One", "title: !!str One",
        "title: {a: b}", "title: [a, [b]]", "title: [a,b]", "title: [a: b]", "title: [a, ]", "title: []", "title: - a",
        "title: ? a", "title:  two", "title: ", "title: One ", "title : One", "? title\n    : One", "'title': One",
        "title: @one", "title: `one", "title: %one", "title: 'one", "title: 'one' two", "id: III", "title: 'a\n    b'",
        "title:\n    - a\n    - b", "title:\n      - a\n       - b", "title: a\n      b: c", "title: a\n    - b",
        "title:\n      a\n      b", "title:\n      - - a", "title:\n      -", "title:\n      -  a", "title: a\n---", "title: a\n...",
        "title: a\n  x: b", "title: a\n x: b", "title:\n      #a\n      - b", "title:\n#a\n      - b", "<<: a", "title: \xa0a",
    ],
)  # fmt: skip
def test_what_is_not_of_the_layout_is_left_to_the_yaml_reader(line: str) -> None:
    agrees(f"sections:\n  - id: I\n    {line}\n  - id: II\n    title: Two\nactivities:\n  - id: 1\n")
    agrees(f"sections:\n  - id: I\n    {line}\n")


def test_only_an_unusual_item_is_read_by_the_yaml_reader() -> None:
    asked = []

    def otherwise(begin: int, end: int) -> Any:
        asked.append(SMALL[begin:end].strip())
        return "other"

    reading = layout_reader.read(SMALL.replace("title: One\n", "title: >\n      One\n"), otherwise)

    assert reading is not None
    assert reading.data["sections"] == ["other", {"id": "II", "title": "Two: and more"}]
    assert len(reading.data["activities"]) == 2
    assert len(asked) == 1


def test_what_is_wrong_with_an_item_is_said_where_it_stands() -> None:
    text = SMALL.replace("    others:\n", "    id: 3\n").replace("      - one\n", "      - &x one\n")

    assert agrees(text) is False
    assert [(p.rule, p.place[:2]) for p in parse(text, "f.yaml").problems] == [
        ("duplicate-key", (17, 5)),
        ("alias", (20, 9)),
    ]


def mutants(text: str, count: int) -> Iterator[str]:
    """Change a text at one or two places, in ways that matter to YAML."""
    rng = random.Random(258)
    pieces = [
        "\n", " ", "  ", "-", "- ", ":", ": ", "#", " #", "'", '"', "\\", "[", "]", "{", "}", ",", ", ", "&a ", "*a", "!",
        "|", ">", "%", "@", "`", "?", "? ", "\t", "\r", "\r\n", "---\n", "...\n", "null", "~", "\n\n", "\n  - ", "\n    ",
        "key: ", "\nkey: ", "\n    key:\n", "\n# x\n", "é", "“", "\u2028", "(", ")", "<<: ",
    ]  # fmt: skip
    for _ in range(count):
        mutant = text
        for _ in range(rng.randint(1, 2)):
            begin = rng.randrange(len(mutant))
            end = begin + rng.choice((0, 0, 1, 1, 2, 5))
            mutant = mutant[:begin] + rng.choice(["", *pieces]) + mutant[end:]
        yield mutant


def some_of_the_plan() -> str:
    """Keep what shows every trait of the file: its head, its first activities, and those with updates."""
    head, _, activities = PLAN.partition("\nactivities:\n")
    items = activities.split("\n  - ")
    return head + "\nactivities:\n" + "\n  - ".join([*items[:2], *(i for i in items[2:] if "points:" in i)])


def test_changed_at_random_it_is_read_alike_or_not_at_all() -> None:
    taken = [agrees(mutant) for mutant in mutants(SMALL, 4000)]
    taken += [agrees(mutant) for mutant in mutants(some_of_the_plan(), 400)]

    assert 500 < sum(taken) < len(taken) - 500


scalars = st.text(st.sampled_from("ab é-:#[]{},'\"&*!|>%@`?.\\~"), max_size=8)
keys = st.sampled_from(("id", "title", "a_b", "x-y"))


@st.composite
def blocks(draw: st.DrawFn, indent: int = 0) -> str:
    """Write a mapping, or something close to one."""
    lines = []
    for key in draw(st.lists(keys, min_size=1, max_size=3)):
        what = draw(st.integers(0, 5))
        below = indent + draw(st.sampled_from((2, 2, 2, 4, 0, 1)))
        if what < 3 or indent > 6:
            lines.append(f"{' ' * indent}{key}: {draw(scalars)}")
        elif what == 3:
            lines.append(f"{' ' * indent}{key}:\n{draw(blocks(below))}")
        else:
            item = f"{' ' * below}- "
            records = draw(st.lists(blocks(below + 2), min_size=1, max_size=3))
            lines.append(f"{' ' * indent}{key}:\n" + "\n".join(item + r.lstrip(" ") for r in records))
    return "\n".join(lines)


@given(blocks())
@example("a:\n  - id: a\n    b: c\n  - x\n - y")
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_is_read_alike_or_not_at_all(text: str) -> None:
    agrees(text + "\n")
    agrees(text)


def paths(value: Any, path: Steps = ()) -> Iterator[Steps]:
    yield path
    items = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    for key, inner in items:
        yield from paths(inner, (*path, key))


def same_places(document: Document) -> None:
    whole = Document(document.file, document.text, document.data, tree=tree)
    for path in paths(document.data):
        assert document.node(path) == whole.node(path), path
        assert document.place(path, key=True) == whole.place(path, key=True)


def test_a_place_found_in_one_item_is_the_place_in_the_file() -> None:
    flow = "activities: [{id: 1, title: 'a b'}, {id: 2,\n  points: [x, y]}]\nsections:\n- id: I\n-   id: II\n"
    for text in (SMALL, PLAN, AGENCIES, flow):
        document = parse(text, "f.yaml")
        assert document.items
        same_places(document)


def test_a_place_in_a_changed_text_is_the_place_in_the_file() -> None:
    for mutant in mutants(SMALL, 300):
        document = parse(mutant, "f.yaml")
        if not document.problems:
            same_places(document)


def test_the_tree_is_not_needed_for_an_item() -> None:
    document = parse(PLAN, "f.yaml")
    document.place(("activities", 23, "deliverables", 1, "deadline"))

    assert "root" not in vars(document)
    assert tree(PLAN) == document.root
