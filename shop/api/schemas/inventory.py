"""Stock of variants, for those who see products; everybody sees what is for sale."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from shop.api.schemas.fields import FROM_TO, MOST, Key, Line, Paging, Whole, text
from shop.stock.models import BY_HAND
from shop.stock.queries.desk import SORTS
from shop.stock.services.adjusting import MOST_COUNTED

ALSO_CALLED = {"damaged": "damage", "returned": "return", "restocked": "restock"}
RESERVED = "What is reserved is the sum of what orders hold: it cannot be set."


def units(lowest: int = 0, **kwargs: Any) -> Whole:
    """Pieces, as a whole number."""
    return Whole(validate=validate.Range(lowest, MOST_COUNTED, error=FROM_TO), **kwargs)


class InventoryQuery(Paging):
    """Which variants, and in which order; what is left out narrows nothing."""

    q = text(100, 0, load_default="", metadata={"description": "Words of the product's name or of the SKU"})
    product_id = Key(load_default=None)
    low_stock = fields.Boolean(load_default=False, metadata={"description": "Only at or below the reorder point"})
    out_of_stock = fields.Boolean(load_default=False, metadata={"description": "Only what is sold out"})
    reserved = fields.Boolean(load_default=False, metadata={"description": "Only what orders hold"})
    sort = fields.String(load_default="newest", validate=validate.OneOf(list(SORTS)))


class LowStockQuery(Schema):
    """How many to give."""

    class Meta:
        unknown = EXCLUDE

    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST, error=FROM_TO))


class Availability(Schema):
    """What is left of a variant. Everything below `in_stock` is for those who see products."""

    variant_id = Key(required=True)
    sku = fields.String(required=True)
    available_for_sale = fields.Integer(required=True, attribute="for_sale")
    in_stock = fields.Boolean(required=True)
    available = fields.Integer(attribute="on_hand", metadata={"description": "On hand, what orders hold included"})
    reserved = fields.Integer(metadata={"description": "What orders hold"})
    reorder_point = fields.Integer()
    last_restock_at = fields.AwareDateTime(attribute="restocked_at", allow_none=True)


class Inventory(Schema):
    """A variant's stock. `available_for_sale` is `available` less `reserved`."""

    variant_id = Key(required=True)
    product_id = Key(required=True)
    product = fields.String(required=True)
    sku = fields.String(required=True)
    color = fields.String(required=True, attribute="colour")
    size = fields.String(required=True)
    available = fields.Integer(required=True, attribute="on_hand")
    reserved = fields.Integer(required=True)
    available_for_sale = fields.Integer(required=True, attribute="for_sale")
    reorder_point = fields.Integer(required=True)
    last_restock_at = fields.AwareDateTime(required=True, allow_none=True, attribute="restocked_at")


class InventoryChange(Schema):
    """What was counted, and when the variant counts as low."""

    available = units(metadata={"description": "Counted on the shelf, what orders hold included"})
    seen = units(metadata={"description": "The `available` that was shown; 409 where it is another by now"})
    reorder_point = units()
    note = Line(300, 0)

    @pre_load
    def _is_not_reserved(self, data: Any, **_: Any) -> Any:
        if isinstance(data, dict) and "reserved" in data:
            raise ValidationError(RESERVED, "reserved")
        return data


class Adjustment(Schema):
    """By how many the stock changes, and why."""

    adjustment = units(-MOST_COUNTED, required=True, metadata={"description": "Negative takes pieces away"})
    reason = fields.String(
        required=True, validate=validate.OneOf([*BY_HAND, *ALSO_CALLED]), metadata={"description": "Why it changes"}
    )
    note = Line(300, 0, load_default="")


class KeyHeader(Schema):
    """What makes a request that is sent twice one correction."""

    class Meta:
        unknown = EXCLUDE

    key = text(
        100,
        data_key="Idempotency-Key",
        load_default=None,
        metadata={"description": "Sent again it corrects nothing more; with other values it is refused with 422"},
    )


class LedgerRow(Schema):
    """One change of what is on hand."""

    id = Key(required=True)
    units = fields.Integer(required=True)
    reason = fields.String(required=True)
    actor = fields.String(required=True)
    note = fields.String(required=True)
    order_id = Key(required=True, allow_none=True)
    undoes = Key(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
