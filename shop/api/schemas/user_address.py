"""Saved addresses."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from shop.accounts.address_rules import RULES
from shop.api.schemas.fields import Key, Paging


class AddressQuery(Paging):
    """Which part of the address book."""


def _part(name: str, said: str = "", **kwargs: Any) -> fields.String:
    """A part of an address; accounts' own rules judge it."""
    return fields.String(
        metadata={"maxLength": RULES[name].longest} | ({"description": said} if said else {}), **kwargs
    )


class AddressChange(Schema):
    """What to change of an address. City and state left empty are filled from the pincode."""

    label = _part("label", "What to call it, like Home")
    name = _part("name", "Who receives the parcel")
    phone = _part("phone", "Whom the courier calls")
    house = _part("house", "Flat, house number, building")
    street = _part("street", "Street, area")
    landmark = _part("landmark")
    postal_code = _part("postal_code", "A pincode of the postal directory")
    city = _part("city")
    state = _part("state")
    is_default = fields.Boolean(metadata={"description": "Whether it is offered first; the first one saved is"})


class NewAddress(AddressChange):
    """A new address: name, phone, house, street and pincode are needed."""

    label = _part("label", "What to call it, like Home", load_default="Home")


class Address(Schema):
    """A saved address."""

    id = Key(required=True)
    label = fields.String(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True, metadata={"description": "E.164"})
    house = fields.String(required=True)
    street = fields.String(required=True)
    landmark = fields.String(required=True)
    postal_code = fields.String(required=True)
    city = fields.String(required=True)
    state = fields.String(required=True)
    country = fields.String(required=True)
    is_default = fields.Boolean(required=True)
