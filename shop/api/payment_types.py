"""What the ways to pay are called."""

from __future__ import annotations

from shop.api.lookups import lookup_blueprint
from shop.payments.labels import PAYMENT_TYPES

bp = lookup_blueprint("payment_types", PAYMENT_TYPES, "What the ways to pay are called")
