"""What keeps products off listings while their pages stay: a brand or a category that is not active."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from shop.catalog.models import Brand, Category, Product


def is_listed() -> ColumnElement[bool]:
    """That a product stands on listings: it is on the shelf, its brand is active, and so is its whole category path."""
    resting = aliased(Category)
    inside = or_(Category.path == resting.path, Category.path.startswith(resting.path + "/"))
    rests = exists().where(resting.deleted_at.is_(None), resting.active.is_(False), inside)
    return and_(
        Product.published_at.is_not(None),
        Product.deleted_at.is_(None),
        Product.brand.has(Brand.active),
        Product.category.has(~rests),
    )
