"""Lines of orders: one's own, and everybody's for who looks after orders (ORD-08)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, needs, total_of
from shop.api.schemas.order_items import DeskItemQuery, OrderItem, OrderItemQuery
from shop.lib.queries import one_or_404, slice_of
from shop.orders.models import Order, OrderLine
from shop.orders.queries import all_lines, lines_of

bp = ApiBlueprint("order_items", "order-items", "What someone bought, piece by piece", guarded=True)


@bp.get("/my")
@bp.query(OrderItemQuery)
@bp.lists(OrderItem)
def index(query: dict[str, Any]) -> Any:
    """Lines of the person's orders, those of the newest order first."""
    return _listed(lines_of(visitor()), query)


@bp.get("/my/<key:item_id>")
@bp.response(200, OrderItem)
def show(item_id: int) -> OrderLine:
    """One line of the person's orders."""
    return one_or_404(lines_of(visitor()).where(OrderLine.id == item_id))


@bp.get("/")
@needs(Permission.ORDER_READ)
@bp.query(DeskItemQuery)
@bp.lists(OrderItem)
def every(query: dict[str, Any]) -> Any:
    """Lines of everybody's orders, those of the newest order first."""
    lines = all_lines()
    lines = lines.where(Order.user_id == query["user_id"]) if "user_id" in query else lines
    return _listed(lines, query)


@bp.get("/<key:item_id>")
@needs(Permission.ORDER_READ)
@bp.response(200, OrderItem)
def show_any(item_id: int) -> OrderLine:
    """One line of anybody's order."""
    return one_or_404(all_lines().where(OrderLine.id == item_id))


def _listed(lines: Select[OrderLine], query: dict[str, Any]) -> Any:
    for name in ("order_id", "product_id"):
        lines = lines.where(getattr(OrderLine, name) == query[name]) if name in query else lines
    found = slice_of(lines, query["skip"], query["limit"])
    return found.items, total_of(found.total)
