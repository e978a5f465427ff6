"""A person's own data."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import text
from shop.api.schemas.new_passwords import LONGEST_PASSWORD


class Export(Schema):
    """How far an export is; it is ready when all parts are done."""

    parts = fields.Integer(required=True)
    parts_done = fields.Integer(required=True)
    asked_at = fields.AwareDateTime(required=True)
    ready_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True, metadata={"description": "In bytes"})


class Confirmed(Schema):
    """The password once more."""

    current_password = text(LONGEST_PASSWORD, required=True, load_only=True)
