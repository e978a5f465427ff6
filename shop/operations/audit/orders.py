"""Orders against their lines, history, parcels and outbox."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.accounts.models import User
from shop.extensions import db
from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.states import ParcelState
from shop.lib.models import IdempotencyKey, OutboxEvent
from shop.orders.models import Order, OrderHistory, OrderLine
from shop.orders.states import NO_REVENUE
from shop.store import trading


def lines_that_differ_from_total() -> list[str]:
    """Orders whose lines do not sum to the lines' total and discount, or whose parts do not sum to the total."""
    before = func.coalesce(func.sum(OrderLine.total + OrderLine.discount), 0)
    taken_off = func.coalesce(func.sum(OrderLine.discount), 0)
    parts = Order.lines_total + Order.delivery_charge + Order.payment_fee + Order.tax_added - Order.discount
    is_off = (before != Order.lines_total) | (taken_off != Order.discount)
    wrong = (
        select(Order.number)
        .outerjoin(OrderLine)
        .group_by(Order.id)
        .having(is_off | (Order.total != parts) | (Order.total < 0))
    )
    return [f"order {number}" for number in db.session.scalars(wrong)]


def tax_outside_total() -> list[str]:
    """Orders whose tax is above the total, negative in a part, or not that of their lines and their delivery."""
    lines_tax = func.coalesce(func.sum(OrderLine.tax_contained + OrderLine.tax_added), 0)
    whole = Order.tax_contained + Order.tax_added
    wrong = (
        select(Order.number)
        .outerjoin(OrderLine)
        .group_by(Order.id)
        .having((whole != lines_tax + Order.delivery_tax) | (whole > Order.total) | (Order.delivery_tax < 0))
    )
    return [f"order {number}" for number in db.session.scalars(wrong)]


def custom_that_differs_from_orders() -> list[str]:
    """People whose account tells other numbers than their orders."""
    worth = func.coalesce(func.sum(Order.total - Order.refunded).filter(Order.state.not_in(NO_REVENUE)), 0)
    theirs = select(Order.user_id, func.count().label("orders"), worth.label("spent")).group_by(Order.user_id)
    found = theirs.where(Order.user_id.is_not(None)).subquery()
    counted, spent = func.coalesce(found.c.orders, 0), func.coalesce(found.c.spent, 0)
    wrong = select(User.id).outerjoin(found, found.c.user_id == User.id)
    wrong = wrong.where((User.orders_count != counted) | (User.spent != spent))
    return [f"person {user_id}: their orders come to something else" for user_id in db.session.scalars(wrong)]


def orders_without_outbox() -> list[str]:
    """Orders whose placing owes nobody anything: their mail would never leave."""
    owed = select(OutboxEvent.subject_id).where(OutboxEvent.event == "OrderPlaced")
    return [f"order {number}" for number in db.session.scalars(select(Order.number).where(Order.id.not_in(owed)))]


def history_that_differs_from_state() -> list[str]:
    """Orders whose newest history row names another state."""
    newest = select(func.max(OrderHistory.id)).group_by(OrderHistory.order_id)
    last = select(OrderHistory.order_id, OrderHistory.to_state).where(OrderHistory.id.in_(newest)).subquery()
    wrong = (
        select(Order.number, Order.state, last.c.to_state)
        .outerjoin(last, last.c.order_id == Order.id)
        .where(func.coalesce(last.c.to_state, "") != Order.state)
    )
    return [f"order {row[0]} is {row[1]}, history ends {row[2]}" for row in db.session.execute(wrong)]


def orders_without_trade() -> list[str]:
    """Orders in a shop whose country could still be changed."""
    if trading.has_begun():
        return []
    return [f"order {number}" for number in db.session.scalars(select(Order.number).limit(1))]


def parcels_that_hold_too_much() -> list[str]:
    """Order lines of which more units are in live parcels than were ordered."""
    wrong = (
        select(OrderLine.id, OrderLine.quantity, func.sum(ParcelLine.quantity))
        .join(ParcelLine, ParcelLine.order_line_id == OrderLine.id)
        .join(Parcel, Parcel.id == ParcelLine.parcel_id)
        .where(Parcel.state != ParcelState.CANCELLED)
        .group_by(OrderLine.id)
        .having(func.sum(ParcelLine.quantity) > OrderLine.quantity)
    )
    return [f"order line {row[0]}: ordered {row[1]}, in parcels {row[2]}" for row in db.session.execute(wrong)]


def keys_without_resource() -> list[str]:
    """Idempotency keys that made nothing, or the same order under two keys."""
    orphans = select(IdempotencyKey.key).where(IdempotencyKey.resource_id.is_(None))
    doubled = (
        select(func.min(IdempotencyKey.key))
        .where(IdempotencyKey.scope.like("order:%"))
        .group_by(IdempotencyKey.resource_id)
        .having(func.count() > 1)
    )
    return [f"key {key}" for key in (*db.session.scalars(orphans), *db.session.scalars(doubled))]
