"""`diff` and amendments: what changed, in the plan's own terms, and what held on any day."""

import copy
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_cli.changes.comparing import Change, How, compare
from followup_cli.changes.telling import tell
from followup_cli.glossary import PlanFile
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.draft import from_texts, read_folder
from followup_cli.plan.in_force import AS_ENACTED, in_force
from followup_cli.questions.fields import FIELDS
from followup_cli.questions.listing import listing
from followup_cli.text.writing import block
from tests.conftest import Followup
from tests.pictures import picture_of
from tests.repository import begin, commit

EXAMPLE = Path(__file__).parents[1] / "example_plan"
TEXTS = {name: str(text) for name, text in read_folder(EXAMPLE).items()}
DATA = from_texts(TEXTS).raw
DEADLINES = ("2022", "August 2023", "By the end of 2022", "2022-2025", "First half of 2022")
STATUSES = ("not-started", "in-progress", "partly-delivered", "delivered", "abandoned")
AGENCIES = [agency["code"] for agency in DATA[PlanFile.AGENCIES]["agencies"]]


def dataset_of(plan: dict[str, Any], bodies: dict[str, Any] | None = None) -> Dataset:
    texts = {
        PlanFile.ACTIVITIES: "\n".join(block(plan)),
        PlanFile.AGENCIES: "\n".join(block(bodies or DATA[PlanFile.AGENCIES])),
    }
    draft = from_texts(texts)
    assert draft.dataset is not None, draft.mistakes
    return draft.dataset


def fresh() -> dict[str, Any]:
    """Give the example plan's data without what acts changed."""
    plan: dict[str, Any] = copy.deepcopy(DATA[PlanFile.ACTIVITIES])
    for activity in plan["activities"]:
        for deliverable in activity["deliverables"]:
            deliverable.pop("amendments", None)
    return plan


def update(day: str, status: str | None) -> dict[str, Any]:
    return {"date": day} | ({"status": status} if status else {"note": "A fact."})


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Plans that differ from each other in any field that can differ."""
    plan = fresh()
    plan["version"] = draw(st.sampled_from(["1.0.0", "1.1.0"]))
    plan["sections"][1]["title"] = draw(st.sampled_from(["Вода", "Water"]))
    for activity in plan["activities"]:
        activity["title"] = draw(st.sampled_from([activity["title"], "Another title"]))
        activity["section"] = draw(st.sampled_from(["I", "II"]))
        codes = draw(st.lists(st.sampled_from(AGENCIES), min_size=1, unique=True))
        activity["agencies"] = [code + draw(st.sampled_from(["", " (as agreed)"])) for code in codes]
        if draw(st.booleans()):
            activity["points"] = draw(st.lists(st.sampled_from(["a", "b"]), min_size=1))
        if draw(st.booleans()):
            activity["others"] = "and others"
        for deliverable in activity["deliverables"]:
            deliverable["deadline"] = draw(st.sampled_from(DEADLINES))
            days = draw(st.lists(st.sampled_from(["2023-01-01", "2023-05-05", "2024-01-01"]), max_size=3))
            status = st.sampled_from([None, *STATUSES])
            deliverable["updates"] = [update(day, draw(status)) for day in sorted(days)]
            for each in deliverable["updates"]:
                urls = draw(st.lists(st.sampled_from(["https://a.org", "https://b.org"]), max_size=2))
                if urls:
                    each["evidence"] = [
                        {
                            "url": url,
                            "publisher": "P",
                            "kind": "news",
                            "bears_on": draw(st.sampled_from(["context", "deliverable"])),
                        }
                        for url in urls
                    ]
            if not deliverable["updates"]:
                del deliverable["updates"]
        if draw(st.booleans()) and len(activity["deliverables"]) > 1:
            activity["deliverables"].pop()
    if draw(st.booleans()):
        plan["activities"].reverse()
    if draw(st.booleans()):
        plan["activities"].pop()
    return plan


def turned(change: Change) -> Change:
    """Turn a change round."""
    how = {How.ADDED: How.REMOVED, How.REMOVED: How.ADDED}.get(change.how, change.how)
    return replace(change, how=how, before=change.after, after=change.before)


def in_any_order(changes: tuple[Change, ...]) -> list[str]:
    return sorted(repr(change) for change in changes)


@settings(max_examples=40, deadline=None)
@given(plans(), plans())
def test_a_difference_turned_round_is_the_difference_the_other_way(
    one: dict[str, Any], two: dict[str, Any]
) -> None:
    a, b = dataset_of(one), dataset_of(two)
    there, back = compare(a, b), compare(b, a)

    assert compare(a, a) == compare(b, b) == ()
    assert in_any_order(tuple(map(turned, there))) == in_any_order(back)
    assert bool(there) == bool(back)
    said = tell(there, a, b)
    assert sorted({(c.what, c.id) for c in there}) == sorted((each.what, each.id) for each in said)
    assert all(line.strip() for each in said for line in each.lines)


@settings(max_examples=30, deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_order_in_the_file_and_wrapping_are_no_change(plan: dict[str, Any], random: Any) -> None:
    mixed = copy.deepcopy(plan)
    random.shuffle(mixed["activities"])
    random.shuffle(mixed["sections"])
    for activity in mixed["activities"]:
        for deliverable in activity["deliverables"]:
            for each in deliverable.get("updates", ()):
                random.shuffle(each.get("evidence", []))
    bodies = copy.deepcopy(DATA[PlanFile.AGENCIES])
    random.shuffle(bodies["agencies"])
    turned = {key: mixed[key] for key in reversed(list(mixed))}

    assert compare(dataset_of(plan), dataset_of(turned, bodies)) == ()


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.sampled_from([(0, 0), (1, 0), (1, 1)]),
        st.sampled_from(["update", "deadline", "outcome", "title", "agencies", "repealed"]),
        st.integers(0, 4),
    ),
    max_size=12,
)


def happen(plan: dict[str, Any], day: date, place: tuple[int, int], what: str, which: int) -> None:
    """Let something happen: an update, or an act that changes the plan's words or repeals them."""
    activity = plan["activities"][place[0]]
    deliverable = activity["deliverables"][place[1]]
    if what == "update":
        deliverable.setdefault("updates", []).append(update(day.isoformat(), STATUSES[which]))
        return
    record = activity if what in ("title", "agencies") else deliverable
    new: Any = {
        "deadline": DEADLINES[which],
        "outcome": f"Outcome {which}",
        "title": f"Title {which}",
        "agencies": AGENCIES[which % len(AGENCIES) :],
    }.get(what)
    entry = {"date": day.isoformat(), "act": "Decree", "url": "https://example.org/d", "field": what}
    if new is not None:
        entry["was"] = record[what]
        record[what] = new
    record.setdefault("amendments", []).append(entry)


def seen(dataset: Dataset, day: date) -> Any:
    """Give all that any question about a day can see."""
    return listing(picture_of(dataset, day), FIELDS.values()).rows


@settings(max_examples=50, deadline=None)
@given(EVENTS)
def test_any_past_picture_is_seen_again_in_today_s_data(
    events: list[tuple[int, tuple[int, int], str, int]],
) -> None:
    plan = fresh()
    first = date(2024, 3, 1)  # after what the example plan already reports
    begun = dataset_of(plan)
    pictures: dict[date, Any] = {}
    for after, place, what, which in sorted(events, key=lambda event: event[0]):
        day = first + timedelta(days=after)
        happen(plan, day, place, what, which)
        pictures[day] = seen(dataset_of(plan), day)
    today = dataset_of(plan)

    assert {day: seen(today, day) for day in pictures} == pictures
    before = first - timedelta(days=1)
    assert seen(today, before) == seen(begun, before)
    enacted = in_force(today, AS_ENACTED)
    words = [
        (a.title, a.agencies, [(d.outcome, d.deadline) for d in a.deliverables]) for a in enacted.activities
    ]
    assert words == [
        (a.title, a.agencies, [(d.outcome, d.deadline) for d in a.deliverables]) for a in begun.activities
    ]


# -- in words, and on the command line ---------------------------------------------------------------


@pytest.fixture
def repository(plan: Path) -> Path:
    begin(plan.parent)
    return plan.parent


def replace_in(repository: Path, old: str, new: str) -> None:
    file = repository / "data" / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    file.write_text(text.replace(old, new), encoding="utf-8")


def lines_of(out: str) -> dict[str, str]:
    return {line.split("  ")[0]: line.split("  ", 1)[1].strip() for line in out.splitlines()[1:]}


def test_a_status_is_told_with_its_evidence_and_the_deadline(followup: Followup, repository: Path) -> None:
    followup(
        *(
            "record",
            "5.1",
            "--status",
            "delivered",
            "--date",
            "2023-07-05",
            "--evidence",
            "https://example.org",
        ),
        *("--kind", "news", "--bears-on", "deliverable", "--publisher", "P", "--accessed", "2023-07-06"),
        cwd=repository,
    )

    result = followup("diff", cwd=repository)

    assert lines_of(result.out) == {
        "5.1": "status none → delivered, with evidence; deadline unchanged; "
        "update 2023-07-05 added: delivered [with evidence]"
    }
    assert result.err.startswith("HEAD → the files: 2 changes in 1 deliverable")


def test_a_deadline_that_moved_says_by_how_much_and_by_what(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025", "deadline: December 2025")

    assert lines_of(followup("diff", cwd=repository).out) == {
        "24.2": "deadline “April 2025” → “December 2025” (due 2025-04-30 → 2025-12-31, 245 days later), by no amendment"
    }


@pytest.mark.parametrize(
    ("field", "was", "ending"),
    [("deadline", "April 2025", ""), ("outcome", "A Draft Law", ", by no amendment")],
)
def test_an_amendment_of_another_field_moves_no_deadline(
    followup: Followup, repository: Path, field: str, was: str, ending: str
) -> None:
    amendment = (
        f"{{date: 2024-12-30, act: Decree No. 9, url: https://example.org/9, field: {field}, was: {was}}}"
    )
    new = f"deadline: December 2025\n        amendments: [{amendment}]\n"
    replace_in(repository, "deadline: April 2025\n", new)

    told = lines_of(followup("diff", cwd=repository).out)["24.2"]

    assert told.startswith(
        f"deadline “April 2025” → “December 2025” (due 2025-04-30 → 2025-12-31, 245 days later){ending}; "
    )


def test_agencies_added_removed_moved_and_marked(followup: Followup, repository: Path) -> None:
    replace_in(repository, "[MLSP, MIA, MFA, MJ]", "[MJ, MLSP, MIA (as agreed), MH]")

    assert lines_of(followup("diff", cwd=repository).out) == {
        "26": "agency MFA removed; agency MH added; agency MIA → MIA (as agreed); "
        "agency MJ moved from place 4 to 1; first-listed MLSP → MJ"
    }


def test_revisions_folders_and_ranges(followup: Followup, repository: Path, tmp_path: Path) -> None:
    replace_in(repository, "deadline: April 2025", "deadline: May 2025")
    commit(repository, "moved", "2024-02-01")
    other = tmp_path / "other"
    other.mkdir()
    for file in (repository / "data").iterdir():
        (other / file.name).write_bytes(file.read_bytes().replace(b"May 2025", b"June 2025"))

    def changed(*args: str) -> list[tuple[str, str]]:
        found = json.loads(followup("diff", *args, "--format", "json", cwd=repository).out)
        return [(each["before"], each["after"]) for each in found]

    assert changed() == []
    assert (
        changed("HEAD~1") == changed("HEAD~1", "HEAD") == changed("HEAD~1..") == [("April 2025", "May 2025")]
    )
    assert changed("HEAD", "HEAD~1") == [("May 2025", "April 2025")]
    assert changed("HEAD~1...HEAD") == [("April 2025", "May 2025")]
    assert changed("data", str(other)) == [("May 2025", "June 2025")]
    assert changed("HEAD~1", str(other)) == [("April 2025", "June 2025")]


def test_what_a_pull_request_shows(followup: Followup, repository: Path) -> None:
    replace_in(repository, "deadline: April 2025", "deadline: May 2025")

    result = followup("diff", "--format", "markdown", "--exit-code", cwd=repository)

    assert result.code == 1
    assert result.out.splitlines()[0] == "| id | title | what changed |"
    assert "| 24.2 | Introduction of the draft law" in result.out
    assert followup("diff", "HEAD", "HEAD", "--exit-code", cwd=repository).code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["a", "b", "c"], "at most two"),
        (["v9"], "no revision `v9`"),
        (["HEAD~9..HEAD"], "no revision `HEAD~9`"),
    ],
)
def test_a_difference_that_cannot_be_told(
    followup: Followup, repository: Path, args: list[str], said: str
) -> None:
    result = followup("diff", *args, cwd=repository)

    assert result.code == 2
    assert said in result.err


ENTRY = "{date: 2024-01-01, url: https://example.org/p, field: %s, was: %s}"
PAGE = "{url: https://example.org/a, publisher: P, kind: news, bears_on: context}"
GONE: list[tuple[str, str, str, str, str, str]] = [
    # what is taken out, what stays of it; then: what, id, field and words of the change
    ("  - id: VIII\n    title: Rights of refugees\n", "", "section", "VIII", "", "Rights of refugees"),
    ("    others: and others\n", "", "activity", "1", "others", "and others"),
    ("    points: [a, b]\n", "", "activity", "1", "points", "a; b"),
    ("[MJ, MH]", "[MJ]", "activity", "1", "agencies", "MH"),
    ("      - {outcome: Law, deadline: 2023}\n", "", "deliverable", "1.2", "", "Law"),
    ("        title: Its own\n", "", "deliverable", "1.1", "title", "Its own"),
    ("          - {date: 2023-01-01, note: So.}\n", "", "deliverable", "1.1", "updates", "So. [no evidence]"),
    (f", evidence: [{PAGE}]", "", "deliverable", "1.1", "evidence", "https://example.org/a"),
    (f"        corrections: [{ENTRY % ('outcome', 'Raport')}]\n", "", "deliverable", "1.1", "corrections", "until then: Raport"),
    (f"    corrections: [{ENTRY % ('title', 'Wrk')}]\n", "", "activity", "1", "corrections", "until then: Wrk"),
    (f"  corrections: [{ENTRY % ('title', 'Plon')}]\n", "", "plan", "", "corrections", "until then: Plon"),
    ("  country: KZ\n", "", "plan", "", "country", "KZ"),
    ("  - {code: MF, name: Finance}\n", "", "agency", "MF", "", "Finance"),
    (", aliases: [MoJ]", "", "agency", "MJ", "aliases", "MoJ"),
    ("  - id: 2\n    section: I\n    title: Rest\n    deliverables: [{outcome: Note, deadline: 2024}]\n    agencies: [MJ]\n", "", "activity", "2", "", "Rest"),
]  # fmt: skip
WHOLE = f"""schema: 1
version: 1.0.0
plan:
  id: p
  title: Plan
  act: Decree
  adopted: 2022-01-01
  country: KZ
  corrections: [{ENTRY % ("title", "Plon")}]
sections:
  - id: I
    title: Rest
  - id: VIII
    title: Rights of refugees
activities:
  - id: 1
    section: I
    title: Work
    points: [a, b]
    others: and others
    corrections: [{ENTRY % ("title", "Wrk")}]
    deliverables:
      - outcome: Report
        title: Its own
        deadline: 2022
        corrections: [{ENTRY % ("outcome", "Raport")}]
        updates:
          - {{date: 2022-05-05, status: in-progress, evidence: [{PAGE}]}}
          - {{date: 2023-01-01, note: So.}}
      - {{outcome: Law, deadline: 2023}}
    agencies: [MJ, MH]
  - id: 2
    section: I
    title: Rest
    deliverables: [{{outcome: Note, deadline: 2024}}]
    agencies: [MJ]
"""
BODIES = """agencies:
  - {code: MJ, name: Justice, aliases: [MoJ]}
  - {code: MH, name: Health}
  - {code: MF, name: Finance}
"""


@pytest.mark.parametrize(
    ("text", "left", "what", "identifier", "field", "words"), GONE, ids=[" ".join(row[2:5]) for row in GONE]
)
def test_all_that_is_gone_is_told_as_gone_and_back_as_new(
    followup: Followup,
    tmp_path: Path,
    text: str,
    left: str,
    what: str,
    identifier: str,
    field: str,
    words: str,
) -> None:
    for name, change in (("with", None), ("without", left)):
        (tmp_path / name).mkdir()
        assert (WHOLE + BODIES).count(text) == 1
        for file, content in (("activities.yaml", WHOLE), ("agencies.yaml", BODIES)):
            (tmp_path / name / file).write_text(content if change is None else content.replace(text, change))

    def told(before: str, after: str) -> dict[str, Any]:
        out = followup("diff", str(tmp_path / before), str(tmp_path / after), "-f", "json").out
        (change,) = json.loads(out)
        return {key: change[key] for key in ("what", "id", "field", "how", "before", "after")}

    gone, new = told("with", "without"), told("without", "with")
    assert (gone["what"], gone["id"] or "", gone["field"] or "", gone["how"]) == (
        what,
        identifier,
        field,
        "removed",
    )
    assert new["how"] == "added"
    assert (gone["before"], gone["after"]) == (new["after"], new["before"])
    assert gone["after"] is None
    assert words in gone["before"]
    read = followup("diff", str(tmp_path / "with"), str(tmp_path / "without"))
    assert words in read.out or field == "evidence"
    count = "1 change in 1 deliverable\n" if what == "deliverable" else "1 change in 1 other record\n"
    assert read.err.endswith(count)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Plan", "title:  Plan"),
        ("title: Work", "title: >-\n      Work"),
        ("points: [a, b]", "points:\n    - a\n    - b"),
        ("note: So.", 'note: "So. "'),
        ("publisher: P", "publisher: 'P'"),
        ("was: Raport", "was: ' Raport'"),
        ("agencies: [MJ, MH]", "agencies:\n    - MJ\n    - MH"),
        ("name: Health", "name: 'Health '"),
    ],
)
def test_blanks_and_quotes_are_no_change(followup: Followup, tmp_path: Path, old: str, new: str) -> None:
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        for file, content in (("activities.yaml", WHOLE), ("agencies.yaml", BODIES)):
            changed = content if name == "before" else content.replace(old, new)
            (tmp_path / name / file).write_text(changed)

    result = followup("diff", str(tmp_path / "before"), str(tmp_path / "after"), "--exit-code")

    assert (result.code, result.out) == (0, "no change\n")


def test_of_two_updates_of_one_day_the_later_one_counts(followup: Followup, repository: Path) -> None:
    def told(status: str) -> str:
        args = ("record", "5.1", "--date", "2024-07-05", "--status", status)
        return followup(*args, cwd=repository).out.partition(": ")[2].partition(",")[0]

    assert told("in-progress") == "5.1: status none → in-progress"
    assert told("partly-delivered") == "5.1: status in-progress → partly-delivered"
    assert lines_of(followup("diff", cwd=repository).out)["5.1"].startswith("status none → partly-delivered")
    shown = json.loads(followup("list", "--fields", "id,status", "-f", "json", cwd=repository).out)
    assert {"id": "5.1", "status": "partly-delivered"} in shown
