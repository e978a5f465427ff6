"""Finds what a lost webhook, a closed window or a provider that was away left undone."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from shop.checkout.services.paying import finish_payment
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import unit_of_work
from shop.payments.errors import GatewayAway
from shop.payments.gateways import CASH
from shop.payments.models import Payment, Refund
from shop.payments.owed import ask_again
from shop.payments.states import PaymentState
from shop.store.settings import RECONCILE_MINUTES, value_of

BATCH = 100
log = structlog.get_logger()


def reconcile() -> int:
    """Ask providers about every payment and refund that waits for longer than the owner allows.

    Returns how many were asked about. Opens its own units; any number of times. One that does not answer, or speaks of
    another amount, stops none of the others.
    """
    with unit_of_work(read_only=True):
        before = now() - timedelta(minutes=value_of(RECONCILE_MINUTES))
        waiting = _waiting_since(before)
    for order_id, payment_id in waiting:
        try:
            finish_payment(order_id, payment_id)
        except (GatewayAway, ShopError) as error:
            log.warning("payment_not_reconciled", payment_id=payment_id, error=str(error))
    with unit_of_work():
        return len(waiting) + ask_again(Refund.created_at < before)


def _waiting_since(before: datetime) -> list[tuple[int, int]]:
    at_a_provider = (Payment.provider != CASH, Payment.reference.is_not(None))
    found = select(Payment.order_id, Payment.id).where(Payment.state == PaymentState.PENDING, *at_a_provider)
    return [(row.order_id, row.id) for row in db.session.execute(
        found.where(Payment.created_at < before).order_by(Payment.id).limit(BATCH))]  # fmt: skip
