"""FINDING_FORMATS: how findings are written; one file per format, loaded when it is asked for."""

from followup_cli.findings import Review
from followup_cli.formats import Screen
from followup_cli.registry import Entry, load

FINDING_FORMATS: dict[str, Entry] = {
    "text": Entry("formats.findings.text:text", (".txt",), "for reading: each mistake with its line"),
    "json": Entry("formats.findings.json:json", (".json",), "an array of objects"),
    "github": Entry("formats.findings.github:github", (), "annotations of GitHub Actions"),
    "gitlab": Entry("formats.findings.gitlab:gitlab", (), "GitLab's code quality report"),
    "sarif": Entry("formats.findings.sarif:sarif", (".sarif",), "SARIF 2.1.0, for code scanning"),
    "junit": Entry("formats.findings.junit:junit", (".xml",), "JUnit XML: one test case for each rule"),
    "markdown": Entry(
        "formats.findings.markdown:markdown", (".md", ".markdown"), "a table, for a job summary"
    ),
}


def render_review(review: Review, name: str, screen: Screen | None = None) -> str:
    """Write what a check found in a format of FINDING_FORMATS."""
    return str(load(FINDING_FORMATS[name])(review, screen or Screen()))
