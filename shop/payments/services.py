"""Writes payments: opens, captures, fails, cancels. The ledger only grows; balances are sums."""

from __future__ import annotations

from shop.extensions import db
from shop.lib import faults, states
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.services import lock_order, record, set_standing
from shop.orders.states import NO_REVENUE, PaymentStanding
from shop.payments import queries
from shop.payments.errors import AmountMismatch, NotByHand, OtherTerms
from shop.payments.events import PaymentGivenUp, PaymentReceived
from shop.payments.gateways import CASH, provider_of
from shop.payments.gateways.base import IntentStatus
from shop.payments.models import Payment, PaymentEntry
from shop.payments.states import PAYMENT_NEXT, PaymentState
from shop.payments.ways import STORE_CREDIT
from shop.promotions.credit import services as credit


def open_payment(order: Order, method: str, due: Money, attempt: int = 1) -> Payment:
    """Open a payment over what is due of an order at the method's provider; an order has one open at most.

    `attempt` counts its payments, so that each has a key of its own.
    """
    return _new_payment(order, method, provider_of(method), due, f"{order.number}-{attempt}")


def pay_with_credit(order: Order, amount: Money, by: Actor) -> Payment:
    """Pay a part of an order, or all of it, with its buyer's store credit. Raises NotEnoughCredit."""
    credit.spend(order.user_id or 0, amount, f"Order {order.number}", by, order_id=order.id)
    faults.point("payment.credit_taken")
    payment = _new_payment(order, STORE_CREDIT, STORE_CREDIT, amount, f"{order.number}-credit")
    capture(payment, payment.idempotency_key)
    return payment


def record_capture(payment: Payment, status: IntentStatus) -> None:
    """Note that a provider took the money. Raises AmountMismatch where it took something else."""
    if status.terms != payment.terms:
        raise AmountMismatch
    capture(payment, payment.reference or payment.idempotency_key, brand=status.brand, last_four=status.last_four,
            holder=status.holder, expires=status.expires, token=status.token, upi_id=status.upi_id)  # fmt: skip


def refuse_other_terms(payment: Payment, amount: Money | None, currency: str | None) -> None:
    """Raise OtherTerms where somebody means to pay another amount or currency than a payment's (PAY-02)."""
    is_really = f"{payment.amount.plain} {payment.currency}"
    if currency not in {None, payment.currency}:
        raise OtherTerms("currency", is_really)
    if amount not in {None, payment.amount}:
        raise OtherTerms("amount", is_really)


def record_failure(payment: Payment, reason: str) -> None:
    """Note that a provider refused; the order stays and may be paid another way."""
    states.move(payment, PaymentState.FAILED, PAYMENT_NEXT, failure=reason[:200])
    set_standing(payment.order, PaymentStanding.FAILED)


def cancel_open_payments(order: Order) -> None:
    """Close what is still waiting for money; an unpaid order then stands as cancelled."""
    for payment in rows(queries.payments_of(order.id)):
        if payment.state == PaymentState.PENDING:
            states.move(payment, PaymentState.CANCELLED, PAYMENT_NEXT)
            emit(PaymentGivenUp(payment.id))
    if not queries.captured(order.id):
        set_standing(order, PaymentStanding.CANCELLED)


def set_by_hand(payment: Payment, to: PaymentState, by: Actor) -> None:
    """Say how a payment in cash stands (PAY-06): paid, failed or cancelled. Raises NotByHand or WrongState."""
    order = lock_order(payment.order_id)
    db.session.refresh(payment)
    is_over = payment.state == PaymentState.CANCELLED or order.state in NO_REVENUE
    if payment.provider != CASH or is_over:
        raise NotByHand
    if to == PaymentState.PAID:
        _take_by_hand(order, payment, by)
    elif to == PaymentState.FAILED:
        record_failure(payment, f"Set by {by.name}")
    else:
        cancel_open_payments(order)
    record(order, order.state, order.state, by, f"Payment in cash set to {to}")


def _take_by_hand(order: Order, payment: Payment, by: Actor) -> None:
    """Cash that came after all takes the place of what was opened since."""
    if payment.state == PaymentState.FAILED:
        cancel_open_payments(order)
    if queries.captured(order.id) + payment.amount > order.total:
        raise NotByHand
    capture(payment, f"cash by {by.name}"[:80])


def _new_payment(order: Order, method: str, provider: str, amount: Money, key: str) -> Payment:
    payment = Payment(
        order_id=order.id,
        method=method,
        provider=provider,
        idempotency_key=key,
        amount=amount,
        currency=order.currency,
        state=PaymentState.PENDING,
    )
    db.session.add(payment)
    db.session.flush()
    return payment


def capture(payment: Payment, reference: str, **details: str | None) -> None:
    """Enter all of a payment's amount into the ledger; the order is paid once its total is covered."""
    states.move(payment, PaymentState.PAID, PAYMENT_NEXT, paid_at=now(), failure=None, **details)
    db.session.add(PaymentEntry(payment_id=payment.id, kind="captured", amount=payment.amount, reference=reference))
    db.session.flush()
    if queries.captured(payment.order_id) >= payment.order.total:
        settle_standing(payment.order)
        emit(PaymentReceived(payment.order_id, payment.id))


def settle_standing(order: Order) -> None:
    """Let a locked order of which nothing is waited for stand as paid, or as refunded as far as money went back."""
    if not order.refunded:
        set_standing(order, PaymentStanding.PAID)
        return
    is_all = order.refunded >= min(queries.captured(order.id), order.total)
    set_standing(order, PaymentStanding.REFUNDED if is_all else PaymentStanding.PARTLY_REFUNDED)
