"""Brands, occasions, garment types, categories, colours, sizes, and what shoppers filter by besides."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from shop.catalog.attributes import details_of, slug_of
from shop.catalog.models import Attribute, AttributeValue, Brand, Category, Colour, Occasion, ProductType, Size
from shop.cli.demo.bulk import put, table_of
from shop.cli.demo.source import Row, garments, read
from shop.extensions import Base, db

Ids = dict[str, int]


@dataclass(frozen=True)
class Lookups:
    """Ids by slug, and the rows where a later step needs more than the id."""

    brands: dict[str, Row]
    occasions: Ids
    types: Ids
    categories: dict[str, Row]
    colours: dict[str, Row]
    sizes: dict[str, Row]


def load() -> Lookups:
    """Write every lookup table."""
    put(Attribute, read("attributes"))
    return Lookups(
        brands=_by_slug(put(Brand, read("brands"))),
        occasions=_ids(put(Occasion, read("occasions"))),
        types=_ids(put(ProductType, read("product_types"))),
        categories=_categories(),
        colours=_by_slug(put(Colour, _colours())),
        sizes=_by_slug(put(Size, read("sizes"))),
    )


def known() -> Lookups:
    """The lookup tables of a demo shop that is loaded already."""
    return Lookups(
        brands=_by_slug(_kept(Brand)),
        occasions=_ids(_kept(Occasion)),
        types=_ids(_kept(ProductType)),
        categories=_by_slug(_kept(Category)),
        colours=_by_slug(_kept(Colour)),
        sizes=_by_slug(_kept(Size)),
    )


def value_ids() -> dict[tuple[str, str], int]:
    """The ids of what products say of attributes, by the slugs of both."""
    of_attribute = select(Attribute.slug, AttributeValue.slug, AttributeValue.id)
    found = db.session.execute(of_attribute.join(Attribute, Attribute.id == AttributeValue.attribute_id)).all()
    return {(name, value): id_ for name, value, id_ in found}


def values_of(style: Row, known: dict[tuple[str, str], int]) -> list[int]:
    """The ids of what a style says of attributes."""
    said = ((name, slug_of(value)) for name, value in details_of(style["specifications"]).items())
    return [known[pair] for pair in said if pair in known]


def _kept(model: type[Base]) -> list[Row]:
    table = table_of(model)
    return [dict(row) for row in db.session.execute(select(table).order_by(table.c.id)).mappings()]


def _categories() -> dict[str, Row]:
    """Parents first, so that a child can name its parent."""
    known: dict[str, Row] = {}
    for depth in (0, 1, 2):
        level = [row for row in read("categories") if row["path"].count("/") == depth]
        known |= _by_slug(put(Category, (_category(row, known) for row in level)))
    return known


def _category(row: Row, known: dict[str, Row]) -> Row:
    kept = {key: value for key, value in row.items() if key != "parent"}
    return kept | {"parent_id": _id(known, row["parent"])}


def _id(known: dict[str, Row], slug: str | None) -> int | None:
    return known[slug]["id"] if slug else None


def _colours() -> list[Row]:
    return [
        {"slug": dye["slug"], "name": dye["name"], "hex": dye["hex"], "position": place}
        for place, dye in enumerate(garments()["palette"])
    ]


def _by_slug(rows: list[Row]) -> dict[str, Row]:
    return {row["slug"]: row for row in rows}


def _ids(rows: list[Row]) -> Ids:
    return {row["slug"]: row["id"] for row in rows}
