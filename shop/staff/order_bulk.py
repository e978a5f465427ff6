"""One step for many orders: those ticked in the list move one by one, and the page says which did not and why."""

from __future__ import annotations

from flask import Blueprint, Response, request

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment.many import STEPS, Fate, move_each
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.products import number_of

bp = Blueprint("staff_order_bulk", __name__, url_prefix="/staff/orders/bulk")
bp.before_request(require_permission)
MOST_CHOSEN = 200


class NothingChosen(ShopError):
    """No order was ticked."""

    def __init__(self) -> None:
        super().__init__("Tick the orders first.")


@bp.post("")
@needs(Permission.ORDER_UPDATE)
@steps
def move() -> Response:
    """Move the ticked orders; a second click finds them moved, and changes nothing."""
    step = STEPS.get(request.form.get("step", ""))
    if step is None:
        raise NotFound
    chosen = {number for text in request.form.getlist("order")[:MOST_CHOSEN] if (number := number_of(text))}
    if not chosen:
        raise NothingChosen
    outcomes = move_each(chosen, step, visitor().actor)
    with unit_of_work(read_only=True):
        return page("staff/orders/moved.html", title=step.title, outcomes=outcomes, fates=Fate)
