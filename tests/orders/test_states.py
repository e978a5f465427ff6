"""An order moves along its table and nowhere else, and every move is written down."""

from itertools import product

import pytest
from flask import Flask

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.states import WrongState
from shop.orders.models import Order
from shop.orders.services import move_order, record
from shop.orders.states import NEXT, OrderState
from tests.checkout.buying import an_order

OWNER = Actor("staff", "Meera", 7, "10.0.0.9")
FORBIDDEN = [(came_from, to) for came_from, to in product(OrderState, OrderState) if to not in NEXT.get(came_from, ())]


def put(order: Order, state: OrderState) -> None:
    """Bring an order into a state as the past did, with a history that ends there."""
    order.state = state
    record(order, None, state, OWNER)


@pytest.mark.covers("ORD-03")
def test_every_move_that_is_not_in_the_table_is_refused(app: Flask) -> None:
    order = an_order()
    for came_from, to in FORBIDDEN:
        put(order, came_from)
        with pytest.raises(WrongState):
            move_order(order, to, OWNER)
        assert order.state == came_from


@pytest.mark.covers("ORD-03")
@pytest.mark.parametrize("came_from", NEXT)
def test_every_move_of_the_table_is_made(app: Flask, came_from: OrderState) -> None:
    order = an_order()
    for to in NEXT[came_from]:
        put(order, came_from)
        move_order(order, to, OWNER)
        assert order.state == to


@pytest.mark.covers("ORD-04")
def test_a_move_is_recorded_with_who_when_from_where_and_why(app: Flask) -> None:
    order = an_order()
    move_order(order, OrderState.CONFIRMED, OWNER, "Called the customer")
    db.session.refresh(order)
    last = order.history[-1]
    assert (last.from_state, last.to_state, last.actor, last.user_id, last.ip, last.note) == (
        "placed", "confirmed", "Meera", 7, "10.0.0.9", "Called the customer",
    )  # fmt: skip


@pytest.mark.covers("ORD-03")
def test_of_two_movers_the_row_count_lets_one_through(app: Flask) -> None:
    order = an_order()
    move_order(order, OrderState.CANCELLED, OWNER)
    order.__dict__["state"] = OrderState.PLACED
    with pytest.raises(WrongState):
        move_order(order, OrderState.CONFIRMED, OWNER)
    assert order.state == OrderState.CANCELLED
