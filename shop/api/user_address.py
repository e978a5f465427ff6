"""The address book of the person the token speaks for."""

from __future__ import annotations

from typing import Any

from shop.accounts.address_rules import checked
from shop.accounts.models import Address as SavedAddress
from shop.accounts.queries import addresses_of, default_address_id
from shop.accounts.services import addresses
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.user_address import Address, AddressChange, AddressQuery, NewAddress
from shop.lib.queries import slice_of

bp = ApiBlueprint("user_address", "user-address", "Where someone has parcels sent", guarded=True)


@bp.post("/")
@bp.body(NewAddress)
@bp.response(201, Address)
def create(values: dict[str, Any]) -> dict[str, Any]:
    """Save an address. An empty city or state is filled from the pincode; the first address is the default."""
    is_default = values.pop("is_default", False)
    return _shown([addresses.add_address(_me(), checked(values), is_default=is_default)])[0]


@bp.get("/")
@bp.query(AddressQuery)
@bp.lists(Address)
def index(query: dict[str, Any]) -> Any:
    """Saved addresses, the default first, then the newest."""
    found = slice_of(addresses_of(_me()), query["skip"], query["limit"])
    return _shown(found.items), total_of(found.total)


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
    values = checked(_values(address) | _left_open(address, change) | change)
    return _shown([addresses.change_address(_me(), item_id, values, is_default=is_default)])[0]


@bp.delete("/<key:item_id>")
@bp.response(200, Deleted)
def remove(item_id: int) -> dict[str, bool]:
    """Forget an address. Orders keep theirs."""
    addresses.delete_address(_me(), item_id)
    return {"deleted": True}


def _left_open(address: SavedAddress, change: dict[str, Any]) -> dict[str, str]:
    """City and state of the pincode before mean nothing for a new one."""
    has_moved = change.get("postal_code", address.postal_code) != address.postal_code
    return {"city": "", "state": ""} if has_moved else {}


def _values(address: SavedAddress) -> dict[str, Any]:
    return {name: getattr(address, name) for name in addresses.FIELDS}


def _shown(found: list[SavedAddress]) -> list[dict[str, Any]]:
    default_id = default_address_id(_me())
    return [_values(address) | {"id": address.id, "is_default": address.id == default_id} for address in found]


def _me() -> int:
    return visitor().user_id or 0
