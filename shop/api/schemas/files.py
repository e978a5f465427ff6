"""Files."""

from __future__ import annotations

from marshmallow import Schema, fields

from shop.api.schemas.fields import Key, PictureAddress
from shop.lib.files.kinds import WEBP


class NewFile(Schema):
    """A picture comes as `file` of a multipart, and nothing beside it."""


class StoredFile(Schema):
    """A picture that is kept."""

    id = Key(required=True)
    url = PictureAddress(required=True, attribute="picture")
    media_type = fields.Constant(WEBP, required=True)
    size = fields.Integer(required=True, metadata={"description": "In bytes, as it is kept"})
    created_at = fields.DateTime(required=True)
