"""Set a new password with the code that came to an e-mail or phone (ACC-05)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, session, url_for

from shop.accounts import throttles
from shop.accounts.services import resets
from shop.accounts.services.credentials import new_hash
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership
from shop.storefront.forms.proofs import ResetCodeForm

bp = Blueprint("password_code", __name__, url_prefix="/password/code")
# What was typed where the code was asked for, kept in the visitor's own cookie: in no address, no log, no row.
ASKED_FOR = "asked_for"


@bp.get("")
def show() -> Response:
    """Somebody who comes with the code in hand and no cookie types their address again."""
    return _form_page(ResetCodeForm(data={"identifier": session.get(ASKED_FOR, "")}))


@bp.post("")
@throttles.proof_by_address
@throttles.proof_by_account
@steps
def set_new() -> Response:
    form = ResetCodeForm()
    with unit_of_work(read_only=True):
        if not form.validate():
            return _form_page(form, 422)
        name = form.name
    try:
        _reset(form, name)
    except ShopError as error:
        form.blame(error)
        with unit_of_work(read_only=True):
            return _form_page(form, error.status)
    session.pop(ASKED_FOR, None)
    flash("Your password is changed, and every device is logged out. Log in with the new one.", "good")
    return go_to(url_for("login.show"))


def _reset(form: ResetCodeForm, name: str) -> None:
    """The code is checked first: only whoever has it learns how long a hash takes."""
    checked = resets.check_code(name, form.code.data)
    password_hash = new_hash(form.password.data)
    with unit_of_work():
        membership.reset_by_code(name, checked, password_hash)


def _form_page(form: ResetCodeForm, status: int = 200) -> Response:
    return page("storefront/password/code.html", status, form=form)
