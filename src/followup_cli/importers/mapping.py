"""What each column of a published table was taken for, kept in a file so that the next import takes it so again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.importers.headings import FIELDS
from followup_cli.text.parsing import parse
from followup_cli.text.writing import scalar

_FACTS = ("language", "table", "title", "adopted")


@dataclass(frozen=True)
class Wanted:
    """What a person says of a document, each an empty text where nothing is said.

    Attributes:
        title, adopted, language: of the plan.
        table: the only table to read.
        columns: heading → field.
    """

    title: str = ""
    adopted: str = ""
    language: str = ""
    table: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def over(self, saved: "Wanted") -> "Wanted":
        """Put this over what an earlier import saved."""
        facts = {name: getattr(self, name) or getattr(saved, name) for name in _FACTS}
        return Wanted(**facts, columns={**saved.columns, **self.columns})

    def only(self, headings: Iterable[str]) -> "Wanted":
        """Leave out the columns that are not there."""
        there = set(headings)
        return replace(self, columns={h: f for h, f in self.columns.items() if h in there})


def written(name: str, wanted: Wanted) -> str:
    """Write a mapping: the document, what was said of it, and each heading with its field."""
    facts = [(fact, getattr(wanted, fact)) for fact in _FACTS]
    lines = [
        "# What each column was taken for: change a word and import again. The words are",
        f"# {', '.join(FIELDS)}.",
        f"source: {scalar(name)}",
        *(f"{fact}: {scalar(value)}" for fact, value in facts if value),
        "columns:",
        *(f"  {scalar(heading)}: {field}" for heading, field in wanted.columns.items()),
    ]
    return "\n".join(lines) + "\n"


def read_mapping(text: str, file: str) -> Wanted:
    """Read a mapping.

    Raises:
        FollowupError: if it is none.
    """
    document = parse(text, file)
    data = document.data
    columns = data.get("columns") if isinstance(data, dict) else None
    if document.problems or not isinstance(columns, dict):
        raise FollowupError(f"`{file}` is no mapping of columns", "an import writes one, to start from")
    facts = {fact: data[fact] for fact in _FACTS if isinstance(data.get(fact), str)}
    return Wanted(**facts, columns=_checked(columns))


def columns_of(options: Iterable[str]) -> dict[str, str]:
    """Read options of the form `FIELD=HEADING`.

    Raises:
        FollowupError: if one has another form.
    """
    columns = {}
    for option in options:
        name, _, heading = option.partition("=")
        if not (name.strip() and heading.strip()):
            raise FollowupError(f"`{option}` names no column", 'write --column outcome="Form of completion"')
        columns[heading.strip()] = name.strip()
    return _checked(columns)


def _checked(columns: Mapping[str, object]) -> dict[str, str]:
    """Check the fields of a mapping.

    Raises:
        FollowupError: if a field is none of ours.
    """
    return {heading: choose(str(name), FIELDS, "field") for heading, name in columns.items()}
