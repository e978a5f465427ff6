"""Places an order: everything is checked again and written in one unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete

from shop.accounts.visitor import Visitor
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.cart.queries import BagLine, cart_of
from shop.catalog.pictures import picture_json
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
from shop.checkout.services.tenders import open_tenders
from shop.checkout.timing import time_to_pay
from shop.extensions import db
from shop.lib import faults, idempotency
from shop.lib.events import emit
from shop.lib.money import Money
from shop.lib.queries import one_or_none
from shop.orders.events import OrderPlaced
from shop.orders.models import Order, OrderLine
from shop.orders.services import make_order
from shop.pricing.values import QuotedLine
from shop.promotions.redemptions import redeem
from shop.stock import services as stock_services
from shop.store.queries import store
from shop.store.settings import GUEST_CHECKOUT, value_of


def place_order(visitor: Visitor, key: str, seen_total: int) -> Order:
    """Turn the visitor's bag and answers into an order, once for each key (ORD-01).

    Runs in the caller's unit. `seen_total` is the total the buyer agreed to, in minor units.
    Raises EmptyBag, StepMissing, NotServed, NoCash, PriceChanged, CouponUsedUp, UsedBefore, OutOfStock, LoginNeeded or
    KeyReused; then nothing was written.
    """

    def write() -> Order:
        cart = lock_bag(visitor)
        return write_order(visitor, cart, summary_of(visitor), seen_total)

    return once(visitor, key, {"seen_total": seen_total}, write)


def once(visitor: Visitor, key: str, request: dict[str, Any], write: Callable[[], Order]) -> Order:
    """The order that `write` makes, or the one this key made before. Raises KeyReused for another request."""
    row, is_new = idempotency.claim(f"order:{visitor.user_id or visitor.session_id}", key, request)
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
    if visitor.user_id is None and not value_of(GUEST_CHECKOUT):
        raise LoginNeeded
    offer = _check(summary, seen_total)
    order = make_order(_agreed(visitor, summary, offer), _lines(summary), visitor.actor)
    redeem(order, summary.quote.applied)
    stock_services.hold(order.id, {line.variant_id: line.quantity for line in order.lines})
    faults.point("checkout.goods_held")
    open_tenders(order, summary.draft.credit, visitor.actor)
    if cart is not None:
        _clear(cart)
    emit(OrderPlaced(order.id))
    return order


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
        raise PriceChanged(Money(seen_total), summary.quote.total)
    return summary.offer


def _agreed(visitor: Visitor, summary: Summary, offer: Offer) -> dict[str, object]:
    quote, draft = summary.quote, summary.draft
    address = draft.address or {}
    return {
        "user_id": visitor.user_id,
        "email": draft.email,
        "phone": draft.phone,
        "name": address["name"],
        "address": address,
        "payment_method": draft.payment_method,
        "currency": store().currency,
        "lines_total": quote.lines_total,
        "discount": quote.discount,
        "delivery_charge": quote.delivery_charge,
        "payment_fee": quote.payment_fee,
        "delivery_tax": quote.delivery_tax,
        "tax_added": quote.tax_added,
        "tax_contained": quote.tax_contained,
        "total": quote.total,
        "pricing_trace": [step.plain for step in quote.trace],
        "delivery_method_id": offer.method.id,
        "delivery_method": offer.method.name,
        "arrives_from": offer.arrives_from,
        "arrives_to": offer.arrives_to,
        "unpaid_until": time_to_pay(draft.payment_method or ""),
    }


def _lines(summary: Summary) -> list[OrderLine]:
    pairs = zip(summary.bag.lines, summary.quote.lines, strict=True)
    return [_line(position, line, quoted) for position, (line, quoted) in enumerate(pairs, start=1)]


def _line(position: int, line: BagLine, quoted: QuotedLine) -> OrderLine:
    return OrderLine(
        position=position,
        product_id=line.product_id,
        variant_id=line.variant_id,
        sku=line.sku,
        slug=line.slug,
        name=line.name,
        brand=line.brand,
        colour=line.colour,
        size=line.size,
        picture=picture_json(line.picture) if line.picture else None,
        hsn=line.hsn,
        quantity=quoted.quantity,
        unit_price=quoted.unit_price,
        regular_price=line.regular_price,
        discount=quoted.discount,
        total=quoted.total,
        tax_rate=quoted.tax_rate,
        tax_contained=quoted.tax_contained,
        tax_added=quoted.tax_added,
        weight_grams=line.weight_grams,
    )


def _clear(cart: Cart) -> None:
    cart.coupon_code = None
    db.session.execute(delete(CheckoutDraft).where(CheckoutDraft.cart_id == cart.id))
    cart_services.clear(cart.id)
