"""The sandbox bank tells the shop of a payment by webhook, as banks elsewhere do: signed, and stored once."""

from __future__ import annotations

from shop.payments import webhooks
from shop.payments.gateways.sandbox import notices


def tell(intent_id: str, state: str) -> None:
    """Bring the webhook of a settled intent, in the caller's unit; told twice it is one event.

    The bank lives in this house, so nothing travels: what it wrote is read, and its signature checked, all the same.
    """
    body = notices.written(f"{intent_id}.{state}", f"payment.{state}", intent_id)
    webhooks.take("sandbox", notices.read(notices.signature_of(body), body))
