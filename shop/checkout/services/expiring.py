"""Gives up on orders that stay unpaid, so that others can buy what they hold."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy import select

from shop.checkout.services.paying import finish_payment
from shop.checkout.services.reviving import NOT_PAID_IN_TIME
from shop.extensions import db
from shop.lib import faults
from shop.lib.actor import SYSTEM
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.events import emit
from shop.lib.unit_of_work import unit_of_work
from shop.orders.events import OrderCancelled
from shop.orders.models import Order
from shop.orders.services import lock_order, move_order
from shop.orders.states import OrderState
from shop.payments import refunds
from shop.payments import services as payment_services
from shop.payments.errors import GatewayAway
from shop.promotions import redemptions
from shop.stock import services as stock_services

BATCH = 100
PATIENCE = timedelta(days=1)
"""For so long past its time to pay an order waits for a bank that does not answer."""
log = structlog.get_logger()


def expire_unpaid() -> int:
    """Cancel every order whose time to pay is over, after asking the bank once more; returns how many.

    Opens its own units, one for each order. While a bank does not answer its orders wait, for a day at the most.
    """
    with unit_of_work(read_only=True):
        late = select(Order.id).where(Order.state == OrderState.PLACED, Order.unpaid_until < now())
        order_ids = list(db.session.scalars(late.order_by(Order.id).limit(BATCH)))
        patience = now() - PATIENCE
        lost = set(db.session.scalars(late.where(Order.unpaid_until < patience)))
    silent = {order_id for order_id in order_ids if not _has_answered(order_id)}
    faults.point("expiry.bank_asked")
    return sum(expire_order(order_id) for order_id in order_ids if order_id not in silent - lost)


def _has_answered(order_id: int) -> bool:
    """Whether the bank told how the order's payment stands; of one that does not answer nobody knows what it took.

    Another amount than the order's pays no order.
    """
    try:
        finish_payment(order_id)
    except GatewayAway:
        return False
    except ShopError as error:
        log.warning("payment_not_believed", order_id=order_id, error=str(error))
    return True


def expire_order(order_id: int) -> bool:
    """Cancel one order if it is still unpaid past its time, and give its goods back."""
    with unit_of_work():
        order = lock_order(order_id)
        if order.state != OrderState.PLACED or order.unpaid_until is None or order.unpaid_until >= now():
            return False
        move_order(order, OrderState.CANCELLED, SYSTEM, NOT_PAID_IN_TIME, unpaid_until=None)
        redemptions.free(order.id)
        stock_services.release(order.id)
        payment_services.cancel_open_payments(order)
        refunds.refund_all(order, NOT_PAID_IN_TIME, SYSTEM)
        emit(OrderCancelled(order.id))
        return True
