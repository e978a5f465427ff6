"""The packing table: units of an order into a parcel, and the papers for it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment import services, slips
from shop.fulfilment.errors import NothingToPack, TooManyUnits
from shop.fulfilment.queries import desk, live_parcels, units_left
from shop.lib.http.answers import go_to, pdf
from shop.lib.queries import one_or_404, rows
from shop.orders.models import Order
from shop.staff.forms.packing import PackForm, pack_form
from shop.staff.order_page import order_page

bp = Blueprint("staff_packing", __name__, url_prefix="/staff/orders/<number>")
bp.before_request(require_permission)


@bp.post("/parcels")
@needs(Permission.ORDER_UPDATE)
def pack(number: str) -> Response:
    """Pack so many units of each line, or without a number all that is left."""
    order = one_or_404(desk.order_numbered(number))
    form = _form(order) if request.form.keys() - {"csrf_token"} else None
    if form is not None and not form.validate():
        return order_page(number, 422, pack=form)
    try:
        parcel = services.pack_units(order, form.units if form else None, visitor().actor)
    except (NothingToPack, TooManyUnits) as error:
        if form is None:
            raise
        form.form_errors.append(str(error))
        return order_page(number, 422, pack=form)
    flash(f"Packed: {parcel.units} {'piece' if parcel.units == 1 else 'pieces'} in one parcel.", "good")
    return go_to(url_for("staff_orders.show", number=number))


@bp.get("/packing-slip")
@needs(Permission.ORDER_READ)
def packing_slip(number: str) -> Response:
    """The slips of its parcels, and of what is still to be packed."""
    return pdf(f"packing-slip-{number}.pdf", slips.packing_slips([_id_of(number)]))


@bp.get("/pick-list")
@needs(Permission.ORDER_READ)
def pick_list(number: str) -> Response:
    """What is to be taken from the shelves for it."""
    return pdf(f"pick-list-{number}.pdf", slips.pick_list([_id_of(number)]))


def _id_of(number: str) -> int:
    return one_or_404(desk.order_numbered(number)).id


def _form(order: Order) -> PackForm:
    return pack_form(order, units_left(order, rows(live_parcels(order.id))))
