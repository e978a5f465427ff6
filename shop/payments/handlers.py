"""Pays back what is owed."""

from __future__ import annotations

from shop.extensions import db
from shop.lib import faults
from shop.lib.events import on
from shop.lib.unit_of_work import unit_of_work
from shop.orders.services import lock_order
from shop.payments.events import RefundOwed
from shop.payments.gateways import CASH, gateway_of
from shop.payments.models import Refund
from shop.payments.services import record_refund
from shop.payments.states import RefundState


@on(RefundOwed, opens_own_units=True)
def make_refund(event: RefundOwed) -> None:
    """Ask the provider for a pending refund, with a key that makes asking twice harmless, and note the answer."""
    with unit_of_work(read_only=True):
        refund = db.session.get_one(Refund, event.refund_id)
        payment, amount = refund.payment, refund.amount
        if refund.state != RefundState.PENDING or payment.provider == CASH:
            return
        provider, reference, order_id = payment.provider, payment.reference or "", payment.order_id
    done = gateway_of(provider).refund(reference, amount, f"refund-{event.refund_id}")
    faults.point("payment.given_back")
    with unit_of_work():
        lock_order(order_id)
        refund = db.session.get_one(Refund, event.refund_id)
        if refund.state == RefundState.PENDING:
            record_refund(refund, done)
