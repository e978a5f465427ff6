"""Sizes that are saved."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shop.api.schemas.fields import text

MOST = 100


class SavedSizes(Schema):
    """Sizes as `garment:size`, such as `upper:m` or `lower:w32`."""

    sizes = fields.List(text(40), required=True, validate=validate.Length(max=MOST))


class Saved(SavedSizes):
    """Whose sizes they are: own, partner or child."""

    wearer = fields.String(required=True)
