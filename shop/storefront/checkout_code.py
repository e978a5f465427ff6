"""Proves the phone of a checkout by a code, where that comes before paying the courier (PAY-01)."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, current_app, flash, url_for

from shop.accounts import throttles
from shop.accounts.visits import visitor
from shop.checkout import services as checkout_services
from shop.checkout.drafts import draft_of
from shop.checkout.queries import Summary, summary_of
from shop.extensions import limiter
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to
from shop.lib.unit_of_work import steps, unit_of_work
from shop.store import formats
from shop.storefront.checkout_page import at_step, step_page, step_url
from shop.storefront.forms.proofs import CodeForm, is_asked_again

bp = Blueprint("checkout_code", __name__, url_prefix="/checkout/payment/code")


def _phone_here() -> str:
    """The phone that is to be proven, whoever types it; hashed, because the key may lie in Redis."""
    phone = draft_of(visitor()).phone or ""
    return "phone:" + hashlib.sha256(phone.encode()).hexdigest()


def _phone_tried() -> str:
    """The same before a view that opens its own units."""
    with unit_of_work(read_only=True):
        return _phone_here()


@bp.post("/sending")
@throttles.asking_by_address
@limiter.limit("5 per hour", methods=["POST"], key_func=_phone_here)
@at_step("payment")
def send(summary: Summary) -> Response:
    if not summary.cash.needs_code:
        return go_to(step_url("payment"))
    checkout_services.ask_for_code(visitor())
    if is_asked_again():
        flash(f"Another code was sent to {_sent_to(summary)}.", "good")
    return go_to(url_for(".show"))


@bp.get("")
@at_step("payment")
def show(summary: Summary) -> Response:
    return _code_page(summary, CodeForm())


@bp.post("")
@throttles.proof_by_address
@limiter.limit("10 per hour", methods=["POST"], key_func=_phone_tried, deduct_when=throttles.failed)
@steps
def confirm() -> Response:
    form = CodeForm()
    if not form.validate():
        return _refused(form, 422)
    with unit_of_work(read_only=True):
        phone = draft_of(visitor()).phone or ""
    try:
        checkout_services.prove_phone(visitor(), phone, form.code.data)
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash("Thank you. Your phone number is confirmed, so you can pay the courier.", "good")
    return go_to(step_url("payment"))


def _refused(form: CodeForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _code_page(summary_of(visitor()), form, status)


def _code_page(summary: Summary, form: CodeForm, status: int = 200) -> Response:
    if not summary.cash.needs_code:
        return go_to(step_url("payment"))
    return step_page("payment", summary, status, template="code", form=form, sent_to=_sent_to(summary))


def _sent_to(summary: Summary) -> str:
    """Where the code goes, as the buyer gave it."""
    draft = summary.draft
    return formats.phone(draft.phone or "") if current_app.config["SHOP"].sends_texts else draft.email or ""
