"""Where a pincode lies."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint
from shop.api.schemas.shop import Place
from shop.lib.errors import NotFound, ShopError
from shop.store.countries import country
from shop.store.places import is_postal_code, place_of

bp = ApiBlueprint("address", "address", "Where a pincode lies")


@bp.get("/<pincode>")
@bp.response(200, Place)
def show(pincode: str) -> Any:
    """City, state and post offices of a pincode.

    422 for what is no pincode, 404 for one the directory does not know.
    """
    if not is_postal_code(pincode):
        raise ShopError(country().postal.wrong, field="pincode")
    found = place_of(pincode)
    if found is None:
        raise NotFound
    return found
