"""Stock of every variant (INV-01, INV-02, INV-04): counted, corrected, and what runs low."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Paging
from shop.api.schemas.inventory import (
    ALSO_CALLED,
    Adjustment,
    Availability,
    Inventory,
    InventoryChange,
    InventoryQuery,
    KeyHeader,
    LedgerRow,
    LowStockQuery,
)
from shop.extensions import db
from shop.lib.queries import count_of, slice_of
from shop.stock import services
from shop.stock.models import LedgerReason
from shop.stock.queries import desk
from shop.stock.queries.desk import StockFilter
from shop.stock.queries.ledger import entries_of
from shop.stock.services import Correction

bp = ApiBlueprint("inventory", "inventory", "Stock of every variant")
reads, adjusts = needs(Permission.PRODUCT_READ), needs(Permission.STOCK_ADJUST)
VIEWS = {"low_stock": "low", "out_of_stock": "out", "reserved": "reserved"}
OPEN = ("variant_id", "sku", "for_sale")
INSIDE = ("on_hand", "reserved", "reorder_point", "restocked_at")


@bp.get("/")
@reads
@bp.query(InventoryQuery)
@bp.lists(Inventory)
def index(query: dict[str, Any]) -> Any:
    """Every variant that is sold with what is on hand, reserved and for sale."""
    views = tuple(view for name, view in VIEWS.items() if query[name])
    wanted = StockFilter(query["q"], views, query["sort"], query["product_id"])
    return _listed(wanted, query["skip"], query["limit"])


@bp.get("/low-stock")
@reads
@bp.query(LowStockQuery)
@bp.lists(Inventory)
def low_stock(query: dict[str, Any]) -> Any:
    """What is at or below its reorder point, fewest first."""
    return _listed(StockFilter(views=("low",), sort="fewest"), 0, query["limit"])


@bp.get("/<key:variant_id>")
@bp.response(200, Availability)
def show(variant_id: int) -> dict[str, Any]:
    """What is left of a variant on the shelf. Who sees products is told the rest, also of what is hidden."""
    is_inside = visitor().can(Permission.PRODUCT_READ)
    found = desk.stock_of(variant_id, only_on_shelf=not is_inside)
    shown = {name: getattr(found, name) for name in (*OPEN, *(INSIDE if is_inside else ()))}
    return shown | {"in_stock": found.for_sale > 0}


@bp.put("/<key:variant_id>")
@adjusts
@bp.body(InventoryChange)
@bp.response(200, Inventory)
def update(change: dict[str, Any], variant_id: int) -> Row[Any]:
    """Write what was counted, or from which number on the variant counts as low.

    What is reserved is never set: 422. 400 without a number; 409 where the stock is not what was `seen`.
    """
    desk.stock_of(variant_id)
    if not change.keys() & {"available", "reorder_point"}:
        raise NothingToChange
    if "reorder_point" in change:
        services.set_reorder_point(variant_id, change["reorder_point"], visitor().actor)
    if "available" in change:
        counted = {"to_on_hand": change["available"], "seen": change.get("seen"), "note": change.get("note", "")}
        services.adjust(variant_id, actor=visitor().actor, **counted)
    return desk.stock_of(variant_id)


@bp.post("/<key:variant_id>/adjust")
@adjusts
@bp.body(Adjustment)
@bp.arguments(KeyHeader, location="headers")
@bp.response(200, Inventory)
def adjust(values: dict[str, Any], headers: dict[str, Any], variant_id: int) -> Row[Any]:
    """Add pieces or take them away, with a reason: restock and return add, damage takes, manual does either.

    The same `Idempotency-Key` corrects once. 422 where orders hold more than would be left.
    """
    desk.stock_of(variant_id)
    reason = LedgerReason(ALSO_CALLED.get(values["reason"], values["reason"]))
    correction = Correction(reason, by_units=values["adjustment"], note=values["note"])
    services.adjust_once(variant_id, correction, visitor().actor, headers["key"])
    return desk.stock_of(variant_id)


@bp.get("/<key:variant_id>/ledger")
@reads
@bp.query(Paging)
@bp.lists(LedgerRow)
def ledger(query: dict[str, Any], variant_id: int) -> Any:
    """Every change of what is on hand, newest first; a row without units tells of a new reorder point."""
    desk.stock_of(variant_id)
    found = slice_of(entries_of(variant_id), query["skip"], query["limit"])
    return found.items, total_of(found.total)


def _listed(wanted: StockFilter, skip: int, limit: int) -> Any:
    found = desk.stock(wanted)
    return db.session.execute(found.limit(limit).offset(skip)).all(), total_of(count_of(found))
