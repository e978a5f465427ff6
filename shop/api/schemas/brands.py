"""Brands."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Paging, text


class BrandQuery(Paging):
    """Which brands."""

    name = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})


class Brand(Schema):
    """Who makes it."""

    id = Key(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
