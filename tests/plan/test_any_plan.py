"""Plans of every shape, written as they are published: each is valid, answers, and has the windows that it gives."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from followup_cli.plan.draft import from_texts, read_folder
from followup_cli.plan.editor_schema import schemas
from tests.conftest import ROOT, Followup
from tests.repository import begin

SHAPES = {path.stem: path for path in sorted((Path(__file__).parents[1] / "shapes").glob("*.yaml"))}
WINDOW = re.compile(r"#= (\S+) (\S+)$")  # what follows a deadline: the first day and the last, `-` for none


def dataset(folder: Path, activities: str, agencies: str = "") -> Path:
    """Write a plan and the agencies that it names, each under its code where nothing else is said."""
    folder.mkdir(exist_ok=True)
    data = yaml.safe_load(activities)
    named = [each for a in data["activities"] for each in a.get("agencies", ())]
    named += [e for a in data["activities"] for d in a.get("deliverables", ()) for e in d.get("agencies", ())]
    codes = dict.fromkeys(
        each["agency"] if isinstance(each, dict) else each.partition(" (")[0] for each in named
    )
    listed = "".join(f'  - code: "{code}"\n    name: Body {code}\n' for code in codes)
    (folder / "activities.yaml").write_text(activities, encoding="utf-8")
    text = agencies or f"agencies:\n{listed or '  - {code: NONE, name: Nobody}'}"
    (folder / "agencies.yaml").write_text(text, encoding="utf-8")
    return folder


def rows(followup: Followup, folder: Path, *args: str) -> list[dict[str, object]]:
    result = followup("list", "--data", str(folder), "--as-of", "2024-01-01", "--format", "json", *args)
    assert result.code == 0, result.err
    listed: list[dict[str, object]] = json.loads(result.out)
    return listed


def findings(followup: Followup, folder: Path) -> list[tuple[str, str]]:
    out = followup("validate", "--data", str(folder), "--format", "json").out
    return [(each["code"], each["message"]) for each in json.loads(out)]


@pytest.mark.parametrize("name", SHAPES)
def test_a_plan_is_taken_as_it_is(followup: Followup, tmp_path: Path, name: str) -> None:
    text = SHAPES[name].read_text(encoding="utf-8")
    folder = dataset(tmp_path / "data", text)

    result = followup("validate", "--data", str(folder))
    assert result.code == 0, result.out
    windows = [
        tuple(None if day == "-" else day for day in m.groups())
        for m in map(WINDOW.search, text.splitlines())
        if m
    ]
    assert [(row["start"], row["due"]) for row in rows(followup, folder)] == windows
    for command in ("status", "count --by section,state", "agencies", "timeline", "report", "report -f html"):
        result = followup(*command.split(), "--data", str(folder), "--as-of", "2024-01-01")
        assert result.code == 0, result.err
        assert "None" not in result.out
    for ending in ("html", "csv", "md", "json"):
        assert (
            followup("report", "table", "--data", str(folder), "-o", str(tmp_path / f"t.{ending}")).code == 0
        )
    for ending in ("xlsx", "ics", "sqlite"):
        assert followup("export", "--data", str(folder), "-o", str(tmp_path / f"plan.{ending}")).code == 0


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_takes_it_too(tmp_path: Path, name: str) -> None:
    folder = dataset(tmp_path / "data", SHAPES[name].read_text(encoding="utf-8"))
    made = schemas(from_texts(read_folder(folder)))

    data = yaml.load((folder / "activities.yaml").read_text(encoding="utf-8"), _Core)
    jsonschema.Draft7Validator(made["activities.schema.json"]).validate(data)


class _Core(yaml.SafeLoader):
    """Reads YAML as editors do: dates are texts."""


_Core.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0].rpartition(":")[2] not in ("timestamp", "bool")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


@pytest.mark.parametrize("name", SHAPES)
def test_its_activities_are_found_by_id_and_by_words(followup: Followup, tmp_path: Path, name: str) -> None:
    text = SHAPES[name].read_text(encoding="utf-8")
    folder = dataset(tmp_path / "data", text)

    for activity in yaml.load(text, yaml.BaseLoader)["activities"]:
        for asked in (str(activity["id"]), activity["title"].split("\n")[0]):
            result = followup("show", asked, "--data", str(folder), "--as-of", "2024-01-01", "-f", "json")
            assert result.code == 0, (asked, result.err)
            assert json.loads(result.out)["activity"]["title"] == activity["title"]


# -- each friction ------------------------------------------------------------------------------------

HEAD = "schema: 2\nversion: 1.0.0\n"


def plan(activities: str, more: str = "") -> str:
    return f"{HEAD}plan:\n  id: p\n  title: A plan\n{more}activities:\n{activities}"


ONE = "  - id: 1\n    title: Law\n    deliverables:\n      - deadline: "


def test_ids_are_texts_in_natural_order_and_plain_numbers_are_numbers(
    followup: Followup, tmp_path: Path
) -> None:
    mixed = ["11.10", "11.2", "3(b)", "3(a)", "2", "10"]
    text = plan("".join(f"  - {{id: {i}, title: T, deliverables: [{{deadline: 2024}}]}}\n" for i in mixed))

    listed = rows(followup, dataset(tmp_path / "data", text), "--sort", "activity")

    assert [row["activity"] for row in listed] == [2, "3(a)", "3(b)", 10, "11.2", "11.10"]
    assert [row["number"] for row in listed] == ["2", "3(a)", "3(b)", "10", "11.2", "11.10"]


@pytest.mark.parametrize("identifier", ["24 AGS", "a/b", '"a#b"', '" 1"', "x" * 61])
def test_an_id_that_cannot_be_one_has_a_remedy(followup: Followup, tmp_path: Path, identifier: str) -> None:
    folder = dataset(tmp_path / "data", plan(f"  - {{id: {identifier}, title: T}}\n"))

    result = followup("validate", "--data", str(folder))

    assert result.code == 1
    assert "FU203" in result.out
    assert "under `number`" in result.out


def test_no_activity_has_the_id_of_anothers_deliverable(followup: Followup, tmp_path: Path) -> None:
    text = plan(
        "  - {id: 1, title: T, deliverables: [{deadline: 2024}, {deadline: 2025}]}\n"
        "  - {id: 1.2, title: T}\n  - {id: 1.3, title: T}\n"
    )

    (found,) = findings(followup, dataset(tmp_path / "data", text))

    assert found == ("FU303", "`1.2` is also deliverable 2 of activity `1`")


def test_a_printed_number_may_repeat_and_is_asked_for(followup: Followup, tmp_path: Path) -> None:
    one = "  - {{id: {0}-1, number: 1), section: {0}, title: Work {0}, deliverables: [{{deadline: 2024}}]}}\n"
    text = plan(
        one.format("A") + one.format("B"), "sections: [{id: A, title: Rivers}, {id: B, title: Seas}]\n"
    )
    folder = dataset(tmp_path / "data", text)

    both = followup("show", "1)", "--data", str(folder))
    assert both.code == 2
    assert "A-1 (Work A), B-1 (Work B)" in both.err
    assert "Work B" in followup("show", "work b", "--data", str(folder)).out
    assert [row["id"] for row in rows(followup, folder, "--section", "seas")] == ["B-1.1"]


def test_a_section_is_asked_for_with_those_within_it(followup: Followup, tmp_path: Path) -> None:
    sections = (
        'sections: [{id: "1", title: Water}, {id: "1.1", title: Rivers, in: "1"}, {id: "2", title: Air}]\n'
    )
    one = '  - {{id: {0}, section: "{1}", title: T, deliverables: [{{deadline: 2024}}]}}\n'
    folder = dataset(tmp_path / "data", plan(one.format(1, "1.1") + one.format(2, "2"), sections))

    assert [row["id"] for row in rows(followup, folder, "--section", "water")] == ["1.1"]
    status = json.loads(followup("status", "--data", str(folder), "-f", "json", "--as-of", "2024-01-01").out)
    assert [each["deliverables"] for each in status["sections"]] == [1, 1, 1]


@pytest.mark.parametrize(
    ("sections", "code"),
    [
        ("[{id: A, title: T, in: A}]", "FU309"),
        ("[{id: A, title: T, in: B}, {id: B, title: T, in: A}]", "FU309"),
        ("[{id: A, title: T, in: C}, {id: B, title: T}]", "FU302"),
        ("[{id: A, title: T}, {id: A, title: U}]", "FU303"),
    ],
)
def test_sections_that_cannot_be(followup: Followup, tmp_path: Path, sections: str, code: str) -> None:
    text = plan("  - {id: 1, title: T, section: A}\n", f"sections: {sections}\n")

    assert [each for each, _ in findings(followup, dataset(tmp_path / "data", text))] == [code]


MARKED = "  - {id: 1, title: T, deliverables: [{deadline: 2024}], agencies: %s}\n"


@pytest.mark.parametrize(
    ("roles", "agencies", "lead", "partners", "agreed"),
    [
        ("", "[MF, ME (as agreed)]", [], [], ["ME"]),
        ('{"": lead}', "[MF, ME (за згодою)]", ["MF"], [], ["ME"]),
        ('{"": partner, FF: lead, i. E.: as-agreed}', "[MF (FF), ME, MH (i. E.)]", ["MF"], ["ME"], ["MH"]),
        ("", "[{agency: MF, role: lead}, {agency: ME, role: partner}, MH]", ["MF"], ["ME"], []),
        ('{"": lead, as agreed: partner}', "[MF, ME (as agreed)]", ["MF"], ["ME"], []),
    ],
)
def test_a_mark_means_what_the_plan_says(
    followup: Followup,
    tmp_path: Path,
    roles: str,
    agencies: str,
    lead: list[str],
    partners: list[str],
    agreed: list[str],
) -> None:
    text = plan(MARKED % agencies, f"  roles: {roles}\n" if roles else "")

    (row,) = rows(followup, dataset(tmp_path / "data", text))

    assert (row["lead"], row["partners"], row["as_agreed"]) == (lead, partners, agreed)


def test_who_has_no_role_is_in_no_question_about_leads(followup: Followup, tmp_path: Path) -> None:
    folder = dataset(tmp_path / "data", plan(MARKED % "[MF]"))

    assert rows(followup, folder, "--role", "lead") == []
    assert len(rows(followup, folder, "--role", "unstated", "--agency", "mf")) == 1
    assert len(rows(followup, folder, "--no-lead")) == 1


@pytest.mark.parametrize(
    ("agencies", "said", "hint"),
    [
        ("[MF (FF)]", "the mark `(FF)` is not known", "`roles: {FF: lead}`"),
        ("[MF (FF), ME (FF), MH (FF)]", "stands behind 3 agencies, and `plan.roles`", "`roles: {FF: lead}`"),
        ("[MF (as aggreed)]", "did you mean `as agreed`", "`MF (as agreed)`"),
        ("[{agency: MF, role: leader}]", "`role` cannot be `leader`; did you mean `lead`", "`lead`"),
        ("[{agency: MF}]", "the keys `agency` and `role`", "role: partner"),
        ("[MF()]", "the brackets are empty", "`MF`"),
    ],
)
def test_a_mark_that_nothing_explains(
    followup: Followup, tmp_path: Path, agencies: str, said: str, hint: str
) -> None:
    folder = dataset(
        tmp_path / "data",
        plan(MARKED % agencies),
        "agencies: [{code: MF, name: F}, {code: ME, name: E}, {code: MH, name: H}]\n",
    )

    result = followup("validate", "--data", str(folder), "--ignore", "FU305")

    assert result.code == 1
    assert result.out.count("FU") == 1, result.out
    assert said in result.out
    assert hint in result.out


def test_agencies_of_a_deliverable_stand_instead_of_the_activitys(followup: Followup, tmp_path: Path) -> None:
    text = plan(
        "  - id: 1\n    title: T\n    deliverables:\n      - deadline: 2024\n        agencies: [ME, MF]\n"
        "      - deadline: 2025\n    agencies: [MF]\n",
        '  roles: {"": lead}\n',
    )
    folder = dataset(tmp_path / "data", text)

    assert [row["lead"] for row in rows(followup, folder)] == [["ME", "MF"], ["MF"]]
    assert [row["id"] for row in rows(followup, folder, "--agency", "ME")] == ["1.1"]
    counted = followup(
        "count", "--by", "agency", "--data", str(folder), "-f", "json", "--as-of", "2024-01-01"
    ).out
    assert [(c["agency"], c["deliverables"], c["activities"]) for c in json.loads(counted)] == [
        ("MF", 2, 1),
        ("ME", 1, 1),
    ]
    query = "SELECT agency, deliverable FROM assignments ORDER BY position"
    out = followup("sql", query, "--data", str(folder), "-f", "csv").out
    assert out.splitlines()[1:] == ["ME,1.1", "MF,1.1", "MF,1.2"]


def test_what_is_not_understood_is_a_state_and_no_stop(followup: Followup, tmp_path: Path) -> None:
    text = plan(
        ONE + "Augst 2023\n      - deadline: August 2023\n      - deadline: As funds permit, at last\n"
    )
    folder = dataset(tmp_path / "data", text)

    (slip, vague) = json.loads(followup("validate", "--data", str(folder), "--format", "json").out)
    assert (slip["code"], slip["severity"], vague["severity"]) == ("FU401", "warning", "warning")
    assert "read: {start: 2023-08-01, due: 2023-08-31}" in slip["hint"]
    assert "or `read: none` if it names no day" in vague["hint"]
    assert [row["state"] for row in rows(followup, folder)] == ["unread", "unreported", "unread"]
    assert [row["id"] for row in rows(followup, folder, "--state", "unread")] == ["1.1", "1.3"]
    out = followup("count", "--by", "state", "--data", str(folder), "-f", "csv", "--as-of", "2024-01-01").out
    assert "unread,2,3,0,1" in out


@pytest.mark.parametrize(
    ("written", "window", "state"),
    [
        (
            "Augst 2023\n        read: {start: 2023-08-01, due: 2023-08-31}",
            ("2023-08-01", "2023-08-31"),
            "unreported",
        ),
        ("As funds permit, at last\n        read: none", (None, None), "undated"),
        (
            "As funds permit, at last\n        read: {due: 2025-06-30}\n        starts: April 2024",
            ("2024-04-01", "2025-06-30"),
            "upcoming",
        ),
        ("By the end of 2025\n        starts: April 2024", ("2024-04-01", "2025-12-31"), "upcoming"),
        ("FY 2024/25", ("2024-04-01", "2025-03-31"), "upcoming"),
        ("01/02/2025", ("2025-02-01", "2025-02-01"), "upcoming"),
    ],
)
def test_how_an_editor_reads_a_deadline(
    followup: Followup, tmp_path: Path, written: str, window: tuple[str | None, str | None], state: str
) -> None:
    settings = "  fiscal_year: {begins: 4, named_by: start}\n  day_first: true\n"
    folder = dataset(tmp_path / "data", plan(f"{ONE}{written}\n", settings))

    (row,) = rows(followup, folder)

    assert findings(followup, folder) == []
    assert ((row["start"], row["due"]), row["state"]) == (window, state)


@pytest.mark.parametrize(
    ("read", "code"),
    [
        ("{due: 2026-12-31}", "FU405"),
        ("none", "FU405"),
        ("{start: 2025-01-01, due: 2024-01-01}", "FU203"),
        ("soon", "FU203"),
        ("{until: 2025-12-31}", "FU201"),
    ],
)
def test_a_reading_that_cannot_be_right(followup: Followup, tmp_path: Path, read: str, code: str) -> None:
    text = plan(f"{ONE}By the end of 2025\n        read: {read}\n")

    assert [each for each, _ in findings(followup, dataset(tmp_path / "data", text))] == [code]


def test_a_numeric_date_is_unread_until_the_plan_says_its_order(followup: Followup, tmp_path: Path) -> None:
    (row,) = rows(followup, dataset(tmp_path / "data", plan(f"{ONE}01/02/2025\n")))

    assert (row["due"], row["state"]) == (None, "unread")


UPDATED = ONE + "September 2022\n        updates:\n"


@pytest.mark.parametrize(
    ("update", "state", "status", "day"),
    [
        ("{date: 2022-10, status: in-progress}", "overdue", "in-progress", "2022-10"),
        ("{date: 2022, status: in-progress}", "unreported", "in-progress", "2022"),
        ("{date: ../2023-03-01, status: abandoned}", "abandoned", "abandoned", "../2023-03-01"),
        ("{date: 2024, status: abandoned}", "unreported", None, None),
        ("{date: 2023-01-01, reported_as: Behind schedule}", "overdue", "on-hold", "2023-01-01"),
        ("{date: 2023-01-01, reported_as: behind  Schedule}", "overdue", "on-hold", "2023-01-01"),
        ("{date: 2023-01-01, reported_as: Complete}", "unreported", None, None),
        (
            "{date: 2023-01-01, status: abandoned, retracted: {date: 2023-02-01, note: Not so.}}",
            "unreported",
            None,
            None,
        ),
    ],
)
def test_what_an_update_counts_for(
    followup: Followup, tmp_path: Path, update: str, state: str, status: str | None, day: str | None
) -> None:
    text = plan(f"{UPDATED}          - {update}\n", "  statuses: {Behind schedule: on-hold}\n")
    folder = dataset(tmp_path / "data", text)

    (row,) = rows(followup, folder)

    assert findings(followup, folder) == []
    assert (row["state"], row["status"], row["status_date"]) == (state, status, day)


def test_what_was_retracted_is_kept_and_shown(followup: Followup, tmp_path: Path) -> None:
    wrong = "{date: 2023-01-01, status: abandoned, retracted: {date: 2023-02-01, note: It was another law.}}"
    folder = dataset(tmp_path / "data", plan(f"{UPDATED}          - {wrong}\n"))

    for command in (["show", "1"], ["history", "1"]):
        out = followup(*command, "--data", str(folder), "--as-of", "2024-01-01").out
        assert "It was another law." in out
    assert rows(followup, folder, "--fields", "updates,last_update") == [{"updates": 0, "last_update": None}]


@pytest.mark.parametrize(
    ("deadline", "update", "code"),
    [
        ("annually until 2025", "{date: 2023-01-01, status: in-progress}", "FU511"),
        ("annually until 2025", "{date: 2023-01-01, status: in-progress, for: 2022}", None),
        ("annually until 2025", "{date: 2023-01-01, note: A fact.}", None),
        ("by 2025", "{date: 2023-01-01, status: in-progress, for: 2022}", "FU511"),
        ("by 2025", "{date: 2023-13, note: A fact.}", "FU203"),
        ("by 2025", "{date: ../2023-02-30, note: A fact.}", "FU203"),
        ("annually until 2025", "{date: 2023-01-01, note: A fact., for: 2022-Q5}", "FU203"),
        ("by 2025", "{date: 2023-01-01, status: delivered}", "FU501"),
        ("by 2025", "{date: 2023-01-01, status: paused}", "FU204"),
        ("by 2025", "{date: 2023-01-01, status: abandoned, reported_as: Late}", "FU512"),
        ("by 2025", "{date: 2023-01-01, status: on-hold, reported_as: Late}", None),
        ("by 2025", "{date: 2023-01-01, status: abandoned, reported_as: Given up}", None),
        (
            "by 2025",
            "{date: 2023-01-01, status: abandoned, reported_as: Late, retracted: {date: 2023-02-01, note: No.}}",
            None,
        ),
        ("annually until 2025", "{date: 2023-01-01, reported_as: Late}", "FU511"),
        ("by 2025", "{date: 2023-02, note: A fact., retracted: {date: 2023-01-31, note: No.}}", "FU513"),
        ("by 2025", "{date: 2023-02, note: A fact., retracted: {date: 2023-02-01, note: No.}}", None),
        ("by 2025", "{date: ../2023-02-05, note: A fact., retracted: {date: 2023-02-01, note: No.}}", None),
        (
            "by 2025",
            "{date: 2023-01-01, note: A fact.}\n          - {date: 2023-01-01, note: A fact.}",
            "FU508",
        ),
        (
            "by 2025",
            "{date: 2023-01-01, note: A fact., retracted: {date: 2023-02-01, note: No.}}\n          - {date: 2023-01-01, note: A fact.}",
            None,
        ),
    ],
)
def test_an_update_that_cannot_be_right(
    followup: Followup, tmp_path: Path, deadline: str, update: str, code: str | None
) -> None:
    text = plan(f"{ONE}{deadline}\n        updates:\n          - {update}\n", "  statuses: {Late: on-hold}\n")

    found = findings(followup, dataset(tmp_path / "data", text))

    assert [each for each, _ in found] == ([code] if code else [])


def test_no_word_of_the_plan_means_delivered(followup: Followup, tmp_path: Path) -> None:
    text = plan(f"{ONE}2025\n", "  statuses: {Complete: delivered}\n")

    ((code, message),) = findings(followup, dataset(tmp_path / "data", text))

    assert (code, message) == ("FU203", "a word of the plan cannot mean `delivered`")


def test_a_deadline_that_was_struck_out_has_no_act_and_no_day(followup: Followup, tmp_path: Path) -> None:
    struck = "July 2023\n        amendments: [{field: deadline, was: June 2023}]\n"
    folder = dataset(tmp_path / "data", plan(ONE + struck))

    assert findings(followup, folder) == []
    assert rows(followup, folder)[0]["due"] == "2023-07-31"
    assert rows(followup, folder, "--as-enacted")[0]["due"] == "2023-06-30"
    (moved,) = json.loads(followup("report", "slippage", "--data", str(folder), "-f", "json").out)["slippage"]
    assert (moved["first_due"], moved["due"], moved["days_moved"]) == ("2023-06-30", "2023-07-31", 31)
    assert "“June 2023” → “July 2023”" in followup("history", "1", "--data", str(folder)).out


@pytest.mark.parametrize("tag", ["uk", "pt-BR", "zh-Hant", "sr-Latn-RS", "tlh"])
def test_a_plan_in_any_language(followup: Followup, tmp_path: Path, tag: str) -> None:
    folder = dataset(tmp_path / "data", plan(f"{ONE}31.12.2025\n", f"  language: {tag}\n"))

    assert findings(followup, folder) == []
    assert rows(followup, folder)[0]["due"] == "2025-12-31"


@pytest.mark.parametrize(("word", "tag"), [("kz", "kk"), ("ua", "uk"), ("English", "en"), ("rus", "ru")])
def test_what_is_no_language_tag(followup: Followup, tmp_path: Path, word: str, tag: str) -> None:
    text = plan(f"{ONE}2025\n", f"  language: {word}\n")

    ((code, message),) = findings(followup, dataset(tmp_path / "data", text))

    assert code == "FU204"
    assert f"did you mean `{tag}`" in message


def test_the_table_of_the_plan_is_printed_as_it_was(followup: Followup, tmp_path: Path) -> None:
    text = plan(
        "  - id: 1-a\n    number: 1.\n    section: I\n    title: Law\n    deliverables:\n"
        "      - {number: a), outcome: Draft, deadline: by 2025}\n      - {number: b), outcome: Act, deadline: by 2026}\n"
        "    agencies: [MF (FF), {agency: ME, role: partner}]\n    others: and others\n    other: {Cost: 5 <b>}\n",
        "  roles: {FF: lead}\n  columns: {number: №, title: Measure, Cost: Cost (k€), outcome: Form, deadline: Term,"
        " agencies: Who, partners: With}\nsections: [{id: I, title: Rivers}]\n",
    )
    folder = dataset(tmp_path / "data", text)

    out = followup("report", "table", "--data", str(folder), "-f", "csv").out
    assert out.splitlines() == [
        "section,№,Measure,Cost (k€),Form,Term,Who,With",
        'I. Rivers,1.,Law,5 <b>,a) Draft,by 2025,"MF (FF), and others",ME',
        "I. Rivers,,,,b) Act,by 2026,,",
    ]
    page = followup("report", "table", "--data", str(folder), "-f", "markdown").out
    assert "## I. Rivers\n\n| № | Measure | Cost (k€) | Form | Term | Who | With |" in page
    assert (
        "<b>"
        not in followup("report", "table", "--data", str(folder), "-f", "html").out.partition("<table")[2]
    )


def test_a_column_that_no_activity_has(followup: Followup, tmp_path: Path) -> None:
    text = plan(f"{ONE}2025\n    other: {{Costs: 5}}\n", "  columns: {Cost: Cost (k€)}\n")

    ((code, message),) = findings(followup, dataset(tmp_path / "data", text))

    assert code == "FU209"
    assert "did you mean `Costs`" in message


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("kk", "Ара Әке Бала Гора Ғылым Ёлка Есть Жук Кілт Қала Лес Өзен Ұлы Үй Ыдыс Іс Ящик"),
        ("ru", "Гора Ёж Елка Жук Яма"),
        ("uk", "Гора Ґанок Дім Емаль Єдність Жук Ирій Іній Їжак Йод Кіт Ящик"),
        ("en", "äpfel Banana Éclair fig Łódź"),
    ],
)
def test_titles_sort_as_their_readers_do(
    followup: Followup, tmp_path: Path, language: str, in_order: str
) -> None:
    titles = in_order.split()
    listed = "".join(
        f"  - {{id: {i}, title: {t}, deliverables: [{{deadline: 2025}}]}}\n"
        for i, t in enumerate(sorted(titles, key=lambda title: title[::-1]), 1)
    )
    folder = dataset(tmp_path / "data", plan(listed, f"  language: {language}\n"))

    assert [row["title"] for row in rows(followup, folder, "--sort", "title")] == titles


# -- format 1 -----------------------------------------------------------------------------------------

OLD = """schema: 1  # of the format
version: 1.0.0
plan:
  id: old
  title: An old plan
  act: Decree No. 1
  adopted: 2022-01-01
  timezone: Asia/Almaty  # where today is
sections:
  - id: I
    title: Rivers
activities:
  - id: 1
    section: I
    title: Law
    deliverables:
      - outcome: Draft
        deadline: By the end of 2024
    agencies: [MF, ME (as agreed)]
"""


def test_format_1_is_raised_and_says_the_same(followup: Followup, tmp_path: Path) -> None:
    folder = dataset(tmp_path / "data", OLD)
    before = rows(followup, folder)

    result = followup("validate", "--data", str(folder), "--fix")

    assert result.code == 0
    assert "raised the file to format 2" in result.err
    after = OLD.replace("schema: 1 ", "schema: 2 ").replace("today is\n", 'today is\n  roles: {"": lead}\n')
    assert (folder / "activities.yaml").read_text(encoding="utf-8") == after
    new = [{key: row[key] for key in before[0]} for row in rows(followup, folder)]
    assert new == before
    assert followup("validate", "--data", str(folder), "--fix").err == "nothing to mend that is sure\n"


@pytest.mark.parametrize("style", ["\n", "\r\n"])
def test_to_raise_it_changes_no_other_byte(followup: Followup, tmp_path: Path, style: str) -> None:
    folder = dataset(tmp_path / "data", OLD)
    file = folder / "activities.yaml"
    text = b"\xef\xbb\xbf" + OLD.replace("\n", style).encode()
    file.write_bytes(text)

    followup("validate", "--data", str(folder), "--fix")

    roles = f'  roles: {{"": lead}}{style}'.encode()
    assert file.read_bytes().replace(roles, b"").replace(b"schema: 2", b"schema: 1") == text


def test_what_format_2_would_refuse_stays_as_it_is(followup: Followup, tmp_path: Path) -> None:
    updated = "By the end of 2024\n        updates: [{date: 2023-01-01, status: in-progress}]"
    text = OLD.replace("By the end of 2024", updated.replace("By the end of 2024", "annually until 2025"))
    folder = dataset(tmp_path / "data", text)

    result = followup("validate", "--data", str(folder), "--fix")

    assert result.code == 0
    assert "stays in format 1" in result.err
    assert (folder / "activities.yaml").read_text(encoding="utf-8") == text


def test_format_1_keeps_its_columns(followup: Followup, tmp_path: Path) -> None:
    folder = dataset(tmp_path / "data", OLD)

    assert list(rows(followup, folder)[0]) == [
        "id",
        "activity",
        "section",
        "title",
        "outcome",
        "deadline",
        "start",
        "due",
        "lead",
        "as_agreed",
        "agencies",
        "others",
        "status",
        "status_date",
        "state",
        "days_left",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("    agencies: [MF, ME (as agreed)]\n", "", "FU202", "the key `agencies` is missing"),
        ("        deadline: By the end of 2024\n", "", "FU202", "the key `deadline` is missing"),
        ("id: 1\n", "id: 3(a)\n", "FU203", "`3(a)` is not a number"),
        ("    section: I\n", "    section: I\n    number: 1.\n", "FU201", "is a key of format 2"),
        ("(as agreed)", "(FF)", "FU306", "the mark `(FF)` is not known"),
        ("[MF, ME", "[{agency: MF, role: lead}, ME", "FU306", "is not an agency"),
    ],
)  # fmt: skip
def test_format_1_is_as_strict_as_it_was(
    followup: Followup, tmp_path: Path, old: str, new: str, code: str, said: str
) -> None:
    agencies = "agencies: [{code: MF, name: F}, {code: ME, name: E}]\n"
    folder = dataset(tmp_path / "data", OLD.replace(old, new), agencies)

    result = followup("validate", "--data", str(folder), "--ignore", "FU305")

    assert result.code == 1
    assert result.out.count("FU") == 1, result.out
    assert code in result.out
    assert said in result.out


def test_the_page_of_the_format_shows_a_plan_that_holds(followup: Followup, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "format.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]

    folder = dataset(tmp_path / "data", example)

    assert findings(followup, folder) == []
    assert rows(followup, folder)[0]["due"] == "2025-03-31"


def test_an_update_is_recorded_as_format_2_holds_it(followup: Followup, tmp_path: Path) -> None:
    folder = dataset(tmp_path / "data", plan(f"{ONE}annually until 2025\n", "  statuses: {Amber: on-hold}\n"))
    said = ("--date", "2023-02", "--for", "2022", "--reported-as", "Amber", "--note", "Half of it.")

    result = followup("record", "1", *said, "--data", str(folder))

    assert result.code == 0, result.err
    entry = '- date: 2023-02\n            reported_as: Amber\n            note: Half of it.\n            for: "2022"\n'
    assert entry in (folder / "activities.yaml").read_text(encoding="utf-8")
    assert rows(followup, folder)[0]["status"] == "on-hold"
    refused = followup(
        "record", "1", "--status", "in-progress", "--date", "2023-03-01", "--data", str(folder)
    )
    assert (refused.code, "for which period" in refused.err) == (2, True)
    assert followup("record", "1", "--date", "2199", "--note", "x", "--data", str(folder)).code == 2


def test_an_update_of_format_1_keeps_to_its_keys(followup: Followup, tmp_path: Path) -> None:
    folder = dataset(tmp_path / "data", OLD)

    result = followup("record", "1", "--date", "2023-02", "--note", "x", "--data", str(folder))

    assert result.code == 2
    assert "nothing was written" in result.err
    assert (folder / "activities.yaml").read_text(encoding="utf-8") == OLD


def test_to_raise_the_format_is_no_change_of_the_plan(followup: Followup, tmp_path: Path) -> None:
    dataset(tmp_path / "data", OLD)
    begin(tmp_path)
    followup("validate", "--fix", cwd=tmp_path)

    assert followup("validate", "--since", "HEAD", "--fail-on", "warning", cwd=tmp_path).code == 0
    assert followup("diff", "HEAD", "--exit-code", cwd=tmp_path).code == 0
