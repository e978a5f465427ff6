"""What is done to a parcel, from the packing table to the customer's door or back."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales import services as aftersales
from shop.fulfilment import services
from shop.fulfilment.errors import CodeUsedUp, ProofMissing, WrongCode
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries.parcels import parcel_numbered
from shop.lib.http.answers import go_to
from shop.lib.queries import one_or_404
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.orders import DeliverForm, FailForm, ShipForm
from shop.staff.order_page import order_page

bp = Blueprint("staff_parcels", __name__, url_prefix="/staff/parcels")
bp.before_request(require_permission)


@bp.post("/<int:parcel_id>/unpacking")
@needs(Permission.ORDER_UPDATE)
def unpack(parcel_id: int) -> Response:
    """Take it apart again."""
    parcel = _parcel(parcel_id)
    services.unpack(parcel, visitor().actor)
    return _done(parcel.order.number, "Unpacked. What was in it waits for another parcel.")


@bp.post("/<int:parcel_id>/shipment")
@needs(Permission.ORDER_UPDATE)
def ship(parcel_id: int) -> Response:
    """Hand it to a carrier."""
    form, parcel = ShipForm(), _parcel(parcel_id)
    if not form.validate():
        return order_page(parcel.order.number, 422, parcel_id, ship=form)
    services.ship_parcel(parcel, form.carrier.data, form.tracking_number.data, visitor().actor)
    return _done(parcel.order.number, "Shipped. The customer gets the tracking number.")


@bp.post("/<int:parcel_id>/departure")
@needs(Permission.ORDER_UPDATE)
def send_out(parcel_id: int) -> Response:
    """Give it to the courier, under a new code for the customer."""
    parcel = _parcel(parcel_id)
    services.send_out(parcel, visitor().actor)
    return _done(parcel.order.number, "Out for delivery. The customer gets a code.")


@bp.post("/<int:parcel_id>/code")
@needs(Permission.ORDER_UPDATE)
def renew_code(parcel_id: int) -> Response:
    """Send the customer a new code."""
    parcel = _parcel(parcel_id)
    services.renew_code(parcel, visitor().actor)
    return _done(parcel.order.number, "A new code is on its way to the customer.")


@bp.post("/<int:parcel_id>/rider-link")
@needs(Permission.ORDER_UPDATE)
def renew_link(parcel_id: int) -> Response:
    """Make the rider's link anew; the one before is over."""
    parcel = _parcel(parcel_id)
    services.renew_link(parcel, visitor().actor)
    return _done(parcel.order.number, "The rider has a new link. The one before no longer works.")


@bp.post("/<int:parcel_id>/rider-link/removal")
@needs(Permission.ORDER_UPDATE)
def withdraw_link(parcel_id: int) -> Response:
    """End the rider's link."""
    parcel = _parcel(parcel_id)
    services.withdraw_link(parcel, visitor().actor)
    return _done(parcel.order.number, "The rider's link no longer works.")


@bp.post("/<int:parcel_id>/delivery")
@needs(Permission.ORDER_UPDATE)
@steps
def deliver(parcel_id: int) -> Response:
    """Hand it over. A wrong code counts even though the step is refused, so it opens its own units."""
    form = DeliverForm()
    number = _deliver(parcel_id, form) if form.validate() else None
    if number:
        return _done(number, "Delivered.")
    with unit_of_work(read_only=True):
        return order_page(_parcel(parcel_id).order.number, 422, parcel_id, deliver=form)


@bp.post("/<int:parcel_id>/failure")
@needs(Permission.ORDER_UPDATE)
def fail(parcel_id: int) -> Response:
    """Note that the courier came back with it."""
    form, parcel = FailForm(), _parcel(parcel_id)
    if not form.validate():
        return order_page(parcel.order.number, 422, parcel_id, fail=form)
    services.fail_delivery(parcel, form.reason.data, visitor().actor, is_refused=form.refused.data)
    return _done(parcel.order.number, "Noted: not delivered.")


@bp.post("/<int:parcel_id>/return")
@needs(Permission.ORDER_UPDATE)
def start_return(parcel_id: int) -> Response:
    """Send it back to the shop."""
    parcel = _parcel(parcel_id)
    services.start_return(parcel, visitor().actor)
    return _done(parcel.order.number, "On its way back to the shop.")


@bp.post("/<int:parcel_id>/receipt")
@needs(Permission.ORDER_UPDATE)
@confirmed
def receive_back(parcel_id: int) -> Response:
    """Take it back into stock."""
    parcel = _parcel(parcel_id)
    aftersales.receive_parcel(parcel, visitor().actor)
    return _done(parcel.order.number, "Back in the shop. Its pieces are on the shelf again; what was paid is refunded.")


@bp.post("/<int:parcel_id>/cash")
@needs(Permission.PAYMENT_COLLECT)
def collect_cash(parcel_id: int) -> Response:
    """Note that the courier brought its cash."""
    parcel = _parcel(parcel_id)
    services.collect_cash_of(parcel, visitor().actor)
    return _done(parcel.order.number, "Cash noted.")


def _deliver(parcel_id: int, form: DeliverForm) -> str | None:
    """Deliver and answer the order's number, or put what is wrong into the form."""
    try:
        with unit_of_work():
            if form.otp.data:
                services.take_attempt(_parcel(parcel_id))
        with unit_of_work():
            parcel = _parcel(parcel_id)
            services.deliver_parcel(parcel, visitor().actor, form.otp.data, form.override_reason.data)
            return parcel.order.number
    except (CodeUsedUp, ProofMissing, WrongCode) as error:
        form.otp.errors = [str(error)]
        return None


def _parcel(parcel_id: int) -> Parcel:
    return one_or_404(parcel_numbered(parcel_id))


def _done(number: str, message: str) -> Response:
    flash(message, "good")
    return go_to(url_for("staff_orders.show", number=number))
