"""Where a buyer comes back from the bank: paid, refused, or no answer yet. The order is never lost."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, flash, url_for

from shop.checkout import services as checkout_services
from shop.checkout.cash import cash_terms_of
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import keep_private
from shop.lib.queries import one_or_404, rows
from shop.lib.unit_of_work import steps, unit_of_work
from shop.orders.queries import by_token, named_by
from shop.payments.errors import GatewayAway
from shop.payments.queries import payments_of
from shop.storefront.bank_sites import lead_to_banks
from shop.storefront.checkout_cards import payment_cards
from shop.storefront.forms.checkout import PaymentForm
from shop.storefront.order_view import order_context

bp = Blueprint("order_payment", __name__, url_prefix="/order/<token>/payment")
bp.after_request(keep_private)
bp.after_request(lead_to_banks)


@bp.get("")
@steps
def show(token: str) -> Response:
    order_id = _unpaid_order(token)
    if order_id is not None:
        _ask_the_bank(order_id)
    if order_id is None or _unpaid_order(token) is None:
        return go_to(url_for("order.thanks", token=token))
    return _payment_page(token, _form(token, formdata=None))


@bp.post("")
@steps
def pay(token: str) -> Response:
    """With a method: another try. Without one: back to the bank's page of the open payment."""
    order_id, form = _unpaid_order(token), _form(token)
    if order_id is None:
        return go_to(url_for("order.thanks", token=token))
    if form.method.data and not form.validate():
        return _payment_page(token, form, 422)
    try:
        return go_to(_way_to_pay(token, order_id, form))
    except (ShopError, GatewayAway) as error:
        flash(str(error), "error")
        return go_to(url_for(".show", token=token))


def _form(token: str, **values: Any) -> PaymentForm:
    """Which ways to pay there are is read in a unit of its own."""
    with unit_of_work(read_only=True):
        return PaymentForm(cash_terms_of(one_or_404(named_by(token))), **values)


def _unpaid_order(token: str) -> int | None:
    """The id of an order that waits for the bank; None where there is nothing to pay there."""
    with unit_of_work(read_only=True):
        order = one_or_404(named_by(token))
        return order.id if order.waits_for_payment else None


def _ask_the_bank(order_id: int) -> None:
    with suppress(GatewayAway, ShopError):
        checkout_services.finish_payment(order_id)


def _way_to_pay(token: str, order_id: int, form: PaymentForm) -> str:
    if form.method.data:
        with unit_of_work():
            checkout_services.pay_another_way(one_or_404(named_by(token)), form.method.data, form.part_by)
        if _unpaid_order(token) is None:
            return url_for("order.thanks", token=token)
    return checkout_services.start_payment(order_id)


def _payment_page(token: str, form: PaymentForm, status: int = 200) -> Response:
    with unit_of_work(read_only=True):
        order = one_or_404(by_token(token))
        latest = rows(payments_of(order.id))[-1]
        choices = {"cards": payment_cards(form.cash), "form": form}
        around: dict[str, Any] = order_context(order) | choices | {"payment": latest}
        form.method.data = form.method.data or order.payment_method
        return page("storefront/order/payment.html", status, **around)
