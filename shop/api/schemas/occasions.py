"""Occasions."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Paging, text


class OccasionQuery(Paging):
    """Which occasions."""

    occasion = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})


class OccasionRow(Schema):
    """What clothes are worn for."""

    id = Key(required=True)
    slug = fields.String(required=True)
    occasion = fields.String(required=True, attribute="name", metadata={"description": "Its name"})
