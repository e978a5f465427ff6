"""Brands."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Line, NoPicture, Paging, PictureAddress, text
from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG

LONGEST_DESCRIPTION = 5000


class BrandQuery(Paging):
    """Which brands; those that are not active are for those who may change them."""

    name = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})


class BrandChange(Schema):
    """What to change of a brand; its logo may come as the file `logo` of a multipart."""

    name = Line(LONGEST_NAME)
    slug = Line(LONGEST_SLUG, metadata={"description": "Its part of addresses"})
    description = text(LONGEST_DESCRIPTION, 0)
    is_active = fields.Boolean(attribute="active", metadata={"description": "Whether listings show its products"})
    logo = NoPicture()


class NewBrand(BrandChange):
    """A new brand."""

    name = Line(LONGEST_NAME, required=True)


class Brand(Schema):
    """Who makes it."""

    id = Key(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    is_active = fields.Boolean(required=True, attribute="active")
    logo_url = PictureAddress(required=True, attribute="logo")
