"""Short rows of cards: what is new, chosen, reduced, of a category, or goes well with something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Executable, Select, bindparam, literal, or_, select, union_all

from shop.catalog.cards import Card, cards
from shop.catalog.models import ListingRow, Product, ProductRelation
from shop.extensions import db
from shop.lib.kept import kept_by_stamp

MOST = 24
NEWEST = ("published_at", "product_id")
ORDERS = {
    "new": NEWEST,
    "featured": ("featured_at", *NEWEST),
    "sale": ("discount_percent", *NEWEST),
    "popular": ("units_sold", *NEWEST),
    "category": ("units_sold", *NEWEST),
}
# Put together once: for every page anew, that takes as long as asking the database.
GOES_WELL: Executable = (
    select(*ListingRow.__table__.columns)
    .join(ProductRelation, ProductRelation.related_id == ListingRow.product_id)
    .where(ProductRelation.product_id == bindparam("product_id"))
    .order_by(ProductRelation.position, ProductRelation.related_id)
)


@dataclass(frozen=True)
class Rail:
    """Which products: `source` is new, featured, sale, popular or category (then `path` says which)."""

    source: str
    limit: int = 8
    path: str = ""


@kept_by_stamp(most=128)
def cards_of(rails: tuple[Rail, ...]) -> tuple[tuple[Card, ...], ...]:
    """The cards of several rails, in one statement."""
    if not rails:
        return ()
    filled: list[list[Any]] = [[] for _ in rails]
    for row in db.session.execute(_statement(rails)).all():
        filled[row.rail].append(row)
    return tuple(tuple(cards(_sorted(rail, found))) for rail, found in zip(rails, filled, strict=True))


def goes_well_with(product_id: int) -> list[Card]:
    """What the owner chose to go with a product, in their order; only what stands on listings."""
    return cards(db.session.execute(GOES_WELL, {"product_id": product_id}).all())


def listed(ids: Sequence[int], slug: str = "") -> list[Card]:
    """The product with a slug, if any, then those with these ids in their order; what stands on listings alone."""
    wanted: ColumnElement[bool] = ListingRow.product_id.in_(ids)
    if slug:
        wanted |= ListingRow.product_id == select(Product.id).where(Product.slug == slug).scalar_subquery()
    found = db.session.execute(select(*ListingRow.__table__.columns).where(wanted)).all() if ids or slug else []
    places = {product_id: place for place, product_id in enumerate(ids)}
    return cards(sorted(found, key=lambda row: -1 if row.slug == slug else places[row.product_id]))


def _sorted(rail: Rail, found: list[Any]) -> Sequence[Any]:
    """The best first; a union says nothing about the order of its parts."""
    return sorted(found, key=lambda row: tuple(getattr(row, name) for name in ORDERS[rail.source]), reverse=True)


@lru_cache(maxsize=256)
def _statement(rails: tuple[Rail, ...]) -> CompoundSelect[Any]:
    return union_all(*(select(_chosen(rail, place).subquery()) for place, rail in enumerate(rails)))


def _chosen(rail: Rail, number: int) -> Select[Any]:
    wanted = select(literal(number).label("rail"), *ListingRow.__table__.columns).where(ListingRow.in_stock)
    if rail.source == "featured":
        wanted = wanted.where(ListingRow.featured_at.is_not(None))
    if rail.source == "sale":
        wanted = wanted.where(ListingRow.discount_percent > 0)
    if rail.source == "popular":
        wanted = wanted.where(ListingRow.units_sold > 0)
    if rail.source == "category":
        below = ListingRow.category_path.startswith(f"{rail.path}/", autoescape=True)
        wanted = wanted.where(or_(ListingRow.category_path == rail.path, below))
    order = [getattr(ListingRow, name).desc() for name in ORDERS[rail.source]]
    return wanted.order_by(*order).limit(max(1, min(rail.limit, MOST)))
