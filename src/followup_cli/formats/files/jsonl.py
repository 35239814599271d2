"""JSON Lines: every row of every table as an object that names its table."""

from json import dumps

from followup_cli.formats.files import Files
from followup_cli.formats.json import objects
from followup_cli.store.relations import Subject, whole_plan


def jsonl(subject: Subject) -> Files:
    """Write one object a line, with the name of its table under `table`."""
    lines = [
        dumps({"table": table.name, **row}, ensure_ascii=False) + "\n"
        for table in whole_plan(subject).tables
        for row in objects(table)
    ]
    return {"": "".join(lines).encode()}
