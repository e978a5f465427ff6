"""Handing over against a code: six digits that the customer knows and the courier asks for."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import update

from shop.extensions import db
from shop.fulfilment import rider_links
from shop.fulfilment.errors import CodeUsedUp, ProofMissing, WrongCode
from shop.fulfilment.models import Parcel
from shop.fulfilment.services import follow
from shop.fulfilment.services.parcels import OVER
from shop.fulfilment.states import ParcelState
from shop.lib.actor import Actor
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.states import WrongState
from shop.orders.events import OrderOutForDelivery
from shop.orders.services import record as record_history
from shop.store.settings import HANDOVER_TRIES, value_of


def send_out(parcel: Parcel, by: Actor) -> None:
    """Give a parcel to a rider under a new code and a new link; a second try after a failed one works the same."""
    at_the_door: dict[str, Any] = {"otp": _new_code(), "otp_failures": 0, "rider_until": rider_links.end()}
    follow.move(parcel, ParcelState.OUT_FOR_DELIVERY, by, **at_the_door)


def renew_code(parcel: Parcel, by: Actor) -> None:
    """Replace the code of a parcel that is out, and tell the customer again. Raises WrongState."""
    order = follow.lock(parcel)
    if parcel.state != ParcelState.OUT_FOR_DELIVERY:
        raise WrongState("parcel", parcel.state, ParcelState.OUT_FOR_DELIVERY)
    _set(parcel, otp=_new_code(), otp_failures=0)
    record_history(order, order.state, order.state, by, "New delivery code sent")
    emit(OrderOutForDelivery(order.id))


def renew_link(parcel: Parcel, by: Actor) -> None:
    """Give the rider of a parcel that is out a new link; the one before is over. Raises WrongState."""
    _set_link(parcel, rider_links.end(), by, "New link for the rider")


def withdraw_link(parcel: Parcel, by: Actor) -> None:
    """End the rider's link of a parcel that is out. Raises WrongState."""
    _set_link(parcel, None, by, "The rider's link was withdrawn")


def take_attempt(parcel: Parcel) -> None:
    """Count one try of the code, before it is compared, in a unit of its own, so that no refusal undoes the count.

    Raises CodeUsedUp when all tries are used. Nothing is counted for a parcel that is not out: the move refuses it.
    """
    open_ones = update(Parcel).where(
        Parcel.id == parcel.id, Parcel.otp_failures < value_of(HANDOVER_TRIES), Parcel.otp.is_not(None)
    )
    counted = open_ones.values(otp_failures=Parcel.otp_failures + 1).execution_options(synchronize_session=False)
    if rows_changed(counted) != 1 and parcel.state == ParcelState.OUT_FOR_DELIVERY:
        raise CodeUsedUp


def deliver_parcel(
    parcel: Parcel, by: Actor, otp: str | None = None, override_reason: str | None = None, **also: Any
) -> None:
    """Note that a parcel was handed over, against its code or for a written reason; code and link are cleared.

    `also` are further columns, as the photo of it. Raises ProofMissing, WrongCode (count tries with `take_attempt`
    first), WrongState.
    """
    follow.lock(parcel)
    note = _proof(parcel, (otp or "").strip(), (override_reason or "").strip())
    follow.move(parcel, ParcelState.DELIVERED, by, note, delivered_at=now(), **OVER, **also)


def _proof(parcel: Parcel, otp: str, reason: str) -> str:
    if parcel.state != ParcelState.OUT_FOR_DELIVERY:
        raise WrongState("parcel", parcel.state, ParcelState.DELIVERED)
    if otp:
        if not secrets.compare_digest(otp.encode(), (parcel.otp or "").encode()):
            raise WrongCode
        return "Handed over against the code"
    if not reason:
        raise ProofMissing
    return f"Handed over without the code: {reason}"


def _set_link(parcel: Parcel, until: datetime | None, by: Actor, note: str) -> None:
    order = follow.lock(parcel)
    if parcel.state != ParcelState.OUT_FOR_DELIVERY:
        raise WrongState("parcel", parcel.state, ParcelState.OUT_FOR_DELIVERY)
    _set(parcel, rider_until=until)
    record_history(order, order.state, order.state, by, note)


def _new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _set(parcel: Parcel, **values: Any) -> None:
    db.session.execute(update(Parcel).where(Parcel.id == parcel.id).values(**values))
    db.session.refresh(parcel)
