"""Coupons and automatic discounts."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from shop.api.schemas.fields import FROM_TO, Key, Line, Paging, Price, Whole, text
from shop.api.schemas.labels import label, label_id
from shop.api.schemas.orders import IdOrCode
from shop.promotions.labels import COUPON_STATUS
from shop.promotions.listing import SORTS, TYPES
from shop.promotions.models import LONGEST_CODE, LONGEST_NAME
from shop.promotions.queries import coupon_code
from shop.promotions.rules import Kind
from shop.promotions.states import CHOSEN
from shop.promotions.terms import HIGHEST_PRIORITY, MOST_UNITS, MOST_USES
from shop.store.labels import labels_of

FREE_SHIPPING = "free_shipping"
CALLED = {kind: FREE_SHIPPING if kind == Kind.FREE_DELIVERY else kind.value for kind in Kind}
KINDS = {called: kind for kind, called in CALLED.items()}
MOST_IDS = 200


class Code(Line):
    """A coupon's code, whatever its case and the blanks around it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(2 * LONGEST_CODE, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return coupon_code(super()._deserialize(value, attr, data, **kwargs))


class KindField(fields.String):
    """percent, fixed, free_shipping or buy_get."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.OneOf(list(KINDS)), **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else CALLED[Kind(value)]


class Status(IdOrCode):
    """The id or code of a coupon's status, as its code."""

    default_error_messages = {"unknown": "There is no such status."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        said = super()._deserialize(value, attr, data, **kwargs)
        by_id = {str(row.id): row.code for row in labels_of(COUPON_STATUS)}
        found = by_id.get(said) or COUPON_STATUS.code_called(said)
        if found is None:
            raise self.make_error("unknown")
        return found


def _ids(what: str) -> fields.List:
    longest = validate.Length(max=MOST_IDS, error="Name at most {max}.")
    return fields.List(Key(), validate=longest, metadata={"description": f"Only these {what}; none for all"})


def _uses(attribute: str, what: str) -> Whole:
    within = validate.Range(1, MOST_USES, error=FROM_TO)
    return Whole(attribute=attribute, allow_none=True, validate=within, metadata={"description": what})


class CouponQuery(Paging):
    """Which coupons and discounts; without a status all but the archived ones."""

    code = Code(load_default="", metadata={"description": "Exactly this code, whatever its case"})
    q = text(100, 0, load_default="", metadata={"description": "Part of the name or the code"})
    type = fields.String(load_default="", validate=validate.OneOf([*KINDS, *TYPES]))
    coupons_status_id = Status(load_default="")
    is_active = fields.Boolean(load_default=None, metadata={"description": "Only those that count right now"})
    expiring_soon = fields.Boolean(load_default=None, metadata={"description": "Only active ones of the last week"})
    sort = fields.String(load_default="newest", validate=validate.OneOf(list(SORTS)))


class CouponChange(Schema):
    """What to change of a coupon or discount; `null` takes a limit away."""

    name = Line(LONGEST_NAME)
    code = Code(allow_none=True, metadata={"description": "null makes it a discount that comes by itself"})
    type = KindField(attribute="kind")
    value = Price(metadata={"description": "Percent, or an amount; nothing for free_shipping"})
    buy = Whole(validate=validate.Range(1, MOST_UNITS, error=FROM_TO), metadata={"description": "With buy_get alone"})
    get = Whole(validate=validate.Range(1, MOST_UNITS, error=FROM_TO), metadata={"description": "With buy_get alone"})
    minimum_order = Price(attribute="minimum", allow_none=True)
    maximum_discount = Price(attribute="most", allow_none=True)
    valid_from = fields.AwareDateTime(attribute="starts_at", allow_none=True)
    valid_until = fields.AwareDateTime(attribute="ends_at", allow_none=True)
    usage_limit = _uses("uses_limit", "Of all customers together")
    usage_limit_per_customer = _uses("uses_each", "Of each customer")
    first_order_only = fields.Boolean(attribute="first_order")
    customer_group_id = Key(attribute="group_id", allow_none=True)
    category_ids = _ids("categories, with what is below them")
    brand_ids = _ids("brands")
    product_ids = _ids("products")
    is_public = fields.Boolean(metadata={"description": "Whether shoppers are offered it"})
    combines = fields.Boolean(metadata={"description": "Whether it counts beside other discounts"})
    priority = Whole(validate=validate.Range(0, HIGHEST_PRIORITY, error=FROM_TO))
    coupons_status_id = Status(metadata={"description": "active, paused or archived; the others follow by themselves"})

    @post_load
    def _as_terms(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Values as the shop keeps them."""
        if "kind" in data:
            data["kind"] = KINDS[data["kind"]]
        if "value" in data:
            data["value"] = data["value"].minor
        for name in ("category_ids", "brand_ids", "product_ids"):
            if name in data:
                data[name] = frozenset(data[name])
        if data.get("coupons_status_id", CHOSEN[0]) not in CHOSEN:
            raise ValidationError("Choose active, paused or archived.", "coupons_status_id")
        return data


class NewCoupon(CouponChange):
    """A new coupon, or without a code a discount that comes by itself."""

    type = KindField(attribute="kind", required=True)


class Coupon(Schema):
    """A coupon or discount, with how it stands and how often it was used."""

    id = Key(required=True)
    name = fields.String(required=True)
    code = fields.String(required=True, allow_none=True)
    type = KindField(required=True, attribute="kind")
    value = Price(required=True)
    buy = fields.Integer(required=True)
    get = fields.Integer(required=True)
    minimum_order = Price(required=True, allow_none=True, attribute="minimum")
    maximum_discount = Price(required=True, allow_none=True, attribute="most")
    valid_from = fields.AwareDateTime(required=True, allow_none=True, attribute="starts_at")
    valid_until = fields.AwareDateTime(required=True, allow_none=True, attribute="ends_at")
    usage_limit = fields.Integer(required=True, allow_none=True, attribute="uses_limit")
    usage_limit_per_customer = fields.Integer(required=True, allow_none=True, attribute="uses_each")
    first_order_only = fields.Boolean(required=True, attribute="first_order")
    customer_group_id = Key(required=True, allow_none=True, attribute="group_id")
    category_ids = fields.List(Key(), required=True)
    brand_ids = fields.List(Key(), required=True)
    product_ids = fields.List(Key(), required=True)
    is_public = fields.Boolean(required=True)
    combines = fields.Boolean(required=True)
    priority = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"description": "A code of the coupons status"})
    coupons_status_id = label_id(COUPON_STATUS, "status")
    coupons_status_label = label(COUPON_STATUS, "status")
    used = fields.Integer(required=True)
    sentence = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class UsageOfDay(Schema):
    """The orders of one day that used it."""

    date = fields.Date(required=True, attribute="day")
    orders = fields.Integer(required=True)
    revenue = Price(required=True)


class CouponUsage(Schema):
    """How a coupon or discount is used; orders that were cancelled or came back count for no money."""

    uses = fields.Integer(required=True)
    given_back = fields.Integer(required=True, metadata={"description": "Uses of orders that were given up"})
    revenue = Price(required=True)
    discount_given = Price(required=True, attribute="discount")
    days = fields.List(fields.Nested(UsageOfDay), required=True)
