"""Sets up the ways to send an order."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.delivery.models import DeliveryMethod
from shop.extensions import db
from shop.lib.money import ZERO, Money


def ensure_methods() -> None:
    """Standard and express, where there is no method yet."""
    if db.session.scalar(select(func.count(DeliveryMethod.id))):
        return
    standard = DeliveryMethod(
        code="standard",
        name="Standard delivery",
        base_charge=Money(7900),
        charge_per_kg=ZERO,
        free_from=Money(149900),
        min_days=4,
        max_days=6,
        position=1,
    )
    express = DeliveryMethod(
        code="express",
        name="Express delivery",
        base_charge=Money(19900),
        charge_per_kg=Money(4000),
        min_days=1,
        max_days=2,
        position=2,
    )
    db.session.add_all((standard, express))
