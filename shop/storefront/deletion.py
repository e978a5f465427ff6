"""The signed-in person deletes their account (ACC-10)."""

from __future__ import annotations

from flask import Blueprint, Response, flash

from shop.accounts import throttles, visits
from shop.accounts.guards import require_sign_in
from shop.accounts.services.credentials import check_password
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.membership import services as membership
from shop.storefront.forms.accounts import ConfirmForm

bp = Blueprint("deletion", __name__, url_prefix="/account/deletion")
bp.before_request(require_sign_in)


@bp.get("")
def show() -> Response:
    """What goes, what stays, and what stands in the way."""
    return _deletion_page(ConfirmForm(formdata=None))


@bp.post("")
@throttles.own_password
@steps
def erase() -> Response:
    form = ConfirmForm()
    if not form.validate():
        return _refused(form, 422)
    try:
        _erase(form.current_password.data)
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash("Your account is deleted.", "good")
    return go_to("/")


def _erase(password: str) -> None:
    """The slow check of the password stands outside the unit that erases."""
    person = check_password(visitor().user_id or 0, password)
    with unit_of_work():
        membership.erase(person.user_id, by=person.user_id)
    with unit_of_work():
        visits.end()


def _refused(form: ConfirmForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _deletion_page(form, status)


def _deletion_page(form: ConfirmForm, status: int = 200) -> Response:
    reasons = membership.reasons_to_stay(visitor().user_id or 0)
    return page("storefront/deletion/show.html", status, form=form, reasons=reasons)
