"""Annotations of GitHub Actions: workflow commands that put each finding at its line of a pull request.

GitHub keeps ten errors and ten warnings of a step and drops the others without a word; so the last one says
how many there are.
"""

from followup_cli.findings import Finding, Review, Severity
from followup_cli.formats import Screen

MOST = 10  # of each severity


def github(review: Review, screen: Screen) -> str:  # noqa: ARG001
    """Write at most ten errors and ten warnings as workflow commands."""
    lines: list[str] = []
    for severity in Severity:
        findings = [finding for finding in review.findings if finding.severity is severity]
        shown = findings if len(findings) <= MOST else findings[: MOST - 1]
        lines += [_command(review, finding) for finding in shown]
        more = len(findings) - len(shown)
        if more:
            lines.append(f"::{severity} title=followup::{more} more {severity}s; see the summary of the job")
    return "".join(f"{line}\n" for line in lines)


def _command(review: Review, finding: Finding) -> str:
    place = finding.position
    properties = {"file": review.path(finding), "line": str(place.line)}
    if place.end_line == place.line:
        # With columns and two lines GitHub refuses the command. Its last column is part of the stretch.
        properties["col"] = str(place.column)
        properties["endColumn"] = str(max(place.column, place.end_column - 1))
    else:
        properties["endLine"] = str(place.end_line)
    properties["title"] = f"{finding.code} {finding.name}"
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    said = finding.message if not finding.hint else f"{finding.message}\n{finding.hint}"
    return f"::{finding.severity} {given}::{data(said)}"


def data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return data(text).replace(":", "%3A").replace(",", "%2C")
