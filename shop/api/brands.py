"""Brands."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.brands import Brand, BrandQuery
from shop.catalog import lookups
from shop.lib.queries import one_or_404, slice_of

bp = ApiBlueprint("brands", "brands", "Who makes it")


@bp.get("/")
@bp.query(BrandQuery)
@bp.lists(Brand)
def index(query: dict[str, Any]) -> Any:
    """Brands by name."""
    found = slice_of(lookups.brands(query.get("name"), query.get("q")), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, Brand)
def show(item_id: int) -> Any:
    """One brand."""
    return one_or_404(lookups.brand(item_id))
