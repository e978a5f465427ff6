"""Puts orders away that came to nothing (ORD-11)."""

from __future__ import annotations

from shop.aftersales.errors import NotToArchive
from shop.lib.actor import Actor
from shop.orders.models import Order
from shop.orders.services import archive, lock_order
from shop.orders.states import OrderState
from shop.payments.queries import captured


def can_archive(order: Order) -> bool:
    """Whether an order may be put away: it was cancelled, is still in the lists, and no money came in."""
    return order.state == OrderState.CANCELLED and order.archived_at is None and not captured(order.id)


def archive_order(order: Order, by: Actor) -> None:
    """Put away an order for which neither money nor goods ever moved; a second time changes nothing.

    Only one that was cancelled never left the shop for good. Raises NotToArchive.
    """
    order = lock_order(order.id)
    if order.archived_at is not None:
        return
    if order.state != OrderState.CANCELLED:
        raise NotToArchive("Orders are not deleted: cancel it instead.")
    if captured(order.id):
        raise NotToArchive("Money moved for this order, so it stays in the books where it is.")
    archive(order, by)
