"""Read a Markdown page: its tables, its headings, what its front matter says."""

import re

from followup_cli.importers.encodings import decoded
from followup_cli.importers.html import page
from followup_cli.importers.source import Published, tidy

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"^(title|lang|language)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\](?!:)")


def markdown(content: bytes, name: str) -> Published:  # noqa: ARG001
    """Read Markdown as the forges show it: with tables and struck-out words. Marks of footnotes go."""
    from markdown_it import MarkdownIt

    text = decoded(content).replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    facts = dict(_FACT.findall(front[1])) if front else {}
    text = text[front.end() :] if front else text
    writer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    source = page("<body>" + writer.render(_FOOTNOTE.sub("", text)) + "</body>")
    language = facts.get("lang") or facts.get("language") or ""
    return Published(source.blocks, tidy(facts.get("title", "")), language)
