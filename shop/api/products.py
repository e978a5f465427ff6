"""Products on the shelf."""

from __future__ import annotations

from typing import Any

from shop.api.asked_products import scope_asked, wants_asked
from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.fields import Paging
from shop.api.schemas.products import ProductListed, ProductQuery, ProductWhole
from shop.catalog.wants import Scope, Wants
from shop.merchandising.offered import offered, offered_product

bp = ApiBlueprint("products", "products", "What is for sale")


@bp.get("/")
@bp.query(ProductQuery)
@bp.lists(ProductListed)
def index(query: dict[str, Any]) -> Any:
    """Products on the shelf, found, filtered and ordered as on the shop's pages.

    A value nobody knows (a brand, a category, a colour, an attribute) finds nothing. Size means in stock in this size,
    and with a colour the same variant. Several attributes of one name add up, different ones narrow each other.
    """
    scope, wants = scope_asked(query), wants_asked(query)
    if scope is None or wants is None:
        return [], total_of(0)
    return _listed(scope, wants, query)


@bp.get("/featured")
@bp.query(Paging)
@bp.lists(ProductListed)
def featured(query: dict[str, Any]) -> Any:
    """Products the owner chose to show first, the latest choice first."""
    return _listed(Scope(featured=True, in_stock=True), Wants(sort="featured"), query)


@bp.get("/popular")
@bp.query(Paging)
@bp.lists(ProductListed)
def popular(query: dict[str, Any]) -> Any:
    """Products in stock by the units that were sold of them."""
    return _listed(Scope(in_stock=True), Wants(sort="popularity"), query)


@bp.get("/<key:item_id>")
@bp.response(200, ProductWhole)
def show(item_id: int) -> Any:
    """One product with its variants and pictures."""
    return offered_product(item_id)


def _listed(scope: Scope, wants: Wants, query: dict[str, Any]) -> Any:
    found = offered(scope, wants, query["skip"], query["limit"])
    return found.items, total_of(found.total)
