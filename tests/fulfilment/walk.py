"""Takes orders along their way, each step in a unit of its own as the owner's clicks are."""

from collections.abc import Callable
from typing import Any

from shop.catalog.models import Variant
from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import parcels_of
from shop.lib.actor import Actor
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from tests.checkout.buying import an_order_id

OWNER = Actor("staff", "Meera")
STEPS: dict[str, Callable[[Order], Any]] = {
    "confirmed": lambda order: services.confirm_order(order, OWNER),
    "packed": lambda order: services.pack_order(order, OWNER),
    "shipped": lambda order: services.ship_parcel(parcel_of(order.id), "Blue Dart", "BD 123", OWNER),
    "out_for_delivery": lambda order: services.send_out(parcel_of(order.id), OWNER),
    "delivered": lambda order: services.deliver_parcel(parcel_of(order.id), OWNER, override_reason="Left with guard"),
    "delivery_failed": lambda order: services.fail_delivery(parcel_of(order.id), "Nobody at home", OWNER),
    "returning": lambda order: services.start_return(parcel_of(order.id), OWNER),
}
WAY = ("confirmed", "packed", "shipped", "out_for_delivery")


def parcel_of(order_id: int) -> Parcel:
    """The one parcel of an order, read again."""
    return db.session.scalars(parcels_of(order_id).execution_options(populate_existing=True)).unique().one()


def order_of(order_id: int) -> Order:
    """The order as it is by now; what the test has not committed is forgotten."""
    db.session.rollback()
    return db.session.get_one(Order, order_id, populate_existing=True)


def step(order_id: int, *states: str) -> None:
    """Bring an order to each of these states in turn."""
    for state in states:
        db.session.commit()
        with unit_of_work():
            STEPS[state](db.session.get_one(Order, order_id))


def an_order_that_is(state: str, *variants: Variant, **buyer: Any) -> int:
    """The id of a new order that came as far as this state; a card order is confirmed by its payment."""
    order_id = an_order_id(*variants, **buyer)
    if state == "placed":
        return order_id
    ways = {
        "delivered": (*WAY, "delivered"),
        "delivery_failed": (*WAY, "delivery_failed"),
        "returning": (*WAY, "delivery_failed", "returning"),
    }
    way = ways.get(state) or WAY[: WAY.index(state) + 1]
    step(order_id, *way)
    return order_id


def act(service: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    """Call a service in a unit of its own."""
    db.session.commit()
    with unit_of_work():
        service(*arguments, **named)
