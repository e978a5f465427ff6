"""What orders know of people. The books keep what was sold, for how much, with which tax and into which state, as tax
law wants them for years (in India six after the year's return: CGST Act, section 36); who bought it goes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select, update

from shop.accounts.models import SNAPSHOT
from shop.extensions import db
from shop.lib.personal import FORMER, Holding, some_of
from shop.lib.queries import rows
from shop.orders.models import Order, OrderEdit, OrderHistory, OrderLine

ORDER = ("number", "placed_at", "state", "payment_standing", "payment_method", "email", "phone", "phone_proven",
         "placed_from", "name", "address", "currency", "lines_total", "discount", "delivery_charge", "payment_fee",
         "tax_added", "tax_contained", "total", "prepaid", "delivery_method", "arrives_from", "arrives_to", "note",
         "delivered_at", "refunded")  # fmt: skip
LINE = ("sku", "name", "brand", "colour", "size", "quantity", "unit_price", "discount", "total", "tax_contained")
STAY = ("state", "country")
BUYERS = ("customer", "guest")


def _orders(user_id: int) -> list[dict[str, Any]]:
    return [_told(order) for order in rows(select(Order).where(Order.user_id == user_id).order_by(Order.id))]


def _told(order: Order) -> dict[str, Any]:
    moves = [{"state": move.to_state, "at": move.created_at.isoformat(), "note": move.told} for move in order.history]
    return some_of(order, *ORDER) | {"lines": [some_of(line, *LINE) for line in order.lines], "history": moves}


def _forget_buyer(user_id: int) -> None:
    """What people said and who they are goes; the order belongs to nobody any more."""
    mine = select(Order.id).where(Order.user_id == user_id)
    theirs = or_(OrderHistory.user_id == user_id, OrderHistory.actor_kind.in_(BUYERS))
    said = update(OrderHistory).where(OrderHistory.order_id.in_(mine), theirs)
    gone = {"actor": " ".join(FORMER), "user_id": None, "ip": None, "note": ""}
    db.session.execute(said.values(gone).execution_options(synchronize_session=False))
    for order in rows(select(Order).where(Order.user_id == user_id).order_by(Order.id).with_for_update()):
        _empty(order)
    db.session.flush()


def _empty(order: Order) -> None:
    order.user_id, order.email, order.phone, order.note = None, "", "", ""
    order.phone_proven, order.placed_from = False, None
    order.name = " ".join(FORMER)
    order.address = dict.fromkeys(SNAPSHOT, "") | {name: order.address.get(name, "") for name in STAY}


HOLDINGS = (
    Holding((Order.__tablename__, OrderLine.__tablename__, OrderEdit.__tablename__, OrderHistory.__tablename__),
            "orders.json", _orders, _forget_buyer),
)  # fmt: skip
