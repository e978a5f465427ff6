"""Kinds of garments."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key


class SizeTable(Schema):
    """Measurements in centimetres, a row for each size; empty where a kind has none."""

    columns = fields.List(fields.String(), required=True)
    rows = fields.List(fields.List(fields.String()), required=True)
    note = fields.String(required=True)


class ProductTypeRow(Schema):
    """A kind of garment with its sizes."""

    id = Key(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    size_table = fields.Nested(SizeTable, required=True, attribute="whole_size_table")
