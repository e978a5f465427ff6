"""Occasions."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, Line, Paging, text
from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG


class OccasionQuery(Paging):
    """Which occasions."""

    occasion = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})


class OccasionChange(Schema):
    """What to change of an occasion."""

    occasion = Line(LONGEST_NAME, attribute="name", metadata={"description": "Its name"})
    slug = Line(LONGEST_SLUG, metadata={"description": "Its part of addresses"})


class NewOccasion(OccasionChange):
    """A new occasion."""

    occasion = Line(LONGEST_NAME, attribute="name", required=True, metadata={"description": "Its name"})


class OccasionRow(Schema):
    """What clothes are worn for."""

    id = Key(required=True)
    slug = fields.String(required=True)
    occasion = fields.String(required=True, attribute="name", metadata={"description": "Its name"})
