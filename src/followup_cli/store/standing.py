"""STATES: the rules by which the state of a deliverable follows from its window and the status that counts.

Silence is not failure: a deadline that has passed is `overdue` only where a status from after it says that
nothing was delivered. A report without an exact day never makes late what may not be.
"""

import re

from followup_cli.glossary import State

# The first that holds. `d` is a deliverable in the words of the day; `r` is the status that counts on it, if
# there is one: `r.decided` is the first day on which what is delivered may have been, or the last day from
# which it is known not to be; `m` is the moment.
STATES: dict[State, str] = {
    State.DELIVERED: "r.status = 'delivered' AND (d.due IS NULL OR r.decided <= d.due)",
    State.DELIVERED_LATE: "r.status = 'delivered'",
    State.ABANDONED: "r.status = 'abandoned'",
    State.UNREAD: "d.unread",
    State.UNDATED: "d.due IS NULL AND (d.start IS NULL OR d.start <= m.as_of)",
    State.OVERDUE: "d.due < m.as_of AND r.decided > d.due",
    State.UNREPORTED: "d.due < m.as_of",
    State.DUE_SOON: "d.due <= m.soon",
    State.OPEN: "d.opens IS NULL OR d.opens <= m.as_of",
    State.UPCOMING: "TRUE",
}
# An activity is as far as that of its deliverables which comes first here.
LEAST_ADVANCED = (
    State.OVERDUE,
    State.UNREPORTED,
    State.UNREAD,
    State.DUE_SOON,
    State.OPEN,
    State.UPCOMING,
    State.UNDATED,
    State.DELIVERED_LATE,
    State.DELIVERED,
    State.ABANDONED,
)


def _cases(cases: dict[str, object]) -> str:
    return "CASE " + " ".join(f"WHEN {condition} THEN {value}" for condition, value in cases.items()) + " END"


# How far a state is: the name of its column is to be filled in.
RANK = "CASE {} " + " ".join(f"WHEN '{state}' THEN {n}" for n, state in enumerate(LEAST_ADVANCED)) + " END"
# What a deliverable has in the words of a day.
_OWN = [
    "position",
    "wording",
    "activity",
    "since",
    "until",
    "section",
    "kind",
    "rule",
    "recurrence",
    "unread",
    "first",
    "lead",
    "partners",
    "as_agreed",
    "agencies",
    "number",
    "starts",
    "deadline",
    "outcome",
    "title",
    "own_activity_title",
    "points",
    "others",
]
# The days that count of what recurs are those of an occurrence, `o`.
_DAYS = {
    "d.start": "coalesce(o.start, d.start)",
    "d.due": "coalesce(o.due, d.due)",
    "d.opens": "coalesce(o.start, d.opens)",
}


def _view(name: str, identifier: str, occurrence: str, period: str) -> str:
    """Write the view of all that is true of each deliverable in force on the day of `moment`.

    Args:
        name: its name.
        identifier: what tells its rows apart.
        occurrence: which occurrences of what recurs have a row, as what to join.
        period: the period whose updates alone count; nothing where all do.
    """
    state = _cases({condition: f"'{state}'" for state, condition in STATES.items()})
    counted = (
        "FROM entry AS u WHERE u.deliverable = d.position AND u.known <= m.as_of AND u.retracted IS NULL"
    )
    if period:
        counted += f" AND ({period} IS NULL OR u.period = {period})"
    view = f"""CREATE VIEW {name} AS
SELECT {", ".join(f"d.{column}" for column in _OWN)}, {identifier} AS id, o.label AS occurrence, {period or "NULL"} AS period,
  d.recurrence IS NOT NULL AND d.[due] IS NULL AS endless,
  d.start AS start, d.due AS due, d.opens AS opens, coalesce(d.own_activity_title, d.title) AS activity_title,
  r.status, r.date AS status_date, {state} AS state,
  CASE WHEN r.status IN ('delivered', 'abandoned') THEN NULL
    ELSE CAST(julianday(d.due) - julianday(m.as_of) AS INTEGER) END AS days_left,
  (SELECT u.date {counted} ORDER BY u.known DESC, u.id DESC LIMIT 1) AS last_update,
  (SELECT coalesce(u.period || ': ', '') || coalesce(u.note, u.reported_as, u.status, (SELECT coalesce(p.title, p.publisher) FROM proof AS p
    WHERE p.entry = u.id LIMIT 1)) {counted} ORDER BY u.known DESC, u.id DESC LIMIT 1) AS last_note,
  (SELECT count(*) {counted}) AS updates
FROM moment AS m CROSS JOIN deliverable AS d
LEFT JOIN {occurrence} AND o.deliverable = d.position AND o.wording = d.wording
LEFT JOIN report AS r ON r.deliverable = d.position AND r.period = coalesce(o.label, '')
  AND r.since <= m.as_of AND m.as_of < r.until
WHERE d.since <= m.words AND m.words < d.until"""  # noqa: S608 - our own names
    for column, days in _DAYS.items():
        view = re.sub(rf"{column}\b", days, view)
    return view


# `standing` has a row for each deliverable, `happening` one for each occurrence of those that recur instead;
# `advance` has a row for each activity that has a deliverable.
VIEWS = (
    _view("standing", "d.id", "turn AS o ON o.since <= m.as_of AND m.as_of < o.until", ""),
    _view(
        "happening",
        "d.id || coalesce('@' || o.label, '')",
        "occurrence AS o ON TRUE",
        "o.label",
    ),
    f"""CREATE VIEW advance AS
SELECT activity, state FROM (SELECT activity, state, min({RANK.format("state")}) FROM standing GROUP BY activity)""",  # noqa: S608 - our own names
)
