"""Reads of parcels."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.states import ParcelState


def parcels_of(order_id: int) -> Select[Parcel]:
    """An order's parcels, oldest first, with what is in them."""
    contents = selectinload(Parcel.lines).joinedload(ParcelLine.order_line)
    return select(Parcel).where(Parcel.order_id == order_id).options(contents).order_by(Parcel.id)


def live_parcels(order_id: int) -> Select[Parcel]:
    """An order's parcels that were not cancelled."""
    return parcels_of(order_id).where(Parcel.state != ParcelState.CANCELLED)


def parcel_numbered(parcel_id: int) -> Select[Parcel]:
    """One parcel with its order."""
    return select(Parcel).where(Parcel.id == parcel_id).options(joinedload(Parcel.order))
