"""Coupons: at the owner's desk, in the bag, and for apps."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from shop.promotions.labels import COUPON_STATUS
from shop.store.label_services import add_label
from tests.matrix.entries import Who, entry, mine, the
from tests.promotions.making import a_coupon

LABEL = {"status": "So to say"}
TYPED = {"name": "Half", "kind": "percent", "value": "50"}


def coupons() -> dict[str, Any]:
    """A coupon nobody used, and a label of a status that a newer one took the place of."""
    row = add_label(COUPON_STATUS, "paused", "First words").id
    add_label(COUPON_STATUS, "paused", "Second words")
    return {"coupon": a_coupon("MATRIX").id, "coupons-status row": row}


COUPONS = [
    entry("POST /cart/coupon", Who.ANYONE, "cart", body={"code": "MATRIX"}),
    entry("POST /cart/coupon/removal", Who.ANYONE),
    entry("GET /staff/coupons", P.COUPON_READ),
    entry("GET /staff/coupons/new", P.COUPON_UPDATE),
    entry("GET /staff/coupons/try", P.COUPON_READ),
    entry("POST /staff/coupons/new", P.COUPON_UPDATE, "promotion", body={"code": "NEW"} | TYPED),
    entry("POST /staff/coupons/sentence", P.COUPON_UPDATE, body=TYPED),
    entry("GET /staff/coupons/<int:promotion_id>", P.COUPON_READ, promotion_id=the("coupon")),
    entry("POST /staff/coupons/<int:promotion_id>", P.COUPON_UPDATE, "promotion", promotion_id=the("coupon"),
          body={"code": "MATRIX"} | TYPED),
    entry("POST /staff/coupons/<int:promotion_id>/<any(active, paused, archived):state>", P.COUPON_UPDATE, "promotion",
          promotion_id=the("coupon"), state="paused"),
    entry("POST /staff/coupons/<int:promotion_id>/removal", P.COUPON_DELETE, "promotion", promotion_id=the("coupon")),
    entry("GET /staff/coupons/<int:promotion_id>/usage", P.COUPON_READ, promotion_id=the("coupon")),
    entry("POST /staff/coupons/saves/<int:entry_id>/reversal", P.COUPON_UPDATE, "promotion", "audit_entry",
          entry_id=mine("coupon save")),
    entry("GET /account/coupons", Who.SIGNED_IN),
    entry("GET /api/v1/coupons/available", Who.SIGNED_IN),
    entry("POST /api/v1/coupons/validate", Who.SIGNED_IN, body={"code": "MATRIX", "amount": "500"}),
    entry("POST /api/v1/coupons/apply", Who.SIGNED_IN, "cart", body={"code": "MATRIX"}),
    entry("POST /api/v1/coupons/apply", Who.SIGNED_IN, "shop_order", "order_line", "promotion_redemption", "payment",
          body={"code": "MATRIX", "order_id": mine("unpaid order")}),
    entry("POST /order/<token>/coupon", Who.ANYONE, "shop_order", "order_line", "promotion_redemption", "payment",
          token=the("card token"), body={"code": "MATRIX"}),
    entry("GET /api/v1/coupons/", P.COUPON_READ),
    entry("POST /api/v1/coupons/", P.COUPON_UPDATE, "promotion", body={"code": "NEW", "type": "fixed", "value": "50"}),
    entry("GET /api/v1/coupons/<key:item_id>", P.COUPON_READ, item_id=the("coupon")),
    entry("PUT /api/v1/coupons/<key:item_id>", P.COUPON_UPDATE, "promotion", item_id=the("coupon"),
          body={"name": "Another name"}),
    entry("GET /api/v1/coupons/<key:item_id>/usage", P.COUPON_READ, item_id=the("coupon")),
    entry("DELETE /api/v1/coupons/<key:item_id>", P.COUPON_DELETE, "promotion", item_id=the("coupon")),
    entry("GET /api/v1/coupons-status/", Who.ANYONE),
    entry("GET /api/v1/coupons-status/<key:item_id>", Who.ANYONE, item_id=the("coupons-status row")),
    entry("POST /api/v1/coupons-status/", P.LOOKUP_UPDATE, "lookup_label", body={"code": "active"} | LABEL),
    entry("PUT /api/v1/coupons-status/<key:item_id>", P.LOOKUP_UPDATE, "lookup_label",
          item_id=the("coupons-status row"), body=LABEL),
    entry("DELETE /api/v1/coupons-status/<key:item_id>", P.LOOKUP_UPDATE, "lookup_label",
          item_id=the("coupons-status row")),
]  # fmt: skip
