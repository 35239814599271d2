"""STATES: the rules by which the state of a deliverable follows from its window and the status that counts.

Silence is not failure: a deadline that has passed is `overdue` only where a status from after it says that
nothing was delivered. A report without an exact day never makes late what may not be.
"""

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


_STATE = _cases({condition: f"'{state}'" for state, condition in STATES.items()})
# How far a state is: the name of its column is to be filled in.
RANK = "CASE {} " + " ".join(f"WHEN '{state}' THEN {n}" for n, state in enumerate(LEAST_ADVANCED)) + " END"
# `standing` has a row for each deliverable in force, with all that is true of it on the day of `moment`;
# `advance` has a row for each activity that has one.
VIEWS = (
    f"""CREATE VIEW standing AS
SELECT d.*, coalesce(d.own_activity_title, d.title) AS activity_title, r.status, r.date AS status_date, {_STATE} AS state,
  CASE WHEN r.status IN ('delivered', 'abandoned') THEN NULL
    ELSE CAST(julianday(d.due) - julianday(m.as_of) AS INTEGER) END AS days_left,
  (SELECT u.date FROM entry AS u WHERE u.deliverable = d.position AND u.known <= m.as_of AND u.retracted IS NULL
    ORDER BY u.known DESC, u.id DESC LIMIT 1) AS last_update,
  (SELECT count(*) FROM entry AS u WHERE u.deliverable = d.position AND u.known <= m.as_of
    AND u.retracted IS NULL) AS updates
FROM moment AS m CROSS JOIN deliverable AS d
LEFT JOIN report AS r ON r.deliverable = d.position AND r.since <= m.as_of AND m.as_of < r.until
WHERE d.since <= m.words AND m.words < d.until""",  # noqa: S608 - our own names
    f"""CREATE VIEW advance AS
SELECT activity, state FROM (SELECT activity, state, min({RANK.format("state")}) FROM standing GROUP BY activity)""",  # noqa: S608 - our own names
)
