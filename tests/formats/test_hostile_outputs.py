"""Whatever stands in the data, no output changes its structure: not a formula, not markup, not a script."""

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from followup_cli.app.session import open_dataset
from followup_cli.formats import Screen
from followup_cli.formats.files import EXPORTS, Files, rows
from followup_cli.formats.page.html import html
from followup_cli.formats.page.svg import badge, timeline
from followup_cli.glossary import BearsOn, EvidenceKind
from followup_cli.plan.dataset import Dataset
from followup_cli.plan.records import Act, Agency, Evidence, Section, Source, Successor
from followup_cli.questions.whole_plan import whole_plan
from followup_cli.registry import load
from followup_cli.store.tables import RELATIONS
from followup_cli.table import Page
from tests.conftest import ROOT
from tests.pictures import picture_of

AS_OF = date(2026, 11, 1)
HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example","x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3\t=1",
    "markup": "<img src=x onerror=alert(1)></td></tr></table><h1>x</h1>",
    "script": "</script><script>alert(1)</script><!-- ]]> {{ 7*7 }} {% raw %}",
    "style": "</style></title><body onload=alert(1)>",
    "quotes": "\" onmouseover=\"alert(1)' x='&quot;&#34;&lt;",
    "lines": 'one\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n,"a";b\\n',
    "escape": "\x1b[31mred\x00\x07\x9b\x7f\x85 \u2028\u2029",
    "direction": "\u202eevil\u2066\u200f\u061c\ufeff\u200b end",
    "address": "javascript:alert(1)",
    "address in disguise": "JavaScript&#58;alert(1)//https://ok.example",
    "data address": "data:text/html,<script>alert(1)</script>",
    "broken address": 'https://ok.example/"><script>alert(1)</script>',
    "sql": "'); DROP TABLE deliverables; --",
    "json": '\\"}],"@type":"Evil"\\u0000',
    "long": "x" * 40_000 + " =1",
}
PLAIN = "plain"
cases = pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))


@cache
def plan() -> Dataset:
    return open_dataset(ROOT / "data")


@cache
def filled(text: str) -> Page:
    """Put a text into every field of the plan that can hold one; keys, dates and closed words stay."""
    dataset = plan()
    evidence = Evidence.model_construct(
        url=text, publisher=text, kind=EvidenceKind.NEWS, bears_on=BearsOn.CONTEXT, title=text, act=text,
        published=None, accessed=None, quote=text, archive=text,
    )  # fmt: skip
    activities = []
    for activity in dataset.activities[:3]:
        deliverables = tuple(
            d.model_copy(
                update={
                    "title": text,
                    "outcome": text,
                    "updates": tuple(
                        u.model_copy(update={"note": text, "evidence": (evidence, evidence)})
                        for u in d.updates
                    ),
                }
            )
            for d in activity.deliverables
        )
        fields = {"title": text, "points": (text, text), "others": text, "deliverables": deliverables}
        activities.append(activity.model_copy(update=fields))
    words = {"title": text, "act": text, "country": text, "licence": text}
    other = {
        "source": Source.model_construct(publisher=text, url=text, published=None),
        "pursuant_to": (Act.model_construct(act=text, date=AS_OF),),
    }
    successor = Successor.model_construct(name=text, since=text, url=text)
    agencies = tuple(
        Agency.model_construct(code=a.code, name=text, aliases=(text,), listed=True, successors=(successor,))
        for a in dataset.agencies
    )
    sections = tuple(Section.model_construct(id=s.id, title=text) for s in dataset.sections)
    hostile = replace(
        dataset,
        version=text,
        plan=dataset.plan.model_copy(update={**words, **other}),
        sections=sections,
        activities=tuple(activities),
        agencies=agencies,
    )
    return whole_plan(picture_of(hostile, AS_OF, revision=text))


class Skeleton(HTMLParser):
    """The structure of a page: its tags and the names of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[Any] = []
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, sorted(name for name, _ in attrs)))
        self.addresses |= {value or "" for name, value in attrs if name in ("href", "src", "xlink:href")}

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"comment {data}")


@cache
def page(text: str) -> str:
    return html(filled(text), Screen())


def unlinked(tags: list[Any]) -> list[Any]:
    """Leave out links: whether an address becomes one is a matter of its own."""
    return [tag for tag in tags if tag != "/a" and tag[0] != "a"]


@cases
def test_the_page_keeps_its_structure(text: str) -> None:
    hostile, plain = Skeleton(page(text)), Skeleton(page(PLAIN))

    assert unlinked(hostile.tags) == unlinked(plain.tags)
    for address in hostile.addresses:
        assert re.match(r"#|https?://|data:image/svg\+xml,", address), address
        assert address in plain.addresses or not re.search(r"[\s\"'<>]", address), address


@cases
def test_the_metadata_of_the_page_stays_one_object(text: str) -> None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(text), re.DOTALL)

    assert len(found) == 1
    assert json.loads(found[0])["@type"] == "Dataset"


@cases
@pytest.mark.parametrize("draw", [timeline, badge])
def test_a_picture_stays_well_formed(draw: Callable[[Any], str], text: str) -> None:
    def shape(page: Page) -> list[Any]:
        root = ET.fromstring(draw(page))
        return [(node.tag, sorted(node.keys())) for node in root.iter()]

    assert shape(filled(text)) == shape(filled(PLAIN))


@cache
def exported(name: str, text: str) -> Files:
    files: Files = load(EXPORTS[name])(filled(text))
    return files


@cases
def test_no_output_carries_a_character_that_acts(text: str) -> None:
    acting = re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
    )

    outputs = [page(text), timeline(filled(text)), badge(filled(text))]
    outputs += [part.decode() for part in exported("ics", text).values()]
    outputs += [part.decode() for part in exported("datapackage", text).values()]
    with zipfile.ZipFile(io.BytesIO(exported("xlsx", text)[""])) as book:
        outputs += [book.read(name).decode() for name in book.namelist()]
    assert not any(acting.search(output) for output in outputs)


@cases
def test_a_workbook_holds_texts_and_no_formula(text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")
    pytest.importorskip("xlsxwriter")
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", text)[""]))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink]
    assert [sheet.max_row for sheet in book] == [
        sheet.max_row for sheet in openpyxl.load_workbook(io.BytesIO(exported("xlsx", PLAIN)[""]))
    ]


@cases
def test_a_calendar_keeps_its_events(text: str) -> None:
    icalendar = pytest.importorskip("icalendar")

    def shape(content: bytes) -> Iterator[tuple[str, list[str]]]:
        for part in icalendar.Calendar.from_ical(content).walk():
            yield part.name, sorted(set(part) - {"URL"})

    content = exported("ics", text)[""]
    assert list(shape(content)) == list(shape(exported("ics", PLAIN)[""]))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\r" not in content.replace(b"\r\n", b"")


@cases
def test_a_database_and_tables_keep_every_row(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(exported("sqlite", text)[""])
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT DISTINCT outcome FROM deliverables").fetchall() == [(text,)]
        for name, relation in RELATIONS.items():
            expected = len(rows(filled(text), name))
            table = exported("datapackage", text)[f"data/{name}.csv"].decode()
            lines = list(csv.reader(io.StringIO(table, newline=""), strict=True))
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (expected,)
            assert [len(line) for line in lines] == [len(relation.fields)] * (expected + 1)


@cases
def test_json_lines_carry_the_text_as_it_is(text: str) -> None:
    lines = exported("jsonl", text)[""].decode().split("\n")
    rows = [json.loads(line) for line in lines if line]

    assert {row["outcome"] for row in rows if row["table"] == "deliverables"} == {text}


@cases
def test_the_package_still_describes_itself(text: str) -> None:
    found = json.loads(exported("datapackage", text)["datapackage.json"])

    assert [resource["name"] for resource in found["resources"]] == list(RELATIONS)
    assert found["name"] == "kz-2022-258"
    for source in found["sources"]:
        assert re.match("https?://", source.get("path", "https://"))


@cases
def test_parquet_keeps_every_row(text: str) -> None:
    reader = pytest.importorskip("pyarrow.parquet", reason="pyarrow writes Parquet")

    for name, content in exported("parquet", text).items():
        assert reader.read_table(io.BytesIO(content)).num_rows == len(
            rows(filled(text), name.removesuffix(".parquet"))
        )
