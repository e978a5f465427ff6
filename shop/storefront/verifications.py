"""The signed-in person proves their own e-mail and phone: asks for a link, asks for a code and types it (ACC-07)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from shop.accounts import throttles
from shop.accounts.guards import require_sign_in
from shop.accounts.queries.people import person_of
from shop.accounts.services import codes, verifications
from shop.accounts.services.codes import Purpose
from shop.accounts.visits import visitor
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page
from shop.lib.unit_of_work import steps, unit_of_work
from shop.store import formats
from shop.storefront.forms.proofs import CodeForm, is_asked_again

bp = Blueprint("verifications", __name__, url_prefix="/account/verifications")
bp.before_request(require_sign_in)


@bp.post("/email")
@throttles.own_asking
def send_link() -> Response:
    verifications.ask_for_email_link(_me())
    flash("A link is on its way to your e-mail address. It works for 24 hours.", "good")
    return go_to(url_for("profile.show"))


@bp.post("/phone")
@throttles.own_asking
def send_code() -> Response:
    verifications.ask_for_phone_code(_me())
    if is_asked_again():
        flash(f"Another code was sent to {formats.phone(visitor().phone or '')}.", "good")
    return go_to(url_for(".phone"))


@bp.get("/phone")
def phone() -> Response:
    person = person_of(_me())
    if person.phone is None or person.phone_verified_at:
        return go_to(url_for("profile.show"))
    return _form_page(CodeForm())


@bp.post("/phone/code")
@throttles.own_proof
@steps
def confirm_phone() -> Response:
    form = CodeForm()
    if not form.validate():
        return _refused(form, 422)
    try:
        _confirm(form)
    except ShopError as error:
        form.blame(error)
        return _refused(form, error.status)
    flash("Thank you. Your phone number is confirmed.", "good")
    return go_to(url_for("profile.show"))


def _confirm(form: CodeForm) -> None:
    number = visitor().phone or ""
    code_hash = codes.check_code(_me(), Purpose.PHONE, number, form.code.data)
    with unit_of_work():
        verifications.use_phone_code(_me(), number, code_hash)


def _refused(form: CodeForm, status: int) -> Response:
    with unit_of_work(read_only=True):
        return _form_page(form, status)


def _form_page(form: CodeForm, status: int = 200) -> Response:
    return page("storefront/verifications/phone.html", status, form=form, person=person_of(_me()))


def _me() -> int:
    return visitor().user_id or 0
