"""REPORTS: the pages that are read or sent as they are, each made from a picture."""

from collections.abc import Callable
from typing import NamedTuple

from followup_cli.choosing import choose
from followup_cli.errors import FollowupError
from followup_cli.questions.agency import agency
from followup_cli.questions.brief import brief
from followup_cli.questions.overview import overview, plan
from followup_cli.questions.own_table import own_table
from followup_cli.questions.picture import Picture
from followup_cli.questions.slippage import slippage
from followup_cli.table import Page


class Report(NamedTuple):
    """A page that can be asked for by name: what it is, how it is made, what it must be told.

    `make` takes the picture and, where there is one, the argument; one that `compares` can be of two days.
    """

    meaning: str
    make: Callable[..., Page]
    argument: str | None = None
    compares: bool = False


def moved(picture: Picture) -> Page:
    """Make the report of the deadlines that acts have moved."""
    tables, about = (slippage(picture),), picture.provenance()
    return Page(picture.title, tables, main="slippage", provenance=about)


REPORTS: dict[str, Report] = {
    "plan": Report("the whole plan, by section", plan),
    "overview": Report(
        "counts by state and section, what is due, what passed its deadline", overview, compares=True
    ),
    "brief": Report(
        "one page: where the plan stands, what moved since `--versus DATE`, what passed unreported, facts",
        brief,
        compares=True,
    ),
    "agency": Report("what one agency leads and takes part in, ready to send", agency, "AGENCY"),
    "table": Report("the plan's own table again: its columns, headings, order and marks", own_table),
    "slippage": Report("deadlines that acts have moved: from when to when, by which act", moved),
}


def choose_report(name: str, argument: str | None, *, versus: bool = False) -> Report:
    """Find a report by name, and see that it is told what it must be told.

    Raises:
        FollowupError: if there is no such report, or it must be told more, or less.
    """
    report = REPORTS[choose(name, REPORTS, "report")]
    example = "`followup report agency GPO`"
    if report.argument and argument is None:
        raise FollowupError(
            f"the report `{name}` is about one {report.argument.lower()}", f"such as {example}"
        )
    if argument is not None and not report.argument:
        raise FollowupError(f"the report `{name}` takes no name", f"one agency's report is {example}")
    if versus and not report.compares:
        comparing = ", ".join(f"`{each}`" for each in REPORTS if REPORTS[each].compares)
        raise FollowupError(f"the report `{name}` is of one day", f"{comparing} take `--versus`")
    return report
