"""What the states of an order are called."""

from __future__ import annotations

from shop.api.lookups import lookup_blueprint
from shop.orders.labels import ORDER_STATUS

bp = lookup_blueprint("order_status", ORDER_STATUS, "What the states of an order are called")
