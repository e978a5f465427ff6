"""Colours and sizes of a product: the owner's grid, and the same for apps."""

from __future__ import annotations

from typing import Any

from shop.accounts.permissions import Permission as P
from tests.factories import a_product
from tests.matrix.entries import entry, own, the


def variants() -> dict[str, Any]:
    """A product in two sizes with nine pieces of each, and one that comes in a colour it does not come in."""
    a_product("Teal scarf", colours=("Teal",))
    product = a_product("Gridded tee", sizes=("S", "M"), units=9)
    first = product.variants[0]
    place = f"{first.colour_id}-{first.size_id}"
    return {"gridded": product.id, "gridded variant": first.id, "place": place}


GRID = {"product_id": the("gridded")}
ONE = {"item_id": the("gridded"), "variant_id": the("gridded variant")}
VARIANTS = [
    entry("GET /staff/products/<int:product_id>/matrix", P.PRODUCT_UPDATE, **GRID),
    entry(
        "POST /staff/products/<int:product_id>/matrix",
        P.PRODUCT_UPDATE,
        "variant",
        query={"show": "weight"},
        body={"place": own("place"), "seen": "220", "cell": "300"},
        **GRID,
    ),
    entry("GET /staff/products/<int:product_id>/matrix/stock", P.STOCK_ADJUST, **GRID),
    entry(
        "POST /staff/products/<int:product_id>/matrix/stock",
        P.STOCK_ADJUST,
        "stock_level",
        "stock_ledger",
        body={"place": own("place"), "seen": "9", "cell": "25"},
        **GRID,
    ),
    entry(
        "POST /api/v1/products/<key:item_id>/variants",
        P.PRODUCT_UPDATE,
        "variant",
        "stock_level",
        item_id=the("gridded"),
        body={"color": "Teal", "size": "S", "price": "1399.00"},
    ),
    entry(
        "PUT /api/v1/products/<key:item_id>/variants/<key:variant_id>",
        P.PRODUCT_UPDATE,
        "variant",
        body={"price": "1399.00"},
        **ONE,
    ),
    entry("DELETE /api/v1/products/<key:item_id>/variants/<key:variant_id>", P.PRODUCT_UPDATE, "variant", **ONE),
]
