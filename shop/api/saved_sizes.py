"""The sizes a person saved, for lists in them."""

from __future__ import annotations

from typing import Any

from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.saved_sizes import Saved, SavedSizes
from shop.catalog import saved_sizes
from shop.catalog.models.saved_sizes import Wearer

bp = ApiBlueprint("saved_sizes", "saved-sizes", "The sizes a person saved", guarded=True)


@bp.get("/")
@bp.lists(Saved)
def index() -> Any:
    """The sizes saved for yourself, a partner and a child, as `garment:size`."""
    found = saved_sizes.saved_by(visitor().user_id or 0)
    return [{"wearer": wearer, "sizes": sizes} for wearer, sizes in found.items()], total_of(len(found))


@bp.put("/<any(own, partner, child):wearer>")
@bp.body(SavedSizes)
@bp.response(200, Saved)
def save(values: dict[str, Any], wearer: str) -> dict[str, Any]:
    """Save exactly these for one of them. 422 for a size nobody knows."""
    saved_sizes.save(visitor().user_id or 0, Wearer(wearer), values["sizes"])
    return {"wearer": wearer, "sizes": sorted(set(values["sizes"]))}
