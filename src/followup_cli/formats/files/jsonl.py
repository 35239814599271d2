"""JSON Lines: every row of every table as an object that names its table."""

from json import dumps

from followup_cli.formats.files import Files
from followup_cli.formats.json import objects
from followup_cli.table import Page


def jsonl(page: Page) -> Files:
    """Write one object a line, with the name of its table under `table`."""
    lines = [
        dumps({"table": table.name, **row}, ensure_ascii=False) + "\n"
        for table in page.tables
        for row in objects(table)
    ]
    return {"": "".join(lines).encode()}
