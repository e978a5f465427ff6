"""Forgot the password: ask for a link, and use it. The mailed link opens a page whose button posts."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts import throttles
from shop.accounts.errors import LinkExpired
from shop.accounts.services import asking, resets
from shop.accounts.services.credentials import new_hash
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership
from shop.storefront.forms.accounts import ForgotForm, ResetForm

bp = Blueprint("password", __name__, url_prefix="/password")
GONE = 410


@bp.get("/forgot")
def forgot() -> Response:
    return page("storefront/password/forgot.html", form=ForgotForm())


@bp.post("/forgot")
@throttles.reset_by_address
@throttles.reset_by_account
@steps
def ask() -> Response:
    form = ForgotForm()
    if not form.validate():
        with unit_of_work(read_only=True):
            return page("storefront/password/forgot.html", 422, form=form)
    with unit_of_work():
        asking.ask_for_link(form.email.data)
    return go_to(url_for("password.sent"))


@bp.get("/sent")
def sent() -> Response:
    return page("storefront/password/sent.html")


@bp.get("/reset")
def reset() -> Response:
    form = ResetForm(request.args)
    return _form_page(form) if resets.is_open(form.token.data or "") else _expired()


@bp.post("/reset")
@throttles.reset_by_address
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
