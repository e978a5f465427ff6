"""Places an order: everything is checked again and written in one unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from shop.accounts.visitor import Visitor
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.cart.queries import cart_of
from shop.checkout.errors import (
    EmptyBag,
    KeyReused,
    LoginNeeded,
    NoCash,
    NoLongerSold,
    NotServed,
    PriceChanged,
    StepMissing,
)
from shop.checkout.models import CheckoutDraft
from shop.checkout.queries import Offer, Summary, summary_of
from shop.checkout.services.snapshots import order_facts, order_lines
from shop.checkout.services.tenders import open_tenders
from shop.checkout.unpaid import refuse_too_many
from shop.extensions import db
from shop.lib import faults, idempotency
from shop.lib.events import emit
from shop.lib.money import Money
from shop.lib.queries import one_or_none
from shop.orders.events import OrderPlaced
from shop.orders.models import Order
from shop.orders.services import make_order
from shop.promotions.redemptions import redeem
from shop.stock import services as stock_services
from shop.store.settings import GUEST_CHECKOUT, value_of


def place_order(visitor: Visitor, key: str, seen_total: int) -> Order:
    """Turn the visitor's bag and answers into an order, once for each key (ORD-01).

    Runs in the caller's unit. `seen_total` is the total the buyer agreed to, in minor units; a price they have not
    seen is told first, whatever the total (CRT-02).
    Raises EmptyBag, StepMissing, NotServed, NoCash, PriceChanged, TooManyUnpaid, CouponUsedUp, UsedBefore, OutOfStock,
    LoginNeeded or KeyReused; then nothing was written.
    """

    def write() -> Order:
        cart, summary = lock_bag(visitor), summary_of(visitor)
        if summary.bag.price_changes:
            raise _changed(summary, seen_total)
        return write_order(visitor, cart, summary, seen_total)

    return once(visitor, key, {"seen_total": seen_total}, write)


def once(visitor: Visitor, key: str, request: dict[str, Any], write: Callable[[], Order]) -> Order:
    """The order that `write` makes, or the one this key made before. Raises KeyReused for another request."""
    row, is_new = idempotency.claim(_scope(visitor), key, request)
    if not is_new:
        return _placed_before(row.resource_id, idempotency.is_same(row, request))
    faults.point("checkout.key_claimed")
    order = write()
    row.resource_id = order.id
    return order


def lock_bag(visitor: Visitor) -> Cart:
    """The cart to order from; two windows placing one bag queue here, and the second finds it empty."""
    cart = one_or_none(cart_of(visitor).with_for_update(of=Cart))
    if cart is None:
        raise EmptyBag
    return cart


def write_order(visitor: Visitor, cart: Cart | None, summary: Summary, seen_total: int) -> Order:
    """Write what the buyer agreed to, hold the goods, open the payment, and empty the bag it came from."""
    if visitor.user_id is None and visitor.helper is None and not value_of(GUEST_CHECKOUT):
        raise LoginNeeded
    offer = _check(summary, seen_total)
    order = make_order(order_facts(visitor, summary, offer), order_lines(summary), visitor.actor)
    if summary.due:
        refuse_too_many(visitor, order, _scope(visitor))
    redeem(order, summary.quote.applied)
    faults.point("checkout.uses_taken")
    stock_services.hold(order.id, {line.variant_id: line.quantity for line in order.lines})
    faults.point("checkout.goods_held")
    open_tenders(order, summary.draft.credit, summary.draft.part_method, visitor.actor)
    if cart is not None:
        _clear(cart)
    emit(OrderPlaced(order.id))
    return order


def _scope(visitor: Visitor) -> str:
    """Whose keys these are; those of guests on the phone are of whoever takes the order."""
    if visitor.user_id is None and visitor.helper:
        return f"order:by {visitor.helper.user_id}"
    return f"order:{visitor.user_id or visitor.session_id}"


def _placed_before(order_id: int | None, is_same: bool) -> Order:
    if not is_same or order_id is None:
        raise KeyReused
    return db.session.get_one(Order, order_id)


def _check(summary: Summary, seen_total: int) -> Offer:
    if summary.bag.is_empty:
        raise EmptyBag
    if gone := [line.name for line in summary.bag.lines if not line.is_on_shelf]:
        raise NoLongerSold(gone)
    if summary.place and not summary.offers:
        raise NotServed(summary.place)
    if summary.draft.next_step != "review":
        raise StepMissing(summary.draft.next_step)
    if summary.offer is None:
        raise StepMissing("delivery")
    if summary.cash_refusal:
        raise NoCash(summary.cash_refusal)
    if summary.quote.total.minor != seen_total:
        raise _changed(summary, seen_total)
    return summary.offer


def _changed(summary: Summary, seen_total: int) -> PriceChanged:
    return PriceChanged(Money(seen_total), summary.quote.total, summary.bag.price_changes)


def _clear(cart: Cart) -> None:
    cart.coupon_code = None
    db.session.execute(delete(CheckoutDraft).where(CheckoutDraft.cart_id == cart.id))
    cart_services.clear(cart.id)
