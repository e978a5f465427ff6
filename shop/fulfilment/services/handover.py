"""Handing over against a code: six digits that the customer knows and the courier asks for."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import update

from shop.extensions import db
from shop.fulfilment.errors import CodeUsedUp, ProofMissing, WrongCode
from shop.fulfilment.models import Parcel
from shop.fulfilment.services import follow
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
    """Give a parcel to the courier under a new code; a second try after a failed one works the same."""
    follow.move(parcel, ParcelState.OUT_FOR_DELIVERY, by, otp=_new_code(), otp_failures=0)


def renew_code(parcel: Parcel, by: Actor) -> None:
    """Replace the code of a parcel that is out, and tell the customer again. Raises WrongState."""
    order = follow.lock(parcel)
    if parcel.state != ParcelState.OUT_FOR_DELIVERY:
        raise WrongState("parcel", parcel.state, ParcelState.OUT_FOR_DELIVERY)
    _set(parcel, otp=_new_code(), otp_failures=0)
    record_history(order, order.state, order.state, by, "New delivery code sent")
    emit(OrderOutForDelivery(order.id))


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


def deliver_parcel(parcel: Parcel, by: Actor, otp: str | None = None, override_reason: str | None = None) -> None:
    """Note that a parcel was handed over, against its code or for a written reason; the code is cleared.

    Raises ProofMissing, WrongCode (count tries with `take_attempt` first), WrongState.
    """
    follow.lock(parcel)
    note = _proof(parcel, (otp or "").strip(), (override_reason or "").strip())
    follow.move(parcel, ParcelState.DELIVERED, by, note, otp=None, otp_failures=0, delivered_at=now())


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


def _new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _set(parcel: Parcel, **values: Any) -> None:
    db.session.execute(update(Parcel).where(Parcel.id == parcel.id).values(**values))
    db.session.refresh(parcel)
