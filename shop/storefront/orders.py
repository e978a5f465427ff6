"""The signed-in person's orders: found, looked at, cancelled, bought again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from sqlalchemy import Select

from shop.accounts.guards import require_sign_in
from shop.accounts.visits import visitor
from shop.aftersales.services import cancel_order
from shop.cart.services.again import BoughtAgain, buy_again
from shop.lib.http.answers import go_to, page
from shop.lib.queries import one_or_404, page_of
from shop.orders.models import Order
from shop.orders.queries import matching, orders_of
from shop.payments.queries import due
from shop.storefront.forms.checkout import CancellationForm
from shop.storefront.forms.orders import OrderSearchForm
from shop.storefront.order_cards import cards_of
from shop.storefront.order_view import comes_back, order_context

bp = Blueprint("orders", __name__, url_prefix="/account/orders")
bp.before_request(require_sign_in)
AT_ONCE = 10


@bp.get("")
def index() -> Response:
    form = OrderSearchForm(request.args)
    found = page_of(_found(form), form.page_number, AT_ONCE)
    return page("storefront/orders/index.html", form=form, found=found, cards=cards_of(found.items), page_url=_page_url)


@bp.get("/<number>")
def show(number: str) -> Response:
    return _page(_mine(number))


@bp.post("/<number>/cancellation")
def cancel(number: str) -> Response:
    order, form = _mine(number), CancellationForm()
    if not form.validate():
        return _page(order, 422, form)
    was_paid = bool(comes_back(order, due(order)))
    cancel_order(order, visitor().actor, form.reason.data or "")
    flash(f"Your order is cancelled.{' What you paid goes back to where it came from.' * was_paid}", "good")
    return go_to(url_for("orders.show", number=number))


@bp.post("/<number>/again")
def again(number: str) -> Response:
    _tell(buy_again(visitor(), _mine(number).lines))
    return go_to("/cart")


def _mine(number: str) -> Order:
    """One of the person's own orders; anyone else's does not exist."""
    return one_or_404(orders_of(visitor()).where(Order.number == number.replace("\0", "")))


def _found(form: OrderSearchForm) -> Select[Order]:
    return matching(orders_of(visitor()), form.states, form.q.data or "")


def _page_url(number: int) -> str:
    wanted: dict[str, Any] = {name: value for name in ("state", "q") if (value := request.args.get(name))}
    return url_for("orders.index", **wanted, page=number)


def _page(order: Order, status: int = 200, form: CancellationForm | None = None) -> Response:
    form = form or CancellationForm(formdata=None)
    return page("storefront/orders/show.html", status, form=form, **order_context(order))


def _tell(bought: BoughtAgain) -> None:
    if bought.units:
        flash("In your bag again, at today's prices.", "good")
    if bought.missing:
        flash(f"Not there any more: {'; '.join(bought.missing)}.", "warn")
