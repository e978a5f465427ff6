"""Forgot the e-mail: a phone is told the masked address by text message; the page answers alike for all (ACC-06)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, url_for

from shop.accounts import throttles
from shop.accounts.services import asking
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.forms.proofs import ForgotEmailForm

bp = Blueprint("forgot_email", __name__, url_prefix="/forgot-email")


@bp.before_request
def _needs_texts() -> None:
    """A shop without a provider has no such page."""
    if not current_app.config["SHOP"].sends_texts:
        abort(404)


@bp.get("")
def show() -> Response:
    return page("storefront/forgot_email/show.html", form=ForgotEmailForm())


@bp.post("")
@throttles.asking_by_address
@throttles.asking_by_account
@steps
def ask() -> Response:
    form = ForgotEmailForm()
    with unit_of_work(read_only=True):
        if not form.validate():
            return page("storefront/forgot_email/show.html", 422, form=form)
    with unit_of_work():
        asking.ask_for_email(form.phone.data)
    return go_to(url_for(".sent"))


@bp.get("/sent")
def sent() -> Response:
    return page("storefront/forgot_email/sent.html")
