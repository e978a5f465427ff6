"""Kinds of garments."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.product_types import NewProductType, ProductTypeChange, ProductTypeQuery, ProductTypeRow
from shop.api.sorted_by import Shapes, add_writes
from shop.catalog import lookups
from shop.lib.queries import one_or_404, slice_of
from shop.merchandising.lookups.nouns import PRODUCT_TYPE

bp = ApiBlueprint("product_types", "product-types", "Kinds of garments and their sizes")


@bp.get("/")
@bp.query(ProductTypeQuery)
@bp.lists(ProductTypeRow)
def index(query: dict[str, Any]) -> Any:
    """Kinds of garments by name."""
    found = slice_of(lookups.product_types(query.get("name"), query.get("q")), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, ProductTypeRow)
def show(item_id: int) -> Any:
    """One kind of garment."""
    return one_or_404(lookups.product_type(item_id))


PICTURES = {"thumbnail": "thumbnail", "size_chart": "chart"}
add_writes(bp, PRODUCT_TYPE, Shapes(NewProductType, ProductTypeChange, ProductTypeRow, PICTURES))
