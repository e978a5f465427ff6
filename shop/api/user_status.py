"""What the states of an account are called."""

from __future__ import annotations

from shop.accounts.labels import USER_STATUS
from shop.api.lookups import lookup_blueprint

bp = lookup_blueprint("user_status", USER_STATUS, "What the states of an account are called")
