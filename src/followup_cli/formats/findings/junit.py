"""JUnit XML: one test case for each rule, for the test views of GitLab, Jenkins and others."""

import re
from xml.sax.saxutils import escape, quoteattr

from followup_cli.findings import Finding, Review, Severity
from followup_cli.formats import Screen

# What XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(review: Review, screen: Screen) -> str:  # noqa: ARG001
    """Write a failure for each rule with errors; warnings are output of a case that passes."""
    cases = [_case(rule.code, rule.name, review) for rule in review.rules]
    failures = len({finding.code for finding in review.findings if finding.severity is Severity.ERROR})
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="followup" {counts}>\n'
    suite = f'<testsuite name="followup validate" {counts} skipped="0">\n{"".join(cases)}</testsuite>\n'
    return f"{head}{suite}</testsuites>\n"


def _case(code: str, name: str, review: Review) -> str:
    found = [finding for finding in review.findings if finding.code == code]
    opening = f'  <testcase classname="followup" name={_attribute(f"{code} {name}")} time="0"'
    if not found:
        return f"{opening}/>\n"
    listed = escape(_fit("\n".join(_line(review, finding) for finding in found)))
    if found[0].severity is Severity.WARNING:
        return f"{opening}>\n    <system-out>{listed}</system-out>\n  </testcase>\n"
    message = found[0].message if len(found) == 1 else f"{found[0].message}, and {len(found) - 1} more"
    failure = f'<failure message={_attribute(message)} type="error">{listed}</failure>'
    return f"{opening}>\n    {failure}\n  </testcase>\n"


def _line(review: Review, finding: Finding) -> str:
    hint = f" - {finding.hint}" if finding.hint else ""
    return f"{review.path(finding)}:{finding.line}:{finding.column} {finding.message}{hint}"


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_fit(text).replace("\n", " "))
