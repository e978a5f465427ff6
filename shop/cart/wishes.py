"""The wishlist as apps read it: each product as a card shows it now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from shop.accounts.visitor import Visitor
from shop.cart.models import WishlistItem
from shop.cart.queries import item_of, listing_rows, wishlist_of
from shop.catalog.cards import Card, cards
from shop.catalog.models import Product
from shop.catalog.pictures import ShownPicture
from shop.lib.money import Money
from shop.lib.queries import Slice, one_or_404, rows, slice_of


@dataclass(frozen=True)
class Wish:
    """One item; without a price the product is not sold any more."""

    id: int
    product_id: int
    slug: str
    name: str
    brand: str
    colour: str | None
    price: Money | None
    was: Money | None
    in_stock: bool
    picture: ShownPicture | None
    added_at: datetime


def wishes_of(visitor: Visitor, product_id: int | None, skip: int, limit: int) -> Slice[Wish]:
    """Part of the visitor's wishlist, newest first; with a product only its item."""
    mine = wishlist_of(visitor)
    found = slice_of(_named(mine.where(WishlistItem.product_id == product_id) if product_id else mine), skip, limit)
    return Slice(_shown(found.items), found.total)


def wish_of(visitor: Visitor, item_id: int) -> Wish:
    """One item of the visitor's wishlist, or NotFound."""
    return _shown([one_or_404(_named(item_of(visitor, item_id)))])[0]


def wish_of_product(visitor: Visitor, product_id: int) -> Wish:
    """The visitor's item of a product, or NotFound."""
    return _shown([one_or_404(_named(wishlist_of(visitor).where(WishlistItem.product_id == product_id)))])[0]


def _named(items: Select[WishlistItem]) -> Select[WishlistItem]:
    return items.options(joinedload(WishlistItem.product).joinedload(Product.brand), joinedload(WishlistItem.colour))


def _shown(items: Collection[WishlistItem]) -> list[Wish]:
    listed = {row.product_id: row for row in rows(listing_rows([item.product_id for item in items]))}
    colours = {item.product_id: [item.colour.slug] if item.colour else [] for item in items}
    known = {id: cards([row], colours[id])[0] for id, row in listed.items()}
    return [_wish(item, known.get(item.product_id)) for item in items]


def _wish(item: WishlistItem, card: Card | None) -> Wish:
    return Wish(
        id=item.id,
        product_id=item.product_id,
        slug=item.product.slug,
        name=item.product.name,
        brand=item.product.brand.name,
        colour=item.colour.name if item.colour else None,
        price=card.price if card else None,
        was=card.was if card else None,
        in_stock=card is not None and not card.is_sold_out,
        picture=card.picture if card else None,
        added_at=item.added_at,
    )
