"""Cash on delivery that reached the shop."""

from __future__ import annotations

from shop.extensions import db
from shop.fulfilment.errors import NotDelivered
from shop.fulfilment.models import CashCollection
from shop.lib.actor import Actor
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.services import record as record_history
from shop.orders.states import OrderState
from shop.payments import services as payments


def collect_cash(order: Order, by: Actor) -> CashCollection:
    """Note the cash of a delivered order, once; its payment is captured. Raises NotDelivered, NothingToCollect."""
    order = lock_order(order.id)
    if order.state != OrderState.DELIVERED:
        raise NotDelivered
    payment = payments.record_cash(order, by)
    collection = CashCollection(order_id=order.id, amount=payment.amount, actor=by.name)
    db.session.add(collection)
    record_history(order, order.state, order.state, by, "Cash collected")
    db.session.flush()
    return collection
