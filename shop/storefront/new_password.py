"""Change the password of the signed-in person."""

from __future__ import annotations

from flask import Blueprint, Response, flash, session, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.models import User
from shop.accounts.services import credentials
from shop.accounts.visits import visitor
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.storefront.arrival import arrive
from shop.storefront.forms.accounts import PasswordForm

bp = Blueprint("new_password", __name__, url_prefix="/account/password")
bp.before_request(require_sign_in)


@bp.get("")
def show() -> Response:
    return _form_page(PasswordForm())


@bp.post("")
@throttles.own_password
@steps
def save() -> Response:
    form = PasswordForm()
    if not form.validate():
        return _refused(form)
    try:
        _change(form)
    except ShopError as error:
        form.blame(error)
        return _refused(form)
    flash("Your password is changed. Every other device is logged out.", "good")
    return go_to(url_for("new_password.show"))


def _change(form: PasswordForm) -> None:
    """Every session ends, this one too: it goes on under a new id."""
    proven = credentials.check_password(visitor().user_id or 0, form.current_password.data)
    password_hash = credentials.new_hash_for(proven, form.password.data)
    with unit_of_work():
        credentials.set_password(db.session.get_one(User, proven.user_id), password_hash)
        arrive(proven.user_id, remember=session.permanent)


def _refused(form: PasswordForm) -> Response:
    with unit_of_work(read_only=True):
        return _form_page(form, 422)


def _form_page(form: PasswordForm, status: int = 200) -> Response:
    return page("storefront/password/change.html", status, form=form)
