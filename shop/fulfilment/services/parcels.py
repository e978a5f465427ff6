"""Confirming orders; sending parcels and taking them back."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import update

from shop.extensions import db
from shop.fulfilment.errors import NotPaidYet, ReasonMissing
from shop.fulfilment.models import Parcel
from shop.fulfilment.services import follow
from shop.fulfilment.states import ParcelState
from shop.invoices.services import issue_with_goods
from shop.lib import faults
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.states import OrderState, PaymentStanding
from shop.stock import services as stock

OVER: dict[str, Any] = {"otp": None, "otp_failures": 0, "rider_until": None}
"""What the door no longer needs: the customer's code and the rider's link."""


def confirm_order(order: Order, by: Actor, note: str = "") -> None:
    """Take an order on. What is to be paid before must be paid: raises NotPaidYet; raises WrongState."""
    order = lock_order(order.id)
    if order.is_paid_before and order.payment_standing != PaymentStanding.PAID:
        raise NotPaidYet
    follow.step(order, OrderState.CONFIRMED, by, note)


def ship_parcel(parcel: Parcel, carrier: str, tracking_number: str, by: Actor) -> None:
    """Hand a parcel to a carrier: its units leave the stock, and with the first one the invoice is issued.

    Raises WrongState.
    """
    note = f"{carrier} {tracking_number}"
    follow.move(
        parcel, ParcelState.SHIPPED, by, note, carrier=carrier, tracking_number=tracking_number, shipped_at=now()
    )
    stock.ship(parcel.order_id, units_in(parcel), by)
    faults.point("parcel.goods_left")
    issue_with_goods(parcel.order)


def fail_delivery(parcel: Parcel, reason: str, by: Actor, *, is_refused: bool = False, **also: Any) -> None:
    """Note that the rider came back with the parcel; code and link no longer count. Raises ReasonMissing, WrongState.

    `is_refused`: somebody was there and did not want it.
    """
    if not reason.strip():
        raise ReasonMissing
    if is_refused:
        also["refused_at"] = now()
    follow.move(parcel, ParcelState.DELIVERY_FAILED, by, reason.strip(), **OVER, **also)


def note_refusal(parcel: Parcel, when: datetime) -> None:
    """Note when somebody at the door did not want a parcel; the first time counts."""
    unwanted = update(Parcel).where(Parcel.id == parcel.id, Parcel.refused_at.is_(None)).values(refused_at=when)
    db.session.execute(unwanted.execution_options(synchronize_session=False))
    db.session.refresh(parcel)


def start_return(parcel: Parcel, by: Actor, note: str = "") -> None:
    """Send an undeliverable parcel back to the shop. Raises WrongState."""
    follow.move(parcel, ParcelState.RETURNING, by, note)


def units_in(parcel: Parcel) -> dict[int, int]:
    """How many units of each variant are in a parcel."""
    units: Counter[int] = Counter()
    for line in parcel.lines:
        units[line.order_line.variant_id] += line.quantity
    return dict(units)
