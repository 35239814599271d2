"""The plan's words in another language: kept beside them, and shown to who reads that language."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Followup

PLAN, WORDS = "Адам құқықтары жөніндегі жоспар", "Адам саудасына қарсы іс-қимыл туралы заң"
OUTCOME, SECTION, BODY = "Заң жобасы", "Адам саудасының құрбандары", "Бас прокуратура"
DAY = ("--as-of", "2024-03-01")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The shipped plan, a part of which is in Kazakh too."""
    folder = shutil.copytree(ROOT / "data", tmp_path / "data")
    changes = {
        "activities.yaml": {
            "title: Follow-up Plan for Human Rights and the Rule of Law\n": ("  ", "title", PLAN),
            "title: Ensuring the rights of victims of human trafficking\n": ("    ", "title", SECTION),
            "title: Introduction of the draft law on combating human trafficking in the Republic of Kazakhstan\n": (
                "    ",
                "title",
                WORDS,
            ),
            "outcome: Draft Law\n        deadline: April 2025\n": ("        ", "outcome", OUTCOME),
        },
        "agencies.yaml": {
            "name: General Prosecutor's Office of the Republic of Kazakhstan\n": ("    ", "name", BODY)
        },
    }
    for name, texts in changes.items():
        text = (folder / name).read_text(encoding="utf-8")
        for words, (indent, field, said) in texts.items():
            assert text.count(words) == 1
            text = text.replace(words, f"{words}{indent}also: {{kk: {{{field}: {said}}}}}\n")
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_it_is_a_valid_dataset(followup: Followup, data: Path) -> None:
    assert followup("validate", "--data", str(data), "--fail-on", "warning").code == 0


def test_answers_in_the_language_show_it_and_others_do_not(followup: Followup, data: Path) -> None:
    asked = ("list", "--search", "заң сауда", "--fields", "id,title,outcome", "--data", str(data), *DAY)

    kazakh = followup(*asked, "-f", "markdown", "--language", "kk").out
    plain = json.loads(followup(*asked, "-f", "json").out)

    assert f"| 24.2 | {WORDS} | {OUTCOME} |" in kazakh
    assert f"| 24.1 | {WORDS} | Concept on the Draft Law |" in kazakh  # what has no text stays as it is
    assert f"_{PLAN} (kz-2022-258)" in kazakh
    assert [row["id"] for row in plain] == ["24.1", "24.2"]
    assert "Introduction of the draft law" in plain[0]["title"]
    assert "Introduction" in followup(*asked, "-f", "markdown").out


def test_pages_have_both_and_a_switch(followup: Followup, data: Path, tmp_path: Path) -> None:
    args = ("--data", str(data), *DAY)
    for language in ("kk", "en"):
        assert followup("site", "-o", str(tmp_path / language), "--language", language, *args).code == 0
    activity = (tmp_path / "kk" / "activity" / "24.html").read_text(encoding="utf-8")
    english = (tmp_path / "en" / "activity" / "24.html").read_text(encoding="utf-8")

    assert (
        f'<span class="said">{WORDS}</span><span class="own" lang="en">Introduction of the draft' in activity
    )
    assert f'<span class="said">{SECTION}</span>' in activity
    assert 'id="own-words"' in activity
    assert f"<title>24. {WORDS} · {PLAN}</title>" in activity
    assert f'title="{BODY}"' in activity
    assert BODY in (tmp_path / "kk" / "agencies.html").read_text(encoding="utf-8")
    assert "own-words" not in english.partition("</style>")[2]
    assert WORDS not in english


def test_pictures_calendars_feeds_and_workbooks_are_in_it_too(
    followup: Followup, data: Path, tmp_path: Path
) -> None:
    args = ("--data", str(data), *DAY, "--language", "kk")
    calendar = followup("export", "-f", "ics", *args).out.replace("\r\n ", "")
    picture = followup("timeline", "-f", "svg", *args).out
    assert followup("site", "-o", str(tmp_path / "site"), *args).code == 0

    assert f"SUMMARY:24.2 {OUTCOME}" in calendar
    assert f"{WORDS}\\nАяқталу нысаны: {OUTCOME}" in calendar
    assert f"X-WR-CALNAME:{PLAN}" in calendar
    assert f"VI. {SECTION}" in picture
    assert f"24.2 {WORDS}: {OUTCOME}" in (tmp_path / "site" / "changes.atom").read_text(encoding="utf-8")


def test_words_that_an_act_changed_have_none_of_it(followup: Followup, data: Path) -> None:
    asked = ("list", "--search", "trafficking", "--fields", "id,title", "-f", "markdown", "--language", "kk")
    words = ("--field", "title", "--to", "A law against human trafficking", "--date", "2023-06-01")
    told = followup(
        "amend", "24", *words, "--act", "Act 9", "--url", "https://example.org/9", "--data", str(data)
    )

    assert told.code == 0
    assert "FU605: the words of `title` changed, and their text in `kk` did not" in told.err
    before = followup(*asked, "--as-of", "2023-05-01", "--data", str(data)).out
    assert "| 24.1 | Introduction of the draft law" in before
    assert WORDS in followup(*asked, "--as-of", "2023-07-01", "--data", str(data)).out


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ("{en: {title: x}}", "`en` is the language of the plan"),
        ("{Kazakh!: {title: x}}", "`Kazakh!` is no language"),
        ("{kk: {points: [x]}}", "the plan has no `points` here"),
        ("{kk: {title: [x]}}", "`title` is one text in the plan"),
        ("{kk: {outcome: x}}", "there is no text of `outcome`"),
        ("{kk: x}", "also"),
        ("[kk]", "also"),
        ("{kk: {title: {}}}", "neither a text nor a list"),
        ("{рус: {title: x}}", "write `ru`"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(followup: Followup, tmp_path: Path, also: str, said: str) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    file = data / "activities.yaml"
    title = "    title: Introduction of the draft law on combating human trafficking in the Republic of Kazakhstan\n"
    text = file.read_text(encoding="utf-8").replace(title, f"{title}    also: {also}\n", 1)
    file.write_text(text, encoding="utf-8")
    line = text.count("\n", 0, text.index("    also: ")) + 1

    result = followup("validate", "--data", str(data))
    assert result.code == 1
    assert said in result.out
    assert f"activities.yaml:{line}:" in result.out


def test_a_deadline_says_the_same_time_in_both_languages(followup: Followup, data: Path) -> None:
    file = data / "activities.yaml"
    text = file.read_text(encoding="utf-8").replace(OUTCOME, f"{OUTCOME}, deadline: 2025 жылғы мамыр")
    file.write_text(text, encoding="utf-8")

    out = followup("validate", "--data", str(data)).out

    assert "in `kk` the deadline is due 2025-05-31, and in the plan's words due 2025-04-30" in out
