"""The address book of the person the token speaks for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from shop.accounts.address_rules import checked
from shop.accounts.models import Address as SavedAddress
from shop.accounts.models import AddressType
from shop.accounts.queries.addresses import addresses_of, default_address_of, defaults_of
from shop.accounts.services import addresses
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.user_address import (
    USES,
    Address,
    AddressChange,
    AddressQuery,
    DefaultChange,
    NewAddress,
    UseQuery,
)
from shop.lib.errors import NotFound
from shop.lib.queries import slice_of

bp = ApiBlueprint("user_address", "user-address", "Where someone has parcels sent", guarded=True)


@bp.post("/")
@bp.body(NewAddress)
@bp.response(201, Address)
def create(values: dict[str, Any]) -> dict[str, Any]:
    """Save an address. An empty city or state is filled from the pincode; the first one of a use is its default."""
    is_default = values.pop("is_default", False)
    return _shown([addresses.add_address(_me(), _checked(values), is_default=is_default)])[0]


@bp.get("/")
@bp.query(AddressQuery)
@bp.lists(Address)
def index(query: dict[str, Any]) -> Any:
    """Saved addresses, the default for shipping first (or for what is asked), then the newest."""
    found = slice_of(_asked(query["address_type"], query["is_default"]), query["skip"], query["limit"])
    return _shown(found.items), total_of(found.total)


@bp.get("/default")
@bp.query(UseQuery)
@bp.response(200, Address)
def show_default(query: dict[str, Any]) -> dict[str, Any]:
    """The address that is offered first for shipping, or for billing; 404 where none is."""
    found = default_address_of(_me(), AddressType(query["address_type"]))
    if found is None:
        raise NotFound
    return _shown([found])[0]


@bp.get("/<key:item_id>")
@bp.response(200, Address)
def show(item_id: int) -> dict[str, Any]:
    """One saved address."""
    return _shown([addresses.address_of(_me(), item_id)])[0]


@bp.put("/<key:item_id>")
@bp.body(AddressChange)
@bp.response(200, Address)
def update(change: dict[str, Any], item_id: int) -> dict[str, Any]:
    """Change parts of an address; a new pincode fills city and state anew unless they are sent along."""
    address = addresses.address_of(_me(), item_id)
    if not change:
        raise NothingToChange
    is_default = change.pop("is_default", None)
    values = _checked(_values(address) | _left_open(address, change) | change)
    return _shown([addresses.change_address(_me(), item_id, values, is_default=is_default)])[0]


@bp.put("/<key:item_id>/set-default")
@bp.body(DefaultChange, required=False)
@bp.response(200, Address)
def set_default(change: dict[str, Any], item_id: int) -> dict[str, Any]:
    """Offer an address first, for one of its uses or for all; or no longer."""
    use = AddressType(change["address_type"]) if change["address_type"] else None
    choose = addresses.make_default if change["is_default"] else addresses.unmake_default
    return _shown([choose(_me(), item_id, use)])[0]


@bp.delete("/<key:item_id>")
@bp.response(200, Deleted)
def remove(item_id: int) -> dict[str, bool]:
    """Forget an address. Orders keep theirs."""
    addresses.delete_address(_me(), item_id)
    return {"deleted": True}


def _asked(address_type: str | None, is_default: bool | None) -> Select[SavedAddress]:
    """The addresses a query means; `both` are those that were saved for both."""
    use = AddressType(address_type) if address_type in USES else None
    found = addresses_of(_me(), use)
    if address_type == AddressType.BOTH:
        found = found.where(SavedAddress.address_type == AddressType.BOTH)
    if is_default is None:
        return found
    ids = {kept for kind, kept in defaults_of(_me()).items() if use in {None, kind}}
    return found.where(SavedAddress.id.in_(ids) if is_default else SavedAddress.id.not_in(ids))


def _checked(values: dict[str, Any]) -> dict[str, str]:
    """An address whose parts keep the rules; what it is for stands beside them."""
    return checked(values) | {"address_type": values["address_type"]}


def _left_open(address: SavedAddress, change: dict[str, Any]) -> dict[str, str]:
    """City and state of the pincode before mean nothing for a new one."""
    has_moved = change.get("postal_code", address.postal_code) != address.postal_code
    return {"city": "", "state": ""} if has_moved else {}


def _values(address: SavedAddress) -> dict[str, Any]:
    return {name: getattr(address, name) for name in addresses.FIELDS}


def _shown(found: list[SavedAddress]) -> list[dict[str, Any]]:
    defaults = defaults_of(_me())
    return [_values(address) | {"id": address.id} | _place(address, defaults) for address in found]


def _place(address: SavedAddress, defaults: dict[AddressType, int]) -> dict[str, Any]:
    """Where an address stands among the others."""
    chosen = [use for use, address_id in defaults.items() if address_id == address.id]
    return {"is_default": bool(chosen), "default_for": chosen}


def _me() -> int:
    return visitor().user_id or 0
