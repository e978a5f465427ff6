"""Gives an unpaid order a coupon: it is priced again, and its open payment is closed for one of the new total."""

from __future__ import annotations

from shop.checkout.coupons import refusal
from shop.checkout.errors import CouponRefused, NothingToPay
from shop.checkout.services.another_way import pay_another_way
from shop.checkout.services.repricing import Piece, price_pieces, whole_quote, write_quote
from shop.checkout.services.tenders import confirm_covered
from shop.lib.actor import Actor
from shop.orders.models import Order
from shop.orders.services import lock_order, record
from shop.orders.states import OrderState
from shop.payments import queries as payment_queries
from shop.payments.services import cancel_open_payments
from shop.pricing.values import Quote
from shop.promotions import redemptions
from shop.promotions.queries import coupon_code, rules_for


def give_order_coupon(order: Order, typed: str, by: Actor) -> None:
    """Price an unpaid order again with a coupon, as its goods were agreed; uses it had are given back first.

    One that covers the whole order pays it: nothing is due, and the order is taken on.

    Raises NothingToPay, CouponRefused, CouponUsedUp or UsedBefore; the caller's unit then writes nothing.
    """
    order, code = lock_order(order.id), coupon_code(typed)
    if order.state != OrderState.PLACED or payment_queries.captured(order.id):
        raise NothingToPay
    redemptions.free(order.id)
    pieces = [Piece(line, line.quantity) for line in order.lines]
    quote = _quote(order, pieces, code)
    write_quote(order, pieces, quote)
    redemptions.redeem(order, quote.applied)
    record(order, order.state, order.state, by, f"Coupon {code}")
    if order.total:
        pay_another_way(order, order.payment_method)
    else:
        _close(order)


def _close(order: Order) -> None:
    cancel_open_payments(order)
    confirm_covered(order)


def _quote(order: Order, pieces: list[Piece], code: str) -> Quote:
    priced = price_pieces(order, pieces, rules_for(code), code)
    reason = refusal(priced) if code else "Enter a code"
    if reason:
        raise CouponRefused(code, reason)
    return whole_quote(order, priced)
