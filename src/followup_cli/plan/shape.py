"""Data is held against the models: what has not the right shape becomes one Mistake each."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.mistakes import Fault, empty_value, missing_key, unknown_key, wrong_value
from followup_cli.plan.records import (
    ActivitiesFile,
    AgenciesFile,
    Record,
    keys_at,
    required_keys_at,
    top_lists,
)
from followup_cli.text.document import MAX_PROBLEMS, UNREAD, Document

# Where in the text a value really stands that is read elsewhere: another key, or another path from the top.
Written = dict[tuple[PlanFile, Steps], Steps | str]

_MODELS: dict[PlanFile, type[Record]] = {PlanFile.ACTIVITIES: ActivitiesFile, PlanFile.AGENCIES: AgenciesFile}


def model_of(file: PlanFile, data: Any) -> type[Record]:
    """Give the model of a file: of the format that it says it is in, or else of the newest."""
    if file is PlanFile.ACTIVITIES and type(data) is dict and data.get("schema") == "1":
        from followup_cli.plan.format_1 import OldActivitiesFile

        return OldActivitiesFile
    return _MODELS[file]


class _TooManyError(Exception):
    """So much is wrong with a file that reading on says nothing new."""


@dataclass(slots=True)
class _Fitting:
    """The data of one file while it is held against its model; `gone` is what was taken out and told."""

    file: PlanFile
    model: type[Record]
    data: Any
    written: Written
    mistakes: list[Mistake] = field(default_factory=list)
    gone: set[Steps] = field(default_factory=set)

    def note(self, mistake: Mistake) -> None:
        """Keep a mistake, unless there are too many."""
        self.mistakes.append(mistake._replace(file=self.file))
        if len(self.mistakes) > MAX_PROBLEMS:
            raise _TooManyError

    def at(self, path: Steps) -> Any:
        """Give the value at a path, or None."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def take_out(self, path: Steps) -> None:
        """Take a value out, so that the others of a list keep their indexes."""
        self.gone.add(path)
        self.put(path, None)

    def put(self, path: Steps, value: Any) -> None:
        """Put a value in place of another; None takes it out."""
        parent: Any = self.at(path[:-1]) if path else None
        if type(parent) is dict and value is None:
            parent.pop(path[-1], None)
        elif type(parent) in (dict, list):
            parent[path[-1]] = value


def check_shape(
    file: PlanFile, document: Document, mistakes: list[Mistake], written: Written, *, keep: bool
) -> tuple[dict[str, Any], Record | None]:
    """Hold data against the models; note each mistake once, and take it out of the data.

    After a mistake is taken out the data is held against the models again, for what it hid. Where there is
    no end of them the data is emptied: nothing can be said of what is left.

    Returns:
        The data as it is left, and the record that it makes, if it makes one and that is to be kept.
    """
    it = _Fitting(file, model_of(file, document.data), document.data, written)
    if not document.whole:
        # A key of the file that seems to be missing is most likely in what could not be read.
        it.gone |= {(key,) for key in keys_at(it.model, ())}
    try:
        _return_strays(it)
        _cut_short(it)
        if not _complete(it.data):
            _return_to_empty(it, it.data, ())
            _drop_unread(it, it.data, (), document)
        record = _fit(it, keep=keep)
        return it.data if type(it.data) is dict else {}, record
    except _TooManyError:
        return {}, None
    finally:
        mistakes += it.mistakes


def _fit(it: _Fitting, *, keep: bool) -> Record | None:
    while True:
        record, told = None, len(it.mistakes)
        faults: dict[tuple[str, Steps], Fault] = {}
        for part, name, first in [(it.data, "", 0)] if keep else _slices(it):
            try:
                record = it.model.model_validate(part)
            except ValidationError as error:
                faults |= {fault[:2]: fault for fault in _faults(it, error, name, first)}
            except (
                RecursionError,
                ValueError,
            ):  # pragma: no cover - depth and size are bounded by the reader
                return None
        _note_all(it, [*faults.values()])
        if len(it.mistakes) == told:
            return record if keep and not faults else None


def _slices(it: _Fitting) -> Iterator[tuple[Any, str, int]]:
    """Divide data with a long list, for the models made of all of it take more memory than the data.

    Yields:
        The data with a part of the list in place of it, the key of the list, and the index of the first item.
    """
    lists = {name: it.data.get(name) for name in top_lists(it.model)} if type(it.data) is dict else {}
    lengths = {name: len(items) for name, items in lists.items() if type(items) is list}
    longest = max(lengths, key=lambda name: lengths[name], default="")
    if lengths.get(longest, 0) <= _SLICE:
        yield it.data, "", 0
        return
    for first in range(0, lengths[longest], _SLICE):
        yield {**it.data, longest: it.data[longest][first : first + _SLICE]}, longest, first


_SLICE = 5_000  # items of a list


def _faults(it: _Fitting, error: ValidationError, name: str, first: int) -> list[Fault]:
    faults = []
    for each in error.errors(include_url=False, include_input=False):
        path = tuple(each["loc"])
        if path[:1] == (name,) and len(path) > 1:
            path = (name, first + int(path[1]), *path[2:])
        faults.append(Fault(each["type"], path, each.get("ctx") or {}))
    # A list of mistakes only is too short for pydantic, not for a reader.
    return [fault for fault in faults if fault.kind != "too_short" or not it.at(fault.path)]


def _note_all(it: _Fitting, faults: list[Fault]) -> None:
    """Note what is wrong in this round, and take it out for the next."""
    missing = {fault.path: None for fault in faults if fault.kind == "missing" and fault.path not in it.gone}
    for path in dict.fromkeys(path[:-1] for path in missing):
        _join_to_above(it, path, missing)
    for fault in faults:
        if fault.kind == "extra_forbidden":
            _note_unknown_key(it, fault.path, missing)
    for kind, path, context in faults:
        if kind in ("missing", "extra_forbidden") or path in it.gone:
            continue
        mistake, meant = wrong_value(it.model, it.at(path), kind, path, context)
        it.note(mistake)
        if meant is not None:
            it.put(path, meant)
        else:
            it.take_out(path)
    for path in [path for path in missing if path not in it.gone]:
        it.note(missing_key(path))
        it.gone.add(path)


def _note_unknown_key(it: _Fitting, path: Steps, missing: dict[Steps, None]) -> None:
    """Note an unknown key, and read it as the key that was meant where that is clear."""
    record, key = it.at(path[:-1]), str(path[-1])
    if type(record) is not dict or key not in record:
        return  # read as a part of another item
    value = record.pop(key)
    mistake, meant, lost = unknown_key(it.model, path, record.keys(), missing)
    it.note(mistake)
    if meant is not None:
        steps = (*path[:-1], meant)
        record[meant] = value
        it.written[it.file, steps] = key
        missing.pop(steps, None)
        it.gone.discard(steps)
    for each in lost:
        del missing[each]
        it.gone.add(each)


def _join_to_above(it: _Fitting, path: Steps, missing: dict[Steps, None]) -> None:
    """Read an item as a part of the one above, where a `- ` too many cut it off."""
    index = _item_above(it, path, lost := [str(each[-1]) for each in missing if each[:-1] == path], missing)
    if index is None:
        return
    above, item = (*path[:-1], index), it.at(path)
    for key, value in item.items():
        it.put((*above, key), value)
        it.written[it.file, (*above, key)] = (*path, key)
    for each in (*((*path, key) for key in lost), *((*above, key) for key in item)):
        missing.pop(each, None)
    # Of several in a row the first is told.
    if index == int(path[-1]) - 1:
        words = " and ".join(f"`{key}`" for key in lost)
        message = f"the `- ` here begins a new item, and it has no {words}"
        hint = f"write two spaces in place of the `- `, or add {words} if it is an item of its own"
        it.note(Mistake("missing-key", path, message, hint))
    it.take_out(path)


def _item_above(it: _Fitting, path: Steps, lost: list[str], missing: Collection[Steps]) -> int | None:
    """Find the item above that has the keys which one lacks, or lacks them too, and none of those it has."""
    item, items = it.at(path), it.at(path[:-1])
    if type(items) is not list or type(item) is not dict or not isinstance(path[-1], int):
        return None
    index = next((i for i in range(path[-1] - 1, -1, -1) if items[i] is not None), None)
    above = items[index] if index is not None else None
    if type(above) is not dict or not item.keys().isdisjoint(above):
        return None
    lacks = {str(each[-1]) for each in missing if each[:-1] == (*path[:-1], index)}
    return index if _is_rest(item, set(lost), above, lacks) else None


def _is_rest(item: dict[str, Any], lost: set[str], above: dict[str, Any], lacks: set[str]) -> bool:
    """Tell whether an item is the rest of the one above, which has what it lost, or lacks that too."""
    if lost <= above.keys():
        return True
    # Of two that lack much, it has something that the other lacks, or is one key alone.
    own = not lacks.isdisjoint(item) or (len(item) == 1 and len(lost) > 1)
    return own and lost <= above.keys() | lacks


def _return_strays(it: _Fitting) -> None:
    """Give a top-level list whose key is lost its items back: they ran on into the list above it."""
    lists = top_lists(it.model)
    if type(it.data) is list and len(lists) == 1 and any(type(item) is dict for item in it.data):
        it.data = {"": it.data}
    if type(it.data) is not dict:
        return
    for name in [name for name in lists if name not in it.data]:
        _return_to(it, name, lists)
    it.data.pop("", None)


def _return_to(it: _Fitting, name: str, lists: dict[str, type[Record]]) -> None:
    for other in [other for other in ("", *lists) if type(it.data.get(other)) is list]:
        items = it.data[other]
        first = _first_stray(items, lists[name], lists[other]) if other else 0
        if first is not None:
            it.data[name] = items[first:]
            del items[first:]
            around = (other,) if other else ()
            it.written |= {(it.file, (name, i)): (*around, first + i) for i in range(len(it.data[name]))}
            it.note(_lost_line(name))
            return


def _first_stray(items: list[Any], mine: type[Record], theirs: type[Record]) -> int | None:
    """Find the first item that looks more like one sort of record than like the sort of its list."""
    my_keys, their_keys = set(keys_at(mine, ())), set(keys_at(theirs, ()))
    for index, item in enumerate(items):
        if type(item) is dict and len(item.keys() & my_keys) > len(item.keys() & their_keys):
            return index
    return None


def _return_to_empty(it: _Fitting, container: Any, path: Steps) -> None:
    """Give an empty key its items back, which stand one level too far left: as items of the list around it."""
    items = list(container.items() if type(container) is dict else enumerate(container))
    owner: Steps | None = None
    for step, value in items:
        steps = (*path, step)
        if owner and type(value) is dict and _belongs(it, value, owner, steps):
            there = it.at(owner)
            if type(there) is not list:
                it.put(owner, there := [])
                message = f"this item stands outside of `{owner[-1]}`, which is empty"
                it.note(Mistake("wrong-value", steps, message, f"indent it further, below `{owner[-1]}:`"))
            it.written[it.file, (*owner, len(there))] = steps
            there.append(value)
            it.gone.add(steps)
            container[step] = UNREAD
            continue
        if type(value) in (dict, list):
            _return_to_empty(it, value, steps)
        last = next(reversed(value)) if type(value) is dict and value else None
        owner = (*steps, last) if last and value[last] is None and type(container) is list else None


def _belongs(it: _Fitting, value: dict[str, Any], owner: Steps, path: Steps) -> bool:
    """Tell whether a record has keys that items of a key have, and those of its own list have not."""
    there, here = set(keys_at(it.model, (*owner, 0))), set(keys_at(it.model, path))
    return value.keys() <= there and not value.keys() <= here


def _lost_line(name: str) -> Mistake:
    message, hint = (
        f"the line `{name}:` is missing above this item",
        f"write `{name}:` on a line of its own above it",
    )
    return Mistake("missing-key", (name, 0), message, hint)


def _cut_short(it: _Fitting) -> None:
    """Leave off what follows more broken records than are reported, lest errors without end fill the memory."""
    for name, record in top_lists(it.model).items():
        items = it.data.get(name) if type(it.data) is dict else None
        if type(items) is not list or len(items) <= MAX_PROBLEMS:
            continue
        needed, broken = set(required_keys_at(record, ())), 0
        for index, item in enumerate(items):
            if item is not None and (type(item) is not dict or not needed <= item.keys()):
                broken += 1
                if broken > MAX_PROBLEMS:
                    del items[index + 1 :]
                    break


def _complete(data: Any) -> bool:
    """Tell whether no value is empty or could not be read; most data is so, and this is quick."""
    containers = [data] if type(data) in (dict, list) else []
    while containers:
        container = containers.pop()
        for value in container.values() if type(container) is dict else container:
            if type(value) is not str:
                if value is None or value is UNREAD:
                    return False
                containers.append(value)
    return True


def _drop_unread(it: _Fitting, container: Any, path: Steps, document: Document) -> None:
    """Take out the values that have a finding of their own already, and those that are empty."""
    items: Iterable[tuple[Any, Any]] = ()
    if type(container) is dict:
        items = list(container.items())
    elif type(container) is list:
        items = list(enumerate(container))
    for key, value in items:
        steps = (*path, key)
        if value is UNREAD or value is None:
            it.take_out(steps)
            if value is None:
                it.note(empty_value(steps, document.line_of(steps)))
        elif type(value) in (dict, list):
            _drop_unread(it, value, steps, document)
