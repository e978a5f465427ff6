"""Stripe by its own library: the buyer pays on Stripe's page (a Checkout Session), so no card data comes here.

https://docs.stripe.com/api/checkout/sessions
https://docs.stripe.com/webhooks#verify-official-libraries
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import stripe

from shop.config import Config
from shop.lib.http.answers import absolute
from shop.lib.money import Money
from shop.payments.errors import GatewayAway
from shop.payments.gateways.base import Intent, IntentRequest, IntentStatus, Notice, ProviderRefuses, WrongSignature

SECONDS = 10
DECLINED = "The bank declined the payment."
CLOSED = "The payment page was closed."
AWAY = (
    stripe.APIConnectionError,
    stripe.RateLimitError,
    stripe.AuthenticationError,
    stripe.PermissionError,
    stripe.IdempotencyError,
)


class StripeGateway:
    """Takes cards on Stripe's page. A payment's reference is its Checkout Session."""

    sites: tuple[str, ...] = ("https://checkout.stripe.com",)

    def __init__(self, config: Config) -> None:
        self.webhook_secret = config.stripe_webhook_secret
        client = stripe.StripeClient(
            config.stripe_secret_key or "",
            base_addresses={"api": config.stripe_url},
            http_client=stripe.RequestsClient(timeout=SECONDS),
        )
        self.sessions, self.refunds = client.v1.checkout.sessions, client.v1.refunds
        self.read_event = client.construct_event

    def create_intent(self, request: IntentRequest) -> Intent:
        with _asking():
            session = self.sessions.create(_session(request), {"idempotency_key": request.idempotency_key})
        # A session that was paid or closed has no page any more; ours then says how it stands.
        return Intent(session.id, session.url or request.return_path)

    def status(self, reference: str) -> IntentStatus:
        with _asking():
            return _status(self._session(reference))

    def capture(self, reference: str) -> IntentStatus:
        """Stripe takes the money when the buyer agrees."""
        return self.status(reference)

    def cancel(self, reference: str) -> None:
        """A session that is paid or closed already stays as it is."""
        with _asking():
            if self._session(reference).status == "open":
                self.sessions.expire(reference)

    def refund(self, reference: str, amount: Money, idempotency_key: str) -> str:
        """Stripe forgets keys after a day, so an earlier refund is first looked for under its own mark."""
        with _asking():
            payment = self._session(reference).payment_intent
            if payment is None:
                raise ProviderRefuses("Stripe has taken nothing that could go back.")
            known = self.refunds.list({"payment_intent": payment.id}).auto_paging_iter()
            made = next((one for one in known if _mark(one, "key") == idempotency_key), None)
            return _given_back(made or self._refund(payment.id, reference, amount, idempotency_key))

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> Notice:
        try:
            event = self.read_event(body, headers.get("Stripe-Signature"), self.webhook_secret)
            return Notice(event.id[:120], event.type[:80], _concerned(event.data.object))
        except (stripe.SignatureVerificationError, ValueError, AttributeError) as error:
            raise WrongSignature from error

    def _session(self, reference: str) -> Any:
        return self.sessions.retrieve(reference, {"expand": ["payment_intent.latest_charge"]})

    def _refund(self, payment: str, reference: str, amount: Money, key: str) -> Any:
        marks = {"key": key, "session": reference}
        asked = {"payment_intent": payment, "amount": amount.minor, "metadata": marks}
        return self.refunds.create(asked, {"idempotency_key": key})  # type: ignore[arg-type]


@contextmanager
def _asking() -> Iterator[None]:
    """Stripe's own errors as ours. A wrong key is like nobody there: the operator mends it, and it is asked again."""
    try:
        yield
    except AWAY as error:
        raise GatewayAway("Stripe does not answer.") from error
    except stripe.StripeError as error:
        if error.http_status is None or error.http_status >= 500 or error.http_status == 409:
            raise GatewayAway("Stripe does not answer.") from error
        raise ProviderRefuses(f"Stripe refuses: {error.user_message or error.http_status}") from error


def _session(request: IntentRequest) -> Any:
    price = {
        "currency": request.currency.lower(),
        "unit_amount": request.amount.minor,
        "product_data": {"name": request.description},
    }
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": request.idempotency_key,
        "success_url": absolute(request.return_path),
        "cancel_url": absolute(request.return_path),
    }


def _card(charge: Any) -> dict[str, str | None]:
    """What Stripe tells of the card: its own name for it among it, never the number."""
    card = getattr(getattr(charge, "payment_method_details", None), "card", None)
    if card is None:
        return {}
    month, year = getattr(card, "exp_month", None), getattr(card, "exp_year", None)
    return {
        "brand": getattr(card, "brand", None),
        "last_four": getattr(card, "last4", None),
        "holder": getattr(getattr(charge, "billing_details", None), "name", None),
        "expires": f"{month:02}/{year}" if month and year else None,
        "token": getattr(charge, "payment_method", None),
    }


def _status(session: Any) -> IntentStatus:
    """What was received counts where money was; before, what the buyer was asked for."""
    payment = session.payment_intent
    key, currency = session.client_reference_id, session.currency.upper()
    if session.payment_status == "paid" and payment is not None:
        return IntentStatus(
            "succeeded", Money(payment.amount_received), payment.currency.upper(), key, **_card(payment.latest_charge)
        )
    asked = Money(session.amount_total)
    if session.status == "expired":
        return IntentStatus("failed", asked, currency, key, failure=CLOSED)
    is_refused = session.status == "complete" and payment is not None and payment.status in {
        "requires_payment_method", "canceled"}  # fmt: skip
    return IntentStatus("failed" if is_refused else "pending", asked, currency, key,
                        failure=DECLINED if is_refused else None)  # fmt: skip


def _given_back(refund: Any) -> str:
    if refund.status in {"failed", "canceled"}:
        raise ProviderRefuses("Stripe could not give the money back.")
    if refund.status != "succeeded":
        raise GatewayAway("Stripe has not given the money back yet.")
    return str(refund.id)


def _concerned(thing: Any) -> str | None:
    """The session an event is about: itself, or the one that a refund of ours is marked with."""
    return str(thing.id)[:80] if thing.object == "checkout.session" else _mark(thing, "session")


def _mark(thing: Any, name: str) -> str | None:
    """One of the marks we put on a thing at Stripe. Its objects are no dicts: what is missing has no attribute."""
    return getattr(getattr(thing, "metadata", None), name, None)
