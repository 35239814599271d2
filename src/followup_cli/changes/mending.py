"""Mend what is sure: byte for byte, shown as a diff, and only if nothing new is wrong afterwards."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import TextIO

from followup_cli.app.streams import say
from followup_cli.errors import FollowupError
from followup_cli.files import read_data, write_atomically
from followup_cli.findings import Finding, Fix, Mistake
from followup_cli.formats.terminal import safe
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, from_texts
from followup_cli.rules import Rule, check
from followup_cli.text.characters import decode
from followup_cli.text.splicing import encode_like, splice


def mend(
    folder: Path, draft: Draft, findings: list[Finding], rules: list[Rule], show: TextIO, *, write: bool
) -> tuple[Draft, list[Finding]]:
    """Apply the sure fixes of findings and show the change; give what is left.

    Args:
        folder: where the files are.
        draft: what was read of them.
        findings: what is wrong.
        rules: the rules that were run.
        show: where the change is shown.
        write: whether to write the files, or only to show what would change.

    Raises:
        FollowupError: if a file changed meanwhile, or mending would make new findings.
    """
    before = {file: read_data(folder / file.value) for file in _mendable(draft, findings)}
    texts: dict[PlanFile, str | Mistake] = {}
    for file, document in draft.documents.items():
        fixes = _apart(finding.fix for finding in findings if finding.fix and finding.file == document.file)
        texts[file] = splice(document.text, fixes) if fixes else _as_read(draft, file)
        if fixes and decode(before[file])[0] != document.text:
            raise FollowupError(f"`{document.file}` changed meanwhile; nothing was written", "run it again")
    if not before:
        say("nothing to mend that is sure")
        return draft, findings
    mended = replace(from_texts(texts, folder_of(draft)), before=draft.before)
    left = check(mended, rules)
    new = Counter(finding.identity for finding in left) - Counter(finding.identity for finding in findings)
    if new:
        code, _, _, message = next(iter(new))
        raise FollowupError(
            f"mending would make a new finding ({code}: {message}); nothing was written", "mend it by hand"
        )
    for file in before:
        old, changed = draft.documents[file].text, mended.documents[file].text
        lines = unified_diff(
            old.splitlines(keepends=True),
            changed.splitlines(keepends=True),
            f"a/{draft.documents[file].file}",
            f"b/{draft.documents[file].file}",
        )
        show.write("".join(safe(line.rstrip("\r\n")) + "\n" for line in lines))
        if write:
            write_atomically(folder / file.value, encode_like(before[file], changed), before[file])
    count = len(findings) - len(left)
    say(f"{'mended' if write else 'would mend'} {count} of {len(findings)} findings")
    return (mended, left) if write else (draft, findings)


def _mendable(draft: Draft, findings: list[Finding]) -> list[PlanFile]:
    named = {finding.file for finding in findings if finding.fix}
    return [file for file, document in draft.documents.items() if document.file in named]


def _apart(fixes: Iterable[Fix | None]) -> list[Fix]:
    """Keep fixes that do not touch each other; the first of two wins."""
    kept: list[Fix] = []
    for fix in sorted(fix for fix in fixes if fix is not None):
        if not kept or fix.start >= kept[-1].end:
            kept.append(fix)
    return kept


def _as_read(draft: Draft, file: PlanFile) -> str | Mistake:
    """Give the text of a file again, or the problem for which there is none."""
    document = draft.documents[file]
    unread = [p for p in document.problems if p.rule in ("unreadable-file", "encoding")]
    return unread[0] if unread else document.text


def folder_of(draft: Draft) -> str:
    """Give the folder that a draft's findings name."""
    return draft.documents[PlanFile.ACTIVITIES].file.rpartition("/")[0]
