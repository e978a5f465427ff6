"""Pays an order. Providers are called with no unit open: attempt row, commit, call, commit."""

from __future__ import annotations

from sqlalchemy import update

from shop.checkout.errors import NothingToPay
from shop.checkout.services.another_way import confirm_paid, open_rest
from shop.checkout.services.fees import apply_terms
from shop.checkout.services.reviving import is_part_paid, revive
from shop.extensions import db
from shop.fulfilment.queries import is_with_courier
from shop.lib import faults
from shop.lib.actor import SYSTEM
from shop.lib.events import emit
from shop.lib.money import ZERO
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.orders.services import lock_order, set_standing
from shop.orders.states import SETTLED, OrderState, PaymentStanding
from shop.payments import queries as payment_queries
from shop.payments import refunds
from shop.payments import services as payment_services
from shop.payments.asking import Asked, ask, give_back_surplus
from shop.payments.events import PaymentReceived
from shop.payments.gateways import CASH, gateway_of, opening
from shop.payments.gateways.base import IntentRequest, IntentStatus
from shop.payments.models import Payment
from shop.payments.states import PaymentState

TOO_MUCH = "You paid more than your order costs"
BEFORE_SENDING = frozenset({OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED})


def start_payment(order_id: int, upi_id: str | None = None) -> str:
    """The address at the bank where the order's open payment is made; asking twice gives the same.

    A UPI id given already is handed on. Opens its own units. Raises NothingToPay where no payment waits for a provider,
    GatewayAway where that provider takes no more.
    """
    with unit_of_work(read_only=True):
        payment = _open_payment(order_id)
        payment_id, provider, request = payment.id, payment.provider, _request_for(payment, upi_id)
    faults.point("payment.order_placed")
    intent = opening(provider).create_intent(request)
    faults.point("payment.intent_opened")
    with unit_of_work():
        lock_order(order_id)
        db.session.execute(update(Payment).where(Payment.id == payment_id).values(reference=intent.reference))
        is_open = db.session.get_one(Payment, payment_id).state == PaymentState.PENDING
    if not is_open:
        gateway_of(provider).cancel(intent.reference)
        raise NothingToPay
    return intent.url


def finish_payment(order_id: int, payment_id: int | None = None) -> str:
    """Ask the bank how a payment of the order stands and write what follows; returns the payment's state.

    It is the order's latest one unless another is named. The return page, the poll, webhooks and the clock all call
    this. Opens its own units; safe at any time, any number of times. Raises GatewayAway, and AmountMismatch where the
    provider speaks of another amount, currency or order.
    """
    with unit_of_work(read_only=True):
        payment = db.session.get_one(Payment, payment_id) if payment_id else latest_payment(order_id)
        if payment.provider == CASH or payment.state == PaymentState.PAID or payment.reference is None:
            return payment.state
        asked = Asked.of(payment)
    status = ask(asked)
    faults.point("payment.bank_answered")
    with unit_of_work():
        state = settle(order_id, asked.payment_id, status)
    faults.point("payment.settled")
    give_back_surplus(asked, state, status)
    return state


def settle(order_id: int, payment_id: int, status: IntentStatus) -> str:
    """Write what a provider says of a payment, in the caller's unit. The order's row lock comes first."""
    order = lock_order(order_id)
    payment = db.session.get_one(Payment, payment_id, populate_existing=True)
    if status.state == "succeeded" and payment.state != PaymentState.PAID:
        if payment.state != PaymentState.PENDING and not _takes_late_money(order, payment):
            return payment.state
        payment_services.record_capture(payment, status)
        faults.point("payment.captured")
        _follow_up_paid(order, payment)
    elif status.state == "failed" and payment.state == PaymentState.PENDING:
        payment_services.record_failure(payment, status.failure or "The bank declined the payment.")
    return payment.state


def close_given_up(payment_id: int) -> None:
    """Close a given-up payment at its provider. Money that came first pays the order or goes back.

    Opens its own units; any number of times.
    """
    with unit_of_work(read_only=True):
        payment = db.session.get_one(Payment, payment_id)
        if payment.provider == CASH or payment.reference is None:
            return
        order_id, asked = payment.order_id, Asked.of(payment)
    gateway = gateway_of(asked.provider)
    gateway.cancel(asked.reference)
    status = gateway.status(asked.reference)
    with unit_of_work():
        state = settle(order_id, payment_id, status)
    give_back_surplus(asked, state, status)


def latest_payment(order_id: int) -> Payment:
    """The order's newest payment."""
    return rows(payment_queries.payments_of(order_id))[-1]


def _open_payment(order_id: int) -> Payment:
    payment = latest_payment(order_id)
    if payment.state != PaymentState.PENDING or payment.provider == CASH:
        raise NothingToPay
    return payment


def _request_for(payment: Payment, upi_id: str | None) -> IntentRequest:
    """What the provider is asked: the order's number stands on its page, and it leads back to ours."""
    order = db.session.get_one(Order, payment.order_id)
    return IntentRequest(
        payment.idempotency_key,
        payment.amount,
        payment.currency,
        payment.method,
        f"Order {order.number}",
        f"/order/{order.token}/payment",
        upi_id,
    )


def _takes_late_money(order: Order, payment: Payment) -> bool:
    """Whether an order can be paid by a payment the buyer had turned away from.

    It is its way to pay then, unless the courier gets what is left: the rest of a part before cash, or of an order that
    costs more by now. Not once a courier was told what to collect, and not where the order was paid before: that money
    went back at the bank, and its ledger has no room for it.
    """
    due = payment_queries.due(order)
    if due < payment.amount:
        return False
    if order.state == OrderState.CANCELLED:
        return True
    is_part = payment.amount == order.prepaid - (order.total - due)
    is_all = payment.amount >= due - order.payment_fee
    if order.state not in BEFORE_SENDING or not (is_all or is_part or not order.prepaid) or is_with_courier(order.id):
        return False
    payment_services.cancel_open_payments(order)
    if is_all or (not order.is_cash and not is_part):
        _pay_by(order, payment.method)
    return True


def _follow_up_paid(order: Order, payment: Payment) -> None:
    """A paid order is confirmed, also when the clock was a little faster; what is cancelled for good is paid back."""
    if revive(order, payment):
        if not is_part_paid(order):
            _pay_by(order, payment.method)
    elif order.state in {OrderState.CANCELLED, OrderState.RETURNED}:
        refunds.refund_all(order, "Paid after the order was cancelled", SYSTEM)
        return
    elif order.state == OrderState.PLACED and (order.prepaid or order.payment_standing == PaymentStanding.PAID):
        confirm_paid(order)
    _settle_rest(order, payment)


def _settle_rest(order: Order, payment: Payment) -> None:
    """What is left is asked for: in cash where the courier is paid, or what the order costs more by now; what came in
    above it, because it costs less now or bears no fee, goes back."""
    due = payment_queries.due(order)
    if due > ZERO:
        open_rest(order)
        return
    if order.payment_standing not in SETTLED:
        set_standing(order, PaymentStanding.PAID)
        emit(PaymentReceived(order.id, payment.id))
    if due < ZERO:
        refunds.refund_excess(order, -due, TOO_MUCH, SYSTEM)


def _pay_by(order: Order, method: str) -> None:
    """Note that a bank paid all of an order: it bears no fee of cash."""
    apply_terms(order, method)
    db.session.execute(update(Order).where(Order.id == order.id).values(payment_method=method))
    db.session.refresh(order)
