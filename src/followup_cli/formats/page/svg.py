"""Pictures: the timeline of a plan, and a badge. Legible on light and dark, in print and without colour."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from followup_cli.errors import FollowupError
from followup_cli.formats.characters import one_line
from followup_cli.formats.phrases import day_in_words, in_short, own, say, told
from followup_cli.glossary import State
from followup_cli.table import Cell, Content, Page

# State: its colour on light and on dark paper; both have a contrast of 4.5:1 and more.
COLOURS: dict[str, tuple[str, str]] = {
    State.DELIVERED: ("#17703a", "#5fd38a"),
    State.DELIVERED_LATE: ("#55691b", "#bcd05a"),
    State.ABANDONED: ("#59595f", "#a9a9b3"),
    State.OVERDUE: ("#b3261e", "#ff9d94"),
    State.UNREPORTED: ("#5a4a8f", "#bcaeff"),
    State.DUE_SOON: ("#8a5300", "#f3b95f"),
    State.OPEN: ("#0b5a9c", "#7fbcff"),
    State.UPCOMING: ("#4a6072", "#a6bccd"),
    State.UNDATED: ("#4a6072", "#a6bccd"),
    "unread": ("#8a5300", "#f3b95f"),
}
# State: its shape, drawn within 6 units around the origin; `k` is cut out, `o` an outline.
_MARKS: dict[str, str] = {
    State.DELIVERED: '<circle r="5.6"/><path class="k" d="M-2.7 .2-.8 2.2 2.8-1.9"/>',
    State.DELIVERED_LATE: '<circle class="o" r="4.9"/><path class="o" d="M-2.3 .2-.6 1.9 2.4-1.6"/>',
    State.ABANDONED: '<path class="o" d="M-4-4 4 4M-4 4 4-4"/>',
    State.OVERDUE: '<path d="M0-5.8 6 5H-6Z"/><path class="k" d="M0-2.2V1.4M0 3v.4"/>',
    State.UNREPORTED: '<circle class="o" r="4.9" stroke-dasharray="2.6 1.8"/>',
    State.DUE_SOON: '<path d="M0-6 6 0 0 6-6 0Z"/>',
    State.OPEN: '<circle class="o" r="4.9"/><path d="M0-4.9A4.9 4.9 0 0 1 0 4.9Z"/>',
    State.UPCOMING: '<path class="o" d="M0-5.2 5.2 0 0 5.2-5.2 0Z"/>',
    State.UNDATED: '<circle cx="-4" r="1.5"/><circle r="1.5"/><circle cx="4" r="1.5"/>',
    "unread": '<path class="o" d="M-2.4-2.6A2.5 2.5 0 1 1 0 1.2V2.4"/><circle cy="5" r="1"/>',
}
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"
WIDTH, LABELS, WORDS = 960, 352, 846  # where the picture ends, its chart begins, and short words of states
ROW, HEADING = 21, 30
_KEY = 22  # what is below it: what is drawn
_TITLE = 52  # what a picture that stands alone has above it


def colours() -> str:
    """Write the style sheet of the states' colours and shapes."""
    light = "".join(f".s-{state}{{color:{pair[0]}}}" for state, pair in COLOURS.items())
    dark = "".join(f".s-{state}{{color:{pair[1]}}}" for state, pair in COLOURS.items())
    return (
        ".mark{fill:currentColor}.mark .o{fill:none;stroke:currentColor;stroke-width:1.6}"
        ".mark .k{fill:none;stroke:#fff;stroke-width:1.6;stroke-linecap:round}"
        f"{light}@media screen and (prefers-color-scheme:dark){{.mark .k{{stroke:#16181d}}{dark}}}"
    )


def style() -> str:
    """Write the style sheet of the timeline."""
    return (
        f".tl{{font:12px {FONT};fill:#1c1e21}}.tl .paper{{fill:#fff}}.tl .dim{{fill:#596068}}"
        ".tl .b{font-weight:600}.tl .big{font-size:16px}.tl .grid{stroke:#e3e5e8}.tl .year{stroke:#c3c8ce}.tl .row{fill:#f6f7f8}"
        ".tl .asof{stroke:#b3261e;stroke-dasharray:4 3}.tl .asofword{fill:#b3261e;font-weight:600}"
        ".tl .window{fill:currentColor;opacity:.32}.tl .wait{stroke:currentColor;opacity:.55;stroke-dasharray:1 3;stroke-linecap:round;stroke-width:2}"
        ".tl .word{fill:currentColor}"
        "@media screen and (prefers-color-scheme:dark){.tl{fill:#e9eaec}.tl .paper{fill:#16181d}.tl .dim{fill:#a4abb3}"
        ".tl .grid{stroke:#262a30}.tl .year{stroke:#3b4148}.tl .row{fill:#1b1e24}"
        ".tl .asof{stroke:#ff9d94}.tl .asofword{fill:#ff9d94}}"
    )


def mark(state: str) -> ET.Element:
    """Draw the shape of a state around the origin."""
    return ET.fromstring(f'<g class="mark s-{state}">{_MARKS[state]}</g>')  # noqa: S314 - our own words


def timeline(content: Content) -> str:
    """Draw when each deliverable was due and where it stands, one row each.

    Raises:
        FollowupError: if the content is not a whole plan.
    """
    picture = draw(content)
    sheet = ET.Element("style")
    sheet.text = style() + colours()
    picture.insert(2, sheet)
    picture.set("xmlns", "http://www.w3.org/2000/svg")
    picture.set("width", str(WIDTH))
    _entitle(picture, content)
    return _written(picture)


def _entitle(picture: ET.Element, content: Content) -> None:
    """Put above the picture what it is of, in words that are seen."""
    height = int(float(picture.get("viewBox", "").split()[-1])) + _TITLE
    picture.set("viewBox", f"0 {-_TITLE} {WIDTH} {height}")
    picture.set("height", str(height))
    plan, rows = _whole_plan(content)
    about = content.provenance
    scope = told(about.scope) if about else say("as of {day}", day=day_in_words(plan["as_of"]))
    paper = next(node for node in picture if node.get("class") == "paper")
    paper.set("y", str(-_TITLE))
    paper.set("height", str(height))
    _node("text", _clipped(own(str(plan["title"])), WIDTH - 24, 16), picture, x=12, y=-28, class_="b big")
    _node("text", _clipped(f"{summary(rows)} · {scope}", WIDTH - 24, 12), picture, x=12, y=-8, class_="dim")


def draw(content: Content) -> ET.Element:
    """Draw the timeline without its style sheet, to stand in a page that has it."""
    plan, rows = _whole_plan(content)
    axis = _axis(plan, rows)
    blocks = _by_section(content, rows)
    height = 46 + sum(HEADING + ROW * len(members) for _, members in blocks) + 34 + _KEY
    picture = _node("svg", viewBox=f"0 0 {WIDTH} {height}", role="img", class_="tl")
    picture.set("aria-labelledby", "tl-title tl-desc")
    as_of = plan["as_of"]
    selection = (
        f", {told(content.provenance.selection)}"
        if content.provenance and content.provenance.selection
        else ""
    )
    title = say(
        "Timeline of {plan}, as of {day}",
        plan=f"{own(str(plan['title']))}{selection}",
        day=day_in_words(as_of),
    )
    _node("title", title, picture, id="tl-title")
    _node("desc", _described(rows), picture, id="tl-desc")
    _node("rect", parent=picture, width=WIDTH, height=height, rx=6, class_="paper")
    bottom = height - 30 - _KEY
    y = 46.0
    backs, front = _node("g", parent=picture), ET.Element("g")
    number = 0
    shared = sharing_title(rows)
    for heading, members in blocks:
        _node("text", _clipped(heading, WIDTH - 24, 12.5), front, x=12, y=y + 20, class_="b")
        y += HEADING
        for row in members:
            if number % 2 == 0:
                _node("rect", parent=backs, y=y, width=WIDTH, height=ROW, class_="row")
            outcome = row["outcome"] if row["id"] in shared else None
            _draw_row(front, row, _label(str(row["title"]), outcome), axis, y + ROW / 2)
            y += ROW
            number += 1
    _draw_axis(picture, axis, bottom)
    picture.append(front)
    _draw_as_of(picture, axis, as_of, bottom)
    _node("text", _clipped(_key(rows), WIDTH - 24, 12), picture, x=12, y=height - 10, class_="dim")
    return picture


def _key(rows: list[dict[str, Cell]]) -> str:
    """Say what is drawn."""
    key = say("bar: the deadline's window · mark: the state")
    if all(isinstance(row["start"], date) for row in rows):
        return key
    return " · ".join([key, say("dotted line: up to a deadline without a start")])


def sharing_title(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give the ids of the deliverables whose title another of their activity has too."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        activity = str(row["id"]).rpartition(".")[0]
        found.setdefault((activity, str(row["title"])), []).append(str(row["id"]))
    return {id_ for ids in found.values() if len(ids) > 1 for id_ in ids}


def _label(title: str, outcome: Cell) -> str:
    """Name a deliverable beside its row: of two of one title, its outcome is seen too."""
    room = LABELS - 12 - 54
    if not outcome:
        return _clipped(own(title), room, 12)
    end = _clipped(own(str(outcome)), room * 0.6, 12)
    return f"{_clipped(own(title), room - _length(f': {end}', 12), 12)}: {end}"


def badge(content: Content) -> str:
    """Draw how many deliverables are delivered and how many stand otherwise, as a small picture."""
    _, rows = _whole_plan(content)
    message = summary(rows, in_short)
    label = say("plan")
    left, right = 14 + _length(label, 11), 16 + _length(message, 11)
    width = left + right
    picture = _node("svg", xmlns="http://www.w3.org/2000/svg", width=_n(width), height=20, role="img")
    picture.set("aria-label", f"{label}: {message}")
    _node("title", f"{label}: {message}", picture)
    _node("rect", parent=picture, width=_n(width), height=20, rx=4, fill="#2f363d")
    path = f"M{_n(left)} 0H{_n(width - 4)}a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H{_n(left)}z"
    _node("path", parent=picture, d=path, fill=COLOURS[_foremost(rows)][0])
    words = _node("g", parent=picture, fill="#fff")
    words.set("font-family", FONT.replace("'", ""))
    words.set("font-size", "11")
    for text, x, length in ((label, 7.0, left - 14), (message, left + 8, right - 16)):
        _node("text", text, words, x=_n(x), y=14, textLength=_n(length))
    return _written(picture)


def summary(rows: list[dict[str, Cell]], name: Callable[[str], str] = say) -> str:
    """Say how many of all are delivered, and how many are in each other state."""
    counts = _counts(rows)
    delivered = counts.pop(State.DELIVERED, 0) + counts.pop(State.DELIVERED_LATE, 0)
    rest = [say("{count} {state}", count=count, state=name(state)) for state, count in counts.items()]
    return " · ".join([say("{number} of {n} delivered", number=delivered, n=len(rows)), *rest])


def by_state(rows: list[dict[str, Cell]]) -> str:
    """Say how many are in each state that there is."""
    counts = _counts(rows).items()
    return "; ".join(say("{count} {state}", count=count, state=say(state)) for state, count in counts)


def _counts(rows: list[dict[str, Cell]]) -> dict[str, int]:
    found = {state.value: sum(row["state"] == state for row in rows) for state in State}
    return {state: count for state, count in found.items() if count}


def _foremost(rows: list[dict[str, Cell]]) -> str:
    counts = _counts(rows)
    return max(counts, key=lambda state: counts[state]) if counts else State.UNDATED


def _whole_plan(content: Content) -> tuple[dict[str, Cell], list[dict[str, Cell]]]:
    tables = [content.table(name) for name in ("plan", "deliverables")] if isinstance(content, Page) else []
    if len(tables) != 2 or tables[0] is None or tables[1] is None:
        raise FollowupError("only a whole plan can be drawn", "ask for `followup timeline --format svg`")
    return tables[0].by_name()[0], tables[1].by_name()


def _by_section(content: Content, rows: list[dict[str, Cell]]) -> list[tuple[str, list[dict[str, Cell]]]]:
    sections = content.table("sections") if isinstance(content, Page) else None
    titles = {s["id"]: f"{s['id']}. {own(str(s['title']))}" for s in sections.by_name()} if sections else {}
    groups: dict[str, list[dict[str, Cell]]] = {}
    for row in rows:
        groups.setdefault(titles.get(row["section"], ""), []).append(row)
    return list(groups.items())


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days to positions: from the first of a year to the last of another; the words of states begin at `words`."""

    first: date
    last: date
    adopted: date
    words: float

    def x(self, day: date) -> float:
        part = (min(max(day, self.first), self.last) - self.first).days / ((self.last - self.first).days or 1)
        return LABELS + part * (self.words - 16 - LABELS)


def _axis(plan: dict[str, Cell], rows: list[dict[str, Cell]]) -> _Axis:
    days = [
        day for row in rows for name in ("start", "due", "status_date") if isinstance(day := row[name], date)
    ]
    adopted, as_of = plan["adopted"], plan["as_of"]
    days += [day for day in (adopted, as_of) if isinstance(day, date)]
    first = date(min(days).year, 1, 1)
    longest = max((_length(in_short(state), 12) for state in _counts(rows)), default=0)
    words = min(WORDS, WIDTH - 8 - longest)
    return _Axis(first, date(max(days).year, 12, 31), adopted if isinstance(adopted, date) else first, words)


def _draw_axis(picture: ET.Element, axis: _Axis, bottom: float) -> None:
    first, last = axis.first.year, axis.last.year
    step = -(-(last - first + 1) // 12)
    for year in range(first, last + 1):
        if (year - first) % step:
            continue
        x = axis.x(date(year, 1, 1))
        _node("line", parent=picture, x1=_n(x), x2=_n(x), y1=30, y2=bottom, class_="year")
        middle = (x + axis.x(date(min(year + step - 1, last), 12, 31))) / 2
        for y in (24, bottom + 18):
            text = _node("text", str(year), picture, x=_n(middle if step == 1 else x + 12), y=_n(y))
            text.set("text-anchor", "middle")
            text.set("class", "dim")
        if step == 1:
            for month in (4, 7, 10):
                quarter = axis.x(date(year, month, 1))
                _node(
                    "line",
                    parent=picture,
                    x1=_n(quarter),
                    x2=_n(quarter),
                    y1=38,
                    y2=bottom,
                    class_="grid",
                )


def _draw_as_of(picture: ET.Element, axis: _Axis, as_of: Cell, bottom: float) -> None:
    if not isinstance(as_of, date):
        return
    x = axis.x(as_of)
    _node("line", parent=picture, x1=_n(x), x2=_n(x), y1=16, y2=bottom, class_="asof")
    said = say("as of {day}", day=day_in_words(as_of))
    text = _node("text", said, picture, x=_n(x - 4 if x > 500 else x + 4), y=11, class_="asofword")
    text.set("text-anchor", "end" if x > 500 else "start")


def _draw_row(parent: ET.Element, row: dict[str, Cell], label: str, axis: _Axis, middle: float) -> None:
    state = str(row["state"])
    base = _n(middle + 4)
    _node("text", str(row["id"]), parent, x=12, y=base, class_="dim")
    _node("text", label, parent, x=54, y=base)
    group = _node("g", parent=parent, class_=f"s-{state}")
    start, due = row["start"], row["due"]
    left = axis.x(start if isinstance(start, date) else axis.adopted)
    right = axis.x(due) if isinstance(due, date) else axis.x(axis.last)
    if isinstance(start, date):
        _node(
            "rect",
            parent=group,
            x=_n(left),
            y=_n(middle - 5),
            width=_n(max(right - left, 2)),
            height=10,
            rx=2,
            class_="window",
        )
    else:
        _node("line", parent=group, x1=_n(left), x2=_n(right), y1=_n(middle), y2=_n(middle), class_="wait")
    settled = (
        row["status_date"] if state in (State.DELIVERED, State.DELIVERED_LATE, State.ABANDONED) else None
    )
    at = axis.x(settled) if isinstance(settled, date) else right
    shape = mark(state)
    shape.set("transform", f"translate({_n(at)} {_n(middle)})")
    parent.append(shape)
    _node("text", in_short(state), group, x=_n(axis.words), y=base, class_="word")


def _described(rows: list[dict[str, Cell]]) -> str:
    counts = ", ".join(
        say("{count} {state}", count=count, state=say(state)) for state, count in _counts(rows).items()
    )
    return say(
        "{n} deliverables: {counts}. One row each, by section: a bar is the window of its deadline, "
        "a dotted line runs from the plan's adoption to a deadline without a start, and the shape at its end "
        "is the state that the word beside it names.",
        n=len(rows),
        counts=counts,
    )


def _node(
    tag: str, text: str | None = None, parent: ET.Element | None = None, **attributes: object
) -> ET.Element:
    """Make an element; `class_` and `text_anchor` stand for `class` and `text-anchor`."""
    named = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()}
    node = ET.Element(tag, named)
    if text is not None:
        node.text = one_line(text)
    if parent is not None:
        parent.append(node)
    return node


def _written(picture: ET.Element) -> str:
    ET.indent(picture, " ")
    return ET.tostring(picture, encoding="unicode") + "\n"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _clipped(text: str, width: float, size: float) -> str:
    """Shorten a text to a width, with an ellipsis where something is left out."""
    text = one_line(text[: int(4 * width / size)])
    if _length(text, size) <= width:
        return text
    ends = accumulate(_letter(letter) * size for letter in text)
    fitting = sum(end <= width - size for end in ends)
    words = text[: fitting + 1].rpartition(" ")[0] or text[:fitting]
    return words.rstrip(" ,;:(–-") + "…"


def _length(text: str, size: float) -> float:
    """Estimate how long a text is in a sans-serif font; a little long rather than short."""
    return sum(_letter(letter) for letter in text) * size


def _letter(letter: str) -> float:
    if letter in "iljI.,;:'|!ftr ()[]":
        return 0.4
    if letter > "\u2e80":
        return 1.0
    return 0.75 if letter.isupper() or letter in "mw—…" else 0.61
