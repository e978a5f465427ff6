"""Who the shop is (STO-01), for those who may change it."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Deleted, Paging
from shop.api.schemas.store_details import Details, DetailsChange, NewDetails
from shop.lib.queries import slice_of
from shop.store import profiles

bp = ApiBlueprint("store_details", "store-details", "Who the shop is")
owner = needs(Permission.STORE_UPDATE)


@bp.get("/")
@owner
@bp.query(Paging)
@bp.lists(Details)
def index(query: dict[str, Any]) -> Any:
    """All records, the active one first."""
    found = slice_of(profiles.profiles(), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.post("/")
@owner
@bp.body(NewDetails)
@bp.response(201, Details)
def create(values: dict[str, Any]) -> Any:
    """Add a record; it is not active yet.

    409 where another record has the GSTIN or the PAN.
    """
    return profiles.create_profile(values)


@bp.get("/<key:item_id>")
@owner
@bp.response(200, Details)
def show(item_id: int) -> Any:
    """One record."""
    return profiles.profile(item_id)


@bp.put("/<key:item_id>")
@owner
@bp.body(DetailsChange)
@bp.response(200, Details)
def change(values: dict[str, Any], item_id: int) -> Any:
    """Change the fields that are sent; with `is_active` true it is the one that every page shows.

    400 where no field is sent; 409 where another record has the GSTIN or the PAN, and for another country after the
    first order.
    """
    if not values:
        raise NothingToChange
    is_active = values.pop("is_active", False)
    record = profiles.change_profile(item_id, values)
    if is_active:
        profiles.activate(item_id)
    return record


@bp.delete("/<key:item_id>")
@owner
@bp.response(200, Deleted)
def delete(item_id: int) -> dict[str, bool]:
    """Delete a record. 400 for the active one."""
    profiles.delete_profile(item_id)
    return {"deleted": True}
