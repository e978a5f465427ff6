"""Lines of orders."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Paging, PictureUrl, Price
from shop.api.schemas.labels import code, label
from shop.catalog.pictures import picture_from
from shop.orders.labels import ORDER_STATUS


class SnapshotUrl(PictureUrl):
    """The whole address of a picture that a snapshot kept."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return super()._serialize(picture_from(value), attr, obj, **kwargs)


class OrderItemQuery(Paging):
    """Which lines."""

    order_id = Key(metadata={"description": "Only lines of this order"})
    product_id = Key(metadata={"description": "Only lines of this product"})


class DeskItemQuery(OrderItemQuery):
    """Which lines of everybody's."""

    user_id = Key(metadata={"description": "Only lines of this person's orders"})


class OrderLine(Schema):
    """Units of one variant, as they were sold."""

    id = Key(required=True)
    product_id = Key(required=True)
    variant_id = Key(required=True)
    sku = fields.String(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    brand = fields.String(required=True)
    color = fields.String(required=True, attribute="colour")
    size = fields.String(required=True)
    quantity = fields.Integer(required=True)
    unit_price = Price(required=True)
    discount = Price(required=True)
    total = Price(required=True)
    tax = Price(required=True, attribute="tax_contained")
    thumbnail_url = SnapshotUrl(required=True, allow_none=True, attribute="picture")


class OrderItem(OrderLine):
    """A line with the order it belongs to."""

    order_id = Key(required=True)
    order_number = fields.String(required=True, attribute="order.number")
    status = code("order.state", "order status")
    status_label = label(ORDER_STATUS, "order.state")
    placed_at = fields.AwareDateTime(required=True, attribute="order.placed_at")
