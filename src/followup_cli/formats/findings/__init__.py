"""FINDING_FORMATS: how findings are written; one file per format, loaded when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.findings import Review
from followup_cli.formats import Screen


@dataclass(frozen=True, slots=True)
class FindingFormat:
    """A way to write findings: its function's place, the file endings that mean it, what it is for."""

    function: str
    endings: tuple[str, ...]
    meaning: str

    def load(self) -> Callable[[Review, Screen], str]:
        """Import the function that writes the format."""
        module, _, name = self.function.partition(":")
        function: Callable[[Review, Screen], str] = getattr(import_module(f"{__name__}.{module}"), name)
        return function


FINDING_FORMATS: dict[str, FindingFormat] = {
    "text": FindingFormat("text:text", (".txt",), "for reading: each mistake with its line"),
    "json": FindingFormat("json:json", (".json",), "an array of objects"),
    "github": FindingFormat("github:github", (), "annotations of GitHub Actions"),
    "gitlab": FindingFormat("gitlab:gitlab", (), "GitLab's code quality report"),
    "sarif": FindingFormat("sarif:sarif", (".sarif",), "SARIF 2.1.0, for code scanning"),
    "junit": FindingFormat("junit:junit", (".xml",), "JUnit XML: one test case for each rule"),
    "markdown": FindingFormat("markdown:markdown", (".md", ".markdown"), "a table, for a job summary"),
}


def finding_format_named(name: str) -> str:
    """Find a format of findings by name.

    Raises:
        FollowupError: if there is no such format.
    """
    sought = name.strip().casefold()
    if sought in FINDING_FORMATS:
        return sought
    meant = nearest(sought, FINDING_FORMATS)
    hint = f"did you mean `{meant}`?" if meant else f"the formats are {', '.join(FINDING_FORMATS)}"
    raise FollowupError(f"there is no format `{name[:60]}` for findings", hint)


def render_review(review: Review, name: str, screen: Screen | None = None) -> str:
    """Write what a check found in a format of FINDING_FORMATS."""
    return FINDING_FORMATS[name].load()(review, screen or Screen())
