"""Orders of the person the token speaks for: placed, looked at, cancelled."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from werkzeug.exceptions import Forbidden

from shop.accounts.visits import visitor
from shop.aftersales.services import cancel_order
from shop.api.door import ApiBlueprint, total_of
from shop.api.schemas.orders import KeyHeader, Order, OwnOrderQuery, PlaceOrder, StatusChange
from shop.checkout import services as checkout_services
from shop.checkout.errors import NothingToPay
from shop.lib.errors import ShopError
from shop.lib.http.answers import absolute
from shop.lib.money import Money
from shop.lib.queries import one_or_404, slice_of
from shop.lib.unit_of_work import steps, unit_of_work
from shop.orders.labels import ORDER_STATUS
from shop.orders.models import Order as PlacedOrder
from shop.orders.queries import matching, orders_of, with_history
from shop.orders.states import OrderState
from shop.payments.errors import GatewayAway
from shop.payments.labels import PAYMENT_TYPES
from shop.store.labels import code_at

bp = ApiBlueprint("orders", "orders", "What someone bought", guarded=True)


@bp.post("/place-order")
@bp.either(PlaceOrder)
@bp.arguments(KeyHeader, location="headers")
@bp.response(201, Order)
@steps
def place(wanted: dict[str, Any], headers: dict[str, Any]) -> tuple[Response, int]:
    """Turn the bag into an order.

    All or nothing: prices and stock are checked again, the goods are held, the bag is emptied. An order that is paid
    by card or UPI comes with `payment_url`, the bank's page. The same `Idempotency-Key` gives the same order again,
    also with 201. A bag that is empty, sold out or priced otherwise by now is 409, and so is one more order than a
    person may have that are not paid yet.
    """
    _refuse_another(wanted.pop("user_id", None))
    with unit_of_work():
        asked = _asked(**wanted)
        order = checkout_services.order_from_book(visitor(), headers.get("key"), asked)
        told: dict[str, Any] = Order().dump(order)
    if told["payment_url"]:
        told["payment_url"] = _bank_page(int(told["id"]), asked.upi_id) or told["payment_url"]
    return jsonify(told), 201


@bp.get("/my")
@bp.query(OwnOrderQuery)
@bp.lists(Order)
def index(query: dict[str, Any]) -> Any:
    """The person's orders, newest first."""
    mine = matching(orders_of(visitor()), _states(query["status_id"]), query["q"])
    found = slice_of(with_history(mine), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/my/<key:order_id>")
@bp.response(200, Order)
def show(order_id: int) -> PlacedOrder:
    """One of the person's orders."""
    return _mine(order_id)


@bp.put("/my/<key:order_id>/status")
@bp.body(StatusChange)
@bp.response(200, Order)
def change_status(change: dict[str, Any], order_id: int) -> PlacedOrder:
    """Cancel an order that is not packed yet; what was paid goes back. Only `cancelled` is possible, later is 409."""
    order = one_or_404(orders_of(visitor()).where(PlacedOrder.id == order_id))
    if code_at(ORDER_STATUS, change["status_id"]) != OrderState.CANCELLED:
        raise ShopError("You can only cancel an order: send the id or code of `cancelled`.", field="status_id")
    cancel_order(order, visitor().actor, change["reason"])
    return _mine(order_id)


def _states(said: str | None) -> list[OrderState]:
    """The state that is asked for; none for all."""
    code = None if said is None else code_at(ORDER_STATUS, said)
    if said is not None and code is None:
        raise ShopError("There is no such order status.", field="status_id")
    return [OrderState(code)] if code else []


def _mine(order_id: int) -> PlacedOrder:
    """One of the person's own orders; anyone else's does not exist."""
    return one_or_404(with_history(orders_of(visitor())).where(PlacedOrder.id == order_id))


def _refuse_another(user_id: int | None) -> None:
    if user_id not in {None, visitor().user_id}:
        raise Forbidden("Orders are placed for the person who is signed in.")


def _asked(
    payment_type_id: str,
    part_payment_type_id: str | None = None,
    total: Money | None = None,
    upi_id: str | None = None,
    **rest: Any,
) -> checkout_services.BookOrder:
    method = _method(payment_type_id, "payment_type_id")
    part_method = _method(part_payment_type_id, "part_payment_type_id") if part_payment_type_id else None
    if upi_id and "upi" not in {method, part_method}:
        raise ShopError("A UPI ID is only for paying by UPI.", field="upi_id")
    seen = None if total is None else total.minor
    return checkout_services.BookOrder(
        payment_method=method, part_method=part_method, seen_total=seen, upi_id=upi_id, **rest
    )


def _method(said: str, field: str) -> str:
    method = code_at(PAYMENT_TYPES, said)
    if method is None:
        raise ShopError("There is no such payment type.", field=field)
    return method


def _bank_page(order_id: int, upi_id: str | None) -> str | None:
    """The bank's page; None when the bank is away or has answered: the order's own page then says more."""
    try:
        return absolute(checkout_services.start_payment(order_id, upi_id))
    except (NothingToPay, GatewayAway):
        return None
