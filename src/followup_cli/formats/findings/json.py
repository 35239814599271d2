"""Findings as a JSON array, for programs: all of them, with stable keys."""

from json import dumps

from followup_cli.findings import Review
from followup_cli.formats import Screen


def json(review: Review, screen: Screen) -> str:  # noqa: ARG001
    """Write each finding as an object; lines and columns count from 1, the end is exclusive."""
    objects = [
        {
            "code": finding.code,
            "name": finding.name,
            "severity": str(finding.severity),
            "message": finding.message,
            "hint": finding.hint,
            "file": finding.file,
            "line": finding.position.line,
            "column": finding.position.column,
            "end_line": finding.position.end_line,
            "end_column": finding.position.end_column,
        }
        for finding in review.findings
    ]
    return dumps(objects, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode() + "\n"
