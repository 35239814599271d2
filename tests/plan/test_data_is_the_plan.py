"""The dataset against the published text of the plan, line by line.

The published document is written anew from the dataset and compared with the copy of it that we keep: a
line that the dataset lacks, adds, moves or spells otherwise is a difference. YAML is read here without the
package, so that a mistake in the package cannot hide one in the data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[2] / "data"
SOURCE = DATA / "source" / "follow-up-plan.txt"
SHA256 = "d57e4aac98fc6e9ac3f2af4337433653d439c28b6f72ce4a21919afbf873e88c"

MONTHS = {"04": "April", "06": "June"}
AS_AGREED = " (as agreed)"
# Kept by the document and by no field: the opening, the table's head, the labels.
OPENING = (
    "Pursuant to the Decree of the President of the Republic of Kazakhstan dated {amended}, this year "
    "{second} “On amendments and additions to the Decree of the President of the Republic of Kazakhstan "
    "dated {first_date} {first} “On further actions of the Republic of Kazakhstan in the field of human "
    "rights”, the Government of the Republic of Kazakhstan adopted the “{title}” dated {adopted} {act}."
)
AIMS = (
    "Measures within the Follow-up Plan are aimed at eliminating discrimination against women, promoting "
    "equal rights and opportunities for men and women, protecting the rights to freedom of association, the "
    "rights of persons with disabilities, victims of human trafficking, migrants, stateless persons and "
    "refugees, as well as improving mechanisms for interaction with UN bodies."
)
COUNT = "The Follow-up Plan includes {activities} activities, which can be found in more detail below."
HEAD = ("Name", "Outcome", "Implementation timeframe", "Agencies in charge")

Record = dict[str, Any]


def read(name: str) -> Record:
    record: Record = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return record


@pytest.fixture
def plan() -> Record:
    return read("activities.yaml")


@pytest.fixture
def agencies() -> list[Record]:
    bodies: list[Record] = read("agencies.yaml")["agencies"]
    return bodies


def source_lines() -> list[str]:
    """Return the lines of the document that are not blank, with white space normalised as in the dataset."""
    text = SOURCE.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    return [line.strip() for line in text.split("\n") if line.strip()]


def day_in_english(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{MONTHS.get(month, month)} {int(day)}, {year}"


def number(act: str, kind: str) -> str:
    assert act.startswith(f"{kind} No. ")
    return act.removeprefix(f"{kind} ")


def opening(plan: Record) -> Iterator[str]:
    about = plan["plan"]
    first, second = about["pursuant_to"]
    year = about["adopted"][:4]
    assert second["date"].startswith(year), "the document says: this year"
    yield f"On the approval of {about['title']}"
    yield OPENING.format(
        amended=day_in_english(second["date"]).removesuffix(f", {year}"),
        second=number(second["act"], "Presidential Decree"),
        first_date=day_in_english(first["date"]),
        first=number(first["act"], "Presidential Decree"),
        title=about["title"],
        adopted=day_in_english(about["adopted"]),
        act=number(about["act"], "Government Decree"),
    )
    yield AIMS
    yield COUNT.format(activities=about["expect"]["activities"])
    yield about["title"]
    yield from HEAD


def agencies_cell(activity: Record) -> str:
    """Return the agencies of an activity as the plan writes them, but by code."""
    cell = ", ".join(activity["agencies"])
    return f"{cell} and {activity['others']}" if "others" in activity else cell


def table(plan: Record) -> Iterator[str]:
    for section in plan["sections"]:
        yield f"{section['id']}. {section['title']}"
        for activity in plan["activities"]:
            if activity["section"] != section["id"]:
                continue
            deliverables = activity["deliverables"]
            yield activity["id"]
            yield activity["title"]
            yield from (each["title"] for each in deliverables if "title" in each)
            yield from (f"- {point}" for point in activity.get("points", ()))
            yield from (each["outcome"] for each in deliverables)
            yield from (each["deadline"] for each in deliverables)
            yield agencies_cell(activity)


def note(agencies: list[Record]) -> Iterator[str]:
    listed = [agency for agency in agencies if agency.get("listed") != "false"]
    yield "Note: Abbreviations:"
    yield from (agency["code"] for agency in listed)
    yield from ("-" for _ in listed)
    yield from (agency["name"] for agency in listed)


def publication(plan: Record) -> Iterator[str]:
    yield "Дата публикации"
    yield re.sub(r"(\d+)-04-(\d+)", r"\2 апреля \1", plan["plan"]["source"]["published"])


def document(plan: Record, agencies: list[Record]) -> list[str]:
    """Write the document from the dataset, with agencies by code."""
    return [*opening(plan), *table(plan), *note(agencies), *publication(plan)]


def spellings(agencies: list[Record]) -> dict[str, str]:
    """Map each way the plan may name an agency to its code."""
    pairs = [(name, a["code"]) for a in agencies for name in (a["code"], *a.get("aliases", ()))]
    assert len(dict(pairs)) == len(pairs), "two agencies share a spelling"
    return dict(pairs)


def in_codes(line: str, codes: dict[str, str]) -> str:
    """Replace the names of agencies by codes in a line of the plan, if it is made of nothing else."""
    named, ending, others = line.partition(" and other ")
    entries = [
        (body.removesuffix(AS_AGREED), body.endswith(AS_AGREED)) for body in re.split(r", *", named) if body
    ]
    if not all(body in codes for body, _ in entries):
        return line
    return ", ".join(codes[body] + AS_AGREED * as_agreed for body, as_agreed in entries) + ending + others


def test_our_copy_of_the_document_is_the_published_one() -> None:
    assert hashlib.sha256(SOURCE.read_bytes()).hexdigest() == SHA256


def test_the_dataset_says_what_the_document_says_line_by_line(plan: Record, agencies: list[Record]) -> None:
    codes = spellings(agencies)
    assert document(plan, agencies) == [in_codes(line, codes) for line in source_lines()]


def test_activities_are_numbered_in_the_plans_order(plan: Record) -> None:
    assert [activity["id"] for activity in plan["activities"]] == [str(n) for n in range(1, 28)]
    assert {activity["section"] for activity in plan["activities"]} == {s["id"] for s in plan["sections"]}


def test_only_the_second_deliverable_of_activity_20_has_a_title_of_its_own(plan: Record) -> None:
    deliverables = ((a["id"], n, d) for a in plan["activities"] for n, d in enumerate(a["deliverables"], 1))
    assert [(activity, n) for activity, n, each in deliverables if "title" in each] == [("20", 2)]


def test_every_alias_is_a_spelling_that_the_plan_uses(agencies: list[Record]) -> None:
    text = "\n".join(source_lines())
    aliases = [alias for agency in agencies for alias in agency.get("aliases", ())]
    assert aliases
    assert [alias for alias in aliases if not re.search(rf"\b{re.escape(alias)}(?!\w)", text)] == []


def test_two_bodies_are_named_without_an_abbreviation(agencies: list[Record]) -> None:
    assert {a["code"]: a["name"] for a in agencies if a.get("listed") == "false"} == {
        "CHR": "Commission on Human Rights under the President of the Republic of Kazakhstan",
        "AJ": "Academy of Justice under the Supreme Court",
    }


def test_counts(plan: Record, agencies: list[Record]) -> None:
    activities = plan["activities"]
    assignments = [(a["id"], entry) for a in activities for entry in a["agencies"]]
    assert plan["plan"]["expect"] == {"activities": "27", "sections": "8"}
    assert len(activities) == 27
    assert len(plan["sections"]) == 8
    assert sum(len(activity["deliverables"]) for activity in activities) == 29
    assert len(agencies) == len({agency["code"] for agency in agencies}) == 28
    assert sum(agency.get("listed") != "false" for agency in agencies) == 26
    assert len(assignments) == len(set(assignments)) == 126
    assert sum(entry.endswith(AS_AGREED) for _, entry in assignments) == 43
