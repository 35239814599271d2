"""A text of the data is a text in Markdown: nothing in it acts, and nothing is added that is seen."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from followup_cli.formats import Screen
from followup_cli.formats.markdown import _escaped, escape, markdown, paragraph
from followup_cli.table import Column, Page, Table


@given(st.text(st.sampled_from("aZж09 ,()-_#+.:/w@&*\n"), max_size=12))
@example("A07 (as agreed) ")
@example("- a")
@example("")
def test_harmless_texts_are_written_as_all_others(text: str) -> None:
    assert escape(text) == _escaped(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Draft :tada: and done", ":tada:"),
        ("more :+1: and :100:", ":(\\+1|100):"),
        ("As in GH-12", "GH-12"),
        ("as in gh-7, gl-8", "g[hl]-[78]"),
        ("owner/name#12 and #3", "#[0-9]"),
        ("@name and @org/team", "@[a-z]"),
        ("post@example.org", "@[a-z]"),
        ("[issue:12]", r"\[issue"),
        ("Fill {% include x %} in", "{%"),
        ("{{ site.title }}, {{{x}}}", "{{"),
        ("{%- if x -%} {#no#}", "{[%#]"),
        ("{: .class} {+added+}", "{[:+]"),
    ],
)
def test_nothing_that_a_forge_or_a_site_would_act_upon_stands_bare(text: str, bare: str) -> None:
    table = Table("x", f"About {text}", (Column("a"), Column(text)), [(text, text)], empty=text)
    written = markdown(
        Page(text, (table, Table("y", "", (Column("a"),), [], empty=text)), "x", (text,)), Screen()
    )
    assert written.count("\n") > 5
    assert not re.search(bare, written)


@pytest.mark.parametrize(
    "text",
    [
        "10:30:45",
        "part_of_a_name",
        "3 * 4 * 5",
        r"C:\temp",
        "R and D {a}",
        "- a",
        "1. b",
        "ratio 1:2",
        "a] b",
        "COVID-19",
    ],
)
def test_what_does_nothing_is_written_as_it_is(text: str) -> None:
    assert escape(text) == text


MARKS = "aZж1 ,()-_#+.:/w@&*\\[]{}%<>`|~$!^=\"'"


@given(st.text(st.sampled_from(MARKS), max_size=16))
@example("C #")
@example("\\<a>")
@example("a\\")
def test_what_is_rendered_is_the_text(text: str) -> None:
    blocks = MarkdownIt("gfm-like", {"linkify": False}).parse(paragraph(text.strip(" ")))
    assert [block.type for block in blocks] in (["paragraph_open", "inline", "paragraph_close"], [])
    parts = [part for block in blocks for part in block.children or ()]
    assert {part.content for part in parts if part.type != "text"} <= {"<!-- -->"}
    assert "".join(part.content for part in parts if part.type == "text") == text.strip(" ")


@pytest.mark.parametrize("title", ["Plan C #", "#1 ##", "a # b"])
def test_a_heading_keeps_its_number_signs(title: str) -> None:
    tokens = MarkdownIt().parse(markdown(Page(title, (), ""), Screen()))
    assert "".join(t.content for t in tokens[1].children or () if t.type == "text") == title
