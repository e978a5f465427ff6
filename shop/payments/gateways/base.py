"""What every gateway can do. All calls go outside, so they are made with no unit of work open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from shop.lib.errors import ShopError
from shop.lib.money import Money


class ProviderRefuses(ShopError):
    """A provider was asked for what it does not do; nothing was paid and nothing given back."""


class WrongSignature(ShopError):
    """Somebody else than the provider sent this, or it was changed on its way."""

    status = 400

    def __init__(self) -> None:
        super().__init__("The signature does not fit.")


@dataclass(frozen=True)
class IntentRequest:
    """What a provider is asked to take. The same idempotency key gives the same intent.

    `return_path` is where its page leads back to. `upi_id` is the one the buyer gave already, so that it need not be
    typed again.
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
    """How an intent stands: pending, agreed (the buyer did all, the money waits for `capture`), succeeded or failed.

    `key` is the idempotency key it was opened with, as the provider kept it: it says whose payment this is. Of a card
    come its brand, last four digits, holder, month of expiry as MM/YYYY, and the provider's own name for it.
    """

    state: str
    amount: Money
    currency: str
    key: str | None
    brand: str | None = None
    last_four: str | None = None
    holder: str | None = None
    expires: str | None = None
    token: str | None = None
    upi_id: str | None = None
    failure: str | None = None

    @property
    def terms(self) -> tuple[Money, str, str | None]:
        """What is paid, and whose payment it is: all of it is what we asked for, or nothing counts."""
        return self.amount, self.currency, self.key


@dataclass(frozen=True)
class Notice:
    """A provider's message that something happened. What it says of money is not read: the provider is asked.

    `reference` is the intent it concerns, None where it names none.
    """

    event_id: str
    kind: str
    reference: str | None


class Gateway(Protocol):
    """A provider. Every method may raise GatewayAway; the caller tries again later.

    `sites` are the origins of its own pages, where buyers are sent to.
    """

    sites: tuple[str, ...]

    def create_intent(self, request: IntentRequest) -> Intent: ...

    def status(self, reference: str) -> IntentStatus: ...

    def capture(self, reference: str) -> IntentStatus:
        """Take what the buyer agreed to, once; harmless where it is taken already, or nothing was agreed to."""
        ...

    def cancel(self, reference: str) -> None:
        """Close an intent that nobody shall pay any more; what was paid before stays paid."""
        ...

    def refund(self, reference: str, amount: Money, idempotency_key: str) -> str:
        """Give money back once for each idempotency key; returns the provider's name for the refund.

        Raises ProviderRefuses where it cannot be given back, GatewayAway where it is on its way but not there.
        """
        ...

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """What a webhook says, once it is sure who sent it. Raises WrongSignature."""
        ...
