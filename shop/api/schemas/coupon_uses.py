"""Coupons for whoever shops: which there are, what one would do, and using it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load

from shop.api.schemas.coupons import Code, KindField
from shop.api.schemas.fields import Key, Price


class CouponUse(Schema):
    """A coupon for the person's bag, or for an order of theirs that is not paid yet."""

    code = Code(required=True)
    order_id = Key(metadata={"description": "Without it the bag"})


class CouponCheck(Schema):
    """A coupon, and what the goods it is for come to; without an amount the bag is asked."""

    code = Code(required=True)
    amount = Price()
    order_total = Price(metadata={"description": "The same as `amount`"})

    @post_load
    def _one_amount(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if "order_total" in data:
            if "amount" in data:
                raise ValidationError("Send one of amount and order_total.", "order_total")
            data["amount"] = data.pop("order_total")
        return data


class CouponVerdict(Schema):
    """Whether a coupon counts, what it takes off and what is left; `reason` says why it does not."""

    code = fields.String(required=True)
    valid = fields.Boolean(required=True)
    discount_amount = Price(required=True)
    final_amount = Price(required=True)
    reason = fields.String(required=True)


class AvailableCoupon(Schema):
    """A coupon somebody may use."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    type = KindField(required=True, attribute="kind")
    minimum_order = Price(required=True, allow_none=True, attribute="minimum")
    valid_until = fields.AwareDateTime(required=True, allow_none=True, attribute="ends_at")
    sentence = fields.String(required=True)
