"""`sql`: any question, in one line of SQL, put to the dataset as of a date."""

import sys
from dataclasses import replace
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.asking import ask
from followup_cli.app.options import OutputOptions, Question
from followup_cli.app.streams import Answer
from followup_cli.errors import FollowupError
from followup_cli.questions.sql import answer
from followup_cli.store import tables

EXAMPLES = """Examples:

  followup sql "select agency, unreported from by_agency order by unreported desc limit 5"

  followup sql "select id, title from search where search match 'torture'" --format json

  followup sql "select lead, count(*) n from deliverables group by lead" --as-of 2023-01-01

  followup sql --schema
"""


def run(
    question: Question,
    options: OutputOptions,
    query: Annotated[
        str | None, Argument(metavar="[QUERY]", help="One SELECT; `-` reads it from standard input.")
    ] = None,
    schema: Annotated[bool, Option("--schema", help="Only list the tables and their columns.")] = False,
    timeout: Annotated[
        float, Option("--timeout", metavar="SECONDS", min=0.01, max=86_400, help="Give up after this time.")
    ] = 10.0,
) -> Answer:
    """Put a query to the dataset as of a date, as an SQLite database in memory.

    Nothing can be written, no file can be read, and no extension loaded.
    """
    if schema:
        return Answer(tables.schema(), options)
    if query == "-":
        query = sys.stdin.read()
    if not query or not query.strip():
        raise FollowupError(
            "there is no query", '`followup sql "select * from plan"`; `--schema` lists the tables'
        )
    picture = ask(question)
    about = picture.provenance()
    return Answer(replace(answer(picture.store, query, timeout), provenance=about), options)
