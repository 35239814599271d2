"""Damaged copies of plans: whatever happens to a file, there are findings or success, inside the file."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from followup_cli.findings import Review
from followup_cli.formats.findings import FINDING_FORMATS, render_review
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, decode_all, from_texts
from followup_cli.rules import RULES, check, facts
from tests.conftest import ROOT

PLANS = {
    name: {file: (folder / file.value).read_bytes() for file in PlanFile}
    for name, folder in (("plan", ROOT / "data"), ("example", Path(__file__).parents[1] / "example_plan"))
}
LETTERS = "аМіӀΑ\u00a0\u200b\u202e\u2028\u0085\x00\x07\x1b\ufeff\ufffe\U0001f642é計\u0301٣½"
WORDS = (
    "no", "null", "~", "12:30", "0x1F", "1e999", "-1", "2022-02-30", "[]", "{}", "[a, b]", "{a: b}", "*a", "&a b",
    "!!int x", "<<: x", "? x", "|", ">", "'", '"', "@x", "%x", "`x`", "- x", "#", ": ", "---", "...", "\t", "true",
)  # fmt: skip


def lines_of(data: bytes) -> list[bytes]:
    return data.split(b"\n")


def flip_bytes(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def drop_lines(data: bytes, chance: random.Random) -> bytes:
    lines = lines_of(data)
    start = chance.randrange(len(lines))
    return b"\n".join(lines[:start] + lines[start + chance.randint(1, 4) :])


def repeat_lines(data: bytes, chance: random.Random) -> bytes:
    lines = lines_of(data)
    start = chance.randrange(len(lines))
    again = lines[start : start + chance.randint(1, 12)]
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], *again, *lines[at:]])


def rename_key(data: bytes, chance: random.Random) -> bytes:
    match = chance.choice(list(re.finditer(rb"[a-z_]+(?=:)", data)))
    key = bytearray(match.group())
    at = chance.randrange(len(key))
    new = bytes(
        chance.choice([key[:at] + key[at + 1 :], key[:at] + b"x" + key[at:], key[::-1], b"", b"KEY", b"id"])
    )
    return data[: match.start()] + new + data[match.end() :]


def swap_type(data: bytes, chance: random.Random) -> bytes:
    match = chance.choice(list(re.finditer(rb"(?<=: ).+|(?<=- ).+", data)))
    return data[: match.start()] + chance.choice(WORDS).encode() + data[match.end() :]


def move_indentation(data: bytes, chance: random.Random) -> bytes:
    lines = lines_of(data)
    start = chance.randrange(len(lines))
    for number in range(start, min(len(lines), start + chance.choice([1, 1, 3]))):
        lines[number] = chance.choice([b" ", b"  ", b"\t", b"      "]) + lines[number]
        if chance.random() < 0.5:
            lines[number] = lines[number].strip()
    return b"\n".join(lines)


def substitute_letters(data: bytes, chance: random.Random) -> bytes:
    text = list(data.decode())
    for _ in range(chance.randint(1, 3)):
        text[chance.randrange(len(text))] = chance.choice(LETTERS)
    return "".join(text).encode("utf-8", "surrogatepass")


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def swap_lines(data: bytes, chance: random.Random) -> bytes:
    lines = lines_of(data)
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def change_line_ends(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\r", b"\n\n"]), chance.randint(1, 400))


def insert_word(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(WORDS).encode() + data[at:]


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bytes, drop_lines, repeat_lines, rename_key, swap_type, move_indentation, substitute_letters, truncate,
    swap_lines, change_line_ends, insert_word,
)  # fmt: skip


def damaged(plan: str, seed: int) -> dict[PlanFile, bytes]:
    """Damage one file of a plan in one to three ways, or both."""
    chance = random.Random(seed)
    contents = dict(PLANS[plan])
    for file in chance.choice([[PlanFile.ACTIVITIES]] * 3 + [[PlanFile.AGENCIES]] + [list(PlanFile)]):
        for _ in range(chance.choice([1, 1, 2, 3])):
            if contents[file]:
                try:
                    contents[file] = chance.choice(DAMAGES)(contents[file], chance)
                except (IndexError, UnicodeDecodeError, ValueError):
                    continue
    return contents


def places_are_inside(draft: Draft, contents: dict[PlanFile, bytes]) -> int:
    """Check every finding of a draft; give how many there are."""
    texts = {
        draft.documents[file].file: contents[file].decode("utf-8", "replace").removeprefix("\ufeff")
        for file in PlanFile
    }
    lines_in = {name: text.split("\n") for name, text in texts.items()}
    findings = check(draft)
    for finding in findings:
        lines = lines_in[finding.file]
        line, column, end_line, end_column = finding.position
        assert 1 <= line <= end_line <= len(lines), finding
        assert 1 <= column <= len(lines[line - 1]) + 1, finding
        assert (line, column) <= (end_line, end_column), finding
        assert end_column <= len(lines[end_line - 1]) + 2, finding
        assert finding.message, finding
        assert finding.hint, finding
    return len(findings)


def examine(plan: str, seed: int) -> None:
    contents = damaged(plan, seed)
    draft = from_texts(decode_all(contents))
    number = places_are_inside(draft, contents)
    # No question is answered from a draft with mistakes, and none is refused from one without.
    errors = [finding for finding in check(draft) if finding.severity == "error"]
    assert (draft.dataset is not None) or errors
    if seed % 25 == 0 and number:
        texts = {document.file: document.text for document in draft.documents.values()}
        review = Review(tuple(check(draft)), texts, "", facts(RULES), "1")
        for name in FINDING_FORMATS:
            render_review(review, name).encode("utf-8")


@pytest.mark.parametrize(("plan", "first", "last"), [("example", 0, 1700), ("plan", 0, 300)])
def test_two_thousand_damaged_copies(plan: str, first: int, last: int) -> None:
    for seed in range(first, last):
        try:
            examine(plan, seed)
        except Exception as error:
            error.add_note(f"damaged({plan!r}, {seed})")
            raise


# What damaged copies have brought to light.
@pytest.mark.parametrize(("plan", "seed"), [("example", 1000), ("plan", 12009)])
def test_finds_of_the_past(plan: str, seed: int) -> None:
    examine(plan, seed)
