"""Joins a guest's bag and wishlist with the account's, at login (CRT-01)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from shop.accounts.visitor import Visitor
from shop.cart import queries
from shop.cart.errors import MOST
from shop.cart.models import Cart, CartLine, WishlistItem
from shop.cart.services.carts import lock_cart
from shop.extensions import db
from shop.lib.queries import one_or_none, rows


@dataclass(frozen=True)
class MergeResult:
    """How many lines and wishes came along."""

    lines: int = 0
    wishes: int = 0


def merge_guest(session_id: str | None, user_id: int) -> MergeResult:
    """Give the account what its owner chose as a guest; same variants are summed, in the bag and among what waits for
    later; doing it twice changes nothing.

    More units than there are for sale stay until the bag's page tells and the buyer accepts fewer (CRT-02).
    """
    if not session_id:
        return MergeResult()
    guest, person = Visitor(session_id=session_id), Visitor(session_id=session_id, user_id=user_id)
    return MergeResult(_merge_lines(guest, person), _merge_wishes(guest, person))


def _merge_lines(guest: Visitor, person: Visitor) -> int:
    cart = lock_cart(guest)
    if cart is None:
        return 0
    count = len(cart.lines)
    own = lock_cart(person)
    if own is None:
        cart.user_id, cart.session_id = person.user_id, None
    else:
        _pour(cart, own)
    db.session.flush()
    return count


def _pour(cart: Cart, own: Cart) -> None:
    kept = {(line.variant_id, line.saved_at is None): line for line in own.lines}
    for line in cart.lines:
        if mine := kept.get((line.variant_id, line.saved_at is None)):
            mine.quantity = min(MOST, mine.quantity + line.quantity)
            mine.unit_price_seen = line.unit_price_seen
        else:
            db.session.add(_copy(line, own))
    own.coupon_code = own.coupon_code or cart.coupon_code
    db.session.flush()
    db.session.execute(delete(Cart).where(Cart.id == cart.id))
    db.session.expire(own)


def _copy(line: CartLine, own: Cart) -> CartLine:
    return CartLine(
        cart_id=own.id,
        variant_id=line.variant_id,
        quantity=line.quantity,
        unit_price_seen=line.unit_price_seen,
        saved_at=line.saved_at,
    )


def _merge_wishes(guest: Visitor, person: Visitor) -> int:
    has = set(db.session.scalars(select(WishlistItem.product_id).where(queries.owned_by(WishlistItem, person))))
    wished = rows(queries.wishlist_of(guest))
    for item in wished:
        if item.product_id in has:
            db.session.delete(item)
        else:
            item.user_id, item.session_id = person.user_id, None
    db.session.flush()
    _merge_share(guest, person, is_alone=not has)
    return len(wished)


def _merge_share(guest: Visitor, person: Visitor, *, is_alone: bool) -> None:
    """A guest's link goes on where it shows no more than it did: nobody chose to share what the account had."""
    share = one_or_none(queries.share_of(guest))
    if share is not None and is_alone and one_or_none(queries.share_of(person)) is None:
        share.user_id, share.session_id = person.user_id, None
    elif share is not None:
        db.session.delete(share)
    db.session.flush()
