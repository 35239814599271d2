"""English: what has a singular, and what is said otherwise than it is named."""

PHRASES: dict[str, str | dict[str, str]] = {
    "{n} deliverables": {"one": "{n} deliverable", "other": "{n} deliverables"},
    "{n} rows": {"one": "{n} row", "other": "{n} rows"},
    "in {n} days": {"one": "in {n} day", "other": "in {n} days"},
    "{n} days ago": {"one": "{n} day ago", "other": "{n} days ago"},
    "Learnt": "Dated since",
    "due on {day}": "due {day}",
    "was due on {day}": "due {day}",
    "Due_next": "Due next",
    "As_agreed": "As agreed",
    "{number} of the plan's {n} deliverables. As of {day}: {counts}.": {
        "one": "{number} of the plan's {n} deliverable. As of {day}: {counts}.",
        "other": "{number} of the plan's {n} deliverables. As of {day}: {counts}.",
    },
    "bears on the deliverable": "about the deliverable itself",
    "bears on the result": "about what came of it, not the deliverable itself",
    "bears on the context": "context",
    "{n} activities of which the plan names nothing to deliver, or nothing that is in force on this day.": {
        "one": "{n} activity of which the plan names nothing to deliver, or nothing that is in force on this day.",
        "other": "{n} activities of which the plan names nothing to deliver, or nothing that is in force on this day.",
    },
}
