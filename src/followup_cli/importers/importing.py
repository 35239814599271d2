"""The way from a document's tables to the files of a dataset, new or a newer edition of one that is there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.findings import Severity
from followup_cli.glossary import PlanFile, counted
from followup_cli.importers import layout
from followup_cli.importers.doubting import Doubt
from followup_cli.importers.drafting import draft, unread
from followup_cli.importers.edition import ChangingAct
from followup_cli.importers.entries import PlanTables
from followup_cli.importers.mapping import Wanted
from followup_cli.importers.renewing import codes_of, renew
from followup_cli.importers.source import Published
from followup_cli.importers.tables import columns_of, headings_of, read_tables
from followup_cli.plan.draft import decode_all, from_texts
from followup_cli.rules import check
from followup_cli.text.characters import decode

# What a row that holds anything is, and how the summary says it; their sum is what went in.
_ROWS = {
    "rows of activities": "of activities",
    "rows about a commitment": "about a commitment",
    "sections": "of sections",
    "headings": "of headings",
    "above the headings": "above the headings",
    "abbreviations": "of abbreviations",
    "left out": "left out",
}


@dataclass
class Imported:
    """What an import gives: the files by name, what changed, what is in doubt (each with its line, or 0)."""

    files: dict[str, bytes]
    doubts: list[tuple[Doubt, int]]
    counts: Counter[str]
    changes: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Say in one line what went in and what came out; the rows add up."""
        rows = [(self.counts[kind], words) for kind, words in _ROWS.items() if self.counts[kind]]
        parts = ", ".join(f"{count} {words}" for count, words in rows)
        made = ", ".join(
            counted(self.counts[each], each) for each in ("activities", "deliverables", "agencies")
        )
        unread = f"{self.counts['unread']} of {counted(self.counts['deadlines'], 'deadlines')} unread"
        total = counted(sum(count for count, _ in rows), "rows")
        return f"{total} in ({parts}); {made}; {unread}; {counted(len(self.doubts), 'doubts')}"


def tables_of(source: Published, name: str, wanted: Wanted) -> PlanTables:
    """Read the tables of a document.

    Raises:
        FollowupError: if none is a plan's, or a heading of the mapping is in none.
    """
    try:
        return read_tables(source, language=wanted.language, only=wanted.table, mapping=wanted.columns)
    except ValueError as error:
        headings = ", ".join(f"`{heading}`" for heading in headings_of(source)[:20])
        hint = 'say what its columns are: --column title="HEADING" --column deadline="HEADING"'
        seen = f"; its headings are {headings}" if headings else ""
        raise FollowupError(f"`{name}`: {error}{seen}", hint) from None
    except KeyError as error:
        heading, there = str(error.args[0]), headings_of(source)
        near = nearest(heading, there)
        listed = ", ".join(f"`{each}`" for each in there[:20])
        hint = f"did you mean `{near}`?" if near else f"the headings are {listed}"
        if heading in there:
            hint = "it stands in a table that is not taken for the plan's"
        raise FollowupError(f"no column is headed `{heading}`", hint) from None


def settled(reading: PlanTables, wanted: Wanted) -> Wanted:
    """Say all that was settled, for the next import to be the same."""
    language = wanted.language or reading.language
    return replace(wanted, language=language, columns=dict(columns_of(reading)))


def new_dataset(reading: PlanTables, wanted: Wanted, folder: Path, name: str) -> Imported:
    """Make both files of a dataset; a plan that says no title has the name of its document."""
    reading.title = reading.title or PurePath(name).stem
    made = draft(reading, title=wanted.title, adopted=wanted.adopted, language=wanted.language)
    contents = {
        PlanFile.ACTIVITIES: layout.activities_text(made.activities).encode(),
        PlanFile.AGENCIES: layout.agencies_text(made.agencies).encode(),
    }
    return _written(contents, made.doubts, made.counted, folder)


def new_edition(
    reading: PlanTables, wanted: Wanted, files: Mapping[PlanFile, bytes], change: ChangingAct, folder: Path
) -> Imported:
    """Take a newer edition of the plan into the files of its dataset, as they are.

    Raises:
        FollowupError: if the document is another plan, or a file cannot be edited.
    """
    activities, agencies = files[PlanFile.ACTIVITIES], files[PlanFile.AGENCIES]
    made = draft(reading, language=wanted.language, codes=codes_of(agencies))
    renewed = renew(activities, agencies, made, change)
    made.counted["unread"] = unread(renewed.doubts)
    contents = {PlanFile.ACTIVITIES: renewed.activities, PlanFile.AGENCIES: renewed.agencies}
    return _written(contents, renewed.doubts, made.counted, folder, renewed.changes)


def _written(
    contents: Mapping[PlanFile, bytes],
    doubts: list[Doubt],
    counts: Counter[str],
    folder: Path,
    changes: list[str] | None = None,
) -> Imported:
    """Give what an import wrote, with the line of each doubt; what commands would refuse is one as well."""
    lines = layout.lines(decode(contents[PlanFile.ACTIVITIES])[0], PlanFile.ACTIVITIES.value, doubts)
    wrong = [
        (Doubt("", "error", f"{each.code} in {each.file}: {each.message}"), each.line)
        for each in check(from_texts(decode_all(contents), folder.as_posix()))
        if each.severity is Severity.ERROR
    ]
    files = {(folder / file.value).as_posix(): content for file, content in contents.items()}
    return Imported(files, [*zip(doubts, lines, strict=True), *wrong], counts, changes or [])
