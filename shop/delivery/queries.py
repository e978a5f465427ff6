"""Reads of delivery methods."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select

from shop.delivery.models import DeliveryMethod
from shop.delivery.zones import EVERYWHERE, Place, Zones
from shop.lib.kept import kept_by_stamp
from shop.lib.money import Money
from shop.lib.queries import rows


@dataclass(frozen=True)
class Method:
    """A way to send an order: what it costs, how many working days it takes, where it goes."""

    id: int
    code: str
    name: str
    base_charge: Money
    charge_per_kg: Money
    free_from: Money | None
    min_days: int
    max_days: int
    description: str = ""
    zones: Zones = EVERYWHERE


@kept_by_stamp(1, for_writers=True)
def methods() -> tuple[Method, ...]:
    """The methods on offer, in the owner's order."""
    offered = all_methods().where(DeliveryMethod.retired_at.is_(None))
    return tuple(method_of(row) for row in rows(offered.execution_options(populate_existing=True)))


def methods_to(place: Place | None) -> tuple[Method, ...]:
    """Those that go to a place; all of them while none is known."""
    return tuple(method for method in methods() if place is None or method.zones.serve(place))


def all_methods() -> Select[DeliveryMethod]:
    """Every method in the owner's order, retired ones too."""
    return select(DeliveryMethod).order_by(DeliveryMethod.position, DeliveryMethod.id)


def one_method(method_id: int) -> Select[DeliveryMethod]:
    """One method, retired or not."""
    return select(DeliveryMethod).where(DeliveryMethod.id == method_id)


def method_of(row: DeliveryMethod) -> Method:
    """A row as a value."""
    return Method(**{name: getattr(row, name) for name in Method.__dataclass_fields__})
