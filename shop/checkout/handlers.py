"""What checkout does about payments that were given up, and about what providers tell."""

from __future__ import annotations

from shop.checkout.services import close_given_up, follow_webhook
from shop.lib.events import on
from shop.payments.events import PaymentGivenUp, WebhookTaken


@on(PaymentGivenUp, opens_own_units=True)
def close_at_the_bank(event: PaymentGivenUp) -> None:
    """Nobody may pay twice, nor for what is cancelled."""
    close_given_up(event.payment_id)


@on(WebhookTaken, opens_own_units=True)
def ask_the_provider(event: WebhookTaken) -> None:
    """What an event says of money is not believed; it only says when to ask."""
    follow_webhook(event.webhook_event_id)
