"""Products as their owner makes and changes them."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shop.api.schemas.fields import FROM_TO, Key, Line, Price, Whole, text
from shop.api.schemas.logs import moment
from shop.api.schemas.products import Color, LegalFacts
from shop.catalog.models.lookups import LONGEST_NAME
from shop.lib.money import Money
from shop.merchandising.products.skus import LONGEST_SKU
from shop.merchandising.products.slugs import LONGEST
from shop.merchandising.products.wanted import MOST_MM, MOST_VARIANTS

HSN = "^([0-9]{4}|[0-9]{6}|[0-9]{8})$"
MOST_DETAILS, MOST_LEVELS = 50, 10
SOLD = ("price", "sale_price", "quantity", "color", "size")
"""What a product says that comes in one colour and size only."""


def _read(value: Any) -> Any:
    """What a form sends as text, read."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValidationError("Send it as JSON.") from error


def _more_than_nothing(value: Money | None) -> None:
    if value is not None and not value:
        raise ValidationError("The amount must be more than 0.")


def _no_colons(value: dict[str, str]) -> None:
    if any(":" in name for name in value):
        raise ValidationError("A name has no colon in it.")


def amount(**kwargs: Any) -> Price:
    """A price, which is more than nothing."""
    return Price(validate=_more_than_nothing, **kwargs)


class VariantField(fields.Nested):
    """A variant; in a form as the text of its JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, partial: Any = None, **kwargs: Any) -> Any:
        return super()._deserialize(_read(value), attr, data, partial, **kwargs)


class Details(fields.Dict):
    """Names with their values, as lines of the product's page; in a form as the text of its JSON."""

    def __init__(self, **kwargs: Any) -> None:
        keys = Line(60, metadata={"pattern": "^[^:]+$"})
        super().__init__(keys, Line(300), validate=[validate.Length(max=MOST_DETAILS), _no_colons], **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(_read(value), attr, data, **kwargs)


def _packed(**kwargs: Any) -> Whole:
    """A weight or a measure of what is packed."""
    return Whole(validate=validate.Range(0, MOST_MM, error=FROM_TO), **kwargs)


class VariantChange(Schema):
    """What to change of a variant; one that is not active is not sold."""

    sku = Line(LONGEST_SKU)
    price = amount()
    sale_price = amount(allow_none=True)
    weight_grams = _packed()
    length_mm = _packed()
    width_mm = _packed()
    height_mm = _packed()
    active = fields.Boolean(attribute="is_sold")


class NewVariant(VariantChange):
    """A colour and size by name or slug; without a SKU one is made from the product's address."""

    class Meta:
        exclude = ("active",)

    color = Line(80)
    size = Line(20)
    price = amount(required=True)
    quantity = Whole(attribute="units", validate=validate.Range(0, 999_999, error=FROM_TO))


class ProductChange(Schema):
    """What to change of a product; with the `version` that was read only if nobody changed it since."""

    name = Line(160)
    slug = Line(
        LONGEST, metadata={"description": "The end of its page's address; after a change the one before leads there"}
    )
    description = text(5000, 0)
    brand_id = Key()
    category_id = Key()
    occasion_id = Key(allow_none=True)
    product_type_id = Key()
    kind = fields.String(validate=validate.OneOf(["physical"], error="The shop sells physical goods only."))
    specifications = Details()
    tax_class = Line(20)
    hsn = fields.String(validate=validate.Regexp(HSN, error="An HSN code has 4, 6 or 8 digits."))
    mrp = amount()
    country_of_origin = Line(60)
    maker = Line(240, 0, metadata={"description": "Who made, packed or imported it"})
    net_quantity = Line(40)
    featured = fields.Boolean(attribute="is_featured")
    published = fields.Boolean(attribute="is_published", metadata={"description": "Whether it is on the shelf"})
    publish_at = moment(allow_none=True, metadata={"description": "When a hidden one comes on the shelf"})
    version = Line(16)


class NewProduct(ProductChange):
    """A new product with its `variants`, or, where it comes in one, with that one's price and quantity.

    Its category is named by id, or by `category_path` from the top down, of which what is missing is made.
    """

    class Meta:
        exclude = ("version",)

    name = Line(160, required=True)
    slug = Line(LONGEST, metadata={"description": "The end of its page's address; made from the name without one"})
    brand_id = Key(required=True)
    category_path = fields.List(Line(LONGEST_NAME), validate=validate.Length(1, MOST_LEVELS))
    product_type_id = Key(required=True)
    hsn = fields.String(required=True, validate=validate.Regexp(HSN, error="An HSN code has 4, 6 or 8 digits."))
    mrp = amount(required=True)
    variants = fields.List(VariantField(NewVariant), validate=validate.Length(1, MOST_VARIANTS))
    color = Line(80)
    size = Line(20)
    price = amount()
    sale_price = amount(allow_none=True)
    quantity = Whole(validate=validate.Range(0, 999_999, error=FROM_TO))

    @validates_schema
    def _says_each_once(self, data: dict[str, Any], **_: Any) -> None:
        if ("category_id" in data) == ("category_path" in data):
            raise ValidationError("Send either category_id or category_path.", "category_id")
        if ("variants" in data) == ("price" in data) or ("variants" in data and any(one in data for one in SOLD)):
            raise ValidationError("Send either variants or the price of the one there is.", "price")


class VariantKept(Schema):
    """One colour and size."""

    id = Key(required=True)
    sku = fields.String(required=True)
    size = fields.String(required=True)
    color = fields.Nested(Color, required=True)
    price = Price(required=True)
    sale_price = Price(required=True, allow_none=True)
    weight_grams = fields.Integer(required=True)
    length_mm = fields.Integer(required=True)
    width_mm = fields.Integer(required=True)
    height_mm = fields.Integer(required=True)
    quantity = fields.Integer(required=True, metadata={"description": "Units for sale now"})
    active = fields.Boolean(required=True, metadata={"description": "Whether it is sold"})


class ProductKept(Schema):
    """A product as its owner keeps it, on the shelf or not."""

    id = Key(required=True)
    slug = fields.String(required=True, attribute="fields.slug")
    name = fields.String(required=True, attribute="fields.name")
    description = fields.String(required=True, attribute="fields.description")
    brand_id = Key(required=True, attribute="fields.brand_id")
    category_id = Key(required=True, attribute="fields.category_id")
    category_path = fields.String(required=True, attribute="category", metadata={"description": "Slugs, by slashes"})
    occasion_id = Key(required=True, allow_none=True, attribute="fields.occasion_id")
    product_type_id = Key(required=True, attribute="fields.product_type_id")
    kind = fields.String(required=True, dump_default="physical")
    specifications = fields.Dict(keys=fields.String(), required=True, attribute="fields.specifications")
    tax_class = fields.String(required=True, attribute="fields.tax_class")
    legal = fields.Nested(LegalFacts, required=True, attribute="fields")
    featured = fields.Boolean(required=True, attribute="fields.is_featured")
    published = fields.Boolean(required=True, attribute="fields.is_published")
    publish_at = fields.AwareDateTime(required=True, allow_none=True, attribute="fields.publish_at")
    variants = fields.List(fields.Nested(VariantKept), required=True)
    version = fields.String(required=True)
