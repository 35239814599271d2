"""The mistakes people make, planted in the plan: each is found at its place, with its remedy, once."""

import re
from dataclasses import dataclass

import pytest

from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, from_texts
from followup_cli.rules import check
from followup_cli.text.splicing import splice
from tests.conftest import ROOT

TEXTS = {name: (ROOT / "data" / name.value).read_text(encoding="utf-8") for name in PlanFile}
PLAN = PlanFile.ACTIVITIES


@dataclass(frozen=True)
class Slip:
    """A mistake: in which activity (or "plan"), what becomes what, the finding, and a word of its remedy.

    The finding stands at the first character of `at`, which is in `new`.
    """

    where: int | str
    old: str
    new: str
    code: str
    at: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.new.strip()[:30]}"


# Each in an activity of its own, so that all can be planted at once.
ORDINARY = (
    Slip(2, "MLSP, MIA", "MLPS, MIA", "FU301", "MLPS", "did you mean `MLSP` (Ministry of Labor"),
    Slip(3, "deadline: August", "dedline: August", "FU201", "dedline", "did you mean `deadline`"),
    Slip(8, "September 2022", "Septmber 2022", "FU401", "Septmber", "Sept"),
    Slip(6, "MIPD, MJ]", "MIPD, МJ]", "FU301", "МJ", "the first letter is Cyrillic М (U+041C)"),
    Slip(25, "December 2023", "31 June 2023", "FU401", "31 June", "June"),
    Slip(
        24, "status: in-progress", "status: in-progres", "FU204", "in-progres", "did you mean `in-progress`"
    ),
    Slip(7, "section: IV", "section: IX", "FU302", "IX", "did you mean"),
    Slip(9, "GPO (as agreed)", "GPO (as aggreed)", "FU306", "(as aggreed)", "`GPO (as agreed)`"),
    Slip(10, "[MIPD]", "[MIPD, MIPD]", "FU304", "MIPD]", "keep one of the two"),
    Slip(15, "2022-2025", "2025-2022", "FU402", "2025-2022", ""),
    Slip(12, "id: 12", "id: 11", "FU303", "11", "give each its own"),
    Slip(
        13,
        "    section: V\n",
        "    section: V\n    section: V\n",
        "FU105",
        "section: V\n    title",
        "keep one",
    ),
    Slip(5, "[MIPD]", "[MIPD, NO]", "FU301", "NO]", "agencies.yaml"),
    Slip(26, "https://www.unhcr", "www.unhcr", "FU504", "www.unhcr", "`https://` before it"),
    Slip(23, "First half of 2022", "Third half of 2022", "FU401", "Third half", ""),
    Slip(14, "deadline: 2022", "deadline: Q5 2022", "FU401", "Q5", ""),
)
MORE = (
    Slip(2, "MLSP, MIA", "Ministry of Labor and Social Protection, MIA", "FU301", "Ministry", "`MLSP`"),
    Slip(2, "MLSP, MIA", "Ministry of Labor and Social Protecton, MIA", "FU301", "Ministry", "`MLSP`"),
    Slip(6, "MIPD, MJ]", "MIPD, Ministry of Justice]", "FU301", "Ministry", "`MJ`"),
    Slip(6, "MIPD, MJ]", "MIPD, mj]", "FU301", "mj]", "write `MJ`"),
    Slip(6, "MIPD, MJ]", "MIPD, JM]", "FU301", "JM]", "did you mean `MJ`"),
    Slip(6, "MIPD, MJ]", "MIPD, АСПР]", "FU301", "АСПР", "`ASPR`"),
    Slip(27, "MJ, ASPR (as agreed)", "MJ, ASPR(as agreed)", "FU306", "(as", "`ASPR (as agreed)`"),
    Slip(27, "MJ, ASPR (as agreed)", "MJ, ASPR (agreed)", "FU306", "(agreed)", "(as agreed)"),
    Slip(27, "MJ, ASPR (as agreed)", "MJ, ASPR (lead)", "FU306", "(lead)", "(as agreed)"),
    Slip(3, "deadline: August 2022", "deadline: Augst 2022", "FU401", "Augst", ""),
    Slip(3, "deadline: August 2022", "deadlіne: August 2022", "FU201", "deadlіne", "the 6th letter is Cyrillic"),
    Slip(3, "deadline: August 2022", "Deadline: August 2022", "FU201", "Deadline", "write `deadline`"),
    Slip(3, "        deadline: August 2022\n", "", "FU208", "outcome: Proposal", "add `deadline: …`"),
    Slip(3, "deadline: August 2022", "deadline:", "FU203", "\n", "write its value"),
    Slip(24, "status: in-progress", "status: In progress", "FU204", "In progress", "write `in-progress`"),
    Slip(24, "status: in-progress", "status: done", "FU204", "done", "write one of `not-started`"),
    Slip(24, "date: 2023-05-11", "date: 2023-06-31", "FU203", "2023-06-31", "day of the calendar"),
    Slip(24, "date: 2023-05-11", "date: 11.05.2023", "FU203", "11.05.2023", "year-month-day: `2023-05-11`"),
    Slip(24, "date: 2024-07-05", "date: 2022-07-05", "FU502", "2022-07-05", "oldest first"),
    Slip(24, "kind: ngo_report", "kind: ngo report", "FU204", "ngo report", "write `ngo_report`"),
    Slip(24, "act: Law No. 110-VIII\n", "akt: Law No. 110-VIII\n", "FU201", "akt", "`act`"),
    Slip(24, "                act: Law No. 110-VIII\n", "", "FU503", "act\n", "act: Law No."),
    Slip(24, "section: VI", "section: VІ", "FU302", "VІ", "second letter is Cyrillic"),
    Slip(24, "id: 24\n", "id: 24 (a)\n", "FU203", "24 (a)", "write `24-(a)`"),
    Slip(24, "title: Introduction", "title: Introductіon", "FU112", "Introductіon", "Latin letters"),
    Slip(24, "concept was", "concept\u00a0was", "FU111", "\u00a0", "type a space"),
    Slip(24, "concept was", "concept\u202ewas", "FU104", "\u202e", "delete it"),
    Slip("plan", "activities: 27", "activities: 28", "FU206", "28", "compare the activities"),
    Slip("plan", "adopted: 2022-04-28", "adopted: 28 April 2022", "FU203", "28 April 2022", "`2022-04-28`"),
    Slip("plan", "timezone: Asia/Almaty", "timezone: Asia/Almata", "FU207", "Asia/Almata", "`Asia/Almaty`"),
    Slip("plan", "language: en", "language: eng", "FU204", "eng", "did you mean `en`"),
    Slip("plan", "schema: 2", "schema: 3", "FU205", "3", "write `schema: 2`"),
    Slip(5, "        deadline: By", "      deadline: By", "FU103", "deadline", "align"),
    Slip(
        5,
        "    agencies: [MIPD]",
        "        section: III\n    agencies: [MIPD]",
        "FU201",
        "section: III",
        "belongs in an activity",
    ),
    Slip(5, "outcome: Draft", "outcome: Draft: Law", "FU103", ": Law", "double quotes"),
    Slip(5, "outcome: Draft Law", 'outcome: "Draft Law', "FU103", '"Draft', "close it"),
    Slip(5, "[MIPD]", "[MIPD", "FU103", "[MIPD", "close it with `]`"),
    Slip(5, "        deadline", "\tdeadline", "FU103", "\t", "indent with spaces"),
    Slip(5, "        deadline: By", "      - deadline: By", "FU208", "deadline: By", "in place of `- `"),
    # YAML reads these as nothing, not as texts.
    *(Slip(5, "outcome: Draft Law", f"outcome: {none}", "FU203", f"{none}\n", "write its value") for none in ("~", "null", "NULL")),
    Slip(5, "[MIPD]", "[MIPD, ~]", "FU203", "~]", "write its value"),
    Slip("plan", "title: Follow-up", "title: ~ # Follow-up", "FU203", "~ #", "write its value"),
    Slip(12, "      - development of proposals on Article 131", "        - development of proposals on Article 131", "FU103", "- development", "align"),
    Slip(5, "outcome: Draft Law", "outcome: [Draft] Law", "FU103", "Law", "double quotes"),
    Slip(5, "outcome: Draft Law", 'outcome: "Draft" Law', "FU103", "Law", "single quotes"),
    Slip(5, "outcome: Draft Law", "outcome: *Draft Law", "FU103", "*Draft", "double quotes"),
    Slip(24, "publisher: Kazinform", "publisher: &Kazinform", "FU106", "&", "double quotes"),
    Slip(12, "      - development of", "      - development: of", "FU203", "development:", "double quotes"),
    Slip(7, "section: IV", "section: 4", "FU302", "4", "did you mean `IV`"),
    Slip(5, "  - id: 5", "  • id: 5", "FU103", "•", "a dash and a space"),
    Slip(5, "  - id: 5", "  – id: 5", "FU103", "–", "a dash and a space"),
    Slip(5, "      - outcome: Draft", "      -outcome: Draft", "FU103", "-outcome", "a space after it"),
    # What people write into an update.
    Slip(24, "presented at a forum", "presented # 5 at a forum", "FU113", "# 5", "double quotes"),
    Slip(24, "note: The acting", "note: #The acting", "FU203", " #The", "`#` begins a comment"),
    Slip(24, "September 2022 and", "September 2022\n            and", "FU103", "and", "the text of `note` goes on here"),
    Slip(24, "- date: 2022-07-26\n            note: The", "- {date: 2022-07-26, note: The meeting, of May}\n          - date: 2022-07-26\n            note: The", "FU201", "of May", "double quotes"),
    Slip(24, "- date: 2022-07-26\n            note: The", "- The meeting was held.\n          - date: 2022-07-26\n            note: The", "FU203", "The meeting", "`note: The meeting was held.`"),
    Slip(24, "http://sanasezim.org/eng/node/778", "info@sanasezim.org", "FU504", "info@", "copy it from the browser"),
    Slip(24, "http://sanasezim.org", "http://sanаsezim.org", "FU112", "sanаsezim", "from the browser"),
    Slip(24, "          - date: 2023-05-11", ">>>>>>> branch\n          - date: 2023-05-11", "FU103", ">>>>", "delete the line"),
    Slip(24, "          - date: 2024-07-05", "        updates:\n          - date: 2024-07-05", "FU105", "updates", "under one `updates:`"),
    Slip(5, "    agencies: [MIPD]\n", "    agencies: [MIPD]\n        updates:\n          - date: 2024-05-05\n", "FU103", "updates", "move it up, above `agencies`"),
    Slip(24, "            note: The acting", "            retracted: yes\n            note: The acting", "FU203", "yes", "write `date: …`, `note: …` below it"),
    Slip(3, "        deadline: August 2022", "        deadline: August 2022\n        also: {kk: {outcome: Хат, сөз}}", "FU201", "сөз", "double quotes"),
    Slip(3, "        deadline: August 2022", "        deadline: August 2022\n        also: {en: {outcome: X}}", "FU210", "en:", "such as `ru` or `kk`"),
    Slip(3, "        deadline: August 2022", "        deadline: August 2022\n        updates", "FU103", "updates", "write `updates:`"),
    Slip(3, "    agencies:", "    amendments: [{date: 2022-08-01, act: D, url: https://example.org/9, field: deadline}]\n    agencies:", "FU204", "deadline}", "into the deliverable"),
    Slip(14, "  - id: 14", "  - id: 13", "FU303", "13", "no activity has `14`"),
    Slip(14, "  - id: 14", "  - id: 013", "FU303", "013", "no activity has `14`"),
)  # fmt: skip
FOLDED = ("outcome: Draft Law", "outcome: >\n          Draft Law", "outcome: |\n          Draft Law")


def plant(text: str, slip: Slip) -> tuple[str, int]:
    """Make a mistake in a text; give the text, and the offset at which it is to be found."""
    start, end = 0, len(text)
    if slip.where != "plan":
        start = text.index(f"\n  - id: {slip.where}\n    section") + 1
        following = re.compile(r"^  - id: ", re.MULTILINE).search(text, start + 1)
        end = following.start() if following else len(text)
    at = text.index(slip.old, start, end)
    planted = text[:at] + slip.new + text[at + len(slip.old) :]
    return planted, planted.index(slip.at, at) if slip.new else planted.rindex(slip.at, 0, at)


def read(text: str) -> Draft:
    return from_texts({**TEXTS, PLAN: text})


def place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def test_the_plan_itself_is_clean() -> None:
    assert check(from_texts(TEXTS)) == []


@pytest.mark.parametrize("slip", [*ORDINARY, *MORE], ids=str)
def test_a_mistake_alone(slip: Slip) -> None:
    text, offset = plant(TEXTS[PLAN], slip)

    findings = check(read(text))

    assert [(f.code, f.file) for f in findings] == [(slip.code, "data/activities.yaml")], findings
    found = findings[0]
    assert (found.line, found.column) == place(text, offset)
    assert slip.remedy in f"{found.message} {found.hint}"
    assert found.hint


@pytest.mark.parametrize("slip", [slip for slip in MORE if slip.code == "FU103"], ids=str)
def test_a_slip_that_breaks_the_text_hides_nothing_elsewhere(slip: Slip) -> None:
    others = [each for each in ORDINARY if each.where not in (slip.where, 12, 13)]
    text, _ = plant(TEXTS[PLAN], slip)
    for each in others:
        text, _ = plant(text, each)

    findings = check(read(text))

    assert sorted(f.code for f in findings) == sorted([slip.code, *(each.code for each in others)])


def test_a_word_that_was_surely_meant_hides_nothing_of_the_record() -> None:
    text, _ = plant(TEXTS[PLAN], Slip(24, "kind: news", "kind: Act", "", "Act", ""))

    assert [finding.code for finding in check(read(text))] == ["FU204", "FU503"]


def test_a_second_list_under_one_key_is_checked_as_well() -> None:
    second = "        updates:\n          - date: 2024-07-35"
    text, _ = plant(TEXTS[PLAN], Slip(24, "          - date: 2024-07-05", second, "", "35", ""))

    findings = check(read(text))

    assert [(finding.code, finding.line) for finding in findings] == [
        ("FU105", place(text, text.index(second) + 1)[0]),
        ("FU203", place(text, text.index("2024-07-35"))[0]),
    ]


def test_a_pasted_block_with_odd_spaces_is_one_finding() -> None:
    block = "          - date: 2023-05-12\n            note: A meeting was held.\n"
    text, _ = plant(
        TEXTS[PLAN],
        Slip(
            24,
            "          - date: 2024-07-05",
            block.replace(" ", "\u00a0") + "          - date: 2024-07-05",
            "",
            "2024",
            "",
        ),
    )

    findings = check(read(text))

    assert [finding.code for finding in findings] == ["FU111"]
    assert findings[0].fix is not None
    assert splice(text, [findings[0].fix]) == text.replace("\u00a0", " ")


EVIDENCE = """            evidence:
              - url: http://sanasezim.org/eng/node/778
                publisher: Sana Sezim
                kind: ngo_report
                bears_on: deliverable
                accessed: 2026-11-23
"""


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        (
            re.sub("  (publisher|kind|bears_on)", r"- \1", EVIDENCE),
            "FU202",
            "two spaces in place of the `- `",
        ),
        (re.sub("(?m)^    (          )", r"\1", EVIDENCE), "FU203", "indent it further, below `evidence:`"),
        (
            EVIDENCE.replace("            evidence:\n", "")
            .replace("              - ", " " * 12)
            .replace(" " * 16, " " * 12),
            "FU201",
            "they belong in an item of `evidence`",
        ),
    ],
)
def test_evidence_that_is_laid_out_wrongly_is_one_mistake(written: str, code: str, said: str) -> None:
    text = TEXTS[PLAN].replace(EVIDENCE, written)

    (found,) = check(read(text))

    assert found.code == code
    assert said in f"{found.message} {found.hint}"


def test_each_key_of_an_act_with_a_dash_of_its_own_is_one_mistake() -> None:
    act = EVIDENCE.replace("ngo_report\n", "act\n                act: Law No. 9\n")
    text = TEXTS[PLAN].replace(EVIDENCE, re.sub("  (publisher|kind|act|bears_on|accessed):", r"- \1:", act))

    assert [finding.code for finding in check(read(text))] == ["FU202"]


@pytest.mark.parametrize("written", FOLDED)
def test_a_text_on_a_line_below_is_that_text(written: str) -> None:
    text, _ = plant(TEXTS[PLAN], Slip(5, FOLDED[0], written, "", written, ""))

    assert check(read(text)) == []


def test_all_ordinary_mistakes_at_once() -> None:
    text = TEXTS[PLAN]
    expected = []
    # From the last to the first, so that what was planted keeps its distance from the end.
    for slip in sorted(ORDINARY, key=lambda slip: int(slip.where), reverse=True):
        text, offset = plant(text, slip)
        expected.append((slip, len(text) - offset))

    findings = check(read(text))

    assert [(f.code, f.line, f.column) for f in findings] == [
        (slip.code, *place(text, len(text) - from_end)) for slip, from_end in reversed(expected)
    ]
    for finding, (slip, _) in zip(findings, reversed(expected), strict=True):
        assert slip.remedy in f"{finding.message} {finding.hint}"


# What differs only in looks, one letter of a long key, a name in place of its code: nobody need be asked.
SURE = (
    "dedline: August", "MIPD, МJ]", "GPO (as aggreed)", "Ministry of Labor", "MIPD, Ministry of Justice]",
    "MIPD, mj]", "MIPD, АСПР]", "MJ, ASPR(as agreed)", "deadlіne", "Deadline",
    "status: In progress", "kind: ngo report", "section: VІ", "title: Introductіon", "concept\u00a0was",
)  # fmt: skip


@pytest.mark.parametrize("slip", [*ORDINARY, *MORE], ids=str)
def test_a_fix_is_offered_only_where_it_is_sure_and_mends_all(slip: Slip) -> None:
    text, _ = plant(TEXTS[PLAN], slip)

    fix = check(read(text))[0].fix

    assert (fix is not None) == (slip.new.startswith(SURE) and "Protecton," not in slip.new)
    if fix:
        assert check(read(text[: fix.start] + fix.text + text[fix.end :])) == []
