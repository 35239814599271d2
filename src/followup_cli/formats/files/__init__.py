"""EXPORTS: the whole plan as files for other programs; one file here per format, loaded when asked for.

All are made from RELATIONS, and all are the same bytes for the same data on any day: where a format
wants a time stamp, it is the last day on which anything is known to have happened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from followup_cli.choosing import nearest
from followup_cli.errors import FollowupError
from followup_cli.store.relations import Subject

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """A way to write the whole plan: its function's place, the file endings that mean it, what it is for.

    `text` formats may be shown on a terminal; a `folder` is several files, by name.
    """

    function: str
    endings: tuple[str, ...]
    meaning: str
    text: bool = False
    folder: bool = False

    def load(self) -> Callable[[Subject], Files]:
        """Import the function that makes the files; a single file has the name ""."""
        module, _, name = self.function.partition(":")
        function: Callable[[Subject], Files] = getattr(import_module(f"{__name__}.{module}"), name)
        return function


EXPORTS: dict[str, Export] = {
    "xlsx": Export("xlsx:xlsx", (".xlsx",), "a workbook: a sheet per table, typed dates, a legend"),
    "ics": Export("ics:ics", (".ics",), "a calendar: an all-day event per due date", text=True),
    "sqlite": Export(
        "sqlite:sqlite", (".sqlite", ".sqlite3", ".db"), "a database: the tables and views of `followup sql`"
    ),
    "datapackage": Export(
        "datapackage:datapackage", (), "a folder: CSV files and datapackage.json", folder=True
    ),
    "parquet": Export("parquet:parquet", (), "a folder: a Parquet file per table", folder=True),
    "jsonl": Export("jsonl:jsonl", (".jsonl", ".ndjson"), "one JSON object per row of each table", text=True),
}


def export_named(name: str) -> str:
    """Find an export format by name.

    Raises:
        FollowupError: if there is no such format.
    """
    sought = name.strip().casefold()
    if sought in EXPORTS:
        return sought
    meant = nearest(sought, EXPORTS)
    hint = f"did you mean `{meant}`?" if meant else f"the formats are {', '.join(EXPORTS)}"
    raise FollowupError(f"there is no export format `{name}`", hint)


def library(name: str, extra: str) -> ModuleType:
    """Import a library that an extra brings.

    Raises:
        FollowupError: if it is not installed; the hint installs it.
    """
    try:
        return import_module(name)
    except ImportError:
        raise FollowupError(
            f"the format `{extra}` needs the library {name}", f"pip install 'followup-cli[{extra}]'"
        ) from None
