"""Orders in several parcels, for tests of what becomes of each."""

from typing import Any

from shop.aftersales.services import receive_parcel
from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import parcels_of
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_variant
from tests.fulfilment.walk import OWNER, act, order_of, step

DOOR = ("shipped", "out_for_delivery", "delivered")


def parcels(order_id: int) -> list[Parcel]:
    return rows(parcels_of(order_id).execution_options(populate_existing=True))


def pack(order_id: int, *units: int) -> int:
    """Put so many units of the order's lines, in turn, into a new parcel; returns its id."""
    lines = [line.id for line in order_of(order_id).lines]
    act(services.pack_units, order_of(order_id), dict(zip(lines, units, strict=False)), OWNER)
    return parcels(order_id)[-1].id


def a_parcel(parcel_id: int) -> Parcel:
    return db.session.get_one(Parcel, parcel_id, populate_existing=True)


def bring(parcel_id: int, *states: str) -> None:
    """Bring one parcel to each of these states in turn."""
    ways: dict[str, Any] = {
        "shipped": lambda p: services.ship_parcel(p, "Blue Dart", f"BD {p.id}", OWNER),
        "out_for_delivery": lambda p: services.send_out(p, OWNER),
        "delivered": lambda p: services.deliver_parcel(p, OWNER, override_reason="Known at the door"),
        "delivery_failed": lambda p: services.fail_delivery(p, "Did not want it", OWNER, is_refused=True),
        "returning": lambda p: services.start_return(p, OWNER),
        "returned": lambda p: receive_parcel(p, OWNER),
    }
    for state in states:
        db.session.commit()
        with unit_of_work():
            ways[state](a_parcel(parcel_id))


def two_parcels(**buyer: Any) -> tuple[int, int, int]:
    """A confirmed order of two pieces of two things: one of each in the first parcel, the rest in the second."""
    variants = [a_variant(price=price, units=5) for price in (149900, 99900)]
    order_id = an_order_id(*variants, quantity=2, **buyer)
    if buyer.get("payment", "cod") == "cod":
        step(order_id, "confirmed")
    else:
        pay(order_id)
    return order_id, pack(order_id, 1, 1), pack(order_id, 1, 1)
