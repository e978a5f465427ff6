"""What the states of an order's money are called."""

from __future__ import annotations

from shop.api.lookups import lookup_blueprint
from shop.orders.labels import PAYMENT_STATUS

bp = lookup_blueprint("payment_status", PAYMENT_STATUS, "What the states of an order's money are called")
