"""An order for a customer who is on the phone: who it is for, what they want, what it comes to, placed."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, current_app, flash, request, url_for

from shop.accounts.contacts import email_address
from shop.accounts.customers import queries as customer_queries
from shop.accounts.customers.queries import CustomerFilter
from shop.accounts.customers.services import customer
from shop.accounts.guards import needs, require_permission
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.visitor import Visitor
from shop.accounts.visits import visitor
from shop.checkout import services
from shop.checkout.queries import Summary
from shop.checkout.services import PhoneOrder
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.queries import rows
from shop.pricing.rows import total_rows
from shop.staff.forms.order_rows import Row, filled, typed_rows, units_of
from shop.staff.forms.paging import text_of
from shop.staff.forms.phone_order import PhoneOrderForm
from shop.staff.forms.products import number_of
from shop.staff.product_finder import MOST_FOUND, added, finder
from shop.store.formats import phone

bp = Blueprint("staff_phone_orders", __name__, url_prefix="/staff/orders/new")
bp.before_request(require_permission)
LONGEST_KEY = 64
GUEST = {"user_id": None}


@bp.get("")
@needs(Permission.ORDER_UPDATE)
def choose() -> Response:
    """Whom it is for."""
    text = text_of(request.args)
    found = rows(customer_queries.customers(CustomerFilter(text)).limit(MOST_FOUND)) if text else []
    may_add = visitor().can(Permission.CUSTOMER_UPDATE)
    return page("staff/phone_orders/choose.html", text=text, people=found, may_add=may_add)


@bp.get("/guest", defaults=GUEST)
@bp.get("/<int:user_id>")
@needs(Permission.ORDER_UPDATE)
def show(user_id: int | None) -> Response:
    """What they want."""
    buyer = _buyer(user_id)
    known = {name: getattr(buyer, name) for name in ("email", "phone", "name")} if buyer else {}
    form = PhoneOrderForm(formdata=None, data=known)
    form.offer(buyer)
    return _page(buyer, form, [])


@bp.post("/guest", defaults=GUEST)
@bp.post("/<int:user_id>")
@needs(Permission.ORDER_UPDATE)
def work_out(user_id: int | None) -> Response:
    """Look for products, take one into the order, or work out what it comes to; nothing is ordered yet."""
    buyer, form, typed = _typed(user_id)
    found = [*typed, *added()]
    if request.form.get("op") != "price":
        return _page(buyer, form, found)
    try:
        return _page(buyer, form, found, _summary(buyer, form, found))
    except ShopError as error:
        return _refused(buyer, form, found, error)


@bp.post("/guest/order", defaults=GUEST)
@bp.post("/<int:user_id>/order")
@needs(Permission.ORDER_UPDATE)
def place(user_id: int | None) -> Response:
    """Place what was worked out; a second click gives the same order."""
    buyer, form, typed = _typed(user_id)
    key = request.form.get("key", "")[:LONGEST_KEY] or secrets.token_hex(16)
    try:
        with db.session.begin_nested():
            seen = number_of(request.form.get("seen"))
            order = services.order_by_phone(_as_buyer(buyer), key, _asked(form, typed), seen)
    except ShopError as error:
        return _refused(buyer, form, typed, error)
    news = f"mail to {order.email}" if order.email else f"text message to {phone(order.phone)}"
    flash(f"Ordered for {order.name}. The order is in a {news}.", "good")
    return go_to(url_for("staff_orders.show", number=order.number))


def _buyer(user_id: int | None) -> User | None:
    """The customer; None for somebody without an account. Raises NotFound."""
    return None if user_id is None else customer(user_id)


def _typed(user_id: int | None) -> tuple[User | None, PhoneOrderForm, list[Row]]:
    buyer, form = _buyer(user_id), PhoneOrderForm()
    form.offer(buyer)
    return buyer, form, typed_rows(request.form)


def _as_buyer(buyer: User | None) -> Visitor:
    """The customer, or a guest, as who buys, by the hand of who is here."""
    here = visitor()
    if buyer is None:
        return Visitor(ip=here.ip, device=here.device, helper=here)
    return Visitor(user_id=buyer.id, name=buyer.name, email=buyer.email, ip=here.ip, device=here.device, helper=here)


def _asked(form: PhoneOrderForm, typed: list[Row]) -> PhoneOrder:
    """Raises ShopError at the field that is wrong."""
    if wrong := next((row for row in typed if row.problem), None):
        raise ShopError(f"{wrong.sku}: {wrong.problem}")
    email, code = _email(form.email.data or ""), form.code.data or ""
    return PhoneOrder(units_of(typed), email, form.sent_to, form.method, form.delivery_id, code)


def _email(typed: str) -> str:
    """The address, or nothing where the shop can send text messages instead. Raises ShopError."""
    if not typed and current_app.config["SHOP"].sends_texts:
        return ""
    try:
        return email_address(typed)
    except ValueError as error:
        raise ShopError(str(error), field="email") from None


def _summary(buyer: User | None, form: PhoneOrderForm, typed: list[Row]) -> Summary:
    """What it comes to, with the deliveries that go there to choose from. Raises ShopError where it cannot be had."""
    asked = _asked(form, typed)
    summary = services.summary_by_phone(_as_buyer(buyer), asked)
    for line in summary.bag.lines:
        if not line.is_on_shelf or line.for_sale < line.quantity:
            raise ShopError(f"{line.sku}: {line.name} in {line.colour}, {line.size}: {max(line.for_sale, 0)} left.")
    if not summary.bag.lines:
        raise ShopError("Choose at least one product.")
    form.delivery.choices = [(str(offer.method.id), offer.method.name) for offer in summary.offers]
    form.delivery.data = str(summary.draft.delivery_method_id or "")
    if summary.offer is None:
        raise ShopError("No delivery goes to this address.", field="address")
    if summary.cash_refusal:
        raise ShopError(summary.cash_refusal, field="payment")
    return summary


def _refused(buyer: User | None, form: PhoneOrderForm, typed: list[Row], error: ShopError) -> Response:
    form.blame(error)
    return _page(buyer, form, typed, status=error.status)


def _page(
    buyer: User | None, form: PhoneOrderForm, typed: list[Row], summary: Summary | None = None, status: int = 200
) -> Response:
    shown: dict[str, Any] = {"buyer": buyer, "typed": filled(typed), "summary": summary} | finder()
    if summary and summary.offer:
        shown["rows"] = total_rows(summary.quote, summary.offer.charge)
    return page("staff/phone_orders/show.html", status, form=form, key=secrets.token_hex(16), **shown)
