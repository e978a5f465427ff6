"""Which products a query of the API asks for: the part of the shop, and what is wanted of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shop.catalog import queries as catalog_queries
from shop.catalog.attributes import slug_of
from shop.catalog.search.searching import searched
from shop.catalog.values import called
from shop.catalog.wants import FACETS, Scope, Wants
from shop.lib.errors import NotFound

NARROWED = {"brand_id": "brand_id", "occasion_id": "occasion_id", "product_type_id": "product_type_id",
            "lowest": "min_price", "highest": "max_price"}  # fmt: skip


def scope_asked(query: dict[str, Any]) -> Scope | None:
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


def wants_asked(query: dict[str, Any]) -> Wants | None:
    """The facets and the order that are asked for; None where a value is called so by nobody."""
    wants = Wants(sort=query["sort"], mine=_saved(query))
    if "discount" in query:
        wants = replace(wants, discount=(str(query["discount"]),))
    for facet, said in _pairs(query):
        found = called(facet, said)
        if not found:
            return None
        wants = wants.only(facet, {*getattr(wants, facet), *found})
    return wants


def _saved(query: dict[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({one.strip() for one in query.get("saved_sizes", "").split(",") if ":" in one}))


def _pairs(query: dict[str, Any]) -> list[tuple[str, str]]:
    """What is asked for as (facet, name of a value); an attribute's value is named as `fit:slim`."""
    pairs = [("colour", query["color"])] if "color" in query else []
    pairs += [("size", query["size"])] if "size" in query else []
    return pairs + [_pair(*one.split(":", 1)) for one in query.get("attributes", "").split(",") if ":" in one]


def _pair(name: str, said: str) -> tuple[str, str]:
    facet = {"color": "colour"}.get(slug_of(name), slug_of(name))
    if facet in FACETS and facet != "attributes":
        return facet, said
    return "attributes", f"{slug_of(name)}:{slug_of(said)}"
