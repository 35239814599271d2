"""What GitHub shows of a run besides its log: annotations of the pull request, and the summary of the job."""

import os
import sys
from pathlib import Path


def is_here() -> bool:
    """Tell whether GitHub Actions runs us."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def show_refusal(message: str, hint: str) -> None:
    """Show why a request could not be met where an editor looks, who may never open the log."""
    from followup_cli.formats.findings.github import data
    from followup_cli.formats.markdown import sentence

    said = data("\n".join(line for line in (message, hint) if line))
    sys.stderr.write(f"::error title=followup::{said}\n")
    add_to_summary(
        "\n\n".join(["### followup could not do it", *map(sentence, filter(None, (message, hint)))]) + "\n"
    )


def add_to_summary(text: str) -> None:
    """Add Markdown to the summary of the job, if it has one; a summary that cannot be written is a warning."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        try:
            with Path(summary).open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            sys.stderr.write(f"warning: the job summary cannot be written: {error.strerror}\n")
