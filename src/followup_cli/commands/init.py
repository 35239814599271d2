"""`init`: start a dataset for another plan, valid as written."""

import json
import os
import re
import shlex
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from followup_cli.app.streams import say
from followup_cli.errors import FollowupError
from followup_cli.files import write_atomically
from followup_cli.glossary import PlanFile
from followup_cli.plan.draft import from_texts
from followup_cli.plan.editor_schema import schemas, written_schema
from followup_cli.plan.values import LANGUAGE
from followup_cli.rules import check
from followup_cli.text.characters import FORBIDDEN
from followup_cli.text.writing import scalar

EXAMPLES = """Examples:

  followup init clean-rivers --title "Plan for Clean Rivers" --adopted 2026-01-15

  followup init план --title "План действий" --language ru --timezone Asia/Almaty
"""

_STARTER = Path(__file__).parents[1] / "starter"
# The words of the example, in the language of the plan.
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Plan of Action",
        "act": "Government Decree No. 1",
        "section": "First section",
        "activity": "What is to be done, in the plan's words",
        "outcome": "Draft Law",
        "deadline": "By the end of {year}",
        "lead": "MJ",
        "lead_name": "Ministry of Justice",
        "agreed": "GPO",
        "agreed_name": "General Prosecutor's Office",
        "mark": "as agreed",
    },
    "ru": {
        "title": "План действий",
        "act": "Постановление Правительства № 1",
        "section": "Первый раздел",
        "activity": "Что должно быть сделано, словами плана",
        "outcome": "Законопроект",
        "deadline": "до конца {year} года",
        "lead": "МЮ",
        "lead_name": "Министерство юстиции",
        "agreed": "ГП",
        "agreed_name": "Генеральная прокуратура",
        "mark": "по согласованию",
    },
    "kk": {
        "title": "Іс-қимыл жоспары",
        "act": "Үкіметтің № 1 қаулысы",
        "section": "Бірінші бөлім",
        "activity": "Не істелуі тиіс, жоспардың сөзімен",
        "outcome": "Заң жобасы",
        "deadline": "{year} жылдың соңына дейін",
        "lead": "ӘМ",
        "lead_name": "Әділет министрлігі",
        "agreed": "БП",
        "agreed_name": "Бас прокуратура",
        "mark": "келісім бойынша",
    },
    "uk": {
        "title": "План заходів",
        "act": "Постанова Кабінету Міністрів № 1",
        "section": "Перший розділ",
        "activity": "Що має бути зроблено, словами плану",
        "outcome": "Законопроєкт",
        "deadline": "31.12.{year}",
        "lead": "МЮ",
        "lead_name": "Міністерство юстиції",
        "agreed": "ОГП",
        "agreed_name": "Офіс Генерального прокурора",
        "mark": "за згодою",
    },
}
# In a language of which no deadline is read, and nothing is said here, it is a day in digits.
_OTHER = {**_WORDS["en"], "deadline": "{year}-12-31"}


def run(
    folder: Annotated[
        Path,
        Argument(metavar="[DIR]", help="Where to start it; made if it is not there.", show_default=False),
    ] = Path(),
    title: Annotated[str | None, Option("--title", metavar="TEXT", help="The plan's title.")] = None,
    act: Annotated[str | None, Option("--act", metavar="TEXT", help="The act that adopted it.")] = None,
    adopted: Annotated[
        str, Option("--adopted", metavar="DATE", help="The day it was adopted.")
    ] = "2026-01-01",
    language: Annotated[
        str, Option("--language", metavar="LANG", help="Its language, such as en, kk or pt-BR.")
    ] = "en",
    country: Annotated[
        str | None, Option("--country", metavar="CODE", help="ISO 3166 code, such as KZ.")
    ] = None,
    timezone: Annotated[str, Option("--timezone", metavar="ZONE", help='Where "today" is.')] = "UTC",
) -> None:
    """Start a dataset for another plan: two commented files, valid as written, and the workflow that checks them.

    Nothing is asked, and no file that is there already is touched.
    """
    if not re.fullmatch(LANGUAGE, language):
        raise FollowupError(
            f"`{language[:60]}` is not the code of a language", "write it as `en`, `kk`, `uk` or `pt-BR`"
        )
    day = _day(adopted)
    words = {
        **_WORDS.get(language.partition("-")[0].lower(), _OTHER),
        "timezone": timezone,
        "country": country or "",
    }
    words |= {"title": title or words["title"], "act": act or words["act"]}
    words["deadline"] = words["deadline"].format(year=day.year)
    if any(FORBIDDEN.search(text) or "\n" in text for text in words.values()):
        raise FollowupError(
            "a text runs over several lines or has an invisible character", "write it on one line"
        )
    values = {name: scalar(text) for name, text in words.items()}
    values |= {
        "id": scalar(_short_name(folder, words["title"], day)),
        "adopted": day.isoformat(),
        "language": scalar(language),
        "country": f"  country: {scalar(country)}\n" if country else "",
    }
    top = _repository(folder)
    workflow = _workflow_for(folder, top or folder)
    program = _program()
    contents = _dataset(folder, values) | {workflow: _workflow(folder, top or folder, workflow, program)}
    _write(contents)
    shown = f" --data {shlex.quote(folder.as_posix())}" if folder != Path() else ""
    say(f"next: put the plan's words into {(folder / 'data').as_posix()}, then `followup validate{shown}`")
    if not program:
        say(f"next: say in {workflow.as_posix()} where the workflow gets followup from")
    if top is None:
        say(f"note: GitHub reads it once {folder.resolve().name} is the root of a repository")


def _dataset(folder: Path, values: dict[str, str]) -> dict[Path, str]:
    """Make the two files of a dataset that has no findings."""
    texts = {name: _filled((_STARTER / name.value).read_text(encoding="utf-8"), values) for name in PlanFile}
    findings = check(from_texts({**texts}))
    if findings:
        raise FollowupError(findings[0].message, findings[0].hint)
    written = {folder / "data" / name.value: text for name, text in texts.items()}
    made = schemas(from_texts({**texts}))
    return written | {folder / "schema" / name: written_schema(each) for name, each in made.items()}


def _workflow(folder: Path, root: Path, path: Path, program: str) -> str:
    """Make the workflow that checks a dataset of a repository, with a program from an address."""
    data = (folder / "data").resolve().relative_to(root.resolve()).as_posix()
    values = {"data": scalar(data), "workflow": f".github/workflows/{path.name}"}
    values["program"] = scalar(program) if program else '""'
    return _filled((_STARTER / "followup.yml").read_text(encoding="utf-8"), values)


def _program() -> str:
    """Give the address and commit that this program was installed from, if a workflow can get it there."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        origin = json.loads(distribution("followup-cli").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return ""
    address, commit = origin.get("url", ""), origin.get("vcs_info", {}).get("commit_id")
    return f"git+{address}@{commit}" if commit and address.startswith("https://") else ""


def _repository(folder: Path) -> Path | None:
    """Find the root of the git repository that a folder is or will be in, as seen from here."""
    there = folder.resolve()
    for root in (there, *there.parents):
        if (root / ".git").exists():
            return root if folder.is_absolute() else Path(os.path.relpath(root))
    return None


def _workflow_for(folder: Path, root: Path) -> Path:
    """Choose where the workflow goes: forges read none but those at the root, one for each dataset."""
    workflows = root / ".github" / "workflows"
    first = workflows / "followup.yml"
    name = "-".join(re.findall(r"\w+", folder.resolve().name.casefold()))
    is_root = folder.resolve() == root.resolve()
    return first if is_root or not first.exists() else workflows / f"followup-{name}.yml"


def _write(contents: dict[Path, str]) -> None:
    """Write new files, all of them or none where one is there already."""
    there = [path for path in contents if path.exists() or path.is_symlink()]
    if there:
        raise FollowupError(
            f"`{there[0].as_posix()}` exists already", "choose another folder; nothing was written"
        )
    for path, text in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise FollowupError(f"`{path.parent.as_posix()}` cannot be made: {reason}") from None
        write_atomically(path, text.encode("utf-8"), None)
        sys.stdout.write(f"{path.as_posix()}\n")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FollowupError(f"`{text[:60]}` is not a date", "write it as 2026-01-15") from None


def _short_name(folder: Path, title: str, day: date) -> str:
    """Make the dataset's id from the folder's name or the title."""
    for text in (folder.name, title):
        name = "-".join(re.findall(r"\w+", text.casefold()))[:40].strip("-")
        if name:
            return name
    return f"plan-{day.year}"


def _filled(template: str, values: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: values[match[1]], template)
