"""Mend what is sure: byte for byte, and only if nothing new is wrong afterwards."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from followup_cli.errors import FollowupError
from followup_cli.files import read_data, write_atomically
from followup_cli.findings import Finding, Fix, Mistake
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, from_texts
from followup_cli.rules import Rule, check
from followup_cli.text.characters import decode
from followup_cli.text.splicing import encode_like, splice


class Mending(NamedTuple):
    """What mending makes of a dataset: the draft before and after, what is left, and the bytes that were."""

    before: Draft
    draft: Draft
    findings: list[Finding]
    contents: dict[PlanFile, bytes]

    def difference(self) -> Iterator[str]:
        """Give the lines of a unified diff, without line ends."""
        for file in self.contents:
            old, new = self.before.documents[file], self.draft.documents[file]
            lines = (old.text.splitlines(keepends=True), new.text.splitlines(keepends=True))
            for line in unified_diff(lines[0], lines[1], f"a/{old.file}", f"b/{old.file}"):
                yield line.rstrip("\r\n")

    def write(self, folder: Path) -> None:
        """Write the files that changed.

        Raises:
            FollowupError: if one cannot be written, or was changed meanwhile.
        """
        for file, content in self.contents.items():
            changed = encode_like(content, self.draft.documents[file].text)
            write_atomically(folder / file.value, changed, content)


def mend(folder: Path, draft: Draft, findings: list[Finding], rules: list[Rule]) -> Mending | None:
    """Apply the sure fixes of findings, and look again; None if there are none. Nothing is written yet.

    Args:
        folder: where the files are.
        draft: what was read of them.
        findings: what is wrong.
        rules: the rules that were run.

    Raises:
        FollowupError: if a file changed meanwhile, or mending would make new findings.
    """
    contents = {file: read_data(folder / file.value) for file in _mendable(draft, findings)}
    if not contents:
        return None
    texts = {file: _as_read(draft, file) for file in draft.documents}
    for file, content in contents.items():
        document = draft.documents[file]
        if decode(content)[0] != document.text:
            raise FollowupError(f"`{document.file}` changed meanwhile; nothing was written", "run it again")
        fixes = _apart(finding.fix for finding in findings if finding.fix and finding.file == document.file)
        texts[file] = splice(document.text, fixes)
    mended = replace(from_texts(texts, folder_of(draft)), before=draft.before)
    left = check(mended, rules)
    new = Counter(finding.identity for finding in left) - Counter(finding.identity for finding in findings)
    if new:
        code, _, _, message = next(iter(new))
        raise FollowupError(
            f"mending would make a new finding ({code}: {message}); nothing was written", "mend it by hand"
        )
    return Mending(draft, mended, left, contents)


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
