"""The rows of a listing: OR inside a facet, AND across them.

Size means in stock in that size, and with a colour the very same variant.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, select

from shop.catalog import search
from shop.catalog.models import ListingOffer, ListingRow
from shop.catalog.scopes import within
from shop.catalog.values import ids_of
from shop.catalog.wants import Scope, Wants
from shop.lib.money import Money
from shop.lib.queries import count_of, rows


def listed(scope: Scope, wants: Wants, *, offset: int = 0, limit: int = 24) -> list[ListingRow]:
    """Rows of the products that match, in the wanted order."""
    return rows(_ordered(_matching(scope, wants), scope, wants.sort).limit(limit).offset(offset))


def number_of(scope: Scope, wants: Wants) -> int:
    """How many products match."""
    return count_of(_matching(scope, wants).with_only_columns(ListingRow.product_id))


def _matching(scope: Scope, wants: Wants) -> Select[ListingRow]:
    found = select(ListingRow).where(within(scope))
    brands = ids_of("brand", wants.brand)
    if brands is not None:
        found = found.where(ListingRow.brand_id.in_(brands))
    offer = _offer(wants)
    if offer:
        found = found.where(exists().where(ListingOffer.product_id == ListingRow.product_id, *offer))
    return found


def _offer(wants: Wants) -> list[ColumnElement[bool]]:
    """What is asked of one and the same variant."""
    sizes, colours = ids_of("size", wants.size), ids_of("colour", wants.colour)
    asked: list[ColumnElement[bool]] = []
    if sizes is not None:
        asked += [ListingOffer.size_id.in_(sizes), ListingOffer.in_stock.is_(True)]
    if colours is not None:
        asked.append(ListingOffer.colour_id.in_(colours))
    if wants.low is not None:
        asked.append(ListingOffer.price >= Money(wants.low * 100))
    if wants.high is not None:
        asked.append(ListingOffer.price < Money((wants.high + 1) * 100))
    return asked


def _ordered(found: Select[ListingRow], scope: Scope, sort: str) -> Select[ListingRow]:
    newest = (ListingRow.published_at.desc(), ListingRow.product_id.desc())
    if sort == "price":
        return found.order_by(ListingRow.price, *newest)
    if sort == "price-desc":
        return found.order_by(ListingRow.price.desc(), *newest)
    if sort == "discount":
        return found.order_by(ListingRow.discount_percent.desc(), *newest)
    if sort == "new":
        return found.order_by(*newest)
    if scope.words:
        match = search.matches(scope.words, any_word=scope.any_word)
        found = found.join(match, match.c.product_id == ListingRow.product_id)
        return found.order_by(ListingRow.in_stock.desc(), match.c.rank.desc(), ListingRow.product_id)
    return found.order_by(ListingRow.in_stock.desc(), ListingRow.units_sold.desc(), *newest)
