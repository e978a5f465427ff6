"""Giving money back: which pieces of an order, how much of its delivery, and where it goes (PAY-05)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment.queries import desk
from shop.lib.errors import ShopError
from shop.lib.http.answers import answer, go_to, is_htmx, page
from shop.lib.money import total
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.payments import queries, refunds
from shop.payments.masks import paid_with
from shop.payments.parts import DELIVERY
from shop.payments.refunding_once import refund_once
from shop.payments.tenders import in_words, tenders_of_order
from shop.staff.forms.refunds import RefundForm, typed_units

bp = Blueprint("staff_refunds", __name__, url_prefix="/staff/orders/<number>/refund")
bp.before_request(require_permission)
refunder = needs(Permission.PAYMENT_REFUND)


@bp.get("")
@refunder
@confirmed
def show(number: str) -> Response:
    """What is left to give back, and a form."""
    order = _order(number)
    return _page(order, _form(order, formdata=None))


@bp.post("/amount")
@refunder
@confirmed
def work_out(number: str) -> Response:
    """What the form comes to, tender by tender; nothing is written."""
    order = _order(number)
    form = _form(order)
    if is_htmx():
        told = _worked_out(order, form) | {"order": order, "paid_with": paid_with}
        return answer("staff/refunds/_amount.html", fallback="", **told)
    return _page(order, form, **_worked_out(order, form))


@bp.post("")
@refunder
@confirmed
def make(number: str) -> Response:
    """Owe it, once for each form; the provider is asked by itself."""
    order = _order(number)
    form = _form(order)
    if not form.validate():
        return _page(order, form, 422)
    try:
        wanted = form.wanted(order.lines, queries.left_of(order))
        is_new = refund_once(order, wanted, visitor().actor, form.key.data or "")
    except ShopError as error:
        form.blame(error)
        return _page(order, form, error.status)
    flash("The refund is on its way." if is_new else "That was done already, and is not done twice.", "good")
    return go_to(url_for("staff_orders.show", number=number, _anchor="payments"))


def _order(number: str) -> Order:
    return one_or_404(desk.order_numbered(number))


def _form(order: Order, **given: Any) -> RefundForm:
    return RefundForm(has_account=order.user_id is not None, **given)


def _worked_out(order: Order, form: RefundForm) -> dict[str, Any]:
    """The shares of what was filled in, or why they cannot be."""
    form.validate()
    try:
        return {"shares": refunds.plan(order, form.wanted(order.lines, queries.left_of(order)))}
    except ShopError as error:
        return {"refusal": str(error)}


def _way_hint(order: Order) -> str:
    """What the first way means for an order that was paid in several ways, or in cash."""
    cash = " Cash goes to an account the customer names on the order's page." if queries.has_cash(order.id) else ""
    return f"Where several ways paid, store credit comes last.{cash}"


def _page(order: Order, form: RefundForm, status: int = 200, **worked_out: Any) -> Response:
    """The page with what was typed. What is refused was never done, so it goes on under a new key."""
    form.renew_key()
    left = {part.line_id: part for part in queries.left_of(order)}
    return page(
        "staff/refunds/show.html",
        status,
        order=order,
        form=form,
        lines=[(line, left[line.id], typed_units(line.id)) for line in order.lines],
        delivery=left[DELIVERY].amount,
        left=total([part.amount for part in left.values()]),
        paid_by=in_words(tenders_of_order(order.id)),
        way_hint=_way_hint(order),
        paid_with=paid_with,
        **worked_out,
    )
