"""GitLab's code quality report: the widget of a merge request."""

from json import dumps

from followup_cli.findings import Review, Severity
from followup_cli.formats import Screen

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(review: Review, screen: Screen) -> str:  # noqa: ARG001
    """Write each finding with a fingerprint that stays the same while its line moves."""
    objects = [
        {
            "description": f"{finding.message} - {finding.hint}" if finding.hint else finding.message,
            "check_name": f"{finding.code} {finding.name}",
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": review.path(finding),
                "lines": {"begin": finding.position.line, "end": finding.position.end_line},
            },
        }
        for finding, fingerprint in zip(review.findings, review.fingerprints(), strict=True)
    ]
    return dumps(objects, indent=2) + "\n"
