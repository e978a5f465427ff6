"""The shop itself: whether it answers, which version, where a postal code lies."""

from __future__ import annotations

from marshmallow import Schema, fields


class Health(Schema):
    """The shop answers."""

    status = fields.String(required=True)


class Version(Schema):
    """Which API this is."""

    version = fields.String(required=True)


class Place(Schema):
    """Where a pincode lies; the postal directory knows the city by its district."""

    pincode = fields.String(required=True, attribute="code")
    city = fields.String(required=True)
    district = fields.String(required=True)
    state = fields.String(required=True)
    country = fields.String(required=True)
    post_offices = fields.List(fields.String(), required=True)
