"""Findings as a Markdown table: the summary of a job, or a comment on a pull request."""

from followup_cli.findings import Finding, Review
from followup_cli.formats import Screen
from followup_cli.formats.markdown import escape

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
    entry = f" ({words(finding.record)})" if finding.record else ""
    where = f"{words(review.path(finding))}:{finding.line}:{finding.column}{entry}"
    cells = (where, words(finding.message), words(finding.hint or ""), f"{finding.code} {finding.name}")
    return f"| {' | '.join(cells)} |\n"


def words(text: str) -> str:
    """Write a sentence with their literals as code, and nothing in either taken for markup."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(
        f"<code>{escape(part)}</code>" if number % 2 and part else escape_keeping_spaces(part)
        for number, part in enumerate(parts)
    )


def escape_keeping_spaces(text: str) -> str:
    """Escape a piece of a sentence, whose spaces at either end part it from the next."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escape(text)}{after}" if text.strip() else text
