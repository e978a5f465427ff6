"""Log in and out."""

from __future__ import annotations

from flask import Blueprint, Response, flash

from shop.accounts import throttles, visits
from shop.accounts.contacts import login_name
from shop.accounts.errors import SignInFailed
from shop.accounts.services.credentials import authenticate
from shop.accounts.social.providers import providers
from shop.accounts.visits import visitor
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.arrival import asked_page, come_in, wanted_page
from shop.storefront.forms.accounts import LoginForm

bp = Blueprint("login", __name__)


@bp.get("/login")
def show() -> Response:
    if visitor().is_authenticated:
        return go_to(wanted_page())
    return _form_page(LoginForm())


@bp.post("/login")
@throttles.login_by_address
@throttles.login_by_account
@steps
def log_in() -> Response:
    form = LoginForm()
    if not form.validate():
        return _refused(form)
    with unit_of_work(read_only=True):
        name = login_name(form.identifier.data)
    try:
        return go_to(_sign_in(form, name))
    except SignInFailed as error:
        form.blame(error)
        return _refused(form)


@bp.post("/logout")
def log_out() -> Response:
    visits.end()
    flash("You are logged out.", "good")
    return go_to("/")


def _sign_in(form: LoginForm, name: str) -> str:
    """Where they go now; the slow check of the password stands outside the unit that begins the visit."""
    credential = authenticate(name, form.password.data)
    with unit_of_work():
        return come_in(credential, remember=form.remember.data)


def _refused(form: LoginForm) -> Response:
    with unit_of_work(read_only=True):
        return _form_page(form, 422)


def _form_page(form: LoginForm, status: int = 200) -> Response:
    return page("storefront/login/show.html", status, form=form, next=asked_page(), providers=providers())
