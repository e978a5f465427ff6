"""Opens the payments of a new order: store credit, and the chosen way over what is left."""

from __future__ import annotations

from sqlalchemy import update

from shop.checkout.errors import CreditGone
from shop.extensions import db
from shop.lib.actor import SYSTEM, Actor
from shop.lib.events import emit
from shop.lib.money import ZERO, Money
from shop.orders.events import OrderConfirmed
from shop.orders.models import Order
from shop.orders.services import move_order
from shop.orders.states import OrderState
from shop.payments.services import open_payment, pay_with_credit
from shop.payments.ways import STORE_CREDIT
from shop.promotions.credit.errors import NotEnoughCredit


def open_tenders(order: Order, credit: Money | None, by: Actor) -> None:
    """Take store credit up to the total, and open a payment for the rest; an order that is covered is confirmed.

    In the unit that writes the order, after its goods are held. Raises CreditGone.
    """
    taken = min(credit or ZERO, order.total) if order.user_id else ZERO
    try:
        if taken:
            pay_with_credit(order, taken, by)
    except NotEnoughCredit:
        raise CreditGone from None
    if taken < order.total:
        open_payment(order, order.payment_method, order.total - taken)
    else:
        _confirm(order)


def _confirm(order: Order) -> None:
    way = update(Order).where(Order.id == order.id).values(payment_method=STORE_CREDIT, unpaid_until=None)
    db.session.execute(way.execution_options(synchronize_session=False))
    db.session.refresh(order)
    move_order(order, OrderState.CONFIRMED, SYSTEM, "Paid")
    emit(OrderConfirmed(order.id))
