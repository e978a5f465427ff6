"""Occasions."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.occasions import NewOccasion, OccasionChange, OccasionQuery, OccasionRow
from shop.api.sorted_by import Shapes, add_writes
from shop.catalog import lookups
from shop.lib.queries import one_or_404, slice_of
from shop.merchandising.lookups.nouns import OCCASION

bp = ApiBlueprint("occasions", "occasions", "What clothes are worn for")


@bp.get("/")
@bp.query(OccasionQuery)
@bp.lists(OccasionRow)
def index(query: dict[str, Any]) -> Any:
    """Occasions by name."""
    found = slice_of(lookups.occasions(query.get("occasion"), query.get("q")), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, OccasionRow)
def show(item_id: int) -> Any:
    """One occasion."""
    return one_or_404(lookups.occasion(item_id))


add_writes(bp, OCCASION, Shapes(NewOccasion, OccasionChange, OccasionRow))
