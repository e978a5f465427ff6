"""Lines of the orders of the person the token speaks for."""

from __future__ import annotations

from typing import Any

from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.order_items import OrderItem, OrderItemQuery
from shop.lib.queries import one_or_404, slice_of
from shop.orders.models import OrderLine
from shop.orders.queries import lines_of

bp = ApiBlueprint("order_items", "order-items", "What someone bought, piece by piece", guarded=True)


@bp.get("/my")
@bp.query(OrderItemQuery)
@bp.lists(OrderItem)
def index(query: dict[str, Any]) -> Any:
    """Lines of the person's orders, those of the newest order first."""
    lines = lines_of(visitor())
    for name in ("order_id", "product_id"):
        lines = lines.where(getattr(OrderLine, name) == query[name]) if name in query else lines
    found = slice_of(lines, query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/my/<key:item_id>")
@bp.response(200, OrderItem)
def show(item_id: int) -> OrderLine:
    """One line of the person's orders."""
    return one_or_404(lines_of(visitor()).where(OrderLine.id == item_id))
