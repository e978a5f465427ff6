"""All orders, for who looks after them: found, moved along their way, changed, put away (ORD-03, ORD-07, ORD-11)."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from shop.accounts.guards import confirmed
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales.archiving import archive_order
from shop.api.door import ApiBlueprint, NothingToChange, needs, refuse_without, total_of
from shop.api.order_moves import Said, bring, count_attempt
from shop.api.schemas.fields import Deleted
from shop.api.schemas.order_desk import (
    Delivery,
    DeskMove,
    DeskOrder,
    OrderChange,
    OrderQuery,
    Shipment,
    StatusWanted,
)
from shop.fulfilment import services as fulfilment
from shop.fulfilment.queries import desk
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404, slice_of
from shop.lib.unit_of_work import steps, unit_of_work
from shop.orders import services as order_services
from shop.orders.labels import ORDER_STATUS
from shop.orders.models import Order, OrderHistory
from shop.orders.queries import with_history
from shop.orders.states import OrderState
from shop.payments.queries import cash_agreed
from shop.store.labels import code_at

bp = ApiBlueprint("order_desk", "orders", "All orders, for who looks after them")
reads, updates = needs(Permission.ORDER_READ), needs(Permission.ORDER_UPDATE)


@bp.get("/")
@reads
@bp.query(OrderQuery)
@bp.lists(DeskOrder)
def index(query: dict[str, Any]) -> Any:
    """Everybody's orders, newest first; without those put away unless `archived` asks for them."""
    found = slice_of(with_history(desk.orders_matching(query["wanted"])), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:order_id>")
@reads
@bp.response(200, DeskOrder)
def show(order_id: int) -> Order:
    """One order, whoever bought it."""
    return _order(order_id)


@bp.get("/<key:order_id>/history")
@reads
@bp.response(200, DeskMove(many=True))
def history(order_id: int) -> list[OrderHistory]:
    """Everything that was done to it: from, to, who, when, and the notes (ORD-04)."""
    return _order(order_id).history


@bp.put("/<key:order_id>/status")
@updates
@bp.body(StatusWanted)
@bp.response(200, DeskOrder)
@steps
def change_status(wanted: dict[str, Any], order_id: int) -> Response:
    """Bring an order to a status, with everything that follows from it.

    `shipped` needs `carrier` and `tracking_number`, `delivered` the `otp` or an `override_reason`, `delivery_failed`
    words in `notes`, and `refused` where somebody did not want it. A move that is not allowed is 409. Cancelling and
    taking back ask for a recent password.
    """
    to = code_at(ORDER_STATUS, wanted.pop("status_id"))
    if to is None:
        raise ShopError("There is no such status.", field="status_id")
    return _moved(order_id, OrderState(to), Said(**wanted))


@bp.post("/<key:order_id>/ship")
@updates
@bp.body(Shipment)
@bp.response(200, DeskOrder)
@steps
def ship(wanted: dict[str, Any], order_id: int) -> Response:
    """Hand a packed order to a carrier."""
    return _moved(order_id, OrderState.SHIPPED, Said(**wanted))


@bp.post("/<key:order_id>/deliver")
@updates
@bp.body(Delivery)
@bp.response(200, DeskOrder)
@steps
def deliver(wanted: dict[str, Any], order_id: int) -> Response:
    """Note that it was handed over, against the customer's code or for a written reason (ORD-05)."""
    return _moved(order_id, OrderState.DELIVERED, Said(**wanted))


@bp.put("/<key:order_id>")
@updates
@bp.body(OrderChange)
@bp.response(200, DeskOrder)
def update(change: dict[str, Any], order_id: int) -> Order:
    """Promise other days, keep a note, note cash as collected; 400 without any of them.

    `cod_amount` follows from the order, so another number than what is to be collected is refused.
    """
    if not change:
        raise NothingToChange
    order, by = _order(order_id), visitor().actor
    if "delivery_date" in change:
        first = change["delivery_date"]
        order_services.promise_delivery(order, first, change.get("delivery_date_to") or first, by)
    if "notes" in change:
        order_services.write_note(order, change["notes"], by)
    if change.keys() & {"cod_amount", "cod_collected"}:
        _take_cash(order, change)
    return _order(order_id)


@bp.delete("/<key:order_id>")
@needs(Permission.ORDER_CANCEL)
@confirmed
@bp.response(200, Deleted)
def remove(order_id: int) -> dict[str, bool]:
    """Put away an order for which neither money nor goods ever moved; any other is 409: cancel it instead (ORD-11)."""
    archive_order(_order(order_id), visitor().actor)
    return {"deleted": True}


def _take_cash(order: Order, change: dict[str, Any]) -> None:
    refuse_without(Permission.PAYMENT_COLLECT)
    agreed, said = cash_agreed(order), change.get("cod_amount")
    if said is not None and said != agreed:
        raise ShopError(f"What is to be collected is {agreed.plain}.", field="cod_amount")
    if change.get("cod_collected"):
        fulfilment.collect_cash(order, visitor().actor)


def _moved(order_id: int, to: OrderState, said: Said) -> Response:
    """A try of the customer's code counts even though it is refused, so it has a unit of its own."""
    if to == OrderState.DELIVERED and said.otp:
        with unit_of_work():
            count_attempt(_order(order_id), said)
    with unit_of_work():
        bring(_order(order_id), to, said)
        return jsonify(DeskOrder().dump(_order(order_id)))


def _order(order_id: int) -> Order:
    return one_or_404(desk.order_of(order_id))
