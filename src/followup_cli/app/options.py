"""The options that commands share, as typed groups: which data, which deliverables, how it is written."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

from typer import Option

from followup_cli.formats import FORMATS
from followup_cli.glossary import EvidenceKind, Language, Role, State, Status

DataOption = Annotated[
    Path | None,
    Option(
        "--data",
        metavar="DIR",
        envvar="FOLLOWUP_DATA",
        help="Folder of the dataset [default: data/ here or above; else the plan that comes with followup].",
    ),
]


class Question(NamedTuple):
    """The options of every command that asks about the data: which dataset, judged as of which day."""

    data: DataOption = None
    as_of: Annotated[
        str | None,
        Option(
            "--as-of",
            metavar="DATE",
            envvar="FOLLOWUP_AS_OF",
            help="Judge everything as of this day [default: today in the plan's time zone].",
        ),
    ] = None
    at: Annotated[
        str | None,
        Option(
            "--at", metavar="REVISION", help="The dataset as it stood at a git revision, or on a day's end."
        ),
    ] = None
    as_enacted: Annotated[
        bool,
        Option("--as-enacted", help="The plan's words as adopted, before any amendment."),
    ] = False
    soon: Annotated[
        int,
        Option("--soon", metavar="DAYS", min=0, max=3660, help="How near a due date is `due-soon`."),
    ] = 30
    no_cache: Annotated[
        bool,
        Option("--no-cache", help="Read the dataset anew, and keep nothing of it for the next time."),
    ] = False


class Color(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


LanguageOption = Annotated[
    str | None,
    Option(
        "--language",
        metavar="LANG",
        help=f"Of what is said around the plan's own words: {', '.join(Language)} [default: the plan's, or en].",
    ),
]


class OutputOptions(NamedTuple):
    """The options of every command that shows tables: in which format, where to, how wide."""

    format: Annotated[
        str | None,
        Option(
            "--format", "-f", metavar="FORMAT", envvar="FOLLOWUP_FORMAT", help=f"One of {', '.join(FORMATS)}."
        ),
    ] = None
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FILE", help="Write to a file; its ending picks the format."),
    ] = None
    wide: Annotated[bool, Option("--wide", help="Show all columns and rows, however small the terminal.")] = (
        False
    )
    plain: Annotated[
        bool,
        Option(
            "--plain", help="One name and value a line, nothing drawn, for screen readers [env: ACCESSIBLE]."
        ),
    ] = False
    excel: Annotated[
        bool,
        Option(
            "--excel",
            help="CSV as Excel opens it right: marked as UTF-8, ids and deadlines kept as text.",
        ),
    ] = False
    provenance: Annotated[
        bool,
        Option("--provenance", help="Say in the data too what it is of: the day, the plan, the edition."),
    ] = False
    color: Annotated[
        Color, Option("--color", metavar="WHEN", help="auto, always or never; NO_COLOR is heeded.")
    ] = Color.AUTO
    no_pager: Annotated[
        bool, Option("--no-pager", help="Do not page through what is longer than the terminal.")
    ] = False
    language: LanguageOption = None


Occurrences = Annotated[
    bool, Option("--occurrences", help="What recurs, period by period: 5.1@2023, each with its own state.")
]
Versus = Annotated[
    str | None,
    Option(
        "--versus",
        metavar="DATE",
        help="Compare with an earlier day: the state then and now, what moved, what was learnt between.",
    ),
]
Words = list[str] | None


class Selection(NamedTuple):
    """The options that keep some deliverables: repeated, alternatives; different ones must all hold."""

    section: Annotated[
        Words, Option("--section", metavar="ID", help="Section: id, number or part of its title.")
    ] = None
    agency: Annotated[
        Words, Option("--agency", metavar="AGENCY", help="Agency: code, name or part of its name.")
    ] = None
    and_agency: Annotated[
        Words,
        Option("--and-agency", metavar="AGENCY", help="Takes part as well; repeated: each of them does."),
    ] = None
    not_agency: Annotated[Words, Option("--not-agency", metavar="AGENCY", help="Does not take part.")] = None
    first: Annotated[
        Words, Option("--first", metavar="AGENCY", help="The agency that the plan lists first.")
    ] = None
    role: Annotated[
        Words, Option("--role", metavar="ROLE", help=f"{', '.join(Role)}; of --agency, if given.")
    ] = None
    no_lead: Annotated[bool, Option("--no-lead", help="Only what names no body in charge.")] = False
    status: Annotated[
        Words, Option("--status", metavar="STATUS", help=f"Last reported: {', '.join(Status)}, or `none`.")
    ] = None
    state: Annotated[Words, Option("--state", metavar="STATE", help=f"On the day: {', '.join(State)}.")] = (
        None
    )
    outcome: Annotated[
        Words, Option("--outcome", metavar="TEXT", help="Words of the outcome; all of them, in any order.")
    ] = None
    search: Annotated[
        Words,
        Option(
            "--search",
            metavar="TEXT",
            help="Words of title, points or outcome; in quotes, one after another.",
        ),
    ] = None
    due: Annotated[
        Words, Option("--due", metavar="PHRASE", help="Due within it: 2022, Q3 2022, August 2022.")
    ] = None
    due_before: Annotated[
        str | None, Option("--due-before", metavar="PHRASE", help="Due before its first day.")
    ] = None
    due_after: Annotated[
        str | None, Option("--due-after", metavar="PHRASE", help="Due after its last day.")
    ] = None
    has: Annotated[
        Words,
        Option(
            "--has",
            metavar="WHAT",
            help="Of which there is something on record: updates, evidence or status.",
        ),
    ] = None
    without: Annotated[
        Words,
        Option("--without", metavar="WHAT", help="Of which there is none: updates, evidence or status."),
    ] = None
    evidence_kind: Annotated[
        Words,
        Option(
            "--evidence-kind", metavar="KIND", help=f"With evidence of this kind: {', '.join(EvidenceKind)}."
        ),
    ] = None
    stale: Annotated[
        int | None,
        Option("--stale", metavar="DAYS", min=0, max=36600, help="Nothing known from so many days."),
    ] = None
    amended: Annotated[bool, Option("--amended", help="Only what an act has changed by the day.")] = False
    other: Annotated[
        Words,
        Option("--other", metavar="COLUMN=TEXT", help="Any part of one of the plan's other columns."),
    ] = None
