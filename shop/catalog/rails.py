"""Short rows of cards: what is new, chosen, reduced, or of a category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union_all

from shop.catalog.models import ListingRow
from shop.extensions import db

MOST = 24


@dataclass(frozen=True)
class Rail:
    """Which products: `source` is new, featured, sale or category (then `path` says which)."""

    source: str
    limit: int = 8
    path: str = ""
    without: int = 0


def rows_of(rails: Sequence[Rail]) -> list[list[ListingRow]]:
    """The rows of several rails, in one statement."""
    if not rails:
        return []
    chosen = union_all(*(select(_chosen(rail, place).subquery()) for place, rail in enumerate(rails))).subquery()
    found = select(chosen.c.rail, ListingRow).join(ListingRow, ListingRow.product_id == chosen.c.product_id)
    filled: list[list[ListingRow]] = [[] for _ in rails]
    for place, row in db.session.execute(found.order_by(chosen.c.rail, chosen.c.place)):
        filled[place].append(row)
    return filled


def _chosen(rail: Rail, number: int) -> Select[Any]:
    order = _order(rail)
    place = func.row_number().over(order_by=order).label("place")
    wanted = select(literal(number).label("rail"), ListingRow.product_id, place).where(ListingRow.in_stock)
    if rail.source == "featured":
        wanted = wanted.where(ListingRow.featured_at.is_not(None))
    if rail.source == "sale":
        wanted = wanted.where(ListingRow.discount_percent > 0)
    if rail.source == "category":
        below = ListingRow.category_path.startswith(f"{rail.path}/", autoescape=True)
        wanted = wanted.where(or_(ListingRow.category_path == rail.path, below))
    if rail.without:
        wanted = wanted.where(ListingRow.product_id != rail.without)
    return wanted.order_by(*order).limit(max(1, min(rail.limit, MOST)))


def _order(rail: Rail) -> list[Any]:
    newest = [ListingRow.published_at.desc(), ListingRow.product_id.desc()]
    if rail.source == "sale":
        return [ListingRow.discount_percent.desc(), *newest]
    if rail.source == "featured":
        return [ListingRow.featured_at.desc(), *newest]
    return newest if rail.source == "new" else [ListingRow.units_sold.desc(), *newest]
