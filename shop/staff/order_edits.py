"""What the owner writes on an order: other days of delivery, a note; and putting it away (ORD-07, ORD-11)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.aftersales import archiving
from shop.aftersales.archiving import archive_order
from shop.fulfilment.queries import desk
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to
from shop.lib.queries import one_or_404
from shop.orders import services
from shop.orders.models import Order
from shop.staff.forms.order_edits import NoteForm, PromiseForm
from shop.staff.order_page import order_page

bp = Blueprint("staff_order_edits", __name__, url_prefix="/staff/orders/<number>")
bp.before_request(require_permission)


@bp.post("/days")
@needs(Permission.ORDER_UPDATE)
def promise(number: str) -> Response:
    """Say anew between which days it arrives; the customer's page shows them."""
    form = PromiseForm()
    if not form.validate():
        return order_page(number, 422, promise=form)
    try:
        services.promise_delivery(_order(number), form.first.data, form.last.data, visitor().actor)
    except ShopError as error:
        form.first.errors = [str(error)]
        return order_page(number, error.status, promise=form)
    return _done(number, "Saved. The customer's page shows the new days.")


@bp.post("/notes")
@needs(Permission.ORDER_UPDATE)
def note(number: str) -> Response:
    """Keep a note that only the shop reads."""
    form = NoteForm()
    if not form.validate():
        return order_page(number, 422, note=form)
    services.write_note(_order(number), form.note.data, visitor().actor)
    return _done(number, "Noted. Only the shop reads it.")


@bp.post("/archive")
@needs(Permission.ORDER_CANCEL)
@confirmed
def archive(number: str) -> Response:
    """Put it away."""
    archive_order(_order(number), visitor().actor)
    return _done(number, "Archived. It stays in the books, and is found under Archived.")


@bp.post("/archive/removal")
@needs(Permission.ORDER_CANCEL)
@confirmed
def bring_back(number: str) -> Response:
    """Take it out of the archive."""
    archiving.bring_back(_order(number), visitor().actor)
    return _done(number, "Back in the lists.")


def _order(number: str) -> Order:
    return one_or_404(desk.order_numbered(number))


def _done(number: str, message: str) -> Response:
    flash(message, "good")
    return go_to(url_for("staff_orders.show", number=number))
