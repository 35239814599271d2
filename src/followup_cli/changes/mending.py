"""Mend what is sure: byte for byte, and only if nothing new is wrong afterwards."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from followup_cli.errors import FollowupError
from followup_cli.files import read_data, write_atomically
from followup_cli.findings import Finding, Fix, Mistake
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft, from_texts
from followup_cli.rules import RULES, Rule, check
from followup_cli.text.characters import decode
from followup_cli.text.differing import difference
from followup_cli.text.splicing import added_key, encode_like, splice


class Mending(NamedTuple):
    """What mending makes of a dataset: the draft before and after, what is left, and the bytes that were.

    `kept` says why a plan in format 1 was not raised to format 2.
    """

    before: Draft
    draft: Draft
    findings: list[Finding]
    contents: dict[PlanFile, bytes]
    kept: str = ""

    def difference(self) -> Iterator[str]:
        """Give the lines of a unified diff, without line ends."""
        for file in self.contents:
            old, new = self.before.documents[file], self.draft.documents[file]
            yield from difference(old.text, new.text, old.file)

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
    raising = _raising(draft) if len(rules) == len(RULES) else []
    mended = _mended(folder, draft, findings, raising)
    left, new = _left(mended, findings, rules)
    kept = new if raising else ""
    if kept:
        mended = _mended(folder, draft, findings, []) or (draft, {})
        left, new = _left(mended, findings, rules)
    if new:
        raise FollowupError(
            f"mending would make a new finding ({new}); nothing was written", "mend it by hand"
        )
    return Mending(draft, mended[0], left, mended[1], kept) if mended else None


def _raising(draft: Draft) -> list[Fix]:
    """Give what makes format 2 of a plan in format 1, and leaves its meaning: who has no mark is in charge."""
    document = draft.documents[PlanFile.ACTIVITIES]
    version = document.node(("schema",))
    if not draft.is_format_1 or not document.clean or version is None:
        return []
    keys = ("timezone", "language", "country", "adopted", "act")
    return [
        Fix(version.start, version.end, "2"),
        added_key(document, ("plan",), keys, 'roles: {"": lead}'),
    ]


def _mended(
    folder: Path, draft: Draft, findings: list[Finding], raising: list[Fix]
) -> tuple[Draft, dict[PlanFile, bytes]] | None:
    """Apply fixes: give what is read then, and the bytes of the files that change, as they were.

    Raises:
        FollowupError: if a file changed meanwhile.
    """
    texts: dict[PlanFile, str | Mistake] = {}
    contents: dict[PlanFile, bytes] = {}
    for file, document in draft.documents.items():
        sure = (finding.fix for finding in findings if finding.fix and finding.file == document.file)
        fixes = _apart([*sure, *(raising if file is PlanFile.ACTIVITIES else ())])
        if not fixes:
            texts[file] = _as_read(draft, file)
            continue
        texts[file] = splice(document.text, fixes)
        contents[file] = read_data(folder / file.value)
        if decode(contents[file])[0] != document.text:
            raise FollowupError(f"`{document.file}` changed meanwhile; nothing was written", "run it again")
    return (replace(from_texts(texts, folder_of(draft)), before=draft.before), contents) if contents else None


def _left(
    mended: tuple[Draft, dict[PlanFile, bytes]] | None, findings: list[Finding], rules: list[Rule]
) -> tuple[list[Finding], str]:
    """Give what is still wrong after mending, and what is newly so."""
    left = check(mended[0], rules) if mended else findings
    new = Counter(finding.identity for finding in left) - Counter(finding.identity for finding in findings)
    code, _, _, message = next(iter(new), ("", "", "", ""))
    return left, f"{code}: {message}" if new else ""


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
    return unread[0] if unread and not document.text else document.text


def folder_of(draft: Draft) -> str:
    """Give the folder that a draft's findings name."""
    return draft.documents[PlanFile.ACTIVITIES].file.rpartition("/")[0]
