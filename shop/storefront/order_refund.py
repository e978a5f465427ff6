"""Where the money of a refund goes, asked behind the order's link: cash has no way back, and a bank may refuse one."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for
from sqlalchemy import select

from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import keep_private
from shop.lib.queries import one_or_404
from shop.orders.models import Order
from shop.orders.queries import by_token
from shop.payments.models import Payment, Refund
from shop.payments.payouts import name_payee
from shop.storefront.forms.refund import PayeeForm

bp = Blueprint("order_refund", __name__, url_prefix="/order/<token>/refunds/<int:refund_id>")
bp.after_request(keep_private)


@bp.get("")
def show(token: str, refund_id: int) -> Response:
    order = one_or_404(by_token(token))
    refund = _refund(order, refund_id)
    return _page(order, refund, PayeeForm(formdata=None)) if refund.waits_for_payee else _to_the_order(token)


@bp.post("")
def save(token: str, refund_id: int) -> Response:
    """Keep the account, once: whoever holds the link later cannot turn the money away."""
    order, form = one_or_404(by_token(token)), PayeeForm()
    refund = _refund(order, refund_id)
    if not form.validate():
        return _page(order, refund, form, 422)
    name_payee(order, refund_id, form.payee())
    flash("Thank you. We send the money there.", "good")
    return _to_the_order(token)


def _refund(order: Order, refund_id: int) -> Refund:
    return one_or_404(select(Refund).join(Payment).where(Refund.id == refund_id, Payment.order_id == order.id))


def _to_the_order(token: str) -> Response:
    return go_to(url_for("order.show", token=token))


def _page(order: Order, refund: Refund, form: PayeeForm, status: int = 200) -> Response:
    return page("storefront/order/refund.html", status, order=order, refund=refund, form=form)
