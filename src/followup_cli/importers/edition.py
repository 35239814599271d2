"""The text of a dataset while a newer edition goes into it: what changes in it, and the entries that say so.

Changes are gathered and made together, since each time that a text is read costs as much as all of them.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from followup_cli.findings import Fix, Steps
from followup_cli.importers.doubting import Doubt
from followup_cli.text.characters import decode
from followup_cli.text.document import Document
from followup_cli.text.parsing import parse
from followup_cli.text.splicing import added_items, added_key, edited, removed, replaced
from followup_cli.text.writing import flow, scalar

_GOES_BEHIND = {  # the keys behind the first of which another goes; else it goes behind all
    "number": ("id",),
    "outcome": ("title",),
    "starts": ("deadline", "outcome", "title"),
    "deadline": ("outcome", "title"),
    "section": ("number", "id"),
}


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


class Edition:
    """The file of activities as it changes: what is to change in it waits for `make`."""

    def __init__(self, activities: bytes, change: ChangingAct) -> None:
        self.result = Renewed(activities, b"")
        self.reason = {key: value for key, value in (("date", change.day), ("act", change.act)) if value}
        self.document = self._read()
        self.words: list[tuple[Fix, Steps, Any]] = []
        self.items: dict[tuple[Steps, int], list[Mapping[str, Any]]] = {}
        self.emptied: list[Steps] = []

    def _read(self) -> Document:
        return parse(decode(self.result.activities)[0], "activities.yaml")

    def at(self, path: Steps) -> Any:
        """Give what the file says at a path."""
        return at(self.document.data, path)

    def there(self, path: Steps) -> Mapping[str, Any]:
        """Give the record at a path; an empty one where there is none."""
        try:
            record = self.at(path)
        except (KeyError, IndexError, TypeError):
            return {}
        return record if isinstance(record, Mapping) else {}

    def doubt(self, path: Steps, message: str) -> None:
        """Note what a person must look at."""
        self.result.doubts.append(Doubt("", "edition", message, path))

    def put(self, path: Steps, value: Any, *told: str) -> None:
        """Write a value in the place of another, or where there was none."""
        if self.document.node(path) is not None:
            fix = replaced(self.document, path, value)
        elif self.document.node(path[:-1]) is None:  # a record that is not there yet
            return self.put(path[:-1], {path[-1]: value}, *told)
        else:
            key = str(path[-1])
            name = key if key.isidentifier() else scalar(key, inside=True)
            inside = self.document.node(path[:-1])
            written = (
                scalar(value, inside=inside is not None and inside.style == "flow")
                if isinstance(value, str)
                else flow(value)
            )
            fix = added_key(self.document, path[:-1], _GOES_BEHIND.get(key, ()), f"{name}: {written}")
        self.words.append((fix, path, value))
        self.result.changes += told
        return None

    def take_out(self, path: Steps, *told: str) -> None:
        """Take a key out of a record."""
        self.emptied.append(path)
        self.result.changes += told

    def amend(self, path: Steps, key: str, was: Any, **more: Any) -> None:
        """Write what words were until the act, where it is named."""
        if self.reason:
            item = {**self.reason, "field": key, **({"was": was} if was else {}), **more}
            there = self.at(path).get("amendments") or ()
            day = self.reason.get("date", "9999")
            index = sum(str(each.get("date") or "") <= day for each in there)
            self.add((*path, "amendments"), index, item, "")

    def marked(self, record: Mapping[str, Any], what: str) -> dict[str, Any]:
        """Say of a record that it came in by the act, where it is named."""
        if not self.reason:
            return dict(record)
        return {**record, "amendments": [*record.get("amendments", ()), {**self.reason, "field": what}]}

    def add(self, path: Steps, index: int, item: Mapping[str, Any], told: str) -> None:
        """Write a record into a list, behind so many of those that are there."""
        self.items.setdefault((path, index), []).append(item)
        if told:
            self.result.changes.append(told)

    def make(self) -> None:
        """Make all changes that were gathered."""
        self._edit([fix for fix, _, _ in self.words], self._put_words)
        fixes = [added_items(self.document, *place, self.items[place]) for place in self.items]
        self._edit(fixes, self._insert_items)
        self._take_all_out()
        self.words, self.items, self.emptied = [], {}, []

    def _take_all_out(self) -> None:
        """Take out what was emptied: all at once, or one by one where keys of one record go."""
        parents = [path[:-1] for path in self.emptied]
        if len(set(parents)) == len(parents):
            self._edit([removed(self.document, path) for path in self.emptied], self._empty)
            return
        for path in self.emptied:
            self._edit([removed(self.document, path)], partial(_take_out, path))

    def _empty(self, data: Any) -> None:
        for path in self.emptied:
            _take_out(path, data)

    def _put_words(self, data: Any) -> None:
        for _, path, value in self.words:
            at(data, path[:-1])[path[-1]] = value

    def _insert_items(self, data: Any) -> None:
        for path, index in sorted(self.items, key=lambda place: (str(place[0]), -place[1])):
            record = at(data, path[:-1])
            listed = list(record.get(path[-1]) or ())
            listed[index:index] = [dict(item) for item in self.items[path, index]]
            record[path[-1]] = listed

    def _edit(self, fixes: Sequence[Fix], change: Callable[[Any], None]) -> None:
        """Make changes of the text, and prove that it then says what they mean."""
        if fixes:
            meant = copy.deepcopy(self.document.data)
            change(meant)
            self.result.activities = edited(self.result.activities, fixes, meant, "activities.yaml")
            self.document = self._read()


def with_item(before: bytes, path: Steps, item: Mapping[str, Any], file: str) -> bytes:
    """Write a record at the end of a list of a file."""
    document = parse(decode(before)[0], file)
    meant = copy.deepcopy(document.data)
    listed = at(meant, path[:-1]).setdefault(path[-1], [])
    listed.append(dict(item))
    return edited(before, [added_items(document, path, len(listed) - 1, [item])], meant, file)


def at(data: Any, path: Steps) -> Any:
    """Give what stands at a path in the data."""
    for step in path:
        data = data[step]
    return data


def _take_out(path: Steps, data: Any) -> None:
    del at(data, path[:-1])[path[-1]]
