"""Pictures of products."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from shop.api.schemas.fields import Key, Line, Paging, PictureUrl
from shop.api.schemas.products import PictureFile
from shop.catalog.models.products import LONGEST_ALT
from shop.lib.http.answers import absolute
from shop.merchandising.pictures.rules import MOST

COLOR = {"description": "Slug or name of a colour the product comes in; null for all its colours"}


class ProductImageQuery(Paging):
    """Of which product."""

    product_id = Key(metadata={"description": "Only pictures of this product"})


class ProductImageChange(Schema):
    """What to change of a picture; another file may come as `image` of a multipart."""

    alt = Line(LONGEST_ALT, 0, metadata={"description": "What can be seen, for those who cannot"})
    color = Line(80, 0, allow_none=True, metadata=COLOR)
    is_primary = fields.Boolean(
        validate=validate.Equal(True, error="Make another picture the primary one."),
        metadata={"description": "True puts it first"},
    )
    position = fields.Integer(validate=validate.Range(0, MOST), metadata={"description": "Its place, 0 for the first"})


class NewProductImage(ProductImageChange):
    """A picture for a product; the file comes as `image` of a multipart."""

    product_id = Key(required=True)
    variant_id = Key(metadata={"description": "A variant whose colour it shows, instead of `color`"})


class ProductImage(Schema):
    """A picture of a product. New ones have further widths within a minute."""

    id = Key(required=True)
    product_id = Key(required=True)
    url = PictureUrl(960, required=True, attribute="shown")
    alt = fields.String(required=True)
    color = fields.String(required=True, allow_none=True)
    position = fields.Integer(required=True)
    is_primary = fields.Boolean(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    files = fields.List(fields.Nested(PictureFile), required=True)


def plain(picture: Any, shown: Any) -> dict[str, Any]:
    """A picture as the schema reads it, while its unit is open."""
    order = [one.id for one in picture.product.pictures]
    return {
        "id": picture.id,
        "product_id": picture.product_id,
        "shown": shown,
        "alt": picture.alt,
        "color": picture.colour.slug if picture.colour else None,
        "position": order.index(picture.id),
        "is_primary": order[0] == picture.id,
        "width": picture.width,
        "height": picture.height,
        "files": [{"width": width, "url": absolute(shown.url(width))} for width in shown.widths],
    }
