"""What the states of an exchange are called."""

from __future__ import annotations

from shop.aftersales.labels import EXCHANGE_STATUS
from shop.api.lookups import lookup_blueprint

bp = lookup_blueprint("exchange_status", EXCHANGE_STATUS, "What the states of an exchange are called")
