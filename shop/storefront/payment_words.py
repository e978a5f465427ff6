"""How an order is paid, in the words of its page."""

from __future__ import annotations

from collections.abc import Sequence

from shop.delivery.cash import CASH_ON_DELIVERY
from shop.lib.money import ZERO, Money, total
from shop.orders.labels import PAYMENT_STATUS
from shop.orders.models import Order
from shop.orders.states import NO_REVENUE, PaymentStanding
from shop.payments.queries import asked_now
from shop.payments.tenders import Tender, came_in, in_words, name_of, spoken
from shop.store.formats import money
from shop.store.labels import shown

STANDINGS = {
    PaymentStanding.PENDING: "not paid yet",
    PaymentStanding.PAID: "paid",
    PaymentStanding.FAILED: "payment failed",
    PaymentStanding.CANCELLED: "nothing was taken",
    PaymentStanding.PARTLY_REFUNDED: "partly refunded",
    PaymentStanding.REFUNDED: "refunded",
}


def payment_text(order: Order, tenders: Sequence[Tender]) -> str:
    """UPI, paid. Where several tenders paid it, or a part of it came in, each with its amount."""
    if order.is_free:
        return "Nothing was to be paid"
    paid = came_in(tenders)
    is_open = order.payment_standing == PaymentStanding.PENDING and order.state not in NO_REVENUE
    if order.is_cash and (order.waits_for_payment or is_open):
        begins = f"{in_words(tenders)} paid, " if paid else f"{name_of(CASH_ON_DELIVERY)}: "
        return begins + _cash_in_turn(order, order.total - paid, _waited_for(tenders))
    if paid and order.waits_for_payment:
        left = money(order.total - paid)
        return f"{in_words(tenders)} paid, {left} left to pay by {spoken(order.payment_method)}"
    return _settled(order, tenders, paid)


def _settled(order: Order, tenders: Sequence[Tender], paid: Money) -> str:
    standing = PaymentStanding(order.payment_standing)
    told = shown(PAYMENT_STATUS, standing, STANDINGS[standing])
    if paid and standing in {PaymentStanding.PENDING, PaymentStanding.FAILED}:
        return f"{in_words(tenders)} paid" + (f", the rest: {told}" if standing == PaymentStanding.FAILED else "")
    ways = [one.method for one in tenders if one.paid] or [order.payment_method]
    whole = len(ways) == 1 and paid in {ZERO, order.total}
    return f"{name_of(ways[0]) if whole else in_words(tenders)}, {told}"


def _cash_in_turn(order: Order, left: Money, open_now: Money) -> str:
    if not order.waits_for_payment:
        return f"{money(open_now)} to the courier"
    part = asked_now(order, left)
    return f"{money(part)} first, then {money(left - part)} to the courier"


def _waited_for(tenders: Sequence[Tender]) -> Money:
    return total([one.amount for one in tenders if not one.paid])
