"""Each rule's manual is true: its bad example gives exactly its finding, its good one none."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from followup_cli.findings import Mistake
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, decode_all, from_texts, read_folder
from followup_cli.rules import RULES, Rule, check
from tests.conftest import ROOT, Followup

PLAN = Path(__file__).parents[1] / "example_plan"
BYTE_OR_LETTER = re.compile("‹(?:U\\+(?P<letter>[0-9A-F]{4})|(?P<byte>[0-9A-F]{2}))›")


def as_bytes(example: str) -> bytes:
    """Turn ‹CF› into a byte and ‹U+200B› into a character."""
    content, end = b"", 0
    for match in BYTE_OR_LETTER.finditer(example):
        letter = chr(int(match["letter"], 16)).encode() if match["letter"] else bytes.fromhex(match["byte"])
        content += example[end : match.start()].encode() + letter
        end = match.end()
    return content + example[end:].encode()


def with_example(good: str, bad: str) -> Draft:
    """Read the example plan with lines of it, wherever they stand, replaced by others."""
    contents: dict[PlanFile, bytes] = {}
    times = 0
    for name in PlanFile:
        text = (PLAN / name.value).read_text(encoding="utf-8")
        lines = "\n".join(
            rf"(?P<indent{i}> *(?:- )?){re.escape(line)}" for i, line in enumerate(good.split("\n"))
        )
        for match in re.finditer(f"^{lines}$", text, re.MULTILINE):
            indent = match["indent0"]
            inner = " " * len(indent)
            if any(match[f"indent{i}"] != inner for i in range(1, good.count("\n") + 1)):
                continue
            times += 1
            replacement = indent + bad.replace("\n", f"\n{inner}")
            contents[name] = (
                text[: match.start()].encode() + as_bytes(replacement) + text[match.end() :].encode()
            )
        contents.setdefault(name, text.encode())
    assert times == 1, f"the good example stands {times} times in the example plan"
    return from_texts(decode_all(contents))


def without_files(listed: str) -> Draft:
    texts: dict[PlanFile, str | Mistake] = {}
    read = read_folder(PLAN)
    missing = read_folder(PLAN / "nowhere")
    for name in PlanFile:
        texts[name] = (read if f"data/{name.value}" in listed.split("\n") else missing)[name]
    return from_texts(texts)


def as_adopted() -> Draft:
    """Read the example plan as it was before any act amended it."""
    texts = {name: (PLAN / name.value).read_text(encoding="utf-8") for name in PlanFile}
    plan, amendments = re.subn(r" +amendments:\n( +- date.*\n( {12}.*\n)+)+", "", texts[PlanFile.ACTIVITIES])
    assert amendments == 1
    adopted = plan.replace("Planting\n        deadline: 2022-2025", "Survey\n        deadline: August 2023")
    adopted = adopted.replace("2022-2025 жылдар", "2023 жылғы тамыз")
    return from_texts({**texts, PlanFile.ACTIVITIES: adopted})


def test_the_example_plan_is_clean() -> None:
    assert check(from_texts(read_folder(PLAN))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_bad_example_gives_this_finding_and_the_good_one_none(rule: Rule) -> None:
    manual = rule.manual
    if manual.good.startswith("data/"):
        bad, good = without_files(manual.bad), without_files(manual.good)
    else:
        bad, good = with_example(manual.good, manual.bad), with_example(manual.good, manual.good)

    if rule.code in ("FU601", "FU602", "FU605"):
        bad, good = (replace(draft, before=as_adopted()) for draft in (bad, good))
    assert check(good) == []
    found = check(bad)
    assert [(f.code, f.name, f.severity) for f in found] == [(rule.code, rule.name, rule.severity)]
    assert found[0].message
    assert found[0].hint


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_sure_fix_mends_the_bad_example(rule: Rule) -> None:
    if rule.manual.good.startswith("data/"):
        return
    draft = with_example(rule.manual.good, rule.manual.bad)
    for found in check(draft):
        if found.fix:
            document = next(d for d in draft.documents.values() if d.file == found.file)
            text = document.text[: found.fix.start] + found.fix.text + document.text[found.fix.end :]
            texts: dict[PlanFile, str | Mistake] = {n: d.text for n, d in draft.documents.items()}
            mended = {n: text if texts[n] is document.text else t for n, t in texts.items()}
            assert check(from_texts(mended)) == []


def test_codes_and_names_are_stable_and_used_once() -> None:
    codes = [rule.code for rule in RULES]
    names = [rule.name for rule in RULES]

    assert codes == sorted(set(codes))
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("FU[1-6][0-9]{2}", code) for code in codes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_manual_begins_with_what_the_rule_does(rule: Rule) -> None:
    verb = "Warn of" if rule.severity == "warning" else "Report"

    assert rule.manual.summary.startswith(f"{verb} ")
    assert not rule.manual.summary.endswith(".")


@pytest.mark.parametrize("word", ["FU301", "fu301", "unknown-agency", "unknown_agency"])
def test_rule_prints_a_manual(followup: Followup, word: str) -> None:
    result = followup("rule", word)

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("FU301 unknown-agency (error)\n\nReport an agency")
    assert "Bad:\n\n    agencies: [WM, MH" in result.out


def test_rule_lists_all_and_tells_all(followup: Followup) -> None:
    listed = followup("rule").out.strip().split("\n")
    told = json.loads(followup("rule", "--all", "--format", "json").out)

    assert [line.split()[0] for line in listed] == [rule["code"] for rule in told] == [r.code for r in RULES]
    assert all(rule["summary"] and rule["bad"] and rule["good"] for rule in told)


@pytest.mark.parametrize(("word", "said"), [("FU999", "no rule"), ("unknwon-key", "`unknown-key`")])
def test_a_rule_that_is_not_there(followup: Followup, word: str, said: str) -> None:
    result = followup("rule", word)

    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_the_page_on_rules_is_current(followup: Followup) -> None:
    page = followup("rule", "--all", "--format", "markdown").out

    assert (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8") == page, (
        "run `followup rule --all --format markdown > docs/reference/rules.md`"
    )
