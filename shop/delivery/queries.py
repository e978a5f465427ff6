"""Reads of delivery methods."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from shop.delivery.models import DeliveryMethod
from shop.lib.kept import kept_by_stamp
from shop.lib.money import Money
from shop.lib.queries import rows


@dataclass(frozen=True)
class Method:
    """A way to send an order: what it costs and how many working days it takes."""

    id: int
    code: str
    name: str
    base_charge: Money
    charge_per_kg: Money
    free_from: Money | None
    min_days: int
    max_days: int


@kept_by_stamp(1)
def methods() -> tuple[Method, ...]:
    """The methods on offer, in the owner's order."""
    offered = select(DeliveryMethod).where(DeliveryMethod.retired_at.is_(None)).order_by(DeliveryMethod.position)
    return tuple(_method(row) for row in rows(offered))


def _method(row: DeliveryMethod) -> Method:
    return Method(
        row.id, row.code, row.name, row.base_charge, row.charge_per_kg, row.free_from, row.min_days, row.max_days
    )
