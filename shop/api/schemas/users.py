"""People with an account."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key


class User(Schema):
    """A person with an account; at least one of e-mail and phone is there."""

    id = Key(required=True)
    first_name = fields.String(required=True)
    last_name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True, metadata={"description": "As E.164, +919845012345"})
    email_verified_at = fields.AwareDateTime(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    last_login_at = fields.AwareDateTime(required=True, allow_none=True)
