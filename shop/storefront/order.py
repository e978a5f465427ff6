"""An order behind its secret link: thanks, progress, cancelling, and keeping it in an account."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.visits import visitor
from shop.aftersales import services as aftersales
from shop.checkout import services as checkout_services
from shop.invoices.models import Invoice
from shop.invoices.paper import file_name, pdf_of
from shop.invoices.queries import told_of, whole
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page, pdf
from shop.lib.http.headers import keep_private
from shop.lib.queries import one_or_404
from shop.membership.services import claim_by_link
from shop.orders.models import Order
from shop.orders.queries import by_token
from shop.payments.queries import due
from shop.storefront.forms.cart import CouponForm
from shop.storefront.forms.checkout import CancellationForm
from shop.storefront.order_view import comes_back, order_context

bp = Blueprint("order", __name__, url_prefix="/order")
bp.after_request(keep_private)


@bp.get("/<token>")
def show(token: str) -> Response:
    return _page("show", _order(token))


@bp.get("/<token>/thanks")
def thanks(token: str) -> Response:
    order = _order(token)
    if order.waits_for_payment:
        return go_to(url_for("order_payment.show", token=token))
    if order.state not in aftersales.BY_THE_SHOP:
        return go_to(url_for(".show", token=token))
    return _page("thanks", order)


@bp.get("/<token>/invoices/<int:invoice_id>")
def invoice(token: str, invoice_id: int) -> Response:
    """An invoice or credit note of the order as a PDF file."""
    found = one_or_404(whole(told_of(_order(token).id)).where(Invoice.id == invoice_id))
    return pdf(file_name(found), pdf_of(found))


@bp.post("/<token>/cancellation")
def cancel(token: str) -> Response:
    order, form = _order(token), CancellationForm()
    if not form.validate():
        return _page("show", order, 422, form=form)
    was_paid = bool(comes_back(order, due(order)))
    aftersales.cancel_order(order, visitor().actor, form.reason.data or "")
    flash(f"Your order is cancelled.{' What you paid goes back to where it came from.' * was_paid}", "good")
    return go_to(url_for(".show", token=token))


@bp.post("/<token>/coupon")
@throttles.coupon_by_address
@throttles.coupon_by_visitor
def give_coupon(token: str) -> Response:
    """Use a coupon for an order that is not paid yet: it is priced again."""
    order, form = _order(token), CouponForm()
    try:
        checkout_services.give_order_coupon(order, form.code.data or "", visitor().actor)
    except ShopError as error:
        form.blame(error)
        return _page("show", order, error.status, coupon_form=form)
    flash("The coupon counts. Your order has a new total.", "good")
    return go_to(url_for(".show", token=token))


@bp.post("/<token>/claim")
def claim(token: str) -> Response:
    here = visitor()
    if here.user_id is None:
        return go_to(url_for("login.show", next=url_for(".show", token=token)))
    claim_by_link(token, here.user_id)
    flash("The order is now among your orders.", "good")
    return go_to(url_for(".show", token=token))


def _order(token: str) -> Order:
    return one_or_404(by_token(token))


def _page(
    name: str,
    order: Order,
    status: int = 200,
    form: CancellationForm | None = None,
    coupon_form: CouponForm | None = None,
) -> Response:
    forms = {
        "form": form or CancellationForm(formdata=None),
        "coupon_form": coupon_form or CouponForm(formdata=None),
    }
    return page(f"storefront/order/{name}.html", status, **forms, **order_context(order))
