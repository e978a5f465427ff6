"""Paying at the bank from an app; what banks told."""

from __future__ import annotations

from shop.accounts.permissions import Permission
from tests.matrix.entries import Who, entry, mine

BANKS = [
    entry("GET /staff/webhooks", Permission.PAYMENT_READ),
    entry("POST /api/v1/payments/intent", Who.SIGNED_IN, "payment", "sandbox_intent",
          body={"order_id": mine("unpaid order")}),
    entry("POST /api/v1/payments/confirm", Who.SIGNED_IN, body={"payment_intent_id": mine("card payment")}),
]  # fmt: skip
