"""People's own templates: Jinja2, confined to what it is given."""

from pathlib import Path
from typing import Any

from followup_cli.errors import FollowupError
from followup_cli.formats.json import objects
from followup_cli.formats.markdown import grid, paragraph
from followup_cli.table import Page

_SIZE = 1_000_000  # bytes of a template


def filled(template: Path, page: Page, plan: Page) -> str:
    """Fill a template with a report and with all tables of the plan.

    The template sees `title`, `tables` (the report's tables by name), `plan` (the plan's own row) and
    every other table of the plan by its name, such as `deliverables`; rows are objects with the names of
    the columns. The filter `md` makes a text neutral in Markdown; `table(name)` writes a table of the
    report in Markdown.

    Raises:
        FollowupError: if the template cannot be read or filled.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    text = _text(template)
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["md"] = lambda value: paragraph("" if value is None else str(value))
    tables = {table.name: table for table in page.tables}
    values: dict[str, Any] = {table.name: objects(table) for table in plan.tables}
    values["plan"] = values["plan"][0]
    try:
        return environment.from_string(text).render(
            **values,
            title=page.title,
            tables={name: objects(table) for name, table in tables.items()},
            table=lambda name: grid(tables[name]),
        )
    except TemplateError as error:
        number = getattr(error, "lineno", None)
        line = f":{number}" if number else ""
        raise FollowupError(
            f"`{template}`{line} cannot be filled: {error.message or type(error).__name__}"
        ) from None
    except Exception as error:  # noqa: BLE001 - a template's expressions may raise anything
        raise FollowupError(
            f"`{template}` cannot be filled: {type(error).__name__}: {str(error)[:200]}"
        ) from None


def _text(template: Path) -> str:
    try:
        data = template.read_bytes()
        if len(data) > _SIZE:
            raise FollowupError(f"`{template}` is too big for a template")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise FollowupError(
            f"`{template}` cannot be read: {(error.strerror or str(error)).lower()}"
        ) from None
    except UnicodeDecodeError:
        raise FollowupError(f"`{template}` is not UTF-8 text") from None
