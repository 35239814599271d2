"""Which commands there are. Nothing is imported here: the Tab key offers them, too."""

# For whom, verb, the line that `followup --help` prints. The module of the verb's name in `commands` is loaded when called.
GROUPS: dict[str, dict[str, str]] = {
    "To ask": {
        "status": "The overview: what is due, what passed unreported, by section.",
        "list": "One row per deliverable, filtered and sorted.",
        "count": "Deliverables and activities by any field, with denominators.",
        "show": "All about one activity (24) or deliverable (24.2).",
        "agencies": "What each agency carries, as lead and as agreed.",
        "timeline": "The plan in time: windows, due dates, states, by section.",
        "history": "The life of a deliverable: amendments, updates, commits.",
        "sql": "Any other question: one SELECT, as of a date.",
    },
    "To publish": {
        "report": "Pages to publish or send: the plan, an overview, one agency.",
        "site": "A folder of pages to put online, with all of the data.",
        "render": "Fill the blocks of Markdown files, and keep them true.",
        "badge": "How much is delivered, as a small picture (SVG).",
        "export": "The whole plan as a workbook, a calendar, a database or tables.",
    },
    "To keep the data": {
        "request": "The table that an agency fills in, with room for updates.",
        "record": "Add updates to deliverables; no other byte of the file moves.",
        "amend": "Write what an act has changed, or what was copied wrongly.",
        "diff": "What changed between two revisions or folders.",
        "import": "Make a dataset of a published plan.",
        "init": "Start a dataset for another plan.",
    },
    "To check it": {
        "validate": "Check the data: every mistake, at its line and column.",
        "rule": "What a rule checks, why, with a bad and a good example.",
        "schema": "The JSON Schemas with which editors check the files.",
    },
    "To find out": {
        "help": "Topics: dates, formats, states, fields, exit codes, SQL.",
        "deadline": "How a deadline phrase is read, and by which rule.",
        "completion": "The script that makes a shell complete followup's words.",
    },
}
COMMANDS = {verb: line for group in GROUPS.values() for verb, line in group.items()}
