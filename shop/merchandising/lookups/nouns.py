"""The kinds of rows products are sorted by, and how a product names one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from shop.catalog.models import Brand, Category, Colour, Occasion, Product, ProductType, Variant
from shop.extensions import db

PICTURES = frozenset({"logo", "picture", "thumbnail", "chart"})


@dataclass(frozen=True)
class Noun:
    """One kind. `names` is the condition that a product names one of these rows.

    `shown` are the columns whose change shows on listings or in search; `must_stay` says that what products need of
    it cannot be taken from them.
    """

    key: str
    title: str
    plural: str
    model: Any
    names: Callable[[Any], ColumnElement[bool]]
    shown: frozenset[str] = frozenset({"name"})
    must_stay: bool = False


def _come_in(colour_ids: Any) -> ColumnElement[bool]:
    """A product names the colours of its variants on sale."""
    sold = select(Variant.product_id).where(Variant.retired_at.is_(None), Variant.colour_id.in_(colour_ids))
    return Product.id.in_(sold)


BRAND = Noun("brand", "Brand", "Brands", Brand, Product.brand_id.in_, shown=frozenset({"name", "active"}))
OCCASION = Noun("occasion", "Occasion", "Occasions", Occasion, Product.occasion_id.in_)
PRODUCT_TYPE = Noun(
    "product_type",
    "Product type",
    "Product types",
    ProductType,
    Product.product_type_id.in_,
    must_stay=True,
)
COLOUR = Noun(
    "colour",
    "Colour",
    "Colours",
    Colour,
    _come_in,
    shown=frozenset({"name", "slug", "hex"}),
    must_stay=True,
)
CATEGORY = Noun("category", "Category", "Categories", Category, Product.category_id.in_)
NOUNS = {noun.key: noun for noun in (BRAND, OCCASION, PRODUCT_TYPE, COLOUR, CATEGORY)}


def named_by(noun: str, row_id: int) -> ColumnElement[bool]:
    """The condition that a product that is not deleted names a row; of a category, or one of its branch."""
    ids = branch_ids(row_id) if noun == CATEGORY.key else [row_id]
    return Product.deleted_at.is_(None) & NOUNS[noun].names(ids)


def product_ids(noun: str, row_id: int) -> Sequence[int]:
    """The products that are not deleted and name a row."""
    return db.session.scalars(select(Product.id).where(named_by(noun, row_id))).all()


def branch_ids(category_id: int) -> Sequence[int]:
    """A category and all below it."""
    top = select(Category.path).where(Category.id == category_id).scalar_subquery()
    inside = or_(Category.id == category_id, Category.path.startswith(top + "/"))
    return db.session.scalars(select(Category.id).where(Category.deleted_at.is_(None), inside)).all()
