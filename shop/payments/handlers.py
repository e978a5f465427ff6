"""Pays back what is owed; lets the sandbox bank tell."""

from __future__ import annotations

from shop.extensions import db
from shop.lib import faults
from shop.lib.errors import ShopError
from shop.lib.events import on
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.orders.services import lock_order
from shop.payments.events import RefundOwed, SandboxSettled
from shop.payments.gateways import gateway_of
from shop.payments.gateways.sandbox.telling import tell
from shop.payments.models import Refund
from shop.payments.refunds import record_failure, record_refund
from shop.payments.states import RefundState, RefundWay


@on(RefundOwed, opens_own_units=True)
def make_refund(event: RefundOwed) -> None:
    """Ask the provider for a pending refund, with a key that makes asking twice harmless, and note the answer."""
    with unit_of_work(read_only=True):
        refund = db.session.get_one(Refund, event.refund_id)
        payment, amount = refund.payment, refund.amount
        if refund.state != RefundState.PENDING or refund.way != RefundWay.ORIGINAL:
            return
        provider, reference, order_id = payment.provider, payment.reference or "", payment.order_id
        key = refund.key
    done, refused = _ask(provider, reference, amount, key)
    faults.point("payment.given_back")
    with unit_of_work():
        lock_order(order_id)
        refund = db.session.get_one(Refund, event.refund_id)
        if refund.state == RefundState.PENDING and refund.key == key:
            if done:
                record_refund(refund, done)
            else:
                record_failure(refund, refused)


@on(SandboxSettled)
def hear_the_sandbox(event: SandboxSettled) -> None:
    """The webhook of the bank in this house."""
    tell(event.intent_id, event.state)


def _ask(provider: str, reference: str, amount: Money, key: str) -> tuple[str, str]:
    """The provider's name for the refund, or why it refuses; then the owner finds another way."""
    try:
        return gateway_of(provider).refund(reference, amount, key), ""
    except ShopError as error:
        return "", str(error)
