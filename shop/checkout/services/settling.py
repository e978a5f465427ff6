"""Settles what an order costs more or less since its lines changed: open cash, another payment, or money back."""

from __future__ import annotations

from sqlalchemy import update

from shop.checkout.services.another_way import confirm_paid, open_rest
from shop.delivery.cash import CASH_ON_DELIVERY
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.services import set_standing
from shop.orders.states import OrderState, PaymentStanding
from shop.payments import queries as payment_queries
from shop.payments import refunds
from shop.payments.cash import owe_cash
from shop.payments.offers import offered
from shop.payments.services import cancel_open_payments
from shop.payments.states import PaymentState

WHY_BACK = "Your order costs less since its lines changed"


def settle_difference(order: Order, by: Actor) -> None:
    """Owe back what came in above the total, or ask for what is missing. The order's row is locked.

    Cash is the courier's to collect. Anything else is paid by its buyer before the order is packed.
    """
    due = payment_queries.due(order)
    if order.is_cash:
        owe_cash(order, max(due, ZERO))
    else:
        _ask_for(order, max(due, ZERO))
    if due < ZERO:
        refunds.refund_excess(order, -due, WHY_BACK, by)
    is_covered = due <= ZERO
    set_standing(order, PaymentStanding.PAID if is_covered else PaymentStanding.PENDING)
    if is_covered and order.state == OrderState.PLACED and not order.is_cash:
        confirm_paid(order)


def _ask_for(order: Order, due: Money) -> None:
    """One open payment over what is missing; a provider that was asked for something else is told."""
    waiting = [one for one in rows(payment_queries.payments_of(order.id)) if one.state == PaymentState.PENDING]
    if [one.amount for one in waiting] == [due]:
        return
    cancel_open_payments(order)
    if due:
        _pay_by_a_served_way(order)
        open_rest(order)


def _pay_by_a_served_way(order: Order) -> None:
    """Store credit, or a way that is offered no more, covered the order; the rest is paid by the first there is, or to
    the courier where nobody else takes money."""
    ways = [code for code in offered() if code != CASH_ON_DELIVERY] or [CASH_ON_DELIVERY]
    if order.payment_method not in ways:
        db.session.execute(update(Order).where(Order.id == order.id).values(payment_method=ways[0]))
        db.session.refresh(order, ["payment_method"])
