"""What every gateway can do. All calls go outside, so they are made with no unit of work open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from shop.lib.money import Money


@dataclass(frozen=True)
class IntentRequest:
    """What a provider is asked to take. The same idempotency key gives the same intent.

    `upi_id` is the one the buyer gave already, so that it need not be typed again.
    """

    idempotency_key: str
    amount: Money
    currency: str
    method: str
    description: str
    return_path: str
    upi_id: str | None = None


@dataclass(frozen=True)
class Intent:
    """A provider's name for a payment to come, and where to send the buyer."""

    reference: str
    url: str


@dataclass(frozen=True)
class IntentStatus:
    """How an intent stands: state is pending, succeeded or failed."""

    state: str
    amount: Money
    currency: str
    brand: str | None = None
    last_four: str | None = None
    upi_id: str | None = None
    failure: str | None = None


class Gateway(Protocol):
    """A provider. Every method may raise GatewayAway; the caller tries again later."""

    def create_intent(self, request: IntentRequest) -> Intent: ...

    def status(self, reference: str) -> IntentStatus: ...

    def cancel(self, reference: str) -> None:
        """Close an intent that nobody shall pay any more; what was paid before stays paid."""
        ...

    def refund(self, reference: str, amount: Money, idempotency_key: str) -> str:
        """Give money back once for each idempotency key; returns the provider's name for the refund."""
        ...
