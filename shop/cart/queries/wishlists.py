"""Wishlists, and what their products look like now."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from sqlalchemy import Executable, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from shop.accounts.visitor import Visitor
from shop.cart.models import WishlistItem, WishlistShare
from shop.cart.queries.owners import owned_by, owned_still_to_say, owner_of
from shop.catalog.models import Colour, ListingRow, Size, Variant
from shop.catalog.queries import LARGEST_ID
from shop.extensions import db


def wishlist_of(visitor: Visitor) -> Select[WishlistItem]:
    """What the visitor likes, newest first."""
    return select(WishlistItem).where(owned_by(WishlistItem, visitor)).order_by(WishlistItem.id.desc())


def item_of(visitor: Visitor, item_id: int) -> Select[WishlistItem]:
    """One item of the visitor's own wishlist."""
    return select(WishlistItem).where(owned_by(WishlistItem, visitor), WishlistItem.id == min(item_id, LARGEST_ID))


def wished_products(visitor: Visitor) -> set[int]:
    """Ids of the products on the visitor's wishlist, for the hearts."""
    if not visitor.session_id:
        return set()
    return set(db.session.scalars(_wished(bool(visitor.user_id)), owner_of(visitor)))


@cache
def _wished(of_member: bool) -> Executable:
    return select(WishlistItem.product_id).where(owned_still_to_say(WishlistItem, of_member))


def wishlist_shown(visitor: Visitor) -> Select[WishlistItem]:
    """The wishlist with the names of its products and colours."""
    return wishlist_of(visitor).options(joinedload(WishlistItem.product), joinedload(WishlistItem.colour))


def share_of(visitor: Visitor) -> Select[WishlistShare]:
    """The link the visitor shares their wishlist by."""
    return select(WishlistShare).where(owned_by(WishlistShare, visitor))


def wishlist_and_share(visitor: Visitor) -> tuple[list[WishlistItem], WishlistShare | None]:
    """The wishlist as `wishlist_shown` has it, and its link; in one statement unless the list is empty."""
    link = owned_by(WishlistShare, visitor)
    found = db.session.execute(wishlist_shown(visitor).outerjoin(WishlistShare, link).add_columns(WishlistShare)).all()
    if not found:
        return [], db.session.scalars(share_of(visitor)).one_or_none()
    return [item for item, _ in found], found[0][1]


def share_called(token: str) -> Select[WishlistShare]:
    """The link with this token, whoever asks."""
    return select(WishlistShare).where(WishlistShare.token == token)


def wishlist_behind(share: WishlistShare) -> Select[WishlistItem]:
    """The wishlist that a link shows."""
    return wishlist_shown(Visitor(session_id=share.session_id, user_id=share.user_id))


def listing_rows(product_ids: Collection[int]) -> Select[ListingRow]:
    """The cards' rows of these products, as far as they are on the shelf."""
    return select(ListingRow).where(ListingRow.product_id.in_(product_ids))


def sizes_of(product_ids: Collection[int]) -> Select[Variant]:
    """Variants of these products that are still sold, by colour and size."""
    sold = select(Variant).join(Variant.colour).join(Variant.size).where(Variant.product_id.in_(product_ids))
    sold = sold.where(Variant.retired_at.is_(None)).options(
        contains_eager(Variant.colour), contains_eager(Variant.size)
    )
    return sold.order_by(Colour.position, Colour.id, Size.position, Size.id)


def colour_named(slug: str) -> int | None:
    """The id of the colour with this slug."""
    return db.session.scalar(select(Colour.id).where(Colour.slug == slug)) if slug else None
