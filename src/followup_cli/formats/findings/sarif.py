"""SARIF 2.1.0, the format of code scanning."""

from json import dumps
from typing import Any
from urllib.parse import quote

from followup_cli.findings import Finding, Review
from followup_cli.formats import Screen


def sarif(review: Review, screen: Screen) -> str:  # noqa: ARG001
    """Write one run with the rules that were checked and a result for each finding."""
    index = {rule.code: number for number, rule in enumerate(review.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "followup",
                "version": review.version,
                "rules": [
                    {
                        "id": rule.code,
                        "name": "".join(word.capitalize() for word in rule.name.split("-")),
                        "shortDescription": {"text": rule.summary},
                        "fullDescription": {"text": rule.why or rule.summary},
                        "help": {"text": f"followup rule {rule.code}"},
                        "defaultConfiguration": {"level": str(rule.severity)},
                    }
                    for rule in review.rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "the root of the repository"}}},
        "results": [
            _result(review, finding, fingerprint, index[finding.code])
            for finding, fingerprint in zip(review.findings, review.fingerprints(), strict=True)
        ],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return dumps(log, indent=2) + "\n"


def _result(review: Review, finding: Finding, fingerprint: str, rule: int) -> dict[str, Any]:
    place = finding.position
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    artifact = {"uri": quote(review.path(finding), errors="surrogateescape"), "uriBaseId": "ROOT"}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "message": {"text": f"{finding.message}\n{finding.hint}" if finding.hint else finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"followup/v1": fingerprint},
    }
