"""The checkout, step by step: each has an address of its own, and a form that posts and moves on."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts.visits import visitor
from shop.checkout import drafts
from shop.checkout.queries import Summary, summary_of
from shop.lib.http.answers import go_to
from shop.lib.money import Money
from shop.payments.offers import offered
from shop.promotions.credit.queries import balance_of
from shop.storefront.checkout_cards import delivery_cards, payment_cards
from shop.storefront.checkout_page import at_step, step_page, step_url
from shop.storefront.forms.checkout import ContactForm, DeliveryForm, PaymentForm

bp = Blueprint("checkout", __name__, url_prefix="/checkout")


@bp.get("")
def show() -> Response:
    return go_to(step_url(summary_of(visitor()).draft.next_step))


@bp.get("/contact")
@at_step("contact")
def contact(summary: Summary) -> Response:
    here, draft = visitor(), summary.draft
    form = ContactForm(data={"email": draft.email or here.email, "phone": draft.phone or here.phone})
    return step_page("contact", summary, form=form)


@bp.post("/contact")
@at_step("contact")
def save_contact(summary: Summary) -> Response:
    form = ContactForm()
    if not form.validate():
        return step_page("contact", summary, 422, form=form)
    drafts.save_contact(visitor(), form.email.data, form.phone.data)
    return go_to(step_url("address"))


@bp.get("/delivery")
@at_step("delivery")
def delivery(summary: Summary) -> Response:
    chosen = summary.offer or min(summary.offers, key=lambda offer: offer.charge, default=None)
    form = DeliveryForm(summary.offers, data={"method": str(chosen.method.id)} if chosen else None)
    return step_page("delivery", summary, form=form, cards=delivery_cards(summary))


@bp.post("/delivery")
@at_step("delivery")
def save_delivery(summary: Summary) -> Response:
    form = DeliveryForm(summary.offers)
    if not form.validate():
        return step_page("delivery", summary, 422, form=form, cards=delivery_cards(summary))
    drafts.save_delivery(visitor(), int(form.method.data))
    return go_to(step_url("payment"))


@bp.get("/payment")
@at_step("payment")
def payment(summary: Summary) -> Response:
    form = PaymentForm(summary.cash, credit=_credit(summary))
    form.method.data = form.method.data or summary.draft.payment_method or next(iter(offered()))
    if form.part_method:
        form.part_method.data = summary.draft.part_method
    if form.credit:
        form.credit.data = bool(summary.draft.credit)
    return step_page("payment", summary, form=form, cards=payment_cards(summary.cash))


@bp.post("/payment")
@at_step("payment")
def save_payment(summary: Summary) -> Response:
    form = PaymentForm(summary.cash, credit=_credit(summary))
    if not form.validate():
        return step_page("payment", summary, 422, form=form, cards=payment_cards(summary.cash))
    is_used = form.credit and form.credit.data
    credit = balance_of(visitor().user_id) if is_used else None
    drafts.save_payment(visitor(), form.method.data, credit, form.part_by)
    return go_to(step_url("review"))


def _credit(summary: Summary) -> Money:
    """What the buyer's store credit can pay of this bag."""
    return min(balance_of(visitor().user_id), summary.before_fee)
