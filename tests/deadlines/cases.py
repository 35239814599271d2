"""The example rows: phrases as plans write them, with the reading that is right."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from followup_cli.deadlines import Calendar

HERE = Path(__file__).parent
ADOPTED = date(2022, 4, 28)


@dataclass(frozen=True)
class Case:
    lang: str
    phrase: str
    kind: str
    start: str
    due: str
    recurrence: str
    parts: str = ""
    reason: str = ""
    approximate: bool = False

    @property
    def reading(self) -> tuple[str, ...]:
        return (self.kind, self.start, self.due, self.recurrence, self.parts)


def _rows(name: str) -> list[list[str]]:
    # No quoting, no stripping: spaces and quotation marks are part of a phrase.
    lines = (HERE / name).read_text(encoding="utf-8").split("\n")[1:]
    return [line.split("\t") for line in lines if line]


def shared() -> list[Case]:
    """The rows of examples.tsv."""
    cases = []
    for _, lang, phrase, kind, start, due, recurrence, note, _ in _rows("examples.tsv"):
        parts = note.removeprefix("parts=").partition("; ")[0] if note.startswith("parts=") else ""
        cases.append(Case(lang, phrase, kind, start, due, recurrence, parts, "", "approximate" in note))
    return cases


def unseen() -> list[Case]:
    """The rows of unseen.tsv: phrases written apart from the reader, and read by it afterwards."""
    cases = []
    for _, lang, phrase, kind, start, due, recurrence, _, _ in _rows("unseen.tsv"):
        cases.append(Case(lang, phrase, kind, start, due, recurrence))
    return cases


def own() -> list[Case]:
    """The rows of examples_en.tsv, examples_ru.tsv, examples_kk.tsv and examples_zxx.tsv."""
    cases = []
    for lang in ("en", "ru", "kk", "zxx"):
        for phrase, kind, start, due, recurrence, more, sign in _rows(f"examples_{lang}.tsv"):
            parts, reason = ("", more) if kind == "error" else (more, "")
            cases.append(Case(lang, phrase, kind, start, due, recurrence, parts, reason, sign == "~"))
    return cases


def settled() -> list[tuple[Calendar, Case]]:
    """The rows of settings.tsv: what a phrase says in a plan that settles something, `name=value`."""
    return [
        (calendar_of(setting), Case("auto", phrase, kind, start, due, recurrence, parts))
        for setting, phrase, kind, start, due, recurrence, parts in _rows("settings.tsv")
    ]


def siblings() -> list[tuple[Calendar, Case]]:
    """The rows of siblings.tsv: other numbers, months, verbs and orders of what real plans write."""
    return [
        (calendar_of(setting), Case(lang, phrase, kind, start, due, recurrence))
        for setting, lang, phrase, kind, start, due, recurrence in _rows("siblings.tsv")
    ]


def calendar_of(setting: str) -> Calendar:
    """What a plan settles: `fiscal=10/end`, `day_first=false`, or nothing."""
    name, _, value = setting.partition("=")
    if name == "fiscal":
        month, _, named_by = value.partition("/")
        return Calendar(ADOPTED, int(month), named_by)
    return Calendar(ADOPTED, day_first=value == "true" if name else None)


CASES = shared() + own()
READ = [case for case in CASES if case.kind != "error"]
REFUSED = [case for case in CASES if case.kind == "error"]
