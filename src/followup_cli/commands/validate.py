"""`validate`: check the data; every mistake, at its line and column."""

import sys

from typer import Exit

from followup_cli.cli import DataOption
from followup_cli.commands import read_draft
from followup_cli.findings import Severity
from followup_cli.rules import RULES, check

EXAMPLES = """Examples:

  followup validate

  followup validate --data data
"""


def run(data: DataOption = None) -> None:
    """Check the dataset; exit 1 if it has errors. The clock is never read."""
    draft = read_draft(data)
    findings = check(draft)
    errors = sum(f.severity is Severity.ERROR for f in findings)
    for f in findings:
        hint = f"\n  hint: {f.hint}" if f.hint else ""
        sys.stdout.write(f"{f.file}:{f.line}:{f.column} {f.severity} {f.code} {f.message}{hint}\n")
    if findings:
        sys.stdout.write(f"{errors} errors, {len(findings) - errors} warnings\n")
    elif draft.dataset is not None:
        d = draft.dataset
        deliverables = sum(1 for _ in d.deliverables())
        sys.stdout.write(
            f"OK: {len(d.activities)} activities, {len(d.sections)} sections, {deliverables} deliverables, "
            f"{len(d.agencies)} agencies checked by {len(RULES)} rules: 0 errors, 0 warnings\n"
        )
    if errors:
        raise Exit(1)
