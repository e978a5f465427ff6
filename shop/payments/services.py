"""Writes payments: opens, captures, fails, cancels, refunds. The ledger only grows; balances are sums."""

from __future__ import annotations

from shop.extensions import db
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.services import set_standing
from shop.orders.states import PaymentStanding
from shop.payments import queries
from shop.payments.errors import AmountMismatch, NothingToCollect
from shop.payments.events import PaymentGivenUp, PaymentReceived, RefundMade, RefundOwed
from shop.payments.gateways import CASH, provider_of
from shop.payments.gateways.base import IntentStatus
from shop.payments.models import Payment, PaymentEntry, Refund
from shop.payments.states import PAYMENT_NEXT, REFUND_NEXT, PaymentState, RefundState


def open_payment(order: Order, method: str, attempt: int = 1) -> Payment:
    """Open a payment over an order's total at the method's provider; an order has one open payment at most.

    `attempt` counts its payments, so that each has a key of its own.
    """
    payment = Payment(
        order_id=order.id,
        method=method,
        provider=provider_of(method),
        idempotency_key=f"{order.number}-{attempt}",
        amount=order.total,
        currency=order.currency,
        state=PaymentState.PENDING,
    )
    db.session.add(payment)
    db.session.flush()
    return payment


def record_capture(payment: Payment, status: IntentStatus) -> None:
    """Note that a provider took the money. Raises AmountMismatch where it took something else."""
    if (status.amount, status.currency) != (payment.amount, payment.currency):
        raise AmountMismatch("The bank reports another amount than this order's.")
    _capture(payment, payment.reference or payment.idempotency_key, brand=status.brand, last_four=status.last_four,
             upi_id=status.upi_id)  # fmt: skip


def record_failure(payment: Payment, reason: str) -> None:
    """Note that a provider refused; the order stays and may be paid another way."""
    states.move(payment, PaymentState.FAILED, PAYMENT_NEXT, failure=reason[:200])
    set_standing(payment.order, PaymentStanding.FAILED)


def record_cash(order: Order, by: Actor) -> Payment:
    """Note that the cash of a delivered order reached the shop. Raises NothingToCollect."""
    for payment in rows(queries.payments_of(order.id)):
        if payment.provider == CASH and payment.state == PaymentState.PENDING:
            _capture(payment, f"cash by {by.name}"[:80])
            return payment
    raise NothingToCollect


def cancel_open_payments(order: Order) -> None:
    """Close what is still waiting for money; an unpaid order then stands as cancelled."""
    for payment in rows(queries.payments_of(order.id)):
        if payment.state == PaymentState.PENDING:
            states.move(payment, PaymentState.CANCELLED, PAYMENT_NEXT)
            emit(PaymentGivenUp(payment.id))
    if not queries.captured(order.id):
        set_standing(order, PaymentStanding.CANCELLED)


def refund_all(order: Order, reason: str, by: Actor) -> list[Refund]:
    """Owe the buyer back everything that was captured and not yet refunded, to the tender it came from."""
    owed = [(payment, queries.refundable(payment)) for payment in rows(queries.payments_of(order.id))]
    return [owe_refund(payment, left, reason, by) for payment, left in owed if left]


def owe_refund(payment: Payment, amount: Money, reason: str, by: Actor) -> Refund:
    """Owe a refund; the provider is asked later, through the outbox, until it is done."""
    refund = Refund(payment_id=payment.id, amount=amount, reason=reason[:300], state=RefundState.PENDING, actor=by.name)
    db.session.add(refund)
    db.session.flush()
    emit(RefundOwed(refund.id))
    return refund


def record_refund(refund: Refund, reference: str) -> None:
    """Note that a provider gave the money back."""
    states.move(refund, RefundState.DONE, REFUND_NEXT, reference=reference, done_at=now())
    payment = refund.payment
    db.session.add(PaymentEntry(payment_id=payment.id, kind="refunded", amount=-refund.amount, reference=reference))
    is_all = queries.refunded(payment.order_id) >= queries.captured(payment.order_id)
    set_standing(payment.order, PaymentStanding.REFUNDED if is_all else PaymentStanding.PARTLY_REFUNDED)
    emit(RefundMade(payment.order_id, refund.id))


def _capture(payment: Payment, reference: str, **details: str | None) -> None:
    states.move(payment, PaymentState.PAID, PAYMENT_NEXT, paid_at=now(), failure=None, **details)
    db.session.add(PaymentEntry(payment_id=payment.id, kind="captured", amount=payment.amount, reference=reference))
    db.session.flush()
    if queries.captured(payment.order_id) >= payment.order.total:
        set_standing(payment.order, PaymentStanding.PAID)
        emit(PaymentReceived(payment.order_id, payment.id))
