"""Categories: the tree as flat rows."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.categories import CategoryQuery, CategoryRow
from shop.catalog import categories

bp = ApiBlueprint("categories", "categories", "The tree of categories")


@bp.get("/")
@bp.query(CategoryQuery)
@bp.lists(CategoryRow)
def index(query: dict[str, Any]) -> Any:
    """Categories, each before those below it, in the owner's order."""
    found = categories.counted(query.get("category"), query.get("q"))
    return found[query["skip"] :][: query["limit"]], total_of(len(found))


@bp.get("/<key:item_id>")
@bp.response(200, CategoryRow)
def show(item_id: int) -> Any:
    """One category."""
    return categories.counted_one(item_id)
