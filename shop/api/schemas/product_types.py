"""Kinds of garments."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from shop.api.schemas.fields import Key, Line, NoPicture, Paging, PictureAddress, text
from shop.catalog.models.lookups import LONGEST_NAME, LONGEST_SLUG, Garment
from shop.lib.errors import ShopError
from shop.merchandising.lookups.size_tables import LONGEST_NOTE, MOST_COLUMNS, MOST_ROWS, checked_table

GARMENTS = [garment.value for garment in Garment]


class ProductTypeQuery(Paging):
    """Which kinds."""

    name = text(80, metadata={"description": "Exactly this name"})
    q = text(80, metadata={"description": "Part of the name"})


class SizeTable(Schema):
    """Measurements in centimetres, a row for each size; empty where a kind has none."""

    columns = fields.List(fields.String(), required=True)
    rows = fields.List(fields.List(fields.String()), required=True)
    note = fields.String(required=True)


class NewSizeTable(Schema):
    """Measurements in centimetres, a row for each size with a cell for each column; empty lists for none."""

    columns = fields.List(fields.String(), required=True, validate=validate.Length(max=MOST_COLUMNS))
    rows = fields.List(fields.List(fields.String()), required=True, validate=validate.Length(max=MOST_ROWS))
    note = text(LONGEST_NOTE, 0, load_default="")


class SizeTableField(fields.Nested):
    """A size table; in a form as the text of its JSON."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(NewSizeTable, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, partial: Any = None, **kwargs: Any) -> Any:
        table = super()._deserialize(_read(value), attr, data, partial, **kwargs)
        try:
            return checked_table(**table)
        except ShopError as error:
            raise ValidationError(str(error)) from error


class ProductTypeChange(Schema):
    """What to change of a kind; `thumbnail` and `size_chart` may come as files of a multipart."""

    name = Line(LONGEST_NAME)
    slug = Line(LONGEST_SLUG, metadata={"description": "Its part of addresses"})
    garment = fields.String(validate=validate.OneOf(GARMENTS), metadata={"description": "What it dresses"})
    size_table = SizeTableField()
    thumbnail = NoPicture()
    size_chart = NoPicture(attribute="chart")


class NewProductType(ProductTypeChange):
    """A new kind of garment."""

    name = Line(LONGEST_NAME, required=True)


class WholeTable(fields.Nested):
    """A size table with all its parts, whatever is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(SizeTable, **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        return super()._serialize({"columns": [], "rows": [], "note": ""} | (value or {}), attr, obj, **kwargs)


class ProductTypeRow(Schema):
    """A kind of garment with its sizes."""

    id = Key(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    garment = fields.String(required=True, validate=validate.OneOf(GARMENTS))
    size_table = WholeTable(required=True)
    thumbnail_url = PictureAddress(required=True, attribute="thumbnail")
    size_chart_url = PictureAddress(required=True, attribute="chart")


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (RecursionError, ValueError):
        raise ValidationError("Write the table as JSON.") from None
