"""Lookups: what states and ways to pay are called."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from shop.api.schemas.fields import FROM_TO, Key, Paging, Whole, text

LONGEST = 60
PLACES = validate.Range(1, 1_000_000, error=FROM_TO)


class Words(fields.String):
    """Text without white space around it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return str(super()._deserialize(value, attr, data, **kwargs)).strip()


def label(**kwargs: Any) -> fields.String:
    """What a row is called."""
    plain = text(LONGEST)
    return Words(validate=plain.validators, attribute="label", **kwargs)


class LookupRow(Schema):
    """One row: `idx` is its place, `code` what the shop's program calls it; of several labels the newest is shown."""

    id = Key(required=True)
    idx = fields.Integer(required=True)
    code = fields.String(required=True)
    built_in = fields.Boolean(required=True)


class LookupChange(Schema):
    """What may be changed of a row."""

    idx = Whole(validate=PLACES)


class LookupNew(Schema):
    """A further label for a code; without `idx` it comes last."""

    code = text(LONGEST, required=True)
    idx = Whole(validate=PLACES)


class LookupStatusQuery(Paging):
    """Which rows."""

    word = text(LONGEST, data_key="status_q", metadata={"description": "Exactly this status"})


class LookupTypeQuery(Paging):
    """Which rows."""

    word = text(LONGEST, data_key="type_q", metadata={"description": "Exactly this type"})


class LookupStatusRow(LookupRow):
    status = fields.String(required=True, attribute="label")


class LookupStatusChange(LookupChange):
    status = label()


class LookupStatusNew(LookupNew):
    status = label(required=True)


class LookupTypeRow(LookupRow):
    type = fields.String(required=True, attribute="label")


class LookupTypeChange(LookupChange):
    type = label()


class LookupTypeNew(LookupNew):
    type = label(required=True)
