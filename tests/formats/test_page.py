"""`report --format html`: one page, opened in a real browser as a reader would."""

import json
import re
import shlex
import shutil
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.conftest import ROOT, Followup

AS_OF = ("--as-of", "2026-11-01")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def page(followup: Followup, tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    result = followup("report", "-o", str(path), *AS_OF)
    assert (result.code, result.out) == (0, ""), result.err
    return path


class Reader:
    """The page in the browser: what a reader does with it and sees."""

    def __init__(self, chromium: Any, page: Path) -> None:
        self.chromium, self.url = chromium, page.as_uri()

    def open(
        self, place: str = "", *, width: int = 1024, dark: bool = False, scripts: bool = True
    ) -> "Reader":
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.command("Emulation.setEmulatedMedia", features=[scheme])
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **size)
        self.chromium.get("about:blank")
        for log in ("browser", "performance"):
            self.chromium.get_log(log)
        self.chromium.get(self.url + place)
        return self

    def command(self, name: str, **parameters: object) -> Any:
        return self.chromium.execute_cdp_cmd(name, parameters)

    def ask(self, script: str, *values: object) -> Any:
        return self.chromium.execute_script(f"return {script}", *values)

    def comes_to_show(self, expected: list[str]) -> bool:
        """Tell whether these rows are shown, soon: a page hears of its new address after the press."""
        for _ in range(100):
            if self.shown() == expected:
                return True
            sleep(0.05)
        return False

    def shown(self) -> list[str]:
        """List the ids of the deliverables on the page, from top to bottom."""
        script = "[...document.querySelectorAll('#plan tbody tr[id]:not([hidden])')].map(r => r.id.slice(1))"
        found: list[str] = self.ask(script)
        return found

    def fill(self, name: str, value: str) -> None:
        script = """(() => { const field = document.getElementById('filters').elements[arguments[0]];
            field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true})); })
            .apply(null, arguments)"""
        self.ask(script, name, value)

    def press(self, selector: str) -> None:
        self.chromium.find_element("css selector", selector).click()

    @property
    def address(self) -> str:
        return str(self.ask("location.hash"))

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.chromium.get_log("browser")]

    def requests(self) -> list[str]:
        messages = [json.loads(entry["message"])["message"] for entry in self.chromium.get_log("performance")]
        sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if url != self.url and not url.startswith(("data:", "about:"))]


@pytest.fixture
def reader(chromium: Any, page: Path) -> Reader:
    return Reader(chromium, page)


def test_the_page_is_small_and_always_the_same(followup: Followup, page: Path) -> None:
    assert page.stat().st_size < 200_000
    assert followup("report", "-f", "html", *AS_OF).out == page.read_text(encoding="utf-8")


def test_nothing_is_loaded_and_nothing_complains(reader: Reader) -> None:
    reader.open()

    assert reader.ask("document.title").endswith("as of 2026-11-01")
    assert reader.requests() == []
    assert reader.complaints() == []


@pytest.mark.parametrize(
    ("name", "value", "count", "kept"),
    [
        ("state", "delivered", 1, "#state=delivered"),
        ("section", "VI", 3, "#section=VI"),
        ("agency", "GPO", 18, "#agency=GPO"),
        ("q", "torture", 1, "#q=torture"),
    ],
)
def test_filters_keep_what_fits_and_stay_in_the_address(
    reader: Reader, name: str, value: str, count: int, kept: str
) -> None:
    reader.open()
    assert len(reader.shown()) == 29

    reader.fill(name, value)

    found = reader.shown()
    assert len(found) == count
    said = reader.ask("document.getElementById('shown').textContent")
    assert said.startswith(f"{count} of 29 deliverables · ")
    assert value in said
    assert reader.ask("document.title").startswith(said)
    assert reader.address == kept
    assert reader.open(kept).shown() == found
    reader.press("#filters button")
    reader.ask("new Promise(done => setTimeout(done))")
    assert (len(reader.shown()), reader.address) == (29, "")
    assert reader.ask("document.title").startswith("Follow-up Plan")


@pytest.mark.parametrize(
    ("filters", "options"),
    [
        ({"q": "Traffick"}, "--search traffick"),
        ({"q": "human  RIGHTS"}, "--search 'human rights'"),
        ({"q": "children women"}, "--search 'children women'"),
        ({"q": '"human rights" act'}, "--search '\"human rights\" act'"),
        ({"q": "“rights human”"}, "--search '“rights human”'"),
        ({"q": "ights"}, "--search ights"),
        ({"q": "un"}, "--search un"),
        ({"role": "as-agreed"}, "--role as-agreed"),
        ({"agency": "GPO", "role": "as-agreed"}, "--agency GPO --role as-agreed"),
        ({"agency": "MIA", "role": "lead"}, "--agency MIA --role lead"),
        ({"has": "updates"}, "--has updates"),
        ({"has": "evidence"}, "--has evidence"),
        ({"has": "-status"}, "--without status"),
        ({"has": "act"}, "--evidence-kind act"),
    ],
)
def test_the_page_finds_what_list_finds(
    reader: Reader, followup: Followup, filters: dict[str, str], options: str
) -> None:
    listed = followup("list", *AS_OF, *shlex.split(options), "--fields", "id", "-f", "csv").out.split()[1:]

    assert reader.open("#" + urlencode(filters)).shown() == listed


def test_a_filtered_page_says_so_on_paper(reader: Reader) -> None:
    reader.open("#agency=MFA&state=delivered")
    reader.command("Emulation.setEmulatedMedia", media="print")

    said = reader.ask(
        "document.getElementById('shown').checkVisibility() && document.getElementById('shown').textContent"
    )
    assert (
        said
        == "1 of 29 deliverables · state: delivered, agency: MFA · Ministry of Foreign Affairs of the Republic of Kazakhstan"
    )
    assert not reader.ask("document.getElementById('filters').checkVisibility()")
    reader.command("Emulation.setEmulatedMedia", media="")


def test_filters_combine_and_may_find_nothing(reader: Reader) -> None:
    reader.open("#agency=MFA&section=VI")
    assert reader.shown() == ["24.1", "24.2", "25.1"]

    reader.fill("state", "delivered")
    assert reader.shown() == ["24.2"]
    reader.fill("q", "no such word")
    assert reader.shown() == []


def test_an_unknown_filter_in_the_address_filters_nothing(reader: Reader) -> None:
    reader.open("#state=nonsense&sort=constructor&agency=%3Cb%3E")

    assert len(reader.shown()) == 29
    assert reader.complaints() == []


def test_a_state_and_a_body_are_links_to_what_they_count(reader: Reader) -> None:
    reader.open()
    reader.press(".counts a[href='#state=delivered']")
    assert reader.comes_to_show(["24.2"])

    reader.open()
    reader.press("#agency-AJ a")
    assert reader.comes_to_show(["16.1"])


def test_a_column_sorts_both_ways_and_the_plans_order_comes_back(reader: Reader) -> None:
    order = reader.open().shown()
    reader.press("th[data-sort=due] button")
    rising = reader.shown()
    assert (rising[0], rising[-1]) == ("23.1", "15.1")
    assert reader.ask("document.querySelector('th[data-sort=due]').ariaSort") == "ascending"
    assert reader.ask("document.querySelectorAll('#plan [aria-sort]').length") == 1

    reader.press("th[data-sort=due] button")
    assert reader.shown()[0] == "15.1"
    assert reader.address == "#sort=-due"
    falling = reader.shown()
    assert reader.open("#sort=-due").shown() == falling

    reader.press("th[data-sort=order] button")
    assert reader.shown() == order
    assert reader.ask("document.querySelectorAll('#plan tbody tr.section').length") == 8


def test_the_agencies_sort_by_number(reader: Reader) -> None:
    reader.open()
    head = "#agencies th:nth-child(4) button"
    reader.press(head)
    reader.press(head)

    assert reader.ask("document.querySelector('#agencies tbody tr').id") == "agency-GPO"


@pytest.mark.parametrize(("place", "row"), [("#d24.2", "d24.2"), ("#a24", "d24.1"), ("#a5", "d5.1")])
def test_an_anchor_leads_to_its_row(reader: Reader, place: str, row: str) -> None:
    reader.open(place)

    top, bottom = reader.ask(
        "(({top, bottom}) => [top, bottom])(document.getElementById(arguments[0]).getBoundingClientRect())",
        row,
    )
    assert -50 < top < 800
    assert bottom > 0
    assert len(reader.shown()) == 29


def test_an_anchor_brings_back_what_a_filter_hid(reader: Reader) -> None:
    reader.open("#state=delivered")
    reader.ask("void (location.hash = '#d3.1')")
    for _ in range(100):
        if "3.1" in reader.shown():
            break
        sleep(0.05)

    assert "3.1" in reader.shown()


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1920])
def test_no_width_needs_sideways_scrolling(reader: Reader, width: int) -> None:
    reader.open(width=width)

    assert reader.ask("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("command", "dark", "width"), [("report", False, 1024), ("report", True, 360), ("list", False, 360)]
)
def test_an_audit_finds_no_barrier(
    chromium: Any, followup: Followup, tmp_path: Path, command: str, dark: bool, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm install --no-save axe-core")
    path = tmp_path / "page.html"
    followup(command, "-o", str(path), *AS_OF)
    reader = Reader(chromium, path).open(dark=dark, width=width)
    # All rows are to be looked at, also those that are not on the screen.
    reader.ask("void document.querySelectorAll('tr').forEach(r => r.style.contentVisibility = 'visible')")
    reader.ask(f"void eval({json.dumps(AXE.read_text(encoding='utf-8'))})")

    found = reader.ask("axe.run({resultTypes: ['violations']}).then(r => r.violations)")

    assert [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found] == []


def test_without_scripts_the_table_is_complete(reader: Reader) -> None:
    text = reader.open(scripts=False).chromium.find_element("css selector", "body").text

    for number in ("1.1", "24.2", "27.1"):
        assert number in text
    assert text.count("unreported") >= 28
    assert "Law No. 110-VIII" in text
    assert "Show all" not in text


# -- the file itself ---------------------------------------------------------------------------------


class Elements(HTMLParser):
    """All start tags of a page, and the text of its styles and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("style", "script") and data.strip():
            self.blocks.append(data)


def test_the_policy_lets_in_this_style_and_script_only(page: Path) -> None:
    elements = Elements(page.read_text(encoding="utf-8"))
    policy = next(a["content"] or "" for tag, a in elements.tags if a.get("http-equiv"))
    style, metadata, script = elements.blocks[:1], elements.blocks[1], elements.blocks[-1:]

    assert policy.startswith("default-src 'none'; ")
    for source, text in (("style-src", style[0]), ("script-src", script[0])):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}';" in policy
    assert json.loads(metadata)["@type"] == "Dataset"
    assert not any(name == "style" or name.startswith("on") for _, attrs in elements.tags for name in attrs)


def test_every_link_out_is_safe_and_every_link_within_leads_somewhere(page: Path) -> None:
    elements = Elements(page.read_text(encoding="utf-8"))
    ids = [attrs["id"] for _, attrs in elements.tags if "id" in attrs]
    links = [attrs for tag, attrs in elements.tags if tag == "a"]

    assert len(ids) == len(set(ids))
    assert {f"d{a}.1" for a in range(1, 28)} | {f"a{a}" for a in range(1, 28)} <= set(ids)
    for link in links:
        address = link["href"] or ""
        if address.startswith("#"):
            assert "=" in address or address[1:] in ids
        else:
            assert re.match("https?://", address)
            assert link["rel"] == "noopener noreferrer"


def test_the_footer_says_what_this_is(page: Path) -> None:
    footer = page.read_text(encoding="utf-8").partition("<footer")[2]

    for said in ("2026-11-01", "kz-2022-258 1.0.0", "gov.kz", "CC-BY-4.0", "Presidential Decree No. 597"):
        assert said in footer


def test_any_table_can_be_a_page(followup: Followup) -> None:
    out = followup("list", "--agency", "MFA", "-f", "html", *AS_OF).out

    assert out.count("<tr>") == 6
    assert '<span class="state s-delivered">' in out


def test_a_page_in_a_further_language_of_the_plan_switches_to_its_own_words(
    chromium: Any, followup: Followup, tmp_path: Path
) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    file = data / "activities.yaml"
    outcome = "outcome: Draft Law\n        deadline: April 2025\n"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(outcome, f"{outcome}        also: {{kk: {{outcome: Заң жобасы}}}}\n"), "utf-8"
    )
    page = tmp_path / "page.html"
    asked = ("report", "-o", str(page), "--language", "kk", "--data", str(data), *AS_OF)
    assert followup(*asked).code == 0
    seen = "['said', 'own'].map(c => getComputedStyle(document.querySelector(`#d24\\\\.2 .${c}`)).display)"

    for scripts in (True, False):
        reader = Reader(chromium, page).open(scripts=scripts)
        assert reader.ask(seen) == ["inline", "none"]
        reader.press("#own-words")
        assert reader.ask(seen) == ["none", "inline"]
    reader = Reader(chromium, page)
    for sought in ("заң жобасы", "draft law concept"):
        asked = ("list", "--search", sought, "--fields", "id", "-f", "csv", "--data", str(data))
        assert reader.open("#" + urlencode({"q": sought})).shown() == followup(*asked).out.split()[1:]


def test_of_a_page_of_tables_only_what_there_is_is_shown(followup: Followup) -> None:
    out = followup("report", "agency", "GPO", "-f", "html", *AS_OF).out

    assert "<dt>aliases</dt>" not in out
    assert "<dt>code</dt>" in out
    overview = followup("report", "overview", "-f", "html", *AS_OF).out
    assert "<dt>at</dt>" not in overview
    assert (
        "`"
        not in followup("report", "brief", "-f", "html", *AS_OF)
        .out.partition("<main")[2]
        .partition("<script")[0]
    )
    # A list is shown with the columns that were asked for.
    assert "others" in followup("list", "--fields", "id,others", "--agency", "AJ", "-f", "html", *AS_OF).out


def test_what_is_past_counts_the_days_since(followup: Followup) -> None:
    asked = ("list", "--state", "unreported", "--fields", "id,days_left", "--sort", "due", *AS_OF)

    assert (
        "| id | days since due |\n| --- | ---: |\n| 23.1 | 1585 |" in followup(*asked, "-f", "markdown").out
    )
    assert '<td class="number">1585</td>' in followup(*asked, "-f", "html").out
    assert followup(*asked, "-f", "csv").out.startswith("id,days_left\n23.1,-1585\n")
    mixed = followup("list", "--fields", "id,days_left", "--as-of", "2022-12-01", "-f", "markdown").out
    assert "| id | days left |" in mixed
