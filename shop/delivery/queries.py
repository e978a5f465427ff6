"""Reads of delivery methods."""

from __future__ import annotations

from sqlalchemy import select

from shop.delivery.models import DeliveryMethod
from shop.lib.queries import rows


def methods() -> list[DeliveryMethod]:
    """The methods on offer, in the owner's order."""
    return rows(select(DeliveryMethod).where(DeliveryMethod.retired_at.is_(None)).order_by(DeliveryMethod.position))
