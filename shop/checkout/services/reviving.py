"""Takes an order on after all, when its money comes after the clock has given it up."""

from __future__ import annotations

from collections import Counter

from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.events import emit
from shop.lib.money import Money, total
from shop.lib.queries import rows
from shop.orders.events import OrderConfirmed
from shop.orders.models import Order
from shop.orders.services import revive_order
from shop.orders.states import OrderState
from shop.payments import queries as payment_queries
from shop.payments.models import Payment
from shop.promotions import redemptions
from shop.promotions.errors import CouponUsedUp, UsedBefore
from shop.stock import services as stock_services
from shop.stock.errors import OutOfStock

NOT_PAID_IN_TIME = "Not paid in time"


def revive(order: Order, payment: Payment) -> bool:
    """Confirm an order that a payment covers too late, if goods and discounts are still to be had; else change nothing.

    A part that was to be paid before cash covers an order as it would have in time.

    What a person cancelled stays cancelled. The order's row is locked.
    """
    is_part = is_part_paid(order)
    if not _ran_out_of_time(order) or _is_short(order, order.prepaid if is_part else order.total - order.payment_fee):
        return False
    units: Counter[int] = Counter()
    for line in order.lines:
        units[line.variant_id] += line.quantity
    try:
        with db.session.begin_nested():
            redemptions.redeem_again(order)
            stock_services.hold(order.id, units)
    except (CouponUsedUp, UsedBefore, OutOfStock):
        return False
    revive_order(order, SYSTEM, "Paid after all", payment_method=order.payment_method if is_part else payment.method)
    emit(OrderConfirmed(order.id))
    return True


def _ran_out_of_time(order: Order) -> bool:
    last = order.moves[-1]
    return (last.to_state, last.actor_kind, last.note) == (OrderState.CANCELLED, SYSTEM.kind, NOT_PAID_IN_TIME)


def is_part_paid(order: Order) -> bool:
    """Whether what came in is the part that was to be paid before the courier gets the rest."""
    return bool(order.prepaid) and payment_queries.captured(order.id) == order.prepaid


def _is_short(order: Order, asked: Money) -> bool:
    """Whether some of what was asked is missing, because another tender has gone back since."""
    tenders = rows(payment_queries.payments_of(order.id))
    return total([payment_queries.refundable(tender) for tender in tenders]) < asked
