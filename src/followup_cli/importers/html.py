"""Read a page: also one that a word processor or a legal database saved."""

import re
from typing import Any

from followup_cli.importers.encodings import decoded
from followup_cli.importers.source import (
    MAX_CELL,
    Cell,
    Grid,
    Paragraph,
    Published,
    spread,
    stretches,
    tidy,
    too_large,
)

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "td",
        "th",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "ul",
        "ol",
        "dd",
        "dt",
        "caption",
    ]
)
_SILENT = frozenset(["script", "style", "template", "noscript", "head", "svg", "iframe", "object"])
_HEADING = re.compile("h[1-6]")
_STRUCK = re.compile(r"text-decoration[^;]*line-through")
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
_FRAME = 2  # cells in a row of a table that only lays out a page
_MAX_DEPTH = 500
_RAISED = str.maketrans(
    "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"
)  # a raised digit is a mark, not a part of the number before it


def html(content: bytes, name: str) -> Published:  # noqa: ARG001
    """Read HTML of any age; nothing that it links to is fetched.

    Raises:
        ValueError: if it is no page, or holds far more than a plan.
    """
    return page(decoded(content))


def page(text: str) -> Published:
    """Read the text of a page."""
    from lxml import etree
    from lxml import html as pages

    # Its own limits cut a page short without a word; ours refuse it.
    parser = pages.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True
    )
    try:
        root = pages.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise ValueError("it holds no page") from None
    title = tidy(root.findtext(".//title") or "")
    language = next((e.get("lang") for e in root.iter("html", "body") if e.get("lang")), "")
    return Published(tuple(_blocks(root)), title, str(language))


def _blocks(root: Any) -> list[Paragraph | Grid]:
    """Take a page apart into its blocks, in their order; a table that holds another is only a frame."""
    from lxml import etree

    blocks: list[Paragraph | Grid] = []
    words: list[str] = []
    tables = depth = 0

    def keep(text: str, level: int = 0) -> None:
        if text:
            blocks.append(Paragraph(text, f"paragraph {len(blocks) + 1}", level))

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        tag = node.tag if isinstance(node.tag, str) else ""
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise too_large("tags within tags without end")
        if tag in _BLOCKS:
            keep(tidy("".join(words)))
            words.clear()
        if event == "end":
            words.append("\n" if tag == "br" else "")
            words.append(_one_line(node.tail))
        elif tag in _SILENT:
            walker.skip_subtree()
        elif tag == "table" and (node.find(".//table") is None or _is_ruled(node)):
            walker.skip_subtree()
            tables += 1
            keep("\n".join(_words(caption)[0] for caption in node.iter("caption")))
            blocks.append(_grid(node, f"table {tables}"))
        elif _HEADING.fullmatch(tag):
            walker.skip_subtree()
            keep(_words(node)[0], int(tag[1]))
        else:
            words.append(_one_line(node.text))
    keep(tidy("".join(words)))
    return blocks


def _rows(table: Any) -> list[Any]:
    """List a table's own rows, not those of a table in one of its cells."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _is_ruled(table: Any) -> bool:
    """Tell whether a table that holds another is more than its frame: it has rows of several cells."""
    return sum(sum(cell.tag in ("td", "th") for cell in row) > _FRAME for row in _rows(table)) > 1


def _grid(table: Any, where: str) -> Grid:
    rows, headings = [], 0
    for y, row in enumerate(_rows(table)):
        parent = row.getparent()
        headings += headings == y and parent is not None and parent.tag == "thead"
        rows.append(
            [
                (
                    Cell(*_placed(_words(cell), f"{where}, row {y + 1}, column {x + 1}")),
                    _span(cell, "colspan"),
                    _span(cell, "rowspan"),
                )
                for x, cell in enumerate(cell for cell in row if cell.tag in ("td", "th"))
            ]
        )
    return Grid(where, spread(rows), headings=headings)


def _placed(words: tuple[str, str, str], where: str) -> tuple[str, str, str, str]:
    return words[0], where, words[1], words[2]


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1").strip()[:4]
    return int(value) if value.isdecimal() else 1


def _one_line(text: str | None) -> str:
    """Take a line end of the file for what it is in a page: a space."""
    return re.sub(r"[\r\n]+", " ", text) if text else ""


def _words(node: Any) -> tuple[str, str, str]:
    """Give an element's words, what of them is struck out, and what is bold."""
    from lxml import etree

    words: list[str] = []
    struck: list[tuple[str, bool]] = []
    bold: list[str] = []
    styles = [(False, False)]
    size = 0

    def keep(text: str | None) -> None:
        line = _one_line(text)
        words.append(line)
        struck.append((line, styles[-1][0]))
        bold.append(line if styles[-1][1] else "")

    walker = etree.iterwalk(node, events=("start", "end"))
    for event, item in walker:
        tag = item.tag if isinstance(item.tag, str) else ""
        if tag in _BLOCKS or (tag == "br" and event == "end"):
            words.append("\n")
            struck.append(("\n", False))
        if event == "end":
            styles.pop()
            keep(item.tail if item is not node else "")
            continue
        styles.append(_style(item, tag, styles[-1]))
        size += len(item.text or "") + len(item.tail or "")
        if len(styles) > _MAX_DEPTH or size > MAX_CELL:
            raise too_large("a cell that is larger than a plan")
        if tag in _SILENT:
            walker.skip_subtree()
        else:
            keep(_one_line(item.text).translate(_RAISED) if tag == "sup" else item.text)
    return tidy("".join(words)), stretches(struck), tidy("".join(bold))


def _style(item: Any, tag: str, around: tuple[bool, bool]) -> tuple[bool, bool]:
    """Tell whether an element is struck out, and whether it is bold."""
    style = str(item.get("style") or "").lower()
    is_struck = tag in ("s", "strike", "del") or bool(_STRUCK.search(style))
    is_bold = tag in ("b", "strong") or bool(_BOLD.search(style))
    return around[0] or is_struck, around[1] or is_bold
