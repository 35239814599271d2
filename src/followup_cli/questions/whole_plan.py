"""The whole plan as of a day, as tables with keys between them; pages, pictures and exports are made of it."""

from dataclasses import replace

from followup_cli.questions.filters import ALL, Filters, Where, described, where
from followup_cli.questions.picture import Picture
from followup_cli.store.tables import RELATIONS, Relation
from followup_cli.table import Page, Table


def whole_plan(picture: Picture, filters: Filters | None = None) -> Page:
    """Give all tables of the plan as one page, with the deliverables that are selected and what belongs to them."""
    condition = where(filters) if filters else ALL
    relations = (each for each in RELATIONS.values() if not each.new or picture.about.format > 1)
    tables = tuple(_table(picture, relation, condition) for relation in relations)
    page = Page(picture.title, tables, main="deliverables")
    number = len(page.main_table().rows)
    return replace(page, provenance=picture.provenance(described(filters) if filters else "", number))


def _table(picture: Picture, relation: Relation, condition: Where) -> Table:
    narrow = bool(relation.of) and condition != ALL
    only = f"WHERE {relation.of.format(condition.sql)}" if narrow else ""
    rest = f"FROM {relation.source} {only} ORDER BY {relation.order}"
    fields = picture.known(relation.fields)
    rows = picture.cells(fields, rest, condition.values if narrow else ())
    columns = picture.columns(fields)
    return Table(relation.name, relation.name.capitalize(), columns, rows, meaning=relation.meaning)
