"""A newer edition of a plan, taken into the dataset that an earlier one became.

Ids, evidence, readings and agencies stay, and of updates only newer ones come; the plan's words are compared.
No byte of the files moves that need not, and what an act changed is written as amendments where the act and
its day are given.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from followup_cli.choosing import fold, words
from followup_cli.errors import FollowupError
from followup_cli.findings import Steps
from followup_cli.importers.doubting import Doubt
from followup_cli.importers.drafting import PlanDraft
from followup_cli.importers.edition import ChangingAct, Edition, Renewed, with_item
from followup_cli.plan.values import days_of
from followup_cli.text.characters import decode
from followup_cli.text.parsing import parse

_ACTIVITY_WORDS = ("title", "section")
_DELIVERABLE_WORDS = ("title", "outcome", "deadline", "starts")
# The columns that words come from: where one is there and empty, the plan says nothing; else it may say it elsewhere.
_COLUMNS = {
    "title": ("title",),
    "section": (),
    "outcome": ("outcome",),
    "deadline": ("deadline", "revised", "marked"),
    "starts": ("start",),
    "agencies": ("lead", "partner", "agencies"),
}


def codes_of(agencies: bytes) -> dict[str, str]:
    """Give the codes that a dataset has for its agencies' names, folded."""
    data = parse(decode(agencies)[0], "agencies.yaml").data
    listed = data.get("agencies") or () if isinstance(data, Mapping) else ()
    return {
        fold(name): str(agency["code"])
        for agency in listed
        for name in (agency["code"], agency.get("name", agency["code"]), *agency.get("aliases", ()))
    }


def renew(activities: bytes, agencies: bytes, draft: PlanDraft, change: ChangingAct) -> Renewed:
    """Take a newer edition into a dataset.

    Args:
        activities: the file of activities as it is.
        agencies: the file of agencies as it is.
        draft: what the newer edition says; its agencies have the codes of the dataset (`codes_of`).
        change: what changed the plan; without it words change without a word of when.

    Raises:
        FollowupError: if the document is another plan, or a file is laid out so that an edit cannot keep it.
    """
    edition = Edition(activities, change)
    newer = _with_our_sections(edition, draft)
    places = _Renewing(edition, draft).compare(newer)
    edition.result.doubts[:0] = _placed(draft.doubts, places, edition)
    there = set(codes_of(agencies).values())
    for agency in draft.agencies["agencies"]:
        if agency["code"] not in there:
            agencies = with_item(agencies, ("agencies",), agency, "agencies.yaml")
            edition.result.changes.append(f"new agency {agency['code']}: {agency['name']}")
    edition.result.agencies = agencies
    return edition.result


def _placed(doubts: Sequence[Doubt], places: Mapping[int, int], edition: Edition) -> list[Doubt]:
    """Give the doubts of a document, each with its place in the dataset.

    Not those about ids, which stay as they are, and about deadlines that an editor has read.
    """
    placed = []
    for doubt in (each for each in doubts if each.kind != "number"):
        path = doubt.path
        if len(path) > 1 and path[0] == "activities":
            path = ("activities", places[int(path[1])], *path[2:])
        is_read = doubt.kind == "unread" and "read" in edition.there(path[:-1])
        if not is_read or path[-1:] != ("deadline",):
            placed.append(doubt._replace(path=path))
    return placed


def _with_our_sections(edition: Edition, draft: PlanDraft) -> list[dict[str, Any]]:
    """Give the activities of the newer edition, each in the section that the dataset has."""
    ids = _sections(edition, draft.activities["sections"])
    edition.make()
    return [
        {**each, **({"section": ids[each["section"]]} if "section" in each else {})}
        for each in draft.activities["activities"]
    ]


def _sections(edition: Edition, newer: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Write what sections are new or have another title; give our id of each in the newer edition."""
    there = {str(each["id"]): each for each in edition.document.data.get("sections") or ()}
    count = len(there)
    ours = {(str(each.get("in", "")), fold(each["title"])): number for number, each in there.items()}
    titles = {fold(each["title"]) for each in newer}
    ids: dict[str, str] = {}
    for section in newer:
        title, number = section["title"], str(section["id"])
        inside = {"in": ids[section["in"]]} if "in" in section else {}
        key = (inside.get("in", ""), fold(title))
        old = there.get(number)
        if key in ours:
            ids[number] = ours[key]
        elif old is not None and fold(old["title"]) not in titles:
            ids[number] = number
            place: Steps = ("sections", list(there).index(number), "title")
            edition.put(place, title, f"section {number}: title “{old['title']}” → “{title}”")
        else:
            ids[number] = next(each for n in range(99) if (each := number + "-new" * n) not in there)
            there[ids[number]] = section
            item = {"id": ids[number], "title": title, **inside}
            edition.add(("sections",), count, item, f"section {ids[number]} is new: {title}")
    return ids


class _Renewing:
    """Compares the activities one by one, and gathers what changes in the text."""

    def __init__(self, edition: Edition, draft: PlanDraft) -> None:
        self.edition, self.draft = edition, draft
        self.kept: set[str] = set()  # what the newer edition has no column of

    def compare(self, newer: Sequence[Mapping[str, Any]]) -> dict[int, int]:
        """Compare all activities; those that are gone from the plan stay in the data, and are told.

        Returns:
            Where each activity of the newer edition stands in the dataset now.
        """
        older = list(self.edition.document.data.get("activities") or ())
        pairs = _pairs(older, newer)
        if len(pairs) * 3 < len(older):
            raise FollowupError(
                f"the folder holds another plan: {len(pairs)} of its {len(older)} activities are in this document",
                "name another folder with -o",
            )
        places = self.added(older, newer, {id(record): index for index, record in pairs.items()})
        for index, record in enumerate(older):
            if index in pairs:
                self.activity(places[index], record, pairs[index])
            elif not _repealed(record):
                self.gone(places[index], record)
        self.edition.make()
        ours = {id(record): places[index] for index, record in pairs.items()}
        free = (index for index in range(len(older) + len(newer)) if index not in places)
        return {n: ours[id(r)] if id(r) in ours else next(free) for n, r in enumerate(newer)}

    def added(
        self, older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]], known: Mapping[int, int]
    ) -> list[int]:
        """Add the activities that are new, each behind the one before it; give where the others stand now."""
        taken = {str(each.get("id")) for each in older}
        taken |= {f"{each.get('id')}.{n + 1}" for each in older for n in range(len(_deliverables(each)))}
        before: dict[int, int] = {}  # how many new ones go in front of each place
        place = 0
        for record in newer:
            if id(record) in known:
                place = known[id(record)] + 1
                continue
            fresh = self.fresh(record, taken)
            taken.add(str(fresh["id"]))
            before[place] = before.get(place, 0) + 1
            self.edition.add(("activities",), place, fresh, f"{fresh['id']} is new: {fresh['title']}")
        self.edition.make()
        return [index + sum(n for at, n in before.items() if at <= index) for index in range(len(older))]

    def fresh(self, record: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
        """Give a new activity as it is written: with an id of its own, and its number where that is another."""
        identity = str(record["id"])
        printed = self.draft.numbers.get(identity, "")
        while identity in taken:
            identity = f"{identity}-new"
        head = {"id": identity} | ({"number": printed} if printed and printed != identity else {})
        rest = {key: value for key, value in record.items() if key not in ("id", "number")}
        return self.edition.marked(head | rest, "added")

    def activity(self, index: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare one activity."""
        path: Steps = ("activities", index)
        name = str(old.get("id"))
        self.number(path, name, old, new)
        for key in _ACTIVITY_WORDS:
            self.word(path, name, key, old, new)
        self.points(path, name, old, new)
        self.bodies(path, name, old, new)
        self.other(path, name, old, new)
        before, after = _deliverables(old), _deliverables(new)
        after = after or [{}] * (len(before) == 1)  # of an activity that is there its only words are gone
        pairs = _paired(before, after)
        for i, one in enumerate(before):
            place = (*path, "deliverables", i)
            if i in pairs:
                self.deliverable(place, f"{name}.{i + 1}", one, pairs[i])
            elif not _repealed(one):
                self.edition.doubt(place, f"{name}.{i + 1} is not in the newer edition; it was kept")
                self.edition.amend(place, "repealed", None)
        known = {id(two) for two in pairs.values()}
        for i, extra in enumerate((each for each in after if id(each) not in known), len(before)):
            item = self.edition.marked(extra, "added")
            self.edition.add((*path, "deliverables"), len(before), item, f"{name}.{i + 1} is new")

    def number(self, path: Steps, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Follow the printed number; the id stays."""
        was, printed = str(old.get("number", name)), self.draft.numbers.get(str(new["id"]), "")
        if printed and printed != was:
            self.edition.put((*path, "number"), printed, f"{name}: number “{was}” → “{printed}”")
            self.edition.amend(path, "number", was)
        elif not printed and "number" in old:
            self.edition.doubt(path, f"{name}: the newer edition prints no number; `{was}` was kept")

    def points(self, path: Steps, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare the points below a title."""
        ours, theirs = list(old.get("points") or ()), list(new.get("points") or ())
        if ours and theirs and ours != theirs:
            told = f"{name}: points “{'; '.join(ours)}” → “{'; '.join(theirs)}”"
            self.edition.put((*path, "points"), theirs, told)
            self.edition.amend(path, "points", ours)
        elif ours != theirs:
            self.edition.doubt(path, f"{name}: its points differ from those of the newer edition")

    def bodies(self, path: Steps, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare the bodies of an activity, or of a deliverable that has its own."""
        ours, theirs = _listed(old), _listed(new)
        if ours == theirs:
            return
        if theirs:
            told = f"{name}: agencies [{', '.join(ours)}] → [{', '.join(theirs)}]"
            self.edition.put((*path, "agencies"), list(new["agencies"]), told)
        elif self.has_column("agencies", path):
            self.edition.take_out((*path, "agencies"), f"{name}: agencies [{', '.join(ours)}] → none")
        else:
            return
        self.edition.amend(path, "agencies", ours)

    def other(self, path: Steps, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare the columns that are none of ours."""
        ours, theirs = old.get("other") or {}, new.get("other") or {}
        own = {heading: text for heading, text in theirs.items() if ours.get(heading) != text}
        gone = [h for h in ours if h not in theirs and self.is_asked(h, h in self.draft.headings, path)]
        if not own and not gone:
            return
        said = _said_of_columns(name, ours, own, gone)
        if not ours:
            self.edition.put((*path, "other"), own, *said)
        else:
            self.columns((*path, "other"), own, gone, said)
        if any(self.draft.headings.get(heading, True) for heading in (*own, *gone)):
            self.edition.amend(path, "other", [f"{heading}: {text}" for heading, text in ours.items()])

    def columns(self, place: Steps, own: Mapping[str, str], gone: Sequence[str], said: Sequence[str]) -> None:
        """Change what stands under some headings; where nothing is left, the record goes as well."""
        if not own and len(gone) == len(self.edition.at(place)):
            self.edition.take_out(place, *said)
            return
        for (heading, text), told in zip(own.items(), said, strict=False):
            self.edition.put((*place, heading), text, told)
        for heading, told in zip(gone, said[len(own) :], strict=True):
            self.edition.take_out((*place, heading), told)

    def has_column(self, field: str, path: Steps) -> bool:
        """Tell whether the newer edition has a column in which words of a field could stand."""
        return self.is_asked(field, not self.draft.columns.isdisjoint(_COLUMNS[field]), path)

    def is_asked(self, what: str, is_there: bool, path: Steps) -> bool:  # noqa: FBT001
        """Say once that the newer edition has no such column, where it has none."""
        if not is_there and what not in self.kept:
            self.kept.add(what)
            message = f"the newer edition has no column of the `{what}`: what stood there was kept"
            self.edition.doubt(path, message)
        return is_there

    def deliverable(self, path: Steps, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare one deliverable: its words, its bodies, and what was reported of it."""
        for key in _DELIVERABLE_WORDS:
            self.word(path, name, key, old, new)
        if old.get("updates") and all(old.get(key) != new.get(key) for key in ("outcome", "deadline")):
            message = (
                f"{name}: both its outcome and its deadline are others: what was reported may be of another"
            )
            self.edition.doubt((*path, "updates"), message)
        self.bodies(path, name, old, new)
        self.struck(path, old, new)
        for update in new.get("updates") or ():
            self.update(path, name, old.get("updates") or (), update)

    def struck(self, path: Steps, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Take over the words that the newer edition has struck out, where the data does not have them yet."""
        there = old.get("amendments") or ()
        known = [(each.get("field"), each.get("was")) for each in there]
        index = next((i for i, each in enumerate(there) if "date" in each), len(there))
        for entry in new.get("amendments") or ():
            field, was = entry.get("field"), entry.get("was")
            # With an act, the words that were have an entry of their own already.
            if (field, was) not in known and not (self.edition.reason and was == old.get(str(field))):
                self.edition.add((*path, "amendments"), index, entry, "")

    def word(self, path: Steps, name: str, key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Put the newer words in the place of the older ones, also where there were, or are, none."""
        one, two = old.get(key), new.get(key)
        if one == two:
            return
        if two is not None:
            self.edition.put((*path, key), two, f"{name}: {key} “{one or ''}” → “{two}”")
        elif self.has_column(key, path):
            self.edition.take_out((*path, key), f"{name}: {key} “{one}” → nothing")
        else:
            return
        more = {}
        if key == "deadline" and "read" in old:
            more = {"read": old["read"]}
            self.reading(path, name, is_left=two is not None and not self.edition.reason)
        if any(key in texts for texts in (old.get("also") or {}).values()):
            message = f"{name}: its text in another language is of the earlier words"
            self.edition.doubt((*path, "also"), message)
        self.edition.amend(path, key, one, **more)

    def reading(self, path: Steps, name: str, *, is_left: bool) -> None:
        """Look after the reading of a deadline whose words change, which an editor wrote of the earlier ones."""
        if is_left:
            self.edition.doubt((*path, "read"), f"{name}: its `read` is of the earlier words; it was kept")
        else:
            self.edition.take_out((*path, "read"), f"{name}: `read` went with its deadline")

    def update(
        self, path: Steps, name: str, there: Sequence[Mapping[str, Any]], update: Mapping[str, Any]
    ) -> None:
        """Add what was reported since what the data has; tell what is said otherwise of the same day."""
        day = days_of(update["date"])[1]
        said = "; ".join(str(update[key]) for key in ("reported_as", "note") if key in update)
        days = [days_of(str(each.get("date")))[1] for each in there]
        reported = [d for d, each in zip(days, there, strict=True) if "status" not in each]
        if any(all(each.get(key) == value for key, value in update.items()) for each in there):
            return
        if day > max(reported, default=""):
            index = sum(each <= day for each in days)
            told = f"{name}: reported as of {day}: “{said}”"
            self.edition.add((*path, "updates"), index, update, told)
        elif day in reported:
            message = f"{name}: the newer edition reports “{said}” as of {day}, the data something else: it was kept"
            self.edition.doubt((*path, "updates"), message)
        else:
            message = f"{name}: what is reported as of {day}, “{said}”, is older than what the data has: it was left out"
            self.edition.doubt((*path, "updates"), message)

    def gone(self, index: int, record: Mapping[str, Any]) -> None:
        """Keep an activity that the newer edition no longer has; as repealed, where an act is named."""
        message = f"{record.get('id')} is not in the newer edition; it was kept"
        self.edition.doubt(("activities", index), message)
        self.edition.amend(("activities", index), "repealed", None)


def _pairs(
    older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    """Find each activity in the newer edition: by number and title, by title, then by number and a title like it."""
    pairs: dict[int, Mapping[str, Any]] = {}
    free = list(newer)
    keys = (
        lambda r: (str(r.get("number", r.get("id"))), fold(r["title"])),
        lambda r: fold(r["title"]),
        lambda r: str(r.get("number", r.get("id"))),
    )
    for key in keys:
        for index, record in enumerate(older):
            match = next((n for n in free if index not in pairs and key(n) == key(record)), None)
            if match is not None and _alike(record, match):
                pairs[index] = match
                free = [each for each in free if each is not match]
    return pairs


def _alike(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Tell whether an activity may be another edition's: any two plans are numbered from 1 on."""
    ours, theirs = (set(words(each["title"]).split()) for each in (one, two))
    common = len(ours & theirs)
    return common * 3 >= min(len(ours), len(theirs)) or _deliverables(one) == _deliverables(two)


def _paired(
    older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    """Find each deliverable in the newer edition: by its words, and what is left by its place."""
    pairs: dict[int, Mapping[str, Any]] = {}
    free = list(newer)
    for keys in (("title", "outcome", "deadline"), ("title", "outcome"), ()):
        for index, record in enumerate(older):
            said = [record.get(key) for key in keys]
            match = next((n for n in free if [n.get(key) for key in keys] == said), None)
            if index not in pairs and match is not None and (not keys or any(said)):
                pairs[index] = match
                free = [each for each in free if each is not match]
    return pairs


def _deliverables(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(record.get("deliverables") or ())


def _listed(record: Mapping[str, Any]) -> list[str]:
    """Give the agencies of a record as texts, as an amendment names them: `MW (lead)`."""
    return [
        each if isinstance(each, str) else f"{each['agency']} ({each.get('role', '')})"
        for each in record.get("agencies") or ()
    ]


def _said_of_columns(
    name: str, ours: Mapping[str, str], own: Mapping[str, str], gone: Sequence[str]
) -> list[str]:
    """Say what becomes of columns: of those that have other words, then of those that have none."""
    said = [f"{name}: {heading} “{ours.get(heading, '')}” → “{text}”" for heading, text in own.items()]
    return said + [f"{name}: {heading} “{ours[heading]}” → nothing" for heading in gone]


def _repealed(record: Mapping[str, Any]) -> bool:
    return any(each.get("field") == "repealed" for each in record.get("amendments") or ())
