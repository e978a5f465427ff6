"""The sandbox bank's side that the shop calls, as it would call a real provider."""

from __future__ import annotations

from collections.abc import Mapping

from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.payments.gateways.base import Intent, IntentRequest, IntentStatus, Notice
from shop.payments.gateways.sandbox import notices, queries, services

STATES = {"succeeded": "succeeded", "failed": "failed"}


class SandboxGateway:
    """Takes test cards, UPI ids and wallets; see `services.py` for the numbers."""

    sites: tuple[str, ...] = ()

    def create_intent(self, request: IntentRequest) -> Intent:
        with unit_of_work():
            reference = services.open_intent(request)
        return Intent(reference, f"/bank/{reference}")

    def status(self, reference: str) -> IntentStatus:
        with unit_of_work(read_only=True):
            intent = queries.intent(reference)
            return IntentStatus(
                state=STATES.get(intent.state, "pending"),
                amount=intent.amount,
                currency=intent.currency,
                key=intent.idempotency_key,
                brand=intent.brand,
                last_four=intent.last_four,
                holder=intent.holder,
                expires=intent.expires,
                token=intent.token,
                upi_id=intent.upi_id,
                failure="The bank declined the payment." if intent.state == "failed" else None,
            )

    def capture(self, reference: str) -> IntentStatus:
        """This bank takes the money when the buyer pays."""
        return self.status(reference)

    def cancel(self, reference: str) -> None:
        with unit_of_work():
            services.close(reference)

    def refund(self, reference: str, amount: Money, idempotency_key: str) -> str:
        with unit_of_work():
            return services.give_back(reference, amount, idempotency_key)

    def read_webhook(self, headers: Mapping[str, str], body: bytes) -> Notice:
        return notices.read(headers.get(notices.SIGNATURE, ""), body)
