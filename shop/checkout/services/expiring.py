"""Gives up on orders that stay unpaid, so that others can buy what they hold."""

from __future__ import annotations

from sqlalchemy import select

from shop.checkout.services.paying import finish_payment
from shop.extensions import db
from shop.lib import faults
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.unit_of_work import unit_of_work
from shop.orders.events import OrderCancelled
from shop.orders.models import Order
from shop.orders.services import lock_order, move_order
from shop.orders.states import OrderState
from shop.payments import refunds
from shop.payments import services as payment_services
from shop.stock import services as stock_services

BATCH = 100


def expire_unpaid() -> int:
    """Cancel every order whose time to pay is over, after asking the bank once more; returns how many.

    Opens its own units, one for each order.
    """
    with unit_of_work(read_only=True):
        late = select(Order.id).where(Order.state == OrderState.PLACED, Order.unpaid_until < now())
        order_ids = list(db.session.scalars(late.order_by(Order.id).limit(BATCH)))
    for order_id in order_ids:
        finish_payment(order_id)
    faults.point("expiry.bank_asked")
    return sum(expire_order(order_id) for order_id in order_ids)


def expire_order(order_id: int) -> bool:
    """Cancel one order if it is still unpaid past its time, and give its goods back."""
    with unit_of_work():
        order = lock_order(order_id)
        if order.state != OrderState.PLACED or order.unpaid_until is None or order.unpaid_until >= now():
            return False
        move_order(order, OrderState.CANCELLED, SYSTEM, "Not paid in time", unpaid_until=None)
        stock_services.release(order.id)
        payment_services.cancel_open_payments(order)
        refunds.refund_all(order, "Not paid in time", SYSTEM)
        emit(OrderCancelled(order.id))
        return True
