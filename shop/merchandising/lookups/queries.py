"""What products are sorted by as the owner lists it, with how many products hang on each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select

from shop.catalog.models import Product, Variant
from shop.catalog.models.lookups import folded
from shop.extensions import db
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE, Noun

COLUMNS: dict[str, Any] = {
    BRAND.key: Product.brand_id,
    OCCASION.key: Product.occasion_id,
    PRODUCT_TYPE.key: Product.product_type_id,
}


def rows_matching(noun: Noun, part: str = "") -> Select[Any]:
    """Rows with this in their name, whatever the case, by name."""
    found = select(noun.model).where(noun.model.deleted_at.is_(None))
    if part:
        found = found.where(noun.model.folded.contains(folded(part), autoescape=True))
    return found.order_by(noun.model.name, noun.model.id)


def row(noun: Noun, row_id: int) -> Select[Any]:
    """The row with an id."""
    return select(noun.model).where(noun.model.id == row_id, noun.model.deleted_at.is_(None))


def others(noun: Noun, besides: int) -> list[tuple[int, str]]:
    """The rows products could have instead, by name."""
    model = noun.model
    found = select(model.id, model.name).where(model.deleted_at.is_(None), model.id != besides).order_by(model.name)
    return [(one.id, one.name) for one in db.session.execute(found)]


def product_counts(noun: Noun, ids: Collection[int]) -> dict[int, int]:
    """How many products that are not deleted name each of these rows; those that none names are left out."""
    if noun is COLOUR:
        column: Any = Variant.colour_id
        found = select(column, func.count(Variant.product_id.distinct())).join(Variant.product)
        found = found.where(Variant.retired_at.is_(None))
    else:
        column = COLUMNS[noun.key]
        found = select(column, func.count())
    counted = found.where(Product.deleted_at.is_(None), column.in_(ids)).group_by(column)
    return dict(db.session.execute(counted).all())
