"""Saved addresses."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from shop.accounts.address_rules import RULES
from shop.accounts.models import AddressType
from shop.api.schemas.fields import Key, Paging

TYPES = [one.value for one in AddressType]
USES = [use.value for use in AddressType.BOTH.uses]


class AddressQuery(Paging):
    """Which part of the address book."""

    address_type = fields.String(load_default=None, validate=validate.OneOf(TYPES), metadata={
        "description": "Those for shipping or for billing, or only those for both"})  # fmt: skip
    is_default = fields.Boolean(load_default=None, metadata={"description": "Only defaults, or only the others"})


class UseQuery(Schema):
    """For what."""

    address_type = fields.String(load_default="shipping", validate=validate.OneOf(USES))


class DefaultChange(Schema):
    """Whether an address is offered first, for one of its uses or for all."""

    is_default = fields.Boolean(load_default=True)
    address_type = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(USES))


def _part(name: str, said: str = "", **kwargs: Any) -> fields.String:
    """A part of an address; accounts' own rules judge it."""
    return fields.String(
        metadata={"maxLength": RULES[name].longest} | ({"description": said} if said else {}), **kwargs
    )


class AddressChange(Schema):
    """What to change of an address. City and state left empty are filled from the pincode."""

    label = _part("label", "What to call it, like Home")
    address_type = fields.String(validate=validate.OneOf(TYPES))
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
    address_type = fields.String(load_default=AddressType.BOTH.value, validate=validate.OneOf(TYPES))


class Address(Schema):
    """A saved address."""

    id = Key(required=True)
    label = fields.String(required=True)
    address_type = fields.String(required=True, validate=validate.OneOf(TYPES))
    name = fields.String(required=True)
    phone = fields.String(required=True, metadata={"description": "E.164"})
    house = fields.String(required=True)
    street = fields.String(required=True)
    landmark = fields.String(required=True)
    postal_code = fields.String(required=True)
    city = fields.String(required=True)
    state = fields.String(required=True)
    country = fields.String(required=True)
    is_default = fields.Boolean(required=True, metadata={"description": "For one of its uses at least"})
    default_for = fields.List(fields.String(validate=validate.OneOf(USES)), required=True)
