"""An order's lines changed before it is packed: what shall be in it, what that comes to, done (ORD-07)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import confirmed, needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.checkout import services
from shop.checkout.proposals import Proposal, last_edit, propose, units_before, why_fixed
from shop.extensions import db
from shop.fulfilment.queries import desk
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.payments.queries import captured
from shop.pricing.rows import total_rows
from shop.staff.forms.order_lines import OrderLinesForm, rows_of, sizes_to_swap
from shop.staff.forms.order_rows import Row, typed_rows, units_of
from shop.staff.forms.products import number_of
from shop.staff.product_finder import added, finder
from shop.staff.words import news

bp = Blueprint("staff_order_lines", __name__, url_prefix="/staff/orders/<number>/lines")
bp.before_request(require_permission)


@bp.get("")
@needs(Permission.ORDER_EDIT)
def show(number: str) -> Response:
    """What is in it; with `back`, what was in it before the newest change."""
    order = _order(number)
    newest = last_edit(order.id) if "back" in request.args else None
    now = units_before(order, newest) if newest else {line.variant_id: line.quantity for line in order.lines}
    return _page(order, OrderLinesForm(formdata=None), rows_of(now))


@bp.post("")
@needs(Permission.ORDER_EDIT)
def work_out(number: str) -> Response:
    """Look for products, take one in, or work out what it comes to; nothing is changed yet."""
    order, form = _order(number), OrderLinesForm()
    typed = [*typed_rows(request.form, fewest=0), *added()]
    if request.form.get("op") != "price":
        return _page(order, form, typed)
    try:
        return _page(order, form, typed, propose(order, _units(typed)))
    except ShopError as error:
        return _refused(order, form, typed, error)


@bp.post("/change")
@needs(Permission.ORDER_EDIT)
@confirmed
def change(number: str) -> Response:
    """Change the order as it was worked out, and settle the difference."""
    order, form = _order(number), OrderLinesForm()
    typed = typed_rows(request.form, fewest=0)
    if not form.validate():
        return _page(order, form, typed, status=422)
    seen = (number_of(request.form.get("edit")), number_of(request.form.get("seen")))
    try:
        with db.session.begin_nested():
            services.edit_order(order, _units(typed), seen, form.note.data or "", visitor().actor)
    except ShopError as error:
        return _refused(order, form, typed, error)
    flash(f"Changed. The customer gets {news(order)} that says what, and what becomes of the difference.", "good")
    return go_to(url_for("staff_orders.show", number=number))


def _order(number: str) -> Order:
    return one_or_404(desk.order_numbered(number))


def _units(typed: list[Row]) -> dict[int, int]:
    """Raises ShopError for a row that is wrong."""
    if wrong := next((row for row in typed if row.problem), None):
        raise ShopError(f"{wrong.sku}: {wrong.problem}")
    return units_of(typed)


def _refused(order: Order, form: OrderLinesForm, typed: list[Row], error: ShopError) -> Response:
    db.session.refresh(order)
    form.blame(error)
    return _page(order, form, typed, status=error.status)


def _page(
    order: Order, form: OrderLinesForm, typed: list[Row], proposal: Proposal | None = None, status: int = 200
) -> Response:
    sizes = sizes_to_swap(order.lines)
    return page(
        "staff/order_lines/show.html",
        status,
        order=order,
        form=form,
        fixed=why_fixed(order),
        typed=[*(row for row in typed if row.sku), Row(quantity="1")],
        sizes=sizes,
        names={sku: f"{line.name}, {line.colour}" for line in order.lines for sku, _ in sizes[line.sku]},
        newest=last_edit(order.id),
        proposal=proposal,
        rows_before=total_rows(order, order.delivery_charge),
        rows_after=total_rows(proposal.quote, proposal.quote.delivery_charge) if proposal else [],
        paid=captured(order.id),
        **finder(),
    )
