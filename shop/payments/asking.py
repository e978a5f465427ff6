"""Asks a provider about a payment, with no unit open; what it says is judged before any money is taken."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.money import Money
from shop.payments.errors import AmountMismatch
from shop.payments.gateways import gateway_of
from shop.payments.gateways.base import IntentStatus
from shop.payments.models import Payment
from shop.payments.states import PaymentState


@dataclass(frozen=True)
class Asked:
    """What a provider is asked about, kept beyond the unit it was read in."""

    payment_id: int
    provider: str
    reference: str
    terms: tuple[Money, str, str]
    is_open: bool

    @classmethod
    def of(cls, payment: Payment) -> Asked:
        """A payment that has been opened at its provider."""
        is_open = payment.state == PaymentState.PENDING
        return cls(payment.id, payment.provider, payment.reference or "", payment.terms, is_open)


def ask(asked: Asked) -> IntentStatus:
    """How a payment stands; what the buyer agreed to is taken while it is wanted, and if it is what we asked for."""
    gateway = gateway_of(asked.provider)
    status = gateway.status(asked.reference)
    if status.state != "agreed" or not asked.is_open:
        return status
    if status.terms != asked.terms:
        raise AmountMismatch
    return gateway.capture(asked.reference)


def give_back_surplus(asked: Asked, state: str, status: IntentStatus) -> None:
    """Money that came for a payment nobody wants any more, once, however often it is noticed."""
    if status.state == "succeeded" and state != PaymentState.PAID:
        key = f"surplus-{asked.payment_id}"
        gateway_of(asked.provider).refund(asked.reference, status.amount, key)
