"""Products on the shelf."""

from __future__ import annotations

from typing import Any

from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.products import ProductListed, ProductQuery, ProductWhole
from shop.catalog import lookups
from shop.catalog import queries as catalog_queries
from shop.catalog.search.searching import searched
from shop.catalog.wants import Scope, Wants
from shop.lib.errors import NotFound
from shop.lib.queries import rows
from shop.merchandising.offered import offered, offered_product

bp = ApiBlueprint("products", "products", "What is for sale")
NARROWED = {"brand_id": "brand_id", "occasion_id": "occasion_id", "product_type_id": "product_type_id",
            "lowest": "min_price", "highest": "max_price"}  # fmt: skip


@bp.get("/")
@bp.query(ProductQuery)
@bp.lists(ProductListed)
def index(query: dict[str, Any]) -> Any:
    """Products on the shelf, found, filtered and ordered as on the shop's pages.

    A value nobody knows (a brand, a category, a colour) finds nothing.
    """
    scope, wants = _scope(query), _wants(query)
    if scope is None or wants is None:
        return [], total_of(0)
    found = offered(scope, wants, query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, ProductWhole)
def show(item_id: int) -> Any:
    """One product with its variants and pictures."""
    return offered_product(item_id)


def _scope(query: dict[str, Any]) -> Scope | None:
    """The part of the shop that is asked for; None where there is no such part."""
    asked = searched(query.get("q", ""))
    path = None
    if "q" in query and not asked:
        return None
    if "category_id" in query:
        try:
            path = catalog_queries.category_where("id", query["category_id"]).path
        except NotFound:
            return None
    in_stock = not query["out_of_stock"] if "out_of_stock" in query else None
    narrowed: dict[str, Any] = {name: query.get(asked) for name, asked in NARROWED.items()}
    return Scope(path=path, words=asked.words if asked else (), in_stock=in_stock, **narrowed)


def _wants(query: dict[str, Any]) -> Wants | None:
    """The colour and the order that are asked for; None where no colour is called so."""
    if "color" not in query:
        return Wants(sort=query["sort"])
    colours = rows(lookups.colours_called(query["color"]))
    return Wants(colour=tuple(colour.slug for colour in colours), sort=query["sort"]) if colours else None
