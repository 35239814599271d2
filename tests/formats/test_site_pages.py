"""`site`: a folder of pages in which every link leads somewhere, the same for the same data."""

import gzip
import json
import xml.etree.ElementTree as ET
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from followup_cli.formats.page.site import addresses
from tests.conftest import ROOT, Followup
from tests.formats.test_page import AXE, Reader
from tests.plan.test_any_plan import SHAPES, dataset

AS_OF = ("--as-of", "2026-11-01")
ATOM = "{http://www.w3.org/2005/Atom}"


class Page(HTMLParser):
    """The links of a page, its anchors, and what it would load."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors.add(given.get("id", ""))
        if tag in ("a", "link") and "href" in given:
            self.links.append(given["href"])
        self.loaded += [given[name] for name in ("src", "srcset", "poster") if name in given]


def made(followup: Followup, folder: Path, *args: str) -> Path:
    result = followup("site", "-o", str(folder), *AS_OF, *args)
    assert result.code == 0, result.err
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", ["data", "tests/changing_plan", *SHAPES])
def test_every_link_leads_somewhere_and_every_page_is_reached(
    followup: Followup, tmp_path: Path, name: str
) -> None:
    data = dataset(tmp_path / "data", SHAPES[name].read_text("utf-8")) if name in SHAPES else ROOT / name
    folder = made(followup, tmp_path / "site", "--data", str(data))
    seen, waiting = set(), deque([folder / "index.html"])
    pages: dict[Path, Page] = {}
    while waiting:
        path = waiting.popleft()
        if path in seen:
            continue
        seen.add(path)
        page = pages.setdefault(path, Page(path))
        assert not page.loaded
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name}: {link}"
            if target.suffix == ".html":
                waiting.append(target)
                # An address with `=` is a filter of the list, one without a place on the page.
                if parts.fragment and "=" not in parts.fragment:
                    assert unquote(parts.fragment) in pages.setdefault(target, Page(target)).anchors, link
    assert seen == set(folder.rglob("*.html"))


def test_every_page_is_small_and_has_a_twin_as_data(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site")

    for path in folder.rglob("*.html"):
        assert len(gzip.compress(path.read_bytes())) <= 60_000
        twin = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert (twin["as_of"], twin["plan"]) == ("2026-11-01", "kz-2022-258")
        assert twin["data"]
    activity = json.loads((folder / "activity" / "24.json").read_text(encoding="utf-8"))["data"]
    shown = json.loads(followup("show", "24", "--format", "json", *AS_OF).out)
    assert [each["state"] for each in activity["deliverables"]] == [
        each["state"] for each in shown["deliverables"]
    ]
    assert [each["note"] for each in activity["updates"]] == [each["note"] for each in shown["updates"]]


def test_the_same_data_give_the_same_bytes(followup: Followup, tmp_path: Path) -> None:
    assert contents(made(followup, tmp_path / "a")) == contents(made(followup, tmp_path / "b"))


def test_a_site_is_renewed_and_what_others_put_there_stays(
    followup: Followup, plan: Path, tmp_path: Path
) -> None:
    folder = made(followup, tmp_path / "site")
    (folder / "CNAME").write_text("plan.example.org\n")
    assert (folder / "activity" / "27.html").exists()

    made(followup, folder, "--data", str(ROOT / "tests" / "changing_plan"))

    assert (folder / "CNAME").read_text() == "plan.example.org\n"
    assert not (folder / "activity" / "27.html").exists()
    listed = (folder / "site-files.txt").read_text(encoding="utf-8").split()
    assert set(listed) | {"CNAME"} == set(contents(folder))


def test_a_list_that_names_what_lies_elsewhere_takes_nothing_away(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("mine")
    (folder / "link").symlink_to(tmp_path / "kept")
    with (folder / "site-files.txt").open("a", encoding="utf-8") as listed:
        listed.write(f"link/file\n../kept/file\n{tmp_path}/kept/file\n")

    made(followup, folder)

    assert (tmp_path / "kept" / "file").read_text() == "mine"


def test_a_folder_of_something_else_is_refused(followup: Followup, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")

    result = followup("site", "-o", str(tmp_path), *AS_OF)

    assert (result.code, result.out) == (2, "")
    assert "holds other files" in result.err
    assert contents(tmp_path) == {"index.html": b"mine"}


@pytest.mark.parametrize("url", ["ftp://a.org/", "example.org", "https://a.org/?q"])
def test_an_address_that_is_none_of_a_folder_is_refused(followup: Followup, tmp_path: Path, url: str) -> None:
    result = followup("site", "-o", str(tmp_path / "site"), "--url", url)

    assert result.code == 2
    assert "https://example.org/plan/" in result.err
    assert not (tmp_path / "site").exists()


def test_with_its_address_a_site_has_a_map_and_an_absolute_feed(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site", "--url", "https://example.org/plan")

    mapped = {each.text for each in ET.parse(folder / "sitemap.xml").iter() if each.tag.endswith("loc")}
    assert mapped == {
        f"https://example.org/plan/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*.html")
    }
    feed = ET.parse(folder / "changes.atom").getroot()
    links = [str(link.get("href")) for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith("https://example.org/plan/") for link in links)
    head = (folder / "activity" / "24.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/plan/activity/24.html">' in head


def test_the_feed_tells_what_changed_the_newest_first(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site", "--data", str(ROOT / "tests" / "changing_plan"))

    feed = ET.parse(folder / "changes.atom").getroot()
    entries = feed.findall(f"{ATOM}entry")
    days = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert len(set(ids)) == len(ids) > 5
    titles = {entry.findtext(f"{ATOM}title") for entry in entries}
    assert {"4.1 Rewrite the law on water: Draft Law", "1.1 Clean the upper river"} <= titles
    assert any("retracted" in str(entry.findtext(f"{ATOM}summary")) for entry in entries)


def test_names_in_any_script_have_pages_of_their_own() -> None:
    found = addresses("agency", ["GPO", "gpo", "МВД", "МЮ", "a/b", "a:b", "..", "."])

    assert found["GPO"] == "agency/GPO.html"
    assert len({address.casefold() for address in found.values()}) == 8
    assert all(address.count("/") == 1 and address.isascii() for address in found.values())


def test_no_text_of_the_plan_becomes_part_of_a_page(followup: Followup, plan: Path, tmp_path: Path) -> None:
    file = plan / "activities.yaml"
    text = file.read_text(encoding="utf-8")
    title = "Establishment of a Working Group on the Protection of Human Rights Defenders"
    assert title in text
    file.write_text(text.replace(title, "'</title><script>alert(1)</script>\" onload=\"x'"), encoding="utf-8")

    folder = made(followup, tmp_path / "site", "--data", str(plan))

    for path in folder.rglob("*.html"):
        assert "<script>alert" not in path.read_text(encoding="utf-8")
    ET.parse(folder / "changes.atom")


def test_what_an_act_has_moved_or_taken_out_is_shown_so(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site", "--data", str(ROOT / "tests" / "changing_plan"))

    moved = (folder / "activity" / "1.html").read_text(encoding="utf-8")
    assert 'it was <s>by 30 November 2022</s>; by <a href="https://example.org/9"' in moved
    repealed = (folder / "activity" / "2.html").read_text(encoding="utf-8")
    assert (
        'An act has taken it out of the plan. Since <time>2023-06-01</time>: <a href="https://example.org/12"'
        in repealed
    )


@pytest.mark.parametrize(
    "name", ["index", "activity/24", "agency/GPO", "agencies", "changes", "timeline", "data"]
)
@pytest.mark.parametrize(("dark", "width"), [(False, 1024), (True, 320)])
def test_in_a_browser_no_page_asks_anyone_complains_or_has_a_barrier(
    chromium: Any, followup: Followup, tmp_path: Path, name: str, *, dark: bool, width: int
) -> None:
    folder = made(followup, tmp_path / "site")
    reader = Reader(chromium, folder / f"{name}.html").open(dark=dark, width=width)

    assert reader.requests() == []
    assert reader.complaints() == []
    assert reader.ask("document.documentElement.scrollWidth") <= width
    if AXE.is_file():
        reader.ask("void document.querySelectorAll('tr').forEach(r => r.style.contentVisibility = 'visible')")
        reader.ask(f"void eval({json.dumps(AXE.read_text(encoding='utf-8'))})")
        found = reader.ask("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
        assert [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found] == []


def test_every_page_begins_with_the_plan_that_it_is_of(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site")
    title = "Follow-up Plan for Human Rights and the Rule of Law"

    for path in folder.rglob("*.html"):
        root = "../" * (len(path.relative_to(folder).parts) - 1)
        first = f'<p class="kicker of"><a href="{root}index.html">{title}</a></p>'
        assert (first in path.read_text(encoding="utf-8")) == (path.name != "index.html"), path.name


def test_a_page_says_how_much_of_the_plan_it_is_about(followup: Followup, tmp_path: Path) -> None:
    folder = made(followup, tmp_path / "site")

    for page, said in (
        (
            "activity/24",
            "2 of the plan&#39;s 29 deliverables. As of <time>2026-11-01</time>: 1 delivered; 1 unreported.",
        ),
        ("activity/1", "1 of the plan&#39;s 29 deliverables. As of <time>2026-11-01</time>: 1 unreported."),
    ):
        text = (folder / f"{page}.html").read_text(encoding="utf-8")
        assert f'<p class="lead">{said}</p>'.replace("&#39;", "'") in text
    data = (folder / "data.html").read_text(encoding="utf-8")
    assert "<dt>Sources last read</dt><dd><time>2026-11-2" in data


def test_on_a_phone_the_list_of_agencies_shows_its_numbers(
    chromium: Any, followup: Followup, tmp_path: Path
) -> None:
    reader = Reader(chromium, made(followup, tmp_path / "site") / "agencies.html").open(width=360)

    ends = "[...document.querySelectorAll('table tbody tr:first-child > *')].map(c => c.getBoundingClientRect().right)"
    assert max(reader.ask(ends)) <= 360


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_long_words_of_another_language_fit_a_phone(
    chromium: Any, followup: Followup, tmp_path: Path, language: str
) -> None:
    folder = made(followup, tmp_path / "site", "--language", language)
    asked = ("report", "brief", "--versus", "2024-01-01", "--language", language, *AS_OF)
    assert followup(*asked, "-o", str(folder / "brief.html")).code == 0

    for name in ("brief", "index", "activity/24", "agency/GPO", "agencies", "changes", "timeline", "data"):
        reader = Reader(chromium, folder / f"{name}.html").open(width=360)
        assert reader.ask("document.documentElement.scrollWidth") <= 360, name
