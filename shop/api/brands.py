"""Brands."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.brands import Brand, BrandChange, BrandQuery, NewBrand
from shop.api.sorted_by import Shapes, add_writes
from shop.catalog import lookups
from shop.lib.queries import one_or_404, slice_of
from shop.merchandising.lookups.nouns import BRAND

bp = ApiBlueprint("brands", "brands", "Who makes it")


@bp.get("/")
@bp.query(BrandQuery)
@bp.lists(Brand)
def index(query: dict[str, Any]) -> Any:
    """Brands by name."""
    named = lookups.brands(query.get("name"), query.get("q"), resting=visitor().can(Permission.CATALOG_MANAGE))
    found = slice_of(named, query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, Brand)
def show(item_id: int) -> Any:
    """One brand."""
    return one_or_404(lookups.brand(item_id))


add_writes(bp, BRAND, Shapes(NewBrand, BrandChange, Brand, {"logo": "logo"}))
