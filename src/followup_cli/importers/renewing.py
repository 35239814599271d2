"""A newer edition of a plan, taken into the dataset that an earlier one became.

Ids, updates, evidence, readings and agencies stay; only the plan's words are compared. No byte of the files
moves that need not, and what an act changed is written as amendments where the act and its day are given.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from followup_cli.choosing import fold
from followup_cli.errors import FollowupError
from followup_cli.findings import Fix, Steps
from followup_cli.importers.doubting import Doubt
from followup_cli.importers.drafting import PlanDraft
from followup_cli.text.characters import decode
from followup_cli.text.document import Document
from followup_cli.text.parsing import parse
from followup_cli.text.splicing import added_items, edited, replaced

_ACTIVITY_WORDS = ("title", "section")
_DELIVERABLE_WORDS = ("title", "outcome", "deadline", "starts")


class ChangingAct(NamedTuple):
    """The act that changed a plan, and since when (an ISO date); empty where it is not known."""

    act: str = ""
    day: str = ""


@dataclass
class Renewed:
    """Both files after the newer edition, what changed in the plan's words, and what is in doubt."""

    activities: bytes
    agencies: bytes
    changes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def codes_of(agencies: bytes) -> dict[str, str]:
    """Give the codes that a dataset has for its agencies' names, folded."""
    data = parse(decode(agencies)[0], "agencies.yaml").data
    listed = data.get("agencies", ()) if isinstance(data, Mapping) else ()
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
    renewing = _Renewing(activities, change)
    renewing.compare(draft.activities["activities"], renewing.sections(draft.activities["sections"]))
    there = set(codes_of(agencies).values())
    for agency in draft.agencies["agencies"]:
        if agency["code"] not in there:
            agencies = _with_item(agencies, ("agencies",), agency, "agencies.yaml")
            renewing.result.changes.append(f"new agency {agency['code']}: {agency['name']}")
    renewing.result.agencies = agencies
    return renewing.result


class _Renewing:
    """Compares the activities one by one, and edits the text after each."""

    def __init__(self, activities: bytes, change: ChangingAct) -> None:
        self.result = Renewed(activities, b"")
        self.reason = {key: value for key, value in (("date", change.day), ("act", change.act)) if value}

    @property
    def document(self) -> Document:
        """The text as it is by now."""
        return parse(decode(self.result.activities)[0], "activities.yaml")

    def sections(self, newer: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """Write what sections are new or have another title; give our id of each in the newer edition."""
        there = {str(each["id"]): each for each in self.document.data.get("sections") or ()}
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
                self.replaced(place, title, f"section {number}: title “{old['title']}” → “{title}”")
            else:
                ids[number] = next(each for n in range(99) if (each := number + "-new" * n) not in there)
                there[ids[number]] = section
                item = {"id": ids[number], "title": title, **inside}
                self.added(("sections",), len(there) - 1, item, f"section {ids[number]} is new: {title}")
        return ids

    def compare(self, newer: Sequence[Mapping[str, Any]], sections: Mapping[str, str]) -> None:
        """Compare all activities; those that are gone from the plan stay in the data, and are told."""
        newer = [
            {**each, **({"section": sections[each["section"]]} if "section" in each else {})}
            for each in newer
        ]
        older = list(self.document.data.get("activities", ()))
        pairs = _pairs(older, newer)
        if len(pairs) * 3 < len(older):
            raise FollowupError(
                f"the folder holds another plan: {len(pairs)} of its {len(older)} activities are in this document",
                "name another folder with -o",
            )
        for index, record in pairs.items():
            self.activity(index, older[index], record)
        taken = list(pairs.values())
        for index, record in enumerate(older):
            if index not in pairs and not _repealed(record):
                self.gone(index, record)
        for record in newer:
            if not any(record is each for each in taken):
                self.new(record, {str(each.get("id")) for each in older})

    def activity(self, index: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare one activity."""
        path: Steps = ("activities", index)
        name = str(old.get("id"))
        for key in _ACTIVITY_WORDS:
            self.words(path, name, key, old, new)
        points, theirs = list(old.get("points", ())), list(new.get("points", ()))
        if points and theirs and points != theirs:
            told = f"{name}: points “{'; '.join(points)}” → “{'; '.join(theirs)}”"
            self.replaced((*path, "points"), theirs, told)
        elif points != theirs:
            self.doubt(path, f"{name}: its points differ from those of the newer edition")
        for heading in new.get("other", ()):
            self.words((*path, "other"), name, heading, old.get("other", {}), new["other"], amends=False)
        if (ours := _listed(old)) != (bodies := _listed(new)) and bodies:
            self.replaced((*path, "agencies"), list(new["agencies"]), f"{name}: agencies {ours} → {bodies}")
            self.amended(path, "agencies", ours)
        before, after = list(old.get("deliverables", ())), list(new.get("deliverables", ()))
        for i, (one, two) in enumerate(zip(before, after, strict=False)):
            for key in _DELIVERABLE_WORDS:
                self.words((*path, "deliverables", i), f"{name}.{i + 1}", key, one, two)
        for i, extra in enumerate(after[len(before) :], len(before)):
            self.added((*path, "deliverables"), i, {**extra, **self.mark("added")}, f"{name}.{i + 1} is new")
        for i in range(len(after), len(before)):
            if not _repealed(before[i]):
                self.doubt(
                    (*path, "deliverables", i), f"{name}.{i + 1} is not in the newer edition; it was kept"
                )
                if self.reason:
                    self.amended((*path, "deliverables", i), "repealed", None)

    def words(
        self,
        path: Steps,
        name: str,
        key: str,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        *,
        amends: bool = True,
    ) -> None:
        """Put the newer words in the place of the older ones."""
        one, two = old.get(key), new.get(key)
        if one == two or two is None:
            return
        if one is None:
            self.doubt(path, f"{name}: `{key}: {two}` is new; it was not written")
            return
        self.replaced((*path, key), two, f"{name}: {key} “{one}” → “{two}”")
        if any(key in texts for texts in (old.get("also") or {}).values()):
            self.doubt((*path, "also"), f"{name}: its text in another language is of the earlier words")
        if amends:
            self.amended(path, key, one)

    def new(self, record: Mapping[str, Any], ids: set[str]) -> None:
        """Add an activity that the newer edition has."""
        fresh = dict(record)
        while str(fresh["id"]) in ids:
            fresh["id"] = f"{fresh['id']}-new"
        count = len(self.document.data["activities"])
        self.added(
            ("activities",), count, {**fresh, **self.mark("added")}, f"{fresh['id']} is new: {fresh['title']}"
        )

    def gone(self, index: int, record: Mapping[str, Any]) -> None:
        """Keep an activity that the newer edition no longer has; as repealed, where an act is named."""
        self.doubt(("activities", index), f"{record.get('id')} is not in the newer edition; it was kept")
        if self.reason:
            self.amended(("activities", index), "repealed", None)

    def mark(self, what: str) -> dict[str, Any]:
        """Say that a record came in by the act, where it is named."""
        return {"amendments": [{**self.reason, "field": what}]} if self.reason else {}

    def amended(self, path: Steps, key: str, was: Any) -> None:
        """Write what words were until the act, where it is named."""
        if not self.reason:
            return
        item = {**self.reason, "field": key, **({"was": was} if was is not None else {})}
        count = len(_at(self.document.data, path).get("amendments", ()))
        self.added((*path, "amendments"), count, item, "")

    def replaced(self, path: Steps, value: Any, told: str) -> None:
        """Write a value in the place of another."""
        fix = replaced(self.document, path, value)
        self.result.activities = _with(self.result.activities, fix, path, value)
        self.result.changes.append(told)

    def added(self, path: Steps, index: int, item: Mapping[str, Any], told: str) -> None:
        """Write a record at the end of a list."""
        self.result.activities = _with_item(self.result.activities, path, item, "activities.yaml", index)
        if told:
            self.result.changes.append(told)

    def doubt(self, path: Steps, message: str) -> None:
        """Note what a person must look at."""
        self.result.doubts.append(Doubt("", "edition", message, path))


def _pairs(
    older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    """Find each activity in the newer edition: by number and title, by title, then by number alone."""
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
            if match is not None:
                pairs[index] = match
                free = [each for each in free if each is not match]
    return pairs


def _listed(record: Mapping[str, Any]) -> list[str]:
    """Give an activity's agencies as texts."""
    return [
        each if isinstance(each, str) else f"{each['agency']} ({each.get('role', '')})"
        for each in record.get("agencies", ())
    ]


def _repealed(record: Mapping[str, Any]) -> bool:
    return any(each.get("field") == "repealed" for each in record.get("amendments", ()))


def _at(data: Any, path: Steps) -> Any:
    for step in path:
        data = data[step]
    return data


def _with(before: bytes, fix: Fix, path: Steps, value: Any) -> bytes:
    meant = copy.deepcopy(parse(decode(before)[0], "activities.yaml").data)
    _at(meant, path[:-1])[path[-1]] = value
    return edited(before, [fix], meant, "activities.yaml")


def _with_item(
    before: bytes, path: Steps, item: Mapping[str, Any], file: str, index: int | None = None
) -> bytes:
    document = parse(decode(before)[0], file)
    meant = copy.deepcopy(document.data)
    listed = _at(meant, path[:-1]).setdefault(path[-1], [])
    at = len(listed) if index is None else index
    listed.insert(at, dict(item))
    return edited(before, [added_items(document, path, at, [item])], meant, file)
