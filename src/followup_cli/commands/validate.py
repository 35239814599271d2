"""`validate`: check the data; every mistake, at its line and column."""

import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TextIO

from typer import Argument, Exit, Option

from followup_cli import __version__
from followup_cli.app import github
from followup_cli.app.options import DataOption, OutputOptions
from followup_cli.app.session import data_folder, shipped_folder
from followup_cli.app.streams import say, screen, write_file
from followup_cli.app.waiting import waiting
from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.files import MAX_BYTES
from followup_cli.findings import Finding, Review, Severity
from followup_cli.formats.findings import FINDING_FORMATS, render_review
from followup_cli.formats.terminal import safe
from followup_cli.glossary import PlanFile, counted
from followup_cli.plan.draft import Draft, from_texts, read_folder
from followup_cli.questions.earlier import base_of
from followup_cli.rules import Rule, check, chosen, facts
from followup_cli.text.characters import decode

EXAMPLES = """Examples:

  followup validate

  followup validate --select FU3,FU401 --fail-on warning

  followup validate --diff

  followup validate --output sarif:findings.sarif --output junit:findings.xml

  followup validate - < data/activities.yaml
"""


def run(
    what: Annotated[
        str | None,
        Argument(
            metavar="[FOLDER|-]", help="Folder of the dataset, like --data; `-` reads one of its files."
        ),
    ] = None,
    data: DataOption = None,
    format_: Annotated[
        str | None,
        Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(FINDING_FORMATS)}."),
    ] = None,
    output: Annotated[
        list[str] | None,
        Option("--output", "-o", metavar="[FORMAT:]FILE", help="Write a report too; can be repeated."),
    ] = None,
    select: Annotated[
        list[str] | None,
        Option("--select", metavar="RULES", help="Only these rules: codes, their beginnings, or names."),
    ] = None,
    ignore: Annotated[list[str] | None, Option("--ignore", metavar="RULES", help="Not these rules.")] = None,
    since: Annotated[
        str | None,
        Option("--since", metavar="REVISION", help="Only what came in since this git revision."),
    ] = None,
    fail_on: Annotated[
        str, Option("--fail-on", metavar="LEVEL", help="Exit 1 from this level on: error, warning, never.")
    ] = "error",
    fix: Annotated[bool, Option("--fix", help="Mend what is sure, and show the change.")] = False,
    diff: Annotated[bool, Option("--diff", help="Show what --fix would change; write nothing.")] = False,
    stdin_filename: Annotated[
        str, Option("--stdin-filename", metavar="FILE", help="The file that `-` stands for.")
    ] = PlanFile.ACTIVITIES.value,
) -> None:
    """Check the dataset; exit 1 if it has errors. The clock is never read."""
    rules = chosen(_words(select), _words(ignore))
    level = _level(fail_on)
    name = choose(format_, FINDING_FORMATS, "finding format") if format_ else None
    outputs = [_output(text) for text in output or ()]
    given = stdin_filename if what == "-" else None
    if given and (fix or diff):
        raise FollowupError("`-` cannot be mended: it has no file", "leave `--fix` and `--diff` out")
    folder = _folder(what, data, given)
    draft = _with_base(_draft(folder, given), folder, since)
    with waiting(f"checking {_shown(folder)}"):
        findings = check(draft, rules)
    if fix or diff:
        show = sys.stdout if name in (None, "text") else sys.stderr
        draft, findings = _mended(folder, draft, findings, rules, show, write=fix and not diff)
    findings = _new(findings, check(draft.before, rules) if draft.before else ())
    review = _review(folder, draft, findings, rules)
    _write(review, outputs)
    _show(review, name)
    if any(finding.severity in level for finding in findings):
        raise Exit(1)


def _mended(
    folder: Path, draft: Draft, findings: list[Finding], rules: list[Rule], show: TextIO, *, write: bool
) -> tuple[Draft, list[Finding]]:
    """Mend what is sure, or only show how it would be; give what is left."""
    from followup_cli.changes.mending import mend

    mending = mend(folder, draft, findings, rules)
    if mending is None:
        say("nothing to mend that is sure")
        return draft, findings
    show.write("".join(f"{safe(line)}\n" for line in mending.difference()))
    if write:
        mending.write(folder)
    if draft.is_format_1 and not mending.draft.is_format_1:
        say(
            f"{'raised' if write else 'would raise'} the file to format 2; `followup schema` renews the schemas"
        )
    if mending.kept:
        say(f"note: the file stays in format 1: in format 2 there would be a new finding, {mending.kept}")
    if findings:
        count = len(findings) - len(mending.findings)
        say(f"{'mended' if write else 'would mend'} {count} of {len(findings)} findings")
    return (mending.draft, mending.findings) if write else (draft, findings)


def _draft(folder: Path, stdin_filename: str | None) -> Draft:
    """Read the dataset; standard input stands for one of its files, if one is named."""
    texts = read_folder(folder)
    if stdin_filename is not None:
        file = _file_named(stdin_filename)
        text, problem = decode(_standard_input())
        texts[file] = problem or text
    with waiting(f"reading {_shown(folder)}"):
        return from_texts(texts, _shown(folder), keep=False)


def _with_base(draft: Draft, folder: Path, since: str | None) -> Draft:
    """Put the state before beside a draft, if there is one to compare with, and say what must be said of it."""
    if since is None:
        return draft
    base = base_of(folder, since)
    if base.note:
        say(f"note: {base.note}")
    return replace(draft, before=base.draft)


def _words(lists: list[str] | None) -> list[str]:
    return [word for words in lists or () for word in words.split(",") if word.strip()]


def _level(name: str) -> tuple[Severity, ...]:
    levels = {"error": (Severity.ERROR,), "warning": tuple(Severity), "never": ()}
    level = levels.get(name.strip().casefold())
    if level is None:
        raise FollowupError(f"there is no level `{name[:60]}`", f"the levels are {', '.join(levels)}")
    return level


def _output(text: str) -> tuple[Path, str]:
    """Read `FORMAT:FILE`, or a file whose ending means a format."""
    name, colon, rest = text.partition(":")
    # One letter before the colon is a drive of Windows.
    if colon and len(name) > 1:
        if not rest:
            raise FollowupError(f"`{text[:60]}` names no file", "write it as `sarif:findings.sarif`")
        return Path(rest), choose(name, FINDING_FORMATS, "finding format")
    path = Path(text)
    for kind, each in FINDING_FORMATS.items():
        if path.suffix.lower() in each.endings:
            return path, kind
    raise FollowupError(
        f"the ending of `{text[:60]}` means no format", "name it, as in `sarif:findings.sarif`"
    )


def _folder(what: str | None, data: Path | None, stdin_filename: str | None) -> Path:
    if stdin_filename is not None:
        beside = Path(stdin_filename).parent
        if data is None and beside != Path() and beside.is_dir():
            return beside
        return data_folder(data)
    if what is None:
        folder = data_folder(data)
        if data is None and folder == shipped_folder():
            # A dataset that was moved or deleted must not pass because another one is in order.
            raise FollowupError(
                "there is no dataset here", "name its folder, such as `followup validate data`"
            )
        return folder
    path = Path(what)
    return data_folder(path.parent if path.is_file() else path)


def _file_named(name: str) -> PlanFile:
    try:
        return PlanFile(Path(name).name)
    except ValueError:
        files = " or ".join(f"`{file.value}`" for file in PlanFile)
        raise FollowupError(f"`{name[:60]}` is no file of a dataset", f"name {files}") from None


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise FollowupError(
            "`-` reads standard input, and nothing comes in", "write `followup validate - < FILE`"
        )
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _shown(folder: Path) -> str:
    """Name a folder as seen from here, if it is below."""
    try:
        return folder.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):
        return folder.as_posix()


def _new(findings: list[Finding], before: Iterable[Finding]) -> list[Finding]:
    """Keep the findings that were not there before, wherever they stood."""
    earlier = Counter(finding.identity for finding in before)
    kept = []
    for finding in findings:
        if earlier[finding.identity]:
            earlier[finding.identity] -= 1
        else:
            kept.append(finding)
    return kept


def _review(folder: Path, draft: Draft, findings: list[Finding], rules: list[Rule]) -> Review:
    plan, bodies = (draft.raw[file] for file in PlanFile)
    activities = [each for each in plan.get("activities") or () if type(each) is dict]
    counts = {
        "activities": len(activities),
        "sections": len(plan.get("sections") or ()),
        "deliverables": sum(len(each.get("deliverables") or ()) for each in activities),
        "agencies": len(bodies.get("agencies") or ()),
    }
    checked = ", ".join(counted(number, names) for names, number in counts.items())
    texts = {document.file: document.text for document in draft.documents.values()}
    return Review(tuple(findings), texts, checked, facts(rules), __version__, _place_in_repository(folder))


def _place_in_repository(folder: Path) -> str:
    """Give the path of the data from its repository's root, wherever we are; forges name files so."""
    here, data = Path(os.path.realpath(os.curdir)), Path(os.path.realpath(folder))
    root = next((each for each in (data, *data.parents) if (each / ".git").exists()), None)
    if root is None:  # an export of a repository is checked from its root; elsewhere there is none
        root = here if data.is_relative_to(here) else data.parent
    return data.relative_to(root).as_posix()


def _show(review: Review, name: str | None) -> None:
    """Write the review to standard output, and to a forge that runs us what it can show."""
    shown = render_review(review, name or "text", screen(OutputOptions()))
    if github.is_here() and name is None:
        # Text of the data must not be taken for commands, wherever in a line it stands.
        token = f"followup-{_hash(shown)}"
        shown = f"::stop-commands::{token}\n{shown}::{token}::\n{render_review(review, 'github')}"
    sys.stdout.write(shown)
    if github.is_here():
        github.add_to_summary(render_review(review, "markdown"))


def _write(review: Review, outputs: Iterable[tuple[Path, str]]) -> None:
    for path, kind in outputs:
        write_file(path, render_review(review, kind))


def _hash(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8", "replace")).hexdigest()
