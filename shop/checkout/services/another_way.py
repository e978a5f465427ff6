"""What is left to pay of an order: asked for another way, or not at all once it is covered."""

from __future__ import annotations

from sqlalchemy import update

from shop.checkout.errors import NothingToPay
from shop.checkout.services.fees import apply_terms
from shop.checkout.services.tenders import open_next
from shop.checkout.timing import time_to_pay
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.lib.events import emit
from shop.lib.queries import rows
from shop.orders.events import OrderConfirmed
from shop.orders.models import Order
from shop.orders.services import lock_order, move_order, set_standing
from shop.orders.states import OrderState, PaymentStanding
from shop.payments import queries as payment_queries
from shop.payments import services as payment_services


def pay_another_way(order: Order, method: str, part_method: str | None = None) -> None:
    """Open a new payment for an unpaid order, cash on delivery included, for its fee and the part it may need before.

    Raises NothingToPay or NoCash.
    """
    order = lock_order(order.id)
    is_unpaid = order.state == OrderState.PLACED or order.waits_for_payment
    if not is_unpaid or not payment_queries.due(order):
        raise NothingToPay
    payment_services.cancel_open_payments(order)
    apply_terms(order, method)
    until = time_to_pay(method, order.prepaid) if order.state == OrderState.PLACED else None
    chosen = {"payment_method": method, "unpaid_until": until and (order.unpaid_until or until)}
    db.session.execute(update(Order).where(Order.id == order.id).values(**chosen))
    db.session.refresh(order)
    open_rest(order, part_method)


def open_rest(order: Order, part_method: str | None = None) -> None:
    """Open a payment over what is asked of an order next; it waits for that."""
    before = rows(payment_queries.payments_of(order.id))
    open_next(order, payment_queries.captured(order.id), part_method, attempt=len(before) + 1)
    set_standing(order, PaymentStanding.PENDING)


def confirm_paid(order: Order) -> None:
    """Take on an order that is covered, or whose part before cash is."""
    move_order(order, OrderState.CONFIRMED, SYSTEM, "Part paid" if order.prepaid else "Paid", unpaid_until=None)
    emit(OrderConfirmed(order.id))
