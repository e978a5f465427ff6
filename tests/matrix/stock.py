"""The stock desk, on pages and for apps."""

from __future__ import annotations

from typing import Any

from flask import g
from sqlalchemy import func, select

from shop.accounts.permissions import Permission as P
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.actor import SYSTEM
from shop.merchandising.size_runs.services import mark_down
from shop.stock import services
from shop.stock.models import BackInStock, LedgerEntry
from tests.factories import a_product, a_variant
from tests.matrix.entries import Who, entry, mine, the


def stock() -> dict[str, Any]:
    """A correction that can be undone."""
    variant = a_variant(name="Counted tee")
    services.adjust(variant.id, by_units=2, actor=SYSTEM)
    take = services.begin_take("shelf-4.csv", [services.Counted(2, variant.sku, 3)], SYSTEM).id
    gone = a_variant(name="Sold out tee", units=0)
    services.wait_for(gone.id, email="guest@example.com")
    told = db.session.scalars(select(func.max(BackInStock.id))).one()
    return size_runs() | {
        "sold out": gone.id,
        "stop token": services.token_of(told),
        "stock take": take,
        "counted": variant.id,
        "correction": db.session.scalars(select(func.max(LedgerEntry.id))).one(),
    }


def size_runs() -> dict[str, Any]:
    """A style whose core size is gone, and one that was marked down by a save that can be taken back."""
    broken, marked = (a_product(name, sizes=("S", "M", "L"), units=3).id for name in ("Broken tee", "Marked tee"))
    for variant in db.session.scalars(select(Variant).where(Variant.product_id.in_((broken, marked)))):
        if variant.size.label == "M":
            services.adjust(variant.id, to_on_hand=0, actor=SYSTEM)
    g.request_id = "marked-1"
    mark_down(marked, 20)
    db.session.flush()
    del g.request_id
    return {"broken style": broken, "marked style": marked, "marking save": "marked-1"}


def wait_of(user_id: int) -> dict[str, Any]:
    """A size somebody waits for."""
    services.wait_for(a_variant(units=0).id, user_id=user_id)
    return {"wait": db.session.scalars(select(func.max(BackInStock.id))).one()}


COUNTED = {"way": "count", "units": "25", "reason": "manual"}
STOCK = [
    entry("GET /staff/stock", P.PRODUCT_READ),
    entry("GET /staff/stock/sheet", P.PRODUCT_READ),
    entry("GET /staff/stock/<int:variant_id>", P.PRODUCT_READ, variant_id=the("counted")),
    entry(
        "POST /staff/stock/<int:variant_id>/corrections",
        P.STOCK_ADJUST,
        "stock_level",
        "stock_ledger",
        variant_id=the("counted"),
        body=COUNTED,
    ),
    entry(
        "POST /staff/stock/<int:variant_id>/reorder-point",
        P.STOCK_ADJUST,
        "stock_level",
        "stock_ledger",
        variant_id=the("counted"),
        body={"reorder_point": "9"},
    ),
    entry(
        "POST /staff/stock/ledger/<int:entry_id>/reversal",
        P.STOCK_ADJUST,
        "stock_level",
        "stock_ledger",
        entry_id=the("correction"),
    ),
    entry("GET /staff/stock/size-runs", P.PRODUCT_READ),
    entry(
        "POST /staff/stock/size-runs/<int:product_id>/markdown",
        P.PRODUCT_UPDATE,
        "variant",
        "listing_row",
        product_id=the("broken style"),
        body={"percent": "30"},
    ),
    entry(
        "POST /staff/stock/size-runs/<int:product_id>/markdown/removal",
        P.PRODUCT_UPDATE,
        "variant",
        "listing_row",
        product_id=the("marked style"),
        body={"save": the("marking save")},
    ),
    entry("GET /staff/stock/takes", P.STOCK_ADJUST),
    entry(
        "POST /staff/stock/takes",
        P.STOCK_ADJUST,
        "stock_take",
        body={"file": b"SKU,Counted\r\nNONE,3\r\n"},
    ),
    entry("GET /staff/stock/takes/<int:take_id>", P.STOCK_ADJUST, take_id=the("stock take")),
    entry(
        "POST /staff/stock/takes/<int:take_id>/application",
        P.STOCK_ADJUST,
        "stock_take",
        "stock_level",
        "stock_ledger",
        take_id=the("stock take"),
    ),
    entry("POST /staff/stock/takes/<int:take_id>/removal", P.STOCK_ADJUST, "stock_take", take_id=the("stock take")),
    entry("GET /back-in-stock/<int:variant_id>", Who.ANYONE, variant_id=the("sold out")),
    entry(
        "POST /back-in-stock/<int:variant_id>",
        Who.ANYONE,
        "back_in_stock",
        variant_id=the("sold out"),
        body={"email": "asha@example.com"},
    ),
    entry(
        "POST /back-in-stock",
        Who.ANYONE,
        "back_in_stock",
        body={"variant_id": the("sold out"), "email": "asha@example.com"},
    ),
    entry("GET /back-in-stock/<int:variant_id>/asked", Who.ANYONE, variant_id=the("sold out")),
    entry("GET /back-in-stock/stop/<token>", Who.ANYONE, token=the("stop token")),
    entry("POST /back-in-stock/stop/<token>", Who.ANYONE, "back_in_stock", token=the("stop token")),
    entry("GET /account/back-in-stock", Who.SIGNED_IN),
    entry(
        "POST /account/back-in-stock/<int:waiting_id>/removal", Who.SIGNED_IN, "back_in_stock", waiting_id=mine("wait")
    ),
    entry("GET /api/v1/inventory/", P.PRODUCT_READ, query={"product_id": the("product", alike=200)}),
    entry("GET /api/v1/inventory/low-stock", P.PRODUCT_READ),
    entry("GET /api/v1/inventory/<key:variant_id>", Who.ANYONE, variant_id=the("counted")),
    entry(
        "PUT /api/v1/inventory/<key:variant_id>",
        P.STOCK_ADJUST,
        "stock_level",
        "stock_ledger",
        variant_id=the("counted"),
        body={"available": 25},
    ),
    entry(
        "POST /api/v1/inventory/<key:variant_id>/adjust",
        P.STOCK_ADJUST,
        "stock_level",
        "stock_ledger",
        variant_id=the("counted"),
        body={"adjustment": 3, "reason": "restock"},
    ),
    entry("GET /api/v1/inventory/<key:variant_id>/ledger", P.PRODUCT_READ, variant_id=the("counted")),
]
