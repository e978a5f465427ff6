"""What the states of coupons are called."""

from __future__ import annotations

from shop.api.lookups import lookup_blueprint
from shop.promotions.labels import COUPON_STATUS

bp = lookup_blueprint("coupons_status", COUPON_STATUS, "What the states of coupons are called")
