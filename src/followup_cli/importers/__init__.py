"""IMPORTERS: the kinds of documents that plans are published in; one file here per kind, loaded when asked for.

A document becomes a `Published` (headings and grids of cells, each with its place), its tables become rows of
activities (`tables`), these become the data of both files (`drafting`), and that is written (`layout`).
"""

import shlex
import sys
from pathlib import PurePath

from followup_cli.errors import FollowupError
from followup_cli.importers.source import Published
from followup_cli.registry import Entry, load

IMPORTERS: dict[str, Entry] = {
    "html": Entry(
        "importers.html:html", (".html", ".htm", ".xhtml"), "a page, also saved by a word processor"
    ),
    "docx": Entry("importers.docx:docx", (".docx", ".docm"), "a Word document"),
    "xlsx": Entry("importers.xlsx:xlsx", (".xlsx", ".xlsm"), "a workbook"),
    "markdown": Entry("importers.markdown:markdown", (".md", ".markdown"), "a Markdown page"),
    "csv": Entry("importers.separated:separated", (".csv", ".tsv", ".tab", ".txt"), "a table kept as text"),
    "pdf": Entry("importers.pdf:pdf", (".pdf",), "a PDF with ruled tables"),
}
# The extra `import`: what documents are read with.
LIBRARIES = (
    "lxml", "python-docx", "openpyxl", "defusedxml", "markdown-it-py", "pdfplumber", "charset-normalizer",
)  # fmt: skip


def read_source(content: bytes, name: str) -> Published:
    """Read a document of any kind that we know.

    Args:
        content: its bytes.
        name: its name; without an ending that says its kind, the first bytes do.

    Raises:
        FollowupError: if it cannot be read, or the libraries that read it are not installed.
    """
    importer = IMPORTERS[kind_of(content, name)]
    try:
        source: Published = load(importer)(content, name)
    except ImportError as error:
        install = f"{shlex.quote(sys.executable)} -m pip install {' '.join(LIBRARIES)}"
        raise FollowupError(
            f"{importer.meaning} needs the library {error.name}",
            f"`{install}` installs all that imports need",
        ) from None
    except ValueError as error:
        raise FollowupError(
            f"`{name}` cannot be read as {importer.meaning}: {error}", "save it in another format"
        ) from None
    return source


def kind_of(content: bytes, name: str) -> str:
    """Tell the kind of a document by its first bytes, else by the ending of its name."""
    ending = PurePath(name).suffix.lower()
    if content.startswith(b"%PDF"):
        return "pdf"
    if content.startswith(b"PK"):
        return "docx" if b"word/" in content else "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FollowupError(
            f"`{name}` is of the old binary kind of Word or Excel", "save it as .docx or .xlsx"
        )
    for kind, importer in IMPORTERS.items():
        if ending in importer.endings and kind not in ("pdf", "docx", "xlsx"):
            return kind
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    if start.startswith(b"<"):
        return "html"
    return "markdown" if b"\n| " in start or start.startswith((b"#", b"| ")) else "csv"
