"""Findings as a Markdown table: the summary of a job, or a comment on a pull request."""

from followup_cli.findings import Finding, Review
from followup_cli.formats import Screen
from followup_cli.formats.markdown import escape, sentence

# GitHub refuses a summary of more than 1 MiB; half of that is more than anyone reads.
MOST_BYTES = 512 * 1024


def markdown(review: Review, screen: Screen) -> str:  # noqa: ARG001
    """Write a heading with the tally and a row for each finding, as many as fit."""
    heading = f"### followup validate: {review.tally}\n\n"
    scope = f"{escape(review.checked)}, checked by {len(review.rules)} rules\n"
    if not review.findings:
        return f"{heading}No mistakes in {scope}"
    lines = ["| where | what | remedy | rule |\n", "| --- | --- | --- | --- |\n"]
    size = 0
    for number, finding in enumerate(review.findings):
        row = _row(review, finding)
        size += len(row.encode("utf-8", "replace"))
        if size > MOST_BYTES:
            lines.append(f"\n… and {len(review.findings) - number} more\n")
            break
        lines.append(row)
    return f"{heading}{''.join(lines)}\nFound in {scope}"


def _row(review: Review, finding: Finding) -> str:
    entry = f" ({sentence(finding.record)})" if finding.record else ""
    where = f"{sentence(review.path(finding))}:{finding.line}:{finding.column}{entry}"
    cells = (where, sentence(finding.message), sentence(finding.hint or ""), f"{finding.code} {finding.name}")
    return f"| {' | '.join(cells)} |\n"
