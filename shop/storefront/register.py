"""Make an account."""

from __future__ import annotations

from flask import Blueprint, Response, flash

from shop.accounts import throttles
from shop.accounts.services.credentials import new_hash
from shop.accounts.social.providers import providers
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership
from shop.storefront.arrival import arrive, asked_page, guest_session, wanted_page
from shop.storefront.forms.accounts import RegisterForm

bp = Blueprint("register", __name__, url_prefix="/register")


@bp.get("")
def show() -> Response:
    if visitor().is_authenticated:
        return go_to(wanted_page())
    return _form_page(RegisterForm())


@bp.post("")
@throttles.registration
@steps
def create() -> Response:
    form = RegisterForm()
    with unit_of_work(read_only=True):
        fits = form.validate()
    if not fits:
        return _refused(form, 422)
    try:
        _register(form)
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash("Welcome. Your account is ready.", "good")
    return go_to(wanted_page())


def _register(form: RegisterForm) -> None:
    password_hash = new_hash(form.password.data)
    with unit_of_work():
        user = membership.register(form.person(), password_hash, guest_session())
        arrive(user.id)


def _refused(form: RegisterForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _form_page(form, status)


def _form_page(form: RegisterForm, status: int = 200) -> Response:
    return page(
        "storefront/register/show.html",
        status,
        form=form,
        next=asked_page(),
        providers=providers(),
        is_taken=status == 409,
    )
