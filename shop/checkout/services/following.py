"""What follows from a provider's webhook: the provider is asked, as after every other knock at the door."""

from __future__ import annotations

from shop.checkout.services.paying import finish_payment
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import unit_of_work
from shop.payments import webhooks
from shop.payments.models import Payment, WebhookEvent
from shop.payments.owed import ask_again
from shop.payments.states import WebhookState

NOBODYS = "It is about no payment of this shop."


def follow_webhook(event_id: int) -> None:
    """Ask the provider about the payment an event names, and about refunds of it that wait; then note what came of it.

    Opens its own units; any number of times. Raises GatewayAway: then the event is followed later.
    """
    with unit_of_work(read_only=True):
        event = db.session.get_one(WebhookEvent, event_id)
        if event.state != WebhookState.TAKEN:
            return
        payment = one_or_none(webhooks.payment_of(event))
        found = None if payment is None else (payment.order_id, payment.id)
    state, words = _followed(*found) if found else (WebhookState.UNKNOWN, NOBODYS)
    with unit_of_work():
        webhooks.note(db.session.get_one(WebhookEvent, event_id), state, words, found[1] if found else None)


def _followed(order_id: int, payment_id: int) -> tuple[WebhookState, str]:
    try:
        words = f"The payment is {finish_payment(order_id, payment_id)}."
    except ShopError as refusal:
        return WebhookState.REFUSED, str(refusal)
    with unit_of_work():
        ask_again(Payment.id == payment_id)
    return WebhookState.FOLLOWED, words
