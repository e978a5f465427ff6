"""How an order gets on, for whoever knows its number and the e-mail or phone it was placed with (ORD-02).

The page tells of the way only: no address, no code, nothing that could be done. All of that is behind the signed link
in the order's mails, and the same words answer a wrong number, a wrong e-mail and an order that never was.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.accounts import throttles
from shop.lib.http.answers import page
from shop.lib.http.headers import keep_private
from shop.lib.queries import one_or_none
from shop.lib.unit_of_work import steps, unit_of_work
from shop.orders.models import Order
from shop.orders.queries import tracked
from shop.storefront.forms.track import TrackForm
from shop.storefront.order_view import order_context

bp = Blueprint("track", __name__, url_prefix="/track")
bp.after_request(keep_private)
SHOWN = ("order", "headline", "order_status", "events", "several")


@bp.get("")
def show() -> Response:
    return _page(TrackForm(request.args if "number" in request.args else None))


@bp.post("")
@throttles.tracking_by_address
@throttles.tracking_by_account
@steps
def find() -> Response:
    """Tries are counted in units of their own, so the page is made in one, too."""
    with unit_of_work(read_only=True):
        return _found()


def _found() -> Response:
    form = TrackForm()
    if not form.validate():
        return _page(form, status=422)
    order = one_or_none(tracked(form.number.data, form.identifier.data))
    if order is None:
        form.number.errors = ["We know no order with this number and this e-mail or phone."]
        return _page(form, status=422)
    return _page(form, order)


def _page(form: TrackForm, order: Order | None = None, status: int = 200) -> Response:
    context = order_context(order) if order else {}
    return page("storefront/track/show.html", status, form=form, **{name: context.get(name) for name in SHOWN})
