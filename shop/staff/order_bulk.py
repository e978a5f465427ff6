"""Many orders at once: those ticked in the list move one by one, or come on one paper of the packing table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment import slips
from shop.fulfilment.many import STEPS, Fate, move_each
from shop.lib.errors import NotFound, ShopError
from shop.lib.http.answers import page, pdf
from shop.lib.unit_of_work import steps, unit_of_work
from shop.staff.forms.products import number_of

bp = Blueprint("staff_order_bulk", __name__, url_prefix="/staff/order-bulk")
bp.before_request(require_permission)
MOST_CHOSEN = 200
OFFERED = {
    "": ("confirm", "pack", "pick-list", "packing-slips", "file"), "confirm": ("confirm",),
    "pack": ("pack", "pick-list", "packing-slips"), "ship": ("packing-slips", "file"),
}  # fmt: skip
"""What can be done with ticked orders, by the view they stand in; elsewhere nothing is."""
AFTER = {"confirm": ("pack", "pick-list", "packing-slips"), "pack": ("packing-slips", "file")}
"""What follows a step, for the orders that took it."""


class NothingChosen(ShopError):
    """No order was ticked."""

    def __init__(self) -> None:
        super().__init__("Tick the orders first.")


@bp.post("/pick-list")
@needs(Permission.ORDER_UPDATE)
def pick_list() -> Response:
    """What to take from which shelf for all of them."""
    return pdf("pick-list.pdf", slips.pick_list(_chosen()))


@bp.post("/packing-slips")
@needs(Permission.ORDER_UPDATE)
def packing_slips() -> Response:
    """A slip for each parcel, a page each."""
    return pdf("packing-slips.pdf", slips.packing_slips(_chosen()))


@bp.post("")
@needs(Permission.ORDER_UPDATE)
@steps
def move() -> Response:
    """Move the ticked orders; a second click finds them moved, and changes nothing."""
    code = request.form.get("step", "")
    step = STEPS.get(code)
    if step is None:
        raise NotFound
    outcomes = move_each(_chosen(), step, visitor().actor)
    moved = [outcome.order_id for outcome in outcomes if outcome.fate != Fate.LEFT]
    onward: dict[str, Any] = {"moved": moved, "offered": AFTER[code], "steps": STEPS, "view": code}
    with unit_of_work(read_only=True):
        return page("staff/orders/moved.html", title=step.title, outcomes=outcomes, fates=Fate, **onward)


def _chosen() -> list[int]:
    """The ticked orders, at most 200. Raises NothingChosen."""
    chosen = {number_of(text) for text in request.form.getlist("order")[:MOST_CHOSEN]}
    if not chosen:
        raise NothingChosen
    return sorted(chosen)
