"""The tables of the store that hold what is true on any day; the items of a list in them have SEPARATOR between them."""

SEPARATOR = "\ue000"  # between the items of a list: no text has it, and JSON writes it as it is
# Words hold from `since` until before `until`; a `wording` is an activity's number and words of such days. A
# column without a type keeps numbers and texts apart. A status without a period is of the deliverable as a
# whole; on a day of its `turn` an occurrence stands for the deliverable that recurs. An assignment of deliverable 0 holds for all of them.
BASE = """
CREATE TABLE moment (as_of TEXT, words TEXT, soon TEXT, as_enacted INTEGER, revision TEXT);
CREATE TABLE about (id TEXT, title TEXT, act TEXT, adopted TEXT, country TEXT, language TEXT, timezone TEXT,
  pursuant_to TEXT, source_publisher TEXT, source_url TEXT, source_published TEXT, licence TEXT, version TEXT,
  format INTEGER);
CREATE TABLE rule (name TEXT PRIMARY KEY, meaning TEXT);
CREATE TABLE heading (position INTEGER PRIMARY KEY, field TEXT, text TEXT);
CREATE TABLE second_text (language TEXT, words TEXT, text TEXT, PRIMARY KEY (language, words)) WITHOUT ROWID;
CREATE TABLE section (id TEXT, position INTEGER PRIMARY KEY, title TEXT, within TEXT);
CREATE TABLE agency (code TEXT, position INTEGER PRIMARY KEY, name TEXT, aliases TEXT, listed INTEGER,
  successors TEXT);
CREATE TABLE successor (agency TEXT, number INTEGER, name TEXT, since TEXT, url TEXT);
CREATE TABLE activity (wording INTEGER PRIMARY KEY, position INTEGER, since TEXT, until TEXT, id, number TEXT,
  section TEXT, title TEXT, points TEXT, others TEXT);
CREATE TABLE point (wording INTEGER, position INTEGER, text TEXT, PRIMARY KEY (wording, position)) WITHOUT ROWID;
CREATE TABLE other_text (wording INTEGER, deliverable INTEGER, heading TEXT, text TEXT);
CREATE TABLE assignment (wording INTEGER, deliverable INTEGER, position INTEGER, agency TEXT, role TEXT, mark TEXT,
  since TEXT, until TEXT, deliverables INTEGER, PRIMARY KEY (wording, position)) WITHOUT ROWID;
CREATE TABLE deliverable (position INTEGER, wording INTEGER, activity, since TEXT, until TEXT, start TEXT, due TEXT, opens TEXT,
  section TEXT, id TEXT, kind TEXT, rule TEXT, recurrence TEXT, unread INTEGER, first TEXT, lead TEXT, partners TEXT,
  as_agreed TEXT, agencies TEXT, number TEXT, starts TEXT, deadline TEXT, outcome TEXT, title TEXT,
  own_activity_title TEXT, points TEXT, others TEXT);
CREATE TABLE amendment (owner, deliverable INTEGER, since TEXT, date TEXT, act TEXT, url TEXT, field TEXT, was TEXT,
  now TEXT, was_due TEXT);
CREATE TABLE correction (owner, deliverable INTEGER, date TEXT, url TEXT, field TEXT, was TEXT, note TEXT);
CREATE TABLE occurrence (deliverable INTEGER, wording INTEGER, label TEXT, start TEXT, due TEXT,
  PRIMARY KEY (deliverable, wording, label)) WITHOUT ROWID;
CREATE TABLE turn (deliverable INTEGER, wording INTEGER, since TEXT, until TEXT, label TEXT, start TEXT, due TEXT,
  PRIMARY KEY (deliverable, wording, since)) WITHOUT ROWID;
CREATE TABLE report (deliverable INTEGER, period TEXT, since TEXT, until TEXT, status TEXT, date TEXT, decided TEXT,
  PRIMARY KEY (deliverable, period, since)) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, deliverable INTEGER, known TEXT, date TEXT, status TEXT, reported_as TEXT,
  note TEXT, period TEXT, retracted TEXT, retraction TEXT);
CREATE TABLE proof (id INTEGER PRIMARY KEY, entry INTEGER, url TEXT, publisher TEXT, kind TEXT, bears_on TEXT,
  title TEXT, act TEXT, published TEXT, accessed TEXT, quote TEXT, archive TEXT);
"""
INDEXES = (
    "CREATE INDEX activity_by_id ON activity (id)",
    "CREATE INDEX assignment_by_agency ON assignment (agency, role, since, until, deliverables, deliverable)",
    "CREATE INDEX deliverable_by_wording ON deliverable (wording)",
    "CREATE INDEX deliverable_by_position ON deliverable (position, until)",
    "CREATE INDEX deliverable_by_activity ON deliverable (activity)",
    "CREATE INDEX entry_by_deliverable ON entry (deliverable)",
    "CREATE INDEX proof_by_entry ON proof (entry)",
)
