"""Cash on delivery, parcel by parcel: an order's open cash payment is cut into what came in and what is still owed."""

from __future__ import annotations

from shop.delivery.cash import CASH_ON_DELIVERY
from shop.extensions import db
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.payments import queries
from shop.payments.errors import NothingToCollect
from shop.payments.gateways import CASH
from shop.payments.models import Payment
from shop.payments.services import capture, open_payment, settle_standing
from shop.payments.states import PAYMENT_NEXT, PaymentState

NOT_COLLECTED = "Not collected: its goods came back, or were never sent"
"""Why cash was given up; what is cancelled otherwise was asked for another way."""


def record_cash(order: Order, amount: Money, by: Actor) -> Payment:
    """Note that cash of a delivered parcel reached the shop. Raises NothingToCollect."""
    payment, rest = _cut(order, amount)
    capture(payment, f"cash by {by.name}"[:80])
    _owe(order, payment, rest)
    return payment


def give_up_cash(order: Order, amount: Money) -> None:
    """Note that cash will not be collected, because its goods came back. Raises NothingToCollect."""
    payment, rest = _cut(order, amount)
    states.move(payment, PaymentState.CANCELLED, PAYMENT_NEXT, failure=NOT_COLLECTED)
    _owe(order, payment, rest)


def owe_cash(order: Order, amount: Money) -> None:
    """Let so much of an order be paid in cash, and nothing where another tender covers it by now."""
    opened = rows(queries.payments_of(order.id))
    still = next((one for one in opened if (one.provider, one.state) == (CASH, PaymentState.PENDING)), None)
    if still is None and amount:
        open_payment(order, CASH_ON_DELIVERY, amount, attempt=len(opened) + 1)
    elif still is not None and amount:
        states.change_row(still, PaymentState.PENDING, amount=amount)
    elif still is not None:
        states.move(still, PaymentState.CANCELLED, PAYMENT_NEXT)


def _cut(order: Order, amount: Money) -> tuple[Payment, Money]:
    """The open cash payment, now over this amount, and what it was over besides."""
    for payment in rows(queries.payments_of(order.id)):
        if payment.provider == CASH and payment.state == PaymentState.PENDING and payment.amount >= amount:
            rest = payment.amount - amount
            states.change_row(payment, PaymentState.PENDING, amount=amount)
            return payment, rest
    raise NothingToCollect


def _owe(order: Order, payment: Payment, rest: Money) -> None:
    """Keep the rest open as a payment of its own; with none left, the order is paid by what came in."""
    if rest:
        key = f"{order.number}-{len(rows(queries.payments_of(order.id))) + 1}"
        kept = {"order_id": order.id, "method": payment.method, "provider": CASH, "currency": payment.currency}
        db.session.add(Payment(**kept, idempotency_key=key, amount=rest, state=PaymentState.PENDING))
        db.session.flush()
    elif queries.captured(order.id):
        settle_standing(order)
