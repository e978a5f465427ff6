"""Forgot the password: ask for a code or a link, and use the link, whose page has a button that posts (ACC-05)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, session, url_for

from shop.accounts import throttles
from shop.accounts.errors import LinkExpired
from shop.accounts.services import asking, resets
from shop.accounts.services.credentials import new_hash
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.http.headers import keep_private
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership
from shop.storefront.forms.accounts import ResetForm
from shop.storefront.forms.proofs import ForgotForm, is_asked_again
from shop.storefront.password_code import ASKED_FOR

bp = Blueprint("password", __name__, url_prefix="/password")
bp.after_request(keep_private)
GONE = 410


@bp.get("/forgot")
def forgot() -> Response:
    return page("storefront/password/forgot.html", form=ForgotForm())


@bp.post("/forgot")
@throttles.asking_by_address
@throttles.asking_by_account
@steps
def ask() -> Response:
    form = ForgotForm()
    with unit_of_work(read_only=True):
        if not form.validate():
            return page("storefront/password/forgot.html", 422, form=form)
    send = asking.ask_for_link if form.is_by_link else asking.ask_for_code
    with unit_of_work():
        send(form.name)
    if form.is_by_link:
        return go_to(url_for("password.sent"))
    session[ASKED_FOR] = form.identifier.data
    if is_asked_again():
        flash(f"If an account belongs to {form.shown}, another code was sent there.", "good")
    return go_to(url_for("password_code.show"))


@bp.get("/sent")
def sent() -> Response:
    return page("storefront/password/sent.html")


@bp.get("/reset")
def reset() -> Response:
    form = ResetForm(request.args)
    return _form_page(form) if resets.is_open(form.token.data or "") else _expired()


@bp.post("/reset")
@throttles.proof_by_address
@steps
def set_new() -> Response:
    form = ResetForm()
    with unit_of_work(read_only=True):
        if not resets.is_open(form.token.data or ""):
            return _expired()
        if not form.validate():
            return _form_page(form, 422)
    try:
        _reset(form)
    except ShopError as error:
        return _refused(form, error)
    flash("Your password is changed, and every device is logged out. Log in with the new one.", "good")
    return go_to(url_for("login.show"))


def _reset(form: ResetForm) -> None:
    password_hash = new_hash(form.password.data)
    with unit_of_work():
        membership.reset_password(form.token.data, password_hash)


def _refused(form: ResetForm, error: ShopError) -> Response:
    form.blame(error)
    with unit_of_work(read_only=True):
        return _expired() if isinstance(error, LinkExpired) else _form_page(form, error.status)


def _form_page(form: ResetForm, status: int = 200) -> Response:
    return page("storefront/password/reset.html", status, form=form)


def _expired() -> Response:
    return page("storefront/password/expired.html", GONE, advice=str(LinkExpired()))
