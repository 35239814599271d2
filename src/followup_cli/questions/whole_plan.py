"""The whole plan as of a day, as tables with keys between them; pages, pictures and exports are made of it."""

from followup_cli.questions.filters import ALL, Where
from followup_cli.questions.picture import Picture
from followup_cli.store.tables import RELATIONS, Relation
from followup_cli.table import Page, Table


def whole_plan(picture: Picture, condition: Where = ALL) -> Page:
    """Give all tables of the plan as one page, with the deliverables that are selected and what belongs to them."""
    tables = tuple(_table(picture, relation, condition) for relation in RELATIONS.values())
    return Page(f"{picture.about.title} as of {picture.as_of}", tables, main="deliverables")


def _table(picture: Picture, relation: Relation, condition: Where) -> Table:
    narrow = bool(relation.of) and condition != ALL
    only = f"WHERE {relation.of.format(condition.sql)}" if narrow else ""
    rest = f"FROM {relation.source} {only} ORDER BY {relation.order}"
    rows = picture.cells(relation.fields, rest, condition.values if narrow else ())
    columns = picture.columns(relation.fields)
    return Table(relation.name, relation.name.capitalize(), columns, rows, meaning=relation.meaning)
