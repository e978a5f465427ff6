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
from shop.orders.services import move_order, set_standing
from shop.orders.states import OrderState, PaymentStanding
from shop.payments.offers import paid_before
from shop.payments.services import open_payment, pay_with_credit
from shop.payments.ways import STORE_CREDIT
from shop.promotions.credit.errors import NotEnoughCredit


def open_tenders(order: Order, credit: Money | None, part_method: str | None, by: Actor) -> None:
    """Take store credit up to the total, and open a payment for what is next; an order that is covered is confirmed.

    In the unit that writes the order, after its goods are held. Raises CreditGone.
    """
    taken = min(credit or ZERO, order.total) if order.user_id else ZERO
    try:
        if taken:
            pay_with_credit(order, taken, by)
    except NotEnoughCredit:
        raise CreditGone from None
    if taken < order.total:
        open_next(order, taken, part_method)
    else:
        confirm_covered(order)


def open_next(order: Order, paid: Money, part_method: str | None = None, attempt: int = 1) -> None:
    """Open a payment over what is asked of an order next, of which `paid` came in: the part before cash, or the rest.

    Nothing is opened where nothing is left. A part without a way of its own is paid by the first that is offered.
    """
    if paid < order.prepaid:
        open_payment(order, part_method or next(iter(paid_before())), order.prepaid - paid, attempt)
    elif paid < order.total:
        open_payment(order, order.payment_method, order.total - paid, attempt)


def confirm_covered(order: Order) -> None:
    """Take on an order that nothing is left to pay of, whichever way to pay was chosen for the rest."""
    way = update(Order).where(Order.id == order.id).values(payment_method=STORE_CREDIT, unpaid_until=None)
    db.session.execute(way.execution_options(synchronize_session=False))
    db.session.refresh(order)
    set_standing(order, PaymentStanding.PAID)
    move_order(order, OrderState.CONFIRMED, SYSTEM, "Paid")
    emit(OrderConfirmed(order.id))
