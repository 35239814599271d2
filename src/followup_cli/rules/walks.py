"""What rules look at: the records of a Draft, each with its path."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from itertools import pairwise
from typing import Any, TypeVar

from followup_cli.deadlines import Calendar, Deadline, DeadlineError, read
from followup_cli.findings import Mistake, Steps
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import Draft
from followup_cli.plan.reading import reader_of
from followup_cli.plan.values import days_of, split_assignment

Mistakes = Iterator[Mistake]
Records = Iterator[tuple[Steps, dict[str, Any]]]
PLAN, AGENCIES = PlanFile.ACTIVITIES, PlanFile.AGENCIES
ACTIVITIES = ("activities", "*")
DELIVERABLES = (*ACTIVITIES, "deliverables", "*")
UPDATES = (*DELIVERABLES, "updates", "*")
EVIDENCE = (*UPDATES, "evidence", "*")
T = TypeVar("T")
K = TypeVar("K")


def once(gather: Callable[[Draft], T]) -> Callable[[Draft], T]:
    """Make a function gather something of a draft once, for all rules that look at it."""

    @wraps(gather)
    def gathered(draft: Draft) -> T:
        if gather not in draft.gathered:
            draft.gathered[gather] = gather(draft)
        result: T = draft.gathered[gather]
        return result

    return gathered


def walk(draft: Draft, *steps: str) -> list[tuple[Steps, dict[str, Any]]]:
    """List the records at a path in which `*` is each item of a list, each with its own path.

    Each list is made once, from that of the records around it: many rules go through the same ones.
    """
    if steps not in draft.gathered:
        parts = 2 if steps[-1] == "*" else 1
        around, key = steps[:-parts], steps[-parts]
        file = AGENCIES if key == "agencies" and not around else PLAN
        records = walk(draft, *around) if around else [((), draft.raw[file])]
        if parts == 2:
            draft.gathered[steps] = [
                ((*path, key, index), item)
                for path, record in records
                if key in record
                for index, item in enumerate(record[key] or ())
                if type(item) is dict
            ]
        else:
            inner = [((*path, key), record.get(key)) for path, record in records]
            draft.gathered[steps] = [(path, record) for path, record in inner if type(record) is dict]
    listed: list[tuple[Steps, dict[str, Any]]] = draft.gathered[steps]
    return listed


def of_list(container: Any, path: Steps) -> Records:
    """Go through the mappings of a list, each with its path."""
    for index, item in enumerate(container if type(container) in (list, tuple) else ()):
        if type(item) is dict:
            yield (*path, index), item


def entries(draft: Draft, name: str) -> Records:
    """Go through the `amendments` or `corrections` of activities and deliverables."""
    yield from walk(draft, *ACTIVITIES, name, "*")
    yield from walk(draft, *DELIVERABLES, name, "*")


@once
def agency_lists(draft: Draft) -> list[tuple[Steps, list[Any]]]:
    """List the lists of agencies, those of activities and of deliverables, each with its path."""
    lists: list[tuple[Steps, list[Any]]] = []
    for path, activity in walk(draft, *ACTIVITIES):
        if activity.get("agencies"):
            lists.append(((*path, "agencies"), activity["agencies"]))
        for index, deliverable in enumerate(activity.get("deliverables") or ()):
            if type(deliverable) is dict and deliverable.get("agencies"):
                where = (*path, "deliverables", index, "agencies")
                lists.append((where, deliverable["agencies"]))
    return lists


def _text(item: Any) -> str:
    """Give an item of a list of agencies as a text: of the form that names a role, the code."""
    return item if type(item) is str else str((item or {}).get("agency") or "")


def _texts(items: list[Any]) -> list[str | None]:
    """Give the items of a list of agencies as texts; None is one that could not be read."""
    return [item if type(item) is str else _text(item) if item else None for item in items]


@once
def assigned(draft: Draft) -> Counter[str]:
    """Count how often each text stands in a list of agencies."""
    return Counter(text for _, items in agency_lists(draft) for text in _texts(items) if text)


@once
def codes(draft: Draft) -> dict[str, str]:
    """Give the code in each text that stands in a list of agencies, or what stands in its place."""
    return {text: split_assignment(text)[0] for text in assigned(draft)}


def assignments(draft: Draft) -> Iterator[tuple[Steps, str, str]]:
    """Go through all assignments: path, text, code."""
    code_of = codes(draft)
    for path, items in agency_lists(draft):
        for index, item in enumerate(items):
            if item is not None:
                text = _text(item)
                yield (*path, index, "agency") if type(item) is dict else (*path, index), text, code_of[text]


def named_twice(draft: Draft) -> Iterator[tuple[Steps, str]]:
    """Find the agencies that one list names a further time: path, code."""
    code_of = codes(draft)
    for path, items in agency_lists(draft):
        named = [code_of[text] if text else None for text in _texts(items)]
        if len(set(named)) < len(named):
            for index, code in enumerate(named):
                if code is not None and code in named[:index]:
                    yield (*path, index), code


def plan(draft: Draft) -> dict[str, Any]:
    """Give what is known of the plan as a whole."""
    return next((record for _, record in walk(draft, "plan")), {})


@once
def calendar(draft: Draft) -> Calendar:
    """Give what the plan settles about its dates."""
    record = plan(draft)
    fiscal = record.get("fiscal_year") or {}
    begins, day_first = fiscal.get("begins"), record.get("day_first")
    return Calendar(
        adopted(draft),
        int(begins) if begins else None,
        fiscal.get("named_by") or "end",
        None if day_first is None else day_first == "true",
    )


def read_text(draft: Draft, text: str) -> Deadline | DeadlineError:
    """Read a deadline in the words of the plan, or give what keeps it from being read."""
    try:
        return read(text, lang=reader_of(plan(draft).get("language") or "en"), calendar=calendar(draft))
    except DeadlineError as error:
        return error


@once
def readings(draft: Draft) -> dict[str, Deadline | DeadlineError]:
    """Read every deadline once, by its text."""
    texts = {deliverable.get("deadline"): None for _, deliverable in walk(draft, *DELIVERABLES)}
    return {text: read_text(draft, text) for text in texts if text is not None}


def adopted(draft: Draft) -> date | None:
    """Give the day of the plan's adoption."""
    text = plan(draft).get("adopted")
    return date.fromisoformat(text) if text else None


@once
def is_adoption_doubtful(draft: Draft) -> bool:
    """Tell whether it is the day of adoption that is wrong: most that has a day would be before the plan."""
    day = adopted(draft)
    due = [
        reading.due for reading in readings(draft).values() if isinstance(reading, Deadline) and reading.due
    ]
    last_days = (days_of(u["date"])[1] for _, u in walk(draft, *UPDATES) if u.get("date"))
    days = [*due, *map(date.fromisoformat, last_days)]
    early = sum(each < day for each in days) if day else 0
    return early > 1 and early * 2 > len(days)


def before_plan(draft: Draft, key: str, *steps: str) -> Iterator[tuple[Steps, dict[str, Any], date]]:
    """Find the records surely dated before the plan's adoption: path, record, and the day of adoption."""
    day = adopted(draft)
    if day is not None and not is_adoption_doubtful(draft):
        for path, record in walk(draft, *steps):
            if record.get(key) and days_of(record[key])[1] < day.isoformat():
                yield path, record, day


def displaced(values: Sequence[Any]) -> list[int]:
    """Find the fewest values that must go so that the rest ascends; of two it is the later one."""
    if list(values) == sorted(values):
        return []
    # Backwards and from above, so that where either could go the earlier one stays.
    tails: list[int] = []
    keys: list[Any] = []
    below: dict[int, int | None] = {}
    for index in reversed(range(len(values))):
        place = bisect_right(keys, _Descending(values[index]))
        below[index] = tails[place - 1] if place else None
        tails[place : place + 1] = [index]
        keys[place : place + 1] = [_Descending(values[index])]
    keep: set[int] = set()
    at = tails[-1] if tails else None
    while at is not None:
        keep.add(at)
        at = below[at]
    return [index for index in range(len(values)) if index not in keep]


class _Descending:
    """A value that sorts the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Descending") -> bool:
        return bool(other.value < self.value)


def out_of_order(draft: Draft, *steps: str) -> Iterator[tuple[Steps, str, str]]:
    """Find the entries that are not in the order of their dates: path, date, and the date it stands beside."""
    lists: dict[Steps, list[tuple[Steps, str]]] = {}
    for path, entry in walk(draft, *steps):
        if entry.get("date"):
            lists.setdefault(path[:-1], []).append((path, entry["date"]))
    for dated in lists.values():
        firsts, days = ([days_of(day)[end] for _, day in dated] for end in (0, 1))
        # What may mean any day of a month or a year may stand before or after another day of it.
        if days != sorted(days) and firsts != sorted(firsts):
            for index in displaced(days):
                path, day = dated[index]
                yield path, day, max(days[:index], default="")


def is_plain(identifier: str) -> bool:
    """Tell whether an id is a plain number, of a length that a plan can have."""
    return identifier.isascii() and identifier.isdecimal() and len(identifier) < 10 and identifier[0] != "0"


@once
def numbers(draft: Draft) -> list[int]:
    """List the ids of activities that are plain numbers."""
    ids = [activity.get("id") or "" for _, activity in walk(draft, *ACTIVITIES)]
    return [int(identifier) for identifier in ids if is_plain(identifier)]


def left_out(draft: Draft) -> list[tuple[int, int]]:
    """Give the numbers that no activity has between the first and the last, as ranges; all must be plain."""
    activities = walk(draft, *ACTIVITIES)
    if draft.before:
        ids = {activity.get("id") for _, activity in activities}
        if not {activity.get("id") for _, activity in walk(draft.before, *ACTIVITIES)} <= ids:
            return []  # what is gone has a finding of its own
    plain = numbers(draft)
    if len(plain) < len(activities):
        return []
    return [(a + 1, b - 1) for a, b in pairwise(sorted(plain)) if b > a + 1]


def ranges(gaps: Sequence[tuple[int, int]]) -> str:
    """Write ranges of numbers: "3, 5-9"; the first ten of many."""
    words = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in gaps[:10])
    return words + (" …" if len(gaps) > 10 else "")


def beside(order: Sequence[K], gone: K, paths: Mapping[K, Steps]) -> Steps | None:
    """Find where something is gone: at what followed it and is still there, else at what came before it."""
    if gone not in order:
        return None
    at = order.index(gone)
    around = [*order[at + 1 :], *reversed(order[:at])]
    return next((paths[each] for each in around if each in paths), None)


def runs(mistakes: Iterable[Mistake], belong: Callable[[Mistake, Mistake], bool]) -> Iterator[list[Mistake]]:
    """Put mistakes together of which each belongs to the one before."""
    run: list[Mistake] = []
    for mistake in mistakes:
        if run and not belong(run[-1], mistake):
            yield run
            run = []
        run.append(mistake)
    if run:
        yield run
