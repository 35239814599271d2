"""TOPICS: what `followup help TOPIC` prints, and what the documentation says: the same text."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from followup_cli.deadlines import read
from followup_cli.formats import FORMATS
from followup_cli.glossary import STATE_MEANINGS, STATUS_MEANINGS
from followup_cli.questions.counting import ASSIGNED
from followup_cli.questions.fields import FIELDS, USUAL
from followup_cli.questions.reports import REPORTS
from followup_cli.store.tables import schema


class Topic(NamedTuple):
    """A topic of the help: how its Markdown is made, and what it is about."""

    make: Callable[[], str]
    meaning: str


_PHRASES = (
    "2022-12-31",
    "31 December 2022",
    "August 2022",
    "2022-08",
    "Q3 2022",
    "first half of 2022",
    "2022",
    "2022-2025",
    "by the end of 2022",
    "until 1 July 2023",
    "within 6 months",
    "end of June 2023",
    "до конца 2022 года",
    "2022 жылдың соңына дейін",
)


def dates() -> str:
    """Say which phrases are read as dates, and as which days."""
    adopted = date(2022, 4, 28)
    rows = []
    for phrase in _PHRASES:
        deadline = read(phrase, adopted=adopted)
        rows.append((f"`{phrase}`", str(deadline.start or ""), str(deadline.due or ""), deadline.rule))
    return f"""Options that take a date (`--as-of`, `--due`, `--due-before`, `--due-after`) take every phrase that a deadline may be, in English, Russian and Kazakh, and what counts from the day that is asked about: `today`, `yesterday`, `last month`, `this quarter`, `last 30 days`, `30 days ago`; `2022-01..2022-06` is from one to the other. A phrase is a window of whole days, both ends included; what no rule knows is an error, never a guess. `followup deadline PHRASE` shows how a phrase is read.

{_table(("phrase", "first day", "last day", "rule"), rows)}
Phrases that count from the plan's adoption are shown here for a plan adopted on {adopted}. `--as-of` takes the last day of a period, `--due` keeps what is due within it, `--due-before` what is due before its first day, `--due-after` what is due after its last. "Today" is the day in the plan's time zone, wherever the program runs.
"""


def formats() -> str:
    """List the formats, and how one is chosen."""
    rows = [
        (f"`{name}`", " ".join(f"`{ending}`" for ending in known.endings), known.meaning)
        for name, known in FORMATS.items()
    ]
    return f"""`--format` names a format; without it the ending of `--output FILE` decides; without that, a terminal gets `table` and a pipe gets what the command's help says, mostly `tsv`.

{_table(("format", "file endings", "what for"), rows)}
In a pipe and in a file everything is complete and plain: no colour, no box, nothing cut. Dates are ISO, nothing is `null` or empty, and a list is an array in JSON and joined by "; " in CSV and TSV. In JSON a table is an array of objects, and a page of several tables is an object of them; keys are added, never renamed. In CSV a text that a spreadsheet would run is led by an apostrophe, in every item of a list. `--excel` writes CSV that Excel opens right: with a byte order mark, and an apostrophe before every text that it would make a number or a date of (1.10, 3-4, August 2022). A tab or a line end in a cell is `\\t` or `\\n` in TSV.

What is saved says what it is of: the day, the plan, the edition of its data, what is selected, and how many of all; Markdown, HTML and all that `followup export` writes always do. Data does with `--provenance`: JSON is an object of `as_of`, `plan`, `version`, `revision`, `selection`, `total` and `rows`, the last of which is what it is without; CSV, TSV and JSON Lines have `as_of` and `version` in each row, and a text has a last line.
"""


def exit_codes() -> str:
    """List the exit codes."""
    rows = (
        ("0", "done; an empty answer too"),
        (
            "1",
            "findings at or above `--fail-on`; a stale block under `render --check`; differences under `--exit-code`; a phrase that `deadline` cannot read; nothing under `--fail-if-empty`",
        ),
        ("2", "the request cannot be met, or the dataset has errors: one sentence says why, one what to do"),
        ("70", "a bug in followup; `FOLLOWUP_DEBUG=1` shows where"),
        ("130", "interrupted (Ctrl-C)"),
    )
    return f"{_table(('code', 'meaning'), rows)}\nA closed pipe (`followup list | head`) is no error. Data goes to standard output; talk, hints and errors go to standard error.\n"


def environment() -> str:
    """List the environment variables."""
    rows = (
        ("`FOLLOWUP_DATA`", "the folder of the dataset, as `--data`"),
        ("`FOLLOWUP_AS_OF`", "the day that everything is judged as of, as `--as-of`"),
        ("`FOLLOWUP_FORMAT`", "the format, as `--format`"),
        (
            "`FOLLOWUP_CACHE`",
            "the folder for what is kept between runs [default: `followup` in the user's cache]; empty: none",
        ),
        ("`FOLLOWUP_DEBUG`", "show where a bug happened"),
        ("`NO_COLOR`", "no colour, unless `--color always`"),
        ("`FORCE_COLOR`", "colour in a pipe too; nothing else changes"),
        ("`TERM=dumb`", "no colour and no pager"),
        ("`ACCESSIBLE`", "at a terminal one name and value a line, nothing drawn, as `--plain`"),
        (
            "`PAGER`",
            "what long pages are read with at a terminal [default: `less`]; `--no-pager` does without",
        ),
        ("`COLUMNS`", "the width of the terminal"),
    )
    return f"{_table(('variable', 'what it does'), rows)}\nAn option on the command line goes before its variable. There is no configuration file.\n"


def data() -> str:
    """List all that the two files of a dataset may say, record by record."""
    from followup_cli.plan.records import ActivitiesFile, AgenciesFile, Record, models_in

    parts = ["A dataset is two YAML files in one folder, `activities.yaml` and `agencies.yaml`.\n"]
    records: dict[type[Record], None] = {}
    for file in (ActivitiesFile, AgenciesFile):
        for _, record in models_in(file):
            parent = record.__bases__[0]  # what corrections of all records have is told once
            same = issubclass(parent, Record) and parent.model_fields.keys() == record.model_fields.keys()
            records[parent if same else record] = None
    for record in records:
        fields = ((field.alias or name, field) for name, field in record.model_fields.items())
        rows = [
            (f"`{key}`", "yes" if field.is_required() else "", field.description or "")
            for key, field in fields
        ]
        name = re.sub("(?<=[a-z])(?=[A-Z])", " ", record.__name__).capitalize()
        parts.append(f"**{name}**\n\n{_table(('key', 'needed', 'meaning'), rows)}")
    return "\n".join(parts)


def states() -> str:
    """List the states that are derived and the statuses that are reported."""
    derived = _table(("state", "when"), [(f"`{s}`", text) for s, text in STATE_MEANINGS.items()])
    reported = _table(("status", "meaning"), [(f"`{s}`", text) for s, text in STATUS_MEANINGS.items()])
    return f"""A **state** is derived for each deliverable as of a date:

{derived}
A **status** is what an update reports; the last one dated on or before the day counts:

{reported}
Silence is not failure: a deadline that passed with no status known from after it is `unreported`, never `overdue`; what was delivered on a day that is not exact, and may lie before the due date, is `delivered`, not `delivered-late`. "As agreed" marks a body that takes part by consent; which bodies are in charge, the plan's marks say, or what it says that their lack means. `--soon DAYS` sets how near a due date is `due-soon`.
"""


def fields() -> str:
    """List the fields of a deliverable."""
    rows = [(f"`{name}`", f.column.kind.value, f.column.meaning) for name, f in FIELDS.items()]
    more = [(f"`{name}`", "text", f"{meaning}; only in `count --by`") for name, meaning in ASSIGNED.items()]
    return f"""`list --fields` and `--sort` and `count --by` take these; machine formats write the first {len(USUAL)} unless told otherwise.

{_table(("field", "type", "meaning"), [*rows, *more])}"""


def reports() -> str:
    """List the reports."""
    rows = [
        (f"`followup report {name}{f' {r.argument}' if r.argument else ''}`", r.meaning)
        for name, r in REPORTS.items()
    ]
    return _table(("report", "what it is"), rows)


def sql() -> str:
    """List the tables that SQL may ask."""
    rows = [
        tuple("" if cell is None else str(cell).replace("|", "\\|") for cell in row) for row in schema().rows
    ]
    rows = [(f"**{row[0]}**" if not row[1] else "", *row[1:]) for row in rows]
    return f"""`followup sql QUERY` runs one SELECT against these tables, as of a date, in memory: nothing can be written and no file can be read. Dates are ISO texts. A list is a JSON array, which `json_each` opens; in an answer, such a column is a list again.

{_table(("table", "column", "type", "meaning"), rows)}"""


TOPICS: dict[str, Topic] = {
    "dates": Topic(dates, "which phrases are read as dates"),
    "formats": Topic(formats, "the formats and how one is chosen"),
    "exit-codes": Topic(exit_codes, "what the exit codes mean"),
    "environment": Topic(environment, "the environment variables"),
    "data": Topic(data, "what the two files of a dataset may say"),
    "states": Topic(states, "the states, and the statuses that are reported"),
    "fields": Topic(fields, "what can be shown, sorted and counted by"),
    "reports": Topic(reports, "the reports"),
    "sql": Topic(sql, "the tables that SQL may ask"),
}


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
