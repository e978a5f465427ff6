"""What couriers tell of their shipments, by the same steps as at the desk; in any order, and any number of times."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.extensions import db
from shop.fulfilment.couriers import courier_of
from shop.fulfilment.couriers.base import CourierTold, EventKind
from shop.fulfilment.models import CourierEvent, Parcel
from shop.fulfilment.queries.parcels import parcel_tracked
from shop.fulfilment.services import follow
from shop.fulfilment.services.handover import deliver_parcel, send_out
from shop.fulfilment.services.parcels import fail_delivery, note_refusal, ship_parcel, start_return
from shop.fulfilment.states import ParcelState, way
from shop.lib.actor import Actor
from shop.lib.queries import one_or_none

P = ParcelState
LEADS_TO = {
    EventKind.PICKED_UP: P.SHIPPED,
    EventKind.OUT_FOR_DELIVERY: P.OUT_FOR_DELIVERY,
    EventKind.DELIVERED: P.DELIVERED,
    EventKind.REFUSED: P.DELIVERY_FAILED,
    EventKind.NOT_AT_HOME: P.DELIVERY_FAILED,
    EventKind.COMING_BACK: P.RETURNING,
}
REASONS = {EventKind.REFUSED: "Refused", EventKind.NOT_AT_HOME: "Nobody at home"}


def receive(code: str, body: bytes, signature: str) -> str:
    """Store what a courier says once, and follow it; answers what came of it. Raises NotFound, NotSigned.

    What happened before something already followed changes nothing, but for a refusal, which is counted. What comes
    without its steps before takes them all, so every order of arrival ends where the newest event says.
    """
    courier = courier_of(code)
    told = courier.read(body, signature)
    parcel = one_or_none(parcel_tracked(code, told.tracking_number))
    if parcel is not None:
        follow.lock(parcel)
    newest = _newest(code, told.tracking_number)
    event_id = _store(code, told)
    if event_id is None:
        return "known"
    is_late = newest is not None and told.happened_at.timestamp() <= newest
    outcome = "unknown" if parcel is None else _follow(parcel, told, Actor("courier", courier.name), is_late)
    db.session.get_one(CourierEvent, event_id).outcome = outcome
    db.session.flush()
    return outcome


def _follow(parcel: Parcel, told: CourierTold, by: Actor, is_late: bool) -> str:
    if told.kind == EventKind.REFUSED:
        note_refusal(parcel, told.happened_at)
    steps = None if is_late else way(P(parcel.state), LEADS_TO[told.kind])
    for state in steps or ():
        _step(parcel, state, told, by)
    return "followed" if steps else "late" if is_late else "nothing to do"


def _step(parcel: Parcel, to: ParcelState, told: CourierTold, by: Actor) -> None:
    said = f"{by.name} says so"
    reason = REASONS.get(told.kind, said)
    ways: dict[ParcelState, Callable[[], None]] = {
        P.SHIPPED: lambda: ship_parcel(parcel, parcel.carrier or "", parcel.tracking_number or "", by),
        P.OUT_FOR_DELIVERY: lambda: send_out(parcel, by),
        P.DELIVERED: lambda: deliver_parcel(parcel, by, override_reason=said),
        P.DELIVERY_FAILED: lambda: fail_delivery(parcel, f"{reason}: {told.note}" if told.note else reason, by),
        P.RETURNING: lambda: start_return(parcel, by, told.note),
    }
    ways[to]()


def _newest(code: str, tracking_number: str) -> float | None:
    """When the newest event happened that was heard of so far."""
    heard = select(func.max(CourierEvent.happened_at)).where(CourierEvent.courier == code)
    found = db.session.scalar(heard.where(CourierEvent.tracking_number == tracking_number))
    return found.timestamp() if found else None


def _store(code: str, told: CourierTold) -> int | None:
    """The event's row; None where it was told before. The unique key decides between two deliveries at once."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    values = {"courier": code, "event_id": told.id, "tracking_number": told.tracking_number, "kind": told.kind,
              "note": told.note, "happened_at": told.happened_at, "outcome": "received"}  # fmt: skip
    stored = dialect.insert(CourierEvent).values(values).on_conflict_do_nothing()
    return db.session.scalar(stored.returning(CourierEvent.id))
