"""English: only what has a singular."""

PHRASES: dict[str, str | dict[str, str]] = {
    "{n} deliverables": {"one": "{n} deliverable", "other": "{n} deliverables"},
    "{n} rows": {"one": "{n} row", "other": "{n} rows"},
    "in {n} days": {"one": "in {n} day", "other": "in {n} days"},
    "{n} days ago": {"one": "{n} day ago", "other": "{n} days ago"},
    "{n} activities of which the plan names nothing to deliver, or nothing that is in force on this day.": {
        "one": "{n} activity of which the plan names nothing to deliver, or nothing that is in force on this day.",
        "other": "{n} activities of which the plan names nothing to deliver, or nothing that is in force on this day.",
    },
}
