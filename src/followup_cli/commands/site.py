"""`site`: a folder of pages that any server, or a disk, can show."""

from pathlib import Path
from typing import Annotated

from typer import Option

from followup_cli.app.asking import ask
from followup_cli.app.options import LanguageOption, Question
from followup_cli.app.streams import said_in_language, say
from followup_cli.app.waiting import waiting
from followup_cli.errors import FollowupError
from followup_cli.files import write_folder
from followup_cli.formats.characters import web_address
from followup_cli.formats.files import EXPORTS, Files
from followup_cli.formats.page.site import site
from followup_cli.formats.page.svg import badge
from followup_cli.questions.whole_plan import whole_plan
from followup_cli.registry import load
from followup_cli.table import Page

EXAMPLES = """Examples:

  followup site -o public

  followup site -o public --as-of 2025-05-01 --url https://example.org/plan/

  followup site -o public/kk --language kk
"""
_RECORD = "site-files.txt"
# The exports that a site offers: the address of a file, or of a folder with the file in it that describes it.
_OFFERED = {
    "xlsx": "plan.xlsx",
    "ics": "deadlines.ics",
    "sqlite": "plan.sqlite",
    "jsonl": "plan.jsonl",
    "datapackage": "package/datapackage.json",
}


def run(
    question: Question,
    output: Annotated[Path, Option("--output", "-o", metavar="DIR", help="The folder to write to.")],
    language: LanguageOption = None,
    url: Annotated[
        str | None,
        Option("--url", metavar="ADDRESS", help="Where it will stand: for the site map, the feed and cards."),
    ] = None,
) -> None:
    """Make a site of the plan: pages for it, each activity and each agency, what changed, a timeline, the data.

    It works from a disk and on any server, loads nothing from elsewhere, and is the same for the same data.
    A site that was made there before is renewed; what others have put beside it stays.
    """
    base = _base(url)
    page = whole_plan(ask(question))
    with waiting("making the site"), said_in_language(page, language):
        files = site(page, base=base, downloads=_downloads(page), meanings=_meanings())
    write_folder(output, files, _RECORD)
    pages = sum(name.endswith(".html") for name in files)
    say(f"{pages} pages in {output}; begin with {output / 'index.html'}")


def _base(url: str | None) -> str:
    if url is None:
        return ""
    if web_address(url) is None or "?" in url or "#" in url:
        raise FollowupError(
            f"`--url {url}` is no address of a folder", "write it as https://example.org/plan/"
        )
    return url if url.endswith("/") else f"{url}/"


def _downloads(page: Page) -> Files:
    found: Files = {"badge.svg": badge(page).encode()}
    for name, address in _OFFERED.items():
        made: Files = load(EXPORTS[name])(page)
        folder = address.rpartition("/")[0]
        found |= {f"{folder}/{file}" if file else address: content for file, content in made.items()}
    return found


def _meanings() -> dict[str, str]:
    return {address: EXPORTS[name].meaning.replace("`", "") for name, address in _OFFERED.items()}
