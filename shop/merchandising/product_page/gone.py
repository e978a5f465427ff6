"""What is said of a product that was sold here once: links in mails, orders and search engines still lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Executable, bindparam, select

from shop.catalog import queries as catalog_queries
from shop.catalog.cards import Card
from shop.catalog.models import Category, Product
from shop.catalog.queries import CategoryNode
from shop.catalog.rails import Rail, cards_of
from shop.extensions import db
from shop.lib.errors import NotFound

DELETED: Executable = (
    select(Product.name, Category.path)
    .join(Product.category)
    .where(Product.slug == bindparam("slug"), Product.deleted_at.is_not(None), Product.published_at.is_not(None))
)


@dataclass(frozen=True)
class GoneProduct:
    """Its name, the nearest category that is still shown, if any, and what sells best there."""

    name: str
    category: CategoryNode | None
    similar: tuple[Card, ...]


def gone_product(slug: str) -> GoneProduct:
    """A deleted product that shoppers could see; NotFound for any other address."""
    found = db.session.execute(DELETED, {"slug": slug}).one_or_none()
    if found is None:
        raise NotFound
    category = _nearest(found.path)
    similar = cards_of((Rail("category", path=category.path),))[0] if category else ()
    return GoneProduct(found.name, category, similar)


def _nearest(path: str) -> CategoryNode | None:
    """The category of a path, or the first above it that shoppers see."""
    while path:
        try:
            return catalog_queries.category_where("path", path)
        except NotFound:
            path = path.rpartition("/")[0]
    return None
