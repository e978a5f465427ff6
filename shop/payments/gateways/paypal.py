"""PayPal's Orders API by plain HTTP: the buyer agrees on PayPal's page, and the money is taken when they are back.

https://developer.paypal.com/docs/api/orders/v2/
https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from shop.config import Config
from shop.lib.http.answers import absolute
from shop.lib.money import Money
from shop.payments.errors import GatewayAway
from shop.payments.gateways.base import Intent, IntentRequest, IntentStatus, Notice, ProviderRefuses, WrongSignature
from shop.payments.gateways.paypal_client import PayPalClient, RequestRefused

# Those with hundredths of https://developer.paypal.com/docs/api/reference/currency-codes/, and rupees, which PayPal
# takes between Indian accounts alone: https://developer.paypal.com/docs/location/india/domestic-and-crossborder/
CURRENCIES = frozenset({
    "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "EUR", "HKD", "ILS", "INR", "MYR", "MXN", "NZD", "NOK", "PHP", "PLN",
    "GBP", "SGD", "SEK", "CHF", "THB", "USD",
})  # fmt: skip
ORDERS = "/v2/checkout/orders"
TAKEN = frozenset({"COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"})
REFUSED = frozenset({"DECLINED", "FAILED"})
SIGNED_WITH = ("auth_algo", "cert_url", "transmission_id", "transmission_sig", "transmission_time")
"""What PayPal's headers say of a webhook's signature, each as PAYPAL-AUTH-ALGO and so on."""


class PayPalGateway:
    """Takes money from PayPal accounts, and cards on PayPal's own page."""

    sites: tuple[str, ...] = ("https://www.paypal.com", "https://www.sandbox.paypal.com")

    def __init__(self, config: Config) -> None:
        self.client = PayPalClient(config)
        self.webhook_id = config.paypal_webhook_id or ""

    def create_intent(self, request: IntentRequest) -> Intent:
        order = self.client.post(ORDERS, _order(request), request.idempotency_key)
        pages = (link["href"] for link in order["links"] if link["rel"] in {"payer-action", "approve"})
        # An order that was agreed to or paid has no such page any more; ours then says how it stands.
        return Intent(order["id"], next(pages, request.return_path))

    def status(self, reference: str) -> IntentStatus:
        return _status(self._order(reference))

    def capture(self, reference: str) -> IntentStatus:
        """PayPal takes the money of an order once, whoever asks and how often."""
        try:
            self.client.post(f"{ORDERS}/{reference}/capture", {}, f"capture-{reference}")
        except RequestRefused as refusal:
            if refusal.issue == "INSTRUMENT_DECLINED":
                # The order stays open for another card, but the buyer is not on PayPal's page any more.
                return _failed(_status(self._order(reference)), "PayPal declined the payment.")
        return self.status(reference)

    def cancel(self, reference: str) -> None:
        """Nothing to tell PayPal: money moves when we take it, and an order nobody takes ends by itself."""

    def refund(self, reference: str, amount: Money, idempotency_key: str) -> str:
        """PayPal forgets keys after a while, so an earlier refund is first looked for under its own mark."""
        unit = self._order(reference)["purchase_units"][0]
        known = next((one for one in _payments(unit, "refunds") if one.get("custom_id") == idempotency_key), None)
        return _given_back(known or self._refund(unit, amount, idempotency_key))

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """PayPal itself is asked whether it signed this; the body goes there as it came, to the letter.

        It is read before: what is no whole event could say something of its own between what we say there.
        """
        try:
            event = json.loads(body)
            notice = Notice(str(event["id"])[:120], str(event["event_type"])[:80], _concerned(event))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise WrongSignature from error
        if not self._is_signed(headers, body):
            raise WrongSignature
        return notice

    def _order(self, reference: str) -> Mapping[str, Any]:
        return self.client.get(f"{ORDERS}/{reference}")

    def _refund(self, unit: Mapping[str, Any], amount: Money, key: str) -> Mapping[str, Any]:
        capture = next((one for one in _payments(unit, "captures") if one["status"] in TAKEN), None)
        if capture is None:
            raise ProviderRefuses("PayPal has taken nothing that could go back.")
        money = {"value": amount.plain, "currency_code": capture["amount"]["currency_code"]}
        path = f"/v2/payments/captures/{capture['id']}/refund"
        return self.client.post(path, {"amount": money, "custom_id": key}, key)

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        said = {name: headers.get(f"Paypal-{name.title().replace('_', '-')}", "") for name in SIGNED_WITH}
        if not all(said.values()):
            return False
        try:
            return self.client.is_signed(said | {"webhook_id": self.webhook_id}, body)
        except RequestRefused:
            return False


def _order(request: IntentRequest) -> dict[str, Any]:
    back = absolute(request.return_path)
    amount = {"currency_code": request.currency, "value": request.amount.plain}
    unit = {"description": request.description, "custom_id": request.idempotency_key, "amount": amount}
    page = {"return_url": back, "cancel_url": back, "user_action": "PAY_NOW", "shipping_preference": "NO_SHIPPING"}
    return {
        "intent": "CAPTURE",
        "purchase_units": [unit],
        "payment_source": {"paypal": {"experience_context": page}},
    }


def _status(order: Mapping[str, Any]) -> IntentStatus:
    """What was taken counts where something was; before, what the buyer was asked for."""
    unit = order["purchase_units"][0]
    captures = _payments(unit, "captures")
    taken = next((one for one in captures if one["status"] in TAKEN), None)
    money = (taken or unit)["amount"]
    brand = None if taken is None else "PayPal"
    state = "succeeded" if taken else _state(order["status"], [one["status"] for one in captures])
    failure = "PayPal declined the payment." if state == "failed" else None
    return IntentStatus(state, _minor(money["value"]), money["currency_code"], unit.get("custom_id"), brand,
                        failure=failure)  # fmt: skip


def _state(order: str, captures: list[str]) -> str:
    if order == "VOIDED" or (captures and set(captures) <= REFUSED):
        return "failed"
    return "agreed" if order == "APPROVED" else "pending"


def _failed(status: IntentStatus, why: str) -> IntentStatus:
    if status.state == "succeeded":
        return status
    return IntentStatus("failed", status.amount, status.currency, status.key, failure=why)


def _payments(unit: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = unit.get("payments", {}).get(kind, [])
    return found


def _given_back(refund: Mapping[str, Any]) -> str:
    if refund["status"] in {"FAILED", "CANCELLED"}:
        raise ProviderRefuses("PayPal could not give the money back.")
    if refund["status"] != "COMPLETED":
        raise GatewayAway("PayPal has not given the money back yet.")
    return str(refund["id"])


def _minor(value: str) -> Money:
    """12.34 in hundredths; PayPal writes no more than two digits behind the point."""
    whole, _, part = value.partition(".")
    return Money(int(whole) * 100 + int(f"{part:0<2}"))


def _concerned(event: Mapping[str, Any]) -> str | None:
    """The order an event is about: itself, or the one that what was taken belongs to."""
    resource = event["resource"]
    if str(event["event_type"]).startswith("CHECKOUT.ORDER."):
        return str(resource["id"])[:80]
    order_id = resource.get("supplementary_data", {}).get("related_ids", {}).get("order_id")
    return str(order_id)[:80] if order_id else None
