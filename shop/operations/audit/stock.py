"""Stock against its ledger, holds and listing."""

from __future__ import annotations

from sqlalchemy import func, literal, select

from shop.catalog.models import ListingOffer
from shop.extensions import db
from shop.fulfilment.models import Parcel, ParcelLine
from shop.orders.models import Order, OrderLine
from shop.orders.states import OrderState
from shop.stock.models import Hold, LedgerEntry, StockLevel

IN_THE_SHOP = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED)


def levels_that_differ_from_ledger() -> list[str]:
    """Variants whose units on hand are not the sum of their ledger, or that have a ledger and no level.

    One pass over both tables put under each other: SQLite would make a full join quadratic.
    """
    levels = select(
        StockLevel.variant_id, StockLevel.on_hand.label("there"), literal(0).label("units"), literal(1).label("levels")
    )
    entries = select(LedgerEntry.variant_id, literal(0), LedgerEntry.units, literal(0))
    both = levels.union_all(entries).subquery()
    there, units = func.sum(both.c.there), func.sum(both.c.units)
    wrong = (
        select(both.c.variant_id, there, units)
        .group_by(both.c.variant_id)
        .having((there != units) | (func.sum(both.c.levels) == 0))
    )
    return [f"variant {row[0]}: on hand {row[1]}, ledger {row[2]}" for row in db.session.execute(wrong)]


def reserved_that_differs_from_holds() -> list[str]:
    """Variants whose reserved units are not the sum of the live holds."""
    live = (
        select(Hold.variant_id, func.sum(Hold.units).label("units"))
        .where(Hold.ended_at.is_(None))
        .group_by(Hold.variant_id)
        .subquery()
    )
    held = func.coalesce(live.c.units, 0)
    compared = select(StockLevel.variant_id, StockLevel.reserved, held).outerjoin(
        live, live.c.variant_id == StockLevel.variant_id
    )
    wrong = compared.where(StockLevel.reserved != held)
    return [f"variant {row[0]}: reserved {row[1]}, held {row[2]}" for row in db.session.execute(wrong)]


def holds_without_live_order() -> list[str]:
    """Live holds of orders that were sent, cancelled or never existed."""
    wrong = (
        select(Hold.id, Hold.order_id, Order.state)
        .outerjoin(Order, Order.id == Hold.order_id)
        .where(Hold.ended_at.is_(None), Order.id.is_(None) | Order.state.not_in(IN_THE_SHOP))
    )
    return [f"hold {row.id}: order {row.order_id} is {row.state}" for row in db.session.execute(wrong)]


def live_orders_without_holds() -> list[str]:
    """Orders of which something is still in the shop, and whose live holds are not exactly that."""
    gone = (
        select(ParcelLine.order_line_id, func.sum(ParcelLine.quantity).label("units"))
        .join(Parcel, Parcel.id == ParcelLine.parcel_id)
        .where(Parcel.shipped_at.is_not(None))
        .group_by(ParcelLine.order_line_id)
        .subquery()
    )
    here = func.sum(OrderLine.quantity - func.coalesce(gone.c.units, 0))
    lines = (
        select(OrderLine.order_id, OrderLine.variant_id, here.label("units"))
        .join(Order)
        .outerjoin(gone, gone.c.order_line_id == OrderLine.id)
        .where(Order.state.in_(IN_THE_SHOP))
        .group_by(OrderLine.order_id, OrderLine.variant_id)
        .subquery()
    )
    held = (lines.c.order_id == Hold.order_id) & (lines.c.variant_id == Hold.variant_id) & Hold.ended_at.is_(None)
    compared = select(lines.c.order_id, lines.c.variant_id, lines.c.units, Hold.units).outerjoin(Hold, held)
    wrong = compared.where(func.coalesce(Hold.units, 0) != lines.c.units)
    return [f"order {row[0]}, variant {row[1]}: to send {row[2]}, held {row[3]}" for row in db.session.execute(wrong)]


def offers_that_differ_from_stock() -> list[str]:
    """Listing offers that say something else than the stock level."""
    is_for_sale = func.coalesce(StockLevel.on_hand - StockLevel.reserved, 0) > 0
    wrong = (
        select(ListingOffer.variant_id, ListingOffer.in_stock)
        .outerjoin(StockLevel, StockLevel.variant_id == ListingOffer.variant_id)
        .where(ListingOffer.in_stock != is_for_sale)
    )
    return [f"variant {row.variant_id}: listed as in_stock={row.in_stock}" for row in db.session.execute(wrong)]
