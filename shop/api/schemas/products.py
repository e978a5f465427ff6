"""Products on the shelf."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shop.api.schemas.fields import Key, Paging, PictureUrl, Price, text
from shop.catalog.wants import BANDS, SORTS


class ProductQuery(Paging):
    """Which products, in which order."""

    q = fields.String(metadata={"description": "Words to search for, the first twelve; a product has all of them"})
    brand_id = Key()
    category_id = Key(metadata={"description": "This category with everything below it"})
    occasion_id = Key()
    product_type_id = Key()
    color = text(40, metadata={"description": "Slug or name of a colour that any variant has"})
    size = text(20, metadata={"description": "Slug or label of a size that is in stock, in the color if one is asked"})
    attributes = text(
        400,
        metadata={
            "description": "Details as `name:value` with commas between, like `color:Red,size:L,fit:Slim`",
            "example": "fit:Slim,sleeve:Long",
        },
    )
    saved_sizes = text(
        400,
        metadata={
            "description": "Sizes as `/saved-sizes/` gives them, with commas; garments they name are limited to them",
            "example": "upper:m,lower:w32",
        },
    )
    discount = fields.Integer(
        validate=validate.OneOf(BANDS), metadata={"description": "At least this many percent below the regular price"}
    )
    out_of_stock = fields.Boolean(metadata={"description": "Only what is sold out, or only what is not"})
    min_price = Price()
    max_price = Price()
    sort = fields.String(load_default="recommended", validate=validate.OneOf(list(SORTS)))

    @validates_schema
    def _is_a_range(self, data: dict[str, Any], **_: Any) -> None:
        if "min_price" in data and "max_price" in data and data["min_price"] > data["max_price"]:
            raise ValidationError("The highest price is below the lowest.", "max_price")


class Color(Schema):
    """A colour with its swatch."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    hex = fields.String(required=True)


class VariantOffered(Schema):
    """One size and colour."""

    id = Key(required=True, attribute="variant.id")
    sku = fields.String(required=True, attribute="variant.sku")
    size = fields.String(required=True, attribute="variant.size.label")
    color = fields.Nested(Color, required=True, attribute="variant.colour")
    price = Price(required=True, attribute="variant.current_price")
    regular_price = Price(required=True, attribute="variant.price")
    sale_price = Price(required=True, allow_none=True, attribute="variant.sale_price")
    quantity = fields.Integer(required=True, metadata={"description": "Units for sale now"})


class PictureFile(Schema):
    """One width of a picture."""

    width = fields.Integer(required=True)
    url = fields.String(required=True)


class ProductPicture(Schema):
    """A picture in several widths; `color` is the slug of the colour it shows, null for all."""

    alt = fields.String(required=True, attribute="picture.alt")
    color = fields.String(required=True, allow_none=True, attribute="colour")
    files = fields.List(fields.Nested(PictureFile), required=True)


class ProductListed(Schema):
    """A product as a list shows it; the prices are those of its cheapest variant."""

    id = Key(required=True, attribute="product.id")
    slug = fields.String(required=True, attribute="product.slug")
    name = fields.String(required=True, attribute="product.name")
    description = fields.String(required=True, attribute="product.description")
    brand_id = Key(required=True, attribute="product.brand_id")
    brand = fields.String(required=True, attribute="product.brand.name")
    category_id = Key(required=True, attribute="product.category_id")
    category = fields.String(required=True, attribute="product.category.name")
    occasion_id = Key(required=True, allow_none=True, attribute="product.occasion_id")
    occasion = fields.String(required=True, allow_none=True)
    product_type_id = Key(required=True, attribute="product.product_type_id")
    product_type = fields.String(required=True, attribute="product.product_type.name")
    price = Price(required=True, attribute="row.price")
    was = Price(required=True, allow_none=True, attribute="row.was")
    discount_percent = fields.Integer(required=True, attribute="row.discount_percent")
    currency = fields.String(required=True)
    quantity = fields.Integer(required=True, metadata={"description": "Units for sale, of all variants together"})
    out_of_stock = fields.Boolean(required=True)
    colors = fields.List(fields.Nested(Color), required=True, attribute="row.colours")
    thumbnail_url = PictureUrl(required=True, allow_none=True, attribute="thumbnail")


class LegalFacts(Schema):
    """What the law wants said of a packaged product."""

    mrp = Price(required=True)
    hsn = fields.String(required=True)
    country_of_origin = fields.String(required=True)
    maker = fields.String(required=True)
    net_quantity = fields.String(required=True)


class ProductWhole(ProductListed):
    """A product with its variants and pictures."""

    specifications = fields.Dict(keys=fields.String(), required=True, attribute="product.specifications")
    legal = fields.Nested(LegalFacts, required=True, attribute="product")
    variants = fields.List(fields.Nested(VariantOffered), required=True)
    pictures = fields.List(fields.Nested(ProductPicture), required=True)
