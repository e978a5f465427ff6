"""What happened to money."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class PaymentReceived(Event):
    """An order is covered."""

    order_id: int
    payment_id: int


@dataclass(frozen=True)
class PaymentGivenUp(Event):
    """Nobody shall pay this any more; its provider may not know yet."""

    payment_id: int


@dataclass(frozen=True)
class WebhookTaken(Event):
    """A provider told something, and it is stored."""

    webhook_event_id: int


@dataclass(frozen=True)
class SandboxSettled(Event):
    """A buyer paid at the sandbox bank, or did not; the bank owes the shop a webhook about it."""

    intent_id: str
    state: str


@dataclass(frozen=True)
class RefundOwed(Event):
    """A refund waits for the provider."""

    refund_id: int


@dataclass(frozen=True)
class PayeeAsked(Event):
    """A refund waits for the buyer to say where the money goes."""

    order_id: int
    refund_id: int


@dataclass(frozen=True)
class RefundMade(Event):
    """Money went back."""

    order_id: int
    refund_id: int
