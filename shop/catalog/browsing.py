"""The rows of a listing in its order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from shop.catalog.filters import asked_of_rows
from shop.catalog.models import ListingRow
from shop.catalog.scopes import within
from shop.catalog.search.matching import matches, ranked
from shop.catalog.wants import Scope, Wants
from shop.extensions import db
from shop.lib.queries import count_of

SHOWN = (
    ListingRow.product_id, ListingRow.slug, ListingRow.name, ListingRow.brand, ListingRow.price, ListingRow.was,
    ListingRow.discount_percent, ListingRow.in_stock, ListingRow.published_at, ListingRow.colours, ListingRow.pictures,
)  # fmt: skip

NEWEST = (ListingRow.published_at.desc(), ListingRow.product_id.desc())
ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "recommended": (
        ListingRow.in_stock.desc(),
        ListingRow.has_core_sizes.desc(),
        ListingRow.units_sold.desc(),
        *NEWEST,
    ),
    "new": NEWEST,
    "price": (ListingRow.price.asc(), *NEWEST),
    "price-desc": (ListingRow.price.desc(), *NEWEST),
    "popularity": (ListingRow.units_sold.desc(), *NEWEST),
    "discount": (ListingRow.discount_percent.desc(), *NEWEST),
    "name": (func.lower(ListingRow.name), ListingRow.product_id.asc()),
    "featured": (ListingRow.featured_at.desc(), *NEWEST),
}


def listed(scope: Scope, wants: Wants, *, offset: int = 0, limit: int = 24) -> Sequence[Any]:
    """What cards show of the products that match, in the wanted order.

    The products are chosen first, by narrow columns: to sort whole rows takes the database ten times as long.
    """
    if scope.words and wants == Wants() and scope == Scope(words=scope.words, any_word=scope.any_word):
        return _best(scope, offset, limit)
    chosen = _chosen(scope, wants).limit(limit).offset(offset).subquery("chosen")
    shown = select(*SHOWN).join(chosen, chosen.c.product_id == ListingRow.product_id)
    return db.session.execute(shown.order_by(*_order(scope, wants.sort, chosen.c.rank))).all()


def _best(scope: Scope, offset: int, limit: int) -> Sequence[Any]:
    """The best of a search that nothing narrows: their order is known."""
    ids = ranked(scope.words, scope.any_word).ids[offset : offset + limit].tolist()
    shown = {row.product_id: row for row in db.session.execute(select(*SHOWN).where(ListingRow.product_id.in_(ids)))}
    return [shown[id_] for id_ in ids if id_ in shown]


def number_of(scope: Scope, wants: Wants) -> int:
    """How many products match."""
    return count_of(_matching(scope, wants))


def _chosen(scope: Scope, wants: Wants) -> Select[Any]:
    """The ids of the products that match, in the wanted order; and how well each fits the words that are asked."""
    found = _matching(scope, wants)
    rank: ColumnElement[Any] = literal_column("0")
    if scope.words and wants.sort == "recommended":
        match = matches(scope.words, any_word=scope.any_word)
        found, rank = found.join(match, match.c.product_id == ListingRow.product_id), match.c.rank
    return found.add_columns(rank.label("rank")).order_by(*_order(scope, wants.sort, rank))


def _matching(scope: Scope, wants: Wants) -> Select[Any]:
    return select(ListingRow.product_id).where(within(scope), *asked_of_rows(wants))


def _order(scope: Scope, sort: str, rank: ColumnElement[Any]) -> Sequence[ColumnElement[Any]]:
    if scope.words and sort == "recommended":
        return rank.desc(), ListingRow.product_id.asc()
    return ORDERS[sort]
