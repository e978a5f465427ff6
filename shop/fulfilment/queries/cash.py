"""Cash on delivery: what each parcel collects, and what has not reached the shop yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from shop.extensions import db
from shop.fulfilment.models import CashCollection, Parcel
from shop.fulfilment.shares import cash_of, shares_of
from shop.fulfilment.states import ParcelState
from shop.lib.money import Money
from shop.orders.models import Order
from shop.payments.queries import cash_agreed, open_cash


def cash_by_parcel(order: Order, parcels: Sequence[Parcel]) -> dict[int, Money]:
    """What is collected at the door with each of an order's parcels; nothing where the order is paid otherwise."""
    cash = cash_agreed(order)
    return cash_of(order, shares_of(order, parcels), cash) if cash else {}


def cash_due(order: Order, parcels: Sequence[Parcel]) -> dict[int, Money]:
    """The cash of delivered parcels that has not reached the shop yet, by parcel."""
    delivered = {parcel.id for parcel in parcels if parcel.state == ParcelState.DELIVERED}
    cash = cash_by_parcel(order, parcels) if delivered else {}
    if not cash or not open_cash(order.id):
        return {}
    brought = set(db.session.scalars(select(CashCollection.parcel_id).where(CashCollection.order_id == order.id)))
    return {id: amount for id, amount in cash.items() if id in delivered - brought and amount}
