"""The store's details."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from shop.api.schemas.fields import Key
from shop.store.models import StoreProfile
from shop.store.profile_rules import LONGEST, MOST_LINES


def _detail(name: str, said: str = "", **kwargs: Any) -> fields.String:
    """A detail; the store's own rules judge it."""
    return fields.String(metadata={"maxLength": LONGEST[name]} | ({"description": said} if said else {}), **kwargs)


LINES = fields.List(
    fields.String(), validate=validate.Length(max=MOST_LINES), metadata={"description": "As it is printed"}
)


class DetailsChange(Schema):
    """What to change of a record."""

    name = _detail("name")
    legal_name = _detail("legal_name", "The company or person who sells")
    email = _detail("email", "Where customers write to")
    phone = _detail("phone")
    address_lines = LINES
    state = _detail("state", "State or division of the country")
    gstin = _detail("gstin", "Of stores in India; its check character has to fit")
    pan = _detail("pan", "Of stores in India")
    grievance_officer = _detail("grievance_officer")
    announcement = _detail("announcement", "One line above every page; empty for none")
    instagram = _detail("instagram", "An address that begins with https://")
    facebook = _detail("facebook", "An address that begins with https://")
    youtube = _detail("youtube", "An address that begins with https://")
    x = _detail("x", "An address that begins with https://")
    country = _detail("country", "IN or BD; brings currency, locale and time zone, and stays after the first order")
    is_active = fields.Boolean(metadata={"description": "True makes it the active one; another takes over, never none"},
                               validate=validate.Equal(True))  # fmt: skip


class NewDetails(DetailsChange):
    """A new record; name, legal name, e-mail, address and country are needed."""

    class Meta:
        exclude = ("is_active",)

    name = _detail("name", required=True)
    legal_name = _detail("legal_name", "The company or person who sells", required=True)
    email = _detail("email", "Where customers write to", required=True)
    country = _detail("country", "IN or BD; brings currency, locale and time zone", required=True)


def _page(network: str) -> fields.Function:
    def address(row: StoreProfile) -> str | None:
        return row.social.get(network)

    return fields.Function(address, required=True, allow_none=True, metadata={"type": "string"})


class Details(Schema):
    """A record of the store's details."""

    id = Key(required=True)
    is_active = fields.Function(lambda row: row.active_at is not None, required=True, metadata={"type": "boolean"})
    name = fields.String(required=True)
    legal_name = fields.String(required=True)
    email = fields.String(required=True)
    phone = fields.String(required=True)
    address_lines = fields.List(fields.String(), required=True)
    state = fields.String(required=True)
    gstin = fields.String(required=True, allow_none=True)
    pan = fields.String(required=True, allow_none=True)
    grievance_officer = fields.String(required=True, allow_none=True)
    announcement = fields.String(required=True, allow_none=True)
    instagram = _page("instagram")
    facebook = _page("facebook")
    youtube = _page("youtube")
    x = _page("x")
    country = fields.String(required=True)
    currency = fields.String(required=True)
    locale = fields.String(required=True)
    time_zone = fields.String(required=True)
