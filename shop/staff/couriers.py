"""A courier for a packed parcel: booked, labelled, taken back; and what the sandbox courier shall say of it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment.couriers import sandbox
from shop.fulfilment.couriers.base import EventKind
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries.parcels import courier_events_of, parcel_numbered
from shop.fulfilment.services import booking, tracking
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import go_to, page, pdf
from shop.lib.queries import one_or_404, rows
from shop.lib.unit_of_work import steps, unit_of_work

bp = Blueprint("staff_couriers", __name__, url_prefix="/staff/parcels/<int:parcel_id>")
bp.before_request(require_permission)
SAYINGS = {
    EventKind.PICKED_UP: "Picked up",
    EventKind.OUT_FOR_DELIVERY: "Out for delivery",
    EventKind.DELIVERED: "Delivered",
    EventKind.NOT_AT_HOME: "Nobody at home",
    EventKind.REFUSED: "Refused",
    EventKind.COMING_BACK: "On its way back",
}


@bp.post("/courier")
@needs(Permission.ORDER_UPDATE)
@steps
def book(parcel_id: int) -> Response:
    """Let a courier fetch it."""
    try:
        booking.book(parcel_id, request.form.get("courier", ""), visitor().actor)
    except ShopError as error:
        return _refused(parcel_id, error)
    return _done(parcel_id, "The courier fetches it. Print the label and stick it on the parcel.")


@bp.post("/courier/cancellation")
@needs(Permission.ORDER_UPDATE)
@steps
def cancel(parcel_id: int) -> Response:
    """Take the booking back."""
    try:
        booking.cancel_booking(parcel_id, visitor().actor)
    except ShopError as error:
        return _refused(parcel_id, error)
    return _done(parcel_id, "The courier no longer fetches it.")


@bp.get("/label")
@needs(Permission.ORDER_READ)
@steps
def label(parcel_id: int) -> Response:
    """What is stuck on it."""
    return pdf(f"label-{parcel_id}.pdf", booking.label_of(parcel_id))


@bp.get("/tracking")
@needs(Permission.ORDER_READ)
def show(parcel_id: int) -> Response:
    """What its courier told so far, and buttons that let the sandbox courier tell more."""
    parcel = _tracked(parcel_id)
    told = rows(courier_events_of(parcel.courier or "", parcel.tracking_number or ""))
    can_say = parcel.courier == sandbox.CODE and visitor().can(Permission.ORDER_UPDATE)
    return page("staff/parcels/tracking.html", parcel=parcel, told=told, sayings=SAYINGS, can_say=can_say)


@bp.post("/tracking")
@needs(Permission.ORDER_UPDATE)
def say(parcel_id: int) -> Response:
    """Let the sandbox courier tell something, signed as its webhooks are."""
    parcel, event = _tracked(parcel_id), request.form.get("event", "")
    if parcel.courier != sandbox.CODE or event not in SAYINGS:
        raise NotFound
    outcome = tracking.receive(sandbox.CODE, *sandbox.say(parcel.tracking_number or "", EventKind(event)))
    flash(f"The courier said: {SAYINGS[EventKind(event)]} ({outcome}).", "good")
    return go_to(url_for(".show", parcel_id=parcel_id))


def _tracked(parcel_id: int) -> Parcel:
    parcel = one_or_404(parcel_numbered(parcel_id))
    if parcel.courier is None:
        raise NotFound
    return parcel


def _refused(parcel_id: int, error: ShopError) -> Response:
    if isinstance(error, NotFound):
        raise error
    return _done(parcel_id, str(error), "error")


def _done(parcel_id: int, message: str, kind: str = "good") -> Response:
    with unit_of_work(read_only=True):
        number = one_or_404(parcel_numbered(parcel_id)).order.number
    flash(message, kind)
    return go_to(url_for("staff_orders.show", number=number))
