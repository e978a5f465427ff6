"""Kinds of garments."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.fields import Paging
from shop.api.schemas.product_types import ProductTypeRow
from shop.catalog import lookups
from shop.lib.queries import one_or_404, slice_of

bp = ApiBlueprint("product_types", "product-types", "Kinds of garments and their sizes")


@bp.get("/")
@bp.query(Paging)
@bp.lists(ProductTypeRow)
def index(query: dict[str, Any]) -> Any:
    """Kinds of garments by name."""
    found = slice_of(lookups.product_types(), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, ProductTypeRow)
def show(item_id: int) -> Any:
    """One kind of garment."""
    return one_or_404(lookups.product_type(item_id))
