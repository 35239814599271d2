"""`schema`: write the JSON Schemas with which editors complete and check the files."""

from pathlib import Path
from typing import Annotated

from typer import Exit, Option

from followup_cli.app.options import DataOption
from followup_cli.app.session import data_folder, read_draft
from followup_cli.app.streams import say, write_file
from followup_cli.plan.editor_schema import schemas, written_schema

EXAMPLES = """Examples:

  followup schema

  followup schema --check

  followup schema --output schema
"""


def run(
    data: DataOption = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="DIR", help="Where to [default: `schema` beside the data folder]."),
    ] = None,
    check: Annotated[
        bool, Option("--check", help="Write nothing; exit 1 if a schema is missing or out of date.")
    ] = False,
) -> None:
    """Write a JSON Schema for each file of the dataset, with its agencies and sections."""
    folder = data_folder(data)
    target = output or folder.parent / "schema"
    stale = []
    for name, schema in schemas(read_draft(data)).items():
        path = target / name
        text = written_schema(schema)
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale.append(path)
        if not check:
            target.mkdir(parents=True, exist_ok=True)
            write_file(path, text)
    for path in stale:
        say(
            f"{path.as_posix()} is out of date: run `followup schema`"
            if check
            else f"wrote {path.as_posix()}"
        )
    if not stale:
        say(f"the schemas in {target.as_posix()} are up to date")
    if stale and check:
        raise Exit(1)
