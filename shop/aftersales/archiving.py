"""Puts orders away that came to nothing (ORD-11)."""

from __future__ import annotations

from sqlalchemy import exists, select

from shop.aftersales.errors import NotToArchive
from shop.extensions import db
from shop.invoices.models import Invoice
from shop.lib.actor import Actor
from shop.orders.models import Order
from shop.orders.services import archive, lock_order, unarchive
from shop.orders.states import OrderState
from shop.payments.models import Payment, PaymentEntry
from shop.stock.models import LedgerEntry


def can_archive(order: Order) -> bool:
    """Whether an order may be put away: it was cancelled, is still in the lists, and nothing moved for it."""
    return order.state == OrderState.CANCELLED and order.archived_at is None and what_moved(order.id) is None


def archive_order(order: Order, by: Actor) -> None:
    """Put away an order that was cancelled and never had a payment, an invoice or a move of stock.

    The draft of an invoice counts, also one that was dropped. A second time changes nothing. Raises NotToArchive.
    """
    order = lock_order(order.id)
    if order.archived_at is not None:
        return
    if order.state != OrderState.CANCELLED:
        raise NotToArchive("Orders are not deleted: cancel it instead.")
    if moved := what_moved(order.id):
        raise NotToArchive(f"{moved} for this order, so it stays in the books where it is.")
    archive(order, by)


def bring_back(order: Order, by: Actor) -> None:
    """Take an order out of the archive, which may have been a slip. One that is not there stays as it is."""
    order = lock_order(order.id)
    if order.archived_at is not None:
        unarchive(order, by)


def what_moved(order_id: int) -> str | None:
    """What was written into the books for an order; None where nothing was."""
    paid = exists().where(PaymentEntry.payment_id == Payment.id, Payment.order_id == order_id)
    invoiced = exists().where(Invoice.order_id == order_id)
    moved = exists().where(LedgerEntry.order_id == order_id)
    said = ("Money moved", "An invoice was made out", "Goods moved")
    found = db.session.execute(select(paid, invoiced, moved)).one()
    return next((words for words, is_there in zip(said, found, strict=True) if is_there), None)
