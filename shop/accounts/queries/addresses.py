"""Reads of address books."""

from __future__ import annotations

from sqlalchemy import Select, select

from shop.accounts.models import Address, AddressType
from shop.extensions import db

DEFAULT_AT = {
    AddressType.SHIPPING: Address.shipping_default_at,
    AddressType.BILLING: Address.billing_default_at,
}


def addresses_of(user_id: int, use: AddressType | None = None) -> Select[Address]:
    """A person's saved addresses, or those for a use; its default first (without a use shipping's), then the newest."""
    chosen_at = DEFAULT_AT[use or AddressType.SHIPPING]
    mine = select(Address).where(Address.user_id == user_id).order_by(chosen_at.desc().nulls_last(), Address.id.desc())
    return mine.where(Address.address_type.in_((use, AddressType.BOTH))) if use else mine


def default_address_of(user_id: int, use: AddressType) -> Address | None:
    """The address that is offered first for shipping or for billing, if one of them was chosen to be."""
    return db.session.scalars(addresses_of(user_id, use).where(DEFAULT_AT[use].is_not(None)).limit(1)).first()


def defaults_of(user_id: int) -> dict[AddressType, int]:
    """The ids of a person's default addresses, by their use."""
    found = {use: default_address_of(user_id, use) for use in DEFAULT_AT}
    return {use: address.id for use, address in found.items() if address}
