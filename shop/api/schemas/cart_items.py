"""Lines of the bag."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shop.api.schemas.fields import Key, Paging, PictureUrl, Price, Whole, text
from shop.cart.errors import MOST, BadQuantity

PROBLEMS = ("gone", "sold_out", "less_left", "price_up", "price_down")
HOW_MANY = validate.Range(1, MOST, error=str(BadQuantity()))
ONE_COLOR = {"description": "Name or slug; needed where a size comes in several colors"}


class CartItemQuery(Paging):
    """Which lines."""

    product_id = Key(metadata={"description": "Only lines of this product"})


class SizeChange(Schema):
    """Which size and color; `variant_id` alone says both."""

    size = text(20)
    color = text(40, metadata=ONE_COLOR)
    variant_id = Key()


class CartItemChange(SizeChange):
    """What to change of a line."""

    quantity = Whole(validate=HOW_MANY)


class NewCartItem(SizeChange):
    """What goes into the bag."""

    product_id = Key(required=True)
    quantity = Whole(load_default=1, validate=HOW_MANY)


class CartItem(Schema):
    """Units of one variant, priced now."""

    id = Key(required=True)
    product_id = Key(required=True)
    variant_id = Key(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    brand = fields.String(required=True)
    size = fields.String(required=True)
    color = fields.String(required=True, attribute="colour")
    quantity = fields.Integer(required=True)
    unit_price = Price(required=True)
    was = Price(required=True, allow_none=True, metadata={"description": "The regular price, while it is reduced"})
    total = Price(required=True)
    for_sale = fields.Integer(required=True, metadata={"description": "How many units there are"})
    problem = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf([*PROBLEMS, None]),
        metadata={"description": "What changed since it was put in, or what stops it from being ordered"},
    )
    problem_text = fields.String(required=True, allow_none=True, metadata={"description": "The same as a sentence"})
    thumbnail_url = PictureUrl(required=True, allow_none=True, attribute="picture")
