"""What the states of a return are called."""

from __future__ import annotations

from shop.aftersales.labels import RETURN_STATUS
from shop.api.lookups import lookup_blueprint

bp = lookup_blueprint("return_status", RETURN_STATUS, "What the states of a return are called")
