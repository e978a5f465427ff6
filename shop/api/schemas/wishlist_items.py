"""Products someone likes."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.cart_items import SizeChange
from shop.api.schemas.fields import Key, Paging, PictureUrl, Price, text


class WishlistItemQuery(Paging):
    """Which items."""

    product_id = Key(metadata={"description": "Only the item of this product"})


class NewWishlistItem(Schema):
    """What someone likes."""

    product_id = Key(required=True)
    color = text(40, metadata={"description": "Name or slug of the color it was seen in"})


class WishlistItemChange(Schema):
    """What may be changed of an item."""

    color = text(40, allow_none=True, metadata={"description": "Name or slug of a color it comes in; null for none"})


class SizeWanted(SizeChange):
    """Which size goes into the bag; without a color the one it was liked in."""


class WishlistItem(Schema):
    """A product someone likes, as it is sold now."""

    id = Key(required=True)
    product_id = Key(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    brand = fields.String(required=True)
    color = fields.String(required=True, allow_none=True, attribute="colour")
    price = Price(required=True, allow_none=True, metadata={"description": "Null when it is not sold any more"})
    was = Price(required=True, allow_none=True, metadata={"description": "The regular price, while it is reduced"})
    in_stock = fields.Boolean(required=True)
    thumbnail_url = PictureUrl(required=True, allow_none=True, attribute="picture")
    added_at = fields.AwareDateTime(required=True)
